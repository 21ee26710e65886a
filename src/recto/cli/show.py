"""`recto show`: a page in the terminal."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from recto import settings
from recto.cli._options import open_filing, source_argument, source_options
from recto.cli._output import message, output, remark, summarize
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.rendering.model import Report

FORMATS = ("text", "md", "json", "csv")


@click.command(short_help="A page in the terminal, or the list of pages.")
@source_argument
@click.argument("page", required=False, metavar="[PAGE]")
@click.option("--to", "form", type=click.Choice(FORMATS), default="text", help="Default: text.")
@click.option(
    "--width", type=int, metavar="N", help="Fold a table wider than this. Default: the terminal's width, or 120."
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@source_options
def command(source: str, page: str | None, form: str, width: int | None, path: str | None, **options: Any) -> None:
    """Show PAGE of SOURCE: `R4`, a number, a role URI, or words of the title. Without PAGE, list the pages."""
    width = _width() if width is None else width
    with progress() as report:
        filing = open_filing(source, {**options, "progress": report})
        text = _listing(filing, form, width) if page is None else _page(filing.report(page), form, width)
    if not filing.reports and filing.rendered.findings.has_errors:  # nothing to show, and a reason
        summarize(filing.rendered.findings)
        click.get_current_context().exit(2)
    if page is not None and form == "text" and path is None and sys.stdout.isatty() and not settings.no_color():
        _print_styled(filing.report(page), width)
        return
    with output(path, form=form) as stream:
        stream.write(text)
    if page is None:
        message(f"regime: {filing.regime}")
    remark(filing.rendered.findings)


def _print_styled(report: Report, width: int) -> None:
    """With headings, sections and totals set off, on a terminal that can."""
    from rich.console import Console

    from recto.rendering.writers.text import page_rich

    Console(width=max(width, 40), highlight=False).print(page_rich(report, width=width))


def _listing(filing: Filing, form: str, width: int) -> str:
    rows = [(report.stem, report.category, report.short_name, report.role) for report in filing.reports]
    if form == "json":
        import json

        keys = ("page", "category", "title", "role")
        return "".join(json.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) + "\n" for row in rows)
    if form == "csv":
        import csv
        import io

        buffer = io.StringIO()
        csv.writer(buffer, lineterminator="\n").writerows([("page", "category", "title", "role"), *rows])
        return buffer.getvalue()
    if form == "md":
        lines = ["| page | category | title |", "|---|---|---|"]
        lines += [f"| {page} | {category} | {title.replace('|', chr(92) + '|')} |" for page, category, title, _ in rows]
        return "\n".join(lines) + "\n"
    from recto.rendering.writers.text import report_list

    return report_list(filing.reports, width=width)


def _page(report: Report, form: str, width: int) -> str:
    if form == "text":
        from recto.rendering.writers.text import page_text

        return page_text(report, width=width)
    from recto.rendering.writers.folder import page_as

    return page_as(report, form)


def _width() -> int:
    """Columns of the terminal (or of COLUMNS); 120 where there is none."""
    return shutil.get_terminal_size((120, 24)).columns
