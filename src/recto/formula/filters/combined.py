"""Boolean, general, value and aspect cover filters 1.0."""

from __future__ import annotations

from recto.formula.filters.base import NOTHING, Chosen, Cover, Filter, Source, State, Use, facts_where, holds
from recto.formula.functions.equality import decimals_of
from recto.formula.names import ASPECTS, F_BOOLEAN, F_COVER, F_GENERAL, F_VALUE
from recto.xpath import XPathError
from recto.xpath.values import cast


def merged(covers: list[Cover]) -> Cover:
    """The aspects that any of them covers."""
    aspects = [aspect for each in covers for aspect in each.aspects]
    whole = [each for each in covers if each.all_axes]
    named = {axis for each in covers if not each.all_axes for axis in each.axes}
    if whole:
        left_out = frozenset.intersection(*[each.axes for each in whole])
        return Cover(aspects, left_out - named, True)
    return Cover(aspects, named)


def _below_cover(uses: list[Use]) -> object:
    def covers(state: State) -> Cover:
        state.run.budget.tick()
        return merged([use.filter.cover(state) for use in uses if use.covers])

    return covers


def _and(source: Source) -> Filter:
    uses = source.below(source.node)

    def apply(state: State, facts: list[int]) -> list[int]:
        for use in uses:
            state.run.budget.tick()
            facts = use.select(state, facts)
        return facts if uses else []

    depends = [name for use in uses for name in use.depends]
    return Filter(source.node, apply, depends=depends, covers=_below_cover(uses))  # type: ignore[arg-type]


def _or(source: Source) -> Filter:
    uses = source.below(source.node)

    def apply(state: State, facts: list[int]) -> list[int]:
        found: set[int] = set()
        for use in uses:
            state.run.budget.tick()
            found.update(use.select(state, facts))
        if len(facts) == len(state.columns.facts):
            return sorted(found)
        return [at for at in facts if at in found]

    depends = [name for use in uses for name in use.depends]
    return Filter(source.node, apply, depends=depends, covers=_below_cover(uses))  # type: ignore[arg-type]


def _general(source: Source) -> Filter:
    text = source.element.get("test")
    if not text:
        return Filter(source.node, lambda state, facts: facts)
    test = source.expression(source.element, "test")
    apply = facts_where(lambda state, fact: holds(test, state, state.subject.node(fact)))
    return Filter(source.node, apply, depends=test.names)


def _nilled(source: Source) -> Filter:
    return Filter(source.node, facts_where(lambda state, fact: fact.nil))


def _precision(source: Source) -> Filter:
    minimum = source.expression(source.element, "minimum")

    def apply(state: State, facts: list[int]) -> list[int]:
        value = minimum(state.run, state.variables)
        least = value if value == "INF" else cast(value, "integer")
        kept = []
        for at in facts:
            fact = state.columns.facts[at]
            if not fact.is_numeric or fact.nil:
                continue
            number = fact.number
            if fact.numerator is not None or fact.precision == "INF" or fact.decimals == "INF":
                kept.append(at)
                continue
            if least == "INF" or number is None:
                continue
            if fact.precision is not None:
                own = int(fact.precision)
            else:
                decimals = decimals_of(state.subject.node(fact))
                own = 0 if decimals is None or number == 0 else number.adjusted() + 1 + int(decimals)
            if own >= least:
                kept.append(at)
        return kept

    return Filter(source.node, apply, depends=minimum.names)


_ALL = ("concept", "location", "entity", "period", "unit", "segment", "scenario")


def _aspect_cover(source: Source) -> Filter:
    names = [child.string.strip() for child in source.children("aspect")]
    dimensions = [Chosen(source, each) for each in source.children("dimension")]
    excluded = [Chosen(source, each) for each in source.children("excludeDimension")]
    unknown = [name for name in names if name not in ASPECTS and name not in ("all", "dimensions")]
    if unknown:
        raise XPathError("xbrlacfe:invalidAspect", f"there is no aspect {unknown[0][:40]!r}")

    def covers(state: State) -> Cover:
        aspects = [aspect for name in names for aspect in (_ALL if name == "all" else (ASPECTS.get(name, ""),))]
        left_out = {name for each in excluded if (name := each.of(state)) is not None}
        named = {name for each in dimensions if (name := each.of(state)) is not None}
        if "all" in names or "dimensions" in names:
            return Cover(aspects, left_out, True)
        return Cover(aspects, named - left_out)

    depends = [name for each in (*dimensions, *excluded) for name in each.depends]
    same = lambda state, facts: facts  # noqa: E731
    made = Filter(source.node, same, depends=depends, covers=covers, own_complement=same)
    made.stated = frozenset((*names, *(each.name for each in dimensions if each.name is not None)))
    return made


READERS = {
    (F_BOOLEAN, "andFilter"): _and,
    (F_BOOLEAN, "orFilter"): _or,
    (F_GENERAL, "general"): _general,
    (F_VALUE, "nil"): _nilled,
    (F_VALUE, "precision"): _precision,
    (F_COVER, "aspectCover"): _aspect_cover,
}
__all__ = ["NOTHING", "READERS", "merged"]
