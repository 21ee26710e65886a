"""Escaped content: the XHTML between the tags of Inline XBRL elements, as text (Inline XBRL 1.1, 11.1.2 and 4.1).

A document is serialized once. The Inline XBRL tags are taken out of that text in one pass that notes where each
element's content begins and ends, so that the content of any element is a slice, whatever is nested in what.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
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
        parts = _pattern(names).split(_closed(text))
        pieces = parts[0::3]
        starts: list[int] = []
        ends: list[int] = []
        open_: list[int] = []
        for close, at in zip(parts[1::3], accumulate(map(len, pieces)), strict=False):
            if not close:
                open_.append(len(starts))
                starts.append(at)
                ends.append(at)
            elif open_:
                ends[open_.pop()] = at
        self._text = "".join(pieces)
        self._starts = starts
        self._ends = ends
        opened = [name for close, name in zip(parts[1::3], parts[2::3], strict=True) if not close]
        self._excluded = [at for at, name in enumerate(opened) if name == "exclude"] if "exclude" in opened else []
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
