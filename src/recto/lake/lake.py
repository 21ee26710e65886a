"""`recto.Lake`: questions over many filings."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from recto.errors import NotFoundError, UsageError
from recto.lake.places import Place
from recto.lake.result import Result

if TYPE_CHECKING:
    from types import TracebackType

    from recto.lake.care import Status
    from recto.lake.database import Database

Day = str | date


class Lake:
    """A lake that was made with `recto ingest`: a folder, or a bucket (`s3://bucket/path`).

    What it answers is of the moment at which it was opened, or last refreshed. Safe for many threads.
    Raises `NotFoundError` where there is no lake.
    """

    def __init__(self, path: str | os.PathLike[str], *, storage_options: Mapping[str, str] | None = None):
        self.place = Place(path, storage_options)
        self._database  # noqa: B018 - there must be a lake

    @cached_property
    def _database(self) -> Database:
        from recto.lake.database import Database

        return Database(self.place)

    def sql(self, statement: str, parameters: list[Any] | dict[str, Any] | None = None) -> Result:
        """The rows of an SQL statement in DuckDB's dialect.

        Tables are those of `recto.lake.schemas`; views are `reported`, `latest`, `first_reported`, `as_known_on(day)`,
        `restatements`, `companies`. Raises `UsageError` for a statement that DuckDB refuses.
        """
        return Result(self._database.query(statement, parameters))

    def refresh(self) -> None:
        """Takes in what was committed since."""
        self._database.refresh()

    def status(self) -> Status:
        from recto.lake.care import status

        return status(self.place)

    def company(self, text: str) -> dict[str, Any]:
        """The company of a ticker, a CIK, an entity identifier or a name. Raises where there is none, or several."""
        rows = self.sql("select * from companies").records()
        wanted = text.strip()
        tests: tuple[Callable[[dict[str, Any]], bool], ...] = (
            lambda row: row["entity"] == wanted or (wanted.isdecimal() and row["cik"] == int(wanted)),
            lambda row: wanted.upper() in [each.strip() for each in (row["ticker"] or "").upper().split(",")],
            lambda row: (row["company"] or "").lower() == wanted.lower(),
            lambda row: (row["company"] or "").lower().startswith(wanted.lower()),
            lambda row: wanted.lower() in (row["company"] or "").lower(),
        )
        for test in tests:
            found = [row for row in rows if test(row)]
            if len(found) == 1:
                return found[0]
            if found:
                some = ", ".join(f"{row['company']} ({row['entity']})" for row in found[:8])
                raise UsageError(f"{text!r} may be {some}: give the entity's identifier", code="recto:ambiguousCompany")
        raise NotFoundError(f"the lake knows no company {text!r}", code="recto:unknownCompany", document=self.place.url)

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
