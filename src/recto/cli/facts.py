"""`recto facts`: the facts of a filing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from recto import files
from recto.cli import FAILED, OK, UNREADABLE
from recto.cli._options import open_report, source_argument, source_options
from recto.cli._output import NO_METADATA, message, output, remark, summarize

if TYPE_CHECKING:
    import pyarrow as pa

    from recto.filing import Filing
    from recto.instance.model import Fact
    from recto.instance.naming import Namer
    from recto.records import Streamed
    from recto.select import Facts


FORMATS = ("csv", "json", "parquet", "arrow", "xlsx", "html", "md")


@click.command(short_help="The facts, as CSV, JSON, Parquet, Arrow or Excel.")
@source_argument
@click.option(
    "--to",
    "form",
    type=click.Choice(FORMATS),
    help="Default: by the extension of FILE, else csv. `json` is one object a line.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@click.option(
    "--concept",
    multiple=True,
    metavar="NAME",
    help="Only this concept: `us-gaap:Assets`, `Assets`, `*Debt*`.",
)
@click.option("--axis", multiple=True, metavar="NAME", help="Only facts that report this axis, or AXIS=MEMBER.")
@click.option("--member", multiple=True, metavar="NAME", help="Only facts with this member; with --axis, on that axis.")
@click.option(
    "--period",
    multiple=True,
    metavar="PERIOD",
    help="Only facts of this period: `2024`, `2024-12`, `2024-12-31` (its last day), `2024-Q2`, `FY2024`, `FY2024-Q2`,"
    " `instant`, `duration`, `START/END`; `latest`: of each line what ends last; `FY`: the last whole fiscal year.",
)
@click.option("--unit", multiple=True, metavar="UNIT", help="Only facts in this unit: `USD`, `USD/shares`.")
@click.option("--text", multiple=True, metavar="WORDS", help="Only texts that hold these words.")
@click.option("--dimensions/--no-dimensions", default=None, help="Only facts with members, or without any.")
@click.option("--deduplicated", is_flag=True, help="Of duplicates that agree, only the most precise.")
@source_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    source: str,
    form: str | None,
    path: str | None,
    deduplicated: bool,
    **options: Any,
) -> None:
    """List the facts of SOURCE, each with its concept, period, unit, dimensions, exact value, place in the source
    and the pages that show it.

    JSON is one object a line; CSV has the same columns, with a column for each axis in place of the dimensions.
    The columns of Parquet and Arrow are those of docs/tables.md, with exact decimals; a workbook, HTML and Markdown
    have them too, with the pages and a column for each axis.
    Dates in `start` and `end` include the last day; `period` is the end-exclusive form of the Open Information Model.
    Options that choose facts may be repeated: any of the same kind may match, and all kinds must.
    A fact that is not `valid` has no value; exit status 1 tells that there are such facts.
    """
    from recto.findings import Findings
    from recto.frames.forms import form_of

    form = form_of(path, FORMATS, given=form, default="csv")
    asked = {name: options.pop(name) for name in ("concept", "axis", "member", "period", "unit", "text")}
    asked = {name: value for name, value in asked.items() if value} | {"dimensions": options.pop("dimensions")}
    filing = open_report(source, options)
    if not filing.source.entries:  # neither a report nor a taxonomy
        summarize(filing.source.findings)
        ctx.exit(UNREADABLE)
    met = Findings(filing.source.findings)
    facts = None
    if len(asked) > 1 or asked["dimensions"] is not None or deduplicated:
        from recto.select import Facts

        facts = Facts(filing).where(**asked)
        facts = facts.deduplicated() if deduplicated else facts
    if form in ("json", "csv"):
        streamed = None if facts is not None else filing.streamed_records(met)
        if streamed is not None:
            message("the report is too large for pages: `pages` is empty")
        wanted = None if facts is None else _among(facts)
        valid = (_write_json if form == "json" else _write_csv)(filing, streamed, wanted, path)
    elif form in ("parquet", "arrow"):
        reader = filing.facts_reader(met) if facts is None else facts.to_arrow().to_arrow().to_reader()
        valid = _write_table(reader, form, path)
    else:
        valid = _write_for_people(filing.facts if facts is None else facts, form, path)
    if facts is not None and not facts:
        message(facts.nothing())
    told = filing.findings if "instances" in vars(filing) else met
    remark(told, laid_out=filing.rendered.findings if "rendered" in vars(filing) else None)
    if any(each.code == NO_METADATA for each in told):
        ctx.exit(FAILED)  # what the tables of the report mean is not known
    ctx.exit(OK if valid else FAILED)


def _among(facts: Facts) -> Callable[[Fact, Namer], bool]:
    chosen = set(facts)
    return lambda fact, namer: fact in chosen


def _write_for_people(facts: Facts, form: str, path: str | None) -> bool:
    table = facts.to_arrow(pages=True, axes=True)
    if path is None or path == "-":
        with output(path, binary=form == "xlsx", form=form) as stream:
            for chunk in table.chunks(form):
                stream.write(chunk if form == "xlsx" else chunk.decode())
    else:
        table.write(path, form)
    return all(fact.valid for fact in facts)


def _write_json(
    filing: Filing, streamed: Streamed | None, wanted: Callable[[Fact, Namer], bool] | None, path: str | None
) -> bool:
    import json

    from recto.records import records

    dumps = json.JSONEncoder(ensure_ascii=False).encode
    valid = True
    with output(path, form="json") as stream:
        for record in records(filing, wanted) if streamed is None else streamed:
            valid = valid and record["valid"]
            stream.write(dumps(record) + "\n")
    return valid


def _write_csv(
    filing: Filing, streamed: Streamed | None, wanted: Callable[[Fact, Namer], bool] | None, path: str | None
) -> bool:
    from recto.cells import CellWriter
    from recto.records import Record, axes, csv_rows, records

    valid = True

    def noted() -> Iterator[Record]:
        nonlocal valid
        for record in records(filing, wanted) if streamed is None else streamed:
            valid = valid and record["valid"]
            yield record

    with output(path, form="csv") as stream:
        names = axes(filing.instances) if streamed is None else streamed.axes()
        CellWriter(stream).writerows(csv_rows(noted(), names))
    return valid


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
