"""Functions of mathematics on xs:double (function registry, 31001 to 31014; XPath functions 3.0, 4.8)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from recto.formula.functions.library import function
from recto.xpath import Dynamic
from recto.xpath.values import Value


@function("xfm:pi")
def _pi(dynamic: Dynamic) -> Value:
    return math.pi


def _given(of: Callable[..., float], *values: float) -> float:
    """As IEEE 754 has it: what is out of reach is infinite, what is not defined no number."""
    try:
        return of(*values)
    except OverflowError:
        return math.inf
    except ValueError:
        return math.nan


def _log(of: Callable[[float], float]) -> Callable[[float], float]:
    return lambda value: -math.inf if value == 0 else of(value)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent < 0:
        odd = exponent % 2 == 1
        return math.copysign(math.inf, base) if odd else math.inf
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


_OF: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "exp10": lambda value: math.pow(10, value),
    "log": _log(math.log),
    "log10": _log(math.log10),
    "sqrt": math.sqrt,
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan")},
}


def _declare(name: str, of: Callable[[float], float]) -> None:
    @function(f"xfm:{name}", "xs:double?")
    def mathematical(dynamic: Dynamic, value: Any) -> Value:
        return value if type(value) is list else _given(of, value)


for _name, _of in _OF.items():
    _declare(_name, _of)


@function("xfm:pow", "xs:double?", "numeric")
def _pow(dynamic: Dynamic, base: Any, exponent: Any) -> Value:
    return base if type(base) is list else _given(_power, base, float(exponent))


@function("xfm:atan2", "xs:double", "xs:double")
def _atan2(dynamic: Dynamic, y: float, x: float) -> Value:
    return math.atan2(y, x)
