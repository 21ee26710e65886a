"""The questions of `recto lake`: what is in a lake, and what it tells of companies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recto.cli._lake import answer, answer_options, frequency_option, lake_option, version_options
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.lake import Lake, Result


@click.command(short_help="The companies in a lake.")
@click.argument("words", metavar="[WORDS]", required=False)
@lake_option
@answer_options
def companies(words: str | None, lake: str, form: str | None, path: str | None) -> None:
    """List the companies in a lake; with WORDS, those whose name, ticker or identifier holds them."""
    answer(lake, lambda opened: opened.companies(words), form, path)


@click.command(short_help="The filings in a lake.")
@click.argument("company", metavar="[COMPANY]", required=False)
@lake_option
@click.option("--form", "forms", multiple=True, metavar="FORM", help="Only this form: `10-K`, `10-K/A`. Repeatable.")
@click.option("--since", metavar="DATE", help="Accepted on or after: `2020`, `2020-06`, `2020-06-30`.")
@click.option("--until", metavar="DATE", help="Accepted on or before.")
@answer_options
def filings(
    company: str | None,
    lake: str,
    forms: tuple[str, ...],
    since: str | None,
    until: str | None,
    form: str | None,
    path: str | None,
) -> None:
    """List the filings in a lake, of COMPANY or of all, the newest first."""
    answer(lake, lambda opened: opened.filings(company, form=forms, since=since, until=until), form, path)


@click.command(short_help="What a company reports numbers of.")
@click.argument("company", metavar="COMPANY")
@click.argument("words", metavar="[WORDS]", required=False)
@lake_option
@answer_options
def concepts(company: str, words: str | None, lake: str, form: str | None, path: str | None) -> None:
    """List the concepts that COMPANY reports numbers of; with WORDS, those whose name or label holds them."""
    answer(lake, lambda opened: opened.concepts(company, words), form, path)


@click.command(short_help="Line items that compare: revenue, net income, …")
@click.argument("company", metavar="[COMPANY]", required=False)
@lake_option
@click.option("--filing", "filings_", multiple=True, metavar="KEY", help="Of this filing instead. Repeatable.")
@click.option("--item", "items_", multiple=True, metavar="NAME", help="Only this one. Repeatable. Default: all.")
@frequency_option
@version_options
@answer_options
def items(
    company: str | None,
    lake: str,
    filings_: tuple[str, ...],
    items_: tuple[str, ...],
    form: str | None,
    path: str | None,
    **options: Any,
) -> None:
    """Tell the line items of COMPANY over time, or of filings: revenue, cost, gross profit, operating income, net
    income, earnings per share, assets, cash, debt, equity, cash flows, capital expenditure, shares.

    A table of rules finds them by what a concept is and where it stands in the filing's own trees; `rule` in the
    answer says which. What no rule finds has no value.
    """

    def ask(opened: Lake) -> Result:
        return opened.line_items(company, filing=filings_, items=items_ or None, **options)

    answer(lake, ask, form, path)


@click.command(short_help="A company's statement over many periods.")
@click.argument("company", metavar="COMPANY")
@click.argument("kind", metavar="[KIND]", default="income")
@lake_option
@frequency_option
@click.option("--periods", type=click.IntRange(1), metavar="N", help="Only the latest N.")
@version_options
@answer_options
def statement(company: str, kind: str, lake: str, form: str | None, path: str | None, **options: Any) -> None:
    """Set a statement of COMPANY over many periods, row for row as its newest filing lays it out. KIND is `income` (if
    you leave it out), `balance`, `cash flow`, `equity` or `comprehensive income`.

    Older labels and extensions are matched to the rows. As text the periods stand side by side; other formats have a
    row for each value, with its filing and the way it was matched.
    """
    answer(lake, lambda opened: opened.statement(company, kind, **options), form, path)


@click.command(short_help="One number of all companies in a year.")
@click.argument("concept", metavar="CONCEPT")
@click.argument("year", metavar="YEAR", type=int)
@lake_option
@click.option("--period", metavar="P", default="FY", help="`Q1` to `Q4`, `T` (a transition period). Default: FY.")
@click.option("--company", "companies_", multiple=True, metavar="COMPANY", help="Only this one. Repeatable.")
@click.option("--unit", metavar="UNIT", help="Default: the unit that most of a company's numbers are in.")
@version_options
@answer_options
def peers(
    concept: str,
    year: int,
    lake: str,
    companies_: tuple[str, ...],
    form: str | None,
    path: str | None,
    **options: Any,
) -> None:
    """Tell CONCEPT (`us-gaap:Assets`, or a line item: `revenue`) of all companies for the fiscal year YEAR, each one's
    own, the greatest first.
    """
    answer(lake, lambda opened: opened.peers(concept, year, companies=companies_ or None, **options), form, path)


@click.command(short_help="What happened after the end of the periods.")
@click.argument("company", metavar="[COMPANY]", required=False)
@lake_option
@click.option("--words", metavar="WORDS", help="Only notes that hold all of them.")
@click.option("--since", metavar="DATE", help="Accepted on or after: `2020`, `2020-06`, `2020-06-30`.")
@click.option("--until", metavar="DATE", help="Accepted on or before.")
@answer_options
def events(company: str | None, lake: str, form: str | None, path: str | None, **options: Any) -> None:
    """Tell the subsequent events of COMPANY, or of all companies, the latest first."""
    answer(lake, lambda opened: opened.subsequent_events(company, **options), form, path)


@click.command(short_help="Numbers that a later filing tells otherwise.")
@click.argument("company", metavar="[COMPANY]", required=False)
@lake_option
@click.option("--concept", metavar="NAME", help="Only of this concept: `us-gaap:Assets`.")
@answer_options
def restatements(company: str | None, lake: str, concept: str | None, form: str | None, path: str | None) -> None:
    """Tell the numbers that a later filing tells otherwise than an earlier one, beyond rounding, with both filings."""
    answer(lake, lambda opened: opened.restatements(company, concept=concept), form, path)


@click.command(short_help="Text blocks by words.")
@click.argument("words", metavar="WORDS")
@lake_option
@click.option("--company", metavar="COMPANY", help="Only of this company.")
@click.option("--concept", metavar="NAME", help="Only of this concept: `us-gaap:DebtDisclosureTextBlock`.")
@click.option("--form", "filed_as", metavar="FORM", help="Only in this form: `10-K`.")
@click.option("--since", metavar="DATE", help="Accepted on or after: `2020`, `2020-06`, `2020-06-30`.")
@click.option("--until", metavar="DATE", help="Accepted on or before.")
@click.option("--limit", type=click.IntRange(1), default=20, metavar="N", help="The best N. Default: 20.")
@answer_options
def search(words: str, lake: str, filed_as: str | None, form: str | None, path: str | None, **options: Any) -> None:
    """Find the text blocks that hold all WORDS, the best first. `"two words"` is a phrase, `-word` leaves out, `OR`
    stands between alternatives. The index beside the tables takes in first what is new in the lake.
    """

    def ask(opened: Lake) -> Result:
        with progress() as told:
            return opened.search(words, form=filed_as, progress=told, **options)

    answer(lake, ask, form, path)


@click.command(short_help="The SEC's data sets, made of a lake.")
@click.argument("name", metavar="NAME", type=click.Choice(["statements", "notes"]))
@lake_option
@click.option("-o", "--output", "folder", metavar="DIR", required=True, help="The folder to write to.")
@click.option("--company", metavar="COMPANY", help="Only filings of this company.")
@click.option("--form", "forms", multiple=True, metavar="FORM", help="Only this form: `10-K`. Repeatable.")
@click.option("--since", metavar="DATE", help="Accepted on or after: `2020`, `2020-06`, `2020-06-30`.")
@click.option("--until", metavar="DATE", help="Accepted on or before.")
def export(name: str, lake: str, folder: str, forms: tuple[str, ...], **options: Any) -> None:
    """Write filings as the SEC's Financial Statement Data Sets (`statements`: sub, num, tag, pre) or as its Financial
    Statement and Notes set (`notes`: with dim, txt, ren, cal), with its names and types of columns.

    `load.sql` beside the files loads them into DuckDB.
    """
    from recto.lake import Lake

    with Lake(lake) as opened, progress() as told:
        done = opened.export(name, folder, form=forms, progress=told, **options)
    click.echo(f"{done.filings:,} filings, in {done.folder}")
    for table, count in done.rows.items():
        click.echo(f"{table:<4} {count:>12,} rows")


QUESTIONS = (export, companies, filings, concepts, items, statement, peers, events, restatements, search)
