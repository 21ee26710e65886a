"""`recto validate`: what is wrong with a filing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

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
    from recto.rules.registry import RuleSet


FORMATS = ("text", "json", "sarif")
MOST_LINES = 17
"""Findings that are told to people who do not ask for more; with what stands below them, 20 lines at most."""


def _when(rules: RuleSet) -> str:
    if rules.on_request:
        return "; only where asked for by name"
    return "" if rules.regimes is None else f" (regime: {', '.join(sorted(rules.regimes))})"


def _help() -> str:
    from recto.rules.registry import REGISTRY

    width = max(map(len, REGISTRY)) + 2
    lines = (f"  {each.name:{width}}{each.title}" + _when(each) for each in REGISTRY.values())
    first = "Check a filing against the specifications, one finding a line: severity, code, document:line, message."
    return first + "\n\n\b\nNAMES of rules:\n" + "\n".join(lines)


@click.command(help=_help(), short_help="What is wrong with a filing, by the specifications.")
@source_argument
@click.option(
    "--rules",
    metavar="NAMES",
    help="Sets of rules to check, separated by commas (see below); default: those of the report's regime.",
)
@click.option(
    "--to",
    "form",
    type=click.Choice(FORMATS),
    help="How findings are written. Default: by the extension of FILE, else text.",
)
@click.option("-o", "--output", "path", metavar="FILE", help="Write to a file instead of standard output.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Every finding on a line of its own, and as many lines as there are."
)
@click.option(
    "--assertion",
    "only",
    metavar="ID",
    multiple=True,
    help="Of the assertions evaluate only this one, or those of this assertion set. Repeatable.",
)
@instance_option
@source_options
@click.pass_context
def command(
    ctx: click.Context,
    source: str,
    rules: str | None,
    form: str | None,
    path: str | None,
    verbose: bool,
    only: tuple[str, ...],
    others: tuple[str, ...],
    **options: Unpack[SourceOptions],
) -> None:
    from recto.frames.forms import form_of

    form = form_of(path, FORMATS, given=form, default="text")
    chosen = [name.strip() for name in rules.split(",") if name.strip()] if rules else None
    if only:
        from recto.rules.formula import ONLY, unknown

        options["parameters"] = {**options["parameters"], ONLY: ",".join(only)}
    filing = open_filing(source, options)
    if only and (missing := unknown(filing.instances, only)):
        raise UsageError(f"there is no assertion {missing[0]}", document=filing.name)
    further = further_instances(others, options)
    counts = {"error": 0, "warning": 0, "info": 0}
    found = []
    with output(path, form=form) as stream:
        from recto.rules import report

        for finding in filing.validate(chosen, instances=further):
            counts[finding.severity] += 1
            if form == "json":
                import json

                stream.write(json.dumps(report.record(finding), ensure_ascii=False) + "\n")
            else:
                found.append(finding)
        if form == "text":
            from recto.gathering import shortened

            lines, cut = (found, 0) if verbose else shortened(found, MOST_LINES)
            for finding in lines:
                stream.write(report.text(finding) + "\n")
            if cut:
                message(f"… and {cut:,} more: -v tells each")
        elif form == "sarif":
            import json

            import recto

            base = filing.source.base_url
            log = report.sarif(found, version=recto.__version__, base_url=base)
            stream.write(json.dumps(log, ensure_ascii=False, indent=1) + "\n")
    if verbose:
        from recto.rules import REGISTRY, default_rules

        for name in chosen if chosen is not None else default_rules(filing.regime.name):
            for reason in REGISTRY[name].unchecked:
                message(f"not checked ({name}): {reason}")
    message(f"regime: {filing.regime}")
    message(", ".join(f"{number} {name}{'' if number == 1 else 's'}" for name, number in counts.items()))
    ctx.exit(FAILED if counts["error"] else OK)
