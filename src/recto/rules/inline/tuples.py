"""Tuples of a target document against their content models (Inline XBRL 1.1, 15.1.3; XBRL 2.1, 4.9)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from recto.findings import Finding
from recto.instance.model import Fact
from recto.names import XBRLI, XSI, QName
from recto.rules.subject import Subject, fact_finding
from recto.schema.depth import bounded

_NIL: Final = f"{{{XSI}}}nil"
_FRACTION: Final = QName(XBRLI, "fractionItemType")
_CONTENT: Final = "cvc-complex-type.2.4"
"""XML Schema's rule on content models; values and attributes are looked at fact by fact."""


def contents(subject: Subject) -> Iterator[Finding]:
    """A tuple holds what its type says, in that order. In XML the document itself is assessed."""
    instance = subject.instance
    if instance.kind != "inline" or not any(fact.is_tuple for fact in instance.facts):
        return
    prefixes = {prefix: uri for prefix, uri in instance.prefixes.items() if prefix}
    elements: dict[Fact, Any] = {}
    for fact in instance.facts:  # tuples stand before their parts
        around = elements.get(fact.parent) if fact.parent is not None else None
        if around is not None:
            elements[fact] = etree.SubElement(around, fact.qname.clark)
        elif fact.is_tuple and fact.parent is None:
            elements[fact] = etree.Element(fact.qname.clark, nsmap=prefixes)
        else:
            continue
        if fact.nil:
            elements[fact].set(_NIL, "true")
        elif fact.concept is not None and fact.concept.type is not None and fact.concept.type.item_type is _FRACTION:
            for term in ("numerator", "denominator"):
                etree.SubElement(elements[fact], f"{{{XBRLI}}}{term}")
    facts = {element: fact for fact, element in elements.items()}
    for element in [element for element, fact in facts.items() if fact.parent is None]:
        for fault in bounded(subject.assessor.strict(element), element):
            if fault.code == _CONTENT:
                yield fact_finding(f"xmlSchema:{fault.code}", facts[fault.element], **fault.arguments)


RULES = (contents,)
