"""The values that a rounded or truncated number may stand for (Calculations 1.1, 4; OIM Common 1.0, duplicates)."""

from __future__ import annotations

from decimal import Decimal

from msgspec import Struct

from recto import arithmetic
from recto.instance.model import Decimals

_FAR = 100_000
"""Decimals beyond this, either way, make no difference to any number that can be reported."""


class Interval(Struct, frozen=True):
    """All numbers from `low` to `high`; each end may be left out."""

    low: Decimal
    high: Decimal
    low_closed: bool = True
    high_closed: bool = True

    @property
    def empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed))

    def meet(self, other: Interval) -> Interval:
        """The numbers in both intervals."""
        low, low_closed = self.low, self.low_closed
        if other.low > low:
            low, low_closed = other.low, other.low_closed
        elif other.low == low:
            low_closed = low_closed and other.low_closed
        high, high_closed = self.high, self.high_closed
        if other.high < high:
            high, high_closed = other.high, other.high_closed
        elif other.high == high:
            high_closed = high_closed and other.high_closed
        return Interval(low, high, low_closed, high_closed)

    def plus(self, other: Interval) -> Interval:
        """All sums of a number of each interval."""
        return Interval(
            arithmetic.add(self.low, other.low),
            arithmetic.add(self.high, other.high),
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def times(self, weight: Decimal) -> Interval:
        """All products of a number of the interval and the weight."""
        low, high = arithmetic.multiply(self.low, weight), arithmetic.multiply(self.high, weight)
        if weight < 0:
            return Interval(high, low, self.high_closed, self.low_closed)
        return Interval(low, high, self.low_closed, self.high_closed)

    def __str__(self) -> str:
        if self.low == self.high:
            return arithmetic.shown(self.low)
        return f"{arithmetic.shown(self.low)} to {arithmetic.shown(self.high)}"


ZERO = Interval(Decimal(0), Decimal(0))


def interval_of(number: Decimal, decimals: Decimals, *, truncated: bool = False) -> Interval:
    """What a number accurate to so many decimals stands for.

    Rounded to nearest, half a unit of the last decimal to either side, both ends included; truncated, up to one unit
    further away from zero, that end left out (Calculations 1.1, 4).
    """
    if decimals == "INF" or not number.is_finite() or decimals > _FAR:
        return Interval(number, number)
    if decimals < -_FAR:
        return Interval(Decimal("-Infinity"), Decimal("Infinity"))
    if not truncated:
        half = Decimal((0, (5,), -decimals - 1))
        return Interval(arithmetic.subtract(number, half), arithmetic.add(number, half))
    unit = Decimal((0, (1,), -decimals))
    if number > 0:
        return Interval(number, arithmetic.add(number, unit), True, False)
    if number < 0:
        return Interval(arithmetic.subtract(number, unit), number, False, True)
    return Interval(-unit, unit, False, False)


def has_excess_digits(number: Decimal, decimals: Decimals) -> bool:
    """Whether the number has digits other than zero beyond its decimals."""
    if decimals == "INF" or not number or not number.is_finite():
        return False
    _, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    excess = -decimals - exponent
    return excess > 0 and any(digits[-excess:])
