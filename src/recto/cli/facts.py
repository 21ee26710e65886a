"""`recto facts`: the facts of a filing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from recto import files
from recto.cli import FAILED, OK, UNREADABLE
from recto.cli._options import open_filing, source_argument, source_options
from recto.cli._output import output, remark, summarize

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.filing import Filing
    from recto.findings import Findings
    from recto.instance.model import Fact
    from recto.instance.naming import Namer


@click.command(short_help="The facts, as CSV, JSON, Parquet or Arrow.")
@source_argument
@click.option(
    "--to",
    "form",
    type=click.Choice(["csv", "json", "parquet", "arrow"]),
    help="Default: by the extension of FILE, else csv. `json` is one object a line.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@click.option(
    "--concept",
    "concepts",
    multiple=True,
    metavar="NAME",
    help="Only this concept: `us-gaap:Assets`, `Assets`, `*Debt*`.",
)
@click.option("--axis", "axes", multiple=True, metavar="NAME", help="Only facts that report this axis, or AXIS=MEMBER.")
@click.option(
    "--period",
    "periods",
    multiple=True,
    metavar="DATE",
    help="Only facts of this period: its last day, `2024-12-31`; a year or month, `2024-12`; or `START/END`.",
)
@source_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    source: str,
    form: str | None,
    path: str | None,
    concepts: tuple[str, ...],
    axes: tuple[str, ...],
    periods: tuple[str, ...],
    **options: Any,
) -> None:
    """List the facts of SOURCE, each with its concept, period, unit, dimensions, exact value, place in the source
    and the pages that show it.

    JSON is one object a line; CSV has the same columns, with a column for each axis in place of the dimensions.
    The columns of Parquet and Arrow are those of docs/tables.md, with exact decimals.
    Dates in `start` and `end` include the last day; `period` is the end-exclusive form of the Open Information Model.
    Options that choose facts may be repeated: any of the same kind may match, and all kinds must.
    A fact that is not `valid` has no value; exit status 1 tells that there are such facts.
    """
    from recto.findings import Findings

    form = form or _form_of(path)
    filing = open_filing(source, options)
    if not filing.source.entries:  # neither a report nor a taxonomy
        summarize(filing.source.findings)
        ctx.exit(UNREADABLE)
    wanted = _filter(concepts, axes, periods) if concepts or axes or periods else None
    met = Findings(filing.source.findings)
    write = {"json": _write_json, "csv": _write_csv}.get(form)
    valid = _write_table(_reader(filing, wanted, met), form, path) if write is None else write(filing, wanted, path)
    remark(filing.findings if "instances" in vars(filing) else met)
    ctx.exit(OK if valid else FAILED)


def _form_of(path: str | None) -> str:
    extension = (path or "").rpartition(".")[2].lower()
    return {"json": "json", "jsonl": "json", "parquet": "parquet", "arrow": "arrow", "feather": "arrow"}.get(
        extension, "csv"
    )


def _write_json(filing: Filing, wanted: Callable[[Fact, Namer], bool] | None, path: str | None) -> bool:
    import json

    from recto.records import records

    dumps = json.JSONEncoder(ensure_ascii=False).encode
    valid = True
    with output(path, form="json") as stream:
        for record in records(filing, wanted):
            valid = valid and record["valid"]
            stream.write(dumps(record) + "\n")
    return valid


def _write_csv(filing: Filing, wanted: Callable[[Fact, Namer], bool] | None, path: str | None) -> bool:
    import csv

    from recto.records import Record, axes, csv_rows, records

    valid = True

    def noted() -> Iterator[Record]:
        nonlocal valid
        for record in records(filing, wanted):
            valid = valid and record["valid"]
            yield record

    with output(path, form="csv") as stream:
        csv.writer(stream, lineterminator="\n").writerows(csv_rows(noted(), axes(filing.instances)))
    return valid


def _filter(
    concepts: tuple[str, ...], axes: tuple[str, ...], periods: tuple[str, ...]
) -> Callable[[Fact, Namer], bool]:
    def wanted(fact: Fact, namer: Namer) -> bool:
        return (
            (not concepts or any(_named(namer.name(fact.qname), concept) for concept in concepts))
            and (not axes or any(_on_axis(fact, namer, axis) for axis in axes))
            and (not periods or any(_in_period(fact, period) for period in periods))
        )

    return wanted


def _named(name: str, pattern: str) -> bool:
    """Whether a prefixed name is meant by a pattern, which may leave the prefix out."""
    from fnmatch import fnmatchcase

    if ":" not in pattern:
        name = name.rpartition(":")[2]
    return fnmatchcase(name.lower(), pattern.lower())


def _on_axis(fact: Fact, namer: Namer, wanted: str) -> bool:
    axis_pattern, equals, member_pattern = wanted.partition("=")
    return any(
        _named(namer.name(axis), axis_pattern) and (not equals or _named(namer.member(member), member_pattern))
        for axis, member in fact.dimensions.items()
    )


def _in_period(fact: Fact, wanted: str) -> bool:
    period = fact.period
    if period is None or period.last_day is None:
        return False
    first, last = period.days
    start, slash, end = wanted.rpartition("/")
    if slash and (first is None or not first.startswith(start)):
        return False
    return last is not None and last.startswith(end)


def _write_table(source: pa.RecordBatchReader, form: str, path: str | None) -> bool:
    """Parquet or Arrow, written beside its place first. To stdout, Arrow goes as a stream as it is made."""
    import shutil
    import tempfile

    import pyarrow as pa

    from recto.tables.stream import write_parquet

    valid = True

    def noted() -> Iterator[pa.RecordBatch]:
        nonlocal valid
        for batch in source:
            valid = valid and batch.column("valid").false_count == 0
            yield batch

    reader = pa.RecordBatchReader.from_batches(source.schema, noted())
    if form == "arrow":
        with output(path, binary=True) as stream:
            new = pa.ipc.new_stream if path in (None, "-") else pa.ipc.new_file
            with new(stream, reader.schema) as sink:
                for batch in reader:
                    sink.write_batch(batch)
    elif path is not None and path != "-":
        with files.replacing(path) as part:
            write_parquet(reader, part)
    else:
        with tempfile.NamedTemporaryFile(suffix=".parquet") as whole, output(None, binary=True) as stream:
            write_parquet(reader, whole.name)
            shutil.copyfileobj(whole, stream)
    return valid


def _reader(filing: Filing, wanted: Callable[[Fact, Namer], bool] | None, findings: Findings) -> pa.RecordBatchReader:
    if wanted is None:
        return filing.facts_reader(findings)
    from recto.instance.naming import Namer
    from recto.tables import facts_table

    chosen = []
    for instance in filing.instances:
        namer = Namer.of(instance)
        chosen += [(instance, fact) for fact in instance.facts if not fact.is_tuple and wanted(fact, namer)]
    return facts_table(filing.instances, facts=chosen).to_reader()
