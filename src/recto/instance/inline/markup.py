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
_VOID = frozenset(f"{_XHTML}{name}" for name in EMPTY) | EMPTY
_EMPTY_ELEMENTS = etree.XPath("//*[not(node())]")


class Markup:
    """The serialized document without Inline XBRL tags, and the place of each element's content in it."""

    __slots__ = ("_ends", "_excluded", "_starts", "_text", "usable")

    usable: bool
    """Whether the text could be matched with the tree; if not, content must be serialized element by element."""

    def __init__(self, root: Any, names: Iterable[str]):
        """`names` are the names, as written, of the Inline XBRL elements in the document."""
        for element in _EMPTY_ELEMENTS(root):
            if element.tag not in _VOID:
                element.text = ""  # so that it is written with an end tag, which HTML needs
        text = etree.tostring(root, encoding="unicode", with_tail=False)
        self._starts: list[int] = []
        self._ends: list[int] = []
        excluded: list[int] = []
        pieces: list[str] = []
        starts, ends = self._starts, self._ends
        open_: list[int] = []
        position = length = 0
        prefix = f"{root.prefix}:" if root.tag.startswith(_XHTML) and root.prefix else ""
        for match in _pattern(names, prefix).finditer(text):
            begin, end = match.span()
            pieces.append(text[position:begin])
            length += begin - position
            position = end
            close, name, empty = match.groups()
            if name is None:  # a prefix of XHTML
                pieces.append(f"<{close}")
                length += 1 + len(close)
            elif close:
                if open_:
                    ends[open_.pop()] = length
            else:
                if name.endswith("exclude"):
                    excluded.append(len(starts))
                starts.append(length)
                ends.append(length)
                if not empty:
                    open_.append(len(starts) - 1)
        pieces.append(text[position:])
        self._text = "".join(pieces)
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


def _pattern(names: Iterable[str], prefix: str) -> re.Pattern[str]:
    """Tags of the named elements; attribute values in serialized XML hold no '>' (it is written `&gt;`)."""
    alternatives = "|".join(re.escape(name) for name in sorted(names, reverse=True))
    if prefix:
        return re.compile(rf"<(/?)(?:({alternatives})(?=[\s/>])[^>]*?(/?)>|{re.escape(prefix)})")
    return re.compile(rf"<(/?)({alternatives})(?=[\s/>])[^>]*?(/?)>")
