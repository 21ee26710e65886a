"""What the lake costs: filings a second, memory of its workers, bytes of a fact, and questions.

`python tests/perf/lake.py SAMPLES TAXONOMIES` prints it; `make bench` too. `--filings 5000` takes in so many, made of
the samples; `--lake DIR` asks a lake that is there (of `tests/perf/edgar.py`, of a hundred million facts), instead of a
small one that is made for it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from recto import Lake
from recto.lake.care import status
from recto.lake.compaction import compact
from recto.lake.places import Place
from tests.perf import edgar, filings
from tests.perf.measure import table

RECTO = str(Path(sys.executable).with_name("recto"))
COMPANIES, QUARTERS = 400, 12
"""Of the small lake: two million facts."""
INGEST = {True: 12.0, False: 18.0}
"""Filings a second that are demanded, with pages and cells and without."""
WORKER_PEAK = 400.0
QUESTIONS = {
    "one concept of a company": 0.1,
    "one concept of all companies on a day": 0.1,
    "one filing": 0.2,
    "one company": 0.5,
    "one concept of a company as known on a day": 0.3,
    "a word in texts": 0.2,
}
"""Seconds that are demanded, of a hundred million facts."""

_MEASURED = """
import json, resource, subprocess, sys, time
started = time.monotonic()
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, time.monotonic() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


def ingests(samples: Path, taxonomies: Path, count: int) -> str:
    """Takes in so many filings with pages, and as many without: a new lake each."""
    rows = []
    for pages in (True, False):
        with tempfile.TemporaryDirectory(prefix="recto-bench-") as folder:
            made, lake = Path(folder, "filings"), Path(folder, "lake")
            for _ in filings.generate(filings.samples(samples), 0, count, made):
                pass
            command = [RECTO, "ingest", str(made), "--lake", str(lake), "--taxonomies", str(taxonomies), "--offline"]
            command += [] if pages else ["--no-pages"]
            done = subprocess.check_output([sys.executable, "-c", _MEASURED, *command], text=True)
            _, seconds, processor, megabytes = json.loads(done)
            before = _sizes(lake)
            compact(Place(lake), whole=True)
            after = _sizes(lake)
        rows.append(
            [
                "with pages and cells" if pages else "without",
                *(f"{count / seconds:.1f} a second", f"{INGEST[pages]:.0f} a second"),
                f"{processor / count * 1000:.0f} ms",
                f"{megabytes:,.0f} MB of {WORKER_PEAK:.0f}",
                *(f"{each[0] / count / 1000:,.0f} KB" for each in (before, after)),
                f"{after[1] / max(1, after[2]):.1f}",
            ]
        )
    heads = [
        f"an ingest of {count} filings",
        "taken in",
        "bar",
        "processor time of one",
        "peak of a process",
        "bytes of one",
        "compacted",
    ]
    return table([*heads, "bytes of a row of `facts`"], rows)


def _sizes(lake: Path) -> tuple[int, int, int]:
    """Bytes of all tables, bytes and rows of `facts`."""
    tables = status(Place(lake)).tables
    return sum(each["bytes"] for each in tables.values()), tables["facts"]["bytes"], tables["facts"]["rows"]


Taken = tuple[float, float]
"""Seconds on the clock, and of processor time of all threads."""


def questions(lake: Lake, companies: int, quarters: int, runs: int) -> Iterator[tuple[str, Taken, list[Taken]]]:
    """Name, what the first time took and each later one; every time of another company."""
    day = edgar.end_of(quarters - 2).isoformat()

    def asked(statement: str, *given: Any) -> int:
        return len(lake.sql(statement, list(given)))

    one = 'select filing, start, "end", number from {} where entity = ? and concept = ? and axes = 0'
    known = f"as_known_on('{edgar.accepted(0, max(0, quarters - 6)).date()}')"
    all_questions: dict[str, Callable[[int], int]] = {
        "one concept of a company": lambda c: asked(one.format("facts"), edgar.entity(c), edgar.concept(c, 1 + c % 90)),
        "one concept of all companies on a day": lambda c: asked(
            'select entity, number from facts where concept = ? and "end" = ? and axes = 0',
            *(edgar.concept(0, 1 + c % 90), day),
        ),
        "one filing": lambda c: asked("select * from facts where filing = ?", edgar.accession(c, c % quarters)),
        "one company": lambda c: asked("select * from facts where entity = ?", edgar.entity(c)),
        "one concept of a company as known on a day": lambda c: asked(
            one.format(known), edgar.entity(c), edgar.concept(c, 1 + c % 90)
        ),
        "a word in texts": lambda c: len(lake.search(f"word{c % edgar.WORDS}", limit=20)),
        "`series()`": lambda c: len(lake.series("us-gaap:Revenues", f"C{c}")),
        "`peers()`": lambda c: len(
            lake.peers("us-gaap:Revenues", edgar.FIRST_YEAR + 1 + c % max(1, quarters // 4 - 1))
        ),
    }
    for name, question in all_questions.items():
        times = []
        for run in range(runs if name != "`peers()`" else min(runs, 2)):
            started, used = time.perf_counter(), time.process_time()
            found = question((run * 2711 + 37) % companies)
            times.append((time.perf_counter() - started, time.process_time() - used))
            assert found > 0, f"{name}: nothing found"
        yield name, times[0], times[1:] or times


def questions_table(folder: Path, runs: int) -> str:
    started = time.perf_counter()
    lake = Lake(folder)
    opened = time.perf_counter() - started
    known = lake.sql("select count(distinct entity) c, max(period) last, sum(facts) facts from filings").records()[0]
    last: date = known["last"]
    quarters = (last.year - edgar.FIRST_YEAR) * 4 + (last.month + 2) // 3
    held = status(Place(folder)).tables["facts"]
    lake.search("word", limit=1)  # makes the index of texts, which is not the question's doing
    rows = [["opening the lake", f"{opened:.2f} s", "", "", "", ""]]
    for name, first, times in questions(lake, known["c"], quarters, runs):
        clock, used = zip(*times, strict=True)
        bar = f"{QUESTIONS[name]:.1f} s" if name in QUESTIONS else ""
        told = [f"{seconds:.2f} s" for seconds in (first[0], min(clock), statistics.median(clock), min(used))]
        rows.append([name, *told, bar])
    of = (
        f"{held['rows']:,} facts in {held['files']:,} files, {held['bytes'] / held['rows']:.1f} bytes a fact; {_load()}"
    )
    heads = ["question", "first", "best", "median", "processor time", "bar, of 100 million, on the clock"]
    return f"{of}:\n\n" + table(heads, rows)


def _load() -> str:
    return f"load of {os.getloadavg()[1]:.0f} on {os.cpu_count()} cores"


def section(samples: Path, taxonomies: Path, *, count: int = 77, lake: Path | None = None, runs: int = 7) -> str:
    parts = [ingests(samples, taxonomies, count), ""]
    if lake is not None:
        return "\n".join([*parts, questions_table(lake, runs), ""])
    with tempfile.TemporaryDirectory(prefix="recto-bench-") as folder:
        edgar.write(Path(folder, "lake"), COMPANIES, 0, QUARTERS)
        compact(Place(Path(folder, "lake")), whole=True)
        return "\n".join([*parts, questions_table(Path(folder, "lake"), runs), ""])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=Path, nargs="?")
    parser.add_argument("taxonomies", type=Path, nargs="?")
    parser.add_argument("--filings", type=int, default=77)
    parser.add_argument("--lake", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    given = parser.parse_args()
    if given.samples is None:
        print(questions_table(given.lake, given.runs))
    else:
        print(section(given.samples, given.taxonomies, count=given.filings, lake=given.lake, runs=given.runs))
