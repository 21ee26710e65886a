"""Findings by the EDGAR Filer Manual: codes with section and name, and where they belong."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from recto.findings import Finding, Severity
from recto.instance.model import Context, Fact
from recto.rules.efm.submission import Submission
from recto.rules.subject import fact_label
from recto.taxonomy.model import Concept

_MANUAL = "EDGAR Filer Manual"


def clause(section: str) -> str:
    """A section as people cite it: `6.05.12` is 6.5.12."""
    return ".".join(str(int(part)) if part.isdigit() else part for part in section.split("."))


def tell(
    section: str,
    name: str,
    message: str,
    document: str | None,
    line: int | None = None,
    *,
    severity: Severity = "error",
    element: str | None = None,
    facts: Iterable[Fact] = (),
) -> Finding:
    """A finding with the code `EFM.<section>.<name>`."""
    if ":" in section:  # a guide of its own: `EXG:3.4`
        guide, _, number = section.partition(":")
        code, source = f"EFM.{guide}.{number}.{name}", f"{_MANUAL}, {guide} {number}"
    else:
        code, source = f"EFM.{section}.{name}", f"{_MANUAL}, {clause(section)}"
    return Finding(code, severity, message, document, line or None, element, tuple(f.id for f in facts), source)


def tell_fact(
    section: str, name: str, fact: Fact, message: str, *, severity: Severity = "error", others: Iterable[Fact] = ()
) -> Finding:
    """A finding about a fact, which the message names."""
    label = fact_label(fact)
    text = f"Fact {fact.id} ({label}): {message}."
    return tell(
        section,
        name,
        text,
        fact.document,
        fact.line,
        severity=severity,
        element=label,
        facts=(fact, *others),
    )


def tell_context(section: str, name: str, context: Context, message: str, *, severity: Severity = "error") -> Finding:
    text = f"Context {context.id}: {message}."
    return tell(section, name, text, context.document, context.line, severity=severity, element="xbrli:context")


def tell_concept(section: str, name: str, concept: Concept, message: str, *, severity: Severity = "error") -> Finding:
    text = f"{concept.name}: {message}."
    return tell(section, name, text, concept.document, concept.line, severity=severity, element=concept.name)


def tell_element(
    section: str,
    name: str,
    element: Any,
    document: Any,
    message: str,
    *,
    severity: Severity = "error",
) -> Finding:
    """A finding about an element of a parsed document."""
    label = f"{element.prefix}:" if element.prefix else ""
    label += element.tag.rpartition("}")[2]
    return tell(section, name, message, document.url, document.line(element), severity=severity, element=label)


def tell_report(section: str, name: str, about: Submission, message: str, *, severity: Severity = "error") -> Finding:
    """A finding about the report as a whole."""
    return tell(section, name, message, about.instance.url, severity=severity)
