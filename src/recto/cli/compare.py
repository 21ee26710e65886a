"""`recto compare`: what changed between two filings, or two pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any, cast

import click

from recto.cli._options import open_filing, source_options
from recto.cli._output import message, output

if TYPE_CHECKING:
    from recto.comparison import Change, Line

HEADINGS = ("change", "page", "line", "concept", "members", "period", "unit", "a", "b", "difference")


@click.command(short_help="What changed between two filings, line by line.")
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "md", "json", "csv", "xlsx"]),
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
@source_options
def command(a: str, b: str, form: str | None, path: str | None, kinds: tuple[str, ...], **options: Any) -> None:
    """Compare two filings, or two report pages (`R4.htm`, or flattened text), A the earlier and B the later.

    A line is a concept with its members. restated: the same concept, period, unit and members with another value
    (numbers that agree at the coarser accuracy are the same); new, gone: a line that only one of them has;
    relabelled: the same line under another label; moved: the same line on other pages.
    """
    from recto.comparison import compare

    form = form or {"md": "md", "json": "json", "jsonl": "json", "csv": "csv", "xlsx": "xlsx"}.get(
        (path or "").rpartition(".")[2], "text"
    )
    changes = [c for c in compare(_lines(a, options), _lines(b, options)) if not kinds or c.kind in kinds]
    if form == "xlsx":
        _write_xlsx(changes, path)
    else:
        write = {"text": _text, "md": _markdown, "json": _json, "csv": _csv}[form]
        with output(path, form=form) as stream:
            write(changes, cast("IO[str]", stream))
    counts = Counter(change.kind for change in changes)
    message(", ".join(f"{count:,} {kind}" for kind, count in counts.items()) or "no change")


def _lines(source: str, options: dict[str, Any]) -> list[Line]:
    from recto.comparison import lines_of_filing, lines_of_pages

    page = _as_page(source)
    return lines_of_pages([page]) if page is not None else lines_of_filing(open_filing(source, options))


def _as_page(source: str) -> Any:
    """The page, where SOURCE is a file that holds one and no filing."""
    import os

    from recto.errors import SourceError
    from recto.rendering.reading import read

    if not os.path.isfile(source) or not source.lower().endswith((".htm", ".html", ".txt")):
        return None
    with open(source, "rb") as file:
        data = file.read()
    try:
        return read(data, source)
    except SourceError:
        return None


def _record(change: Change) -> tuple[str, ...]:
    members = "; ".join(f"{axis}={member}" for axis, member in change.members)
    difference = "" if change.difference is None else format(change.difference, "+f")
    return (
        *(change.kind, change.page, change.label, change.concept, members, change.period or "", change.unit or ""),
        *(change.a or "", change.b or "", difference),
    )


def _text(changes: Sequence[Change], stream: IO[str]) -> None:
    page: tuple[str, str] | None = None
    for change in changes:
        if (change.kind, change.page) != page:
            page = (change.kind, change.page)
            stream.write(f"{change.kind}: {change.page}\n")
        stream.write(f"  {change.line}{_sides(change)}\n")


def _sides(change: Change) -> str:
    where = " ".join(part for part in (change.period, change.unit) if part)
    where = f" ({where})" if where else ""
    if change.kind in ("new", "gone"):
        return f"{where}: {_short(change.b if change.kind == 'new' else change.a)}"
    difference = "" if change.difference is None else f"  {change.difference:+,f}"
    return f"{where}: {_short(change.a)} → {_short(change.b)}{difference}"


def _short(text: str | None) -> str:
    flat = " ".join((text or "").split())
    return flat if len(flat) <= 80 else flat[:79] + "…"


def _markdown(changes: Sequence[Change], stream: IO[str]) -> None:
    stream.write("| " + " | ".join(HEADINGS) + " |\n" + "|---" * len(HEADINGS) + "|\n")
    for change in changes:
        stream.write("| " + " | ".join(_short(cell).replace("|", "\\|") for cell in _record(change)) + " |\n")


def _csv(changes: Sequence[Change], stream: IO[str]) -> None:
    import csv

    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADINGS)
    writer.writerows(_record(change) for change in changes)


def _json(changes: Sequence[Change], stream: IO[str]) -> None:
    import json

    for change in changes:
        record = {
            "change": change.kind,
            "page": change.page,
            "label": change.label,
            "concept": change.concept,
            "members": dict(change.members),
            "period": change.period,
            "unit": change.unit,
            "a": change.a,
            "b": change.b,
            "fact_a": change.fact_a,
            "fact_b": change.fact_b,
            "difference": None if change.difference is None else format(change.difference, "f"),
        }
        stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def _write_xlsx(changes: Sequence[Change], path: str | None) -> None:
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    sheet = book.add_worksheet("Changes")
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, HEADINGS, book.add_format({"bold": True}))
    for number, change in enumerate(changes, 1):
        for column, text in enumerate(_record(change)):
            if column >= 7 and _is_number(text):
                sheet.write_number(number, column, float(text))
            else:
                sheet.write_string(number, column, text[:32000])
    sheet.autofilter(0, 0, len(changes), len(HEADINGS) - 1)
    sheet.set_column(1, 4, 32)
    sheet.set_column(5, 9, 18)
    book.close()
    with output(path, binary=True) as stream:
        cast("IO[bytes]", stream).write(buffer.getvalue())


def _is_number(text: str) -> bool:
    digits = text.lstrip("+-").replace(".", "", 1)
    # a spreadsheet keeps 15 digits: longer numbers stay text, so that none is silently rounded
    return digits.isdigit() and len(digits) <= 15
