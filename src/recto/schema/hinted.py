"""Schemas beyond the DTS that documents point to with xsi:schemaLocation.

Such a hint discovers nothing in XBRL's sense (XBRL 2.1, 3.2), but a validator may use it to find declarations of
elements that are no concepts, such as custom extended links (XML Schema 1.0 part 1, 4.3.2).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from recto.errors import RectoError
from recto.names import QName
from recto.taxonomy.compiled import Tree
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.members import component_in
from recto.taxonomy.schemas import compile_document
from recto.xml import Document

if TYPE_CHECKING:
    from recto.taxonomy.dts import DTS

_DEPTH = 8
Hints = Callable[[], "dict[str, list[str]]"]
"""Gives namespace → URLs, when it is first needed."""


class Schemas:
    """The schemas of a DTS by namespace; those of hints for namespaces that the DTS has none of."""

    def __init__(self, dts: DTS, hints: Hints | None = None):
        self.dts = dts
        self._hints = hints
        self._urls: dict[str, list[str]] | None = None
        self._found: dict[str, Sequence[LoadedDocument]] = {}
        self._loading: set[str] = set()

    def schemas_of(self, namespace: str) -> Sequence[LoadedDocument]:
        found = self.dts.schemas_of(namespace)
        if found or self._hints is None:
            return found
        known = self._found.get(namespace)
        if known is None:
            self._found[namespace] = ()
            self._found[namespace] = known = tuple(self._load(namespace))
        return known

    def component(self, kind: str, name: QName) -> tuple[LoadedDocument, Tree] | None:
        """A global component of any of these schemas."""
        return component_in(self.schemas_of(name.namespace), kind, name.local)

    def _load(self, namespace: str) -> Iterator[LoadedDocument]:
        if self._urls is None:
            assert self._hints is not None
            self._urls = self._hints()
        for url in self._urls.get(namespace, ()):
            yield from self._read(url, namespace, 0)

    def _read(self, url: str, namespace: str, depth: int) -> Iterator[LoadedDocument]:
        if url in self._loading or depth > _DEPTH:
            return
        self._loading.add(url)
        try:
            tree: Document = self.dts.document_tree(url)
        except RectoError:
            return
        compiled = compile_document(tree)
        if compiled.kind != "schema" or (compiled.namespace or "") not in ("", namespace):
            return
        document = LoadedDocument(url, compiled, local=False, ordinal=1 << 29, referenced_from=None)
        yield document
        assert self._urls is not None
        for tag, other, location, bases, _ in compiled.imports:
            if not location:
                continue
            target = document.absolute(bases, location)
            if tag == "import":
                self._urls.setdefault(other or "", []).append(target)
            else:
                yield from self._read(target, namespace, depth + 1)
