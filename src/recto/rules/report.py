"""Findings for programs: JSON lines and SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from recto.findings import Finding
from recto.xml import file_name

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def record(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object: `code, severity, message, document, line, element, facts, specification`,
    and `subject` and `arguments`, of which the message is made."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": finding.message,
        "document": finding.document,
        "line": finding.line,
        "element": finding.element,
        "facts": list(finding.facts),
        "specification": finding.specification,
        "subject": finding.subject,
        "arguments": dict(finding.arguments),
    }


def text(finding: Finding) -> str:
    """A finding as one line: severity, code, document and line, message."""
    where = ":".join(
        str(part) for part in (file_name(finding.document or "") or finding.document, finding.line) if part
    )
    about = dict(finding.arguments) if finding.code.startswith("formula:") else {}
    said = f" [{about['assertion']}{': ' if about.get('places') else ''}{about.get('places', '')}]" if about else ""
    return f"{finding.severity} {finding.code} {where or '-'} {' '.join(finding.message.split())}{said}"


def sarif(findings: Iterable[Finding], *, version: str, base_url: str = "") -> dict[str, Any]:
    """A SARIF 2.1.0 log with one run. URLs below `base_url` are written relative to it (OASIS SARIF 2.1.0, 3.4)."""
    found = list(findings)
    rules: dict[str, dict[str, Any]] = {}
    for each in found:
        rule = rules.setdefault(each.code, {"id": each.code})
        if each.specification and "shortDescription" not in rule:
            rule["shortDescription"] = {"text": each.specification}
    order = {code: number for number, code in enumerate(rules)}
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "recto", "version": version, "rules": list(rules.values())}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, order[each.code], base_url) for each in found],
    }
    if base_url:
        run["originalUriBaseIds"] = {"FILING": {"uri": base_url}}
    return {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(finding: Finding, rule: int, base_url: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
    }
    if finding.document:
        artifact: dict[str, Any] = {"uri": finding.document}
        if base_url and finding.document.startswith(base_url):
            artifact = {"uri": finding.document[len(base_url) :], "uriBaseId": "FILING"}
        location: dict[str, Any] = {"physicalLocation": {"artifactLocation": artifact}}
        if finding.line:
            location["physicalLocation"]["region"] = {"startLine": finding.line}
        if finding.element:
            location["logicalLocations"] = [{"name": finding.element}]
        result["locations"] = [location]
    properties: dict[str, Any] = {}
    if finding.facts:
        properties["facts"] = list(finding.facts)
    if finding.subject is not None:
        properties["subject"] = finding.subject
    if finding.arguments:
        properties["arguments"] = dict(finding.arguments)
    if properties:
        result["properties"] = properties
    return result


def counted(findings: Sequence[Finding]) -> dict[str, int]:
    """How many findings there are of each severity."""
    counts = {"error": 0, "warning": 0, "info": 0}
    for each in findings:
        counts[each.severity] += 1
    return counts
