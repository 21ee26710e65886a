"""Definitions that lead back to themselves, which XML Schema forbids, within a document and across several.

Types by derivation, list or union (st-props-correct.2, ct-props-correct.3), groups (mg-props-correct.2), attribute
groups (ag-props-correct.3), and elements by substitution group (e-props-correct.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from recto.names import QName
from recto.schema.hinted import Schemas
from recto.taxonomy.compiled import Tree
from recto.taxonomy.discovery import LoadedDocument

_CODES = {
    "simpleType": "st-props-correct.2",
    "complexType": "ct-props-correct.3",
    "group": "mg-props-correct.2",
    "attributeGroup": "ag-props-correct.3",
    "element": "e-props-correct.6",
}
_TYPES = ("complexType", "simpleType")
_NAMED = 8
"""Components of a circle that its message names."""


_Key = tuple[str, QName]
"""Symbol space (`type`, `group`, `attributeGroup`, `element`) and name."""


class Circle(NamedTuple):
    code: str
    name: str
    through: str
    """Some of the others, or nothing."""
    document: LoadedDocument
    line: int
    tag: str
    """Local name of the element that defines the component."""


class _Component(NamedTuple):
    """A definition and those of its own kind that it is made of."""

    document: LoadedDocument
    tag: str
    line: int
    parts: tuple[_Key, ...]


def circles(schemas: Schemas, documents: Sequence[LoadedDocument]) -> Iterator[Circle]:
    """One for each set of definitions that lead to each other, if `documents` hold any of them: the first stands for
    all.
    """
    known: dict[_Key, _Component | None] = {}
    starts = [key for document in documents for key in _keys(document)]
    own = set(documents)
    for knot in _knots(starts, schemas, known):
        placed = [(known[key], key) for key in knot]
        mine = [(part, key) for part, key in placed if part is not None and part.document in own]
        if not mine:
            continue
        first, key = min(mine, key=lambda each: (each[0].document.ordinal, each[0].line))
        if len(knot) == 1 and any(each[0] == "redefine" for each in first.document.compiled.imports):
            continue  # what is redefined derives from what it was
        code = _CODES[first.tag]
        others = _way_back(key, set(knot), known)
        through = f", through {', '.join(name.local for _, name in others[:_NAMED])}" if others else ""
        more = ", …" if len(others) > _NAMED else ""
        yield Circle(code, key[1].local, through + more, first.document, first.line, first.tag)


def _keys(document: LoadedDocument) -> Iterator[_Key]:
    namespace = document.namespace or ""
    for kind, name in document.compiled.components():
        if kind in _CODES:
            yield "type" if kind in _TYPES else kind, QName(namespace, name)
    for ordinal in range(document.compiled.element_count):
        if document.compiled.element(ordinal).substitution_group:
            yield "element", QName(namespace, document.compiled.element_name(ordinal))


def _find(key: _Key, schemas: Schemas) -> _Component | None:
    kind, name = key
    for document in schemas.schemas_of(name.namespace):
        if kind == "element":
            ordinal = document.compiled.find_element(name.local)
            if ordinal >= 0:
                record = document.compiled.element(ordinal)
                group = record.substitution_group
                parts: tuple[_Key, ...] = (("element", QName.of(document.name(group))),) if group else ()
                return _Component(document, "element", record.line, parts)
            continue
        for tag in _TYPES if kind == "type" else (kind,):
            tree = document.compiled.component(tag, name.local)
            if tree is not None:
                parts = tuple((kind, QName.of(document.name(each))) for each in _references(tree, kind))
                return _Component(document, tag, tree[3], parts)
    return None


def _references(definition: Tree, kind: str) -> Iterator[str]:
    waiting = list(definition[2])
    while waiting:
        tag, attributes, children, _ = waiting.pop()
        if tag in ("element", "attribute"):
            continue  # what stands in an element or attribute is no part of the definition
        if kind != "type":
            if tag == kind and "ref" in attributes:
                yield attributes["ref"]
        elif tag in ("restriction", "extension", "list", "union"):
            for attribute in ("base", "itemType", "memberTypes"):
                yield from attributes.get(attribute, "").split()
        waiting.extend(children)


def _knots(starts: Iterable[_Key], schemas: Schemas, known: dict[_Key, _Component | None]) -> Iterator[list[_Key]]:
    """The strongly connected components that hold a circle (Tarjan's algorithm, without recursion)."""
    order: dict[_Key, int] = {}
    lowest: dict[_Key, int] = {}
    stack: list[_Key] = []
    on_stack: set[_Key] = set()

    def parts(key: _Key) -> tuple[_Key, ...]:
        if key not in known:
            known[key] = _find(key, schemas)
        found = known[key]
        return found.parts if found is not None else ()

    for start in starts:
        if start in order:
            continue
        work = [(start, iter(parts(start)))]
        order[start] = lowest[start] = len(order)
        stack.append(start)
        on_stack.add(start)
        while work:
            at, following = work[-1]
            key = next(following, None)
            if key is not None:
                if key not in order:
                    order[key] = lowest[key] = len(order)
                    stack.append(key)
                    on_stack.add(key)
                    work.append((key, iter(parts(key))))
                elif key in on_stack:
                    lowest[at] = min(lowest[at], order[key])
                continue
            work.pop()
            if work:
                above = work[-1][0]
                lowest[above] = min(lowest[above], lowest[at])
            if lowest[at] == order[at]:
                cut = stack.index(at) if stack[-1] != at else len(stack) - 1
                knot = stack[cut:]
                del stack[cut:]
                on_stack.difference_update(knot)
                if len(knot) > 1 or at in parts(at):
                    yield knot


def _way_back(start: _Key, knot: set[_Key], known: dict[_Key, _Component | None]) -> list[_Key]:
    """What lies on a shortest way from a component back to itself."""
    came: dict[_Key, _Key] = {}
    waiting = [start]
    for at in waiting:
        component = known[at]
        for key in component.parts if component is not None else ():
            if key == start:
                path = []
                while at != start:
                    path.append(at)
                    at = came[at]
                return path[::-1]
            if key in knot and key not in came:
                came[key] = at
                waiting.append(key)
    return []
