"""`recto sql`: questions to a lake."""

from __future__ import annotations

import click

from recto.cli._output import output


@click.command(short_help="Ask a lake.")
@click.argument("statement", metavar="STATEMENT")
@click.option("--lake", required=True, metavar="DIR", help="The lake: a folder, or s3://BUCKET/PATH.")
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "csv", "json", "parquet", "arrow", "xlsx", "html", "md"]),
    help="Default: by the extension of FILE, else text. `json` is one object a line.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
def command(statement: str, lake: str, form: str | None, path: str | None) -> None:
    """Answer an SQL statement, in DuckDB's dialect, over the tables of a lake.

    Tables: filings, facts, texts, concepts, labels, arcs, pages, cells, findings, footnotes.
    Views: latest, first_reported, reported, restatements, companies, and as_known_on('2024-06-30').
    """
    from recto.frames import FORMATS, form_of
    from recto.lake import Lake

    form = form_of(path, ("text", *FORMATS), given=form, default="text")
    with Lake(lake) as opened:
        result = opened.sql(statement)
    if form == "text":
        with output(path) as stream:
            stream.write(result.text() + "\n")
        return
    with output(path, binary=True) as stream:
        for chunk in result.chunks(form):
            stream.write(chunk)
