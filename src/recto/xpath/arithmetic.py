"""Arithmetic of atomic values: numbers, dates and durations (XPath 2.0, 3.4)."""

from __future__ import annotations

import math
from decimal import Decimal, DivisionByZero, InvalidOperation, Overflow, localcontext
from typing import Any

from recto.xpath.errors import MOST_BITS, XPathError
from recto.xpath.temporal import Duration, Temporal
from recto.xpath.values import DECIMALS, Untyped, cast, is_number, narrowed, promoted, type_name


def add(left: Decimal, right: Decimal) -> Decimal:
    """The sum of two decimals. Raises `XPathError` FOAR0002."""
    try:
        return DECIMALS.add(left, right)
    except (InvalidOperation, Overflow):
        raise XPathError("FOAR0002", "the number is out of reach") from None


def arithmetic(left: Any, right: Any, operator: str) -> Any:
    """`+ - * div idiv mod` of two atomic values (XPath 2.0, 3.4)."""
    if type(left) is Untyped:
        left = cast(left, "double")
    if type(right) is Untyped:
        right = cast(right, "double")
    if is_number(left) and is_number(right):
        return _numeric(left, right, operator)
    if isinstance(left, Temporal):
        if isinstance(right, Temporal) and operator == "-" and left.kind == right.kind:
            return left.minus(right)
        if isinstance(right, Duration) and operator in "+-" and right.kind in _ADDED[left.kind]:
            return left.plus(right, 1 if operator == "+" else -1)
    elif isinstance(left, Duration):
        if isinstance(right, Temporal) and operator == "+" and left.kind in _ADDED[right.kind]:
            return right.plus(left)
        return _durations(left, right, operator)
    elif isinstance(right, Duration) and operator == "*" and is_number(left):
        return _durations(right, left, operator)
    raise XPathError("XPTY0004", f"{operator} is not defined for an xs:{type_name(left)} and an xs:{type_name(right)}")


_LENGTHS = frozenset(("yearMonthDuration", "dayTimeDuration"))
_ADDED = {"date": _LENGTHS, "dateTime": _LENGTHS, "time": frozenset(("dayTimeDuration",))}
"""Kinds of durations that are added to dates and times."""


def _durations(left: Duration, right: Any, operator: str) -> Any:
    kind = left.kind
    if kind == "duration":
        raise XPathError("XPTY0004", "an xs:duration cannot be reckoned with")
    if isinstance(right, Duration) and right.kind == kind:
        if operator in "+-":
            sign = 1 if operator == "+" else -1
            return Duration(kind, left.months + sign * right.months, left.seconds + sign * right.seconds)
        if operator == "div":
            over, under = (
                (Decimal(left.months), Decimal(right.months))
                if kind == "yearMonthDuration"
                else (left.seconds, right.seconds)
            )
            return _numeric(over, under, "div")
    if is_number(right) and operator in ("*", "div"):
        if isinstance(right, float) and math.isnan(right):
            raise XPathError("FOCA0005", "NaN makes no duration")
        if operator == "div" and isinstance(right, float) and math.isinf(right):
            return Duration(kind, 0, Decimal(0))
        if (isinstance(right, float) and math.isinf(right)) or (operator == "div" and right == 0):
            raise XPathError("FODT0002", "the duration is out of reach")
        try:
            factor = cast(right, "decimal")
            scaled = _numeric(Decimal(left.months), factor, operator), _numeric(left.seconds, factor, operator)
            months = int((scaled[0] + Decimal("0.5")).to_integral_value(rounding="ROUND_FLOOR"))
            return Duration(kind, months if kind == "yearMonthDuration" else 0, Decimal(scaled[1]))
        except (ArithmeticError, ValueError):
            raise XPathError("FODT0002", "the duration is out of reach") from None
    raise XPathError("XPTY0004", f"{operator} is not defined for an xs:{kind} and an xs:{type_name(right)}")


def _numeric(left: Any, right: Any, operator: str) -> Any:
    if isinstance(left, float) or isinstance(right, float):
        return _floating(left, right, operator)
    try:
        with localcontext(DECIMALS):
            if operator == "div":
                if right == 0:
                    raise XPathError("FOAR0001", "division by zero")
                return Decimal(left) / Decimal(right)
            if operator in ("idiv", "mod"):
                if right == 0:
                    raise XPathError("FOAR0001", "division by zero")
                if type(left) is int and type(right) is int:
                    whole = abs(left) // abs(right)
                    whole = whole if (left < 0) == (right < 0) else -whole
                    return whole if operator == "idiv" else left - whole * right
                left, right = Decimal(left), Decimal(right)
                return int(left / right) if operator == "idiv" else left % right
            if type(left) is not type(right):
                left, right = Decimal(left), Decimal(right)
            made = left + right if operator == "+" else left - right if operator == "-" else left * right
    except InvalidOperation:
        raise XPathError("FOAR0002", "the number is out of reach") from None
    except (Overflow, DivisionByZero):
        raise XPathError("FOAR0002", "the number is out of reach") from None
    if type(made) is int and made.bit_length() > MOST_BITS:
        raise XPathError("FOAR0002", "the whole number is too long")
    return made


def _floating(left: Any, right: Any, operator: str) -> Any:
    narrow = not (type(left) is float or type(right) is float)
    left, right = promoted([left, right])
    try:
        if operator == "+":
            made = left + right
        elif operator == "-":
            made = left - right
        elif operator == "*":
            made = left * right
        elif operator == "div":
            if right == 0:
                made = (
                    math.nan
                    if left == 0 or math.isnan(left)
                    else math.copysign(math.inf, left) * math.copysign(1, right)
                )
            else:
                made = left / right
        elif operator == "mod":
            made = math.nan if right == 0 or math.isinf(left) else left if math.isinf(right) else math.fmod(left, right)
        else:
            if right == 0:
                raise XPathError("FOAR0001", "division by zero")
            if math.isnan(left) or math.isnan(right) or math.isinf(left):
                raise XPathError("FOAR0002", "no whole number")
            return int(left / right)
    except OverflowError:
        made = math.inf
    return narrowed(made) if narrow else made
