"""Findings by the EDGAR Filer Manual: what the catalogue says of a code, about what it is found in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from recto.findings import Finding, Severity
from recto.findings.catalogue import found
from recto.instance.model import Context, Fact
from recto.rules.subject import fact_label, prefixed
from recto.taxonomy.model import Concept
from recto.xml import Document


def tell(
    code: str,
    document: str | None,
    line: int | None = None,
    /,
    *,
    about: str | None = None,
    severity: Severity | None = None,
    element: str | None = None,
    facts: Iterable[Fact] = (),
    **arguments: Any,
) -> Finding:
    """The finding `EFM.<code>`, for a code such as `6.05.12.duplicateFacts`; of a guide of its own `EXG:3.4.…`."""
    guide, colon, rest = code.partition(":")
    return found(
        f"EFM.{guide}.{rest}" if colon else f"EFM.{code}",
        about,
        document=document,
        line=line,
        severity=severity,
        element=element,
        facts=tuple(fact.id for fact in facts),
        **arguments,
    )


def tell_fact(
    code: str, fact: Fact, /, *, severity: Severity | None = None, others: Iterable[Fact] = (), **arguments: Any
) -> Finding:
    """A finding about a fact, named before the catalogue's sentence."""
    label = fact_label(fact)
    told = tell(
        code,
        fact.document,
        fact.line,
        about=label,
        severity=severity,
        element=label,
        facts=(fact, *others),
        **arguments,
    )
    return replace(told, message=f"Fact {fact.id} ({label}): {told.message}")


def tell_context(code: str, context: Context, /, *, severity: Severity | None = None, **arguments: Any) -> Finding:
    return tell(
        code,
        context.document,
        context.line,
        about=context.id,
        severity=severity,
        element="xbrli:context",
        **arguments,
    )


def tell_concept(code: str, concept: Concept, /, *, severity: Severity | None = None, **arguments: Any) -> Finding:
    return tell(
        code,
        concept.document,
        concept.line,
        about=concept.name,
        severity=severity,
        element=concept.name,
        **arguments,
    )


def tell_element(
    code: str,
    element: Any,
    document: Document,
    /,
    *,
    about: str | None = None,
    severity: Severity | None = None,
    **arguments: Any,
) -> Finding:
    """A finding about an element of a parsed document."""
    label = prefixed(element)
    return tell(
        code,
        document.url,
        document.line(element),
        about=about or label,
        severity=severity,
        element=label,
        **arguments,
    )
