"""What is invalid by XML Schema, and how its parts are named to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from recto.names import XSI
from recto.schema.components import Particle


class Fault(NamedTuple):
    """Something invalid: XML Schema's code for the rule, where, and what the rule's sentence names."""

    code: str
    element: Any
    arguments: Mapping[str, Any]


def fault(code: str, element: Any, /, **arguments: object) -> Fault:
    return Fault(code, element, arguments)


def expected(particle: Particle) -> str:
    """What a particle asks for."""
    if particle.element is not None:
        return particle.element.name.local
    if particle.wildcard is not None:
        return "an element"
    names = [expected(part) for part in particle.parts if particle.kind == "choice" or not part.nullable]
    if not names:
        return "content"
    return " or ".join(dict.fromkeys(names)) if particle.kind == "choice" else names[0]


def named(element: Any) -> str:
    """An element's name as its document writes it."""
    tag = element.tag
    local = tag.rpartition("}")[2] if isinstance(tag, str) else str(tag)
    return f"{element.prefix}:{local}" if element.prefix else local


def attribute_name(name: str) -> str:
    """The local name of an attribute, with the usual prefix where its namespace has one."""
    namespace, _, local = name.rpartition("}")
    prefix = _PREFIXES.get(namespace[1:])
    return f"{prefix}:{local}" if prefix else local


_PREFIXES = {
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
    XSI: "xsi",
    "http://www.xbrl.org/2003/instance": "xbrli",
    "http://xbrl.org/2005/xbrldt": "xbrldt",
}
