"""What filers may add to the networks of the SEC's own taxonomies (EDGAR Filer Manual, 6.12.10 to 6.12.12, 6.14.6 to
6.14.11, 6.16.10 to 6.16.15).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from recto.findings import Finding
from recto.names import (
    ARC_ALL,
    ARC_DIMENSION_DEFAULT,
    ARC_DIMENSION_DOMAIN,
    ARC_DOMAIN_MEMBER,
    ARC_HYPERCUBE_DIMENSION,
    ARC_NOT_ALL,
    ARC_PARENT_CHILD,
    ARC_SUMMATION_ITEM,
)
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.submission import is_standard, submission
from recto.rules.efm.telling import tell
from recto.rules.efm.usage import is_domain_item
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept, Relationship

_SEC: Final = lazy(r"https?://xbrl\.sec\.gov/(\w+)/\d{4}")
_DIMENSIONAL: Final = (
    ARC_ALL,
    ARC_NOT_ALL,
    ARC_HYPERCUBE_DIMENSION,
    ARC_DIMENSION_DOMAIN,
    ARC_DOMAIN_MEMBER,
    ARC_DIMENSION_DEFAULT,
)


class Limits(Struct, frozen=True):
    """What relationships of filers with the elements of one taxonomy keep to. Roles are patterns."""

    taxonomy: str
    calculation: str = ""
    """The section that forbids all its elements in calculations."""
    calculation_forms: tuple[str, ...] = ()
    """Document types that it is about; () for all."""
    presentation: str = ""
    """The section of its presentation groups."""
    presentation_forms: tuple[str, ...] = ()
    groups: str = ""
    """Its presentation groups. Its elements stand in no others; what else stands in them is a member of a domain."""
    parents: tuple[str, ...] = ()
    """Below which elements such members stand; () for any."""
    definition: str = ""
    """The section of definitions."""
    definition_forms: tuple[str, ...] = ()
    within: str = ""
    """Where domain-member relationships among its elements may be."""
    beyond: str = ""
    """Where its members may have members of others."""
    sources: tuple[tuple[str, str], ...] = ()
    """(roles, the only sources in them), as `taxonomy:name`."""
    copies: bool = False
    """Whether filers may have, as many do, the taxonomy's own networks in their linkbases."""
    target_roles: bool = True
    """Whether relationships may have a target role."""
    unique: str = ""
    """Roles of which a member may be in one alone."""


_SHAREHOLDER_REPORTS: Final = ("N-CSR", "N-CSRS", "N-CSR/A", "N-CSRS/A")
_FUND_ROLES: Final = (
    r"http://xbrl\.sec\.gov/(?:oef/role/[^/]*Only"
    r"|rr/role/(?:Series|Class|Coregistrant|Prospectus|Risk|PerformanceMeasure))"
)
_NONE: Final = r"(?!)"
LIMITS: Final = (
    Limits(
        "cef",
        "6.14.06",
        (),
        "6.12.10",
        ("N-2", "N-2/A"),
        r"http://xbrl\.sec\.gov/cef/role/N2",
        (
            "AllCoregistrantsMember",
            "AllSecuritiesMember",
            "AllRisksMember",
            "ClassOfStockDomain",
            "DebtInstrumentNameDomain",
        ),
        "6.16.10",
        (),
        r"http://xbrl\.sec\.gov/cef/role/N2",
        r"http://xbrl\.sec\.gov/cef/role/(?:Security|Risk|Coregistrant)Only",
    ),
    Limits(
        "vip",
        "6.14.07",
        presentation="6.12.11",
        groups=r"http://xbrl\.sec\.gov/vip/role/N[346]",
        definition="6.16.11",
        within=r"http://xbrl\.sec\.gov/vip/role/[^/]*Only",
        beyond=r"http://xbrl\.sec\.gov/vip/role/[^/]*Only",
    ),
    Limits(
        "ecd",
        "6.14.08",
        definition="6.16.12",
        within=r"http://xbrl\.sec\.gov/ecd/role/",
        beyond=r"http://xbrl\.sec\.gov/ecd/role/[^/]*Only",
        copies=True,
    ),
    Limits(
        "oef",
        "6.14.09",
        _SHAREHOLDER_REPORTS,
        definition="6.16.13",
        within=_FUND_ROLES,
        beyond=_FUND_ROLES,
    ),
    Limits(
        "rxp",
        "6.14.10",
        ("2.01 SD",),
        definition="6.16.14",
        definition_forms=("2.01 SD",),
        within=_NONE,
        beyond=r"http://xbrl\.sec\.gov/rxp/role/(?:Projects|Governments|Segments|Entities|Resources)Only",
        sources=(
            (r".*sec\.gov/rxp/role/ProjectsOnly", r"rxp:AllProjectsMember\Z"),
            (r".*sec\.gov/rxp/role/GovernmentsOnly", r"rxp:AllGovernmentsMember\Z"),
            (r".*sec\.gov/rxp/role/SegmentsOnly", r"rxp:AllSegmentsMember\Z"),
            (r".*sec\.gov/rxp/role/EntitiesOnly", r"dei:EntityDomain\Z"),
            (r".*sec\.gov/rxp/role/ResourcesOnly", r"rxp:AllResourcesMember\Z"),
        ),
        target_roles=False,
        unique=r"http://xbrl\.sec\.gov/rxp/",
    ),
    Limits(
        "shr",
        "6.14.11",
        presentation="6.12.12",
        groups=r"http://xbrl\.sec\.gov/shr/role/",
        definition="6.16.15",
        within=_NONE,
        beyond=r"http://xbrl\.sec\.gov/shr/role/",
        sources=(
            (r".*/shr/role/narr/IssrOrAfflShrRpPrgmsOnly", r"us-gaap:ShareRepurchaseProgramDomain\Z"),
            (r".*/shr/role/10b51/IssrRule10b51ArrangementsOnly", r"shr:IssrRule10b51ArrDomain\Z"),
            (r".*/shr/role/exh/IssrOrAfflRepurchsStockOnly", r"us-gaap:ClassOfStockDomain\Z"),
            (r".*/shr/role/exh/IssrOrAfflRepurchsCapitalUnitsOnly", r"us-gaap:CapitalUnitClassDomain\Z"),
            (r".*/shr/role/exh/IssrOrAfflRepurchsWarrantsOnly", r"us-gaap:ClassOfWarrantOrRightDomain\Z"),
        ),
        target_roles=False,
        unique=r"http://xbrl\.sec\.gov/shr/",
    ),
    Limits(
        "sro",
        definition="6.16.15",
        within=r".",
        beyond=r".",
        sources=(
            (r".*sec\.gov/17ad27/role/.*Only\Z", r"sro:Cmsp(?:SvcTyp|UsrTyp|AsstCls|SubmHdrs)Domain\Z"),
            (r".*sec\.gov/17ad27/role/(?!.*Only|ProgressTable).", _NONE),
        ),
    ),
)


def extensions(subject: Subject) -> Iterator[Finding]:
    """Relationships that the filer makes keep to the limits of each taxonomy in use."""
    used = {match.group(1): each for each in subject.dts.namespaces() if (match := _SEC.match(each))}
    form = submission(subject).document_type
    for limits in LIMITS:
        namespace = used.get(limits.taxonomy)
        if namespace is None:
            continue
        if limits.presentation and form in (limits.presentation_forms or (form,)):
            yield from _presented(subject, limits, namespace)
        if limits.calculation and form in (limits.calculation_forms or (form,)):
            for each in _own(subject, ARC_SUMMATION_ITEM):
                if namespace in (each.source.qname.namespace, each.target.qname.namespace):
                    yield _not_permitted(limits.calculation, each)
        if limits.definition and form in (limits.definition_forms or (form,)):
            yield from _defined(subject, limits, namespace)


def _presented(subject: Subject, limits: Limits, namespace: str) -> Iterator[Finding]:
    for each in _own(subject, ARC_PARENT_CHILD):
        ends = (each.source.qname.namespace, each.target.qname.namespace)
        if re.match(limits.groups, each.role) is None:
            if namespace in ends:
                yield _not_permitted(limits.presentation, each)
        elif ends[1] != namespace and not (is_domain_item(each.target) and _stands_below(subject, each, limits)):
            yield _not_permitted(limits.presentation, each)


def _stands_below(subject: Subject, relationship: Relationship, limits: Limits) -> bool:
    """Whether a relationship is one of the parts of a group that the filer may add to."""
    if not limits.parents:
        return True
    network = subject.dts.network(ARC_PARENT_CHILD, relationship.role)
    steps, seen = [relationship.source], {relationship.source}
    while steps:
        concept = steps.pop()
        if concept.qname.local in limits.parents and is_standard(concept.qname.namespace):
            return True
        for each in network.parents(concept):
            if each.source not in seen:
                seen.add(each.source)
                steps.append(each.source)
    return False


def _defined(subject: Subject, limits: Limits, namespace: str) -> Iterator[Finding]:
    roles: dict[Concept, dict[str, Relationship]] = {}
    for arcrole in _DIMENSIONAL:
        for each in _own(subject, arcrole):
            source, target = each.source.qname, each.target.qname
            mine, others = source.namespace == namespace, target.namespace == namespace
            if mine and others and limits.copies and each.role.startswith(f"http://xbrl.sec.gov/{limits.taxonomy}/"):
                continue
            permitted = arcrole == ARC_DOMAIN_MEMBER and (
                (mine and others and re.match(limits.within, each.role) is not None)
                or (mine and re.match(limits.beyond, each.role) is not None)
            )
            if (mine or others) and not permitted:
                yield _not_permitted(limits.definition, each)
            elif _is_wrong_source(each, limits):
                yield _tell(f"{limits.definition}.roleSource", each)
            if each.target_role and not limits.target_roles:
                yield _tell(f"{limits.definition}.targetRole", each)
            if limits.unique and arcrole == ARC_DOMAIN_MEMBER and re.match(limits.unique, each.role):
                roles.setdefault(each.target, {}).setdefault(each.role, each)
    for found in roles.values():
        if len(found) > 1:
            yield _tell(f"{limits.definition}.memberInRoles", next(iter(found.values())))


def _is_wrong_source(relationship: Relationship, limits: Limits) -> bool:
    words = relationship.source.qname.namespace.split("/")
    name = f"{words[-2] if len(words) > 1 else ''}:{relationship.source.qname.local}"
    return any(
        re.match(roles, relationship.role) is not None and re.match(wanted, name) is None
        for roles, wanted in limits.sources
    )


def _own(subject: Subject, arcrole: str) -> Iterator[Relationship]:
    """The effective relationships that the filer's own documents make."""
    own = {document.url for document in submission(subject).custom_documents}
    for role in subject.dts.own_link_roles(arcrole):
        for each in subject.dts.network(arcrole, role).relationships:
            if each.document in own:
                yield each


def _not_permitted(section: str, relationship: Relationship) -> Finding:
    return _tell(f"{section}.relationshipNotPermitted", relationship)


def _tell(code: str, relationship: Relationship) -> Finding:
    return tell(
        code,
        relationship.document,
        relationship.line,
        about=relationship.source.name,
        other=relationship.target.name,
        role=relationship.role,
    )


RULES: list[Rule] = [extensions]
