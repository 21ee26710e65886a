"""`recto show`: a page in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from recto import settings
from recto.cli import FAILED, UNREADABLE
from recto.cli._options import open_filing, open_report, source_argument, source_options
from recto.cli._output import message, output, remark, summarize
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.rendering.model import Report

FORMATS = ("text", "md", "html", "json", "csv", "xlsx", "parquet", "arrow")
LISTING = ("text", "md", "json", "csv")


@click.command(short_help="A page in the terminal, or the list of pages.")
@source_argument
@click.argument("page", required=False, metavar="[PAGE]")
@click.option("--to", "form", type=click.Choice(FORMATS), help="Default: by the extension of FILE, else text.")
@click.option(
    "--width", type=int, metavar="N", help="Fold a table wider than this. Default: the terminal's width, or 120."
)
@click.option("--table", metavar="ID", help="Show a table of the taxonomy by its id, empty or not.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@source_options
def command(
    source: str,
    page: str | None,
    form: str | None,
    width: int | None,
    path: str | None,
    table: str | None,
    **options: Any,
) -> None:
    """Show PAGE of SOURCE: `R4`, a number, a role URI, a kind of statement (`income`, `balance`, `cash flow`, `equity`,
    `comprehensive income`, `cover`), or words of the title. Without PAGE, list the pages.

    Of several statements of a kind the consolidated one is shown, and the others are named. Words prefer statements
    over notes over details; where they fit several pages no better than each other, these are listed (exit status 2).
    Tables that the taxonomy draws are among the pages where they show facts; --table shows one with all its slices.
    """
    from recto.errors import UsageError
    from recto.frames.forms import form_of

    if page is not None and table is not None:
        raise UsageError("give a PAGE or --table, not both")
    width = settings.columns(120) if width is None else width
    form = form_of(path, LISTING if page is None and table is None else FORMATS, given=form, default="text")
    others: list[Report] = []
    shown: Report | None = None
    with progress() as report:
        filing = (open_report if table is None else open_filing)(source, {**options, "progress": report})
        if table is not None:
            data: str | bytes = _table(filing, table, form, width)
        elif page is None:
            data = _listing(filing, form, width)
        elif filing.reports or not filing.rendered.findings.has_errors:
            shown, *others = filing.find_pages(page)
            data = _page(shown, form, width)
    if not filing.reports and filing.rendered.findings.has_errors:  # nothing to show, and a reason
        summarize(filing.rendered.findings)
        click.get_current_context().exit(FAILED if filing.source.entries else UNREADABLE)
    on_terminal = form == "text" and path is None and sys.stdout.isatty() and not settings.no_color()
    if shown is not None and on_terminal:
        _print_styled(shown, width)
    elif isinstance(data, bytes):
        with output(path, binary=True) as stream:
            stream.write(data)
    else:
        with output(path, form=form) as stream:
            stream.write(data)
    if page is None and table is None:
        message(f"regime: {filing.regime}")
    if others:
        message("also: " + "; ".join(f"{other.stem} {other.short_name}" for other in others))
    remark(filing.findings, laid_out=filing.rendered.findings)


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
        import io

        from recto.cells import CellWriter

        buffer = io.StringIO()
        CellWriter(buffer).writerows([("page", "category", "title", "role"), *rows])
        return buffer.getvalue()
    if form == "md":
        lines = ["| page | category | title |", "|---|---|---|"]
        lines += [f"| {page} | {category} | {title.replace('|', chr(92) + '|')} |" for page, category, title, _ in rows]
        return "\n".join(lines) + "\n"
    from recto.rendering.writers.text import report_list

    return report_list(filing.reports, width=width)


def _page(report: Report, form: str, width: int) -> str | bytes:
    if form == "text":
        from recto.rendering.writers.text import page_text

        return page_text(report, width=width)
    from recto.desk import page_data

    data = page_data(report, form)
    return data if form in ("xlsx", "parquet", "arrow") else data.decode()


def _table(filing: Filing, table: str, form: str, width: int) -> str | bytes:
    """All slices of a table: one after the other, or as sheets of a workbook."""
    from recto.errors import UsageError

    pages = filing.table_pages(table)
    if form == "xlsx":
        from recto.rendering.writers.xlsx import workbook

        return workbook(pages, title=pages[0].short_name)
    if form not in LISTING and len(pages) > 1:
        raise UsageError(f"the table {table} has {len(pages)} slices: write it as .txt, .md, .json, .csv or .xlsx")
    made = [_page(each, form, width) for each in pages]
    return made[0] if len(made) == 1 else "\n".join(map(str, made))
