"""Dimensional relationship sets: which hypercubes constrain an item, and what each allows (Dimensions 1.0, 2.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from recto.names import (
    ARC_ALL,
    ARC_DIMENSION_DOMAIN,
    ARC_DOMAIN_MEMBER,
    ARC_HYPERCUBE_DIMENSION,
    ARC_NOT_ALL,
    QName,
)
from recto.rules.subject import Subject
from recto.taxonomy.dts import DTS
from recto.taxonomy.model import Concept, Relationship


class Dimension(Struct, frozen=True, eq=False):
    """A dimension of a hypercube: for explicit ones the usable members by name, None for typed ones."""

    concept: Concept
    members: frozenset[QName] | None
    role: str


class Cube(Struct, frozen=True, eq=False):
    """A has-hypercube relationship, followed to the ends of its dimensions."""

    relationship: Relationship
    positive: bool
    """`all`, not `notAll`."""
    closed: bool
    container: Literal["segment", "scenario"]
    dimensions: tuple[Dimension, ...]
    axes: frozenset[QName]


class Cubes:
    """The hypercubes of a DTS, found and followed when first asked for."""

    def __init__(self, dts: DTS):
        self.dts = dts
        self._members: dict[tuple[Concept, str], frozenset[QName]] = {}
        self._all: list[Cube] | None = None
        self._items: list[tuple[Cube, frozenset[Concept]]] | None = None
        self._by_item: dict[Concept, dict[str, list[Cube]]] = {}

    def cubes_of(self, item: Concept) -> dict[str, list[Cube]]:
        """The cubes that constrain a primary item, own and inherited ones, by the link role of their base set."""
        found = self._by_item.get(item)
        if found is None:
            if self._items is None:
                self._items = [(cube, frozenset(self.primary_items(cube))) for cube in self.all()]
            found = self._by_item[item] = {}
            for cube, items in self._items:
                if item in items:
                    found.setdefault(cube.relationship.role, []).append(cube)
        return found

    def all(self) -> Sequence[Cube]:
        if self._all is None:
            self._all = [
                self._cube(relationship)
                for arcrole in (ARC_ALL, ARC_NOT_ALL)
                for role in self.dts.roles(arcrole)
                for relationship in self.dts.network(arcrole, role).relationships
                if relationship.target.kind == "hypercube"
            ]
        return self._all

    def primary_items(self, cube: Cube) -> list[Concept]:
        """The source of the cube and all that inherit from it (Dimensions 1.0, 2.6.2)."""
        source = cube.relationship.source
        return list(dict.fromkeys([source, *self._descendants(source, cube.relationship.role)]))

    def _descendants(self, source: Concept, role: str) -> Iterator[Concept]:
        seen = {(source, role)}
        pending = [(source, role)]
        while pending:
            concept, at = pending.pop()
            for each in self.dts.network(ARC_DOMAIN_MEMBER, at).children(concept):
                step = (each.target, each.target_role or at)
                if step not in seen:
                    seen.add(step)
                    pending.append(step)
                    yield each.target

    def _cube(self, relationship: Relationship) -> Cube:
        role = relationship.target_role or relationship.role
        dimensions = []
        for each in self.dts.network(ARC_HYPERCUBE_DIMENSION, role).children(relationship.target):
            concept = each.target
            domain_role = each.target_role or role
            members = None if concept.typed_domain is not None else self.members(concept, domain_role)
            dimensions.append(Dimension(concept, members, domain_role))
        return Cube(
            relationship,
            relationship.arcrole == ARC_ALL,
            relationship.closed,
            relationship.context_element or "segment",
            tuple(dimensions),
            frozenset(each.concept.qname for each in dimensions),
        )

    def members(self, dimension: Concept, role: str) -> frozenset[QName]:
        """The usable members of an explicit dimension's domains in a role (Dimensions 1.0, 2.5.3)."""
        key = (dimension, role)
        known = self._members.get(key)
        if known is None:
            known = self._members[key] = usable_members(self.dts, ARC_DIMENSION_DOMAIN, role, dimension)
        return known


def usable_members(dts: DTS, arcrole: str, role: str, head: Concept) -> frozenset[QName]:
    """The members that arcs of an arcrole lead to from `head`, and domain-member arcs from there on, over target roles:
    those that no arc declares not to be usable (Dimensions 1.0, 2.5.3).
    """
    usable: set[QName] = set()
    unusable: set[QName] = set()
    seen: set[tuple[Concept, str]] = set()
    pending = [(each, role) for each in dts.network(arcrole, role).children(head)]
    while pending:
        relationship, at = pending.pop()
        (usable if relationship.usable else unusable).add(relationship.target.qname)
        step = (relationship.target, relationship.target_role or at)
        if step not in seen:
            seen.add(step)
            pending += [(each, step[1]) for each in dts.network(ARC_DOMAIN_MEMBER, step[1]).children(step[0])]
    return frozenset(usable - unusable)


def cubes_of(subject: Subject) -> Cubes:
    """The hypercubes of what is validated, found once for all rules."""
    made: Cubes | None = subject.cache.get("cubes")
    if made is None:
        made = subject.cache["cubes"] = Cubes(subject.dts)
    return made
