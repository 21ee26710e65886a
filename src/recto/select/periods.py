"""Words for periods: `2024`, `2024-12-31`, `Dec. 31, 2024`, `2024-Q2`, `FY2024`, `FY2024-Q2`, `instant`, `START/END`,
`3 months ended Mar. 29, 2025`.

All dates are as people write them: the last day of a period belongs to it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Final

from recto.errors import UsageError
from recto.fiscal import months_of
from recto.instance.model import Fact, Instance, Period

PeriodTest = Callable[[Fact], bool]
KINDS: Final = ("instant", "duration", "forever")
_FISCAL: Final = re.compile(r"FY\s*-?(\d{4})(?:\s*-?\s*(Q[1-4]|H1|6M|9M|FY))?", re.I)
_QUARTER: Final = re.compile(r"(\d{4})\s*-?\s*Q([1-4])", re.I)
_HALF: Final = re.compile(r"(\d{4})\s*-?\s*H([12])", re.I)
_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_SAID: Final = (  # (pattern, where year, month and day stand in it)
    (re.compile(rf"{_MONTH}\s+(\d{{1,2}}),?\s+(\d{{4}})", re.I), (3, 1, 2)),
    (re.compile(rf"(\d{{1,2}})\.?\s+{_MONTH},?\s+(\d{{4}})", re.I), (3, 2, 1)),
    (re.compile(rf"{_MONTH},?\s+(\d{{4}})", re.I), (2, 1, 0)),
)
"""`Dec. 31, 2024`, `31 December 2024`, `December 2024`: dates as report pages print them."""
_ENDED: Final = re.compile(r"(\w+)\s*(?:months?)?\s+ended\s+(.+)", re.I)
_COUNTS: Final = {"month": 1, "three": 3, "six": 6, "nine": 9, "twelve": 12, "year": 12, "quarter": 3}
_WEEK: Final = timedelta(days=7)
_HELP: Final = "2024, 2024-12, 2024-12-31, 2024-Q2, FY2024, FY2024-Q2, START/END, instant, duration, latest, FY"


def period_test(words: object) -> PeriodTest:
    """Whether a fact is of the period that the words mean.

    `2024`, `2024-12`, `2024-12-31`: its last day lies there. `2024-Q2`: it is an instant or has three months, and its
    last day lies in that quarter of the calendar, give or take a week. `FY2024`: it is that fiscal year of the entity,
    or the instant at its end; `FY2024-Q2` likewise a fiscal quarter. Days may be written as pages print them
    (`Dec. 31, 2024`, `3 months ended Mar. 29, 2025`). `START/END`: first and last day (each may be a
    year or a month); `instant`, `duration`, `forever`: of that kind.

    Raises `UsageError` for words that mean no period, dates that no calendar has among them.
    """
    if isinstance(words, Period):
        return lambda fact: fact.period == words
    if isinstance(words, datetime):
        words = words.date()
    if isinstance(words, date):
        words = words.isoformat()
    text = str(words).strip()
    if text.lower() in KINDS:
        kind = text.lower()
        return lambda fact: fact.period is not None and fact.period.kind == kind
    for pattern, make in ((_FISCAL, _fiscal), (_QUARTER, _quarter), (_HALF, _half)):
        match = pattern.fullmatch(text)
        if match is not None:
            return make(match)
    first, slash, last = text.partition("/")
    if slash:
        begins, ends = _days(first.strip(), text), _days(last.strip(), text)
        if begins[0] > ends[1]:
            raise UsageError(f"{text!r} ends before it begins")
        return lambda fact: _starts_in(fact, begins) and _ends_in(fact, ends)
    ended = _ENDED.fullmatch(text)
    if ended is not None:
        return _ended(ended, text)
    span = _days(re.sub(r"^as of\s+", "", text, flags=re.I), text)
    return lambda fact: _ends_in(fact, span)


def _ended(match: re.Match[str], text: str) -> PeriodTest:
    """`3 months ended Mar. 29, 2025`, `year ended December 31, 2024`."""
    said = match[1].lower()
    months = int(said) if said.isdecimal() else _COUNTS.get(said)
    if months is None:
        raise UsageError(f"{text!r} means no period: write {_HELP}")
    span = _days(match[2].strip(), text)
    return lambda fact: (
        fact.period is not None
        and fact.period.start is not None
        and (_has_months(fact, months) and _ends_in(fact, span))
    )


def _days(text: str, whole: str) -> tuple[date, date]:
    """The first and last day that a year, month or day means."""
    match = _DAY.fullmatch(_written(text))
    if match is None:
        raise UsageError(f"{whole!r} means no period: write {_HELP}")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, IndexError):
        raise UsageError(f"no calendar has the date {text!r}") from None


def _written(text: str) -> str:
    """A date in words as `YYYY-MM-DD` or `YYYY-MM`; what is none as it is."""
    for pattern, places in _SAID:
        match = pattern.fullmatch(text)
        if match is not None:
            year, month, day = (match[place] if place else "" for place in places)
            number = _MONTHS.index(month.lower()) + 1
            return f"{year}-{number:02d}-{day}" if day else f"{year}-{number:02d}"
    return text


def _last(fact: Fact) -> date | None:
    period = fact.period
    last = None if period is None or period.exact[1] else period.last_day
    return None if last is None else last.date()


def _ends_in(fact: Fact, span: tuple[date, date]) -> bool:
    last = _last(fact)
    return last is not None and span[0] <= last <= span[1]


def _starts_in(fact: Fact, span: tuple[date, date]) -> bool:
    period = fact.period
    if period is None or period.start is None or period.exact[0]:
        return False
    return span[0] <= period.start.date() <= span[1]


def _has_months(fact: Fact, months: int) -> bool:
    """An instant, or a duration of so many months."""
    period = fact.period
    last = _last(fact)
    if period is None or last is None:
        return False
    return period.start is None or (not period.exact[0] and months_of(period.start.date(), last) == months)


def _calendar_part(year: int, first_month: int, months: int) -> PeriodTest:
    if not 1 <= year <= 9998:
        raise UsageError(f"no calendar has the year {year}")
    last_month = first_month + months - 1
    begin, end = date(year, first_month, 1), date(year, last_month, monthrange(year, last_month)[1])
    inner = (begin + _WEEK, end + _WEEK)
    return lambda fact: _has_months(fact, months) and _ends_in(fact, inner)


def _quarter(match: re.Match[str]) -> PeriodTest:
    return _calendar_part(int(match[1]), 3 * int(match[2]) - 2, 3)


def _half(match: re.Match[str]) -> PeriodTest:
    return _calendar_part(int(match[1]), 6 * int(match[2]) - 5, 6)


def _fiscal(match: re.Match[str]) -> PeriodTest:
    year, name = int(match[1]), (match[2] or "FY").upper()
    name = "6M" if name == "H1" else name

    def test(fact: Fact) -> bool:
        found = fact.fiscal
        if found is None or found.year != year:
            return False
        return found.name == name or (name == "Q4" and found.name == "FY" and fact.period.start is None)  # type: ignore[union-attr]

    return test


def latest(facts: list[Fact]) -> list[Fact]:
    """Of each line (concept, entity, members, unit, language) the facts whose period ends last."""
    ends: dict[object, date] = {}
    keys: list[object] = []
    for fact in facts:
        context = fact.context
        last = _last(fact)
        key = None
        if context is not None and last is not None:
            members = frozenset(context.dimensions.items())
            unit = None if fact.unit is None else (fact.unit.numerators, fact.unit.denominators)
            key = (fact.qname, context.scheme, context.identifier, members, unit, fact.language)
            if key not in ends or last > ends[key]:
                ends[key] = last
        keys.append(key)
    return [fact for fact, key in zip(facts, keys, strict=True) if key is not None and _last(fact) == ends[key]]


def last_year(facts: list[Fact]) -> list[Fact]:
    """The facts of the last whole fiscal year that their report is about, and those of the instant at its end."""
    years: dict[Instance, int | None] = {}
    chosen = []
    for fact in facts:
        found = fact.fiscal
        if found is not None and found.name == "FY":
            instance = fact.home.instance
            if instance not in years:
                years[instance] = _last_year(instance)
            if found.year == years[instance]:
                chosen.append(fact)
    return chosen


def _last_year(instance: Instance) -> int | None:
    """The latest fiscal year that a context without members spans, or else at whose end one stands, among those that
    end with the report's period or before.
    """
    calendar, ends = instance.home.calendar, instance.home.ends
    spans: set[int] = set()
    ended: set[int] = set()
    for context in instance.contexts.values():
        period = context.period
        if context.dimensions or not context.valid or period.last_day is None or any(period.exact):
            continue
        start, last = None if period.start is None else period.start.date(), period.last_day.date()
        found = calendar.place(start, last, ends=ends)
        if found.name == "FY" and (calendar.period_end is None or last <= calendar.period_end + _WEEK):
            (ended if start is None else spans).add(found.year)
    return max(spans or ended, default=None)


AMONG: Final = {"latest": latest, "fy": last_year}
"""Words for periods that choose among the facts at hand."""
