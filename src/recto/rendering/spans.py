"""Periods as pages show and order them (rendering.md 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final, Literal

from recto.instance.model import Period

_DAY: Final = timedelta(days=1)
_SLACK: Final = timedelta(days=15)
_LAST: Final = datetime(9999, 12, 31)
"""The last midnight there is: the end of Dec. 31, 9999 lies beyond it, and is taken to be it (6.1)."""
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def date_label(day: datetime) -> str:
    """`Dec. 31, 2024`, `May 05, 2024`: every month but May has its dot (6.1)."""
    return f"{MONTHS[day.month - 1]}{'' if day.month == 5 else '.'} {day.day:02d}, {day.year}"


def balance_date_label(day: datetime) -> str:
    """The date of a balance row: always with a dot, `May. 31, 2022` too, unlike captions (15.3)."""
    return f"{MONTHS[day.month - 1]}. {day.day:02d}, {day.year}"


def add_months(moment: datetime, months: int) -> datetime:
    """Calendar months later; the day is clipped to the length of the month."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    length = 29 if month == 1 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)) else _LENGTHS[month]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, length))


def count_months(start: datetime, end: datetime) -> int:
    """The largest number of months that, added to the start, stay within 15 days after the half-open end (6.1).

    Negative where the end lies before the start, which no valid period does.
    """
    try:
        limit = end + _SLACK
    except OverflowError:
        limit = end
    months = (limit.year - start.year) * 12 + limit.month - start.month
    if limit < start:
        while add_months(start, months) < limit:
            months += 1
        return months
    while months > 0 and add_months(start, months) > limit:
        months -= 1
    return months


class Span:
    """A period of a page: half-open, interned by `Spans`, so that identity is equality. `start` is None for an
    instant.
    """

    __slots__ = ("end", "label", "months", "ordinal", "start")
    start: datetime | None
    end: datetime
    months: int
    """0 for instants and for durations too short to count."""
    label: str
    """Its last day, as captions show it."""
    ordinal: int
    """Order of first use in the instance, its facts being taken concept by concept (0.4)."""

    def __init__(
        self,
        start: datetime | None,
        end: datetime,
        ordinal: int = 0,
        label: Callable[[datetime], str] = date_label,
    ) -> None:
        self.ordinal = ordinal
        self.start = start
        self.end = end
        self.months = 0 if start is None else count_months(start, end)
        self.label = label(self.last_day)

    @property
    def kind(self) -> Literal["instant", "duration"]:
        return "instant" if self.start is None else "duration"

    @property
    def last_day(self) -> datetime:
        return self.end - _DAY if self.end - datetime.min >= _DAY else self.end

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)

    def __repr__(self) -> str:
        return f"Span({self.start}, {self.end})"


class Spans:
    """The spans of one instance."""

    __slots__ = ("_label", "_table")

    def __init__(self, label: Callable[[datetime], str] = date_label) -> None:
        self._label = label
        self._table: dict[tuple[datetime | None, datetime], Span] = {}

    def __len__(self) -> int:
        return len(self._table)

    def of(self, period: Period) -> Span | None:
        """None for `forever`, which stands at no date."""
        return None if period.end is None else self.between(period.start, min(period.end, _LAST))

    def between(self, start: datetime | None, end: datetime) -> Span:
        span = self._table.get((start, end))
        if span is None:
            span = self._table[start, end] = Span(start, end, len(self._table), self._label)
        return span

    def number(self, used: Iterable[Span | None]) -> None:
        """Numbers the spans anew in the order in which they are used; those that are not used stand behind."""
        ordered = dict.fromkeys(span for span in used if span is not None)
        for ordinal, span in enumerate(dict.fromkeys((*ordered, *self._table.values()))):
            span.ordinal = ordinal

    def instant(self, moment: datetime) -> Span:
        return self.between(None, moment)


def standard_order(spans: Iterable[Span], *, ascending: bool = False) -> list[Span]:
    """Durations before instants, short ones first, late ones first (early ones where `ascending`: repurchases) (6.2).

    Ties (other start, same months and end) stand in the order of first use, concept by concept (0.4).
    """
    ordered = sorted(spans, key=lambda span: span.ordinal)
    ordered.sort(key=lambda span: span.end, reverse=not ascending)
    ordered.sort(key=lambda span: (span.start is None, span.months))
    return ordered


def movement_order(spans: Iterable[Span]) -> list[Span]:
    """The periods of an equity statement: those that take part in a movement, by start, then by months (6.6).

    A movement is a duration whose start and end are both instants among the periods. Empty where there is none.
    """
    every = list(spans)
    instants = {span.end for span in every if span.start is None}
    kept: set[Span] = set()
    ends: set[datetime] = set()
    for span in every:
        if span.start is not None and span.start in instants and span.end in instants:
            kept.add(span)
            ends.add(span.start)
            ends.add(span.end)
    ordered = [span for span in every if span in kept or (span.start is None and span.end in ends)]
    ordered.sort(key=lambda span: (span.start or span.end, span.months))
    return ordered


def inferred_durations(instants: Sequence[Span], spans: Spans) -> list[Span]:
    """Artificial durations between consecutive instants (6.5)."""
    moments = sorted({span.end for span in instants})
    return [spans.between(start, end) for start, end in pairwise(moments)]
