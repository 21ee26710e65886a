"""What the compiler makes of one document: immutable plain data, the same in memory and on disk.

A compiled document depends on the document's bytes alone, never on its URL or on other documents: references are kept
as written (with the `xml:base` values around them) and resolved by the DTS. Names are in Clark notation.

`CompiledDocument` is the reading interface; `MemoryDocument` holds the compiler's output, `recto.taxonomy.binary`
has the form that is read from a file without unpacking it.

Records are tuples, because thousands of them are made for each filing:

* `Tree`: `(tag, attributes, children, line)`, a schema component without annotations; names in the attributes `base`,
  `type`, `ref`, `itemType`, `memberTypes`, `substitutionGroup` and `refer` are expanded.
* `Import`: `(tag, namespace, location, bases, line)` of import, include and redefine.
* `LinkbaseRef`: `(href, role, arcrole, bases, line)`.
* `RoleRef`: `(tag, uri, href, bases, line)`, of roleRef and arcroleRef.
* `RoleDeclaration`: `(tag, uri, id, definition, used on, cycles allowed, line)`.
* `Group`: `(arcrole, arc name, first row, rows, prohibits)`: the arcs of one kind in an extended link.
* `Link`: `(name, role, line, id, groups)`.
* `Part`: `(bases, document part of the href, line of its first use)`.
* `Node`: `(part, fragment, line)` of a locator, `(-1, resource, line)` of a resource.
* `Row`: `(source node, target node, variant, line)`: an arc, taken apart where its labels name several nodes.
* `Variant`: `(arc name, arcrole, use, priority, other attributes)`: what many arcs have in common.
* `ResourceRecord`: `(name, role, language, text, id, parts, line)`; parts are `(name, text)` of child elements.
* `Content`: `(name, attributes, text, tail, children, line, bindings)`, an element of a resource that is more
  than text; bindings is the ordinal of the namespace bindings in force.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from threading import Lock
from typing import Literal, NamedTuple, TypeAlias

DocumentKind: TypeAlias = Literal["schema", "linkbase", "other"]
Bases: TypeAlias = tuple[str, ...]
"""Values of `xml:base` from the root inwards."""
Tree: TypeAlias = tuple[str, dict[str, str], tuple["Tree", ...], int]
Import: TypeAlias = tuple[str, str | None, str | None, Bases, int]
LinkbaseRef: TypeAlias = tuple[str, str | None, str | None, Bases, int]
RoleRef: TypeAlias = tuple[str, str, str, Bases, int]
RoleDeclaration: TypeAlias = tuple[str, str, str | None, str | None, tuple[str, ...], str | None, int]
Group: TypeAlias = tuple[str, str, int, int, bool]
Link: TypeAlias = tuple[str, str, int, str | None, tuple[Group, ...]]
Part: TypeAlias = tuple[Bases, str, int]
Node: TypeAlias = tuple[int, str | int, int]
Row: TypeAlias = tuple[int, int, int, int]
Variant: TypeAlias = tuple[str, str, str, str, tuple[tuple[str, str], ...]]
ResourceRecord: TypeAlias = tuple[str, str | None, str | None, str, str | None, tuple[tuple[str, str], ...], int]
Content: TypeAlias = tuple[str, dict[str, str], str, str, tuple["Content", ...], int, int]
Identified: TypeAlias = tuple[Literal["element", "role", "component", "resource", "link", "other"], int]
"""What an `id` is on, and its ordinal among its kind (0 where that has none)."""

ABSTRACT = 1
NILLABLE = 2
COMPONENT_KINDS = frozenset(("complexType", "simpleType", "attribute", "attributeGroup", "group", "notation"))


class ElementRecord(NamedTuple):
    """A global element declaration. Absent values are ""; `line` is that of the start tag's end."""

    name: str
    id: str
    type: str
    substitution_group: str
    flags: int
    period_type: str
    balance: str
    typed_domain: str
    line: int
    attributes: dict[str, str]
    """All other attributes: those in a namespace in Clark notation; default, fixed, block, final, …"""
    definition: Tree | None
    """The anonymous type."""


class CompiledDocument:
    """The reading interface. Plain attributes are small and always there; methods read what they are asked for."""

    __slots__ = (
        "_row_starts",
        "all_ids",
        "first_link",
        "imports",
        "kind",
        "linkbase_refs",
        "links",
        "namespace",
        "odd_nodes",
        "parts",
        "prefixes",
        "qualified",
        "reference_order",
        "role_refs",
        "role_types",
        "root",
    )

    kind: DocumentKind
    root: str
    namespace: str | None
    """Target namespace of a schema; None where it has none."""
    prefixes: dict[str, str]
    """Namespace bindings of the root element; "" is the default namespace."""
    qualified: bool
    """`elementFormDefault` is qualified."""
    reference_order: Sequence[tuple[str, int]]
    """As they stand: "import" or "linkbaseRef" with its ordinal, "links" for the locators of (embedded) linkbases."""
    imports: Sequence[Import]
    linkbase_refs: Sequence[LinkbaseRef]
    role_refs: Sequence[RoleRef]
    role_types: Sequence[RoleDeclaration]
    links: Sequence[Link]
    parts: Sequence[Part]
    all_ids: bool
    """Whether `find_id` knows every id of the document, or only those of declarations, links and resources."""
    first_link: str | None
    """Name of the first extended link."""
    odd_nodes: Sequence[int]
    """Locators that point by something other than an id."""

    def __init__(self) -> None:
        self._row_starts: tuple[list[int], list[tuple[int, int]]] | None = None

    def complete(self) -> None:
        """Makes sure that the extended links can be read."""

    def abandon(self) -> None:
        """Gives up what `complete` would need."""

    def link_and_group(self, row: int) -> tuple[int, int]:
        """Ordinals of the extended link and of the group in it that a row belongs to."""
        if self._row_starts is None:
            groups = [
                (group[2], (at, nth))
                for at, link in enumerate(self.links)
                for nth, group in enumerate(link[4])
                if group[3]
            ]
            self._row_starts = [first for first, _ in groups], [place for _, place in groups]
        starts, places = self._row_starts
        return places[bisect_right(starts, row) - 1]

    def link_of(self, row: int) -> Link:
        """The extended link that a row belongs to."""
        links = self.links
        return links[self.link_and_group(row)[0] if len(links) > 1 else 0]

    def nodes_in_order(self) -> Sequence[Node]:
        return [self.node(ordinal) for ordinal in range(self.node_count)]

    # The rest is what the two forms do differently.
    @property
    def element_count(self) -> int:
        raise NotImplementedError

    @property
    def node_count(self) -> int:
        raise NotImplementedError

    def element(self, ordinal: int) -> ElementRecord:
        raise NotImplementedError

    def attributes(self, ordinal: int) -> dict[str, str]:
        """Those of `element(ordinal)`."""
        return self.element(ordinal).attributes

    def element_name(self, ordinal: int) -> str:
        raise NotImplementedError

    def find_element(self, name: str) -> int:
        """Ordinal of the global element with this local name, or -1."""
        raise NotImplementedError

    def find_id(self, identifier: str) -> Identified | None:
        raise NotImplementedError

    def component(self, kind: str, name: str) -> Tree | None:
        """A global type, group or attribute; an overriding one within `redefine` counts too."""
        raise NotImplementedError

    def components(self) -> Iterable[tuple[str, str]]:
        """`(kind, name)` of all."""
        raise NotImplementedError

    def node(self, ordinal: int) -> Node:
        raise NotImplementedError

    def resource(self, ordinal: int) -> ResourceRecord:
        raise NotImplementedError

    def content(self, ordinal: int) -> Content | None:
        """The element of a resource other than a label or reference; None for these."""
        raise NotImplementedError

    def content_ordinals(self) -> Iterable[int]:
        """Of the resources that have a `content`, in order."""
        raise NotImplementedError

    def binding(self, ordinal: int) -> dict[str, str]:
        """Namespaces by prefix, "" for the default one, that are in force on some elements of resources."""
        raise NotImplementedError

    def variant(self, ordinal: int) -> Variant:
        raise NotImplementedError

    def rows(self, first: int, count: int) -> Sequence[Row]:
        raise NotImplementedError

    def arcs_from(self, fragment: str) -> Sequence[tuple[int, int, Row]]:
        """Label and reference arcs (standard and generic) whose source locator has this fragment: the ordinal of the
        row, the part that the locator points into, the row.
        """
        raise NotImplementedError


class MemoryDocument(CompiledDocument):
    """A compiled document in memory, as the compiler leaves it.

    Its extended links may still be uncompiled; `complete` is then to be called before anything of them is read.
    """

    __slots__ = (
        "_by_id",
        "_by_name",
        "_by_source",
        "_lock",
        "all_rows",
        "bindings",
        "component_trees",
        "contents",
        "elements",
        "first_nodes",
        "ids",
        "nodes",
        "pending",
        "raw_links",
        "resources",
        "unusual_links",
        "variants",
        "widest",
    )

    def __init__(self, kind: DocumentKind = "other", root: str = "", namespace: str | None = None) -> None:
        super().__init__()
        self.kind = kind
        self.root = root
        self.namespace = namespace
        self.prefixes = {}
        self.qualified = False
        self.reference_order: list[tuple[str, int]] = []
        self.imports: list[Import] = []
        self.linkbase_refs: list[LinkbaseRef] = []
        self.role_refs: list[RoleRef] = []
        self.role_types: list[RoleDeclaration] = []
        self.links: list[Link] = []
        self.first_link: str | None = None
        self.all_ids = False
        self._lock = Lock()
        self.pending: Callable[[], None] | None = None
        """Compiles the extended links; None where that is done."""
        self.parts: list[Part] = []
        self.odd_nodes: list[int] = []
        self.widest: tuple[int, int] | None = None
        """Line, and how many, of the arcs left out because too many locators share their labels; None for none."""
        self.elements: list[ElementRecord] = []
        self.component_trees: dict[tuple[str, str], Tree] = {}
        self.ids: dict[str, Identified] = {}
        """Identified things other than global elements."""
        self.nodes: list[Node] = []
        self.resources: list[ResourceRecord] = []
        self.contents: dict[int, Content] = {}
        self.bindings: list[dict[str, str]] = []
        self.variants: list[Variant] = []
        self.all_rows: list[Row] = []
        self.first_nodes: list[int] = []
        """Ordinal of the first node of each link."""
        self.unusual_links: set[int] = set()
        """Links with escaped pointers, several arcs between two labels, or arcs to none: validation looks closer."""
        self.raw_links: list[object] = []
        """For `recto.taxonomy.raw`, if asked for: each extended link's children with all their attributes."""
        self._by_name: dict[str, int] | None = None
        self._by_id: dict[str, Identified] | None = None
        self._by_source: dict[str, list[int]] | None = None

    def complete(self) -> None:
        """Compiles the extended links if that was put off: once, whichever thread asks first."""
        if self.pending is not None:
            with self._lock:
                if self.pending is not None:
                    self.pending()
                    self.pending = None

    def abandon(self) -> None:
        self.pending = None

    @property
    def element_count(self) -> int:
        return len(self.elements)

    @property
    def node_count(self) -> int:
        return len(self.nodes)

    def element(self, ordinal: int) -> ElementRecord:
        return self.elements[ordinal]

    def element_name(self, ordinal: int) -> str:
        return self.elements[ordinal][0]

    def find_element(self, name: str) -> int:
        if self._by_name is None:
            self._by_name = index_names(self.elements)
        return self._by_name.get(name, -1)

    def find_id(self, identifier: str) -> Identified | None:
        if self._by_id is None:
            self._by_id = index_ids(self)
        return self._by_id.get(identifier)

    def component(self, kind: str, name: str) -> Tree | None:
        return self.component_trees.get((kind, name))

    def components(self) -> Iterable[tuple[str, str]]:
        return self.component_trees

    def node(self, ordinal: int) -> Node:
        return self.nodes[ordinal]

    def nodes_in_order(self) -> Sequence[Node]:
        return self.nodes

    def resource(self, ordinal: int) -> ResourceRecord:
        return self.resources[ordinal]

    def content(self, ordinal: int) -> Content | None:
        return self.contents.get(ordinal)

    def content_ordinals(self) -> Iterable[int]:
        return self.contents

    def binding(self, ordinal: int) -> dict[str, str]:
        return self.bindings[ordinal]

    def variant(self, ordinal: int) -> Variant:
        return self.variants[ordinal]

    def rows(self, first: int, count: int) -> Sequence[Row]:
        return self.all_rows[first : first + count]

    def arcs_from(self, fragment: str) -> Sequence[tuple[int, int, Row]]:
        if self._by_source is None:
            self._by_source = index_sources(self)
        rows = self.all_rows
        return [(number, self.nodes[rows[number][0]][0], rows[number]) for number in self._by_source.get(fragment, ())]


def index_names(elements: Sequence[ElementRecord]) -> dict[str, int]:
    """Local name → ordinal; the first of equal ones counts."""
    names: dict[str, int] = {}
    for ordinal, element in enumerate(elements):
        names.setdefault(element[0], ordinal)
    return names


def index_ids(document: MemoryDocument) -> dict[str, Identified]:
    ids: dict[str, Identified] = {}
    for ordinal, element in enumerate(document.elements):
        if element[1]:
            ids.setdefault(element[1], ("element", ordinal))
    for identifier, what in document.ids.items():
        ids.setdefault(identifier, what)
    return ids


LABEL_ARCROLES = frozenset(
    (
        "http://www.xbrl.org/2003/arcrole/concept-label",
        "http://www.xbrl.org/2003/arcrole/concept-reference",
        "http://xbrl.org/arcrole/2008/element-label",
        "http://xbrl.org/arcrole/2008/element-reference",
    )
)
"""Arcroles whose arcs are looked up by their source."""


def index_sources(document: MemoryDocument) -> dict[str, list[int]]:
    """Fragment of the source locator → rows, for label and reference arcs."""
    sources: dict[str, list[int]] = {}
    nodes = document.nodes
    for link in document.links:
        for arcrole, _, first, count, _ in link[4]:
            if arcrole in LABEL_ARCROLES:
                for number, row in enumerate(document.all_rows[first : first + count], first):
                    part, fragment, _ = nodes[row[0]]
                    if part >= 0:
                        sources.setdefault(fragment, []).append(number)  # type: ignore[arg-type]
    return sources
