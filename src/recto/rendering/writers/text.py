"""A page for the terminal: plain text of a given width, or a rich renderable."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recto.printable import printable
from recto.prose import Block, plain, prose
from recto.prose.writing import length, pad, plain_lines
from recto.rendering.grids import Heading, Page, Row
from recto.rendering.writers import lines
from recto.rendering.writers.lines import markers, normalize_space, placed

if TYPE_CHECKING:
    from rich.console import Group

_LEAST = 24
"""Least width of the label column."""
_WIDEST = 28
"""Widest a column of texts gets."""
_GAP = 2
_UNFOLDED = 1_000_000

_MARKS = dict.fromkeys((0x200E, 0x200F, 0x61C))
"""Marks of direction, which take no room and which a terminal would be shown written out."""


def page_text(report: Page, *, width: int = 120) -> str:
    """The page as plain text. A table wider than `width` is folded: its columns come in blocks, one below the other.

    With a width of 0 nothing is folded.
    """
    text = "\n".join(_page(report, max(width, 40) if width > 0 else _UNFOLDED)).rstrip() + "\n"
    return text.translate(_MARKS) if report.right_to_left else text


def reading_text(report: Page, *, width: int = 100) -> str:
    """The page as people read it: of a page of text blocks just these, each below its label where there are several;
    any other page as `page_text` prints it. With a width of 0 nothing is folded.
    """
    told = {fact: row.label for row in report.rows for cell in row.cells for fact in cell.facts}
    if not told or not all(fact.is_text_block for fact in told) or report.footnotes:
        return page_text(report, width=width)
    title = normalize_space(report.short_name)
    parts = [f"{title}\n{'=' * length(title)}"]
    for fact, label in told.items():
        blocks = fact.blocks
        if len(told) > 1 and not (blocks and _same_text(blocks[0].text, label)):
            blocks = [Block("heading", normalize_space(label)), *blocks]
        parts.append(plain(blocks, width=width).rstrip())
    return "\n\n".join(parts) + "\n"


def _same_text(a: str, b: str) -> bool:
    return a.casefold().split() == b.casefold().split()


def page_rich(report: Page, *, width: int = 120) -> Group:
    """The page as a rich renderable, with headings and totals set off."""
    from rich.console import Group
    from rich.text import Text

    parts: list[Text] = []
    for kind, line in _styled(report, max(width, 40)):
        parts.append(Text(printable(line), style=_STYLES.get(kind, ""), no_wrap=True, overflow="ignore"))
    return Group(*parts)


_STYLES = {
    "title": "bold",
    "scale": "dim",
    "head": "bold cyan",
    "rule": "dim",
    "section": "bold reverse",
    "abstract": "bold",
    "total": "bold",
    "note": "dim",
    "heading": "bold",
}


def report_list(reports: Sequence[Page], *, width: int = 120) -> str:
    """The list of pages, by menu category."""
    out: list[str] = []
    category = None
    for report in reports:
        if report.category != category:
            category = report.category
            out.append(("\n" if out else "") + (category or "Pages"))
        name = f"  {report.stem:<6} {report.short_name}"
        out.append(name if width <= 0 or len(name) <= width else name[: width - 1] + "…")
    return "\n".join(out) + "\n"


def _page(report: Page, width: int) -> Iterator[str]:
    for _, line in _styled(report, width):
        yield line


def _styled(report: Page, width: int) -> Iterator[tuple[str, str]]:
    for line in textwrap.wrap(report.title, width) or [""]:
        yield "title", line
    if report.scale.strip():
        yield "scale", report.scale.strip()
    yield "rule", ""
    if report.too_large:
        yield "note", "This page has more than 50,000 cells."
        return
    yield from _table(report, width)
    if report.note:
        yield "rule", ""
        for line in textwrap.wrap(report.note, width):
            yield "note", line
    if report.footnotes:
        yield "rule", ""
        for number, note in report.footnotes:
            text = " ".join(block.text or " ".join(map(" ".join, block.rows)) for block in prose(note))
            for line in textwrap.wrap(f"[{number}] {text}", width, subsequent_indent="    "):
                yield "note", line


def _table(report: Page, width: int, *, fold: bool = True) -> Iterator[tuple[str, str]]:
    texts = [["" if lines.is_long(cell) else lines.noted(cell) for cell in row.cells] for row in report.rows]
    heads = [
        [_marked(text, column.footnotes, last) for text, last in _ends(column.labels)] for column in report.columns
    ]
    numbers = [_numeric(column, report.rows) for column in range(len(report.columns))]
    _align_parentheses(texts, report.rows, numbers)
    widths = _widths(texts, [_lowest(head) for head in heads] if report.headings else heads, numbers)
    blocks = _blocks(widths, width) if fold and not report.show_elements else []
    if len(blocks) > 1:
        parts = [_part(report, block) for block in blocks]
        if report.table:  # a template has columns that nothing is reported for; if in none, its rows are told once
            parts = [part for part in parts if part.rows] or [_whole(report, blocks[0]), *parts[1:]]
        for at, part in enumerate(parts):
            if at:
                yield "rule", ""
                yield "rule", ""
            yield from _table(part, width, fold=False)
        return
    elements = max((len(row.element) for row in report.rows), default=0) if report.show_elements else 0
    depths = lines.depths(report.rows)
    label_width = _label_width(report, depths, widths, elements, width)
    if report.headings:
        yield from _spanning_heads(report.headings, widths, numbers, label_width)
    else:
        yield from _heads(heads, widths, numbers, label_width + (elements + _GAP if elements else 0))
    for row, depth, cells in zip(report.rows, depths, texts, strict=True):
        shown = lines.label(row) if report.show_label_column else ""
        # Where labels are folded, enough of the width stays for their words.
        indent = "  " * min(depth, max(label_width - 12, label_width - length(shown), 0) // 2)
        wrapped = textwrap.wrap(shown, max(label_width, 8), initial_indent=indent, subsequent_indent=indent + "  ") or [
            ""
        ]
        columns = [
            textwrap.wrap(text, size, break_long_words=not number) or [""]
            for text, size, number in zip(cells, widths, numbers, strict=True)
        ]
        if row.kind == "section":
            yield "rule", ""
        for at in range(max([len(wrapped), *(len(column) for column in columns)])):
            line = pad(wrapped[at] if at < len(wrapped) else "", label_width)
            if elements:
                line += " " * _GAP + pad(row.element if at == 0 else "", elements)
            for column, size, number in zip(columns, widths, numbers, strict=True):
                line += " " * _GAP + pad(column[at] if at < len(column) else "", size, right=number)
            yield row.kind, line.replace("\xa0", " ").rstrip()
        yield from _long(row, width)


def _blocks(widths: Sequence[int], width: int) -> list[range]:
    """Runs of columns that fit beside a label column of the least width; a column too wide for it stands alone."""
    blocks: list[range] = []
    start, taken = 0, _LEAST
    for at, size in enumerate(widths):
        if at > start and taken + _GAP + size > width:
            blocks.append(range(start, at))
            start, taken = at, _LEAST
        taken += _GAP + size
    return [*blocks, range(start, len(widths))]


def _part(report: Page, block: range) -> Page:
    """The page with these columns only, and the rows that show something in them, below their headings."""
    rows: list[Row] = []
    section: Row | None = None
    abstract: Row | None = None
    for row in report.rows:
        part = replace(row, cells=row.cells[block.start : block.stop])
        if row.kind == "section":
            section, abstract = part, None
        elif row.kind == "abstract":
            abstract = part
        elif any(cell.kind != "blank" for cell in part.cells):
            rows += [heading for heading in (section, abstract) if heading is not None]
            section = abstract = None
            rows.append(part)
    headings = _cut(report.headings, block)
    return replace(report, columns=report.columns[block.start : block.stop], rows=rows, headings=headings)


def _whole(report: Page, block: range) -> Page:
    """The page with these columns only, and all of its rows."""
    rows = [replace(row, cells=row.cells[block.start : block.stop]) for row in report.rows]
    columns, headings = report.columns[block.start : block.stop], _cut(report.headings, block)
    return replace(report, columns=columns, rows=rows, headings=headings)


def _cut(headings: Sequence[Sequence[Heading]], block: range) -> tuple[tuple[Heading, ...], ...]:
    """Headings over these columns only."""
    rows = []
    for line in placed(headings):
        row = []
        for start, heading in line:
            width = min(start + heading.columns, block.stop) - max(start, block.start)
            if width > 0:
                row.append(Heading(heading.text, width, heading.rows))
        rows.append(tuple(row))
    return tuple(rows)


def _spanning_heads(
    headings: Sequence[Sequence[Heading]], widths: Sequence[int], numbers: Sequence[bool], indent: int
) -> Iterator[tuple[str, str]]:
    """Headings over groups of columns, each group with a rule below its heading."""
    lines = placed(headings)
    for at in range(len(lines)):
        # What fills several rows stands in the last of them.
        shown = [
            (start, each)
            for begun, line in enumerate(lines[: at + 1])
            for start, each in line
            if begun + each.rows == at + 1
        ]
        shown.sort(key=lambda each: each[0])
        sizes = [sum(widths[start : start + each.columns]) + _GAP * (each.columns - 1) for start, each in shown]
        wrapped = [textwrap.wrap(each.text, size) for (_, each), size in zip(shown, sizes, strict=True)]
        tall = max((len(each) for each in wrapped), default=0)
        for number in range(tall):
            text = ""
            for (start, each), size, parts in zip(shown, sizes, wrapped, strict=True):
                place = number - (tall - len(parts))
                right = each.columns == 1 and numbers[start]
                before = indent + sum(widths[:start]) + _GAP * (start + 1)
                text = pad(text, before) + pad(parts[place] if place >= 0 else "", size, right=right)
            yield "head", text.rstrip()
        if any(each.columns > 1 and each.text for _, each in shown):
            text = ""
            for (start, each), size in zip(shown, sizes, strict=True):
                if each.columns > 1 and each.text:
                    text = pad(text, indent + sum(widths[:start]) + _GAP * (start + 1)) + "─" * size
            yield "rule", text
    yield "rule", "─" * (indent + sum(widths) + _GAP * len(widths))


def _align_parentheses(texts: Sequence[list[str]], rows: Sequence[Row], numbers: Sequence[bool]) -> None:
    """In a column with `(1,234)`, other numbers get a blank behind them, so that digits stand below digits."""
    for at, number in enumerate(numbers):
        if number and any(row[at].endswith(")") for row in texts):
            for row, line in zip(rows, texts, strict=True):
                if row.cells[at].kind == "number" and line[at] and not line[at].endswith(")"):
                    line[at] += "\xa0"


def _long(row: Row, width: int) -> Iterator[tuple[str, str]]:
    for cell in row.cells:
        if not lines.is_long(cell):
            continue
        if cell.embedded is not None:
            yield "rule", ""
            for kind, line in _styled(cell.embedded, width - 4):
                yield kind, f"    {line}".rstrip()
            continue
        for block in prose(cell.text) if cell.kind == "html" else [Block("paragraph", lines.noted(cell))]:
            yield "rule", ""
            yield from _block(block, width)
        yield "rule", ""


def _block(block: Block, width: int) -> Iterator[tuple[str, str]]:
    kind = "" if block.table is not None else block.kind
    for line in plain_lines(block, width, "    "):
        yield kind, line


def _ends(labels: Sequence[str]) -> list[tuple[str, bool]]:
    return [(text, at == len(labels) - 1) for at, text in enumerate(labels)]


def _marked(text: str, footnotes: Sequence[int], last: bool) -> str:
    return f"{text} {markers(footnotes)}" if footnotes and last else text


def _numeric(column: int, rows: Sequence[Row]) -> bool:
    kinds = [row.cells[column].kind for row in rows]
    return sum(kind in ("number", "none") for kind in kinds) >= sum(kind in ("text", "date") for kind in kinds)


def _lowest(head: Sequence[str]) -> Sequence[str]:
    """Of headings one below the other, those that no other column shares: what stands lowest."""
    return head[-2:]


def _widths(texts: Sequence[Sequence[str]], heads: Sequence[Sequence[str]], numbers: Sequence[bool]) -> list[int]:
    widths = []
    for at, (head, number) in enumerate(zip(heads, numbers, strict=True)):
        longest = max((length(row[at]) for row in texts), default=0)
        words = max((length(word) for text in head for word in text.split()), default=0)
        whole = max((length(text) for text in head), default=0)
        widths.append(max(longest if number else min(longest, _WIDEST), words, min(whole, 16), 4))
    return widths


def _label_width(report: Page, depths: Sequence[int], widths: Sequence[int], elements: int, width: int) -> int:
    if not report.show_label_column:
        return 0
    longest = max(
        (length(lines.label(row)) + 2 * depth for row, depth in zip(report.rows, depths, strict=True)), default=0
    )
    spare = width - sum(widths) - _GAP * len(widths) - (elements + _GAP if elements else 0)
    return min(longest, max(spare, _LEAST))


def _heads(
    heads: Sequence[Sequence[str]], widths: Sequence[int], numbers: Sequence[bool], indent: int
) -> Iterator[tuple[str, str]]:
    wrapped = [
        [line for text in head for line in textwrap.wrap(text, size)] for head, size in zip(heads, widths, strict=True)
    ]
    tall = max((len(each) for each in wrapped), default=0)
    for at in range(tall):
        line = " " * indent
        for each, size, number in zip(wrapped, widths, numbers, strict=True):
            place = at - (tall - len(each))
            line += " " * _GAP + pad(each[place] if place >= 0 else "", size, right=number)
        yield "head", line.rstrip()
    if tall:
        yield "rule", "─" * (indent + sum(widths) + _GAP * len(widths))
