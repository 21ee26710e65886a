"""Concepts as their element declarations make them: type, kind, substitution group (XBRL 2.1, 5.1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from weakref import proxy

from recto.names import XBRLDT, XBRLI, QName
from recto.taxonomy.compiled import ABSTRACT, NILLABLE, ElementRecord
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import Concept, ConceptKind, DataType
from recto.taxonomy.types import ANY_TYPE, TypeTable

_HEADS: dict[str, ConceptKind] = {
    f"{{{XBRLI}}}item": "item",
    f"{{{XBRLI}}}tuple": "tuple",
    f"{{{XBRLDT}}}dimensionItem": "dimension",
    f"{{{XBRLDT}}}hypercubeItem": "hypercube",
}


class Schemas(Protocol):
    """What is needed of a DTS."""

    def schemas_of(self, namespace: str) -> Sequence[LoadedDocument]: ...


class Declarations:
    """Makes the concepts of a DTS."""

    def __init__(self, schemas: Schemas, types: TypeTable) -> None:
        self._schemas: Schemas = proxy(schemas)  # a DTS that is let go must not wait for the garbage collector
        self._types = types
        self._kinds: dict[str, ConceptKind] = dict(_HEADS)

    def concept(self, document: LoadedDocument, ordinal: int, name: QName, record: ElementRecord) -> Concept:
        """The concept of a global element declaration, called under the DTS's lock."""
        group = record.substitution_group
        known = document.heads.get(group)
        if known is None:
            head = QName.of(document.name(group))
            known = document.heads[group] = (head, self._kind(head))
        head, kind = known
        others = record.attributes
        return Concept(
            name,
            document.prefix,
            record.id or None,
            document.url,
            record.line,
            (document.ordinal, ordinal),
            kind,
            self._type_of(document, record, name, head),
            head,
            bool(record.flags & ABSTRACT),
            bool(record.flags & NILLABLE),
            record.period_type or None,  # type: ignore[arg-type]
            record.balance or None,  # type: ignore[arg-type]
            self._typed_domain(document, record.typed_domain) if record.typed_domain else None,
            {QName.of(key): value for key, value in others.items() if key[0] == "{"} if others else {},
        )

    def _type_of(
        self, document: LoadedDocument, record: ElementRecord, name: QName, head: QName | None
    ) -> DataType | None:
        written = record.type
        if written:
            if written not in document.types:
                document.types[written] = self._types.named(QName.of(document.name(written)))
            return document.types[written]  # type: ignore[no-any-return]
        if record.definition is not None:
            return self._types.anonymous(record.definition, QName(name.namespace, "#" + name.local), document)
        if head is not None and head is not name:
            return self._type_of_head(head)
        return ANY_TYPE

    def _type_of_head(self, head: QName) -> DataType | None:
        """The type of the nearest head above that gives one (XML Schema 1, 3.3.2)."""
        seen = set()
        at: QName | None = head
        while at is not None and at not in seen:
            seen.add(at)
            for document in self._schemas.schemas_of(at.namespace):
                ordinal = document.compiled.find_element(at.local)
                if ordinal < 0:
                    continue
                record = document.compiled.element(ordinal)
                if record.type or record.definition is not None or not record.substitution_group:
                    return self._type_of(document, record, at, None)
                at = QName.of(document.name(record.substitution_group))
                break
            else:
                return None
        return ANY_TYPE

    def _typed_domain(self, document: LoadedDocument, reference: str) -> str:
        *bases, href = reference.split(" ")
        return document.absolute(tuple(bases), href)

    def _kind(self, head: QName | None) -> ConceptKind:
        """By the head of the chain of substitution groups (XBRL 2.1, 4.6; Dimensions 1.0, 2.2 and 2.3)."""
        if head is None:
            return "other"
        known = self._kinds.get(head.clark)
        if known is None:
            chain: list[str] = []
            at: QName | None = head
            while known is None and at is not None:
                chain.append(at.clark)
                self._kinds[at.clark] = "other"  # a chain that comes back here ends
                at = self._head_of(at)
                known = self._kinds.get(at.clark) if at is not None else None
            known = known or "other"
            self._kinds.update(dict.fromkeys(chain, known))
        return known

    def _head_of(self, name: QName) -> QName | None:
        """The head of the substitution group that an element is declared in."""
        for document in self._schemas.schemas_of(name.namespace):
            ordinal = document.compiled.find_element(name.local)
            if ordinal >= 0:
                group = document.compiled.element(ordinal).substitution_group
                return QName.of(document.name(group)) if group else None
        return None
