"""Numbers set out by period: quarters, years, twelve months, and the ends of quarters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from recto.errors import UsageError
from recto.fiscal import months_of
from recto.lake.derive import Reported, Spans, Worked, is_additive
from recto.lake.years import FiscalYears, Place

FREQUENCIES: Final = ("quarter", "year", "ttm")
_QUARTERS: Final = frozenset(("Q1", "Q2", "Q3", "T1", "T2", "T3", "T4"))
_DAY: Final = timedelta(days=1)


def frequency_of(text: str) -> str:
    """That text, if it is a frequency. Raises `UsageError`."""
    if text not in FREQUENCIES:
        raise UsageError(f"a series is by quarter, year or ttm (the last twelve months), not by {text!r}")
    return text


class Row(Struct, frozen=True):
    """A period of a series. `worked` is None where nothing tells its value."""

    place: Place
    start: date | None
    last: date | None
    worked: Worked | None


def lay_out(reported: Sequence[Reported], years: FiscalYears, frequency: str) -> list[Row]:
    """The periods of a series, in order, one row a quarter (year, end of a quarter)."""
    if not reported:
        return []
    if all(each.start is None for each in reported):
        return _balances(reported, years, frequency)
    flows = [each for each in reported if each.start is not None]
    spans = Spans(sorted(flows, key=_accepted, reverse=True))
    additive = all(is_additive(*pair) for pair in {(each.concept, each.unit) for each in flows})
    if frequency == "year":
        return _one_each(_years(spans, years, additive))
    quarters = _one_each(_quarters(spans, years, additive))
    if frequency == "quarter":
        return _with_gaps(quarters, years)
    ends = {row.last: row.place for row in quarters if row.last is not None}
    for each in flows:  # half-years, where quarters are not reported
        place = years.place(None, each.last)
        if place.name in _QUARTERS and years.closes(each.last):
            ends.setdefault(each.last, place)
    for row in _years(spans, years, additive):
        if row.last is not None:
            ends.setdefault(row.last, _last_quarter(years, row.place, row.last))
    return _one_each(_twelve_months(spans, ends, additive))


def _accepted(each: Reported) -> float:
    return each.accepted.timestamp() if each.accepted is not None else 0.0


def _balances(reported: Sequence[Reported], years: FiscalYears, frequency: str) -> list[Row]:
    if frequency == "ttm":
        raise UsageError("a balance is of a day: ask for its quarters or years, not for twelve months")
    exact: list[Row] = []
    near: list[Row] = []
    for each in reported:
        day = each.about or each.last
        place = years.place(None, day)
        if place.name is None or (frequency == "year" and place.name not in ("FY", "T")):
            continue
        closes = years.closes(day)
        if not closes and place.name not in ("FY", "T"):
            continue  # a balance of a day within the quarter
        if frequency == "quarter" and place.name in ("FY", "T"):
            place = _last_quarter(years, place, day)
        row = Row(place, None, each.last, Worked(None, each.last, each.number, ((1, each),)))
        (exact if closes else near).append(row)
    held = {row.place for row in exact}
    return _one_each([*exact, *(row for row in near if row.place not in held)])


def _years(spans: Spans, years: FiscalYears, additive: bool) -> Iterable[Row]:
    least = 20 if any(year.short for year in years.years) else 345
    for start, last in _pairs(spans, least, 385, lambda first, end: years.place(first, end).name in ("FY", "T")):
        worked = spans.find(start, last, additive=additive)
        if worked is not None:
            yield Row(years.place(start, last), start, last, worked)


def _quarters(spans: Spans, years: FiscalYears, additive: bool) -> Iterable[Row]:
    for start, last in _pairs(spans, 70, 125, lambda first, end: months_of(first, end) == 3):
        place = years.place(start, last)
        if place.name is None or place.name == "FY":
            continue
        worked = spans.find(start, last, additive=additive)
        if worked is not None:
            yield Row(place, start, last, worked)


def _twelve_months(spans: Spans, ends: Mapping[date, Place], additive: bool) -> Iterable[Row]:
    pairs: dict[date, list[date]] = {}
    for start, last in _pairs(spans, 345, 385, lambda first, end: end in ends and months_of(first, end) == 12):
        pairs.setdefault(last, []).append(start)
    for last, starts in pairs.items():
        for start in sorted(starts, key=lambda day: abs((last - day).days + 1 - 365)):
            worked = spans.find(start, last, additive=additive)
            if worked is not None:
                yield Row(ends[last], start, last, worked)
                break


def _pairs(spans: Spans, least: int, most: int, wanted: Callable[[date, date], bool]) -> Iterable[tuple[date, date]]:
    """Days between which something may be told: first and last day."""
    places = spans.places
    for at, start in enumerate(places):
        for stop in places[at + 1 :]:
            days = (stop - start).days
            if days > most:
                break
            if days >= least and wanted(start, stop - _DAY):
                yield start, stop - _DAY


def _last_quarter(years: FiscalYears, place: Place, last: date) -> Place:
    year = next((each for each in years.years if each.short and each.last == last), None)
    return Place(place.year, "Q4" if year is None else f"T{year.quarters}")


def _one_each(rows: Iterable[Row]) -> list[Row]:
    """One row for each place: of several the reported one, the one worked out from fewest facts, the last."""
    best: dict[Place, Row] = {}

    def rank(row: Row) -> tuple[int, float, date]:
        worked = row.worked
        assert worked is not None
        assert row.last is not None
        return -len(worked.terms), _accepted(worked.latest), row.last

    for row in rows:
        other = best.get(row.place)
        if other is None or rank(row) > rank(other):
            best[row.place] = row
    return sorted(best.values(), key=lambda row: (row.last or date.min, row.start or date.min))


def _with_gaps(rows: list[Row], years: FiscalYears) -> list[Row]:
    """With a row without value for each quarter of a reported year of which nothing is known, if others of it are."""
    held = {(row.place.year, row.place.name) for row in rows}
    complete = []
    for year in years.years:
        names = [f"{'T' if year.short else 'Q'}{number}" for number in range(1, year.quarters + 1)]
        if not any((year.name, name) in held for name in names):
            continue
        for number, name in enumerate(names, 1):
            if (year.name, name) not in held:
                last = year.last if number == year.quarters else None
                complete.append(Row(Place(year.name, name), None, last, None))
    starts = {year.name: year.start for year in years.years if year.short}

    def key(row: Row) -> tuple[int, date, str]:
        """A year's transition period stands before or behind it, as it came."""
        name = row.place.name or ""
        whole = next((year.start for year in years.years if year.name == row.place.year and not year.short), date.min)
        return row.place.year, starts[row.place.year] if name.startswith("T") else whole, name

    return sorted([*rows, *complete], key=key)
