"""Markup taken apart into blocks, in reading order (HTML, 15.3: what its elements look like to a reader)."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any, Final, Literal

from msgspec import Struct

from recto.patterns import lazy
from recto.prose.grid import TextTable, cells_of, image_text, layout, squeeze, table_of
from recto.prose.style import PREFORMATTED, White, unseen, vanishes, white_space

_BLOCKS: Final = frozenset(
    re.findall(
        r"\w+",
        "p div section article header footer blockquote center dl dt dd form fieldset h1 h2 h3 h4 h5 h6 hr ol ul menu "
        "li pre xmp listing plaintext address figure figcaption main nav aside body html",
    )
)
_SKIPPED: Final = frozenset(("script", "style", "head", "title", "template", "noscript", "select", "textarea"))
_NOT_INLINE: Final = _BLOCKS | {"table"}
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BAD: Final = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_GAP: Final = lazy(r"[^\s.:;?!][ \xa0]{2,}\S|\S[ \xa0]{3,}\S")
"""White space inside a line that is more than the one or two blanks between words or sentences."""
_WEIGHT: Final = lazy(r"font-weight\s*:\s*(\w+)", re.I)
_LONGEST_HEADING: Final = 160

Kind = Literal["paragraph", "heading", "item", "table", "pre"]


class Block(Struct):
    """One block. `text` may hold line breaks; of a table it is empty."""

    kind: Kind
    text: str = ""
    table: TextTable | None = None
    depth: int = 0
    """Of list items, and of what stands in one: how many lists are around it, less one."""
    marker: str = ""
    """Of a list item, as a reader sees it: `•`, `1.`, `b)`; empty for what follows in the same item."""

    @property
    def rows(self) -> list[list[str]]:
        """Of a table: rows of equal length, spacer columns dropped and currency signs joined to their numbers."""
        return [] if self.table is None else self.table.rows


def prose(markup: str) -> list[Block]:
    """Blocks of the markup in order; never raises, whatever the markup.

    What a reader would not see is left out (`display: none`, letters without size, scripts); of an image its `alt` or
    file name stays.
    """
    from lxml import html

    if "<" not in markup:
        text = squeeze(markup)
        return [Block("paragraph", text)] if text else []
    try:
        root = html.fragment_fromstring(_BAD.sub("", markup), create_parent="div")
        builder = _Builder()
        builder.walk(root)
        builder.flush()
    except Exception:  # libxml2 gives several kinds of errors for what is hardly HTML
        return [Block("paragraph", squeeze(re.sub(r"<[^>]*>", " ", markup)))]
    return builder.blocks


_NO_MARKER: Final = lazy(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)


class _List:
    """A list that is open: what stands before its next item."""

    def __init__(self, element: Any) -> None:
        self.ordered = element.tag == "ol"
        self.style = (element.get("type") or _list_style(element)) if self.ordered else ""
        self.step = -1 if self.ordered and element.get("reversed") is not None else 1
        items = sum(1 for child in element if child.tag == "li") if self.step < 0 else 1
        self.number = _integer(element.get("start"), items)
        self.bare = _NO_MARKER.search(element.get("style") or "") is not None

    def marker(self, item: Any, depth: int) -> str:
        if self.bare:
            return ""
        if not self.ordered:
            return "•◦▪"[min(depth, 2)]
        self.number = _integer(item.get("value"), self.number)
        text = _ordinal(self.number, self.style)
        self.number += self.step
        return text + "."


class _Builder:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._texts: list[str] = []
        self._bold = 0
        self._plain = False
        self._lists: list[_List] = []
        self._marker = ""
        """Of the item that was begun and has no text yet."""
        self._level = 0
        self._white: White = ""
        self._vanished = False
        """Whether letters have no size here."""

    def flush(self) -> None:
        lines = [squeeze(line) for line in "".join(self._texts).split("\n")]
        text = "\n".join(lines).strip("\n")
        bold = bool(text) and not self._plain
        self._texts.clear()
        self._plain = False
        if not text:
            return
        depth = max(len(self._lists) - 1, 0)
        if self._marker:
            self.blocks.append(Block("item", text, depth=depth, marker=self._marker))
            self._marker = ""
        elif self._lists:
            self.blocks.append(Block("item", text, depth=depth))
        else:
            short = len(text) < _LONGEST_HEADING and "\n" not in text
            heading = short and (bold or self._level > 0)
            self.blocks.append(Block("heading" if heading else "paragraph", text))

    def walk(self, element: Any) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _SKIPPED or (tag and unseen(element)):
            return
        white, vanished = self._white, self._vanished
        if tag:
            self._white, self._vanished = white_space(element, white), vanishes(element, vanished)
        if tag == "table":
            self.flush()
            self._table(element)
        elif tag == "br":
            self._texts.append("\n")
        elif tag == "img":
            self._put(image_text(element))
        elif tag in _BLOCKS and self._white == "kept" and (text := self._set_out(element, tag)):
            self.flush()
            self.blocks.append(Block("pre", text))
        elif tag in ("ul", "ol", "menu"):
            self.flush()
            self._lists.append(_List(element))
            self._inside(element, tag)
            self.flush()
            self._lists.pop()
        elif tag == "li":
            self.flush()
            bare = not self._lists
            if bare:
                self._lists.append(_List(element))
            self._marker = self._lists[-1].marker(element, len(self._lists) - 1)
            self._inside(element, tag)
            self.flush()
            self._marker = ""
            if bare:
                self._lists.pop()
        elif tag in _BLOCKS:
            self.flush()
            level, self._level = self._level, _HEADINGS.get(tag, self._level)
            self._inside(element, tag)
            self.flush()
            self._level = level
        else:
            self._inside(element, tag)
        self._white, self._vanished = white, vanished

    def _inside(self, element: Any, tag: str) -> None:
        bold = _is_bold(element, tag)
        self._bold += bold
        self._add(element.text if tag else None)
        for child in element:
            self.walk(child)
            self._add(child.tail)
        self._bold -= bold

    def _add(self, text: str | None) -> None:
        if text and not self._vanished:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            self._put(text if self._white else text.replace("\n", " "))

    def _put(self, text: str) -> None:
        self._texts.append(text)
        if not self._bold and text.strip(" \n\t\r\xa0"):
            self._plain = True

    def _set_out(self, element: Any, tag: str) -> str:
        """The text of a block that keeps its white space, if it is set out by it: `pre`, or lines with gaps in them."""
        if tag not in PREFORMATTED and any(child.tag in _NOT_INLINE for child in element.iterdescendants()):
            return ""
        texts: list[str] = []
        self._kept_text(element, texts)
        text = "".join(texts).replace("\r\n", "\n").replace("\r", "\n")
        lines = [line.rstrip() for line in text.expandtabs().split("\n")]
        while lines and not lines[0]:
            del lines[0]
        while lines and not lines[-1]:
            del lines[-1]
        if tag not in PREFORMATTED and not (len(lines) > 1 and any(map(_GAP.search, lines))):
            return ""
        return "\n".join(lines)

    def _kept_text(self, element: Any, texts: list[str]) -> None:
        """What a reader sees of the text inside, white space and all."""
        small = self._vanished
        texts.append("" if small else element.text or "")
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in _SKIPPED and not unseen(child):
                if tag == "br":
                    texts.append("\n")
                elif tag == "img":
                    texts.append(image_text(child))
                else:
                    self._vanished = vanishes(child, small)
                    self._kept_text(child, texts)
                    self._vanished = small
            texts.append("" if small else child.tail or "")

    def _table(self, element: Any) -> None:
        if next(element.iterdescendants("table"), None) is not None and _is_frame(element):
            white, vanished = self._white, self._vanished
            for cell in cells_of(element):
                for each in (*reversed([*takewhile(lambda above: above is not element, cell.iterancestors())]), cell):
                    self._white, self._vanished = white_space(each, self._white), vanishes(each, self._vanished)
                for child in _in_cell(cell):
                    self.walk(child)
                self.flush()
                self._white, self._vanished = white, vanished
            return
        for caption in element.iterchildren("caption"):
            self.walk(caption)
        self.flush()
        table = table_of(layout(element, self._seen, self._vanished))
        grid = table.rows
        if not grid:
            return
        if max(len(row) for row in grid) == 1:
            self.blocks += [Block("paragraph", row[0]) for row in grid if row[0]]
        elif len(grid[0]) == 2 and all(_is_marker(row[0]) for row in grid) and all(row[1] for row in grid):
            # lists are often set as tables, an item a row
            self.blocks += [Block("item", row[1], marker=row[0]) for row in grid]
        else:
            self.blocks.append(Block("table", table=table))

    def _seen(self, element: Any) -> bool:
        return element.tag not in _SKIPPED and not unseen(element)


_MARKER: Final = lazy(r"[•●▪◦○■□–—*·-]|\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\[\d{1,2}\]|\*{1,3}|[†‡§]")


def _is_marker(text: str) -> bool:
    return _MARKER.fullmatch(text) is not None


def _in_cell(cell: Any) -> list[Any]:
    """A cell's content as an element that can be walked."""
    from lxml import html

    box = html.Element("div")
    box.text = cell.text
    box.extend(list(cell))
    return [box]


def _is_frame(table: Any) -> bool:
    """Whether a table with tables in it only lays out the page: no row of its own has two cells with text."""
    for row in table.iterdescendants("tr"):
        if next(row.iterancestors("table")) is table:
            filled = [cell for cell in row if cell.tag in ("td", "th") and squeeze("".join(cell.itertext()))]
            if len(filled) > 1:
                return False
    return True


def _is_bold(element: Any, tag: str) -> int:
    if tag in ("b", "strong", "th", *_HEADINGS):
        return 1
    style = element.get("style") if tag else None
    if not style:
        return 0
    weight = _WEIGHT.search(style)
    return 1 if weight is not None and weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900") else 0


def _list_style(element: Any) -> str:
    style = element.get("style") or ""
    match = re.search(r"list-style(?:-type)?\s*:\s*[^;]*?(lower|upper)-(alpha|latin|roman)", style, re.I)
    if match is None:
        return "1"
    letter = "i" if match[2].lower() == "roman" else "a"
    return letter.upper() if match[1].lower() == "upper" else letter


def _integer(text: str | None, default: int) -> int:
    try:
        return default if text is None or len(text) > 9 else int(text)
    except ValueError:
        return default


_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _ordinal(number: int, style: str) -> str:
    if style in ("a", "A") and number > 0:
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
        return text.upper() if style == "A" else text
    if style in ("i", "I") and 0 < number < 4000:
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
        return text.upper() if style == "I" else text
    return str(number)
