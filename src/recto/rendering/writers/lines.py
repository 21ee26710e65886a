"""What writers share: headings of columns, depth of rows, texts of cells, footnote marks, white space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from recto.instance.model import Instance
from recto.names import QName
from recto.rendering.grids import Cell, Column, Heading, Page, Row

_TO_SPACE: Final = {9: " ", 10: " ", 13: " "}


def normalize_space(text: str) -> str:
    """XPath's normalize-space: XML's white space only, so that no-break spaces stay."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text or text[:1] == " " or text[-1:] == " ":
        return " ".join([part for part in text.translate(_TO_SPACE).split(" ") if part])
    return text


def markers(numbers: Sequence[int]) -> str:
    """`[1],[2]` (rendering.md 14.4)."""
    return ",".join([f"[{number}]" for number in numbers])


def placed(headings: Sequence[Sequence[Heading]]) -> list[list[tuple[int, Heading]]]:
    """For each row of headings, those that begin in it, each with the column over which it begins."""
    rows: list[list[tuple[int, Heading]]] = []
    taken: dict[int, int] = {}  # column → the row below what reaches down over it
    for at, line in enumerate(headings):
        row: list[tuple[int, Heading]] = []
        column = 0
        for heading in line:
            while taken.get(column, 0) > at:
                column += 1
            row.append((column, heading))
            for each in range(column, column + heading.columns):
                taken[each] = at + heading.rows
            column += heading.columns
        rows.append(row)
    return rows


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
        if "&lt;" in text:
            from html import unescape

            text = unescape(text)
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
