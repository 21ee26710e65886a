"""The bars that recto keeps to, beside what one run of the benchmark measured.

Times of whole processes are demanded for a machine on which libxml2 takes a stated time to parse the filing's own
documents; here they are scaled by what libxml2 takes in the same run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.perf.measure import Run, table

LOAD = 4.0
"""Times libxml2's."""
RENDER = {"aapl-2025q2-10q": (0.6, 0.040), "msft-2015-10k": (1.2, 0.110)}
"""Seconds of `recto render`, where libxml2 takes the second figure."""
VALIDATE = 0.5
"""Of the bar of render."""
RENDER_PEAK = 150.0
GROWTH = 5.0
"""Megabytes that the tenth filing in one process may add."""
FACTS_A_SECOND = 150_000.0
FACTS_PEAK = 600.0
COLD_COMPILE, COLD_PEAK, RELOAD = 6.9, 531.0, 0.2
"""Of us-gaap 2024: what Arelle takes to load it where the bar of render was set, and the bar of reading it compiled."""


@dataclass(frozen=True)
class Figures:
    """What a run measured, as far as a bar concerns it."""

    filings: Mapping[str, Mapping[str, Run | None]]
    held: Sequence[float]
    """Megabytes after each of ten filings."""
    large: Run | None
    """A report of `facts` facts in XML to Parquet."""
    facts: int
    compile: Run | None
    reload: Run | None


def bars(figures: Figures) -> str:
    rows = [
        [work, of, f"{measured:,.{digits}f} {unit}", f"{limit:,.{digits}f} {unit}", "yes" if met else "**no**"]
        for work, of, measured, limit, unit, digits, met in _bars(figures)
    ]
    return table(["work", "of", "measured", "bar", "met"], rows)


def _bars(figures: Figures) -> Iterator[tuple[str, str, float, float, str, int, bool]]:
    for name, (seconds, reference) in RENDER.items():
        runs = figures.filings.get(name, {})
        base, cold = runs.get("libxml2"), runs.get("libxml2 cold")
        if base is None or cold is None:
            continue
        scale = cold.seconds / reference
        load, render, validate = runs.get("load"), runs.get("recto render"), runs.get("recto validate")
        if load is not None:
            yield _most("load", name, load.seconds / base.seconds, LOAD, "×", 1)
        if render is not None:
            yield _most("`recto render`, whole process", name, render.seconds, seconds * scale, "s", 2)
        if validate is not None:
            yield _most("`recto validate`, whole process", name, validate.seconds, VALIDATE * seconds * scale, "s", 2)
        if render is not None and render.megabytes is not None:
            yield _most("peak memory of render", name, render.megabytes, RENDER_PEAK, "MB", 0)
    if len(figures.held) == 10:
        yield _most("memory that the tenth filing adds", "", figures.held[9] - figures.held[8], GROWTH, "MB", 0)
    if figures.large is not None:
        of = f"{figures.facts:,} facts"
        speed = figures.facts / figures.large.seconds
        yield "instance to Parquet", of, speed, FACTS_A_SECOND, "facts/s", 0, speed >= FACTS_A_SECOND
        if figures.large.megabytes is not None:
            yield _most("its peak memory", of, figures.large.megabytes, FACTS_PEAK, "MB", 0)
    if figures.compile is not None:
        yield _most("cold compile", "us-gaap 2024", figures.compile.seconds, COLD_COMPILE, "s", 1)
        if figures.compile.megabytes is not None:
            yield _most("its peak memory", "us-gaap 2024", figures.compile.megabytes, COLD_PEAK, "MB", 0)
    if figures.reload is not None:
        yield _most("reload of the compiled form", "us-gaap 2024", figures.reload.seconds, RELOAD, "s", 2)


def _most(
    work: str, of: str, measured: float, limit: float, unit: str, digits: int
) -> tuple[str, str, float, float, str, int, bool]:
    return work, of, measured, limit, unit, digits, measured <= limit
