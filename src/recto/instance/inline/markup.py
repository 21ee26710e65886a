"""Escaped content: the XHTML between the tags of Inline XBRL elements, as text (Inline XBRL 1.1, 11.1.2 and 4.1).

A document is serialized once. The Inline XBRL tags are taken out of that text in one pass that notes where each
element's content begins and ends, so that the content of any element is a slice, whatever is nested in what.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from lxml import etree

from recto.instance.xhtml import EMPTY
from recto.names import XHTML

_XHTML = f"{{{XHTML}}}"


class Markup:
    """The serialized document without Inline XBRL tags, and the place of each element's content in it."""

    __slots__ = ("_ends", "_excluded", "_starts", "_text", "usable")

    usable: bool
    """Whether the text could be matched with the tree; if not, content must be serialized element by element."""

    def __init__(self, root: Any, names: Iterable[str]):
        """`names` are the names, as written, of the Inline XBRL elements in the document."""
        text: str = etree.tostring(root, encoding="unicode", with_tail=False)
        if root.prefix and root.tag.startswith(_XHTML):
            text = text.replace(f"<{root.prefix}:", "<").replace(f"</{root.prefix}:", "</")
        starts: list[int] = []
        ends: list[int] = []
        excluded: list[int] = []
        pieces: list[str] = []
        open_: list[int] = []
        position = length = 0
        for match in _pattern(names).finditer(text):
            begin, end = match.span()
            piece = text[position:begin]
            if "/>" in piece:
                piece = _closed(piece)
            pieces.append(piece)
            length += len(piece)
            position = end
            close, name = match.groups()
            if not close:
                if name == "exclude":
                    excluded.append(len(starts))
                if text[end - 2] != "/":
                    open_.append(len(starts))
                starts.append(length)
                ends.append(length)
            elif open_:
                ends[open_.pop()] = length
        pieces.append(_closed(text[position:]))
        self._text = "".join(pieces)
        self._starts = starts
        self._ends = ends
        self._excluded = excluded
        self.usable = not open_

    def __len__(self) -> int:
        return len(self._starts)

    def content(self, ordinal: int) -> str:
        """The content of the Inline XBRL element with that ordinal, without what `ix:exclude` takes out."""
        start, end = self._starts[ordinal], self._ends[ordinal]
        excluded = self._excluded
        if not excluded:
            return self._text[start:end]
        pieces = []
        for index in range(bisect_left(excluded, ordinal + 1), len(excluded)):
            inner = excluded[index]
            if self._starts[inner] > end:
                break
            if self._starts[inner] >= start and self._ends[inner] <= end:
                pieces.append(self._text[start : self._starts[inner]])
                start = self._ends[inner]
        pieces.append(self._text[start:end])
        return "".join(pieces)


def _closed(text: str) -> str:
    """Serialized XML in which elements without content have end tags, but for those that HTML knows to be empty.

    In what lxml writes, `/>` only ends tags: elsewhere `>` is written `&gt;`.
    """
    pieces = text.split("/>")
    for index in range(len(pieces) - 1):
        piece = pieces[index]
        start = piece.rfind("<") + 1
        name = piece[start:].split(None, 1)[0]
        pieces[index] = f"{piece}/>" if name in EMPTY or name.rpartition(":")[2] in EMPTY else f"{piece}></{name}>"
    return "".join(pieces)


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Tags of the named elements; the groups are the slash of an end tag and the local name."""
    prefixes = {name.rpartition(":")[0] for name in names}
    if "" in prefixes:  # Inline XBRL is the default namespace
        local = "|".join(sorted({name.rpartition(":")[2] for name in names}, reverse=True))
        prefix = "".join(f"{re.escape(each)}:|" for each in sorted(prefixes) if each)
        return re.compile(rf"<(/?)(?:{prefix})({local})(?=[\s>])[^>]*>")
    return re.compile(rf"<(/?)(?:{'|'.join(map(re.escape, sorted(prefixes)))}):([\w.-]+)[^>]*>")
