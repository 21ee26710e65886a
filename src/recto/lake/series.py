"""One number of one company over time: by quarter, by year, or over twelve months, and where each value is from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from recto.errors import NotFoundError, UsageError
from recto.fiscal import months_of
from recto.lake.derive import Reported, Spans, Worked, is_additive
from recto.lake.result import Result
from recto.lake.years import Duration, FiscalYears, Place

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.lake.asked import Asked, Day

FREQUENCIES: Final = ("quarter", "year", "ttm")
_DAY: Final = timedelta(days=1)
_TELLING: Final = (
    *("dei:DocumentType", "dei:DocumentPeriodEndDate", "dei:AmendmentFlag"),
    *("us-gaap:NetIncomeLoss", "us-gaap:ProfitLoss", "ifrs-full:ProfitLoss", "ifrs-full:Revenue"),
)
"""Concepts whose periods show the fiscal years of a company: every report has some of them."""


class Known(Struct, frozen=True):
    """Which versions of facts count: the latest, the first, or the latest that was known at the end of a day (UTC)."""

    first: bool = False
    day: date | None = None

    @classmethod
    def of(cls, first_reported: bool, as_known_on: Day | None) -> Known:
        if as_known_on is None:
            return cls(first_reported)
        if isinstance(as_known_on, datetime):
            return cls(first_reported, as_known_on.date())
        if isinstance(as_known_on, date):
            return cls(first_reported, as_known_on)
        try:
            return cls(first_reported, date.fromisoformat(as_known_on))
        except ValueError:
            raise UsageError(f"{as_known_on!r} is no date: give it as 2024-06-30") from None

    @property
    def until(self) -> datetime | None:
        """What was accepted before this moment was known; None: everything was."""
        if self.day is None:
            return None
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC) + _DAY


class Row(Struct, frozen=True):
    """A period of a series. `worked` is None where nothing tells its value."""

    place: Place
    start: date | None
    last: date | None
    worked: Worked | None


class History:
    """What a company filed, as far as it was known: its filings and its fiscal years."""

    def __init__(self, lake: Asked, company: Mapping[str, Any], known: Known, durations: Iterable[Duration] = ()):
        self.lake = lake
        self.company = company
        self.known = known
        rows = lake.sql(
            """select filing, form, period, filed, accepted, fiscal_year_end, fiscal_year, fiscal_period, basis
            from filings where entity = ? and status = 'ok'""",
            [company["entity"]],
        ).records()
        until = known.until
        self.filings = {
            row["filing"]: row
            for row in sorted(rows, key=_moment)
            if until is None or (row["accepted"] is not None and row["accepted"] < until)
        }
        """By key, in the order in which they came."""
        self.order = {key: number for number, key in enumerate(self.filings)}
        told = lake.sql(
            """select distinct filing, start, "end" from facts
            where entity = ? and concept in (select unnest(?)) and start is not null and "end" is not null""",
            [company["entity"], list(_TELLING)],
        )
        spans = [
            Duration(*each)
            for each in zip(*(told.column(name).to_pylist() for name in ("filing", "start", "end")), strict=True)
            if each[0] in self.filings
        ]
        for each in spans:
            row = self.filings[each.filing]
            if row.get("told") or row["period"] is None:  # the cover does not tell it: the last day that is told of
                row["told"], row["period"] = True, max(row["period"] or each.last, each.last)
        self.years = FiscalYears.of(self.filings.values(), [*spans, *durations])

    def reported(
        self, concepts: Sequence[str], members: Mapping[str, str] | None = None, *, as_one: bool = False
    ) -> list[Reported]:
        """One version of each number of these concepts: which one, `known` says. `as_one`: they are names of one."""
        import json

        dimensions = json.dumps(dict(members or {}), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        found = self.lake.sql(
            """select filing, fact, concept, start, "end", unit, number, decimals, is_exact
            from facts where entity = ? and concept in (select unnest(?)) and valid and number is not null
                and period is null and "end" is not null and unit is not null and dimensions is not distinct from ?""",
            [self.company["entity"], list(concepts), dimensions if members else None],
        )
        return self.versions(found.records(), concepts[0] if as_one else None)

    def versions(self, rows: Iterable[Mapping[str, Any]], group: str | None = None) -> list[Reported]:
        """Of rows of `facts`, one version of each number; with a `group`, whatever their concept."""
        held: dict[tuple[Any, ...], dict[str, Mapping[str, Any]]] = {}
        for row in rows:
            if row["filing"] in self.filings:
                key = (group or row["concept"], row["start"], row["end"], row["unit"])
                versions = held.setdefault(key, {})
                other = versions.get(row["filing"])
                if other is None or _accuracy(row) > _accuracy(other):
                    versions[row["filing"]] = row
        return [self._version(list(versions.values()), group) for versions in held.values()]

    def _version(self, versions: list[Mapping[str, Any]], group: str | None) -> Reported:
        versions.sort(key=lambda row: self.order[row["filing"]])
        row = versions[0] if self.known.first else versions[-1]
        filing = self.filings[row["filing"]]
        made = Reported(
            *(row["start"], row["end"], row["number"], row["unit"], row["concept"], row["filing"], row["fact"]),
            accepted=filing["accepted"],
            form=filing["form"],
            decimals=row["decimals"],
            exact=bool(row["is_exact"]),
            basis=filing["basis"],
            rule=row.get("rule"),
            group=group,
            parts=tuple(self._version([part], None) for part in row.get("parts", ())),
        )
        if self.known.first or len(versions) == 1:
            return made
        return _with_restated(made, versions[0])


def _with_restated(made: Reported, first: Mapping[str, Any]) -> Reported:
    from msgspec.structs import replace

    other = Reported(
        *(None, made.last, first["number"], made.unit, made.concept, "", 0),
        decimals=first["decimals"],
        exact=bool(first["is_exact"]),
    )
    apart = abs(made.number - other.number)
    return replace(made, restated=apart > (made.error or 0) + (other.error or 0))


def _moment(row: Mapping[str, Any]) -> tuple[float, str]:
    """When a filing came; where that is not known, some time after the end of its period."""
    if row["accepted"] is not None:
        return row["accepted"].timestamp(), row["filing"]
    day = row["filed"] or row["period"]
    if day is None:
        return 0.0, row["filing"]
    late = timedelta(days=0 if row["filed"] else 45)
    return (datetime(day.year, day.month, day.day, tzinfo=UTC) + late).timestamp(), row["filing"]


def _accuracy(row: Mapping[str, Any]) -> tuple[bool, int, int]:
    decimals = row["decimals"]
    return bool(row["is_exact"]), decimals if decimals is not None else -99, -row["fact"]


def usual_unit(reported: Sequence[Reported], unit: str | None) -> list[Reported]:
    """The numbers in that unit; None: in the one that most of them have."""
    if unit is not None:
        return [each for each in reported if unit in (each.unit, each.unit.rpartition(":")[2])]
    counts: dict[str, int] = {}
    for each in reported:
        counts[each.unit] = counts.get(each.unit, 0) + 1
    usual = max(counts, key=lambda name: (counts[name], name), default=None)
    return [each for each in reported if each.unit == usual]


# Periods


def lay_out(reported: Sequence[Reported], years: FiscalYears, frequency: str) -> list[Row]:
    """The periods of a series, in order, one row a quarter (year, end of a quarter)."""
    if not reported:
        return []
    if all(each.start is None for each in reported):
        return _balances(reported, years, frequency)
    flows = [each for each in reported if each.start is not None]
    spans = Spans(sorted(flows, key=lambda each: -_accepted(each)))
    additive = all(is_additive(each.concept, each.unit) for each in flows)
    if frequency == "year":
        return _one_each(_years(spans, years, additive))
    quarters = _one_each(_quarters(spans, years, additive))
    if frequency == "quarter":
        return _with_gaps(quarters, years)
    ends = {row.last: row.place for row in quarters if row.last is not None}
    for row in _years(spans, years, additive):
        if row.last is not None:
            ends.setdefault(row.last, _last_quarter(years, row.place, row.last))
    return _one_each(_twelve_months(spans, ends, additive))


def _accepted(each: Reported) -> float:
    return each.accepted.timestamp() if each.accepted is not None else 0.0


def _balances(reported: Sequence[Reported], years: FiscalYears, frequency: str) -> list[Row]:
    if frequency == "ttm":
        raise UsageError("a balance is of a day: ask for its quarters or years, not for twelve months")
    rows = []
    for each in reported:
        place = years.place(None, each.last)
        if place.name is None or (frequency == "year" and place.name not in ("FY", "T")):
            continue
        if frequency == "quarter" and place.name in ("FY", "T"):
            place = _last_quarter(years, place, each.last)
        rows.append(Row(place, None, each.last, Worked(None, each.last, each.number, ((1, each),))))
    return _one_each(rows)


def _years(spans: Spans, years: FiscalYears, additive: bool) -> Iterable[Row]:
    for start, last in _pairs(spans, 20, 385, lambda first, end: years.place(first, end).name in ("FY", "T")):
        worked = spans.find(start, last, additive=additive)
        if worked is not None:
            yield Row(years.place(start, last), start, last, worked)


def _quarters(spans: Spans, years: FiscalYears, additive: bool) -> Iterable[Row]:
    for start, last in _pairs(spans, 70, 125, lambda first, end: months_of(first, end) == 3):
        place = years.place(start, last)
        if place.name is None or place.name == "FY":
            continue
        worked = spans.find(start, last, additive=additive)
        if worked is not None:
            yield Row(place, start, last, worked)


def _twelve_months(spans: Spans, ends: Mapping[date, Place], additive: bool) -> Iterable[Row]:
    pairs: dict[date, list[date]] = {}
    for start, last in _pairs(spans, 345, 385, lambda first, end: end in ends and months_of(first, end) == 12):
        pairs.setdefault(last, []).append(start)
    for last, starts in pairs.items():
        for start in sorted(starts, key=lambda day: abs((last - day).days + 1 - 365)):
            worked = spans.find(start, last, additive=additive)
            if worked is not None:
                yield Row(ends[last], start, last, worked)
                break


def _pairs(spans: Spans, least: int, most: int, wanted: Callable[[date, date], bool]) -> Iterable[tuple[date, date]]:
    """Days between which something may be told: first and last day."""
    places = spans.places
    for at, start in enumerate(places):
        for stop in places[at + 1 :]:
            days = (stop - start).days
            if days > most:
                break
            if days >= least and wanted(start, stop - _DAY):
                yield start, stop - _DAY


def _last_quarter(years: FiscalYears, place: Place, last: date) -> Place:
    year = next((each for each in years.years if each.short and each.last == last), None)
    return Place(place.year, "Q4" if year is None else f"T{year.quarters}")


def _one_each(rows: Iterable[Row]) -> list[Row]:
    """One row for each place: of several the reported one, the one worked out from fewest facts, the last."""
    best: dict[Place, Row] = {}

    def rank(row: Row) -> tuple[int, float, date]:
        worked = row.worked
        assert worked is not None
        assert row.last is not None
        return -len(worked.terms), _accepted(worked.latest), row.last

    for row in rows:
        other = best.get(row.place)
        if other is None or rank(row) > rank(other):
            best[row.place] = row
    return sorted(best.values(), key=lambda row: (row.last or date.min, row.start or date.min))


def _with_gaps(rows: list[Row], years: FiscalYears) -> list[Row]:
    """With a row without value for each quarter of a reported year of which nothing is known, if others of it are."""
    held = {(row.place.year, row.place.name) for row in rows}
    complete = []
    for year in years.years:
        names = [f"{'T' if year.short else 'Q'}{number}" for number in range(1, year.quarters + 1)]
        if not any((year.name, name) in held for name in names):
            continue
        for number, name in enumerate(names, 1):
            if (year.name, name) not in held:
                last = year.last if number == year.quarters else None
                complete.append(Row(Place(year.name, name), None, last, None))
    starts = {year.name: year.start for year in years.years if year.short}

    def key(row: Row) -> tuple[int, date, str]:
        """A year's transition period stands before or behind it, as it came."""
        name = row.place.name or ""
        whole = next((year.start for year in years.years if year.name == row.place.year and not year.short), date.min)
        return row.place.year, starts[row.place.year] if name.startswith("T") else whole, name

    return sorted([*rows, *complete], key=key)


# The answer


class Series(Result):
    """A series: periods in rows. `columns` are those of `SCHEMA`; `chart()` draws it."""

    __slots__ = ()

    def text(self, *, width: int = 60) -> str:
        """The rows as aligned text: the period, the value, and how it is known."""
        return Result(_shown(self._table)).text(width=width)

    def chart(self, *, kind: str | None = None, title: str | None = None, width: int = 480, height: int = 280) -> Any:
        """The values over time, as an `altair.Chart`: a series for each concept and company; what was worked out is
        told in the tooltip. Raises `UsageError` where there is nothing to draw."""
        from recto.lake.drawing import series_chart

        return series_chart(self, kind=kind, title=title, width=width, height=height)

    def __repr__(self) -> str:
        return f"<recto.lake.Series {len(self):,} periods>"


def schema() -> pa.Schema:
    """The columns of a series, whatever comes back."""
    import pyarrow as pa

    amount, text, day = pa.decimal128(38, 12), pa.string(), pa.date32()
    term = pa.struct(
        [
            *(("sign", pa.int8()), ("filing", text), ("fact", pa.int32()), ("concept", text)),
            *(("start", day), ("end", day), ("number", amount)),
        ]
    )
    return pa.schema(
        [
            *(("company", text), ("entity", text), ("name", text), ("fiscal_year", pa.int32())),
            *(("fiscal_period", text), ("start", day), ("end", day), ("value", amount), ("unit", text)),
            *(("decimals", pa.int32()), ("error", amount), ("derived", pa.bool_()), ("restated", pa.bool_())),
            *(("concept", text), ("rule", text), ("filing", text), ("form", text)),
            *(("accepted", pa.timestamp("us", tz="UTC")), ("facts", pa.list_(term))),
        ]
    )


def record(row: Row, company: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A row of a series as `schema` has it."""
    made: dict[str, Any] = {
        "company": company["company"],
        "entity": company["entity"],
        "name": name,
        "fiscal_year": row.place.year,
        "fiscal_period": row.place.name,
        "start": row.start,
        "end": row.last,
    }
    worked = row.worked
    if worked is None:
        return made | {"derived": False, "facts": []}
    latest = worked.latest
    concepts = dict.fromkeys(each.concept for _, each in worked.terms)
    rules = dict.fromkeys(each.rule for _, each in worked.terms if each.rule)
    return made | {
        "value": _fitting(worked.number),
        "unit": latest.unit,
        "decimals": worked.decimals,
        "error": worked.error,
        "derived": worked.derived,
        "restated": worked.restated,
        "concept": ", ".join(concepts),
        "rule": ", ".join(rules) or None,
        "filing": latest.filing,
        "form": latest.form,
        "accepted": latest.accepted,
        "facts": [
            {
                "sign": sign,
                "filing": each.filing,
                "fact": each.fact,
                "concept": each.concept,
                "start": each.start,
                "end": each.last,
                "number": each.number,
            }
            for sign, term in worked.terms
            for each in term.parts or (term,)
        ],
    }


def _fitting(number: Any) -> Any:
    return number if abs(number) < 10**26 else None


def _shown(table: pa.Table) -> pa.Table:
    """What people read of a series."""
    import pyarrow as pa

    rows = table.to_pylist()
    columns: dict[str, pa.Array] = {}
    for name in ("company", "name"):
        if len({row[name] for row in rows}) > 1:
            columns[name] = table[name]
    columns["period"] = pa.array([_period(row) for row in rows], pa.string())
    for name in ("start", "end", "value", "unit"):
        if name != "start" or any(row["start"] for row in rows):
            columns[name] = table[name]
    columns["off by"] = table["error"]
    columns["filing"] = table["filing"]
    columns["form"] = table["form"]
    columns["from"] = pa.array([_told(row) for row in rows], pa.string())
    return pa.table(columns)


def _period(row: Mapping[str, Any]) -> str:
    return str(Place(row["fiscal_year"], row["fiscal_period"]))


def _told(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return "not reported"
    said = "restated" if row["restated"] else ""
    if not row["derived"]:
        return said
    parts = "".join(
        f"{' + ' if each['sign'] > 0 else ' - '}{each['start']}..{each['end']}" for each in row["facts"]
    ).removeprefix(" + ")
    return f"derived{', restated' if said else ''}: {parts.strip()}"


def frequency_of(text: str) -> str:
    """That text, if it is a frequency. Raises `UsageError`."""
    if text not in FREQUENCIES:
        raise UsageError(f"a series is by quarter, year or ttm (the last twelve months), not by {text!r}")
    return text


def series(
    lake: Asked,
    concept: str | Sequence[str],
    company: str | Sequence[str],
    *,
    frequency: str,
    members: Mapping[str, str] | None,
    unit: str | None,
    first_reported: bool,
    as_known_on: Day | None,
) -> Series:
    """See `Lake.series`."""
    import pyarrow as pa

    frequency_of(frequency)
    concepts = [concept] if isinstance(concept, str) else list(concept)
    companies = [company] if isinstance(company, str) else list(company)
    known = Known.of(first_reported, as_known_on)
    records: list[dict[str, Any]] = []
    for each in companies:
        found = lake.company(each)
        history = History(lake, found, known)
        for name in concepts:
            reported, label = numbers(history, name, members)
            records += [
                record(row, found, label) for row in lay_out(usual_unit(reported, unit), history.years, frequency)
            ]
    return Series(pa.Table.from_pylist(records, schema()))


def numbers(history: History, name: str, members: Mapping[str, str] | None) -> tuple[list[Reported], str]:
    """The numbers of a concept, or of a line item, and what they are called."""
    from recto.lake.items import item_name
    from recto.lake.renames import is_standard, other_names

    item = item_name(name)
    if item is not None and not members:
        from recto.lake.item_numbers import Chosen

        return Chosen(history, [item]).numbers(item), item
    concept = resolve(history, name)
    names = [] if is_standard(concept) else [each.concept for each in other_names(history, concept)]
    found = history.reported([concept, *names], members, as_one=bool(names))
    if not found and not members:
        raise NotFoundError(
            f"{history.company['company']} reports no numbers of {concept}", code="recto:unknownConcept"
        )
    return found, concept


def resolve(history: History, name: str) -> str:
    """The prefixed name of a concept that the company reports, by that or by its local name alone.

    Raises `NotFoundError` where it reports none, `UsageError` where the local name is of several.
    """
    if ":" in name:
        return name
    found = history.lake.sql(
        "select distinct concept from facts where entity = ? and lower(split_part(concept, ':', 2)) = lower(?)",
        [history.company["entity"], name],
    )
    names = sorted(found.column("concept").to_pylist())
    if not names:
        raise NotFoundError(
            f"{history.company['company']} reports no {name!r}: it is neither a line item nor a concept of theirs",
            code="recto:unknownConcept",
        )
    if len(names) > 1:
        raise UsageError(f"{name!r} may be {', '.join(names)}: give it with its prefix")
    return str(names[0])
