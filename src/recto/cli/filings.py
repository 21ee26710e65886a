"""`recto filings`: a company's filings on EDGAR."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recto.cli._output import echo, message, output

if TYPE_CHECKING:
    from recto.edgar import ListedFiling

_COLUMNS = ("filed", "form", "period", "accession", "cik", "company", "accepted", "document", "size", "xbrl", "inline")


@click.command(short_help="A company's filings on EDGAR.")
@click.argument("company", metavar="COMPANY")
@click.option("--form", "forms", multiple=True, metavar="FORM", help="Only this form: `10-K`, `10-K/A`. Repeatable.")
@click.option("--since", metavar="DATE", help="Filed on or after: `2020`, `2020-06`, `2020-06-30`.")
@click.option("--until", metavar="DATE", help="Filed on or before.")
@click.option("--xbrl", is_flag=True, help="Only filings that hold XBRL.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="The newest N.")
@click.option("--to", "form_", type=click.Choice(["text", "csv", "json"]), default="text", help="Default: text.")
@click.option("--bulk", metavar="FILE", help="Read the SEC's `submissions.zip` in place of asking data.sec.gov.")
@click.option("--cache-dir", metavar="DIR", help="Where listings are kept (or set RECTO_CACHE_DIR).")
@click.option("--offline", flag_value=True, default=None, help="Ask nothing of EDGAR (or set RECTO_OFFLINE=1).")
def command(
    company: str,
    forms: tuple[str, ...],
    since: str | None,
    until: str | None,
    xbrl: bool,
    limit: int | None,
    form_: str,
    bulk: str | None,
    cache_dir: str | None,
    offline: bool | None,
) -> None:
    """List the filings of COMPANY (a ticker, a CIK or a name) on EDGAR, the newest first.

    The SEC asks who you are: set RECTO_IDENTITY to your name and e-mail address.
    A line's last column is a SOURCE for the other commands; `AAPL 10-K` and `AAPL 10-K 2023` are, too.
    """
    from recto.sources.listing import filings

    found = filings(
        company,
        form=forms,
        since=since,
        until=until,
        xbrl=xbrl,
        cache_dir=cache_dir,
        offline=offline,
        bulk=bulk,
    )[:limit]
    if form_ == "text":
        for each in found:
            flag = "inline" if each.inline else "XBRL" if each.xbrl else ""
            period = str(each.period or "")
            echo(f"{each.filed}  {each.form:<10} {period:<10}  {flag:<6}  {each.source}")
        if not found:
            message("EDGAR lists no such filing")
        return
    with output(None) as stream:
        if form_ == "csv":
            from recto.cells import CellWriter

            writer = CellWriter(stream)
            writer.writerow([*_COLUMNS, "source", "url"])
            writer.writerows([*_values(each), each.source, each.url] for each in found)
            return
        import json

        for each in found:
            row = dict(zip(_COLUMNS, _values(each), strict=True), source=each.source, url=each.url)
            stream.write(json.dumps(row, default=str, ensure_ascii=False) + "\n")


def _values(filing: ListedFiling) -> list[object]:
    return [getattr(filing, name) for name in _COLUMNS]
