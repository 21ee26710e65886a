"""EDGAR as a source: companies, their filings, indexes, feeds and archives, by the SEC's own listings.

The room does no input or output of its own: it is given something that fetches a URL (`recto.sources.web.Web`, which
keeps the SEC's manners), and says which URLs there are and what stands there.
"""

from recto.edgar.addresses import accession_url, document_url, folder_url, not_under_prefix, submission_base
from recto.edgar.client import Edgar, Fetcher
from recto.edgar.listed import Company, ListedFiling
from recto.edgar.query import Query, parse_query

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
