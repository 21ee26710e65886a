"""Tests of decimal numbers for many evaluations at once: arithmetic and comparisons over columns of values."""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from itertools import repeat
from typing import Any

from recto.xpath.parse import Expr
from recto.xpath.values import DECIMALS

Columns = Mapping[int, list[Decimal]]
"""The values of each variable by its slot, as many of each."""
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": DECIMALS.add,
    "-": DECIMALS.subtract,
    "*": DECIMALS.multiply,
}
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operators.eq,
    "ne": operators.ne,
    "lt": operators.lt,
    "le": operators.le,
    "gt": operators.gt,
    "ge": operators.ge,
}
"""How two values that compare as Python's do are compared."""


def test_of(expr: Expr, slot: Callable[[str], int]) -> Callable[[Columns], Iterable[bool]] | None:
    """What a comparison of numbers gives for each value of its variables; None for any other expression.

    `slot` tells that of a variable by its name as written. Where a number is out of reach, Python's `ArithmeticError`
    is raised.
    """
    while expr[0] == "paren":
        expr = expr[1]
    if expr[0] not in ("general", "value"):
        return None
    return _mapped(COMPARISONS[expr[1]], expr[2], expr[3], slot)


def _mapped(
    of: Callable[[Any, Any], Any], one: Expr, other: Expr, slot: Callable[[str], int]
) -> Callable[[Columns], Iterable[Any]] | None:
    left, right = _numbers(one, slot), _numbers(other, slot)
    if left is None or right is None or (_is_literal(one) and _is_literal(other)):
        return None
    return lambda columns: map(of, left(columns), right(columns))


def _numbers(expr: Expr, slot: Callable[[str], int]) -> Callable[[Columns], Iterable[Decimal]] | None:
    while expr[0] == "paren":
        expr = expr[1]
    if _is_literal(expr):
        value = Decimal(expr[1])
        return lambda columns: repeat(value)
    if expr[0] == "var":
        at = slot(expr[1])
        return lambda columns: columns[at]
    if expr[0] == "arith" and expr[1] in _ARITHMETIC:
        return _mapped(_ARITHMETIC[expr[1]], expr[2], expr[3], slot)
    return None


def _is_literal(expr: Expr) -> bool:
    while expr[0] == "paren":
        expr = expr[1]
    return expr[0] == "literal" and type(expr[1]) in (int, Decimal)
