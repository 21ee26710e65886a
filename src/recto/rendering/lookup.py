"""Rows and columns of a page by number, or by the words that people see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from recto.errors import UsageError
from recto.patterns import lazy

_NOT_DIGITS = lazy(r"\D+")


class _Cell(Protocol):
    @property
    def facts(self) -> Sequence[object]: ...


class _Row(Protocol):
    label: str
    element: str

    @property
    def cells(self) -> Sequence[_Cell]: ...


class _Column(Protocol):
    labels: tuple[str, ...]


def row_index(rows: Sequence[_Row], row: str | int, page: str) -> int:
    """The row that `row` names: its number (counted from 1, as shown), or words of its label or concept.

    A whole label or name goes before words in it, a row that shows facts before one that shows none, and the shortest
    before others. Raises `UsageError` where there is none.
    """
    wanted = " ".join(str(row).casefold().split())

    def rank(at: int) -> tuple[bool, bool]:
        each = rows[at]
        names = (
            " ".join(each.label.casefold().split()),
            each.element.casefold(),
            each.element.rpartition("_")[2].casefold(),
        )
        return (not any(cell.facts for cell in each.cells), wanted not in names)

    found = _matches([f"{each.label} {each.element}" for each in rows], row, "row", page)
    return min(found, key=lambda at: (rank(at), found.index(at)))


def column_index(columns: Sequence[_Column], column: str | int, page: str) -> int:
    """The column that `column` names: its number (counted from 1, as shown), or words of its headings.

    Raises `UsageError` where there is none.
    """
    return _matches([" ".join(each.labels) for each in columns], column, "column", page)[0]


def _matches(names: Sequence[str], wanted: str | int, kind: str, page: str) -> list[int]:
    """What fits, the shortest name first."""
    text = str(wanted).strip()
    if text.isdecimal() and len(text) < 10 and (isinstance(wanted, int) or int(text) <= len(names)):
        number = int(text)
        if 1 <= number <= len(names):
            return [number - 1]
        raise UsageError(f"{page} has {len(names)} {kind}s; there is no {kind} {number}")
    words = text.casefold().split()
    found = [at for at, name in enumerate(names) if words and all(word in name.casefold() for word in words)]
    if text.isdecimal():  # the year 2024 is a word of a heading, a 9 in the 29th is none
        found = [at for at in found if text in _NOT_DIGITS.split(names[at])]
    if not found:
        if text.isdecimal():
            raise UsageError(f"{page} has {len(names)} {kind}s; there is no {kind} {text}")
        raise UsageError(f"no {kind} of {page} is called {text!r}")
    return sorted(found, key=lambda at: (len(names[at]), at))
