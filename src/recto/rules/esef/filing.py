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
from recto.rules.esef.package import is_marked, is_package, is_report, misplaced, pages_of
from recto.rules.esef.report import tell
from recto.xml import Document, parse

if TYPE_CHECKING:
    from recto.filed import Filed

_INLINE: Final = (f"{{{IX}}}nonFraction", f"{{{IX}}}nonNumeric", f"{{{IX_1_0}}}nonFraction", f"{{{IX_1_0}}}nonNumeric")


def filing(filed: Filed) -> Iterator[Finding]:
    """Reports lie in the folder `reports` and are Inline XBRL; a report without it is a single XHTML file."""
    pages = pages_of(filed)
    if is_package(filed):
        yield from _package(filed, pages)
    elif pages and not any(is_marked(filed, name) for name in pages):
        for name in pages:
            document = _parsed(filed, name)
            if document is not None:
                yield from html.active(document)
                yield from html.images(document, filed)
                yield from html.external_styles(document, "4.1.4.externalCssFileForXhtmlDocument")
                yield from html.document_type(document, filed.source.files[name]())


def _package(filed: Filed, pages: list[str]) -> Iterator[Finding]:
    base = filed.source.base_url
    for name in misplaced(filed):
        yield tell("2.6.1.reportIncorrectlyPlacedInPackage", base + name, about=name)
    placed = [name for name in pages if is_report(name)]
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


def _parsed(filed: Filed, name: str) -> Document | None:
    try:
        return parse(filed.source.files[name](), filed.source.base_url + name)
    except RectoError:
        return None
