"""A page as Markdown: a table with its sections, indentation and units; text blocks below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from recto.frames.texts import escape_markdown
from recto.patterns import lazy
from recto.prose import prose
from recto.prose.writing import markdown_lines
from recto.rendering.grids import Page, Row
from recto.rendering.writers import lines
from recto.rendering.writers.lines import markers

_UNSAFE: Final = lazy(r"[^\w.:/#-]|%|--+")
_INDENT = "&nbsp;&nbsp;&nbsp;"


def page_markdown(report: Page, *, level: int = 1) -> str:
    """GitHub-flavored Markdown; `level` is that of the title's heading.

    A comment at the end leads from each cell to the ids of its facts: `row | cell | cell`.
    """
    return "\n".join(_page(report, level)).rstrip() + "\n"


def _page(report: Page, level: int) -> Iterator[str]:
    yield f"{'#' * min(level, 6)} {escape_markdown(report.title)}"
    yield ""
    if report.scale.strip():
        yield f"*{escape_markdown(report.scale.strip())}*"
        yield ""
    if report.note:
        yield f"> {escape_markdown(report.note)}"
        yield ""
    if report.too_large:
        yield "This page has more than 50,000 cells."
        return
    grid = [row for row in report.rows if not _only_long(row)]
    if any(lines.cell_text(cell) for row in grid for cell in row.cells) or not any(map(_only_long, report.rows)):
        yield from _table(report, grid)
        yield ""
    for row in report.rows:
        yield from _long(row, level)
    for number, note in report.footnotes:
        yield f"[{number}] {escape_markdown(' '.join(block.text for block in prose(note)))}  "
    if level == 1 and (chain := list(_chain(report))):
        yield ""
        yield "<!-- facts"
        yield from chain
        yield "-->"


def _chain(report: Page) -> Iterator[str]:
    """For each row with facts its number, and for each cell the ids of its facts: what no reader sees, and programs
    follow. Ids are of what stands in no comment but by itself: other characters are written as `%XX`.
    """
    for number, row in enumerate(report.rows, 1):
        cells = [" ".join([_UNSAFE.sub(_percent, fact.id) for fact in cell.facts]) for cell in row.cells]
        if any(cells):
            yield f"{number} | {' | '.join(cells)}".rstrip()


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _only_long(row: Row) -> bool:
    return any(lines.is_long(cell) for cell in row.cells)


def _table(report: Page, rows: Sequence[Row]) -> Iterator[str]:
    heads = ["Label"] if report.show_label_column else []
    if report.show_elements:
        heads.append("Element")
    for column in report.columns:
        mark = f" {markers(column.footnotes)}" if column.footnotes else ""
        heads.append("<br>".join(escape_markdown(label) for label in column.labels) + mark)
    yield _line(heads)
    texts = len(heads) - len(report.columns)
    yield "|" + "|".join([" --- "] * texts + [_rule(at, rows) for at in range(len(report.columns))]) + "|"
    for row, depth in zip(rows, lines.depths(rows), strict=True):
        label = escape_markdown(lines.label(row))
        if row.kind in ("section", "abstract", "total"):
            label = f"**{label}**" if label else ""
        cells = [_INDENT * depth + label] if report.show_label_column else []
        if report.show_elements:
            cells.append(f"`{row.element}`" if row.element else "")
        for cell in row.cells:
            text = escape_markdown(lines.noted(cell))
            cells.append(f"**{text}**" if row.kind == "total" and cell.kind == "number" else text)
        yield _line(cells)


def _rule(at: int, rows: Sequence[Row]) -> str:
    kinds = [row.cells[at].kind for row in rows]
    numbers = sum(kind in ("number", "none") for kind in kinds)
    return " ---: " if numbers >= sum(kind in ("text", "date") for kind in kinds) else " --- "


def _long(row: Row, level: int) -> Iterator[str]:
    if not _only_long(row):
        return
    yield f"{'#' * min(level + 1, 6)} {escape_markdown(lines.label(row))}"
    yield ""
    for cell in row.cells:
        if cell.embedded is not None:
            yield from _page(cell.embedded, level + 2)
            yield ""
        elif cell.image is not None:
            yield f"![Bar chart]({cell.image})"
            yield ""
        elif cell.kind == "html":
            for block in prose(cell.text):
                yield from markdown_lines(block)
        elif cell.kind != "blank":
            yield escape_markdown(lines.noted(cell))
            yield ""


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
