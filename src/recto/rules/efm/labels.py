"""Labels and references of what is used (EDGAR Filer Manual, 6.10, 6.11, 6.18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.names import LINK, ROLE_DOCUMENTATION, ROLE_LABEL
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.submission import submission
from recto.rules.efm.telling import tell, tell_concept, tell_element
from recto.rules.efm.usage import used_concepts
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept
from recto.xml.xlink import FROM, HREF, LABEL, ROLE, TO

_NUMERIC: Final = lazy(r"(?i)/(?:negated\w*|total|positive\w*|negative\w*|zero\w*)(?:Label)?\Z")
"""Roles of labels that are for numbers."""
_ENGLISH: Final = "en-us"
_LINK: Final = f"{{{LINK}}}labelLink"
_LABEL: Final = f"{{{LINK}}}label"
_LOC: Final = f"{{{LINK}}}loc"
_ARC: Final = f"{{{LINK}}}labelArc"


def labels(subject: Subject) -> Iterator[Finding]:
    """An element of the filer's that is used has a standard label, and a label in American English for each in another
    language (6.10.1, 6.10.3).
    """
    filed = submission(subject)
    for concept in used_concepts(subject):
        if not filed.is_custom(concept.qname):
            continue
        languages: dict[str, set[str]] = {}
        for label in subject.dts.labels(concept):
            spoken = languages.setdefault(label.role or ROLE_LABEL, set())
            language = (label.language or "").lower()
            if language in spoken:
                role = (label.role or ROLE_LABEL).rpartition("/")[2]
                yield tell_concept("6.10.02.labelTwice", concept, role=role, language=label.language)
            spoken.add(language)
        if ROLE_LABEL not in languages:
            yield tell_concept("6.10.01.standardLabel", concept)
        for role, found in languages.items():
            if _ENGLISH not in found:
                where = ", ".join(sorted(found))
                yield tell_concept("6.10.03.englishLabel", concept, role=role.rpartition("/")[2], languages=where)
                break


def texts(subject: Subject) -> Iterator[Finding]:
    """No two elements have the same standard label of the filer's, and labels for numbers are those of numbers (6.10.4,
    6.10.9).
    """
    filed = submission(subject)
    own = {document.url for document in filed.custom_documents}
    named: dict[str, Concept] = {}
    for concept in used_concepts(subject):
        for label in subject.dts.labels(concept):
            if label.document not in own:
                continue
            role = label.role or ROLE_LABEL
            if role == ROLE_LABEL and (label.language or "").lower() == _ENGLISH:
                other = named.setdefault(label.text, concept)
                if other is not concept:
                    yield tell_concept("6.10.04.sameLabel", concept, other=other.name, text=label.text[:80])
            elif _NUMERIC.search(role) and not concept.is_numeric and concept.kind == "item":
                yield tell_concept("6.10.09.numericLabel", concept, role=role.rpartition("/")[2])


def documentation(subject: Subject) -> Iterator[Finding]:
    """The filer's linkbases document the filer's own elements alone (6.10.5)."""
    filed = submission(subject)
    for document in filed.custom_documents:
        tree = subject.tree(document) if document.compiled.links or document.compiled.kind == "linkbase" else None
        if tree is None:
            continue
        for link in tree.root.iter(_LINK):
            texts = {
                each.get(LABEL): each for each in link.iterchildren(_LABEL) if each.get(ROLE) == ROLE_DOCUMENTATION
            }
            if not texts:
                continue
            places = {each.get(LABEL): each for each in link.iterchildren(_LOC)}
            for arc in link.iterchildren(_ARC):
                place = places.get(arc.get(FROM))
                if arc.get(TO) in texts and place is not None:
                    concept = subject.dts.concept_at(tree.resolve(place, place.get(HREF) or ""))
                    if concept is not None and not filed.is_custom(concept.qname):
                        text = texts[arc.get(TO)]
                        yield tell_element("6.10.05.documentation", text, tree, about=concept.name)


def references(subject: Subject) -> Iterator[Finding]:
    """The filer's own elements have no references (6.18.1)."""
    filed = submission(subject)
    for document in filed.custom_documents:
        if document.compiled.kind != "schema":
            continue
        for ordinal in range(document.compiled.element_count):
            concept = subject.dts.concept_declared(document, ordinal)
            if concept is not None:
                for reference in subject.dts.references(concept):
                    yield tell("6.18.01.customReference", reference.document, reference.line, about=concept.name)
                    break
    for document in filed.custom_documents:
        tree = subject.tree(document) if document.compiled.links or document.compiled.kind == "linkbase" else None
        if tree is None:
            continue
        for link in tree.root.iter(f"{{{LINK}}}referenceLink"):
            for place in link.iterchildren(_LOC):
                concept = subject.dts.concept_at(tree.resolve(place, place.get(HREF) or ""))
                if concept is not None and not filed.is_custom(concept.qname):
                    yield tell_element("6.18.02.standardReference", place, tree, about=concept.name)


RULES: list[Rule] = [labels, texts, documentation, references]
