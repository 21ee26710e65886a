"""Blocks as plain text and as Markdown."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from recto.frames.texts import escape_markdown
from recto.prose.blocks import Block
from recto.prose.grid import TextTable, is_number

_GAP = 2


def plain(blocks: Sequence[Block], *, width: int = 100) -> str:
    """The blocks for people and language models: paragraphs folded at `width` (0: not at all), tables in columns."""
    lines: list[str] = []
    last: Block | None = None
    for block in blocks:
        if last is not None and not (block.kind == "item" and last.kind == "item"):
            lines.append("")
        lines += plain_lines(block, width)
        last = block
    return "\n".join(lines) + ("\n" if lines else "")


def plain_lines(block: Block, width: int, indent: str = "") -> Iterator[str]:
    """One block's lines, each behind `indent`; tables narrow their columns to fit `width`."""
    if block.table is not None:
        for line in _table_lines(block.table.rows, max(width - len(indent), 40) if width > 0 else 0):
            yield f"{indent}{line}".rstrip()
    elif block.kind == "pre":
        for line in block.text.split("\n"):
            yield f"{indent}{line}".rstrip()
    else:
        first = rest = indent
        if block.kind == "item":
            first = (
                f"{indent}{'  ' * block.depth}{block.marker} " if block.marker else indent + "  " * (block.depth + 1)
            )
            rest = " " * len(first)
        for part in block.text.split("\n"):
            if width > 0:
                yield from textwrap.wrap(part, max(width, 20), initial_indent=first, subsequent_indent=rest) or [""]
            else:
                yield (first + part).rstrip()
            first = rest


def markdown(blocks: Sequence[Block], *, level: int = 3) -> str:
    """The blocks as GitHub-flavored Markdown; headings are bold lines, or headings of `level` where it is not 0."""
    return "\n".join(line for block in blocks for line in markdown_lines(block, level)).rstrip() + "\n"


def markdown_lines(block: Block, level: int = 0) -> Iterator[str]:
    """One block's lines, an empty one behind it."""
    if block.table is not None:
        yield from _markdown_table(block.table)
    elif block.kind == "pre":
        fence = "```"
        while fence in block.text:
            fence += "`"
        yield fence
        yield from block.text.split("\n")
        yield fence
    elif block.kind == "item":
        lines = [escape_markdown(line) for line in block.text.split("\n")]
        if not block.marker:
            yield "  " * (block.depth + 1) + "  \n".join(lines)
        else:
            ordered = block.marker.rstrip(".").isdigit()
            mark = block.marker if ordered and block.marker.endswith(".") else "-"
            kept = "" if ordered or block.marker in "•◦▪●○■□–—*·-" else f"{escape_markdown(block.marker)} "
            indent = "   " * block.depth
            yield f"{indent}{mark} {kept}" + f"  \n{indent}{' ' * (len(mark) + 1)}".join(lines)
    else:
        text = "  \n".join(escape_markdown(line) for line in block.text.split("\n"))
        if block.kind == "heading":
            yield f"{'#' * level} {text}" if level else f"**{text}**"
        else:
            yield text
    yield ""


def _markdown_table(table: TextTable) -> Iterator[str]:
    rows = table.rows
    yield _line([escape_markdown(text) for text in rows[0]])
    numeric = [any(is_number(row[at]) for row in rows[1:]) for at in range(len(rows[0]))]
    yield "|" + "|".join(" ---: " if number else " --- " for number in numeric) + "|"
    for row in rows[1:]:
        yield _line([escape_markdown(text) for text in row])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _table_lines(rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    count = len(rows[0])
    numbers = [_mostly_numbers([row[at] for row in rows]) for at in range(count)]
    widths = [max(length(row[at]) for row in rows) for at in range(count)]
    spare = width - _GAP * (count - 1)
    while width and sum(widths) > spare and max(widths) > 8:
        widths[widths.index(max(widths))] -= 1
    for row in rows:
        cells = [textwrap.wrap(text, max(size, 1)) or [""] for text, size in zip(row, widths, strict=True)]
        for at in range(max(len(cell) for cell in cells)):
            yield (" " * _GAP).join(
                pad(cell[at] if at < len(cell) else "", size, right=number)
                for cell, size, number in zip(cells, widths, numbers, strict=True)
            )


def _mostly_numbers(texts: Sequence[str]) -> bool:
    filled = [text for text in texts if text]
    return bool(filled) and 2 * sum(is_number(text) for text in filled) >= len(filled)


def length(text: str) -> int:
    """Columns that the text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(_advance(character) for character in text)


def _advance(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, size: int, *, right: bool = False) -> str:
    space = " " * max(size - length(text), 0)
    return space + text if right else text + space
