"""`recto.Lake`: questions over many filings."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recto.errors import NotFoundError, UsageError
from recto.lake.asked import Day
from recto.lake.places import Place
from recto.lake.result import Result

if TYPE_CHECKING:
    from types import TracebackType

    from recto.filing import Filing
    from recto.lake.care import Status
    from recto.lake.database import Database
    from recto.lake.datasets import Exported
    from recto.lake.series import Series
    from recto.lake.statement import StatementHistory


class Lake:
    """A lake that was made with `recto ingest`: a folder, or a bucket (`s3://bucket/path`).

    What it answers is of the moment at which it was opened, or last refreshed. Safe for many threads.
    Raises `NotFoundError` where there is no lake.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        storage_options: Mapping[str, str] | None = None,
        files: bool = True,
        closed: bool = False,
    ):
        """`files`: SQL may be any statement, and read and write files of this machine; without, it is one `select` over
        the lake. `closed`: it may come from strangers, and is bounded in time and size besides."""
        self.place = Place(path, storage_options)
        self._files = files
        self._closed = closed
        self._database  # noqa: B018 - there must be a lake

    @cached_property
    def _database(self) -> Database:
        from recto.lake.database import Database

        return Database(self.place, files=self._files, closed=self._closed)

    def sql(self, statement: str, parameters: list[Any] | dict[str, Any] | None = None) -> Result:
        """The rows of an SQL statement in DuckDB's dialect.

        Tables are those of `recto.lake.schemas`; views are `reported`, `latest`, `first_reported`, `as_known_on(day)`,
        `restatements`, `companies`. Raises `UsageError` for a statement that DuckDB refuses, or the lake (`files`).
        """
        return Result(self._database.query(statement, parameters))

    def refresh(self) -> None:
        """Takes in what was committed since."""
        self._database.refresh()

    def status(self) -> Status:
        from recto.lake.care import status

        return status(self.place)

    def series(
        self,
        concept: str | Sequence[str],
        company: str | Sequence[str],
        *,
        frequency: str = "quarter",
        members: Mapping[str, str] | None = None,
        unit: str | None = None,
        first_reported: bool = False,
        as_known_on: Day | None = None,
    ) -> Series:
        """A number of a company over time.

        `concept`: a prefixed name (`us-gaap:Revenues`), a local name, or a line item (`revenue`); `company` as in
        `company()`; several of either give several series. `frequency`: `quarter`, `year`, or `ttm`, the twelve months
        that end with each quarter. `members`: axis → member, by their names; None: totals. `unit`: `USD`; None: the
        one that most are in. Numbers are as reported latest, or first, or as known at the end of a day (UTC).

        What was never reported is worked out from what was, where unit, members and accounting basis agree: then
        `derived` is true, `facts` has the facts it came from, and `error` says by how much it may be off. A quarter of
        a reported year that cannot be worked out has no value. Raises `UsageError`, `NotFoundError`.
        """
        from recto.lake.numbers import series

        return series(
            *(self, concept, company),
            frequency=frequency,
            members=members,
            unit=unit,
            first_reported=first_reported,
            as_known_on=as_known_on,
        )

    def line_items(
        self,
        company: str | None = None,
        *,
        filing: str | Sequence[str] = (),
        items: str | Sequence[str] | None = None,
        frequency: str = "year",
        first_reported: bool = False,
        as_known_on: Day | None = None,
    ) -> Series:
        """Line items that compare: `revenue`, `cost`, `net_income`, … (all for None), whatever a filing calls them.

        Rules (docs/lake.md) choose a concept in each filing by what it is and where it stands in the filing's own
        trees; each value says by which `rule`. What was not found has a row without value. Of a company: over time,
        as `series`; balances stand in a series of twelve months as at its ends. Of filings: of the periods that end
        with each one's own, as it tells them. Raises `UsageError`, `NotFoundError`.
        """
        from recto.lake.history import Known
        from recto.lake.item_numbers import filing_items, item_series
        from recto.lake.items import named
        from recto.lake.periods import frequency_of

        filings = [filing] if isinstance(filing, str) else list(filing)
        if (company is None) == (not filings):
            raise UsageError("line items are of a company, or of filings")
        if filings:
            return filing_items(self, filings, named(items))
        assert company is not None
        known = Known.of(first_reported, as_known_on)
        return item_series(self, company, named(items), frequency=frequency_of(frequency), known=known)

    def statement(
        self,
        company: str,
        kind: str = "income",
        *,
        frequency: str = "year",
        periods: int | None = None,
        first_reported: bool = False,
        as_known_on: Day | None = None,
    ) -> StatementHistory:
        """A company's statement over many periods, row for row as its newest filing lays it out.

        `kind`: `income`, `balance`, `cash flow`, `equity`, `comprehensive income`. `periods`: the latest so many.
        Older labels and extensions are matched to the rows: `matched` says how, `filing` where a value stands,
        `reported_label` what it was called there; `presented` has the sign that the page shows. What was never
        reported is worked out as in `series`. Raises `UsageError`, `NotFoundError`.
        """
        from recto.lake.history import Known
        from recto.lake.statement import statement_history

        known = Known.of(first_reported, as_known_on)
        return statement_history(self, company, kind, frequency=frequency, periods=periods, known=known)

    def peers(
        self,
        concept: str,
        year: int,
        *,
        period: str = "FY",
        companies: Sequence[str] | None = None,
        unit: str | None = None,
        first_reported: bool = False,
        as_known_on: Day | None = None,
    ) -> Series:
        """One number of all companies (or of these) for a fiscal year, or a quarter of it (`Q1`), the greatest first.

        `concept`: a prefixed name, or a line item. Fiscal years are each company's own; what was never reported is
        worked out as in `series`. Companies that tell nothing have no row. Raises `UsageError`.
        """
        from recto.lake.across import peers
        from recto.lake.history import Known

        known = Known.of(first_reported, as_known_on)
        return peers(self, concept, year, period=period, companies=companies, unit=unit, known=known)

    def subsequent_events(
        self,
        company: str | None = None,
        *,
        since: Day | None = None,
        until: Day | None = None,
        words: str | None = None,
    ) -> Result:
        """What companies tell of after the end of their periods: notes as plain text, the latest filing first.

        `facts` has what the filing tags with the member for subsequent events. `since` and `until` are days on which
        filings were accepted; `words`: only notes that hold all of them. Raises `UsageError`, `NotFoundError`.
        """
        from recto.lake.across import subsequent_events

        return subsequent_events(self, company=company, since=_day(since), until=_day(until), words=words)

    def search(
        self,
        words: str,
        *,
        company: str | None = None,
        concept: str | None = None,
        form: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        limit: int = 20,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Result:
        """Text blocks that hold all these words, the best first: filing, concept, fact, score and a snippet.

        Words are taken by their stems in English; `"two words"` is a phrase, `-word` leaves out, `OR` stands between
        alternatives. The index lies beside the tables; what was taken in since is added to it first, which `progress`
        is told. `text(filing, fact)` gives a text whole. Raises `UsageError`, `NotFoundError`, `SourceError`.
        """
        from recto.lake.words import TextIndex, asked

        if limit < 1:
            raise UsageError("the limit is 1 at least")
        index = TextIndex(self._database)
        index.update(progress)
        days = [None if each is None else date.fromisoformat(each) for each in (_day(since), _day(until))]
        entity = None if company is None else self.company(company)["entity"]
        return index.search(
            asked(words), entity=entity, concept=concept, form=form, since=days[0], until=days[1], limit=limit
        )

    def text(self, filing: str, fact: int) -> str:
        """A text of a filing as plain text. Raises `NotFoundError` where the fact has none."""
        from recto.lake.words import plain_text

        rows = self.sql("select text, markup from texts where filing = ? and fact = ?", [filing, fact]).records()
        if not rows:
            rows = self.sql(
                "select value as text, false as markup from facts where filing = ? and fact = ? and value is not null",
                [filing, fact],
            ).records()
        if not rows:
            raise NotFoundError(f"{filing} has no text that is its fact {fact}", code="recto:unknownText")
        return plain_text(rows[0]["text"], rows[0]["markup"])

    def export(
        self,
        name: str,
        folder: str | os.PathLike[str],
        *,
        company: str | None = None,
        form: str | Sequence[str] = (),
        since: Day | None = None,
        until: Day | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Exported:
        """Writes filings as a data set of the SEC's: `statements` (`sub`, `num`, `tag`, `pre`) or `notes` (with `dim`,
        `txt`, `ren`, `cal`), with its columns and types, and `load.sql`, which loads the folder into DuckDB.

        Filings are chosen as in `filings()`. Pages must have been taken in with them for `pre`, `ren`, and the numbers
        of `statements`. Raises `UsageError`, `NotFoundError`, and `OSError` where it cannot be written.
        """
        from recto.lake.datasets import export

        listed = self.filings(company, form=form, since=since, until=until).records()
        keys = sorted(row["filing"] for row in listed if row["facts"])
        return export(self, Path(folder), name=name, filings=keys, progress=progress)

    def companies(self, words: str | None = None) -> Result:
        """The companies: `entity`, `cik`, `company`, `ticker`, `filings`, `first_accepted`, `last_accepted`.

        `words`: only those whose name, ticker or identifier holds it.
        """
        where = """where ? is null or contains(lower(concat_ws(' ', company, ticker, entity)), lower(?))"""
        return self.sql(f"select * from companies {where} order by company, entity", [words, words])

    def company(self, text: str) -> dict[str, Any]:
        """The company of a ticker, a CIK, an entity identifier or a name, of now or of former filings.

        Raises `NotFoundError` where there is none, `UsageError` where there are several.
        """
        wanted = text.strip()
        padded = wanted.zfill(10) if wanted.isdecimal() else wanted
        tests: tuple[tuple[str, list[Any]], ...] = (
            ("entity in (?, ?)", [wanted, padded]),
            ("list_contains(string_split(replace(upper(ticker), ' ', ''), ','), upper(?))", [wanted]),
            ("lower(company) = lower(?)", [wanted]),
            ("starts_with(lower(company), lower(?))", [wanted]),
            ("contains(lower(company), lower(?))", [wanted]),
        )
        for at, (test, parameters) in enumerate(tests if wanted else ()):
            if at:
                entities = self.sql(f"select distinct entity from filings where status = 'ok' and {test}", parameters)
                parameters = entities.column("entity").to_pylist()[:9]
                test = f"entity in ({', '.join('?' * len(parameters))})"
            if not parameters:
                continue
            found = self.sql(f"select * from companies where {test} order by company, entity", parameters).records()
            if len(found) == 1:
                return found[0]
            if found:
                some = ", ".join(f"{row['company']} ({row['entity']})" for row in found[:8])
                raise UsageError(f"{text!r} may be {some}: give the entity's identifier", code="recto:ambiguousCompany")
        raise NotFoundError(f"the lake knows no company {text!r}", code="recto:unknownCompany", document=self.place.url)

    def filings(
        self,
        company: str | None = None,
        *,
        form: str | Sequence[str] = (),
        since: Day | None = None,
        until: Day | None = None,
    ) -> Result:
        """Filings that were taken in, the newest first, as `filings` has them; `since` and `until` are days on which
        they were accepted (filed; or the end of their period, where nothing else is known)."""
        forms = [form] if isinstance(form, str) else list(form)
        entity = None if company is None else self.company(company)["entity"]
        return self.sql(
            """select filing, form, amendment, period, accepted, company, ticker, entity, cik, basis, facts, findings,
                with_pages, source from filings
            where status = 'ok' and ($entity is null or entity = $entity)
                and (len($forms) = 0 or list_contains($forms, form))
                and ($since is null or coalesce(accepted::date, filed, period) >= cast($since as date))
                and ($until is null or coalesce(accepted::date, filed, period) <= cast($until as date))
            order by accepted desc nulls last, period desc nulls last, filing""",
            {"entity": entity, "forms": forms, "since": _day(since), "until": _day(until)},
        )

    def concepts(self, company: str, words: str | None = None) -> Result:
        """What a company reports numbers of, most used first: `concept`, `label`, `unit`, `numbers`, `first`, `last`.

        `words`: only those whose name or label holds it.
        """
        entity = self.company(company)["entity"]
        return self.sql(
            """with told as (
                select concept, mode(unit) as unit, count(*) as numbers, min("end") as first, max("end") as last
                from facts where entity = $entity and number is not null and valid group by 1
            ), labels as (
                select concept, arg_max(label, f.accepted) as label from concepts join filings f using (filing)
                where f.entity = $entity group by 1
            )
            select concept, label, unit, numbers, first, last from told left join labels using (concept)
            where $words is null or contains(lower(concat_ws(' ', concept, label)), lower($words))
            order by numbers desc, concept""",
            {"entity": entity, "words": words},
        )

    def restatements(self, company: str | None = None, *, concept: str | None = None) -> Result:
        """Numbers that a later filing tells otherwise, beyond rounding; with both filings, the latest first."""
        entity = None if company is None else self.company(company)["entity"]
        return self.sql(
            """select r.*, f.company, f.form, e.form as earlier_form from restatements r
            join filings f on f.filing = r.filing join filings e on e.filing = r.earlier_filing
            where ($entity is null or r.entity = $entity) and ($concept is null or r.concept = $concept)
            order by r.accepted desc nulls last, r.concept, r."end", r.start""",
            {"entity": entity, "concept": concept},
        )

    def open(self, filing: str, **options: Any) -> Filing:
        """A filing, opened again from where it was taken in: a file, an archive, the web. `options` as for
        `recto.open`. Facts are numbered in it as in the lake.

        Raises `NotFoundError` where the lake has no such filing or its source is gone, `SourceError` where the source
        has changed since, and what `recto.open` raises.
        """
        from recto.lake.reopening import reopen

        return reopen(self, filing, options)

    def close(self) -> None:
        if "_database" in self.__dict__:
            self._database.close()

    def __enter__(self) -> Lake:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<recto.Lake {self.place.url!r}>"


def _day(day: Day | None) -> str | None:
    """A day as DuckDB reads it; `2024` and `2024-06` are their first days. Raises `UsageError`."""
    if day is None:
        return None
    if isinstance(day, date):
        return day.isoformat()[:10]
    text = day.strip()
    try:
        return date.fromisoformat(text + "-01-01"[3 * text.count("-") :] if len(text) < 10 else text).isoformat()
    except ValueError:
        raise UsageError(f"{day!r} is no date: give it as 2024-06-30") from None
