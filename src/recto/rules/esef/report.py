"""An annual financial report in ESEF, as its rules see it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from recto.findings import Finding
from recto.instance.model import Fact
from recto.names import ARC_DIMENSION_DOMAIN, ARC_DOMAIN_MEMBER, ARC_PARENT_CHILD, QName
from recto.rules.esef.package import misplaced
from recto.rules.subject import Subject, fact_label, finding, prefixed
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import Concept
from recto.xml import Document
from recto.xml.xlink import XML_LANG

_CORE: Final = ("http://www.esma.europa.eu/", "https://www.esma.europa.eu/", "http://xbrl.ifrs.org/")
_STANDARD: Final = (*_CORE, "http://www.xbrl.org/", "https://www.xbrl.org/", "http://xbrl.org/", "http://www.w3.org/")
STATEMENTS: Final = frozenset(
    (
        "StatementOfFinancialPositionAbstract",
        "IncomeStatementAbstract",
        "StatementOfComprehensiveIncomeAbstract",
        "StatementOfProfitOrLossAndOtherComprehensiveIncomeAbstract",
        "StatementOfCashFlowsAbstract",
        "StatementOfChangesInEquityAbstract",
        "ProfitOrLossAbstract",
        "StatementOfChangesInNetAssetsAvailableForBenefitsAbstract",
    )
)
"""What IFRS calls the primary financial statements."""

ANCHOR: Final = "http://www.esma.europa.eu/xbrl/esef/arcrole/wider-narrower"
MANDATORY: Final = {
    "NameOfReportingEntityOrOtherMeansOfIdentification": True,
    "ExplanationOfChangeInNameOfReportingEntityOrOtherMeansOfIdentificationFromEndOfPrecedingReportingPeriod": False,
    "DomicileOfEntity": True,
    "LegalFormOfEntity": True,
    "CountryOfIncorporation": True,
    "AddressOfRegisteredOfficeOfEntity": True,
    "PrincipalPlaceOfBusiness": True,
    "DescriptionOfNatureOfEntitysOperationsAndPrincipalActivities": True,
    "NameOfParentEntity": False,
    "NameOfUltimateParentOfGroup": False,
}
"""Elements of Annex II, table 1, and whether every report has what they are for: some issuers have no parent."""


class Report:
    """One instance with its extension taxonomy. Made once for an instance."""

    def __init__(self, subject: Subject):
        self.subject = subject
        self.instance = subject.instance
        self.dts = subject.dts

    @cached_property
    def extension(self) -> list[LoadedDocument]:
        """The issuer's own schemas and linkbases."""
        return [
            document
            for document in self.subject.own_documents
            if not (document.namespace or document.url).startswith(_STANDARD)
        ]

    @cached_property
    def schemas(self) -> list[LoadedDocument]:
        return [document for document in self.extension if document.compiled.kind == "schema"]

    @cached_property
    def complete(self) -> bool:
        """Whether what is judged is the whole report: it is marked up, and all of it lies where it is looked for.

        Of what else is, only that is told.
        """
        filing = self.subject.filing
        return bool(self.facts) and not (filing is not None and any(misplaced(filing)))

    @cached_property
    def namespaces(self) -> frozenset[str]:
        return frozenset(document.namespace or "" for document in self.schemas)

    def is_extension(self, name: QName) -> bool:
        return name.namespace in self.namespaces

    @cached_property
    def concepts(self) -> list[Concept]:
        """The issuer's own elements."""
        return [
            concept
            for document in self.schemas
            for ordinal in range(document.compiled.element_count)
            if (concept := self.dts.concept_declared(document, ordinal)) is not None and concept.kind != "other"
        ]

    @cached_property
    def facts(self) -> list[Fact]:
        return [fact for fact in self.instance.facts if not fact.is_tuple]

    @cached_property
    def reported(self) -> frozenset[QName]:
        """Concepts of facts, and their axes and members."""
        names: set[QName] = set()
        for fact in self.facts:
            names.add(fact.qname)
            for axis, member in fact.dimensions.items():
                names.add(axis)
                if isinstance(member, QName):
                    names.add(member)
        return frozenset(names)

    @cached_property
    def language(self) -> str:
        """The language of the report: of its documents, else of most of its texts; "" where nothing says."""
        if self.subject.anchors is not None:
            for document in self.subject.anchors.documents.values():
                told = document.root.get(XML_LANG) or document.root.get("lang")
                if told:
                    return primary(told)
        counts: dict[str, int] = {}
        for fact in self.facts:
            if not fact.is_numeric and fact.language:
                counts[primary(fact.language)] = counts.get(primary(fact.language), 0) + 1
        return max(counts, key=lambda each: counts[each]) if counts else ""

    @cached_property
    def presented(self) -> dict[Concept, list[str]]:
        """Concepts in the issuer's presentation, with the roles they stand in."""
        found: dict[Concept, list[str]] = {}
        for role in self.dts.own_link_roles(ARC_PARENT_CHILD):
            for each in self.dts.network(ARC_PARENT_CHILD, role).relationships:
                for concept in (each.source, each.target):
                    roles = found.setdefault(concept, [])
                    if role not in roles:
                        roles.append(role)
        return found

    @cached_property
    def members(self) -> frozenset[Concept]:
        """Elements that are members of an axis: reached from a domain in the definition linkbase."""
        found: set[Concept] = set()
        for role in self.dts.roles(ARC_DIMENSION_DOMAIN):
            steps = [
                (each.target, each.target_role or role)
                for each in self.dts.network(ARC_DIMENSION_DOMAIN, role).relationships
            ]
            while steps:
                concept, where = steps.pop()
                if concept not in found:
                    found.add(concept)
                    network = self.dts.network(ARC_DOMAIN_MEMBER, where)
                    steps += [(arc.target, arc.target_role or where) for arc in network.children(concept)]
        return frozenset(found)

    def is_member(self, concept: Concept) -> bool:
        """Whether an element is a member, by its type or by where it stands."""
        return concept in self.members or "domainItemType" in types_of(concept)

    @cached_property
    def statements(self) -> dict[str, list[Concept]]:
        """Link roles of the issuer's presentation that begin with a primary financial statement, with their roots."""
        found: dict[str, list[Concept]] = {}
        for role in self.dts.own_link_roles(ARC_PARENT_CHILD):
            roots = list(self.dts.network(ARC_PARENT_CHILD, role).roots)
            if any(each.qname.local in STATEMENTS for each in roots):
                found[role] = roots
        return found

    def trees(self) -> Iterator[tuple[LoadedDocument, Document]]:
        """The issuer's documents, parsed."""
        for document in self.extension:
            tree = self.subject.tree(document)
            if tree is not None:
                yield document, tree

    def documents(self) -> Iterator[Document]:
        """The report's own documents, parsed."""
        if self.subject.anchors is not None:
            yield from self.subject.anchors.documents.values()


def types_of(concept: Concept) -> list[str]:
    """Local names of an element's type and those that it derives from."""
    return [each.qname.local for each in concept.type.chain()] if concept.type is not None else []


def is_core(name: QName) -> bool:
    """Whether a name is of the ESEF taxonomy or IFRS."""
    return name.namespace.startswith(_CORE)


def primary(language: str) -> str:
    """The primary part of a language tag."""
    return language.strip().lower().partition("-")[0]


def report(subject: Subject) -> Report:
    known: Report | None = subject.cache.get("esef")
    if known is None:
        known = subject.cache["esef"] = Report(subject)
    return known


def tell(code: str, document: str | None, line: int | None = None, /, **told: Any) -> Finding:
    """The finding `ESEF.<code>`; `told` as in `recto.rules.subject.finding`."""
    return finding(f"ESEF.{code}", document, line, **told)


def tell_fact(code: str, fact: Fact, /, *others: Fact, **arguments: Any) -> Finding:
    label = fact_label(fact)
    facts = (fact.id, *(each.id for each in others))
    return tell(code, fact.document, fact.line, about=label, element=label, facts=facts, **arguments)


def tell_concept(code: str, concept: Concept, /, **arguments: Any) -> Finding:
    return tell(code, concept.document, concept.line, about=concept.name, element=concept.name, **arguments)


def tell_element(
    code: str, element: Any, document: Document, /, *, about: str | None = None, **arguments: Any
) -> Finding:
    label = prefixed(element)
    return tell(code, document.url, document.line(element), about=about or label, element=label, **arguments)
