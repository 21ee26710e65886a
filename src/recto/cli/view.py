"""`recto view`: the viewer as one file."""

from __future__ import annotations

from typing import Any

import click

from recto.cli import FAILED, UNREADABLE
from recto.cli._options import open_report, source_argument, source_options
from recto.cli._output import message, summarize
from recto.cli._progress import progress


@click.command(short_help="The viewer as one file that opens from disk.")
@source_argument
@click.option("-o", "--output", "path", metavar="FILE", required=True, help="The file to write, `report.html`.")
@click.option("--validate", is_flag=True, help="With what `recto validate` says (takes as long as that does).")
@click.option(
    "--largest",
    type=click.IntRange(0),
    metavar="MB",
    default=24,
    help="From this size on, the parts stand in a folder beside FILE. Default: 24.",
)
@source_options
@click.pass_context
def command(ctx: click.Context, /, source: str, path: str, validate: bool, largest: int, **options: Any) -> None:
    """Write the viewer of SOURCE into FILE: its pages, the facts behind every cell and their places in the inline
    document, and why the pages look as they do. The file opens from disk, by e-mail or from any web host; it needs
    no server and asks for nothing.

    A filing whose documents are large gets a folder beside FILE, named `report.files` for `report.html`, which has to
    go wherever FILE goes. Two filings beside each other: `recto compare`, or `recto serve` of both.
    """
    from recto.frames.forms import form_of

    form_of(path, ("html",))
    with progress() as report:
        filing = open_report(source, {**options, "progress": report})
        written = filing.view(path, validate=validate, largest=largest << 20)
    summarize(filing.findings)
    beside = f", and {len(written) - 1} files in {written[1].partition('/')[0]}" if len(written) > 1 else ""
    pages = len(filing.reports)
    message(f"{pages:,} page{'' if pages == 1 else 's'} in {path}{beside}")
    if not filing.reports:
        ctx.exit(FAILED if filing.source.entries else UNREADABLE)
