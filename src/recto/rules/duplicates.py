"""Duplicate facts: complete, consistent, inconsistent (XBRL International's note on duplicate facts; OIM Common 1.0).

Two facts are duplicates where all that they say of themselves is the same: concept, period, entity, dimensions, unit,
language and tuple. Their values then decide how bad that is.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from decimal import Decimal

from recto.arithmetic import shown
from recto.findings import Finding, Severity
from recto.instance.filing_indicators import ITEM as FILING_INDICATOR
from recto.instance.model import Context, Decimals, Fact, Unit
from recto.instance.oim.kinds import is_text
from recto.names import QName
from recto.rules import Rule
from recto.rules.intervals import Interval, interval_of
from recto.rules.subject import Subject, fact_label, finding
from recto.rules.values import Values, value_key
from recto.taxonomy.model import Concept

_SPECIFICATION = "OIM Common 1.0, duplicate facts"
_NIL = object()
_SHOWN = 5


def duplicate_sets(subject: Subject, values: Values) -> Iterator[list[Fact]]:
    """Facts that are duplicates of each other, two or more, in document order."""
    firsts: dict[Hashable, Fact] = {}
    groups: dict[Fact, list[Fact]] = {}
    speaking: dict[QName, bool] = {}
    tuples: dict[Concept | None, bool] = {}
    # Most facts have the context and the unit of the one before them.
    context: Context | None = None
    unit: Unit | None = None
    where: Hashable = None
    measured: Hashable = None
    for fact in subject.instance.facts:
        if fact.context is not context:
            context = fact.context
            where = None if context is None else values.context_key(context)
        if context is None or not fact.valid:
            continue
        is_tuple = tuples.get(fact.concept)
        if is_tuple is None:
            is_tuple = tuples[fact.concept] = fact.is_tuple
        name = fact.qname
        if is_tuple or name is FILING_INDICATOR:
            continue  # filing indicators of a tuple are a list: each names another template
        if fact.unit is not unit:
            unit = fact.unit
            measured = values.unit_key(unit)
        language = None
        if fact.language:
            if name not in speaking:
                speaking[name] = _has_language(fact)
            language = fact.language.lower() if speaking[name] else None
        first = firsts.setdefault((name, where, measured, language, fact.parent), fact)
        if first is not fact:
            groups.setdefault(first, [first]).append(fact)
    yield from sorted(groups.values(), key=lambda group: group[0].index)


def _has_language(fact: Fact) -> bool:
    """Whether facts of this concept are texts; a date or a name is the same in every language (OIM 1.0, language)."""
    type_ = fact.concept.type if fact.concept is not None else None
    return not fact.is_numeric if type_ is None else is_text(type_)


def is_complete(group: Sequence[Fact], values: Values) -> bool:
    """All have the same value and accuracy."""
    return len({_content(fact, values) for fact in group}) == 1


def is_consistent(group: Sequence[Fact], values: Values) -> bool:
    """Some number rounds to each of the values, accurate as each is; or all are nil.

    Different values of the same accuracy contradict each other, though their intervals may touch: no filer rounds one
    number to both (EDGAR Filer Manual, 6.5.12).
    """
    if any(fact.nil for fact in group):
        return all(fact.nil for fact in group)
    met: Interval | None = None
    known: dict[Decimals, Decimal] = {}
    for fact in group:
        number, decimals = fact.number, values.decimals(fact)
        if number is None or decimals is None or not number.is_finite():
            return is_complete(group, values)
        if known.setdefault(decimals, number) != number:
            return False
        each = interval_of(number, decimals)
        met = each if met is None else met.meet(each)
        if met.empty:
            return False
    return True


def _content(fact: Fact, values: Values) -> Hashable:
    if fact.nil:
        return _NIL
    number = fact.number
    if number is not None and number.is_finite():
        return (number, values.decimals(fact))
    if fact.is_numeric:
        return fact.value.strip()
    concept = fact.concept
    return value_key(concept.type if concept is not None else None, fact.value)


def duplicates(subject: Subject) -> Iterator[Finding]:
    """Duplicates that contradict each other are warnings, others are information (OIM Common 1.0, duplicate facts)."""
    values = Values(subject)
    complete: list[Fact] = []
    sets = 0
    for group in duplicate_sets(subject, values):
        if is_complete(group, values):
            complete.extend(group)
            sets += 1
        elif is_consistent(group, values):
            yield _set_finding("consistentDuplicates", "info", group, "agree within their accuracy")
        else:
            yield _set_finding("inconsistentDuplicates", "warning", group, "contradict each other")
    if complete:
        first = complete[0]
        what = "1 fact is" if sets == 1 else f"{sets} facts are"
        yield finding(
            "xbrl:completeDuplicates",
            first.document,
            first.line,
            facts=tuple(fact.id for fact in complete),
            specification=_SPECIFICATION,
            what=what,
            count=len(complete),
        )


def _set_finding(name: str, severity: Severity, group: Sequence[Fact], verdict: str) -> Finding:
    first = group[0]
    shown = ", ".join(f"{_shown(fact)} (fact {fact.id}, line {fact.line})" for fact in group[:_SHOWN])
    more = f" and {len(group) - _SHOWN} more" if len(group) > _SHOWN else ""
    context = first.context
    where = f" in context {context.id}" if context is not None else ""
    return finding(
        f"xbrl:{name}",
        first.document,
        first.line,
        about=fact_label(first),
        severity=severity,
        element=fact_label(first),
        facts=tuple(fact.id for fact in group),
        count=len(group),
        where=where,
        verdict=verdict,
        values=shown + more,
    )


def _shown(fact: Fact) -> str:
    if fact.nil:
        return "nil"
    number = fact.number
    if number is not None:
        return shown(number)
    text = " ".join(fact.value.split())
    return f"{text[:40]!r}…" if len(text) > 40 else repr(text)


def rules() -> list[Rule]:
    """All rules on duplicate facts."""
    return [duplicates]
