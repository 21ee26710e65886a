"""What a company filed, as far as it was known: its filings, its fiscal years, and one version of each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from msgspec import Struct

from recto.errors import UsageError
from recto.lake.asked import Asked, Day
from recto.lake.derive import Reported
from recto.lake.years import Duration, FiscalYears

_DAY: Final = timedelta(days=1)
_COLUMNS: Final = "filing, entity, form, period, filed, accepted, fiscal_year_end, fiscal_year, fiscal_period, basis"
_TOLD_OF_YEARS: Final = ("form", "period", "fiscal_year_end", "fiscal_year", "fiscal_period")
"""Of a filing, what `FiscalYears` looks at besides the periods of its facts."""
_DOCUMENT: Final = "dei:DocumentType"
"""Every report to the SEC tells it, of the period that it is about."""
_TELLING: Final = (
    *(_DOCUMENT, "dei:DocumentPeriodEndDate", "dei:AmendmentFlag"),
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


class History:
    """What a company filed, as far as it was known: its filings and its fiscal years."""

    def __init__(
        self,
        lake: Asked,
        company: Mapping[str, Any],
        known: Known,
        *,
        filings: Iterable[Mapping[str, Any]] | None = None,
        durations: Iterable[Duration] | None = None,
        calendars: dict[Any, FiscalYears] | None = None,
    ):
        """`filings`: rows of that table, and `durations`, of facts in them; both are looked up for None. `calendars`:
        fiscal years that others have, for those who show the same."""
        self.lake = lake
        self.company = company
        self.known = known
        rows = _filings(lake, [company["entity"]])[company["entity"]] if filings is None else filings
        until = known.until
        self.filings = {
            row["filing"]: dict(row)
            for row in sorted(rows, key=_moment)
            if until is None or (row["accepted"] is not None and row["accepted"] < until)
        }
        """By key, in the order in which they came."""
        self.order = {key: number for number, key in enumerate(self.filings)}
        self._spans = None if durations is None else list(durations)
        self._calendars = {} if calendars is None else calendars

    @cached_property
    def years(self) -> FiscalYears:
        """The fiscal years that the filings show: looked up, unless numbers that were asked for before show them."""
        told = _durations(self.lake, self.company["entity"]) if self._spans is None else self._spans
        spans = [each for each in told if each.filing in self.filings]
        for each in spans:
            row = self.filings[each.filing]
            if row.get("told") or row["period"] is None:  # the cover does not tell it: the last day that is told of
                row["told"], row["period"] = True, max(row["period"] or each.last, each.last)
        shown: dict[str, set[tuple[date, date]]] = {}
        for each in spans:
            shown.setdefault(each.filing, set()).add((each.start, each.last))
        key = tuple(
            (*(row[name] for name in _TOLD_OF_YEARS), frozenset(shown.get(filing, ())))
            for filing, row in self.filings.items()
        )
        if key not in self._calendars:
            self._calendars[key] = FiscalYears.of(self.filings.values(), spans)
        return self._calendars[key]

    def reported(
        self, concepts: Sequence[str], members: Mapping[str, str] | None = None, *, as_one: bool = False
    ) -> list[Reported]:
        """One version of each number of these concepts: which one, `known` says. `as_one`: they are names of one."""
        import json

        dimensions = json.dumps(dict(members or {}), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        entity = self.company["entity"]
        told = self.lake.sql(
            f"""select filing, fact, concept, start, "end", unit, number, decimals, is_exact
            from facts where entity = ? and concept in ({marks(concepts)}, ?) and period is null and "end" is not null
                and (concept = ? or (valid and number is not null and unit is not null
                    and dimensions is not distinct from ?))""",
            [entity, *concepts, _DOCUMENT, _DOCUMENT, dimensions if members else None],
        ).records()
        if any(row["concept"] == _DOCUMENT for row in told) and self._spans is None:
            self._spans = [Duration(row["filing"], row["start"], row["end"]) for row in told if row["start"]]
        rows = [row for row in told if row["concept"] != _DOCUMENT]
        return self.versions(rows, concepts[0] if as_one else None)

    def versions(self, rows: Iterable[Mapping[str, Any]], group: str | None = None) -> list[Reported]:
        """Of rows of `facts`, one version of each number; with a `group`, whatever their concept."""
        held: dict[tuple[Any, ...], dict[str, Mapping[str, Any]]] = {}
        for row in rows:
            if row["filing"] in self.filings:
                key = (group or row["concept"], row["start"], row["end"], row["unit"])
                versions = held.setdefault(key, {})
                other = versions.get(row["filing"])
                if other is None or accuracy(row) > accuracy(other):
                    versions[row["filing"]] = row
        found = [self._version(list(versions.values()), group) for versions in held.values()]
        return sorted(found, key=lambda each: (each.last, each.start or each.last, each.unit, each.filing, each.fact))

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
            about=filing["period"] if row["concept"].startswith("dei:") and row["start"] is None else None,
        )
        if self.known.first or versions[0]["number"] == made.number:
            return made
        return _with_restated(made, versions[0])


def histories(
    lake: Asked,
    companies: Iterable[Mapping[str, Any]],
    known: Known,
    durations: Iterable[Duration],
    window: tuple[date, date],
) -> dict[str, History]:
    """The histories of many companies, by entity, with one question for all; `durations` as of `History`.

    `window`: only filings about periods that end in it, or about none that is known.
    """
    wanted = {company["entity"]: company for company in companies}
    listed = _filings(lake, list(wanted), window)
    owner = {row["filing"]: entity for entity, rows in listed.items() for row in rows}
    spans: dict[str, list[Duration]] = {}
    for each in durations:
        spans.setdefault(owner.get(each.filing, ""), []).append(each)
    calendars: dict[Any, FiscalYears] = {}
    return {
        entity: History(
            lake, company, known, filings=listed[entity], durations=spans.get(entity, ()), calendars=calendars
        )
        for entity, company in wanted.items()
    }


def _filings(
    lake: Asked, entities: list[str], window: tuple[date, date] = (date.min, date.max)
) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {entity: [] for entity in entities}
    one = len(entities) == 1
    chosen = "entity = $entity" if one else "entity in (select unnest($entities))"
    rows = lake.sql(
        f"""select {_COLUMNS} from filings where {chosen} and status = 'ok'
            and (period is null or period between $first and $last)""",
        {"first": window[0], "last": window[1]} | ({"entity": entities[0]} if one else {"entities": entities}),
    )
    for row in rows.records():
        found[row["entity"]].append(row)
    return found


def rows_of(lake: Asked, filings: list[str]) -> list[dict[str, Any]]:
    """Rows of `filings`, as `History` takes them."""
    found = lake.sql(f"select {_COLUMNS} from filings where filing in (select unnest(?)) and status = 'ok'", [filings])
    return found.records()


def _durations(lake: Asked, entity: str) -> list[Duration]:
    told = lake.sql(
        f"""select distinct filing, start, "end" from facts where entity = ? and concept in ({marks(_TELLING)})
            and start is not null and "end" is not null""",
        [entity, *_TELLING],
    )
    columns = (told.column(name).to_pylist() for name in ("filing", "start", "end"))
    return [Duration(*each) for each in zip(*columns, strict=True)]


def marks(values: Sized) -> str:
    """So many question marks: DuckDB skips groups of rows for values that it knows, not for a list that it makes."""
    return ", ".join("?" * len(values))


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


def accuracy(row: Mapping[str, Any]) -> tuple[bool, int, int]:
    """Of several facts that tell the same in one filing: the most accurate, and the first of equals, is greatest."""
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
