"""EDGAR's addresses: accession numbers, filing folders, index and viewer pages (sec.gov, Accessing EDGAR Data)."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from recto.errors import NotFoundError
from recto.xml import resolve_url

WWW = "https://www.sec.gov"
DATA = "https://data.sec.gov"
_ARCHIVES = f"{WWW}/Archives/edgar/data"
_ACCESSION = re.compile(r"(?:(?:edgar/data/)?(\d{1,10})/)?(\d{10})-?(\d{2})-?(\d{6})(?:\.txt)?\Z")
_FOLDER = re.compile(r"(/Archives/edgar/data/\d+/\d{18})/?\Z")
_INDEX = re.compile(r"(/Archives/edgar/data/\d+)/(?:\d{18}/)?(\d{10})-(\d{2})-(\d{6})-index(?:-headers)?\.html?\Z")
_SUBMISSION = re.compile(r"(/Archives/edgar/data/\d+)/(?:\d{18}/)?(\d{10})-(\d{2})-(\d{6})\.txt\Z")


def accession_url(source: str) -> str | None:
    """The full submission file of an accession number (`0000320193-25-000057`); None if `source` is none.

    A filing lies under the CIK of each of its filers. The number's first part is the CIK of whoever sent the filing:
    the filer, or an agent who sent it for the filer. Where it was an agent, the filer's CIK must be given too, as
    EDGAR's own index files write it: `320193/0000320193-25-000057` or `edgar/data/320193/0000320193-25-000057.txt`.
    """
    match = _ACCESSION.match(source.strip())
    if match is None:
        return None
    cik, *number = match.groups()
    return f"{_ARCHIVES}/{int(cik or number[0])}/{'-'.join(number)}.txt"


def not_under_prefix(source: str, url: str) -> NotFoundError:
    """What to tell where the accession number's first part is not the filer's CIK."""
    return NotFoundError(
        f"no filing {source} under the CIK of its first part, which may be a filing agent's: "
        f"give the filer's CIK too, as CIK/{source}",
        document=url,
    )


def document_url(url: str) -> str:
    """The document that a viewer page (`/ix?doc=/Archives/…`, `/ixviewer/…?doc=`) shows; other URLs unchanged."""
    parts = urlsplit(url)
    if parts.hostname in ("www.sec.gov", "sec.gov") and parts.path.rstrip("/").rpartition("/")[2] in ("ix", "ix.html"):
        shown = parse_qs(parts.query).get("doc")
        if shown:
            return resolve_url("https://www.sec.gov/", shown[0])
    return url


def folder_url(url: str) -> str | None:
    """The filing's folder, with a closing slash, where `url` is that folder or its index page."""
    parts = urlsplit(url)
    folder = _FOLDER.match(parts.path)
    if folder is not None:
        return f"{parts.scheme}://{parts.netloc}{folder.group(1)}/"
    index = _INDEX.match(parts.path)
    if index is not None:
        return f"{parts.scheme}://{parts.netloc}{index.group(1)}/{''.join(index.groups()[1:])}/"
    return None


def submission_base(url: str) -> str:
    """The base URL of the documents in a full submission file: the folder where EDGAR shows them one by one."""
    parts = urlsplit(url)
    match = _SUBMISSION.match(parts.path)
    if match is None:
        return url.rpartition("/")[0] + "/"
    return f"{parts.scheme}://{parts.netloc}{match.group(1)}/{''.join(match.groups()[1:])}/"
