"""Values of simple types as they are compared: equal, before, after, or neither (XML Schema 2, 3.2 and appendix E)."""

from __future__ import annotations

import re
from collections.abc import Hashable
from decimal import Decimal
from typing import Any

from recto.arithmetic import ZERO, add, number_of
from recto.patterns import lazy
from recto.taxonomy.lexical import LEXICAL
from recto.xml.integers import integer
from recto.xsd import NUMBERS, SPACE, TEMPORAL

_DAY = Decimal(86400)
_ZONES_APART = Decimal(14 * 3600)
"""How far a time without zone may be from the same one in UTC."""
_REFERENCES = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
"""Months (all on their first day) from which durations are counted to be compared (3.2.6.2)."""


def comparable(base: str, text: str) -> Any:
    """A hashable value of the built-in type, equal for equal values; None where it has none."""
    text = text.strip(SPACE)
    if base in NUMBERS:
        return number_of(text)
    if base in TEMPORAL:
        return _moment(base, text)
    if base == "duration":
        return _duration(text)
    return None


def compare(base: str, one: Any, other: Any) -> int | None:
    """-1, 0 or 1 for two values that `comparable` gave; None where neither is more than the other."""
    if base in TEMPORAL:
        (first, zoned), (second, also) = one, other
        if zoned is also:
            return _order(first, second)
        if add(first, _ZONES_APART) < second:
            return -1
        return 1 if first > add(second, _ZONES_APART) else None
    if base == "duration":
        orders = {_order(_after(start, one), _after(start, other)) for start in _REFERENCES}
        return orders.pop() if len(orders) == 1 else None
    return _order(one, other)


def _order(one: Any, other: Any) -> int:
    return 1 if one > other else -1 if one < other else 0


_DURATION = lazy(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?", re.ASCII)


def _duration(text: str) -> tuple[int, Decimal] | None:
    """Months and seconds."""
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    sign, years, months, days, hours, minutes, seconds = found.groups("0")
    whole = integer(days) * 86400 + integer(hours) * 3600 + integer(minutes) * 60
    months_, seconds_ = integer(years) * 12 + integer(months), add(Decimal(whole), number_of(seconds) or ZERO)
    return (-months_, -seconds_) if sign == "-" else (months_, seconds_)


def _after(start: tuple[int, int], duration: tuple[int, Decimal]) -> Decimal:
    years, month = divmod(start[1] - 1 + duration[0], 12)
    return add(Decimal(_days(start[0] + years, month + 1, 1) * 86400), duration[1])


def _moment(base: str, text: str) -> tuple[Hashable, bool] | None:
    """Seconds since the beginning of year 1, in UTC (without zone: as if UTC), and whether there is a zone."""
    found = re.fullmatch(LEXICAL[base][0], text)
    if not found:
        return None
    groups = list(found.groups())
    zone = groups[-1]
    year, month, day, time = 2000, 1, 1, None
    if base in ("date", "dateTime"):
        year, month, day = integer(groups[0]), int(groups[1]), int(groups[2])
        time = (groups[3] or groups[4]) if base == "dateTime" else None
    elif base == "time":
        time = groups[0] or groups[1]
    elif base in ("gYear", "gYearMonth"):
        year = integer(groups[0])
        month = int(groups[1]) if base == "gYearMonth" else 1
    elif base in ("gMonth", "gMonthDay"):
        month = integer(groups[0])
        day = int(groups[1]) if base == "gMonthDay" else 1
    else:
        day = integer(groups[0])
    seconds = ZERO
    if time:
        hour, minute, second = time.split(":")
        seconds = add(Decimal(int(hour) * 3600 + int(minute) * 60), number_of(second) or ZERO)
    if base == "time" and seconds == _DAY:
        seconds = ZERO  # 24:00:00 is 00:00:00
    if zone and zone != "Z":
        offset = (int(zone[1:3]) * 60 + int(zone[4:6])) * 60
        seconds = add(seconds, Decimal(-offset if zone[0] == "+" else offset))
    return add(Decimal(_days(year, month, day) * 86400), seconds), bool(zone)


def _days(year: int, month: int, day: int) -> int:
    """Days since an arbitrary fixed day in the proleptic Gregorian calendar."""
    if month <= 2:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day
