"""`recto save`: the whole report in another format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recto.cli._options import open_report, source_argument, source_options
from recto.cli._output import message, remark, summarize
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.saving import Form


@click.command(short_help="The whole report as xBRL-JSON, xBRL-CSV or xBRL-XML.")
@source_argument
@click.option(
    "-o",
    "--output",
    "path",
    metavar="FILE",
    required=True,
    help="The file to write: .json, .csv, .xml, .xbrl, or a report package .zip, .xbr.",
)
@click.option(
    "--as",
    "form",
    type=click.Choice(["json", "csv", "xml"]),
    help="Default: by the extension of FILE; csv for a report package.",
)
@click.option("--force", is_flag=True, help="Save what could be read, even if errors in SOURCE make facts be lost.")
@source_options
def command(source: str, path: str, form: Form | None, force: bool, **options: Any) -> None:
    """Save the report in SOURCE as xBRL-JSON, xBRL-CSV or xBRL-XML.

    xBRL-CSV is a metadata file, FILE with the extension .json, and a table beside it for each shape of facts. A report
    package also holds the filing's own taxonomy documents. What the Open Information Model cannot say (tuples,
    fractions, segments that are no dimensions) is left out with a warning. If anything fails, what FILE held before is
    still there.
    """
    from recto.findings import Findings
    from recto.saving import save

    findings = Findings()
    with progress() as report:
        filing = open_report(source, {**options, "progress": report})
        written = save(filing, path, form, findings=findings, force=force)
    summarize(findings)
    remark(filing.findings)
    for each in written:
        message(str(each))
