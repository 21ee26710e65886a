"""`recto mcp`: filings for language models."""

from __future__ import annotations

from typing import Any

import click

from recto.cli import UNREADABLE
from recto.cli._lake import lake_of
from recto.cli._options import source_options
from recto.cli._output import message


@click.command(short_help="Filings for language models, over MCP.")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--closed", is_flag=True, help="Only the SOURCEs named here, and the filings of the lake, can be read.")
@click.option(
    "--lake", metavar="DIR", help="A lake that is asked too: companies, filings, numbers over time, texts, SQL."
)
@source_options
@click.pass_context
def command(ctx: click.Context, /, sources: tuple[str, ...], closed: bool, lake: str | None, **options: Any) -> None:
    """Answer a language model over the Model Context Protocol, on stdin and stdout: open filings, list and read pages,
    find facts, follow a cell to its fact and source text, explain, validate, compare, and query a lake.

    Put `recto mcp` into the client's list of servers as the command to start.
    """
    try:
        from recto.mcp import create_server
        from recto.web.shelf import Shelf
    except ModuleNotFoundError:
        message("recto: the server needs the extra: pip install 'recto[mcp]'")
        ctx.exit(UNREADABLE)
    hosts = () if closed else ("www.sec.gov",)
    shelf = Shelf(sources, options=options, hosts=hosts, uploads=False, lake=lake_of(lake))
    try:
        create_server(shelf, closed=closed).run("stdio")
    finally:
        shelf.close()
