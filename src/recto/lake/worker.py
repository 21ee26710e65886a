"""The work of one process of an ingest: filings in, files of a batch out. The same for every engine.

A worker is told `Job` after `Job`, and now and then to flush: it then writes what it has gathered as the files of one
batch, and hands back what has to be committed. It commits nothing itself, so it may be ended at any moment.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import pickle
import sys
import threading
import time
from datetime import UTC
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from recto.absent import forgo
from recto.errors import RectoError, SourceError
from recto.findings import Finding, Findings
from recto.findings.catalogue import found
from recto.lake.jobs import Job
from recto.lake.schemas import DATA

if TYPE_CHECKING:
    from recto.lake.store import DataFile

KILLED = 77
"""Exit status of a worker that ended itself because a filing took more memory than it may."""

BYTES_A_ROW = 500
"""Of what was gathered: rows that take more count for several, so that texts do not fill the memory."""
TIDY_AFTER = 8
"""Filings between two collections of garbage."""


class Plan(Struct):
    """What every worker of a run is told first."""

    lake: str
    options: dict[str, str]
    run: str
    opening: dict[str, Any]
    """Arguments of `recto.open`."""
    pages: bool = True
    memory: int = 0
    """Bytes that a worker may take; 0: no limit."""
    known: frozenset[str] = frozenset()
    """Filings that the lake has already."""


class Done(Struct):
    """One filing was looked at. `state`: `taken`, `failed`, or `known`: it was there already."""

    key: str
    state: str
    seconds: float = 0.0
    facts: int = 0
    gathered: int = 0
    """Rows that wait to be flushed; long texts count for several."""
    problem: str = ""


class Ready(Struct):
    """A worker has started: what it reads from now on counts against the limit of time."""


def _import_all() -> None:
    """Everything that reading a filing needs, so that the first one does not pay for it."""
    import pyarrow.parquet  # noqa: F401

    import recto.filing
    import recto.lake.rows
    import recto.lake.store
    import recto.rendering
    import recto.sources  # noqa: F401


def _share_heap() -> None:
    """Lets Arrow take its memory from the heap that all else is taken from: what one frees the other can use."""
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())


class Worker:
    """Reads filings and gathers their rows."""

    def __init__(self, plan: Plan):
        from recto.lake.places import Place
        from recto.lake.store import new_batch

        self.plan = plan
        self.place = Place(plan.lake, plan.options)
        self.batch = new_batch(plan.run)
        self.filings: list[dict[str, Any]] = []
        self.files: list[DataFile] = []
        self.tables: dict[str, list[Any]] = {name: [] for name in DATA}
        self.rows = 0
        self.seen: set[str] = set()
        self.read = 0
        gc.disable()  # while a filing is read all of it is in use: see `_tidy`

    def handle(self, message: Job | None) -> Any:
        """`Done` for a job; the `Batch` for None (flush), which has no filings where there was nothing to write."""
        return self.flush() if message is None else self.take(message)

    def take(self, job: Job) -> Done:
        started = time.perf_counter()
        key, digest = job.accession, None
        try:
            if job.error is not None:
                raise SourceError(job.error, code=job.code, document=job.source)
            if job.accession is None or not self._is_known(job.accession):
                digest = digest_of(job)
            key = key_of(job, digest)
            if self._is_known(key):
                return Done(key, "known")
            found = self._read(job, key)
        except Exception as error:  # what a filing does to its reader is the filing's affair
            return self._failed(job, key or key_of(job, None), error, started)
        row, tables = found
        seconds = time.perf_counter() - started
        self._gather(row | {"source": job.source, "digest": digest, "seconds": seconds}, tables)
        return Done(key, "taken", seconds, row["facts"], self.rows)

    def _is_known(self, key: str) -> bool:
        return key in self.plan.known or key in self.seen

    def _read(self, job: Job, key: str) -> tuple[dict[str, Any], dict[str, Any]]:
        from recto.filing import open as open_
        from recto.filing import open_bytes
        from recto.lake.rows import read

        options = self.plan.opening
        if job.data is None:
            filing = open_(job.location, **options)
        else:
            filing = open_bytes(job.data, job.location, **options)
        try:
            with filing:
                entries = filing.source.entries
                if all(entry.kind == "schema" for entry in entries):
                    code = "recto:noFacts" if entries else "recto:noReport"
                    raise SourceError.of(code, document=job.source)
                result = read(filing, key, job.known, pages=self.plan.pages)
        finally:
            filing.dissolve()
            self._tidy()
        return result.filing, result.tables()

    def _tidy(self) -> None:
        """Collects garbage now and then. Filings go by themselves, once dissolved; what a few of them leave is small,
        and what stays after that is kept for all filings: the collector need not look at it again."""
        self.read += 1
        if self.read % TIDY_AFTER == 0:
            gc.collect()
            gc.freeze()

    def _failed(self, job: Job, key: str, error: Exception, started: float) -> Done:
        finding = finding_of(error, job.source)
        self._gather(*failed(key, job, finding, time.perf_counter() - started))
        return Done(key, "failed", time.perf_counter() - started, 0, self.rows, f"{finding.code} {finding.message}")

    def _gather(self, row: dict[str, Any], tables: dict[str, Any]) -> None:
        from datetime import datetime

        self.seen.add(row["filing"])
        row |= {"batch": self.batch, "run": self.plan.run, "ingested": datetime.now(UTC)}
        self.filings.append(row)
        for name, table in tables.items():
            self.tables[name].append(table)
            self.rows += max(table.num_rows, table.nbytes // BYTES_A_ROW)

    def flush(self) -> Any:
        """Writes what was gathered. Raises OSError where it cannot be written; the rest is kept then."""
        from recto.lake.store import Batch, Writer, new_batch, together

        writer = Writer(self.place)
        for name, parts in self.tables.items():
            if parts:
                rows = together(name, parts)
                parts.clear()  # before they are packed, and the next table is sorted
                file = writer.write(name, rows, self.batch, sort=False)
                del rows
                if file is not None:
                    self.files.append(file)
        batch = Batch(self.batch, self.files, self.filings)
        self.batch, self.files, self.filings, self.rows = new_batch(self.plan.run), [], [], 0
        release_memory()
        return batch


def failed(key: str, job: Job, finding: Finding, seconds: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row of `filings` and the finding of a filing that could not be taken in."""
    from recto.lake.rows import finding_row
    from recto.lake.store import to_table

    row = {"filing": key, "status": "failed", "problem": finding.code, "source": job.source, "seconds": seconds}
    row |= {"name": Path(job.location).name, "findings": 1, "with_pages": False}
    row |= {name: 0 for name in DATA if name != "findings"}
    return row, {"findings": to_table("findings", [finding_row(key, finding)])}


def finding_of(error: BaseException, source: str) -> Finding:
    if isinstance(error, RectoError):
        findings = Findings()
        findings.raised(error, document=source)
        return next(iter(findings))
    if isinstance(error, MemoryError):
        return found("recto:memoryLimit", document=source)
    if isinstance(error, OSError):
        return found("recto:system", document=source, reason=error.strerror or str(error))
    reason = f"{type(error).__name__}: {error}"
    return found("recto:internal", "Reading the filing", document=source, reason=reason, after="the rest goes on")


def key_of(job: Job, digest: str | None) -> str:
    """What names the filing in the lake: its accession number, or its name and its content's digest."""
    if job.accession is not None:
        return job.accession
    return f"{Path(job.location.rstrip('/')).name}~{(digest or _short(job.source))[:12]}"


def digest_of(job: Job) -> str | None:
    """SHA-256 of a filing's bytes; of a folder, of its files' names and bytes. None for what is not here."""
    if job.data is not None:
        return hashlib.sha256(job.data).hexdigest()
    path = Path(job.location)
    if path.is_dir():
        total = hashlib.sha256()
        for folder, folders, names in os.walk(path):
            folders.sort()
            for name in sorted(names):
                file = Path(folder) / name
                total.update(f"{file.relative_to(path).as_posix()}\0".encode("utf-8", "surrogateescape"))
                total.update(hashlib.sha256(file.read_bytes()).digest())
        return total.hexdigest()
    if path.is_file():
        with open(path, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    return None


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:12]


def watch_memory(limit: int) -> None:
    """Ends this process when it takes more than `limit` bytes."""

    def watch() -> None:
        if until_too_large(limit):
            os._exit(KILLED)

    threading.Thread(target=watch, daemon=True).start()


def until_too_large(limit: int) -> bool:
    """Waits until this process takes more than `limit` bytes, looking twenty times a second; False where there is no
    limit, or it cannot be told.
    """
    while limit and (taken := resident()):
        if taken > limit:
            return True
        time.sleep(0.05)
    return False


def resident() -> int:
    """Bytes of memory that this process takes; 0 where it cannot be told."""
    with contextlib.suppress(OSError, ValueError), open("/proc/self/statm", "rb") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def release_memory() -> None:
    """Gives back to the system what was freed, where the C library can: else a process keeps the most it ever took."""
    import ctypes

    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


def send(stream: Any, message: object) -> None:
    data = pickle.dumps(message, protocol=5)
    stream.write(len(data).to_bytes(8, "little"))
    stream.write(data)
    stream.flush()


def receive(stream: Any) -> Any:
    """The next message. Raises EOFError where there is none: the other side has ended."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    data = stream.read(int.from_bytes(head, "little"))
    return pickle.loads(data)


def main() -> None:
    """A local worker: messages on stdin and stdout, until stdin ends."""
    incoming = sys.stdin.buffer
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the messages
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        plan = receive(incoming)
        watch_memory(plan.memory)
        forgo("pandas")
        worker = Worker(plan)
        _import_all()
        _share_heap()
        send(outgoing, Ready())
        while True:
            message = receive(incoming)
            try:
                answer = worker.handle(message)
            except Exception as error:
                answer = finding_of(error, plan.lake)
            send(outgoing, answer)
    os._exit(0)


if __name__ == "__main__":
    main()
