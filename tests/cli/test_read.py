"""`recto read` as users call it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import recto
from recto.cli import main

FLAT = """|
DEBT (Details)
$ in Millions
|
May 31, 2022
USD ($)
|
May 10, 2021
USD ($)
|Debt
|$ 5
|$ (6)
|Loan
|$ 7
"""


@pytest.fixture
def page(data: Path, tmp_path: Path) -> Path:
    filing = recto.open(data / "equity", taxonomies=[data / "mirror"], offline=True)
    filing.render(tmp_path, formats=("html",))
    return tmp_path / "R2.htm"


def test_a_page_gives_its_facts_as_json_and_csv(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(page), "--to", "json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert records
    assert all(record["element"] and record["column"] is not None for record in records)
    assert main(["read", str(page), "--to", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["text"] for row in rows] == [record["text"] for record in records]


def test_open_columns_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "flat.txt").write_text(FLAT)
    assert main(["read", str(tmp_path / "flat.txt"), "--to", "json"]) == 0
    captured = capsys.readouterr()
    found = [json.loads(line) for line in captured.out.splitlines()]
    assert [(each["value"], each["column"], each["candidates"]) for each in found] == [
        ("5000000", 0, [0]),
        ("-6000000", 1, [1]),
        ("7000000", None, [0, 1]),
    ]
    assert "recto:openColumn" in captured.err


def test_what_is_no_page_is_an_error_and_the_rest_is_delivered(
    page: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.htm").write_text("<p>nothing")
    assert main(["read", str(tmp_path / "no.htm"), str(page)]) == 1
    captured = capsys.readouterr()
    assert "recto:noReportTable" in captured.err
    assert str(page) in captured.out
    assert main(["read", str(tmp_path / "no.htm")]) == 2
    assert main(["read", str(tmp_path / "absent.htm")]) == 2


def test_output_files_are_whole_or_not_there(page: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    target = tmp_path / "facts.parquet"
    assert main(["read", str(page), "-o", str(target)]) == 0
    assert pq.read_table(target).num_rows > 0
    assert main(["read", str(page), "-o", str(tmp_path / "none" / "facts.parquet")]) == 2
