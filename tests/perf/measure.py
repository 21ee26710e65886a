"""Measuring helpers: medians of several runs, whole processes with their peak memory, and a plain table."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    seconds: float
    """Median of the runs."""
    megabytes: float | None = None
    """Peak resident memory of the process, the largest of the runs."""


def in_process(work: Callable[[], object], runs: int = 5) -> Run:
    """The median time of `work`, after one run that is not counted."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return Run(statistics.median(times))


def alternating(base: Callable[[], object], work: Callable[[], object], runs: int = 5) -> tuple[Run, Run]:
    """The same for two works in turn, so that a busy moment of the machine meets both."""
    base()
    work()
    times: tuple[list[float], list[float]] = [], []
    for _ in range(runs):
        for taken, each in zip(times, (base, work), strict=True):
            start = time.perf_counter()
            each()
            taken.append(time.perf_counter() - start)
    return Run(statistics.median(times[0])), Run(statistics.median(times[1]))


def combined(runs: Sequence[Run]) -> Run:
    """Several runs as one."""
    peaks = [run.megabytes for run in runs if run.megabytes is not None]
    return Run(statistics.median(run.seconds for run in runs), max(peaks, default=None))


_LAUNCHER = """
import json, os, subprocess, sys, time
statuses, runs, command = json.loads(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
times, peaks = [], []
for number in range(runs + 1):
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    messages = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in statuses:
        sys.exit(f"{' '.join(command)}: {process.returncode}\\n{messages.decode(errors='replace')[-2000:]}")
    if number or not runs:
        times.append(time.perf_counter() - start)
    peaks.append(usage.ru_maxrss / 1024)
print(json.dumps([times, peaks]))
"""


def whole_process(command: Sequence[str], runs: int = 5, *, statuses: Sequence[int] = (0,)) -> Run:
    """The median time of a command from start to end, after one run that is not counted, and its peak memory.

    With 0 runs, the first and only one counts. The command is started by a small process: Linux counts what a
    process held before it became another.
    Raises RuntimeError with the command's messages where it ends with another status than one of `statuses`.
    """
    launcher = [sys.executable, "-S", "-c", _LAUNCHER, json.dumps(list(statuses)), str(runs), *command]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(launcher, capture_output=True, text=True, env=environment)
    if done.returncode:
        raise RuntimeError(done.stderr.strip())
    times, peaks = json.loads(done.stdout)
    return Run(statistics.median(times), max(peaks))


def milliseconds(run: Run | None) -> str:
    if run is None:
        return "–"
    value = run.seconds * 1000
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.1f} ms"


def megabytes(run: Run | None) -> str:
    return "–" if run is None or run.megabytes is None else f"{run.megabytes:,.0f} MB"


def ratio(run: Run | None, base: Run | None) -> str:
    return "–" if run is None or base is None or not base.seconds else f"{run.seconds / base.seconds:.1f} ×"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table whose columns also line up in a terminal."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        return (
            "| "
            + " | ".join(
                cell.ljust(width) if i == 0 else cell.rjust(width)
                for i, (cell, width) in enumerate(zip(cells, widths, strict=True))
            )
            + " |"
        )

    rule = (
        "|" + "|".join("-" * (width + 2) if i == 0 else "-" * (width + 1) + ":" for i, width in enumerate(widths)) + "|"
    )
    return "\n".join([line(head), rule, *(line(row) for row in rows)])
