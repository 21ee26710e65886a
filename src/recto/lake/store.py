"""The lake's Delta tables: files written once under a name made of their content, commits, and what readers take.

A batch is what is committed together: its files are `TABLE/BATCH-DIGEST.parquet`. The data tables get its files first,
`filings` last, and only if none of the batch's filings was committed by anyone else meanwhile. Readers take from the
data tables the files of batches that `filings` lists, and those that compaction made (their batch begins with `c`),
which it makes of nothing else. So a batch counts whole or not at all, and what an interrupted run left counts never.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import random
import re
import time
import uuid
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from msgspec import Struct

from recto.errors import NotFoundError, RectoError, SourceError
from recto.lake.places import Place, storage_error
from recto.lake.schemas import DATA, SORTED, TABLES, UNINDEXED, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa
    from deltalake import DeltaTable

COMPACTED = "c"
ROW_GROUP = 65_536
"""Rows that are packed together. To look at what a group holds costs a question 10 to 20 µs, wanted or not."""
TEXTS_A_GROUP = 4_096
"""Of long texts: some ten megabytes."""
PAGE_BYTES = 1 << 16
"""Of a column in a group: what is unpacked for a few of its rows."""
FILINGS_A_GROUP = 4_096
"""Filings that a group of rows holds, for the size of its Bloom filter: 5 KB. With more of them it is less sharp."""
PATIENCE = 120.0
"""Seconds during which a commit to a data table is tried again while others come before it."""
_SHUT_OUT = "recto-shut-out-"


class DataFile(Struct, frozen=True):
    """A Parquet file of a table, not yet (or already) committed."""

    table: str
    name: str
    size: int
    rows: int

    @property
    def batch(self) -> str:
        return self.name.partition("-")[0]

    @property
    def digest(self) -> str:
        """What the file's content must hash to."""
        return self.name.partition("-")[2].removesuffix(".parquet")


class Batch(Struct):
    """The files of one batch, and the filings in it."""

    id: str
    files: list[DataFile]
    filings: list[dict[str, Any]]


class Snapshot(Struct, frozen=True):
    """The files of each table that count, at one moment."""

    files: Mapping[str, tuple[DataFile, ...]]
    versions: Mapping[str, int]
    orphans: Mapping[str, tuple[DataFile, ...]]
    """Files in the data tables whose batch is not committed (yet, or ever)."""

    def count(self, table: str) -> int:
        return sum(each.rows for each in self.files[table])


def new_batch(run: str = "") -> str:
    """A batch's name: `b`, the run's name, and what tells its batches apart. Has no `-`."""
    return f"b{run}x{uuid.uuid4().hex[:12]}"


def run_of(batch: str) -> str:
    """The run that made a batch, as its name tells; empty where it does not."""
    return batch[1:].partition("x")[0] if batch.startswith("b") else ""


class Writer:
    """Writes files of tables, each under a name made of its batch and its content. Commits nothing.

    Raises `SourceError` (`recto:noSpace`, `recto:storage`) where they cannot be written.
    """

    def __init__(self, place: Place):
        self.place = place

    def write(self, table: str, rows: pa.Table, batch: str, *, sort: bool = True) -> DataFile | None:
        """Writes rows as a file of the table; None where there are none."""
        if not rows.num_rows:
            return None
        import pyarrow.parquet as pq

        if sort:
            rows = in_order(table, rows)
        buffer = io.BytesIO()
        pq.write_table(rows, buffer, **writer_options(rows.schema))
        return self.put(table, buffer.getvalue(), batch, rows.num_rows)

    def put(self, table: str, data: bytes, batch: str, rows: int) -> DataFile:
        name = f"{batch}-{hashlib.sha256(data).hexdigest()}.parquet"
        try:
            self.place.write(f"{table}/{name}", data)
        except OSError as error:
            raise storage_error(error, self.place.url) from None
        return DataFile(table, name, len(data), rows)


def in_order(table: str, rows: pa.Table) -> pa.Table:
    """Rows as a file of the table has them."""
    return rows.sort_by([(column, "ascending") for column in SORTED[table]])


def together(table: str, parts: Sequence[pa.Table]) -> pa.Table:
    """Rows of several filings as a file of the table has them; those of each filing are in that order already."""
    import pyarrow as pa

    if SORTED[table][0] != "filing":
        return in_order(table, pa.concat_tables(parts))
    return pa.concat_tables(sorted(parts, key=lambda each: str(each["filing"][0])))


Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def _told(
    method: Callable[Concatenate[Store, Given], Answer],
) -> Callable[Concatenate[Store, Given], Answer]:
    """The method, with what the storage and delta-rs raise as `SourceError`."""

    @wraps(method)
    def told(self: Store, /, *args: Given.args, **options: Given.kwargs) -> Answer:
        try:
            return method(self, *args, **options)
        except OSError as error:
            raise storage_error(error, self.place.url) from None
        except RectoError:  # what is missing, it may be, is delta-rs itself
            raise
        except Exception as error:
            from deltalake.exceptions import DeltaError

            if isinstance(error, DeltaError):
                raise SourceError.of("recto:lakeLog", document=self.place.url, reason=_first_line(error)) from None
            raise

    return told


class Store(Writer):
    """The tables of a lake. Raises `NotFoundError` where there is none, unless it may be created.

    Every method raises `SourceError` for what the storage does not do (`recto:noSpace`, `recto:storage`), and for a
    table's log that cannot be read (`recto:lakeLog`).
    """

    def __init__(self, place: Place, *, create: bool = False):
        super().__init__(place)
        self._tables: dict[str, DeltaTable] = {}
        self._open_all(create)

    @_told
    def _open_all(self, create: bool) -> None:
        try:
            from deltalake import DeltaTable
            from deltalake.exceptions import TableNotFoundError
        except ModuleNotFoundError:
            raise SourceError("a lake needs deltalake: pip install 'recto[lake]'", code="recto:extra") from None
        absent = []
        for name in TABLES:
            try:
                self._tables[name] = DeltaTable(self.place.at(name), storage_options=self.options)
            except TableNotFoundError:
                absent.append(name)
        if absent and any(each.version() > 0 for each in self._tables.values()):
            raise SourceError.of("recto:lakeLog", document=self.place.url, reason=f"that of {absent[0]} is gone")
        if absent and not create:  # perhaps one that was being made when its process was killed
            raise NotFoundError("there is no lake", code="recto:noLake", document=self.place.url)
        for name in absent:
            self._tables[name] = self._create(name)

    def _create(self, name: str) -> DeltaTable:
        from deltalake import DeltaTable, Schema

        url = self.place.at(name)
        if not self.place.remote:
            os.makedirs(url, exist_ok=True)
        return DeltaTable.create(
            url,
            schema=Schema.from_arrow(arrow_schema(name)),
            mode="ignore",
            name=name,
            configuration={"delta.logRetentionDuration": "interval 2 days", "delta.checkpointInterval": "20"},
            storage_options=self.options,
        )

    def require_ours(self) -> None:
        """Raises `SourceError` (`recto:lakeColumns`) where a table has columns beyond the declared ones: whoever writes
        its rows anew would lose them."""
        for name, table in self._tables.items():
            further = {each.name for each in table.schema().fields} - {each.name for each in TABLES[name]}
            if further:
                columns = ", ".join(sorted(further))
                raise SourceError.of("recto:lakeColumns", name, document=self.place.url, columns=columns)

    @property
    def options(self) -> dict[str, str] | None:
        return self.place.options or None

    # Committing

    @_told
    def add(self, table: str, files: Sequence[DataFile], removed: Sequence[DataFile] = ()) -> None:
        """Commits files to a table; with `removed`, in place of those, or not at all (`ConflictError`)."""
        if not files and not removed:
            return
        from deltalake.exceptions import CommitFailedError
        from deltalake.transaction import RemoveAction

        now = int(time.time() * 1000)
        actions = [*(_added(each) for each in files), *(RemoveAction(e.name, True, now, e.size, {}) for e in removed)]
        until = time.monotonic() + PATIENCE
        while True:
            self._tables[table].update_incremental()
            if removed:
                names = {each.name for each in self._listed(table)}
                if not all(each.name in names for each in removed):
                    raise ConflictError(f"another process changed {table} meanwhile")
            try:
                self._alone(table, actions)
                return
            except CommitFailedError:
                if time.monotonic() > until:
                    raise
                time.sleep(random.uniform(0.01, 0.1))

    @_told
    def commit(self, batches: Sequence[Batch], run: str = "") -> tuple[int, list[str]]:
        """Commits batches; filings that are there already are left out. How many were added, and which were not.

        Data first, `filings` last, and that only on the state that was looked at: a commit of someone else's in
        between makes this one look again. Raises `SourceError` (`recto:lakeRun`) where `run` was shut out meanwhile.
        """
        from deltalake.exceptions import CommitFailedError

        pending = [each for each in batches if each.filings]
        left: list[str] = []
        known = self.keys()
        for at, each in enumerate(pending):
            pending[at] = self._without(each, known, left)
            known |= {row["filing"]: row["status"] for row in pending[at].filings}
        for table in DATA:
            self.add(table, [each for batch in pending for each in batch.files if each.table == table])
        while True:
            rows = [row for batch in pending for row in batch.filings]
            if not rows:
                return 0, left
            import pyarrow as pa

            name = pending[0].id if len(pending) == 1 else new_batch(run_of(pending[0].id))
            file = self.write("filings", pa.Table.from_pylist(rows, arrow_schema("filings")), name)
            assert file is not None
            try:
                self._require_let_in(run)
                self._alone("filings", [_added(file)])
                return len(rows), left
            except CommitFailedError:
                self._tables["filings"].update_incremental()
                self.place.remove(f"filings/{file.name}")
                known = self.keys()
                for at, batch in enumerate(pending):
                    reduced = self._without(batch, known, left)
                    if reduced is not batch:
                        for table in DATA:
                            self.add(table, [each for each in reduced.files if each.table == table])
                        pending[at] = reduced

    @_told
    def shut_out(self, run: str) -> bool:
        """Sees to it that a run that seems dead commits nothing any more; False where it, or another, just did.

        Its next commit to `filings` fails, for this is one, and then it finds what stands here.
        """
        from deltalake.exceptions import CommitFailedError
        from deltalake.transaction import CommitProperties, Transaction

        delta = self._tables["filings"]
        if delta.transaction_version(_SHUT_OUT + run) is not None:
            return True
        mark = [Transaction("recto", delta.version() + 1), Transaction(_SHUT_OUT + run, 1)]
        try:
            delta.create_write_transaction(
                [],
                "append",
                delta.schema(),
                commit_properties=CommitProperties(app_transactions=mark, max_commit_retries=0),
            )
        except CommitFailedError:
            return False
        delta.update_incremental()
        return True

    def _require_let_in(self, run: str) -> None:
        if run and self._tables["filings"].transaction_version(_SHUT_OUT + run) is not None:
            raise SourceError.of("recto:lakeRun", document=self.place.url)

    @_told
    def forget(self, keys: Sequence[str]) -> None:
        """Takes filings out of `filings`, and their findings, so that they may be taken in again."""
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        if not keys:
            return
        gone = pa.array(keys, pa.string())
        for table in ("findings", "filings"):
            self._tables[table].update_incremental()
            for each in self._listed(table):
                rows = pq.read_table(io.BytesIO(self.place.read(f"{table}/{each.name}")))
                kept = rows.filter(pc.invert(pc.is_in(rows["filing"], gone)))
                if kept.num_rows != rows.num_rows:
                    file = self.write(table, kept, each.batch, sort=False)
                    self.add(table, [file] if file is not None else [], [each])
            self._tables[table].update_incremental()

    def _alone(self, table: str, actions: list[Any]) -> None:
        """Commits on the version that is loaded. Raises CommitFailedError where there is a newer one."""
        from deltalake.transaction import CommitProperties, Transaction

        delta = self._tables[table]
        once = CommitProperties(
            app_transactions=[Transaction("recto", delta.version() + 1)],
            max_commit_retries=0,
        )
        delta.create_write_transaction(actions, "append", delta.schema(), commit_properties=once)

    def _without(self, batch: Batch, known: Mapping[str, str], left: list[str]) -> Batch:
        """The batch without filings that are known: as it is, or written anew under another name."""
        twice = [row["filing"] for row in batch.filings if row["filing"] in known]
        if not twice:
            return batch
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        left += twice
        rest = [row for row in batch.filings if row["filing"] not in known]
        name = new_batch(run_of(batch.id))
        files = []
        if rest:
            for each in batch.files:
                table = pq.read_table(io.BytesIO(self.place.read(f"{each.table}/{each.name}")))
                kept = table.filter(pc.invert(pc.is_in(table["filing"], pa.array(twice, pa.string()))))
                file = self.write(each.table, kept, name, sort=False)
                if file is not None:
                    files.append(file)
        return Batch(name, files, [row | {"batch": name} for row in rest])

    # Reading

    def keys(self) -> dict[str, str]:
        """Filings that are committed, as of the version that is loaded: key → status."""
        table = self.read_filings(["filing", "status"])
        return dict(zip(table["filing"].to_pylist(), table["status"].to_pylist(), strict=True))

    def read_filings(self, columns: Sequence[str]) -> pa.Table:
        import pyarrow as pa
        import pyarrow.parquet as pq

        schema = arrow_schema("filings")
        wanted = pa.schema([schema.field(name) for name in columns])
        parts = [wanted.empty_table()]
        for each in self._listed("filings"):
            cached = _kept.get((self.place.url, each.name))
            if cached is None or not set(columns) <= set(cached.column_names):
                data = self.place.read(f"filings/{each.name}")
                cached = pq.read_table(io.BytesIO(data), columns=sorted({*columns, "filing", "status", "batch"}))
                if len(_kept) > 4096:
                    _kept.clear()
                _kept[self.place.url, each.name] = cached
            parts.append(cached.select(columns))
        return pa.concat_tables(parts)

    @_told
    def refresh(self) -> None:
        for each in self._tables.values():
            each.update_incremental()

    @_told
    def snapshot(self) -> Snapshot:
        """What counts now. `filings` is looked at before the data tables: what it lists was in them before."""
        committed = self._committed()
        files: dict[str, tuple[DataFile, ...]] = {"filings": tuple(self._listed("filings"))}
        orphans = {}
        for table in DATA:
            files[table], orphans[table] = self._divided(table, committed)
        return Snapshot(files, {name: each.version() for name, each in self._tables.items()}, orphans)

    @_told
    def files(self, table: str) -> tuple[DataFile, ...]:
        """Those of one table that count now; the logs of the others are not looked at."""
        committed = self._committed()
        return tuple(self._listed("filings")) if table == "filings" else self._divided(table, committed)[0]

    def _committed(self) -> set[str]:
        """The batches that `filings` lists now."""
        self._tables["filings"].update_incremental()
        return set(self.read_filings(["batch"])["batch"].to_pylist())

    def _divided(self, table: str, committed: Container[str]) -> tuple[tuple[DataFile, ...], tuple[DataFile, ...]]:
        """The files of a data table that count, and those that nobody committed."""
        self._tables[table].update_incremental()
        counting: list[DataFile] = []
        others: list[DataFile] = []
        for each in self._listed(table):
            (counting if each.batch in committed or _is_compacted(each) else others).append(each)
        return tuple(counting), tuple(others)

    def _listed(self, table: str) -> list[DataFile]:
        """Every file of the table, at the version that is loaded."""
        import pyarrow as pa

        actions = pa.table(self._tables[table].get_add_actions(flatten=True))
        return [
            DataFile(table, str(path), int(size), int(rows))
            for path, size, rows in zip(
                actions["path"].to_pylist(),
                actions["size_bytes"].to_pylist(),
                actions["num_records"].to_pylist(),
                strict=True,
            )
        ]

    def history(self, table: str) -> int:
        return int(self._tables[table].version())

    @_told
    def checkpoint(self) -> None:
        """Lets the logs be read fast: one file for all commits so far, old ones dropped."""
        for each in self._tables.values():
            each.update_incremental()
            if each.version() > 0:
                each.create_checkpoint()
                each.cleanup_metadata()


def _first_line(error: Exception) -> str:
    """What an error of delta-rs says, without its hints and colors."""
    line = _COLORS.sub("", str(error)).strip().partition("\n")[0]
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} …"


_LONGEST = 160
_COLORS = re.compile(r"\x1b\[[0-9;]*m")


class ConflictError(SourceError):
    code = "recto:lakeConflict"


_kept: dict[tuple[str, str], pa.Table] = {}
"""Some columns of files of `filings`, which never change, by lake and name; at most 4,096."""


def _is_compacted(file: DataFile) -> bool:
    return file.batch.startswith(COMPACTED)


def _added(file: DataFile) -> Any:
    from deltalake.transaction import AddAction

    return AddAction(
        path=file.name,
        size=file.size,
        partition_values={},
        modification_time=int(time.time() * 1000),
        data_change=True,
        stats=json.dumps({"numRecords": file.rows}),
    )


def writer_options(schema: pa.Schema) -> dict[str, Any]:
    """How all files are written: packed with zstd, texts without statistics."""
    indexed = [name for name in schema.names if name not in UNINDEXED]
    coded = [name for name in schema.names if name not in ("text", "number", "presented", "fact", "line", "id")]
    options: dict[str, Any] = {
        "compression": "zstd",
        "write_statistics": indexed,
        "use_dictionary": coded,
        "row_group_size": rows_a_group(schema),
        "data_page_size": PAGE_BYTES,
        "store_schema": False,
    }
    if "filing" in schema.names and _can_filter():
        options["bloom_filter_options"] = {"filing": {"ndv": FILINGS_A_GROUP, "fpp": 0.01}}
    return options


def rows_a_group(schema: pa.Schema) -> int:
    return TEXTS_A_GROUP if "markup" in schema.names else ROW_GROUP


@cache
def _can_filter() -> bool:
    """Whether this pyarrow writes Bloom filters, by which a filing is found among rows sorted by something else."""
    import inspect

    import pyarrow.parquet as pq

    return "bloom_filter_options" in inspect.signature(pq.ParquetWriter).parameters


def to_table(table: str, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """Rows as a table of the declared schema."""
    import pyarrow as pa

    schema = arrow_schema(table)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
