"""Concept filters 1.0."""

from __future__ import annotations

from recto.formula.filters.base import Chosen, Cover, Filter, Source, State, concepts_where
from recto.formula.functions.concepts import custom_attribute, derives
from recto.formula.names import F_CONCEPT
from recto.names import QName
from recto.xpath import XPathError
from recto.xpath.values import Untyped, atomize, compare_general, items

CONCEPT = Cover(("concept",))


def _concept_name(source: Source) -> Filter:
    chosen = [Chosen(source, each) for each in source.children("concept")]
    depends = [name for each in chosen for name in each.depends]
    fixed = frozenset(each.name for each in chosen if each.name is not None)
    dynamic = [each for each in chosen if each.expression is not None]

    def apply(state: State, facts: list[int]) -> list[int]:
        names = fixed | {each.of(state) for each in dynamic} if dynamic else fixed
        by_concept = state.columns.by_concept
        if len(facts) == len(state.columns.facts):  # all of them: looked up
            found = [by_concept.get(name, []) for name in names if name is not None]
            return list(found[0]) if len(found) == 1 else sorted(at for each in found for at in each)
        all_facts = state.columns.facts
        return [at for at in facts if all_facts[at].qname in names]

    return Filter(source.node, apply, depends=depends, covers=CONCEPT)


def _period_type(source: Source) -> Filter:
    wanted = source.element.get("periodType")
    test = concepts_where(lambda state, concept: concept.period_type == wanted)
    return Filter(source.node, test, covers=CONCEPT)


def _balance(source: Source) -> Filter:
    wanted = source.element.get("balance")
    test = concepts_where(lambda state, concept: (concept.balance or "none") == wanted)
    return Filter(source.node, test, covers=CONCEPT)


def _custom_attribute(source: Source) -> Filter:
    chosen = Chosen(source, source.child("attribute"))
    value = source.expression(source.element, "value") if source.element.get("value") else None

    def apply(state: State, facts: list[int]) -> list[int]:
        name = chosen.of(state)

        def test(state: State, concept: object) -> bool:
            found = custom_attribute(state.subject.taxonomy, concept, name) if name is not None else []
            if type(found) is list and not found:
                return False
            if value is None:
                return True
            wanted = atomize(value(state.run, state.variables))
            try:
                return any(
                    compare_general(Untyped(found) if isinstance(found, str) else found, each, "eq")
                    for each in items(wanted)
                )
            except XPathError:
                return False

        return concepts_where(test)(state, facts)

    depends = [*chosen.depends, *(value.names if value is not None else ())]
    return Filter(source.node, apply, depends=depends, covers=CONCEPT)


def _named(source: Source, child: str, test: object) -> Filter:
    chosen = Chosen(source, source.child(child))
    strict = source.element.get("strict") in ("true", "1")

    def apply(state: State, facts: list[int]) -> list[int]:
        name = chosen.of(state)
        if name is None:
            return []
        return concepts_where(lambda state, concept: test(state, concept, name, strict))(state, facts)  # type: ignore[operator]

    return Filter(source.node, apply, depends=chosen.depends, covers=CONCEPT)


def _of_type(state: State, concept: object, name: QName, strict: bool) -> bool:
    type_ = concept.type  # type: ignore[attr-defined]
    if type_ is None:
        return False
    return type_.qname is name if strict else derives(type_, name)


def _substitutes(state: State, concept: object, name: QName, strict: bool) -> bool:
    head = concept.substitution_group  # type: ignore[attr-defined]
    seen: set[QName] = set()
    while head is not None and head not in seen:
        if head is name:
            return True
        if strict:
            return False
        seen.add(head)
        above = state.subject.taxonomy.concept(head)
        head = above.substitution_group if above is not None else None
    return False


READERS = {
    (F_CONCEPT, "conceptName"): _concept_name,
    (F_CONCEPT, "conceptPeriodType"): _period_type,
    (F_CONCEPT, "conceptBalance"): _balance,
    (F_CONCEPT, "conceptCustomAttribute"): _custom_attribute,
    (F_CONCEPT, "conceptDataType"): lambda source: _named(source, "type", _of_type),
    (F_CONCEPT, "conceptSubstitutionGroup"): lambda source: _named(source, "substitutionGroup", _substitutes),
}
