"""Whether an instance is consistent with its summation-item arcs (XBRL 2.1, 5.2.5.2)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from recto import arithmetic
from recto.findings import Finding
from recto.instance.model import Fact
from recto.names import ARC_SUMMATION_ITEM, QName
from recto.rules.subject import Subject, fact_finding
from recto.rules.values import Values, rounded
from recto.taxonomy.model import Relationship

_Key = tuple[QName, Hashable, Hashable]


class _Items(NamedTuple):
    """The numeric items of an instance, by name, context and unit."""

    by_key: dict[_Key, list[Fact]]
    has_tuples: bool


def collect(subject: Subject, values: Values) -> _Items:
    """The items that calculations can bind to, nil ones included: they make duplicates."""
    by_key: dict[_Key, list[Fact]] = {}
    has_tuples = False
    for fact in subject.instance.facts:
        has_tuples = has_tuples or fact.parent is not None
        if fact.context is None or fact.unit is None or not fact.is_numeric or not _counts(fact):
            continue
        key = (fact.qname, values.context_key(fact.context), values.unit_key(fact.unit))
        by_key.setdefault(key, []).append(fact)
    return _Items(by_key, has_tuples)


def _counts(fact: Fact) -> bool:
    """Whether it is known what an item says: an invalid one takes part in no calculation, nor does an infinite one."""
    return fact.valid and (fact.nil or (fact.number is not None and fact.number.is_finite()))


def summations(subject: Subject, arcrole: str) -> Iterator[tuple[str, QName, list[Relationship]]]:
    """(link role, total's name, relationships) of every total in every network of the arcrole."""
    for role in subject.dts.roles(arcrole):
        network = subject.dts.network(arcrole, role)
        for total in dict.fromkeys(each.source for each in network.relationships):
            yield role, total.qname, list(network.children(total))


def calculations(subject: Subject) -> Iterator[Finding]:
    """Totals equal their weighted items, each rounded as its accuracy says (XBRL 2.1, 5.2.5.2).

    An inconsistency is no error of the instance, so it is a warning.
    """
    if ARC_SUMMATION_ITEM not in subject.dts.arcroles():
        return
    values = Values(subject)
    items = collect(subject, values)
    places: dict[QName, list[_Key]] = {}
    for key in items.by_key:
        places.setdefault(key[0], []).append(key)
    for role, total, relationships in summations(subject, ARC_SUMMATION_ITEM):
        for key in places.get(total, ()):
            for fact in items.by_key[key]:
                if fact.nil or fact.number is None:
                    continue
                if _duplicated(fact, items.by_key[key]):
                    continue
                yield from _check(fact, key, role, relationships, items, values)


def _check(
    total: Fact, key: _Key, role: str, relationships: list[Relationship], items: _Items, values: Values
) -> Iterator[Finding]:
    bound: list[tuple[Relationship, Fact]] = []
    for each in relationships:
        candidates = items.by_key.get((each.target.qname, key[1], key[2]), ())
        if items.has_tuples:
            candidates = [fact for fact in candidates if _in_scope(fact, total)]
        if any(_duplicated(fact, candidates) for fact in candidates):
            return
        bound.extend((each, fact) for fact in candidates if not fact.nil and fact.number is not None)
    if not bound:
        return
    decimals = values.decimals(total)
    known = decimals is not None
    computed = arithmetic.ZERO
    for each, fact in bound:
        accuracy = values.decimals(fact)
        if accuracy is None:
            known = False
            break
        assert fact.number is not None
        weight = each.weight if each.weight is not None else arithmetic.ZERO
        computed = arithmetic.add(computed, arithmetic.multiply(rounded(fact.number, accuracy), weight))
    assert total.number is not None
    if known and decimals is not None:
        if rounded(total.number, decimals) == rounded(computed, decimals):
            return
        sum_ = arithmetic.shown(arithmetic.EXACT.normalize(computed))
        problem = f"reported as {arithmetic.shown(total.number)}, but its items add up to {sum_}"
    else:
        problem = "nothing is known of the accuracy (precision 0) of the total or of an item"
    yield fact_finding(
        "xbrl.5.2.5.2:calcInconsistency", total, others=tuple((fact for _, fact in bound)), reason=problem, role=role
    )


def _duplicated(fact: Fact, among: list[Fact] | tuple[Fact, ...]) -> bool:
    """Another fact of the same name, context and unit under the same parent (XBRL 2.1, 4.10)."""
    return len(among) > 1 and any(other is not fact and other.parent is fact.parent for other in among)


def _in_scope(item: Fact, total: Fact) -> bool:
    """Whether the item is a sibling of the total, or somewhere inside one."""
    if total.parent is None:
        return True
    at: Fact | None = item.parent
    while at is not None:
        if at is total.parent:
            return True
        at = at.parent
    return False


RULES = (calculations,)
