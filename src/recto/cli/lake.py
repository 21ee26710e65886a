"""`recto lake`: questions to a lake, and its care."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recto.cli import FAILED
from recto.cli._lake import lake_option
from recto.cli._options import source_options
from recto.cli._output import echo, message
from recto.cli._progress import progress
from recto.cli._questions import QUESTIONS

if TYPE_CHECKING:
    from recto.lake.words import IndexState


@click.group(short_help="Questions to a lake, and its care.")
def command() -> None:
    """Ask a lake that `recto ingest` made, and look after it. `recto series` and `recto sql` ask it, too."""


for _question in QUESTIONS:
    command.add_command(_question)


@command.command(short_help="What is in it.")
@lake_option
@click.option("--to", "form", type=click.Choice(["text", "json"]), default="text", help="Default: text.")
def status(lake: str, form: str) -> None:
    """Tell what is in a lake: rows, files and bytes of each table, the index of texts, and the last runs."""
    from recto.lake.care import status as status_
    from recto.lake.places import Place

    found = status_(Place(lake))
    if form == "json":
        import json

        from msgspec import to_builtins

        click.echo(json.dumps(to_builtins(found)))
        return
    click.echo(f"{found.filings:,} filings, {found.failed:,} failed, in {found.place}")
    for name, each in found.tables.items():
        click.echo(f"{name:<10} {each['rows']:>14,} rows {each['files']:>7,} files {each['bytes'] / 1e6:>12,.1f} MB")
    click.echo(_index_line(found.index) if found.index is not None else "texts are not indexed: tantivy is missing")
    if found.left:
        click.echo(f"{found.left:,} files of ingests that run now or were interrupted")
    for run in found.runs[:5]:
        click.echo(
            f"run {run['run']} of {run['started']}: {run['state']}, {run['taken']:,} taken in, {run['failed']:,} failed"
            + (f" ({run['problem']})" if run.get("problem") else "")
        )


def _index_line(index: IndexState) -> str:
    if index.problem is not None:
        return f"the index of texts cannot be read ({index.problem}); the next search makes it anew"
    if not index.filings:
        return "no index of texts: the first search makes it" if index.behind else "no texts to index"
    behind = f"; {index.behind:,} filings are not in it: the next search takes them in" if index.behind else ""
    return f"index      {index.texts:>14,} texts of {index.filings:,} filings, {index.bytes / 1e6:,.1f} MB{behind}"


@command.command(short_help="Fewer files, in better order.")
@lake_option
@click.option("--whole", is_flag=True, help="All files, not only the small ones that have become many.")
def compact(lake: str, whole: bool) -> None:
    """Make few files of many, of one size and sorted for the questions that are asked. Ingests may go on meanwhile."""
    from recto.lake.compaction import compact as compact_
    from recto.lake.places import Place

    with progress() as told:
        found = compact_(Place(lake), whole=whole, progress=told)
    for name, (before, after) in found.items():
        click.echo(f"{name:<10} {before:>7,} files, now {after:,}")


@command.command(short_help="Remove files that no table has any more.")
@lake_option
@click.option(
    "--hours",
    type=click.FloatRange(min=0),
    default=24.0,
    metavar="H",
    help="Only what is older: readers may be at it. Default: 24.",
)
@click.option("--dry-run", "dry", is_flag=True, help="Only tell them.")
def vacuum(lake: str, hours: float, dry: bool) -> None:
    """Remove files that no table has any more: those that compaction replaced, and those of interrupted ingests."""
    from recto.lake.care import vacuum as vacuum_
    from recto.lake.places import Place

    found = vacuum_(Place(lake), hours=hours, dry=dry)
    if dry:
        for name in found:
            echo(name)
    message(f"{len(found):,} files{' would be' if dry else ''} removed")


@command.command(short_help="Whether all is well.")
@click.argument("sources", metavar="SOURCE…", nargs=-1)
@lake_option
@source_options
@click.pass_context
def verify(ctx: click.Context, /, sources: tuple[str, ...], lake: str, **options: Any) -> None:
    """Check that every file is there and undamaged, that no filing is lost or there twice, and that the facts are
    those that were taken in. With SOURCE…, read these filings again and compare their facts with the lake's.

    Exit status 1 where something is wrong.
    """
    from recto.lake.care import verify as verify_
    from recto.lake.jobs import jobs_of
    from recto.lake.places import Place

    count = 0
    jobs = jobs_of(sources, **options) if sources else None
    with progress() as told:
        for finding in verify_(Place(lake), jobs, opening=options, progress=told):
            count += 1
            echo(str(finding))
    message("all is well" if not count else "one thing is wrong" if count == 1 else f"{count:,} things are wrong")
    if count:
        ctx.exit(FAILED)
