"""Rows: trees, sections, labels, equity statements (rendering.md 4, 5, 10, 15; items 14 to 30, 57 to 59 of 28)."""

from __future__ import annotations

import threading

import pytest

from recto.rendering.model import Row
from recto.rendering.rows import _Maker
from tests.rendering.small import Small, codes, heads, labels, lines


def base() -> Small:
    small = Small()
    small.concept("us-gaap:Mark", label="Mark")  # a filing without us-gaap has no special statements
    for name in ("A", "B", "C", "D"):
        small.concept(name, label=name, terse=f"{name} (terse)", total=f"Total {name}")
    small.concept("Cash", "money", "instant", label="Cash", periodStart="Beginning balance", periodEnd="Ending balance")
    small.abstract("Head", label="Head [Abstract]")
    small.abstract("Sub", label="Sub [Abstract]")
    small.abstract("Table", label="Table")
    small.abstract("Items", label="Items")
    small.axis("RegionAxis", "Everywhere", label="Region [Axis]")
    small.axis("PlanAxis", "AllPlans", label="Plan [Axis]")
    small.members("Everywhere Europe Asia AllPlans PlanOne PlanTwo")
    return small


# The tree


def test_equal_orders_fall_back_to_declaration() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  B #1\n  A #1")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "2", "usd", 0)
    assert labels(small.report())[1:] == ["A", "B"]


def test_imported_concepts_are_declared_before_those_that_import_them() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  A #1\n  us-gaap:Mark #1")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("us-gaap:Mark", "2024", "2", "usd", 0)
    assert labels(small.report())[1:] == ["Mark", "A"]


def test_roots_are_ordered_by_standard_label() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Sub\n  A\nHead\n  B")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "2", "usd", 0)
    assert labels(small.report()) == ["Head [Abstract]", "B", "Sub [Abstract]", "A"]


def test_a_concept_in_two_places_has_two_rows() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  Sub\n    B\n    A @total")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "2", "usd", 0)
    assert labels(small.report()) == ["Head [Abstract]", "A", "Sub [Abstract]", "B", "Total A"]
    assert [row.kind for row in small.report().rows] == ["abstract", "item", "abstract", "item", "total"]


def test_a_missing_label_is_replaced_by_the_name() -> None:
    small = base()
    small.concept("NoLabelAtAll", label="Standard")
    small.abstract("PlainHead2X")
    small.page("1 - Disclosure - X (Details)", "PlainHead2X\n  NoLabelAtAll @terse")
    small.fact("NoLabelAtAll", "2024", "1", "usd", 0)
    assert labels(small.report()) == ["Plain Head 2X", "t:NoLabelAtAll"]


def test_a_circle_in_the_tree_stops_the_instance() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  Sub\n    A\n    Sub")
    small.fact("A", "2024", "1", "usd", 0)
    filing = small.render()
    assert codes(filing) == ["xbrl.5.2.4.2"]
    assert not filing.reports


# Abstracts


def test_only_the_nearest_abstract_before_a_row_is_shown() -> None:
    small = base()
    small.abstract("Top", label="Top")
    small.page("1 - Disclosure - X (Details)", "Top\n  Head\n    A\n    B\n  Sub\n    C")
    for name in "ABC":
        small.fact(name, "2024", "1", "usd", 0)
    assert labels(small.report()) == ["Head [Abstract]", "A", "B", "Sub [Abstract]", "C"]


def test_line_items_of_the_us_gaap_taxonomy_are_swallowed() -> None:
    small = base()
    small.abstract("us-gaap:StatementLineItems", label="Statement [Line Items]")
    small.page("1 - Disclosure - X (Details)", "us-gaap:StatementLineItems\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    assert labels(small.report()) == ["A"]


# Axes and sections

TABLE = """
Head
  Table
    RegionAxis
      Everywhere
        Europe
        Asia
    Items
      A
      B
"""


def test_members_make_sections_and_defaults_do_not() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", TABLE)
    for members in (None, {"RegionAxis": "Asia"}, {"RegionAxis": "Europe"}):
        small.fact("A", "2024", "1", "usd", 0, members)
    report = small.report()
    assert labels(report) == ["Items", "A", "Europe [Member]", "Items", "A", "Asia [Member]", "Items", "A"]
    assert [row.kind for row in report.rows][2] == "section"


def test_a_default_listed_last_continues_the_section_before() -> None:
    small = base()
    tree = TABLE.replace("      Everywhere\n        Europe\n        Asia\n", "      Europe\n      Everywhere\n")
    small.page("1 - Disclosure - X (Details)", tree)
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("A", "2024", "2", "usd", 0, {"RegionAxis": "Europe"})
    assert labels(small.report()) == ["Europe [Member]", "Items", "A", "A"]


def test_the_axis_of_smaller_arc_order_is_the_outer_section() -> None:
    small = base()
    tree = """
Head
  Table
    RegionAxis #2
      Everywhere
        Europe
    PlanAxis #1
      AllPlans
        PlanOne
    Items #3
      A
"""
    small.page("1 - Disclosure - X (Details)", tree)
    small.fact("A", "2024", "1", "usd", 0, {"RegionAxis": "Europe", "PlanAxis": "PlanOne"})
    assert labels(small.report())[0] == "PlanOne [Member] | Europe [Member]"


def test_without_its_default_in_the_tree_an_axis_filters_other_facts_out() -> None:
    small = base()
    tree = TABLE.replace("      Everywhere\n        Europe\n        Asia\n", "      Europe\n")
    small.page("1 - Disclosure - X (Details)", tree)
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("A", "2024", "2", "usd", 0, {"RegionAxis": "Europe"})
    filing = small.render()
    assert lines(filing.reports[0]) == [("Europe [Member]",), ("Items",), ("A", "$ 2")]
    assert codes(filing) == ["EXG.7.3.UncategorizedFact"]


def test_an_unused_axis_without_default_takes_the_page_and_leaves_a_gap() -> None:
    small = base()
    tree = TABLE.replace("      Everywhere\n        Europe\n        Asia\n", "      Europe\n")
    small.page("1 - Disclosure - X (Details)", tree)
    small.page("2 - Disclosure - Y (Details)", "Head\n  B")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "1", "usd", 0)
    filing = small.render()
    assert "EFM.6.26.01" in codes(filing)
    assert [report.stem for report in filing.reports] == ["R2", "R9999"]


def test_a_page_whose_facts_are_all_filtered_out_takes_no_number() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  A")
    small.page("2 - Disclosure - Y (Details)", TABLE)
    small.fact("A", "2024", "1", "usd", 0, {"RegionAxis": "Europe"})
    assert [report.stem for report in small.render().reports] == ["R1"]
    assert small.report().short_name == "Y (Details)"


def test_typed_members_sort_by_value() -> None:
    small = base()
    small.axis("LineAxis", typed="integer", label="Line [Axis]")
    small.page("1 - Disclosure - X (Details)", "Head\n  Table\n    LineAxis\n    Items\n      A")
    for value in ("10", "9"):
        small.fact("A", "2024", "1", "usd", 0, {"LineAxis": value})
    small.fact("A", "2024", "1", "usd", 0)
    assert _sections(small) == ["Line [Axis]: 9", "Line [Axis]: 10"]
    assert labels(small.report())[0] == "Items"


def test_nil_among_typed_members_makes_all_sort_as_texts() -> None:
    small = base()
    small.axis("LineAxis", typed="integer", label="Line [Axis]")
    small.page("1 - Disclosure - X (Details)", "Head\n  Table\n    LineAxis\n    Items\n      A")
    for value in ("(nil)", "9", "10"):
        small.fact("A", "2024", "1", "usd", 0, {"LineAxis": value})
    assert _sections(small) == ["Line [Axis]: 10", "Line [Axis]: 9", "Line [Axis]: (nil)"]
    assert [panel.name for panel in small.report().panels][-1].endswith("LineAxis=None")


def test_truth_and_numbers_on_typed_axes_are_written_as_values() -> None:
    """In section rows, in their order with nil, whose text is `None`, and in the names of panels (5.2, 19.7)."""
    small = Small()
    small.concept("Sales", label="Sales")
    small.axis("Flag", typed="boolean", label="Flag [Axis]")
    small.axis("Line", typed="integer", label="Line [Axis]")
    small.page("1 - Disclosure - Sales", "Head\n  Flag\n  Line\n  Sales")
    small.abstract("Head", label="Head [Abstract]")
    for value, line in (("1", "007"), ("(nil)", "8"), ("false", "8")):
        small.fact("Sales", "2024", "1", "usd", 0, {"Flag": value, "Line": line})
    assert _sections(small) == [
        "Flag [Axis]: False | Line [Axis]: 8",
        "Flag [Axis]: (nil) | Line [Axis]: 8",
        "Flag [Axis]: True | Line [Axis]: 7",
    ]
    keys = [panel.key for panel in small.report().panels if "=" in panel.key]
    assert keys == ["t_Flag=False", "t_Line=8", "t_Flag=None", "t_Flag=True", "t_Line=7"]


def _sections(small: Small) -> list[str]:
    return [row.label for row in small.report().rows if row.kind == "section"]


def test_zero_among_typed_members_makes_all_sort_as_texts() -> None:
    small = Small()
    small.concept("A", label="A")
    small.abstract("Head", label="Head")
    small.axis("LineAxis", typed="integer", label="Line")
    small.page("1 - Disclosure - X", "Head\n  LineAxis\n  A")
    for line in ("10", "9", "0"):
        small.fact("A", "2024", line, "usd", 0, {"LineAxis": line})
    assert [label for label in labels(small.report()) if label.startswith("Line")] == ["Line: 0", "Line: 10", "Line: 9"]


def test_a_default_that_a_context_names_is_a_member_like_any_other() -> None:
    small = Small()
    small.concept("A", label="A")
    small.abstract("Head", label="Head")
    small.axis("RegionAxis", "World", label="Region")
    small.members("World Asia")
    small.page("1 - Disclosure - X", "Head\n  RegionAxis\n    World\n      Asia\n  A")
    small.fact("A", "2024", "3", "usd", 0, {"RegionAxis": "World"})
    small.fact("A", "2024", "2", "usd", 0, {"RegionAxis": "Asia"})
    assert labels(small.report()) == ["World [Member]", "Head", "A", "Asia [Member]", "Head", "A"]


def test_typed_durations_are_worded() -> None:
    small = base()
    small.axis("TermAxis", typed="duration", label="Term")
    small.page("1 - Disclosure - X (Details)", "Head\n  Table\n    TermAxis\n    Items\n      A")
    small.fact("A", "2024", "1", "usd", 0, {"TermAxis": "P1Y6M"})
    assert labels(small.report())[0] == "Term: 1 year 6 months"


# Units in row labels


def test_all_units_but_the_most_frequent_are_told_in_rows() -> None:
    small = base()
    small.concept("Number", "shares", label="Number")
    small.concept("Ratio", "pure", label="Ratio")
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  B\n  C\n  Number\n  Ratio")
    for name in "AB":
        small.fact(name, "2024", "1", "usd", 0)
    small.fact("C", "2024", "1", "eur", 0)
    small.fact("Number", "2024", "1", "shares", 0)
    small.fact("Ratio", "2024", "1", "pure", 0)
    assert labels(small.report())[1:] == ["A", "B", "C | €", "Number | shares", "Ratio"]


def test_units_tied_for_first_are_all_told() -> None:
    small = base()
    small.concept("Number", "shares", label="Number")
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  Number")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("Number", "2024", "1", "shares", 0)
    assert labels(small.report())[1:] == ["A | $", "Number | shares"]


def test_differing_units_per_share() -> None:
    small = base()
    small.concept("Price", "per share", label="Price")
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  Price")
    for period in ("2024", "2023"):
        small.fact("A", period, "1", "usd", 0)
        small.fact("A", period, "1", "eur", 0)
        small.fact("Price", period, "1", "usd_per_share", 0)
        small.fact("Price", period, "1", "eur_per_share", 0)
    assert labels(small.report())[2] == "Price | (per share)"


# Statements of changes in equity


def equity() -> Small:
    small = base()
    small.page(
        "1 - Statement - STATEMENTS OF STOCKHOLDERS EQUITY",
        """
Head
  Table
    RegionAxis
      Everywhere
        Europe
    Items
      Cash @periodStart
      Sub
        A
      Cash @periodEnd
""",
    )
    for year in ("2023", "2024"):
        small.fact("A", year, "1", "usd", 0)
        small.fact("A", year, "2", "usd", 0, {"RegionAxis": "Europe"})
    for day, value in (("2022-12-31", "22"), ("2023-05-31", "5"), ("2023-12-31", "23"), ("2024-12-31", "24")):
        small.fact("Cash", day, value, "usd", 0)
    return small


def test_equity_has_a_block_of_rows_for_each_movement() -> None:
    report = equity().report()
    assert heads(report) == ["Total", "Europe [Member]"]
    assert lines(report) == [
        ("Beginning balance at Dec. 31, 2022", "$ 22", ""),
        ("Sub [Abstract]",),
        ("A", "1", "$ 2"),
        ("Ending balance at Dec. 31, 2023", "23", ""),
        ("Sub [Abstract]",),
        ("A", "1", "$ 2"),
        ("Ending balance at Dec. 31, 2024", "$ 24", ""),
    ]
    assert [row.calendar for row in report.rows] == [True, False, False, True, False, False, True]


def test_may_has_a_dot_in_balance_rows() -> None:
    small = base()
    small.page("1 - Statement - CHANGES IN EQUITY", "Head\n  Cash @periodStart\n  A\n  Cash @periodEnd")
    small.fact("A", "2023-06-01/2024-05-31", "1", "usd", 0)
    for day in ("2023-05-31", "2024-05-31"):
        small.fact("Cash", day, "1", "usd", 0)
    assert labels(small.report())[0] == "Beginning balance at May. 31, 2023"


def test_equity_without_movements_is_an_ordinary_statement() -> None:
    small = base()
    small.page("1 - Statement - CHANGES IN EQUITY", "Head\n  Cash @periodStart\n  A\n  Cash @periodEnd")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("Cash", "2024-12-31", "24", "usd", 0)
    filing = small.render()
    assert codes(filing) == ["EFM.6.26.03"]
    assert labels(filing.reports[0]) == ["Head [Abstract]", "A", "Ending balance"]


def test_facts_outside_movements_are_told() -> None:
    small = equity()
    small.fact("A", "2021", "1", "usd", 0)
    assert "EXG.7.3.FactsNotInMovements" in codes(small.render())


def test_a_filing_without_us_gaap_has_no_equity_statement() -> None:
    small = equity()
    small.namespaces["us-gaap"] = "http://example.com/gaap"
    assert heads(small.report())[0].startswith("12 Months Ended")


# Qualifiers


def test_elements_pages_show_one_row_a_fact() -> None:
    small = base()
    small.page("1 - Disclosure - X {Elements}", "Head\n  A\n  B")
    for period in ("2024", "2023"):
        small.fact("A", period, "1", "usd", 0)
    report = small.report()
    assert (report.title, report.show_elements, len(report.columns)) == ("X", True, 1)
    assert [(row.label, row.element) for row in report.rows] == [
        ("Head [Abstract]", "t_Head"),
        ("A", "t_A"),
        ("A", "t_A"),
    ]


def test_transposed_pages_have_concepts_on_columns() -> None:
    small = base()
    small.page("1 - Disclosure - X {Transposed}", "Head\n  A\n  B")
    for period in ("2024", "2023"):
        small.fact("A", period, "1", "usd", 0)
        small.fact("B", period, "2", "usd", 0)
    report = small.report()
    assert heads(report) == ["A", "B"]
    assert len(report.rows) == 2
    assert report.rows[0].element == ""


def test_unlabeled_pages_put_sections_into_the_first_column() -> None:
    small = base()
    small.page("1 - Disclosure - X {Unlabeled} Y", TABLE)
    for period in ("2024", "2023"):
        small.fact("A", period, "1", "usd", 0, {"RegionAxis": "Europe"})
    report = small.report()
    assert (report.title, report.show_label_column) == ("XY", False)
    assert report.rows[0].cells[0].text == "Europe [Member]"
    assert [row.kind for row in report.rows] == ["section", "item"]


def test_depths_count_from_the_topmost_concept_shown() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  Sub\n    B")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "1", "usd", 0)
    assert [row.depth for row in small.report().rows] == [0, 1, 1, 2]


# Rows made when they are asked for


def many() -> Small:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  B\n  Sub\n    C\n    D")
    for name in ("A", "B", "C", "D"):
        small.fact(name, "2024", "1", "usd", 0)
    return small


def test_a_row_is_the_same_object_however_it_is_asked_for() -> None:
    report = many().report()
    assert len(report.rows) == 6
    last, third = report.rows[-1], report.rows[2]
    assert (last.label, third.label) == ("D", "B")
    assert report.rows[2:] == [third, *list(report.rows)[3:]]
    assert list(report.rows)[2] is third
    assert report.rows[5] is last
    with pytest.raises(IndexError):
        _ = report.rows[6]
    assert repr(report.rows) == repr(list(report.rows))


def test_a_page_names_its_concepts_before_and_after_its_rows_are_made() -> None:
    report = many().report()
    names = [each.qname.local for each in report.concepts]
    assert names == ["Head", "A", "B", "Sub", "C", "D"]
    assert [row.concept for row in report.rows] == list(report.concepts)
    assert [each.qname.local for each in report.concepts] == names


def test_threads_that_ask_for_one_row_get_one_object() -> None:
    report = many().report()
    found: list[list[Row]] = []

    def read(backward: bool) -> None:
        order = range(len(report.rows))
        found.append(sorted((report.rows[each] for each in (reversed(order) if backward else order)), key=id))

    threads = [threading.Thread(target=read, args=(number % 2 == 0,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert all(a is b for rows in found for a, b in zip(rows, found[0], strict=True))


@pytest.mark.parametrize(
    ("order", "rows"),
    [
        ("All North", ["All [Member]", "North [Member]", "Total"]),
        ("North All", ["North [Member]", "Total", "Total"]),
    ],
)
def test_on_a_transposed_page_a_default_member_behind_a_section_is_a_total(order: str, rows: list[str]) -> None:
    """The section before tells its axis, though not its own member (15.1)."""
    small = Small()
    small.concept("Equity", period="instant", label="Equity", periodStart="Opening", periodEnd="Closing")
    small.concept("Profit", label="Profit")
    small.abstract("Head", label="Head [Abstract]")
    small.axis("Region", "All", label="Region [Axis]")
    small.members("All North")
    first, second = order.split()
    tree = f"Head\n  Region\n    {first}\n    {second}\n  Equity @periodStart\n  Profit\n  Equity @periodEnd"
    small.page("1 - Statement - Changes in Equity {Transposed}", tree)
    for members in ({}, {"Region": "North"}):
        small.fact("Equity", "2023-12-31", "1", "usd", 0, members)
        small.fact("Profit", "2024", "2", "usd", 0, members)
        small.fact("Equity", "2024-12-31", "3", "usd", 0, members)
    assert labels(small.report()) == rows


def test_a_row_that_cannot_be_made_is_told_and_the_others_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    small = many()
    filing = small.render()
    report = filing.reports[0]
    whole = _Maker.row

    def broken(maker: _Maker, index: int) -> Row:
        if index == 2:
            raise ZeroDivisionError
        return whole(maker, index)

    monkeypatch.setattr(_Maker, "row", broken)
    assert [row.label for row in report.rows] == ["Head [Abstract]", "A", "B", "Sub [Abstract]", "C", "D"]
    assert not any(cell.facts for cell in report.rows[2].cells)
    assert report.rows[1].cells[0].facts
    (told,) = [each for each in filing.findings if "The row 'B'" in each.message]
    assert told.severity == "error"
