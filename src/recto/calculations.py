"""Totals and their items, network by network: the sum of what is reported, and whether it agrees with the total."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from msgspec import Struct

from recto.instance.model import Fact, Instance, Unit
from recto.names import ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1, QName
from recto.rules.intervals import ZERO, Interval, interval_of
from recto.taxonomy.model import Concept, Relationship

_WIDE = Context(prec=400, rounding=ROUND_HALF_UP, traps=[])


class Item(Struct, frozen=True):
    """One item of a total; `fact` is None where it is not reported with the total's period, unit and dimensions."""

    concept: Concept
    weight: Decimal
    fact: Fact | None


class Total(Struct, frozen=True):
    """A total in one network, at one place (period, entity, dimensions, unit)."""

    arcrole: str
    role: str
    concept: Concept
    fact: Fact | None
    """None where only items are reported."""
    items: tuple[Item, ...]
    sum: Decimal
    """Of the items that are reported, weighted, exact."""
    interval: Interval
    """All that the items may add up to, each rounded as its decimals say (Calculations 1.1)."""
    consistent: bool | None
    """The sum of the rounded items is the rounded total (XBRL 2.1, 5.2.5.2). None where that rule does not apply:
    no total, no items, or facts without decimals."""
    consistent_1_1: bool | None
    """Some numbers that round to the items add up to one that rounds to the total (Calculations 1.1, 4)."""

    @property
    def missing(self) -> tuple[Concept, ...]:
        """Items that are not reported here."""
        return tuple(each.concept for each in self.items if each.fact is None)


def totals(instance: Instance) -> Iterator[Total]:
    """Every total of every calculation network for which a total or an item is reported, duplicates told once."""
    taxonomy = instance.taxonomy
    present = set(taxonomy.arcroles())
    facts: dict[QName, dict[Hashable, Fact]] | None = None
    for arcrole in (ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1):
        if arcrole not in present:
            continue
        for role in taxonomy.roles(arcrole):
            network = taxonomy.network(arcrole, role)
            facts = _facts(instance) if facts is None else facts
            for total in dict.fromkeys(each.source for each in network.relationships):
                yield from _totals(arcrole, role, total, network.children(total), facts)


def totals_of(instance: Instance, fact: Fact) -> list[Total]:
    """The totals of which the fact is the total or an item."""
    return [each for each in totals(instance) if each.fact is fact or any(item.fact is fact for item in each.items)]


def _facts(instance: Instance) -> dict[QName, dict[Hashable, Fact]]:
    """Numbers by concept and place; of duplicates the most accurate."""
    places: dict[object, Hashable] = {}
    found: dict[QName, dict[Hashable, Fact]] = {}
    for fact in instance.facts:
        context, unit = fact.context, fact.unit
        if context is None or unit is None or fact.nil or not fact.valid or fact.parent is not None:
            continue
        if fact.number is None:
            continue
        key = places.get(context)
        if key is None:
            key = places[context] = (
                context.scheme,
                context.identifier,
                context.period,
                frozenset(context.dimensions.items()),
                context.segment_other,
                context.scenario_other,
            )
        at = found.setdefault(fact.qname, {})
        place = (key, _measures(unit))
        known = at.get(place)
        if known is None or _accuracy(fact) > _accuracy(known):
            at[place] = fact
    return found


def _measures(unit: Unit) -> Hashable:
    return tuple(sorted(unit.numerators)), tuple(sorted(unit.denominators))


def _accuracy(fact: Fact) -> float:
    if fact.decimals is None:
        return float("-inf")
    return float("inf") if fact.decimals == "INF" else float(fact.decimals)


def _totals(
    arcrole: str,
    role: str,
    total: Concept,
    relationships: Sequence[Relationship],
    facts: dict[QName, dict[Hashable, Fact]],
) -> Iterator[Total]:
    own = facts.get(total.qname, {})
    places = dict.fromkeys(own)
    for each in relationships:
        places.update(dict.fromkeys(facts.get(each.target.qname, {})))
    for place in places:
        items = tuple(
            Item(
                each.target,
                each.weight.normalize(_WIDE) if each.weight is not None else Decimal(1),
                facts.get(each.target.qname, {}).get(place),
            )
            for each in relationships
        )
        fact = own.get(place)
        if any(item.fact is not None for item in items) and (fact is not None or len(items) > 1):
            yield _total(arcrole, role, total, fact, items)


def _total(arcrole: str, role: str, concept: Concept, fact: Fact | None, items: tuple[Item, ...]) -> Total:
    exact = Decimal(0)
    rounded: Decimal | None = Decimal(0)
    interval = ZERO
    for item in items:
        if item.fact is None:
            continue
        number = item.fact.number
        assert number is not None
        exact = _WIDE.add(exact, _WIDE.multiply(number, item.weight))
        interval = interval.plus(_interval(item.fact, number).times(item.weight))
        own = _rounded(number, item.fact)
        rounded = None if rounded is None or own is None else _WIDE.add(rounded, _WIDE.multiply(own, item.weight))
    consistent: bool | None = None
    consistent_1_1: bool | None = None
    number = fact.number if fact is not None else None
    if fact is not None and number is not None:
        reported = _rounded(number, fact)
        if reported is not None and rounded is not None:
            consistent = _rounded(rounded, fact) == reported
        consistent_1_1 = not interval.meet(_interval(fact, number)).empty
    return Total(arcrole, role, concept, fact, items, exact, interval, consistent, consistent_1_1)


def _interval(fact: Fact, number: Decimal) -> Interval:
    return interval_of(number, "INF" if fact.decimals is None else fact.decimals)


def _rounded(number: Decimal, fact: Fact) -> Decimal | None:
    """Rounded to the fact's decimals, halves away from zero; None where it gives none."""
    if fact.decimals is None:
        return None
    if fact.decimals == "INF" or abs(fact.decimals) > 300:
        return number
    try:
        return number.quantize(Decimal(1).scaleb(-fact.decimals), context=_WIDE)
    except InvalidOperation:
        return number
