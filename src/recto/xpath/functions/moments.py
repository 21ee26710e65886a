"""Functions on dates, times and durations (XPath functions, 10)."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from recto.xpath import values
from recto.xpath.context import Dynamic
from recto.xpath.errors import XPathError
from recto.xpath.functions.registry import declare
from recto.xpath.temporal import Duration, Temporal
from recto.xpath.values import Value


def _now(dynamic: Dynamic) -> datetime:
    if dynamic.now is None:
        dynamic.now = datetime.now(UTC).replace(tzinfo=None)
    return dynamic.now  # type: ignore[no-any-return]


@declare("fn:current-dateTime")
def _current_date_time(dynamic: Dynamic) -> Value:
    return Temporal("dateTime", _now(dynamic), 0)


@declare("fn:current-date")
def _current_date(dynamic: Dynamic) -> Value:
    return values.cast(Temporal("dateTime", _now(dynamic), 0), "date")


@declare("fn:current-time")
def _current_time(dynamic: Dynamic) -> Value:
    return values.cast(Temporal("dateTime", _now(dynamic), 0), "time")


@declare("fn:implicit-timezone")
def _implicit_timezone(dynamic: Dynamic) -> Value:
    return Duration("dayTimeDuration", 0, Decimal(0))


@declare("fn:dateTime", "xs:date?", "xs:time?")
def _date_time(dynamic: Dynamic, day: Value, time: Value) -> Value:
    if type(day) is list or type(time) is list:
        return []
    if day.zone is not None and time.zone is not None and day.zone != time.zone:
        raise XPathError("FORG0008", "the date and the time are of different time zones")
    whole = datetime.combine(day.value.date(), time.value.time())
    return Temporal("dateTime", whole, day.zone if day.zone is not None else time.zone)


def _part(name: str, kind: str, get: Any) -> None:
    @declare(name, f"xs:{kind}?")
    def part(dynamic: Dynamic, value: Value) -> Value:
        return value if type(value) is list else get(value)


def _seconds(value: Temporal) -> Decimal:
    return Decimal(value.value.second) + Decimal(value.value.microsecond) / 1_000_000


def _zone(value: Temporal) -> Value:
    return [] if value.zone is None else Duration("dayTimeDuration", 0, Decimal(value.zone * 60))


for _kind in ("date", "dateTime"):
    for _name in ("year", "month", "day"):
        _part(f"fn:{_name}-from-{_kind}", _kind, lambda value, name=_name: getattr(value.value, name))
for _kind in ("time", "dateTime"):
    _part(f"fn:hours-from-{_kind}", _kind, lambda value: value.value.hour)
    _part(f"fn:minutes-from-{_kind}", _kind, lambda value: value.value.minute)
    _part(f"fn:seconds-from-{_kind}", _kind, _seconds)
for _kind in ("date", "time", "dateTime"):
    _part(f"fn:timezone-from-{_kind}", _kind, _zone)


def _signed(number: Any, of: Any) -> Any:
    return -number if of < 0 else number


_part("fn:years-from-duration", "duration", lambda value: _signed(abs(value.months) // 12, value.months))
_part("fn:months-from-duration", "duration", lambda value: _signed(abs(value.months) % 12, value.months))
_part("fn:days-from-duration", "duration", lambda value: _signed(int(abs(value.seconds) // 86400), value.seconds))
_part("fn:hours-from-duration", "duration", lambda value: _signed(int(abs(value.seconds) // 3600) % 24, value.seconds))
_part("fn:minutes-from-duration", "duration", lambda value: _signed(int(abs(value.seconds) // 60) % 60, value.seconds))
_part("fn:seconds-from-duration", "duration", lambda value: _signed(abs(value.seconds) % 60, value.seconds))


def _adjust(kind: str) -> None:
    @declare(f"fn:adjust-{kind}-to-timezone", f"xs:{kind}?", "xs:dayTimeDuration?", least=1)
    def adjust(dynamic: Dynamic, value: Value, zone: Value = 0) -> Value:
        if type(value) is list:
            return []
        if type(zone) is list:
            return value.adjusted(None)
        minutes = int(zone.seconds // 60) if isinstance(zone, Duration) else 0
        if abs(minutes) > 840 or (isinstance(zone, Duration) and zone.seconds % 60):
            raise XPathError("FODT0003", "there is no such time zone")
        return value.adjusted(minutes)


for _kind in ("date", "time", "dateTime"):
    _adjust(_kind)
