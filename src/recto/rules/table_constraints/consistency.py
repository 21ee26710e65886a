"""Whether the constraints on one value agree with each other (xBRL-CSV Table Constraints 1.0; XML Schema 2, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from recto.rules.table_constraints.values import CORE, core_fault, data_type
from recto.taxonomy.ordering import comparable, compare
from recto.taxonomy.patterns import PatternError, compile_pattern
from recto.taxonomy.values import check

_TOGETHER: Final = (
    ("length", "minLength"),
    ("length", "maxLength"),
    ("minInclusive", "minExclusive"),
    ("maxInclusive", "maxExclusive"),
)
"""Facets of which a type has one at most."""
_SIZES: Final = (("minLength", "maxLength"), ("fractionDigits", "totalDigits"))
_BOUNDS: Final = (
    ("minInclusive", "maxInclusive", 0),
    ("minExclusive", "maxExclusive", 0),
    ("minInclusive", "maxExclusive", -1),
    ("minExclusive", "maxInclusive", -1),
)
"""The lower, the upper, and how the one may at most compare with the other."""


def disagreements(
    content: Mapping[str, Any], base: str, facets: Mapping[str, str], namespaces: Mapping[str, str]
) -> Iterator[str]:
    """What is wrong, as parts of sentences, with constraints each of which is of the right form.

    `base` is the built-in type that the values have, `facets` are the constraints as facets of it.
    """
    for one, other in _TOGETHER:
        if one in content and other in content:
            yield f"{one} and {other} do not go together"
    for one, other in _SIZES:
        if one in content and other in content and content[one] > content[other]:
            yield f"{one} is more than {other}"
    for one, other, most in _BOUNDS:
        if one in content and other in content and _order(base, content[one], content[other]) > most:
            yield f"no value is allowed by {one} and {other} together"
    for pattern in content.get("patterns", ()):
        try:
            compile_pattern(pattern)
        except PatternError as error:
            yield f"patterns: {error}"
            return
    if "enumerationValues" in content:
        yield from _enumeration(content, base, facets, namespaces)


def _order(base: str, one: str, other: str) -> int:
    """-1, 0 or 1; -1 too where neither value is more than the other."""
    root = data_type(base, {}, ()).xsd_base
    first, second = comparable(root, one), comparable(root, other)
    if first is None or second is None:
        return -1
    found = compare(root, first, second)
    return -1 if found is None else found


def _enumeration(
    content: Mapping[str, Any], base: str, facets: Mapping[str, str], namespaces: Mapping[str, str]
) -> Iterator[str]:
    type_ = data_type(base, facets, ())
    if type_.xsd_base == "boolean":
        yield "enumerationValues is not for truth values"  # their type has no such facet (XML Schema 2, 3.2.2.3)
        return
    for value in content["enumerationValues"]:
        told = check(type_, value, namespaces=dict(namespaces))
        if told is None and content["type"] in CORE:
            told = core_fault(content["type"], value, namespaces)
        if told is None and base == "QName" and ":" not in value:
            told = f"{value!r} has no prefix"
        if told is not None:
            yield f"enumerationValues: {told}"
