"""A company's filings as data.sec.gov lists them: `CIK##########.json`, and the older pages that it names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from recto.edgar.addresses import DATA, WWW
from recto.edgar.listed import Company, ListedFiling
from recto.errors import SourceError

BULK = f"{WWW}/Archives/edgar/daily-index/bulkdata/submissions.zip"
"""All of these files in one archive, made anew each night."""


def submissions_url(cik: int) -> str:
    return f"{DATA}/submissions/CIK{cik:010d}.json"


def page_url(name: str) -> str:
    return f"{DATA}/submissions/{name}"


def read_company(
    data: bytes, url: str
) -> tuple[Company, list[ListedFiling], list[tuple[str, date | None, date | None]]]:
    """The company, its newest filings, and its older pages: name, and the days between which they were filed.

    Raises `SourceError` where it is no such file.
    """
    try:
        found = json.loads(data)
        company = Company(
            int(found["cik"]),
            str(found.get("name") or ""),
            tuple(str(each) for each in found.get("tickers") or ()),
            str(found.get("fiscalYearEnd") or ""),
            str(found.get("sic") or ""),
        )
        filings = found["filings"]
        pages = [
            (str(page["name"]), _day(page.get("filingFrom")), _day(page.get("filingTo")))
            for page in filings.get("files") or ()
        ]
        return company, list(_rows(filings["recent"], company)), pages
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(url, error) from None


def read_page(data: bytes, url: str, company: Company) -> list[ListedFiling]:
    """The filings of an older page. Raises `SourceError` where it is no such file."""
    try:
        return list(_rows(json.loads(data), company))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(url, error) from None


def _rows(columns: dict[str, list[Any]], company: Company) -> Iterator[ListedFiling]:
    accessions = columns["accessionNumber"]
    empty: list[Any] = [None] * len(accessions)
    for row in zip(
        accessions,
        columns["form"],
        columns["filingDate"],
        *(
            columns.get(name) or empty
            for name in ("reportDate", "acceptanceDateTime", "primaryDocument", "size", "isXBRL", "isInlineXBRL")
        ),
        strict=True,
    ):
        accession, form, filed, period, accepted, document, size, xbrl, inline = row
        yield ListedFiling(
            company.cik,
            company.name,
            str(form),
            date.fromisoformat(filed),
            str(accession),
            _day(period),
            datetime.fromisoformat(accepted) if accepted else None,
            str(document or "").rpartition("/")[2],
            None if size is None else int(size),
            None if xbrl is None else bool(xbrl),
            None if inline is None else bool(inline),
        )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _unreadable(url: str, error: Exception) -> SourceError:
    return SourceError(f"the list of filings cannot be read: {error}", code="recto:listing", document=url)
