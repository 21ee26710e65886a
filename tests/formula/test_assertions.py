"""Assertions of a small DTS: bindings, fallback, messages, faults, hostile expressions."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from pathlib import Path

import pytest

from tests.formula.small import arc, opened, resource, value_assertion, variable

FACTS = [("a", "3", 1), ("b", "1", 1), ("c", "2", 1), ("a", "9", 2), ("b", "1", 2), ("c", "2", 2), ("a", "5", 3)]


def _abc(label: str, test: str, fallback: str = "") -> str:
    own = 'bindAsSequence="false"' + (f' fallbackValue="{fallback}"' if fallback else "")
    return value_assertion(label, test) + "".join(variable(label, name, name, own) for name in "abc")


def test_facts_are_joined_and_what_fails_is_told_with_its_facts(tmp_path: Path) -> None:
    message = resource("msg:message", "m", 'xml:lang="en"', "a is {$a}, not {$b + $c} {{sic}}")
    said = arc("x", "m", "http://xbrl.org/arcrole/2010/assertion-unsatisfied-message")
    filing = opened(tmp_path, _abc("x", "$a = $b + $c") + message + said, FACTS)
    (result,) = filing.assertions()
    assert (result.id, result.outcome, result.satisfied, result.unsatisfied) == ("x", "unsatisfied", 1, 1)
    (detail,) = result.details
    assert detail.message == "a is 9, not 3 {sic}"
    assert [fact.value for fact in detail.facts] == ["9", "1", "2"]
    (told,) = [each for each in filing.validate(["formula"]) if each.code.startswith("formula:")]
    assert (told.code, told.severity) == ("formula:valueAssertionUnsatisfied", "error")
    assert (told.message, len(told.facts)) == ("a is 9, not 3 {sic}", 3)


@pytest.mark.parametrize(
    ("formulas", "code"),
    [
        (_abc("x", "$a = $nothing"), "xbrlve:unresolvedDependency"),
        (_abc("x", "$a = "), "err:XPST0003"),
        (_abc("x", "$a = f:unknown()"), "xbrlve:noCustomFunctionSignature"),
        (_abc("x", "$a = 1 to 1000000000"), "xpath:expressionBudget"),
        (_abc("x", "count(for $i in 1 to 100000, $j in 1 to 100000 return 1) = $a"), "xpath:expressionBudget"),
        (_abc("x", "$a div 0 = 1"), "err:FOAR0001"),
        (_abc("x", "$a = 1", "$b"), "xbrlve:fallbackValueVariableReferenceNotAllowed"),
    ],
)
def test_a_faulty_assertion_is_one_finding_and_the_rest_run(tmp_path: Path, formulas: str, code: str) -> None:
    other = value_assertion("y", "$p gt 0") + variable("y", "p", "a")
    filing = opened(tmp_path, formulas + other, FACTS)
    outcomes = filing.formula_outcomes()
    assert code in {each.code for each in outcomes.findings}
    assert {each.id: each.outcome for each in outcomes.assertions} == {"x": "failed", "y": "satisfied"}


def test_variables_that_depend_on_one_another(tmp_path: Path) -> None:
    def general(name: str, other: str) -> str:
        return (
            resource("gf:general", f"g{name}", f'test="${other} = ."')
            + variable("x", name)
            + arc(f"x-{name}", f"g{name}", "variable-filter")
        )

    filing = opened(tmp_path, value_assertion("x", "true()") + general("p", "q") + general("q", "p"), FACTS)
    assert "xbrlve:cyclicDependencies" in {each.code for each in filing.formula_outcomes().findings}


def test_endless_recursion_of_a_function_ends(tmp_path: Path) -> None:
    function = resource(
        "variable:function", "fn", 'name="f:x" output="xs:integer"', '<variable:input type="xs:integer"/>'
    )
    body = '<cfi:input name="n"/><cfi:output>f:x($n + 1)</cfi:output>'
    made = resource("cfi:implementation", "impl", "", body)
    link = arc("fn", "impl", "http://xbrl.org/arcrole/2010/function-implementation")
    formulas = function + made + link + value_assertion("x", "f:x(1) = $p") + variable("x", "p", "a")
    outcomes = opened(tmp_path, formulas, FACTS).formula_outcomes()
    assert [each.code for each in outcomes.findings] == ["xpath:expressionBudget"]


@pytest.mark.parametrize("seed", range(12))
def test_bindings_are_those_of_nested_loops(tmp_path: Path, seed: int) -> None:
    """Against a naive evaluator that tries every combination of facts and fallbacks."""
    chance = random.Random(seed)
    facts = [(name, str(chance.randint(1, 3)), day) for name in "abc" for day in (1, 2, 3) if chance.random() < 0.6]
    fallen = {name: chance.random() < 0.6 for name in "abc"}
    own = {name: 'bindAsSequence="false"' + (' fallbackValue="0"' if fallen[name] else "") for name in "abc"}
    formulas = value_assertion("x", "$a ge $b + $c") + "".join(variable("x", name, name, own[name]) for name in "abc")
    if not facts:
        facts = [("a", "1", 1)]
    (result,) = opened(tmp_path, formulas, facts).assertions()
    wanted = _naive(facts, fallen)
    satisfied = sum(a >= b + c for a, b, c in wanted)
    assert (result.satisfied, result.unsatisfied) == (satisfied, len(wanted) - satisfied)


def _naive(facts: list[tuple[str, str, int]], fallen: dict[str, bool]) -> list[tuple[Decimal, ...]]:
    choices = [[fact for fact in facts if fact[0] == name] + ([None] if fallen[name] else []) for name in "abc"]
    found = []
    for row in itertools.product(*choices):
        days = {fact[2] for fact in row if fact is not None}
        if len(days) == 1:
            found.append(row)
    richest = [
        row
        for row in found
        if not any(
            other is not row
            and all(mine is None or mine is theirs for mine, theirs in zip(row, other, strict=True))
            and other.count(None) < row.count(None)
            for other in found
        )
    ]
    return [tuple(Decimal(fact[1]) if fact is not None else Decimal(0) for fact in row) for row in richest]


@pytest.mark.parametrize("year", [2016, 2022])
def test_standard_severities_are_built_in(tmp_path: Path, year: int) -> None:
    """Locators lead into a linkbase that is published, which need not be at hand."""
    formulas = value_assertion("x", "$v lt 0") + variable("x", "v", "a")
    href = f"http://www.xbrl.org/{year}/severities.xml#WARNING"
    formulas += f'<link:loc xlink:type="locator" xlink:href="{href}" xlink:label="w"/>'
    formulas += arc("x", "w", f"http://xbrl.org/arcrole/{year}/assertion-unsatisfied-severity")
    filing = opened(tmp_path, formulas, [("a", "1", 1)])
    told = [(each.code, each.severity) for each in filing.validate(["formula"])]
    assert told == [("formula:valueAssertionUnsatisfied", "warning")]
