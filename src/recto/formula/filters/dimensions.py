"""Dimension filters 1.0."""

from __future__ import annotations

from typing import Any

from recto.formula.filters.base import Chosen, Cover, Filter, Source, State, contexts_where, facts_where, holds
from recto.formula.functions.dimensions import explicit_member, network_members
from recto.formula.names import F_DIMENSION
from recto.formula.subject import FactNode, dimension_element
from recto.instance.model import TypedMember
from recto.names import QName
from recto.taxonomy.nodes import Element
from recto.xpath import XPathError
from recto.xpath.values import items


def _axis_cover(chosen: Chosen) -> Any:
    if chosen.expression is None:
        return Cover((), (chosen.name,) if chosen.name is not None else ())

    def covers(state: State) -> Cover:
        name = chosen.of(state)
        return Cover((), (name,) if name is not None else ())

    return covers


class _Member:
    def __init__(self, source: Source, element: Element):
        self.chosen = Chosen(source, element)
        texts = {child.name.local: child for child in element.children}
        self.variable = source.variable(texts["variable"].string, texts["variable"]) if "variable" in texts else None
        self.role = texts["linkrole"].string.strip() if "linkrole" in texts else None
        self.arcrole = texts["arcrole"].string.strip() if "arcrole" in texts else None
        self.axis = texts["axis"].string.strip() if "axis" in texts else None

    @property
    def depends(self) -> tuple[str, ...]:
        return (*self.chosen.depends, *((self.variable,) if self.variable else ()))

    def names(self, state: State, axis: QName) -> set[QName]:
        if self.variable is not None:
            found = items(state.variables.get(self.variable, []))
            fact = found[0] if found else None
            name = explicit_member(fact, axis) if isinstance(fact, FactNode) else None
        else:
            name = self.chosen.of(state)
        if name is None:
            return set()
        if self.axis is None:
            return {name}
        taxonomy = state.subject.taxonomy
        concept = taxonomy.concept(name)
        if concept is None:
            return set()
        return {
            each.qname for each in network_members(taxonomy, concept, self.role or "", self.arcrole or "", self.axis)
        }


def _explicit(source: Source) -> Filter:
    chosen = Chosen(source, source.child("dimension"))
    members = [_Member(source, each) for each in source.children("member")]

    def apply(state: State, facts: list[int]) -> list[int]:
        axis = chosen.of(state)
        if axis is None:
            return []
        wanted = {name for each in members for name in each.names(state, axis)} if members else None
        concept = state.subject.taxonomy.concept(axis)
        if concept is None or concept.kind != "dimension" or concept.typed_domain is not None:
            raise XPathError("xbrldfe:invalidExplicitDimensionQName", f"{axis.clark} is no explicit dimension")
        default = state.subject.taxonomy.default_member(concept) if concept is not None else None
        default_name = default.qname if default is not None else None

        def test(state: State, context: Any) -> bool:
            member = context.dimensions.get(axis, default_name)
            if not isinstance(member, QName):
                return False
            return wanted is None or member in wanted

        return contexts_where(test)(state, facts)

    depends = [*chosen.depends, *(name for each in members for name in each.depends)]
    return Filter(source.node, apply, depends=depends, covers=_axis_cover(chosen))


def _typed(source: Source) -> Filter:
    chosen = Chosen(source, source.child("dimension"))
    test = source.expression(source.element, "test") if source.element.get("test") else None

    def apply(state: State, facts: list[int]) -> list[int]:
        axis = chosen.of(state)
        if axis is None:
            return []
        concept = state.subject.taxonomy.concept(axis)
        if concept is None or concept.kind != "dimension" or concept.typed_domain is None:
            raise XPathError("xbrldfe:invalidTypedDimensionQName", f"{axis.clark} is no typed dimension")

        def passes(state: State, context: Any) -> bool:
            if not isinstance(context.dimensions.get(axis), TypedMember):
                return False
            if test is None:
                return True
            element = dimension_element(state.subject, context, axis)
            return element is not None and holds(test, state, state.subject.tree.node(element))

        return contexts_where(passes)(state, facts)

    depends = [*chosen.depends, *(test.names if test is not None else ())]
    return Filter(source.node, apply, depends=depends, covers=_axis_cover(chosen))


READERS = {
    (F_DIMENSION, "explicitDimension"): _explicit,
    (F_DIMENSION, "typedDimension"): _typed,
}
__all__ = ["READERS", "facts_where"]
