"""`recto compare`: what changed between two filings, or two pages."""

from __future__ import annotations

from typing import Any

import click

from recto.cli._options import source_options
from recto.cli._output import message, output
from recto.cli._progress import progress

FORMATS = ("text", "md", "json", "csv", "html", "xlsx", "parquet", "arrow")


@click.command(short_help="What changed between two filings, line by line.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--to",
    "form",
    type=click.Choice(FORMATS),
    help="Default: by the extension of FILE, else text. `json` is one object a line.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@click.option(
    "--only",
    "kinds",
    multiple=True,
    type=click.Choice(["restated", "new", "gone", "relabelled", "moved"]),
    help="Only changes of this kind. Repeatable.",
)
@click.option("--concept", multiple=True, metavar="NAME", help="Only this concept, as in `recto facts`. Repeatable.")
@click.option("--period", multiple=True, metavar="PERIOD", help="Only this period, as in `recto facts`. Repeatable.")
@source_options
def command(a: str, b: str, form: str | None, path: str | None, **options: Any) -> None:
    """Compare two filings, or two report pages (`R4.htm`, or flattened text), A the earlier and B the later.

    A line is a concept with its members; a concept of another year's taxonomy is the same. restated: the same concept,
    period, unit and members with another value (numbers that agree at the coarser accuracy are the same); new, gone: a
    line that only one of them has; relabelled: the same line under another label, dates aside; moved: the same line on
    other pages.
    """
    from recto.comparison import compare
    from recto.frames import form_of

    form = form_of(path, FORMATS, given=form, default="text")
    with progress() as report:
        found = compare(a, b, progress=report, **options)
        data = found.data(form)
    binary = form in ("xlsx", "parquet", "arrow")
    with output(path, binary=binary, form=form) as stream:
        stream.write(data if binary else data.decode())
    if found.note:
        message(found.note)
    message(", ".join(f"{count:,} {kind}" for kind, count in found.counts.items()) or "no change")
