"""Nodes of documents as expressions see them: thin objects over lxml's tree, one for each element."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

_serials = count()


class Untyped(str):
    """xs:untypedAtomic."""

    __slots__ = ()


class Tree:
    """A document. Nodes of one element are one object, so identity of nodes is that of objects."""

    def __init__(self, root: Any):
        self._root = root
        self.serial = next(_serials)
        self._nodes: dict[Any, ElementNode] = {}
        self._order: dict[Any, int] | None = None
        self._document: DocumentNode | None = None

    @property
    def root(self) -> Any:
        """lxml's root element."""
        return self._root

    @property
    def document(self) -> DocumentNode:
        if self._document is None:
            self._document = DocumentNode(self)
        return self._document

    def node(self, element: Any) -> ElementNode:
        node = self._nodes.get(element)
        if node is None:
            node = self._nodes[element] = self.make(element)
        return node

    def make(self, element: Any) -> ElementNode:
        return ElementNode(self, element)

    def atom(self, node: ElementNode) -> Any:
        """The typed value of an element: untyped where nothing is known of its type."""
        return Untyped(node.string)

    def attribute_atom(self, node: AttributeNode) -> Any:
        """The typed value of an attribute."""
        return Untyped(node.string)

    def substitutes(self, node: ElementNode, name: str) -> bool:
        """Whether an element may stand where one of that name in Clark notation is wanted: by name alone here."""
        return node.name == name

    def position(self, element: Any) -> int:
        if self._order is None:
            self._order = {each: at for at, each in enumerate(self.root.iter())}
        return self._order.get(element, 0)


class Node:
    """A node of any kind. `name` is in Clark notation, "" where it has none."""

    __slots__ = ("tree",)
    kind = "node"
    tree: Tree

    @property
    def name(self) -> str:
        return ""

    @property
    def string(self) -> str:
        raise NotImplementedError

    @property
    def atom(self) -> Any:
        return Untyped(self.string)

    @property
    def parent(self) -> Node | None:
        return None

    def children(self) -> Iterator[Node]:
        return iter(())

    def attributes(self) -> list[AttributeNode]:
        return []

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts nodes in document order."""
        raise NotImplementedError

    def descendants(self) -> Iterator[Node]:
        for child in self.children():
            yield child
            yield from child.descendants()


class DocumentNode(Node):
    __slots__ = ()
    kind = "document-node"

    def __init__(self, tree: Tree):
        self.tree = tree

    @property
    def string(self) -> str:
        return "".join(self.tree.root.itertext())

    def children(self) -> Iterator[Node]:
        yield self.tree.node(self.tree.root)

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.tree.serial, -1, 0)


class ElementNode(Node):
    __slots__ = ("_attributes", "_element", "_texts")
    kind = "element"

    def __init__(self, tree: Tree, element: Any):
        self.tree = tree
        self._element = element
        self._attributes: list[AttributeNode] | None = None
        self._texts: dict[int, TextNode] | None = None

    @property
    def element(self) -> Any:
        """lxml's element."""
        return self._element

    @property
    def name(self) -> str:
        name: str = self.element.tag
        return name

    @property
    def prefix(self) -> str:
        return self.element.prefix or ""

    @property
    def namespaces(self) -> dict[str, str]:
        return {prefix or "": uri for prefix, uri in self.element.nsmap.items()}

    @property
    def string(self) -> str:
        element = self.element
        return (element.text or "") if not len(element) else "".join(element.itertext())

    @property
    def atom(self) -> Any:
        return self.tree.atom(self)

    @property
    def parent(self) -> Node | None:
        above = self.element.getparent()
        return self.tree.node(above) if above is not None else self.tree.document

    def children(self) -> Iterator[Node]:
        element = self.element
        if element.text:
            yield self._text(0, element.text, None)
        for at, child in enumerate(element, 1):
            if isinstance(child.tag, str):
                yield self.tree.node(child)
            if child.tail:
                yield self._text(at, child.tail, child)

    def _text(self, at: int, text: str, before: Any) -> TextNode:
        if self._texts is None:
            self._texts = {}
        node = self._texts.get(at)
        if node is None:
            node = self._texts[at] = TextNode(self, at, text, before)
        return node

    def attributes(self) -> list[AttributeNode]:
        if self._attributes is None:
            self._attributes = [
                AttributeNode(self, name, value, at) for at, (name, value) in enumerate(self.element.items(), 1)
            ]
        return self._attributes

    def attribute(self, name: str) -> str | None:
        value: str | None = self.element.get(name)
        return value

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.tree.serial, self.tree.position(self.element), 0)


class AttributeNode(Node):
    __slots__ = ("_name", "_parent", "_value", "at")
    kind = "attribute"

    def __init__(self, parent: ElementNode, name: str, value: str, at: int):
        self.tree = parent.tree
        self._parent = parent
        self._name = name
        self._value = value
        self.at = at

    @property
    def name(self) -> str:
        return self._name

    @property
    def string(self) -> str:
        return self._value

    @property
    def atom(self) -> Any:
        return self.tree.attribute_atom(self)

    @property
    def parent(self) -> Node | None:
        return self._parent

    @property
    def order(self) -> tuple[int, int, int]:
        serial, place, _ = self._parent.order
        return (serial, place, self.at)


class TextNode(Node):
    __slots__ = ("_at", "_before", "_parent", "_value")
    kind = "text"

    def __init__(self, parent: ElementNode, at: int, value: str, before: Any):
        self.tree = parent.tree
        self._before = before
        self._parent = parent
        self._at = at
        self._value = value

    @property
    def string(self) -> str:
        return self._value

    @property
    def parent(self) -> Node | None:
        return self._parent

    @property
    def order(self) -> tuple[int, int, int]:
        last = self._parent.element if self._before is None else self._before
        while self._before is not None and len(last):
            last = last[-1]
        return (self.tree.serial, self.tree.position(last), 1_000_000 + self._at)
