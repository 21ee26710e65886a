"""The sections of an inline risk/return filing that MetaLinks lists before its pages (metalinks.md 3.3)."""

from __future__ import annotations

from typing import Any, Final

from recto.instance.model import Context, Fact, Instance
from recto.names import ROLE_LABEL, ROLE_TERSE, QName

_AXES: Final = ("DocumentInformationDocumentAxis", "LegalEntityAxis")
_LANGUAGES: Final = ("en-US", "en-GB")


def risk_return_sections(instance: Instance) -> dict[str, Any]:
    """Entries `S1`, `S2`, …: one for each document and legal entity that visible facts speak of."""
    from recto.rendering.writers.metalinks import anchor

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
