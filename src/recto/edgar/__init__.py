"""EDGAR as a source: companies, their filings, indexes, feeds and archives, by the SEC's own listings.

The room does no input or output of its own: it is given something that fetches a URL (`recto.sources.web.Web`, which
keeps the SEC's manners), and says which URLs there are and what stands there.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recto.edgar.addresses import accession_url, document_url, folder_url, not_under_prefix, submission_base
    from recto.edgar.client import Edgar, Fetcher
    from recto.edgar.listed import Company, ListedFiling
    from recto.edgar.query import Query, parse_query

_HOMES = {
    "Company": "listed",
    "Edgar": "client",
    "Fetcher": "client",
    "ListedFiling": "listed",
    "Query": "query",
    "parse_query": "query",
}
"""Public name → its module, where that is not `addresses`. Imported when first used: most sources are no query."""

__all__ = [
    "Company",
    "Edgar",
    "Fetcher",
    "ListedFiling",
    "Query",
    "accession_url",
    "document_url",
    "folder_url",
    "not_under_prefix",
    "parse_query",
    "submission_base",
]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'recto.edgar' has no attribute {name!r}")
    value: object = getattr(import_module(f"recto.edgar.{_HOMES.get(name, 'addresses')}"), name)
    globals()[name] = value
    return value
