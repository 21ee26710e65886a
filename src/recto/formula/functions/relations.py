"""Functions on networks, labels, footnotes, instances and new elements (function registry, 90501 to 90601, 90801)."""

from __future__ import annotations

from typing import Any

from lxml import etree

from recto.formula.functions.library import (
    ROOT,
    concept_of,
    fact_of,
    function,
    name_value,
    named,
    subject_at,
    subject_of,
)
from recto.formula.pieces import atom_of
from recto.formula.subject import PieceTree, Subject
from recto.instance.model import Footnote
from recto.names import (
    ARC_CONCEPT_LABEL,
    ARC_FACT_FOOTNOTE,
    ROLE_FOOTNOTE,
    ROLE_LABEL,
    ROLE_LINK,
    XLINK,
    QName,
)
from recto.taxonomy.model import Concept
from recto.xpath import Dynamic, XPathError
from recto.xpath.errors import BudgetError
from recto.xpath.nodes import ElementNode
from recto.xpath.values import AnyURI, QNameValue, Untyped, Value, items, one_or_list, string

_MOST = 200_000
"""Relationships that one walk may visit."""


class RelationshipItem(ElementNode):
    """An effective relationship between concepts, as an item that expressions hand on."""

    __slots__ = ("arc", "source", "subject", "target")

    def __init__(self, subject: Subject, arc: Any):
        super().__init__(None, None)  # type: ignore[arg-type]
        self.subject = subject
        self.arc = arc
        self.source: Concept = arc.source
        self.target: Concept = arc.target

    @property
    def name(self) -> str:
        return str(self.arc.info.name.clark)

    @property
    def string(self) -> str:
        return ""

    @property
    def order(self) -> Any:
        return (-1, *self.arc.sequence)

    @property
    def parent(self) -> None:
        return None


def _text(value: Value, default: str) -> str:
    return value if isinstance(value, str) and value else default


class _Network:
    """The arcs of a network between concepts, by their ends."""

    def __init__(self, subject: Subject, arcrole: str, role: str, link: Any = None, arc: Any = None):
        taxonomy = subject.taxonomy
        self.items = [
            RelationshipItem(subject, each)
            for each in taxonomy.arcs(arcrole, role, link=link.clark if link else None, arc=arc.clark if arc else None)
            if isinstance(each.source, Concept) and isinstance(each.target, Concept)
        ]
        self.of: dict[Concept, list[RelationshipItem]] = {}
        self.into: dict[Concept, list[RelationshipItem]] = {}
        for item in self.items:
            self.of.setdefault(item.source, []).append(item)
            self.into.setdefault(item.target, []).append(item)
        for siblings in self.of.values():
            siblings.sort(key=lambda item: item.arc.info.order)

    @property
    def roots(self) -> list[Concept]:
        return [concept for concept in self.of if concept not in self.into]


def network(subject: Subject, arcrole: str, role: str, link: Any = None, arc: Any = None) -> _Network:
    known: dict[Any, _Network] = subject.__dict__.setdefault("networks", {})
    key = (arcrole, role, link, arc)
    found = known.get(key)
    if found is None:
        found = known[key] = _Network(subject, arcrole, role, link, arc)
    return found


def walk(net: _Network, start: Concept, generations: int, *, up: bool = False) -> list[RelationshipItem]:
    """Relationships below (or above) a concept, each branch until it comes to a concept again."""
    found: list[RelationshipItem] = []

    def visit(concept: Concept, left: int, path: frozenset[Concept]) -> None:
        for item in (net.into if up else net.of).get(concept, ()):
            found.append(item)
            if len(found) > _MOST:
                raise BudgetError("the network is walked too far")
            further = item.source if up else item.target
            if left != 1 and (left or further not in path):
                visit(further, left - 1 if left else 0, path | {further})

    visit(start, generations, frozenset((start,)))
    return found


def _relationships(
    subject: Subject, source: QNameValue, role: Value, arcrole: str, axis: str, generations: int, link: Any, arc: Any
) -> list[RelationshipItem]:
    net = network(subject, arcrole, _text(role, ROLE_LINK), link, arc)
    if source.name is ROOT:
        found: list[RelationshipItem] = []
        if axis in ("descendant", "child", "sibling-or-descendant"):
            for root in net.roots:
                found += walk(net, root, 1 if axis == "child" else generations)
        return found
    concept = subject.taxonomy.concept(source.name)
    if concept is None:
        return []
    if axis in ("descendant", "child"):
        return walk(net, concept, 1 if axis == "child" else generations)
    if axis in ("ancestor", "parent"):
        return walk(net, concept, 1 if axis == "parent" else generations, up=True)
    if axis in ("sibling", "sibling-or-descendant"):
        found = []
        for above in net.into.get(concept, ()):
            found += [item for item in net.of[above.source] if item.target is not concept or axis != "sibling"]
        if axis == "sibling-or-descendant":
            found += walk(net, concept, generations)
        return list(dict.fromkeys(found))
    raise XPathError("xfie:invalidAxis", f"there is no axis {axis[:40]!r}")


def _link_name(value: Value) -> QName | None:
    return value.name if isinstance(value, QNameValue) else None


@function(
    "xfi:concept-relationships",
    "xs:QName",
    "xs:string?",
    "xs:string",
    "xs:string",
    "xs:integer?",
    "xs:QName?",
    "xs:QName?",
    "node()?",
    least=4,
)
def _concept_relationships(
    dynamic: Dynamic,
    source: QNameValue,
    role: Value,
    arcrole: str,
    axis: str,
    generations: Value = 0,
    link: Value = None,
    arc: Value = None,
    root: Value = None,
) -> Value:
    subject = subject_at(dynamic, root)
    count = generations if type(generations) is int else 0
    return one_or_list(_relationships(subject, source, role, arcrole, axis, count, _link_name(link), _link_name(arc)))


@function(
    "xfi:navigate-relationships",
    "xs:QName",
    "xs:string?",
    "xs:string",
    "xs:string",
    "xs:integer",
    "item()*",
    "node()?",
    least=5,
)
def _navigate(
    dynamic: Dynamic,
    source: QNameValue,
    role: Value,
    arcrole: str,
    axis: str,
    generations: int,
    attributes: Value = None,
    root: Value = None,
) -> Value:
    subject = subject_at(dynamic, root)
    net = network(subject, arcrole, _text(role, ROLE_LINK))
    concept = subject.taxonomy.concept(source.name)
    if source.name is not ROOT and (concept is None or (concept not in net.of and concept not in net.into)):
        return []
    found: list[tuple[Concept, RelationshipItem | None]] = []
    if axis.endswith("-or-self") and concept is not None:
        found.append((concept, None))
    base = axis.removesuffix("-or-self")
    if base == "descendant":
        if source.name is ROOT:
            for top in net.roots:
                found.append((top, None))
                if generations != 1:
                    found += [(item.target, item) for item in walk(net, top, generations - 1 if generations else 0)]
        else:
            found += [(item.target, item) for item in walk(net, concept, generations)]
    elif base == "ancestor" and concept is not None:
        found += [(item.source, item) for item in walk(net, concept, generations, up=True)]
    elif base in ("sibling", "sibling-or-abstract-descendant") and concept is not None:
        siblings = [(item.target, item) for above in net.into.get(concept, ()) for item in net.of[above.source]]
        if concept not in net.into:
            siblings = [(top, None) for top in net.roots]  # type: ignore[misc]
        if base == "sibling":
            found += [each for each in siblings if each[0] is not concept]
        else:
            for each in siblings:
                found.append(each)
                found += _abstract_descendants(net, each[0], frozenset())
    result: list[Any] = [named(each) for each, _ in found]
    for name in items(attributes) if attributes is not None else ():
        if isinstance(name, QNameValue):
            for _, item in found:
                result += items(_arc_attribute(item, name.name)) if item is not None else []
    return one_or_list(result)


def _abstract_descendants(net: _Network, concept: Concept, path: frozenset[Concept]) -> list[Any]:
    if not concept.abstract or concept in path:
        return []
    found: list[Any] = []
    for item in net.of.get(concept, ()):
        found.append((item.target, item))
        found += _abstract_descendants(net, item.target, path | {concept})
    return found


def _arc_attribute(item: RelationshipItem, name: QName) -> Value:
    info = item.arc.info
    if not name.namespace:
        if name.local == "order":
            from decimal import Decimal

            return Decimal(repr(info.order))
        if name.local == "weight":
            return info.weight if info.weight is not None else []
        if name.local == "preferredLabel":
            return AnyURI(info.preferred_label) if info.preferred_label is not None else []
        if name.local == "priority":
            return info.priority
        if name.local == "use":
            return "prohibited" if info.prohibited else "optional"
    if name.namespace == XLINK:
        return {"arcrole": AnyURI(info.arcrole), "type": "arc"}.get(name.local, [])
    special = {"targetRole": info.target_role, "contextElement": info.context_element}
    if name.local in special and special[name.local] is not None:
        return special[name.local]
    if name.local in ("closed", "usable") and "xbrldt" in name.namespace:
        return bool(getattr(info, name.local))
    text = info.attributes.get(name)
    if text is None:
        return []
    taxonomy = item.subject.taxonomy
    found = taxonomy.component("attribute", name) if name.namespace else None
    declared = None
    if found is not None and found[1][1].get("type"):
        declared = taxonomy.type(QName.of(found[0].name(found[1][1]["type"])))
    return atom_of(text, declared, dict) if declared is not None else Untyped(text)


def _relationship(value: Value) -> RelationshipItem:
    if not isinstance(value, RelationshipItem):
        raise XPathError("XPTY0004", "an argument is no relationship")
    return value


@function("xfi:relationship-from-concept", "item()")
def _from_concept(dynamic: Dynamic, item: Value) -> Value:
    return named(_relationship(item).source)


@function("xfi:relationship-to-concept", "item()")
def _to_concept(dynamic: Dynamic, item: Value) -> Value:
    return named(_relationship(item).target)


@function("xfi:relationship-name", "item()")
def _relationship_name(dynamic: Dynamic, item: Value) -> Value:
    relationship = _relationship(item)
    return name_value(relationship.subject, relationship.arc.info.name)


@function("xfi:relationship-link-name", "item()")
def _relationship_link_name(dynamic: Dynamic, item: Value) -> Value:
    relationship = _relationship(item)
    return name_value(relationship.subject, QName.of(relationship.arc.link))


@function("xfi:relationship-attribute", "item()", "xs:QName")
def _relationship_attribute(dynamic: Dynamic, item: Value, name: QNameValue) -> Value:
    return _arc_attribute(_relationship(item), name.name)


@function("xfi:relationship-link-attribute", "item()", "xs:QName")
def _relationship_link_attribute(dynamic: Dynamic, item: Value, name: QNameValue) -> Value:
    relationship = _relationship(item)
    if name.name.namespace == XLINK and name.name.local == "role":
        return AnyURI(relationship.arc.role)
    if name.name.namespace == XLINK and name.name.local == "type":
        return "extended"
    arc = relationship.arc
    try:
        tree = relationship.subject.taxonomy.document_tree(arc.document.url)
    except Exception as error:  # built in, or gone since
        from recto.errors import RectoError

        if not isinstance(error, RectoError):
            raise
        return []
    number = arc.document.compiled.link_and_group(arc.sequence[1])[0]
    links = [each for each in tree.root.iter() if each.get(f"{{{XLINK}}}type") == "extended"]
    text = links[number].get(name.name.clark) if number < len(links) else None
    return relationship.subject.pieces.attribute(links[number], name.name.clark, text) if text is not None else []


@function("xfi:distinct-nonAbstract-parent-concepts", "xs:string?", "xs:string", "node()?", least=2)
def _parents(dynamic: Dynamic, role: Value, arcrole: str, root: Value = None) -> Value:
    subject = subject_at(dynamic, root)
    net = network(subject, arcrole, _text(role, ROLE_LINK))
    found = dict.fromkeys(item.source for item in net.items if not item.source.abstract and not item.target.abstract)
    return one_or_list([named(each) for each in found])


@function("xfi:linkbase-link-roles", "xs:string", "node()?", least=1)
def _link_roles(dynamic: Dynamic, arcrole: str, root: Value = None) -> Value:
    subject = subject_at(dynamic, root)
    roles = dict.fromkeys(subject.taxonomy.roles(arcrole))
    if not roles:  # of footnotes
        for links in subject.instance.links.values():
            roles.update((each.link_role, None) for each in links if each.arcrole == arcrole)
    return one_or_list([AnyURI(role) for role in roles])


@function("xfi:concept-label", "xs:QName", "xs:string?", "xs:string?", "xs:string", "node()?", least=4)
def _concept_label(
    dynamic: Dynamic, name: QNameValue, link_role: Value, label_role: Value, language: str, root: Value = None
) -> Value:
    taxonomy = subject_at(dynamic, root).taxonomy
    concept = taxonomy.concept(name.name)
    if concept is None:
        return ""
    wanted, at = _text(label_role, ROLE_LABEL), _text(link_role, ROLE_LINK)
    labels = [each for each in taxonomy.labels(concept) if each.role == wanted and each.link_role == at]
    label = closest(labels, language)
    return label.text if label is not None else ""


def closest(candidates: list[Any], language: str) -> Any | None:
    """Of things with a language, the one in that language, else in the nearest to it."""
    wanted = language.lower()
    best: tuple[int, Any] | None = None
    for each in candidates:
        own = (each.language or "").lower()
        rank = 3 if own == wanted else 2 if wanted.startswith(own + "-") else 1 if own.startswith(wanted + "-") else 0
        if (rank or not wanted) and (best is None or rank > best[0]):
            best = (rank, each)
    return best[1] if best is not None else None


@function("xfi:role-definition", "xs:string", "node()?", least=1)
def _role_definition(dynamic: Dynamic, role: str, root: Value = None) -> Value:
    for declared in subject_at(dynamic, root).taxonomy.role_types(role):
        if declared.definition is not None:
            return declared.definition
    return []


@function("xfi:arcrole-definition", "xs:string", "node()?", least=1)
def _arcrole_definition(dynamic: Dynamic, role: str, root: Value = None) -> Value:
    for declared in subject_at(dynamic, root).taxonomy.arcrole_types(role):
        if declared.definition is not None:
            return declared.definition
    return []


@function("xfi:fact-footnotes", "node()", "xs:string?", "xs:string?", "xs:string?", "xs:string")
def _fact_footnotes(
    dynamic: Dynamic, node: Value, link_role: Value, arcrole: Value, footnote_role: Value, language: str
) -> Value:
    fact = fact_of(node)
    found = []
    for link in fact.subject.instance.links.get(fact.fact, ()):
        footnote = link.target
        if (
            isinstance(footnote, Footnote)
            and link.link_role == _text(link_role, ROLE_LINK)
            and link.arcrole == _text(arcrole, ARC_FACT_FOOTNOTE)
            and (footnote.role or ROLE_FOOTNOTE) == _text(footnote_role, ROLE_FOOTNOTE)
            and closest([footnote], language) is not None
        ):
            found.append(
                etree.fromstring(f"<x>{footnote.text}</x>").xpath("string()") if "<" in footnote.text else footnote.text
            )
    return one_or_list([str(text) for text in found])


@function("xfi:xbrl-instance", "xs:string")
def _xbrl_instance(dynamic: Dynamic, href: str) -> Value:
    from recto.xml.urls import resolve_url

    subject = subject_of(dynamic)
    opener = getattr(dynamic, "open_instance", None) or getattr(dynamic.subject, "open_instance", None)
    url = resolve_url(subject.url, href)
    if url == subject.url:
        return subject.tree.node(subject.tree.root)
    other = opener(url) if opener is not None else None
    if other is None:
        raise XPathError("xfie:invalidInstance", f"{href[:100]!r} is no instance that can be read")
    return other.tree.node(other.tree.root)


@function("xfi:create-element", "xs:QName", "xs:anyAtomicType*", "xs:anyAtomicType?", "node()*", least=2)
def _create_element(
    dynamic: Dynamic, name: QNameValue, attributes: Value, value: Value = None, children: Value = None
) -> Value:
    pairs = items(attributes)
    if len(pairs) % 2:
        raise XPathError("xfie:AttributesNotNameValuePairs", "attributes are given as pairs of name and value")
    nsmap = {name.prefix or None: name.name.namespace} if name.name.namespace else None
    element = etree.Element(name.name.clark, nsmap=nsmap)
    for at in range(0, len(pairs), 2):
        key, text = pairs[at], pairs[at + 1]
        if not isinstance(key, (str, QNameValue)) or (isinstance(key, str) and (":" in key or not key.strip())):
            raise XPathError("xfie:AttributesNotNameValuePairs", "attributes are given as pairs of name and value")
        try:
            element.set(key.name.clark if isinstance(key, QNameValue) else key, string(text))
        except ValueError:
            raise XPathError("xfie:AttributesNotNameValuePairs", "an attribute's name is none") from None
    inner = [node for node in items(children) if isinstance(node, ElementNode)] if children is not None else []
    text = "" if value is None or type(value) is list else string(value)
    if text and inner:
        raise XPathError("xfie:MixedContentError", "an element has a value or elements, not both")
    if text:
        element.text = text
    for node in inner:
        element.append(_copy(node.element))
    return PieceTree(subject_of(dynamic), element).node(element)


def _copy(element: Any) -> Any:
    from copy import deepcopy

    return deepcopy(element)


__all__ = ["ARC_CONCEPT_LABEL", "concept_of", "name_value", "network", "walk"]
