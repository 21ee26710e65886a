"""What a variation's documents hold that recto does not process yet: formulas and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from recto.errors import RectoError
from recto.xml import parse

_MARK: Final = b"http://xbrl.org/"
_KINDS: Final = {
    "formula": "formulas",
    "variable": "formulas",
    "assertion": "assertions",
    "filter": "formulas",
    "validation": "assertions",
    "custom-function": "formulas",
    "message": "messages",
    "table": "tables",
}
_NAMESPACE: Final = re.compile(r"http://xbrl\.org/(?:PWD/)?\d{4}(?:-\d\d-\d\d)?/([a-z-]+)(?:/.*)?\Z")
"""Namespaces of the formula specifications and of Table Linkbase: a year, and what it is about."""


def unprocessed(urls: Iterable[str], read: Callable[[str], bytes]) -> list[str]:
    """What the documents at these URLs have elements for that is not processed, in words; each once."""
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
            if match is not None and (kind := _KINDS.get(match.group(1))) is not None:
                found[f"{kind} are not processed"] = None
    return list(found)
