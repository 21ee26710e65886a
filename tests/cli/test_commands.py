"""The commands as a user runs them: results on stdout, messages on stderr, the exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def on(data: Path) -> Callable[[str], list[object]]:
    """SOURCE and the common options for one of the small filings."""
    return lambda name: [data / name, "--taxonomies", data / "mirror", "--offline"]


def test_render_writes_the_pages_and_what_goes_with_them(
    recto_command: Run, on: Callable[[str], list[object]], tmp_path: Path
) -> None:
    done = recto_command("render", *on("inline"), "-o", tmp_path / "pages")
    assert done.status == 0, done.err
    assert done.out == ""
    assert "4 pages" in done.err
    assert "16 of 16 facts shown (100 %)" in done.err
    names = {path.name for path in (tmp_path / "pages").iterdir()}
    assert names >= {"R1.htm", "R4.htm", "FilingSummary.xml", "MetaLinks.json", "Financial_Report.xlsx", "index.html"}
    assert names >= {"report.css", "Show.js"}


def test_render_only_some_pages_in_some_formats(
    recto_command: Run, on: Callable[[str], list[object]], tmp_path: Path
) -> None:
    done = recto_command("render", *on("inline"), "-o", tmp_path, "--only", "R2,details", "--format", "json,md")
    assert done.status == 0, done.err
    assert {path.name for path in tmp_path.iterdir()} == {"R2.json", "R2.md", "R4.json", "R4.md"}
    page = json.loads((tmp_path / "R2.json").read_text("utf-8"))
    assert page["title"] == "Balance Sheets - USD ($)"
    row = next(row for row in page["rows"] if row["label"] == "Inventories")
    assert [cell["text"] for cell in row["cells"]] == ["2,100", "2,000"]
    assert row["cells"][0]["facts"] == ["inventory-2024"]


def test_show_lists_the_pages(recto_command: Run, on: Callable[[str], list[object]]) -> None:
    done = recto_command("show", *on("inline"))
    assert done.status == 0, done.err
    assert "R2" in done.out
    assert "Balance Sheets" in done.out
    rows = [json.loads(line) for line in recto_command("show", *on("inline"), "--to", "json").out.splitlines()]
    assert [row["page"] for row in rows] == ["R1", "R2", "R3", "R4"]


@pytest.mark.parametrize(
    "page", ["R2", "r2", "2", "balance sheets", "sheets", "http://www.example.org/orchard/role/BalanceSheet"]
)
def test_show_finds_a_page(recto_command: Run, on: Callable[[str], list[object]], page: str) -> None:
    done = recto_command("show", *on("inline"), page)
    assert done.status == 0, done.err
    assert "Total assets" in done.out
    assert "3,300" in done.out


def test_show_an_unknown_page(recto_command: Run, on: Callable[[str], list[object]]) -> None:
    done = recto_command("show", *on("inline"), "leases")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith("error recto:usage - no page is called 'leases'")


def test_facts_as_json_lines(recto_command: Run, on: Callable[[str], list[object]]) -> None:
    done = recto_command("facts", *on("inline"), "--to", "json", "--concept", "InventoryNet", "--period", "2024")
    assert done.status == 0, done.err
    [record] = [json.loads(line) for line in done.out.splitlines()]
    assert record == {
        "id": "inventory-2024",
        "concept": "us-gaap:InventoryNet",
        "namespace": "http://fasb.org/us-gaap/2024",
        "entity": "0000000002",
        "period": "2025-01-01T00:00:00",
        "start": None,
        "end": "2024-12-31",
        "unit": "iso4217:USD",
        "language": None,
        "dimensions": {},
        "value": "2100000",
        "decimals": -3,
        "nil": False,
        "valid": True,
        "hidden": False,
        "document": "orchard-20241231.htm",
        "line": record["line"],
        "pages": ["R2", "R4"],
        "instance": "orchard-20241231_htm.xml",
        "target": None,
        "scheme": "http://www.sec.gov/CIK",
    }


def test_facts_as_csv_with_a_column_for_each_axis(recto_command: Run, on: Callable[[str], list[object]]) -> None:
    done = recto_command("facts", *on("typed"), "--axis", "LoanNumberAxis=10", "--concept", "bank:*")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert len(rows) == 4
    assert {row["bank:LoanNumberAxis"] for row in rows} == {"10"}
    assert {row["value"] for row in rows} == {"20000", "13000", "0.0525"}
    assert "dimensions" not in rows[0]


def test_facts_to_a_file_by_its_extension(
    recto_command: Run, on: Callable[[str], list[object]], tmp_path: Path
) -> None:
    import pyarrow.parquet as pq

    done = recto_command("facts", *on("equity"), "-o", tmp_path / "facts.parquet")
    assert (done.status, done.out) == (0, ""), done.err
    assert pq.read_table(tmp_path / "facts.parquet").num_rows == 28
    assert [path.name for path in tmp_path.iterdir()] == ["facts.parquet"]


def test_what_is_not_there_is_one_clear_line(recto_command: Run, tmp_path: Path) -> None:
    done = recto_command("render", tmp_path / "absent.htm", "-o", tmp_path / "pages")
    assert done.status == 2
    assert done.out == ""
    assert done.err.count("\n") == 1
    assert done.err.startswith("error recto:notFound ")
    assert "absent.htm" in done.err
    assert not (tmp_path / "pages").exists()


def test_a_truncated_instance_is_an_error_with_its_line(recto_command: Run, data: Path, tmp_path: Path) -> None:
    text = (data / "equity" / "mill-20241231.xml").read_text("utf-8")
    (tmp_path / "mill.xml").write_text(text[: len(text) // 2], "utf-8")
    done = recto_command("show", tmp_path / "mill.xml", "--offline")
    assert done.status == 1
    assert "mill.xml:" in done.err
    assert "Traceback" not in done.err


def test_a_missing_taxonomy_is_a_finding_and_pages_are_still_made(
    recto_command: Run, data: Path, tmp_path: Path
) -> None:
    done = recto_command("render", data / "inline", "--offline", "-o", tmp_path)
    assert done.status == 0, done.err
    assert "us-gaap-2024.xsd" in done.err
    assert "offline" in done.err
    assert (tmp_path / "index.html").exists()


def test_usage(recto_command: Run) -> None:
    done = recto_command("rendr", "x")
    assert done.status == 2
    assert "Did you mean 'render'?" in done.err
    assert recto_command("render").status == 2
    assert recto_command("--help").status == 0
    assert recto_command("--version").out.startswith("recto ")


def test_environment_names_the_taxonomies(recto_command: Run, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECTO_TAXONOMIES", str(data / "mirror"))
    monkeypatch.setenv("RECTO_OFFLINE", "1")
    done = recto_command("show", data / "equity", "R2")
    assert done.status == 0, done.err
    assert "Cash, end of year" in done.out


def test_taxonomy_commands(recto_command: Run, data: Path, example: Path, tmp_path: Path) -> None:
    import shutil

    package = shutil.make_archive(str(tmp_path / "standins"), "zip", example, "taxonomy")
    here = ["--cache-dir", tmp_path / "cache"]
    assert recto_command("taxonomy", "add", package, *here).status == 0
    shown = recto_command("taxonomy", "show", example / "filing", "MinimumMarketValue", "--offline", *here)
    assert shown.status == 0, shown.err
    assert "exbm:MinimumMarketValue" in shown.out
    assert "Minimum market value" in shown.out
    schema = "http://xbrl.fasb.org/us-gaap/2021/elts/us-gaap-2021-01-31.xsd"
    compiled = recto_command("taxonomy", "compile", schema, "--offline", *here)
    assert compiled.status == 0, compiled.err
    listed = recto_command("taxonomy", "list", *here).out
    assert "standins.zip" in listed
    assert schema in listed
    assert recto_command("taxonomy", "remove", "standins", schema, *here).status == 0
    assert "standins" not in recto_command("taxonomy", "list", *here).out
    assert recto_command("taxonomy", "remove", "standins", *here).status == 2


def test_a_reader_that_leaves_early_sees_no_traceback(data: Path) -> None:
    command = [sys.executable, "-m", "recto", "facts", str(data / "equity"), "--taxonomies", str(data / "mirror")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait(30)


@pytest.mark.parametrize("name", ["inline", "equity", "typed"])
def test_the_small_filings_are_valid(recto_command: Run, on: Callable[[str], list[object]], name: str) -> None:
    done = recto_command("validate", *on(name), "--regime", "plain")  # they are not made to be filed
    assert done.status == 0, done.out
    assert {line.partition(" ")[0] for line in done.out.splitlines()} <= {"info"}


def test_the_example_is_valid(recto_command: Run, example: Path) -> None:
    done = recto_command(
        "validate", example / "filing", "--taxonomies", example / "taxonomy", "--offline", "--regime", "plain"
    )
    assert done.status == 0, done.out
    assert {line.partition(" ")[0] for line in done.out.splitlines()} <= {"info"}


def _writers() -> list[str]:
    """Commands that write one FILE in one of several formats, and the words with which they can be run."""
    from recto.cli._app import app as group

    context = click.Context(group)
    found = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if any(each.name == "path" and each.metavar == "FILE" for each in command.params):
            found.append(name)
    return found


WORDS: dict[str, list[str]] = {"plot": ["R2"], "explain": ["R2"]}


@pytest.mark.parametrize("name", _writers())
def test_a_file_holds_what_its_name_says_or_is_not_written(
    recto_command: Run, on: Callable[[str], list[object]], data: Path, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "out.foo"
    source, *common = on("inline")
    words: list[object] = [source, *WORDS.get(name, [])]
    if name == "compare":
        words.append(source)
    elif name == "sql":
        words, common = ["select 1", "--lake", tmp_path], []
    elif name == "series":
        words, common = ["revenue", "QWK", "--lake", tmp_path], []
    elif name == "read":
        words = [tmp_path / "R2.htm"]
        recto_command("render", *on("inline"), "-o", tmp_path)
    done = recto_command(name, *words, *common, "-o", target)
    assert done.status == 2, done.out + done.err
    assert "out.foo" in done.err
    assert not target.exists()


@pytest.mark.parametrize(("extension", "start"), [("json", '{"code"'), ("sarif", "{\n"), ("txt", "")])
def test_findings_to_a_file_by_its_extension(
    recto_command: Run, on: Callable[[str], list[object]], tmp_path: Path, extension: str, start: str
) -> None:
    target = tmp_path / f"found.{extension}"
    done = recto_command("validate", *on("inline"), "-o", target)
    assert done.status in (0, 1), done.err
    text = target.read_text("utf-8")
    assert text.startswith(start)
    assert text.startswith("{") is (extension != "txt")


@pytest.mark.parametrize(
    "arguments",
    [
        ("facts",),
        ("show",),
        ("text",),
        ("save", "-o", "x.json"),
        ("view", "-o", "x.html"),
        ("render", "-o", "pages"),
        ("plot", "income"),
        ("explain", "R1"),
    ],
)
def test_a_taxonomy_has_no_facts(recto_command: Run, data: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    schema = next((data / "inline").glob("*.xsd"))
    command, *more = arguments
    placed = [str(tmp_path / each) if at and more[at - 1] == "-o" else each for at, each in enumerate(more)]
    done = recto_command(command, schema, *placed, "--taxonomies", data / "mirror", "--offline")
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"error recto:noFacts {schema} there are no facts, only a taxonomy:")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("recto facts 20", "file"),
        ("recto show x.htm -o 20", "file"),
        ("recto compare a b", "file"),
        ("recto read R", "file"),
        ("recto taxonomy add es", "file"),
        ("recto lake statement AAPL income --lake la", "file"),
        ("recto ingest 20", "file"),
        ("recto show x.htm R", ""),
        ("recto facts x.htm --concept As", ""),
        ("recto fac", "plain"),
        ("recto facts x.htm --to par", "plain"),
    ],
)
def test_shells_complete_names_of_files(
    words: str, kind: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from click.shell_completion import BashComplete

    from recto.cli._app import app

    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    found = BashComplete(app, {}, "recto", "_RECTO_COMPLETE").complete().splitlines()
    assert {line.partition(",")[0] for line in found} == ({kind} if kind else set())


def test_folders_in_place_of_documents(recto_command: Run, data: Path) -> None:
    done = recto_command("read", data / "inline")
    assert (done.status, "it is a folder" in done.err) == (2, True)
    done = recto_command("suite", data)
    assert (done.status, "is a folder: name the document" in done.err) == (2, True)


def test_short_helps_are_whole(recto_command: Run) -> None:
    assert "..." not in recto_command("--help").out.partition("Commands:")[2]
