"""Relationships of the issuer's extension taxonomy: anchoring, hypercubes, defaults, sums (Reporting Manual, 1.4, 3.3,
3.4; RTS, Annex IV, 8 to 10).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.names import (
    ARC_ALL,
    ARC_DIMENSION_DEFAULT,
    ARC_DIMENSION_DOMAIN,
    ARC_DOMAIN_MEMBER,
    ARC_HYPERCUBE_DIMENSION,
    ARC_NOT_ALL,
    ARC_SUMMATION_ITEM,
    ARC_SUMMATION_ITEM_1_1,
    LINK,
)
from recto.rules import Rule
from recto.rules.esef.report import ANCHOR, Report, is_core, report, tell, tell_concept, types_of
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept, Relationship
from recto.xml.xlink import ARCROLE, FROM

_DIMENSIONAL: Final = (ARC_ALL, ARC_NOT_ALL, ARC_HYPERCUBE_DIMENSION, ARC_DIMENSION_DOMAIN, ARC_DOMAIN_MEMBER)
_DEFAULTS: Final = ("ifrs-dim_role-990000", "esef_role-990000")
_NOT_DIMENSIONAL: Final = "role-999999"
_ALLOWED: Final = frozenset((*_DIMENSIONAL, ARC_DIMENSION_DEFAULT, ANCHOR))


def _anchors(filed: Report) -> list[Relationship]:
    return [each for role in filed.dts.own_link_roles(ANCHOR) for each in filed.dts.network(ANCHOR, role).relationships]


def anchoring(subject: Subject) -> Iterator[Finding]:
    """The issuer's line items are anchored to the core taxonomy, in link roles for that alone (1.4, 3.3; RTS, Annex IV,
    9 and 10).
    """
    filed = report(subject)
    anchors = _anchors(filed)
    anchored: set[Concept] = set()
    for each in anchors:
        for one, other in ((each.source, each.target), (each.target, each.source)):
            if filed.is_extension(one.qname) and is_core(other.qname):
                anchored.add(one)
            yield from _not_a_line_item(filed, one, each)
            if filed.is_extension(one.qname) and other.abstract and not one.abstract and not filed.is_member(one):
                code = "3.3.1.ExtensionConceptAnchoredToAbstractConcept"
                yield tell(code, each.document, each.line, about=one.name, other=other.name)
    dimensional = {role for arcrole in _DIMENSIONAL for role in filed.dts.own_link_roles(arcrole)}
    for role in dict.fromkeys(each.role for each in anchors):
        if role in dimensional:
            code = "3.3.2.anchoringRelationshipsForConceptsDefinedInElrContainingDimensionalRelationships"
            first = next(each for each in anchors if each.role == role)
            yield tell(code, first.document, first.line, about=role)
    wrong = next(_wrong_arcroles(filed), None)
    if wrong is not None:  # what has no other anchor may have this
        yield wrong
        return
    for concept in filed.concepts:
        if concept.abstract or concept.kind != "item" or concept in anchored or filed.is_member(concept):
            continue
        if _is_subtotal(filed, concept):
            continue
        if concept in filed.presented or concept.qname in filed.reported:
            yield tell_concept("3.3.1.extensionConceptsNotAnchored", concept)


def _not_a_line_item(filed: Report, concept: Concept, each: Relationship) -> Iterator[Finding]:
    if not filed.is_extension(concept.qname):
        return
    group = concept.substitution_group
    code = ""
    if group is not None and group.local == "dimensionItem":
        code = "3.3.1.anchoringRelationshipsForDimensionsDefinedUsingWiderNarrowerArcrole"
    elif "domainItemType" in types_of(concept):
        code = "3.3.1.anchoringRelationshipsForDomainMembersDefinedUsingWiderNarrowerArcrole"
    if code:
        yield tell(code, each.document, each.line, about=concept.name)


def _wrong_arcroles(filed: Report) -> Iterator[Finding]:
    """Definition arcs of other arcroles than those of dimensions and anchors."""
    for _, tree in filed.trees():
        for arc in tree.root.iter(f"{{{LINK}}}definitionArc"):
            arcrole = (arc.get(ARCROLE) or "").strip()
            if arcrole not in _ALLOWED:
                yield tell("3.3.1.anchoringWrongArcrole", tree.url, tree.line(arc), about=arcrole)


def _is_subtotal(filed: Report, concept: Concept) -> bool:
    """Whether an element is the sum of others in a statement (1.4.1)."""
    return any(
        filed.dts.network(arcrole, role).children(concept)
        for arcrole in (ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1)
        for role in filed.dts.own_link_roles(arcrole)
    )


def hypercubes(subject: Subject) -> Iterator[Finding]:
    """Hypercubes are closed, positive, in scenarios; line items belong to one (3.4.2)."""
    filed = report(subject)
    for role in filed.dts.own_link_roles(ARC_NOT_ALL):
        for each in filed.dts.network(ARC_NOT_ALL, role).relationships:
            yield tell("3.4.2.notAllArcroleUsedInDefinitionLinkbase", each.document, each.line, about=each.target.name)
    for role in filed.dts.own_link_roles(ARC_ALL):
        for each in filed.dts.network(ARC_ALL, role).relationships:
            if not each.closed and each.document in filed.subject.own_urls:
                code = "3.4.2.openPositiveHypercubeInDefinitionLinkbase"
                yield tell(code, each.document, each.line, about=each.target.name)
            if each.context_element != "scenario":
                code = "3.4.2.incorrectContextElementUsed"
                yield tell(code, each.document, each.line, about=each.target.name)
    yield from _line_items(filed)


def _line_items(filed: Report) -> Iterator[Finding]:
    linked: set[Concept] = set()
    for role in dict.fromkeys((*filed.dts.roles(ARC_ALL), *filed.dts.own_link_roles(ARC_DOMAIN_MEMBER))):
        starts = [each.source for each in filed.dts.network(ARC_ALL, role).relationships]
        if not starts and role.endswith(_NOT_DIMENSIONAL):
            starts = list(filed.dts.network(ARC_DOMAIN_MEMBER, role).roots)
        steps = [(concept, role) for concept in starts]
        while steps:
            concept, where = steps.pop()
            if concept in linked and concept not in starts:
                continue
            linked.add(concept)
            network = filed.dts.network(ARC_DOMAIN_MEMBER, where)
            steps += [
                (arc.target, arc.target_role or where) for arc in network.children(concept) if arc.target not in linked
            ]
    for concept in filed.concepts:
        if concept.abstract or concept.kind != "item" or concept not in filed.presented:
            continue
        if concept not in linked and not filed.is_member(concept):
            yield tell_concept("3.4.2.extensionTaxonomyLineItemNotLinkedToAnyHypercube", concept)


def defaults(subject: Subject) -> Iterator[Finding]:
    """An axis has its default in the role for that, and nowhere else (3.4.3)."""
    filed = report(subject)
    placed: set[Concept] = set()
    for role in filed.dts.roles(ARC_DIMENSION_DEFAULT):
        for each in filed.dts.network(ARC_DIMENSION_DEFAULT, role).relationships:
            if role.endswith(_DEFAULTS):
                placed.add(each.source)
            elif each.document in filed.subject.own_urls and not filed.is_extension(each.source.qname):
                code = "3.4.3.extensionTaxonomyOverridesDefaultMembers"
                yield tell(code, each.document, each.line, about=each.source.name)
    for _, tree in filed.trees():
        for arc in tree.root.iter(f"{{{LINK}}}definitionArc"):
            if (arc.get("use") or "").strip() == "prohibited" and (arc.get(ARCROLE) or "").strip() == (
                ARC_DIMENSION_DEFAULT
            ):
                code = "3.4.3.extensionTaxonomyOverridesDefaultMembers"
                yield tell(code, tree.url, tree.line(arc), about=arc.get(FROM))
    for concept in filed.concepts:
        group = concept.substitution_group
        if group is not None and group.local == "dimensionItem" and concept not in placed:
            code = "3.4.3.extensionTaxonomyDimensionNotAssignedDefaultMemberInDedicatedPlaceholder"
            yield tell_concept(code, concept)


RULES: list[Rule] = [anchoring, hypercubes, defaults]
