"""Contexts and units (XBRL 2.1, 4.7 and 4.8; Dimensions 1.0, 3.1)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Literal

from lxml import etree
from msgspec.structs import replace

from recto.findings import Findings
from recto.instance.model import UNREAD, Context, Member, Period, TypedMember, Unit
from recto.instance.periods import any_moment
from recto.instance.prefixes import Prefixes
from recto.instance.qnames import holds_names, name_of, with_prefixes
from recto.names import XBRLDI, XBRLI, XSI, QName
from recto.patterns import lazy
from recto.taxonomy.model import Concept, Taxonomy
from recto.taxonomy.values import check, form_of, unrestricted
from recto.xml import Document
from recto.xsd import SPACE

_ENTITY = f"{{{XBRLI}}}entity"
_IDENTIFIER = f"{{{XBRLI}}}identifier"
_SEGMENT = f"{{{XBRLI}}}segment"
_SCENARIO = f"{{{XBRLI}}}scenario"
_PERIOD = f"{{{XBRLI}}}period"
_START = f"{{{XBRLI}}}startDate"
_END = f"{{{XBRLI}}}endDate"
_INSTANT = f"{{{XBRLI}}}instant"
_FOREVER = f"{{{XBRLI}}}forever"
_PERIODS = ({_INSTANT}, {_START, _END}, {_FOREVER})
"""What a period may hold (XBRL 2.1, 4.7.2)."""
_EXPLICIT = f"{{{XBRLDI}}}explicitMember"
_TYPED = f"{{{XBRLDI}}}typedMember"
_MEASURE = f"{{{XBRLI}}}measure"
_DIVIDE = f"{{{XBRLI}}}divide"
_NUMERATOR = f"{{{XBRLI}}}unitNumerator"
_NIL = f"{{{XSI}}}nil"
_ESCAPED = lazy('[&<>"\r\n\t]')
"""Characters that canonical XML writes otherwise in text or in attributes."""

FOREVER = Period(None, None)


def text_of(element: Any) -> str:
    """All text inside an element."""
    return (element.text or "") if len(element) == 0 else "".join(element.itertext())


def canonical(element: Any) -> str:
    """Canonical XML (exclusive, without comments) of an element, its tail not included, for comparison."""
    if not len(element) and not element.keys():  # most typed members are one element with a text
        text, tags = element.text or "", _tags(element.tag, element.prefix)
        if tags is not None and not _ESCAPED.search(text):
            return f"{tags[0]}{text}{tags[1]}"
    try:
        data: bytes = etree.tostring(element, method="c14n", exclusive=True, with_comments=False, with_tail=False)
    except etree.C14NError:  # it knows no namespaces that are relative URIs
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    return data.decode()


@lru_cache(maxsize=256)
def _tags(tag: str, prefix: str | None) -> tuple[str, str] | None:
    """The tags of an element without attributes in canonical XML; None where they are not as simple as most."""
    if tag[:1] != "{" or _ESCAPED.search(tag):
        return None
    namespace, _, local = tag[1:].rpartition("}")
    if prefix is None:
        return f'<{local} xmlns="{namespace}">', f"</{local}>"
    return f'<{prefix}:{local} xmlns:{prefix}="{namespace}">', f"</{prefix}:{local}>"


def typed_member(element: Any) -> TypedMember:
    """The value of a typed dimension that an element gives, whose type is not looked at."""
    texts = tuple(text_of(each).strip() for each in element.iter() if not len(each))
    return TypedMember(QName.of(element.tag), texts, False, canonical(element))


def read_context(element: Any, doc: Document, prefixes: Prefixes, findings: Findings) -> Context:
    """An `xbrli:context`. What is amiss is reported, and left out of the context; what is missing makes it invalid, as
    schema validation tells.
    """
    identifier = ("", "")
    period = UNREAD
    scenario = None
    reader = _Dimensions(element, doc, prefixes, findings)
    for child in element:
        tag = child.tag
        if tag == _ENTITY:
            for part in child:
                if part.tag == _IDENTIFIER:
                    identifier = (part.get("scheme") or "", text_of(part).strip(SPACE))
                elif part.tag == _SEGMENT:
                    reader.read(part, "segment")
        elif tag == _PERIOD:
            period = _period(child, doc, findings)
        elif tag == _SCENARIO:
            scenario = child
            reader.read(child, "scenario")
    return Context(
        element.get("id") or "",
        identifier[0],
        identifier[1],
        period,
        reader.dimensions,
        reader.containers,
        tuple(reader.other["segment"]),
        tuple(reader.other["scenario"]),
        scenario is not None,
        doc.url,
        doc.line(element),
        period is not UNREAD and bool(identifier[0].strip(SPACE)) and reader.valid,
    )


def settled(context: Context, taxonomy: Taxonomy, element: Any) -> Context:
    """The context as the taxonomy sees it, which is read after it; `element` is where it stands.

    It is invalid where what it calls a dimension is declared as something else: the rules of Dimensions 1.0 (3.1) tell
    of that. An axis that no document declares stays: its schema may be absent. Typed members that are names keep the
    prefixes that they use.
    """
    for axis, member in context.dimensions.items():
        concept = taxonomy.concept(axis)
        if concept is None:
            continue
        if concept.kind != "dimension" or (concept.typed_domain is not None) != isinstance(member, TypedMember):
            return replace(context, valid=False)
        if concept.typed_domain is None or not isinstance(member, TypedMember):
            continue
        domain = taxonomy.typed_domain(concept)
        if domain is None:
            continue
        if domain.qname is not member.element:
            return replace(context, valid=False)
        type_ = domain.type
        if type_ is None or not type_.xsd_base:
            if any(":" in text for text in member.values) or ":" in member.xml.partition(">")[0].partition(" ")[2]:
                found = _typed_element(axis, element)
                if found is not None and len(found):
                    text = replace(member, xml=with_prefixes(found, None))
                    context = replace(context, dimensions={**context.dimensions, axis: text})
            continue
        if type_.xsd_base == "string" and not member.nil and unrestricted(type_):
            continue
        form = form_of(type_) if len(member.values) == 1 else None
        if form is not None and form(member.values[0]):
            continue  # a number, most likely of a row
        found = _typed_element(axis, element)
        if found is None:
            continue
        if _is_no_value(found, member, domain):
            return replace(context, valid=False)
        if not member.nil and holds_names(type_):
            text = replace(member, xml=with_prefixes(found, type_))
            context = replace(context, dimensions={**context.dimensions, axis: text})
    return context


def _typed_element(axis: QName, element: Any) -> Any | None:
    """The typed domain element on an axis."""
    for found in element.iter(_TYPED):
        if len(found) == 1 and name_of(found.get("dimension") or "", found.nsmap) is axis:
            return found[0]
    return None


def _is_no_value(element: Any, member: TypedMember, domain: Concept) -> bool:
    """Whether a typed member is no value of its simple type, which schema validation tells."""
    type_ = domain.type
    if member.nil:
        return not domain.nillable
    if type_ is None or not type_.xsd_base or len(element):
        return False
    return check(type_, element.text or "", namespaces=element.nsmap) is not None


def _period(element: Any, doc: Document, findings: Findings) -> Period:
    try:
        return _period_of(tuple([(child.tag, text_of(child)) for child in element]))
    except ValueError as error:
        context = element.getparent().get("id")
        findings.found(
            "xmlSchema:valueError",
            context,
            about=f"Context {context}",
            what="its period",
            reason=error,
            document=doc.url,
            line=doc.line(element),
            element="xbrli:period",
            specification="XBRL 2.1, 4.7.2",
        )
        return UNREAD


@lru_cache(maxsize=4096)
def _period_of(children: tuple[tuple[str, str], ...]) -> Period:
    """What a period's children say, each a tag and its text. Raises ValueError where it is no period."""
    parts = dict(children)
    if len(parts) != len(children) or parts.keys() not in _PERIODS:
        raise ValueError("a period is an instant, a start and an end, or forever")
    if _INSTANT in parts:
        end, zone, exact = any_moment(parts[_INSTANT], end=True)
        return Period(None, end, ("", zone), ("", exact)) if zone or exact else Period(None, end)
    if _START in parts:
        start, start_zone, start_exact = any_moment(parts[_START], end=False)
        end, zone, exact = any_moment(parts[_END], end=True)
        if zone or start_zone or exact or start_exact:
            return Period(start, end, (start_zone, zone), (start_exact, exact))
        return Period(start, end)
    return FOREVER


_NO_NAME = "it is no name in scope"


class _Dimensions:
    """Gathers what segment and scenario of one context hold."""

    __slots__ = ("containers", "context", "dimensions", "doc", "findings", "other", "prefixes", "valid")

    def __init__(self, context: Any, doc: Document, prefixes: Prefixes, findings: Findings):
        self.context = context
        self.prefixes = prefixes
        self.doc = doc
        self.findings = findings
        self.dimensions: dict[QName, Member] = {}
        self.containers: dict[QName, Literal["segment", "scenario"]] = {}
        self.other: dict[str, list[str]] = {"segment": [], "scenario": []}
        self.valid = True

    def read(self, container: Any, where: Literal["segment", "scenario"]) -> None:
        for child in container:
            tag = child.tag
            if tag == _EXPLICIT:
                self._add(child, where, self._explicit(child))
            elif tag == _TYPED:
                self._add(child, where, self._typed(child))
            else:
                self.other[where].append(canonical(child))

    def _add(self, element: Any, where: Literal["segment", "scenario"], member: Member | None) -> None:
        text = element.get("dimension")
        axis = self.prefixes.qname(element, text)
        if axis is None:
            self._error(
                element, "xmlSchema:valueError", what=f"the dimension {text!r}", reason="it is no name in scope"
            )
        elif axis in self.dimensions:
            self._error(element, "xbrldie:RepeatedDimensionInInstanceError", dimension=text)
        elif member is not None:
            self.dimensions[axis] = member
            self.containers[axis] = where

    def _explicit(self, element: Any) -> QName | None:
        text = text_of(element).strip(SPACE)
        member = self.prefixes.qname(element, text)
        if member is None:
            self._error(
                element, "xbrldie:ExplicitMemberUndefinedQNameError", member=text, reason="it is no name in scope"
            )
        return member

    def _typed(self, element: Any) -> TypedMember | None:
        if len(element) != 1:
            self._error(
                element,
                "xbrldie:IllegalTypedDimensionContentError",
                dimension=element.get("dimension"),
                reason=f"it holds {len(element)} elements, not one",
            )
            if len(element) == 0:
                return None
        child = element[0]
        if not len(child) and not child.keys():
            return TypedMember(QName.of(child.tag), (" ".join((child.text or "").split()),), False, canonical(child))
        nil = child.get(_NIL) in ("true", "1")
        values = [] if nil else [" ".join((part.text or "").split()) for part in child.iter() if len(part) == 0]
        return TypedMember(QName.of(child.tag), tuple(values), nil, canonical(child))

    def _error(self, element: Any, code: str, /, **arguments: Any) -> None:
        self.valid = False
        self.findings.found(
            code,
            self.context.get("id"),
            about=f"In context {self.context.get('id')}",
            **arguments,
            document=self.doc.url,
            line=self.doc.line(element),
            specification="Dimensions 1.0, 3.1.4",
        )


def read_unit(element: Any, doc: Document, prefixes: Prefixes, findings: Findings) -> Unit:
    """An `xbrli:unit`; measures that are no names are reported and left out. A unit is measures, or one fraction of
    measures (XBRL 2.1, 4.8.2 and 4.8.3), else it is invalid, as schema validation tells.
    """
    numerators: list[QName] = []
    denominators: list[QName] = []
    count = sum(1 for _ in element.iter(_MEASURE))
    divided = element.find(_DIVIDE) is not None
    for child in element:
        if child.tag == _MEASURE:
            _measure(child, doc, prefixes, findings, numerators)
        elif child.tag == _DIVIDE:
            for side in child:
                target = numerators if side.tag == _NUMERATOR else denominators
                for measure in side:
                    if measure.tag == _MEASURE:
                        _measure(measure, doc, prefixes, findings, target)
    return Unit(
        element.get("id") or "",
        tuple(numerators),
        tuple(denominators),
        doc.url,
        doc.line(element),
        bool(numerators)
        and bool(denominators) is divided
        and not (divided and len(element) > 1)
        and len(numerators) + len(denominators) == count,
    )


def _measure(element: Any, doc: Document, prefixes: Prefixes, findings: Findings, target: list[QName]) -> None:
    text = text_of(element).strip(SPACE)
    name = prefixes.qname(element, text)
    if name is not None:
        target.append(name)
        return
    findings.found(
        "xmlSchema:valueError",
        document=doc.url,
        line=doc.line(element),
        element="xbrli:measure",
        what=f"the measure {text!r}",
        reason=_NO_NAME,
    )
