"""Of duplicates that agree, the one to keep."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recto.instance.model import Fact, Instance


def superseded(instances: Sequence[Instance], facts: Iterable[Fact]) -> set[Fact]:
    """Those of the facts that another one of them stands for: equal, or less precise and consistent with it."""
    from recto.rules.duplicates import duplicate_sets, is_complete, is_consistent
    from recto.rules.subject import Subject
    from recto.rules.values import Values

    chosen = set(facts)
    dropped: set[Fact] = set()
    for instance in instances:
        subject = Subject(instance)
        values = Values(subject)
        for whole in duplicate_sets(subject, values):
            group = [fact for fact in whole if fact in chosen]
            if len(group) < 2:
                continue
            if is_complete(group, values) or is_consistent(group, values):
                kept = max(group, key=lambda fact: (_precision(fact), -fact.index))
                dropped.update(fact for fact in group if fact is not kept)
            else:  # contradictions stay, but none of them twice
                seen: dict[tuple[str, object], Fact] = {}
                for fact in group:
                    if seen.setdefault((fact.value, fact.decimals), fact) is not fact:
                        dropped.add(fact)
    return dropped


def _precision(fact: Fact) -> float:
    decimals = fact.decimals
    return float("inf") if decimals == "INF" else float("-inf") if decimals is None else float(decimals)
