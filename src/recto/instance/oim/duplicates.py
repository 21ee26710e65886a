"""Duplicate facts, as the feature `xbrl:allowedDuplicates` restricts them (OIM 1.0, duplicate facts)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal

from recto.arithmetic import ZERO, add, subtract
from recto.findings import Findings
from recto.instance.model import Context, Decimals, Fact, Unit
from recto.instance.oim.strings import format_period
from recto.instance.values import member_key
from recto.taxonomy.model import Taxonomy
from recto.taxonomy.values import value_of

_FAR = 100_000
"""Decimals beyond this, either way, are those of no number."""
_WORDS = {"none": "duplicate", "complete": "duplicates that differ", "consistent": "inconsistent duplicates"}


def report_duplicates(facts: Iterable[Fact], allowed: str, taxonomy: Taxonomy, findings: Findings) -> None:
    """A finding (`oime:disallowedDuplicateFacts`) for each set of facts that are duplicates and may not be."""
    if allowed == "all":
        return
    groups: dict[Hashable, list[Fact]] = {}
    contexts: dict[Context, Hashable] = {}
    for fact in facts:
        context = fact.context
        if context is None or fact.is_tuple or not fact.valid:
            continue
        aspects = contexts.get(context)
        if aspects is None:
            aspects = contexts[context] = _aspects(context, taxonomy)
        language = fact.language.lower() if fact.language else None
        groups.setdefault((fact.qname, aspects, unit_key(fact.unit), language), []).append(fact)
    for group in groups.values():
        if len(group) < 2 or (allowed == "complete" and _complete(group)):
            continue
        if allowed == "consistent" and (_consistent(group) if group[0].is_numeric else _complete(group)):
            continue
        first = group[0]
        findings.found(
            "oime:disallowedDuplicateFacts",
            document=first.document,
            line=first.line,
            facts=tuple(fact.id for fact in group),
            reason=f"the report allows no {_WORDS[allowed]}, but {', '.join(fact.id for fact in group[:10])} are",
        )


def unit_key(unit: Unit | None) -> Hashable:
    return None if unit is None else (tuple(sorted(unit.numerators)), tuple(sorted(unit.denominators)))


def _aspects(context: Context, taxonomy: Taxonomy) -> Hashable:
    members = frozenset((axis, member_key(member, taxonomy)) for axis, member in context.dimensions.items())
    return context.scheme, context.identifier, format_period(context.period), members


def _complete(group: Sequence[Fact]) -> bool:
    return len({_value(fact) for fact in group}) == 1


def _value(fact: Fact) -> Hashable:
    if fact.nil:
        return None
    number = fact.number
    if number is not None:
        return number, fact.decimals
    type_ = fact.concept.type if fact.concept is not None else None
    if type_ is None:
        return fact.value
    if fact.is_numeric and fact.value.strip() == "NaN":
        return object()  # equal to nothing, not even to itself
    if type_.xsd_base == "language":
        return fact.value.strip().lower()
    return value_of(type_, fact.value)


def _consistent(group: Sequence[Fact]) -> bool:
    """Whether there is a value that each of the numbers may stand for, rounded as it is.

    Different values of the same accuracy contradict each other, though their intervals may touch.
    """
    if len({fact.nil for fact in group}) > 1:
        return False
    low, high = Decimal("-Infinity"), Decimal("Infinity")
    known: dict[Decimals | None, Decimal] = {}
    for fact in group:
        number = fact.number
        if number is None:
            continue
        if not number.is_finite() or abs(fact.decimals if isinstance(fact.decimals, int) else 0) > _FAR:
            return _complete(group)
        if known.setdefault(fact.decimals, number) != number:
            return False
        half = ZERO if not isinstance(fact.decimals, int) else Decimal((0, (5,), -fact.decimals - 1))
        low, high = max(low, subtract(number, half)), min(high, add(number, half))
    return low <= high
