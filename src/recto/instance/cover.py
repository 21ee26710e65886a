"""What a report says of itself on its cover page: whose it is, of which form, about which period."""

from __future__ import annotations

from datetime import date
from typing import Final

from recto.fiscal import Calendar, calendar
from recto.instance.model import Fact, Instance

DEI: Final = "://xbrl.sec.gov/dei/"
"""In the namespaces of the SEC's Document and Entity Information."""


def cover_facts(instance: Instance) -> dict[str, Fact]:
    """The first fact that has a value, of each concept of `dei`, by local name; those without members first."""
    found: dict[str, Fact] = {}
    for fact in instance.facts:
        if DEI in fact.qname.namespace and not fact.nil and fact.valid:
            known = found.get(fact.qname.local)
            if known is None or (known.dimensions and not fact.dimensions):
                found[fact.qname.local] = fact
    return found


def durations(instance: Instance) -> list[tuple[date, date]]:
    """First and last days of the durations that facts are about, each as often as it occurs in a context."""
    found = []
    for context in instance.contexts.values():
        period = context.period
        last = period.last_day
        if context.valid and period.start is not None and last is not None and not any(period.exact):
            found.append((period.start.date(), last.date()))
    return found


def last_days(instance: Instance) -> frozenset[date]:
    return frozenset(last for _, last in durations(instance))


def calendar_of(instance: Instance) -> Calendar:
    """The fiscal calendar that the report shows (`recto.fiscal`)."""
    cover = cover_facts(instance)
    stated = cover.get("DocumentPeriodEndDate")
    year = cover.get("DocumentFiscalYearFocus")
    period = cover.get("DocumentFiscalPeriodFocus")
    ends = cover.get("CurrentFiscalYearEndDate")
    spans = durations(instance)
    return calendar(
        spans,
        year_end=None if ends is None else ends.value,
        period_end=_date(stated) or (max((last for _, last in spans), default=None)),
        cover_year=_year(year),
        cover_period=None if period is None else period.value.strip().upper() or None,
    )


def _date(fact: Fact | None) -> date | None:
    try:
        return None if fact is None else date.fromisoformat(fact.value.strip()[:10])
    except ValueError:
        return None


def _year(fact: Fact | None) -> int | None:
    digits = "" if fact is None else fact.value.strip()
    return int(digits) if len(digits) == 4 and digits.isascii() and digits.isdigit() else None
