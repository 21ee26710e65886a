"""One evaluation of a variable set, as expressions, messages and output facts see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.formula.bind import FALLBACK, Binder, Row
from recto.formula.subject import FactNode
from recto.xpath.values import Value, one_or_list


class Evaluation:
    """One evaluation, as expressions and messages see it."""

    __slots__ = ("_variables", "binder", "row")

    def __init__(self, binder: Binder, row: Row):
        self.binder = binder
        self.row = row
        self._variables: dict[str, Value] | None = None

    @property
    def variables(self) -> dict[str, Value]:
        """The values of variables and parameters by name."""
        if self._variables is None:
            self._variables = self.binder.variables_of(self.row)
        return self._variables

    def facts(self) -> Iterator[FactNode]:
        """All facts that are bound, each once."""
        seen = set()
        for at, entry in enumerate(self.row):
            bound = self.binder.bound[at]
            if bound.variable.fact and entry is not FALLBACK:
                for each in entry:
                    if (bound.subject, each) not in seen:
                        seen.add((bound.subject, each))
                        yield bound.subject.node(bound.subject.columns.facts[each])

    def fell_back(self, name: str) -> bool | None:
        """Whether a fact variable fell back; None for what is no fact variable."""
        at = self.binder.place.get(name)
        if at is None or not self.binder.bound[at].variable.fact:
            return None
        return self.row[at] is FALLBACK

    def first_uncovered(self, wanted: Any) -> FactNode | None:
        """The first bound fact whose variable leaves an aspect uncovered."""
        for at, entry in enumerate(self.row):
            bound = self.binder.bound[at]
            if bound.variable.fact and entry is not FALLBACK and entry and bound.uncovered is not None:
                if wanted(bound.uncovered):
                    return bound.subject.node(bound.subject.columns.facts[entry[0]])
        return None

    def uncovered(self, aspect: str) -> Value:
        """The value of an aspect that the evaluation leaves uncovered; empty where there is none (xff)."""
        from recto.formula.functions.contexts import _container
        from recto.xpath.values import QNameValue

        field = {
            "entity-identifier": "entity",
            "complete-segment": "segment",
            "complete-scenario": "scenario",
            "non-XDT-segment": "segment",
            "non-XDT-scenario": "scenario",
        }.get(aspect, aspect)
        node = self.first_uncovered(lambda profile: getattr(profile, field))
        if node is None:
            return []
        fact, subject = node.fact, node.subject
        if aspect == "concept":
            return QNameValue(fact.qname, fact.concept.prefix if fact.concept is not None else "")
        if aspect == "location":
            return node.parent
        if fact.context is None:
            return []
        if aspect == "entity-identifier":
            return subject.part("identifier", fact.context)
        if aspect == "period":
            return subject.part("period", fact.context)
        if aspect == "unit":
            return subject.part("unit", fact.unit) if fact.unit is not None else []
        part = _container(subject, fact.context, field)
        if aspect.startswith("complete") or type(part) is list:
            return part
        from recto.names import XBRLDI

        inner = [child for child in part.children() if child.kind == "element" and XBRLDI not in child.name]
        return one_or_list(inner)

    def uncovered_dimension(self, axis: Any) -> Value:
        from recto.formula.functions.dimensions import explicit_member
        from recto.formula.functions.library import name_value
        from recto.instance.model import TypedMember

        node = self.first_uncovered(lambda profile: profile.dimensional and (axis in profile.axes) is profile.only)
        if node is None:
            return []
        context = node.fact.context
        member = context.dimensions.get(axis) if context is not None else None
        if isinstance(member, TypedMember):
            return node.subject.typed_member(member)
        name = explicit_member(node, axis)
        return name_value(node.subject, name) if name is not None else []

    def uncovered_aspects(self) -> list[str]:
        names = [
            "concept",
            "location",
            "entity-identifier",
            "period",
            "unit",
            *(
                ("non-XDT-segment", "non-XDT-scenario")
                if self.binder.made.dimensional
                else ("complete-segment", "complete-scenario")
            ),
        ]
        return [name for name in names if type(self.uncovered(name)) is not list or self.uncovered(name)]

    def uncovered_dimensions(self) -> list[Any]:
        found: dict[Any, None] = {}
        for at, entry in enumerate(self.row):
            bound = self.binder.bound[at]
            if bound.variable.fact and entry is not FALLBACK and entry and bound.uncovered is not None:
                fact = bound.subject.columns.facts[entry[0]]
                for axis in fact.dimensions:
                    if bound.uncovered.dimensional and (axis in bound.uncovered.axes) is bound.uncovered.only:
                        found[axis] = None
        return list(found)
