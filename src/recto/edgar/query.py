"""Filings by words: `AAPL 10-K`, `Apple Inc. 10-K 2023`, `320193 10-Q 2023-06`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from recto.edgar.listed import ListedFiling

_FORM = (
    r"(?:10-?(?:KSB|QSB|KT|QT|K405|K|Q|D)|(?:8|6|11|18)-K|20-F|40-F|[SF]-\d{1,2}(?:MEF)?|N-[A-Z0-9-]+|"
    r"DEFM?\s?14[AC]|PRE\s?14[AC]|485[AB]POS|485APOS|497K?|424B\d|SD|NPORT-P|ARS|11-K)(?:/A)?"
)
_QUERY = re.compile(
    rf"(?P<company>\S.*?)\s+(?P<form>{_FORM})(?:\s+(?P<when>\d{{4}}(?:-\d\d(?:-\d\d)?)?))?", re.IGNORECASE
)
_SLACK = timedelta(days=15)


class Query(Struct, frozen=True):
    """Filings of one company and form. `when`: a year, `2023-06` or a day, of the period of report; empty: any."""

    company: str
    form: str
    when: str = ""


def parse_query(text: str) -> Query | None:
    """The query that a SOURCE is; None if it is none (a company, a form, and perhaps a year, month or day)."""
    match = _QUERY.fullmatch(text.strip())
    if match is None:
        return None
    return Query(match["company"], re.sub(r"\s+", " ", match["form"].upper()), match["when"] or "")


def choose(filings: Iterable[ListedFiling], when: str) -> list[ListedFiling]:
    """Those whose period of report is meant by `when`, the newest first; an original before its amendments."""
    chosen = [each for each in filings if not when or _matches(each, when)]
    return sorted(chosen, key=lambda each: (each.filed, each.accession), reverse=True)


def _matches(filing: ListedFiling, when: str) -> bool:
    """Whether the period of report is of that year, month or day.

    A period that ends in the first days of January is of the year before: years of 52 or 53 weeks do.
    """
    period = filing.period
    if len(when) == 4:
        return str(((period - _SLACK) if period is not None else filing.filed).year) == when
    return (period or filing.filed).isoformat().startswith(when)


def day(text: str | int | date | None, *, end: bool = False) -> date | None:
    """A date option: `2020` (its first day, with `end` its last), `2020-06`, `2020-06-30`. Raises ValueError."""
    if text is None or isinstance(text, date):
        return text
    text = str(text)
    if not end:
        return date.fromisoformat(text + {4: "-01-01", 7: "-01"}.get(len(text), ""))
    if len(text) == 4:
        return date(int(text), 12, 31)
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return date.fromisoformat(text)
