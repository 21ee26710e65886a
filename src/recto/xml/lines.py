"""Line numbers beyond 65,535, which libxml2 does not keep."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from lxml import etree

from recto.patterns import lazy

# What may follow a "<" in a well-formed document; only start tags are captured.
_MARKUP = lazy(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!(?:[^\[\]>\"']|\"[^\"]*\"|'[^']*'|\[.*?\]\s*(?=>))*>"
    rb"|</[^>]*>|(<[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL,
)
_OTHERS = lazy(rb"<[!?]")
_BROKEN = lazy(rb"\n[^<>]*>")
_BLOCK = 1 << 20
"""Bytes that are taken apart at once."""


def line_table(root: Any, data: bytes, beyond: int) -> dict[Any, int]:
    """Element → line on which its start tag ends, for elements at line `beyond` or later.

    `data` is what `root` was parsed from, well-formed and in an encoding that extends ASCII. The result keeps its
    elements alive, so that they stay the same Python objects.
    """
    elements = root.iter(etree.Element)
    if _of_tags_alone(data):
        return dict(_at_tags(elements, data, beyond))
    return {element: line for element, line in zip(elements, _start_tag_lines(data), strict=False) if line >= beyond}


def _of_tags_alone(data: bytes) -> bool:
    """Whether each "<" begins a tag and each ">" ends one, but for those of an XML declaration."""
    return _OTHERS.search(data, 1) is None and data.count(b"<") == data.count(b">")


def has_flat_tags(data: bytes, beyond: int) -> bool:
    """Whether no tag from line `beyond` on has a line break in it; False also where a ">" in a text leaves it open."""
    before = re.match(rb"(?:[^\n]*\n){%d}" % (beyond - 1), data)
    # The next bracket after a line break is "<", unless it is in a tag, which has none but at its ends.
    return before is None or _BROKEN.search(data, before.end()) is None


def _at_tags(elements: Iterable[Any], data: bytes, beyond: int) -> Iterator[tuple[Any, int]]:
    """(element, line) of elements from about line `beyond` on: what stands before is only counted."""
    begin = data.find(b"?>") + 2 if data.startswith(b"<?") else 0
    far = len(data) - len(data.split(b"\n", beyond - 1)[-1])
    cut = max(begin, data.rfind(b">", 0, far) + 1)
    passed = data.count(b"<", begin, cut) - data.count(b"</", begin, cut)
    following = islice(elements, passed, None)
    line = data.count(b"\n", 0, cut) + 1
    while (end := data.rfind(b">", cut, cut + _BLOCK) + 1 or data.find(b">", cut) + 1) > cut:
        *tags, _ = data[cut:end].split(b">")
        for tag in tags:
            line += tag.count(b"\n")
            if b"</" not in tag:
                for element in following:
                    yield element, line
                    break
        cut = end


def _start_tag_lines(data: bytes) -> Iterator[int]:
    newlines = [match.start() for match in re.finditer(rb"\n", data)]
    for match in _MARKUP.finditer(data):
        if match.group(1) is not None:
            yield bisect_left(newlines, match.end() - 1) + 1
