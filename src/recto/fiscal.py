"""Fiscal years and quarters, worked out from dates alone: no room of recto is needed here.

Companies close their years on a day of the month or on a day of the week: years of 52 and 53 weeks, which end up to
a week before or after that date, and quarters of 12 to 17 weeks. What a cover page says of its own year and period is
kept beside, as a claim.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct

_MONTH: Final = 365.2425 / 12
_SLACK: Final = 10
"""Days by which the end of a year of 52 or 53 weeks may miss its date."""
_SPANS: Final = ((1, 25, 37), (2, 52, 68), (3, 80, 122), (6, 165, 200), (9, 255, 292), (12, 345, 385))
"""Months that people call a span, and the days that it may have; quarters of 16 and 17 weeks count as three months."""


def months_of(start: date, last: date) -> int | None:
    """The months that the days from `start` to `last`, both included, make up; None where they are no such span.

    13 weeks are 3 months, 52 and 53 weeks 12; longer spans count in whole years only.
    """
    days = (last - start).days + 1
    for months, least, most in _SPANS:
        if least <= days <= most:
            return months
    whole = round(days / _MONTH)
    if whole > 0 and abs(days - whole * _MONTH) <= (_SLACK if whole % 12 == 0 else 4):
        return whole
    return None


class FiscalPeriod(Struct, frozen=True):
    """Where a period stands in the fiscal years of its entity."""

    year: int
    """The fiscal year in which it ends."""
    quarter: int
    """The quarter in which it ends, 1 to 4."""
    name: str | None
    """`FY`; `Q1` to `Q4` for three months; `6M` and `9M` for year to date; None for any other span. An instant is named
    for what it ends: `FY` or a quarter; None where it ends neither."""

    def __str__(self) -> str:
        return f"FY{self.year}" if self.name == "FY" else f"FY{self.year} {self.name or f'(Q{self.quarter})'}"


class Calendar(Struct, frozen=True):
    """The fiscal calendar of an entity, and what its cover page claims."""

    month: int
    day: int
    """Month and day on or about which fiscal years end."""
    shift: int = 0
    """Added to the calendar year in which a fiscal year ends, to name it: 0 or -1 (a year that ends in January may be
    named for the year before)."""
    source: str = "default"
    """Whence the end of the year is known: `cover`, `periods` (whole years that were reported), or `default`."""
    cover_year: int | None = None
    """`DocumentFiscalYearFocus` as the cover page claims."""
    cover_period: str | None = None
    """`DocumentFiscalPeriodFocus` as the cover page claims: `FY`, `Q1`, …"""
    period_end: date | None = None
    """The last day of the period that the report is about."""

    def year_end(self, year: int) -> date:
        """The nominal last day of the fiscal year that is called `year`."""
        return _on(year - self.shift, self.month, self.day)

    def place(self, start: date | None, last: date, *, ends: frozenset[date] = frozenset()) -> FiscalPeriod:
        """Where a duration (`start` to `last`, both included) or an instant (no `start`) stands.

        `ends`: last days of durations that were reported, so that an instant at the end of a quarter is known as such.
        """
        end = self._end_of_year(last)
        before = _on(end.year - 1, self.month, self.day)
        share = (last - before).days / max((end - before).days, 1)
        year = end.year + self.shift
        months = months_of(start, last) if start is not None else None
        settled = start is not None or last in ends or self._is_end(last)
        quarter = min(max(round(share * 4) if settled else -int(-(share * 4) // 1), 1), 4)
        if start is None:
            at_end = self._is_end(last)
            near = abs(share * 4 - quarter) <= 0.35
            return FiscalPeriod(year, quarter, "FY" if at_end else f"Q{quarter}" if settled and near else None)
        first = (start - before).days
        begins = -_SLACK <= first - 1 <= _SLACK
        if months == 12:
            return FiscalPeriod(year, quarter, "FY" if begins and self._is_end(last) else None)
        if months == 3:
            return FiscalPeriod(year, quarter, f"Q{quarter}" if abs(share * 4 - quarter) <= 0.35 else None)
        if months in (6, 9) and begins:
            return FiscalPeriod(year, quarter, f"{months}M")
        return FiscalPeriod(year, quarter, None)

    def _is_end(self, last: date) -> bool:
        end = self._end_of_year(last)
        return abs((last - end).days) <= _SLACK

    def _end_of_year(self, last: date) -> date:
        """The nominal end of the fiscal year in which the day lies; one that lies just behind an end still ends it."""
        end = _on(last.year, self.month, self.day)
        if (last - end).days > _SLACK:
            return _on(last.year + 1, self.month, self.day)
        earlier = _on(last.year - 1, self.month, self.day)
        return earlier if (last - earlier).days <= _SLACK else end


def _on(year: int, month: int, day: int) -> date:
    """That day of the year; the last day of the month where it has fewer."""
    year = min(max(year, 1), 9999)
    for last in (day, 30, 29, 28):
        if last <= day:
            try:
                return date(year, month, last)
            except ValueError:
                continue
    return date(year, month, 28)


def calendar(
    durations: Iterable[tuple[date, date]],
    *,
    year_end: str | None = None,
    period_end: date | None = None,
    cover_year: int | None = None,
    cover_period: str | None = None,
) -> Calendar:
    """The calendar that a report shows.

    `durations`: (first day, last day) of what it reports. `year_end`: `--09-28` as the cover page has it (gMonthDay).
    `period_end`: the last day of the period that the report is about. Whole years that were reported outweigh a cover
    page that none of them agrees with.
    """
    ends = [last for start, last in durations if months_of(start, last) == 12]
    named = _month_day(year_end)
    source = "cover" if named is not None else "default"
    if ends and (cover_period or "FY") == "FY":
        usual = _usual(ends, period_end)
        if named is None or not any(abs((last - _nearest(last, *named)).days) <= _SLACK for last in ends):
            named, source = usual, "periods"
    month, day = named if named is not None else (12, 31)
    plain = Calendar(month, day, 0, source, cover_year, cover_period)
    shift = _shift(plain, period_end, cover_year)
    return Calendar(month, day, shift, source, cover_year, cover_period, period_end)


def _usual(ends: list[date], period_end: date | None) -> tuple[int, int]:
    """Month and day of the year that ends with the report's period, else of the latest."""
    if period_end in ends:
        return period_end.month, period_end.day
    counts: dict[tuple[int, int], int] = {}
    for last in ends:
        counts[last.month, last.day] = counts.get((last.month, last.day), 0) + 1
    return max(counts, key=lambda pair: (counts[pair], pair))


def _shift(plain: Calendar, period_end: date | None, cover_year: int | None) -> int:
    """Years that end in the first days of January belong to the year before; later in the winter the company says."""
    if plain.month > 3:
        return 0
    if period_end is not None and cover_year is not None:
        difference = cover_year - plain.place(None, period_end).year
        if difference in (0, -1):
            return difference
    return -1 if (plain.month, plain.day) <= (1, _SLACK) else 0


def _nearest(last: date, month: int, day: int) -> date:
    return min((_on(last.year + step, month, day) for step in (-1, 0, 1)), key=lambda end: abs((last - end).days))


def _month_day(text: str | None) -> tuple[int, int] | None:
    """A gMonthDay, `--09-28`; some filers leave the hyphens out."""
    digits = (text or "").strip().lstrip("-")[:5].replace("-", "")
    if len(digits) != 4 or not digits.isascii() or not digits.isdigit():
        return None
    month, day = int(digits[:2]), int(digits[2:])
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
