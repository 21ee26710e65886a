"""A made-up EDGAR for measuring the lake: `python tests/perf/edgar.py LAKE [--companies N] [--quarters N]`.

Every company files a report each quarter: 430 numbers, half of them of a year before, four in ten of a member, told
again in the next years, one in 97 told otherwise there. What each fact says follows from its company, quarter and
place by arithmetic that both the SQL here and the plain Python of `expected` and `versions` do: answers of a lake of a
hundred million facts can be checked. Rows go through the lake's own writer and commits, in the order of time, as an
ingest of EDGAR's quarterly archives would leave them; `--quarters` of a lake that is there already go on from there.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from recto.lake.places import Place
from recto.lake.schemas import DATA, arrow_schema
from recto.lake.store import Batch, Store, new_batch

PLACES = 215
"""Of a filing: each place is a concept (with a member, from PLAIN on), told of this quarter and of a year before."""
PLAIN = 130
COMMON = 100
"""Concepts that all companies report."""
FIRST_YEAR = 2009
WORDS = 3000
ROWS_A_BATCH = 250_000

NAMED = {0: "us-gaap:NetIncomeLoss", 1: "us-gaap:Revenues", 3: "us-gaap:Assets", 4: "us-gaap:OperatingIncomeLoss"}
"""Places of concepts that have a name people know; every third, from 0, is an instant."""


@dataclass(frozen=True)
class Told:
    """A number, as one filing tells it."""

    filing: str
    concept: str
    start: date | None
    end: date
    member: int | None
    number: int


def is_instant(place: int) -> bool:
    return place % 3 == 0 and place != 0


def concept(company: int, place: int) -> str:
    if place in NAMED:
        return NAMED[place]
    if place < COMMON:
        return f"us-gaap:Common{place}"
    if place < PLAIN:
        return f"us-gaap:Concept{(company * 31 + place * 17) % 4000}"
    return concept(company, place - PLAIN + 1)


def end_of(quarter: int) -> date:
    year, nth = divmod(quarter, 4)
    following = date(FIRST_YEAR + year + (nth == 3), (nth + 1) % 4 * 3 + 1, 1)
    return following - timedelta(days=1)


def start_of(quarter: int) -> date:
    """First day of the durations that a report tells: of the quarter, or of the year."""
    year, nth = divmod(quarter, 4)
    return date(FIRST_YEAR + year, 1 if nth == 3 else nth * 3 + 1, 1)


def accession(company: int, quarter: int) -> str:
    return f"{1_000_000 + company:010d}-{(FIRST_YEAR + (quarter + 1) // 4) % 100:02d}-{quarter:06d}"


def entity(company: int) -> str:
    return f"{1_000_000 + company:010d}"


def accepted(company: int, quarter: int) -> datetime:
    """At 16:00 UTC, 25 to 54 days after the end of the quarter."""
    day = end_of(quarter) + timedelta(days=25 + company % 30)
    return datetime(day.year, day.month, day.day, 16)


def first_value(company: int, place: int, quarter: int) -> int:
    if is_instant(place) or quarter % 4 != 3:
        return ((company * 7919 + place * 104_729 + quarter * 1_299_709) % 1_000_003) * 1000
    return sum(first_value(company, place, each) for each in range(quarter - 3, quarter)) + quarter * 1000


def is_restated(company: int, place: int, quarter: int) -> bool:
    return (company + place * 7 + quarter * 3) % 97 == 0


def value(company: int, place: int, quarter: int, told_in: int) -> int:
    """What the report of quarter `told_in` says of `quarter`."""
    more = 5000 if told_in > quarter and is_restated(company, place, quarter) else 0
    return first_value(company, place, quarter) + more


def expected(company: int, quarter: int) -> Iterator[Told]:
    """The numbers of one filing, in the order of its facts."""
    for place in range(PLACES):
        for of in (quarter, quarter - 4):
            if of >= 0:
                yield Told(
                    accession(company, quarter),
                    concept(company, place),
                    None if is_instant(place) else start_of(of),
                    end_of(of),
                    place % 5 if place >= PLAIN else None,
                    value(company, place, of, quarter),
                )


# The same in SQL


def _named() -> str:
    whens = " ".join(f"when {place} then '{name}'" for place, name in NAMED.items())
    return f"case p {whens} else 'us-gaap:Common' || p end"


_FIRST = "((c * 7919 + place * 104729 + ({0}) * 1299709) % 1000003) * 1000"
_FACTS = f"""
with places as (
    select range::int as place, case when range >= {PLAIN} then range - {PLAIN} + 1 else range end::int as p,
        (range % 3 = 0 and range <> 0) as instant
    from range({PLACES})
), spans as (
    select q.range::bigint as quarter, make_date({FIRST_YEAR} + q.range // 4, case q.range % 4 when 3 then 1
            else q.range % 4 * 3 + 1 end, 1) as first,
        (make_date({FIRST_YEAR} + q.range // 4, q.range % 4 * 3 + 1, 1) + interval 3 month - interval 1 day)::date
            as last
    from range($quarter - 4, $quarter + 1, 4) q where q.range >= 0
), told as (
    select c.range::bigint as c, place::bigint as place, p, instant, quarter, first, last,
        {_FIRST.format("quarter")} as single,
        {_FIRST.format("quarter - 1")} + {_FIRST.format("quarter - 2")} + {_FIRST.format("quarter - 3")}
            + quarter * 1000 as whole,
        (quarter < $quarter and (c.range + place * 7 + quarter * 3) % 97 = 0) as restated
    from range($first, $until, $step) c cross join places cross join spans
), written as (
    select *, (case when instant or quarter % 4 <> 3 then single else whole end
        + case when restated then 5000 else 0 end) as number,
        case when place >= {PLAIN} then place % 5 end as member
    from told
)
select printf('%010d-%02d-%06d', 1000000 + c, ({FIRST_YEAR} + ($quarter + 1) // 4) % 100, $quarter) as filing,
    (place * 2 + (quarter < $quarter)::int)::int as fact,
    ($last::date + (25 + c % 30)::int + time '16:00')::timestamptz as accepted,
    'http://www.sec.gov/CIK' as scheme, printf('%010d', 1000000 + c) as entity,
    case when p < {COMMON} then {_named()} else 'us-gaap:Concept' || ((c * 31 + place * 17) % 4000) end as concept,
    case when instant then null else first end as start, last as "end", null::varchar as period,
    'iso4217:USD' as unit, (member is not null)::int as axes,
    case when member is not null
        then '{{"us-gaap:StatementBusinessSegmentsAxis":"us-gaap:Segment' || member || 'Member"}}' end as dimensions,
    number::varchar as value, number::decimal(38, 12) as number, (-3)::int as decimals, false as is_exact,
    false as nil, true as valid, false as hidden, null::varchar as language,
    'f' || lpad((place * 7919 + c * 31 + $quarter)::varchar, 8, '0') as id, 0::int as instance,
    'report-' || c || '.htm' as document, (place * 9 + (quarter < $quarter)::int + 100)::int as line
from written
"""

_COVER = f"""
select printf('%010d-%02d-%06d', 1000000 + c.range, ({FIRST_YEAR} + ($quarter + 1) // 4) % 100, $quarter) as filing,
    {2 * PLACES} as fact, ($last::date + (25 + c.range % 30)::int + time '16:00')::timestamptz as accepted,
    'http://www.sec.gov/CIK' as scheme, printf('%010d', 1000000 + c.range) as entity,
    'dei:DocumentType' as concept, make_date({FIRST_YEAR} + $quarter // 4, 1, 1) as start, $last::date as "end",
    null::varchar as period, null::varchar as unit, 0::int as axes, null::varchar as dimensions,
    case $quarter % 4 when 3 then '10-K' else '10-Q' end as value, null::decimal(38, 12) as number,
    null::int as decimals, null::boolean as is_exact, false as nil, true as valid, false as hidden,
    'en-US' as language, 'cover' as id, 0::int as instance, 'report-' || c.range || '.htm' as document, 3 as line
from range($first, $until, $step) c
"""

_TEXTS = f"""
select printf('%010d-%02d-%06d', 1000000 + c, ({FIRST_YEAR} + ($quarter + 1) // 4) % 100, $quarter) as filing,
    {2 * PLACES + 1} as fact, ($last::date + (25 + c % 30)::int + time '16:00')::timestamptz as accepted,
    printf('%010d', 1000000 + c) as entity,
    case c % 5 when 0 then 'us-gaap:SubsequentEventsTextBlock' else 'us-gaap:DebtDisclosureTextBlock' end as concept,
    $last::date as "end", 'en-US' as language, true as markup,
    '<div>' || string_agg('<p>word' || ((c * 131 + n * n * 17 + $quarter * 7919) % {WORDS}) || ' of the company</p>',
        ' ' order by n) || '</div>' as text
from (select c.range as c, n.range as n from range($first, $until, $step) c cross join range(30) n) group by c
"""


def write(folder: Path, companies: int, first: int, until: int) -> int:
    """Adds the reports of these quarters; returns how many facts."""
    import duckdb

    store = Store(Place(folder), create=True)
    connection: Any = duckdb.connect()
    connection.execute("set timezone = 'UTC'; set memory_limit = '3GB'")
    each = max(1, ROWS_A_BATCH // (2 * PLACES))
    total = 0
    for quarter in range(first, until):
        started = time.monotonic()
        batches = []
        for at in range(step := -(-companies // each)):
            asked = {"quarter": quarter, "first": at, "until": companies, "step": step, "last": end_of(quarter)}
            batch = new_batch("made")
            rows = {
                name: connection.sql(query, params={key: asked[key] for key in asked if f"${key}" in query})
                .to_arrow_table()
                .cast(arrow_schema(name))
                for name, query in (("facts", f"({_FACTS}) union all ({_COVER})"), ("texts", _TEXTS))
            }
            files = [store.write(name, table, batch) for name, table in rows.items()]
            count = rows["facts"].num_rows
            total += count
            members = range(at, companies, step)
            filings = [filing_row(company, quarter, batch, count // len(members)) for company in members]
            batches.append(Batch(batch, [file for file in files if file is not None], filings))
        store.commit(batches)
        print(f"{quarter}: {total:,} facts, {time.monotonic() - started:.1f} s", flush=True)
    return total


def filing_row(company: int, quarter: int, batch: str, facts: int) -> dict[str, Any]:
    year, nth = divmod(quarter, 4)
    return {
        "filing": accession(company, quarter),
        "batch": batch,
        "run": "made",
        "ingested": datetime(2026, 1, 1),
        "status": "ok",
        "source": accession(company, quarter),
        "name": f"report-{company}",
        "entity": entity(company),
        "cik": 1_000_000 + company,
        "company": f"Company {company} Inc.",
        "ticker": f"C{company}",
        "form": "10-K" if nth == 3 else "10-Q",
        "amendment": False,
        "period": end_of(quarter),
        "filed": accepted(company, quarter).date(),
        "accepted": accepted(company, quarter),
        "fiscal_year_end": "--12-31",
        "fiscal_year": FIRST_YEAR + year,
        "fiscal_period": "FY" if nth == 3 else f"Q{nth + 1}",
        "basis": "us-gaap",
        "with_pages": False,
        **dict.fromkeys(DATA, 0),
        "facts": facts,
        "texts": 1,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lake", type=Path)
    parser.add_argument("--companies", type=int, default=5_800)
    parser.add_argument("--quarters", default="0:40", help="from:until, from 0")
    given = parser.parse_args()
    begin, stop = (int(part) for part in given.quarters.split(":"))
    print(f"{write(given.lake, given.companies, begin, stop):,} facts")
