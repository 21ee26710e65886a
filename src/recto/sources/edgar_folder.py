"""The documents of a filing's folder on EDGAR, by what describes the folder (sec.gov, Accessing EDGAR Data)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from recto.errors import NotFoundError, RectoError
from recto.patterns import lazy
from recto.sources.candidate import Candidate
from recto.sources.classify import classify
from recto.xml import parse, resolve_url

_PAGE = lazy(r"(R\d+\.(htm|xml)|FilingSummary\.xml|.*-index.*\.html?)\Z", re.IGNORECASE)
_DOCUMENT = (".htm", ".html", ".xhtml", ".xml", ".xbrl")

Read = Callable[[str], bytes]


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
        raise NotFoundError.of(
            "recto:notFound", document=url, what="document: the index of the filing's folder cannot be read"
        ) from None


def _candidates(folder: str, names: list[str], read: Read) -> list[Candidate]:
    found = []
    for name in names:
        url = resolve_url(folder, name)
        candidate = classify(name, url, lambda url=url: read(url))  # type: ignore[misc]
        if candidate is not None:
            found.append(candidate)
    return found
