"""Which namespaces belong to standard taxonomies (rendering.md 0.3), and the statistics that summaries print (17.1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from msgspec import Struct

from recto.instance.model import Instance
from recto.names import QName
from recto.patterns import lazy

_STANDARD: Final = lazy(r"https?://.*(?:sec\.gov|fasb\.org|xbrl\.org|xbrl\.us|w3\.org|ifrs\.org)/.*")


@lru_cache(maxsize=4096)
def is_standard(namespace: str) -> bool:
    """Whether the namespace is one of a standard taxonomy: by its host, http and https alike."""
    return _STANDARD.match(namespace) is not None


class Statistics(Struct, frozen=True):
    """Counts of one instance; those of a filing are sums (rendering.md 17.1)."""

    contexts: int
    entities: int
    """Distinct identifier texts over all contexts."""
    segments: int
    """Distinct (dimension, member) pairs over all contexts; all typed members of a dimension count as one."""
    units: int
    elements: int
    """Distinct concepts that have facts."""
    footnotes: bool
    """Some fact has a footnote."""


def statistics(instance: Instance) -> Statistics:
    """Counts as the SEC's renderer makes them: of an inline document's contexts and units, those that facts use."""
    contexts = list(instance.contexts.values())
    units = len(instance.units)
    if instance.kind == "inline":
        contexts = list({fact.context: None for fact in instance.facts if fact.context is not None})
        units = len({fact.unit for fact in instance.facts if fact.unit is not None})
    pairs = {
        (axis, member if isinstance(member, QName) else None)
        for context in contexts
        for axis, member in context.dimensions.items()
    }
    return Statistics(
        contexts=len(contexts),
        entities=len({context.identifier for context in contexts}),
        segments=len(pairs),
        units=units,
        elements=len({fact.qname for fact in instance.facts}),
        footnotes=any(instance.links.values()),
    )


def namespace_counts(instance: Instance) -> dict[str, int]:
    """Number of facts for each namespace, in order of first use."""
    counts: dict[str, int] = {}
    for fact in instance.facts:
        namespace = fact.qname.namespace
        counts[namespace] = counts.get(namespace, 0) + 1
    return counts


def total(counts: Iterable[Statistics]) -> Statistics:
    """The sum over a filing's instances."""
    every = tuple(counts)
    return Statistics(
        contexts=sum(each.contexts for each in every),
        entities=sum(each.entities for each in every),
        segments=sum(each.segments for each in every),
        units=sum(each.units for each in every),
        elements=sum(each.elements for each in every),
        footnotes=any(each.footnotes for each in every),
    )
