"""Labels and references of what is used (EDGAR Filer Manual, 6.10, 6.11, 6.18)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recto.findings import Finding
from recto.names import LINK, ROLE_DOCUMENTATION, ROLE_LABEL
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.submission import submission
from recto.rules.efm.telling import tell, tell_concept, tell_element
from recto.rules.efm.usage import used_concepts
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept
from recto.xml import Document
from recto.xml.xlink import FROM, HREF, LABEL, ROLE, TO, XML_LANG

_NUMERIC: Final = lazy(r"(?i)/(?:negated\w*|total|positive\w*|negative\w*|zero\w*)(?:Label)?\Z")
"""Roles of labels that are for numbers."""
_FASB: Final = lazy(r"http://(?:xbrl\.)?fasb\.org/")
_ENGLISH: Final = "en-us"
_LINK: Final = f"{{{LINK}}}labelLink"
_LABEL: Final = f"{{{LINK}}}label"
_LOC: Final = f"{{{LINK}}}loc"
_ARC: Final = f"{{{LINK}}}labelArc"


def labels(subject: Subject) -> Iterator[Finding]:
    """An element that is used has one label for each role and language (6.10.2). One of the filer's has a standard
    label; and what the filer says of an element in another language, it says in American English (6.10.1, 6.10.3).

    FASB's schemas come without labels: where the filer labels some of their elements, each has a standard label.
    """
    filed = submission(subject)
    given = _given(subject)
    labeled: set[str] = set()
    unlabeled: list[Concept] = []
    for concept in used_concepts(subject):
        custom = filed.is_custom(concept.qname)
        languages: dict[str, set[str]] = {}
        for label, _ in given.get(f"{concept.document}#{concept.id}", ()):
            role, language = label.get(ROLE) or ROLE_LABEL, label.get(XML_LANG) or ""
            spoken = languages.setdefault(role, set())
            if language.lower() in spoken:
                name = role.rpartition("/")[2]
                yield tell_concept("6.10.02.labelTwice", concept, role=name, language=language)
            spoken.add(language.lower())
        if custom:
            for other in subject.dts.labels(concept):
                languages.setdefault(other.role or ROLE_LABEL, set()).add((other.language or "").lower())
            if ROLE_LABEL not in languages:
                yield tell_concept("6.10.01.standardLabel", concept)
        elif ROLE_LABEL in languages:
            labeled.add(concept.qname.namespace)
        elif _FASB.match(concept.qname.namespace):
            unlabeled.append(concept)
        for role, found in languages.items():
            if _ENGLISH not in found:
                where = ", ".join(sorted(found))
                yield tell_concept("6.10.03.englishLabel", concept, role=role.rpartition("/")[2], languages=where)
                break
    for concept in unlabeled:
        if concept.qname.namespace in labeled and subject.dts.label(concept) is None:
            yield tell_concept("6.10.01.standardLabel", concept)


def texts(subject: Subject) -> Iterator[Finding]:
    """No two elements have the same standard label of the filer's, and labels for numbers are those of numbers (6.10.4,
    6.10.9). This is asked of unused elements too, but for the types of standard ones.
    """
    filed = submission(subject)
    used = set(used_concepts(subject))
    named: dict[str, str] = {}
    for place, found in _given(subject).items():
        for label, tree in found:
            role = label.get(ROLE) or ROLE_LABEL
            text = label.text
            if role == ROLE_LABEL:
                if text and (label.get(XML_LANG) or "").lower() == _ENGLISH:
                    other = named.setdefault(text, place)
                    if other != place:
                        one, two = subject.dts.concept_at(place), subject.dts.concept_at(other)
                        if one is not None and two is not None and one is not two:
                            yield tell_element(
                                "6.10.04.sameLabel", label, tree, about=one.name, other=two.name, text=text[:80]
                            )
            elif _NUMERIC.search(role):
                concept = subject.dts.concept_at(place)
                if concept is None or concept.kind != "item" or concept.is_numeric:
                    continue
                if concept in used or filed.is_custom(concept.qname):
                    yield tell_element(
                        "6.10.09.numericLabel", label, tree, about=concept.name, role=role.rpartition("/")[2]
                    )


def _linkbases(subject: Subject) -> Iterator[Document]:
    for document in submission(subject).custom_documents:
        tree = subject.tree(document) if document.compiled.links or document.compiled.kind == "linkbase" else None
        if tree is not None:
            yield tree


def _given(subject: Subject) -> dict[str, list[tuple[Any, Document]]]:
    """Labels in the filer's linkbases by the URL of the element that they are given."""
    given: dict[str, list[tuple[Any, Document]]] | None = subject.cache.get("efm.labels")
    if given is not None:
        return given
    given = subject.cache["efm.labels"] = {}
    for tree in _linkbases(subject):
        resolved: dict[str, str] = {}  # filers have no xml:base (6.3.11)
        for link in tree.root.iter(_LINK):
            written: dict[str | None, list[tuple[Any, Document]]] = {}
            for label in link.iterchildren(_LABEL):
                written.setdefault(label.get(LABEL), []).append((label, tree))
            places: dict[str | None, list[str]] = {}
            for each in link.iterchildren(_LOC):
                url, hash_, fragment = (each.get(HREF) or "").partition("#")
                if url not in resolved:
                    resolved[url] = tree.resolve(each, url)
                places.setdefault(each.get(LABEL), []).append(f"{resolved[url]}{hash_}{fragment}")
            for arc in link.iterchildren(_ARC):
                found = written.get(arc.get(TO))
                if found and arc.get("use") != "prohibited":
                    for place in places.get(arc.get(FROM), ()):
                        given.setdefault(place, []).extend(found)
    return given


def documentation(subject: Subject) -> Iterator[Finding]:
    """The filer's linkbases document the filer's own elements alone (6.10.5)."""
    filed = submission(subject)
    for place, found in _given(subject).items():
        for label, tree in found:
            if label.get(ROLE) == ROLE_DOCUMENTATION:
                concept = subject.dts.concept_at(place)
                if concept is not None and not filed.is_custom(concept.qname):
                    yield tell_element("6.10.05.documentation", label, tree, about=concept.name)


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
    for tree in _linkbases(subject):
        for link in tree.root.iter(f"{{{LINK}}}referenceLink"):
            for place in link.iterchildren(_LOC):
                concept = subject.dts.concept_at(tree.resolve(place, place.get(HREF) or ""))
                if concept is not None and not filed.is_custom(concept.qname):
                    yield tell_element("6.18.02.standardReference", place, tree, about=concept.name)


RULES: list[Rule] = [labels, texts, documentation, references]
