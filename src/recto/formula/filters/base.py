"""What all filters have in common (Variables 1.0, 2.4)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from typing import Any

from recto.formula.compiler import Compiler, Run, resolve
from recto.formula.names import (
    F_BOOLEAN,
    F_CONCEPT,
    F_COVER,
    F_DIMENSION,
    F_ENTITY,
    F_GENERAL,
    F_MATCH,
    F_PERIOD,
    F_RELATION,
    F_RELATIVE,
    F_SEGMENT,
    F_TUPLE,
    F_UNIT,
    F_VALUE,
)
from recto.formula.subject import Subject
from recto.instance.columns import Columns, Profile
from recto.instance.model import Context, Fact, Unit
from recto.names import QName
from recto.taxonomy.nodes import Element, Node
from recto.xpath import Expression, XPathError
from recto.xpath.values import QNameValue, Value, boolean, items


class State:
    """What a filter is applied in: the instance, and the variables bound so far."""

    __slots__ = ("columns", "run", "subject", "uncovered", "variables")

    def __init__(self, subject: Subject, run: Run, variables: Mapping[str, Value]):
        self.subject = subject
        self.columns: Columns = subject.columns
        self.run = run
        self.variables = variables
        self.uncovered: Profile | None = None
        """What the variable being bound leaves uncovered, for relative filters."""


class Cover:
    """Aspects that a filter covers. `axes`: dimensions; `all_axes`: all of them but `axes`, which are left out."""

    __slots__ = ("all_axes", "aspects", "axes")

    def __init__(self, aspects: Iterable[str] = (), axes: Iterable[QName] = (), all_axes: bool = False):
        self.aspects = frozenset(aspects)
        self.axes = frozenset(axes)
        self.all_axes = all_axes


NOTHING = Cover()
Apply = Callable[[State, list[int]], list[int]]


class Filter:
    """A filter. `covers` may depend on expressions, hence on parameters and variables."""

    __slots__ = ("apply", "covers", "depends", "node", "own_complement", "stated")

    def __init__(
        self,
        node: Node,
        apply: Apply,
        *,
        depends: Iterable[str] = (),
        covers: Callable[[State], Cover] | Cover = NOTHING,
        own_complement: Callable[[State, list[int]], list[int]] | None = None,
    ):
        self.node = node
        self.apply = apply
        self.depends = frozenset(depends)
        self.covers = covers
        self.own_complement = own_complement
        self.stated: frozenset[Any] = frozenset()
        """Of an aspect cover filter: the aspects and dimensions that it names."""
        """How its complement is formed, where that is not all other facts."""

    def cover(self, state: State) -> Cover:
        return self.covers(state) if callable(self.covers) else self.covers


class Use:
    """A filter as a relationship uses it."""

    __slots__ = ("complement", "covers", "filter")

    def __init__(self, filter: Filter, complement: bool = False, covers: bool = True):
        self.filter = filter
        self.complement = complement
        self.covers = covers

    @property
    def depends(self) -> frozenset[str]:
        return self.filter.depends

    def select(self, state: State, facts: list[int]) -> list[int]:
        if not facts:
            return facts
        if not self.complement:
            return self.filter.apply(state, facts)
        if self.filter.own_complement is not None:
            return self.filter.own_complement(state, facts)
        kept = set(self.filter.apply(state, facts))
        return [at for at in facts if at not in kept]


class Source:
    """What filters are read from: the node, the compiler, and the filters below a boolean filter."""

    def __init__(self, node: Node, compiler: Compiler, below: Callable[[Node], list[Use]]):
        self.node = node
        self.element: Element = node.element
        self.compiler = compiler
        self.below = below

    def expression(self, element: Element, attribute: str | None = None) -> Expression:
        return self.compiler.of(element, attribute, self.node)

    def children(self, local: str) -> list[Element]:
        return [child for child in self.element.children if child.name.local == local]

    def child(self, local: str) -> Element | None:
        return next(iter(self.children(local)), None)

    def variable(self, text: str | None, element: Element | None = None) -> str:
        from recto.formula.compiler import variable_name

        element = element or self.element
        name = variable_name(text or "", element.namespaces)
        if name is None:
            raise XPathError("XPST0081", f"the prefix of {text!r} is bound to nothing")
        return name


Names = Callable[[State], tuple[QName, ...]]


class Chosen:
    """A name given by `qname` or `qnameExpression`."""

    __slots__ = ("expression", "name")

    def __init__(self, source: Source, holder: Element | None):
        self.name: QName | None = None
        self.expression: Expression | None = None
        for child in holder.children if holder is not None else ():
            if child.name.local == "qname":
                self.name = resolve(child.string, child.namespaces, child.namespaces.get("", ""))
                if self.name is None:
                    raise XPathError("XPST0081", f"the prefix of {child.string!r} is bound to nothing")
            elif child.name.local == "qnameExpression":
                self.expression = source.expression(child)

    @property
    def depends(self) -> tuple[str, ...]:
        return self.expression.names if self.expression is not None else ()

    def of(self, state: State) -> QName | None:
        if self.expression is None:
            return self.name
        value = self.expression(state.run, state.variables, state.subject.root)
        value = items(value)[0] if type(value) is list and value else value
        if isinstance(value, QNameValue):
            return value.name
        if type(value) is list:
            return None
        raise XPathError("XPTY0004", "the expression gives no xs:QName")


def facts_where(test: Callable[[State, Fact], bool]) -> Apply:
    def apply(state: State, facts: list[int]) -> list[int]:
        all_facts = state.columns.facts
        return [at for at in facts if test(state, all_facts[at])]

    return apply


def contexts_where(test: Callable[[State, Context], bool]) -> Apply:
    """For tests on contexts, made once for each."""

    def apply(state: State, facts: list[int]) -> list[int]:
        known: dict[int, bool] = {}
        all_facts = state.columns.facts
        kept = []
        for at in facts:
            context = all_facts[at].context
            if context is None:
                continue
            passed = known.get(id(context))
            if passed is None:
                passed = known[id(context)] = test(state, context)
            if passed:
                kept.append(at)
        return kept

    return apply


def units_where(test: Callable[[State, Unit], bool]) -> Apply:
    def apply(state: State, facts: list[int]) -> list[int]:
        known: dict[int, bool] = {}
        all_facts = state.columns.facts
        kept = []
        for at in facts:
            unit = all_facts[at].unit
            if unit is None:
                continue
            passed = known.get(id(unit))
            if passed is None:
                passed = known[id(unit)] = test(state, unit)
            if passed:
                kept.append(at)
        return kept

    return apply


def concepts_where(test: Callable[[State, Any], bool]) -> Apply:
    """For tests on concepts, made once for each."""

    def apply(state: State, facts: list[int]) -> list[int]:
        known: dict[QName, bool] = {}
        all_facts = state.columns.facts
        kept = []
        for at in facts:
            fact = all_facts[at]
            passed = known.get(fact.qname)
            if passed is None:
                passed = known[fact.qname] = fact.concept is not None and test(state, fact.concept)
            if passed:
                kept.append(at)
        return kept

    return apply


def holds(expression: Expression, state: State, item: Any) -> bool:
    state.run.budget.tick()
    return boolean(expression(state.run, state.variables, item))


_ROOM = "recto.formula.filters"
_MODULES = {
    F_CONCEPT: f"{_ROOM}.concepts",
    F_RELATION: f"{_ROOM}.relations",
    F_BOOLEAN: f"{_ROOM}.combined",
    F_COVER: f"{_ROOM}.combined",
    F_GENERAL: f"{_ROOM}.combined",
    F_VALUE: f"{_ROOM}.combined",
    F_RELATIVE: f"{_ROOM}.matching",
    F_MATCH: f"{_ROOM}.matching",
    F_TUPLE: f"{_ROOM}.tuples",
    F_DIMENSION: f"{_ROOM}.dimensions",
    F_SEGMENT: f"{_ROOM}.contexts",
    F_ENTITY: f"{_ROOM}.contexts",
    F_PERIOD: f"{_ROOM}.contexts",
    F_UNIT: f"{_ROOM}.contexts",
}


def read_filter(node: Node, compiler: Compiler, below: Callable[[Node], list[Use]]) -> Filter | None:
    """The filter that a resource is; None for what is none. Raises `XPathError` for errors of its expressions."""
    name = node.name
    module = _MODULES.get(name.namespace)
    if module is None:
        return None
    readers = (sys.modules.get(module) or import_module(module)).READERS
    reader = readers.get((name.namespace, name.local))
    return reader(Source(node, compiler, below)) if reader is not None else None
