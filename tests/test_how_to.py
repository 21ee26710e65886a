"""docs/how-to: the code of each page runs, on our own reports and on real ones, and prints what stands there."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.cli import main
from tests.makers import maker

ROOT = Path(__file__).resolve().parents[1]


MAKER = maker("how_to")
PAGES: list[Path] = MAKER.pages()
NAMES = [page.stem for page in PAGES]
ASKED = {
    "revenue-by-segment": "revenue by segment over periods",
    "balance-sheet": "the balance sheet as a frame",
    "notes": "all notes as text",
    "chart": "a chart of a series",
    "cell-to-fact": "the fact behind a cell",
    "axes-and-members": "every axis and member used",
    "concept": "label and definition of a concept",
    "calculation": "the calculation tree with its sums",
    "compare": "two 10-Ks compared",
    "excel": "an Excel workbook",
    "duckdb": "a DuckDB query on the facts",
    "facts-of-a-year": "facts without dimensions, deduplicated, of the last fiscal year",
}
NOT_IN_A_PROSPECTUS = {"balance-sheet", "calculation", "cell-to-fact", "chart", "concept", "statements"}
"""What a fund's prospectus has not: the code says so in one sentence."""


def test_every_task_has_a_page_of_five_lines_at_most() -> None:
    assert set(ASKED) <= set(NAMES)
    for page in PAGES:
        lines = [line for line in MAKER.code_of(page).splitlines() if line.strip()]
        assert len(lines) <= 5, page.name
        assert max(map(len, lines)) <= 120, page.name
        assert MAKER.commands_of(page), page.name
        assert f"]({page.name})" in (ROOT / "docs" / "how-to" / "README.md").read_text("utf-8")


@pytest.fixture
def desk(annual: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pages' code runs."""
    for name in ("2023", "2024", "taxonomy"):
        (tmp_path / name).symlink_to(annual / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECTO_TAXONOMIES", "taxonomy")
    monkeypatch.setenv("RECTO_OFFLINE", "1")
    monkeypatch.setenv("COLUMNS", "140")
    return tmp_path


def run(code: str) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "how-to", "exec"), {})
    return said.getvalue()


def words(text: str) -> list[str]:
    return re.findall(r"[^\s─│┌┐└┘├┤┬┴┼]+", text)


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_code_prints_what_the_page_says(page: Path, desk: Path) -> None:
    output = re.search(r"```text\n(.*?)```", page.read_text("utf-8"), re.S)
    printed = run(MAKER.code_of(page))
    if output is not None:
        assert words(printed) == words(output[1]), "run docs/make_how_to.py"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_commands_run(page: Path, desk: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    for command in MAKER.commands_of(page):
        name, *arguments = shlex.split(command)
        assert name == "recto"
        assert main(arguments) == 0, command
        if "-o" in arguments:
            assert Path(arguments[arguments.index("-o") + 1]).stat().st_size > 0
        else:
            assert capfdbinary.readouterr().out.strip(), command


@pytest.fixture
def real(shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RECTO_TAXONOMIES", str(shared_data / "taxonomies"))
    monkeypatch.setenv("RECTO_OFFLINE", "1")
    return shared_data / "filings"


def on(code: str, now: Path, before: Path) -> str:
    return code.replace('"2024"', repr(str(now))).replace('"2023"', repr(str(before)))


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_code_runs_on_a_10_k(page: Path, real: Path) -> None:
    printed = run(on(MAKER.code_of(page), real / "aapl-2022-10k", real / "aapl-2010-10k"))
    expected: dict[str, Any] = {
        "balance-sheet": "Total assets",
        "revenue-by-segment": "Greater China Segment",
        "notes": "Summary of Significant Accounting Policies",
        "cell-to-fact": "99.803 billion USD",
        "calculation": "=",
        "axes-and-members": "us-gaap:StatementBusinessSegmentsAxis",
        "facts-of-a-year": "year ended September 24, 2022",
        "compare": "new (",
        "duckdb": "us-gaap:",
        "concept": "Assets",
    }
    assert expected.get(page.stem, "") in printed
    if page.stem == "excel":
        assert Path("report.xlsx").stat().st_size > 10_000
    if page.stem == "chart":
        assert "<svg" in Path("net-income.svg").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_the_code_runs_on_a_fund(page: Path, real: Path) -> None:
    code = on(MAKER.code_of(page), real / "specimen-2018-sample", real / "dry-2013-sample")
    if page.stem in NOT_IN_A_PROSPECTUS:
        with pytest.raises((recto.UsageError, KeyError), match=r"there is|did you mean|no fact"):
            run(code)
    else:
        run(code)
