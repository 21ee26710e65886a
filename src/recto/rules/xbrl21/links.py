"""Extended links: roles, locators, arcs and their ends, wherever the link stands (XBRL 2.1, 3.5.3, 4.11 and 5.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree
from msgspec import Struct, field

from recto import limits
from recto.findings import Finding
from recto.names import (
    ARC_CONCEPT_LABEL,
    ARC_CONCEPT_REFERENCE,
    ARC_ESSENCE_ALIAS,
    ARC_FACT_FOOTNOTE,
    ARC_GENERAL_SPECIAL,
    ARC_PARENT_CHILD,
    ARC_REQUIRES_ELEMENT,
    ARC_SIMILAR_TUPLES,
    ARC_SUMMATION_ITEM,
    ARC_SUMMATION_ITEM_1_1,
    LINK,
    QName,
)
from recto.patterns import lazy
from recto.rules.subject import Subject, finding, prefixed
from recto.rules.xbrl21.roles import (
    ARC_ELEMENTS,
    FOOTNOTE,
    LABEL,
    LINK_ELEMENTS,
    REFERENCE,
    RESOURCE_ELEMENTS,
    STANDARD_ARCROLES,
    STANDARD_ROLES,
)
from recto.taxonomy.compiled import MemoryDocument, Row
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import Concept
from recto.taxonomy.networks import Anchor
from recto.xml import Document, is_pointer, split_fragment
from recto.xml.xlink import ARCROLE, FROM, HREF, ROLE, TO, TYPE, XML_LANG
from recto.xml.xlink import LABEL as XLABEL

LOC = f"{{{LINK}}}loc"
ROLE_REF = f"{{{LINK}}}roleRef"
ARCROLE_REF = f"{{{LINK}}}arcroleRef"
_ABSOLUTE = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:")
_WITH_RESOURCES = (f"{{{LINK}}}labelLink", f"{{{LINK}}}referenceLink")


class End(Struct):
    """What an arc can come from or lead to: a locator's target or a resource."""

    element: Any
    target: object
    """A `Concept`, an `Anchor`, an lxml element of an instance, or None where it is not known."""
    is_resource: bool


class Scope(Struct):
    """What holds for all extended links of a linkbase (or instance): the roles and arcroles that it refers to."""

    document: Document
    roles: set[str] = field(default_factory=set)
    arcroles: set[str] = field(default_factory=set)


class CompiledLink:
    """What an extended link was compiled to, and what its nodes lead to."""

    __slots__ = ("compiled", "ends", "groups", "nodes", "unusual")

    def __init__(self, document: LoadedDocument, ordinal: int, ends: Sequence[object]):
        """`ends` are those of all the document's nodes."""
        compiled = document.compiled
        assert isinstance(compiled, MemoryDocument)  # a document of the filing itself
        firsts = compiled.first_nodes
        first = firsts[ordinal]
        self.nodes = slice(first, firsts[ordinal + 1] if ordinal + 1 < len(firsts) else None)
        self.ends = ends
        self.unusual = ordinal in compiled.unusual_links
        self.groups = compiled.links[ordinal][4]
        self.compiled = compiled

    def in_turn(self) -> Callable[[Any], object]:
        """Gives the ends of the link one by one, whatever it is asked for."""
        ends = iter(self.ends[self.nodes])
        return lambda element: next(ends, None)


class LinkChecker:
    """Checks the extended links of one linkbase or instance."""

    def __init__(self, subject: Subject, scope: Scope, *, in_instance: bool = False):
        self.subject = subject
        self.scope = scope
        self.document = scope.document
        self.in_instance = in_instance
        self._used: dict[tuple[str, str], bool] = {}
        self._pointers: set[str] = set()
        """The hrefs that are found to be in order."""
        self._arcroles = {(name, arcrole) for arcrole, name in STANDARD_ARCROLES.items()}
        """Names of arcs with arcroles that are found to be in order."""
        self._resources = {(name, role) for role, names in STANDARD_ROLES.items() for name in names}
        """Names of resources with roles that are found to be in order."""
        self._signs: dict[int, int] = {}
        """Signs of the weights, by the arcs' variants."""

    def in_order(self, link: Any, compiled: CompiledLink) -> bool:
        """Whether nothing is wrong with an extended link as far as its compiled form tells, which is looked at fast.

        Nearly all links of a filing are: standard ones between concepts, or from concepts to labels of their own.
        """
        if compiled.unusual or link.tag not in LINK_ELEMENTS or next(self._role(link, "3.5.3.3"), None) is not None:
            return False
        source = compiled.compiled
        locators = 0
        resources: list[str] = []
        for (part, fragment, _), end in zip(source.nodes[compiled.nodes], compiled.ends[compiled.nodes], strict=True):
            if part >= 0:
                if (end is not None and not _is_concept(end)) or not _SHORTHAND(fragment):  # type: ignore[arg-type]
                    return False
                locators += 1
                continue
            name, role, language = source.resources[fragment][:3]  # type: ignore[index]
            if language is None or (role and not self._sound(self._resources, name, role)):
                return False
            resources.append(name)
        if locators != _LOCATORS(link):
            return False
        for arcrole, name, first, count, _ in compiled.groups:
            if not self._sound(self._arcroles, name, arcrole):
                return False
            rule = _ENDS.get(arcrole)
            if rule is None or (rule is _TWO_CONCEPTS and not resources):
                continue
            rows = source.rows(first, count)
            if rule is _SUMMATION and not resources:
                if not self._sums_in_order(compiled, rows):
                    return False
                continue
            wanted = _RESOURCES.get(arcrole)
            if wanted is None or any(each != wanted for each in resources):
                return False
            nodes = source.nodes
            if any(nodes[row[0]][0] < 0 or nodes[row[1]][0] >= 0 for row in rows):
                return False
        return True

    def _sound(self, known: set[tuple[str, str]], name: str, uri: str) -> bool:
        """Whether a role or arcrole that is not standard is referred to, and declared for elements of this name."""
        if (name, uri) in known:
            return True
        is_role = known is self._resources
        if uri not in (self.scope.roles if is_role else self.scope.arcroles) or not _ABSOLUTE.match(uri):
            return False
        if uri in STANDARD_ROLES or uri in STANDARD_ARCROLES:
            return False
        if not self._used_on("roleType" if is_role else "arcroleType", uri, name):
            return False
        known.add((name, uri))
        return True

    def _sums_in_order(self, compiled: CompiledLink, rows: Sequence[Row]) -> bool:
        """Whether summations connect numeric items, with weights that suit their balances."""
        ends = compiled.ends
        for start, target, variant, _ in rows:
            sign = self._signs.get(variant)
            if sign is None:
                weight = dict(compiled.compiled.variant(variant)[4]).get("weight", "")
                sign = self._signs[variant] = _sign(weight)
            total, item = ends[start], ends[target]
            if not (sign and isinstance(total, Concept) and isinstance(item, Concept)):
                return False
            if not (total.is_numeric and item.is_numeric):
                return False
            if total.balance and item.balance and (total.balance == item.balance) != (sign > 0):
                return False
        return True

    def check(self, link: Any, locate: Callable[[Any], object]) -> Iterator[Finding]:
        """The findings of one extended link.

        `locate` gives what a locator or resource stands for; it is asked once for each, in document order.
        """
        yield from self._role(link, "3.5.3.3")
        standard = link.tag in LINK_ELEMENTS
        ends: dict[str, list[End]] = {}
        arcs: list[Any] = []
        for child in link:
            kind = child.get(TYPE)
            if kind == "arc":
                arcs.append(child)
            elif kind == "locator":
                if standard and child.tag != LOC:
                    yield self._error("xbrl.3.5.3.7:customLocator", child, name=prefixed(child))
                href = child.get(HREF, "")
                if href not in self._pointers:
                    fault = self._pointer(child)
                    if fault is None:
                        self._pointers.add(href)
                    else:
                        yield fault
                target = locate(child)
                end = End(child, target, False)
                if standard and not self.in_instance and not _is_concept(target):
                    yield from self._located(link.tag, end)
                label = child.get(XLABEL, "")
                if label in ends:
                    ends[label].append(end)
                else:
                    ends[label] = [end]
            elif kind == "resource":
                yield from self._resource(child)
                ends.setdefault(child.get(XLABEL, ""), []).append(End(child, locate(child), True))
        yield from self._arcs(arcs, ends)

    # Roles

    def _role(self, element: Any, section: str) -> Iterator[Finding]:
        """xlink:role on a standard link or resource: standard and in its place, or declared and referred to."""
        role = element.get(ROLE)
        if role is None:
            return
        tag = element.tag
        is_standard_element = tag in LINK_ELEMENTS or tag in RESOURCE_ELEMENTS
        allowed = STANDARD_ROLES.get(role)
        if allowed is not None:
            if is_standard_element and tag not in allowed:
                yield self._error(f"xbrl.{section}:roleOnWrongElement", element, role=role)
            return
        if not _ABSOLUTE.match(role):
            yield self._error(f"xbrl.{section}:roleNotAbsolute", element, role=role)
            return
        if not is_standard_element:
            return
        if role not in self.scope.roles:
            yield self._error("xbrl.3.5.2.4.1:roleRefMissing", element, role=role)
        elif not self._used_on("roleType", role, tag):
            yield self._error("xbrl.5.1.3.4:usedOn", element, role=role, name=prefixed(element))

    def _arcrole(self, arc: Any, arcrole: str) -> Iterator[Finding]:
        tag = arc.tag
        standard = STANDARD_ARCROLES.get(arcrole)
        if standard is not None:
            if tag in ARC_ELEMENTS and tag != standard:
                yield self._error("xbrl.3.5.3.9.1:arcroleOnWrongElement", arc, arcrole=arcrole)
            return
        if tag not in ARC_ELEMENTS:
            return
        if not _ABSOLUTE.match(arcrole):
            yield self._error("xbrl.3.5.3.9.1:arcroleNotAbsolute", arc, arcrole=arcrole)
            return
        if arcrole not in self.scope.arcroles:
            yield self._error("xbrl.3.5.2.5.1:arcroleRefMissing", arc, arcrole=arcrole)
        elif not self._used_on("arcroleType", arcrole, tag):
            yield self._error("xbrl.5.1.4.5:usedOn", arc, arcrole=arcrole, name=prefixed(arc))

    def _used_on(self, kind: str, uri: str, tag: str) -> bool:
        known = self._used.get((uri, tag))
        if known is None:
            dts = self.subject.dts
            declared = dts.role_types(uri) if kind == "roleType" else dts.arcrole_types(uri)
            name = QName.of(tag)
            # A role that nothing declares is reported where it is referred to.
            known = self._used[uri, tag] = not declared or any(name in each.used_on for each in declared)
        return known

    # Locators and resources

    def _pointer(self, locator: Any) -> Finding | None:
        fragment = split_fragment(locator.get(HREF, ""))[1]
        if fragment and not is_pointer(fragment):
            return self._error("xbrl.3.5.4:pointer", locator, fragment=fragment)
        return None

    def _located(self, tag: str, end: End) -> Iterator[Finding]:
        """A locator of a standard link leads to a concept, or to a resource it may prohibit (XBRL 2.1, 5.2.2.1 …)."""
        target = end.target
        if target is None or _is_concept(target):
            return
        if isinstance(target, Anchor) and target.kind == "resource" and tag in _WITH_RESOURCES:
            return
        yield self._error("xbrl.5.2:locatorTarget", end.element, end=_describe(end))

    def _resource(self, resource: Any) -> Iterator[Finding]:
        tag = resource.tag
        faults = list(self._role(resource, "3.5.3.8.3"))
        if not faults:
            self._resources.add((tag, resource.get(ROLE, "")))
        yield from faults
        if tag in (LABEL, FOOTNOTE):
            at = resource
            while at is not None and at.get(XML_LANG) is None:
                at = at.getparent()
            if at is None:
                section = "5.2.2.2.1" if tag == LABEL else "4.11.1.2.1"
                yield self._error(f"xbrl.{section}:langMissing", resource, name=prefixed(resource))

    # Arcs

    def _arcs(self, arcs: list[Any], ends: dict[str, list[End]]) -> Iterator[Finding]:
        pairs: set[tuple[str, str]] = set()
        known = self._arcroles
        for arc in arcs:
            get = arc.get
            start, end, arcrole = get(FROM, ""), get(TO, ""), get(ARCROLE, "")
            if (start, end) in pairs:
                yield self._error("xbrl.3.5.3.9:duplicateArc", arc, start=start, end=end)
            pairs.add((start, end))
            if (arc.tag, arcrole) not in known:
                faults = list(self._arcrole(arc, arcrole))
                if not faults:
                    known.add((arc.tag, arcrole))
                yield from faults
            sources, targets = ends.get(start), ends.get(end)
            for name, found in (("from", sources), ("to", targets)):
                if found is None:
                    yield self._error(
                        "xbrl.3.5.3.9.2:arcEnd",
                        arc,
                        specification=f"XBRL 2.1, {'3.5.3.9.2' if name == 'from' else '3.5.3.9.3'}",
                        name=name,
                        label=start if name == "from" else end,
                    )
            rule = _ENDS.get(arcrole)
            if rule is not None and sources is not None and targets is not None:
                if len(sources) * len(targets) > limits.ARC_PAIRS:  # which reading has told
                    continue
                for source in sources:
                    for target in targets:
                        if rule is not _TWO_CONCEPTS or not (_is_concept(source.target) and _is_concept(target.target)):
                            yield from rule(self, arc, source, target)

    def _two_concepts(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """Both ends are concepts (XBRL 2.1, 5.2.4.2, 5.2.6.2)."""
        yield from self._concepts(arc, (source, target))

    def _concepts(self, arc: Any, ends: tuple[End, ...]) -> Iterator[Finding]:
        for end in ends:
            if end.is_resource or not _is_concept(end.target):
                if end.target is None and not end.is_resource:
                    continue  # it leads nowhere, which is reported as such
                yield self._error("xbrl.5.2:arcEndNotConcept", arc, end=_describe(end), arcrole=arc.get(ARCROLE))

    def _items(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """Both ends are items (XBRL 2.1, 5.2.6.2.1 and 5.2.6.2.2)."""
        faults = list(self._concepts(arc, (source, target)))
        yield from faults
        if faults:
            return
        for end in (source, target):
            if isinstance(end.target, Concept) and end.target.kind == "tuple":
                yield self._error("xbrl.5.2.6.2:arcEndNotItem", arc, name=end.target.name)

    def _essence_alias(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """Essence and alias have the same type, period type and balance (XBRL 2.1, 5.2.6.2.2)."""
        faults = list(self._items(arc, source, target))
        yield from faults
        essence, alias = source.target, target.target
        if faults or not isinstance(essence, Concept) or not isinstance(alias, Concept):
            return
        if _item_type(essence) is not _item_type(alias):
            yield self._error("xbrl.5.2.6.2.2:essenceTypes", arc, essence=essence.name, alias=alias.name)
        if essence.period_type != alias.period_type:
            yield self._error("xbrl.5.2.6.2.2:essencePeriodTypes", arc, essence=essence.name, alias=alias.name)
        if essence.balance and alias.balance and essence.balance != alias.balance:
            yield self._error("xbrl.5.2.6.2.2:essenceBalances", arc, essence=essence.name, alias=alias.name)

    def _tuples(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """Both ends are tuples (XBRL 2.1, 5.2.6.2.3)."""
        for end in (source, target):
            if end.target is not None and not (isinstance(end.target, Concept) and end.target.kind == "tuple"):
                yield self._error("xbrl.5.2.6.2.3:similarTuples", arc, end=_describe(end))

    def _summation(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """Numeric items, a weight other than zero that suits the balances (XBRL 2.1, 5.2.5.2)."""
        for end in (source, target):
            concept = end.target
            if concept is None and not end.is_resource:
                continue
            if not isinstance(concept, Concept) or not concept.is_numeric:
                yield self._error("xbrl.5.2.5.2:nonNumeric", arc, end=_describe(end))
        try:
            weight = Decimal((arc.get("weight") or "").strip())
        except InvalidOperation:
            return
        if not weight:
            yield self._error("xbrl.5.2.5.2.1:zeroWeight", arc)
            return
        total, item = source.target, target.target
        if isinstance(total, Concept) and isinstance(item, Concept) and total.balance and item.balance:
            if (total.balance == item.balance) != (weight > 0):
                sign = "positive" if weight > 0 else "negative"
                yield self._error(
                    "xbrl.5.1.1.2:balanceWeight",
                    arc,
                    item=item.name,
                    item_balance=item.balance,
                    total=total.name,
                    total_balance=total.balance,
                    sign=sign,
                )

    def _concept_label(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """From a concept to a label of the same link; to another link's only to prohibit it (XBRL 2.1, 5.2.2.3)."""
        yield from self._to_resource(arc, source, target, LABEL, "5.2.2.3")

    def _concept_reference(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """The same for references (XBRL 2.1, 5.2.3.3)."""
        yield from self._to_resource(arc, source, target, REFERENCE, "5.2.3.3")

    def _to_resource(self, arc: Any, source: End, target: End, wanted: str, section: str) -> Iterator[Finding]:
        yield from self._concepts(arc, (source,))
        if target.is_resource:
            if target.element.tag != wanted:
                yield self._error(
                    f"xbrl.{section}:target", arc, target=prefixed(target.element), wanted=wanted.rpartition("}")[2]
                )
            return
        if target.target is None:
            return
        if isinstance(target.target, Anchor) and target.target.kind == "resource":
            if arc.get("use") != "prohibited":
                yield self._error(f"xbrl.{section}:remoteResource", arc)
            return
        yield self._error(f"xbrl.{section}:target", arc, target=_describe(target), wanted=wanted.rpartition("}")[2])

    def _fact_footnote(self, arc: Any, source: End, target: End) -> Iterator[Finding]:
        """From a fact of the instance to a footnote of the same link (XBRL 2.1, 4.11.1.3.1)."""
        if not self.in_instance:
            return
        if source.is_resource:
            yield self._error("xbrl.4.11.1.3.1:source", arc)
        if not target.is_resource or target.element.tag != FOOTNOTE:
            yield self._error("xbrl.4.11.1.3.1:target", arc)

    def _error(self, code: str, element: Any, **arguments: Any) -> Finding:
        line = self.document.line(element)
        return finding(code, self.document.url, line, element=prefixed(element), **arguments)


_SHORTHAND = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*").fullmatch
"""What nearly all pointers are."""
_LOCATORS = etree.XPath("count(l:loc)", namespaces={"l": LINK})
_RESOURCES = {ARC_CONCEPT_LABEL: LABEL, ARC_CONCEPT_REFERENCE: REFERENCE}
"""The resources that arcs lead to."""
_TWO_CONCEPTS, _SUMMATION = LinkChecker._two_concepts, LinkChecker._summation
_ENDS: dict[str, Callable[[LinkChecker, Any, End, End], Iterator[Finding]]] = {
    ARC_PARENT_CHILD: _TWO_CONCEPTS,
    ARC_SUMMATION_ITEM: _SUMMATION,
    ARC_SUMMATION_ITEM_1_1: _SUMMATION,
    ARC_GENERAL_SPECIAL: LinkChecker._items,
    ARC_ESSENCE_ALIAS: LinkChecker._essence_alias,
    ARC_SIMILAR_TUPLES: LinkChecker._tuples,
    ARC_REQUIRES_ELEMENT: _TWO_CONCEPTS,
    ARC_CONCEPT_LABEL: LinkChecker._concept_label,
    ARC_CONCEPT_REFERENCE: LinkChecker._concept_reference,
    ARC_FACT_FOOTNOTE: LinkChecker._fact_footnote,
}


def _sign(weight: str) -> int:
    """1 or -1; 0 of what is zero or no number, which has to be looked at."""
    try:
        value = Decimal(weight.strip())
    except InvalidOperation:
        return 0
    return 1 if value > 0 else -1 if value < 0 else 0


def _is_concept(target: object) -> bool:
    return isinstance(target, Concept) and target.kind != "other"


def _item_type(concept: Concept) -> QName | None:
    return concept.type.item_type if concept.type is not None else None


def _describe(end: End) -> str:
    if isinstance(end.target, Concept):
        return end.target.name
    if end.is_resource:
        return f"the resource {prefixed(end.element)}"
    if isinstance(end.target, Anchor):
        return f"the {end.target.kind} {end.target.identifier}".strip()
    return f"what {end.element.get(HREF)!r} points to"
