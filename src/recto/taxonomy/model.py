"""The taxonomy as readers of it see it: concepts, types, roles, networks, labels and references.

All of it is immutable. How it is discovered, merged and kept on disk is the business of the other modules of this room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal, Protocol

from msgspec import Struct, field

from recto.findings import Findings
from recto.names import QName
from recto.reprs import properties
from recto.xsd import NUMBERS

ConceptKind = Literal["item", "tuple", "dimension", "hypercube", "other"]


class DataType(Struct, frozen=True, eq=False):
    """A schema type. Anonymous types are named after their element: `QName(namespace, "#element")`."""

    qname: QName
    base: DataType | None
    xsd_base: str
    """Local name of the XML Schema built-in type of the content (`decimal`, `normalizedString`, …).

    `""` for complex content.
    """
    enumeration: tuple[str, ...] = ()
    """The enumeration facet in force (own or inherited), in order."""
    facets: Mapping[str, str] = field(default_factory=dict)
    """Own facets by local name; `pattern` values are joined by a newline."""
    item: DataType | None = None
    """Of a type defined by `list`: the type of each item."""
    members: tuple[DataType, ...] = ()
    """Of a type defined by `union`: its member types, in order."""
    checker: Callable[[str, Mapping[str | None, str] | None], str | None] | None = None
    """What checks values of the type (`recto.taxonomy.values`): made when first asked for, and gone with the type."""

    def chain(self) -> Iterator[DataType]:
        """This type, then each type it derives from."""
        current: DataType | None = self
        while current is not None:
            yield current
            current = current.base

    def derives_from(self, name: QName) -> bool:
        return any(each.qname is name for each in self.chain())

    @property
    def item_type(self) -> QName | None:
        """The XBRL 2.1 item type (`xbrli:monetaryItemType`, …) that this is or derives from (XBRL 2.1, 5.1.1.3)."""
        for each in self.chain():
            if each.qname.namespace == "http://www.xbrl.org/2003/instance":
                return each.qname
        return None


class Concept(Struct, frozen=True, eq=False):
    """A global element declaration. There is one object per QName in a Taxonomy, so identity is equality."""

    qname: QName
    prefix: str
    """Prefix bound to the target namespace on its schema's root, as SEC pages print it (`us-gaap`); `""` if none."""
    id: str | None
    document: str
    line: int
    index: tuple[int, int]
    """Discovery order: (ordinal of the schema in the DTS, ordinal of the element in its schema)."""
    kind: ConceptKind
    type: DataType | None
    substitution_group: QName | None
    abstract: bool
    nillable: bool
    period_type: Literal["instant", "duration"] | None
    balance: Literal["debit", "credit"] | None
    typed_domain: str | None = None
    """`xbrldt:typedDomainRef`, absolute."""
    attributes: Mapping[QName, str] = field(default_factory=dict)
    """Every other attribute in a namespace; the values of `enum:domain` and `enum2:domain` are in Clark notation."""

    @property
    def name(self) -> str:
        """Prefixed name, `us-gaap:Assets`."""
        return f"{self.prefix}:{self.qname.local}" if self.prefix else self.qname.local

    @property
    def is_numeric(self) -> bool:
        """Item whose type derives from a numeric built-in type, or fractionItemType (XBRL 2.1, 4.6)."""
        return self.type is not None and is_numeric_type(self.type)

    def __repr__(self) -> str:
        return f"<recto.Concept {self.name}>"

    def _repr_html_(self) -> str:
        rows = (
            ("namespace", self.qname.namespace),
            ("kind", f"abstract {self.kind}" if self.abstract else self.kind),
            ("type", self.type.qname.local if self.type is not None else None),
            ("period type", self.period_type),
            ("balance", self.balance),
            ("declared", f"{self.document}:{self.line}"),
        )
        return properties(self.name, rows)


def is_numeric_type(type_: DataType) -> bool:
    if type_.xsd_base:
        return type_.xsd_base in NUMBERS
    item = type_.item_type  # fractions have elements for content
    return item is not None and item.local == "fractionItemType"


class RoleType(Struct, frozen=True):
    """A roleType or arcroleType declaration (XBRL 2.1, 5.1.3 and 5.1.4)."""

    uri: str
    id: str | None
    definition: str | None
    used_on: tuple[QName, ...]
    document: str
    line: int
    cycles_allowed: str | None = None
    """`any`, `undirected` or `none`, for arcrole types."""


class Resource(Struct, frozen=True, eq=False):
    """A linkbase resource other than a label or reference (generic links, footnotes in linkbases)."""

    name: QName
    role: str | None
    language: str | None
    text: str
    link_role: str
    id: str | None
    document: str
    line: int


class Label(Resource, frozen=True, eq=False):
    """A label reached from a concept (or by element-label from a role type). `text` is as written, not trimmed."""

    priority: int = 0


class Reference(Resource, frozen=True, eq=False):
    parts: tuple[tuple[QName, str], ...] = ()
    """Parts in document order with their untrimmed text."""
    arc_line: int = 0


class Relationship(Struct, frozen=True, eq=False):
    """One effective arc between two concepts (after prohibition and override; XBRL 2.1, 3.5.3.9.7)."""

    source: Concept
    target: Concept
    arcrole: str
    role: str
    order: float
    priority: int
    document: str
    line: int
    weight: Decimal | None = None
    preferred_label: str | None = None
    target_role: str | None = None
    context_element: Literal["segment", "scenario"] | None = None
    closed: bool = False
    usable: bool = True
    attributes: Mapping[QName, str] = field(default_factory=dict)
    """All other attributes of the arc that are not XLink's, for generic and custom arcs."""


class Network(Protocol):
    """The effective relationships of one arcrole in one link role, of all link and arc elements unless restricted."""

    arcrole: str
    role: str

    dangling: frozenset[Concept]
    """Concepts to which an arc leads from what the DTS does not hold."""

    @property
    def relationships(self) -> Sequence[Relationship]:
        """In document order."""

    @property
    def roots(self) -> Sequence[Concept]:
        """Sources that are no target, in order of first appearance."""

    def children(self, concept: Concept) -> Sequence[Relationship]:
        """Relationships from the concept, sorted by `order`; ties by document order."""

    def parents(self, concept: Concept) -> Sequence[Relationship]: ...


class Described(Protocol):
    """Labels and references of concepts: a taxonomy's own, or with its companions' (`Documentation`)."""

    def labels(self, concept: Concept) -> Sequence[Label]:
        """Effective labels over all link roles by descending arc priority, then document order."""

    def label(
        self, concept: Concept, role: str = ..., languages: Sequence[str] = ..., link_role: str | None = None
    ) -> str | None:
        """The text chosen by rendering.md 1.5, untrimmed; None where there is none in that role: no other is taken."""

    def references(self, concept: Concept) -> Sequence[Reference]:
        """Effective references, sorted by arc line."""

    @property
    def findings(self) -> Findings:
        """What was met in loading them."""


class Taxonomy(Described, Protocol):
    """A DTS. `recto.taxonomy.load(...)` returns one; every method is cheap to call again."""

    @property
    def discovered(self) -> Findings:
        """What discovery met so far, without a look at the extended links."""

    @property
    def findings(self) -> Findings:
        """What discovery met: missing documents, undefined targets, … (codes and lines)."""

    @property
    def documents(self) -> Mapping[str, DocumentInfo]:
        """All documents of the DTS by URL, in discovery order."""

    def concept(self, name: QName) -> Concept | None: ...

    def concept_by_id(self, url: str, fragment: str) -> Concept | None: ...

    def typed_domain(self, axis: Concept) -> Concept | None:
        """The element that the values of a typed axis are in (Dimensions 1.0, 2.5.2.1); None where it has none, or no
        document at hand declares it.
        """

    def concepts(self) -> Iterator[Concept]:
        """All global elements that are concepts, in discovery order. Reads every schema: not for hot paths."""

    def lacks(self, namespace: str) -> bool:
        """Whether what a namespace declares is not known, because schemas of the DTS were not to be had.

        Nothing may be said against a name of such a namespace: a document that is missing may declare it.
        """

    def type(self, name: QName) -> DataType | None: ...

    def namespaces(self) -> Sequence[str]:
        """Target namespaces of the DTS's schemas, in discovery order."""

    def prefixes(self) -> Mapping[str, str]:
        """prefix → namespace as bound on the roots of the DTS's schemas; the first binding in discovery order wins."""

    def role_types(self, uri: str) -> Sequence[RoleType]: ...

    def arcrole_types(self, uri: str) -> Sequence[RoleType]: ...

    def role_definition(self, uri: str, languages: Sequence[str] = ...) -> str:
        """Generic label of the role type if any (of the first language that has one), else its definition, both
        trimmed; else the URI (rendering.md 2.2).
        """

    def roles(self, arcrole: str) -> Sequence[str]:
        """Link roles with at least one effective arc of the arcrole, in document order of their first extended link."""

    def own_link_roles(self, arcrole: str) -> Sequence[str]:
        """Link roles that have an arc of the arcrole, prohibited or not, in a document of the filing itself."""

    def arcroles(self) -> Sequence[str]:
        """Every arcrole that some arc of the DTS uses."""

    def network(self, arcrole: str, role: str, *, link: QName | None = None, arc: QName | None = None) -> Network:
        """An empty network where there is none."""

    def default_member(self, axis: Concept) -> Concept | None:
        """The dimension-default (Dimensions 1.0, 2.6.1)."""

    def documentation(self, namespaces: Iterable[str]) -> Described:
        """The labels and references with those of companion linkbases for the namespaces (rendering.md 1.4).

        The companions are loaded beside the DTS, which does not change.
        """


class DocumentInfo(Struct, frozen=True):
    """One document of a DTS."""

    url: str
    kind: Literal["schema", "linkbase", "instance", "inline"]
    target_namespace: str | None = None
    prefix: str | None = None
    """Prefix of the target namespace on the schema's root."""
    local: bool = False
    """It belongs to the filing itself, not to a standard taxonomy."""
    first_link: str | None = None
    """Local name of a linkbase's first extended link (`presentationLink`, …)."""
    referenced_from: str | None = None
