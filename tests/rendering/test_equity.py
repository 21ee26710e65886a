"""Statements of changes in equity: rows of restated amounts, titles, periods (rendering.md 5.5, 6.5, 6.6, 15.3)."""

from __future__ import annotations

from tests.rendering.small import Small, codes, heads, labels, lines

PAGE = "1 - Statement - CHANGES IN EQUITY"
BALANCES = "  Cash @periodStart\n  Gain\n  Cash @periodEnd"


def base() -> Small:
    small = Small()
    small.concept("us-gaap:Mark", label="Mark")
    small.concept("Gain", label="Gain")
    small.concept("Cash", "money", "instant", label="Cash", periodStart="Opening", periodEnd="Closing")
    small.abstract("Head", label="Head [Abstract]")
    return small


def years(small: Small, *days: str) -> None:
    for day in days:
        small.fact("Cash", f"{day}-12-31", "5", "usd", 0)
    for year in days[1:]:
        small.fact("Gain", year, "1", "usd", 0)


def test_a_single_movement_is_told_in_the_title() -> None:
    small = base()
    small.page(PAGE, f"Head\n{BALANCES}")
    years(small, "2023", "2024")
    report = small.report()
    assert report.title == "CHANGES IN EQUITY - 12 months ended Dec. 31, 2024"
    assert lines(report) == [
        ("Opening at Dec. 31, 2023", "$ 5"),
        ("Head [Abstract]",),
        ("Gain", "1"),
        ("Closing at Dec. 31, 2024", "$ 5"),
    ]


def axis(small: Small, name: str, members: str) -> str:
    default, *others = members.split()
    small.axis(f"us-gaap:{name}", f"us-gaap:{default}", label=name)
    for member in members.split():
        small.concept(f"us-gaap:{member}", "member", label=member)
    shown = "".join(f"      us-gaap:{member}\n" for member in others)
    return f"  us-gaap:{name}\n    us-gaap:{default}\n{shown}"


def test_accounting_changes_stand_on_rows_in_parentheses() -> None:
    small = base()
    name = "AdjustmentsForNewAccountingPronouncementsAxis"
    tree = axis(small, name, "AnyStandard NewStandard")
    small.axis("PartAxis", "AllParts", label="Part")
    small.members("AllParts PartOne")
    small.page(PAGE, f"Head\n{tree}  PartAxis\n    AllParts\n      PartOne\n{BALANCES}")
    years(small, "2022", "2023", "2024")
    small.fact("Cash", "2023-12-31", "7", "usd", 0, {f"us-gaap:{name}": "us-gaap:NewStandard"})
    small.fact("Gain", "2024", "2", "usd", 0, {"PartAxis": "PartOne"})
    report = small.report()
    assert heads(report) == ["Total", "PartOne [Member]"]
    assert labels(report) == [
        "Opening at Dec. 31, 2022",
        "Head [Abstract]",
        "Gain",
        "Closing at Dec. 31, 2023",
        "Closing (NewStandard) at Dec. 31, 2023",
        "Head [Abstract]",
        "Gain",
        "Closing at Dec. 31, 2024",
    ]


def test_restatements_stand_in_their_own_order_and_are_not_dated() -> None:
    small = base()
    name = "StatementScenarioAxis"
    tree = axis(small, name, "ScenarioUnspecifiedDomain RestatementAdjustmentMember ScenarioPreviouslyReportedMember")
    small.page(PAGE, f"Head\n{tree}{BALANCES}")
    years(small, "2022", "2023", "2024")
    for member in ("RestatementAdjustmentMember", "ScenarioPreviouslyReportedMember"):
        small.fact("Cash", "2022-12-31", "1", "usd", 0, {f"us-gaap:{name}": f"us-gaap:{member}"})
    assert labels(small.report())[:3] == [
        "Opening (ScenarioPreviouslyReportedMember) at Dec. 31, 2022",
        "Opening (RestatementAdjustmentMember)",
        "Opening at Dec. 31, 2022",
    ]


def test_creation_dates_follow_the_label_in_parentheses() -> None:
    small = base()
    tree = axis(small, "CreationDateAxis", "AnyDate EarlyDate")
    small.page(PAGE, f"Head\n{tree}{BALANCES}")
    years(small, "2022", "2023", "2024")
    small.fact("Gain", "2024", "1", "usd", 0, {"us-gaap:CreationDateAxis": "us-gaap:EarlyDate"})
    assert "Gain (EarlyDate)" in labels(small.report())


def test_a_creation_date_alone_is_in_parentheses_too() -> None:
    small = base()
    tree = axis(small, "CreationDateAxis", "AnyDate EarlyDate")
    small.page("1 - Disclosure - Dates {Transposed}", f"Head\n{tree}  Gain\n  us-gaap:Mark")
    small.fact("Gain", "2024", "1", "usd", 0)
    small.fact("us-gaap:Mark", "2024", "1", "usd", 0)
    small.fact("Gain", "2024", "1", "usd", 0, {"us-gaap:CreationDateAxis": "us-gaap:EarlyDate"})
    assert heads(small.report()) == ["Gain", "Mark", "(EarlyDate) / Gain"]


def test_inferred_durations_that_no_fact_has_make_movements() -> None:
    small = base()
    small.page(PAGE, "Head\n  Cash @periodStart\n  Cash @periodEnd")
    years(small, "2022")
    small.fact("Cash", "2023-12-31", "6", "usd", 0)
    small.fact("Cash", "2024-12-31", "7", "usd", 0)
    filing = small.render()
    assert codes(filing) == ["info:inferredDurations"]
    assert labels(filing.reports[0]) == [
        "Opening at Dec. 31, 2022",
        "Closing at Dec. 31, 2023",
        "Opening at Dec. 31, 2023",
        "Closing at Dec. 31, 2024",
    ]


def test_inferred_durations_that_other_facts_have_make_none() -> None:
    small = base()
    small.page(PAGE, "Head\n  Cash @periodStart\n  Cash @periodEnd")
    small.page("2 - Disclosure - Other", "Head\n  Gain")
    years(small, "2023", "2024")
    filing = small.render()
    assert codes(filing) == ["info:inferredDurations", "EFM.6.26.03"]
    assert heads(filing.reports[0]) == ["Dec. 31, 2024 / USD ($)"]


def test_a_lone_fact_outside_movements_is_told_beside_others_of_its_context() -> None:
    small = base()
    small.page(PAGE, f"Head\n{BALANCES}")
    small.page("2 - Disclosure - Other", "Head\n  us-gaap:Mark")
    small.pages[0] = (PAGE, f"Head\n{BALANCES}\n  us-gaap:Mark")
    years(small, "2023", "2024")
    small.fact("Gain", "2021", "1", "usd", 0)
    small.fact("us-gaap:Mark", "2021", "1", "usd", 0)
    (finding,) = [each for each in small.render().findings if each.code == "EXG.7.3.FactsNotInMovements"]
    assert "t:Gain of context" in finding.message
    assert "Mark" not in finding.message
