"""Presentation trees out of the ordinary, uncategorized facts, units in the tree (rendering.md 4, 5.3, 7, 22)."""

from __future__ import annotations

import pytest

from recto.rendering import render_reports
from tests.rendering.small import Small, codes, heads, labels, lines


def base() -> Small:
    small = Small()
    for name in ("A", "B", "C", "D"):
        small.concept(name, label=name, negated=f"Less {name}")
    small.abstract("Head", label="Head [Abstract]")
    small.abstract("Sub", label="Sub [Abstract]")
    small.axis("RegionAxis", "Everywhere", label="Region [Axis]")
    small.axis("LineAxis", typed="integer", label="Line [Axis]")
    small.members("Everywhere Europe Asia")
    return small


REGIONS = "  RegionAxis\n    Everywhere\n      Europe\n      Asia\n"


def facts(small: Small, *names: str, **members: str) -> None:
    for number, name in enumerate(names, 1):
        small.fact(name, "2024", str(number), "usd", 0, members)


def test_what_two_parents_share_stands_below_both() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  B\n    Sub\n      A\n  C\n    Sub")
    facts(small, "A", "B", "C")
    # An abstract has one position, that of its last place: before the first A it is not shown.
    assert labels(small.report()) == ["Head [Abstract]", "B", "A", "C", "Sub [Abstract]", "A"]


def test_a_concept_declared_late_comes_first_with_an_early_one_below_it() -> None:
    small = base()
    small.abstract("Late", label="Late [Abstract]")
    small.page("1 - Disclosure - X", "Head\n  B #1\n  Late #1\n    A")
    facts(small, "A", "B")
    assert labels(small.report()) == ["Late [Abstract]", "A", "B"]


def test_what_stands_below_another_concept_anywhere_has_no_facts_where_it_is_a_root() -> None:
    small = base()
    small.page("1 - Disclosure - X", "A\n  B")
    small.page("2 - Disclosure - Y", "Head\n  A")
    small.page("3 - Disclosure - Z", "C\n  D")
    facts(small, "A", "B", "C", "D")
    assert [labels(report) for report in small.render().reports] == [["B"], ["Head [Abstract]", "A"], ["C", "D"]]


def test_circles_stop_the_instance_even_below_axes_that_no_fact_uses() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n" + REGIONS.replace("      Asia", "      Asia\n        Europe") + "  A")
    small.pages.append(("2 - Disclosure - Y", "Europe\n  Asia\n    Europe"))
    facts(small, "A")
    filing = small.render()
    assert "xbrl.5.2.4.2" in codes(filing)
    assert filing.reports == []


def test_trees_that_multiply_without_end_are_told() -> None:
    small = base()
    levels = 24
    for level in range(levels):
        for side in "LR":
            small.abstract(f"{side}{level}", label=f"{side}{level}")
    tree = "Head\n  L0\n  R0\n"
    for level in range(levels - 1):
        for side in "LR":
            tree += f"{side}{level}\n  L{level + 1}\n  R{level + 1}\n"
    small.page("1 - Disclosure - X", tree + "Head\n  A")
    facts(small, "A")
    small.page("2 - Disclosure - Y", "Head\n  B")
    facts(small, "A", "B")
    filing = small.render()
    assert "recto:treeTooLarge" in codes(filing)
    assert [(report.stem, labels(report)) for report in filing.reports] == [
        ("R1", ["Head [Abstract]", "B"]),
        ("R9999", ["A"]),
    ]


def test_a_tree_may_be_of_any_depth() -> None:
    small = base()
    tree = "Head\n"
    names = [f"Level{level}" for level in range(3000)]
    for level, name in enumerate(names):
        small.concept(name, label=name)
        tree += f"{names[level - 1] if level else 'Head'}\n  {name}\n"
    small.page("1 - Disclosure - X", tree)
    facts(small, *names)
    report = small.report()
    assert labels(report) == ["Head [Abstract]", *names]
    assert report.rows[-1].depth == 3000


def test_an_unused_typed_axis_with_children_takes_the_page() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  LineAxis\n    Sub\n  A")
    facts(small, "A")
    filing = small.render()
    assert codes(filing) == ["EFM.6.26.01", "EXG.7.3.UncategorizedFact"]
    assert [report.stem for report in filing.reports] == ["R9999"]


def test_an_abstract_duration_with_a_start_label_is_named_in_words() -> None:
    small = base()
    small.abstract("OtherThings", label="Other Things [Abstract]", periodStart="Start")
    small.page("1 - Disclosure - X", "Head\n  OtherThings @periodStart\n    A")
    facts(small, "A")
    assert labels(small.report()) == ["Other Things", "A"]


def test_a_generic_label_is_the_definition() -> None:
    small = base()
    small.page("1 - Disclosure - Declared", "Head\n  A")
    small.titles["1 - Disclosure - Declared"] = "1 - Disclosure - Told"
    facts(small, "A")
    report = small.report()
    assert (report.title, report.long_name) == ("Told", "1 - Disclosure - Told")


def test_instances_share_the_count_of_pages() -> None:
    first, second = base(), base()
    for small in (first, second):
        small.page("1 - Disclosure - X", "Head\n  A")
        small.page("2 - Disclosure - Y", "Head\n  B")
        facts(small, "A", "B", "C")
    filing = render_reports([first.load(), second.load()])
    assert [report.stem for report in filing.reports] == ["R1", "R2", "R3", "R4", "R9999", "R9998"]
    assert [report.is_default for report in filing.reports] == [False, False, False, True, False, False]
    assert [report.position for report in filing.reports] == [1, 2, 3, 4, 5, 6]


# Units in the tree


def units(shown: str) -> Small:
    small = base()
    small.concept("usd", "string", label="usd")
    small.concept("eur", "string", label="eur")
    small.members("Stranger")
    small.page("1 - Disclosure - X", f"Head\n{REGIONS}{shown}  A")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("A", "2024", "2", "eur", 0)
    small.fact("A", "2024", "3", "usd", 0, {"RegionAxis": "Europe"})
    small.fact("A", "2024", "3", "jpy", 0, {"RegionAxis": "Stranger"})  # filtered out: its unit does not count
    return small


def test_units_stand_in_the_order_of_the_tree() -> None:
    assert heads(units("  eur\n  usd\n").report()) == ["EUR (€)", "USD ($)"]


def test_units_are_not_ordered_where_the_tree_lacks_one() -> None:
    filing = units("  eur\n").render()
    assert "EFM.6.12.09" in codes(filing)
    assert heads(filing.reports[0]) == ["USD ($)", "EUR (€)"]


# Uncategorized facts


def test_typed_members_of_uncategorized_facts_stand_in_the_order_of_facts() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  B")
    facts(small, "B")
    for number in ("10", "9", "11"):
        small.fact("A", "2024", number, "usd", 0, {"LineAxis": number})
    (report,) = [each for each in small.render().reports if each.uncategorized]
    assert lines(report) == [
        ("Line [Axis]: 10",),
        ("A", "$ 10"),
        ("Line [Axis]: 9",),
        ("A", "9"),
        ("Line [Axis]: 11",),
        ("A", "$ 11"),
    ]


def test_a_missing_default_shares_the_place_of_the_last_member() -> None:
    small = base()
    del small.defaults["RegionAxis"]
    small.page("1 - Disclosure - X", "Head\n  B")
    facts(small, "B", "A")
    facts(small, "C", RegionAxis="Asia")
    (report,) = [each for each in small.render().reports if each.uncategorized]
    assert lines(report) == [("A", "$ 2"), ("C", "$ 1")]


# Signs


@pytest.mark.parametrize("title", ["X", "X {Transposed}"])
def test_the_label_of_its_place_turns_a_fact_on_rows_and_on_columns(title: str) -> None:
    small = base()
    small.page(f"1 - Disclosure - {title}", "Head\n  A\n  B @negated")
    facts(small, "A", "B")
    shown = [cell.text.strip() for row in small.report().rows for cell in row.cells if cell.text]
    assert shown == (["$ 1", "$ (2)"] if title == "X" else ["1", "(2)"])


# Titles


def test_an_instant_in_two_durations_costs_the_title_its_unit() -> None:
    small = base()
    small.concept("Cash", "money", "instant", label="Cash")
    small.page("1 - Disclosure - X", "Head\n  A\n  Cash")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("A", "2024-10-01/2024-12-31", "1", "usd", 0)
    small.fact("Cash", "2024-12-31", "5", "usd", 0)
    report = small.report()
    assert report.title == "X"
    assert heads(report) == [
        "3 Months Ended / Dec. 31, 2024 / USD ($)",
        "12 Months Ended / Dec. 31, 2024 / USD ($)",
    ]


def test_a_page_that_is_not_rendered_is_not_warned_of() -> None:
    small = base()
    del small.defaults["RegionAxis"]
    role = "http://xbrl.sec.gov/dei/role/notRendered"
    small.page("1 - Document - Hidden", f"Head\n{REGIONS}  A", role=role)
    small.page("2 - Document - Shown", "Head\n  A")
    facts(small, "A")
    filing = small.render()
    assert codes(filing) == []
    assert [report.stem for report in filing.reports] == ["R2"]


def test_what_stands_below_a_concept_that_the_taxonomy_lacks_is_no_page() -> None:
    small = base()
    small.faulty = True
    small.page("1 - Disclosure - X (Details)", "Absent\n  Head\n    A")
    small.page("2 - Disclosure - Y (Details)", "Head\n  B")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "1", "usd", 0)
    assert [report.short_name for report in small.render().reports] == ["Y (Details)", "Uncategorized Items - t.xml"]


@pytest.mark.parametrize(("prefix", "order"), [("xs", ["Late", "Early"]), ("xsd", ["Early", "Late"])])
def test_members_of_uncategorized_facts_stand_by_their_schemas_prefix(prefix: str, order: list[str]) -> None:
    """The SEC's renderer sorts members by what their declarations are called: `xs:element` before `xsd:element`."""
    small = Small(own_prefix=prefix)
    small.concept("Sales", label="Sales")
    small.axis("Region", label="Region [Axis]")
    small.members("Late us-gaap:Early")
    for member, value in (("Late", "1"), ("us-gaap:Early", "2")):
        small.fact("Sales", "2024", value, "usd", 0, {"Region": member})
    small.page("1 - Statement - Income", "Sales")
    (page,) = small.render().reports
    assert [row.label for row in page.rows if row.kind == "section"] == [
        f"{'us-gaap:' if name == 'Early' else ''}{name} [Member]" for name in order
    ]


# Contexts that give a dimension wrongly, schemas that are missing


def dated(member: str) -> Small:
    small = Small(faulty=True)
    small.concept("Sales", label="Sales")
    small.axis("Day", typed="date", label="Day [Axis]")
    small.fact("Sales", "2024", "1", "usd", 0, {"Day": "2024-05-01"})
    small.fact("Sales", "2024-01-01/2024-06-30", "2", "usd", 0, {"Day": member})
    small.page("1 - Disclosure - Income", "Head\n  Day\n  Sales")
    small.abstract("Head", label="Head [Abstract]")
    return small


def test_a_typed_member_that_is_no_value_of_its_type_is_no_member() -> None:
    """The fact stands among those without the axis, as on the SEC's pages (5.1)."""
    assert lines(dated("2024-04-30").report()) == [
        ("Day [Axis]: 2024-04-30",),
        ("Head [Abstract]",),
        ("Sales", "$ 2", ""),
        ("Day [Axis]: 2024-05-01",),
        ("Head [Abstract]",),
        ("Sales", "", "$ 1"),
    ]
    small = dated("April")
    assert [fact.valid for fact in small.load().facts] == [True, False]
    assert lines(small.report()) == [
        ("Head [Abstract]",),
        ("Sales", "$ 2", ""),
        ("Day [Axis]: 2024-05-01",),
        ("Head [Abstract]",),
        ("Sales", "", "$ 1"),
    ]


def with_cover() -> Small:
    small = Small(faulty=True)
    small.concept("Sales", label="Sales")
    small.concept("dei:Name", "string", label="Name")
    small.axis("Region", "dei:All", label="Region [Axis]")
    small.members("dei:All dei:North")
    small.fact("Sales", "2024", "1", "usd", 0)
    small.fact("Sales", "2024", "2", "usd", 0, {"Region": "dei:North"})
    small.page("1 - Statement - Income", "Region\n  dei:All\n    dei:North\nSales")
    return small


def test_a_missing_schema_that_no_fact_needs_changes_no_page() -> None:
    """Members that it would declare are none: their facts stand among the others, as the SEC's renderer has them."""
    small = with_cover()
    small.pages = [("1 - Statement - Income", "Head\n  Sales")]
    small.abstract("Head", label="Head [Abstract]")
    small.absent = ("dei.xsd",)
    (page,) = small.render().reports
    assert (page.stem, page.note) == ("R1", "")
    assert lines(page) == [("Head [Abstract]",), ("Sales", "$ 2")]


def test_where_facts_need_a_missing_schema_all_of_them_are_shown() -> None:
    small = with_cover()
    small.fact("dei:Name", "2024", "Orchard")
    small.fact("dei:Other", "2024", "Pear", members={"Region": "dei:North"})
    small.absent = ("dei.xsd",)
    filing = small.render()
    assert all(report.note for report in filing.reports)
    assert {fact.value for report in filing.reports for fact in report.facts} >= {"Orchard", "Pear"}


def test_axes_are_sorted_by_labels_with_their_blanks() -> None:
    """Two axes with arcs of one order: a blank in front of a label comes before all letters (8)."""
    small = Small()
    small.concept("Sales", label="Sales")
    for axis, label in (("Region", "Area [Axis]"), ("Line", " Brand [Axis]")):
        small.axis(axis, f"{axis}All", label=label)
        small.members(f"{axis}All {axis}One")
    small.abstract("Head", label="Head [Abstract]")
    tree = "Head\n  Region #1\n    RegionAll\n      RegionOne\n  Line #1\n    LineAll\n      LineOne\n  Sales #2"
    small.page("1 - Disclosure - Sales", tree)
    small.fact("Sales", "2024", "1", "usd", 0, {"Region": "RegionOne", "Line": "LineOne"})
    small.fact("Sales", "2024", "2", "usd", 0)
    report = small.report()
    assert [row.label for row in report.rows if row.kind == "section"] == ["LineOne [Member] | RegionOne [Member]"]
