"""XLink's attribute names (Clark notation) and the pointers that a locator's fragment may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from recto.names import XLINK
from recto.patterns import lazy
from recto.xml.integers import integer

HREF: Final = f"{{{XLINK}}}href"
TYPE: Final = f"{{{XLINK}}}type"
ROLE: Final = f"{{{XLINK}}}role"
ARCROLE: Final = f"{{{XLINK}}}arcrole"
LABEL: Final = f"{{{XLINK}}}label"
FROM: Final = f"{{{XLINK}}}from"
TO: Final = f"{{{XLINK}}}to"
TITLE: Final = f"{{{XLINK}}}title"
SHOW: Final = f"{{{XLINK}}}show"
ACTUATE: Final = f"{{{XLINK}}}actuate"
XML_BASE: Final = "{http://www.w3.org/XML/1998/namespace}base"
XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
XML_ID: Final = "{http://www.w3.org/XML/1998/namespace}id"

_NCNAME = r"[^\W\d][\w.\-·]*"
_SHORTHAND = lazy(rf"{_NCNAME}\Z")
_POINTER_PART = lazy(rf"\s*({_NCNAME}(?::{_NCNAME})?)\(([^()]*)\)")
_ELEMENT = lazy(rf"({_NCNAME})?((?:/[1-9][0-9]*)*)\Z")


def is_pointer(fragment: str) -> bool:
    """Whether a locator may point so: a shorthand pointer or the `element()` scheme (XBRL 2.1, 3.5.4)."""
    if _SHORTHAND.match(fragment):
        return True
    parts = _parts(fragment)
    return bool(parts) and all(
        scheme == "element" and bool(data) and _ELEMENT.match(data) is not None for scheme, data in parts
    )


def follow(root: Any, fragment: str, ids: Mapping[str, Any]) -> Any | None:
    """The element that a pointer identifies below (or at) `root`, or None.

    `ids` maps ID values to elements. Shorthand pointers and `element()` parts are understood; of several parts the
    first that identifies something counts, parts of other schemes are passed over (XPointer Framework, 3.3;
    XPointer element() Scheme, 3).
    """
    if _SHORTHAND.match(fragment):
        return ids.get(fragment)
    for scheme, data in _parts(fragment):
        if scheme == "element" and data:
            found = _element(root, data, ids)
            if found is not None:
                return found
    return None


def _parts(fragment: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    position = 0
    while position < len(fragment):
        match = _POINTER_PART.match(fragment, position)
        if match is None:
            return []
        parts.append((match.group(1), match.group(2).strip()))
        position = match.end()
    return parts


def _element(root: Any, data: str, ids: Mapping[str, Any]) -> Any | None:
    match = _ELEMENT.match(data)
    if match is None:
        return None
    steps = [integer(step) for step in match.group(2).split("/")[1:]]
    if match.group(1):
        at = ids.get(match.group(1))
    elif steps.pop(0) == 1:  # the document has one child element
        at = root
    else:
        return None
    for step in steps:
        if at is None or step > len(at):
            return None
        at = at[step - 1]
    return at
