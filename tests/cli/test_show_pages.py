"""`recto show SOURCE WORDS`: statements by kind, words that fit several pages, suggestions, files by extension."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.statements import kind_of

Run = Callable[..., Any]


@pytest.fixture
def source(data: Path) -> list[str]:
    return [str(data / "inline"), "--taxonomies", str(data / "mirror"), "--offline"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        *(("income", "income"), ("Income Statement", "income"), ("statements of operations", "income")),
        *(("consolidated statement of earnings", "income"), ("profit and loss", "income"), ("P&L", "income")),
        *(("balance sheet", "balance"), ("Consolidated Balance Sheets (Unaudited)", "balance")),
        *(("statement of financial position", "balance"), ("cash flow", "cash flow"), ("cash flows", "cash flow")),
        *(("statement of cash flows", "cash flow"), ("comprehensive income", "comprehensive income")),
        *(("statement of changes in equity", "equity"), ("stockholders' equity", "equity"), ("cover", "cover")),
        *(("shareholders’ equity", "equity"), ("cover page", "cover"), ("document and entity information", "cover")),
        *(("income taxes", None), ("earnings per share", None), ("operations", None), ("cash", None), ("", None)),
    ],
)
def test_words_for_kinds(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


def test_a_kind_that_is_not_there_says_what_is(recto_command: Run, source: list[str]) -> None:
    done = recto_command("show", source[0], "income statement", *source[1:])
    assert done.status == 2
    assert "no page that is an income statement" in done.err
    assert "(balance)" in done.err


def test_a_misspelled_page_is_suggested(recto_command: Run, source: list[str]) -> None:
    done = recto_command("show", source[0], "invnetories", *source[1:])
    assert done.status == 2
    assert "did you mean" in done.err
    assert "Inventories" in done.err


def test_the_primary_statement_is_meant(recto_command: Run, source: list[str]) -> None:
    done = recto_command("show", source[0], "balance sheet", *source[1:])
    assert done.status == 0
    assert done.out.lower().startswith(("consolidated balance sheets", "balance sheets"))


def test_the_extension_is_the_format(recto_command: Run, source: list[str], tmp_path: Path) -> None:
    for extension, start in (
        ("md", b"# "),
        ("html", b"<html>"),
        ("json", b"{"),
        ("csv", b"kind,"),
        ("xlsx", b"PK"),
        ("parquet", b"PAR1"),
    ):
        path = tmp_path / f"page.{extension}"
        assert recto_command("show", source[0], "R2", "-o", path, *source[1:]).status == 0
        assert path.read_bytes().startswith(start)
    assert b"<script" in (tmp_path / "page.html").read_bytes()
    assert zipfile.is_zipfile(io.BytesIO((tmp_path / "page.xlsx").read_bytes()))


def test_another_extension_is_an_error(recto_command: Run, source: list[str], tmp_path: Path) -> None:
    done = recto_command("show", source[0], "R2", "-o", tmp_path / "page.foo", *source[1:])
    assert done.status == 2
    assert ".xlsx" in done.err
    assert not (tmp_path / "page.foo").exists()


def test_words_that_would_guess_name_the_candidates(data: Path) -> None:
    filing = recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)
    reports = [r for r in filing.reports for _ in range(2)]
    from recto.statements import find_page

    with pytest.raises(recto.UsageError, match="no better than each other"):
        find_page(reports, "inventor")
