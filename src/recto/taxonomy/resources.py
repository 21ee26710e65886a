"""Labels and references of concepts and roles, looked up when first asked for (XBRL 2.1, 5.2.2 and 5.2.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias
from weakref import proxy

from recto.names import ARC_CONCEPT_LABEL, ARC_CONCEPT_REFERENCE, ROLE_LABEL, QName
from recto.once import Made
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
        pair = Made(_pair).__getitem__
        self._parts: Made[tuple[tuple[str, str], ...], tuple[tuple[QName, str], ...]] = Made(
            lambda written: tuple(map(pair, written))
        )
        """Parts of references as written → with names; many references have equal ones."""

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
            made = []
            for _, place, number, arc_line, home, at in (
                self._found(document, concept, concept.id, ARC_CONCEPT_REFERENCE) if document else ()
            ):
                name, role, language, text, identifier, written, line = home.compiled.resource(at)
                parts = self._parts[written]
                link_role = place.compiled.link_of(number)[1]
                made.append(
                    Reference(
                        QName.of(name), role, language, text, link_role, identifier, home.url, line, parts, arc_line
                    )
                )
            made.sort(key=lambda reference: reference.arc_line)
            known = self._references[concept] = tuple(made)
        return known

    def _home(self, concept: Concept) -> LoadedDocument | None:
        return self._dts.document_number(concept.index[0])

    def labels_of(
        self, document: LoadedDocument, source: Any, identifier: str | None, arcrole: str
    ) -> tuple[Label, ...]:
        """The labels of what a document declares under an id (a concept, or a role's anchor), by priority."""
        labels = []
        for info, place, number, _, home, at in self._found(document, source, identifier, arcrole):
            name, role, language, text, own_id, _, line = home.compiled.resource(at)
            link_role = place.compiled.link_of(number)[1]
            labels.append(Label(QName.of(name), role, language, text, link_role, own_id, home.url, line, info.priority))
        if len(labels) > 1:
            labels.sort(key=_descending_priority)
        return tuple(labels)

    def _found(self, document: LoadedDocument, source: Any, identifier: str | None, arcrole: str) -> list[_Found]:
        """Effective arcs from one thing to resources, over all link roles, by order, then as they stand."""
        found: list[_Found] = []
        dts = self._dts
        dts.settle()
        for place in self._places.get((document, arcrole), ()):
            compiled, variants, targets = place.compiled, place.variants, place.targets
            node = compiled.node
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
                kind, what, _ = node(end)
                if kind < 0:
                    found.append((info, place, number, line, place, what))
                    continue
                anchor = dts.node_target(place, end)
                if type(anchor) is Anchor and anchor.kind == "resource":
                    found.append((info, place, number, line, dts.document_of(anchor), anchor.ordinal))
        if len({(each[4], each[5]) for each in found}) < len(found):  # some compete
            found = _undisputed(source, found)
        else:
            found = [each for each in found if not each[0].prohibited]
        if len(found) > 1:
            found.sort(key=_order)
        return found

    def _odd_arcs(self, place: LoadedDocument, source: Any) -> Iterator[tuple[int, int, Row]]:
        """Those whose source is pointed to by something other than its id."""
        compiled: CompiledDocument = place.compiled
        for node in compiled.odd_nodes:
            found = self._dts.node_target(place, node)
            if found is not None and (found is source or found == source):
                yield from compiled.arcs_from(str(compiled.node(node)[1]))


_Found: TypeAlias = "tuple[ArcInfo, LoadedDocument, int, int, LoadedDocument, Any]"
"""An arc to a resource: what it has in common with others, its document, its row in that and its line; the document of
the resource, and the resource's ordinal in that."""


def _undisputed(source: Any, found: list[_Found]) -> list[_Found]:
    arcs = []
    for each in found:
        info, place, number, line, home, at = each
        link = place.compiled.link_of(number)
        arcs.append(Arc(source, (home, at), info, link[0], link[1], each, line, (place.ordinal, number)))
    return [arc.document for arc in effective(arcs)]


def _pair(written: tuple[str, str]) -> tuple[QName, str]:
    name, value = written
    return QName.of(name), value


def _order(found: _Found) -> float:
    return found[0].order


def _descending_priority(label: Label) -> int:
    return -label.priority
