"""Networks over nodes: relationships whose ends are concepts, resources or anything else that has an id.

What linkbases of formulas and tables are made of. Nothing of it is read before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from weakref import proxy

from lxml import etree

from recto.names import QName
from recto.taxonomy.compiled import CompiledDocument, Content
from recto.taxonomy.model import Concept
from recto.taxonomy.networks import Anchor, Arc

if TYPE_CHECKING:
    from recto.taxonomy.discovery import LoadedDocument


class Home(Protocol):
    """What nodes need of a DTS."""

    @property
    def members(self) -> Sequence[LoadedDocument]: ...
    def settle(self) -> None: ...
    def document_of(self, anchor: Anchor) -> LoadedDocument: ...
    def link_roles(self, arcrole: str) -> Sequence[str]: ...
    def arcs(self, arcrole: str, role: str) -> list[Arc[Any]]: ...


class Element:
    """An element of a resource: name, attributes (Clark notation), text, children, line, namespaces in force."""

    __slots__ = ("_compiled", "_content", "children", "line", "name", "tail", "text")

    def __init__(self, content: Content, compiled: CompiledDocument):
        name, _, self.text, self.tail, children, self.line, _ = content
        self._content = content
        self._compiled = compiled
        self.name = QName.of(name)
        self.children: tuple[Element, ...] = tuple([Element(child, compiled) for child in children])

    @property
    def attributes(self) -> Mapping[str, str]:
        return self._content[1]

    def get(self, name: str) -> str | None:
        return self._content[1].get(name)

    @property
    def namespaces(self) -> Mapping[str, str]:
        """By prefix; "" is the default namespace."""
        return self._compiled.binding(self._content[6])

    @property
    def string(self) -> str:
        """All text inside."""
        if not self.children:
            return self.text
        return self.text + "".join(child.string + child.tail for child in self.children)

    def iter(self) -> Iterator[Element]:
        """This element and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.iter()

    def find(self, name: QName) -> Element | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name is name), None)

    def to_xml(self) -> Any:
        """The same as an element of lxml."""
        spaces = {prefix or None: uri for prefix, uri in self.namespaces.items() if prefix != "xml"}
        made = etree.Element(self.name.clark, dict(self.attributes), nsmap=spaces)
        made.text = self.text or None
        for child in self.children:
            below = child.to_xml()
            below.tail = child.tail or None
            made.append(below)
        return made

    def __repr__(self) -> str:
        return f"Element({self.name.clark}, line {self.line})"


class Node:
    """A resource of an extended link; there is one object for each in a DTS, so identity is equality."""

    __slots__ = ("_element", "_home", "_name", "_record", "anchor", "document")

    def __init__(self, anchor: Anchor, home: Any):
        self.anchor = anchor
        self._home = home
        self.document: str = home.url
        self._record: Any = None
        self._name: QName | None = None
        self._element: Element | None = None

    @property
    def record(self) -> Any:
        if self._record is None:
            self._record = self._home.compiled.resource(self.anchor.ordinal)
        return self._record

    @property
    def is_local(self) -> bool:
        """Whether it stands in a document of the filing itself."""
        return bool(self._home.local)

    @property
    def name(self) -> QName:
        if self._name is None:
            self._name = QName.of(self.record[0])
        return self._name

    @property
    def role(self) -> str | None:
        role: str | None = self.record[1]
        return role

    @property
    def language(self) -> str | None:
        language: str | None = self.record[2]
        return language

    @property
    def text(self) -> str:
        text: str = self.record[3]
        return text

    @property
    def id(self) -> str | None:
        identifier: str | None = self.record[4]
        return identifier

    @property
    def line(self) -> int:
        line: int = self.record[6]
        return line

    @property
    def element(self) -> Element:
        """The resource's content. Labels and references have none of it: theirs is `text`."""
        if self._element is None:
            content = self._home.compiled.content(self.anchor.ordinal)
            if content is None:
                name, _, _, text, _, _, line = self.record
                content = (name, {}, text, "", (), line, 0)
            self._element = Element(content, self._home.compiled)
        return self._element

    def __repr__(self) -> str:
        return f"<Node {self.name.local} {self.id or ''} {self.document}:{self.line}>"


End = Concept | Node | Anchor


class NodeRelationship:
    """One effective arc, whatever it connects (XBRL 2.1, 3.5.3.9.7). Role types and other elements are anchors."""

    __slots__ = ("arc", "source", "target")

    def __init__(self, arc: Arc[Any], source: End, target: End):
        self.arc = arc
        self.source = source
        self.target = target

    @property
    def arcrole(self) -> str:
        return self.arc.info.arcrole

    @property
    def role(self) -> str:
        return self.arc.role

    @property
    def order(self) -> float:
        return self.arc.info.order

    @property
    def attributes(self) -> Mapping[QName, str]:
        """The arc's own attributes, those without a namespace under a plain name."""
        return self.arc.info.attributes

    @property
    def name(self) -> QName:
        """The arc element's name."""
        return self.arc.info.name

    @property
    def link(self) -> QName:
        return QName.of(self.arc.link)

    @property
    def document(self) -> str:
        url: str = self.arc.document.url
        return url

    @property
    def line(self) -> int:
        return self.arc.line

    def namespaces(self) -> Mapping[str, str]:
        """Prefixes bound where the arc's linkbase begins."""
        prefixes: Mapping[str, str] = self.arc.document.compiled.prefixes
        return prefixes

    def __repr__(self) -> str:
        return f"NodeRelationship({self.source!r} -> {self.target!r}, {self.arcrole})"


class NodeNetwork:
    """The effective relationships of one arcrole, in one link role or in all of them."""

    __slots__ = ("_from", "_to", "arcrole", "relationships")

    def __init__(self, arcrole: str, relationships: Sequence[NodeRelationship]):
        self.arcrole = arcrole
        self.relationships = relationships
        self._from: dict[End, list[NodeRelationship]] | None = None
        self._to: dict[End, list[NodeRelationship]] | None = None

    def of(self, source: End) -> Sequence[NodeRelationship]:
        """Relationships from an end, by order; ties by document order."""
        if self._from is None:
            found: dict[End, list[NodeRelationship]] = {}
            for each in self.relationships:
                found.setdefault(each.source, []).append(each)
            for siblings in found.values():
                siblings.sort(key=lambda each: each.order)
            self._from = found
        return self._from.get(source, ())

    def into(self, target: End) -> Sequence[NodeRelationship]:
        if self._to is None:
            found: dict[End, list[NodeRelationship]] = {}
            for each in self.relationships:
                found.setdefault(each.target, []).append(each)
            self._to = found
        return self._to.get(target, ())

    def __iter__(self) -> Iterator[NodeRelationship]:
        return iter(self.relationships)

    def __len__(self) -> int:
        return len(self.relationships)


class Nodes:
    """The nodes of a DTS and their networks, made when first asked for."""

    def __init__(self, dts: Home):
        self._dts: Home = proxy(dts)  # a DTS that is let go must not wait for the garbage collector
        self._nodes: dict[Anchor, Node] = {}
        self._networks: dict[tuple[str, str | None], NodeNetwork] = {}

    def node(self, anchor: Anchor) -> Node:
        node = self._nodes.get(anchor)
        if node is None:
            node = self._nodes.setdefault(anchor, Node(anchor, self._dts.document_of(anchor)))
        return node

    def _end(self, end: Any) -> End:
        return self.node(end) if type(end) is Anchor and end.kind == "resource" else end

    def network(self, arcrole: str, role: str | None = None) -> NodeNetwork:
        known = self._networks.get((arcrole, role))
        if known is None:
            dts = self._dts
            roles: Iterable[str] = (role,) if role is not None else dts.link_roles(arcrole)
            end = self._end
            made = [
                NodeRelationship(arc, end(arc[0]), end(arc[1])) for each in roles for arc in dts.arcs(arcrole, each)
            ]
            known = self._networks.setdefault((arcrole, role), NodeNetwork(arcrole, tuple(made)))
        return known

    def resources(self, names: frozenset[str] | None = None) -> Iterator[Node]:
        """Every resource of generic links that is more than text, in document order, those without arcs too.

        `names`: only of elements with these names (Clark notation).
        """
        self._dts.settle()
        for document in self._dts.members:
            compiled = document.compiled
            if compiled.first_link is None:
                continue
            for ordinal in compiled.content_ordinals():
                if names is None or compiled.resource(ordinal)[0] in names:
                    yield self.node(Anchor(document.ordinal, "resource", ordinal))
