"""A page as rows of plain cells, as a spreadsheet or a terminal shows them (rendering.md 20)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from recto.instance.model import Fact
from recto.patterns import lazy
from recto.rendering.model import Cell, Page
from recto.rendering.writers.html import PageGrid
from recto.rendering.writers.lines import markers, normalize_space, placed

_NO_START: Final = ("/", "!", "?", "")
"""What follows `<` where no element starts."""
_EMPTY: Final = frozenset(("br", "br ", "hr", "hr ", "img", "col", "inp", "wbr"))
"""How elements begin that hold nothing: text behind them is their parent's."""
_BOLD: Final = lazy(r"<(?:b|strong)\b", re.I)
_BLANKS: Final = lazy(r"  +")
_NEWLINES: Final = lazy(r"[\n\r][ \n\r]*")
_REFERENCE: Final = lazy(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
"""What `html.unescape` looks at."""


class SheetCell(Struct):
    text: str
    kind: str = "text"
    """`head`, `text`, `num` or `nump`."""
    bold: bool = False
    columns: int = 1
    rows: int = 1
    facts: tuple[Fact, ...] = ()
    """Those that the cell shows."""


def sheet_rows(report: Page) -> Iterator[list[SheetCell]]:
    """The rows of the outer report table: cells in order, spans explicit, as workbooks take them (rendering.md 20)."""
    grid = PageGrid(report)
    yield from _header(report, grid)
    for row in report.rows:
        cells: list[SheetCell] = []
        if report.show_label_column:
            indent = "    " * row.depth if report.table else ""
            cells.append(SheetCell(indent + _text(normalize_space(row.label)), bold=row.kind == "abstract"))
            if grid.row_notes:
                cells.append(SheetCell(markers(row.footnotes)))
        if report.show_elements:
            cells.append(SheetCell(row.element))
        for column, cell, notes in zip(report.columns, row.cells, grid.cell_notes, strict=True):
            shown = _cell(cell, sec=report.sec_form)
            shown.facts = cell.facts
            if column.footnotes and not notes:
                shown.columns = 2
            cells.append(shown)
            if notes:
                cells.append(SheetCell(markers(cell.footnotes)))
        yield cells
    if report.footnotes:
        width = len(report.columns) + sum(grid.widths) + 1
        yield [SheetCell("", columns=width)]
        yield [SheetCell(_text("".join([f"[{number}]{note}" for number, note in report.footnotes])), columns=width)]


def _header(report: Page, grid: PageGrid) -> Iterator[list[SheetCell]]:
    if report.show_elements:
        values = [SheetCell("Value", "head", columns=1 + width) for width in grid.widths]
        yield [SheetCell("Label", "head", columns=grid.label_span), SheetCell("Element", "head", True), *values]
        return
    if report.headings:
        yield from _headings(report, grid)
        return
    first: list[SheetCell] = []
    if report.show_label_column:
        span = 2 if grid.two_rows else 1
        first.append(SheetCell(_text(report.title + report.scale), "head", True, grid.label_span, span))
    second: list[SheetCell] = []
    for column, notes in zip(report.columns, grid.cell_notes, strict=True):
        labels = [label for label in column.labels if " Ended" not in label]
        width = 2 if notes and not column.footnotes else 1
        second.append(SheetCell(_text(" ".join(labels)), "head", columns=width))
        if column.footnotes:
            second.append(SheetCell(markers(column.footnotes), "head"))
    if not grid.two_rows:
        yield first + second
        return
    yield first + [
        SheetCell(_text(label) if " Ended" in label else "", "head", columns=width) for label, width in grid.runs
    ]
    yield second


def _headings(report: Page, grid: PageGrid) -> Iterator[list[SheetCell]]:
    for at, places in enumerate(placed(report.headings)):
        line: list[SheetCell] = []
        if not at:
            line.append(SheetCell(_text(report.title), "head", True, grid.label_span, len(report.headings)))
        for start, heading in places:
            width = heading.columns + sum(grid.widths[start : start + heading.columns])
            line.append(SheetCell(_text(heading.text), "head", columns=width, rows=heading.rows))
        yield line


def _cell(cell: Cell, *, sec: bool) -> SheetCell:
    kind = cell.kind
    if kind == "number":
        return SheetCell(cell.plain or cell.text, "num" if cell.negative else "nump")
    if kind == "blank":
        return SheetCell("\xa0")
    if kind == "html":
        return SheetCell(_text(cell.text), bold=_BOLD.search(cell.text) is not None)
    if kind == "text":
        # On the SEC's pages `&lt;` stays as the page's markup has it **[quirk]**.
        return SheetCell(cell.text if sec else html.unescape(cell.text))
    if kind == "nil":
        return SheetCell(" ")
    if kind == "none":
        return SheetCell(" none ", "nump")
    if kind == "embedded":
        return SheetCell(embedded_text(cell))
    return SheetCell(cell.text)


def embedded_text(cell: Cell) -> str:
    """The texts of a nested report, line by line; the file name of a chart."""
    if cell.embedded is None:
        return cell.image or ""
    lines = ["\t".join(each.text for each in row) for row in sheet_rows(cell.embedded)]
    return "\n".join(line.rstrip() for line in lines)


def _text(text: str) -> str:
    return html_text(text) if "<" in text and ">" in text else text


def html_text(markup: str) -> str:
    """The text that starts each element, joined by blanks; what follows an end tag is left out **[quirk]**.

    Runs of blanks, tabs, no-break spaces and `@` become one blank, line breaks with the blanks around them one line
    break (rendering.md 20).
    """
    pieces = markup.split("<")
    parts = [pieces[0]] if pieces[0] else []
    for piece in pieces[1:]:
        if piece[:1] not in _NO_START:
            tag, _, text = piece.partition(">")
            if text and tag[-1:] != "/" and tag[:3].lower() not in _EMPTY:
                parts.append(text)
    text = " ".join(parts).replace("&#160;", " ").replace("&nbsp;", " ")
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    text = text.replace("\xa0", " ").replace("\t", " ").replace("@", " ")
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    if "\n" in text or "\r" in text:
        text = _NEWLINES.sub("\n", text.replace(" \n", "\n").replace(" \r", "\r"))
    return text.strip("\n")


class _Characters(dict[str, str]):
    """Character reference → what it stands for; long texts have thousands of references, but few different ones."""

    def __missing__(self, reference: str) -> str:
        text = self[reference] = html.unescape(reference)
        return text


_CHARACTERS: Final = _Characters()


def _character(match: re.Match[str]) -> str:
    return _CHARACTERS[match[0]]
