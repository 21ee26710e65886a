"""A page as JSON: the grid, each cell with its facts (the format that `docs/cli.md` promises to programs)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from recto.instance.model import Period
from recto.rendering.model import Cell, Column, Page, Row
from recto.rendering.writers import lines


def page_json(report: Page, *, indent: int = 1) -> str:
    """The grid as text. `indent` is the number of blanks a level; 0 gives one line."""
    import msgspec

    data = msgspec.json.encode(page_object(report))
    return (msgspec.json.format(data, indent=indent) if indent else data).decode() + "\n"


def page_object(report: Page) -> dict[str, Any]:
    """`{title, scale, role, category, columns, rows, footnotes, …}` of plain types.

    In a cell `text` is what the page shows, `value` the lexical value of the first fact (full precision, no scale),
    null where there is none or it is nil; `facts` are fact ids.
    """
    return {
        "page": report.stem,
        "title": report.title,
        "scale": report.scale.strip() or None,
        "role": report.role,
        "name": report.short_name,
        "category": report.category or None,
        **({"note": report.note} if report.note else {}),
        "columns": [_column(report, column) for column in report.columns],
        "rows": [_row(report, row) for row in report.rows],
        "footnotes": [{"number": number, "html": note} for number, note in report.footnotes],
    }


def _column(report: Page, column: Column) -> dict[str, Any]:
    return {
        "id": column.id,
        "headings": list(column.labels),
        "unit": column.units[0] if len(column.units) == 1 else None,
        "units": list(column.units),
        **_period(column.period),
        "members": _members(report, column.members),
        "footnotes": list(column.footnotes),
    }


def _row(report: Page, row: Row) -> dict[str, Any]:
    return {
        "id": row.id,
        "kind": row.kind,
        "depth": row.depth,
        "label": row.label,
        "concept": row.concept.name if row.concept is not None else None,
        "element": row.element or None,
        "labelRole": row.label_role,
        **_period(row.period),
        "members": _members(report, row.members),
        "footnotes": list(row.footnotes),
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    first = cell.facts[0] if cell.facts else None
    out: dict[str, Any] = {
        "kind": cell.kind,
        "text": cell.text if cell.kind == "html" else lines.cell_text(cell),
        "value": None if first is None or first.nil else first.value,
        "facts": [fact.id for fact in cell.facts],
    }
    if cell.footnotes:
        out["footnotes"] = list(cell.footnotes)
    if cell.embedded is not None:
        out["report"] = page_object(cell.embedded)
    if cell.image is not None:
        out["image"] = cell.image
    return out


def _members(report: Page, members: tuple[tuple[Any, str], ...]) -> dict[str, str]:
    return {lines.name_of(report.instance, axis): member for axis, member in members}


def _period(period: Period | None) -> dict[str, str | None]:
    """`period` in OIM's form; `start` and `end` as people write dates, the last day included."""
    if period is None:
        return {"period": None, "start": None, "end": None}
    return {"period": period.oim, "start": _day(period.start), "end": _day(period.last_day)}


def _day(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat()
