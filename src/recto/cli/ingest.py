"""`recto ingest`: filings into a lake."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from recto import settings
from recto.cli import FAILED, UNREADABLE
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
@click.option("--address", metavar="ADDRESS", help="HOST:PORT of a Ray cluster; without it Ray runs on this machine.")
@click.option(
    "--workers",
    type=click.IntRange(1),
    metavar="N",
    help="Default: as many as there are cores, of the cluster or here.",
)
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

    A SOURCE may also be a folder of filings, a zip of zips (and of zips in those), an archive of submissions
    (`.tar.gz`, or its URL at the SEC), `AAPL 10-K*` (all of them), `AAPL 10-K* 2015..2020` (filed in these years),
    `* 10-K* 2024-01..2024-03` (of all companies) or `* 10-K* latest` (of the SEC's feed of the last ones).
    A filing that fails is recorded with its finding, and the rest goes on. What was committed stays, however a run
    ends; running it again takes in what is missing. Exit status 1 where filings failed, or some of
    several folders held none; 2 where there was nothing to take in at all.
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
        progress=_Line(sys.stderr.isatty()),
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
            + (f"; {report.died:,} times a worker ended and was replaced" if report.died else "")
        )
    for each in report.failures[:20]:
        message(f"failed: {each['source']} ({each['problem']})")
    for source in report.empty:
        message(f"no filing was found in {source}")
    empty = any(os.path.exists(each) for each in report.empty)  # a query may have no answer today
    if empty and not (report.taken or report.known or report.failed):
        ctx.exit(UNREADABLE)
    if empty or report.failed:
        ctx.exit(FAILED)


class _Line:
    """What is done, how fast, what is left: on a terminal one line that is written over, elsewhere a line a minute."""

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal
        self.told = 0.0

    def __call__(self, report: Report, waiting: int) -> None:
        if not self.terminal:
            if report.seconds - self.told < _MINUTE:
                return
            self.told = report.seconds
        text = progress_of(report, waiting)
        if self.terminal:
            sys.stderr.write("\r\x1b[K" + text[: settings.columns(80) - 1])
            sys.stderr.flush()
        else:
            message(text)


def progress_of(report: Report, waiting: int) -> str:
    """A run so far, in one line."""
    done = report.taken + report.failed + waiting
    rate = done / report.seconds if report.seconds else 0.0
    parts = [f"{done + report.known:,}" + (f" of {report.expected:,}" if report.expected else "")]
    if rate:
        parts.append(f"{rate:,.1f} a second")
    if report.expected and rate:
        left = max(0.0, (report.expected - done - report.known) / rate)
        parts.append(f"{left:,.0f} s left" if left < 120 else f"{left / 60:,.0f} min left")
    if report.known:
        parts.append(f"{report.known:,} there already")
    parts.append(f"{report.failed:,} failed")
    return ", ".join(parts)


_MINUTE = 60.0
