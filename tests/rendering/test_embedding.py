"""Pages inside cells of other pages (rendering.md 21; checklist 68)."""

from __future__ import annotations

import pytest

from recto.rendering.writers.html import PageWriter
from tests.rendering.small import Small, codes, heads, labels

OUTER = "1 - Disclosure - Outer"
INNER = "2 - Disclosure - Inner"
ROLE = "http://example.com/role/1"


def filing(command: str, inner_role: str | None = None) -> Small:
    small = Small()
    small.concept("Block", "block", label="Block")
    for name in ("A", "B"):
        small.concept(name, label=name)
    small.abstract("Head", label="Head")
    small.axis("RegionAxis", "Everywhere", label="Region")
    small.members("Everywhere Europe Asia Stranger")
    small.page(OUTER, "Head\n  Block")
    tree = "Head\n  RegionAxis\n    Everywhere\n      Europe\n      Asia\n  A\n  B"
    small.page(INNER, tree, role=inner_role)
    small.fact("Block", "2024", command)
    small.fact("A", "2024", "1", "usd", 0)
    small.fact("A", "2024", "2", "usd", 0, {"RegionAxis": "Europe"})
    small.fact("B", "2024", "3", "usd", 0, {"RegionAxis": "Asia"})
    return small


def test_a_page_stands_in_the_cell_that_calls_it() -> None:
    filing_ = filing(f"~ {ROLE} row primary compact * ~")
    rendered = filing_.render()
    (report,) = rendered.reports
    assert (report.title, report.has_embedded) == ("Outer", True)
    inner = report.rows[1].cells[0].embedded
    assert inner is not None
    assert heads(inner) == ["Total", "Europe [Member]", "Asia [Member]"]
    assert labels(inner) == ["A", "B"]
    assert rendered.instances[0].has_embeddings


def test_axes_can_be_asked_for_on_rows() -> None:
    report = filing(f"~ {ROLE} row t_RegionAxis compact * row primary compact * ~").report()
    inner = report.rows[1].cells[0].embedded
    assert inner is not None
    assert labels(inner) == ["A", "Europe [Member] | A", "Asia [Member] | B"]


def test_listed_members_alone_are_shown() -> None:
    report = filing(f"~ {ROLE} column t_RegionAxis compact t_Asia ~").report()
    inner = report.rows[1].cells[0].embedded
    assert inner is not None
    assert labels(inner) == ["B"]


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("sideways primary compact *", "EFM.6.26.04.embeddingCmdMalformedDirectionToken"),
        ("row t_Nowhere compact *", "EFM.6.26.04.embeddingCmdMalformedAxis"),
        ("row primary bold *", "EFM.6.26.04.embeddingCmdMalformedStyleToken"),
        ("row primary compact", "EFM.6.26.04.embeddingCmdMalformedMember"),
        ("row t_RegionAxis compact t_A", "EFM.6.26.04.embeddingCmdMalformedMember"),
        ("row t_RegionAxis compact t_Stranger", "EFM.6.26.04.embeddingCmdInvalidMember"),
        ("row period compact t_Asia", "EFM.6.26.04.embeddingCmdInvalidMember"),
    ],
)
def test_commands_that_break_the_grammar_are_text(command: str, code: str) -> None:
    rendered = filing(f"~ {ROLE} {command} ~").render()
    assert code in codes(rendered)
    assert rendered.reports[0].rows[1].cells[0].kind == "html"
    assert len(rendered.reports) == 2


def test_text_between_waves_that_names_no_page_is_text() -> None:
    rendered = filing("about ~ 5 or ~ 6").render()
    assert codes(rendered) == []
    assert rendered.reports[0].rows[1].cells[0].kind == "html"


def test_a_target_that_cannot_be_laid_out_is_a_page_of_its_own() -> None:
    rendered = filing(f"~ {ROLE} column primary compact * ~").render()
    assert "EFM.6.26.05.embeddingCmdMissingIterator" in codes(rendered)
    assert [report.stem for report in rendered.reports] == ["R1", "R2"]


def chart(returns: bool) -> Small:
    small = filing("~ http://example.com/role/BarChart ~", "http://example.com/role/BarChart")
    small.namespaces["dei"] = "http://xbrl.sec.gov/rr/2023"
    for year in (2020, 2021):
        small.concept(f"dei:AnnualReturn{year}", "pure", label=str(year))
        if returns:
            small.fact(f"dei:AnnualReturn{year}", "2024", "0.05", "pure", 4)
    small.pages[1] = (INNER, small.pages[1][1] + "\n  dei:AnnualReturn2020\n  dei:AnnualReturn2021")
    return small


def test_annual_returns_are_drawn() -> None:
    rendered = chart(returns=True).render()
    cell = rendered.reports[0].rows[1].cells[0]
    assert cell.image == "BarChart1.png"
    assert rendered.images["BarChart1.png"].startswith(b"\x89PNG")
    # Facts of the target that the chart does not draw are shown nowhere.
    assert rendered.instances[0].uncategorized is not None


def test_a_chart_without_returns_is_a_table() -> None:
    rendered = chart(returns=False).render()
    cell = rendered.reports[0].rows[1].cells[0]
    assert cell.image is None
    assert cell.embedded is not None
    assert "EFM.6.26.07" in codes(rendered)


def test_a_fact_calls_its_page_once() -> None:
    small = filing(f"~ {ROLE} row primary compact * ~")
    small.page("3 - Disclosure - Again", "Head\n  Block")
    reports = small.render().reports
    assert [report.title for report in reports] == ["Outer", "Again"]
    assert [report.rows[1].cells[0].kind for report in reports] == ["embedded", "html"]


def test_pages_that_no_cell_has_called_call_none() -> None:
    """Inner calls Outer and Outer calls Inner: both are called, so that neither is made before the end."""
    small = filing(f"~ {ROLE} row primary compact * ~")
    small.concept("Other", "block", label="Other")
    small.pages[1] = (INNER, small.pages[1][1] + "\n  Other")
    small.fact("Other", "2024", "~ http://example.com/role/0 row primary compact * ~")
    reports = small.render().reports
    assert [report.title for report in reports] == ["Outer", "Inner"]
    assert not any(cell.embedded for report in reports for row in report.rows for cell in row.cells)


def test_an_axis_that_is_not_displayed_may_be_told_in_the_title() -> None:
    small = filing(f"~ {ROLE} row t_RegionAxis nodisplay t_Asia t_Europe row primary compact * ~")
    inner = small.report().rows[1].cells[0].embedded
    assert inner is not None
    assert (inner.title, labels(inner)) == ("Inner", ["A", "B"])
    small = filing(f"~ {ROLE} row t_RegionAxis nodisplay t_Asia row primary compact * ~")
    small.fact("A", "2024", "2", "usd", 0, {"RegionAxis": "Asia"})
    inner = small.report().rows[1].cells[0].embedded
    assert inner is not None
    assert (inner.title, labels(inner)) == ("Inner - Asia [Member]", ["A", "B"])


def test_a_period_that_all_share_is_not_told_on_an_embedded_page() -> None:
    inner = filing(f"~ {ROLE} ~").report().rows[1].cells[0].embedded
    assert inner is not None
    assert not any(" Ended" in label for column in inner.columns for label in column.labels)


def test_embedded_elements_have_sections_and_abstracts() -> None:
    small = filing(f"~ {ROLE} row t_RegionAxis compact * row primary compact * ~")
    small.pages[1] = (INNER + " {Elements}", small.pages[1][1])
    inner = small.report().rows[1].cells[0].embedded
    assert inner is not None
    assert inner.show_elements
    assert labels(inner) == ["Head", "A", "Europe [Member]", "Head", "A", "Asia [Member]", "Head", "B"]


def test_concepts_stay_on_rows_where_elements_are_shown() -> None:
    small = filing(f"~ {ROLE} column primary compact * row period compact * ~")
    small.pages[1] = (INNER + " {Elements}", small.pages[1][1])
    assert "EFM.6.26.09" in codes(small.render())


def test_more_than_twenty_returns_are_a_table() -> None:
    small = chart(returns=True)
    tree = small.pages[1][1]
    for year in range(1990, 2012):
        small.concept(f"dei:AnnualReturn{year}", "pure", label=str(year))
        small.fact(f"dei:AnnualReturn{year}", "2024", "0.05", "pure", 4)
        tree += f"\n  dei:AnnualReturn{year}"
    small.pages[1] = (INNER, tree)
    rendered = small.render()
    assert "EFM.6.26.08" in codes(rendered)
    assert rendered.images == {}
    assert rendered.reports[0].rows[1].cells[0].image is None


def test_facts_beside_the_returns_of_a_chart_are_uncategorized() -> None:
    rendered = chart(returns=True).render()
    (report,) = [each for each in rendered.reports if each.uncategorized]
    assert sorted({row.element for row in report.rows if row.element}) == ["t_A", "t_B"]


def test_footnotes_of_a_chart_stand_below_it() -> None:
    small = chart(returns=False)
    small.fact("dei:AnnualReturn2020", "2024", "0.05", "pure", 4, note="Unaudited")
    page = PageWriter().page(small.report()).decode()
    assert 'src="BarChart1.png"><table class="outerFootnotes"' in page
    assert "Unaudited" in page


def test_footnotes_of_an_embedded_page_stand_below_it() -> None:
    small = filing(f"~ {ROLE} ~")
    small.fact("B", "2024", "4", "usd", 0, note="Unaudited")
    page = PageWriter().page(small.report()).decode()
    assert page.index('class="report" border="0" cellspacing="2">') < page.index('<table class="outerFootnotes"')
    assert "<tr><td colspan" not in page


def test_panels_of_an_embedded_page_name_the_members_of_its_columns() -> None:
    report = filing(f"~ {ROLE} ~").report()
    keys = [panel.key for panel in report.panels]
    assert keys[-2:] == ["t_RegionAxis=t_Europe", "t_RegionAxis=t_Asia"]


@pytest.mark.parametrize(
    ("command", "code", "subject"),
    [
        ("row separator segment x row primary compact *", "info:embeddingSeparator", None),
        ("row primary grouped *", "info:embeddingStyle", "grouped"),
    ],
)
def test_what_the_grammar_has_and_pages_do_not_is_told(command: str, code: str, subject: str | None) -> None:
    rendered = filing(f"~ {ROLE} {command} ~").render()
    (told,) = [each for each in rendered.findings if each.code == code]
    assert (told.severity, told.subject) == ("info", subject)
    inner = rendered.reports[0].rows[1].cells[0].embedded
    assert inner is not None
    assert labels(inner) == ["A", "B"]


def test_an_axis_that_no_arc_leads_to_and_no_command_names_has_no_order() -> None:
    small = filing(f"~ {ROLE} row primary compact * ~")
    small.pages[1] = (INNER, "RegionAxis\n  Everywhere\n    Europe\n    Asia\nHead\n  A\n  B")
    (told,) = [each for each in small.render().findings if each.code == "EFM.6.26.06"]
    assert (told.severity, "RegionAxis" in told.message) == ("warning", True)
    small.facts[0] = small.facts[0].replace("row primary", "column t_RegionAxis compact * row primary")
    assert "EFM.6.26.06" not in codes(small.render())
