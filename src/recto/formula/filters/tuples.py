"""Tuple filters 1.0."""

from __future__ import annotations

from recto.formula.filters.base import Chosen, Cover, Filter, Source, State
from recto.formula.names import F_TUPLE
from recto.formula.subject import FactNode
from recto.names import XBRLI, QName
from recto.xpath.values import items

_XBRL = QName(XBRLI, "xbrl")
LOCATION = Cover(("location",))


def _parent(source: Source) -> Filter:
    holder = source.child("parent")
    chosen = Chosen(source, holder)

    def apply(state: State, facts: list[int]) -> list[int]:
        name = chosen.of(state) if holder is not None else None
        all_facts = state.columns.facts
        kept = []
        for at in facts:
            parent = all_facts[at].parent
            if name is None or (parent.qname if parent is not None else _XBRL) is name:
                kept.append(at)
        return kept

    return Filter(source.node, apply, depends=chosen.depends, covers=LOCATION)


def _ancestor(source: Source) -> Filter:
    holder = source.child("ancestor")
    chosen = Chosen(source, holder)

    def apply(state: State, facts: list[int]) -> list[int]:
        name = chosen.of(state) if holder is not None else None
        all_facts = state.columns.facts
        kept = []
        if name is None or name is _XBRL:
            return facts  # all stand in the instance
        for at in facts:
            above = all_facts[at].parent
            while above is not None and above.qname is not name:
                above = above.parent
            if above is not None:
                kept.append(at)
        return kept

    return Filter(source.node, apply, depends=chosen.depends, covers=LOCATION)


def _sibling(source: Source) -> Filter:
    variable = source.variable(source.element.get("variable"))

    def apply(state: State, facts: list[int]) -> list[int]:
        found = items(state.variables.get(variable, []))
        parents = {id(each.fact.parent) for each in found if isinstance(each, FactNode)}
        all_facts = state.columns.facts
        return [at for at in facts if id(all_facts[at].parent) in parents]

    return Filter(source.node, apply, depends=(variable,), covers=LOCATION)


def _location(source: Source) -> Filter:
    variable = source.variable(source.element.get("variable"))
    location = source.expression(source.element, "location")

    def apply(state: State, facts: list[int]) -> list[int]:
        wanted = {id(item) for item in items(state.variables.get(variable, [])) if isinstance(item, FactNode)}
        subject, all_facts = state.subject, state.columns.facts
        kept = []
        for at in facts if wanted else ():
            state.run.budget.tick()
            found = items(location(state.run, state.variables, subject.node(all_facts[at])))
            if any(id(node) in wanted for node in found):
                kept.append(at)
        return kept

    return Filter(source.node, apply, depends=(variable, *location.names), covers=LOCATION)


READERS = {
    (F_TUPLE, "parentFilter"): _parent,
    (F_TUPLE, "ancestorFilter"): _ancestor,
    (F_TUPLE, "siblingFilter"): _sibling,
    (F_TUPLE, "locationFilter"): _location,
}
