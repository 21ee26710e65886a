"""`recto formulas`: the assertions of a filing's taxonomy, and what came of each."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING, Unpack

import click

from recto.cli import FAILED, OK
from recto.cli._options import (
    SourceOptions,
    further_instances,
    instance_option,
    open_filing,
    source_argument,
    source_options,
)
from recto.cli._output import message, output
from recto.errors import UsageError

if TYPE_CHECKING:
    from recto.formula.evaluate import AssertionResult
    from recto.instance.model import Instance

FORMATS = ("text", "json")


@click.command(short_help="The assertions of a taxonomy, with their outcomes and times.")
@source_argument
@click.option(
    "--assertion",
    "only",
    metavar="ID",
    multiple=True,
    help="Only this assertion, or those of this assertion set; may be repeated.",
)
@click.option("-v", "--verbose", is_flag=True, help="Tests and variables too.")
@click.option(
    "--facts",
    "facts",
    metavar="FILE",
    help="Write the facts that formulas give as an xBRL-XML report; those for an instance that they name, to a file of"
    " that name beside it: FILE.xbrl, FILE.NAME.xbrl.",
)
@instance_option
@click.option("--to", "form", type=click.Choice(FORMATS), help="Default: by the extension of FILE, else text.")
@click.option("-o", "--output", "path", metavar="FILE", help="Write to FILE instead of stdout.")
@source_options
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    only: tuple[str, ...],
    verbose: bool,
    facts: str | None,
    others: tuple[str, ...],
    form: str | None,
    path: str | None,
    **options: Unpack[SourceOptions],
) -> None:
    """List the assertions and formulas (Formula 1.0) of SOURCE's taxonomy, evaluated in its first report.

    One line each: outcome, evaluations satisfied, unsatisfied and failed, milliseconds, kind, id; below one that was
    not evaluated why, below an unsatisfied one its messages with the facts they are about. Of a taxonomy alone: kind,
    id, test and variables. `--param NAME=VALUE` gives parameters their values.
    """
    from recto.formula.definitions import definitions
    from recto.frames.forms import form_of

    form = form_of(path, FORMATS, given=form, default="text")
    filing = open_filing(source, options)
    outcomes = filing.formula_outcomes(only=only, instances=further_instances(others, options))
    alone = not filing.instances[0].facts
    failed = False
    with output(path, form=form) as stream:
        for each in outcomes.assertions:
            failed = failed or each.failed > 0 or any(detail.severity == "error" for detail in each.details)
            if form == "json":
                import json

                record = {
                    "id": each.id,
                    "kind": each.kind,
                    "outcome": each.outcome,
                    "satisfied": each.satisfied,
                    "unsatisfied": each.unsatisfied,
                    "failed": each.failed,
                    "reason": each.reason or None,
                    "seconds": round(each.seconds, 6),
                    "test": each.text or None,
                    "variables": list(each.variables),
                    "document": each.document,
                    "line": each.line,
                    "evaluations": [
                        {
                            "severity": detail.severity,
                            "message": detail.message,
                            "facts": [
                                {"id": fact.id, "document": fact.document, "line": fact.line} for fact in detail.facts
                            ],
                        }
                        for detail in each.details
                    ],
                }
                stream.write(json.dumps(record, ensure_ascii=False) + "\n")
                continue
            if alone:
                stream.write(f"{each.kind:<11} {each.id or each.label}\n")
                _write_text(stream, each)
                continue
            counts = f"{each.satisfied:>6} {each.unsatisfied:>6} {each.failed:>6} {each.seconds * 1000:>9.1f} ms"
            stream.write(f"{each.outcome:<13} {counts}  {each.kind:<11} {each.id or each.label}\n")
            if verbose:
                _write_text(stream, each)
            if each.reason:
                stream.write(f"    {each.reason}\n")
            for detail in each.details:
                about = ", ".join(f"{fact.id} (line {fact.line})" for fact in detail.facts)
                stream.write(f"    {detail.severity}: {detail.message}" + (f" [{about}]" if about else "") + "\n")
    for finding in outcomes.findings:
        message(str(finding))
    if facts is not None:
        path_ = Path(facts)
        for name, given in {"": outcomes.output, **outcomes.outputs}.items():
            if given is not None:
                _save(given.instance(), path_.with_suffix(f".{name}{path_.suffix}") if name else path_)
        if outcomes.output is None and not outcomes.outputs:
            raise UsageError("the formulas give no facts")
    for name in options["parameters"]:
        if not any(name in each.names for each in definitions(filing.instances[0].taxonomy).parameters.values()):
            message(f"there is no parameter {name}: its value is not used")
    message(f"{len(outcomes.assertions)} assertions and formulas, {outcomes.expressions} expressions")
    ctx.exit(FAILED if failed or any(each.severity == "error" for each in outcomes.findings) else OK)


def _write_text(stream: IO[str], result: AssertionResult) -> None:
    if result.text:
        stream.write(f"    test: {' '.join(result.text.split())}\n")
    if result.variables:
        stream.write(f"    variables: {', '.join('$' + name for name in result.variables)}\n")


def _save(instance: Instance, path: Path) -> None:
    """The facts that formulas gave, as a report."""
    from recto.files import write
    from recto.instance.write_xml import to_xml
    from recto.xml import file_url

    write(path, to_xml(instance, base=file_url(path.absolute())))
    message(f"{len(instance.facts)} facts written to {path}")
