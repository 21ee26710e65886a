"""`recto series`: numbers over time."""

from __future__ import annotations

from typing import Any

import click

from recto.cli._lake import answer, answer_options, frequency_option, lake_option, members_of, version_options


@click.command(short_help="A number of companies over time, out of a lake.")
@click.argument("concept", metavar="CONCEPT")
@click.argument("companies", metavar="COMPANY…", nargs=-1, required=True)
@lake_option
@frequency_option
@click.option(
    "--member", "members", metavar="AXIS=MEMBER", multiple=True, callback=members_of, help="Not totals, but with this."
)
@click.option("--unit", metavar="UNIT", help="Default: the unit that most of the numbers are in.")
@version_options
@answer_options
def command(
    concept: str, companies: tuple[str, ...], lake: str, form: str | None, path: str | None, **options: Any
) -> None:
    """Tell a number of COMPANY over time: CONCEPT is a concept (`us-gaap:Assets`, `Assets`) or a line item (`revenue`,
    `net_income`); COMPANY a ticker, a CIK or a name.

    Quarters and years are those of the company's fiscal years, worked out from the periods of its reports. What was
    never reported (a fourth quarter; quarters of what is reported year to date) is worked out from what was, and says
    so. `recto plot COMPANY CONCEPT --lake DIR` draws it.
    """
    answer(lake, lambda opened: opened.series(concept, companies, **options), form, path)
