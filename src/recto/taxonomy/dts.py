"""The DTS: what `recto.taxonomy.load` returns. Everything is resolved when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain
from threading import RLock
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from recto.errors import RectoError
from recto.findings import Findings
from recto.names import (
    ARC_DIMENSION_DEFAULT,
    ARC_ELEMENT_LABEL,
    ROLE_LABEL,
    QName,
)
from recto.taxonomy.builtin import core_schema, core_url
from recto.taxonomy.compiled import Tree
from recto.taxonomy.declarations import Declarations
from recto.taxonomy.discovery import Discovery, LoadedDocument, settle_links, uncollected
from recto.taxonomy.labels import DEFAULT_LANGUAGES
from recto.taxonomy.model import (
    Concept,
    DataType,
    DocumentInfo,
    Label,
    Reference,
    RoleType,
)
from recto.taxonomy.networks import Anchor, Arc, ArcInfo, ConceptNetwork, effective, relationship
from recto.taxonomy.resources import Resources
from recto.taxonomy.roles import DeclaredRoles
from recto.taxonomy.types import TypeTable
from recto.xml import split_fragment
from recto.xsd import NUMBERS

if TYPE_CHECKING:
    from recto.taxonomy.documentation import Documentation
    from recto.taxonomy.nodes import Node, NodeNetwork, Nodes

_ARC_PROHIBITABLE = 4
_UNKNOWN: Any = object()


class DTS:
    """A discoverable taxonomy set (XBRL 2.1, 3.2); implements `recto.taxonomy.model.Taxonomy`.

    Any number of threads may ask one DTS. What is resolved when asked for (concepts, types, extended links) is made
    once, under the DTS's lock, and published last; what two threads may find at once without harm is equal.
    """

    def __init__(self, discovery: Discovery, findings: Findings):
        self._lock = RLock()
        self.discovery = discovery
        """How its documents were found; nothing is added to it."""
        self._discovered = findings
        self._findings: Findings | None = None
        self._concepts: dict[QName, Concept | None] = {}
        self._schemas: dict[str, list[LoadedDocument]] = {}
        self._members: list[LoadedDocument] = []
        self._built_in: dict[str, LoadedDocument] = {}
        self._types = TypeTable(self)
        self._declarations = Declarations(self, self._types)
        self.declared_roles = DeclaredRoles()
        self._groups: dict[str, dict[str, list[tuple[LoadedDocument, int, int]]]] = {}
        """arcrole → link role → (document, link, group), in document order."""
        self.resources = Resources(self)
        self._nodes: Nodes | None = None
        self._unsettled: list[LoadedDocument] = []
        self._infos: dict[Any, ArcInfo] = {}
        self._networks: dict[tuple[str, str, QName | None, QName | None], ConceptNetwork] = {}
        self._roles: dict[str, tuple[str, ...]] = {}
        self._defaults: dict[Concept, Concept] | None = None
        self._documents: dict[str, DocumentInfo] | None = None
        self._documentations: WeakValueDictionary[frozenset[str], Documentation] = WeakValueDictionary()

    def __del__(self) -> None:
        for document in getattr(self, "_members", ()):
            document.release()

    def include(self, new: Sequence[LoadedDocument]) -> None:
        """Takes in documents that discovery has just loaded."""
        self._members += new
        for document in new:
            compiled = document.compiled
            if compiled.kind == "schema":
                self._schemas.setdefault(document.namespace or "", []).append(document)
            self.declared_roles.include(document)
        self._unsettled += [document for document in new if document.compiled.first_link is not None]

    def settle(self) -> None:
        """Takes in the extended links, which discovery has left alone; before documents' own records are read."""
        if self._unsettled:
            self._settle()

    def _settle(self) -> None:
        with self._lock, uncollected():
            all_groups = self._groups
            for document in self._unsettled:
                groups, labelling = settle_links(document, self.discovery)
                for arcrole, role, at, nth in groups:
                    by_role = all_groups.get(arcrole)
                    if by_role is None:
                        by_role = all_groups[arcrole] = {}
                    by_role.setdefault(role, []).append((document, at, nth))
                self.resources.include(document, labelling)
            self._unsettled = []

    @property
    def _all_groups(self) -> dict[str, dict[str, list[tuple[LoadedDocument, int, int]]]]:
        self.settle()
        return self._groups

    # Documents

    @property
    def discovered(self) -> Findings:
        """What discovery met, without a look at the extended links; `findings` is this too, and more."""
        return self._discovered

    @property
    def findings(self) -> Findings:
        """What discovery met, and which of the filing's own locators lead nowhere."""
        if self._findings is None:
            with self._lock:
                if self._findings is None:
                    self.settle()
                    findings = Findings(self._discovered)
                    self._check_locators(findings)
                    self._findings = findings
        return self._findings

    @property
    def documents(self) -> Mapping[str, DocumentInfo]:
        if self._documents is None:
            found = {
                document.url: document.info for document in reversed(self._members) if document.compiled.kind != "other"
            }
            self._documents = dict(reversed(found.items()))
        return self._documents

    @property
    def members(self) -> Sequence[LoadedDocument]:
        """All loaded documents in discovery order; for `recto.taxonomy.raw`."""
        return self._members

    def document_tree(self, url: str) -> Any:
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

    def namespaces(self) -> Sequence[str]:
        return tuple(namespace for namespace in self._schemas if namespace)

    def prefixes(self) -> Mapping[str, str]:
        bound: dict[str, str] = {}
        for document in self._members:
            if document.compiled.kind == "schema":
                for prefix, namespace in document.compiled.prefixes.items():
                    if prefix:
                        bound.setdefault(prefix, namespace)
        return bound

    # Concepts and types

    def concept(self, name: QName) -> Concept | None:
        try:
            return self._concepts[name]
        except KeyError:
            pass
        with self._lock:
            if name in self._concepts:
                return self._concepts[name]
            concept = None
            for document in self.schemas_of(name.namespace):
                ordinal = document.compiled.find_element(name.local)
                if ordinal >= 0:
                    concept = self._declarations.concept(document, ordinal, name, document.compiled.element(ordinal))
                    break
            self._concepts[name] = concept
            return concept

    def _concept_in(self, document: LoadedDocument, ordinal: int) -> Concept | None:
        """The concept that an element declaration stands for: that of its name."""
        namespace = document.namespace or ""
        record = document.compiled.element(ordinal)
        name = QName(namespace, record.name)
        concept = self._concepts.get(name)
        if concept is None:
            if self._schemas.get(namespace) != [document]:
                return self.concept(name)
            with self._lock:
                concept = self._concepts.get(name)
                if concept is None:
                    concept = self._concepts[name] = self._declarations.concept(document, ordinal, name, record)
        return concept

    def concept_by_id(self, url: str, fragment: str) -> Concept | None:
        document = self.discovery.by_key.get(self.discovery.key(url))
        if document is None:
            return None
        found = self.resolve(document, fragment)
        return found if isinstance(found, Concept) else None

    def concept_at(self, url: str) -> Concept | None:
        """The concept that an absolute URL with a fragment identifies."""
        address, fragment = split_fragment(url)
        return self.concept_by_id(address, fragment)

    def concepts(self) -> Iterator[Concept]:
        for document in self._members:
            compiled = document.compiled
            if compiled.kind != "schema":
                continue
            for ordinal in range(compiled.element_count):
                concept = self.concept(QName(document.namespace or "", compiled.element(ordinal)[0]))
                if concept is not None and concept.kind != "other" and concept.index == (document.ordinal, ordinal):
                    yield concept

    def elements(self) -> Iterator[tuple[LoadedDocument, int]]:
        """`(document, ordinal)` of every global element declaration, duplicates included."""
        for document in self._members:
            if document.compiled.kind == "schema":
                for ordinal in range(document.compiled.element_count):
                    yield document, ordinal

    def lacks(self, namespace: str) -> bool:
        missing = self.discovery.missing
        return bool(missing) and not self.schemas_of(namespace) and any(not url.endswith(".xml") for url in missing)

    def type(self, name: QName) -> DataType | None:
        with self._lock:
            return self._types.named(name)

    def component(self, kind: str, name: QName) -> tuple[LoadedDocument, Tree] | None:
        """A global schema component (complexType, simpleType, group, attributeGroup, attribute) as a tree."""
        for document in self.schemas_of(name.namespace):
            tree = document.compiled.component(kind, name.local)
            if tree is not None:
                return document, tree
        return None

    # What locators lead to

    def resolve(self, document: LoadedDocument, fragment: str) -> Concept | Anchor | None:
        """What a fragment identifies in a document (XBRL 2.1, 3.5.4); None where it leads nowhere."""
        found = document.found
        if fragment in found:
            return found[fragment]  # type: ignore[no-any-return]
        document.compiled.complete()  # so that resources are known by their ids
        target: Concept | Anchor | None
        identified = document.compiled.find_id(fragment)
        if identified is None:
            known = document.compiled.all_ids and "(" not in fragment and fragment != ""
            target = None if known else self._resolve_in_tree(document, fragment)
        elif identified[0] == "element":
            target = self._concept_in(document, identified[1])
        else:
            target = _anchor(document, identified[0], identified[1], fragment)
        found[fragment] = target
        return target

    def _resolve_in_tree(self, document: LoadedDocument, fragment: str) -> Concept | Anchor | None:
        """For pointers by position, and ids on what the compiler does not index: looks at the document itself."""
        from recto.taxonomy.pointers import locate

        with self._lock:
            if document.tree is None:
                try:
                    document.tree = self.document_tree(document.url)
                except RectoError:  # built in, or gone since
                    document.tree = False
        if document.tree is False:
            return None
        element = document.tree.find(fragment)
        if element is None:
            return None
        kind, ordinal, name = locate(document.tree, element)
        if kind == "element":
            return self.concept(QName(document.namespace or "", name))
        return _anchor(document, kind, ordinal, fragment)

    def node_target(self, document: LoadedDocument, node: int) -> Concept | Anchor | None:
        """What a locator leads to, or the resource that the node is."""
        self.settle()
        part, fragment, _ = document.compiled.node(node)
        return self.end(document, part, fragment)

    def node_targets(self, document: LoadedDocument) -> Sequence[Concept | Anchor | None]:
        """What each node of the document leads to, in order."""
        self.settle()
        ends = self._ends(document)
        for node, (part, fragment, _) in enumerate(document.compiled.nodes_in_order()):
            if ends[node] is _UNKNOWN:
                ends[node] = self.end(document, part, fragment)
        return ends

    def end(self, document: LoadedDocument, part: int, fragment: str | int) -> Concept | Anchor | None:
        """What a node of the document with that part and fragment leads to."""
        if part < 0:
            return Anchor(document.ordinal, "resource", int(fragment))
        target = document.targets[part]
        if target is None:
            return None
        found = target.found.get(fragment)  # type: ignore[arg-type]
        return found if found is not None else self.resolve(target, fragment)  # type: ignore[arg-type]

    def document_of(self, anchor: Anchor) -> LoadedDocument:
        return self.discovery.order[anchor.document]

    def document_number(self, ordinal: int) -> LoadedDocument | None:
        """The document with that place in discovery order; None for what is built in."""
        return self.discovery.order[ordinal] if ordinal < len(self.discovery.order) else None

    def _check_locators(self, findings: Findings) -> None:
        for document in self._members:
            if not document.local:
                continue
            nodes = document.compiled.nodes_in_order
            for end, (part, fragment, line) in zip(self.node_targets(document), nodes(), strict=True):
                if end is not None:
                    continue
                target = document.targets[part]
                if target is not None and target.compiled.kind != "other":
                    findings.found(
                        "xbrl.3.5.3.7.2", document=document.url, line=line, url=target.url, fragment=fragment
                    )

    # Roles

    def role_types(self, uri: str) -> Sequence[RoleType]:
        return self.declared_roles.of("roleType", uri)

    def arcrole_types(self, uri: str) -> Sequence[RoleType]:
        return self.declared_roles.of("arcroleType", uri)

    def all_role_types(self) -> Iterator[tuple[str, RoleType]]:
        """`("roleType" | "arcroleType", declaration)`, all of the DTS in the order of their first declaration."""
        return self.declared_roles.all()

    def role_definition(self, uri: str, languages: Sequence[str] = DEFAULT_LANGUAGES) -> str:
        labels = self.resources if ARC_ELEMENT_LABEL in self._all_groups else None
        return self.declared_roles.definition(uri, languages, labels)

    # Networks

    def arcroles(self) -> Sequence[str]:
        return tuple(self._all_groups)

    def link_roles(self, arcrole: str) -> Sequence[str]:
        """Link roles that have any arc of the arcrole, prohibited or not, in document order."""
        return tuple(self._all_groups.get(arcrole, ()))

    def groups(self, arcrole: str) -> Iterator[tuple[LoadedDocument, int, int]]:
        """Document, ordinal of the link in it, and of the group in that, for all arcs of the arcrole as written."""
        return chain.from_iterable(self._all_groups.get(arcrole, {}).values())

    def own_link_roles(self, arcrole: str) -> Sequence[str]:
        """Those of them that have an arc of the arcrole in a document of the filing itself."""
        groups = self._all_groups.get(arcrole, {})
        return [role for role, found in groups.items() if any(document.local for document, _, _ in found)]

    def roles(self, arcrole: str) -> Sequence[str]:
        known = self._roles.get(arcrole)
        if known is None:
            by_role = self._all_groups.get(arcrole, {})
            known = tuple(role for role, groups in by_role.items() if self._has_arcs(arcrole, role, groups))
            self._roles[arcrole] = known
        return known

    def _has_arcs(self, arcrole: str, role: str, groups: Sequence[tuple[LoadedDocument, int, int]]) -> bool:
        if any(document.compiled.links[link][4][nth][_ARC_PROHIBITABLE] for document, link, nth in groups):
            return bool(self.arcs(arcrole, role))
        return next(self._arcs(groups, role, None, None), None) is not None

    def arcs(self, arcrole: str, role: str, *, link: str | None = None, arc: str | None = None) -> list[Arc[Any]]:
        """The effective arcs whatever they connect: concepts, resources, role types (see `Anchor`)."""
        return effective(self._arcs(self._all_groups.get(arcrole, {}).get(role, ()), role, link, arc))

    def network(
        self, arcrole: str, role: str, *, link: QName | None = None, arc: QName | None = None
    ) -> ConceptNetwork:
        key = (arcrole, role, link, arc)
        network = self._networks.get(key)
        if network is None:
            arcs = self.arcs(arcrole, role, link=link.clark if link else None, arc=arc.clark if arc else None)
            made = ConceptNetwork(
                arcrole,
                role,
                tuple([relationship(each) for each in arcs if type(each[0]) is Concept and type(each[1]) is Concept]),
                self._dangling(arcrole, role),
            )
            network = self._networks.setdefault(key, made)
        return network

    def _ends(self, document: LoadedDocument) -> list[Any]:
        """What each node of the document leads to, as far as it was asked for. One list for all that ask."""
        ends = document.ends
        if ends is None:
            with self._lock:
                ends = document.ends
                if ends is None:
                    ends = document.ends = [_UNKNOWN] * document.compiled.node_count
        return ends

    def _dangling(self, arcrole: str, role: str) -> frozenset[Concept]:
        """Concepts to which an arc leads whose locator of the source leads nowhere; after the ends were looked up."""
        found: set[Concept] = set()
        for document, at, nth in self._all_groups.get(arcrole, {}).get(role, ()):
            ends = self._ends(document)
            if None in ends:
                _, _, first, count, _ = document.compiled.links[at][4][nth]
                for source, target, _, _ in document.compiled.rows(first, count):
                    end = self.node_target(document, target) if ends[source] is None else None
                    if isinstance(end, Concept):
                        found.add(end)
        return frozenset(found)

    @property
    def nodes(self) -> Nodes:
        """Networks over concepts and resources alike."""
        from recto.taxonomy.nodes import Nodes

        if self._nodes is None:
            with self._lock:
                if self._nodes is None:
                    self._nodes = Nodes(self)
        return self._nodes

    def node_network(self, arcrole: str, role: str | None = None) -> NodeNetwork:
        """Relationships of an arcrole between nodes of any kind; of all link roles where none is named."""
        return self.nodes.network(arcrole, role)

    def node_at(self, url: str, fragment: str) -> Concept | Node | Anchor | None:
        """The concept, resource or other element that a URL and fragment identify."""
        document = self.discovery.by_key.get(self.discovery.key(url))
        found = self.resolve(document, fragment) if document is not None else None
        return self.nodes.node(found) if type(found) is Anchor and found.kind == "resource" else found

    def _arcs(
        self,
        groups: Sequence[tuple[LoadedDocument, int, int]],
        role: str,
        link_name: str | None,
        arc_name: str | None,
    ) -> Iterator[Arc[Any]]:
        for document, at, nth in groups:
            ends = self._ends(document)
            compiled = document.compiled
            name, _, _, _, own_groups = compiled.links[at]
            _, arc, first, count, _ = own_groups[nth]
            if (link_name is not None and link_name != name) or (arc_name is not None and arc_name != arc):
                continue
            sequence = document.ordinal
            for number, (source, target, variant, line) in enumerate(compiled.rows(first, count), first):
                start = ends[source]
                if start is _UNKNOWN:
                    start = ends[source] = self.node_target(document, source)
                end = ends[target]
                if end is _UNKNOWN:
                    end = ends[target] = self.node_target(document, target)
                if start is not None and end is not None:
                    info = document.variants.get(variant) or self.info(document, variant)
                    yield Arc(start, end, info, name, role, document, line, (sequence, number))

    def info(self, document: LoadedDocument, ordinal: int) -> ArcInfo:
        """What arcs of a variant have in common."""
        variant = document.compiled.variant(ordinal)
        info = self._infos.get(variant)
        if info is None:
            info = self._infos.setdefault(variant, ArcInfo(variant, self._typed_value))
        document.variants[ordinal] = info
        return info

    def _typed_value(self, clark: str, text: str) -> object:
        """An attribute's value as its declared type compares it (for s-equality; XBRL 2.1, 4.10)."""
        found = self.component("attribute", QName.of(clark)) if clark[:1] == "{" else None
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

    # Labels, references, defaults

    def labels(self, concept: Concept) -> Sequence[Label]:
        return self.resources.labels(concept)

    def label(
        self,
        concept: Concept,
        role: str = ROLE_LABEL,
        languages: Sequence[str] = DEFAULT_LANGUAGES,
        link_role: str | None = None,
    ) -> str | None:
        return self.resources.label(concept, role, languages, link_role)

    def references(self, concept: Concept) -> Sequence[Reference]:
        return self.resources.references(concept)

    def default_member(self, axis: Concept) -> Concept | None:
        if self._defaults is None:
            found: dict[Concept, Concept] = {}
            for role in self._all_groups.get(ARC_DIMENSION_DEFAULT, ()):
                for each in self.network(ARC_DIMENSION_DEFAULT, role).relationships:
                    found.setdefault(each.source, each.target)
            self._defaults = found
        return self._defaults.get(axis)

    def documentation(self, namespaces: Iterable[str]) -> Documentation:
        """The labels and references with those of companions for these namespaces; made once while it is in use."""
        from recto.taxonomy.companions import companion_urls
        from recto.taxonomy.documentation import Documentation

        key = frozenset(namespaces)
        with self._lock:
            found = self._documentations.get(key)
            if found is None:
                urls = companion_urls(self._members, key, self.discovery.resolver)
                found = self._documentations[key] = Documentation(self, urls)
            return found


def _anchor(document: LoadedDocument, kind: str, ordinal: int, fragment: str) -> Anchor:
    """Resources and role types are known by their ordinal, so that all ways to them give equal anchors."""
    return Anchor(document.ordinal, kind, ordinal, "" if kind in ("resource", "role") else fragment)


__all__ = ["DTS"]
