"""Sequences against a naive evaluator; parameters; why assertions are not evaluated; output; hostile expressions."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

import recto
from recto.cli import main
from recto.cli._app import app
from recto.formula.bind import Binder
from recto.rules.formula import ONLY
from tests.formula.small import arc, opened, resource, value_assertion, variable

Given = tuple[str, str, int]


def _facts(chance: random.Random) -> list[Given]:
    """Facts of a, b and c on three days, some of them twice."""
    found = [
        (name, str(chance.randint(1, 4)), day)
        for name in "abc"
        for day in (1, 2, 3)
        for _ in range(chance.choice((0, 1, 1, 2)))
    ]
    return found or [("a", "1", 1)]


def _sequences(facts: list[Given], name: str, *, matches: bool) -> list[tuple[Given, ...]]:
    """What a sequence variable of one concept may be bound to: the facts of a day; of two that match in all, one."""
    made: list[tuple[Given, ...]] = []
    for day in (1, 2, 3):
        group = tuple(fact for fact in facts if fact[0] == name and fact[2] == day)
        if group:
            made += [group] if matches else [(fact,) for fact in group]
    return made


@pytest.mark.parametrize("matches", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_sequences_are_those_of_nested_loops(tmp_path: Path, seed: int, matches: bool) -> None:
    chance = random.Random(seed)
    facts = _facts(chance)
    own = f'bindAsSequence="true" matches="{"true" if matches else "false"}"'
    fallback = chance.random() < 0.5
    formulas = value_assertion("x", "sum($a) ge sum($b) + count($b)")
    formulas += variable("x", "a", "a", own) + variable("x", "b", "b", own + (' fallbackValue="0"' if fallback else ""))
    (result,) = opened(tmp_path, formulas, facts).assertions()
    wanted: list[tuple[list[Decimal], list[Decimal]]] = []
    others = _sequences(facts, "b", matches=matches)
    for one in _sequences(facts, "a", matches=matches):
        found = [other for other in others if other[0][2] == one[0][2]]
        values = [Decimal(fact[1]) for fact in one]
        wanted += [(values, [Decimal(fact[1]) for fact in other]) for other in found]
        if not found and fallback:
            wanted.append((values, [Decimal(0)]))
    satisfied = sum(sum(a) >= sum(b) + len(b) for a, b in wanted)
    if fallback:  # nothing is demanded of a where it alone is missing: it has no value to fall back to
        assert result.satisfied + result.unsatisfied == len(wanted)
    assert (result.satisfied, result.unsatisfied) == (satisfied, len(wanted) - satisfied)


@pytest.mark.parametrize("seed", range(10))
def test_four_variables_of_which_some_cover_the_period(tmp_path: Path, seed: int) -> None:
    """A variable whose filter covers the period is joined to facts of any day."""
    chance = random.Random(100 + seed)
    facts = _facts(chance)
    loose = [name for name in "abc" if chance.random() < 0.4]
    formulas = value_assertion("x", "$a + $b ge $c")
    for name in "abc":
        formulas += variable("x", name, name)
        if name in loose:
            formulas += resource("pf:period", f"p{name}", 'test="true()"') + arc(
                f"x-{name}", f"p{name}", "variable-filter"
            )
    (result,) = opened(tmp_path, formulas, facts).assertions()
    rows = [
        row
        for row in itertools.product(*[[fact for fact in facts if fact[0] == name] for name in "abc"])
        if len({fact[2] for fact in row if fact[0] not in loose}) < 2
    ]
    satisfied = sum(Decimal(a[1]) + Decimal(b[1]) >= Decimal(c[1]) for a, b, c in rows)
    assert (result.satisfied, result.unsatisfied) == (satisfied, len(rows) - satisfied)


def _parameter(name: str, select: str, attributes: str = "") -> str:
    return resource("variable:parameter", f"p-{name}", f'name="{name}" select="{select}" {attributes}')


def test_several_equal_values_of_a_parameter_are_one_and_are_told(tmp_path: Path) -> None:
    formulas = (
        _parameter("p", "/xbrli:xbrl/t:a ge 3") + value_assertion("x", "$p and $b gt 0") + variable("x", "b", "b")
    )
    filing = opened(tmp_path, formulas, [("a", "3", 1), ("a", "3", 2), ("b", "1", 1)])
    outcomes = filing.formula_outcomes()
    assert [(each.code, each.severity) for each in outcomes.findings] == [("formula:severalEqualValues", "warning")]
    assert outcomes.assertions[0].outcome == "satisfied"


def test_several_values_of_a_parameter_that_differ_are_an_error_told_once(tmp_path: Path) -> None:
    formulas = _parameter("p", "/xbrli:xbrl/t:a ge 3")
    for label in ("x", "y"):
        formulas += value_assertion(label, "$p and $b gt 0") + variable(label, "b", "b")
    outcomes = opened(tmp_path, formulas, [("a", "3", 1), ("a", "4", 2), ("b", "1", 1)]).formula_outcomes()
    assert [each.code for each in outcomes.findings] == ["err:XPTY0004"]
    assert {each.outcome for each in outcomes.assertions} == {"not evaluated"}
    assert all("the parameter has no value" in each.reason for each in outcomes.assertions)


def test_why_assertions_are_not_evaluated(tmp_path: Path) -> None:
    formulas = value_assertion("x", "$p gt 0") + variable("x", "p", "c")
    formulas += value_assertion("y", "$p gt $q") + variable("y", "p", "a") + variable("y", "q", "b")
    formulas += value_assertion("z", "$p gt 0") + variable("z", "p", "a")
    formulas += resource("variable:precondition", "pre", 'test="$p gt 100"') + arc(
        "z", "pre", "variable-set-precondition"
    )
    found = opened(tmp_path, formulas, [("a", "1", 1), ("b", "1", 2)]).assertions()
    assert {each.id: (each.outcome, each.reason) for each in found} == {
        "x": ("not evaluated", "there is no fact for $p"),
        "y": ("not evaluated", "nothing that $q may be bound to matches what is bound before it"),
        "z": ("not evaluated", "its preconditions hold for none of its evaluations"),
    }
    assert found[1].variables == ("p", "q")
    assert found[1].text == "$p gt $q"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("explicit", "xbrldfe:invalidExplicitDimensionQName"),
        ("typed", "xbrldfe:invalidTypedDimensionQName"),
    ],
)
def test_filters_for_members_are_of_an_axis_of_their_kind(tmp_path: Path, kind: str, code: str) -> None:
    names = 'xmlns:df="http://xbrl.org/2008/filter/dimension"'
    axis = "<df:dimension><df:qname>t:b</df:qname></df:dimension>"
    formulas = (
        value_assertion("x", "$v gt 0")
        + variable("x", "v", "a")
        + resource(f"df:{kind}Dimension", "axis", names, axis)
        + arc("x-v", "axis", "variable-filter")
    )
    filing = opened(tmp_path, formulas, [("a", "1", 1)], "a b")
    assert [each.code for each in filing.validate(["formula"])] == [code]


def test_parameters_and_assertions_are_chosen_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formulas = (
        _parameter("least", "5", 'as="xs:decimal"') + value_assertion("x", "$p ge $least") + variable("x", "p", "a")
    )
    formulas += value_assertion("y", "$p ge 100") + variable("y", "p", "a")
    opened(tmp_path, formulas, [("a", "6", 1)])
    source = str(tmp_path / "i.xbrl")

    def told(*options: str) -> str:
        main(["validate", source, "--offline", "--rules", "formula", *options])
        return capsys.readouterr().out

    assert "[x: " not in told()
    assert "[x: f-0 i.xbrl:1]" in told("--param", "least=7")
    assert told("--assertion", "x") == ""
    assert "y" in told("--assertion", "y")
    filing = recto.open(source, offline=True, use_cache=False, parameters={ONLY: "y"})
    assert [each.subject for each in filing.validate(["formula"])] == ["y"]


def test_facts_that_formulas_give_are_written(tmp_path: Path) -> None:
    rules = (
        '<formula:aspects xmlns:formula="http://xbrl.org/2008/formula"><formula:concept><formula:qname>t:c'
        "</formula:qname></formula:concept></formula:aspects>"
    )
    made = (
        '<formula:formula xmlns:formula="http://xbrl.org/2008/formula" xlink:type="resource" xlink:label="x" id="x"'
        f' value="$a + $b" source="a" aspectModel="dimensional" implicitFiltering="true">{rules}</formula:formula>'
    )
    formulas = made + variable("x", "a", "a") + variable("x", "b", "b")
    opened(tmp_path, formulas, [("a", "6", 1), ("b", "1", 1), ("a", "2", 2), ("b", "3", 2)])
    target = tmp_path / "out.xbrl"
    result = CliRunner().invoke(app, ["formulas", str(tmp_path / "i.xbrl"), "--offline", "--facts", str(target)])
    assert result.exit_code == 0, result.output
    written = recto.open(target, offline=True, use_cache=False)
    assert [(fact.qname.local, fact.value) for fact in written.instances[0].facts] == [("c", "7"), ("c", "5")]


@pytest.mark.parametrize(
    "test",
    [
        "matches($p, '(3|33|333)*x') or 1 to 1000000000 = 5",
        "count(for $i in 1 to 1000000, $j in 1 to 1000000 return $i) gt 0",
        "string-length(string-join(for $i in 1 to 900000 return 'aaaaaaaaaaaaaaaaaaaa', '')) gt 0 and $p gt 0",
        "count(tokenize(string-join(for $i in 1 to 30000 return 'x', ''), '(x+x+)+y')) gt 0",
        "some $i in 1 to 900000, $j in 1 to 900000 satisfies $i + $j lt 0",
    ],
)
def test_expressions_without_end_are_one_finding(tmp_path: Path, test: str) -> None:
    formulas = value_assertion("x", test.replace("'", "&apos;")) + variable("x", "p", "a")
    formulas += value_assertion("y", "$p gt 0") + variable("y", "p", "a")
    outcomes = opened(tmp_path, formulas, [("a", "3", 1)]).formula_outcomes()
    assert len([each for each in outcomes.findings if each.severity == "error"]) == 1
    assert {each.id: each.outcome for each in outcomes.assertions} == {"x": "failed", "y": "satisfied"}


def test_products_without_end_are_one_finding(tmp_path: Path) -> None:
    """Seven variables without filters and without implicit filtering: 60 to the power of seven evaluations."""
    facts = [("a", "3", day) for day in range(1, 31)] * 2
    formulas = value_assertion("x", "true()", implicit="false") + "".join(variable("x", f"v{n}") for n in range(7))
    outcomes = opened(tmp_path, formulas, facts).formula_outcomes()
    assert [each.code for each in outcomes.findings] == ["xpath:expressionBudget"]


def test_documents_are_read_only_through_the_resolver(tmp_path: Path) -> None:
    formulas = value_assertion("x", "exists(doc('file:///etc/passwd')) and $p gt 0") + variable("x", "p", "a")
    formulas += value_assertion("y", "doc-available('https://example.com/x.xml') or $p gt 0") + variable("y", "p", "a")
    outcomes = opened(tmp_path, formulas, [("a", "3", 1)]).formula_outcomes()
    assert [each.code for each in outcomes.findings] == ["err:FODC0002"]
    assert {each.id: each.outcome for each in outcomes.assertions} == {"x": "failed", "y": "satisfied"}


@pytest.mark.parametrize("test", ["$v0 = $v1 + $v2", "($v0 - 2) * $v1 ge $v2", "$v0 ne $v1"])
def test_evaluations_at_once_are_those_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, test: str) -> None:
    formulas = value_assertion("x", test) + "".join(variable("x", f"v{at}", name) for at, name in enumerate("abc"))
    chance = random.Random(test)
    facts = [(name, str(chance.choice((1, 2, "3.0", -1))), day) for name in "abc" for day in range(1, 30)]
    facts.append(("a", "not a number", 30))
    told: list[object] = []
    for at_once in (True, False):
        if not at_once:
            monkeypatch.setattr(Binder, "tested", lambda *_: None)
        (result,) = opened(tmp_path, formulas, facts).formula_outcomes().assertions
        assert result.satisfied > 2
        assert result.unsatisfied > 2
        counts = (result.satisfied, result.unsatisfied, result.failed)
        told.append((counts, [(each.message, [fact.id for fact in each.facts]) for each in result.details]))
    assert told[0] == told[1]
