"""`recto save`, as a user calls it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from recto.saving import write_files

FORMATS = ("json", "csv", "xml", "xbrl", "zip", "xbr")


@pytest.fixture
def common(data: Any, tmp_path: Path) -> Any:
    return ("--taxonomies", data / "mirror", "--offline", "--cache-dir", tmp_path / "cache")


def _facts(recto_command: Any, source: Any, common: Any) -> Any:
    """Records of facts, without what tells where they stand."""
    outcome = recto_command("facts", source, "--to", "json", *common)
    assert outcome.status == 0
    records = [json.loads(line) for line in outcome.out.splitlines()]
    for record in records:
        for key in ("id", "document", "line", "hidden"):
            del record[key]
        record["language"] = record["language"] and record["language"].lower()
    return sorted(records, key=json.dumps)


@pytest.mark.parametrize("extension", FORMATS)
def test_saved_reports_have_the_same_facts(
    recto_command: Any, data: Any, tmp_path: Path, common: Any, extension: Any
) -> None:
    source = data / "typed" / "bank-20241231.xml"
    target = tmp_path / "deep" / f"bank.{extension}"
    outcome = recto_command("save", source, "-o", target, *common)
    assert (outcome.status, outcome.out) == (0, "")
    opened = target.with_suffix(".json") if extension == "csv" else target
    assert str(opened) in outcome.err
    expected = _facts(recto_command, source, common)
    found = _facts(recto_command, opened, common)
    for record in (*expected, *found):
        if not isinstance(record["value"], str) or record["unit"]:
            record["language"] = None  # of numbers, which only XML gives one
    assert expected
    assert [each["value"] for each in found] == [each["value"] for each in expected]
    assert [each["dimensions"] for each in found] == [each["dimensions"] for each in expected]
    assert [each["period"] for each in found] == [each["period"] for each in expected]


def test_report_packages_hold_the_taxonomy_and_can_be_moved(
    recto_command: Any, data: Any, tmp_path: Path, common: Any
) -> None:
    target = tmp_path / "bank.xbr"
    assert recto_command("save", data / "typed", "-o", target, "--as", "json", *common).status == 0
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        metadata = json.loads(archive.read("bank/META-INF/reportPackage.json"))
        report = json.loads(archive.read("bank/reports/bank.json"))
    assert sorted(names) == [
        "bank/META-INF/reportPackage.json",
        "bank/reports/bank-20241231.xsd",
        "bank/reports/bank.json",
    ]
    assert metadata == {"documentInfo": {"documentType": "https://xbrl.org/report-package/2023/xbr"}}
    assert report["documentInfo"]["taxonomy"] == ["bank-20241231.xsd"]
    first = target.read_bytes()
    recto_command("save", data / "typed", "-o", target, "--as", "json", *common)
    assert target.read_bytes() == first


def test_taxonomy_is_found_from_where_the_report_is(recto_command: Any, data: Any, tmp_path: Path, common: Any) -> None:
    target = tmp_path / "r.json"
    recto_command("save", data / "typed", "-o", target, *common)
    (href,) = json.loads(target.read_text())["documentInfo"]["taxonomy"]
    assert (tmp_path / href).resolve() == (data / "typed" / "bank-20241231.xsd").resolve()


@pytest.fixture
def saved(recto_command: Any, data: Any, tmp_path: Path, common: Any) -> Any:
    """A good report in both formats."""
    for name in ("good.json", "table.csv"):
        assert recto_command("save", data / "typed", "-o", tmp_path / name, *common).status == 0
    return tmp_path


def test_csv_with_a_wrong_column_is_told_and_nothing_written_over(recto_command: Any, saved: Any, common: Any) -> None:
    table = next(saved.glob("table-numbers*.csv"))
    table.write_text(table.read_text().replace("period", "when", 1))
    before = (saved / "good.json").read_bytes()
    outcome = recto_command("save", saved / "table.json", "-o", saved / "good.json", *common)
    assert outcome.status == 2
    assert "xbrlce:unknownColumn" in outcome.err
    assert f"{table.name}:1" in outcome.err
    assert (saved / "good.json").read_bytes() == before
    checked = recto_command("validate", saved / "table.json", *common)
    assert checked.status == 1
    assert "error xbrlce:unknownColumn" in checked.out


def test_json_with_an_unknown_key_is_told_and_nothing_written_over(recto_command: Any, saved: Any, common: Any) -> None:
    report = (saved / "good.json").read_text().replace('"facts":', '"factz": {},\n"facts":')
    (saved / "bad.json").write_text(report)
    before = (saved / "table.json").read_bytes()
    outcome = recto_command("save", saved / "bad.json", "-o", saved / "table.csv", *common)
    line = 1 + next(at for at, each in enumerate(report.splitlines()) if "factz" in each)
    assert outcome.status == 2
    assert "xbrlje:invalidJSONStructure" in outcome.err
    assert f"bad.json:{line}" in outcome.err
    assert (saved / "table.json").read_bytes() == before
    assert recto_command("save", saved / "bad.json", "-o", saved / "table.csv", "--force", *common).status == 0
    assert _facts(recto_command, saved / "table.json", common)


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [("r.xbri", (), ".xbr or .zip"), ("r.doc", (), "--as"), ("r", ("--as", "pdf"), "pdf")],
)
def test_requests_that_make_no_sense(
    recto_command: Any, data: Any, tmp_path: Path, common: Any, name: Any, options: Any, message: Any
) -> None:
    outcome = recto_command("save", data / "typed", "-o", tmp_path / name, *options, *common)
    assert outcome.status == 2
    assert message in outcome.err
    assert list(tmp_path.glob("r*")) == []


def test_a_file_that_cannot_be_written_leaves_all_as_it_was(
    recto_command: Any, data: Any, tmp_path: Path, common: Any
) -> None:
    (tmp_path / "r-numbers.csv").mkdir()
    (tmp_path / "r.json").write_text("before")
    files = {"r.json": b"1", "r-numbers.csv": b"2", "r-texts.csv": b"3"}
    with pytest.raises(Exception, match="is a folder"):
        write_files(tmp_path, files)
    assert (tmp_path / "r.json").read_text() == "before"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["r-numbers.csv", "r.json"]


def test_a_report_of_which_nothing_can_be_said_is_not_saved(
    recto_command: Any, data: Any, tmp_path: Path, common: Any
) -> None:
    text = (data / "typed" / "bank-20241231.xml").read_text()
    (tmp_path / "bank-20241231.xsd").write_bytes((data / "typed" / "bank-20241231.xsd").read_bytes())
    (tmp_path / "r.xml").write_text(text.replace("contextRef=", "contextReference="))
    outcome = recto_command("save", tmp_path / "r.xml", "-o", tmp_path / "r.json", *common)
    assert outcome.status == 2
    assert "recto:notSaved" in outcome.err
    assert not (tmp_path / "r.json").exists()
