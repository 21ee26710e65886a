"""The HTML of text blocks as paragraphs and tables, for readers that do not show HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

_BLOCKS: Final = frozenset(
    re.findall(
        r"\w+",
        "p div section article header footer blockquote center dl dt dd form fieldset h1 h2 h3 h4 h5 h6 hr li ol ul "
        "pre address figure figcaption main nav aside body html",
    )
)
_SKIPPED: Final = frozenset(("script", "style", "head", "title", "template"))
_SPACE: Final = re.compile(r"[ \t\r\n\xa0\u2000-\u200a\u202f]+")
_OPENING: Final = re.compile(r"[-+(]?\s*(?:[$€£¥₹]|US\$|R\$|CHF|Rs\.?)\s*\(?|\(")
_CLOSING: Final = re.compile(r"\)?\s*%?\s*\)?")
_NUMBER: Final = re.compile(r"[-+(]?\s*[^\w\s]{0,3}\s*\(?\d[\d,.]*\s*\)?\s*%?\)?|[—–-]|\$\s*[—–-]")


@dataclass(slots=True)
class Block:
    kind: Literal["paragraph", "heading", "item", "table"]
    text: str = ""
    rows: list[list[str]] = field(default_factory=list)
    """Of a table: rows of equal length, spacer columns dropped and currency signs joined to their numbers."""


def prose(markup: str) -> list[Block]:
    """Blocks of the markup in order; never raises, whatever the markup."""
    from lxml import html

    if "<" not in markup:
        text = _squeeze(markup)
        return [Block("paragraph", text)] if text else []
    try:
        root = html.fragment_fromstring(_BAD.sub("", markup), create_parent="div")
    except Exception:  # libxml2 gives several kinds of errors for what is hardly HTML
        return [Block("paragraph", _squeeze(re.sub(r"<[^>]*>", " ", markup)))]
    builder = _Builder()
    builder.walk(root)
    builder.flush()
    return builder.blocks


_BAD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


class _Builder:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._texts: list[str] = []
        self._bold = 0
        self._plain = False

    def flush(self, kind: Literal["paragraph", "item"] = "paragraph") -> None:
        lines = [_squeeze(line) for line in "".join(self._texts).split("\n")]
        text = "\n".join(lines).strip("\n")
        bold = bool(text) and not self._plain
        self._texts.clear()
        self._plain = False
        if text:
            short = bold and len(text) < 160 and "\n" not in text
            self.blocks.append(Block("heading" if short and kind == "paragraph" else kind, text))

    def walk(self, element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIPPED:
            return
        if tag == "table":
            self.flush()
            self._table(element)
            return
        if tag == "br":
            self._texts.append("\n")
            return
        block = tag in _BLOCKS
        if block:
            self.flush()
        bold = _is_bold(element, tag)
        self._bold += bold
        self._add(element.text if tag else None)
        for child in element:
            self.walk(child)
            self._add(child.tail)
        self._bold -= bold
        if block:
            self.flush("item" if tag == "li" else "paragraph")

    def _add(self, text: str | None) -> None:
        if text:
            self._texts.append(text.replace("\n", " "))
            if not self._bold and text.strip(" \n\t\r\xa0"):
                self._plain = True

    def _table(self, element: Any) -> None:
        rows = [list(_cells(row)) for row in _rows(element)]
        grid = align(rows)
        if not grid:
            return
        if max(len(row) for row in grid) == 1:
            self.blocks += [Block("paragraph", row[0]) for row in grid if row[0]]
        elif len(grid) == 1 and len(grid[0]) == 2 and len(grid[0][0]) <= 4:
            self.blocks.append(Block("item", f"{grid[0][0]} {grid[0][1]}"))
        else:
            self.blocks.append(Block("table", rows=grid))


def _is_bold(element: Any, tag: str) -> int:
    if tag in ("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"):
        return 1
    style = element.get("style") if tag else None
    if not style:
        return 0
    weight = re.search(r"font-weight\s*:\s*(\w+)", style)
    return 1 if weight is not None and weight[1] in ("bold", "bolder", "600", "700", "800", "900") else 0


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _rows(child)


def _cells(row: Any) -> Iterator[tuple[int, int, str]]:
    """(first column, columns, text)."""
    at = 0
    for cell in row:
        if cell.tag in ("td", "th"):
            try:
                span = min(max(int(cell.get("colspan") or 1), 1), 200)
            except ValueError:
                span = 1
            text = _squeeze(" ".join(_texts(cell)))
            if text:
                yield at, span, text
            at += span


def _texts(element: Any) -> Iterator[str]:
    if isinstance(element.tag, str) and element.tag not in _SKIPPED:
        if element.text:
            yield element.text
        for child in element:
            yield from _texts(child)
            if child.tail:
                yield child.tail


def align(rows: Sequence[Sequence[tuple[int, int, str]]]) -> list[list[str]]:
    """Cells with their spans as a plain grid.

    Filers lay tables out with spacer columns, and set `$` and `)` in cells of their own. Signs are joined to their
    numbers; then columns are the clusters of overlapping cells, narrow cells first.
    """
    joined = [_join(row) for row in rows]
    clusters: list[list[int]] = []
    for start, end, _ in sorted(
        (cell for row in joined for cell in row), key=lambda cell: (cell[1] - cell[0], cell[0])
    ):
        touched = [cluster for cluster in clusters if cluster[0] < end and start < cluster[1]]
        if not touched:
            clusters.append([start, end])
        elif len(touched) == 1:
            low, high = min(touched[0][0], start), max(touched[0][1], end)
            if not any(each is not touched[0] and each[0] < high and low < each[1] for each in clusters):
                touched[0][:] = [low, high]
    clusters.sort()
    grid: list[list[str]] = []
    for row in joined:
        line = [""] * len(clusters)
        for start, end, text in row:
            place = next((i for i, each in enumerate(clusters) if each[0] < end and start < each[1]), None)
            if place is not None:
                line[place] = f"{line[place]} {text}".strip()
        if any(line):
            grid.append(line)
    return grid


def _join(row: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    out: list[tuple[int, int, str]] = []
    prefix: tuple[int, str] | None = None
    for start, span, text in row:
        if prefix is not None:
            glue = "" if prefix[1].endswith("(") else " "
            text, first = f"{prefix[1]}{glue}{text}", prefix[0]
            prefix = None
        else:
            first = start
        if _OPENING.fullmatch(text):
            prefix = (first, text)
        elif out and _CLOSING.fullmatch(text):
            before = out[-1]
            out[-1] = (before[0], start + span, before[2] + text)
        else:
            out.append((first, start + span, text))
    if prefix is not None:
        out.append((prefix[0], prefix[0] + 1, prefix[1]))
    return out


def _squeeze(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
