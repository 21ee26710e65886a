"""What a suite gives with a variation and the report does not lead to: formulas that no rule looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from recto.errors import RectoError
from recto.xml import parse

_MARK: Final = b"http://xbrl.org/"
_FORMULAS: Final = dict.fromkeys(
    ("formula", "variable", "assertion", "filter", "validation", "custom-function", "message"),
    "formulas that the report does not lead to are not processed (XBRL 2.1, 3.2: they are no part of its DTS)",
)
_NAMESPACE: Final = re.compile(r"http://xbrl\.org/(?:PWD/)?\d{4}(?:-\d\d-\d\d)?/([a-z-]+)(?:/.*)?\Z")
"""Namespaces of the formula specifications and of Table Linkbase: a year, and what it is about."""


def undiscovered(urls: Iterable[str], read: Callable[[str], bytes]) -> list[str]:
    """The same of documents that a suite gives, and that are no part of the report's DTS."""
    return _about(urls, read, _FORMULAS)


def _about(urls: Iterable[str], read: Callable[[str], bytes], kinds: Mapping[str, str]) -> list[str]:
    found: dict[str, None] = {}
    for url in urls:
        try:
            data = read(url)
            if _MARK not in data:
                continue
            root = parse(data, url).root
        except RectoError:
            continue
        for element in root.iter("*"):
            match = _NAMESPACE.match(element.tag[1:].partition("}")[0])
            if match is not None and (words := kinds.get(match.group(1))) is not None:
                found[words] = None
    return list(found)
