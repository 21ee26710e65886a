"""What is asked of a lake: companies, filings, numbers over time, texts. The API and the tools for language models
answer from here; every number has its concept, period, unit, and the filing and fact that tell it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from recto.errors import NotFoundError, UsageError
from recto.frames import plain_number
from recto.lake import Lake
from recto.lake.drawing import series_specification
from recto.lake.items import items as item_rules
from recto.lake.result import Result, unit_words
from recto.lake.years import Place
from recto.web.openapi import NUMBER, TEXT, Operation, Parameter, Schema
from recto.web.shelf import Shelf

Answer = dict[str, Any]
_MOST: Final = 500
_LONGEST: Final = 1200
"""Characters of a text in a list."""


def _lake(shelf: Shelf) -> Lake:
    if shelf.lake is None:
        raise NotFoundError("no lake is open here", code="recto:noLake")
    return shelf.lake


def _plain(value: Any) -> Any:
    """A value of a table as JSON has it: exact numbers as text."""
    if isinstance(value, Decimal):
        return plain_number(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list) else value


def _rows(records: Iterable[dict[str, Any]], without: tuple[str, ...] = ()) -> list[Answer]:
    return [{key: _plain(value) for key, value in row.items() if key not in without} for row in records]


def _part(result: Result, offset: int, limit: int, without: tuple[str, ...] = ()) -> Answer:
    rows = Result(result.to_arrow().slice(offset, limit)).records()
    return {"count": len(result), "rows": _rows(rows, without)}


def about(shelf: Shelf) -> Answer:
    """How much is in the lake, by what was committed up to now."""
    lake = _lake(shelf)
    lake.refresh()
    (row,) = lake.sql(
        """select count(*) as filings, count(distinct entity) as companies, coalesce(sum(facts), 0)::bigint as facts,
            min(period) as first_period, max(period) as last_period from filings where status = 'ok'"""
    ).records()
    names = {name: item.label for name, item in item_rules().items()}
    return {"lake": lake.place.url.rpartition("/")[2], **_plain(row), "line_items": names}


def companies(shelf: Shelf, *, words: str = "", offset: int = 0, limit: int = 100) -> Answer:
    return _part(_lake(shelf).companies(words or None), offset, limit)


def company(shelf: Shelf, *, company: str) -> Answer:
    """One company, with its filings and what it reports most."""
    lake = _lake(shelf)
    found = lake.company(company)
    entity = found["entity"]
    statements = lake.sql(
        """select distinct statement from pages join filings using (filing)
        where entity = ? and status = 'ok' and statement is not null order by 1""",
        [entity],
    )
    return {
        **_plain(found),
        "statements": statements.column("statement").to_pylist(),
        "filings": filings(shelf, company=entity)["rows"],
        "concepts": concepts(shelf, company=entity, limit=30)["rows"],
    }


def filings(
    shelf: Shelf,
    *,
    company: str = "",
    form: str = "",
    since: str = "",
    until: str = "",
    offset: int = 0,
    limit: int = _MOST,
) -> Answer:
    found = _lake(shelf).filings(company or None, form=form or (), since=since or None, until=until or None)
    return _part(found, offset, limit, ("source",))


def concepts(shelf: Shelf, *, company: str, words: str = "", offset: int = 0, limit: int = 100) -> Answer:
    return _part(_lake(shelf).concepts(company, words or None), offset, limit)


def series(
    shelf: Shelf,
    *,
    company: str,
    concept: str,
    frequency: str = "quarter",
    members: str = "",
    unit: str = "",
    first_reported: str = "",
    as_known_on: str = "",
    kind: str = "",
) -> Answer:
    """A number of one company over time, with a chart as Vega-Lite."""
    found = _lake(shelf).series(
        *(concept, company),
        frequency=frequency,
        members=_members(members),
        unit=unit or None,
        first_reported=first_reported == "yes",
        as_known_on=as_known_on or None,
    )
    records = found.records()
    told = any(row["value"] is not None for row in records)
    return {
        "company": records[0]["company"] if records else None,
        "entity": records[0]["entity"] if records else None,
        "name": records[0]["name"] if records else concept,
        "rows": _numbers(records),
        "chart": series_specification(found, kind=kind or None) if told else None,
    }


def _members(text: str) -> dict[str, str] | None:
    """`axis=member`, several separated by commas."""
    found: dict[str, str] = {}
    for each in filter(None, text.split(",")):
        axis, equals, member = each.partition("=")
        if not equals or not axis.strip() or not member.strip():
            raise UsageError(f"{each!r} has not the form AXIS=MEMBER")
        found[axis.strip()] = member.strip()
    return found or None


def _numbers(records: Iterable[dict[str, Any]]) -> list[Answer]:
    """Rows of a series with the period in words and the unit without prefixes."""
    rows = []
    for row in records:
        period = None if row["fiscal_year"] is None else str(Place(row["fiscal_year"], row["fiscal_period"]))
        rows.append({"period": period, **_plain(row), "unit": unit_words(row["unit"]) or None})
    return rows


def line_items(shelf: Shelf, *, company: str, frequency: str = "year", items: str = "") -> Answer:
    """Line items that compare, over time."""
    wanted = [each.strip() for each in items.split(",") if each.strip()] or None
    found = _lake(shelf).line_items(company, items=wanted, frequency=frequency)
    rows = [row for row in _numbers(found.records()) if row["value"] is not None]
    labels = {name: item.label for name, item in item_rules().items()}
    return {"labels": {row["name"]: labels.get(row["name"], row["name"]) for row in rows}, "rows": rows}


def statement(shelf: Shelf, *, company: str, kind: str, frequency: str = "year", periods: int = 8) -> Answer:
    """A statement over many periods: lines in the order of the newest filing, with a value for each period."""
    records = _lake(shelf).statement(company, kind, frequency=frequency, periods=periods or None).records()
    lines: dict[int, Answer] = {}
    ends: dict[str, str] = {}
    for row in records:
        line = lines.setdefault(
            row["row"],
            {
                "label": row["label"],
                "kind": row["kind"],
                "depth": row["depth"],
                "concept": row["name"],
                "members": row["members"],
                "matched": row["matched"],
                "values": {},
            },
        )
        if row["fiscal_year"] is None or row["value"] is None:
            continue
        period = str(Place(row["fiscal_year"], row["fiscal_period"]))
        ends[period] = max(ends.get(period, ""), row["end"].isoformat())
        keys = ("presented", "derived", "restated", "filing", "reported_label", "concept", "end", "start")
        line["values"][period] = {
            **{key: _plain(row[key]) for key in keys},
            "unit": unit_words(row["unit"]),
            "fact": row["facts"][-1]["fact"] if row["facts"] else None,
        }
    return {
        "company": records[0]["company"] if records else None,
        "periods": sorted(ends, key=lambda each: ends[each], reverse=True),
        "lines": list(lines.values()),
    }


def peers(shelf: Shelf, *, concept: str, year: int, period: str = "FY", limit: int = 200) -> Answer:
    found = _lake(shelf).peers(concept, year, period=period)
    return {"count": len(found), "rows": _numbers(found.records()[:limit])}


def restatements(shelf: Shelf, *, company: str = "", concept: str = "", offset: int = 0, limit: int = _MOST) -> Answer:
    return _part(_lake(shelf).restatements(company or None, concept=concept or None), offset, limit)


def subsequent_events(
    shelf: Shelf, *, company: str = "", words: str = "", since: str = "", until: str = "", limit: int = 50
) -> Answer:
    """What companies tell of after the end of their periods."""
    found = _lake(shelf).subsequent_events(
        company or None, words=words or None, since=since or None, until=until or None
    )
    rows = _part(found, 0, limit)
    for row in rows["rows"]:
        if row["text"] and len(row["text"]) > _LONGEST:
            row["cut"] = len(row["text"])
            row["text"] = row["text"][:_LONGEST]
    return rows


def search(
    shelf: Shelf, *, q: str, company: str = "", concept: str = "", form: str = "", since: str = "", limit: int = 30
) -> Answer:
    """Text blocks that hold these words."""
    found = _lake(shelf).search(
        q, company=company or None, concept=concept or None, form=form or None, since=since or None, limit=limit
    )
    return {"count": len(found), "rows": _rows(found.records())}


def text(shelf: Shelf, *, filing: str, fact: int, offset: int = 0, limit: int = 8000) -> Answer:
    whole = _lake(shelf).text(filing, fact)
    answer: Answer = {"filing": filing, "fact": fact, "text": whole[offset : offset + limit], "characters": len(whole)}
    if offset + limit < len(whole):
        answer["next"] = offset + limit
    return answer


def query(shelf: Shelf, *, select: str, limit: int) -> Answer:
    """The rows of one `select`; long texts are cut."""
    found = _lake(shelf).sql(select)
    answer = _part(found, 0, limit)
    for row in answer["rows"]:
        for key, value in row.items():
            if isinstance(value, str) and len(value) > _LONGEST:
                row[key] = f"{value[:_LONGEST]} …"
    return answer


_COMPANY = Parameter("company", "A ticker, CIK, identifier, or part of a name.", TEXT)
_ONE = Parameter("company", "A ticker, CIK, identifier, or part of a name.", {**TEXT, "minLength": 1}, required=True)
_CONCEPT = Parameter("concept", "A prefixed name (us-gaap:Assets) or a line item (revenue).", TEXT)
_SINCE = Parameter("since", "Accepted on this day or later, 2024-06-30.", TEXT)
_UNTIL = Parameter("until", "Accepted on this day or earlier.", TEXT)
_OFFSET = Parameter("offset", "Rows to pass over.", NUMBER)
_FEW: Schema = {"type": "integer", "minimum": 1, "maximum": _MOST}
_LIMIT = Parameter("limit", "At most so many.", _FEW)
_FREQUENCY = Parameter(
    "frequency", "quarter, year, or ttm: twelve months.", {"type": "string", "enum": ["quarter", "year", "ttm"]}
)


def operations() -> list[Operation]:
    """The API of a lake."""
    p, base = Parameter, "/api/lake"
    words = p("words", "Only what holds these words.", TEXT)
    one_concept = p("concept", _CONCEPT.text, {**TEXT, "minLength": 1}, required=True)
    return [
        Operation("GET", base, "How much is in the lake", about),
        Operation("GET", f"{base}/companies", "Its companies", companies, (words, _OFFSET, _LIMIT)),
        Operation("GET", f"{base}/companies/{{company}}", "A company, its filings and what it reports", company),
        Operation(
            "GET",
            f"{base}/filings",
            "Its filings, the newest first",
            filings,
            (_COMPANY, p("form", "10-K, 10-Q, …", TEXT), _SINCE, _UNTIL, _OFFSET, _LIMIT),
        ),
        Operation(
            "GET", f"{base}/concepts", "What a company reports numbers of", concepts, (_ONE, words, _OFFSET, _LIMIT)
        ),
        Operation(
            "GET",
            f"{base}/series",
            "A number of a company over time",
            series,
            (
                *(_ONE, one_concept, _FREQUENCY),
                p("members", "AXIS=MEMBER, several separated by commas; none: totals.", TEXT),
                p("unit", "USD; none: the one that most are in.", TEXT),
                p("first_reported", "Numbers as first reported.", {"type": "string", "enum": ["yes", "no"]}),
                p("as_known_on", "Numbers as known at the end of that day.", TEXT),
                p("kind", "Of the chart.", {"type": "string", "enum": ["bar", "line"]}),
            ),
        ),
        Operation(
            "GET",
            f"{base}/items",
            "Line items that compare, of a company over time",
            line_items,
            (_ONE, _FREQUENCY, p("items", "revenue,net_income; none: all.", TEXT)),
        ),
        Operation(
            "GET",
            f"{base}/statement",
            "A statement over many periods",
            statement,
            (
                _ONE,
                p(
                    "kind",
                    "Which.",
                    {
                        "type": "string",
                        "enum": ["income", "balance", "cash flow", "equity", "comprehensive income"],
                    },
                    required=True,
                ),
                _FREQUENCY,
                p("periods", "The latest so many.", {"type": "integer", "minimum": 1, "maximum": 60}),
            ),
        ),
        Operation(
            "GET",
            f"{base}/peers",
            "One number of all companies",
            peers,
            (
                one_concept,
                p("year", "The fiscal year.", {"type": "integer", "minimum": 1900, "maximum": 9998}, required=True),
                p("period", "Of it.", {"type": "string", "enum": ["FY", "Q1", "Q2", "Q3", "Q4", "T"]}),
                _LIMIT,
            ),
        ),
        Operation(
            "GET",
            f"{base}/restatements",
            "Numbers that a later filing tells otherwise",
            restatements,
            (_COMPANY, _CONCEPT, _OFFSET, _LIMIT),
        ),
        Operation(
            "GET",
            f"{base}/events",
            "What happened after the ends of periods",
            subsequent_events,
            (_COMPANY, words, _SINCE, _UNTIL, _LIMIT),
        ),
        Operation(
            "GET",
            f"{base}/search",
            "Text blocks by words",
            search,
            (
                p("q", "Words, “a phrase”, -without.", {**TEXT, "minLength": 1}, required=True),
                *(_COMPANY, _CONCEPT, p("form", "10-K, 10-Q, …", TEXT), _SINCE),
                p("limit", "At most so many.", {"type": "integer", "minimum": 1, "maximum": 200}),
            ),
        ),
        Operation(
            "GET",
            f"{base}/text",
            "A text whole",
            text,
            (
                p("filing", "The filing's key.", {**TEXT, "minLength": 1}, required=True),
                p("fact", "The fact's number.", NUMBER, required=True),
                p("offset", "Characters to pass over.", {**NUMBER, "maximum": 1 << 30}),
                p("limit", "At most so many.", {"type": "integer", "minimum": 1, "maximum": 100_000}),
            ),
        ),
    ]
