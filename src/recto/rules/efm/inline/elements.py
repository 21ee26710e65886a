"""Inline XBRL elements that EDGAR does not take, prefixes and registries (EDGAR Filer Manual, 5.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from recto.findings import Finding
from recto.names import IX, XHTML, XSI
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm import data
from recto.rules.efm.telling import tell_element
from recto.rules.inline.support import NAMESPACE, files_of
from recto.rules.subject import Subject
from recto.xml import Document

_TRANSFORMATION: Final = lazy(r"https?://www\.(?:xbrl\.org|sec\.gov)/(?:\d{4}/)?inlineXBRL/transformation")
_WITH_SCHEMA: Final = etree.XPath("//@xsi:schemaLocation/parent::*", namespaces={"xsi": XSI})
_HEADER: Final = f"{NAMESPACE}header"
_NONE: Final = lazy(r"display\s*:\s*none", re.IGNORECASE)


@lru_cache(1)
def _registries() -> dict[str, str]:
    """Transformation registries that EDGAR takes, and their prefixes."""
    table: dict[str, str] = data.table("transformations", dict)
    return table


def elements(subject: Subject) -> Iterator[Finding]:
    """Tuples, fractions and targets are not used; headers are not displayed; no schemaLocation."""
    for file in files_of(subject):
        document = file.doc
        for element in document.root.iter(f"{NAMESPACE}*"):
            local = element.tag[len(NAMESPACE) :]
            if local in ("tuple", "fraction"):
                yield tell_element(f"5.02.05.{local}Disallowed", element, document)
            if element.get("target") is not None:
                yield tell_element("5.02.05.targetDisallowed", element, document, target=element.get("target"))
            if element.tag == _HEADER and not _is_hidden(element):
                yield tell_element("5.02.05.headerDisplayNone", element, document)
        for element in _WITH_SCHEMA(document.root):
            yield tell_element("5.02.05.schemaLocationDisallowed", element, document)


def _is_hidden(element: Any) -> bool:
    return any(_NONE.search(outer.get("style") or "") for outer in element.iterancestors())


def prefixes(subject: Subject) -> Iterator[Finding]:
    """XHTML, Inline XBRL and the transformation registries have the prefixes that are customary."""
    for file in files_of(subject):
        document = file.doc
        root = document.root
        bound = {uri: prefix for prefix, uri in root.nsmap.items()}
        for uri, wanted in _customary(bound):
            prefixes = [prefix for prefix, each in root.nsmap.items() if each == uri]
            if wanted not in prefixes and (wanted or uri == XHTML):
                yield tell_element(
                    "5.02.05.standardNamespacePrefix",
                    root,
                    document,
                    about=uri,
                    prefix=prefixes[0] or "",
                    wanted=wanted or "no prefix",
                )
        yield from _formats(document)


def _customary(bound: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Namespaces that a document binds, with the prefix that each should have."""
    table: dict[str, str | None] = {XHTML: None, IX: "ix", **_registries()}
    for uri in bound:
        if uri in table:
            yield uri, table[uri]


def _formats(document: Document) -> Iterator[Finding]:
    """Registries of the formats in use: those that EDGAR takes, under their own prefix."""
    told: set[tuple[str, str]] = set()
    seen: set[str] = set()
    for element in document.root.iter(f"{NAMESPACE}nonFraction", f"{NAMESPACE}nonNumeric"):
        written = element.get("format")
        if not written or written in seen:
            continue
        seen.add(written)
        prefix = written.strip().rpartition(":")[0]
        uri = element.nsmap.get(prefix or None)
        if uri is None or (prefix, uri) in told:
            continue
        told.add((prefix, uri))
        wanted = _registries().get(uri)
        if wanted is None:
            if _TRANSFORMATION.match(uri):
                yield tell_element("5.02.05.12.unsupportedTransformationRegistry", element, document, about=uri)
        elif prefix != wanted and wanted in element.nsmap and element.nsmap[wanted] == uri:
            yield tell_element(
                "5.02.05.standardNamespacePrefix",
                element,
                document,
                about=uri,
                severity="warning",
                prefix=prefix,
                wanted=wanted,
            )


RULES: list[Rule] = [elements, prefixes]
