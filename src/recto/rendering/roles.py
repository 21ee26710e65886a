"""Roles as pages where no filer manual says how a definition is written: title, number, order.

A role's title is its generic label in a wanted language, else its definition, else the last step of its URI in words.
Many taxonomies put a number in front that gives the order of pages: `[210000] …`, `3-02 - …`, `310010 …`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from recto.names import ARC_DIMENSION_DOMAIN, ARC_HYPERCUBE_DIMENSION, QName
from recto.patterns import lazy
from recto.rendering.definitions import Definition, parse_definition, remove_qualifiers
from recto.rendering.tree import AxisTable
from recto.rendering.view import View, in_words
from recto.taxonomy.model import Concept, Network, Taxonomy

_NUMBERED: Final = (
    lazy(r"\[\s*(\d[\w.\-]*)\s*\]\s*[-–:]?\s*(\S.*)", re.DOTALL),
    lazy(r"(\d+(?:[.\-_]\d+)*[A-Za-z]?)\s+[-–:]\s+(\S.*)", re.DOTALL),
    lazy(r"(\d+[.\-]\d+(?:[.\-]\d+)*|\d{5,})\s+(\S.*)", re.DOTALL),
)
_KINDS: Final = lazy(r"(?:Statement|Disclosure|Schedule|Document)\s+-\s+(?=\S)")
_DIGITS: Final = lazy(r"\d+")
_MARK: Final = lazy(r"(?:rol|role|lr|elr)[_-](?=\w)", re.IGNORECASE)
"""What some taxonomies write before the name of a role."""
_EQUITY: Final = lazy(r"StatementOfChangesInEquity(?:Abstract|Table|LineItems)?")


def define(role: str, taxonomy: Taxonomy, languages: Sequence[str]) -> Definition:
    """The role's definition, taken apart as far as it has parts."""
    text = " ".join(taxonomy.role_definition(role, languages).split())
    parsed = parse_definition(text)
    if parsed.is_parsed:
        return parsed
    if text == role:
        return Definition(text, short_name=last_step(role))
    for shape in _NUMBERED:
        match = shape.fullmatch(text)
        if match is not None:
            return Definition(text, match[1], short_name=remove_qualifiers(_KINDS.sub("", match[2], count=1)))
    return Definition(text, short_name=remove_qualifiers(text))


def last_step(role: str) -> str:
    """`http://x.example/role/BalanceSheet` → `Balance Sheet`."""
    step = role.rstrip("/#").replace("#", "/").rpartition("/")[2] or role
    step = _MARK.sub("", step)
    return in_words(step.replace("_", " ")).strip() or role


def order_key(definition: Definition, index: int) -> tuple[bool, tuple[int, ...], str, int]:
    """Sorts roles: those with numbers by them, the others behind, as the taxonomy has them."""
    numbers = tuple(int(digits[:18]) for digits in _DIGITS.findall(definition.number))
    return not numbers, numbers, definition.number if numbers else "", index


def is_changes_in_equity(network: Network) -> bool:
    """Whether the tree is that of a statement of changes in equity, as the IFRS taxonomy names it."""
    return any(_EQUITY.fullmatch(arc.source.qname.local) for arc in network.relationships)


def add_axes(tables: dict[QName, AxisTable], used: dict[QName, None], role: str, view: View) -> None:
    """Axes that the tree does not show: those of the role's hypercubes, and tuples as axes of their occurrences."""
    missing = [axis for axis in used if axis not in tables]
    if not missing:
        return
    cubes: set[QName] | None = None
    for axis in missing:
        concept = view.taxonomy.concept(axis)
        if concept is None:
            continue
        if concept.kind == "tuple":
            tables[axis] = AxisTable(concept, float("inf"), True)
            continue
        if cubes is None:
            network = view.taxonomy.network(ARC_HYPERCUBE_DIMENSION, role)
            cubes = {arc.target.qname for arc in network.relationships}
        if axis in cubes:
            tables[axis] = table_of(concept, view, role)


def table_of(axis: Concept, view: View, role: str | None = None) -> AxisTable:
    """An axis with the members that the report uses, in the order in which its contexts first have them."""
    typed = axis.kind == "tuple" or axis.typed_domain is not None
    default = view.taxonomy.default_member(axis) if not typed else None
    if default is None and role is not None and not typed:
        domains = view.taxonomy.network(ARC_DIMENSION_DOMAIN, role).children(axis)
        default = domains[0].target if len(domains) == 1 and not domains[0].target.abstract else None
    table = AxisTable(axis, float("inf"), typed, default=default.qname if default is not None else None)
    if default is not None:  # facts without the axis stand with it
        table.positions[default.qname] = 0
    if not typed:
        met = dict.fromkeys(context.dimensions.get(axis.qname) for context in view.instance.contexts.values())
        for index, member in enumerate((each for each in met if isinstance(each, QName)), 1):
            table.positions.setdefault(member, index)
    return table
