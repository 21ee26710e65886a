"""Periods, units and amounts in words, as people say them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from recto.fiscal import months_of
from recto.names import QName


class Period(Protocol):
    """What is needed of a `recto.instance.model.Period`."""

    @property
    def start(self) -> datetime | None: ...
    @property
    def last_day(self) -> datetime | None: ...
    @property
    def exact(self) -> tuple[str, str]: ...
    @property
    def days(self) -> tuple[str | None, str | None]: ...


class Unit(Protocol):
    """What is needed of a `recto.instance.model.Unit`."""

    @property
    def numerators(self) -> Sequence[QName]: ...
    @property
    def denominators(self) -> Sequence[QName]: ...


class Fact(Protocol):
    """What is needed of a `recto.instance.model.Fact`."""

    @property
    def nil(self) -> bool: ...
    @property
    def valid(self) -> bool: ...
    @property
    def number(self) -> Decimal | None: ...
    @property
    def unit(self) -> Any: ...
    @property
    def text(self) -> str: ...


_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))


def day_words(day: date) -> str:
    """`March 29, 2025`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_day(day: date) -> str:
    """`Dec. 31, 2023`, as report pages write days."""
    name = _MONTHS[day.month - 1]
    return f"{name if len(name) < 4 else name[:3] + '.'} {day.day}, {day.year}"


def short_period(period: Period) -> str:
    """`Dec. 31, 2023`, `12 months ended Dec. 31, 2023`, `Jan. 1, 2024 to Feb. 10, 2024`, `forever`."""
    first, written = period.days
    if written is None:
        return "forever"
    if any(period.exact) or "T" in written or (first is not None and "T" in first):
        return written if first is None else f"{first} to {written}"
    last = date.fromisoformat(written)
    if first is None or first == written:
        return short_day(last)
    start = date.fromisoformat(first)
    months = months_of(start, last)
    if months is None:
        return f"{short_day(start)} to {short_day(last)}"
    return f"{months} month{'' if months == 1 else 's'} ended {short_day(last)}"


def period_words(period: Period) -> str:
    """`as of March 29, 2025`, `three months ended March 29, 2025`, `January 1, 2024 to October 5, 2024`, `forever`."""
    first, written = period.days
    if written is None:
        return "forever"
    if any(period.exact) or "T" in written or (first is not None and "T" in first):
        return f"as of {written}" if first is None else f"{first} to {written}"
    assert period.last_day is not None
    last = period.last_day.date()
    if period.start is None:
        return f"as of {day_words(last)}"
    start = period.start.date()
    if start == last:
        return day_words(last)
    months = months_of(start, last)
    if months is None or months > 12:
        return f"{day_words(start)} to {day_words(last)}"
    span = {1: "month", 3: "three months", 6: "six months", 9: "nine months", 12: "year"}.get(
        months, f"{months} months"
    )
    return f"{span} ended {day_words(last)}"


def unit_words(unit: Unit) -> str:
    """Local names: `USD`, `USD/shares`, `pure`."""
    over, under = ("*".join(measure.local for measure in side) for side in (unit.numerators, unit.denominators))
    return f"{over}/{under}" if under else over


def number_words(number: Decimal, unit: str) -> str:
    """`95.359 billion USD`, `1.65 USD/shares`, `12.5 %` of no unit; exact, with no more digits than there are."""
    if not number.is_finite():
        return f"{number} {unit}".strip()
    size = number.adjusted()
    if size >= 400:
        return f"{number:E} {unit}".strip()
    text = f"{number:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    for places, word in _SCALES:
        if size >= places and number == number.to_integral_value():
            short = f"{number.scaleb(-places):,f}"
            short = short.rstrip("0").rstrip(".") if "." in short else short
            if len(short.lstrip("-").replace(",", "").replace(".", "")) <= 6:
                return f"{short} {word} {unit} ({text})" if unit else f"{short} {word} ({text})"
            break
    return text if unit in ("", "pure") else f"{text} {unit}"


def value_words(fact: Fact) -> str:
    """What a fact says: an amount with its unit, a text on one line, `nil`, or the text of what is no value."""
    if fact.nil:
        return "nil"
    number = fact.number
    if number is not None:
        return number_words(number, "" if fact.unit is None else unit_words(fact.unit))
    text = " ".join(fact.text.split())
    return text if fact.valid else f"invalid: {text}"
