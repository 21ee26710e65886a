"""The fiscal years of a company as its filings show them: whole years, short ones between, and what follows from both.

A year is known where an annual report tells amounts of a whole year that ends with it. Between known years stands
what a change of the fiscal year leaves: a transition period. Beyond them the end of the year that covers give is
carried on. What a cover claims of its own year and quarter only names years that end early in a calendar year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

from msgspec import Struct

from recto.fiscal import Calendar, calendar, months_of

_SLACK: Final = timedelta(days=10)
_DAY: Final = timedelta(days=1)
_QUARTER: Final = 91.31
_NEAR: Final = 0.35
"""Of a quarter: how far its end may be from where quarters of equal length would end."""
ANNUAL: Final = ("10-K", "20-F", "40-F", "10-KT", "ARS", "N-CSR")


class Duration(Struct, frozen=True):
    """That a filing tells something of these days, the last one included."""

    filing: str
    start: date
    last: date


class Year(Struct, frozen=True):
    """A fiscal year, or a transition period, that was reported."""

    start: date
    last: date
    name: int
    short: bool = False
    """A transition period, between two years that end at different times."""

    @property
    def quarters(self) -> int:
        return max(1, round(self.days / _QUARTER)) if self.short else 4

    @property
    def days(self) -> int:
        return (self.last - self.start).days + 1


class Place(Struct, frozen=True):
    """Where a period stands: `FY2023 Q1`. `name`: `FY`, `Q1` to `Q4`; `T`, `T1` … in a transition period; None for
    other spans (year to date among them)."""

    year: int
    name: str | None

    def __str__(self) -> str:
        return f"FY{self.year}" if self.name == "FY" else f"FY{self.year} {self.name}"


class FiscalYears:
    """The fiscal years of one entity."""

    def __init__(
        self,
        years: Iterable[Year],
        calendars: Sequence[tuple[date, Calendar]],
        ends: Iterable[date] = (),
        starts: Iterable[date] = (),
    ):
        self.years = sorted(years, key=lambda year: year.last)
        self._calendars = sorted(calendars, key=lambda pair: pair[0])
        """What each filing shows, by the last day of its period."""
        self._ends = frozenset(ends)
        self._closing = self._ends | {start - _DAY for start in starts}
        self._places: dict[tuple[date | None, date], Place] = {}

    @classmethod
    def of(cls, filings: Iterable[Mapping[str, Any]], durations: Iterable[Duration]) -> FiscalYears:
        """From rows of `filings` of one entity (`filing`, `form`, `period`, `fiscal_year_end`, `fiscal_year`,
        `fiscal_period`), and durations of facts in them."""
        spans: dict[str, set[tuple[date, date]]] = {}
        for each in durations:
            spans.setdefault(each.filing, set()).add((each.start, each.last))
        years: dict[date, Year] = {}
        calendars: list[tuple[date, Calendar]] = []
        earlier: list[tuple[date, date, Calendar]] = []
        for row in sorted(filings, key=lambda row: row["period"] or date.min):
            period = row["period"]
            if period is None:
                continue
            held = spans.get(row["filing"], set())
            found = calendar(
                held,
                year_end=row["fiscal_year_end"],
                period_end=period,
                cover_year=row["fiscal_year"],
                cover_period=row["fiscal_period"],
            )
            if found.source != "default":
                calendars.append((period, found))
            if not _is_annual(row):
                continue
            ending = [span for span in held if abs(span[1] - period) <= _SLACK]
            whole = [span for span in ending if months_of(*span) == 12]
            short = [span for span in ending if (months_of(*span) or 12) < 12 or months_of(*span) is None]
            chosen = max(whole or short, key=lambda span: (span[1] - span[0], span), default=None)
            if chosen is None:
                continue
            is_short = not whole and (chosen[1] - chosen[0]).days < 345
            name = found.place(None, chosen[1]).year
            years[chosen[1]] = Year(*chosen, name, is_short and _is_transition(row, chosen, years))
            earlier += [(*span, found) for span in held if span[1] < chosen[0] and months_of(*span) == 12]
        for start, last, found in sorted(earlier, key=lambda each: each[1], reverse=True):  # comparative years
            if any(abs(year.start - last - _DAY) <= timedelta(days=3) for year in years.values()):
                if not any(year.start <= last and start <= year.last for year in years.values()):
                    years[last] = Year(start, last, found.place(None, last).year)
        ends = {last for held in spans.values() for _, last in held} | {period for period, _ in calendars}
        starts = {start for held in spans.values() for start, _ in held}
        return cls(_apart([*years.values(), *_between(list(years.values()))]), calendars, ends, starts)

    def closes(self, day: date) -> bool:
        """Whether a balance of that day is one of the end of a period, as far as reported periods show: one of them
        ends with it, or begins the day after."""
        return not self._closing or day in self._closing

    def place(self, start: date | None, last: date) -> Place:
        """Where a duration, or an instant (no `start`), stands."""
        found = self._places.get((start, last))
        if found is None:
            found = self._places[start, last] = self._place(start, last)
        return found

    def _place(self, start: date | None, last: date) -> Place:
        year = self._year(start, last)
        if year is None:
            found = self._calendar(last).place(start, last, ends=self._ends)
            crosses = start is not None and any(
                start + _SLACK < year.last and year.start + _SLACK < last for year in self.years
            )
            return Place(found.year, found.name if found.name in _NAMES and not crosses else None)
        at_end = abs(last - year.last) <= _SLACK
        if start is not None and abs(start - year.start) <= _SLACK and at_end:
            return Place(year.name, "T" if year.short else "FY")
        if start is None and at_end:
            return Place(year.name, "T" if year.short else "FY")
        share = ((last - year.start).days + 1) / year.days * year.quarters
        quarter = min(max(round(share), 1), year.quarters)
        settled = abs(share - quarter) <= _NEAR and (start is None or months_of(start, last) == 3)
        if start is not None and settled and year.short and at_end:
            quarter = year.quarters
        return Place(year.name, f"{'T' if year.short else 'Q'}{quarter}" if settled else None)

    def _year(self, start: date | None, last: date) -> Year | None:
        for year in self.years:
            if year.start - _SLACK <= (start or last) and last <= year.last + _SLACK:
                if start is None and last < year.start and (last - year.start).days <= 0:
                    continue  # an instant just before a year ends the one before it
                return year
        return None

    def _calendar(self, last: date) -> Calendar:
        """That of the first filing about that day or later; else of the last one."""
        for period, found in self._calendars:
            if period >= last - _SLACK:
                return found
        if self._calendars:
            return self._calendars[-1][1]
        if self.years:
            end = self.years[-1].last
            return Calendar(end.month, end.day, self.years[-1].name - end.year, "periods")
        return Calendar(12, 31)


_NAMES: Final = frozenset(("FY", "Q1", "Q2", "Q3", "Q4"))


def _is_annual(row: Mapping[str, Any]) -> bool:
    form = (row["form"] or "").upper().removesuffix("/A")
    return form in ANNUAL or (row["fiscal_period"] == "FY" and not form.startswith(("10-Q", "8-K")))


def _is_transition(row: Mapping[str, Any], span: tuple[date, date], years: Mapping[date, Year]) -> bool:
    if "KT" in (row["form"] or "").upper():
        return True
    before = [year for year in years.values() if abs(span[0] - year.last) <= _SLACK]
    return any(_apart_in_year(year.last, span[1]) > 10 for year in before)


def _apart_in_year(one: date, other: date) -> int:
    days = abs(one.timetuple().tm_yday - other.timetuple().tm_yday)
    return min(days, 365 - days)


def _between(years: Sequence[Year]) -> list[Year]:
    """Transition periods that no annual report tells of: what stands between two years, if less than one."""
    ordered = sorted(years, key=lambda year: year.last)
    made = []
    for one, other in pairwise(ordered):
        days = (other.start - one.last).days - 1
        if 20 < days < 345:
            last = other.start - _DAY
            made.append(Year(one.last + _DAY, last, last.year, short=True))
    return made


def _apart(years: Iterable[Year]) -> list[Year]:
    """Years that do not overlap by more than some days: of two that do, the one of twelve months, or the later."""
    kept: list[Year] = []
    for year in sorted(years, key=lambda year: (year.short, -year.last.toordinal())):
        if not any(year.start + _SLACK < other.last and other.start + _SLACK < year.last for other in kept):
            kept.append(year)
    return kept
