"""Writer of xBRL-JSON 1.0 reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from recto.findings import Findings
from recto.instance.model import Instance
from recto.instance.oim.report import Report
from recto.instance.oim.vocabulary import JSON_TYPE

_dumps = json.JSONEncoder(ensure_ascii=False).encode


def to_json(
    instance: Instance, findings: Findings | None = None, *, relative: Callable[[str], str] = lambda url: url
) -> bytes:
    """The instance as an xBRL-JSON report in UTF-8: the same bytes for the same facts, one line for each fact.

    What the Open Information Model cannot say is left out, each with a warning in `findings`. `relative` makes the
    absolute URLs of the taxonomy's starting points what the report shall name.
    """
    report = Report(instance, findings if findings is not None else Findings(), relative)
    facts = []
    for fact in report.facts():
        content: dict[str, Any] = {"value": fact.value}
        if fact.decimals is not None:
            content["decimals"] = fact.decimals
        content["dimensions"] = fact.dimensions
        if fact.links:
            content["links"] = fact.links
        facts.append(f"    {_dumps(fact.id)}: {_dumps(content)}")
    info = document_info(report, JSON_TYPE)
    lines = ",\n".join(facts)
    head = json.dumps(info, ensure_ascii=False, indent=2).replace("\n", "\n  ")
    body = f"{{\n{lines}\n  }}" if facts else "{}"
    return f'{{\n  "documentInfo": {head},\n  "facts": {body}\n}}\n'.encode()


def document_info(report: Report, document_type: str) -> dict[str, Any]:
    """The documentInfo of a report whose facts were all iterated over."""
    info: dict[str, Any] = {"documentType": document_type, "namespaces": report.namespaces}
    if report.link_types.uris:
        info["linkTypes"] = report.link_types.by_alias
        info["linkGroups"] = report.link_groups.by_alias
    info["taxonomy"] = report.taxonomy
    return info
