"""Comparisons of numbers for many values at once give what they give one by one."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from recto.xpath import STANDARD, Dynamic, Static, compile_expression

_NUMBERS = [
    Decimal(text) for text in ("0", "1", "-2.50", "2.5", "7", "1e3", "0.0000001", "123456789012345678901234567890")
]


def _expression(chance: random.Random, depth: int, leaves: tuple[str, ...] = ("$a", "$b", "$c")) -> str:
    """One with a variable somewhere; literals stand on the right of operators alone."""
    if depth == 0 or chance.random() < 0.3:
        return chance.choice(leaves)
    right = _expression(chance, depth - 1, ("$a", "$b", "2", "0.5"))
    return f"({_expression(chance, depth - 1)} {chance.choice('+-*')} {right})"


@pytest.mark.parametrize("seed", range(40))
def test_at_once_and_one_by_one(seed: int) -> None:
    chance = random.Random(seed)
    operator = chance.choice(("=", "!=", "<", "<=", ">", ">=", "eq", "lt", "ge"))
    text = f"{_expression(chance, 3)} {operator} {_expression(chance, 2, ('$a', '7'))}"
    expression = compile_expression(text, Static({}, STANDARD))
    assert expression.columns is not None
    rows = [{name: chance.choice(_NUMBERS) for name in "abc"} for _ in range(30)]
    at_once = expression.columns({slot: [row[name] for row in rows] for name, slot in expression.free})
    assert list(at_once) == [expression(Dynamic(), row) for row in rows]


@pytest.mark.parametrize(
    "text", ["$a", "2 = 3", "abs($a) = 1", "$a = 'x'", "$a div 2 = 1", "-$a = 1", "$a = 1 and $b = 2"]
)
def test_what_is_no_comparison_of_numbers_alone(text: str) -> None:
    assert compile_expression(text, Static({}, STANDARD)).columns is None


def test_a_number_out_of_reach() -> None:
    expression = compile_expression("$a * $a = 0", Static({}, STANDARD))
    assert expression.columns is not None
    with pytest.raises(ArithmeticError):
        list(expression.columns({slot: [Decimal("1e999999")] for _, slot in expression.free}))
