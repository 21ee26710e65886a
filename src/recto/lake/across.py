"""Questions over all companies: one number of each, and what happened after the end of their periods."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from recto.errors import UsageError
from recto.lake.asked import Asked
from recto.lake.history import History, Known, histories, usual_unit
from recto.lake.item_numbers import Chosen
from recto.lake.items import item_name
from recto.lake.periods import lay_out
from recto.lake.result import Result, unit_words
from recto.lake.series import Series, record, schema
from recto.lake.years import Duration
from recto.prose import plain, prose

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.lake.derive import Reported

_PERIOD: Final = re.compile(r"FY|T[1-4]?|Q[1-4]")
EVENTS: Final = ("us-gaap:SubsequentEventsTextBlock", "ifrs-full:DisclosureOfEventsAfterReportingPeriodExplanatory")
_MEMBER: Final = "us-gaap:SubsequentEventMember"


def peers(
    lake: Asked,
    concept: str,
    year: int,
    *,
    period: str,
    companies: Sequence[str] | None,
    unit: str | None,
    known: Known,
) -> Series:
    """See `Lake.peers`."""
    import pyarrow as pa

    wanted = period.upper()
    if _PERIOD.fullmatch(wanted) is None:
        raise UsageError(f"{period!r} is no fiscal period: FY, Q1 to Q4, or T (a transition period)")
    if not 1900 <= year <= 9998:
        raise UsageError(f"{year} is no fiscal year")
    entities = None if companies is None else [lake.company(each)["entity"] for each in companies]
    span = [date(year - 2, 6, 1), date(year + 1, 7, 31)]
    item = item_name(concept) if ":" not in concept and concept == concept.casefold() else None
    if item is None and ":" not in concept:
        raise UsageError(f"{concept!r} is no line item: give a concept with its prefix, as us-gaap:Assets")
    reported = _items(lake, item, span, entities, known) if item else _facts(lake, concept, span, entities, known)
    frequency = "year" if wanted in ("FY", "T") else "quarter"
    records = []
    for history, numbers in reported:
        for row in lay_out(usual_unit(numbers, unit), history.years, frequency):
            if row.place.year == year and row.place.name == wanted and row.worked is not None:
                records.append(record(row, history.company, item or concept))
    records.sort(key=lambda row: (-(row["value"] or 0), row["entity"]))
    return Series(pa.Table.from_pylist(records, schema()))


_Told = Iterable[tuple[History, "list[Reported]"]]


def _companies(lake: Asked, entities: Iterable[str]) -> list[dict[str, Any]]:
    found = lake.sql("select * from companies where entity in (select unnest(?))", [sorted(set(entities))])
    return found.records()


def _facts(lake: Asked, concept: str, span: list[date], entities: Sequence[str] | None, known: Known) -> _Told:
    rows = lake.sql(
        """select filing, fact, entity, concept, start, "end", unit, number, decimals, is_exact from facts
        where concept = $concept and "end" between $first and $last and valid and number is not null
            and dimensions is null and period is null and unit is not null
            and ($entities is null or list_contains($entities, entity))""",
        {"concept": concept, "first": span[0], "last": span[1], "entities": entities},
    ).records()
    by_entity: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_entity.setdefault(row["entity"], []).append(row)
    spans = [Duration(row["filing"], row["start"], row["end"]) for row in rows if row["start"] is not None]
    for entity, history in histories(lake, _companies(lake, by_entity), known, spans, (span[0], span[1])).items():
        yield history, history.versions(by_entity[entity])


def _items(lake: Asked, item: str, span: list[date], entities: Sequence[str] | None, known: Known) -> _Told:
    listed = lake.sql(
        """select filing, entity from filings where status = 'ok' and entity is not null and facts > 0
            and (period is null or period between $first and $last)
            and ($entities is null or list_contains($entities, entity))""",
        {"first": span[0], "last": span[1], "entities": entities},
    ).records()
    chosen = Chosen(lake, [item], [row["filing"] for row in listed])
    spans = [
        Duration(filing, row["start"], row["end"])
        for filing, facts in chosen.facts.items()
        for rows in facts.values()
        for row in rows
        if row["start"] is not None
    ]
    companies = _companies(lake, {row["entity"] for row in listed})
    for history in histories(lake, companies, known, spans, (span[0], span[1])).values():
        yield history, chosen.numbers(item, history)


# Subsequent events


class Events(Result):
    """Subsequent events: a row for each note, as `columns` tells."""

    __slots__ = ()

    def text(self, *, width: int = 60) -> str:
        """The notes one under the other, each under its company and filing."""
        parts = []
        for row in self.to_dicts():
            head = [row["company"] or row["entity"], row["form"], row["period"], row["filing"]]
            parts.append("  ".join(str(each) for each in head if each))
            parts += [f"    {line}".rstrip() for line in row["text"].strip().splitlines()]
            for fact in row["facts"]:
                said = [fact["label"] or fact["concept"], fact["end"], fact["value"], unit_words(fact["unit"])]
                parts.append("    · " + "  ".join(str(each) for each in said if each))
            parts.append("")
        return "\n".join(parts).rstrip()


def events_schema() -> pa.Schema:
    import pyarrow as pa

    text = pa.string()
    fact = pa.struct(
        [
            *(("fact", pa.int32()), ("concept", text), ("label", text), ("start", pa.date32()), ("end", pa.date32())),
            *(("value", text), ("number", pa.decimal128(38, 12)), ("unit", text), ("dimensions", text)),
        ]
    )
    return pa.schema(
        [
            *(("company", text), ("entity", text), ("ticker", text), ("filing", text), ("form", text)),
            *(("period", pa.date32()), ("accepted", pa.timestamp("us", tz="UTC")), ("concept", text), ("text", text)),
            *(("document", text), ("line", pa.int32()), ("facts", pa.list_(fact))),
        ]
    )


def subsequent_events(
    lake: Asked, *, company: str | None, since: str | None, until: str | None, words: str | None
) -> Events:
    """See `Lake.subsequent_events`."""
    import pyarrow as pa

    entity = None if company is None else lake.company(company)["entity"]
    asked = {"entity": entity, "since": since, "until": until, "events": list(EVENTS)}
    notes = lake.sql(
        """select f.company, f.entity, f.ticker, f.filing, f.form, f.period, f.accepted, t.concept, t.text, t.fact
        from texts t join filings f on f.filing = t.filing
        where t.concept in (select unnest($events)) and f.status = 'ok' and ($entity is null or f.entity = $entity)
            and ($since is null or coalesce(f.accepted::date, f.filed, f.period) >= cast($since as date))
            and ($until is null or coalesce(f.accepted::date, f.filed, f.period) <= cast($until as date))
        order by f.accepted desc nulls last, f.period desc nulls last, f.filing, t.fact""",
        asked,
    ).records()
    for row in notes:
        row["text"] = plain(prose(row["text"]))
    if words is not None:
        wanted = words.casefold().split()
        notes = [row for row in notes if all(word in row["text"].casefold() for word in wanted)]
    filings = sorted({row["filing"] for row in notes})
    told = lake.sql(
        """select a.filing, a.fact, a.concept, c.label, a.start, a."end", a.value, a.number, a.unit, a.dimensions
        from facts a left join concepts c on c.filing = a.filing and c.concept = a.concept
        where a.filing in (select unnest(?)) and a.axes > 0 and contains(a.dimensions, ?) and a.valid
        order by a.filing, a.fact""",
        [filings, _MEMBER],
    ).records()
    places = lake.sql(
        "select filing, fact, document, line from facts where filing in (select unnest(?)) and concept in"
        " (select unnest(?))",
        [filings, list(EVENTS)],
    ).records()
    at = {(row["filing"], row["fact"]): row for row in places}
    facts: dict[str, list[dict[str, Any]]] = {}
    for row in told:
        facts.setdefault(row.pop("filing"), []).append(row)
    seen: set[str] = set()
    for row in notes:
        place = at.get((row["filing"], row.pop("fact")), {})
        row |= {"document": place.get("document"), "line": place.get("line")}
        row["facts"] = [] if row["filing"] in seen else facts.get(row["filing"], [])
        seen.add(row["filing"])
    return Events(pa.Table.from_pylist(notes, events_schema()))
