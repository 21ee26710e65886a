"""A lake that somebody broke: what `verify` finds, and that a question tells it in words."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from recto.cli import main
from recto.errors import RectoError
from recto.lake import Lake
from recto.lake.care import vacuum, verify
from recto.lake.places import Place


@pytest.fixture
def folder(lake_folder: Path, tmp_path: Path) -> Path:
    return shutil.copytree(lake_folder, tmp_path / "lake")


def first(folder: Path, table: str) -> Path:
    return sorted((folder / table).glob("*.parquet"))[0]


def logs(folder: Path, table: str) -> list[Path]:
    return sorted((folder / table / "_delta_log").glob("*.json"))


def cut_off(folder: Path) -> None:
    first(folder, "facts").write_bytes(first(folder, "facts").read_bytes()[:-100])


def emptied(folder: Path) -> None:
    first(folder, "facts").write_bytes(b"")


def taken_away(folder: Path) -> None:
    first(folder, "facts").unlink()


def another(folder: Path) -> None:
    first(folder, "facts").write_bytes(first(folder, "texts").read_bytes())


def changed(folder: Path) -> None:
    data = bytearray(first(folder, "facts").read_bytes())
    for at in range(100, len(data) // 2):
        data[at] ^= 0x55
    first(folder, "facts").write_bytes(data)


def entry_gone(folder: Path) -> None:
    logs(folder, "facts")[-2].unlink()


def entry_cut_off(folder: Path) -> None:
    path = logs(folder, "facts")[-1]
    path.write_text(path.read_text()[:-40])


def log_gone(folder: Path) -> None:
    shutil.rmtree(folder / "facts" / "_delta_log")


def of_the_future(folder: Path) -> None:
    path = logs(folder, "facts")[0]
    path.write_text(re.sub(r'"minReaderVersion":\d+', '"minReaderVersion":99', path.read_text()))


FILES: tuple[Callable[[Path], None], ...] = (cut_off, emptied, taken_away, another, changed)
LOGS: tuple[Callable[[Path], None], ...] = (entry_gone, entry_cut_off, log_gone, of_the_future)


@pytest.mark.parametrize("broken", [*FILES, *LOGS], ids=lambda each: each.__name__)
def test_damage(folder: Path, broken: Callable[[Path], None], capsys: pytest.CaptureFixture[str]) -> None:
    broken(folder)
    code = "recto:lakeFile" if broken in FILES else "recto:lakeLog"
    assert {each.code for each in verify(Place(folder))} == {code}
    assert main(["lake", "verify", "--lake", str(folder)]) == 1
    for arguments in (["series", "revenue", "QWK"], ["sql", "select * from facts"]):
        capsys.readouterr()
        assert main([*arguments, "--lake", str(folder)]) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"error {code} {folder}"), told
        assert len(told) < 700
    for command in ("compact", "vacuum"):
        status = main(["lake", command, *(["--whole"] if command == "compact" else []), "--lake", str(folder)])
        assert status == (0 if broken in FILES and command == "vacuum" else 2)


def test_a_column_of_another_version(folder: Path, history: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Questions go on without it; nobody writes rows anew who would lose it."""
    with Lake(folder) as lake:
        before = lake.sql("select * from facts order by filing, fact").to_arrow()
    path = logs(folder, "facts")[0]
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    for line in lines:
        if "metaData" in line:
            schema = json.loads(line["metaData"]["schemaString"])
            schema["fields"].append({"name": "mood", "type": "string", "nullable": True, "metadata": {}})
            line["metaData"]["schemaString"] = json.dumps(schema)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with Lake(folder) as lake:
        assert lake.sql("select * from facts order by filing, fact").to_arrow() == before
    assert list(verify(Place(folder))) == []
    for command in (["lake", "compact", "--whole"], ["ingest", str(history / "filings"), "--offline"]):
        assert main([*command, "--lake", str(folder)]) == 2
        told = capsys.readouterr().err
        assert told.startswith(f"error recto:lakeColumns {folder} facts has columns"), told
        assert "mood" in told
    with Lake(folder) as lake:
        assert lake.sql("select * from facts order by filing, fact").to_arrow() == before


def test_what_is_not_the_lake_s_changes_nothing(folder: Path) -> None:
    """A file that lies in a table's folder, and no log lists, is not read; vacuum takes it away when it is old."""
    with Lake(folder) as lake:
        before = lake.sql("select * from facts order by filing, fact").to_arrow()
    shutil.copy(first(folder, "texts"), folder / "facts" / "foreign.parquet")
    (folder / "facts" / "notes.txt").write_text("mine")
    with Lake(folder) as lake:
        assert lake.sql("select * from facts order by filing, fact").to_arrow() == before
    assert list(verify(Place(folder))) == []
    assert vacuum(Place(folder)) == []
    assert sorted(vacuum(Place(folder), hours=0)) == ["facts/foreign.parquet", "facts/notes.txt"]
    assert list(verify(Place(folder))) == []


def test_a_file_that_is_listed_twice(folder: Path) -> None:
    """Its rows would count twice."""
    path = logs(folder, "facts")[1]
    added = next(json.loads(line) for line in path.read_text().splitlines() if '"add"' in line)
    name = added["add"]["path"]
    copy = name.replace("-", "z-", 1)
    shutil.copy(folder / "facts" / name, folder / "facts" / copy)
    added["add"]["path"] = copy
    path.write_text(path.read_text() + json.dumps(added) + "\n")
    found = [each.code for each in verify(Place(folder))]
    with Lake(folder) as lake:
        (row,) = lake.sql("select count(*) as n, count(distinct (filing, fact)) as d from facts").records()
    assert row["n"] == row["d"], "no batch of that name was committed"
    assert found == []


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("series", "revenue", "NOPE"), 2, "recto:unknownCompany"),
        (("series", "Nope", "QWK"), 2, "recto:unknownConcept"),
        (("series", "revenue", "QWK", "--as-known-on", "2024-13-01"), 2, "is no date"),
        (("series", "revenue", "QWK", "--as-known-on", "1990-01-01"), 0, "nothing was found"),
        (("series", "revenue", "QWK", "--unit", "EUR"), 0, "nothing was found"),
        (("series", "assets", "QWK", "--frequency", "ttm"), 2, "a balance is of a day"),
        (("series", "revenue", "QWK", "--member", "a=b"), 2, "is a line item"),
        (("lake", "peers", "revenue", "1800"), 2, "is no fiscal year"),
        (("lake", "peers", "revenue", "2050"), 0, "nothing was found"),
        (("lake", "peers", "nosuch", "2023"), 2, "is no line item"),
        (("lake", "restatements", "NOPE"), 2, "recto:unknownCompany"),
        (("lake", "restatements", "QWK", "--concept", "us-gaap:Nothing"), 0, "nothing was found"),
        (("lake", "statement", "QWK", "nonsense"), 2, "is no kind of statement"),
        (("lake", "events", "--since", "2022-99"), 2, "is no date"),
        (("lake", "events", "--since", "2099"), 0, "nothing was found"),
        (("lake", "search", "  "), 2, "give words"),
        (("lake", "search", "xyzzy"), 0, "nothing was found"),
        (("lake", "companies", "zzz"), 0, "nothing was found"),
        (("lake", "items", "--filing", "nosuch"), 2, "recto:unknownFiling"),
        (("plot", "QWK", "nosuch"), 2, "recto:unknownConcept"),
        (("lake", "vacuum", "--hours", "-5"), 2, "--hours"),
        (("sql", "select * from nosuch"), 2, "recto:sql"),
    ],
)
def test_odd_questions(
    lake_folder: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], status: int, told: str
) -> None:
    assert main([*arguments, "--lake", str(lake_folder)]) == status
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.err.count("\n") <= 5


def test_an_empty_lake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "filings").mkdir()
    lake = ["--lake", str(tmp_path / "lake")]
    assert main(["ingest", str(tmp_path / "filings"), *lake]) == 2
    assert "no filing was found" in capsys.readouterr().err
    for arguments in (
        *(("lake", "status"), ("lake", "companies"), ("lake", "filings"), ("lake", "verify"), ("lake", "compact")),
        *(("lake", "vacuum"), ("lake", "peers", "revenue", "2023"), ("lake", "events"), ("lake", "search", "x")),
        *(("lake", "restatements"), ("sql", "select * from latest")),
    ):
        assert main([*arguments, *lake]) == 0, arguments
    capsys.readouterr()
    assert main(["series", "revenue", "QWK", *lake]) == 2
    assert "recto:unknownCompany" in capsys.readouterr().err
    with pytest.raises(RectoError, match="knows no company"):
        Lake(tmp_path / "lake").statement("QWK")
