"""EDGAR's addresses: accession numbers, filing folders, index and viewer pages (sec.gov, Accessing EDGAR Data)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from recto.errors import NotFoundError, RectoError
from recto.sources.classify import Candidate, classify
from recto.xml import parse, resolve_url

_ARCHIVES = "https://www.sec.gov/Archives/edgar/data"
_ACCESSION = re.compile(r"(?:(?:edgar/data/)?(\d{1,10})/)?(\d{10})-?(\d{2})-?(\d{6})(?:\.txt)?\Z")
_FOLDER = re.compile(r"(/Archives/edgar/data/\d+/\d{18})/?\Z")
_INDEX = re.compile(r"(/Archives/edgar/data/\d+)/(?:\d{18}/)?(\d{10})-(\d{2})-(\d{6})-index(?:-headers)?\.html?\Z")
_SUBMISSION = re.compile(r"(/Archives/edgar/data/\d+)/(?:\d{18}/)?(\d{10})-(\d{2})-(\d{6})\.txt\Z")
_PAGE = re.compile(r"(R\d+\.(htm|xml)|FilingSummary\.xml|.*-index.*\.html?)\Z", re.IGNORECASE)
_DOCUMENT = (".htm", ".html", ".xhtml", ".xml", ".xbrl")

Read = Callable[[str], bytes]


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


def folder_candidates(folder: str, read: Read) -> tuple[list[str], list[Candidate]]:
    """Names of a filing's documents, and those among them that may be entries.

    `FilingSummary.xml` names the instances of rendered filings; without it, every document that `index.json` lists
    is looked at. Raises `NotFoundError` where neither is to be had.
    """
    names = _summary_instances(folder, read)
    if names:
        return names, _candidates(folder, names, read)
    listed = _listed(folder, read)
    wanted = [name for name in listed if name.lower().endswith(_DOCUMENT) and not _PAGE.match(name)]
    return listed, _candidates(folder, wanted, read)


def _summary_instances(folder: str, read: Read) -> list[str]:
    url = folder + "FilingSummary.xml"
    try:
        root = parse(read(url), url).root
    except RectoError:
        return []
    found = []
    for file in root.iterfind("InputFiles/File"):
        if file.get("doctype") is not None:
            found.append((file.get("original") or file.text or "").strip())
    return [name for name in dict.fromkeys(found) if name and "/" not in name]


def _listed(folder: str, read: Read) -> list[str]:
    url = folder + "index.json"
    try:
        items = json.loads(read(url))["directory"]["item"]
        return [str(item["name"]) for item in items]
    except (ValueError, KeyError, TypeError):
        raise NotFoundError("the index of the filing's folder cannot be read", document=url) from None


def _candidates(folder: str, names: list[str], read: Read) -> list[Candidate]:
    found = []
    for name in names:
        url = resolve_url(folder, name)
        candidate = classify(name, url, lambda url=url: read(url))  # type: ignore[misc]
        if candidate is not None:
            found.append(candidate)
    return found
