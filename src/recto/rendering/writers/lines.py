"""What the plain writers (terminal, Markdown, CSV, JSON) share: headings of columns, depth of rows, texts of cells."""

from __future__ import annotations

import html
from collections.abc import Sequence

from recto.instance.model import Instance
from recto.names import QName
from recto.rendering.grids import Cell, Column, Page, Row
from recto.rendering.writers.html import markers, normalize_space


def heading(column: Column) -> str:
    return " ".join(label for label in column.labels if label)


def depths(rows: Sequence[Row]) -> list[int]:
    """Indentation of each row: the depth in the presentation tree, counted from the page's shallowest item.

    Sections stand at the margin.
    """
    shown = [row.depth for row in rows if row.kind != "section"]
    least = min(shown, default=0)
    out = []
    for row in rows:
        out.append(0 if row.kind == "section" else row.depth - least)
    return out


def label(row: Row) -> str:
    text = normalize_space(row.label)
    return f"{text} {markers(row.footnotes)}" if row.footnotes else text


def cell_text(cell: Cell) -> str:
    """A short cell as people read it; the markup of a text block stays."""
    kind = cell.kind
    if kind == "blank" or kind == "nil":
        return ""
    if kind == "none":
        return "none"
    if kind == "embedded":
        return f"[{cell.image}]" if cell.image else f"[{cell.embedded.title if cell.embedded is not None else ''}]"
    text = cell.text
    if kind == "text":
        text = html.unescape(text) if "&lt;" in text else text
    elif kind == "date":
        text = text.replace("  ", " ")
    return text.strip()


def noted(cell: Cell) -> str:
    """The text with its footnote marks."""
    text = cell_text(cell)
    return f"{text} {markers(cell.footnotes)}".strip() if cell.footnotes else text


def is_long(cell: Cell) -> bool:
    """Whether the cell is a text block, or holds a report of its own: shown below its row, not in the grid."""
    return cell.kind in ("html", "embedded") or (cell.kind == "text" and len(cell.text) > 200)


def name_of(instance: Instance | None, name: QName) -> str:
    """Prefixed name, as the filing's documents bind prefixes."""
    if instance is not None:
        for prefix, namespace in instance.prefixes.items():
            if namespace == name.namespace and prefix:
                return f"{prefix}:{name.local}"
        concept = instance.taxonomy.concept(name)
        if concept is not None:
            return concept.name
    return name.local


def title_line(report: Page) -> str:
    return f"{report.title}{report.scale}".strip() if not report.scale else f"{report.title} ({report.scale.strip()})"
