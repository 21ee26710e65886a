"""Contexts and the filer (EDGAR Filer Manual, 6.5.1 to 6.5.10, 6.5.19, 6.5.23)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from recto.findings import Finding
from recto.instance.model import Context, TypedMember
from recto.rules import Rule
from recto.rules.efm.submission import CIK, submission
from recto.rules.efm.telling import tell, tell_context, tell_fact
from recto.rules.subject import Subject
from recto.rules.values import Values

_IDENTIFIER: Final = re.compile(r"\d{10}\Z")
_DAY: Final = timedelta(days=1)


def scheme(subject: Subject) -> Iterator[Finding]:
    """Entities are told by CIK, of ten digits, and all contexts are about the same (6.5.1 to 6.5.3)."""
    first: Context | None = None
    schemes: set[str] = set()
    for context in subject.instance.contexts.values():
        if context.scheme != CIK:
            if context.scheme not in schemes:
                schemes.add(context.scheme)
                yield tell_context("6.05.01.entityScheme", context, scheme=context.scheme)
        elif not _IDENTIFIER.match(context.identifier):
            yield tell_context("6.05.02.entityIdentifier", context, identifier=context.identifier)
        elif first is None:
            first = context
        elif context.identifier != first.identifier:
            yield tell_context(
                "6.05.03.entityIdentifiers", context, identifier=context.identifier, other=first.identifier
            )


def segments(subject: Subject) -> Iterator[Finding]:
    """Contexts have a segment at most, of dimensions alone; typed ones are of a standard taxonomy (6.5.4, 6.5.5,
    6.5.38, 6.5.39).
    """
    filed = submission(subject)
    told: set[str] = set()
    for context in subject.instance.contexts.values():
        if context.has_scenario:
            yield tell_context("6.05.04.scenario", context)
        if context.segment_other or context.scenario_other:
            yield tell_context("6.05.05.segmentContent", context)
        for axis, member in context.dimensions.items():
            if isinstance(member, TypedMember) and filed.is_custom(axis) and axis.local not in told:
                told.add(axis.local)
                yield tell_context("6.05.39.typedDimension", context, axis=axis.local)


def duplicates(subject: Subject) -> Iterator[Finding]:
    """No two contexts are the same (6.5.7)."""
    values = Values(subject)
    known: dict[object, Context] = {}
    for context in subject.instance.contexts.values():
        first = known.setdefault(values.context_key(context), context)
        if first is not context:
            yield tell_context("6.05.07.duplicateContext", context, other=first.id)


def unused(subject: Subject) -> Iterator[Finding]:
    """Each context is used by a fact (6.5.8)."""
    used = {fact.context_id for fact in subject.instance.facts}
    for context in subject.instance.contexts.values():
        if context.id not in used:
            yield tell_context("6.05.08", context, context=context.id)


def distinct_dates(subject: Subject) -> Iterator[Finding]:
    """No period ends within a day of the start of another, nor an instant lies there: one of the two is off by a day
    (6.5.9, 6.5.10). Reports of funds' prospectuses are about days.
    """
    filed = submission(subject)
    if filed.is_fund or not filed.document_type:
        return
    long: list[Context] = []
    ends: list[Context] = []
    for context in subject.instance.contexts.values():
        period = context.period
        if period.start is not None and period.end is not None and period.end - period.start > _DAY:
            long.append(context)
            ends.append(context)
        elif period.start is None and period.end is not None:
            ends.append(context)
    starts = sorted(((each.period.start, each) for each in long if each.period.start), key=lambda pair: pair[0])
    by_end: dict[object, Context] = {}
    for context in ends:
        by_end.setdefault((context.period.end, context.period.start is None), context)
    for context in by_end.values():
        end = context.period.end
        assert end is not None
        for start, other in starts:
            if start >= end:
                break
            if end - start <= _DAY:
                code = "6.05.10.instantAfterStart" if context.period.start is None else "6.05.09.endAfterStart"
                yield tell_context(code, context, other=other.id, day=start.date().isoformat())
                break


def required_context(subject: Subject) -> Iterator[Finding]:
    """There is a context about the filer as a whole for the period of the report (6.5.19)."""
    filed = submission(subject)
    if subject.instance.facts and filed.required_context is None:
        yield tell("6.05.19.requiredContext", subject.instance.url)


def filer(subject: Subject) -> Iterator[Finding]:
    """The CIK that is reported is that of the context, and of the submission (6.5.23)."""
    filed = submission(subject)
    told = str(filed.parameters.get("CIK") or "").strip()
    ciks = {each.lstrip("0") for each in ((*filed.words("cikList"), told) if told else ())}
    for fact in filed.dei_facts.get("EntityCentralIndexKey", ()):
        if fact.context is None or fact.nil or fact.context.dimensions:
            continue
        value = fact.value.strip()
        if value != fact.context.identifier:
            yield tell_fact("6.05.23.cik", fact, value=value, other=fact.context.identifier)
        elif ciks and value.lstrip("0") not in ciks:
            yield tell_fact("6.05.23.submissionCik", fact, value=value, other=", ".join(sorted(ciks)))


RULES: list[Rule] = [scheme, segments, duplicates, unused, distinct_dates, required_context, filer]
