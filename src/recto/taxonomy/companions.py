"""Companion linkbases: documentation and references of standard concepts, which no schema refers to.

Source: rendering.md 1.4.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from recto.patterns import lazy
from recto.taxonomy.discovery import LoadedDocument
from recto.xml import resolve_url


class _Exists(Protocol):
    def exists(self, url: str) -> bool: ...


_SEC = lazy(r"https?://xbrl\.sec\.gov/(?P<token>[^/]+)/(?P<year>20\d\d)[^/]*/(?P<file>(?P=token)-[^/]*?)\.xsd\Z")
_DATED = lazy(r"(?P<stem>.*?)-(?P<version>\d{4}(?:-\d\d-\d\d)?)\.xsd\Z")
_XBRL_US_GAAP = lazy(r"https?://(?:taxonomies\.)?xbrl\.us/.*/us-gaap-[^/]*\.xsd\Z")
"""Of the years before FASB published it; the SEC's renderer looks for companions of its dei only."""
_IFRS = lazy(r"full_ifrs-cor_(?P<date>\d{4}-\d\d-\d\d)\.xsd\Z")
_BOTH = ("doc", "ref")
_SEC_KINDS: dict[str, tuple[str, ...]] = {
    "cef": ("ref",),
    "rxp": ("ref",),
    "country": ("doc",),
    "naics": ("doc",),
    "sic": ("doc",),
    "snj": ("doc",),
    "exch": ("doc",),
    "currency": (),
    "ecd": (),
    "oef": (),
    "shr": (),
}
_SEC_KINDS_OF_YEARS: dict[tuple[str, str], tuple[str, ...]] = {
    **{("exch", year): _BOTH for year in ("2021", "2022", "2023")},
    ("vip", "2022"): ("ref",),
}
_SEC_STYLE_FROM = 2021
_STANDARDS = tuple(
    f"{series}_{number}"
    for series, numbers in (
        ("ias", (1, 2, 7, 8, 10, 11, 12, *range(16, 22), 23, 24, 26, 27, 28, 29, *range(32, 35), *range(36, 42))),
        ("ifrs", range(1, 20)),
        ("ifric", (1, 2, 5, 6, 7, 10, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23)),
        ("sic", (7, 10, 13, 15, 25, 27, 29, 31, 32)),
    )
    for number in numbers
)


def companion_urls(
    documents: Iterable[LoadedDocument], namespaces_with_facts: Collection[str], resolver: _Exists
) -> list[str]:
    """Companions of the standard schemas whose namespace has facts, as far as they exist: for `Documentation`.

    A namespace without facts gets none; its concepts then show no definition, as on the SEC's pages.
    """
    urls: dict[str, None] = {}
    for document in documents:
        if document.local or document.namespace not in namespaces_with_facts:
            continue
        for url in _candidates(document.url):
            if url not in urls and resolver.exists(url):
                urls[url] = None
    return list(urls)


def _candidates(url: str) -> Iterator[str]:
    sec = _SEC.match(url)
    if sec is not None and int(sec["year"]) >= _SEC_STYLE_FROM:
        usual = _SEC_KINDS.get(sec["token"], _BOTH)
        for kind in _SEC_KINDS_OF_YEARS.get((sec["token"], sec["year"]), usual):
            yield resolve_url(url, f"{sec['file']}_{kind}.xsd")
        return
    name = url.rpartition("/")[2]
    ifrs = _IFRS.match(name)
    if ifrs is not None:
        date = ifrs["date"]
        yield resolve_url(url, f"labels/doc_full_ifrs-en_{date}.xml")
        for standard in _STANDARDS:
            yield resolve_url(url, f"linkbases/{standard}/ref_{standard}_{date}.xml")
        return
    dated = _DATED.match(name)
    if dated is not None and _XBRL_US_GAAP.match(url) is None:
        for kind in _BOTH:
            yield resolve_url(url, f"{dated['stem']}-{kind}-{dated['version']}.xml")
