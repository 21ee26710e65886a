"""Concept relation filters 1.0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.formula.filters.base import Chosen, Cover, Filter, Source, State, concepts_where, holds
from recto.formula.functions.library import ROOT
from recto.formula.functions.relations import network, walk
from recto.formula.names import F_RELATION
from recto.formula.subject import FactNode
from recto.taxonomy.nodes import Element
from recto.xpath.values import QNameValue, atomize, cast, items, string


class _Text:
    """A URI given as such or by an expression."""

    def __init__(self, source: Source, plain: str):
        self.element = source.child(plain)
        expression = source.child(plain + "Expression")
        self.expression = source.expression(expression) if expression is not None else None

    @property
    def depends(self) -> tuple[str, ...]:
        return self.expression.names if self.expression is not None else ()

    def of(self, state: State) -> str:
        if self.expression is None:
            return self.element.string.strip() if self.element is not None else ""
        return string(atomize(self.expression(state.run, state.variables)))


def _relation(source: Source) -> Filter:
    role, arcrole = _Text(source, "linkrole"), _Text(source, "arcrole")
    link = Chosen(source, source.child("linkname")) if source.child("linkname") else Chosen(source, None)
    arc = Chosen(source, source.child("arcname")) if source.child("arcname") else Chosen(source, None)
    start = Chosen(source, source.element)
    holder: Element | None = source.child("variable")
    variable = source.variable(holder.string, holder) if holder is not None else None
    axis = (source.child("axis") or source.element).string.strip()
    limit = source.child("generations")
    generations = int(limit.string.strip() or 0) if limit is not None and limit.string.strip().isdigit() else 0
    test = source.expression(source.element, "test") if source.element.get("test") else None

    def apply(state: State, facts: list[int]) -> list[int]:
        subject = state.subject
        names = []
        if variable is not None:
            value = items(state.variables.get(variable, []))
            names = [
                each.fact.qname if isinstance(each, FactNode) else each.name
                for each in value
                if isinstance(each, (FactNode, QNameValue))
            ]
        else:
            name = start.of(state)
            names = [name] if name is not None else []
        net = network(subject, arcrole.of(state), role.of(state), link.of(state), arc.of(state))
        wanted: set[Any] = set()
        for name in names:
            for concept, item in related(net, subject, name, axis, generations):
                if concept not in wanted and (test is None or item is None or holds(test, state, item)):
                    wanted.add(concept)
        return concepts_where(lambda state, concept: concept in wanted)(state, facts)

    depends = [
        *role.depends,
        *arcrole.depends,
        *link.depends,
        *arc.depends,
        *start.depends,
        *((variable,) if variable else ()),
        *(test.names if test is not None else ()),
    ]
    return Filter(source.node, apply, depends=depends, covers=Cover(("concept",)))


def related(net: Any, subject: Any, name: Any, axis: str, generations: int) -> Iterator[tuple[Any, Any]]:
    """Concepts on an axis from a concept, each with the relationship that leads to it; None where none does."""
    concept = subject.taxonomy.concept(name)
    base = axis.removesuffix("-or-self")
    if axis.endswith("-or-self") and concept is not None and (concept in net.of or concept in net.into):
        yield concept, None
    if name is ROOT:
        if base in ("child", "descendant", "sibling", "sibling-or-descendant"):
            for root in net.roots:
                yield root, None
                if base in ("descendant", "sibling-or-descendant") and generations != 1:
                    for item in walk(net, root, generations - 1 if generations else 0):
                        yield item.target, item
        return
    if concept is None:
        return
    if base in ("child", "descendant"):
        for item in walk(net, concept, 1 if base == "child" else generations):
            yield item.target, item
    elif base in ("parent", "ancestor"):
        for item in walk(net, concept, 1 if base == "parent" else generations, up=True):
            yield item.source, item
    elif base.startswith("sibling"):
        above = net.into.get(concept, ())
        for each in above:
            for item in net.of[each.source]:
                if item.target is not concept:
                    yield item.target, item
        if not above and concept in net.of:
            for each in net.roots:
                if each is not concept:
                    yield each, None
        if base == "sibling-or-descendant":
            for item in walk(net, concept, generations):
                yield item.target, item


READERS = {(F_RELATION, "conceptRelation"): _relation}
__all__ = ["READERS", "cast"]
