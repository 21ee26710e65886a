"""Rule sets as regulators publish them, evaluated in two ways: by recto's closures, and by elementpath alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

import recto
from recto.formula.compiler import resolve
from recto.formula.definitions import Definitions, VariableSet, definitions
from recto.formula.evaluate import AssertionResult, Evaluator
from recto.instance.model import Fact, Instance
from recto.names import ARC_DOMAIN_MEMBER, QName

pytest.importorskip("elementpath")

from recto.suites import Settings, run_suite
from tests.conformance.test_suites import SUITES
from tests.formula.alone import by_elementpath, compiled_by

Told = tuple[str, frozenset[str]]
"""An assertion, and the ids of the facts of an evaluation that does not satisfy it."""
_TEXTS = re.compile(r"'([^']*)'|\"([^\"]*)\"")
_NUMBERS = re.compile(r"(?<![\w'.-])\d+(?:\.\d+)?(?![\w'.-])")


def _outcome(result: AssertionResult) -> tuple[Any, ...]:
    details = [
        ([fact.id for fact in each.facts], each.severity, re.sub(r"\b[\w-]+:(?=[A-Z])", "", each.message))
        for each in result.details
    ]  # prefixes of names are the static context's in elementpath, the report's in recto
    return (result.outcome, result.satisfied, result.unsatisfied, result.failed, details)


def _open(data: Path, name: str) -> Instance:
    packages = [data / "packages" / "ssmxt-2022.zip", data / "taxonomies"]
    filing = recto.open(data / "formula" / name, taxonomies=packages, offline=True)
    return filing.instances[0]


class _Ways:
    """The assertions of a report's DTS, by recto and by elementpath alone."""

    def __init__(self, instance: Instance):
        self.taxonomy: Any = instance.taxonomy
        self.own = definitions(self.taxonomy)
        with by_elementpath() as alone:
            self.foreign = Definitions(self.taxonomy)
        self.alone = alone
        self._concepts: dict[int, list[QName]] = {}

    def concepts(self, made: VariableSet) -> list[QName]:
        """`_concepts` of a set of recto's, looked for once."""
        if id(made) not in self._concepts:
            self._concepts[id(made)] = _concepts(self.own, made)
        return self._concepts[id(made)]

    def ours(self, instance: Instance, only: Sequence[str] = ()) -> dict[str, AssertionResult]:
        return {each.id: each for each in Evaluator(instance, only=only).run().assertions}

    def theirs(self, instance: Instance, only: Sequence[str] = ()) -> dict[str, AssertionResult]:
        kept: dict[str, Any] = self.taxonomy._kept
        kept["formula definitions"] = self.foreign
        try:
            with compiled_by(self.alone):
                return {each.id: each for each in Evaluator(instance, only=only).run().assertions}
        finally:
            kept["formula definitions"] = self.own


def _unlike(one: dict[str, AssertionResult], other: dict[str, AssertionResult]) -> list[Any]:
    return [
        (_outcome(one[each]), _outcome(other[each])) for each in other if _outcome(one[each]) != _outcome(other[each])
    ]


@pytest.mark.parametrize(
    ("name", "assertions", "left"), [("esrs-1k.xbrl", 1_052, 0), ("esrs-8k.xbrl", 1_052, 0), ("ssm-2k.xbrl", 185, 5)]
)
def test_outcomes_messages_and_facts_are_the_same(shared_data: Path, name: str, assertions: int, left: int) -> None:
    """`left`: expressions that are none of XPath 2.0."""
    instance = _open(shared_data, name)
    ways = _Ways(instance)
    ours, theirs = ways.ours(instance), ways.theirs(instance)
    assert len(ours) == len(theirs) == assertions
    assert not _unlike(ours, theirs)
    assert len(ways.alone.left) <= left, ways.alone.left
    assert ways.alone.counts["evaluations"] > 500


def _concepts(own: Definitions, made: VariableSet) -> list[QName]:
    """The concepts that its variables are filtered by, through boolean filters too."""
    uses = [*made.group_filters, *(use for variable in made.variables for use in variable.filters)]
    names = [
        resolve(element.string, element.namespaces)
        for use in uses
        for below in (use, *own.below(use.filter.node))
        for element in below.filter.node.element.iter()
        if element.name.local == "qname" and below.filter.node.name.local == "conceptName"
    ]
    return [each for each in dict.fromkeys(names) if each is not None]


def _compares(made: VariableSet) -> bool:
    """Whether its test asks for more than that something is reported."""
    text = made.test.text if made.test is not None else ""
    return re.search(r"[=<>]|\b(?:eq|ne|lt|le|gt|ge|matches|satisfies)\b", text) is not None


def _literals(made: VariableSet) -> list[str]:
    """What its test and preconditions compare with."""
    found: list[str] = []
    for expression in (made.test, *made.preconditions):
        if expression is not None:
            found += [one or other for one, other in _TEXTS.findall(expression.text)]
            found += _NUMBERS.findall(_TEXTS.sub("", expression.text))
    return sorted(set(found))


def _changed(instance: Instance, values: dict[int, str]) -> Instance:
    facts = tuple(replace(fact, value=values[fact.index]) if fact.index in values else fact for fact in instance.facts)
    return replace(instance, facts=facts, anchors=None, links={}, _by_id={})


def _value(fact: Fact, literals: Sequence[str], chance: random.Random) -> str:
    """Something that the fact may say, and that an assertion about it may want."""
    base = fact.concept.type.xsd_base if fact.concept is not None and fact.concept.type is not None else "string"
    if base == "date":
        dates = [each for each in literals if re.fullmatch(r"\d{4}-\d\d-\d\d", each)]
        return chance.choice([*dates, "2015-06-30", "2022-12-31", "2024-02-29"])
    if fact.is_numeric or base in ("decimal", "integer", "nonNegativeInteger"):
        numbers = [each for each in literals if re.fullmatch(r"\d+(\.\d+)?", each)]
        return chance.choice([*numbers, "0", "0", "1", "2"])
    if base == "boolean":
        return chance.choice(("true", "false"))
    if base == "string":
        return chance.choice([*literals, *literals, "Yes", "No", "200001012345"])
    return fact.value


def _broken(fact: Fact) -> tuple[str, ...]:
    """Values that an assertion about the fact may not want."""
    base = fact.concept.type.xsd_base if fact.concept is not None and fact.concept.type is not None else "string"
    if base == "date":
        return "1901-01-01", "2199-12-31"
    if fact.is_numeric or base in ("decimal", "integer"):
        return "-987654", "987654"
    return ("planted",) if base == "string" else ()


def _breaking(
    base: Instance, ways: _Ways, made: VariableSet, unsatisfied: int, chance: random.Random
) -> tuple[Fact, Instance] | None:
    """A fact, and the report with a value of it that breaks one more evaluation of an assertion."""
    concepts = ways.concepts(made)
    facts = [fact for fact in base.facts if fact.qname in concepts and fact.valid and not fact.nil]
    for fact in chance.sample(facts, min(len(facts), 4)):
        for value in _broken(fact):
            wrong = _changed(base, {fact.index: value})
            if ways.ours(wrong, [made.id])[made.id].unsatisfied > unsatisfied:
                return fact, wrong
    return None


def _told(results: dict[str, AssertionResult]) -> set[Told]:
    return {(each.id, frozenset(fact.id for fact in one.facts)) for each in results.values() for one in each.details}


def _completed(instance: Instance, own: Definitions, sets: Sequence[VariableSet]) -> Instance:
    """With a fact of each concept that value assertions are about and nothing is reported of."""
    facts = list(instance.facts)
    reported = {fact.qname for fact in facts}
    plain = [fact for fact in facts if fact.context is not None and not fact.dimensions and fact.valid and not fact.nil]
    for name in sorted(
        {name for made in sets for name in _concepts(own, made)} - reported, key=lambda each: each.clark
    ):
        like = _like(plain, instance.taxonomy.concept(name))
        if like is not None:
            _add(facts, like, name, {})
    for made in sets:
        for name, members in _parts(own, made):
            like = _like(plain, instance.taxonomy.concept(name))
            for each in ({}, *members) if like is not None else ():
                _add(facts, like, name, each)
    contexts = {fact.context.id: fact.context for fact in facts if fact.context is not None}
    return replace(
        instance, facts=tuple(facts), contexts={**instance.contexts, **contexts}, anchors=None, links={}, _by_id={}
    )


def _like(plain: Sequence[Fact], concept: Any) -> Fact | None:
    """A fact whose context and unit a fact of a concept may have."""
    if concept is None or concept.abstract or concept.kind != "item":
        return None
    return next(
        (
            fact
            for fact in plain
            if fact.is_numeric is concept.is_numeric
            and fact.concept
            and fact.concept.period_type == concept.period_type
        ),
        None,
    )


def _add(facts: list[Fact], like: Fact, name: QName, members: dict[QName, QName]) -> None:
    number = len(facts)
    context = like.context
    assert context is not None
    if members:
        containers = dict.fromkeys(members, "scenario")
        context = replace(context, id=f"made-{number}", dimensions=members, containers=containers)
    concept = like.home.instance.taxonomy.concept(name)
    facts.append(
        replace(
            like, id=f"made-{number}", qname=name, concept=concept, context=context, context_id=context.id,
            index=number, value="0", line=0,
        )
    )  # fmt: skip


def _parts(own: Definitions, made: VariableSet) -> Iterator[tuple[QName, list[dict[QName, QName]]]]:
    """A concept that a set is about, and members of the dimension by which its variables are filtered."""
    uses = [use for variable in made.variables for use in variable.filters]
    texts: dict[str, Any] = {
        part.name.local: part
        for use in uses
        if use.filter.node.element.name.local == "explicitDimension"
        for child in use.filter.node.element.children
        for part in (child, *child.children)
        if child.name.local == "dimension" or part.name.local == "linkrole"
    }
    names = _concepts(own, made)
    if "qname" not in texts or "linkrole" not in texts or not names:
        return
    taxonomy = own.taxonomy
    axis = taxonomy.concept(resolve(texts["qname"].string, texts["qname"].namespaces))
    default = taxonomy.default_member(axis) if axis is not None else None
    if default is not None:
        network = taxonomy.network(ARC_DOMAIN_MEMBER, texts["linkrole"].string.strip())
        yield names[0], [{axis.qname: each.target.qname} for each in network.children(default)[:2]]


def _planting(
    instance: Instance, ways: _Ways, chance: random.Random, rounds: int
) -> Iterator[tuple[Instance, list[VariableSet]]]:
    """Reports in which as many value assertions are satisfied as chance gives."""
    sets = [made for made in ways.own.sets if made.kind == "value" and not made.faults and made.id]
    instance = _completed(instance, ways.own, sets)
    for _ in range(rounds):
        values: dict[int, str] = {}
        for made in sets:
            concepts, literals = ways.concepts(made), _literals(made)
            for fact in instance.facts:
                if fact.qname in concepts and not fact.nil and (fact.index not in values or chance.random() < 0.3):
                    values[fact.index] = _value(fact, literals, chance)
        yield _changed(instance, values), sets


@pytest.mark.long
@pytest.mark.parametrize(("name", "rounds", "errors", "kinds"), [("esrs-1k.xbrl", 2, 40, 18), ("ssm-2k.xbrl", 1, 6, 4)])
def test_values_that_break_an_assertion_are_found_with_their_facts(
    shared_data: Path, name: str, rounds: int, errors: int, kinds: int
) -> None:
    """A value is made wrong, one after the other: both ways tell the same new errors, all of them about its fact."""
    instance = _open(shared_data, name)
    ways = _Ways(instance)
    chance = random.Random(15)
    found: set[Told] = set()
    for base, sets in _planting(instance, ways, chance, rounds):
        only = [made.id for made in sets]
        ours = ways.ours(base, only)
        assert not _unlike(ours, ways.theirs(base, only))
        before = _told(ours)
        satisfied = [made for made in sets if ours[made.id].satisfied and ways.concepts(made) and _compares(made)]
        for made in chance.sample(satisfied, min(len(satisfied), 10)):
            broken = _breaking(base, ways, made, ours[made.id].unsatisfied, chance)
            if broken is None:
                continue
            fact, wrong = broken
            after = ways.ours(wrong, only)
            new = _told(after) - before
            assert any(assertion == made.id for assertion, _ in new)
            assert all(fact.id in ids for _, ids in new), (fact, new)
            about = {made.id for made in sets if fact.qname in ways.concepts(made)} | {each for each, _ in new}
            assert not _unlike(after, ways.theirs(wrong, sorted(about)))
            found |= new
    print(len(found), len({assertion for assertion, _ in found}))
    assert len(found) >= errors, found
    assert len({assertion for assertion, _ in found}) >= kinds, found


_UNLIKE = {
    "formula": {
        "12030": "elementpath's fn:QName does not take untyped values",
        "12060": "documents of fn:doc, which elementpath is not given",
        "12061": "elementpath's fn:QName does not take untyped values",
        "22010": "documents of fn:doc; type errors that elementpath does not find",
        "22030": "documents of fn:doc",
        "60200": "elementpath adds decimals and integers as doubles",
        "61100": "nodes of relationships, which are of documents of their own",
    },
    "tables": {
        "0200": "elementpath's fn:resolve-QName does not take untyped values",
        "1030": "absolute paths without a context item (XPDY0002): elementpath always has a tree to begin with",
        "1070": "absolute paths without a context item (XPDY0002): elementpath always has a tree to begin with",
    },
}
"""Test cases in which the two ways differ, and in what."""


@pytest.mark.parametrize(
    ("name", "share"), [("formula", (0, 3)), ("formula", (1, 3)), ("formula", (2, 3)), ("tables", (0, 4))]
)
def test_suites_are_passed_by_elementpath_alone(shared_data: Path, name: str, share: tuple[int, int]) -> None:
    """Expressions of filters, rules, tests and messages alike; what elementpath does not evaluate is counted."""
    suite = SUITES[name]
    settings = Settings(
        str(shared_data / "suites" / suite.index), (str(shared_data / "taxonomies"),), offline=True, share=share
    )
    with by_elementpath() as alone:
        outcomes = list(run_suite(settings, jobs=1))
    failed = {each.variation.label: each.reason for each in outcomes if each.status == "failed"}
    unlike = {
        label: reason for label, reason in failed.items() if not any(f"/{case}" in label for case in _UNLIKE[name])
    }
    unlike = {
        label: reason
        for label, reason in unlike.items()
        if "formulas that the report does not lead to" not in str(reason)
    }
    assert not unlike, unlike
    assert sum(each.passed for each in outcomes) > 0.9 * len(outcomes)
    assert len(alone.left) < 12, alone.left
    assert alone.counts["evaluations left to recto"] <= alone.counts["evaluations"] / 20
    assert alone.counts["elementpath"] > 100
