"""Where facts stand in inline documents, as MetaLinks tells it (metalinks.md 3.2), and the sections of a risk/return
filing that it lists before its pages (metalinks.md 3.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recto.instance.model import Context, Fact, Instance
from recto.names import ROLE_LABEL, ROLE_TERSE, QName
from recto.rendering.writers.documents import base_name
from recto.xml.xlink import XML_LANG

_AXES: Final = ("DocumentInformationDocumentAxis", "LegalEntityAxis")
_LANGUAGES: Final = ("en-US", "en-GB")


def anchor(instance: Instance, fact: Fact) -> dict[str, Any]:
    """Where a fact stands in its inline document (metalinks.md 3.2)."""
    from recto.instance import ancestors

    return {
        "contextRef": fact.context_id,
        "name": prefixed_name(instance, fact),
        "unitRef": fact.unit_id,
        "xsiNil": fact.xsi_nil or "false",
        "lang": language_of(instance, fact),
        "decimals": None if fact.decimals is None else str(fact.decimals),
        "ancestors": list(ancestors(instance, fact)),
        "reportCount": 1,
        "baseRef": base_name(fact.document),
    }


def prefixed_name(instance: Instance, fact: Fact) -> str:
    """The fact's name with the prefix that its document binds."""
    for prefix, namespace in instance.prefixes.items():
        if namespace == fact.qname.namespace:
            return f"{prefix}:{fact.qname.local}" if prefix else fact.qname.local
    return fact.concept.name if fact.concept is not None else fact.qname.local


def language_of(instance: Instance, fact: Fact) -> str | None:
    """The language that the fact's own element or the document's root states; the SEC's default for texts is `en-US`.

    What stands between the two does not count **[quirk]**: a footnote around a number has no say.
    """
    from recto.instance import element_of

    element = element_of(instance, fact)
    language = fact.language
    if element is not None:
        language = element.get(XML_LANG) or element.getroottree().getroot().get(XML_LANG)
    return language or (None if fact.is_numeric else "en-US")


def html_anchors(instance: Instance, fact: Fact) -> Iterator[dict[str, Any]]:
    """`a` elements with an id or a name, and no href, inside the own element of a text block (metalinks.md 3)."""
    if "<a" not in fact.value and "<A" not in fact.value:
        return
    from recto.instance import element_of

    element = element_of(instance, fact)
    for each in element.iter("{*}a") if element is not None else ():
        if "href" not in each.attrib and ("id" in each.attrib or "name" in each.attrib):
            yield {
                "qname": prefixed_name(instance, fact),
                "context": fact.context_id,
                "lang": language_of(instance, fact),
                "attributes": ", ".join([f"{name}='{value}'" for name, value in each.items()]),
            }


def risk_return_sections(instance: Instance) -> dict[str, Any]:
    """Entries `S1`, `S2`, …: one for each document and legal entity that visible facts speak of."""
    firsts: dict[frozenset[tuple[QName, object]], Fact] = {}
    for fact in instance.facts:
        context = fact.context
        if context is None or fact.hidden or not all(_is_section_axis(axis) for axis in context.dimensions):
            continue
        firsts.setdefault(frozenset(context.dimensions.items()), fact)
    out: dict[str, Any] = {}
    for number, fact in enumerate(sorted(firsts.values(), key=lambda each: each.index)):
        name = _short_name(instance, fact.context)
        place = dict(sorted(anchor(instance, fact).items()))
        out[f"S{number + 1}"] = {
            "firstAnchor": place,
            "groupType": "RR_Summaries",
            "isDefault": "false" if number else "true",
            "longName": f"{fact.index + 1:09d} - Disclosure - {name}",
            "section": number,
            "shortName": name,
            "subGroupType": "",
            "uniqueAnchor": place,
        }
    return out


def _is_section_axis(axis: QName) -> bool:
    return axis.local in _AXES and "/xbrl.sec.gov/dei/20" in axis.namespace


def _short_name(instance: Instance, context: Context | None) -> str:
    members = {axis.local: member for axis, member in (context.dimensions.items() if context is not None else ())}
    labels = []
    for axis in _AXES:
        member = members.get(axis)
        concept = instance.taxonomy.concept(member) if isinstance(member, QName) else None
        if concept is not None:
            label = instance.taxonomy.label(concept, ROLE_TERSE, _LANGUAGES)
            label = label or instance.taxonomy.label(concept, ROLE_LABEL, _LANGUAGES)
            if label:
                labels.append(label.strip())
    return ", ".join(labels) or "Document and Entity Information"
