"""What a page says, one row for each cell that shows something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from recto.rendering.model import Report
from recto.rendering.reading.amounts import Category

Moment = Literal["start", "end"]


@dataclass(frozen=True, slots=True)
class ReadFact:
    """One cell taken back to a fact, as far as the page tells."""

    row: int
    """Row on the page, from 0."""
    column: int | None
    """Column on the page, from 0; None where the text leaves it open: then see `candidates`."""
    candidates: tuple[int, ...]
    """Columns in which the cell may stand; one where it is known."""
    label: str
    path: tuple[str, ...]
    """Labels that lead to the row: the section's members, the abstract above it."""
    element: str | None
    """`us-gaap:Assets`; None where the page does not tell."""
    members: tuple[tuple[str, str], ...]
    """(axis, member) pairs that the page names; labels of further members stand in `path` and `headings`."""
    headings: tuple[str, ...]
    """Headings of the column; of all candidates the ones that they share."""
    months: int | None
    end: date | None
    """Last day of the period, included; with `months` 0 or None it may be an instant."""
    unit: str | None
    """Currency code, `shares`, `USD/shares`, `pure`, or what the page prints; None for text."""
    unit_candidates: tuple[str, ...]
    """More than one where the page leaves the unit open."""
    category: Category | None
    text: str
    value: Decimal | None
    """Exact decimal, scale applied, sign as presented; None for text."""
    decimals: int | None
    """Accuracy of the print: -6 for whole millions, 2 for cents; None for text."""
    nil: bool = False
    data_type: str | None = None
    moment: Moment | None = None
    """For what is measured at a moment: the end of the column's period, or its start on the row of a beginning balance
    (the day before the first of the column's `months`). None for durations, and where the page does not tell."""


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page read back: the grid as printed, and its facts."""

    report: Report
    facts: tuple[ReadFact, ...]
    title: str
    """Title without the currency promoted to it."""
    scales: tuple[tuple[str, int], ...]
    """(unit symbol, power of ten)."""
    open_cells: int
    """Cells whose column the text leaves open."""
