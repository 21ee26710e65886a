"""The walk over a role's presentation tree (rendering.md 4)."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from typing import Final, Literal

from msgspec import Struct, field

from recto import limits
from recto.errors import RectoError
from recto.names import QName
from recto.rendering.declarations import DeclarationOrder
from recto.rendering.view import View
from recto.taxonomy.model import Concept, Network, Relationship

LOCAL_NAME: Final = "recto:localName"
"""Stands for the label role of a start or end label on a duration concept: the row is headed with the bare local
name (4.4).
"""
Side = Literal["start", "end"]


class CycleError(RectoError):
    """A presentation tree that runs in a circle (XBRL 2.1, 5.2.4.2): no page of the instance can be made."""

    code = "xbrl.5.2.4.2"


class TreeTooLargeError(RectoError):
    """A tree of concepts whose shared parts multiply into more places than anybody could read."""

    code = "recto:treeTooLarge"

    def __init__(self, role: str, arc: Relationship | None) -> None:
        message = f"The tree of {role} has more than {limits.TREE_PLACES:,} places, since parts of it are shared"
        where = (None, None) if arc is None else (arc.document, arc.line)
        super().__init__(message, document=where[0], line=where[1])


class AxisTable(Struct):
    """An axis of a page, and the positions of its members."""

    axis: Concept
    order: float
    """The `order` of the axis' own arc, whatever table it stands in; minus infinity for a root (4.4)."""
    typed: bool
    positions: dict[object, int] = field(default_factory=dict)
    """By member: a QName, or a typed member once facts are placed (9.2)."""
    concepts: dict[QName, Concept] = field(default_factory=dict)
    default: QName | None = None
    default_less: bool = False


class Tree(Struct):
    """What the walk found."""

    occurrences: dict[Concept, list[tuple[int, str | None]]] = field(default_factory=dict)
    """Primary concepts: (position, label role) of each occurrence; the role is None for the standard label."""
    abstracts: dict[Concept, int] = field(default_factory=dict)
    tables: dict[QName, AxisTable] = field(default_factory=dict)
    label_roles: dict[Concept, str | None] = field(default_factory=dict)
    """The label role of each concept's last visited arc: its display label on this page."""
    unit_positions: dict[str, int] = field(default_factory=dict)
    """Positions of units that stand in the tree as concepts of their id's name (7)."""
    balances: dict[Concept, dict[str, Side]] = field(default_factory=dict)
    """Start and end label roles of instant concepts."""
    depths: dict[int, int] = field(default_factory=dict)
    """Levels above each position of a primary concept."""
    suppressed: bool = False
    """An axis has no members in the tree: there is no page."""

    def sorted_abstracts(self) -> list[tuple[int, Concept]]:
        return sorted(((position, concept) for concept, position in self.abstracts.items()), key=lambda pair: pair[0])


def side_of(role: str | None) -> Side | None:
    """Whether a label role is one for balances at the start or at the end of a period."""
    if role is None:
        return None
    folded = role.casefold()
    return "start" if "periodstart" in folded else "end" if "periodend" in folded else None


def children(network: Network, concept: Concept, declared: DeclarationOrder) -> Sequence[Relationship]:
    """By order; equal orders by declaration, not by the order of the arcs (4.2).

    What counts is the first declaration of the child and all below it: the SEC's renderer takes concepts in the order
    of their declarations and joins each, with what is above it, to the tree.
    """
    arcs = network.children(concept)
    if len({arc.order for arc in arcs}) == len(arcs):
        return arcs

    def key(arc: Relationship) -> tuple[float, tuple[int, int]]:
        below = descendants(network, arc.target)
        return arc.order, min([declared.key(arc.target), *(declared.key(each) for each in below)])

    return sorted(arcs, key=key)


def sorted_roots(network: Network, view: View) -> list[Concept]:
    """Several roots stand in the order of their standard labels, or names where they have none. A concept whose parent
    the DTS does not hold is no root: what stands below it is not walked (4.3).
    """
    roots = [concept for concept in network.roots if concept not in network.dangling]
    if len(roots) > 1:
        roots.sort(key=view.order_label)
    return roots


def check_cycles(network: Network) -> None:
    """No presentation tree may run in a circle, be it in a part that no page shows (4.1). Raises CycleError."""
    done: set[Concept] = set()
    for start in dict.fromkeys(arc.source for arc in network.relationships):
        if start in done:
            continue
        path: dict[Concept, None] = {start: None}
        stack = [iter(network.children(start))]
        while stack:
            arc = next(stack[-1], None)
            if arc is None:
                stack.pop()
                done.add(path.popitem()[0])
            elif arc.target in path:
                raise CycleError(
                    f"The presentation tree of {network.role} runs in a circle at {arc.target.name}.",
                    document=arc.document,
                    line=arc.line,
                )
            elif arc.target not in done:
                path[arc.target] = None
                stack.append(iter(network.children(arc.target)))


def walk(network: Network, view: View, used_axes: Container[QName], units: Collection[str]) -> Tree:
    """Numbers the tree's nodes. Axes that no fact uses are skipped with all below them.

    Raises TreeTooLargeError; of circles, see `check_cycles`.
    """
    walker = _Walker(network, view, used_axes, units)
    for root in sorted_roots(network, view):
        walker.visit(root)
    return walker.tree


class _Walker:
    def __init__(self, network: Network, view: View, used_axes: Container[QName], units: Collection[str]) -> None:
        self.network = network
        self.view = view
        self.used_axes = used_axes
        self.units = units
        self.tree = Tree()
        self.number = 0
        self.depth = 0

    def visit(self, root: Concept) -> None:
        """Depth first, without recursion: trees may be of any depth."""
        top = self._place(root, None, None)
        stack = [] if top is None else [top]
        while stack:
            self.depth = len(stack)
            arcs, table, is_axis = stack[-1]
            arc = next(arcs, None)
            if arc is not None:
                below = self._place(arc.target, arc, table)
                if below is not None:
                    stack.append(below)
                continue
            stack.pop()
            if is_axis and table is not None and not table.typed and not table.positions:
                self.tree.suppressed = True
        self.depth = 0

    def _place(
        self, concept: Concept, arc: Relationship | None, table: AxisTable | None
    ) -> tuple[Iterator[Relationship], AxisTable | None, bool] | None:
        """Numbers one node; gives what stands below it, and the axis under which that stands."""
        tree = self.tree
        role: str | None = None
        if arc is not None:
            self.number += 1  # a root has no arc, and so shares the number of the node before it (4.4)
            role = arc.preferred_label
        if self.number > limits.TREE_PLACES:
            raise TreeTooLargeError(self.network.role, arc)
        number = self.number
        axis = concept.kind == "dimension"
        if axis and concept.qname not in self.used_axes:
            return None
        if axis:
            order = float("-inf") if arc is None else arc.order
            table = tree.tables[concept.qname] = AxisTable(concept, order, concept.typed_domain is not None)
        elif table is not None:
            table.positions[concept.qname] = number
            table.concepts[concept.qname] = concept
        else:
            role = self._primary(concept, role, number)
        tree.label_roles[concept] = role
        if concept.qname.local in self.units:
            tree.unit_positions[concept.qname.local] = number
        return iter(children(self.network, concept, self.view.declared)), table, axis

    def _primary(self, concept: Concept, role: str | None, number: int) -> str | None:
        side = side_of(role)
        if side is not None and role is not None:
            if concept.period_type == "instant":
                self.tree.balances.setdefault(concept, {})[role] = side
            elif concept.period_type == "duration":
                role = LOCAL_NAME
        self.tree.occurrences.setdefault(concept, []).append((number, role))
        self.tree.depths[number] = self.depth
        if concept.abstract:
            self.tree.abstracts[concept] = number
        return role


def descendants(network: Network, concept: Concept) -> set[Concept]:
    """All concepts below one."""
    found: set[Concept] = set()
    open_: list[Concept] = [concept]
    while open_:
        for arc in network.children(open_.pop()):
            if arc.target not in found:
                found.add(arc.target)
                open_.append(arc.target)
    return found
