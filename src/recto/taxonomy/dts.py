"""The DTS: what `recto.taxonomy.load` returns. Everything is resolved when first asked for, and kept.

It answers out of its parts, each of which knows only those before it: `members` (its documents), `concepts`,
`basesets` (where arcs stand), `locators` (what they lead to), `relationships` (networks), and beside them `roles`,
`resources` (labels and references) and `nodes`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakValueDictionary

from recto.findings import Findings
from recto.names import ARC_ELEMENT_LABEL, ROLE_LABEL, QName
from recto.taxonomy.basesets import BaseSets, Group
from recto.taxonomy.compiled import Tree
from recto.taxonomy.concepts import ConceptTable
from recto.taxonomy.discovery import Discovery, LoadedDocument
from recto.taxonomy.labels import DEFAULT_LANGUAGES
from recto.taxonomy.locators import Locators
from recto.taxonomy.members import Members
from recto.taxonomy.model import Concept, DataType, DocumentInfo, Label, Reference, RoleType
from recto.taxonomy.networks import Anchor, Arc, ArcInfo, ConceptNetwork
from recto.taxonomy.relationships import Relationships
from recto.taxonomy.resources import Resources
from recto.taxonomy.roles import DeclaredRoles
from recto.xml import split_fragment

if TYPE_CHECKING:
    from recto.taxonomy.documentation import Documentation
    from recto.taxonomy.nodes import Node, NodeNetwork, Nodes

T = TypeVar("T")


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
        self._members = Members(discovery)
        self._concepts = ConceptTable(self._members, self._lock)
        self._known = self._concepts.known
        self.declared_roles = DeclaredRoles()
        self.resources = Resources(self)
        self._base_sets = BaseSets(discovery, self.resources, self._lock)
        self._locators = Locators(self._members, self._concepts, self._base_sets.settle, self._lock)
        self._relationships = Relationships(self._base_sets, self._locators, self._concepts)
        self._nodes: Nodes | None = None
        self._kept: dict[str, Any] = {}
        self._documentations: WeakValueDictionary[frozenset[str], Documentation] = WeakValueDictionary()

    def __del__(self) -> None:
        if hasattr(self, "_members"):
            self._members.release()

    def include(self, new: Sequence[LoadedDocument]) -> None:
        """Takes in documents that discovery has just loaded, before the DTS is handed out."""
        for document in new:
            self._members.include(document)
            self.declared_roles.include(document)
            self._base_sets.include(document)

    def settle(self) -> None:
        """Takes in the extended links, which discovery has left alone; before documents' own records are read."""
        self._base_sets.settle()

    def kept(self, name: str, make: Callable[[DTS], T]) -> T:
        """What another room makes of the DTS and keeps with it under a name: made once, under the DTS's lock."""
        with self._lock:
            made: T = self._kept[name] if name in self._kept else self._kept.setdefault(name, make(self))
            return made

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
                    self._locators.check(findings)
                    self._findings = findings
        return self._findings

    @property
    def documents(self) -> Mapping[str, DocumentInfo]:
        return self._members.infos

    @property
    def members(self) -> Sequence[LoadedDocument]:
        """All loaded documents in discovery order; for `recto.taxonomy.raw`."""
        return self._members.all

    def document_tree(self, url: str) -> Any:
        """The document at `url`, parsed anew (a `recto.xml.Document`). Raises `RectoError` where it cannot be read."""
        return self._members.tree(url)

    def schemas_of(self, namespace: str) -> Sequence[LoadedDocument]:
        """The schemas of a target namespace in discovery order; the built-in one where the DTS has none."""
        return self._members.schemas_of(namespace)

    def namespaces(self) -> Sequence[str]:
        return self._members.namespaces()

    def prefixes(self) -> Mapping[str, str]:
        return self._members.prefixes()

    def elements(self) -> Iterator[tuple[LoadedDocument, int]]:
        """`(document, ordinal)` of every global element declaration, duplicates included."""
        return self._members.elements()

    def lacks(self, namespace: str) -> bool:
        return self._members.lacks(namespace)

    def component(self, kind: str, name: QName) -> tuple[LoadedDocument, Tree] | None:
        """A global schema component (complexType, simpleType, group, attributeGroup, attribute) as a tree."""
        return self._members.component(kind, name)

    # Concepts and types

    def concept(self, name: QName) -> Concept | None:
        try:
            return self._known[name]
        except KeyError:
            return self._concepts.named(name)

    def concept_declared(self, document: LoadedDocument, ordinal: int) -> Concept | None:
        """The concept that an element declaration stands for: that of its name."""
        return self._concepts.declared(document, ordinal)

    def concept_by_id(self, url: str, fragment: str) -> Concept | None:
        document = self._members.at(url)
        found = self.resolve(document, fragment) if document is not None else None
        return found if isinstance(found, Concept) else None

    def concept_at(self, url: str) -> Concept | None:
        """The concept that an absolute URL with a fragment identifies."""
        address, fragment = split_fragment(url)
        return self.concept_by_id(address, fragment)

    def typed_domain(self, axis: Concept) -> Concept | None:
        return self.concept_at(axis.typed_domain) if axis.typed_domain is not None else None

    def concepts(self) -> Iterator[Concept]:
        return self._concepts.all()

    def type(self, name: QName) -> DataType | None:
        return self._concepts.type(name)

    # What locators lead to

    def resolve(self, document: LoadedDocument, fragment: str) -> Concept | Anchor | None:
        """What a fragment identifies in a document (XBRL 2.1, 3.5.4); None where it leads nowhere."""
        return self._locators.resolve(document, fragment)

    def node_target(self, document: LoadedDocument, node: int) -> Concept | Anchor | None:
        """What a locator leads to, or the resource that the node is."""
        return self._locators.node_target(document, node)

    def node_targets(self, document: LoadedDocument) -> Sequence[Concept | Anchor | None]:
        """What each node of the document leads to, in order."""
        return self._locators.node_targets(document)

    def end(self, document: LoadedDocument, part: int, fragment: str | int) -> Concept | Anchor | None:
        """What a node of the document with that part and fragment leads to."""
        return self._locators.end(document, part, fragment)

    def document_of(self, anchor: Anchor) -> LoadedDocument:
        return self.discovery.order[anchor.document]

    def document_number(self, ordinal: int) -> LoadedDocument | None:
        """The document with that place in discovery order; None for what is built in."""
        return self._members.number(ordinal)

    # Roles

    def role_types(self, uri: str) -> Sequence[RoleType]:
        return self.declared_roles.of("roleType", uri)

    def arcrole_types(self, uri: str) -> Sequence[RoleType]:
        return self.declared_roles.of("arcroleType", uri)

    def all_role_types(self) -> Iterator[tuple[str, RoleType]]:
        """`("roleType" | "arcroleType", declaration)`, all of the DTS in the order of their first declaration."""
        return self.declared_roles.all()

    def role_definition(self, uri: str, languages: Sequence[str] = DEFAULT_LANGUAGES) -> str:
        labels = self.resources if ARC_ELEMENT_LABEL in self._base_sets.groups else None
        return self.declared_roles.definition(uri, languages, labels)

    # Networks

    def arcroles(self) -> Sequence[str]:
        return tuple(self._base_sets.groups)

    def link_roles(self, arcrole: str) -> Sequence[str]:
        """Link roles that have any arc of the arcrole, prohibited or not, in document order."""
        return tuple(self._base_sets.groups.get(arcrole, ()))

    def groups(self, arcrole: str) -> Iterator[Group]:
        """Document, ordinal of the link in it, and of the group in that, for all arcs of the arcrole as written."""
        return self._base_sets.all_of(arcrole)

    def own_link_roles(self, arcrole: str) -> Sequence[str]:
        """Those of them that have an arc of the arcrole in a document of the filing itself."""
        return self._base_sets.own_roles(arcrole)

    def roles(self, arcrole: str) -> Sequence[str]:
        return self._relationships.roles(arcrole)

    def arcs(self, arcrole: str, role: str, *, link: str | None = None, arc: str | None = None) -> list[Arc[Any]]:
        """The effective arcs whatever they connect: concepts, resources, role types (see `Anchor`)."""
        return self._relationships.arcs(arcrole, role, link=link, arc=arc)

    def network(
        self, arcrole: str, role: str, *, link: QName | None = None, arc: QName | None = None
    ) -> ConceptNetwork:
        return self._relationships.network(arcrole, role, link=link, arc=arc)

    def info(self, document: LoadedDocument, ordinal: int) -> ArcInfo:
        """What arcs of a variant have in common."""
        return self._relationships.info(document, ordinal)

    def default_member(self, axis: Concept) -> Concept | None:
        return self._relationships.default_member(axis)

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
        document = self._members.at(url)
        found = self.resolve(document, fragment) if document is not None else None
        return self.nodes.node(found) if type(found) is Anchor and found.kind == "resource" else found

    # Labels and references

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

    def documentation(self, namespaces: Iterable[str]) -> Documentation:
        """The labels and references with those of companions for these namespaces; made once while it is in use."""
        from recto.taxonomy.companions import companion_urls
        from recto.taxonomy.documentation import Documentation

        key = frozenset(namespaces)
        with self._lock:
            found = self._documentations.get(key)
            if found is None:
                urls = companion_urls(self.members, key, self.discovery.resolver)
                found = self._documentations[key] = Documentation(self, urls)
            return found


__all__ = ["DTS"]
