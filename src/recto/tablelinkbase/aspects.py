"""Aspects and their values as tables constrain them, read from the aspect rules of rule nodes (Formula 1.0, 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from recto.findings import Finding
from recto.findings.catalogue import found
from recto.formula.compiler import resolve
from recto.formula.given import measures, moment, reduced, text
from recto.formula.names import FORMULA
from recto.instance.contexts import canonical, typed_member
from recto.instance.model import Context, Fact, Period, TypedMember
from recto.names import XBRLDI, QName
from recto.taxonomy.nodes import Element
from recto.xpath import XPathError
from recto.xpath.nodes import ElementNode
from recto.xpath.values import QNameValue, atomize, items

Aspect = str | QName
"""`concept`, `entity`, `period`, `unit`, `segment`, `scenario` (what these hold besides dimensions), or a dimension."""
Value = Any
"""By aspect: QName; (scheme, identifier); `Period`; (numerators, denominators); canonical XML of each element;
of a dimension a QName, a `TypedMember`, or None: absent, or its default.
"""
Evaluate = Callable[[Element, str | None], Any]
"""Evaluates the expression in an attribute, or in the text, of an element."""

PLAIN = ("concept", "entity", "period", "unit", "segment", "scenario")


def value_key(value: Value) -> Hashable:
    """Equal for values that are equal."""
    if isinstance(value, TypedMember):
        return (value.element, value.values, value.nil)
    if isinstance(value, Period):
        return (value.start, value.end)
    return value  # type: ignore[no-any-return]


def fact_value(fact: Fact, aspect: Aspect) -> Value:
    """A fact's value of an aspect; None where it has none."""
    if isinstance(aspect, QName):
        return fact.dimensions.get(aspect)
    if aspect == "concept":
        return fact.qname
    if aspect == "unit":
        return (
            None if fact.unit is None else (tuple(sorted(fact.unit.numerators)), tuple(sorted(fact.unit.denominators)))
        )
    context = fact.context
    if context is None:
        return None
    return context_value(context, aspect)


def context_value(context: Context, aspect: str) -> Value:
    if aspect == "entity":
        return (context.scheme, context.identifier)
    if aspect == "period":
        return context.period
    return context.segment_other if aspect == "segment" else context.scenario_other


class RuleFault(Exception):
    """A rule or node that gives no value: a code with the arguments of its sentence, and the node where it is known."""

    def __init__(self, code: str, at: Any = None, **arguments: Any):
        super().__init__(code)
        self.code = code
        self.at = at
        self.arguments = arguments

    def told(self, subject: str, at: Any) -> Finding:
        """As a finding. `at`: where it is, where the fault does not know."""
        place = self.at or at
        if "reason" in self.arguments:  # an error of an expression, with a code of its own
            message = f"{subject}: {self.arguments['reason']}"
            return Finding(self.code, "error", message, place.document, place.line)
        return found(self.code, subject, document=place.document, line=place.line, **self.arguments)


def read_rules(elements: tuple[Element, ...], evaluate: Evaluate, taxonomy: Any) -> dict[Aspect, Value]:
    """What the rules of one set constrain. Raises `RuleFault`, and `XPathError` of their expressions."""
    values: dict[Aspect, Value] = {}
    for element in elements:
        if element.name.namespace != FORMULA:
            raise RuleFault("xbrlte:unrecognisedAspectRule", rule=element.name.clark)
        for aspect, value in _rule(element, evaluate, taxonomy):
            if aspect in values:
                raise RuleFault("xbrlte:multipleValuesForAspect", aspect=name_of(aspect))
            values[aspect] = value
    return values


def name_of(aspect: Aspect) -> str:
    """An aspect as messages name it."""
    return aspect if isinstance(aspect, str) else aspect.local


def _rule(element: Element, evaluate: Evaluate, taxonomy: Any) -> list[tuple[Aspect, Value]]:
    name = element.name.local
    if name == "concept":
        return [("concept", _concept(element, evaluate, taxonomy))]
    if name == "entityIdentifier":
        if element.get("scheme") is None or element.get("value") is None:
            raise _incomplete("entity")
        return [("entity", (text(evaluate(element, "scheme")), text(evaluate(element, "value"))))]
    if name == "period":
        return [("period", _period(element, evaluate))]
    if name == "unit":
        return [("unit", _unit(element, evaluate))]
    if name == "explicitDimension":
        return [_explicit(element, evaluate, taxonomy)]
    if name == "typedDimension":
        return [_typed_dimension(element, evaluate, taxonomy)]
    if name in ("occEmpty", "occFragments", "occXpath"):
        return [_occ(element, evaluate)]
    raise RuleFault("xbrlte:unrecognisedAspectRule", rule=element.name.clark)


def _incomplete(aspect: str) -> RuleFault:
    return RuleFault("xbrlte:incompleteAspectRule", aspect=aspect)


def qname_in(holder: Element, evaluate: Evaluate, aspect: str) -> QName:
    """The name that a `qname` or `qnameExpression` below an element gives."""
    for child in holder.children:
        name: QName | None = None
        if child.name.local == "qname":
            name = resolve(child.string, child.namespaces, child.namespaces.get("", ""))
        elif child.name.local == "qnameExpression":
            value = atomize(evaluate(child, None))
            name = value.name if isinstance(value, QNameValue) else None
        if name is None:
            raise RuleFault("xbrlte:invalidQNameAspectValue", name=child.string.strip(), aspect=aspect)
        return name
    raise _incomplete(aspect)


def _concept(element: Element, evaluate: Evaluate, taxonomy: Any) -> QName:
    name = qname_in(element, evaluate, "concept")
    concept = taxonomy.concept(name)
    if concept is None or concept.kind not in ("item", "tuple"):
        raise RuleFault("xbrlte:invalidQNameAspectValue", name=name.clark, aspect="concept")
    return name


def _dimension(element: Element, taxonomy: Any, *, typed: bool) -> QName:
    name = resolve(element.get("dimension") or "", element.namespaces, element.namespaces.get("", ""))
    concept = taxonomy.concept(name) if name is not None else None
    if (
        name is None
        or concept is None
        or concept.kind != "dimension"
        or (concept.typed_domain is not None) is not typed
    ):
        kind = "typed dimension" if typed else "explicit dimension"
        raise RuleFault("xbrlte:invalidQNameAspectValue", name=element.get("dimension"), aspect=kind)
    return name


def _explicit(element: Element, evaluate: Evaluate, taxonomy: Any) -> tuple[QName, Value]:
    if not element.children:
        raise _incomplete(element.get("dimension") or "")
    axis = _dimension(element, taxonomy, typed=False)
    child = element.children[0]
    if child.name.local == "omit":
        return axis, None
    member = qname_in(child if child.name.local == "member" else element, evaluate, axis.local)
    concept = taxonomy.concept(member)
    if concept is None or concept.kind != "item":
        raise RuleFault("xbrlte:invalidQNameAspectValue", name=member.clark, aspect=axis.local)
    return axis, member_value(taxonomy, axis, member)


def member_value(taxonomy: Any, axis: QName, member: QName) -> QName | None:
    """A member as facts state it: a dimension's default is not stated."""
    dimension = taxonomy.concept(axis)
    default = taxonomy.default_member(dimension) if dimension is not None else None
    return None if default is not None and default.qname is member else member


def _typed_dimension(element: Element, evaluate: Evaluate, taxonomy: Any) -> tuple[QName, Value]:
    if not element.children:
        raise _incomplete(element.get("dimension") or "")
    axis = _dimension(element, taxonomy, typed=True)
    child = element.children[0]
    if child.name.local == "omit":
        return axis, None
    if child.name.local == "value":
        if not child.children:
            raise _incomplete(axis.local)
        return axis, typed_member(child.children[0].to_xml())
    nodes = items(evaluate(child, None))
    if len(nodes) != 1 or not isinstance(nodes[0], ElementNode):
        raise XPathError("xbrlfe:wrongXpathResultForTypedDimensionRule", "the rule gives no element")
    return axis, typed_member(nodes[0].element)


def _period(element: Element, evaluate: Evaluate) -> Period:
    for child in element.children:
        name = child.name.local
        if name == "forever":
            return Period(None, None)
        if name == "instant" and child.get("value") is not None:
            return Period(None, moment(evaluate(child, "value"), end=True))
        if name == "duration" and child.get("start") is not None and child.get("end") is not None:
            return Period(moment(evaluate(child, "start"), end=False), moment(evaluate(child, "end"), end=True))
    raise _incomplete("period")


def _unit(element: Element, evaluate: Evaluate) -> tuple[tuple[QName, ...], tuple[QName, ...]]:
    over: list[QName] = []
    under: list[QName] = []
    for child in element.children:
        if child.name.local not in ("multiplyBy", "divideBy"):
            continue
        if child.get("measure") is None:
            raise _incomplete("unit")
        (over if child.name.local == "multiplyBy" else under).extend(measures(evaluate(child, "measure")))
    if not over and not under:
        raise _incomplete("unit")
    above, below = reduced(over, under)
    return tuple(sorted(above)), tuple(sorted(below))


def _occ(element: Element, evaluate: Evaluate) -> tuple[str, tuple[str, ...]]:
    container = element.get("occ") or "segment"
    name = element.name.local
    pieces: list[Any] = []
    if name == "occFragments":
        pieces = [child.to_xml() for child in element.children]
    elif name == "occXpath":
        for node in items(evaluate(element, "select")):
            if not isinstance(node, ElementNode):
                raise XPathError("xbrlfe:badSubsequentOCCValue", "what goes into a segment or scenario is no element")
            pieces.append(node.element)
    if any(piece.tag.startswith(f"{{{XBRLDI}}}") for piece in pieces):
        raise XPathError("xbrlfe:badSubsequentOCCValue", "a rule for the rest of a segment gives a dimension")
    return container, tuple(canonical(piece) for piece in pieces)
