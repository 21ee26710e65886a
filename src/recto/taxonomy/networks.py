"""Base sets and networks of relationships: equivalence, prohibition and override (XBRL 2.1, 3.5.3.9.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, Generic, NamedTuple, TypeVar

from recto.names import XBRLDT, QName
from recto.taxonomy.compiled import Variant
from recto.taxonomy.model import Concept, Relationship

_TRUE = ("true", "1")
_WEIGHT = "weight"
_EXACT = 15
"""Digits of a whole number that a float holds exactly."""
_DIMENSIONAL = {f"{{{XBRLDT}}}{name}": name for name in ("targetRole", "contextElement", "closed", "usable")}
T = TypeVar("T")


class Anchor(NamedTuple):
    """Something other than a concept that an arc can lead to: a resource, a role type, any other element with an id."""

    document: int
    kind: str
    ordinal: int
    identifier: str = ""


class ArcInfo:
    """What the arcs of one variant have in common, parsed."""

    __slots__ = (
        "_key",
        "arcrole",
        "attributes",
        "closed",
        "context_element",
        "name",
        "order",
        "preferred_label",
        "priority",
        "prohibited",
        "target_role",
        "usable",
        "weight",
    )

    def __init__(self, variant: Variant, typed: Any = None):
        clark, self.arcrole, use, priority, others = variant
        self.name = QName.of(clark)
        self.prohibited = use == "prohibited"
        self.priority = _integer(priority)
        self.order = 1.0
        self.weight: Decimal | None = None
        self.preferred_label: str | None = None
        self.target_role: str | None = None
        self.context_element: Any = None
        self.closed = False
        self.usable = True
        attributes: dict[QName, str] = {}
        # Compared by value. An absent order is 1 (XBRL 2.1, 3.5.3.9.5); other defaults do not count, because arcs allow
        # these attributes by a wildcard only.
        key: dict[str, object] = {"order": 1.0}
        for attribute, text in others:
            value = text.strip()
            if attribute == "order":
                if value.isdecimal() and len(value) < _EXACT:  # as most are: a whole number, which both kinds hold
                    self.order = key[attribute] = float(value)
                    continue
                number = _decimal(value)
                key[attribute] = number if number is not None else value
                self.order = float(number) if number is not None else 1.0
            elif attribute == _WEIGHT:
                self.weight = _decimal(value)
                key[attribute] = self.weight if self.weight is not None else value
            elif attribute == "preferredLabel":
                self.preferred_label = key[attribute] = value
            elif attribute in _DIMENSIONAL:
                self._dimensional(_DIMENSIONAL[attribute], value, key)
            elif attribute.startswith("{http://www.w3.org/1999/xlink}"):
                continue
            else:
                attributes[QName.of(attribute)] = text
                key[attribute] = typed(attribute, value) if typed is not None else value
        self.attributes = attributes
        self._key: object = key

    @property
    def equivalence(self) -> object:
        """Equal for equal non-exempt attributes; made when arcs compete, which few do."""
        if type(self._key) is dict:
            self._key = (self.name, frozenset(self._key.items()))
        return self._key

    def _dimensional(self, name: str, value: str, key: dict[str, object]) -> None:
        if name == "closed":
            self.closed = key[name] = value in _TRUE
        elif name == "usable":
            self.usable = key[name] = value in _TRUE
        elif name == "targetRole":
            self.target_role = key[name] = value
        else:
            self.context_element = key[name] = value


class Arc(NamedTuple, Generic[T]):
    """An arc between two resolved ends. `sequence` orders arcs as they stand in the DTS."""

    source: Any
    target: T
    info: ArcInfo
    link: str
    role: str
    document: Any
    line: int
    sequence: tuple[int, int]


def effective(arcs: Iterable[Arc[T]]) -> list[Arc[T]]:
    """The arcs that stay after prohibition and override, in document order (XBRL 2.1, 3.5.3.9.7.5).

    Arcs compete where they are of one base set (arc element, extended link element and role; the arcrole is the
    caller's) and equivalent. The highest priority wins; among equals a prohibition, else the first.
    """
    arcs = list(arcs)
    if len({(arc[0], arc[1]) for arc in arcs}) == len(arcs):  # none competes with another
        return [arc for arc in arcs if not arc.info.prohibited]
    best: dict[object, Arc[T]] = {}
    disturbed = False
    for arc in arcs:
        info = arc.info
        key = (arc.source, arc.target, info.equivalence, arc.link, arc.role)
        old = best.get(key)
        if old is None:
            best[key] = arc
            disturbed = disturbed or info.prohibited
            continue
        other = old.info
        if info.priority > other.priority or (
            info.priority == other.priority and info.prohibited and not other.prohibited
        ):
            best[key] = arc
            disturbed = True
    if not disturbed:
        return list(best.values())
    return sorted((arc for arc in best.values() if not arc.info.prohibited), key=_sequence)


def _sequence(arc: Arc[Any]) -> tuple[int, int]:
    return arc.sequence


class ConceptNetwork:
    """The effective relationships of one arcrole in one link role; see `recto.taxonomy.model.Network`."""

    __slots__ = ("_children", "_parents", "_roots", "arcrole", "dangling", "relationships", "role")

    def __init__(
        self,
        arcrole: str,
        role: str,
        relationships: Sequence[Relationship] = (),
        dangling: frozenset[Concept] = frozenset(),
    ):
        self.arcrole = arcrole
        self.role = role
        self.relationships = relationships
        self.dangling = dangling
        """Concepts with an arc from what the DTS does not hold: the arc is no relationship, but no root either."""
        self._children: dict[Concept, list[Relationship]] | None = None
        self._parents: dict[Concept, list[Relationship]] | None = None
        self._roots: tuple[Concept, ...] | None = None

    @property
    def roots(self) -> Sequence[Concept]:
        if self._roots is None:
            targets = {each.target for each in self.relationships}
            sources = dict.fromkeys(each.source for each in self.relationships)
            self._roots = tuple(source for source in sources if source not in targets)
        return self._roots

    def children(self, concept: Concept) -> Sequence[Relationship]:
        if self._children is None:
            found: dict[Concept, list[Relationship]] = {}
            for each in self.relationships:
                found.setdefault(each.source, []).append(each)
            for siblings in found.values():
                if len(siblings) > 1:
                    siblings.sort(key=_order)
            self._children = found
        return self._children.get(concept, ())

    def parents(self, concept: Concept) -> Sequence[Relationship]:
        if self._parents is None:
            found: dict[Concept, list[Relationship]] = {}
            for each in self.relationships:
                found.setdefault(each.target, []).append(each)
            self._parents = found
        return self._parents.get(concept, ())

    def __bool__(self) -> bool:
        return bool(self.relationships)

    def __repr__(self) -> str:
        return f"ConceptNetwork({self.arcrole!r}, {self.role!r}, {len(self.relationships)} relationships)"


def _order(relationship: Relationship) -> float:
    return relationship.order


def relationship(arc: Arc[Concept]) -> Relationship:
    info = arc.info
    return Relationship(
        arc.source,
        arc.target,
        info.arcrole,
        arc.role,
        info.order,
        info.priority,
        arc.document.url,
        arc.line,
        info.weight,
        info.preferred_label,
        info.target_role,
        info.context_element,
        info.closed,
        info.usable,
        info.attributes,
    )


def _decimal(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _integer(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        return 0
