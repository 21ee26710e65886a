"""Questions to EDGAR: which company, which filings."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Protocol

from recto.edgar import companies, feeds, indexes, submissions
from recto.edgar.listed import Company, ListedFiling, is_form
from recto.edgar.query import Query, choose, day
from recto.errors import NotFoundError, SourceError, UsageError

Progress = Callable[[int, int, str], None]
Day = str | int | date | None
"""A day, or `2020`, `2020-06`, `2020-06-30`: the first day of it as a beginning, the last as an end."""


class Fetcher(Protocol):
    """What fetches: `recto.sources.web.Web`, or whatever answers like it."""

    def fetch(self, url: str) -> bytes: ...

    def download(self, url: str, path: Path, progress: Progress | None = None) -> Path: ...


class Edgar:
    """EDGAR's listings, asked through `fetcher`. `bulk` is a `submissions.zip`, read in place of data.sec.gov.

    Raises `SourceError` where `bulk` is no such file. Every method raises `NotFoundError` for what EDGAR does not
    have, and `SourceError` where a listing cannot be had or read.
    """

    def __init__(self, fetcher: Fetcher, *, bulk: str | Path | None = None):
        self._fetcher = fetcher
        try:
            self._bulk = zipfile.ZipFile(bulk) if bulk is not None else None
        except (zipfile.BadZipFile, OSError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SourceError(f"cannot be read: {reason}", code="recto:archive", document=str(bulk)) from None

    def company(self, text: str) -> Company:
        """The company of a ticker, a CIK or a name. Raises `UsageError` where a name is that of several."""
        cik = companies.cik_of(text)
        if cik is None:
            listed = companies.read_tickers(self._fetcher.fetch(companies.TICKERS))
            found = companies.find_by_ticker(listed, text)
            if found is not None:
                return found
            named = companies.find_by_name(((each.name, each.cik) for each in listed), text)
            if named is None:
                names = companies.read_names(self._fetcher.fetch(companies.NAMES))
                named = companies.find_by_name(names, text)
            if named is None:
                raise companies.no_company(text)
            cik = named[1]
        try:
            return self._submissions(cik)[0]
        except NotFoundError as error:
            raise error if error.code == "recto:offline" else companies.no_company(text) from None

    def filings(
        self,
        company: str | Company,
        *,
        forms: Iterable[str] = (),
        since: Day = None,
        until: Day = None,
        xbrl: bool = False,
    ) -> list[ListedFiling]:
        """A company's filings, the newest first: of these forms, filed in these days, with XBRL only if `xbrl`."""
        first, last = _days(since, until)
        found = self.company(company) if isinstance(company, str) else company
        _, listed, pages = self._submissions(found.cik)
        for name, begin, end in pages:
            if (first is None or end is None or end >= first) and (last is None or begin is None or begin <= last):
                url = submissions.page_url(name)
                listed += submissions.read_page(self._read(name, url), url, found)
        return choose(_matching(dict.fromkeys(listed), list(forms), first, last, xbrl), "")

    def newest(self, query: Query) -> ListedFiling:
        """The newest filing that a query (`AAPL 10-K 2023`) means, among those with XBRL where there are such."""
        found = choose(self.filings(query.company, forms=[query.form]), query.when)
        if not found:
            when = f" of {query.when}" if query.when else ""
            raise NotFoundError(f"EDGAR lists no {query.form}{when} of {query.company}", code="recto:noFiling")
        return next((each for each in found if each.xbrl), found[0])

    def index(
        self, since: Day, until: Day = None, *, forms: Iterable[str] = (), xbrl: bool = True
    ) -> Iterator[ListedFiling]:
        """Filings of all companies between two days, from the index files of their quarters; the oldest first."""
        first, last = _days(since, until)
        if first is None:
            raise UsageError("an index needs a day to begin with")
        last = last or date.today()
        wanted = list(forms)
        for year, quarter in indexes.quarters(first, last):
            url = indexes.full_index_url(year, quarter, xbrl=xbrl)
            rows = list(indexes.read_index(self._fetcher.fetch(url), url))
            yield from sorted(_matching(rows, wanted, first, last, False), key=lambda each: each.filed)

    def daily(self, day_: date, *, forms: Iterable[str] = ()) -> list[ListedFiling]:
        """All filings of a day, from its index file."""
        url = indexes.daily_index_url(day_)
        return list(_matching(indexes.read_index(self._fetcher.fetch(url), url), list(forms), None, None, False))

    def latest(self, *, forms: Iterable[str] = ()) -> list[ListedFiling]:
        """The last two hundred filings with financial statements in XBRL, the newest first."""
        return self._feed(feeds.LATEST, forms)

    def month(self, year: int, month: int, *, forms: Iterable[str] = ()) -> list[ListedFiling]:
        """All XBRL filings of a month, the newest first."""
        return self._feed(feeds.monthly_url(year, month), forms)

    def bulk_submissions(self, folder: Path, progress: Progress | None = None) -> Path:
        """Fetches `submissions.zip` (over 1 GB) into a folder: the lists of all companies, for `Edgar(bulk=…)`."""
        return self._fetcher.download(submissions.BULK, folder / "submissions.zip", progress)

    def archive(self, day_: date, folder: Path, progress: Progress | None = None) -> Path:
        """Fetches the archive of all that was filed on a day into a folder; `feeds.read_archive` reads it."""
        return self.download(indexes.feed_url(day_), folder, progress)

    def download(self, url: str, folder: Path, progress: Progress | None = None) -> Path:
        """Fetches an archive into a folder, under its own name; one that never changes is kept for good."""
        return self._fetcher.download(url, folder / url.rpartition("/")[2], progress)

    def _feed(self, url: str, forms: Iterable[str]) -> list[ListedFiling]:
        return list(_matching(feeds.read_feed(self._fetcher.fetch(url), url), list(forms), None, None, False))

    def _submissions(self, cik: int) -> tuple[Company, list[ListedFiling], list[tuple[str, date | None, date | None]]]:
        url = submissions.submissions_url(cik)
        return submissions.read_company(self._read(f"CIK{cik:010d}.json", url), url)

    def _read(self, member: str, url: str) -> bytes:
        if self._bulk is None:
            return self._fetcher.fetch(url)
        try:
            return self._bulk.read(member)
        except KeyError:
            raise NotFoundError(f"submissions.zip has no {member}", document=url) from None
        except (zipfile.BadZipFile, OSError, EOFError) as error:
            raise SourceError(f"submissions.zip is damaged: {error}", code="recto:archive", document=url) from None


def _days(since: Day, until: Day) -> tuple[date | None, date | None]:
    try:
        return day(since), day(until, end=True)
    except ValueError:
        raise UsageError("a day is written 2020, 2020-06 or 2020-06-30") from None


def _matching(
    filings: Iterable[ListedFiling], forms: list[str], first: date | None, last: date | None, xbrl: bool
) -> Iterator[ListedFiling]:
    for each in filings:
        if (
            (not forms or any(is_form(each.form, form) for form in forms))
            and (first is None or each.filed >= first)
            and (last is None or each.filed <= last)
            and (not xbrl or each.xbrl)
        ):
            yield each
