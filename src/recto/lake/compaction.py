"""Compaction: files of one size in good order, of the many that ingests leave.

A small table is sorted in one go. A large one (`recto.lake.layouts`) is cut into stretches: files that came in are
distributed over them, some at a time, and stretches are sorted one at a time. Each of these steps is a commit of its
own that leaves all rows what they were: memory and disk needed at once do not grow with the lake, and a compaction that
is ended at any moment goes on from there when it is started again.
"""

from __future__ import annotations

import contextlib
import io
import math
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recto.errors import SourceError
from recto.lake.database import _quoted
from recto.lake.layouts import OUTGROWN, Layout, at_once, key_of, new_name, store, stored
from recto.lake.places import Place
from recto.lake.runs import RUNS, sweep
from recto.lake.schemas import SORTED, TABLES, arrow_schema
from recto.lake.store import ROW_GROUP, DataFile, Store, writer_options

if TYPE_CHECKING:
    import pyarrow as pa

FILE_BYTES = 128 << 20
"""Bytes of a file that compaction makes, about."""
SORT_MEMORY = "4GB"
TIER = 8
"""Files of about one size that are left alone until there are so many."""
_OWED = 4
"""A stretch is sorted anew when a row of so many has come in since."""
Progress = Callable[[int, int, str], None]


def compact(place: Place, *, whole: bool = False, progress: Progress | None = None) -> dict[str, tuple[int, int]]:
    """Makes few files of many, sorted for the questions that are asked; returns files before and after of each table.

    Files of about one size are merged once there are `TIER` of them, so that a row is rewritten a few times in all
    however often this runs; with `whole`, all files are that are not in order. Ingests may go on meanwhile. What an
    interrupted run left is swept. Raises `SourceError` where there is no room to sort, another process compacts too,
    or a table has columns of another version.
    """
    lake = Store(place)
    lake.require_ours()
    sweep(lake)
    done = {}
    for number, table in enumerate(TABLES):

        def told(part: str = "", number: int = number, table: str = table) -> None:
            if progress is not None:
                progress(number, len(TABLES), f"{table}{part}")

        told()
        before = lake.files(table)
        _Compaction(lake, table, told).work(whole=whole)
        done[table] = (len(before), len(lake.files(table)))
    lake.checkpoint()
    return done


class _Compaction:
    """That of one table."""

    def __init__(self, lake: Store, table: str, told: Callable[[str], None]):
        self.lake = lake
        self.table = table
        self.told = told

    def work(self, *, whole: bool) -> None:
        files = self._files()
        layout = self._layout(files, whole)
        if layout is None:
            self._merge(files if whole else _tier(files), whole=whole)
            return
        outside = [each for each in files if layout.place_of(each) is None]
        large = [each for each in outside if each.size >= FILE_BYTES // 2]
        if not whole:
            self._merge(_tier(outside))
        if whole or len(large) >= TIER:
            self._distribute(layout, outside if whole else large)
        self._sort(layout, whole)

    def _files(self) -> list[DataFile]:
        return list(self.lake.files(self.table))

    def _layout(self, files: Sequence[DataFile], whole: bool) -> Layout | None:
        """The cuts of the table, made where it has become large, or too large for those that it has."""
        rows = sum(each.rows for each in files)
        found = stored(self.lake.place, self.table)
        if found is not None and rows <= OUTGROWN * found.rows:
            return found
        many = whole or len([each for each in files if each.size >= FILE_BYTES // 2]) >= TIER
        if self.table == "filings" or not many or rows <= at_once(files):
            return found
        self.told(": how it is cut")
        with _database(self.lake.place, self.table, files) as database:
            made = Layout.of(self.table, _counts(database, self.table), at_once(files))
        store(self.lake.place, self.table, made)
        return made

    # Small tables

    def _merge(self, files: Sequence[DataFile], *, whole: bool = False) -> None:
        """Sorts all of these files into as few as there have to be."""
        unsorted = whole and self.table == "facts" and sum(each.rows for each in files) > ROW_GROUP
        if len(files) < 2 and not (files and unsorted):
            return
        name = new_name()
        with self._alive(name), _database(self.lake.place, self.table, files) as database:
            layout = None
            if self.table == "facts" and sum(each.rows for each in files) > 4 * ROW_GROUP:
                layout = Layout.of(self.table, _counts(database, self.table), at_once(files))
            self.lake.add(self.table, list(self._sorted(database, files, name, layout)), files)

    # Large tables

    def _distribute(self, layout: Layout, files: Sequence[DataFile]) -> None:
        """Puts the rows of files into files of the stretches that they belong to, some files at a time."""
        total, done = sum(each.rows for each in files), 0
        for group in _groups(files, at_once(files)):
            self.told(f": {done:,} of {total:,} rows distributed")
            done += sum(each.rows for each in group)
            name = new_name()
            with self._alive(name), _database(self.lake.place, self.table, group) as database, _spare() as spare:
                _place_keys(database, self.table, layout)
                database.execute(
                    f"""copy (select g.*, k.stretch from given g
                        join places k on g."{key_of(self.table)}" is not distinct from k.key)
                    to {_quoted(f"{spare}/parts")} (format parquet, partition_by (stretch), compression zstd)"""
                )
                made = []
                for part in sorted(Path(spare, "parts").glob("*/*.parquet")):
                    stretch = int(part.parent.name.partition("=")[2])
                    rows = int(database.execute(_ROWS, [str(part)]).fetchone()[0])
                    batch = layout.batch(name, stretch, in_order=False)
                    made.append(self.lake.put(self.table, part.read_bytes(), batch, rows))
                    part.unlink()
                self.lake.add(self.table, made, group)

    def _sort(self, layout: Layout, whole: bool) -> None:
        """Sorts the stretches to which rows have come."""
        held: dict[int, dict[bool, list[DataFile]]] = {}
        for each in self._files():
            place = layout.place_of(each)
            if place is not None:
                held.setdefault(place[0], {}).setdefault(place[1], []).append(each)
        for stretch, files in sorted(held.items()):
            new, old = files.get(False, []), files.get(True, [])
            rows = sum(each.rows for each in new)
            if not new or not (whole or len(new) >= TIER or rows * _OWED >= sum(each.rows for each in old)):
                continue
            self.told(f": stretch {stretch + 1} of {layout.count}")
            name = new_name()
            batch = layout.batch(name, stretch, in_order=True)
            with self._alive(name), _database(self.lake.place, self.table, [*old, *new]) as database:
                made = list(self._sorted(database, [*old, *new], batch, layout))
                self.lake.add(self.table, made, [*old, *new])

    # Sorting

    def _sorted(
        self, database: Any, files: Sequence[DataFile], batch: str, layout: Layout | None
    ) -> Iterator[DataFile]:
        """Writes the rows of files in order, as files of one size."""
        import pyarrow.parquet as pq

        schema = arrow_schema(self.table)
        options = writer_options(schema)
        group = min(ROW_GROUP, options.pop("row_group_size"))
        columns = ", ".join(f'g."{name}"' for name in schema.names)
        order = ", ".join(f'g."{name}"' for name in SORTED[self.table])
        source, block = "given g", "0"
        if layout is not None and layout.blocks:
            _place_keys(database, self.table, layout)
            source += f' join places k on g."{key_of(self.table)}" is not distinct from k.key'
            block, order = "k.block", f"k.block, {order}"
        rows = sum(each.rows for each in files)
        each_file = max(group, math.ceil(rows / max(1, round(sum(each.size for each in files) / FILE_BYTES))))
        buffer, writer, held = io.BytesIO(), None, 0
        query = f"select {columns}, {block} as block from {source} order by {order}"
        for part in row_groups(database.sql(query).to_arrow_reader(group), group):
            if writer is None:
                buffer = io.BytesIO()
                writer = pq.ParquetWriter(buffer, schema, **options)
            writer.write_table(part.cast(schema), row_group_size=group)
            held += part.num_rows
            if held >= each_file:
                writer.close()
                yield self.lake.put(self.table, buffer.getvalue(), batch, held)
                writer, held = None, 0
        if writer is not None:
            writer.close()
            yield self.lake.put(self.table, buffer.getvalue(), batch, held)

    @contextlib.contextmanager
    def _alive(self, name: str) -> Iterator[None]:
        """Vacuum leaves alone what is being made under that name."""
        with self.lake.place.alive(f"{RUNS}/{name}.lock"):
            yield
        self.lake.place.remove(f"{RUNS}/{name}.lock")


def row_groups(batches: Iterable[pa.RecordBatch], size: int) -> Iterator[pa.Table]:
    """Rows in groups of at most so many, none of two blocks (their last column, which is left out).

    A group of two blocks would hold the last concepts of one and the first of the other: as far as its bounds tell,
    all concepts.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    held: list[pa.RecordBatch] = []
    count, current = 0, None
    for batch in batches:
        columns, at = batch.select(batch.schema.names[:-1]), 0
        for block, length in ((run["values"], run["counts"]) for run in pc.value_counts(batch.column(-1)).to_pylist()):
            if held and block != current:
                yield pa.Table.from_batches(held)
                held, count = [], 0
            current, end = block, at + length
            while at < end:
                part = columns.slice(at, min(end - at, size - count))
                held.append(part)
                at, count = at + part.num_rows, count + part.num_rows
                if count == size:
                    yield pa.Table.from_batches(held)
                    held, count = [], 0
    if held:
        yield pa.Table.from_batches(held)


_ROWS = "select sum(num_rows) from parquet_file_metadata(?)"


def _tier(files: Sequence[DataFile]) -> list[DataFile]:
    """The files of the smallest sizes that have become too many, all smaller ones with them."""
    small = sorted((each for each in files if each.size < FILE_BYTES // 2), key=lambda each: each.size)
    tiers: dict[int, list[DataFile]] = {}
    for each in small:
        tiers.setdefault(int(math.log(max(each.size, 1 << 16), TIER)), []).append(each)
    full = [level for level, held in tiers.items() if len(held) >= TIER]
    return [] if not full else [each for level, held in tiers.items() if level <= max(full) for each in held]


def _groups(files: Sequence[DataFile], rows: int) -> Iterator[list[DataFile]]:
    """The files, so many together that they have about as many rows."""
    group: list[DataFile] = []
    for each in files:
        group.append(each)
        if sum(each.rows for each in group) >= rows:
            yield group
            group = []
    if group:
        yield group


@contextlib.contextmanager
def _spare() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="recto-compact-") as spare:
        yield spare


@contextlib.contextmanager
def _database(place: Place, table: str, files: Sequence[DataFile]) -> Iterator[Any]:
    """A connection with a view `given` of the rows of some files; what it has no memory for goes to temporary files.

    What DuckDB cannot do is raised as `SourceError`.
    """
    import duckdb

    try:
        with _spare() as spare, duckdb.connect(config=_OFFLINE) as connection:
            connection.execute(
                f"set timezone = 'UTC'; set enable_progress_bar = false; set memory_limit = '{SORT_MEMORY}'"
            )
            connection.execute("set preserve_insertion_order = false")  # else all that is read is held until its turn
            connection.execute(f"set temp_directory = {_quoted(spare)}")
            if place.remote:
                connection.register_filesystem(place.fs)
            listed = ", ".join(_quoted(place.at(f"{table}/{each.name}")) for each in files)
            columns = ", ".join(f'"{name}"' for name in arrow_schema(table).names)
            connection.execute(
                f"create view given as select {columns} from read_parquet([{listed}], hive_partitioning = false)"
            )
            yield connection
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise SourceError.of("recto:system", document=place.at(table), reason=reason) from None


_OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def _counts(database: Any, table: str) -> list[tuple[str | None, int]]:
    """Rows of each key by which the table is cut, in the order of the keys."""
    key = key_of(table)
    found = database.sql(f'select "{key}", count(*) from given group by 1').fetchall()
    return sorted(found, key=lambda pair: pair[0] or "")


def _place_keys(database: Any, table: str, layout: Layout) -> None:
    """Makes a table of the keys in `given`, each with its stretch and block."""
    import pyarrow as pa

    keys = [key for (key,) in database.sql(f'select distinct "{key_of(table)}" from given').fetchall()]
    stretches, blocks = zip(*map(layout.place, keys), strict=True) if keys else ((), ())
    columns = {"key": pa.array(keys, pa.string()), "stretch": pa.array(stretches, pa.int32())}
    database.register("placed", pa.table(columns | {"block": pa.array(blocks, pa.int32())}))
    database.execute("create table places as select * from placed")
    database.unregister("placed")
