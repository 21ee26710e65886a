"""Dates and times of periods (XBRL 2.1, 4.7.2)."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import lru_cache

_MOMENT = re.compile(
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
