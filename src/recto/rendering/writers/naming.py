"""What a filing is called."""

from __future__ import annotations

from recto.rendering.model import RenderedFiling


def filing_name(filing: RenderedFiling) -> str:
    """Who filed, else the name of the instance."""
    return filing_names(filing)[0]


def filing_names(filing: RenderedFiling) -> tuple[str, str]:
    """Who filed, and what: from the cover's facts, else the instance's file name."""
    wanted = {"EntityRegistrantName": "", "DocumentType": "", "DocumentPeriodEndDate": ""}
    for each in filing.instances:
        for fact in each.instance.facts:
            local = fact.qname.local
            if local in wanted and not wanted[local] and not fact.dimensions and fact.valid and not fact.nil:
                wanted[local] = " ".join(fact.value.split())
    name = wanted["EntityRegistrantName"] or (filing.instances[0].instance.name if filing.instances else "") or "Filing"
    return name, ", ".join(value for value in (wanted["DocumentType"], wanted["DocumentPeriodEndDate"]) if value)
