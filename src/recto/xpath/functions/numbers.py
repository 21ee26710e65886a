"""Functions on numbers (XPath functions, 6.4)."""

from __future__ import annotations

import math
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any

from recto.xpath import values
from recto.xpath.context import Dynamic
from recto.xpath.errors import XPathError
from recto.xpath.functions.registry import declare
from recto.xpath.values import Value

_WIDE = Context(prec=400)


@declare("fn:abs", "numeric?")
def _abs(dynamic: Dynamic, value: Value) -> Value:
    return value if type(value) is list else type(value)(abs(value))


@declare("fn:ceiling", "numeric?")
def _ceiling(dynamic: Dynamic, value: Value) -> Value:
    return _whole(value, math.ceil)


@declare("fn:floor", "numeric?")
def _floor(dynamic: Dynamic, value: Value) -> Value:
    return _whole(value, math.floor)


def _whole(value: Value, to: Any) -> Value:
    if type(value) is list or type(value) is int:
        return value
    if isinstance(value, float):
        return type(value)(math.copysign(to(value), value)) if math.isfinite(value) else value
    return Decimal(to(value))


@declare("fn:round", "numeric?", "xs:integer", least=1)
def _round(dynamic: Dynamic, value: Value, digits: int = 0) -> Value:
    if type(value) is list or (type(value) is int and digits >= 0):
        return value
    if isinstance(value, float):
        if not math.isfinite(value) or value == 0:
            return value
        made = float(_half_up(Decimal(repr(float(value))), digits))
        return type(value)(math.copysign(made, value) if made == 0 else made)
    made_ = _half_up(Decimal(value), digits)
    return int(made_) if type(value) is int else made_


def _quantum(digits: int) -> Decimal:
    return Decimal(1).scaleb(-max(min(digits, 350), -350))


def _half_up(value: Decimal, digits: int) -> Decimal:
    quantum = _quantum(digits)
    try:
        return ((value / quantum + Decimal("0.5")).quantize(Decimal(1), ROUND_FLOOR, _WIDE) * quantum).quantize(
            min(quantum, Decimal(1)), context=_WIDE
        )
    except InvalidOperation:
        return value


@declare("fn:round-half-to-even", "numeric?", "xs:integer", least=1)
def _round_half_to_even(dynamic: Dynamic, value: Value, digits: int = 0) -> Value:
    if type(value) is list:
        return value
    if isinstance(value, float) and (not math.isfinite(value) or value == 0):
        return value
    exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    try:
        made = exact.quantize(_quantum(digits), ROUND_HALF_EVEN, _WIDE)
    except InvalidOperation:
        made = exact
    if type(value) is int:
        return int(made)
    return type(value)(float(made)) if isinstance(value, float) else made


@declare("fn:number", "xs:anyAtomicType?", least=0, context=True)
def _number(env: list[Any], static: Any, given: list[Value]) -> Value:
    from recto.xpath.context import focus

    value = given[0] if given else values.atomize(focus(env))
    if type(value) is list:
        return math.nan
    try:
        return float(values.cast(value, "double"))
    except XPathError:
        return math.nan
