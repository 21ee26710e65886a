"""Documents as they were written: every declaration, locator, resource and arc with all attributes, for validation.

The compiled form keeps what the model needs. Here a document is compiled anew from its bytes, and all of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from recto.errors import RectoError
from recto.taxonomy.compiled import ElementRecord, MemoryDocument
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.dts import DTS
from recto.taxonomy.linkbases import RawElement, RawLink
from recto.taxonomy.schemas import compile_document

__all__ = ["RawElement", "RawLink", "complete", "documents", "elements", "links"]


def documents(taxonomy: DTS, *, local: bool = False) -> Iterator[LoadedDocument]:
    """The documents of the DTS, in discovery order; with `local` only the filing's own."""
    for document in taxonomy.members:
        if document.local or not local:
            yield document


def complete(taxonomy: DTS, document: LoadedDocument) -> MemoryDocument:
    """All of a document. Raises `RectoError` where its bytes are no longer to be had."""
    return compile_document(taxonomy.document_tree(document.url), raw=True)


def links(taxonomy: DTS, *, local: bool = False) -> Iterator[tuple[LoadedDocument, RawLink]]:
    """Every extended link, prohibited arcs and unresolvable locators included."""
    for document in documents(taxonomy, local=local):
        if document.compiled.first_link is None:
            continue
        try:
            found = complete(taxonomy, document)
        except RectoError:
            continue
        for link in found.raw_links:
            yield document, cast(RawLink, link)


def elements(taxonomy: DTS, *, local: bool = False) -> Iterator[tuple[LoadedDocument, ElementRecord]]:
    """Every global element declaration, duplicates included."""
    for document in documents(taxonomy, local=local):
        for ordinal in range(document.compiled.element_count):
            yield document, document.compiled.element(ordinal)
