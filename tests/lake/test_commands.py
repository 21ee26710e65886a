"""The questions as commands: `recto series`, `recto lake …`, `recto plot --lake`."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from recto.cli import main
from tests.sources.samples import SCHEMA, instance, write

Run = Callable[..., str]


@pytest.fixture
def run(lake_folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: str, status: int = 0) -> str:
        assert main([*arguments, "--lake", str(lake_folder)]) == status
        captured = capsys.readouterr()
        return captured.out if status == 0 else captured.err

    return call


def test_series(run: Run, tmp_path: Path) -> None:
    text = run("series", "revenue", "QWK", "--frequency", "quarter")
    assert "FY2021 Q4" in text
    assert "derived, restated" in text
    rows = [json.loads(line) for line in run("series", "Assets", "QWK", "SLH", "--to", "json").splitlines()]
    assert [(row["fiscal_year"], row["value"]) for row in rows][:1] == [(2021, "524000000")]
    assert rows[0]["facts"][0]["number"] == "524000000"
    target = tmp_path / "series.csv"
    assert run("series", "revenue", "QWK", "--as-known-on", "2022-03-31", "-o", str(target)) == ""
    told = list(csv.DictReader(target.read_text(encoding="utf-8").splitlines()))
    assert [(row["fiscal_year"], row["value"]) for row in told] == [("2021", "460000000")]
    assert json.loads(told[0]["facts"])[0]["filing"] == "0009990001-22-000004"
    north = run(
        *("series", "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax", "QWK"),
        *("--member", "us-gaap:StatementBusinessSegmentsAxis=qwk:NorthMember"),
    )
    assert "300,000,000" in north
    assert "reports no 'Goodwill'" in run("series", "Goodwill", "QWK", status=2)
    assert main(["series", "revenue", "QWK", "--member", "North", "--lake", "x"]) == 2


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("companies hill", "SLATE HILL CORP."),
        ("filings QWK --form 10-K/A", "0009990001-22-000005"),
        ("concepts QWK restoration", "qwk:SiteRestorationCosts"),
        ("items QWK --item revenue", "450,000,000"),
        ("items --filing 0009990001-22-000005 --item cost", "270,000,000"),
        ("statement QWK --periods 1", "FY2023"),
        ("statement QWK balance --first-reported", "530,000,000"),
        ("peers revenue 2023", "QUARRY WORKS INC."),
        ("events --words marble", "    On February 10, 2022 the Company agreed"),
        ("restatements SLH", "earlier_filing"),
        ("search crusher", "    In October 2023 a fire"),
    ],
)
def test_questions(run: Run, arguments: str, expected: str) -> None:
    assert expected in run("lake", *arguments.split())


def test_formats(run: Run, tmp_path: Path) -> None:
    for form in ("csv", "json", "parquet", "arrow", "xlsx", "html", "md"):
        for command in ("statement QWK", "items QWK", "events", "search company"):
            target = tmp_path / f"{command.split()[0]}.{form}"
            run("lake", *command.split(), "-o", str(target))
            assert target.stat().st_size > 0
    import pyarrow.parquet as pq

    told = pq.read_table(tmp_path / "statement.parquet")
    assert str(told.schema.field("value").type) == "decimal128(38, 12)"


def test_charts(run: Run, tmp_path: Path) -> None:
    for arguments in (("income",), ("revenue",), ("revenue", "--concept", "us-gaap:NetIncomeLoss"), ("cash",)):
        assert run("plot", "QWK", *arguments, "--frequency", "quarter").startswith("<svg")
    target = tmp_path / "chart.png"
    run("plot", "QWK", "income", "--line", "revenue", "-o", str(target))
    assert target.read_bytes().startswith(b"\x89PNG")
    chart = json.loads(run("plot", "QWK", "cash flow", "--to", "json"))
    assert {each["unit"] for each in chart["datasets"]["values"]} == {"USD"}
    assert "name a statement" in run("plot", "QWK", status=2)
    assert "--line is for statements" in run("plot", "QWK", "revenue", "--line", "x", status=2)
    assert "charts of a lake take" in run("plot", "QWK", "revenue", "--calculation", status=2)


def test_charts_without_a_lake_have_no_frequency(example: Path) -> None:
    assert main(["plot", str(example / "filing"), "R1", "--frequency", "year"]) == 2


def test_a_folder_without_filings(tmp_path: Path, capsys: pytest.CaptureFixture[str], history: Path) -> None:
    """It is told, with the status of what holds nothing to read; beside others, with that of what failed in part."""
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["ingest", str(empty), "--lake", str(tmp_path / "lake"), "--workers", "1"]) == 2
    assert f"no filing was found in {empty}" in capsys.readouterr().err
    filing = sorted((history / "filings").iterdir())[0]
    assert main(["ingest", str(empty), str(filing), "--lake", str(tmp_path / "lake"), "--workers", "1"]) == 1
    assert "1 taken in" in capsys.readouterr().out


def test_a_taxonomy_is_no_filing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "all", {"f/x.xml": instance(), "f/x.xsd": SCHEMA, "taxonomy/x.xsd": SCHEMA})
    where = ["--lake", str(tmp_path / "lake"), "--workers", "1", "--offline"]
    assert main(["ingest", str(tmp_path / "all"), *where]) == 1
    told = capsys.readouterr()
    assert "1 taken in" in told.out
    assert f"failed: {tmp_path / 'all' / 'taxonomy'} (recto:noFacts)" in told.err


@pytest.mark.parametrize("name", ["a%20b", "50%25", "two\nlines"])
def test_where_no_lake_can_lie(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """delta-rs reads `%20` in a path as a blank, and finds nothing."""
    folder = tmp_path / name
    assert main(["ingest", str(tmp_path), "--lake", str(folder)]) == 2
    assert "error recto:lakePath" in capsys.readouterr().err
    assert not folder.exists()
    assert main(["lake", "status", "--lake", str(tmp_path / "100% sure #1")]) == 2
    assert "recto:noLake" in capsys.readouterr().err


def test_without_delta_rs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not installed is told, with what to install."""
    for name in [each for each in sys.modules if each.partition(".")[0] == "deltalake"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "deltalake", None)
    assert main(["ingest", str(tmp_path), "--lake", str(tmp_path / "lake")]) == 2
    assert "recto:extra - a lake needs deltalake: pip install 'recto[lake]'" in capsys.readouterr().err
