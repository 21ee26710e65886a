"""What changed between two filings or two pages, line by line, and how the command tells it."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import recto
from recto.cli import main
from recto.comparison import Change, Line, Value, changes, lines_of_filing

PERIOD = ("2024-01-01T00:00:00/2025-01-01T00:00:00", "iso4217:USD")


def line(concept: str, value: str, decimals: int | None = 0, *, label: str = "Cash", page: str = "Balance") -> Line:
    found = Line(concept, (), label, page, {page: None})
    found.values[PERIOD] = Value(value, Decimal(value), decimals)
    return found


def kinds(found: list[Change]) -> list[tuple[str, str]]:
    return [(change.kind, change.concept) for change in found]


def test_new_gone_and_restated_lines() -> None:
    old = [line("a:Cash", "100"), line("a:Debt", "5")]
    new = [line("a:Cash", "110"), line("a:Equity", "7")]
    found = changes(old, new)
    assert kinds(found) == [("restated", "a:Cash"), ("new", "a:Equity"), ("gone", "a:Debt")]
    assert (found[0].a, found[0].b, found[0].difference) == ("100", "110", Decimal(10))


@pytest.mark.parametrize(
    ("a", "a_decimals", "b", "b_decimals", "restated"),
    [
        ("1000000", -6, "1234567", 0, False),
        ("1000000", -6, "1634567", 0, True),
        ("100", None, "101", None, True),
        ("100.0", 1, "100.00", 2, False),
    ],
)
def test_numbers_that_agree_at_the_coarser_accuracy_are_the_same(
    a: str, a_decimals: int | None, b: str, b_decimals: int | None, restated: bool
) -> None:
    found = changes([line("a:Cash", a, a_decimals)], [line("a:Cash", b, b_decimals)])
    assert bool(found) is restated


def test_relabelled_and_moved_lines() -> None:
    found = changes([line("a:Cash", "1")], [line("a:Cash", "1", label="Cash, net", page="Details")])
    assert [(c.kind, c.a, c.b) for c in found] == [
        ("relabelled", "Cash", "Cash, net"),
        ("moved", "Balance", "Details"),
    ]


def test_other_periods_and_members_are_other_values_and_lines() -> None:
    later = line("a:Cash", "1")
    later.values = {("2025-01-01T00:00:00", "iso4217:USD"): Value("9", Decimal(9), 0)}
    assert changes([line("a:Cash", "1")], [later]) == []
    segment = line("a:Cash", "1")
    segment.members = (("a:SegmentAxis", "a:NorthMember"),)
    assert kinds(changes([line("a:Cash", "1")], [segment])) == [("new", "a:Cash"), ("gone", "a:Cash")]


@pytest.fixture
def restated(data: Path, tmp_path: Path) -> tuple[Path, Path, str]:
    """The equity filing, and a copy in which its last number is another."""
    source, copy = data / "equity", tmp_path / "restated"
    shutil.copytree(source, copy)
    filing = recto.open(source, taxonomies=[data / "mirror"], offline=True)
    fact = next(
        f
        for line in lines_of_filing(filing)
        for v in line.values.values()
        for f in filing.facts
        if f.id == v.fact and f.number is not None and f.number > 1000
    )
    instance = copy / fact.document.rpartition("/")[2]
    text = instance.read_text()
    assert f">{fact.value}<" in text
    instance.write_text(text.replace(f">{fact.value}<", f">{fact.number * 3}<"))
    return source, copy, fact.concept.name if fact.concept is not None else ""


def test_the_command_prints_every_format(
    restated: tuple[Path, Path, str], data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b, concept = restated
    common = [str(a), str(b), "--taxonomies", str(data / "mirror"), "--offline", "--only", "restated"]
    assert main(["compare", *common]) == 0
    assert "restated" in capsys.readouterr().out
    assert main(["compare", *common, "--to", "json"]) == 0
    records = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert concept in {each["concept"] for each in records}
    for record in records:
        assert Decimal(record["b"]) - Decimal(record["a"]) == Decimal(record["difference"])
    target = tmp_path / "changes.xlsx"
    assert main(["compare", *common, "-o", str(target)]) == 0
    sheet = openpyxl.load_workbook(target).active
    assert sheet.max_row == len(records) + 1
    assert main(["compare", *common, "--to", "md"]) == 0
    assert capsys.readouterr().out.count("\n| restated |") == len(records)


def test_a_filing_equals_itself(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(data / "equity")
    assert main(["compare", source, source, "--taxonomies", str(data / "mirror"), "--offline"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "no change" in captured.err
