"""String forms of periods, units and entities (OIM Common Definitions 1.0, 3; xBRL-CSV 1.0, period formats)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final

from recto.instance.model import Period
from recto.instance.oim.vocabulary import Names
from recto.instance.periods import any_moment, far_order
from recto.names import QName
from recto.patterns import lazy

_MOMENT: Final = lazy(r"(-?\d{4,}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d*[1-9])?(Z)?", re.ASCII)
_DAYS: Final = lazy(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)", re.ASCII)
_SHORT: Final = lazy(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?|Q(?P<quarter>[1-4])|H(?P<half>[12])|W(?P<week>\d{1,2}))?"
    r"(?:@(?P<which>start|end))?",
    re.ASCII,
)


def _unit_pattern(start: str, rest: str) -> str:
    name = f"[{start}][{rest}.]*:[{start}][{rest}.]*"
    side = rf"({name}|\({name}(?:\*{name})+\))"
    return rf"(?:{name}(?:\*{name})*|{side}(?:/{side})?)"


_UNIT: Final = Names(_unit_pattern)


class PeriodError(ValueError):
    """A text that means no period; `code` is the local part of the code to report."""

    code = "invalidPeriodRepresentation"


class NotDurationError(PeriodError):
    """A period specifier (`@start`, `@end`) on what is no duration."""

    code = "referenceTargetNotDuration"


def _moment(text: str) -> tuple[datetime, str, str]:
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise PeriodError(f"{text!r} is not a date and time as in 2024-12-31T00:00:00")
    if match[2][:2] == "24":
        raise PeriodError(f"{text!r} is not a date and time: there is no hour 24")
    try:
        return any_moment(text, end=False)
    except ValueError as error:
        raise PeriodError(f"{text!r} is not a date and time: {error}") from None


@lru_cache(maxsize=8192)
def parse_period(text: str) -> Period:
    """A period string: `2024-12-31T00:00:00`, or start and end with a slash (OIM Common 1.0, 3.5).

    Raises PeriodError.
    """
    start_text, slash, end_text = text.partition("/")
    if not slash:
        end, zone, exact = _moment(text)
        return Period(None, end, ("", zone), ("", exact))
    start, start_zone, start_exact = _moment(start_text)
    end, zone, exact = _moment(end_text)
    order = far_order(start_exact or start, exact or end)
    if order == 0:
        return Period(None, end, ("", zone), ("", exact))
    if order > 0:
        raise PeriodError(f"{text!r} ends before it starts")
    return Period(start, end, (start_zone, zone), (start_exact, exact))


def format_period(period: Period) -> str | None:
    """The period string; None for forever. Time zones other than UTC are converted to it."""
    if period.end is None:
        return None
    end = _format(period.end, period.zones[1], period.exact[1])
    return end if period.start is None else f"{_format(period.start, period.zones[0], period.exact[0])}/{end}"


def _format(when: datetime, zone: str, exact: str) -> str:
    if exact:
        return exact + zone
    if zone:
        when = utc(when, zone)
    text = when.isoformat()
    return (text.rstrip("0") if when.microsecond else text) + ("Z" if zone else "")


def utc(when: datetime, zone: str) -> datetime:
    """The same moment in UTC, still as a datetime without zone; unchanged where that leaves the years 1 to 9999."""
    if zone == "Z":
        return when
    hours, minutes = zone[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    local = when.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
    try:
        return local.astimezone(timezone.utc).replace(tzinfo=None)  # noqa: UP017
    except OverflowError:
        return when


@lru_cache(maxsize=8192)
def parse_csv_period(text: str, specifier: str = "") -> Period:
    """A period as xBRL-CSV may abbreviate it, or one end of it.

    Besides period strings: `2024-01-01..2024-12-31` (last day included), `2024-12-31`, `2024-12`, `2024`, `2024Q1`,
    `2024H1`, `2024W05` (ISO 8601 week), each of these but the first with `@start` or `@end` for the instant there.
    `specifier` is `start` or `end` where a parameter reference asks for it.
    Raises PeriodError, NotDurationError.
    """
    period = _csv_period(text)
    if not specifier:
        return period
    if period.start is None or period.end is None:
        raise NotDurationError(f"{text!r} is no duration, so it has no {specifier}")
    return _end_of(period, specifier)


def _end_of(period: Period, which: str) -> Period:
    if which == "start":
        return Period(None, period.start, ("", period.zones[0]), ("", period.exact[0]))
    return Period(None, period.end, ("", period.zones[1]), ("", period.exact[1]))


def _csv_period(text: str) -> Period:
    try:
        match = _SHORT.fullmatch(text)
        if match is not None:
            start, end = _short(match.groupdict())
            period = Period(start, end)
            return _end_of(period, match["which"]) if match["which"] else period
        match = _DAYS.fullmatch(text)
        if match is not None:
            first, last = (datetime.fromisoformat(day) for day in match.groups())
            if last < first:
                raise PeriodError(f"{text!r} ends before it starts")
            return Period(first, last + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        if isinstance(error, PeriodError):
            raise
        raise PeriodError(f"{text!r} is not a period: {error}") from None
    return parse_period(text)


def _short(parts: Mapping[str, str | None]) -> tuple[datetime, datetime]:
    year = int(parts["year"] or 0)
    if parts["week"]:
        monday = date.fromisocalendar(year, int(parts["week"]), 1)
        start = datetime(monday.year, monday.month, monday.day)
        return start, start + timedelta(days=7)
    if parts["day"]:
        start = datetime(year, int(parts["month"] or 0), int(parts["day"]))
        return start, start + timedelta(days=1)
    first, months = 1, 12
    if parts["month"]:
        first, months = int(parts["month"]), 1
        if not 1 <= first <= 12:
            raise ValueError("there are 12 months")
    elif parts["quarter"]:
        first, months = int(parts["quarter"]) * 3 - 2, 3
    elif parts["half"]:
        first, months = int(parts["half"]) * 6 - 5, 6
    after = first + months
    return datetime(year, first, 1), datetime(year + (after > 12), after - 12 if after > 12 else after, 1)


class UnitError(ValueError):
    """A text that is no unit string; `code` is the code to report."""

    def __init__(self, message: str, code: str = "oimce:invalidUnitStringRepresentation"):
        super().__init__(message)
        self.code = code


def parse_unit(text: str, namespaces: Mapping[str, str]) -> tuple[tuple[QName, ...], tuple[QName, ...]]:
    """Numerators and denominators of a unit string (OIM Common 1.0, 3.4). Raises UnitError."""
    if _UNIT.fullmatch(text) is None:
        raise UnitError(f"{text!r} is not a unit such as iso4217:USD or iso4217:USD/xbrli:shares")
    above, _, below = text.partition("/")
    return _measures(above, text, namespaces), _measures(below, text, namespaces) if below else ()


def _measures(side: str, text: str, namespaces: Mapping[str, str]) -> tuple[QName, ...]:
    names = side.strip("()").split("*")
    if names != sorted(names):
        raise UnitError(f"the measures of {text!r} are not in alphabetical order")
    measures = []
    for name in names:
        prefix, _, local = name.partition(":")
        namespace = namespaces.get(prefix)
        if namespace is None:
            raise UnitError(f"the prefix {prefix!r} of {name!r} is not declared", "oimce:unboundPrefix")
        measures.append(QName(namespace, local))
    return tuple(measures)
