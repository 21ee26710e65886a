"""EDGAR's index files: all filings of a quarter (`full-index`) or of a day (`daily-index`)."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from datetime import date

from recto.edgar.addresses import WWW
from recto.edgar.listed import ListedFiling
from recto.errors import SourceError

_LINE = re.compile(r"(\d{1,10})\|([^|]*)\|([^|]*)\|(\d{4}-?\d\d-?\d\d)\|(\S+)\s*\Z")
_FILE = re.compile(r"(?:edgar/data/\d+/)(?:\d{18}/)?(\d{10}-\d{2}-\d{6})\.txt\Z")


def full_index_url(year: int, quarter: int, *, xbrl: bool = True) -> str:
    """All filings of a quarter, or those alone that hold XBRL."""
    return f"{WWW}/Archives/edgar/full-index/{year}/QTR{quarter}/{'xbrl' if xbrl else 'master'}.gz"


def daily_index_url(day: date) -> str:
    quarter = (day.month + 2) // 3
    return f"{WWW}/Archives/edgar/daily-index/{day.year}/QTR{quarter}/master.{day:%Y%m%d}.idx"


def feed_url(day: date) -> str:
    """The archive of everything that was filed on a day, one `.nc` submission a member."""
    return f"{WWW}/Archives/edgar/Feed/{day.year}/QTR{(day.month + 2) // 3}/{day:%Y%m%d}.nc.tar.gz"


def read_index(data: bytes, url: str) -> Iterator[ListedFiling]:
    """The filings of an index file (`master` and `xbrl` have one form), packed or not.

    Lines that are none are passed over: a file begins with some. Raises `SourceError` for a file without any filing
    that does not look like an index at all, and for a damaged one.
    """
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"the index is damaged: {error}", code="recto:listing", document=url) from None
    if b"|" not in data[:65536]:
        raise SourceError("this is no index of EDGAR's", code="recto:listing", document=url)
    for line in data.decode("latin-1").splitlines():
        match = _LINE.match(line)
        name = _FILE.search(match[5]) if match else None
        if match and name:
            cik, company, form, filed, _ = match.groups()
            yield ListedFiling(int(cik), company.strip(), form.strip(), date.fromisoformat(filed), name[1])


def quarters(since: date, until: date) -> Iterator[tuple[int, int]]:
    """Year and quarter of each index file from one day to another."""
    year, quarter = since.year, (since.month + 2) // 3
    while (year, quarter) <= (until.year, (until.month + 2) // 3):
        yield year, quarter
        year, quarter = (year, quarter + 1) if quarter < 4 else (year + 1, 1)
