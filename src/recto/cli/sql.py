"""`recto sql`: questions to a lake."""

from __future__ import annotations

import click

from recto.cli._lake import answer, answer_options, lake_option


@click.command(short_help="Ask a lake in SQL.")
@click.argument("statement", metavar="STATEMENT")
@lake_option
@click.option("--files", is_flag=True, help="Any statement, which may read and write files. Default: one `select`.")
@answer_options
def command(statement: str, lake: str, files: bool, form: str | None, path: str | None) -> None:
    """Answer an SQL statement, in DuckDB's dialect, over the tables of a lake.

    Tables: filings, facts, texts, concepts, labels, arcs, pages, cells, findings, footnotes.
    Views: latest, first_reported, reported, restatements, companies, and as_known_on('2024-06-30').
    """
    answer(lake, lambda opened: opened.sql(statement), form, path, files=files)
