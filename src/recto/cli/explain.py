"""`recto explain`: why a page looks as it does, or why a fact is on none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recto.cli import FAILED, UNREADABLE
from recto.cli._options import open_report, source_argument, source_options
from recto.cli._output import message, output, remark
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.explain import Decision
    from recto.filing import Filing


FORMATS = ("text", "json")


@click.command(short_help="Which rules made a page, row, column or cell, or left a fact out.")
@source_argument
@click.argument("page", required=False, metavar="[PAGE]")
@click.argument("row", required=False, metavar="[ROW]")
@click.argument("column", required=False, metavar="[COLUMN]")
@click.option("--fact", "facts", multiple=True, metavar="ID", help="Why this fact is shown where it is, or nowhere.")
@click.option("--left-out", is_flag=True, help="Every fact that no page shows, with the reason.")
@click.option("--to", "form", type=click.Choice(FORMATS), help="Default: by the extension of FILE, else text.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@source_options
def command(
    source: str,
    page: str | None,
    row: str | None,
    column: str | None,
    facts: tuple[str, ...],
    left_out: bool,
    form: str | None,
    path: str | None,
    **options: Any,
) -> None:
    """Explain PAGE of SOURCE: one line for each decision that touched the page, or its ROW, COLUMN or cell.

    PAGE is as for `recto show`. ROW and COLUMN are numbers, counted from 1 among those shown, or words of the label
    or heading; ROW `-` leaves the row open, for a whole COLUMN. Numbers in parentheses are sections of the rendering
    rules, as recto's code cites them.
    """
    if page is None and not facts and not left_out:
        raise click.UsageError("name a PAGE, or give --fact or --left-out")
    from recto.frames.forms import form_of

    form = form_of(path, FORMATS, given=form, default="text")
    with progress() as report:
        filing = open_report(source, {**options, "progress": report})
        decisions = _decisions(filing, page, row if row != "-" else None, column, facts, left_out)
    with output(path, form=form) as stream:
        for each in decisions:
            stream.write((each.line if form == "text" else _json(each)) + "\n")
    remark(filing.findings, laid_out=filing.rendered.findings)
    if not filing.reports and not decisions:
        message("there are no pages")
        click.get_current_context().exit(FAILED if filing.source.entries else UNREADABLE)


def _decisions(
    filing: Filing, page: str | None, row: str | None, column: str | None, facts: tuple[str, ...], left_out: bool
) -> list[Decision]:
    explainer = filing.explainer
    found: list[Decision] = []
    if page is not None:
        found += explainer.answer(filing.report(page), row, column)
    for identifier in facts:
        fact = next((known for each in filing.instances if (known := each.by_id.get(identifier)) is not None), None)
        if fact is None:
            raise click.UsageError(f"there is no fact {identifier!r}")
        found += explainer.fact(fact)
    if left_out:
        found += [decision for _, decision in explainer.left_out()]
    return found


def _json(decision: Decision) -> str:
    import msgspec

    return msgspec.json.encode(decision).decode()
