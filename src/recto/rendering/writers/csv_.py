"""A page as CSV: the headings, then a line a row; sections, indentation and units kept."""

from __future__ import annotations

import io

from recto.cells import CellWriter
from recto.prose import prose
from recto.rendering.model import Cell, Report
from recto.rendering.writers import lines
from recto.rendering.writers.lines import markers


def page_csv(report: Report) -> str:
    """Columns: kind, section, depth, label, element, then one for each column of the page, headed by its headings.

    The first line holds these names; title and scale head the label column. Numbers stand as the page shows them.
    """
    buffer = io.StringIO()
    writer = CellWriter(buffer)
    head = [lines.heading(column) + _marks(column.footnotes) for column in report.columns]
    writer.writerow(["kind", "section", "depth", lines.title_line(report), "element", *head])
    section = ""
    for row, depth in zip(report.rows, lines.depths(report.rows), strict=True):
        if row.kind == "section":
            section = lines.label(row)
        cells = [_text(cell) + _marks(cell.footnotes) for cell in row.cells]
        writer.writerow([row.kind, section, depth, lines.label(row), row.element, *cells])
    return buffer.getvalue()


def _marks(numbers: tuple[int, ...]) -> str:
    return f" {markers(numbers)}" if numbers else ""


def _text(cell: Cell) -> str:
    if cell.kind != "html":
        return lines.cell_text(cell)
    parts = []
    for block in prose(cell.text):
        parts.append("\n".join("\t".join(row) for row in block.rows) if block.kind == "table" else block.text)
    return "\n".join(parts)
