"""What EDGAR's listings say of companies and filings."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from recto.edgar.addresses import WWW


class Company(Struct, frozen=True):
    """A filer. `cik` is its Central Index Key; `fiscal_year_end` is `MMDD`, as EDGAR keeps it."""

    cik: int
    name: str
    tickers: tuple[str, ...] = ()
    fiscal_year_end: str = ""
    sic: str = ""


class ListedFiling(Struct, frozen=True):
    """One filing as a listing describes it; what the listing leaves out is None, or empty."""

    cik: int
    company: str
    form: str
    """`10-K`, `10-K/A`, …"""
    filed: date
    accession: str
    """`0000320193-23-000106`."""
    period: date | None = None
    """Last day of the period of report."""
    accepted: datetime | None = None
    """When EDGAR accepted it; a time without zone is Eastern time, as feeds and headers give it."""
    document: str = ""
    """File name of the primary document."""
    size: int | None = None
    """Bytes of the whole submission."""
    xbrl: bool | None = None
    inline: bool | None = None

    @property
    def url(self) -> str:
        """The full submission file, which holds every document of the filing."""
        return f"{WWW}/Archives/edgar/data/{self.cik}/{self.accession}.txt"

    @property
    def folder(self) -> str:
        """The folder in which EDGAR shows the documents one by one."""
        return f"{WWW}/Archives/edgar/data/{self.cik}/{self.accession.replace('-', '')}/"

    @property
    def source(self) -> str:
        """What `recto.open` and the commands take as a SOURCE."""
        return f"{self.cik}/{self.accession}"


def is_form(form: str, wanted: str) -> bool:
    """Whether a filing's form is meant by `wanted`: itself, or its amendment only where `wanted` ends in `/A`."""
    return form.upper() == wanted.strip().upper()
