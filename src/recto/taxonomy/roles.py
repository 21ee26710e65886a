"""Role types and arcrole types that a DTS declares, and what roles are called (XBRL 2.1, 5.1.3 and 5.1.4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recto.names import ARC_ELEMENT_LABEL, QName
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.labels import GENERIC_LABEL_ROLE, choose
from recto.taxonomy.model import RoleType
from recto.taxonomy.networks import Anchor
from recto.taxonomy.resources import Resources


class DeclaredRoles:
    """The declarations of a DTS's documents, in discovery order. They are all there before anything is asked."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], list[tuple[LoadedDocument, int]]] = {}
        """(`roleType` or `arcroleType`, URI) → (document, ordinal of the declaration)."""

    def include(self, document: LoadedDocument) -> None:
        for ordinal, record in enumerate(document.compiled.role_types):
            self._places.setdefault((record[0], record[1]), []).append((document, ordinal))

    def of(self, tag: str, uri: str) -> Sequence[RoleType]:
        """The declarations of one role; `tag`: `roleType` or `arcroleType`."""
        made = []
        for document, ordinal in self._places.get((tag, uri), ()):
            _, _, identifier, definition, used_on, cycles, line = document.compiled.role_types[ordinal]
            names = tuple(QName.of(each) for each in used_on)
            made.append(RoleType(uri, identifier, definition, names, document.url, line, cycles))
        return tuple(made)

    def all(self) -> Iterator[tuple[str, RoleType]]:
        """Each with its tag, in the order of their first declaration."""
        for tag, uri in self._places:
            for declared in self.of(tag, uri):
                yield tag, declared

    def definition(self, uri: str, languages: Sequence[str], labels: Resources | None) -> str:
        """What a role is called: by a generic label, where `labels` are given; its definition; its URI."""
        declared = self._places.get(("roleType", uri))
        if not declared:
            return uri
        document, ordinal = declared[0]
        _, _, identifier, definition, _, _, _ = document.compiled.role_types[ordinal]
        if identifier and labels is not None:
            anchor = Anchor(document.ordinal, "role", ordinal)
            found = labels.labels_of(document, anchor, identifier, ARC_ELEMENT_LABEL)
            text = choose(found, GENERIC_LABEL_ROLE, languages, None)
            if text is None and found:
                text = found[0].text
            if text is not None and text.strip():
                return text.strip()
        return (definition or "").strip() or uri
