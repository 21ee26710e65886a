"""`recto read`: report pages back to facts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from recto.cli import FAILED
from recto.cli._output import explain, message, output

if TYPE_CHECKING:
    from typing import IO

    from recto.rendering.reading import ReadFact, ReadPage
    from recto.tables import Table


FORMATS = ("text", "md", "csv", "json", "parquet", "arrow", "xlsx", "html")


@click.command(short_help="A report page back to a table of facts.")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...", type=click.Path())
@click.option(
    "--to",
    "form",
    type=click.Choice(FORMATS),
    help="Default: by the extension of FILE, else text. `json` is one object a line.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@click.option("--offline", is_flag=True, help="As for other commands; a page needs nothing beside itself.")
@click.option("--taxonomies", multiple=True, metavar="PATH", help="As for other commands; a page needs none.")
@click.pass_context
def command(
    ctx: click.Context, /, pages: tuple[str, ...], form: str | None, path: str | None, **unneeded: object
) -> None:
    """Read report pages back to facts: SEC `R*.htm` files of any year, or the text of such a page, flattened with
    cells between line breaks and `|`. PAGE `-` is standard input.

    Each cell gives label path, element, members, period, unit, and its value as an exact decimal with scale applied,
    the sign as the page presents it, and the accuracy of the print. Where a flattened text leaves open in which column
    a value stands, `column` is empty and `candidates` names the columns that it may stand in.
    """
    from recto.errors import RectoError
    from recto.frames.forms import form_of
    from recto.rendering.reading import read
    from recto.tables import Table, read_table

    form = form_of(path, FORMATS, given=form, default="text")
    found: list[tuple[str, ReadPage]] = []
    failed = False
    for name in pages:
        try:
            found.append((name, read(_bytes(name), name)))
        except (RectoError, OSError) as error:
            explain(error)
            failed = True
    if not found:
        ctx.exit(2)
    if form in ("text", "md"):
        with output(path, form=form) as stream:
            for name, page in found:
                cast("IO[str]", stream).write(_text(name, page) if form == "text" else _markdown(name, page))
    else:
        _write(Table(read_table(found)), form, path)
    for name, page in found:
        if page.open_cells:
            message(f"info recto:openColumn {name} the column of {page.open_cells} of {len(page.facts)} cells is open")
    ctx.exit(FAILED if failed else 0)


def _bytes(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    if Path(name).is_dir():
        from recto.errors import SourceError

        reason = "it is a folder; the pages of a filing are shown by `recto show`"
        raise SourceError.of("recto:noReportTable", document=name, reason=reason)
    with open(name, "rb") as file:
        return file.read()


def _write(table: Table, form: str, path: str | None) -> None:
    if path is not None and path != "-":
        table.write(path, form)
        return
    with output(None, binary=True) as stream:
        binary = cast("IO[bytes]", stream)
        for chunk in table.chunks(form):
            binary.write(chunk)


def _text(name: str, page: ReadPage) -> str:
    """Rows under their path, values with unit and period, as a person checks them against the page."""
    lines = [f"{page.title}", f"{name}: {len(page.facts)} facts, {len(page.report.columns)} columns", ""]
    path: tuple[str, ...] | None = None
    for fact in page.facts:
        if fact.path != path:
            path = fact.path
            lines.append(" | ".join(path) or "(no section)")
        lines.append(f"  {fact.label}: {_value(fact)}  [{_place(page, fact)}]")
    return "\n".join(lines) + "\n\n"


def _markdown(name: str, page: ReadPage) -> str:
    lines = [f"## {page.title}", "", "| path | label | value | unit | period | column |", "|---|---|---:|---|---|---|"]
    for fact in page.facts:
        value = fact.text if fact.value is None else format(fact.value, "f")
        cells = (
            " / ".join(fact.path),
            fact.label,
            value,
            " or ".join(fact.unit_candidates),
            _period(fact),
            _columns(fact),
        )
        lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines) + "\n\n"


def _value(fact: ReadFact) -> str:
    if fact.nil:
        return "(nil)"
    if fact.value is None:
        return fact.text if len(fact.text) <= 100 else fact.text[:99] + "…"
    return f"{fact.value:f} {' or '.join(fact.unit_candidates)}".rstrip()


def _period(fact: ReadFact) -> str:
    end = fact.end.isoformat() if fact.end is not None else ""
    return f"{fact.months} months to {end}" if fact.months is not None else end


def _columns(fact: ReadFact) -> str:
    if fact.column is not None:
        return str(fact.column + 1)
    return "one of " + ", ".join(str(column + 1) for column in fact.candidates)


def _place(page: ReadPage, fact: ReadFact) -> str:
    if fact.column is not None:
        return " / ".join(page.report.columns[fact.column].labels) or _columns(fact)
    return "column " + _columns(fact)
