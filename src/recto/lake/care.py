"""Care of a lake: what is in it, files of one size in good order, what is no longer needed, and whether all is well."""

from __future__ import annotations

import contextlib
import hashlib
import io
import math
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from recto.errors import SourceError
from recto.files import SUFFIX
from recto.findings import Finding
from recto.findings.catalogue import found
from recto.lake.database import Database, _quoted
from recto.lake.places import Place
from recto.lake.rows import checksum
from recto.lake.runs import RUNS, STALE, is_running, reports, sweep
from recto.lake.schemas import DATA, SORTED, TABLES, arrow_schema
from recto.lake.store import COMPACTED, ROW_GROUP, DataFile, Store, run_of, writer_options
from recto.lake.words import IndexState, index_state
from recto.lake.worker import finding_of

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.lake.jobs import Job

FILE_BYTES = 128 << 20
"""Bytes of a file that compaction makes, about."""
SORT_MEMORY = "4GB"
SORTED_AT_ONCE = 6_000_000
"""Facts that compaction sorts in one go: a gigabyte or two."""
TIER = 8
"""Files of about one size that are left alone until there are so many."""
Progress = Callable[[int, int, str], None]


class Status(Struct, frozen=True):
    """What is in a lake."""

    place: str
    filings: int
    failed: int
    tables: dict[str, dict[str, int]]
    """Of each table: rows, files, bytes."""
    left: int
    """Files that interrupted or running ingests have not committed."""
    runs: list[dict[str, Any]]
    index: IndexState | None = None
    """Of the full-text index; None where tantivy is not installed."""


def status(place: Place) -> Status:
    store = Store(place)
    snapshot = store.snapshot()
    tables = {
        name: {
            "rows": sum(each.rows for each in files),
            "files": len(files),
            "bytes": sum(each.size for each in files),
        }
        for name, files in snapshot.files.items()
    }
    states = list(store.keys().values())
    return Status(
        place.url,
        states.count("ok"),
        states.count("failed"),
        tables,
        sum(len(each) for each in snapshot.orphans.values()),
        reports(store),
        index_state(store) if find_spec("tantivy") else None,
    )


# Compaction


def compact(place: Place, *, whole: bool = False, progress: Progress | None = None) -> dict[str, tuple[int, int]]:
    """Makes few files of many, sorted for the questions that are asked; returns files before and after of each table.

    Files of about one size are merged once there are `TIER` of them, so that a row is rewritten a few times in all
    however often this runs; with `whole`, all files of a table are. Ingests may go on meanwhile. What an interrupted
    run left is swept.
    """
    store = Store(place)
    sweep(store)
    done = {}
    for number, table in enumerate(TABLES):
        if progress is not None:
            progress(number, len(TABLES), table)
        files = list(store.snapshot().files[table])
        chosen = files if whole else _tier(files)
        if len(chosen) < 2 and not (whole and chosen and table == "facts" and chosen[0].rows > ROW_GROUP):
            done[table] = (len(files), len(files))
            continue
        batch = f"{COMPACTED}{uuid.uuid4().hex[:16]}"
        with place.alive(f"{RUNS}/{batch}.lock"):  # vacuum leaves alone what is being made
            made = _made(store, table, chosen, batch)
            store.add(table, made, chosen)
        place.remove(f"{RUNS}/{batch}.lock")
        done[table] = (len(files), len(files) - len(chosen) + len(made))
    store.checkpoint()
    return done


def _tier(files: Sequence[DataFile]) -> list[DataFile]:
    """The files of the smallest sizes that have become too many, all smaller ones with them."""
    small = sorted((each for each in files if each.size < FILE_BYTES // 2), key=lambda each: each.size)
    tiers: dict[int, list[DataFile]] = {}
    for each in small:
        tiers.setdefault(int(math.log(max(each.size, 1 << 16), TIER)), []).append(each)
    full = [level for level, held in tiers.items() if len(held) >= TIER]
    return [] if not full else [each for level, held in tiers.items() if level <= max(full) for each in held]


def _made(store: Store, table: str, files: Sequence[DataFile], batch: str) -> list[DataFile]:
    """The files that take the place of those. Raises `SourceError` where there is no room to sort them."""
    import duckdb

    try:
        return list(_merged(store, table, files, batch))
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise SourceError.of("recto:system", document=store.place.at(table), reason=reason) from None


def _merged(store: Store, table: str, files: Sequence[DataFile], batch: str) -> Iterator[DataFile]:
    import duckdb
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = sum(each.rows for each in files)
    each_file = max(ROW_GROUP, math.ceil(rows / max(1, round(sum(each.size for each in files) / FILE_BYTES))))
    connection: Any = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    with tempfile.TemporaryDirectory(prefix="recto-compact-") as spare, contextlib.closing(connection):
        connection.execute(f"set timezone = 'UTC'; set memory_limit = '{SORT_MEMORY}'")
        connection.execute("set preserve_insertion_order = false")  # else all that is read is held until it is in turn
        connection.execute(f"set temp_directory = {_quoted(spare)}")
        if store.place.remote:
            connection.register_filesystem(store.place.fs)
        listed = ", ".join(_quoted(store.place.at(f"{table}/{each.name}")) for each in files)
        connection.execute(f"create view given as select * from read_parquet([{listed}], hive_partitioning = false)")
        schema = arrow_schema(table)
        columns = ", ".join(f'"{name}"' for name in schema.names)
        order = ", ".join(f'"{name}"' for name in SORTED[table])
        sources = ["given"]
        if table == "facts" and rows > 4 * ROW_GROUP:
            sources = _curve(connection, rows, spare)
            order = 'place, entity, concept, "end", filing'
        buffer, writer, held = io.BytesIO(), None, 0
        for source in sources:
            reader = connection.sql(f"select {columns} from {source} order by {order}").to_arrow_reader(ROW_GROUP)
            for piece in reader:
                part = pa.Table.from_batches([piece]).cast(schema)
                if writer is None:
                    options = writer_options(schema)
                    options.pop("row_group_size")
                    buffer = io.BytesIO()
                    writer = pq.ParquetWriter(buffer, schema, **options)
                writer.write_table(part, row_group_size=ROW_GROUP)
                held += part.num_rows
                if held >= each_file:
                    writer.close()
                    yield store.put(table, buffer.getvalue(), batch, held)
                    writer, held = None, 0
        if writer is not None:
            writer.close()
            yield store.put(table, buffer.getvalue(), batch, held)


def _curve(connection: Any, rows: int, spare: str) -> list[str]:
    """Gives each row its place on a Z-curve over concept and entity; returns what to select from, in order.

    Concepts and entities are cut into as many ranges of equal numbers of rows as there are row groups along a side of
    the square, so that a concept of all companies, and a company of all concepts, each touch a side's worth of them.
    Within a place a company's rows stand together: whoever asks for a company or a filing wants all columns of them,
    whoever asks for a concept a few columns of many.
    What is too much to be sorted at once is put into several files first, each a stretch of the curve.
    """
    bits = max(1, math.ceil(math.log2(max(2, rows / ROW_GROUP)) / 2))
    for name in ("concept", "entity"):
        connection.execute(f"""create table {name}s as
            select {name} as key, least({(1 << bits) - 1}, floor((sum(n) over (order by {name}) - n / 2)
                * {1 << bits} / sum(n) over ()))::int as range
            from (select {name}, count(*) as n from given group by {name})""")
    spread = " + ".join(
        f"(((c.range >> {bit}) & 1) << {2 * bit + 1}) + (((e.range >> {bit}) & 1) << {2 * bit})" for bit in range(bits)
    )
    placed = f"""select g.*, {spread} as place from given g
        join concepts c on c.key is not distinct from g.concept
        join entitys e on e.key is not distinct from g.entity"""
    cuts = max(0, math.ceil(math.log2(rows / SORTED_AT_ONCE)))
    if not cuts:
        return [f"({placed})"]
    shift = max(0, 2 * bits - cuts)
    connection.execute(f"""copy (select *, place >> {shift} as stretch from ({placed}))
        to {_quoted(spare + "/stretches")} (format parquet, partition_by (stretch), compression zstd)""")
    found = sorted(Path(spare, "stretches").iterdir(), key=lambda each: int(each.name.partition("=")[2]))
    return [f"read_parquet({_quoted(f'{each}/*.parquet')}, hive_partitioning = false)" for each in found]


# Vacuum


def vacuum(place: Place, *, hours: float = 24.0, dry: bool = False) -> list[str]:
    """Removes files that no table has had for so many hours; returns their names.

    A reader that opened the lake before must not go on longer than that. Files of ingests that are running stay.
    """
    store = Store(place)
    if not dry:
        sweep(store)
    held = _held(store)
    gone = []
    alive: dict[str, bool] = {}
    for table in TABLES:
        for name, age in place.names(table):
            if f"{table}/{name}" in held or age < max(hours * 3600, STALE if place.remote else 0.0):
                continue
            batch = name.partition("-")[0]
            if batch not in alive:
                alive[batch] = place.is_held(f"{RUNS}/{batch}.lock") or is_running(place, run_of(batch))
            if not alive[batch]:
                gone.append(f"{table}/{name}")
    held = _held(store)  # again, now that those who made the files are known to commit nothing more
    gone = [name for name in gone if name not in held]
    for folder in (RUNS, *(f"{table}/_delta_log" for table in TABLES)):
        for name, age in place.names(folder):
            if age >= hours * 3600 and _is_left(name) and not place.is_held(f"{folder}/{name}"):
                gone.append(f"{folder}/{name}")
    if not dry:
        for name in gone:
            place.remove(name)
    return gone


def _held(store: Store) -> set[str]:
    """Every file that a table has now."""
    snapshot = store.snapshot()
    return {
        f"{table}/{each.name}"
        for table in TABLES
        for each in (*snapshot.files[table], *snapshot.orphans.get(table, ()))
    }


def _is_left(name: str) -> bool:
    """Whether a file of `_runs` or of a table's log was left by a process that was killed: a lock, an unfinished file.

    object_store writes `NAME#NUMBER` before it gives a file its name, delta-rs `_commit_UUID.json.tmp`.
    """
    return name.endswith((".lock", ".tmp", SUFFIX)) or "#" in name


# Verification


def verify(
    place: Place,
    sources: Iterator[Job] | None = None,
    *,
    opening: dict[str, Any] | None = None,
    progress: Progress | None = None,
) -> Iterator[Finding]:
    """Checks a lake; yields what is wrong with it, and nothing where all is well.

    Every file is there, and has the content that its name tells; `filings` lists no filing twice; every filing has in
    each table the rows that it had when it was taken in, and its facts and texts have the same digest. With `sources`,
    each of these filings is read again, and its facts compared with those of the lake.
    """
    try:
        store = Store(place)
        snapshot = store.snapshot()
    except SourceError as error:
        if error.code not in ("recto:lakeLog", "recto:storage"):
            raise
        yield finding_of(error, place.url)
        return
    files = [each for table in TABLES for each in snapshot.files[table]]
    broken = False
    for number, each in enumerate(files):
        if progress is not None:
            progress(number, len(files), each.table)
        problem = _examine(place, each)
        if problem is not None:
            broken = True
            yield found("recto:lakeFile", document=f"{each.table}/{each.name}", reason=problem)
    if broken:
        return
    database = Database(place, store)
    try:
        yield from _verify_rows(database, progress)
        if sources is not None:
            yield from _verify_sources(database, sources, opening or {}, progress)
    finally:
        database.close()


def _examine(place: Place, file: DataFile) -> str | None:
    size = place.size(f"{file.table}/{file.name}")
    if size is None:
        return "the file is not there"
    if size != file.size:
        return f"the file has {size:,} bytes, not {file.size:,}"
    digest = hashlib.sha256()
    with place.open(f"{file.table}/{file.name}") as stream:
        while piece := stream.read(1 << 22):
            digest.update(piece)
    return None if digest.hexdigest() == file.digest else "the file is damaged: its content is not what was written"


def _verify_rows(database: Database, progress: Progress | None) -> Iterator[Finding]:
    for row in database.query("select filing, count(*) as n from filings group by 1 having n > 1").to_pylist():
        yield found("recto:lakeTwice", document=row["filing"], count=row["n"])
    for name in DATA:  # of a filing that failed and is to be tried again, a killed run may have taken out the finding
        spared = "and not (status = 'failed' and r.n is null)" if name == "findings" else ""
        query = f"""select coalesce(l.filing, r.filing) as filing, coalesce(l.n, 0) as listed, coalesce(r.n, 0) as found
            from (select filing, status, "{name}" as n from filings where coalesce("{name}", 0) > 0) l
            full join (select filing, count(*) as n from "{name}" group by 1) r on l.filing = r.filing
            where coalesce(l.n, 0) <> coalesce(r.n, 0) {spared}"""
        for row in database.query(query).to_pylist():
            listed = f"{row['listed']:,}"
            yield found("recto:lakeRows", name, document=row["filing"], found=f"{row['found']:,}", listed=listed)
    keys = database.query("select filing, checksum from filings where status = 'ok' order by filing").to_pylist()
    for at in range(0, len(keys), 200):
        if progress is not None:
            progress(at, len(keys), "comparing")
        part = keys[at : at + 200]
        names = [row["filing"] for row in part]
        facts = _by_filing(database, "facts", names)
        texts = _by_filing(database, "texts", names)
        for row in part:
            name = row["filing"]
            if checksum(facts.get(name, ()), texts.get(name, ())) != row["checksum"]:
                reason = "their digest is another"
                yield found("recto:lakeFacts", document=name, reason=reason)


def _by_filing(database: Database, table: str, filings: Sequence[str]) -> dict[str, list[tuple[Any, ...]]]:
    query = f"select * from {table} where filing in (select unnest(?)) order by filing, fact"
    rows: pa.Table = database.query(query, [list(filings)])
    columns = [rows[name].to_pylist() for name in rows.column_names]
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in zip(*columns, strict=True):
        found.setdefault(row[0], []).append(row)
    return found


def _verify_sources(
    database: Database, jobs: Iterator[Job], opening: dict[str, Any], progress: Progress | None
) -> Iterator[Finding]:
    """Reads each filing again, and compares its facts with the lake's, value by value."""
    from recto.lake.again import read_again

    started = time.monotonic()
    for number, job in enumerate(jobs):
        if progress is not None and time.monotonic() - started > 0.5:
            progress(number, 0, f"reading {job.source} again")
        key, row, _, problem = read_again(job, opening)
        listed = database.query("select status, checksum from filings where filing = ?", [key]).to_pylist()
        if not listed:
            yield found("recto:lakeMissing", document=job.source)
        elif problem is not None:
            if listed[0]["status"] == "ok":
                yield found("recto:lakeSource", document=job.source, reason=problem)
        elif listed[0]["status"] != "ok":
            yield found("recto:lakeFacts", document=job.source, reason="it is listed as failed, but it can be read")
        else:
            held = _by_filing(database, "facts", [key]).get(key, [])
            if len(held) != row["facts"] or listed[0]["checksum"] != row["checksum"]:
                reason = f"the lake has {len(held):,}, the source {row['facts']:,}, or they differ"
                yield found("recto:lakeFacts", document=job.source, reason=reason)
