"""Arithmetic with the numbers of a filing, which XML does not bound: nothing here raises, whatever they are.

Every room that adds, rounds or prints such numbers does it through this one. Comparing finite `Decimal`s is safe as it
is; their other operators are not, since Python's own context rounds to 28 digits and raises.
"""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

from recto import limits
from recto.patterns import lazy
from recto.xsd import SPACE

EXACT = Context(prec=limits.NUMBER_DIGITS, rounding=ROUND_HALF_EVEN, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""Results are exact up to `limits.NUMBER_DIGITS` digits; beyond, they are rounded. What has no result is a NaN."""
ZERO = Decimal(0)
_NUMBER = lazy(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF", re.ASCII)
_SHOWN = 400


def number_of(text: str) -> Decimal | None:
    """The number that a text means as xs:decimal or xs:double, INF included; None for any other text, and for NaN."""
    text = text.strip(SPACE)
    if not text.isdigit() or not text.isascii():
        if _NUMBER.fullmatch(text) is None:
            return None
        text = text.replace("INF", "Infinity")
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent beyond all bounds
        return None


def add(one: Decimal, other: Decimal) -> Decimal:
    """The sum."""
    return EXACT.add(one, other)


def subtract(one: Decimal, other: Decimal) -> Decimal:
    """The difference."""
    return EXACT.subtract(one, other)


def multiply(one: Decimal, other: Decimal) -> Decimal:
    """The product."""
    return EXACT.multiply(one, other)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """The number to so many decimal places (negative: before the point), halves to even. INF and NaN stay."""
    if not number or not number.is_finite() or -int(number.as_tuple().exponent) <= decimals:
        return number
    if -decimals > number.adjusted() + 1:
        return ZERO
    result = EXACT.quantize(number, Decimal((0, (1,), -decimals)))
    return number if result.is_nan() else result


def shown(number: Decimal) -> str:
    """The number for people, `1,234.50`; one with hundreds of digits in exponent form, its first digits alone."""
    if not number.is_finite():
        return "NaN" if number.is_nan() else "-INF" if number < 0 else "INF"
    if abs(number.adjusted()) < _SHOWN and len(number.as_tuple().digits) < _SHOWN:
        return f"{number:,f}"
    return f"{Context(prec=12, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[]).plus(number)}"


def written(number: Decimal) -> str:
    """The number without exponent and grouping where it is of a sensible size, else in exponent form, all digits."""
    if number.is_finite() and abs(number.adjusted()) < limits.DIGITS:
        return f"{number:f}"
    return str(number)
