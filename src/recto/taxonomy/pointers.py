"""From an element of a parsed document back to what the compiler made of it."""

from __future__ import annotations

from typing import Any

from recto.names import LINK, XSD
from recto.xml.parsing import Document
from recto.xml.xlink import TYPE

_ELEMENT = f"{{{XSD}}}element"
_ROLE_TYPES = (f"{{{LINK}}}roleType", f"{{{LINK}}}arcroleType")


def locate(document: Document, element: Any) -> tuple[str, int, str]:
    """`(kind, ordinal, local name)`: kind "element" for a global element declaration, "role" and "resource" with their
    ordinals, "other" for anything else (its ordinal is its line)."""
    parent = element.getparent()
    if element.tag == _ELEMENT and parent is document.root:
        return "element", 0, (element.get("name") or "").strip()
    if element.tag in _ROLE_TYPES:
        return "role", _position(document.root.iter(*_ROLE_TYPES), element), ""
    if element.get(TYPE) == "resource" and parent is not None and parent.get(TYPE) == "extended":
        resources = (
            each
            for link in document.root.iter()
            if link.get(TYPE) == "extended"
            for each in link
            if each.get(TYPE) == "resource"
        )
        return "resource", _position(resources, element), ""
    return "other", document.line(element), ""


def _position(candidates: Any, element: Any) -> int:
    return next((at for at, each in enumerate(candidates) if each is element), 0)
