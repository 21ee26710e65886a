"""The issuer's extension taxonomy: files, elements, labels (Reporting Manual, 3.1, 3.2, 3.4; RTS, Annex IV)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, Final

from recto.findings import Finding
from recto.names import (
    ARC_ALL,
    ARC_DOMAIN_MEMBER,
    ARC_PARENT_CHILD,
    ARC_SUMMATION_ITEM,
    ARC_SUMMATION_ITEM_1_1,
    LINK,
    ROLE_LABEL,
    XBRLDT,
    XBRLI,
    XSD,
    QName,
)
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.esef.report import MANDATORY, Report, is_core, primary, report, tell, tell_concept, types_of
from recto.rules.subject import Subject
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.model import Concept
from recto.xml import Document, file_name
from recto.xml.xlink import FROM, HREF, LABEL, ROLE

_LINKS: Final = {
    f"{{{LINK}}}presentationLink": "pre",
    f"{{{LINK}}}calculationLink": "cal",
    f"{{{LINK}}}definitionLink": "def",
    f"{{{LINK}}}labelLink": "lab",
    f"{{{LINK}}}referenceLink": "ref",
}
_WORDS: Final = {"pre": "presentation", "cal": "calculation", "def": "definition", "lab": "label"}
_SCHEMA: Final = lazy(r"(.+)-\d{4}-\d{2}-\d{2}\.xsd\Z")
_LINKBASE: Final = lazy(r"(.+)-\d{4}-\d{2}-\d{2}_(?:(?:cal|def|pre|ref|for)|lab-[a-zA-Z-]{2,})\.xml\Z")
_ENTRY: Final = lazy(r"\Ahttps?://www\.esma\.europa\.eu/taxonomy/[^/]+/esef_(?:cor|all)\.xsd\Z")
_PLACES: Final = {
    "Presentation": (ARC_PARENT_CHILD,),
    "Calculation": (ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1),
    "Definition": (ARC_ALL, ARC_DOMAIN_MEMBER),
}
"""Arcroles by which an element has a place in a linkbase."""
_LONGEST: Final = 20
_ROLES: Final = lazy(r"https?://www\.xbrl\.org/(?:\d{4}|lrr)/")


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
    used = {fact.qname for fact in filed.instance.facts}
    for concept in filed.concepts:
        types = types_of(concept)
        if concept.kind == "tuple":
            if concept.qname not in used:  # else what is told is that it is used
                yield tell_concept("2.4.1.tupleDefinedInExtensionTaxonomy", concept)
        elif "fractionItemType" in types:
            if concept.qname not in used:
                yield tell_concept("2.4.1.fractionDefinedInExtensionTaxonomy", concept)
        elif concept.typed_domain is not None:
            yield tell_concept("3.2.3.typedDimensionDefinitionInExtensionTaxonomy", concept)
        elif concept in filed.members:
            if "domainItemType" not in types:
                yield tell_concept("3.2.2.domainMemberWrongDataType", concept)
        elif concept.abstract and not _is_dimensional(concept) and "domainItemType" not in types:
            yield tell_concept("3.2.5.abstractConceptDefinitionInExtensionTaxonomy", concept)
        if concept.kind == "item" and not concept.abstract:
            if "monetaryItemType" in types and concept.balance is None:
                yield tell_concept("RTS.Annex.IV.Par.4.2.monetaryConceptWithoutBalance", concept)
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


def core_labels(subject: Subject) -> Iterator[Finding]:
    """Labels and references of the core taxonomy stay as they are (RTS, Annex IV, 8; 3.4.5)."""
    filed = report(subject)
    for document, tree in filed.trees():
        for kind in ("label", "reference"):
            for link in tree.root.iter(f"{{{LINK}}}{kind}Link"):
                yield from _prohibited(filed, document, tree, link, kind)
    own = {document.url for document in filed.extension}
    for concept in filed.presented:
        if not is_core(concept.qname):
            continue
        spoken: dict[str, set[bool]] = {}
        for label in subject.dts.labels(concept):
            if (label.role or ROLE_LABEL) == ROLE_LABEL:
                spoken.setdefault((label.language or "").lower(), set()).add(label.document in own)
        if any(len(each) > 1 for each in spoken.values()):
            yield tell_concept("3.4.5.taxonomyElementDuplicateLabels", concept)


def _prohibited(filed: Report, document: LoadedDocument, tree: Document, link: Any, kind: str) -> Iterator[Finding]:
    located = {
        locator.get(LABEL): tree.resolve(locator, (locator.get(HREF) or "").strip())
        for locator in link.iter(f"{{{LINK}}}loc")
    }
    for arc in link.iter(f"{{{LINK}}}{kind}Arc"):
        if (arc.get("use") or "").strip() != "prohibited":
            continue
        target = located.get(arc.get(FROM))
        concept = filed.dts.concept_at(target) if target is not None else None
        if concept is not None and is_core(concept.qname):
            code = f"RTS.Annex.IV.Par.8.coreTaxonomy{kind.title()}Modification"
            yield tell(code, tree.url, tree.line(arc), about=concept.name, element=f"link:{kind}Arc")


def entry_point(subject: Subject) -> Iterator[Finding]:
    """The extension taxonomy imports an entry point of ESMA's (3.1.2)."""
    filed = report(subject)
    imported = [
        tree.resolve(each, (each.get("schemaLocation") or "").strip())
        for _, tree in filed.trees()
        for each in tree.root.iter(f"{{{XSD}}}import")
    ]
    if filed.schemas and not any(_ENTRY.match(url) for url in imported):
        yield tell("3.1.2.requiredEntryPointNotImported", filed.schemas[0].url, about=filed.schemas[0].url)


def types(subject: Subject) -> Iterator[Finding]:
    """No type of the issuer's says again what XBRL or the data types registry has (RTS, Annex IV, 11)."""
    for document, tree in report(subject).trees():
        if document.compiled.kind != "schema":
            continue
        for each in tree.root.iter(f"{{{XSD}}}complexType"):
            restriction = each.find(f"{{{XSD}}}simpleContent/{{{XSD}}}restriction")
            if restriction is None or any(isinstance(child.tag, str) for child in restriction if not _is_note(child)):
                continue
            base = (restriction.get("base") or "").strip()
            namespace = restriction.nsmap.get(base.rpartition(":")[0] or None)
            if namespace == XBRLI:
                code = "RTS.Annex.IV.Par.11.customDataTypeDuplicatingXbrlOrDtrEntry"
                yield tell(code, tree.url, tree.line(each), about=each.get("name"), base=base)


def _is_note(element: Any) -> bool:
    return bool(element.tag == f"{{{XSD}}}attributeGroup" or element.tag == f"{{{XSD}}}annotation")


def statements(subject: Subject) -> Iterator[Finding]:
    """Statements are presented, each in a link role of its own (3.4.7; RTS, Annex II, 1 and 7)."""
    filed = report(subject)
    for role, roots in filed.statements.items():
        if len(roots) > 1:
            url = filed.dts.network(ARC_PARENT_CHILD, role).relationships[0].document
            yield tell("3.4.7.singleExtendedLinkRoleUsedForAllPFSs", url, about=role)
            break
    if not filed.statements and filed.presented and filed.schemas:
        code = "RTS.Annex.II.Par.1.Par.7.missingPrimaryFinancialStatement"
        yield tell(code, filed.schemas[0].url, about=filed.schemas[0].url)


def preferred_labels(subject: Subject) -> Iterator[Finding]:
    """What stands twice in one place of a presentation tree has preferred labels to tell it apart (3.4.4)."""
    dts = report(subject).dts
    for role in dts.own_link_roles(ARC_PARENT_CHILD):
        seen: set[tuple[Concept, Concept]] = set()
        for each in dts.network(ARC_PARENT_CHILD, role).relationships:
            pair = (each.source, each.target)
            if not each.preferred_label and pair in seen:
                code = "3.4.4.missingPreferredLabelRole"
                yield tell(code, each.document, each.line, about=each.target.name, role=role)
            if not each.preferred_label:
                seen.add(pair)


def applied(subject: Subject) -> Iterator[Finding]:
    """What the issuer's linkbases hold of usable elements, facts apply, and the other way round (3.4.6)."""
    filed = report(subject)
    if not filed.complete:
        return
    placed: dict[str, set[Concept]] = {}
    unused: dict[str, None] = {}
    for kind, arcroles in _PLACES.items():
        found = placed.setdefault(kind, set())
        for arcrole in arcroles:
            for role in filed.dts.own_link_roles(arcrole):
                for each in filed.dts.network(arcrole, role).relationships:
                    found.update((each.source, each.target))
                    if each.document not in subject.own_urls or not each.usable:
                        continue
                    for concept in (each.source, each.target):
                        if _is_line_item(concept) and concept.qname not in filed.reported:
                            if not filed.is_member(concept):
                                unused[concept.name] = None
    for concept in filed.concepts:
        if _is_line_item(concept) and concept.qname not in filed.reported and not filed.is_member(concept):
            unused[concept.name] = None
    url = filed.schemas[0].url if filed.schemas else filed.instance.url
    if unused:
        yield tell("3.4.6.UsableConceptsNotAppliedByTaggedFacts", url, about=_listed(unused))
    if not filed.schemas:
        return
    for kind in ("Presentation", "Definition"):
        lacking = {
            fact.concept.name: None
            for fact in filed.facts
            if fact.concept is not None and fact.concept not in placed[kind] and fact.qname.local not in MANDATORY
        }
        if lacking and placed[kind]:
            yield tell(f"3.4.6.UsableConceptsNotIncludedIn{kind}Link", url, about=_listed(lacking))


def _is_line_item(concept: Concept) -> bool:
    return concept.kind == "item" and not concept.abstract


def _listed(names: Collection[str]) -> str:
    """Some names, and how many more there are."""
    return ", ".join(list(names)[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")


RULES: list[Rule] = [
    files,
    entry_point,
    names,
    elements,
    types,
    labels,
    core_labels,
    statements,
    preferred_labels,
    applied,
]
