"""Result instances, compared with expected ones fact by fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from recto.errors import RectoError
from recto.instance.model import Fact, Instance
from recto.sources.classify import Entry


def differences(expected: Sequence[str], instances: Sequence[Instance], resolver: Any) -> str | None:
    """What distinguishes the instances from the expected ones, taken together; None where nothing does.

    Facts are compared by name, value, context and unit, whatever their order; a file that is no instance is not.
    """
    from recto import instance

    wanted: Counter[tuple[Any, ...]] = Counter()
    for url in expected:
        try:
            loaded = instance.load(Entry("xbrl", (url,)), resolver)
        except RectoError:
            return None
        wanted.update(fact_key(fact) for each in loaded for fact in each.facts)
    found = Counter(fact_key(fact) for each in instances for fact in each.facts)
    missing, extra = wanted - found, found - wanted
    if missing:
        return f"{sum(missing.values())} expected facts are missing, such as {next(iter(missing))[0]}"
    if extra:
        return f"{sum(extra.values())} facts are not expected, such as {next(iter(extra))[0]}"
    return None


def fact_key(fact: Fact) -> tuple[Any, ...]:
    """What makes two facts equal across documents."""
    context, unit = fact.context, fact.unit
    aspects: tuple[Any, ...] = ()
    if context is not None:
        dimensions = frozenset(
            (axis, member if not hasattr(member, "xml") else member.xml) for axis, member in context.dimensions.items()
        )
        others = (context.segment_other, context.scenario_other)
        aspects = (context.scheme, context.identifier, context.period, dimensions, others)
    measures = (tuple(sorted(unit.numerators)), tuple(sorted(unit.denominators))) if unit is not None else ()
    value = fact.number if fact.is_numeric and fact.number is not None else fact.value
    return (fact.qname.clark, fact.nil, value, aspects, measures, fact.language or "", fact.decimals)
