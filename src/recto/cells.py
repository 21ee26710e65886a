"""CSV whose cells stay text in a spreadsheet.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, quoted or not, and formulas fetch and
run. So an apostrophe is set before such text, which spreadsheets take for the mark of text; the text itself is
unchanged. Numbers, dates and telephone numbers, in which no function and no other cell is named, stay as they are. The
other forms (JSON, Parquet, Arrow, workbooks) tell text from formulas and need no such mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO, Any, Final

from recto.patterns import lazy

STARTS: Final = frozenset("=+-@\t\r＝＋－＠")
"""What a formula may begin with; spreadsheets skip the white space among it."""
_FORMULA: Final = lazy(r"[\t\r]*(?:[=@＝＠]|[-+＋－](?![-+0-9.,:/%()\s\u00a0]*(?:(?<=[0-9.])[eE][-+]?[0-9]+)?\Z))")


def inert(text: str) -> str:
    """The text for a cell of a CSV: with an apostrophe before it where a spreadsheet would see a formula."""
    return "'" + text if text and text[0] in STARTS and _FORMULA.match(text) else text


class CellWriter:
    """As `csv.writer`, whose cells are `inert`."""

    def __init__(self, stream: IO[str]) -> None:
        import csv

        self._writer = csv.writer(stream, lineterminator="\n")

    def writerow(self, row: Iterable[Any]) -> None:
        self._writer.writerow(_inert(row))

    def writerows(self, rows: Iterable[Iterable[Any]]) -> None:
        self._writer.writerows(map(_inert, rows))


def _inert(row: Iterable[Any]) -> list[Any]:
    return [inert(cell) if cell.__class__ is str else cell for cell in row]
