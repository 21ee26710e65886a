"""Instances: structure, contexts, units, items and tuples (XBRL 2.1, 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from recto.findings import Finding
from recto.instance.anchors import Anchors, element_of
from recto.instance.model import UNREAD, Context, Fact, Unit
from recto.instance.periods import far_order
from recto.names import ISO4217, LINK, XBRLDI, XBRLI, XLINK, XSI, QName
from recto.rules.subject import Subject, fact_finding, fault_finding, finding, prefixed
from recto.rules.values import Values, in_utc
from recto.rules.xbrl21.currencies import CURRENCIES
from recto.rules.xbrl21.linkbases import linkbase_reference, role_references
from recto.rules.xbrl21.links import LinkChecker, Scope
from recto.schema.assess import Assessor
from recto.schema.components import ComplexType, ElementDecl
from recto.schema.depth import bounded
from recto.schema.faults import Fault, fault
from recto.taxonomy.model import Concept
from recto.xml import Document, split_fragment
from recto.xml.xlink import HREF, TYPE

_XBRL = f"{{{XBRLI}}}xbrl"
_SEGMENT, _SCENARIO = f"{{{XBRLI}}}segment", f"{{{XBRLI}}}scenario"
_TYPED = f"{{{XBRLDI}}}typedMember"
_SCHEMA_REF, _LINKBASE_REF = f"{{{LINK}}}schemaRef", f"{{{LINK}}}linkbaseRef"
_FOOTNOTE_LINK = f"{{{LINK}}}footnoteLink"
_CONTEXT, _UNIT = f"{{{XBRLI}}}context", f"{{{XBRLI}}}unit"
_ITEM, _TUPLE = QName(XBRLI, "item"), QName(XBRLI, "tuple")
_ORDER = {_SCHEMA_REF: 0, _LINKBASE_REF: 1, f"{{{LINK}}}roleRef": 2, f"{{{LINK}}}arcroleRef": 3}
_IDS = etree.XPath("descendant-or-self::*/@id", smart_strings=False)
_NO_FACTS = (*_ORDER, _CONTEXT, _UNIT, _FOOTNOTE_LINK)
_MONETARY, _SHARES = QName(XBRLI, "monetaryItemType"), QName(XBRLI, "sharesItemType")
_OWN_NAMESPACES = frozenset((XBRLI, LINK, XLINK, "http://www.xbrl.org/2003/XLink"))
_NIL = f"{{{XSI}}}nil"


def structure(subject: Subject) -> Iterator[Finding]:
    """The instance document is schema valid (XBRL 2.1, 4). Texts of items were checked when they were read."""
    anchors = subject.anchors
    if anchors is None:
        return
    if subject.instance.kind == "inline":
        for document in anchors.documents.values():
            yield from _resources(subject, document)
        return
    for document in anchors.documents.values():
        root = document.root
        if root.tag != _XBRL:
            yield finding(
                "xbrl.4.1:rootElement", document.url, document.line(root), element=prefixed(root), name=prefixed(root)
            )
            for each in bounded(subject.assessor.lax(root), root):
                yield fault_finding(each, document)
            continue
        for each in _InstanceStructure(subject, document).faults(anchors):
            yield fault_finding(each, document)


def _resources(subject: Subject, document: Document) -> Iterator[Finding]:
    shapes = _Shapes(subject.assessor)
    for element in document.root.iter(_CONTEXT, _UNIT):
        for each in shapes.faults(element):
            yield fault_finding(each, document)


class _InstanceStructure:
    """Assesses an xbrli:xbrl element; what is alike in thousands of elements is assessed once."""

    def __init__(self, subject: Subject, document: Document):
        self.subject = subject
        self.document = document
        self.grammar = subject.grammar
        self.assessor = Assessor(subject.grammar, skip_text=self._is_item)
        self.shapes = _Shapes(subject.assessor)
        self._kinds: dict[str, tuple[str, ElementDecl | None]] = {}
        self._plain: set[tuple[str, tuple[str, ...]]] = set()
        self._items: dict[ElementDecl, bool] = {}
        self._ids: set[str] = set()

    def _is_item(self, decl: ElementDecl) -> bool:
        known = self._items.get(decl)
        if known is None:
            concept = self.subject.dts.concept(decl.name) if decl.is_global else None
            known = self._items[decl] = concept is not None and concept.kind == "item"
        return known

    def faults(self, anchors: Anchors) -> Iterator[Fault]:
        root = self.document.root
        yield from self._ids_once(root)
        stage = 0
        shapes = self.shapes
        alike = self._sound(anchors)
        for child in root.iterchildren(*_NO_FACTS) if alike else root:
            tag = child.tag
            order = _ORDER.get(tag)
            if order is not None:
                before = child.getprevious()
                if before is not None and before.tag not in _ORDER:
                    stage = 4
                if order < stage:
                    yield fault(
                        "cvc-complex-type.2.4", child, reason=f"{prefixed(child)} stands after what it must precede"
                    )
                stage = order
                yield from bounded(self.assessor.strict(child), child)
                continue
            stage = 4
            if tag in (_CONTEXT, _UNIT):
                yield from shapes.faults(child)
            elif tag == _FOOTNOTE_LINK:
                yield from bounded(self.assessor.strict(child), child)
            else:
                yield from self._fact(child)
        for child in anchors.others if alike else ():
            yield from self._fact(child)
        for name in root.keys():  # noqa: SIM118 (lxml's elements iterate over children)
            if name != "id" and not name.startswith(("{http://www.w3.org/XML/1998/namespace}", f"{{{XSI}}}")):
                yield fault("cvc-complex-type.3.2.2", root, name=name)

    def _sound(self, anchors: Anchors) -> bool:
        """Whether of all plain items one of each kind is valid, and so are the rest."""
        if anchors.alike is None:
            return False
        for element in anchors.alike.values():
            if next(self._fact(element), None) is not None:
                return False
        return len(self._plain) == len(anchors.alike)

    def _fact(self, element: Any) -> Iterator[Fault]:
        kind, decl = self._kind(element.tag)
        if kind == "item":
            key = (element.tag, tuple(element.keys()))
            if key in self._plain:
                return
            faults = list(bounded(self.assessor.element(element, decl), element)) if decl is not None else []
            if not faults and len(element) == 0 and not any(name[:1] == "{" for name in key[1]):
                self._plain.add(key)
            yield from faults
        elif kind == "tuple":
            assert decl is not None
            yield from bounded(self.assessor.element(element, decl), element)
        elif decl is not None:
            reason = f"{prefixed(element)} is neither an item nor a tuple, so it cannot stand in xbrli:xbrl"
            yield fault("cvc-complex-type.2.4", element, reason=reason)

    def _kind(self, tag: str) -> tuple[str, ElementDecl | None]:
        known = self._kinds.get(tag)
        if known is None:
            decl = self.grammar.element(tag)
            kind = ""
            if decl is not None:
                if self.grammar.substitutes(tag, _ITEM):
                    kind = "item"
                elif self.grammar.substitutes(tag, _TUPLE):
                    kind = "tuple"
            known = self._kinds[tag] = (kind, decl)
        return known

    def _ids_once(self, root: Any) -> Iterator[Fault]:
        """Values of ID are unique in a document (XML Schema 1, 3.3.4)."""
        seen = self._ids
        values = _IDS(root)
        if len(set(values)) == len(values) and seen.isdisjoint(values):
            seen.update(values)
            return
        for element in root.iter():
            identifier = element.get("id")
            if identifier is not None:
                if identifier in seen:
                    yield fault("cvc-id.2", element, name=identifier)
                seen.add(identifier)


_OWN = (f"{{{XBRLI}}}", f"{{{XBRLDI}}}")


class _Shapes:
    """Assesses contexts and units; those of a shape that was found valid only where values can differ, which is in what
    is not XBRL's own.
    """

    def __init__(self, assessor: Assessor):
        self.assessor = assessor
        self._valid: set[tuple[object, ...]] = set()

    def faults(self, element: Any) -> Iterator[Fault]:
        shape: list[object] = []
        foreign: list[Any] = []
        for each in element.iter():
            tag = each.tag
            shape.append((tag, len(each), tuple(each.keys())))
            if not tag.startswith(_OWN):
                foreign.append(each)
        key = tuple(shape)
        if key in self._valid:
            own = [each for each in foreign if each.getparent().tag.startswith(_OWN)]
            if not any(True for each in own for _ in bounded(self.assessor.lax(each), each)):
                return
        faults = list(bounded(self.assessor.strict(element), element))
        if not faults:
            self._valid.add(key)
        yield from faults


def references(subject: Subject) -> Iterator[Finding]:
    """schemaRef and linkbaseRef lead to what they announce; roleRef and arcroleRef (XBRL 2.1, 4.2 to 4.5)."""
    anchors = subject.anchors
    if anchors is None:
        return
    for document in anchors.documents.values():
        elements = list(document.root.iter(*_ORDER))
        parents = {each.getparent() for each in elements} - {None}
        for parent in parents:
            scope = Scope(document)
            yield from role_references(subject, document, parent, scope)
        for element in elements:
            if element.tag not in (_SCHEMA_REF, _LINKBASE_REF):
                continue
            if element.tag == _LINKBASE_REF:
                yield from linkbase_reference(subject, document, element)
                continue
            url, _ = split_fragment(document.resolve(element, element.get(HREF) or ""))
            target = subject.document_at(url)
            if target is not None and target.compiled.kind != "schema":
                yield finding(
                    "xbrl.4.2:schemaRefTarget", document.url, document.line(element), element="link:schemaRef", url=url
                )


def footnote_links(subject: Subject) -> Iterator[Finding]:
    """Footnote links: roles, locators to facts of the instance, arcs (XBRL 2.1, 4.11)."""
    anchors = subject.anchors
    if anchors is None or subject.instance.kind != "xbrl" or not anchors.links:
        return
    facts = set(anchors.elements)
    for document in anchors.documents.values():
        scopes: dict[Any, Scope] = {}
        for link in anchors.links:
            root = link.getroottree().getroot()
            if root is not document.root or link.get(TYPE) != "extended":
                continue
            parent = link.getparent()
            scope = scopes.get(parent)
            if scope is None:
                scope = scopes[parent] = Scope(document)
                for _ in role_references(subject, document, parent, scope):
                    pass
            for child in link:
                if child.get(TYPE) == "locator":
                    yield from _footnote_locator(document, child, facts, link)
            checker = LinkChecker(subject, scope, in_instance=True)
            yield from checker.check(link, lambda element: element)


def _footnote_locator(document: Document, locator: Any, facts: set[Any], link: Any) -> Iterator[Finding]:
    if link.tag != _FOOTNOTE_LINK:
        return
    href = locator.get(HREF) or ""
    url, fragment = split_fragment(document.resolve(locator, href))
    target = document.find(fragment) if url == document.url and fragment else None
    if target is not None and target in facts:
        return
    if target is None and url == document.url and fragment:
        return  # it leads nowhere, which was reported when it was read
    yield finding(
        "xbrl.4.11.1.1:locatorTarget", document.url, document.line(locator), element=prefixed(locator), href=href
    )


def contexts(subject: Subject) -> Iterator[Finding]:
    """Periods run forward; segment and scenario hold nothing of XBRL's own (XBRL 2.1, 4.7)."""
    for context in subject.instance.contexts.values():
        period = context.period
        if period.start is not None and period.end is not None and not _precedes(context):
            yield _context_finding("xbrl.4.7.2:periodStartBeforeEnd", context)
    anchors = subject.anchors
    if anchors is None:
        return
    for context in subject.instance.contexts.values():
        if context.segment_other or context.scenario_other or _has_typed(context):
            element = anchors.contexts.get(context.id)
            if element is not None:
                yield from _containers(subject, context, element)


def _has_typed(context: Context) -> bool:
    return any(not isinstance(member, QName) for member in context.dimensions.values())


def _precedes(context: Context) -> bool:
    start, end = context.period.start, context.period.end
    assert start is not None
    assert end is not None
    zones, exact = context.period.zones, context.period.exact
    if any(exact):
        return far_order(exact[0] or start, exact[1] or end) < 0
    if zones[0] and zones[1]:  # with one zone alone, local times are all there is
        start, end = in_utc(start, zones[0]), in_utc(end, zones[1])
    return start < end


def _containers(subject: Subject, context: Context, element: Any) -> Iterator[Finding]:
    grammar = subject.grammar
    for container in element.iter(_SEGMENT, _SCENARIO):
        name = container.tag.rpartition("}")[2]
        section = "4.7.3.2" if name == "segment" else "4.7.4"
        for inner in container.iterdescendants():
            if inner.tag.startswith(f"{{{XBRLI}}}"):
                what = "of XBRL's instance namespace"
            elif grammar.substitutes(inner.tag, _ITEM) or grammar.substitutes(inner.tag, _TUPLE):
                what = "that is a fact"
            else:
                continue
            yield _context_finding(
                f"xbrl.{section}:{name}Content", context, name=name, inner=prefixed(inner), what=what
            )


def _context_finding(code: str, context: Context, **arguments: Any) -> Finding:
    return finding(code, context.document, context.line, about=context.id, element="xbrli:context", **arguments)


def units(subject: Subject) -> Iterator[Finding]:
    """Measures of XBRL's namespace are pure or shares; numerator and denominator share none (XBRL 2.1, 4.8.2)."""
    for unit in subject.instance.units.values():
        for measure in (*unit.numerators, *unit.denominators):
            if measure.namespace == XBRLI and measure.local not in ("pure", "shares"):
                yield _unit_finding("xbrl.4.8.2:measureNamespace", unit, measure=measure.local)
        common = set(unit.numerators) & set(unit.denominators)
        if common:
            measure = min(common)
            yield _unit_finding("xbrl.4.8.4:unitSimplest", unit, measure=measure.local)


def _unit_finding(code: str, unit: Unit, **arguments: Any) -> Finding:
    return finding(code, unit.document, unit.line, about=unit.id, element="xbrli:unit", **arguments)


class _Traits:
    """What the rules on items need to know of a concept."""

    __slots__ = ("fraction", "monetary", "numeric", "period_type", "shares")

    def __init__(self, concept: Concept):
        type_ = concept.type
        self.period_type = concept.period_type
        self.numeric = concept.is_numeric
        item = type_.item_type if type_ is not None else None
        self.fraction = item is not None and item.local == "fractionItemType"
        self.monetary = type_ is not None and type_.derives_from(_MONETARY)
        self.shares = type_ is not None and type_.derives_from(_SHARES)


def items(subject: Subject) -> Iterator[Finding]:
    """Items suit their contexts, units and accuracy (XBRL 2.1, 4.6, 4.7.2 and 4.8.2), in one pass over the facts."""
    traits: dict[Concept | None, _Traits | None] = {None: None}
    values = Values(subject)
    currencies: dict[str, str | None] = {}
    inline = subject.instance.kind == "inline"
    in_oim = subject.instance.kind in ("json", "csv")
    context: Context | None = None
    kind: str | None = None
    for fact in subject.instance.facts:
        concept = fact.concept
        try:
            trait = traits[concept]
        except KeyError:
            assert concept is not None
            trait = traits[concept] = _Traits(concept) if concept.kind == "item" else None
        if trait is None:
            continue
        if in_oim and not fact.valid:  # what it lacks was told by its own rules, when it was read
            continue
        if fact.context is not context:  # most facts have that of the one before them
            context = fact.context
            read = context is not None and context.period is not UNREAD and not in_oim
            kind = context.period.kind if context is not None and read else None
        if context is not None and kind is not None and trait.period_type in _PERIODS:
            if (trait.period_type == "instant") is not (kind == "instant"):
                yield fact_finding(
                    "xbrl.4.7.2:contextPeriodType",
                    fact,
                    wanted=_PERIODS[trait.period_type],
                    context=context.id,
                    found="an instant" if kind == "instant" else "forever" if kind == "forever" else "a duration",
                )
        if trait.numeric:
            if fact.unit_id is None:
                yield fact_finding("xbrl.4.6.2:numericUnit", fact, reason="has no unitRef")
            elif fact.unit is not None and (trait.monetary or trait.shares):
                wrong = _unit_fault(fact.unit, trait, currencies)
                if wrong is not None:
                    code = "monetaryUnit" if trait.monetary else "sharesUnit"
                    yield fact_finding(f"xbrl.4.8.2:{code}", fact, reason=wrong)
            if (fact.decimals is None) is (fact.precision is None) or fact.nil or trait.fraction:
                yield from _accuracy(fact, trait, values, _has_accuracy(subject, fact))
        elif inline and fact.unit_id is not None:
            yield fact_finding("xbrl.4.6.2:nonNumericUnit", fact)


_PERIODS = {"instant": "instants", "duration": "durations"}


def _unit_fault(unit: Unit, trait: _Traits, currencies: dict[str, str | None]) -> str | None:
    if trait.monetary:
        if unit.id not in currencies:
            currencies[unit.id] = _currency_fault(unit)
        return currencies[unit.id]
    measure = unit.measure
    if measure is None or measure.namespace != XBRLI or measure.local != "shares":
        return f"unit {unit.id} must be the single measure xbrli:shares"
    return None


def _currency_fault(unit: Unit) -> str | None:
    measure = unit.measure
    if measure is None:
        return f"unit {unit.id} must be a single currency"
    if measure.namespace != ISO4217:
        return f"the measure {measure.local} of unit {unit.id} is not in the namespace of ISO 4217"
    if measure.local not in CURRENCIES:
        return f"{measure.local} of unit {unit.id} is no currency code of ISO 4217"
    return None


def _has_accuracy(subject: Subject, fact: Fact) -> bool:
    """Whether decimals or precision are written, be they nonsense, of which reading has told."""
    if fact.decimals is not None or fact.precision is not None:
        return True
    element = element_of(subject.instance, fact)
    return element is not None and (element.get("decimals") is not None or element.get("precision") is not None)


def _accuracy(fact: Fact, trait: _Traits, values: Values, written: bool) -> Iterator[Finding]:
    """decimals or precision, one of them, unless the fact is nil or a fraction (XBRL 2.1, 4.6.3)."""
    decimals, precision = fact.decimals, fact.precision
    if decimals is None and precision is None:
        decimals, precision = values.default_accuracy(fact.qname)
    if trait.fraction:
        return
    if fact.nil:
        if decimals is not None or precision is not None:
            yield fact_finding("xbrl.4.6.3:nilPrecisionDecimals", fact)
    elif decimals is None and precision is None:
        if not written:
            yield fact_finding("xbrl.4.6.3:missingPrecisionDecimals", fact)
    elif decimals is not None and precision is not None:
        yield fact_finding("xbrl.4.6.3:bothPrecisionAndDecimals", fact)


def tuples(subject: Subject) -> Iterator[Finding]:
    """Tuples carry no attributes of XBRL's namespaces (XBRL 2.1, 4.9)."""
    anchors = subject.anchors
    if anchors is None or subject.instance.kind != "xbrl":
        return
    names = {fact.concept for fact in subject.instance.facts}
    if not any(concept is not None and concept.kind == "tuple" for concept in names):
        return
    for fact in subject.instance.facts:
        if not fact.is_tuple:
            continue
        element = anchors.elements[fact.index]
        for name in element.keys():  # noqa: SIM118
            if name[:1] == "{" and QName.of(name).namespace in _OWN_NAMESPACES:
                yield fact_finding("xbrl.4.9:tupleAttribute", fact, attribute=QName.of(name).local)


def complex_types_of(subject: Subject, name: QName) -> ComplexType | None:
    """The complex type of an element, for rules on fractions and tuples."""
    decl = subject.grammar.element(name.clark)
    type_ = subject.grammar.type_of(decl) if decl is not None else None
    return type_ if isinstance(type_, ComplexType) else None


RULES = (structure, references, footnote_links, contexts, units, items, tuples)
