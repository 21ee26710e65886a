"""`recto suite`: run a conformance suite."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recto.cli import FAILED, OK
from recto.cli._output import echo, message
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.suites import Outcome


@click.command(short_help="Run a conformance suite, or one of its test cases.")
@click.argument("index", metavar="INDEX")
@click.option("-v", "--verbose", is_flag=True, help="One line for each variation; failures say why.")
@click.option("--csv", "csv_file", metavar="FILE", help="Write all outcomes to a CSV file.")
@click.option(
    "--only", metavar="TEXT", multiple=True, help="Only variations whose test case or id has TEXT. Repeatable."
)
@click.option("--rules", metavar="NAMES", help="Sets of rules to check, separated by commas; default: all.")
@click.option("--utr", metavar="FILE", help="The units registry to check against; default: one that lies by the suite.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes; default: one for each core.")
@click.option("--taxonomies", metavar="PATH", multiple=True, help="A taxonomy package, or a folder laid out HOST/PATH.")
@click.option("--cache-dir", metavar="DIR", help="Where fetched documents are kept (or set RECTO_CACHE_DIR).")
@click.option("--offline", flag_value=True, default=None, help="Fetch nothing (or set RECTO_OFFLINE=1).")
@click.option(
    "--no-compiled", "compiled", flag_value=False, default=True, help="Read taxonomies as published, not compiled."
)
@click.option("--no-cache", "use_cache", flag_value=False, default=True, help="Use nothing from the cache.")
@click.pass_context
def command(
    ctx: click.Context,
    index: str,
    verbose: bool,
    csv_file: str | None,
    only: tuple[str, ...],
    rules: str | None,
    utr: str | None,
    jobs: int | None,
    taxonomies: tuple[str, ...],
    cache_dir: str | None,
    offline: bool | None,
    compiled: bool,
    use_cache: bool,
) -> None:
    """Run the conformance suite whose index (or single test case) INDEX is, a path or URL.

    Prints the variations that fail, or of which something is not checked (with -v all of them), and ends with a line
    `N passed, M failed, K not checked`. Exit status 1 unless all passed.
    """
    from recto.suites import Settings, run_suite

    if Path(index).is_dir():
        raise click.UsageError(f"{index} is a folder: name the document that lists the suite's test cases")
    settings = Settings(
        index,
        taxonomies,
        cache_dir,
        offline,
        use_cache,
        tuple(name.strip() for name in rules.split(",")) if rules else None,
        utr,
        False,
        only,
        compiled,
    )
    outcomes: list[Outcome] = []
    with progress() as show:
        for outcome in run_suite(settings, jobs=jobs, progress=show):
            outcomes.append(outcome)
            if verbose or not outcome.passed:
                echo(line(outcome))
    if csv_file:
        write_csv(csv_file, outcomes)
        message(f"{len(outcomes)} outcomes written to {csv_file}")
    passed, failed, unchecked = (
        sum(outcome.status == status for outcome in outcomes) for status in ("passed", "failed", "not checked")
    )
    echo(f"{passed} passed, {failed} failed, {unchecked} not checked")
    ctx.exit(OK if 0 < passed == len(outcomes) else FAILED)


_WORDS = {"passed": "pass", "failed": "FAIL", "not checked": "----"}


def line(outcome: Outcome) -> str:
    """An outcome as the command prints it."""
    variation = outcome.variation
    word = _WORDS[outcome.status]
    reason = f": {outcome.reason}" if outcome.reason else ""
    return f"{word} {variation.label} {variation.name}{reason}".replace("\n", " ")


def write_csv(path: str, outcomes: Iterable[Outcome]) -> None:
    """The outcomes as CSV: test case, variation, name, status, expected and found codes, reason."""
    from recto.cells import CellWriter
    from recto.cli._output import output

    with output(path, form="csv") as stream:
        writer = CellWriter(stream)
        writer.writerow(("case", "variation", "name", "status", "expected", "found", "reason"))
        for outcome in outcomes:
            variation = outcome.variation
            expected = variation.expected
            told = (f"{each.section or ''} {each.name}".strip() for each in expected.told or ())
            wanted = (
                " ".join(expected.codes or expected.warnings)
                or "; ".join(told)
                or ("invalid" if expected.valid is False else "valid")
            )
            writer.writerow(
                (
                    variation.case,
                    variation.id,
                    variation.name,
                    outcome.status,
                    wanted,
                    " ".join(outcome.found),
                    outcome.reason,
                )
            )
