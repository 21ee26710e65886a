"""Labels and references of concepts and roles, looked up when first asked for (XBRL 2.1, 5.2.2 and 5.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from weakref import proxy

from recto.names import ARC_CONCEPT_LABEL, ARC_CONCEPT_REFERENCE, ROLE_LABEL, QName
from recto.taxonomy.compiled import CompiledDocument, Row
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.labels import DEFAULT_LANGUAGES, choose
from recto.taxonomy.model import Concept, Label, Reference
from recto.taxonomy.networks import Anchor, Arc, effective

if TYPE_CHECKING:
    from recto.taxonomy.networks import ArcInfo


class Home(Protocol):
    """Whose labels and references they are: a DTS, or what stands beside it."""

    def settle(self) -> None: ...
    def info(self, document: LoadedDocument, ordinal: int) -> ArcInfo: ...
    def node_target(self, document: LoadedDocument, node: int) -> Any: ...
    def document_of(self, anchor: Anchor) -> LoadedDocument: ...
    def document_number(self, ordinal: int) -> LoadedDocument | None: ...


class Resources:
    """Finds the labels and references of one DTS, and keeps those that were asked for.

    Many threads may ask: what two of them find at once is equal, and either may stay.
    """

    def __init__(self, dts: Home):
        self._dts: Home = proxy(dts)  # a DTS that is let go must not wait for the garbage collector
        self._places: dict[tuple[LoadedDocument, str], list[LoadedDocument]] = {}
        """(schema, arcrole) → documents with label or reference arcs from what the schema declares."""
        self._labels: dict[Concept, tuple[Label, ...]] = {}
        self._chosen: dict[tuple[Concept, str, Sequence[str], str | None], str | None] = {}
        self._references: dict[Concept, tuple[Reference, ...]] = {}
        self._parts: dict[tuple[tuple[str, str], ...], tuple[tuple[QName, str], ...]] = {}
        """Parts of references as written → with names; many references have equal ones."""
        self._pairs: dict[tuple[str, str], tuple[QName, str]] = {}
        """The same of single parts."""

    def include(self, document: LoadedDocument, arcroles: Iterable[str]) -> None:
        """Takes in a document that has arcs of these arcroles to labels or references."""
        for arcrole in arcroles:
            for target in dict.fromkeys(document.targets):
                if target is not None:
                    self._places.setdefault((target, arcrole), []).append(document)

    def include_all(self, other: Resources) -> None:
        """Takes in all documents that another has."""
        for key, documents in other._places.items():
            self._places.setdefault(key, []).extend(documents)

    def labels(self, concept: Concept) -> Sequence[Label]:
        known = self._labels.get(concept)
        if known is None:
            document = self._home(concept)
            known = self.labels_of(document, concept, concept.id, ARC_CONCEPT_LABEL) if document else ()
            self._labels[concept] = known
        return known

    def label(
        self,
        concept: Concept,
        role: str = ROLE_LABEL,
        languages: Sequence[str] = DEFAULT_LANGUAGES,
        link_role: str | None = None,
    ) -> str | None:
        key = (concept, role, tuple(languages), link_role)
        try:
            return self._chosen[key]
        except KeyError:
            text = self._chosen[key] = choose(self.labels(concept), role, languages, link_role)
            return text

    def references(self, concept: Concept) -> Sequence[Reference]:
        known = self._references.get(concept)
        if known is None:
            document = self._home(concept)
            pairs = self._pairs
            made = []
            for arc in self._arcs_from(document, concept, concept.id, ARC_CONCEPT_REFERENCE) if document else ():
                home, record, line = self._resource(arc)
                name, role, language, text, identifier, written = record
                parts = self._parts.get(written)
                if parts is None:
                    parts = self._parts[written] = tuple([pairs.get(pair) or self._pair(pair) for pair in written])
                made.append(
                    Reference(
                        QName.of(name),
                        role,
                        language,
                        text,
                        arc.role,
                        identifier,
                        home.url,
                        line,
                        parts,
                        arc.line,
                    )
                )
            made.sort(key=lambda reference: reference.arc_line)
            known = self._references[concept] = tuple(made)
        return known

    def _pair(self, written: tuple[str, str]) -> tuple[QName, str]:
        name, value = written
        return self._pairs.setdefault(written, (QName.of(name), value))

    def _home(self, concept: Concept) -> LoadedDocument | None:
        return self._dts.document_number(concept.index[0])

    def labels_of(
        self, document: LoadedDocument, source: Any, identifier: str | None, arcrole: str
    ) -> tuple[Label, ...]:
        """The labels of what a document declares under an id (a concept, or a role's anchor), by priority."""
        labels = []
        for arc in self._arcs_from(document, source, identifier, arcrole):
            home, record, line = self._resource(arc)
            name, role, language, text, own_id, _ = record
            labels.append(
                Label(QName.of(name), role, language, text, arc.role, own_id, home.url, line, arc.info.priority)
            )
        if len(labels) > 1:
            labels.sort(key=_descending_priority)
        return tuple(labels)

    def _resource(self, arc: Arc[Anchor]) -> tuple[LoadedDocument, Any, int]:
        number, _, ordinal, _ = arc.target
        home: LoadedDocument = arc.document
        if home.ordinal != number:
            home = self._dts.document_of(arc.target)
        compiled = home.compiled
        return home, compiled.resource(ordinal), compiled.resource_line(ordinal)

    def _arcs_from(self, document: LoadedDocument, source: Any, identifier: str | None, arcrole: str) -> list[Arc[Any]]:
        """Effective arcs from one thing to resources, over all link roles, by order, then as they stand."""
        arcs: list[Arc[Any]] = []
        dts = self._dts
        dts.settle()
        for place in self._places.get((document, arcrole), ()):
            compiled, variants, targets, ordinal = place.compiled, place.variants, place.targets, place.ordinal
            links = compiled.links
            rows = compiled.arcs_from(identifier) if identifier else ()
            if compiled.odd_nodes:
                rows = sorted({*rows, *self._odd_arcs(place, source)})
            for number, part, (start, end, variant, line) in rows:
                info = variants.get(variant) or dts.info(place, variant)
                if info.arcrole != arcrole:
                    continue
                target = targets[part]
                if target is not document and (target is None or dts.node_target(place, start) != source):
                    continue
                kind, what, _ = compiled.node(end)
                found = Anchor(ordinal, "resource", int(what)) if kind < 0 else dts.node_target(place, end)
                if kind < 0 or (type(found) is Anchor and found.kind == "resource"):
                    link = links[compiled.link_and_group(number)[0] if len(links) > 1 else 0]
                    arcs.append(Arc(source, found, info, link[0], link[1], place, line, (ordinal, number)))
        if len(arcs) < 2:
            return [arc for arc in arcs if not arc.info.prohibited]
        found_arcs = effective(arcs)
        found_arcs.sort(key=_order)
        return found_arcs

    def _odd_arcs(self, place: LoadedDocument, source: Any) -> Iterator[tuple[int, int, Row]]:
        """Those whose source is pointed to by something other than its id."""
        compiled: CompiledDocument = place.compiled
        for node in compiled.odd_nodes:
            found = self._dts.node_target(place, node)
            if found is not None and (found is source or found == source):
                yield from compiled.arcs_from(str(compiled.node(node)[1]))


def _order(arc: Arc[Any]) -> float:
    return arc.info.order


def _descending_priority(label: Label) -> int:
    return -label.priority
