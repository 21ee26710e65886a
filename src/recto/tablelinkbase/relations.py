"""Nodes whose children come from a network: concepts of any network, members of a dimension's domain (3.2, 3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from recto.formula.compiler import resolve
from recto.formula.functions.library import ROOT
from recto.formula.functions.relations import network
from recto.formula.subject import Subject
from recto.names import ARC_DIMENSION_DOMAIN, ARC_DOMAIN_MEMBER, ROLE_LINK, QName
from recto.tablelinkbase import names as T
from recto.tablelinkbase.aspects import Evaluate, RuleFault
from recto.taxonomy.model import Concept
from recto.taxonomy.nodes import Element
from recto.xpath import XPathError
from recto.xpath.errors import BudgetError
from recto.xpath.values import AnyURI, QNameValue, Untyped, atomize, cast

_AXES = frozenset(
    (
        *("child", "child-or-self", "descendant", "descendant-or-self", "sibling", "sibling-or-self"),
        *("sibling-or-descendant", "sibling-or-descendant-or-self"),
    )
)
_MEMBER_AXES = frozenset(("child", "child-or-self", "descendant", "descendant-or-self"))
_START = frozenset(("http://www.xbrl.org/2003/role/periodStartLabel",))
_END = frozenset(("http://www.xbrl.org/2003/role/periodEndLabel",))
_MOST = 100_000
"""Nodes that one relationship node may come to."""


_PART = r"(?:[^\s%<>\"{}|\\^`#]|%[0-9A-Fa-f]{2})"
_URI = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:{_PART}+(?:#{_PART}*)?")
"""An absolute URI (RFC 3986)."""


class Branch:
    """A concept or member of a tree."""

    __slots__ = ("abstract", "children", "concept", "label_role", "tag")

    def __init__(self, concept: Concept, abstract: bool, label_role: str | None = None):
        self.concept = concept
        self.abstract = abstract
        self.label_role = label_role
        """The preferred label of the relationship that leads to it."""
        self.tag = T.TAG_START if label_role in _START else T.TAG_END if label_role in _END else None
        """The tag selector that its preferred label stands for (Table linkbase 1.0, 5.4)."""
        self.children: list[Branch] = []


class _Source:
    """The properties of a relationship node, given as such or by expressions."""

    def __init__(self, element: Element, evaluate: Evaluate, axes: frozenset[str]):
        self.element = element
        self.evaluate = evaluate
        self.sources = self._sources()
        self.role = self._uri("linkrole") or ROLE_LINK
        self.axis = self._axis(axes)
        self.generations = self._generations()
        if self.generations > 1 and self.axis.removesuffix("-or-self") in ("child", "sibling"):
            raise RuleFault("xbrlte:relationshipNodeTooManyGenerations", generations=self.generations, axis=self.axis)

    def _child(self, local: str) -> Element | None:
        return next((each for each in self.element.children if each.name.local == local), None)

    def _cannot(self, child: Element, kind: str) -> RuleFault:
        return RuleFault("xbrlte:expressionNotCastableToRequiredType", property=child.name.local, type=kind)

    def _one(self, child: Element, kind: str, type_: str) -> Any:
        try:
            value = atomize(self.evaluate(child, None))
            if type(value) is list:
                raise self._cannot(child, kind)
            if isinstance(value, QNameValue) and type_ != "QName":
                raise self._cannot(child, kind)
            return cast(value, type_)
        except XPathError as error:
            if error.code in ("err:FORG0001", "err:XPTY0004", "err:FOCA0002", "err:FOTY0012"):
                raise self._cannot(child, kind) from None
            raise

    def _uri(self, name: str) -> str:
        child = self._child(name)
        if child is not None:
            return child.string.strip()
        expression = self._child(name + "Expression")
        if expression is None:
            return ""
        value = atomize(self.evaluate(expression, None))
        text = str(cast(value, "string")) if isinstance(value, (str, AnyURI, Untyped)) else ""
        if not _URI.fullmatch(text):
            raise self._cannot(expression, "absolute URI")
        return text

    def name(self, local: str) -> QName | None:
        child = self._child(local)
        if child is not None:
            return _name(child)
        expression = self._child(local + "Expression")
        if expression is None:
            return None
        value = atomize(self.evaluate(expression, None))
        if not isinstance(value, QNameValue):
            raise self._cannot(expression, "xs:QName")
        return value.name

    def _axis(self, axes: frozenset[str]) -> str:
        child = self._child("formulaAxis")
        if child is not None:
            return child.string.strip()
        expression = self._child("formulaAxisExpression")
        if expression is None:
            return "descendant-or-self"
        value = atomize(self.evaluate(expression, None))
        if not isinstance(value, (str, Untyped)) or str(cast(value, "string")) not in axes:
            raise self._cannot(expression, "axis")
        return str(cast(value, "string"))

    def _generations(self) -> int:
        child = self._child("generations")
        if child is not None:
            return int(child.string.strip() or 0)
        expression = self._child("generationsExpression")
        if expression is None:
            return 0
        value = self._one(expression, "xs:nonNegativeInteger", "nonNegativeInteger")
        return int(value)

    def _sources(self) -> list[QName]:
        found = []
        for child in self.element.children:
            if child.name.local == "relationshipSource":
                name = _name(child)
                if name is not None:
                    found.append(name)
            elif child.name.local == "relationshipSourceExpression":
                value = atomize(self.evaluate(child, None))
                if not isinstance(value, QNameValue):
                    raise self._cannot(child, "xs:QName")
                found.append(value.name)
        return found

    def arcrole(self) -> str:
        return self._uri("arcrole")


def _name(child: Element) -> QName | None:
    return resolve(child.string, child.namespaces, child.namespaces.get("", ""))


def concept_tree(element: Element, evaluate: Evaluate, subject: Subject) -> list[Branch]:
    """The concepts of a conceptRelationshipNode. Raises `RuleFault` and `XPathError`."""
    given = _Source(element, evaluate, _AXES)
    link, arc = given.name("linkname"), given.name("arcname")
    net = network(subject, given.arcrole(), given.role, link, arc)
    kinds = {(item.arc.link, item.arc.info.name) for item in net.items}
    if len(kinds) > 1:
        raise RuleFault("xbrlte:ambiguousConceptNetwork")
    found: list[Branch] = []
    for source in given.sources or [ROOT]:
        found += _concepts(net, subject, source, given.axis, given.generations)
    return found


def _concepts(net: Any, subject: Subject, source: QName, axis: str, generations: int) -> list[Branch]:
    base, with_self = axis.removesuffix("-or-self"), axis.endswith("-or-self")
    count = [0]
    if source is ROOT:
        limit = 1 if base == "child" else generations
        if base.startswith("sibling"):
            return []
        return [_branch(net, root, None, limit - 1 if limit else None, frozenset(), count) for root in net.roots]
    concept = subject.taxonomy.concept(source)
    if concept is None or concept.kind not in ("item", "tuple"):
        raise RuleFault("xbrlte:invalidConceptRelationshipSource", concept=source.clark)
    if base in ("child", "descendant"):
        depth = 1 if base == "child" else (generations or None)
        own = _branch(net, concept, None, depth, frozenset(), count)
        return [own] if with_self else own.children
    found: list[Branch] = []
    above = net.into.get(concept, ())
    siblings = [item for each in above[:1] for item in net.of[each.source]]
    around: list[tuple[Concept, Any]] = [(item.target, item) for item in siblings] or [
        (each, None) for each in net.roots
    ]
    for each, item in around:
        if each is not concept:
            found.append(_branch(net, each, item, 0, frozenset(), count))
        elif base == "sibling-or-descendant":
            own = _branch(net, each, item, generations or None, frozenset(), count)
            found += [own] if with_self else own.children
        elif with_self:
            found.append(_branch(net, each, item, 0, frozenset(), count))
    return found


def _branch(
    net: Any, concept: Concept, item: Any, left: int | None, path: frozenset[Concept], count: list[int]
) -> Branch:
    count[0] += 1
    if count[0] > _MOST:
        raise BudgetError("a network gives too many nodes")
    made = Branch(concept, concept.abstract, _preferred(item))
    if left == 0 or concept in path:
        return made
    for below in net.of.get(concept, ()):
        if below.target not in path:
            further = None if left is None else left - 1
            made.children.append(_branch(net, below.target, below, further, path | {concept}, count))
    return made


def _preferred(item: Any) -> str | None:
    """The role of a relationship's preferred label, which has two ways to be stated (Generic preferred label 1.0)."""
    if item is None:
        return None
    standard, generic = item.arc.info.preferred_label, item.arc.info.attributes.get(T.PREFERRED_LABEL)
    if standard and generic:
        raise RuleFault("xbrlte:ambiguousPreferredLabel")
    return standard or generic or None


def member_tree(element: Element, evaluate: Evaluate, subject: Subject) -> tuple[QName, list[Branch]]:
    """The dimension of a dimensionRelationshipNode, and its members. Raises `RuleFault` and `XPathError`."""
    given = _Source(element, evaluate, _MEMBER_AXES)
    axis = given.name("dimension")
    dimension = subject.taxonomy.concept(axis) if axis is not None else None
    if axis is None or dimension is None or dimension.kind != "dimension" or dimension.typed_domain is not None:
        raise RuleFault("xbrlte:invalidExplicitDimensionQName", dimension="" if axis is None else axis.clark)
    taxonomy = subject.taxonomy
    heads = list(_below(taxonomy, ARC_DIMENSION_DOMAIN, given.role, dimension))
    base, with_self = given.axis.removesuffix("-or-self"), given.axis.endswith("-or-self")
    depth = 1 if base == "child" else (given.generations or None)
    count = [0]
    starts: list[tuple[Concept, str, bool]] = []
    if given.sources:
        for source in given.sources:
            place = _find(taxonomy, heads, source)
            if place is None:
                raise RuleFault(
                    "xbrlte:invalidDimensionRelationshipSource", member=source.clark, dimension=dimension.name
                )
            starts.append(place)
    else:
        starts = heads
    found: list[Branch] = []
    for concept, role, usable in starts:
        own = _members(taxonomy, concept, role, usable, depth, frozenset(), count)
        found += [own] if with_self else own.children
    return axis, found


def _below(taxonomy: Any, arcrole: str, role: str, concept: Concept) -> Iterator[tuple[Concept, str, bool]]:
    """Members below a concept, with the role where theirs are, and whether facts may have them."""
    for each in taxonomy.network(arcrole, role).children(concept):
        yield each.target, each.target_role or role, each.usable


def _find(taxonomy: Any, heads: list[tuple[Concept, str, bool]], name: QName) -> tuple[Concept, str, bool] | None:
    pending = list(reversed(heads))
    seen: set[tuple[Concept, str]] = set()
    while pending:
        concept, role, usable = pending.pop()
        if concept.qname is name:
            return concept, role, usable
        if (concept, role) in seen:
            continue
        seen.add((concept, role))
        pending.extend(reversed(list(_below(taxonomy, ARC_DOMAIN_MEMBER, role, concept))))
    return None


def _members(
    taxonomy: Any,
    concept: Concept,
    role: str,
    usable: bool,
    left: int | None,
    path: frozenset[Concept],
    count: list[int],
) -> Branch:
    count[0] += 1
    if count[0] > _MOST:
        raise BudgetError("a domain has too many members")
    made = Branch(concept, not usable)
    if left == 0 or concept in path:
        return made
    for target, further, is_usable in _below(taxonomy, ARC_DOMAIN_MEMBER, role, concept):
        if target not in path:
            deeper = None if left is None else left - 1
            made.children.append(_members(taxonomy, target, further, is_usable, deeper, path | {concept}, count))
    return made
