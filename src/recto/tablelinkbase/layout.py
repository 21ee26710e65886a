"""From structural nodes to headers and places on axes (Table linkbase 1.0, 7.3: projection and balancing)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from recto.tablelinkbase.aspects import Aspect, RuleFault, Value
from recto.tablelinkbase.model import HeaderCell, HeaderGroup, Place
from recto.tablelinkbase.structure import StructuralNode
from recto.xpath.errors import BudgetError

MOST_PLACES = 100_000
"""Columns, rows or slices of one axis."""
EMPTY = Place((), ())


def cell_of(node: StructuralNode, span: int) -> HeaderCell:
    return HeaderCell(span, node.labels, node.sets, node.rollup, node.concept, node.label_role)


def leaves(roots: Sequence[StructuralNode]) -> Iterator[tuple[StructuralNode, ...]]:
    """The path to each leaf, the leaf last."""
    pending: list[tuple[StructuralNode, ...]] = [(root,) for root in reversed(roots)]
    while pending:
        path = pending.pop()
        below = path[-1].children
        if below:
            pending.extend((*path, child) for child in reversed(below))
        else:
            yield path


def group(
    labels: tuple[tuple[str, str, str], ...], paths: Sequence[tuple[StructuralNode, ...]], inner: int, times: int
) -> HeaderGroup:
    """The header rows of a breakdown. `inner`: places of the breakdowns within each leaf; `times`: repetitions."""
    depth = max((len(path) for path in paths), default=0)
    rows = []
    for level in range(depth):
        row: list[HeaderCell] = []
        at = 0
        while at < len(paths):
            path = paths[at]
            if len(path) <= level:  # a leaf that ended above is carried on
                row.append(HeaderCell(inner, rollup=True))
                at += 1
                continue
            end = at + 1
            while end < len(paths) and len(paths[end]) > level and paths[end][level] is path[level]:
                end += 1
            row.append(cell_of(path[level], (end - at) * inner))
            at = end
        rows.append(tuple(row * times))
    return HeaderGroup(labels, tuple(rows))


def project(
    breakdowns: Sequence[tuple[tuple[tuple[str, str, str], ...], Sequence[StructuralNode]]],
) -> tuple[tuple[HeaderGroup, ...], tuple[Place, ...]]:
    """The headers and places of an axis: each leaf of a breakdown with all of the next. Raises `BudgetError`."""
    if not breakdowns:
        return (), (EMPTY,)
    paths = [tuple(leaves(roots)) for _, roots in breakdowns]
    count = 1
    for each in paths:
        count *= len(each)
        if count > MOST_PLACES:
            raise BudgetError(f"an axis has more than {MOST_PLACES} places")
    groups = []
    times = 1
    inner = count
    for (labels, _), each in zip(breakdowns, paths, strict=True):
        if count:
            inner //= len(each)
            groups.append(group(labels, each, inner, times))
            times *= len(each)
        else:
            groups.append(HeaderGroup(labels, ()))
    return tuple(groups), tuple(_places(paths)) if count else ()


def _places(paths: Sequence[Sequence[tuple[StructuralNode, ...]]], at: int = 0) -> Iterator[Place]:
    if at == len(paths):
        yield EMPTY
        return
    for path in paths[at]:
        cells = tuple(_header(node) for node in path if not node.rollup)
        sets = tuple(node.sets for node in path if node.sets)
        for rest in _places(paths, at + 1):
            heading = path[-1].abstract or rest.abstract
            yield Place((*cells, *rest.path), (sets, *rest.levels), _tags(path) | rest.tags, heading)


def _header(node: StructuralNode) -> HeaderCell:
    if node.header is None:
        node.header = cell_of(node, 1)
    return node.header


def _tags(path: Sequence[StructuralNode]) -> frozenset[str]:
    """The tag selectors of a leaf and of the nodes above it; those of a network's concepts are theirs alone."""
    above = (node.tags for node in path[:-1] if node.definition.kind not in ("concepts", "members"))
    return path[-1].tags.union(*above)


def constraints(places: Sequence[Place], tags: frozenset[str]) -> dict[Aspect, Value]:
    """What a cell at these places constrains. Raises `RuleFault` where tags choose several sets of a node, or none."""
    found: dict[Aspect, Value] = {}
    for place in places:
        for level in place.levels:
            for sets in level:
                found.update(chosen(sets, tags))
    return found


def chosen(sets: Any, tags: frozenset[str]) -> dict[Aspect, Value]:
    """The constraint set that tag selectors choose (Table linkbase 1.0, 7.4)."""
    matching = [each for tag, each in sets.items() if tag is not None and tag in tags]
    if len(matching) > 1:
        raise RuleFault("xbrlte:tagSelectorClash", tags=", ".join(sorted(tag for tag in sets if tag in tags)))
    if matching:
        found: dict[Aspect, Value] = matching[0]
    elif None in sets:
        found = sets[None]
    else:
        raise RuleFault("xbrlte:noMatchingConstraintSet")
    return found
