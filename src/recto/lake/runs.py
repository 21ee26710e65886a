"""The runs that took filings into a lake: their reports, which of them live, and what the dead have left.

A run of a folder holds a lock as long as it lives. Of a bucket nobody can tell who holds one: there a run counts as
dead that has not written its report for a while, and is shut out before its files are swept.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from msgspec import Struct, field, to_builtins

from recto.lake.places import Place, storage_error
from recto.lake.store import ConflictError, Store, run_of

STALE = 600.0
"""Seconds without sign of life after which a run on a bucket counts as dead."""
RUNS = "_runs"


class Report(Struct):
    """What a run did. `state`: `running`, `done`, or `stopped` (by the user, or by `problem`)."""

    run: str
    started: str
    state: str = "running"
    engine: str = "local"
    workers: int = 0
    pages: bool = True
    sources: list[str] = field(default_factory=list)
    expected: int = 0
    """Filings of all sources; 0 as long as that is not known."""
    taken: int = 0
    known: int = 0
    failed: int = 0
    facts: int = 0
    bytes: int = 0
    seconds: float = 0.0
    died: int = 0
    """Workers that were ended or ended themselves."""
    failures: list[dict[str, str]] = field(default_factory=list)
    """Filing, source and problem of those that failed; the first thousand."""
    empty: list[str] = field(default_factory=list)
    """Sources in which no filing was found."""
    problem: str | None = None

    @property
    def rate(self) -> float:
        """Filings a second."""
        return (self.taken + self.failed) / self.seconds if self.seconds else 0.0


@contextlib.contextmanager
def living(place: Place, report: Report) -> Iterator[None]:
    """Holds the run's lock, with its report beside it: from here on others see that it lives."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(place.alive(f"{RUNS}/{report.run}.lock"))
            write_report(place, report)
        except OSError as error:
            raise storage_error(error, place.url) from None
        yield


def sweep(store: Store) -> int:
    """Removes files from the data tables whose batch no running ingest will commit any more; how many.

    No reader ever took them. A run on a bucket that only seems dead is shut out first.
    """
    orphans = store.snapshot().orphans
    dead = {
        run
        for run in {run_of(each.batch) for files in orphans.values() for each in files}
        if not is_running(store.place, run) and (not store.place.remote or not run or store.shut_out(run))
    }
    swept = 0
    if dead:  # looked at again: one of them may have committed before it ended
        orphans = store.snapshot().orphans
    for table, files in orphans.items():
        gone = [each for each in files if run_of(each.batch) in dead]
        for each in gone:  # before the commit, for which a full disk has no room
            store.place.remove(f"{table}/{each.name}")
        with contextlib.suppress(ConflictError):
            store.add(table, [], gone)
            swept += len(gone)
    return swept


def is_running(place: Place, run: str) -> bool:
    """Whether the run may still commit: its process holds its lock; on a bucket, it gave a sign of life lately."""
    if not run:
        return False
    if not place.remote:
        return place.is_held(f"{RUNS}/{run}.lock")
    return any(name == f"{run}.json" and age < STALE for name, age in place.names(RUNS)) and (
        _state(place, run) == "running"
    )


def _state(place: Place, run: str) -> str:
    try:
        return str(json.loads(place.read(f"{RUNS}/{run}.json")).get("state"))
    except (OSError, ValueError):
        return ""


def reports(store: Store) -> list[dict[str, Any]]:
    """The reports of all runs, the newest first; one that says `running` and is not has the state `killed`.

    What a run committed after it wrote its report for the last time is counted in the table.
    """
    place = store.place
    found = []
    for name, _ in place.names(RUNS):
        if name.endswith(".json"):
            try:
                report = json.loads(place.read(f"{RUNS}/{name}"))
            except (OSError, ValueError):
                continue
            if report.get("state") == "running" and not is_running(place, report["run"]):
                report["state"] = "killed"
            found.append(report)
    unfinished = {each["run"]: each for each in found if each.get("state") in ("killed", "stopped")}
    if unfinished:
        table = store.read_filings(["run", "status"])
        held = Counter(zip(table["run"].to_pylist(), table["status"].to_pylist(), strict=True))
        for run, report in unfinished.items():
            report["taken"] = max(report.get("taken", 0), held[run, "ok"])
            report["failed"] = max(report.get("failed", 0), held[run, "failed"])
    return sorted(found, key=lambda each: each.get("started", ""), reverse=True)


def write_report(place: Place, report: Report) -> None:
    data = to_builtins(report) | {"rate": round(report.rate, 2)}
    place.write(f"{RUNS}/{report.run}.json", json.dumps(data, indent=1).encode())
