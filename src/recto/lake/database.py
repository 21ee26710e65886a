"""The lake's files as a DuckDB database: tables of what counts, and views of what people ask for.

DuckDB's extensions for Delta and object storage are fetched from the web when they are first used, so none is: the
lists of files come from the Delta logs, and what lies in a bucket is read through fsspec.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

from recto.errors import SourceError, UsageError
from recto.lake import locked
from recto.lake.places import Place
from recto.lake.schemas import TABLES
from recto.lake.store import Snapshot, Store

if TYPE_CHECKING:
    import pyarrow as pa

KEY = ("entity", "concept", "start", '"end"', "period", "unit", "dimensions", "language")
"""What makes two facts versions of one: where they agree, a later filing says it again or says it otherwise."""
_KEYS = ", ".join(f"f.{name}" for name in KEY)
_ONE_A_FILING = f"""
    select f.* from facts f where f.valid
    qualify row_number() over (partition by f.filing, {_KEYS}, f.number, f.value order by f.fact) = 1
"""
_HALF = "(case when {0}.is_exact or {0}.decimals is null then 0 else 0.5 * 10.0 ** (-{0}.decimals) end)"

_TYPES = {
    "string": "varchar",
    "int32": "integer",
    "int64": "bigint",
    "float64": "double",
    "bool": "boolean",
    "date32": "date",
    "time": "timestamptz",
    "amount": "decimal(38, 12)",
}
_FIRST_OF_EQUALS = "f.is_exact desc, f.decimals desc nulls last, f.fact"
_TOLD = "facts f left join filings g on g.filing = f.filing"
_CAME = "coalesce(f.accepted, g.filed::timestamp, g.period::timestamp + interval 45 day)"
"""When a fact came, as `History` orders filings: without the time of acceptance, some time after the period."""
VIEWS = {
    "reported": f"""create or replace view reported as {_ONE_A_FILING}""",
    "latest": f"""create or replace view latest as
        select f.* from {_TOLD} where f.valid
        qualify row_number() over (
            partition by {_KEYS} order by {_CAME} desc nulls last, f.filing desc, {_FIRST_OF_EQUALS}
        ) = 1""",
    "first_reported": f"""create or replace view first_reported as
        select f.* from {_TOLD} where f.valid
        qualify row_number() over (
            partition by {_KEYS} order by {_CAME} nulls first, f.filing, {_FIRST_OF_EQUALS}
        ) = 1""",
    "as_known_on": f"""create or replace macro as_known_on(day) as table
        select f.* from facts f where f.valid and f.accepted < (cast(day as date) + interval 1 day)::timestamp
        qualify row_number() over (
            partition by {_KEYS} order by f.accepted desc, f.filing desc, {_FIRST_OF_EQUALS}
        ) = 1""",
    "restatements": f"""create or replace view restatements as
        with one as (
            select f.*, {_CAME} as came from {_TOLD} where f.valid and f.number is not null
            qualify row_number() over (partition by {_KEYS}, f.filing order by {_FIRST_OF_EQUALS}) = 1
        ), versions as (
            select f.*,
                lag(f.filing) over w as earlier_filing, lag(f.accepted) over w as earlier_accepted,
                lag(f.number) over w as earlier_number, lag(f.decimals) over w as earlier_decimals,
                lag(f.is_exact) over w as earlier_exact, lag(f.fact) over w as earlier_fact
            from one f window w as (partition by {_KEYS} order by f.came nulls first, f.filing)
        )
        select entity, concept, start, "end", unit, axes, dimensions,
            earlier_number, number, number - earlier_number as change, earlier_filing, filing,
            earlier_accepted, accepted, earlier_fact, fact
        from versions v
        where earlier_number is not null and number <> earlier_number
            and abs(number - earlier_number)::double >
                {_HALF.format("v")} + (case when earlier_exact or earlier_decimals is null then 0
                                       else 0.5 * 10.0 ** (-earlier_decimals) end)""",
    "companies": """create or replace view companies as
        select entity, any_value(cik) as cik, arg_max(company, coalesce(accepted, ingested)) as company,
            arg_max(ticker, coalesce(accepted, ingested)) as ticker,
            count(*) as filings, min(accepted) as first_accepted, max(accepted) as last_accepted
        from filings where status = 'ok' and entity is not null group by entity""",
}
"""The views, in order. `reported`: each version once a filing; the others: one version of each fact."""


class Database:
    """A DuckDB connection over the files that counted when it was opened, or last refreshed. For many threads.

    Without `files`, a statement is one `select`, and no file outside the lake is read or written (`recto.lake.locked`);
    with `closed`, besides, it is bounded in time, memory and the size of its answer.
    """

    def __init__(self, place: Place, store: Store | None = None, *, files: bool = True, closed: bool = False):
        try:
            import duckdb
        except ModuleNotFoundError:
            raise SourceError("questions need duckdb: pip install 'recto[lake]'", code="recto:extra") from None
        self.place = place
        self.store = store or Store(place)
        self._lock = threading.Lock()
        self._closed = closed
        self._locked = closed or not files
        config: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        if self._locked:
            config["python_enable_replacements"] = "false"  # names of tables are none of Python's variables
        self._connection: Any = duckdb.connect(config=config)
        self._connection.execute("set timezone = 'UTC'; set enable_progress_bar = false")
        locked.spill(self._connection)
        if place.remote:
            self._connection.register_filesystem(place.fs)
        if closed:
            locked.bound(self._connection)
        if self._locked:
            locked.lock(self._connection, place.url)
        self.snapshot = self.refresh()

    def refresh(self) -> Snapshot:
        """Takes what counts now. Raises `SourceError` where a file of the lake is gone, or is none."""
        import duckdb

        with self._lock:
            self.snapshot = self.store.snapshot()
            for name in TABLES:
                columns = ", ".join(f'"{column.name}"' for column in TABLES[name])
                files = [self.place.at(f"{name}/{each.name}") for each in self.snapshot.files[name]]
                if files:
                    listed = ", ".join(_quoted(each) for each in files)
                    source = f"read_parquet([{listed}], hive_partitioning = false)"
                else:
                    nothing = ", ".join(f'null::{_TYPES[column.type]} as "{column.name}"' for column in TABLES[name])
                    source = f"(select {nothing} where false)"
                try:
                    self._connection.execute(f"create or replace view {name} as select {columns} from {source}")
                except duckdb.Error as error:
                    raise self._damaged(error) from None
            for statement in VIEWS.values():
                self._connection.execute(statement)
            return self.snapshot

    def _damaged(self, error: Exception) -> SourceError:
        """What DuckDB says of a file of the lake."""
        reason = str(error).partition("\n")[0].replace(f"{self.place.url}/", "")
        return SourceError.of("recto:lakeFile", document=self.place.url, reason=reason)

    def query(self, statement: str, parameters: list[Any] | dict[str, Any] | None = None) -> pa.Table:
        """The rows of one statement. Raises `UsageError` for one that DuckDB refuses, or that may not be asked."""
        import duckdb
        import pyarrow as pa

        with self._lock:
            cursor = self._connection.cursor()
        try:
            cursor.execute("set timezone = 'UTC'; set parquet_metadata_cache = true")  # a cursor has its own settings
            if self._locked:
                locked.require_select(cursor, statement)
            found = cursor.sql(statement, params=parameters) if parameters else cursor.sql(statement)
            if found is None:
                return pa.table({})
            return locked.bounded(cursor, found) if self._closed else found.to_arrow_table()
        except (duckdb.Error, RuntimeError) as error:  # RuntimeError: of a message that is no text
            if not isinstance(error, duckdb.Error) or _is_damage(error):
                raise self._damaged(error) from None
            raise UsageError(str(error).partition("\n\n")[0], code="recto:sql") from None
        finally:
            cursor.close()

    def close(self) -> None:
        self._connection.close()


def _is_damage(error: Exception) -> bool:
    """Whether an error of DuckDB's is about a file, not about the statement."""
    import duckdb

    told = isinstance(error, duckdb.InvalidInputException) and "parquet" in str(error).casefold()
    return told or type(error) is duckdb.Error or isinstance(error, duckdb.IOException)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
