"""Footnotes of a page: numbers, and promotion to rows and columns (rendering.md 14)."""

from __future__ import annotations

from collections.abc import Mapping

from recto.instance.model import Fact, Footnote
from recto.rendering.lines import Grid, Line


def number_footnotes(grid: Grid, footnotes: Mapping[Fact, tuple[Footnote, ...]]) -> list[tuple[int, str]]:
    """Numbers footnotes in reading order, within a cell by text; then moves what all cells share to their row or
    column.

    Returns (number, text) of the page's notes.
    """
    if not any(item.fact in footnotes for row in grid.rows for item in row.facts):
        return []
    numbers: dict[Footnote, int] = {}
    rows, columns = grid.shown_rows(), grid.shown_columns()
    for row in rows:
        for _, slot in row.shown_cells():
            notes = footnotes.get(slot.item.fact)
            if not notes:
                continue
            for note in sorted(notes, key=lambda note: note.text):
                numbers.setdefault(note, len(numbers) + 1)
            slot.notes = sorted({numbers[note] for note in notes})
    if grid.visible_columns != 1:
        for row in rows:
            _promote(row)
    if grid.visible_rows != 1:
        for column in columns:
            _promote(column)
    return [(number, note.text) for note, number in numbers.items()]


def _promote(line: Line) -> None:
    """Moves the notes that all filled visible cells have to the line's heading (14.3)."""
    slots = [slot for _, slot in line.shown_cells()]
    if not slots:
        return
    common = set(slots[0].notes or ())
    for slot in slots[1:]:
        common.intersection_update(slot.notes or ())
        if not common:
            return
    if common:
        line.notes = tuple(sorted(common))
        for slot in slots:
            slot.notes = [number for number in slot.notes or () if number not in common]
