"""`recto render`: the report pages of a filing as the SEC makes them."""

from __future__ import annotations

from typing import Any

import click

from recto.cli import FAILED, UNREADABLE
from recto.cli._options import open_report, source_argument, source_options
from recto.cli._output import message, summarize
from recto.cli._progress import progress

FORMATS = ("html", "xlsx", "md", "json", "txt", "csv")


def _words(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Values of an option that may be repeated and may hold several, separated by commas."""
    return tuple(word.strip() for each in value for word in each.split(",") if word.strip())


def _formats(ctx: click.Context, option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    words = _words(ctx, option, value)
    for word in words:
        if word not in FORMATS:
            raise click.BadParameter(f"{word!r} is none of {', '.join(FORMATS)}", ctx, option)
    return words


@click.command(short_help="The report pages, as the SEC makes them.")
@source_argument
@click.option("-o", "--output", "folder", metavar="DIR", required=True, help="The folder to write to; made if need be.")
@click.option(
    "--only", multiple=True, metavar="PAGES", callback=_words, help="Only these pages: `R2,R4`, or words of a title."
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMATS",
    callback=_formats,
    help="Any of html, xlsx, md, json, txt, csv, separated by commas. Default: html,xlsx.",
)
@source_options
@click.pass_context
def command(
    ctx: click.Context, /, source: str, folder: str, only: tuple[str, ...], formats: tuple[str, ...], **options: Any
) -> None:
    """Render SOURCE into DIR: `R1.htm`, `R2.htm`, …, with `FilingSummary.xml`, `MetaLinks.json`,
    `Financial_Report.xlsx`, the style sheet and script of the pages, and an `index.html` to browse them.

    Without --format, the workbook is left out where the SEC makes none (fund filings with embedded reports).
    With --only, just the pages asked for are written, without the files that describe the filing as a whole.
    Findings are summarized at the end; they do not change the exit status, which is 0 when there are pages.
    """
    with progress() as report:
        filing = open_report(source, {**options, "progress": report})
        written = filing.render(folder, formats=formats or None, only=only)
    summarize(filing.rendered.findings)
    coverage = filing.coverage()
    pages = f"{len(written):,} page{'' if len(written) == 1 else 's'} in {folder}"
    if coverage.total:
        pages += f"; {coverage.shown:,} of {coverage.total:,} facts shown ({coverage.share})"
    if coverage.rejected:
        pages += f", {coverage.rejected:,} rejected (invalid, or of no known concept: findings say why)"
    if coverage.covered:
        why = "left out by the SEC's rules" if filing.regime.name == "sec" else "in cells that show another"
        pages += f", {coverage.covered:,} {why}"
    if coverage.lost:
        pages += f", {coverage.lost:,} lost"
    message(pages)
    if not written:
        ctx.exit(FAILED if filing.source.entries else UNREADABLE)
