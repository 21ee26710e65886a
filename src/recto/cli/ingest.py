"""`recto ingest`: filings into a lake."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from recto.cli import FAILED
from recto.cli._options import source_options
from recto.cli._output import message

if TYPE_CHECKING:
    from recto.lake import Report


@click.command(short_help="Take filings into a lake.")
@click.argument("sources", metavar="SOURCE…", nargs=-1, required=True)
@click.option("--lake", required=True, metavar="DIR", help="The lake: a folder, made if need be, or s3://BUCKET/PATH.")
@click.option(
    "--engine", type=click.Choice(["local", "ray"]), default="local", help="Where workers run. Default: local."
)
@click.option("--address", metavar="ADDRESS", help="Of a Ray cluster; without it Ray runs on this machine.")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Default: as many as there are cores.")
@click.option("--no-pages", "pages", flag_value=False, default=True, help="Leave out pages and cells: half the work.")
@click.option(
    "--time-limit", "seconds", type=float, default=300.0, metavar="S", help="Seconds for one filing. Default: 300."
)
@click.option("--memory-limit", "megabytes", type=int, default=2048, metavar="MB", help="Of one worker. Default: 2048.")
@click.option("--retry-failed", is_flag=True, help="Try filings again that failed in earlier runs.")
@click.option("--to", "form", type=click.Choice(["text", "json"]), default="text", help="The report of the run.")
@source_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    sources: tuple[str, ...],
    lake: str,
    engine: str,
    address: str | None,
    workers: int | None,
    pages: bool,
    seconds: float,
    megabytes: int,
    retry_failed: bool,
    form: str,
    **options: Any,
) -> None:
    """Take the filings of each SOURCE into a lake; those that it has already are passed over.

    A SOURCE may also be a folder of filings, a zip of zips, an archive of submissions (`.tar.gz`), `AAPL 10-K*` (all
    of them), `AAPL 10-K* 2015..2020` (filed in these years) or `* 10-K* 2024-01..2024-03` (of all companies).
    A filing that fails is recorded with its finding, and the rest goes on. What was committed stays, however a run
    ends; running it again takes in what is missing. Exit status 1 where filings failed.
    """
    from recto.lake import ingest

    report = ingest(
        sources,
        lake,
        engine=engine,
        address=address,
        workers=workers,
        pages=pages,
        seconds_each=seconds,
        memory_each=megabytes << 20,
        retry_failed=retry_failed,
        progress=_Line() if sys.stderr.isatty() else None,
        **options,
    )
    if sys.stderr.isatty():
        click.echo("\r\x1b[K", nl=False, err=True)
    if form == "json":
        import json

        from msgspec import to_builtins

        click.echo(json.dumps(to_builtins(report) | {"rate": round(report.rate, 2)}))
    else:
        click.echo(
            f"{report.taken:,} taken in ({report.facts:,} facts, {report.bytes / 1e6:,.1f} MB), {report.known:,} there"
            f" already, {report.failed:,} failed; {report.seconds:,.1f} s, {report.rate:,.1f} filings a second"
        )
    for each in report.failures[:20]:
        message(f"failed: {each['source']} ({each['problem']})")
    if report.failed:
        ctx.exit(FAILED)


class _Line:
    """One line on the terminal that is written over: what is done, how fast, what is left."""

    def __call__(self, report: Report, waiting: int) -> None:
        done = report.taken + report.failed + waiting
        rate = done / report.seconds if report.seconds else 0.0
        left = ""
        if report.expected:
            seconds = (report.expected - done - report.known) / rate if rate else 0.0
            left = f" of {report.expected:,}, {seconds / 60:,.0f} min left" if seconds >= 0 else ""
        known = f", {report.known:,} there already" if report.known else ""
        text = f"{done:,}{left}, {rate:,.1f} a second{known}, {report.failed:,} failed"
        sys.stderr.write("\r\x1b[K" + text)
        sys.stderr.flush()
