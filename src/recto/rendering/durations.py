"""ISO 8601 durations in words (rendering.md 19.6)."""

from __future__ import annotations

import re
from typing import Final

from recto.patterns import lazy

DURATION: Final = lazy(
    r"(-?)P(?=\d+[YMD]|T\d+[HM]|T\d+(?:\.\d+)?S)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?"
    r"(?:T(?=\d+[HM]|\d+(?:\.\d+)?S)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
_NAMES: Final = ("year", "month", "day", "hour", "minute", "second")


def worded(text: str) -> str:
    """Every duration within a text in words: `P1Y6M0D` becomes `1 year 6 months`; other text stays."""
    return DURATION.sub(_words, text) if "P" in text else text


def _words(match: re.Match[str]) -> str:
    parts = [(amount, name) for amount, name in zip(match.groups()[1:], _NAMES, strict=True) if amount is not None]
    shown = [(amount, name) for amount, name in parts if float(amount)] or parts[:1]
    words = " ".join(f"{_trim(amount)} {name}{'' if float(amount) == 1 else 's'}" for amount, name in shown)
    return f"minus {words}" if match.group(1) else words


def _trim(amount: str) -> str:
    return amount if "." in amount else str(int(amount))
