"""xBRL-XML 1.0 (2021-10-13): what of XBRL 2.1 a report may use that means to be a report of the Open Information Model.

Most XBRL reports do not mean to be one: these rules are checked where they are asked for by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.instance.model import Fact
from recto.instance.oim.kinds import axis_of, kind_of
from recto.names import ARC_ALL, ARC_FACT_FOOTNOTE, ARC_NOT_ALL, LINK, ROLE_FOOTNOTE, ROLE_LINK, XBRLI
from recto.rules import Rule
from recto.rules.subject import Subject, fact_finding, finding, prefixed
from recto.taxonomy.discovery import LoadedDocument
from recto.xml import Document, split_fragment, xlink

_SPECIFICATION = "xBRL-XML 1.0, 2.1"
_FOOTNOTE, _FOOTNOTE_LINK = f"{{{LINK}}}footnote", f"{{{LINK}}}footnoteLink"
_LINKBASE_REF, _SCHEMA_REF = f"{{{LINK}}}linkbaseRef", f"{{{LINK}}}schemaRef"
_CONTAINERS = {"segment": f"{{{XBRLI}}}segment", "scenario": f"{{{XBRLI}}}scenario"}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def _documents(subject: Subject) -> list[Document]:
    """The documents of an instance in XML; none of other reports."""
    if subject.anchors is None or subject.instance.kind != "xbrl":
        return []
    return list(subject.anchors.documents.values())


def _at(code: str, document: Document, element: Any, problem: str) -> Finding:
    line = document.line(element)
    return finding(
        f"xbrlxe:{code}",
        document.url,
        line,
        severity="error",
        element=prefixed(element),
        specification=_SPECIFICATION,
        reason=problem,
    )


def facts(subject: Subject) -> Iterator[Finding]:
    """There are no tuples, no fractions, and no facts of which nothing is known (2.1.1)."""
    if not _documents(subject):
        return
    for fact in subject.instance.facts:
        code, problem = _fault(subject, fact)
        if code:
            yield fact_finding(f"xbrlxe:{code}", fact, severity="error", specification=_SPECIFICATION, reason=problem)


def _fault(subject: Subject, fact: Fact) -> tuple[str, str]:
    if fact.is_tuple:
        return "unsupportedTuple", "a report of this model has no tuples"
    if fact.numerator is not None or fact.denominator is not None or _is_fraction(fact):
        return "unsupportedFraction", "a report of this model has no fractions"
    if fact.precision == 0:
        return "unsupportedZeroPrecisionFact", "its precision is 0, so it says nothing"
    if fact.concept is not None and kind_of(fact.qname, fact.qname.local, subject.instance.taxonomy).unsupported:
        return "unsupportedConceptDataType", "no fact of this model has its data type"
    return "", ""


def _is_fraction(fact: Fact) -> bool:
    type_ = fact.concept.type if fact.concept is not None else None
    item = type_.item_type if type_ is not None else None
    return item is not None and item.local == "fractionItemType"


def contexts(subject: Subject) -> Iterator[Finding]:
    """Contexts hold dimensions with simple values, all in the one container that the report uses (2.1.2)."""
    documents = _documents(subject)
    if not documents or subject.anchors is None:
        return
    document = documents[0]
    declared = _declared(subject)
    if len(declared) > 1:
        problem = "The taxonomy declares hypercubes for segments and hypercubes for scenarios"
        yield _at("inconsistentDimensionsContainer", document, document.root, problem)
    used: set[str] = set()
    reported = dict.fromkeys(fact.context for fact in subject.instance.facts if fact.context is not None)
    for context in reported:
        identifier = context.id
        element = subject.anchors.contexts.get(identifier)
        if element is None:
            continue
        filled = {name for name, tag in _CONTAINERS.items() if any(len(each) for each in element.iter(tag))}
        if context.segment_other or context.scenario_other:
            problem = f"Context {identifier} holds more than dimensions"
            yield _at("nonDimensionalSegmentScenarioContent", document, element, problem)
        if (len(declared) == 1 and filled - declared) or (not declared and len(filled) > 1):
            where = next(iter(sorted(filled - declared)))
            problem = f"Context {identifier} has content in its {where}, which is not the container of dimensions here"
            yield _at("unexpectedContextContent", document, element, problem)
        elif not declared and used and not filled <= used:
            problem = f"Context {identifier} has dimensions in another container than the contexts before it"
            yield _at("inconsistentDimensionsContainer", document, element, problem)
        used |= filled
        for axis in context.dimensions:
            known = axis_of(axis, subject.instance.taxonomy)
            if known.unsupported == "complex":
                problem = f"Context {identifier}: members of the dimension {axis.local} are more than simple values"
                yield _at("unsupportedComplexTypedDimension", document, element, problem)
            elif known.unsupported is not None:
                problem = f"Context {identifier}: the type of {axis.local} is {known.unsupported}"
                yield _at("unsupportedDimensionDataType", document, element, problem)


def _declared(subject: Subject) -> set[str]:
    """The containers that the hypercubes of the taxonomy name."""
    found: set[str] = set()
    for arcrole in (ARC_ALL, ARC_NOT_ALL):
        for role in subject.dts.roles(arcrole):
            for each in subject.dts.network(arcrole, role).relationships:
                if each.context_element is not None:
                    found.add(each.context_element)
    return found


def footnotes(subject: Subject) -> Iterator[Finding]:
    """Footnotes have the standard role, and facts are linked to them (2.1.3)."""
    for document in _documents(subject):
        for link in document.root.iter(_FOOTNOTE_LINK):
            ends = {child.get(xlink.TO) for child in link if child.get(xlink.TYPE) == "arc"}
            for child in link:
                if child.get(xlink.TYPE) != "resource":
                    continue
                label = child.get(xlink.LABEL)
                if label not in ends:
                    problem = f"No fact is linked to the footnote {label!r}"
                    yield _at("unlinkedFootnoteResource", document, child, problem)
                role = child.get(xlink.ROLE)
                if role not in (None, "", ROLE_FOOTNOTE):
                    problem = f"The footnote {label!r} has the role {role}, not the standard one"
                    yield _at("nonStandardFootnoteResourceRole", document, child, problem)


def roles(subject: Subject) -> Iterator[Finding]:
    """Roles and arcroles of links between facts are defined in what the schema references lead to (2.1.3)."""
    used: dict[str, None] = {}
    for links in subject.instance.links.values():
        for link in links:
            if link.link_role != ROLE_LINK:
                used.setdefault(link.link_role)
            if link.arcrole != ARC_FACT_FOOTNOTE:
                used.setdefault(link.arcrole)
    documents = _documents(subject)
    if not used or not documents:
        return
    reached = _reached(subject, documents)
    for uri in used:
        declared = [*subject.dts.role_types(uri), *subject.dts.arcrole_types(uri)]
        if declared and not any(each.document in reached for each in declared):
            problem = f"{uri} is defined in a schema that no schema reference leads to"
            yield _at("unsupportedExternalRoleRef", documents[0], documents[0].root, problem)


def _reached(subject: Subject, documents: list[Document]) -> set[str]:
    """URLs of all documents that the schema references of the report lead to."""
    pending = [
        split_fragment(document.resolve(element, element.get(xlink.HREF) or ""))[0]
        for document in documents
        for element in document.root.iter(_SCHEMA_REF)
    ]
    found: set[str] = set()
    while pending:
        url = pending.pop()
        loaded: LoadedDocument | None = subject.document_at(url)
        if loaded is None or loaded.url in found:
            continue
        found.add(loaded.url)
        pending.extend(_references(subject, loaded))
    return found


def _references(subject: Subject, loaded: LoadedDocument) -> Iterator[str]:
    tree = subject.tree(loaded)
    if tree is None:
        return
    for element in tree.root.iter("*"):
        href = element.get("schemaLocation") or element.get(xlink.HREF)
        if href and not href.startswith("#"):
            yield split_fragment(tree.resolve(element, href))[0]


def documents(subject: Subject) -> Iterator[Finding]:
    """No linkbase references, and no xml:base (2.1.4)."""
    for document in _documents(subject):
        for element in document.root.iter(_LINKBASE_REF):
            yield _at("unsupportedLinkbaseReference", document, element, "The report refers to a linkbase")
        if document.has_base:
            for element in document.root.iter("*"):
                if element.get(_BASE) is not None:
                    yield _at("unsupportedXmlBase", document, element, "The report has the attribute xml:base")


def rules() -> list[Rule]:
    """All rules of xBRL-XML."""
    return [facts, contexts, footnotes, roles, documents]
