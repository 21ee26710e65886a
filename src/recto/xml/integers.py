"""Whole numbers in documents, which XML Schema does not bound."""

from __future__ import annotations

from recto import limits

_HUGE: int = 10**limits.DIGITS


def integer(text: str) -> int:
    """The number that digits (with a sign or none) mean; one with thousands of digits is as good as any other such.

    Raises ValueError for anything else.
    """
    text = text.strip(" \t\r\n")
    digits = text.lstrip("+-")
    if len(digits) <= limits.DIGITS:
        return int(text)
    if not digits.isdecimal() or len(text) - len(digits) > 1:
        raise ValueError(f"invalid literal for a whole number: {text[:20]!r}…")
    return -_HUGE if text[0] == "-" else _HUGE


def natural(text: str) -> int | None:
    """The number that digits without sign mean, as `integer` does; None for anything else."""
    text = text.strip(" \t\r\n")
    return integer(text) if text.isascii() and text.isdigit() else None
