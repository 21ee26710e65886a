"""Columns: order, captions, merging and hiding (rendering.md 6, 7, 11, 15; checklist 21 to 38)."""

from __future__ import annotations

import pytest

from tests.rendering.small import Small, codes, heads, labels, lines


def details() -> Small:
    small = Small()
    for name, type_ in (
        ("Sales", "money"),
        ("Price", "per share"),
        ("Count", "shares"),
        ("Share", "percent"),
        ("Ratio", "pure"),
        ("Oil", "volume"),
    ):
        small.concept(name, type_, label=name)
    small.concept("Cash", "money", "instant", label="Cash", periodStart="Opening cash", periodEnd="Closing cash")
    small.concept("Stock", "shares", "instant", label="Stock")
    small.abstract("Head", label="Head [Abstract]")
    return small


TREE = """
Head
  Sales
  Price
  Count
  Share
  Ratio
  Oil
"""


def test_short_durations_first_then_late_ones_then_instants() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales\n  Cash")
    for period in ("2023", "2024", "2024-10-01/2024-12-31", "2024-05-05/2024-05-05"):
        small.fact("Sales", period, "1", "usd", 0)
    small.fact("Cash", "2022-04-04", "5", "usd", 0)
    small.fact("Cash", "2024-05-31", "5", "usd", 0)
    assert heads(small.report()) == [
        "May 05, 2024",
        "3 Months Ended / Dec. 31, 2024",
        "12 Months Ended / Dec. 31, 2024",
        "12 Months Ended / Dec. 31, 2023",
        "May 31, 2024",
        "Apr. 04, 2022",
    ]


def test_one_month_is_still_plural() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales")
    small.fact("Sales", "2024-06-01/2024-06-30", "1", "usd", 0)
    small.fact("Sales", "2024", "1", "usd", 0)
    assert heads(small.report())[0] == "1 Months Ended / Jun. 30, 2024"


def test_units_of_one_period_become_one_column() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", TREE)
    for period in ("2024", "2023"):
        small.fact("Sales", period, "1000", "usd", 0)
        small.fact("Price", period, "1.5", "usd_per_share", 2)
        small.fact("Count", period, "7", "shares", 0)
        small.fact("Share", period, "0.9", "pure", 2)
    report = small.report()
    assert heads(report) == ["12 Months Ended / Dec. 31, 2024", "12 Months Ended / Dec. 31, 2023"]
    assert report.title == "X (Details) - USD ($)"
    assert lines(report)[1:] == [
        ("Sales", "$ 1,000", "$ 1,000"),
        ("Price", "$ 1.5", "$ 1.5"),
        ("Count", "7", "7"),
        ("Share", "90.00%", "90.00%"),
    ]


def test_shares_and_percentages_go_into_each_currency() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", TREE)
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Sales", "2024", "2", "eur", 0)
    small.fact("Price", "2024", "3", "usd_per_share", 2)
    small.fact("Count", "2024", "4", "shares", 0)
    report = small.report()
    assert [column.labels[2:] for column in report.columns] == [
        ("USD ($)", "$ / shares", "shares"),
        ("EUR (€)", "shares"),
    ]
    assert lines(report)[3][1:] == ("4", "4")
    assert lines(report)[2][1:] == ("$ 3", "")


def test_overlapping_other_units_block_merging() -> None:
    small = details()
    small.concept("Any", "decimal", label="Any")
    small.page("1 - Disclosure - X (Details)", "Head\n  Any\n  Sales")
    small.fact("Any", "2024", "1", "bbl", 0)
    small.fact("Any", "2024", "2", "shares", 0)
    small.fact("Sales", "2024", "3", "usd", 0)
    assert len(small.report().columns) == 3


def test_units_of_equal_measure_but_other_id_are_two_columns() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales")
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Sales", "2024", "2", "eur", 0)
    report = small.report()
    assert [column.units for column in report.columns] == [("usd",), ("eur",)]


def test_an_instant_merges_into_every_duration_that_ends_with_it() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales\n  Cash")
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Sales", "2024-10-01/2024-12-31", "2", "usd", 0)
    small.fact("Cash", "2024-12-31", "3", "usd", 0)
    report = small.report()
    assert heads(report) == ["3 Months Ended / Dec. 31, 2024 / USD ($)", "12 Months Ended / Dec. 31, 2024 / USD ($)"]
    assert lines(report)[2] == ("Cash", "$ 3", "$ 3")
    # The column was hidden twice, so the counter says 1 and the unit is not promoted (10.5, 12.4).
    assert report.title == "X (Details)"


def test_the_second_currency_of_an_instant_stays_apart() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales\n  Cash")
    for unit in ("usd", "eur"):
        small.fact("Sales", "2024", "1", unit, 0)
        small.fact("Cash", "2024-12-31", "2", unit, 0)
    report = small.report()
    assert report.title == "X (Details) - 12 months ended Dec. 31, 2024"
    assert heads(report) == ["USD ($)", "EUR (€)", "EUR (€)"]
    assert lines(report)[2] == ("Cash", "$ 2", "", "€ 2")


def test_a_column_within_another_disappears() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales\n  Cash\n  Cash @periodStart")
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Cash", "2023-12-31", "2", "usd", 0)
    report = small.report()
    assert heads(report) == ["12 Months Ended / Dec. 31, 2024 / USD ($)"]
    assert lines(report)[1:] == [("Sales", "$ 1"), ("Cash", ""), ("Opening cash", "$ 2")]


def test_balances_stand_in_the_durations_that_they_open_and_close() -> None:
    small = details()
    small.page("1 - Statement - CASH FLOWS", "Head\n  Cash @periodStart\n  Sales\n  Cash @periodEnd")
    for year in ("2024", "2023"):
        small.fact("Sales", year, "1", "usd", 0)
    for day, value in (("2022-12-31", "22"), ("2023-12-31", "23"), ("2024-12-31", "24")):
        small.fact("Cash", day, value, "usd", 0)
    report = small.report()
    assert lines(report)[1:] == [
        ("Opening cash", "$ 23", "$ 22"),
        ("Sales", "1", "1"),
        ("Closing cash", "$ 24", "$ 23"),
    ]


def test_balances_without_durations_are_laid_out_by_inferred_ones() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Cash @periodStart\n  Cash @periodEnd")
    for day, value in (("2022-12-31", "22"), ("2023-12-31", "23"), ("2024-12-31", "24")):
        small.fact("Cash", day, value, "usd", 0)
    report = small.report()
    assert heads(report) == ["Dec. 31, 2024", "Dec. 31, 2023"]
    assert lines(report)[1:] == [("Opening cash", "$ 23", "$ 22"), ("Closing cash", "$ 24", "$ 23")]


def test_a_balance_that_fits_nowhere_is_told_and_uncategorized() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Cash @periodStart\n  Sales")
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Sales", "2023", "1", "usd", 0)
    small.fact("Cash", "2020-06-30", "2", "usd", 0)
    filing = small.render()
    assert codes(filing) == ["EFM.6.26.02", "EXG.7.3.UncategorizedFact"]
    assert filing.instances[0].uncategorized is not None
    assert lines(filing.instances[0].uncategorized) == [("Cash", "$ 2")]


def test_a_start_label_on_a_duration_prints_the_local_name() -> None:
    small = details()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sales @periodStart")
    small.fact("Sales", "2024", "1", "usd", 0)
    assert labels(small.report()) == ["Head [Abstract]", "Sales"]
    assert small.report().rows[1].label_role == "recto:localName"


def test_flow_through_takes_covered_columns_out_of_statements() -> None:
    small = details()
    small.page("1 - Statement - BALANCE", "Head\n  Cash\n  Stock")
    small.page("2 - Disclosure - Y (Details)", "Head\n  Cash")
    small.fact("Cash", "2024-12-31", "1", "usd", 0)
    small.fact("Stock", "2024-12-31", "1", "shares", 0)
    small.fact("Cash", "2023-12-31", "1", "usd", 0)
    filing = small.render()
    assert heads(filing.reports[0]) == ["Dec. 31, 2024 / USD ($) / shares"]
    assert heads(filing.reports[1]) == ["Dec. 31, 2024", "Dec. 31, 2023"]
    assert codes(filing) == ["info:columnsShownElsewhere"]


def test_flow_through_never_hides_all_columns() -> None:
    small = details()
    small.page("1 - Statement - BALANCE", "Head\n  Cash")
    small.page("2 - Disclosure - Y (Details)", "Head\n  Cash")
    small.fact("Cash", "2024-12-31", "1", "usd", 0)
    small.fact("Cash", "2023-12-31", "1", "usd", 0)
    assert len(small.report().columns) == 2


def test_flow_through_keeps_columns_with_typed_members() -> None:
    small = details()
    small.axis("LineAxis", typed="integer", label="Line")
    small.page("1 - Statement - BALANCE", "Head\n  LineAxis\n  Cash\n  Stock")
    small.page("2 - Disclosure - Y (Details)", "Head\n  LineAxis\n  Cash")
    small.fact("Cash", "2024-12-31", "1", "usd", 0)
    small.fact("Stock", "2024-12-31", "1", "shares", 0)
    small.fact("Cash", "2023-12-31", "1", "usd", 0, {"LineAxis": "1"})
    assert len(small.report().columns) == 2


def cash_flow(rows: int) -> Small:
    small = Small()
    small.abstract("Head", label="Head")
    small.abstract("us-gaap:StatementLineItems", label="Statement [Line Items]")
    names = [f"Flow{number}" for number in range(rows)]
    for name in names:
        small.concept(name, label=name)
    small.page("1 - Statement - CASH FLOWS", "Head\n" + "".join(f"  {name}\n" for name in names))
    for name in names:
        small.fact(name, "2024", "1", "usd", 0)
    return small


def test_stunted_columns_leave_the_cash_flow() -> None:
    """What stands nowhere else would keep the column by 11.5; by 11.7 its first fact alone decides."""
    small = cash_flow(12)
    for name in ("Flow0", "Flow1"):
        small.fact(name, "2024-10-01/2024-12-31", "1", "usd", 0)
    small.page("2 - Disclosure - Y (Details)", "Head\n  Flow0")
    filing = small.render()
    assert heads(filing.reports[0]) == ["12 Months Ended / Dec. 31, 2024 / USD ($)"]
    (told,) = [each for each in filing.findings if each.code == "info:columnWithFewFacts"]
    assert dict(told.arguments) == {"label": "Dec. 31, 2024"}


def test_a_stunted_column_stays_where_its_first_fact_is_nowhere_else() -> None:
    small = cash_flow(12)
    for name in ("Flow0", "Flow1"):
        small.fact(name, "2024-10-01/2024-12-31", "1", "usd", 0)
    small.page("2 - Disclosure - Y (Details)", "Head\n  Flow1")
    assert len(small.report().columns) == 2


def test_a_forever_fact_stands_under_total() -> None:
    small = details()
    small.concept("Always", "string", label="Always")
    small.page("1 - Disclosure - X (Details)", "Head\n  Always\n  Sales")
    small.fact("Always", "forever", "yes")
    small.fact("Sales", "2024", "1", "usd", 0)
    assert heads(small.report()) == ["Total", "12 Months Ended / Dec. 31, 2024"]


def test_a_page_without_any_column_axis_is_told_and_not_made() -> None:
    small = details()
    small.concept("Always", "string", label="Always")
    small.page("1 - Disclosure - X (Details)", "Head\n  Always")
    small.fact("Always", "forever", "yes")
    filing = small.render()
    assert not filing.instances[0].reports
    assert codes(filing)[0] == "EFM.6.26.05.embeddingCmdMissingIterator"


def test_a_page_of_too_many_cells_is_told() -> None:
    """50,000 are the most that the SEC shows; all of them count, be they empty or not."""
    small = Small()
    small.abstract("Head", label="Head")
    names = [f"Amount{number}" for number in range(251)]
    for name in names:
        small.concept(name, label=name)
        small.fact(name, "2024", "1", "usd", 0)
    for year in range(1825, 2024):
        small.fact("Amount0", str(year), "1", "usd", 0)
    small.page("1 - Disclosure - X (Details)", "Head\n" + "".join(f"  {name}\n" for name in names))
    filing = small.render()
    (report,) = filing.reports
    assert (len(report.columns) * len(report.rows), report.too_large) == (200 * 252, True)
    assert codes(filing) == ["EXG.rendering.tooManyCells"]


def test_axes_that_could_combine_in_too_many_ways_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recto.rendering.layout._MANY", 8)
    small = details()
    small.axis("RegionAxis", "Everywhere", label="Region")
    small.axis("LineAxis", typed="integer", label="Line")
    small.members("Everywhere Europe")
    tree = "Head\n  RegionAxis\n    Everywhere\n      Europe\n  LineAxis\n  Sales\n  Oil"
    small.page("1 - Disclosure - X (Details)", tree)
    for name, unit in (("Sales", "usd"), ("Oil", "bbl")):
        for members in ({}, {"RegionAxis": "Europe"}, {"LineAxis": "1"}):
            small.fact(name, "2024", "1", unit, 0, members)
    filing = small.render()
    (told,) = [each for each in filing.findings if each.code == "EXG.rendering.tooManyDimensions"]
    assert (told.severity, dict(told.arguments)["count"]) == ("warning", "2")
    assert len(filing.reports) == 1
