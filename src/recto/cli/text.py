"""`recto text`: notes as plain text or Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recto.cli import FAILED, UNREADABLE
from recto.cli._options import open_report, source_argument, source_options
from recto.cli._output import message, output, remark
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.rendering.model import Report


@click.command(short_help="Notes as plain text or Markdown.")
@source_argument
@click.argument("note", required=False, metavar="[NOTE]")
@click.option("--to", "form", type=click.Choice(["text", "md"]), help="Default: by the extension of FILE, else text.")
@click.option("--width", type=int, default=100, metavar="N", help="Fold lines at N characters; 0: never. Default: 100.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@source_options
def command(source: str, note: str | None, form: str | None, width: int, path: str | None, **options: Any) -> None:
    """Print the notes of SOURCE as people read them: paragraphs, lists and tables. With NOTE (`R8`, a number, a role
    URI or words of its title; a statement's kind too), only that page.
    """
    from recto.frames.forms import form_of

    form = form_of(path, ("text", "md"), given=form, default="text")
    with progress() as report:
        filing = open_report(source, {**options, "progress": report})
        reports = filing.notes if note is None else [filing.report(note)]
        pages = [_page(each, form, width) for each in reports]
    with output(path, form=form) as stream:
        stream.write("\n".join(pages))
    if not pages and filing.reports:
        message("the filing has no notes: `recto show SOURCE` lists its pages")
    remark(filing.findings, laid_out=filing.rendered.findings)
    if not filing.reports:
        message("there are no pages")
        click.get_current_context().exit(FAILED if filing.source.entries else UNREADABLE)


def _page(report: Report, form: str, width: int) -> str:
    if form == "md":
        return report.markdown
    from recto.rendering.writers.text import reading_text

    return reading_text(report, width=width)
