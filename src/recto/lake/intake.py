"""Taking filings in: jobs to workers, batches to commits, and a report of what happened.

Only this process commits. A batch is committed whole or not at all, so a run that is killed at any moment leaves the
lake as its last commit left it; running it again takes in what is missing.
"""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, field

from recto.errors import RectoError, SourceError, UsageError
from recto.findings import Finding
from recto.findings.catalogue import found
from recto.lake.engines import Died, Engine, LocalEngine, RayEngine
from recto.lake.jobs import Job, count_jobs, jobs_of
from recto.lake.places import Place, storage_error
from recto.lake.runs import RUNS, Report, living, sweep, write_report
from recto.lake.store import Batch, Store, new_batch
from recto.lake.worker import Done, Plan, Ready, failed

GATHERED = 120_000
"""Rows that a worker gathers before it writes a batch: 45 MB, and 50 MB more while they are written."""
FLUSH_AFTER = 60.0
"""Seconds after which a worker writes what it has gathered."""
COMMIT_AFTER = 5.0
"""Seconds between two commits: each costs ten small files."""
SIGN_AFTER = 60.0
"""Seconds after which a run gives a sign of life where it commits nothing."""


Progress = Callable[[Report, int], None]
"""Told the report so far, and how many filings were read that are not committed yet."""


def ingest(
    sources: Sequence[str | os.PathLike[str]] | Iterator[Job],
    lake: str | os.PathLike[str],
    *,
    engine: str = "local",
    address: str | None = None,
    workers: int | None = None,
    pages: bool = True,
    seconds_each: float = 300.0,
    memory_each: int = 2 << 30,
    retry_failed: bool = False,
    storage_options: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    **opening: Any,
) -> Report:
    """Takes filings into a lake, which is made where there is none; returns the report of the run.

    `sources`: see `recto.lake.jobs.jobs_of`; an iterator of jobs is taken as it is. `engine`: `local`, or `ray`, with
    `address` of a cluster. `seconds_each`, `memory_each` (bytes): what a filing may take before it counts as failed.
    `retry_failed`: try filings again that failed in earlier runs. `opening`: arguments of `recto.open`.

    A filing that the lake has already is passed over, whoever else takes in filings at the same time. Raises
    `SourceError` where the lake cannot be written (a full disk, columns of another version): what was committed before
    stays.
    """
    if engine not in ("local", "ray"):
        raise UsageError(f"there is no engine {engine!r}: choose local or ray")
    if address and engine != "ray":
        raise UsageError("an address is that of a Ray cluster: choose the engine ray")
    place = Place(lake, storage_options)
    store = Store(place, create=True)
    store.require_ours()
    run = f"{int(time.time()):x}{uuid.uuid4().hex[:6]}"
    names = [] if isinstance(sources, Iterator) else [os.fspath(each) for each in sources]
    count = workers or os.cpu_count() or 1
    report = Report(run, _now(), engine=engine, workers=count, pages=pages, sources=names)
    report.expected = count_jobs(names)
    jobs = sources if isinstance(sources, Iterator) else jobs_of(names, report.empty, **opening)
    with living(place, report):
        sweep(store)
        if retry_failed:
            store.refresh()
            store.forget([key for key, status in store.keys().items() if status == "failed"])
        plan = Plan(place.url, place.options, run, opening, pages, memory_each, frozenset(store.keys()))
        running: Engine | None = None
        try:
            if engine == "local":
                running = LocalEngine(plan, count)
            else:
                running = RayEngine(plan, workers if address else count, address)
            report.workers = running.workers
            _Run(store, running, report, jobs, seconds_each, progress).work()
            report.state = "done"
        except KeyboardInterrupt:
            report.state, report.problem = "stopped", "stopped by the user"
            raise
        except BaseException as error:
            report.state = "stopped"
            report.problem = getattr(error, "message", "") or str(error) or type(error).__name__
            raise
        finally:
            if running is not None:
                running.stop()
            with contextlib.suppress(OSError, RectoError):
                write_report(place, report)
    place.remove(f"{RUNS}/{run}.lock")
    if report.died or report.known:
        with contextlib.suppress(SourceError):  # what was not committed: another run took these filings in
            sweep(store)
    return report


class _Feeder:
    """Jobs made ahead by a thread, a few of them: a large archive is read no faster than it is worked on."""

    def __init__(self, jobs: Iterator[Job], ahead: int):
        self._queue: queue.Queue[Job | BaseException | None] = queue.Queue(ahead)
        self._stopped = threading.Event()
        self.ended = False
        threading.Thread(target=self._run, args=(jobs,), daemon=True).start()

    def _run(self, jobs: Iterator[Job]) -> None:
        last: Job | BaseException | None = None
        try:
            for job in jobs:
                if not self._put(job):
                    return
        except BaseException as error:
            last = error
        self._put(last)

    def _put(self, item: Job | BaseException | None) -> bool:
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Full):
                self._queue.put(item, timeout=0.2)
                return True
        return False

    def next(self) -> Job | None:
        """The next job; None where there is none now: for good where `ended`."""
        if self.ended:
            return None
        try:
            item = self._queue.get_nowait()
        except queue.Empty:
            return None
        if item is None:
            self.ended = True
        elif isinstance(item, BaseException):
            self.ended = True
            raise item
        return item if isinstance(item, Job) else None

    def stop(self) -> None:
        self._stopped.set()


class _Hands(Struct):
    """What one worker has in hand."""

    job: Job | None = None
    flushing: bool = False
    ready: bool = False
    """The worker has started: how long that takes is no filing's affair."""
    since: float = 0.0
    gathered: list[Job] = field(default_factory=list)
    """Jobs whose rows it has gathered and not handed over."""
    rows: int = 0
    first: float = 0.0


class _Run:
    def __init__(
        self,
        store: Store,
        engine: Engine,
        report: Report,
        jobs: Iterator[Job],
        seconds_each: float,
        progress: Progress | None,
    ):
        self.store, self.engine, self.report = store, engine, report
        self.feeder = _Feeder(jobs, 2 * engine.workers)
        self.again: list[Job] = []
        """Jobs that were in the hands of a worker that died: first in turn, and alone in a batch."""
        self.hands = [_Hands() for _ in range(engine.workers)]
        self.batches: list[Batch] = []
        self.committed = self.signed = self.told = self.begun = time.monotonic()
        self.seconds_each = seconds_each
        self.progress = progress

    def work(self) -> None:
        try:
            while True:
                busy = self._give()
                if not busy and self.feeder.ended and not self.again:
                    if not self._flush_all():
                        break
                    continue
                for worker, answer in self.engine.wait(0.1 if busy else 0.02):
                    self._answered(worker, answer)
                self._watch()
                if self.batches and time.monotonic() - self.committed > COMMIT_AFTER:
                    self._commit()
            self._commit()
        finally:
            self.feeder.stop()
            self._tell(force=True)

    def _give(self) -> bool:
        """Hands jobs to idle workers; whether any is at work."""
        now = time.monotonic()
        for worker, hands in enumerate(self.hands):
            if hands.job is not None or hands.flushing:
                continue
            old = hands.gathered and now - hands.first > FLUSH_AFTER
            if hands.rows >= GATHERED or old or (hands.gathered and hands.gathered[-1].attempt):
                self._flush(worker)
                continue
            job = self.again.pop() if self.again else self.feeder.next()
            if job is not None:
                hands.job, hands.since = job, now
                self.engine.send(worker, job)
        return any(hands.job is not None or hands.flushing for hands in self.hands)

    def _flush(self, worker: int) -> None:
        self.hands[worker].flushing = True
        self.hands[worker].since = time.monotonic()
        self.engine.send(worker, None)

    def _flush_all(self) -> bool:
        """Asks workers for what they have gathered; whether there is any."""
        found = False
        for worker, hands in enumerate(self.hands):
            if hands.gathered:
                self._flush(worker)
                found = True
        return found

    def _answered(self, worker: int, answer: Any) -> None:
        hands = self.hands[worker]
        if isinstance(answer, Ready):
            hands.ready, hands.since = True, time.monotonic()
        elif isinstance(answer, Done):
            job, hands.job = hands.job, None
            assert job is not None
            if answer.state == "known":
                self.report.known += 1
            else:
                if not hands.gathered:
                    hands.first = time.monotonic()
                hands.gathered.append(job)
            hands.rows = answer.gathered
        elif isinstance(answer, Batch):
            hands.flushing = False
            hands.gathered, hands.rows = [], 0
            self.batches.append(answer)
        elif isinstance(answer, Died):
            self._died(worker, answer.why)
        else:
            assert isinstance(answer, Finding)
            raise SourceError(answer.message, code=answer.code, document=answer.document)
        self._tell()

    def _died(self, worker: int, why: str) -> None:
        """A worker is gone: what it had gathered is done again, and what it was reading is told as failed."""
        hands, self.hands[worker] = self.hands[worker], _Hands()
        self.report.died += 1
        for each in hands.gathered:
            each.attempt += 1
            self.again.append(each)
        job = hands.job
        if job is None:
            return
        limits = {
            "memory": found("recto:memoryLimit", document=job.source),
            "time": found("recto:timeLimit", document=job.source, seconds=f"{self.seconds_each:g}"),
        }
        if why not in limits and job.attempt == 0:  # perhaps the machine's doing: once more
            job.attempt += 1
            self.again.append(job)
            return
        self._fail(job, limits.get(why) or found("recto:workerDied", document=job.source, reason=why))

    def _fail(self, job: Job, finding: Finding) -> None:
        from recto.lake.worker import digest_of, key_of

        key = key_of(job, None)
        with contextlib.suppress(OSError):
            key = key_of(job, digest_of(job))
        batch = new_batch(self.report.run)
        row, tables = failed(key, job, finding, self.seconds_each)
        row |= {"batch": batch, "run": self.report.run, "ingested": datetime.now(UTC)}
        files = [self.store.write(name, table, batch) for name, table in tables.items()]
        self.batches.append(Batch(batch, [each for each in files if each is not None], [row]))

    def _watch(self) -> None:
        now = time.monotonic()
        if now - self.signed > SIGN_AFTER:
            self._sign()
        for worker, hands in enumerate(self.hands):
            if hands.job is not None and hands.ready and now - hands.since > self.seconds_each:
                self.hands[worker].job, job = None, hands.job
                self.engine.kill(worker)
                self._late(worker, job)

    def _late(self, worker: int, job: Job) -> None:
        """Waits for the death of a worker that was ended because its filing took too long."""
        while True:
            for other, answer in self.engine.wait(0.1):
                if other == worker:
                    if isinstance(answer, Died):
                        self.hands[worker].job = job
                        self._died(worker, "time")
                        return
                else:
                    self._answered(other, answer)

    def _commit(self) -> None:
        batches, self.batches = self.batches, []
        self.committed = time.monotonic()
        if batches:
            rows = {row["filing"]: row for batch in batches for row in batch.filings}
            total = sum(len(batch.filings) for batch in batches)
            taken, left = self.store.commit(batches, self.report.run)
            for key in left:
                rows.pop(key, None)
            self.report.known += total - taken
            self.report.bytes += sum(file.size for batch in batches for file in batch.files)
            for row in rows.values():
                if row["status"] == "ok":
                    self.report.taken += 1
                    self.report.facts += row["facts"]
                else:
                    self.report.failed += 1
                    if len(self.report.failures) < 1000:
                        self.report.failures.append(
                            {"filing": row["filing"], "source": row["source"], "problem": row["problem"]}
                        )
        self._sign()

    def _sign(self) -> None:
        """Writes the report as it stands: the sign of life of a run."""
        self.report.seconds = time.monotonic() - self.begun
        self.signed = time.monotonic()
        try:
            write_report(self.store.place, self.report)
        except OSError as error:
            raise storage_error(error, self.store.place.url) from None

    def _tell(self, *, force: bool = False) -> None:
        now = time.monotonic()
        self.report.seconds = now - self.begun
        if self.progress is not None and (force or now - self.told > 0.2):
            self.told = now
            waiting = sum(len(hands.gathered) for hands in self.hands) + sum(len(each.filings) for each in self.batches)
            self.progress(self.report, waiting)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
