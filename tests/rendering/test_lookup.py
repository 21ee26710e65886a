"""Rows and cells of a page by the words that people see."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto


@pytest.fixture(scope="module")
def filing(annual: Path) -> recto.Filing:
    return recto.open(annual / "2024", taxonomies=[annual / "taxonomy"], offline=True)


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("Net income", "us-gaap:NetIncomeLoss"),
        ("net  INCOME", "us-gaap:NetIncomeLoss"),
        ("us-gaap_GrossProfit", "us-gaap:GrossProfit"),
        ("OperatingExpenses", "us-gaap:OperatingExpenses"),
        ("expenses total", "us-gaap:OperatingExpenses"),
        (2, "us-gaap:Revenues"),
        ("2", "us-gaap:Revenues"),
    ],
)
def test_a_row(filing: recto.Filing, words: str | int, concept: str) -> None:
    assert filing.statement("income").row(words).concept.name == concept


def test_a_cell_leads_to_its_fact(filing: recto.Filing) -> None:
    page = filing.statement("income")
    (fact,) = page.cell("Net income").facts
    assert (fact.id, fact.pages) == ("NetIncomeLoss-D2024", ("R2",))
    assert page.cell("Net income", 2).facts[0].id == "NetIncomeLoss-D2023"
    assert page.cell("Net income", "2022").facts[0].id == "NetIncomeLoss-D2022"


@pytest.mark.parametrize(("row", "column"), [("Dividends", 1), ("Net income", 9), ("Net income", "1999"), (99, 1)])
def test_what_is_not_there(filing: recto.Filing, row: str | int, column: str | int) -> None:
    with pytest.raises(recto.UsageError):
        filing.statement("income").cell(row, column)


def test_a_note_as_text(filing: recto.Filing) -> None:
    text = filing.report("Segments").text
    assert text.startswith("Segments\n========\n")
    assert "12 Months Ended" not in text
    assert "Mills          333,100  318,400  309,600" in text
    assert "| Mills | 333,100 | 318,400 | 309,600 |" in filing.report("Segments").markdown
    assert "[Abstract]" not in filing.report("Segments").markdown
    assert "12 Months Ended" in filing.report("R7").text  # numbers stand in their table
