"""Values of aspects that rules give by expressions, of formulas and of tables alike (Formula 1.0, 2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from recto.names import XBRLI, QName
from recto.xpath import XPathError
from recto.xpath.temporal import Temporal
from recto.xpath.values import QNameValue, atomize, items, string

_PURE: Final = QName(XBRLI, "pure")


def text(value: Any) -> str:
    """One value as text. Raises `XPathError` (XPTY0004) for none and for several."""
    value = atomize(value)
    if type(value) is list:
        raise XPathError("XPTY0004", "a rule gives no single value")
    return string(value)


def moment(value: Any, *, end: bool) -> datetime:
    """A date or time; a date that is an `end` or instant is the end of its day (XBRL 2.1, 4.7.2).

    Raises `XPathError` for what is none.
    """
    value = atomize(value)
    if type(value) is list:
        raise XPathError("XPTY0004", "the rule for the period gives no single date")
    if not isinstance(value, Temporal):
        written = string(value)
        value = Temporal.parse("dateTime" if "T" in written else "date", written)
    day: datetime = value.value
    return day + timedelta(days=1) if end and value.kind == "date" else day


def measures(value: Any) -> list[QName]:
    """Raises `XPathError` (XPTY0004) where it holds no xs:QName."""
    found = [each.name for each in items(atomize(value)) if isinstance(each, QNameValue)]
    if not found:
        raise XPathError("XPTY0004", "a measure is no xs:QName")
    return found


def reduced(over: Sequence[QName], under: Sequence[QName]) -> tuple[list[QName], list[QName]]:
    """A unit's measures without those that cancel each other, and without `pure` where others are multiplied."""
    above, below = list(over), list(under)
    for measure in over:
        if measure in below:
            above.remove(measure)
            below.remove(measure)
    if len(above) + len(below) > 1:
        above = [each for each in above if each is not _PURE]
        below = [each for each in below if each is not _PURE]
    return above or [_PURE], below
