"""Reading dates: the parts shared by all registries.

Results are lexical values of xs:date, xs:gMonthDay and xs:gYearMonth in the Gregorian calendar. All registries
read a year of one or two digits as one of 2000 to 2099, and refuse one of three.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import MAXYEAR, date, timedelta

from recto.instance.inline.transforms.model import Transform, compiled
from recto.instance.inline.transforms.months import SAKA, fold

# Building blocks of patterns. Digits are spelled out: \d would admit every script.
DAY = "([0-9]{1,2})"
YEAR = "([0-9]{1,2}|[0-9]{4})"
GAP = "[^0-9]+"
WIDE = "0-9０-９"  # with full-width digits, of Japanese and Chinese texts
INDIC = "0-9०-९"  # with Devanagari digits
SPACE = r"[ \t\n\r\xa0\u3000]*"

LONGEST = 256
"""Characters. The patterns would allow any length; longer text is no date, and could take very long to match."""

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def full_year(digits: str) -> int | None:
    """The year that one, two or four digits stand for; None for any other number of digits and for 0000."""
    if len(digits) > 2:
        return (int(digits) or None) if len(digits) == 4 else None
    return 2000 + int(digits)


def iso_date(year: int | None, month: int, day: int) -> str | None:
    """An xs:date, or None where the calendar has no such day."""
    if year is None:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def iso_month_day(month: int, day: int) -> str | None:
    """An xs:gMonthDay; 29 February exists."""
    if 1 <= month <= 12 and 1 <= day <= _DAYS[month - 1]:
        return f"--{month:02d}-{day:02d}"
    return None


def iso_year_month(year: int | None, month: int) -> str | None:
    """An xs:gYearMonth."""
    return f"{year:04d}-{month:02d}" if year is not None and 1 <= month <= 12 else None


def assemble(year: str | None, month: int, day: str | None) -> str | None:
    """The value of the parts that a format has; a format without a day or a year passes None."""
    if year is None:
        return iso_month_day(month, int(day or 0))
    if day is None:
        return iso_year_month(full_year(year), month)
    return iso_date(full_year(year), month, int(day))


def dated(pattern: str, order: str, months: Mapping[str, int] | None = None, *, folded: bool = False) -> Transform:
    """A transformation that matches all of the text, its groups being the parts named by `order` ("dmy", "my", …).

    `months` gives the number of a month's name; a group that is not in it is read as digits.
    """
    year_at, month_at, day_at = (order.find(part) + 1 for part in "ymd")
    names = months or {}

    def apply(text: str) -> str | None:
        match = compiled(pattern).fullmatch(fold(text) if folded else text) if len(text) <= LONGEST else None
        if match is None:
            return None
        month = match[month_at]
        number = names.get(month)
        return assemble(
            match[year_at] if year_at else None,
            int(month) if number is None else number,
            match[day_at] if day_at else None,
        )

    return apply


# Last year before each Japanese era; an era is written with two characters or its first.
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_ERA_BEFORE = {name: year for era, year in _ERAS.items() for name in (era, era[0])}
_ERA_YEAR = f"({'|'.join(_ERA_BEFORE)}){SPACE}([{WIDE}]{{1,2}}|元){SPACE}年{SPACE}([{WIDE}]{{1,2}}){SPACE}月"
_ERA_DAY = f"{_ERA_YEAR}{SPACE}([{WIDE}]{{1,2}}){SPACE}日"


def _era_year(match: re.Match[str]) -> int:
    return _ERA_BEFORE[match[1]] + (1 if match[2] == "元" else int(match[2]))


def era_year_month_day(text: str) -> str | None:
    """Japanese era date to xs:date. A year past the era's end still counts: eras end after reports are designed."""
    match = compiled(_ERA_DAY).fullmatch(text)
    return match and iso_date(_era_year(match), int(match[3]), int(match[4]))


def era_year_month(text: str) -> str | None:
    """Japanese era month to xs:gYearMonth."""
    match = compiled(_ERA_YEAR).fullmatch(text)
    return match and iso_year_month(_era_year(match), int(match[3]))


_SAKA_DATE = (
    f"([0-9]{{1,2}}|[०-९]{{1,2}})[^{INDIC}]+(?:{'|'.join(f'({month})' for month in SAKA)})"
    f"[^{INDIC}]+([0-9]{{2}}|[0-9]{{4}}|[०-९]{{2}}|[०-९]{{4}})"
)


def _saka_day(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a day of the Indian national calendar.

    Saka year Y begins in the Gregorian year Y + 78 on 22 March, or on 21 March where that is a leap year; its first
    month then has 31 days instead of 30, the next five have 31, the others 30.
    """
    gregorian = year + 78
    leap = gregorian % 4 == 0 and (gregorian % 100 != 0 or gregorian % 400 == 0)
    lengths = (31 if leap else 30, 31, 31, 31, 31, 31, 30, 30, 30, 30, 30, 30)
    if not 1 <= day <= lengths[month - 1] or gregorian >= MAXYEAR:
        return None
    return date(gregorian, 3, 21 if leap else 22) + timedelta(sum(lengths[: month - 1]) + day - 1)


def saka_day_month_year(text: str) -> str | None:
    """Indian national calendar to xs:date; a year of two digits is the one whose date falls in 2000 to 2099."""
    match = compiled(_SAKA_DATE).fullmatch(fold(text)) if len(text) <= LONGEST else None
    if match is None:
        return None
    month = next(number for number in range(1, 13) if match[number + 1] is not None)
    year, day = int(match[14]), int(match[1])
    if len(match[14]) == 4:
        found = _saka_day(year, month, day)
    else:
        found = _saka_day(1900 + year, month, day)
        if found is None or found.year < 2000:
            found = _saka_day(2000 + year, month, day)
    return found.isoformat() if found else None
