"""The issuer's extension taxonomy: files, elements, labels (Reporting Manual, 3.1, 3.2, 3.4; RTS, Annex IV)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.names import ARC_DIMENSION_DOMAIN, ARC_DOMAIN_MEMBER, LINK, ROLE_LABEL, XBRLDT, QName
from recto.rules import Rule
from recto.rules.esef.report import is_core, primary, report, tell, tell_concept
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept
from recto.xml import file_name
from recto.xml.xlink import ROLE

_LINKS: Final = {
    f"{{{LINK}}}presentationLink": "pre",
    f"{{{LINK}}}calculationLink": "cal",
    f"{{{LINK}}}definitionLink": "def",
    f"{{{LINK}}}labelLink": "lab",
    f"{{{LINK}}}referenceLink": "ref",
}
_WORDS: Final = {"pre": "presentation", "cal": "calculation", "def": "definition", "lab": "label"}
_SCHEMA: Final = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}\.xsd\Z")
_LINKBASE: Final = re.compile(r"(.+)-\d{4}-\d{2}-\d{2}_(?:(?:cal|def|pre|ref|for)|lab-[a-zA-Z-]{2,})\.xml\Z")
_LONGEST: Final = 20
_ROLES: Final = re.compile(r"https?://www\.xbrl\.org/(?:\d{4}|lrr)/")


def files(subject: Subject) -> Iterator[Finding]:
    """There is a linkbase of each kind, each in a file of its own (3.1.1; RTS, Annex IV, 6)."""
    filed = report(subject)
    if not filed.schemas:
        return
    kinds: set[str] = set()
    for document, tree in filed.trees():
        held = {_LINKS[link.tag] for link in tree.root.iter(*_LINKS)}
        is_schema = document.compiled.kind == "schema"
        if not is_schema:
            kinds |= held if len(held) == 1 else set()
        if len(held) > 1 or (is_schema and held):
            about = file_name(tree.url) or tree.url
            held_words = ", ".join(sorted(_WORDS.get(each, each) for each in held))
            yield tell("3.1.1.linkbasesNotSeparateFiles", tree.url, about=about, kinds=held_words)
    missing = [word for kind, word in _WORDS.items() if kind not in kinds]
    if missing:
        code = "3.1.1.extensionTaxonomyWrongFilesStructure"
        yield tell(code, filed.schemas[0].url, about=" and ".join(missing))


def names(subject: Subject) -> Iterator[Finding]:
    """Files are named `{base}-{date}_{suffix}.{extension}`, the base of 20 characters at most (3.1.5)."""
    told = False
    for document in report(subject).extension:
        name = file_name(document.url) or document.url
        match = (_SCHEMA if document.compiled.kind == "schema" else _LINKBASE).match(name)
        if match is None:
            yield tell("3.1.5.extensionTaxonomyDocumentNameDoesNotFollowNamingConvention", document.url, about=name)
        elif len(match.group(1)) > _LONGEST and not told:
            told = True
            yield tell("3.1.5.baseComponentInNameOfTaxonomyFileExceedsTwentyCharacters", document.url, about=name)


def elements(subject: Subject) -> Iterator[Finding]:
    """Elements of the issuer: no tuples, no typed axes, no abstracts; members are of domains (3.2)."""
    filed = report(subject)
    members = _members(subject)
    for concept in filed.concepts:
        types = [each.qname.local for each in concept.type.chain()] if concept.type is not None else []
        if concept.kind == "tuple":
            yield tell_concept("2.4.1.tupleDefinedInExtensionTaxonomy", concept)
        elif "fractionItemType" in types:
            yield tell_concept("2.4.1.fractionDefinedInExtensionTaxonomy", concept)
        elif concept.typed_domain is not None:
            yield tell_concept("3.2.3.typedDimensionDefinitionInExtensionTaxonomy", concept)
        elif concept in members:
            if "domainItemType" not in types:
                yield tell_concept("3.2.2.domainMemberWrongDataType", concept)
        elif concept.abstract and not _is_dimensional(concept) and "domainItemType" not in types:
            yield tell_concept("3.2.5.abstractConceptDefinitionInExtensionTaxonomy", concept)
        if concept.kind == "item" and not concept.abstract:
            for core in _core_of(subject, concept):
                if (core.balance, core.period_type) == (concept.balance, concept.period_type):
                    code = "RTS.Annex.IV.Par.4.extensionElementDuplicatesCoreElement"
                    yield tell_concept(code, concept, core=core.name)


def _is_dimensional(concept: Concept) -> bool:
    group = concept.substitution_group
    return group is not None and group.namespace == XBRLDT


def _core_of(subject: Subject, concept: Concept) -> Iterator[Concept]:
    """Elements of the core taxonomy of the same name."""
    for namespace in subject.dts.namespaces():
        name = QName(namespace, concept.qname.local)
        if is_core(name) and (found := subject.dts.concept(name)) is not None:
            yield found


def _members(subject: Subject) -> set[Concept]:
    """Elements that are members of an axis: reached from a domain in the definition linkbase."""
    found: set[Concept] = set()
    for role in subject.dts.roles(ARC_DIMENSION_DOMAIN):
        steps = [
            (each.target, each.target_role or role)
            for each in subject.dts.network(ARC_DIMENSION_DOMAIN, role).relationships
        ]
        while steps:
            concept, where = steps.pop()
            if concept not in found:
                found.add(concept)
                network = subject.dts.network(ARC_DOMAIN_MEMBER, where)
                steps += [(arc.target, arc.target_role or where) for arc in network.children(concept)]
    return found


def labels(subject: Subject) -> Iterator[Finding]:
    """Elements have a standard label, in the language of the report, and no two of one role and language; roles are
    XBRL's own (3.4.5; RTS, Annex IV, 4).
    """
    filed = report(subject)
    for concept in filed.concepts:
        found = subject.dts.labels(concept)
        standard = [label for label in found if (label.role or ROLE_LABEL) == ROLE_LABEL]
        if not found:
            yield tell_concept("RTS.Annex.IV.Par.4.extensionConceptNoLabel", concept)
        elif not standard:
            yield tell_concept("RTS.Annex.IV.Par.4.extensionConceptNoStandardLabel", concept)
        elif filed.language and not any(primary(label.language or "") == filed.language for label in standard):
            code = "RTS.Annex.IV.Par.4.missingLabelForRoleInReportLanguage"
            yield tell_concept(code, concept, language=filed.language)
        seen: set[tuple[str | None, str]] = set()
        for label in found:
            key = (label.role, (label.language or "").lower())
            if key in seen:
                yield tell_concept("3.4.5.extensionTaxonomyElementDuplicateLabels", concept, role=label.role)
                break
            seen.add(key)
    for _, tree in filed.trees():
        for label in tree.root.iter(f"{{{LINK}}}label"):
            role = (label.get(ROLE) or ROLE_LABEL).strip()
            if not _ROLES.match(role):
                code = "3.4.5.extensionTaxonomyElementLabelCustomRole"
                yield tell(code, tree.url, tree.line(label), about=role, element="link:label")


def statements(subject: Subject) -> Iterator[Finding]:
    """Each primary financial statement has a link role of its own (3.4.7)."""
    filed = report(subject)
    merged = [role for role, names in filed.statements.items() if len(_distinct(names)) > 1]
    if merged:
        url = next((document.url for document in filed.extension if document.compiled.kind != "schema"), None)
        yield tell("3.4.7.singleExtendedLinkRoleUsedForAllPFSs", url, about=merged[0])


def _distinct(names: frozenset[str]) -> set[str]:
    """Statements, where profit or loss and comprehensive income may be one."""
    income = {"IncomeStatementAbstract", "ProfitOrLossAbstract", "StatementOfComprehensiveIncomeAbstract"}
    income.add("StatementOfProfitOrLossAndOtherComprehensiveIncomeAbstract")
    return {"income" if name in income else name for name in names}


def applied(subject: Subject) -> Iterator[Finding]:
    """What the issuer's linkbases hold of usable elements, facts apply (3.4.6)."""
    filed = report(subject)
    unused = []
    for concept in filed.presented:
        if concept.abstract or concept.kind != "item" or concept.qname in filed.reported:
            continue
        types = [each.qname.local for each in concept.type.chain()] if concept.type is not None else []
        if "domainItemType" not in types:
            unused.append(concept.name)
    for concept in filed.concepts:
        if concept.qname in filed.reported or concept in filed.presented:
            continue
        if concept.kind == "item" and not concept.abstract:
            unused.append(concept.name)
    if unused:
        url = filed.schemas[0].url if filed.schemas else filed.instance.url
        about = ", ".join(unused[:5]) + (f" and {len(unused) - 5} more" if len(unused) > 5 else "")
        yield tell("3.4.6.UsableConceptsNotAppliedByTaggedFacts", url, about=about)


RULES: list[Rule] = [files, names, elements, labels, statements, applied]
