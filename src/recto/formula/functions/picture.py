"""xfi:format-number (function registry, 90701), the pictures of XSLT 2.0, 16.4."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

from recto.formula.functions.library import function
from recto.xpath import Dynamic, XPathError
from recto.xpath.values import Value

_ACTIVE = frozenset("#0.,")


class _Part:
    """One subpicture: what stands before and after, and the places of the number."""

    def __init__(self, text: str):
        places = [at for at, char in enumerate(text) if char in _ACTIVE]
        if not places:
            raise _wrong(text)
        first, last = places[0], places[-1]
        self.prefix, body, self.suffix = text[:first], text[first : last + 1], text[last + 1 :]
        if any(char not in _ACTIVE for char in body) or body.count(".") > 1:
            raise _wrong(text)
        marks = [char for char in self.prefix + self.suffix if char in "%\u2030"]
        if len(marks) > 1:
            raise _wrong(text)
        self.scale = {"%": 2, "\u2030": 3}.get(marks[0], 0) if marks else 0
        whole, _, fraction = body.partition(".")
        digits = whole.replace(",", "")
        if "0#" in digits or "#0" in fraction.replace(",", "") or not (digits + fraction).strip(","):
            raise _wrong(text)
        if whole.endswith(",") or ",," in body or ",." in body or ".," in body:
            raise _wrong(text)
        self.least_whole = digits.count("0")
        self.least_fraction = fraction.count("0")
        self.most_fraction = fraction.count("0") + fraction.count("#")
        if not self.least_whole and not self.most_fraction:
            self.least_whole = 1
        groups = whole.split(",")[1:]
        self.grouping: list[int] = []
        at = 0
        for group in reversed(groups):
            at += len(group)
            self.grouping.append(at)
        self.regular = self.grouping[0] if self._is_regular() else 0
        self.fraction_groups: list[int] = []
        at = 0
        for group in fraction.split(",")[:-1]:
            at += len(group)
            self.fraction_groups.append(at)

    def _is_regular(self) -> bool:
        return bool(self.grouping) and all(at == self.grouping[0] * n for n, at in enumerate(self.grouping, 1))

    def write(self, number: Decimal) -> str:
        context = Context(prec=400)
        number = number.scaleb(self.scale, context).quantize(
            Decimal(1).scaleb(-self.most_fraction), ROUND_HALF_EVEN, context
        )
        whole, _, fraction = format(number, "f").partition(".")
        whole = whole.lstrip("0").rjust(self.least_whole, "0")
        fraction = fraction.rstrip("0").ljust(self.least_fraction, "0")
        marks = (
            range(self.regular, len(whole), self.regular)
            if self.regular
            else [at for at in self.grouping if at < len(whole)]
        )
        for at in sorted(marks, reverse=True):
            whole = whole[: len(whole) - at] + "," + whole[len(whole) - at :]
        for at in sorted((each for each in self.fraction_groups if each < len(fraction)), reverse=True):
            fraction = fraction[:at] + "," + fraction[at:]
        return self.prefix + whole + ("." + fraction if fraction else "") + self.suffix


def _wrong(picture: str) -> XPathError:
    return XPathError("xfie:invalidPictureSyntax", f"{picture[:60]!r} is no picture of a number")


@function("xfi:format-number", "numeric?", "xs:string")
def _format_number(dynamic: Dynamic, value: Any, picture: str) -> Value:
    parts = picture.split(";")
    if len(parts) > 2 or len(picture) > 300:
        raise _wrong(picture)
    made = [_Part(part) for part in parts]
    if type(value) is list or (isinstance(value, float) and math.isnan(value)):
        return "NaN"
    negative = value < 0 or (isinstance(value, float) and math.copysign(1, value) < 0 and value == 0)
    part = made[-1] if negative and len(made) == 2 else made[0]
    minus = "-" if negative and len(made) == 1 else ""
    if isinstance(value, float) and math.isinf(value):
        return f"{minus}{part.prefix}Infinity{part.suffix}"
    exact = Decimal(repr(float(value))) if isinstance(value, float) else Decimal(value)
    return minus + part.write(abs(exact))
