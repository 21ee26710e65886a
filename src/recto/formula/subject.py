"""An instance as expressions see it: facts, contexts and units as nodes, made of XML only where a path asks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from recto.formula.pieces import Pieces, decimals, read_decimal, reader_of
from recto.instance.anchors import anchors
from recto.instance.columns import Columns
from recto.instance.model import Context, Fact, Instance, Period, TypedMember, Unit
from recto.names import XBRLDI, XBRLI, XSI, QName
from recto.xpath.context import LazyItem
from recto.xpath.errors import XPathError
from recto.xpath.nodes import AttributeNode, ElementNode, Node, Tree

UNKNOWN: Any = object()
MOST_DOCUMENTS = 100
"""Documents that the expressions of one report may read."""
_NIL = f"{{{XSI}}}nil"
_CONTEXT = f"{{{XBRLI}}}context"
_UNIT = f"{{{XBRLI}}}unit"
_PARTS = {f"{{{XBRLI}}}{part}": part for part in ("entity", "identifier", "segment", "period", "scenario")}


class Subject:
    """One instance under evaluation."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self._documents: dict[str, DocumentTree] = {}
        self._readers: dict[Any, Any] = {}
        self.taxonomy: Any = instance.taxonomy
        self.url = instance.url
        self._columns: Columns | None = None
        self._by_ordinal: list[FactNode | None] = [None] * len(instance.facts)
        self.typed: list[Any] = [UNKNOWN] * len(instance.facts)
        """Typed values of facts by ordinal; `UNKNOWN` where `typed_at` was not asked."""
        self._parts: dict[tuple[str, int], PartNode] = {}
        self._tree: InstanceTree | None = None
        self._typed: dict[int, ElementNode] = {}
        self.pieces = Pieces(self.taxonomy, instance.prefixes)
        self.root = LazyItem(lambda: self.tree.node(self.tree.root))
        """The context item of expressions that are about no fact."""

    def reader(self, type_: Any) -> Any:
        """What reads typed values of a declared type (`recto.formula.pieces.reader_of`)."""
        known = self._readers.get(type_)
        if known is None:
            known = self._readers[type_] = reader_of(type_)
        return known

    @property
    def columns(self) -> Columns:
        if self._columns is None:
            self._columns = Columns(self.instance)
            self._columns.written_key = self.pieces.key
        return self._columns

    @property
    def tree(self) -> InstanceTree:
        if self._tree is None:
            self._tree = InstanceTree(self)
        return self._tree

    def node(self, fact: Fact) -> FactNode:
        return self.node_at(fact.index)

    def node_at(self, at: int) -> FactNode:
        """The fact of an ordinal."""
        node = self._by_ordinal[at]
        if node is None:
            node = self._by_ordinal[at] = FactNode(self, self.instance.facts[at])
        return node

    def typed_at(self, at: int) -> Any:
        """The typed value of the fact of an ordinal; its node where it has none, which tells that when it is used."""
        value = self.typed[at]
        if value is UNKNOWN:
            try:
                value = typed_value(self, self.instance.facts[at])
            except XPathError:
                value = self.node_at(at)
            self.typed[at] = value
        return value

    def read_typed(self, facts: Sequence[int]) -> None:
        """Looks up the typed values of facts of which many will be asked for: decimals all at once."""
        typed, all_facts = self.typed, self.instance.facts
        unread = [at for at in facts if typed[at] is UNKNOWN]
        found = [all_facts[at] for at in unread]
        types = {concept.type if concept is not None else None for concept in {fact.concept for fact in found}}
        if len(types) != 1 or self.reader(types.pop()) is not read_decimal:
            return
        numbers = decimals([fact.value for fact in found])
        for at, number in zip(unread, numbers, strict=False):  # nil is no decimal, so that there are none
            typed[at] = number

    def part(self, part: str, owner: Context | Unit) -> PartNode:
        """A context, a unit, or an element within a context (`period`, `entity`, …)."""
        node = self._parts.get((part, id(owner)))
        if node is None:
            node = self._parts[part, id(owner)] = PartNode(self, part, owner)
        return node

    def facts(self) -> Iterator[FactNode]:
        for fact in self.instance.facts:
            yield self.node(fact)

    def document(self, url: str) -> DocumentTree:
        """Another document, found as the DTS's documents are (fn:doc). Raises `XPathError` FODC0002."""
        from recto.errors import RectoError

        known = self._documents.get(url)
        if known is None:
            if len(self._documents) >= MOST_DOCUMENTS:
                raise XPathError("FODC0002", f"more than {MOST_DOCUMENTS} documents are asked for")
            try:
                known = self._documents[url] = DocumentTree(self, self.taxonomy.document_tree(url))
            except RectoError as error:
                raise XPathError("FODC0002", f"{url[:200]}: {error.message}") from None
        return known

    def typed_member(self, member: TypedMember) -> ElementNode:
        """The element of a typed dimension's value, in a document of its own."""
        node = self._typed.get(id(member))
        if node is None:
            root = self.pieces.parse(member.xml)
            if root is None:
                root = etree.Element(member.element.clark)
                root.text = member.text
            node = self._typed[id(member)] = PieceTree(self, root).node(root)
        return node


class PieceTree(Tree):
    """A piece of XML that belongs to an instance, typed by the DTS."""

    def __init__(self, subject: Subject, root: Any):
        super().__init__(root)
        self.subject = subject
        self.pieces = subject.pieces

    def atom(self, node: ElementNode) -> Any:
        return self.pieces.atom(node.element, node.string)

    def substitutes(self, node: ElementNode, name: str) -> bool:
        """By substitution groups (XML Schema 1, 3.3.6)."""
        seen: set[str] = set()
        at: str | None = node.name
        while at is not None and at not in seen:
            if at == name:
                return True
            seen.add(at)
            concept = self.subject.taxonomy.concept(QName.of(at))
            at = concept.substitution_group.clark if concept is not None and concept.substitution_group else None
        return False

    def attribute_atom(self, node: AttributeNode) -> Any:
        parent = node.parent
        assert isinstance(parent, ElementNode)
        return self.pieces.attribute(parent.element, node.name, node.string)


class DocumentTree(PieceTree):
    """A document beside the report."""

    def __init__(self, subject: Subject, document: Any):
        super().__init__(subject, document.root)
        self.url: str = document.url
        words = (document.root.get(f"{{{XSI}}}schemaLocation") or "").split()
        found: dict[str, list[str]] = {}
        for namespace, location in zip(words[::2], words[1::2], strict=False):
            found.setdefault(namespace, []).append(document.resolve(document.root, location))
        self.pieces = Pieces(subject.taxonomy, {}, lambda: found)


class InstanceTree(PieceTree):
    """The document of an instance: as it was read, or written anew where it was read from another syntax."""

    def __init__(self, subject: Subject):
        super().__init__(subject, None)
        self._facts: dict[Any, Fact] | None = None
        self._elements: dict[Fact, Any] = {}
        self._contexts: dict[str, Any] = {}
        self._units: dict[str, Any] = {}

    @property
    def root(self) -> Any:
        if self._facts is None:
            self._load()
        return self._root

    def _load(self) -> None:
        instance = self.subject.instance
        known = anchors(instance)
        elements: list[Any]
        if known is not None and instance.kind == "xbrl" and known.contexts.keys() == instance.contexts.keys():
            elements = list(known.elements)
            self._contexts, self._units = dict(known.contexts), dict(known.units)
            outermost = next(iter([*elements, *self._contexts.values(), *self._units.values()]), None)
            if outermost is None:
                self._root = known.documents[instance.url].root
            else:
                *_, self._root = [
                    each for each in (outermost, *outermost.iterancestors()) if each.tag.endswith("}xbrl")
                ]
            facts = list(instance.facts)
        else:
            from recto.instance.write_xml import to_xml

            self._root = etree.fromstring(to_xml(instance), etree.XMLParser(resolve_entities=False, no_network=True))
            facts, elements = self._matched(_in_order(instance.facts))
            for child in self._root.iterchildren(_CONTEXT, _UNIT):
                (self._contexts if child.tag == _CONTEXT else self._units)[child.get("id")] = child
        self._facts = dict(zip(elements, facts, strict=True))
        self._elements = dict(zip(facts, elements, strict=True))

    def _matched(self, facts: list[Fact]) -> tuple[list[Fact], list[Any]]:
        """Facts with their elements in a document that was written for them, in the same order."""
        names = {fact.qname.clark for fact in facts}
        elements = [each for each in self._root.iterdescendants() if each.tag in names]
        paired: list[tuple[Fact, Any]] = []
        at = 0
        for fact in facts:
            if at < len(elements) and elements[at].tag == fact.qname.clark:
                paired.append((fact, elements[at]))
                at += 1
        return [fact for fact, _ in paired], [element for _, element in paired]

    def make(self, element: Any) -> ElementNode:
        self.root  # noqa: B018 - loads
        fact = (self._facts or {}).get(element)
        if fact is not None:
            return self.subject.node(fact)
        tag = element.tag
        instance = self.subject.instance
        identifier = element.get("id")
        if tag == _CONTEXT and self._contexts.get(identifier) is element:
            return self.subject.part("context", instance.contexts[identifier])
        if tag == _UNIT and self._units.get(identifier) is element:
            return self.subject.part("unit", instance.units[identifier])
        if tag in _PARTS:
            above: Any = element.getparent()
            if above is not None and above.tag != _CONTEXT:
                above = above.getparent()
            if above is not None and above.tag == _CONTEXT:
                owner = instance.contexts.get(above.get("id") or "")
                if owner is not None and self._contexts.get(owner.id) is above:
                    return self.subject.part(_PARTS[tag], owner)
        return ElementNode(self, element)

    def of_fact(self, fact: Fact) -> Any:
        self.root  # noqa: B018 - loads
        return self._elements.get(fact)

    def of_part(self, part: str, owner: Context | Unit) -> Any:
        root = self.root
        if part == "unit":
            return self._units.get(owner.id)
        element = self._contexts.get(owner.id)
        if part == "context" or element is None:
            return element
        name = f"{{{XBRLI}}}{part}"
        return next((each for each in element.iter(name)), None) if root is not None else None


def _in_order(facts: Sequence[Fact]) -> list[Fact]:
    """Facts as they are written: what stands in a tuple behind it, also where it was given later."""
    within: dict[Fact | None, list[Fact]] = {}
    for fact in facts:
        within.setdefault(fact.parent, []).append(fact)
    found: list[Fact] = []
    pending = within.get(None, [])[::-1]
    while pending:
        fact = pending.pop()
        found.append(fact)
        pending += within.get(fact, ())[::-1]
    return found


class _ModelNode(ElementNode):
    """Something of the model, whose element is looked for only when a path asks for it."""

    __slots__ = ("subject",)
    subject: Subject

    @property
    def tree(self) -> Tree:
        return self.subject.tree

    @tree.setter
    def tree(self, value: Tree) -> None:
        pass

    @property
    def element(self) -> Any:
        if self._element is None:
            self._element = self._find()
            if self._element is None:
                raise XPathError("xpath:noElement", f"{self._words()} has none")
            self.subject.tree._nodes[self._element] = self
        return self._element

    def _find(self) -> Any:
        raise NotImplementedError

    def _words(self) -> str:
        raise NotImplementedError


class FactNode(_ModelNode):
    """A fact. Its typed value comes from the model; XML is looked at only where a path leads into it."""

    __slots__ = ("_atom", "fact")

    def __init__(self, subject: Subject, fact: Fact):
        self._element = None
        self._attributes = None
        self._texts = None
        self.subject = subject
        self.fact = fact
        self._atom: Any = self  # not known yet

    def _find(self) -> Any:
        return self.subject.tree.of_fact(self.fact)

    def _words(self) -> str:
        return f"the fact {self.fact.id}"

    @property
    def name(self) -> str:
        return self.fact.qname.clark

    @property
    def prefix(self) -> str:
        fact = self.fact
        for prefix, namespace in self.subject.instance.prefixes.items():
            if namespace == fact.qname.namespace:
                return prefix
        return fact.concept.prefix if fact.concept is not None else ""

    @property
    def namespaces(self) -> dict[str, str]:
        return dict(self.subject.instance.prefixes) if self.subject.instance.kind != "xbrl" else super().namespaces

    @property
    def string(self) -> str:
        fact = self.fact
        if fact.is_tuple or fact.numerator is not None:
            return super().string
        return fact.value

    @property
    def atom(self) -> Any:
        if self._atom is self:
            self._atom = typed_value(self.subject, self.fact)
        return self._atom

    @property
    def parent(self) -> Node | None:
        fact = self.fact
        return self.subject.node(fact.parent) if fact.parent is not None else super().parent

    def __repr__(self) -> str:
        return f"FactNode({self.fact!r})"


def typed_value(subject: Subject, fact: Fact) -> Any:
    """Raises `XPathError` FOTY0012 for tuples and fractions, which have none."""
    if fact.nil:
        return []
    if fact.numerator is not None:
        raise XPathError("FOTY0012", f"the fraction {fact.qname.local} has no typed value")
    if fact.context is None and fact.is_tuple:
        raise XPathError("FOTY0012", f"the tuple {fact.qname.local} has no typed value")
    concept = fact.concept
    type_ = concept.type if concept is not None else None
    return subject.reader(type_)(fact.value, type_, lambda: subject.node(fact).namespaces)


class PartNode(_ModelNode):
    """A context, a unit, or an element of a context."""

    __slots__ = ("owner", "part")

    def __init__(self, subject: Subject, part: str, owner: Context | Unit):
        super().__init__(None, None)  # type: ignore[arg-type]
        self.subject = subject
        self.part = part
        self.owner: Any = owner

    def _find(self) -> Any:
        return self.subject.tree.of_part(self.part, self.owner)

    def _words(self) -> str:
        return f"the {self.part} of {self.owner.id}"

    @property
    def name(self) -> str:
        return f"{{{XBRLI}}}{self.part}"

    @property
    def atom(self) -> Any:
        if self.part == "identifier":
            return self.owner.identifier
        raise XPathError("FOTY0012", f"{self.part} holds elements alone: it has no value")

    @property
    def string(self) -> str:
        return self.owner.identifier if self.part == "identifier" else super().string

    @property
    def period(self) -> Period:
        period: Period = self.owner.period
        return period


def dimension_element(subject: Subject, context: Context, axis: QName) -> Any:
    """The lxml element that states a context's member on an axis."""
    element = subject.part("context", context).element
    prefixes = (f"{{{XBRLDI}}}explicitMember", f"{{{XBRLDI}}}typedMember")
    for each in element.iter(*prefixes):
        prefix, colon, local = (each.get("dimension") or "").strip().partition(":")
        uri = each.nsmap.get(prefix if colon else None, "")
        if QName(uri, local if colon else prefix) is axis:
            return each
    return None
