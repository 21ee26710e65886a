"""Planted errors: every one is found with its facts, and nothing else is."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest

import recto
from recto.filing import Filing
from recto.formula.definitions import VariableSet, definitions
from recto.xpath import Budget, Static, compile_expression
from recto.xpath.context import Dynamic
from recto.xpath.functions.registry import STANDARD
from tests.formula.small import opened, value_assertion, variable


@pytest.mark.parametrize("seed", range(4))
def test_planted_sums_are_found_with_their_facts(tmp_path: Path, seed: int) -> None:
    """Thirty sums on twelve days; the test is put once more to each day's values by the engine alone."""
    chance = random.Random(seed)
    names = [f"{letter}{number}" for number in range(30) for letter in "stu"]
    formulas, facts, planted = "", [], set()
    for number in range(30):
        formulas += value_assertion(f"x{number}", "$s = $t + $u")
        formulas += "".join(variable(f"x{number}", letter, f"{letter}{number}") for letter in "stu")
        for day in range(1, 13):
            one, other = (Decimal(chance.randint(-9_999, 9_999)) / 100 for _ in "tu")
            total = one + other
            if chance.random() < 0.1:
                total += Decimal(chance.choice((-1, 1))) / 100
                planted.add((f"x{number}", day))
            values = (("s", total), ("t", one), ("u", other))
            facts += [(f"{letter}{number}", str(value), day) for letter, value in values]
    chance.shuffle(facts)
    filing = opened(tmp_path, formulas, facts, " ".join(names))
    found = set()
    alone = compile_expression("$s = $t + $u", Static({}, STANDARD))
    for result in filing.assertions():
        assert result.satisfied + result.unsatisfied == 12
        for detail in result.details:
            (day,) = {
                fact.context.period.end.day - 1 for fact in detail.facts if fact.context and fact.context.period.end
            }
            assert sorted(fact.qname.local for fact in detail.facts) == [f"{letter}{result.id[1:]}" for letter in "stu"]
            values_by = {fact.qname.local[0]: fact.number for fact in detail.facts}
            assert alone(Dynamic(None, Budget()), values_by) is False
            found.add((result.id, day))
    assert found == planted


def _open(path: Path, data: Path) -> Filing:
    packages = [data / "packages" / "ssmxt-2022.zip", data / "taxonomies"]
    return recto.open(path, taxonomies=packages, offline=True)


def _names(made: VariableSet) -> set[str]:
    """Local names of the concepts that its variables are filtered by, through boolean filters too."""
    found: set[str] = set()
    for use in (*made.group_filters, *(use for each in made.variables for use in each.filters)):
        for element in use.filter.node.element.iter():
            if element.name.local == "qname":
                found.add(element.string.strip().rpartition(":")[2])
    return found


@pytest.mark.parametrize(("name", "least"), [("esrs-1k.xbrl", 20), ("ssm-2k.xbrl", 1)])
def test_facts_that_are_taken_away_are_missed_and_nothing_else(
    shared_data: Path, tmp_path: Path, name: str, least: int
) -> None:
    """Rule sets as regulators publish them: of concepts that assertions demand all facts are taken away."""
    path = shared_data / "formula" / name
    filing = _open(path, shared_data)
    before = {each.id: each for each in filing.assertions()}
    sets = {each.id: each for each in definitions(filing.instances[0].taxonomy).sets}
    demanded = {
        identifier: next(iter(_names(made)))
        for identifier, made in sets.items()
        if made.kind == "existence" and not made.preconditions and len(_names(made)) == 1
        and "$" not in (made.node.element.get("test") or "")  # others are phased in by parameters
        if len(made.variables) == 1 and before[identifier].outcome == "satisfied"
        and all(use.filter.node.name.local == "conceptName" for use in made.variables[0].filters)
    }  # fmt: skip
    reported = {fact.qname.local for fact in filing.facts}
    chosen = sorted(set(demanded.values()) & reported)
    random.Random(5).shuffle(chosen)
    taken = set(chosen[:30])
    assert len(taken) >= least
    text = path.read_text("utf-8")
    for concept in taken:
        text = re.sub(rf"<([\w.-]+:){concept}\b[^>]*?(?:/>|>.*?</\1{concept}>)", "", text, flags=re.DOTALL)
    (tmp_path / name).write_text(text, "utf-8")
    after = {each.id: each for each in _open(tmp_path / name, shared_data).assertions()}
    missed = {identifier for identifier, concept in demanded.items() if concept in taken}
    newly = {each for each, result in after.items() if result.outcome == "unsatisfied" != before[each].outcome}
    assert missed <= newly
    assert all(_names(sets[each]) & taken for each in newly)
    untouched = [each for each, made in sets.items() if made.variables and _names(made) and not _names(made) & taken]
    for each in untouched:
        counts = (before[each].satisfied, before[each].unsatisfied)
        if all(use.filter.node.name.local == "conceptName" for one in sets[each].variables for use in one.filters):
            assert (after[each].satisfied, after[each].unsatisfied) == counts, each
