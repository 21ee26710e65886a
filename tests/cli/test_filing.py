"""The facade as a program uses it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

import recto
from recto.records import records
from recto.statements import find_page


@pytest.fixture
def filing(data: Path) -> Iterator[recto.Filing]:
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as opened:
        yield opened


def test_facts_are_exact_and_know_their_place(filing: recto.Filing) -> None:
    fact = next(each for each in filing.facts if each.id == "inventory-2024")
    assert fact.number == Decimal(2_100_000)
    assert fact.unit is not None
    assert fact.unit.measure == recto.QName("http://www.xbrl.org/2003/iso4217", "USD")
    assert fact.period is not None
    assert str(fact.period.last_day) == "2024-12-31 00:00:00"
    lines = Path(fact.document.removeprefix("file://")).read_text("utf-8").splitlines()
    assert 'id="inventory-2024"' in lines[fact.line - 1]


def test_a_cell_leads_to_its_fact(filing: recto.Filing) -> None:
    sheet = filing.report("balance sheets")
    row = next(row for row in sheet.rows if row.label == "Less: allowance for credit losses")
    assert [cell.text for cell in row.cells] == ["(50)", "(40)"]
    assert [fact.number for cell in row.cells for fact in cell.facts] == [50_000, 40_000]


def test_a_sound_filing_has_no_findings(filing: recto.Filing) -> None:
    assert [str(finding) for finding in filing.findings if finding.severity != "info"] == []
    _ = filing.reports
    assert [str(finding) for finding in filing.findings if finding.severity != "info"] == []


def test_everything_is_made_once(filing: recto.Filing) -> None:
    assert filing.facts is filing.facts
    assert filing.rendered is filing.rendered
    assert filing.taxonomy is filing.instances[0].taxonomy


def test_render_returns_what_it_wrote(filing: recto.Filing, tmp_path: Path) -> None:
    written = filing.render(tmp_path, formats=["html"], only=["R4", 2])
    assert [report.stem for report in written] == ["R2", "R4"]
    assert not (tmp_path / "R1.htm").exists()
    with pytest.raises(recto.UsageError, match="'pdf'"):
        filing.render(tmp_path, formats=["pdf"])


def test_coverage(filing: recto.Filing) -> None:
    coverage = filing.coverage()
    assert (coverage.reported, coverage.shown, coverage.covered, coverage.lost, coverage.rejected) == (16, 16, 0, 0, 0)
    assert coverage.percent == "100 %"


def test_arrow(filing: recto.Filing) -> None:
    table = filing.to_arrow(pages=True)
    assert len(table) == 16
    frame = table.to_polars()
    assert frame.filter(frame["concept"] == "us-gaap:Cash")["number"].to_list() == [
        Decimal(1_250_000),
        Decimal(980_000),
    ]


def test_records_name_typed_members_and_pages(data: Path) -> None:
    with recto.open(data / "typed", taxonomies=[data / "mirror"], offline=True) as opened:
        found = {record["id"]: record for record in records(opened)}
    assert found["loans_c2024_9"]["dimensions"] == {"bank:LoanNumberAxis": "9"}
    assert found["loans_c2024_9"]["pages"] == ["R1"]
    assert found["rate_c2023_10"]["unit"] == "xbrli:pure"


@pytest.mark.parametrize(
    ("page", "stem"),
    [
        ("R1", "R1"),
        (3, "R3"),
        ("inventories", "R3"),
        ("Inventories (Details)", "R4"),
        ("details inv", "R4"),
        ("bal", "R2"),
    ],
)
def test_pages_by_name(filing: recto.Filing, page: str | int, stem: str) -> None:
    assert filing.report(page).stem == stem


def test_no_such_page(filing: recto.Filing) -> None:
    with pytest.raises(recto.UsageError, match="4 pages"):
        filing.report("R5")
    with pytest.raises(recto.UsageError, match="no pages"):
        find_page([], "R1")


def test_one_damaged_document_does_not_hide_the_others(data: Path, tmp_path: Path) -> None:
    for source in (data / "equity").iterdir():
        (tmp_path / source.name).write_bytes(source.read_bytes())
    text = (data / "typed" / "bank-20241231.xml").read_text("utf-8")
    (tmp_path / "bank-20241231.xml").write_text(text[:3000], "utf-8")
    with recto.open(tmp_path, taxonomies=[data / "mirror"], offline=True) as opened:
        titles = [report.short_name for report in opened.reports]
        errors = [finding for finding in opened.findings if finding.severity == "error"]
    assert "Statement of Cash Flows" in titles
    assert any((finding.document or "").endswith("bank-20241231.xml") and finding.line for finding in errors)


def test_what_is_no_filing(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir or Madam", "utf-8")
    with pytest.raises(recto.SourceError):
        recto.open(tmp_path / "letter.txt")
    with pytest.raises(recto.NotFoundError):
        recto.open(tmp_path / "absent")
