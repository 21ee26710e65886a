"""Dates and times of periods (XBRL 2.1, 4.7.2)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache

from recto.patterns import lazy

_MOMENT = lazy(
    r"(\d{4,}-\d\d-\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?(Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?", re.ASCII
)


@lru_cache(maxsize=4096)
def moment(text: str, *, end: bool) -> tuple[datetime, str]:
    """The moment that an xs:date or xs:dateTime means, as local time, and its time zone as written ("" if none).

    With `end`, a date without time means the midnight that ends the day; else the one that begins it.
    Raises ValueError for anything that is no date, or lies outside the years 1 to 9999.
    """
    if len(text) == 10 and text[4] == text[7] == "-":  # nearly all are dates, which C reads fast
        with suppress(ValueError, OverflowError):
            begin = datetime.fromisoformat(text)
            return begin + timedelta(days=1) if end else begin, ""
    match = _MOMENT.fullmatch(text.strip(" \t\r\n"))
    if match is None:
        raise ValueError(f"{text!r} is neither a date nor a date and time")
    day, hour, minute, second, fraction, zone = match.groups()
    try:
        begin = datetime.combine(date.fromisoformat(day), datetime.min.time())
        if hour is None:
            return begin + timedelta(days=1) if end else begin, zone or ""
        if hour == "24":
            if int(minute) or int(second) or int(fraction or 0):
                raise ValueError("hour 24 is only allowed as 24:00:00")
            return begin + timedelta(days=1), zone or ""
        micro = int((fraction or "0")[:6].ljust(6, "0"))
        return begin.replace(hour=int(hour), minute=int(minute), second=int(second), microsecond=micro), zone or ""
    except (ValueError, OverflowError) as error:
        raise ValueError(f"{text!r} is not a date: {error}") from None


_FAR = lazy(r"(-?)(\d{4,})-(\d\d)-(\d\d)(?:T([\d:.]+))?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_LONGEST = 100
"""Characters of a date; a longer one is no date that means something."""


@lru_cache(maxsize=4096)
def any_moment(text: str, *, end: bool) -> tuple[datetime, str, str]:
    """As `moment`, for every date that XML Schema has, with the exact moment as text as a third part.

    That is "" where `datetime` can hold the moment; else it is in OIM's form without zone (`10000-01-01T00:00:00`), and
    the datetime is the last or first one there is. Raises ValueError for what is no xs:date or xs:dateTime.
    """
    try:
        when, zone = moment(text, end=end)
        return when, zone, ""
    except ValueError:
        far = _far(text.strip(" \t\r\n"), end=end)
        if far is None:
            raise
    exact, zone = far
    return datetime.min if exact[0] == "-" else datetime.max, zone, exact


def _far(text: str, *, end: bool) -> tuple[str, str] | None:
    """The exact moment and the zone of a date beyond the years 1 to 9999; None for what is no date at all."""
    from recto.taxonomy.values import check_built_in

    match = _FAR.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or check_built_in("dateTime" if match[5] else "date", text) is not None:
        return None
    year, month, day = int(match[1] + match[2]), int(match[3]), int(match[4])
    time = match[5] or "00:00:00"
    if time[:2] == "24" or (end and not match[5]):
        day, time = day + 1, "00:00:00"
        if day > _days(year, month):
            day, month = 1, month + 1
        if month > 12:
            month, year = 1, year + 1 or 1
    return f"{_written(year, month, day)}T{time}", match[6] or ""


def day_of(exact: str, *, end: bool) -> str:
    """The day of an exact moment as people write it: with `end`, midnight belongs to the day before."""
    match = _FAR.fullmatch(exact)
    if match is None or match[5] != "00:00:00":
        return exact
    year, month, day = int(match[1] + match[2]), int(match[3]), int(match[4])
    if end:
        day -= 1
        if day == 0:
            month -= 1
            if month == 0:
                month, year = 12, year - 1 or -1
            day = _days(year, month)
    return _written(year, month, day)


def _days(year: int, month: int) -> int:
    """Days of a month. There is no year 0: the year before 1 is -1, which is a leap year (XML Schema 2, 3.2.7.1)."""
    astronomical = year if year > 0 else year + 1
    leap = astronomical % 4 == 0 and (astronomical % 100 != 0 or astronomical % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _written(year: int, month: int, day: int) -> str:
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


def far_order(one: datetime | str, other: datetime | str) -> int:
    """-1, 0 or 1: whether a moment is before another; those that `datetime` cannot hold are exact texts."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return (one > other) - (one < other)
    first, second = _comparable(one), _comparable(other)
    return (first > second) - (first < second)


def _comparable(moment: datetime | str) -> tuple[int, str]:
    text = moment if isinstance(moment, str) else moment.isoformat()
    year, rest = text[: text.index("-", 4)], text[text.index("-", 4) :]
    return int(year), rest
