"""Line numbers beyond 65,535, which libxml2 does not keep."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

from lxml import etree

from recto.patterns import lazy

# What may follow a "<" in a well-formed document; only start tags are captured.
_MARKUP = lazy(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!(?:[^\[\]>\"']|\"[^\"]*\"|'[^']*'|\[.*?\]\s*(?=>))*>"
    rb"|</[^>]*>|(<[^!?/](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.DOTALL,
)


def line_table(root: Any, data: bytes, beyond: int) -> dict[Any, int]:
    """Element → line on which its start tag ends, for elements at line `beyond` or later.

    `data` is what `root` was parsed from, well-formed and in an encoding that extends ASCII. The result keeps its
    elements alive, so that they stay the same Python objects.
    """
    return {
        element: line
        for element, line in zip(root.iter(etree.Element), _start_tag_lines(data), strict=False)
        if line >= beyond
    }


def _start_tag_lines(data: bytes) -> Iterator[int]:
    newlines = [match.start() for match in re.finditer(rb"\n", data)]
    for match in _MARKUP.finditer(data):
        if match.group(1) is not None:
            yield bisect_left(newlines, match.end() - 1) + 1
