"""Care of a lake: what is in it, what is no longer needed, and whether all is well."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from recto.errors import SourceError
from recto.files import SUFFIX
from recto.findings import Finding
from recto.findings.catalogue import found
from recto.lake.database import Database
from recto.lake.places import Place
from recto.lake.rows import checksum
from recto.lake.runs import RUNS, STALE, is_running, reports, sweep
from recto.lake.schemas import DATA, TABLES
from recto.lake.store import DataFile, Store, run_of
from recto.lake.words import IndexState, index_state
from recto.lake.worker import finding_of

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.lake.jobs import Job

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
                alive[batch] = place.is_held(f"{RUNS}/{batch.partition('x')[0]}.lock") or is_running(
                    place, run_of(batch)
                )
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
