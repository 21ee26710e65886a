"""Consistency assertions: facts that formulas give, compared to what is reported (Consistency assertions 1.0, 3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

from recto.formula.functions.equality import decimals_of
from recto.formula.names import CONSISTENCY
from recto.formula.output import Produced
from recto.formula.subject import FactNode
from recto.instance.columns import Profile, unit_key
from recto.names import QName
from recto.xpath import XPathError
from recto.xpath.values import Value, atomize, cast, is_number, one_or_list


def check(evaluator: Any, assertion: Any, result: Any, made: Any, evaluation: Any, run: Any, derived: Produced) -> None:
    """Compares a derived fact to all facts of the source instance with the same aspects."""
    subject = evaluator.subject
    profile = Profile(dimensional=made.dimensional)
    columns = subject.columns
    wanted = columns.context_key(derived.fact.context, profile)
    unit = unit_key(derived.fact.unit) if derived.fact.unit is not None else None
    found: list[FactNode] = []
    for at in columns.by_concept.get(derived.fact.qname, ()):
        fact = columns.facts[at]
        if (
            fact.valid
            and not fact.nil  # those that are nil are no part of the assertion's data (3.1)
            and columns.context_key(fact.context, profile) == wanted
            and (unit_key(fact.unit) if fact.unit is not None else None) == unit
        ):
            found.append(subject.node(fact))
    variables = dict(evaluation.variables)
    for name, own in assertion.parameters.items():
        if own in evaluator.parameters:
            variables[name] = evaluator.parameters[own]
    facts = tuple(node.fact for node in evaluation.facts())
    variables[_MATCHED] = one_or_list(list(found))
    for name in _EXPRESSIONS:
        variables[_told(f"{name}-expression")] = assertion.node.element.get(_attribute(name)) or []
    variables[_RADIUS] = []
    if not found:
        if assertion.strict and derived.fact.nil:
            result.satisfied += 1
            evaluator._satisfied(assertion, run, variables, result)
        elif assertion.strict:
            evaluator._unsatisfied(assertion, run, variables, facts, result)
        return
    try:
        radius = _radius(assertion, derived, run, variables)
    except XPathError as error:
        result.failed += 1
        result.reason = result.reason or error.message
        evaluator._error(error.code, f"{assertion.label}: {error.message}", assertion.node)
        return
    if radius is not None:
        variables[_RADIUS] = radius if radius.is_finite() else float("inf")
    for node in found:
        same = consistent(node, derived, radius)
        if same is None:
            continue
        if same:
            result.satisfied += 1
            evaluator._satisfied(assertion, run, variables, result)
        else:
            evaluator._unsatisfied(assertion, run, variables, (node.fact, *facts), result)


def _told(name: str) -> str:
    return QName(CONSISTENCY, name).clark


def _attribute(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(map(str.title, rest))


_EXPRESSIONS = ("absolute-acceptance-radius", "proportional-acceptance-radius")
_MATCHED, _RADIUS = _told("aspect-matched-facts"), _told("acceptance-radius")
"""What messages of consistency assertions may ask for (Validation messages 1.0, 4)."""


def consistent(node: FactNode, derived: Produced, radius: Decimal | None) -> bool | None:
    """Whether a reported fact agrees with a derived one, within a radius if there is one; None where that cannot be
    told.
    """
    reported, given = node.fact, derived.fact
    if reported.nil or given.nil:
        return reported.nil and given.nil
    if not reported.is_numeric:
        return bool(node.atom == derived.node.atom or " ".join(reported.value.split()) == " ".join(given.value.split()))
    left, right = reported.number, given.number
    if left is None or right is None:
        return False
    if radius is not None:
        return bool(abs(left - right) <= radius)
    places = [decimals_of(node), decimals_of(derived.node)]
    if any(fact.precision == 0 for fact in (reported, given)) or None in places:
        return None
    known = [place for place in places if place != "INF"]
    if not known:
        return left == right
    with localcontext() as context:
        context.prec = 400
        quantum = Decimal(1).scaleb(-min(known))
        return left.quantize(quantum, ROUND_HALF_UP) == right.quantize(quantum, ROUND_HALF_UP)


def _radius(assertion: Any, derived: Produced, run: Any, variables: Any) -> Decimal | None:
    """How far a reported number may be from a derived one; None where that is for their accuracies to say."""
    expression, number = assertion.absolute or assertion.proportional, derived.fact.number
    if expression is None or number is None or derived.fact.nil or not derived.fact.is_numeric:
        return None
    value: Value = atomize(expression(run, variables, derived.node))
    if type(value) is list:
        raise XPathError("XPTY0004", "the acceptance radius is no single number")
    given = value if is_number(value) else cast(value, "decimal")
    if given != given or abs(given) == float("inf"):
        return Decimal("Infinity")
    radius: Decimal = cast(given, "decimal")
    return abs(radius * number) if assertion.proportional is not None else radius
