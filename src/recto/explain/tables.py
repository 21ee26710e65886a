"""Tables that the taxonomy draws itself: what stands where is its decision, not the layout's."""

from __future__ import annotations

from recto.explain.model import Decision
from recto.rendering.model import Column, Report, Row

_CLAUSE = "Table linkbase 1.0"


def explain(report: Report) -> list[Decision]:
    shown = sum(bool(cell.facts) for row in report.rows for cell in row.cells)
    text = f"The taxonomy draws this page itself: table {report.table}. Facts stand in {shown} of its cells."
    return [Decision("page", "page", text, _CLAUSE)]


def explain_row(row: Row) -> list[Decision]:
    what = "a heading" if row.kind == "abstract" else "a place"
    text = f"{row.label or 'It'} is {what} on the table's y-axis, {row.depth} levels in."
    if row.concept is not None:
        text += f" It is for {row.concept.name}."
    return [Decision("row", "row", text, _CLAUSE)]


def explain_column(column: Column) -> list[Decision]:
    text = f"{', '.join(column.labels) or 'It'} is a place on the table's x-axis."
    return [Decision("column", "column", text, _CLAUSE)]


def explain_cell(row: Row, column: Column, at: int) -> list[Decision]:
    facts = row.cells[at].facts
    ids = tuple([fact.id for fact in facts[:10]])
    if len(facts) > 1:
        text = f"{len(facts)} facts fit what slice, row and column demand: the first of them is shown."
    elif facts:
        text = "The fact fits what slice, row and column demand; dimensions that none of them names it does not have."
    elif row.kind == "abstract":
        text = "The row is a heading."
    else:
        text = "No fact fits what slice, row and column demand."
    return [Decision("cell", "value" if facts else "empty", text, _CLAUSE, ids)]
