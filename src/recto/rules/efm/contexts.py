"""Contexts and the filer (EDGAR Filer Manual, 6.5.1 to 6.5.11, 6.5.19, 6.5.23, 6.5.36, 6.5.38, 6.5.44)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from typing import Final

from recto.findings import Finding
from recto.instance.model import UNREAD, Context, TypedMember, Unit
from recto.names import QName
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm import data
from recto.rules.efm.registrants import registrants
from recto.rules.efm.submission import CIK, submission
from recto.rules.efm.telling import tell, tell_context, tell_fact
from recto.rules.subject import Subject
from recto.rules.values import Values

_IDENTIFIER: Final = lazy(r"\d{10}\Z")
_LONGEST: Final = 200
"""Bytes of a measure's local name in UTF-8."""
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
        if not context.valid:
            continue  # what could not be read may tell it from others
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
    """No period ends within a day of the start of another: one of the two is off by a day (6.5.9). Reports of funds'
    prospectuses are about days.
    """
    filed = submission(subject)
    if filed.is_fund or not filed.document_type:
        return
    long: list[Context] = []
    for context in subject.instance.contexts.values():
        period = context.period
        if period.start is not None and period.end is not None and period.end - period.start > _DAY:
            long.append(context)
    starts = sorted(((each.period.start, each) for each in long if each.period.start), key=lambda pair: pair[0])
    by_end: dict[object, Context] = {}
    for context in long:
        by_end.setdefault(context.period.end, context)
    for context in by_end.values():
        end = context.period.end
        assert end is not None
        for start, other in starts:
            if start >= end:
                break
            if end - start <= _DAY:
                yield tell_context("6.05.09.endAfterStart", context, other=other.id, day=start.date().isoformat())
                break


def forever(subject: Subject) -> Iterator[Finding]:
    """No context is about all time (6.5.38)."""
    for context in subject.instance.contexts.values():
        if context.period is not UNREAD and context.period.kind == "forever":
            yield tell_context("6.05.38.forever", context)


def units(subject: Subject) -> Iterator[Finding]:
    """No two units are the same, and names of measures are short (6.5.11, 6.5.36)."""
    known: dict[object, Unit] = {}
    for unit in subject.instance.units.values():
        key = (tuple(sorted(each.clark for each in unit.numerators)), tuple(sorted(u.clark for u in unit.denominators)))
        first = known.setdefault(key, unit)
        if first is not unit:
            yield tell("6.05.11.duplicateUnit", unit.document, unit.line, about=unit.id, other=first.id)
        for measure in (*unit.numerators, *unit.denominators):
            if len(measure.local.encode()) > _LONGEST:
                yield tell("6.05.36.measureLength", unit.document, unit.line, about=unit.id)


@lru_cache(1)
def _axes() -> list[tuple[str, re.Pattern[str]]]:
    table = data.table("axes", dict)
    return [(name, re.compile(pattern)) for name, pattern in table.items()]


def custom_axes(subject: Subject) -> Iterator[Finding]:
    """An axis of the filer's own is not one that a standard taxonomy has (6.5.44)."""
    filed = submission(subject)
    told: set[QName] = set()
    for context in subject.instance.contexts.values():
        for axis in context.dimensions:
            if axis in told or not filed.is_custom(axis):
                continue
            told.add(axis)
            wanted = next((name for name, pattern in _axes() if pattern.fullmatch(axis.local)), None)
            if wanted is not None:
                yield tell_context("6.05.44.customAxis", context, axis=axis.local, wanted=wanted)


def required_context(subject: Subject) -> Iterator[Finding]:
    """There is a context about the filer as a whole for the period of the report (6.5.19)."""
    filed = submission(subject)
    if subject.instance.facts and filed.required_context is None:
        yield tell("6.05.19.requiredContext", subject.instance.url)


def filer(subject: Subject) -> Iterator[Finding]:
    """There is a cover page, whose CIK is that of the context, and of the submission (6.5.20, 6.5.23)."""
    filed = submission(subject)
    told = str(filed.parameters.get("CIK") or filed.parameters.get("cik") or "").strip()
    ciks = {each.lstrip("0") for each in (*filed.words("cikList"), *registrants(filed), told) if each}
    if subject.instance.facts and not filed.dei and not filed.dei_facts:
        yield tell("6.05.20.coverPage", subject.instance.url)
    if filed.document_type == "L SDR":
        return  # the counterparties of a repository may have none
    for fact in filed.dei_facts.get("EntityCentralIndexKey", ()):
        if fact.context is None or fact.nil or fact.context.dimensions:
            continue
        value = fact.value.strip()
        if value != fact.context.identifier:
            yield tell_fact("6.05.23.cik", fact, value=value, other=fact.context.identifier)
        elif ciks and value.lstrip("0") not in ciks:
            yield tell_fact("6.05.23.submissionCik", fact, value=value, other=", ".join(sorted(ciks)))


RULES: list[Rule] = [
    scheme,
    segments,
    duplicates,
    unused,
    distinct_dates,
    forever,
    units,
    custom_axes,
    required_context,
    filer,
]
