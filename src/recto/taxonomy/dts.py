"""The DTS: what `recto.taxonomy.load` returns. Everything is resolved when first asked for, and kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import chain
from typing import Any

from recto.findings import Findings
from recto.names import (
    ARC_DIMENSION_DEFAULT,
    ARC_ELEMENT_LABEL,
    ROLE_LABEL,
    XBRLDT,
    XBRLI,
    QName,
)
from recto.taxonomy.builtin import core_schema, core_url
from recto.taxonomy.compiled import ABSTRACT, LABEL_ARCROLES, NILLABLE, ElementRecord, Tree
from recto.taxonomy.discovery import Discovery, LoadedDocument, uncollected
from recto.taxonomy.labels import DEFAULT_LANGUAGES, GENERIC_LABEL_ROLE, choose
from recto.taxonomy.model import (
    NUMERIC_BUILT_INS,
    Concept,
    ConceptKind,
    DataType,
    DocumentInfo,
    Label,
    Reference,
    RoleType,
)
from recto.taxonomy.networks import Anchor, Arc, ArcInfo, ConceptNetwork, effective, relationship
from recto.taxonomy.nodes import Node, NodeNetwork, Nodes
from recto.taxonomy.resources import Resources
from recto.taxonomy.types import ANY_TYPE, TypeTable
from recto.xml import split_fragment

_HEADS: dict[str, ConceptKind] = {
    f"{{{XBRLI}}}item": "item",
    f"{{{XBRLI}}}tuple": "tuple",
    f"{{{XBRLDT}}}dimensionItem": "dimension",
    f"{{{XBRLDT}}}hypercubeItem": "hypercube",
}
_ARC_PROHIBITABLE = 4
_UNKNOWN: Any = object()


class DTS:
    """A discoverable taxonomy set (XBRL 2.1, 3.2); implements `recto.taxonomy.model.Taxonomy`."""

    def __init__(self, discovery: Discovery, findings: Findings):
        self._discovery = discovery
        self._findings = findings
        self._checked = False
        self._concepts: dict[QName, Concept | None] = {}
        self._schemas: dict[str, list[LoadedDocument]] = {}
        self._members: list[LoadedDocument] = []
        self._built_in: dict[str, LoadedDocument] = {}
        self._types = TypeTable(self)
        self._role_types: dict[tuple[str, str], list[tuple[LoadedDocument, int]]] = {}
        self._groups: dict[str, dict[str, list[tuple[LoadedDocument, int, int]]]] = {}
        """arcrole → link role → (document, link, group), in document order."""
        self._resources = Resources(self)
        self._nodes: Nodes | None = None
        self._unsettled: list[LoadedDocument] = []
        self._infos: dict[Any, ArcInfo] = {}
        self._networks: dict[tuple[str, str, QName | None, QName | None], ConceptNetwork] = {}
        self._roles: dict[str, tuple[str, ...]] = {}
        self._defaults: dict[Concept, Concept] | None = None
        self._kinds: dict[str, ConceptKind] = dict(_HEADS)
        self._documents: dict[str, DocumentInfo] | None = None

    def __del__(self) -> None:
        for document in getattr(self, "_members", ()):
            document.release()

    def include(self, new: Sequence[LoadedDocument]) -> None:
        """Takes in documents that discovery has just loaded."""
        self._members += new
        for document in new:
            compiled = document.compiled
            if not document.add_on:
                if compiled.kind == "schema":
                    self._schemas.setdefault(document.namespace or "", []).append(document)
                for ordinal, record in enumerate(compiled.role_types):
                    self._role_types.setdefault((record[0], record[1]), []).append((document, ordinal))
        self._unsettled += [document for document in new if document.compiled.first_link is not None]

    def settle(self) -> None:
        """Takes in the extended links, which discovery has left alone; before documents' own records are read."""
        if self._unsettled:
            self._settle()

    def _settle(self) -> None:
        unsettled, self._unsettled = self._unsettled, []
        all_groups = self._groups
        with uncollected():
            for document in unsettled:
                document.compiled.complete()
                self._discovery.aim(document)
        for document in unsettled:
            labelling: dict[str, None] = {}
            for at, link in enumerate(document.compiled.links):
                for nth, group in enumerate(link[4]):
                    arcrole = group[0]
                    if arcrole in LABEL_ARCROLES:
                        labelling[arcrole] = None
                    if not document.add_on and group[3]:
                        by_role = all_groups.get(arcrole)
                        if by_role is None:
                            by_role = all_groups[arcrole] = {}
                        by_role.setdefault(link[1], []).append((document, at, nth))
            self._resources.include(document, labelling)

    @property
    def _all_groups(self) -> dict[str, dict[str, list[tuple[LoadedDocument, int, int]]]]:
        self.settle()
        return self._groups

    # Documents

    @property
    def discovered(self) -> Findings:
        """What discovery met, without a look at the extended links; `findings` is this too, and more."""
        return self._findings

    @property
    def findings(self) -> Findings:
        """What discovery met; asking for them also checks that the filing's own locators lead somewhere."""
        if not self._checked:
            self._checked = True
            self._check_locators()
        return self._findings

    @property
    def documents(self) -> Mapping[str, DocumentInfo]:
        if self._documents is None:
            self._documents = {
                document.url: document.info
                for document in reversed(self._members)
                if not document.add_on and document.compiled.kind != "other"
            }
            self._documents = dict(reversed(self._documents.items()))
        return self._documents

    @property
    def members(self) -> Sequence[LoadedDocument]:
        """All loaded documents in discovery order, add-ons last; for `recto.taxonomy.raw`."""
        return self._members

    def document_tree(self, url: str) -> Any:
        """The document at `url`, parsed anew (a `recto.xml.Document`). Raises `RectoError` where it cannot be read."""
        from recto.xml import parse

        return parse(self._discovery.resolver.read(url), url)

    def add_on(self, urls: Sequence[str]) -> None:
        discovery = self._discovery
        failures = Findings()
        before, discovery.findings = discovery.findings, failures
        try:
            self.include(discovery.load(urls, add_on=True))
        finally:
            discovery.findings = before
        for failure in failures:
            self._findings.info(
                "info:unableToAddOnLinkbase", failure.message, document=failure.document, line=failure.line
            )
        self._resources.forget()

    def add(self, urls: Sequence[str]) -> None:
        """Extends the DTS by further starting points, as if they had been among the first."""
        self.include(self._discovery.load(urls))
        self._networks.clear()
        self._nodes = None
        self._roles.clear()
        self._resources.forget()
        self._concepts = {name: concept for name, concept in self._concepts.items() if concept is not None}
        self._kinds = dict(_HEADS)
        self._types = TypeTable(self)
        for document in self._members:
            document.types.clear()
            document.found.clear()
            document.ends = None
            document.targets.clear()
            self._discovery.aim(document)
        self._defaults = self._documents = None
        self._checked = False

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
            document = LoadedDocument(url, core, local=False, ordinal=1 << 30, referenced_from=None)
            self._built_in[namespace] = document
        return (document,)

    def namespaces(self) -> Sequence[str]:
        return tuple(namespace for namespace in self._schemas if namespace)

    def prefixes(self) -> Mapping[str, str]:
        bound: dict[str, str] = {}
        for document in self._members:
            if document.compiled.kind == "schema" and not document.add_on:
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
        concept = None
        for document in self.schemas_of(name.namespace):
            ordinal = document.compiled.find_element(name.local)
            if ordinal >= 0:
                concept = self._build(document, ordinal, name, document.compiled.element(ordinal))
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
            if self._schemas.get(namespace) == [document]:
                concept = self._concepts[name] = self._build(document, ordinal, name, record)
            else:
                concept = self.concept(name)
        return concept

    def concept_by_id(self, url: str, fragment: str) -> Concept | None:
        document = self._discovery.by_key.get(self._discovery.key(url))
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
            if compiled.kind != "schema" or document.add_on:
                continue
            for ordinal in range(compiled.element_count):
                concept = self.concept(QName(document.namespace or "", compiled.element(ordinal)[0]))
                if concept is not None and concept.kind != "other" and concept.index == (document.ordinal, ordinal):
                    yield concept

    def elements(self) -> Iterator[tuple[LoadedDocument, int]]:
        """`(document, ordinal)` of every global element declaration, duplicates included."""
        for document in self._members:
            if document.compiled.kind == "schema" and not document.add_on:
                for ordinal in range(document.compiled.element_count):
                    yield document, ordinal

    def type(self, name: QName) -> DataType | None:
        return self._types.named(name)

    def component(self, kind: str, name: QName) -> tuple[LoadedDocument, Tree] | None:
        """A global schema component (complexType, simpleType, group, attributeGroup, attribute) as a tree."""
        for document in self.schemas_of(name.namespace):
            tree = document.compiled.component(kind, name.local)
            if tree is not None:
                return document, tree
        return None

    def _build(self, document: LoadedDocument, ordinal: int, name: QName, record: ElementRecord) -> Concept:
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
            for document in self.schemas_of(at.namespace):
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
        for document in self.schemas_of(name.namespace):
            ordinal = document.compiled.find_element(name.local)
            if ordinal >= 0:
                group = document.compiled.element(ordinal).substitution_group
                return QName.of(document.name(group)) if group else None
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

        if document.tree is None:
            try:
                document.tree = self.document_tree(document.url)
            except Exception as error:  # built in, or gone since
                from recto.errors import RectoError

                if not isinstance(error, RectoError):
                    raise
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
        return self._end(document, part, fragment)

    def node_targets(self, document: LoadedDocument) -> Sequence[Concept | Anchor | None]:
        """What each node of the document leads to, in order."""
        self.settle()
        ends = _ends(document)
        for node, (part, fragment, _) in enumerate(document.compiled.nodes_in_order()):
            if ends[node] is _UNKNOWN:
                ends[node] = self._end(document, part, fragment)
        return ends

    def _end(self, document: LoadedDocument, part: int, fragment: str | int) -> Concept | Anchor | None:
        if part < 0:
            return Anchor(document.ordinal, "resource", int(fragment))
        target = document.targets[part]
        if target is None:
            return None
        found = target.found.get(fragment)  # type: ignore[arg-type]
        return found if found is not None else self.resolve(target, fragment)  # type: ignore[arg-type]

    def document_of(self, anchor: Anchor) -> LoadedDocument:
        return self._discovery.order[anchor.document]

    def document_number(self, ordinal: int) -> LoadedDocument | None:
        """The document with that place in discovery order; None for what is built in."""
        return self._discovery.order[ordinal] if ordinal < len(self._discovery.order) else None

    def _check_locators(self) -> None:
        for document in self._members:
            if not document.local:
                continue
            nodes = document.compiled.nodes_in_order
            for end, (part, fragment, line) in zip(self.node_targets(document), nodes(), strict=True):
                if end is not None:
                    continue
                target = document.targets[part]
                if target is not None and target.compiled.kind != "other":
                    self._findings.found(
                        "xbrl.3.5.3.7.2", document=document.url, line=line, url=target.url, fragment=fragment
                    )

    # Roles

    def role_types(self, uri: str) -> Sequence[RoleType]:
        return self._declared("roleType", uri)

    def arcrole_types(self, uri: str) -> Sequence[RoleType]:
        return self._declared("arcroleType", uri)

    def all_role_types(self) -> Iterator[tuple[str, RoleType]]:
        """`("roleType" | "arcroleType", declaration)`, all of the DTS in the order of their first declaration."""
        for tag, uri in self._role_types:
            for declared in self._declared(tag, uri):
                yield tag, declared

    def _declared(self, tag: str, uri: str) -> Sequence[RoleType]:
        made = []
        for document, ordinal in self._role_types.get((tag, uri), ()):
            _, _, identifier, definition, used_on, cycles, line = document.compiled.role_types[ordinal]
            names = tuple(QName.of(each) for each in used_on)
            made.append(RoleType(uri, identifier, definition, names, document.url, line, cycles))
        return tuple(made)

    def role_definition(self, uri: str) -> str:
        declared = self._role_types.get(("roleType", uri))
        if not declared:
            return uri
        document, ordinal = declared[0]
        _, _, identifier, definition, _, _, _ = document.compiled.role_types[ordinal]
        if identifier and ARC_ELEMENT_LABEL in self._all_groups:
            anchor = Anchor(document.ordinal, "role", ordinal)
            labels = self._resources.labels_of(document, anchor, identifier, ARC_ELEMENT_LABEL)
            text = choose(labels, GENERIC_LABEL_ROLE, DEFAULT_LANGUAGES, None)
            if text is None and labels:
                text = labels[0].text
            if text is not None and text.strip():
                return text.strip()
        return (definition or "").strip() or uri

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
            network = self._networks[key] = ConceptNetwork(
                arcrole,
                role,
                tuple([relationship(each) for each in arcs if type(each[0]) is Concept and type(each[1]) is Concept]),
                self._dangling(arcrole, role),
            )
        return network

    def _dangling(self, arcrole: str, role: str) -> frozenset[Concept]:
        """Concepts to which an arc leads whose locator of the source leads nowhere; after the ends were looked up."""
        found: set[Concept] = set()
        for document, at, nth in self._all_groups.get(arcrole, {}).get(role, ()):
            ends = _ends(document)
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
        if self._nodes is None:
            self._nodes = Nodes(self)
        return self._nodes

    def node_network(self, arcrole: str, role: str | None = None) -> NodeNetwork:
        """Relationships of an arcrole between nodes of any kind; of all link roles where none is named."""
        return self.nodes.network(arcrole, role)

    def node_at(self, url: str, fragment: str) -> Concept | Node | Anchor | None:
        """The concept, resource or other element that a URL and fragment identify."""
        document = self._discovery.by_key.get(self._discovery.key(url))
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
            ends = _ends(document)
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
            info = self._infos[variant] = ArcInfo(variant, self._typed_value)
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
            if base in NUMERIC_BUILT_INS:
                return Decimal(text)
        except (ValueError, InvalidOperation):
            return text
        return text in ("true", "1") if base == "boolean" else text

    # Labels, references, defaults

    def labels(self, concept: Concept) -> Sequence[Label]:
        return self._resources.labels(concept)

    def label(
        self,
        concept: Concept,
        role: str = ROLE_LABEL,
        languages: Sequence[str] = DEFAULT_LANGUAGES,
        link_role: str | None = None,
    ) -> str | None:
        return self._resources.label(concept, role, languages, link_role)

    def references(self, concept: Concept) -> Sequence[Reference]:
        return self._resources.references(concept)

    def default_member(self, axis: Concept) -> Concept | None:
        if self._defaults is None:
            self._defaults = {}
            for role in self._all_groups.get(ARC_DIMENSION_DEFAULT, ()):
                for each in self.network(ARC_DIMENSION_DEFAULT, role).relationships:
                    self._defaults.setdefault(each.source, each.target)
        return self._defaults.get(axis)


def _ends(document: LoadedDocument) -> list[Any]:
    """What each node of the document leads to, as far as it was asked for."""
    ends = document.ends
    if ends is None:
        ends = document.ends = [_UNKNOWN] * document.compiled.node_count
    return ends


def _anchor(document: LoadedDocument, kind: str, ordinal: int, fragment: str) -> Anchor:
    """Resources and role types are known by their ordinal, so that all ways to them give equal anchors."""
    return Anchor(document.ordinal, kind, ordinal, "" if kind in ("resource", "role") else fragment)


__all__ = ["DTS"]
