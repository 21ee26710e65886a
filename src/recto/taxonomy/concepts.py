"""Concepts and types of a DTS, each resolved when first asked for, and kept (XBRL 2.1, 5.1.1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from threading import RLock

from recto.names import QName
from recto.taxonomy.declarations import Declarations
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.members import Members
from recto.taxonomy.model import Concept, DataType
from recto.taxonomy.types import TypeTable
from recto.xsd import NUMBERS


class ConceptTable:
    """The concepts and types that a DTS's schemas declare. `lock`: the DTS's, under which each is made once."""

    def __init__(self, members: Members, lock: RLock):
        self._members = members
        self._lock = lock
        self._types = TypeTable(members)
        self._declarations = Declarations(members, self._types)
        self.known: dict[QName, Concept | None] = {}
        """Those that were asked for; None where there is none."""

    def named(self, name: QName) -> Concept | None:
        try:
            return self.known[name]
        except KeyError:
            pass
        with self._lock:
            if name in self.known:
                return self.known[name]
            concept = None
            for document in self._members.schemas_of(name.namespace):
                ordinal = document.compiled.find_element(name.local)
                if ordinal >= 0:
                    concept = self._declarations.concept(document, ordinal, name, document.compiled.element(ordinal))
                    break
            self.known[name] = concept
            return concept

    def declared(self, document: LoadedDocument, ordinal: int) -> Concept | None:
        """The concept that an element declaration stands for: that of its name."""
        record = document.compiled.element(ordinal)
        name = QName(document.namespace or "", record.name)
        concept = self.known.get(name)
        if concept is None:
            if not self._members.alone(document):
                return self.named(name)
            with self._lock:
                concept = self.known.get(name)
                if concept is None:
                    concept = self.known[name] = self._declarations.concept(document, ordinal, name, record)
        return concept

    def all(self) -> Iterator[Concept]:
        """In discovery order; of several declarations of one name the first."""
        for document, ordinal in self._members.elements():
            concept = self.named(QName(document.namespace or "", document.compiled.element(ordinal)[0]))
            if concept is not None and concept.kind != "other" and concept.index == (document.ordinal, ordinal):
                yield concept

    def type(self, name: QName) -> DataType | None:
        with self._lock:
            return self._types.named(name)

    def typed_value(self, clark: str, text: str) -> object:
        """An attribute's value as its declared type compares it (for s-equality; XBRL 2.1, 4.10)."""
        found = self._members.component("attribute", QName.of(clark)) if clark[:1] == "{" else None
        if found is None or not found[1][1].get("type"):
            return text
        declared = self.type(QName.of(found[0].name(found[1][1]["type"])))
        base = declared.xsd_base if declared is not None else ""
        try:
            if base in ("float", "double"):
                return float(text)
            if base in NUMBERS:
                return Decimal(text)
        except (ValueError, InvalidOperation):
            return text
        return text in ("true", "1") if base == "boolean" else text


__all__ = ["ConceptTable"]
