"""The documents of a DTS: schemas by their target namespaces, and what each declares (XBRL 2.1, 3.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from recto.names import QName
from recto.taxonomy.builtin import core_schema, core_url
from recto.taxonomy.compiled import Tree
from recto.taxonomy.discovery import Discovery, LoadedDocument
from recto.taxonomy.model import DocumentInfo


class Members:
    """The loaded documents in discovery order. They are all there before anything is asked."""

    def __init__(self, discovery: Discovery):
        self.discovery = discovery
        """How they were found; nothing is added to it."""
        self.all: list[LoadedDocument] = []
        self._schemas: dict[str, list[LoadedDocument]] = {}
        self._built_in: dict[str, LoadedDocument] = {}
        self._infos: dict[str, DocumentInfo] | None = None

    def include(self, document: LoadedDocument) -> None:
        """Takes in a document that discovery has just loaded."""
        self.all.append(document)
        if document.compiled.kind == "schema":
            self._schemas.setdefault(document.namespace or "", []).append(document)

    def release(self) -> None:
        """Lets go of what the documents hold open."""
        for document in self.all:
            document.release()

    @property
    def infos(self) -> Mapping[str, DocumentInfo]:
        """By URL; what is neither schema nor linkbase is left out."""
        if self._infos is None:
            found = {
                document.url: document.info for document in reversed(self.all) if document.compiled.kind != "other"
            }
            self._infos = dict(reversed(found.items()))
        return self._infos

    def tree(self, url: str) -> Any:
        """The document at `url`, parsed anew (a `recto.xml.Document`). Raises `RectoError` where it cannot be read."""
        from recto.xml import parse

        return parse(self.discovery.resolver.read(url), url)

    def schemas_of(self, namespace: str) -> Sequence[LoadedDocument]:
        """The schemas of a target namespace in discovery order; the built-in one where the DTS has none."""
        schemas = self._schemas.get(namespace)
        if schemas is not None:
            return schemas
        document = self._built_in.get(namespace)
        if document is None:
            core = core_schema(namespace)
            if core is None:
                return ()
            url = core_url(namespace) or namespace
            document = self._built_in.setdefault(
                namespace, LoadedDocument(url, core, local=False, ordinal=1 << 30, referenced_from=None)
            )
        return (document,)

    def alone(self, document: LoadedDocument) -> bool:
        """Whether the document is the only schema of its target namespace."""
        return self._schemas.get(document.namespace or "") == [document]

    def namespaces(self) -> Sequence[str]:
        return tuple(namespace for namespace in self._schemas if namespace)

    def prefixes(self) -> Mapping[str, str]:
        bound: dict[str, str] = {}
        for document in self.all:
            if document.compiled.kind == "schema":
                for prefix, namespace in document.compiled.prefixes.items():
                    if prefix:
                        bound.setdefault(prefix, namespace)
        return bound

    def elements(self) -> Iterator[tuple[LoadedDocument, int]]:
        """`(document, ordinal)` of every global element declaration, duplicates included."""
        for document in self.all:
            if document.compiled.kind == "schema":
                for ordinal in range(document.compiled.element_count):
                    yield document, ordinal

    def lacks(self, namespace: str) -> bool:
        missing = self.discovery.missing
        return bool(missing) and not self.schemas_of(namespace) and any(not url.endswith(".xml") for url in missing)

    def component(self, kind: str, name: QName) -> tuple[LoadedDocument, Tree] | None:
        """A global schema component (complexType, simpleType, group, attributeGroup, attribute) as a tree."""
        return component_in(self.schemas_of(name.namespace), kind, name.local)

    def at(self, url: str) -> LoadedDocument | None:
        """The document that discovery has found for a URL."""
        return self.discovery.by_key.get(self.discovery.key(url))

    def number(self, ordinal: int) -> LoadedDocument | None:
        """The document with that place in discovery order; None for what is built in."""
        order = self.discovery.order
        return order[ordinal] if ordinal < len(order) else None


__all__ = ["Members"]


def component_in(schemas: Iterable[LoadedDocument], kind: str, local: str) -> tuple[LoadedDocument, Tree] | None:
    """The first component of a kind and local name that one of the schemas of a namespace declares."""
    for document in schemas:
        tree = document.compiled.component(kind, local)
        if tree is not None:
            return document, tree
    return None
