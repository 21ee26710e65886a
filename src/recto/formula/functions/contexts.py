"""Functions on contexts, periods, entities and units (function registry, 80101 to 80143)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from recto.formula.functions.library import context_of, fact_of, function, item_of, mistyped, part_of
from recto.instance.model import Context, Period
from recto.names import XBRLI, QName
from recto.xpath import Dynamic, XPathError
from recto.xpath.nodes import ElementNode
from recto.xpath.temporal import Temporal
from recto.xpath.values import AnyURI, QNameValue, Value, one_or_list

_MEASURE = f"{{{XBRLI}}}measure"


def _of_item(part: str) -> None:
    """`xfi:period` and its like: a part of an item's context."""

    @function(f"xfi:{part}", "node()")
    def found(dynamic: Dynamic, node: Value) -> Value:
        return item_of(node).subject.part(part, context_of(node))


for _part in ("context", "period", "entity", "identifier"):
    _of_item(_part)


def _of_part(whole: str, part: str) -> None:
    """`xfi:context-period` and its like: a part of a part of a context."""

    @function(f"xfi:{whole}-{part}", "node()")
    def found(dynamic: Dynamic, node: Value) -> Value:
        outer = part_of(node, whole)
        return outer.subject.part(part, outer.owner)


for _whole, _part in (
    ("context", "period"),
    ("context", "entity"),
    ("context", "identifier"),
    ("entity", "identifier"),
):
    _of_part(_whole, _part)


@function("xfi:unit", "node()")
def _unit(dynamic: Dynamic, node: Value) -> Value:
    fact = item_of(node)
    return fact.subject.part("unit", fact.fact.unit) if fact.fact.unit is not None else []


def _measures(node: Value, wanted: str) -> list[Any]:
    unit = part_of(node, "unit")
    element = unit.element
    divide = element.find(f"{{{XBRLI}}}divide")
    if divide is None:
        found = list(element.iterchildren(_MEASURE)) if wanted == "unitNumerator" else []
    else:
        found = list(divide.iter(_MEASURE))
        found = [each for each in found if each.getparent().tag == f"{{{XBRLI}}}{wanted}"]
    return [unit.tree.node(each) for each in found]


@function("xfi:unit-numerator", "node()")
def _unit_numerator(dynamic: Dynamic, node: Value) -> Value:
    return one_or_list(_measures(node, "unitNumerator"))


@function("xfi:unit-denominator", "node()")
def _unit_denominator(dynamic: Dynamic, node: Value) -> Value:
    return one_or_list(_measures(node, "unitDenominator"))


@function("xfi:measure-name", "node()")
def _measure_name(dynamic: Dynamic, node: Value) -> Value:
    if not isinstance(node, ElementNode) or node.name != _MEASURE:
        raise mistyped("element xbrli:measure")
    prefix, colon, local = node.string.strip().partition(":")
    uri = node.namespaces.get(prefix if colon else "", "")
    return QNameValue(QName(uri, local if colon else prefix), prefix if colon else "")


def _is(name: str, kinds: tuple[str, ...]) -> None:
    @function(name, "node()")
    def test(dynamic: Dynamic, node: Value) -> Value:
        return part_of(node, "period").period.kind in kinds


_is("xfi:is-start-end-period", ("duration",))
_is("xfi:is-forever-period", ("forever",))
_is("xfi:is-duration-period", ("duration", "forever"))
_is("xfi:is-instant-period", ("instant",))


def moment(period: Period, *, start: bool) -> Temporal:
    """Start or end of a period as an xs:dateTime."""
    value = period.start if start and period.start is not None else period.end
    zone = period.zones[0 if start and period.start is not None else 1]
    if value is None:
        raise XPathError("xfie:PeriodIsForever", "the period is forever")
    minutes = None
    if zone:
        minutes = 0 if zone == "Z" else (-1 if zone[0] == "-" else 1) * (int(zone[1:3]) * 60 + int(zone[4:6]))
    return Temporal("dateTime", value, minutes)


@function("xfi:period-start", "node()")
def _period_start(dynamic: Dynamic, node: Value) -> Value:
    return moment(part_of(node, "period").period, start=True)


@function("xfi:period-end", "node()")
def _period_end(dynamic: Dynamic, node: Value) -> Value:
    return moment(part_of(node, "period").period, start=False)


@function("xfi:period-instant", "node()")
def _period_instant(dynamic: Dynamic, node: Value) -> Value:
    period = part_of(node, "period").period
    if period.kind != "instant":
        raise XPathError("xfie:PeriodIsNotInstant", "the period is no instant")
    return moment(period, start=False)


@function("xfi:identifier-value", "node()")
def _identifier_value(dynamic: Dynamic, node: Value) -> Value:
    return part_of(node, "identifier").owner.identifier


@function("xfi:identifier-scheme", "node()")
def _identifier_scheme(dynamic: Dynamic, node: Value) -> Value:
    return AnyURI(part_of(node, "identifier").owner.scheme)


@function("xfi:fact-identifier-value", "node()")
def _fact_identifier_value(dynamic: Dynamic, node: Value) -> Value:
    return context_of(node).identifier


@function("xfi:fact-identifier-scheme", "node()")
def _fact_identifier_scheme(dynamic: Dynamic, node: Value) -> Value:
    return AnyURI(context_of(node).scheme)


def _container(subject: Any, context: Context, name: str) -> Value:
    written = context.segment_other if name == "segment" else context.scenario_other
    has = name == "scenario" and context.has_scenario
    if not has and not written and name not in context.containers.values():
        element = subject.part("context", context).element
        if next(element.iter(f"{{{XBRLI}}}{name}"), None) is None:
            return []
    return subject.part(name, context)


def _holder(name: str) -> None:
    @function(f"xfi:{name}", "node()")
    def of_item(dynamic: Dynamic, node: Value) -> Value:
        return _container(item_of(node).subject, context_of(node), name)

    @function(f"xfi:context-{name}", "node()")
    def of_context(dynamic: Dynamic, node: Value) -> Value:
        part = part_of(node, "context")
        return _container(part.subject, part.owner, name)


_holder("segment")
_holder("scenario")


@function("xfi:entity-segment", "node()")
def _entity_segment(dynamic: Dynamic, node: Value) -> Value:
    part = part_of(node, "entity")
    return _container(part.subject, part.owner, "segment")


def _date_union(value: Any, *, end: bool) -> Any:
    """The moment that an xbrli:dateUnion means: a date at an end is the midnight that ends it."""
    if not isinstance(value, Temporal) or value.kind == "time":
        raise mistyped("date")
    at = value.key
    return at + timedelta(days=1) if end and value.kind == "date" else at


def _dates(name: str, *, end: bool) -> None:
    @function(name, "xs:anyAtomicType", "xs:anyAtomicType")
    def equal(dynamic: Dynamic, left: Value, right: Value) -> Value:
        return _date_union(left, end=end) == _date_union(right, end=end)


_dates("xfi:start-equal", end=False)
_dates("xfi:end-equal", end=True)


@function("xfi:precision", "node()")
def _precision(dynamic: Dynamic, node: Value) -> Value:
    fact = _numeric(node)
    if fact.numerator is not None or fact.precision == "INF" or fact.decimals == "INF":
        return "INF"
    if fact.precision is not None:
        return fact.precision
    number = fact.number
    if fact.decimals is None or number is None:
        raise XPathError("xfie:ItemIsNotNumeric", "the item is reported without accuracy")
    if number == 0:
        return 0
    return max(number.adjusted() + 1 + int(fact.decimals), 0)


@function("xfi:decimals", "node()")
def _decimals(dynamic: Dynamic, node: Value) -> Value:
    fact = _numeric(node)
    if fact.numerator is not None or fact.precision == "INF" or fact.decimals == "INF":
        return "INF"
    if fact.decimals is not None:
        return fact.decimals
    number = fact.number
    if fact.precision is None or number is None:
        raise XPathError("xfie:ItemIsNotNumeric", "the item is reported without accuracy")
    if fact.precision == 0 or number == 0:
        return "INF" if number == 0 else 0
    return int(fact.precision) - (number.adjusted() + 1)


def _numeric(node: Value) -> Any:
    fact = item_of(fact_of(node)).fact
    if not fact.is_numeric:
        raise XPathError("xfie:ItemIsNotNumeric", f"{fact.qname.local} is not numeric")
    return fact
