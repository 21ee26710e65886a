"""The facts of a large report read as it goes, so that memory does not grow with it: as Arrow batches, as records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from recto import limits
from recto.findings import Findings
from recto.sources import Entry, FilingSource

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.instance.model import Fact, Instance
    from recto.records import Streamed
    from recto.taxonomy.model import Taxonomy

_FROM: Final = 1 << 22
"""Size in bytes from which an instance is not held in memory to make a table of its facts."""
Taxonomies = Callable[[Sequence[str]], "Taxonomy"]
"""Gives the DTS of starting points."""


def batches(source: FilingSource, taxonomies: Taxonomies, findings: Findings) -> pa.RecordBatchReader | None:
    """The facts of an xBRL-CSV report, or of a large xBRL-XML instance, as Arrow batches; None for other sources.

    `findings` takes in what reading a report in CSV meets.
    """
    entry = _only(source)
    if entry is None:
        return None
    url = entry.urls[0]
    if entry.kind == "csv":
        from recto.tables.stream import batches_of

        return batches_of(*_read_csv(source, url, taxonomies, findings))
    stamp = None if entry.kind != "xbrl" else source.resolver.stamp(url)
    if stamp is None or stamp[1] < _FROM:
        return None
    from recto.tables.stream import stream_facts

    return stream_facts(lambda: open(stamp[0], "rb"), url, taxonomies)


def streamed(source: FilingSource, taxonomies: Taxonomies, findings: Findings) -> Streamed | None:
    """The facts as records, where the report is too large for pages (`limits.PAGES_SIZE`); None for other sources."""
    entry = _only(source)
    if entry is None or entry.kind not in ("xbrl", "csv"):
        return None
    url = entry.urls[0]
    stamp = source.resolver.stamp(url)
    if stamp is None:
        return None
    size = stamp[1]
    if entry.kind == "csv":
        size += sum(each.stat().st_size for each in Path(stamp[0]).parent.glob("*.csv"))
    if size < limits.PAGES_SIZE:
        return None
    from recto.records import Streamed

    name = url.rpartition("/")[2]
    if entry.kind == "csv":
        return Streamed(name, lambda: _read_csv(source, url, taxonomies, findings))
    from recto.tables.stream import FactStream

    return Streamed(name, FactStream(lambda: open(stamp[0], "rb"), url, taxonomies))


def _only(source: FilingSource) -> Entry | None:
    return source.entries[0] if len(source.entries) == 1 else None


def _read_csv(
    source: FilingSource, url: str, taxonomies: Taxonomies, findings: Findings
) -> tuple[Instance, Iterator[Fact]]:
    """The one xBRL-CSV report, and its facts row by row."""
    from recto.instance.oim.read_csv import stream_facts

    return stream_facts(source.resolver.read(url), url, source.resolver, taxonomies, findings)
