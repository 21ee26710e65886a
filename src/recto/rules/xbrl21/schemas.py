"""Taxonomy schemas (XBRL 2.1, 5.1; tuples 4.9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.names import LINK, XBRLI, XLINK, XSD, QName
from recto.rules.subject import Subject, concept_finding, fault_finding, finding, of_taxonomy
from recto.schema.circles import circles
from recto.schema.components import ComplexType
from recto.schema.depth import bounded
from recto.schema.documents import SchemaChecker
from recto.schema.identity import Constraint, IdentityChecker, constraints, reference_faults
from recto.taxonomy.compiled import Tree
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import Concept
from recto.xml import Document

_XS = f"{{{XSD}}}"
_ROLE_TYPE = f"{{{LINK}}}roleType"
_ARCROLE_TYPE = f"{{{LINK}}}arcroleType"
_LINKBASE_REF = f"{{{LINK}}}linkbaseRef"
_USED_ON = f"{{{LINK}}}usedOn"
_IN_SCHEMA = frozenset((_ROLE_TYPE, _ARCROLE_TYPE, _LINKBASE_REF))
_MONETARY = QName(XBRLI, "monetaryItemType")
_PERIOD_TYPE = f"{{{XBRLI}}}periodType"
_BALANCE = f"{{{XBRLI}}}balance"
_DTR_ROOT = "http://www.xbrl.org/2003/instance"


def schemas(subject: Subject) -> Iterator[tuple[LoadedDocument, Document]]:
    """The filing's own schema documents."""
    for document in subject.own_documents:
        if document.compiled.kind == "schema":
            tree = subject.tree(document)
            if tree is not None:
                yield document, tree


@of_taxonomy
def schema_validity(subject: Subject) -> Iterator[Finding]:
    """Taxonomy schemas are valid XML Schema documents (XBRL 2.1, 5.1)."""
    for document, tree in schemas(subject):
        checker = SchemaChecker(document, tree, subject.grammar, subject.assessor)
        for fault in bounded(checker.faults(), tree.root):
            yield fault_finding(fault, tree)
    exhausted = subject.grammar.exhausted
    if exhausted is not None:
        yield finding("recto:contentModel", exhausted.url, None)


@of_taxonomy
def circular_definitions(subject: Subject) -> Iterator[Finding]:
    """No type, group or substitution group of the filing leads back to itself (XML Schema 1, 3.3.6 to 3.8.6)."""
    for code, name, through, document, line, tag in circles(
        subject.grammar.dts, [document for document in subject.own_documents if document.compiled.kind == "schema"]
    ):
        yield finding(
            f"xmlSchema:{code}",
            document.url,
            line,
            about=f"xs:{tag}",
            element=f"xs:{tag}",
            name=name,
            through=through,
        )


def identity_constraints(subject: Subject) -> Iterator[Finding]:
    """Keys, unique values and references to keys that the filing's schemas ask for (XML Schema 1, 3.11)."""
    found: list[tuple[Constraint, Document]] = []
    for document, tree in schemas(subject):
        checker = SchemaChecker(document, tree, subject.grammar, subject.assessor)
        made, faults = constraints(tree.root, document, checker.expand)
        found += [(each, tree) for each in made]
        for fault in faults:
            yield fault_finding(fault, tree)
    if not found:
        return
    home = {each.element: tree for each, tree in found}
    declared = [each for each, _ in found]
    for fault in reference_faults(declared):
        yield fault_finding(fault, home[fault.element])
    checked = [] if subject.anchors is None else list(subject.anchors.documents.values())
    linkbases = (subject.tree(each) for each in subject.own_documents if each.compiled.kind == "linkbase")
    checked += [linkbase for linkbase in linkbases if linkbase is not None]
    identities = IdentityChecker(declared, subject.grammar)
    for document_tree in checked:
        for fault in identities.faults(document_tree.root):
            yield fault_finding(fault, document_tree)


@of_taxonomy
def target_namespace(subject: Subject) -> Iterator[Finding]:
    """A taxonomy schema's target namespace is not empty, and it redefines nothing (XBRL 2.1, 5.1)."""
    for document, tree in schemas(subject):
        root = tree.root
        namespace = root.get("targetNamespace")
        if namespace is not None and not namespace.strip():
            yield finding("xbrl.5.1:emptyTargetNamespace", document.url, tree.line(root), element="xs:schema")
        for child in root:
            if child.tag == _XS + "redefine":
                yield finding("xbrl.5.1:redefine", document.url, tree.line(child), element="xs:redefine")


@of_taxonomy
def concept_declarations(subject: Subject) -> Iterator[Finding]:
    """What item and tuple declarations must and must not say (XBRL 2.1, 5.1.1)."""
    for document, concept in subject.own_concepts():
        record = document.compiled.element(concept.index[1])
        if concept.kind in ("item", "dimension", "hypercube"):
            yield from _item(concept)
        elif concept.kind == "tuple":
            yield from _tuple(subject, document, concept)
        elif record.period_type or record.balance:
            what = "xbrli:periodType" if record.period_type else "xbrli:balance"
            yield concept_finding("xbrl.5.1.1:attributeOnNonConcept", concept, what=what)


def _item(concept: Concept) -> Iterator[Finding]:
    if concept.period_type is None:
        yield concept_finding("xbrl.5.1.1.1:itemPeriodType", concept)
    type_ = concept.type
    item_type = type_.item_type if type_ is not None else None
    if item_type is None:
        yield concept_finding("xbrl.5.1.1.3:itemType", concept)
    elif concept.balance is not None and type_ is not None and not type_.derives_from(_MONETARY):
        yield concept_finding("xbrl.5.1.1.2:balanceNotMonetary", concept)


def _tuple(subject: Subject, document: LoadedDocument, concept: Concept) -> Iterator[Finding]:
    if concept.period_type is not None:
        yield concept_finding("xbrl.4.9:tuplePeriodType", concept)
    if concept.balance is not None:
        yield concept_finding("xbrl.4.9:tupleBalance", concept)
    decl = subject.grammar.element(concept.qname.clark)
    type_ = subject.grammar.type_of(decl) if decl is not None else None
    if not isinstance(type_, ComplexType):
        yield concept_finding("xbrl.4.9:tupleSimple", concept)
        return
    if type_.anything:
        return
    if type_.simple is not None:
        yield concept_finding("xbrl.4.9:tupleSimple", concept)
    if type_.mixed:
        yield concept_finding("xbrl.4.9:tupleMixed", concept)
    for name in type_.attributes:
        if name.namespace in (XBRLI, LINK, XLINK, "http://www.xbrl.org/2003/XLink"):
            yield concept_finding("xbrl.4.9:tupleAttribute", concept, attribute=name.local)
    if type_.particle is not None:
        yield from _tuple_children(subject, concept, type_)


def _tuple_children(subject: Subject, concept: Concept, type_: ComplexType) -> Iterator[Finding]:
    """Elements in a tuple's content model are references to global declarations of concepts (XBRL 2.1, 4.9)."""
    pending = [type_.particle]
    while pending:
        particle = pending.pop()
        if particle is None:
            continue
        pending.extend(particle.parts)
        decl = particle.element
        if decl is None:
            continue
        if not decl.is_global:
            yield concept_finding("xbrl.4.9:tupleElementDeclaration", concept, child=decl.name.local)
            continue
        child = subject.dts.concept(decl.name)
        if child is not None and child.kind not in ("item", "tuple") and decl.name.namespace != XBRLI:
            yield concept_finding("xbrl.4.9:tupleElementItemOrTuple", concept, child=child.name)


def declarations_in_place(subject: Subject) -> Iterator[Finding]:
    """roleType, arcroleType and linkbaseRef stand in the schema's own annotations (XBRL 2.1, 5.1.2 to 5.1.4)."""
    for document, tree in schemas(subject):
        if not document.compiled.role_types and not document.compiled.linkbase_refs:
            if not _mentions(tree):
                continue
        for element in tree.root.iter(*_IN_SCHEMA):
            parent = element.getparent()
            grand = parent.getparent() if parent is not None else None
            great = grand.getparent() if grand is not None else None
            in_place = (
                parent is not None
                and parent.tag == _XS + "appinfo"
                and grand is not None
                and grand.tag == _XS + "annotation"
                and great is tree.root
            )
            if not in_place:
                yield finding(
                    "xbrl.5.1.2:declarationPlace",
                    document.url,
                    tree.line(element),
                    name=element.tag.rpartition("}")[2],
                )


def _mentions(tree: Document) -> bool:
    return next(tree.root.iter(*_IN_SCHEMA), None) is not None


def role_declarations(subject: Subject) -> Iterator[Finding]:
    """Declarations of one role are unique in a schema and equal over the DTS (XBRL 2.1, 5.1.3, 5.1.4)."""
    own = subject.own_urls
    dts = subject.dts
    for tag, section, code in (("roleType", "5.1.3", "roleType"), ("arcroleType", "5.1.4", "arcroleType")):
        for uri in [
            record[1]
            for document in subject.own_documents
            for record in document.compiled.role_types
            if record[0] == tag
        ]:
            declared = dts.role_types(uri) if tag == "roleType" else dts.arcrole_types(uri)
            first = declared[0]
            for each in declared[1:]:
                if each.document not in own and first.document not in own:
                    continue
                if each.document == first.document:
                    reason = "twice in one schema"
                elif (set(each.used_on), each.cycles_allowed) != (set(first.used_on), first.cycles_allowed):
                    reason = f"differently in {first.document}"
                else:
                    continue
                yield finding(
                    f"xbrl.{section}:{code}Duplicate",
                    each.document,
                    each.line,
                    about=uri,
                    element=f"link:{tag}",
                    kind=tag,
                    reason=reason,
                )
            for each in declared:
                if len(set(each.used_on)) < len(each.used_on) and each.document in own:
                    yield finding(
                        f"xbrl.{section}:usedOnDuplicate",
                        each.document,
                        each.line,
                        about=uri,
                        element="link:usedOn",
                        kind=tag,
                    )


def nested_components(tree: Tree) -> Iterator[Tree]:
    """A component's tree and everything in it."""
    yield tree
    for child in tree[2]:
        yield from nested_components(child)


def attribute_of(element: Any, name: str) -> str:
    return (element.get(name) or "").strip()


RULES = (
    schema_validity,
    circular_definitions,
    identity_constraints,
    target_namespace,
    concept_declarations,
    declarations_in_place,
    role_declarations,
)
