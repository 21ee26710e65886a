"""Packages, and reports in plain XHTML: what is looked at before any instance (Reporting Manual, 2.6 and 4.1; RTS,
Articles 3 and 6).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from recto.errors import RectoError
from recto.findings import Finding
from recto.names import IX, IX_1_0
from recto.rules.esef import html
from recto.rules.esef.report import tell
from recto.sources.classify import classify
from recto.xml import Document, parse

if TYPE_CHECKING:
    from recto.filed import Filed

_PAGES: Final = (".xhtml", ".html", ".htm")
_INLINE: Final = (f"{{{IX}}}nonFraction", f"{{{IX}}}nonNumeric", f"{{{IX_1_0}}}nonFraction", f"{{{IX_1_0}}}nonNumeric")
_METADATA: Final = "META-INF/taxonomyPackage.xml"


def filing(filed: Filed) -> Iterator[Finding]:
    """Reports lie in the folder `reports` and are Inline XBRL; a report without it is a single XHTML file."""
    pages = _pages(filed)
    if _is_package(filed):
        yield from _package(filed, pages)
    elif pages and not any(_marked(filed, name) for name in pages):
        for name in pages:
            document = _parsed(filed, name)
            if document is not None:
                yield from html.active(document)
                yield from html.images(document, filed)
                yield from html.external_styles(document, "4.1.4.externalCssFileForXhtmlDocument")
                yield from html.document_type(document, filed.source.files[name]())


def misplaced(filed: Filed) -> Iterator[str]:
    """Names of reports in a package that are not where software looks for them."""
    if _is_package(filed):
        for name in _pages(filed):
            if not _is_report(name) and _marked(filed, name):
                yield name


def _pages(filed: Filed) -> list[str]:
    return [name for name in filed.source.files if name.lower().endswith(_PAGES)]


def _is_package(filed: Filed) -> bool:
    return any(name.endswith((_METADATA, "META-INF/reportPackage.json")) for name in filed.source.files)


def _package(filed: Filed, pages: list[str]) -> Iterator[Finding]:
    base = filed.source.base_url
    for name in misplaced(filed):
        yield tell("2.6.1.reportIncorrectlyPlacedInPackage", base + name, about=name)
    placed = [name for name in pages if _is_report(name)]
    tagged = set()
    for name in placed:
        document = _parsed(filed, name)
        if document is not None and next(document.root.iter(*_INLINE), None) is not None:
            tagged.add(name)
            if not name.lower().endswith((".xhtml", ".html")):
                yield tell("2.6.1.incorrectFileExtension", base + name, about=name)
    folders = dict.fromkeys(name.rpartition("/")[0] for name in placed if name in tagged)
    if len(folders) > 1:
        about = ", ".join(folders)
        yield tell("2.6.2.reportSetIncorrectlyPlacedInPackage", base + placed[0], about=about)
    if placed and not tagged:
        yield tell("RTS.Art.6.a.noInlineXbrlTags", base + placed[0], about=placed[0])


def _is_report(name: str) -> bool:
    """Whether a file lies in the folder `reports` of the package's top folder, or in one right below that."""
    parts = name.split("/")
    if "reports" not in parts[:2]:
        return False
    return len(parts) - parts.index("reports") <= 3


def _marked(filed: Filed, name: str) -> bool:
    """Whether a page speaks Inline XBRL."""
    try:
        found = classify(name, name, filed.source.files[name])
    except RectoError:
        return False
    return found is not None and found.kind == "inline"


def _parsed(filed: Filed, name: str) -> Document | None:
    try:
        return parse(filed.source.files[name](), filed.source.base_url + name)
    except RectoError:
        return None
