"""`recto facts`: the facts of a filing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from recto.cli._options import open_filing, source_argument, source_options
from recto.cli._output import output

if TYPE_CHECKING:
    from recto.filing import Filing
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
def command(
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
    Dates in `start` and `end` include the last day; `period` is the end-exclusive form of the Open Information Model.
    Options that choose facts may be repeated: any of the same kind may match, and all kinds must.
    """
    form = form or _form_of(path)
    filing = open_filing(source, options)
    wanted = _filter(concepts, axes, periods)
    if form in ("parquet", "arrow"):
        _write_table(filing, wanted, form, path)
    elif form == "json":
        _write_json(filing, wanted, path)
    else:
        _write_csv(filing, wanted, path)


def _form_of(path: str | None) -> str:
    extension = (path or "").rpartition(".")[2].lower()
    return {"json": "json", "jsonl": "json", "parquet": "parquet", "arrow": "arrow", "feather": "arrow"}.get(
        extension, "csv"
    )


def _write_json(filing: Filing, wanted: Callable[[Fact, Namer], bool], path: str | None) -> None:
    import json

    from recto.records import records

    dumps = json.JSONEncoder(ensure_ascii=False).encode
    with output(path) as stream:
        for record in records(filing, wanted):
            stream.write(dumps(record) + "\n")


def _write_csv(filing: Filing, wanted: Callable[[Fact, Namer], bool], path: str | None) -> None:
    import csv

    from recto.records import axes, csv_rows, records

    with output(path) as stream:
        csv.writer(stream, lineterminator="\n").writerows(csv_rows(records(filing, wanted), axes(filing.instances)))


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
    start, slash, end = wanted.rpartition("/")
    if slash and (period.start is None or not period.start.isoformat().startswith(start)):
        return False
    return period.last_day.isoformat().startswith(end)


def _write_table(filing: Filing, wanted: Callable[[Fact, Namer], bool], form: str, path: str | None) -> None:
    from recto.errors import UsageError

    raise UsageError(f"facts cannot be written as {form} yet")
