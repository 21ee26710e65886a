"""What a filing says of itself: its header and its cover page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.instance.model import Fact

_SEC = "http://www.sec.gov/CIK"
_COVER = {
    "EntityRegistrantName": "company",
    "TradingSymbol": "ticker",
    "DocumentType": "form",
    "AmendmentFlag": "amendment",
    "DocumentPeriodEndDate": "period",
    "CurrentFiscalYearEndDate": "fiscal_year_end",
    "DocumentFiscalYearFocus": "fiscal_year",
    "DocumentFiscalPeriodFocus": "fiscal_period",
    "EntityCentralIndexKey": "cik",
}
_DEI = re.compile(r"http://xbrl\.(?:us|sec\.gov)/dei/")


class Cover(Struct, frozen=True):
    """Columns of `filings` that header and cover give."""

    entity: str | None
    accepted: datetime | None
    values: Mapping[str, Any]

    @classmethod
    def of(cls, filing: Filing, facts: Sequence[Fact], known: Mapping[str, Any]) -> Cover:
        told: dict[str, str] = {}
        entities: Counter[tuple[str, str]] = Counter()
        for fact in facts:
            context = fact.context
            if context is not None:
                entities[context.scheme, context.identifier] += 1
            name = _COVER.get(fact.qname.local)
            if name is not None and not fact.nil and fact.valid and _DEI.match(fact.qname.namespace):
                if context is None or not context.dimensions or name not in told:
                    told.setdefault(name, fact.value.strip())
        header = filing.source.header
        (scheme, entity), _ = entities.most_common(1)[0] if entities else ((None, None), 0)
        cik = header.get("cik") or told.get("cik") or (entity if scheme == _SEC else None)
        values: dict[str, Any] = {
            "entity": entity,
            "cik": int(cik) if cik and cik.isdecimal() and len(cik) < 12 else None,
            "company": header.get("company") or told.get("company"),
            "ticker": told.get("ticker"),
            "form": header.get("form") or told.get("form"),
            "amendment": {"true": True, "false": False, "1": True, "0": False}.get(told.get("amendment", "").lower()),
            "period": _day(header.get("period")) or _day(told.get("period")),
            "filed": _day(header.get("filed")),
            "accepted": _moment(header.get("accepted")),
            "fiscal_year_end": told.get("fiscal_year_end"),
            "fiscal_year": _year(told.get("fiscal_year")),
            "fiscal_period": told.get("fiscal_period"),
        }
        values |= {name: value for name, value in known.items() if value is not None and name in values}
        if values["accepted"] is None and values["filed"] is not None:  # by the end of that day at the latest
            filed = values["filed"]
            values["accepted"] = datetime(filed.year, filed.month, filed.day, 22)
        values["accepted"] = utc(values["accepted"])
        return cls(values["entity"], values["accepted"], values)

    def row(self) -> dict[str, Any]:
        return dict(self.values)


def utc(moment: datetime | None) -> datetime | None:
    """In UTC; a time without zone is Eastern time, as EDGAR's headers give it."""
    if moment is None:
        return None
    if moment.tzinfo is None:
        from zoneinfo import ZoneInfo

        moment = moment.replace(tzinfo=ZoneInfo("America/New_York"))
    return moment.astimezone(UTC)


def _day(text: str | None) -> date | None:
    if not text:
        return None
    digits = text.strip().replace("-", "")[:8]
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.strptime(text.strip()[:14], "%Y%m%d%H%M%S") if text else None
    except ValueError:
        return None


def _year(text: str | None) -> int | None:
    match = re.fullmatch(r"-{0,2}(\d{4})", text or "")
    return int(match[1]) if match else None
