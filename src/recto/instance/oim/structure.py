"""The form that JSON documents must have: which members an object may have, and what their values may be.

Source: xBRL-JSON 1.0 and xBRL-CSV 1.0, the sections on each object's properties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from recto.instance.oim.jsontext import Path
from recto.instance.oim.vocabulary import LANGUAGE, NCNAME, QNAME, SQNAME, XBRL, Names
from recto.patterns import lazy

Report = Callable[[Path, str, str], None]
"""Told of each fault: where, the code (local part alone where it is the document kind's own), and what is wrong."""
STRUCTURE: Final = "invalidJSONStructure"
UNKNOWN: Final = "is not a property that may stand here"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value without parts. `fault` gives the code and what is wrong, or None."""

    fault: Callable[[Any], tuple[str, str] | None]


@dataclass(frozen=True, slots=True)
class Array:
    item: Shape


@dataclass(frozen=True, slots=True)
class Object:
    members: Mapping[str, Shape] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    rest: Shape | None = None
    """Of members under any other key, where these are allowed."""
    key: Callable[[str], str | None] | None = None
    """What is wrong with a key that `members` does not have; None where it may stand."""
    extensible: bool = False
    """Whether properties of others may stand here, under prefixed names."""
    whole: bool = False
    """Whether a fault of any member makes all of the object worthless, as it would mean something else without it."""


Shape = Leaf | Array | Object


def check(value: Any, shape: Shape, path: Path, report: Report) -> bool:
    """Whether `value` has the shape. Each fault is reported, and the member at fault removed from what holds it."""
    if isinstance(shape, Leaf):
        fault = shape.fault(value)
        if fault is not None:
            report(path, *fault)
        return fault is None
    if isinstance(shape, Array):
        if type(value) is not list:
            report(path, STRUCTURE, f"must be an array, not {shown(value)}")
            return False
        kept = [item for at, item in enumerate(value) if check(item, shape.item, (*path, at), report)]
        complete = len(kept) == len(value)
        value[:] = kept
        return complete
    return _check_object(value, shape, path, report)


def _check_object(value: Any, shape: Object, path: Path, report: Report) -> bool:
    if type(value) is not dict:
        report(path, STRUCTURE, f"must be an object, not {shown(value)}")
        return False
    missing = sorted(shape.required - value.keys())
    for key in missing:
        report(path, STRUCTURE, f"lacks the required property {key!r}")
    before = len(value)
    for key in tuple(value):
        at = (*path, key)
        member = shape.members.get(key)
        if member is None:
            if shape.extensible and QNAME.fullmatch(key):
                continue
            fault = UNKNOWN
            if shape.rest is not None and not (shape.extensible and ":" in key):
                fault = shape.key(key) or "" if shape.key is not None else ""
            if fault:
                report(at, STRUCTURE, fault)
                del value[key]
                continue
            member = shape.rest
        if member is not None and not check(value[key], member, at, report):
            del value[key]
    return shape.required <= value.keys() and not (shape.whole and len(value) < before)


def shown(value: Any) -> str:
    """A JSON value as messages quote it."""
    text = {None: "null", True: "true", False: "false"}.get(value) if value is None or type(value) is bool else None
    text = text or (f"{{{len(value)} members}}" if type(value) is dict else repr(value))
    return text if len(text) <= 60 else text[:59] + "…"


def _kind(what: str, *types: type) -> Leaf:
    def fault(value: Any) -> tuple[str, str] | None:
        return None if type(value) in types else (STRUCTURE, f"must be {what}, not {shown(value)}")

    return Leaf(fault)


def _pattern(what: str, pattern: re.Pattern[str] | Names, code: str = STRUCTURE) -> Leaf:
    def fault(value: Any) -> tuple[str, str] | None:
        if type(value) is str and pattern.fullmatch(value):
            return None
        return code, f"must be {what}, not {shown(value)}"

    return Leaf(fault)


_BAD_URI: Final = lazy(r"%(?![0-9A-Fa-f]{2})|#.*#")
_INNER_SPACE: Final = lazy(r"[^ \t\r\n]+(?: [^ \t\r\n]+)*")


def _uri_fault(value: Any) -> tuple[str, str] | None:
    # Spaces inside, and characters that a URI must escape, are escaped by the reader (XLink 1.0, 5.4).
    if type(value) is str and (value == "" or (_INNER_SPACE.fullmatch(value) and not _BAD_URI.search(value))):
        return None
    return STRUCTURE, f"must be a URI, not {shown(value)}"


def _alias(key: str) -> str | None:
    return None if NCNAME.fullmatch(key) else "is not a name that may stand for a URI"


def _feature(key: str) -> str | None:
    return None if QNAME.fullmatch(key) else "is not a prefixed name, as the name of a feature must be"


def _dimension(key: str) -> str | None:
    if key.startswith("xbrl:"):
        return f"is no dimension of a taxonomy: its name would be in {XBRL}"
    return None if QNAME.fullmatch(key) else "is neither a core dimension nor the prefixed name of another"


_STRING: Final = _kind("a string", str)
_BOOLEAN: Final = _kind("true or false", bool)
_URI: Final = Leaf(_uri_fault)
_URI_MAP: Final = Object(rest=_URI, key=_alias)
_SCALAR: Final = _kind("a string, a number, true, false or null", str, int, float, bool, type(None))
_FEATURES: Final = Object(rest=_SCALAR, key=_feature)
_IDS: Final = Array(_STRING)

_JSON_DIMENSIONS: Final = Object(
    {
        "concept": _pattern("a prefixed name", QNAME),
        "entity": _pattern("a prefix, a colon and an identifier", SQNAME, "oimce:invalidSQName"),
        "period": _STRING,
        "unit": _STRING,
        "language": _pattern("a language code", LANGUAGE),
        "noteId": _STRING,
    },
    frozenset(("concept",)),
    _kind("a string or null", str, type(None)),
    _dimension,
    whole=True,
)
FACT: Final = Object(
    {
        "value": _kind("a string or null", str, type(None)),
        "decimals": _kind("an integer", int),
        "dimensions": _JSON_DIMENSIONS,
        "links": Object(rest=Object(rest=_IDS)),
    },
    frozenset(("value", "dimensions")),
    extensible=True,
)
_DOCUMENT_INFO: Final[dict[str, Leaf | Array | Object]] = {
    "documentType": _STRING,
    "baseURL": _URI,
    "features": _FEATURES,
    "namespaces": _URI_MAP,
    "linkTypes": _URI_MAP,
    "linkGroups": _URI_MAP,
    "taxonomy": Array(_URI),
}
JSON_REPORT: Final = Object(
    {
        "documentInfo": Object(
            _DOCUMENT_INFO,
            frozenset(("documentType", "taxonomy")),
            extensible=True,
        ),
        "facts": _kind("an object", dict),
    },
    frozenset(("documentInfo",)),
    extensible=True,
)
"""All of an xBRL-JSON report but its facts, which FACT describes."""

_CSV_DIMENSIONS: Final = Object(
    dict.fromkeys(("concept", "entity", "period", "unit", "language"), _STRING),
    rest=_STRING,
    key=_dimension,
    whole=True,
)
_DECIMALS: Final = _kind("an integer or a string", int, str)
_PROPERTY_GROUP: Final = Object({"decimals": _DECIMALS, "dimensions": _CSV_DIMENSIONS}, extensible=True)
_COLUMN: Final = Object(
    {
        "comment": _BOOLEAN,
        "decimals": _DECIMALS,
        "dimensions": _CSV_DIMENSIONS,
        "propertyGroups": Object(rest=_PROPERTY_GROUP),
        "propertiesFrom": Array(_STRING),
    },
    extensible=True,
)
_FINAL: Final = (
    "namespaces taxonomy linkTypes linkGroups features tableTemplates tables dimensions final parameters parameterURL"
)
CSV_METADATA: Final = Object(
    {
        "documentInfo": Object(
            {
                **_DOCUMENT_INFO,
                "extends": Array(_URI),
                "final": Object(dict.fromkeys(_FINAL.split(), _BOOLEAN)),
            },
            frozenset(("documentType",)),
            extensible=True,
        ),
        "tableTemplates": Object(
            rest=Object(
                {
                    "rowIdColumn": _STRING,
                    "columns": Object(rest=_COLUMN),
                    "decimals": _DECIMALS,
                    "dimensions": _CSV_DIMENSIONS,
                },
                frozenset(("columns",)),
                extensible=True,
            )
        ),
        "tables": Object(
            rest=Object(
                {
                    "url": _URI,
                    "template": _STRING,
                    "optional": _BOOLEAN,
                    "parameters": Object(rest=_STRING),
                },
                frozenset(("url",)),
                extensible=True,
            )
        ),
        "parameters": Object(rest=_STRING),
        "parameterURL": _URI,
        "dimensions": _CSV_DIMENSIONS,
        "decimals": _DECIMALS,
        "links": Object(rest=Object(rest=Object(rest=_IDS), key=_alias), key=_alias),
    },
    frozenset(("documentInfo",)),
    extensible=True,
)
