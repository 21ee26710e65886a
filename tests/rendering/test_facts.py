"""Which facts pages show; uncategorized facts; page order (rendering.md 2, 3, 16, 22; checklist 1 to 13)."""

from __future__ import annotations

import re

from tests.rendering.small import Small, codes, labels, lines


def base() -> Small:
    small = Small()
    for name in ("A", "B"):
        small.concept(name, label=name)
    small.concept("Text", "string", label="Text")
    small.abstract("Head", label="Head")
    small.axis("RegionAxis", "Everywhere", label="Region [Axis]")
    small.members("Everywhere Europe Asia")
    return small


def test_the_most_precise_duplicate_is_shown() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A")
    small.fact("A", "2024", "1000", "usd", -3)
    small.fact("A", "2024", "1234", "usd", 0)
    small.fact("A", "2024", None, "usd")
    assert lines(small.report())[1] == ("A", "$ 1,234")


def test_english_wins_over_other_languages() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  Text")
    small.fact("Text", "2024", "deux", language="fr")
    small.fact("Text", "2024", "two", language="en-US")
    assert lines(small.report())[1] == ("Text", "two")


def test_a_unit_in_between_defeats_the_search_for_duplicates() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("A", "2024", "2", "eur", -1)
    small.fact("A", "2024", "3", "usd", -2)
    assert lines(small.report())[1] == ("A", "$ 3", "€ 2")


def test_footnotes_of_a_dropped_duplicate_move_to_the_kept_fact() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0, note="same")
    small.fact("A", "2024", "1", "usd", -1, note="other")
    small.fact("A", "2024", "1", "usd", -2, note="same")
    assert [text for _, text in small.report().footnotes] == ["other", "same"]


def test_names_of_concepts_show_as_labels() -> None:
    small = base()
    small.concept("Choice", "enum2:enumerationSetItemType", label="Choice")
    small.page("1 - Disclosure - X", "Head\n  Text\n  A @terse")
    small.fact("Text", "2024", "t:B")
    small.fact("A", "2024", "1", "usd", 0)
    report = small.report()
    assert lines(report)[1] == ("Text", "B")


def test_pages_are_ordered_by_definition_as_text() -> None:
    small = base()
    small.page("995410 - Disclosure - Third", "Head\n  A")
    small.page("9952167 - Disclosure - Second", "Head\n  A")
    small.page("0000012.1 - Disclosure - First", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    assert [report.title for report in small.render().reports] == ["First", "Second", "Third"]


def test_a_definition_of_another_shape_gives_a_blank_title() -> None:
    small = base()
    small.page("12 - disclosure - X", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    filing = small.render()
    assert (filing.reports[0].title, filing.reports[0].long_name) == ("", "12 - disclosure - X")
    assert codes(filing) == ["EFM.6.07.12"]


def test_roles_that_are_not_rendered() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A", role="http://xbrl.sec.gov/ffd/role/document/notRendered")
    small.page("2 - Disclosure - Y", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    assert [report.stem for report in small.render().reports] == ["R2"]


def test_facts_of_no_page_are_uncategorized() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "2000", "usd", -3)
    small.fact("B", "2023", "3", "usd", 0, {"RegionAxis": "Asia"})
    small.fact("Text", "2023", "x", None, None, {"RegionAxis": "Europe"})
    small.fact("A", "2023", "4", "usd", 0, {"RegionAxis": "Asia"})
    filing = small.render()
    page = filing.reports[1]
    assert (page.stem, page.title, page.category) == ("R9999", "Uncategorized Items - t.xml", "Cover")
    assert lines(page) == [
        ("B", "$ 2,000"),
        ("Asia [Member]",),
        ("B", "3"),
        ("A", "$ 4"),
        ("Europe [Member]",),
        ("Text", "x"),
    ]
    assert codes(filing) == [
        "EXG.7.3.UncategorizedFact",
        "EXG.7.3.UncategorizedDimensionedFact",
        "EXG.7.3.UncategorizedDimensionedFact",
        "EXG.7.3.UncategorizedDimensionedFact",
    ]


def test_anchors_leave_out_facts_shown_twice() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A\n  B")
    small.page("2 - Disclosure - Y", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "2", "usd", 0)
    first, second = small.render().reports
    assert first.first_anchor is not None
    assert first.unique_anchor is not None
    assert (first.first_anchor.qname.local, first.unique_anchor.qname.local) == ("A", "B")
    assert second.unique_anchor is None


def test_every_cell_keeps_its_fact() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    (cell,) = small.report().rows[1].cells
    assert [fact.id for fact in cell.facts] == ["f0"]


def test_a_fact_that_explains_another_is_its_footnote() -> None:
    small = base()
    small.concept("Why", "string")
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  B")
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("B", "2024", "2", "usd", 0)
    small.fact("Why", "2024", "a < b")
    small.explanations += [("f0", "f2"), ("f1", "f2")]
    report = small.report()
    assert report.footnotes == [(1, "a &lt; b")]
    assert report.columns[0].footnotes == (1,)


def test_periods_that_tie_stand_in_the_order_of_their_concepts() -> None:
    small = base()
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  B")
    small.fact("A", "2023", "1", "usd", 0)
    small.fact("B", "2024-03-08/2024-03-09", "2", "usd", 0)
    small.fact("A", "2024-03-09/2024-03-09", "3", "usd", 0)
    days = [column.period.start.day for column in small.report().columns if column.period and column.period.start]
    assert days[:2] == [9, 8], "A comes first in the instance, and so do its periods"


def test_a_fact_whose_type_is_declared_nowhere_is_on_no_page() -> None:
    small = Small(faulty=True)
    small.concept("A", "t:nothing", label="A")
    small.concept("B", label="B")
    small.abstract("Head", label="Head")
    small.page("1 - Disclosure - X (Details)", "Head\n  A\n  B")
    small.fact("A", "2024", "1")
    small.fact("B", "2024", "1", "usd", 0)
    rendered = small.render()
    assert labels(rendered.reports[0]) == ["Head", "B"]
    assert [(each.code, each.severity, each.facts) for each in rendered.findings] == [
        ("xbrl:typeDeclarationMissing", "warning", ("f0",))
    ]


def test_tuples_and_scenarios_are_told() -> None:
    small = base()
    small.concepts["Set"] = (
        '<xs:element name="Set" id="t_Set" substitutionGroup="xbrli:tuple"><xs:complexType><xs:sequence>'
        '<xs:element ref="t:A"/></xs:sequence></xs:complexType></xs:element>'
    )
    small.page("1 - Disclosure - X (Details)", "Head\n  B\n  Set")
    small.fact("A", "2024", "1", "usd", 0, {"RegionAxis": "Europe"})
    small.fact("B", "2024", "2", "usd", 0)
    small.facts.append(f'<t:Set id="set">{small.facts.pop(0)}</t:Set>')
    text = small._instance().replace("xbrli:segment>", "xbrli:scenario>")
    text = re.sub("(<xbrli:scenario>.*?</xbrli:scenario>)(.*?</xbrli:period>)", r"\2\1", text)
    text = text.replace("</xbrli:entity></xbrli:entity>", "</xbrli:entity>")
    small._instance = lambda: text  # type: ignore[method-assign]
    rendered = small.render()
    assert [(each.code, each.facts) for each in rendered.findings] == [("EFM.6.07.19", ("set",)), ("EFM.6.05.05", ())]


def test_a_nil_fact_with_content_is_shown_as_nil() -> None:
    """It is invalid, and stands on the SEC's pages all the same (3.2)."""
    small = Small(faulty=True)
    small.concept("Note", "string", label="Note")
    small.page("1 - Disclosure - Notes", "Note")
    small.fact("Note", "2024", None)
    small.facts = [text.replace("></", ">Pears</") for text in small.facts]
    (fact,) = small.load().facts
    assert not fact.valid
    assert lines(small.report()) == [("Note", " ")]
