"""Declarations of hypercubes, dimensions and typed domains (Dimensions 1.0, 2.2, 2.3 and 2.5)."""

from __future__ import annotations

from collections.abc import Iterator

from recto.findings import Finding
from recto.names import XBRLDT, QName
from recto.rules.subject import Subject, concept_finding
from recto.taxonomy.model import Concept
from recto.xml import split_fragment

_TYPED_DOMAIN = QName(XBRLDT, "typedDomainRef")


def declarations(subject: Subject) -> Iterator[Finding]:
    """Hypercubes and dimensions are abstract; typed dimensions lead to an element (Dimensions 1.0, 2.2.1 to 2.5.2)."""
    for _, concept in subject.own_concepts():
        if concept.kind == "hypercube" and not concept.abstract:
            yield concept_finding("xbrldte:HypercubeElementIsNotAbstractError", concept)
        if concept.kind == "dimension" and not concept.abstract:
            yield concept_finding("xbrldte:DimensionElementIsNotAbstractError", concept)
        if concept.typed_domain is not None:
            yield from _typed_domain(subject, concept)


def _typed_domain(subject: Subject, concept: Concept) -> Iterator[Finding]:
    """xbrldt:typedDomainRef: on dimensions only, to a global element of the DTS that is not abstract (2.5.2.1)."""
    clause = "Dimensions 1.0, 2.5.2.1"
    if concept.kind != "dimension":
        yield concept_finding("xbrldte:TypedDomainRefError", concept, specification=clause)
        return
    address, fragment = split_fragment(concept.typed_domain or "")
    if not fragment:
        yield concept_finding("xbrldte:TypedDimensionURIError", concept, specification=clause)
        return
    document = subject.document_at(address)
    if document is None:
        yield concept_finding("xbrldte:OutOfDTSSchemaError", concept, specification=clause, address=address)
        return
    target = subject.dts.resolve(document, fragment)
    if not isinstance(target, Concept) or target.abstract:
        what = f"the abstract element {target.name}" if isinstance(target, Concept) else "no global element"
        yield concept_finding(
            "xbrldte:TypedDimensionError", concept, specification=clause, what=what, fragment=fragment
        )


RULES = (declarations,)
