"""Several instances: given ones, those that formulas give, and chains of formulas by scope (Instances 1.0)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import recto
from recto.cli import main
from recto.filing import Filing
from recto.formula.evaluate import AssertionResult
from recto.formula.names import ARC_SCOPE
from recto.suites import Outcome, Settings, run_suite
from tests.formula.small import arc, opened, resource, value_assertion, variable

_INSTANCE = "http://xbrl.org/arcrole/2010/"
_ASPECTS = (
    '<formula:aspects xmlns:formula="http://xbrl.org/2008/formula"><formula:concept><formula:qname>t:{concept}'
    "</formula:qname></formula:concept></formula:aspects>"
)


def _instance(name: str) -> str:
    made = resource("instances:instance", name, f'name="i:{name}"')
    return made.replace(
        "<instances:instance ",
        '<instances:instance xmlns:instances="http://xbrl.org/2010/variable/instance" xmlns:i="urn:i" ',
    )


def _formula(label: str, concept: str, value: str, source: str = "v") -> str:
    attributes = f'aspectModel="dimensional" implicitFiltering="true" value="{value}" source="{source}"'
    made = resource("formula:formula", label, attributes, _ASPECTS.format(concept=concept))
    decimals = '<formula:decimals xmlns:formula="http://xbrl.org/2008/formula">0</formula:decimals>'
    made = made.replace("<formula:aspects ", decimals + "<formula:aspects ", 1)
    return made.replace("<formula:formula ", '<formula:formula xmlns:formula="http://xbrl.org/2008/formula" ', 1)


def _results(filing: Filing, **given: Filing) -> dict[str, AssertionResult]:
    instances = {name: each.instances[0] for name, each in given.items()}
    return {each.id: each for each in filing.formula_outcomes(instances=instances).assertions}


def _folder(path: Path, name: str) -> Path:
    (path / name).mkdir()
    return path / name


def test_variables_are_bound_in_another_instance(tmp_path: Path) -> None:
    """This year's opening balance is last year's closing balance, day by day."""
    formulas = value_assertion("x", "$v = $w") + variable("x", "v", "a") + variable("x", "w", "b") + _instance("last")
    formulas += arc("last", "x-w", _INSTANCE + "instance-variable")
    filing = opened(_folder(tmp_path, "now"), formulas, [("a", "1", 1), ("a", "2", 2), ("b", "99", 1)])
    last = opened(_folder(tmp_path, "last"), formulas, [("b", "1", 1), ("b", "3", 2), ("b", "4", 3)])
    found = _results(filing, last=last)["x"]
    assert (found.satisfied, found.unsatisfied) == (1, 1)
    (detail,) = found.details
    assert [(fact.qname.local, fact.value, fact.document.split("/")[-2]) for fact in detail.facts] == [
        ("a", "2", "now"),
        ("b", "3", "last"),
    ]


def test_an_instance_that_is_not_given_is_one_finding_and_the_rest_run(tmp_path: Path) -> None:
    formulas = value_assertion("x", "$v = $w") + variable("x", "v", "a") + variable("x", "w", "b") + _instance("last")
    formulas += arc("last", "x-w", _INSTANCE + "instance-variable")
    formulas += value_assertion("y", "$v = 1") + variable("y", "v", "a")
    filing = opened(tmp_path, formulas, [("a", "1", 1), ("b", "1", 1)])
    outcomes = filing.formula_outcomes()
    assert {each.id: each.outcome for each in outcomes.assertions} == {"x": "failed", "y": "satisfied"}
    assert [each.code for each in outcomes.findings] == ["formula:instanceMissing"]


def test_facts_that_a_formula_gives_to_an_instance_are_checked_there(tmp_path: Path) -> None:
    """The assertion stands before the formulas in the linkbase, and is evaluated after them."""
    formulas = value_assertion("x", "$v + $w = 12") + variable("x", "v", "b") + variable("x", "w", "c")
    formulas += _instance("made") + "".join(
        arc("made", f"x-{each}", _INSTANCE + "instance-variable") for each in ("v", "w")
    )
    for label, concept, factor in (("f", "b", 1), ("g", "c", 2)):
        formulas += _formula(label, concept, f"$v * {factor}") + variable(label, "v", "a")
        formulas += arc(label, "made", _INSTANCE + "formula-instance")
    filing = opened(tmp_path, formulas, [("a", "4", 1), ("a", "5", 2), ("b", "1000", 1)])
    outcomes = filing.formula_outcomes()
    found = {each.id: each for each in outcomes.assertions}
    assert (found["x"].satisfied, found["x"].unsatisfied) == (1, 1)
    assert sorted(fact.value for fact in found["x"].details[0].facts) == ["10", "5"]
    assert outcomes.output is None
    given = outcomes.outputs["made"].instance()
    assert sorted((fact.qname.local, fact.value) for fact in given.facts) == [
        ("b", "4"), ("b", "5"), ("c", "10"), ("c", "8"),
    ]  # fmt: skip


def test_instances_that_depend_on_one_another_are_told(tmp_path: Path) -> None:
    formulas = _instance("one") + _instance("other")
    for label, concept, source, target in (("f", "b", "one", "other"), ("g", "c", "other", "one")):
        formulas += _formula(label, concept, "$v") + variable(label, "v", "a")
        formulas += arc(source, f"{label}-v", _INSTANCE + "instance-variable")
        formulas += arc(label, target, _INSTANCE + "formula-instance")
    formulas += value_assertion("y", "$v = 1") + variable("y", "v", "a")
    outcomes = opened(tmp_path, formulas, [("a", "1", 1)]).formula_outcomes()
    assert {each.id: each.outcome for each in outcomes.assertions} == {"f": "failed", "g": "failed", "y": "satisfied"}
    assert {each.code for each in outcomes.findings} == {"xbrlvarinste:instanceVariableRecursionCycle"}


def test_scopes_chain_whatever_their_order_in_the_linkbase(tmp_path: Path) -> None:
    """x sees what g gave, and through g what f is bound to; only the last of them is asked for."""
    same = resource("gf:general", "same", 'test=". eq $v"')
    formulas = value_assertion("x", "$second = ($v + 1) * 10 and $v lt 2") + same
    formulas += _formula("g", "b", "$first * 10", source="u") + variable("g", "u", "a")
    formulas += arc("g-u", "same", "variable-filter")
    formulas += _formula("f", "b", "$v + 1") + variable("f", "v", "a")
    formulas += arc("g", "x", ARC_SCOPE, "second") + arc("f", "g", ARC_SCOPE, "first")
    filing = opened(tmp_path, formulas, [("a", "1", 1), ("a", "2", 2)])
    outcomes = filing.formula_outcomes(only=["x"])
    assert outcomes.findings == []
    assert [(each.id, each.satisfied, each.unsatisfied) for each in outcomes.assertions] == [("x", 1, 1)]
    assert sorted(int(fact.value) for fact in outcomes.output.instance().facts) == [2, 3, 20, 30]


def test_scopes_that_depend_on_one_another_are_told(tmp_path: Path) -> None:
    formulas = "".join(_formula(each, "b", "$v") + variable(each, "v", "a") for each in ("f", "g"))
    formulas += arc("f", "g", ARC_SCOPE, "m") + arc("g", "f", ARC_SCOPE, "n")
    outcomes = opened(tmp_path, formulas, [("a", "1", 1)]).formula_outcomes()
    assert {each.outcome for each in outcomes.assertions} == {"failed"}
    assert {each.code for each in outcomes.findings} == {"xbrlve:cyclicDependencies"}


def test_the_command_takes_further_reports_and_writes_each_instance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    formulas = _formula("f", "c", "$v - $w") + variable("f", "v", "a") + variable("f", "w", "b")
    formulas += _instance("last") + _instance("made") + arc("last", "f-w", _INSTANCE + "instance-variable")
    formulas += arc("f", "made", _INSTANCE + "formula-instance")
    now, last = _folder(tmp_path, "now"), _folder(tmp_path, "last")
    opened(now, formulas, [("a", "7", 1)])
    opened(last, formulas, [("b", "2", 1)])
    given = [f"last={last / 'i.xbrl'}"]
    arguments = ["formulas", str(now / "i.xbrl"), "--instance", *given, "--facts", str(now / "out.xbrl")]
    assert main([*arguments, "--offline"]) == 0
    assert not (now / "out.xbrl").exists()
    (fact,) = recto.open(now / "out.made.xbrl", offline=True).facts
    assert (fact.qname.local, fact.value) == ("c", "5")
    assert main(["formulas", str(now / "i.xbrl"), "--instance", "last", "--offline"]) == 2
    assert "NAME=SOURCE" in capsys.readouterr().err


def test_validation_takes_further_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By the command and the library; without one the finding says that it is missing, once."""
    formulas = value_assertion("x", "$v = $w") + variable("x", "v", "a") + variable("x", "w", "b") + _instance("last")
    formulas += arc("last", "x-w", _INSTANCE + "instance-variable")
    now, last = _folder(tmp_path, "now"), _folder(tmp_path, "last")
    opened(now, formulas, [("a", "1", 1), ("a", "2", 2)])
    opened(last, formulas, [("b", "1", 1), ("b", "3", 2)])
    report = str(now / "i.xbrl")
    arguments = ["validate", report, "--rules", "formula", "--offline", "--to", "json"]
    assert main(arguments) == 1
    assert [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()] == ["formula:instanceMissing"]
    assert main([*arguments, "--instance", f"last={last / 'i.xbrl'}"]) == 1
    (told,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told["code"] == "formula:valueAssertionUnsatisfied"
    assert "now/i.xbrl" in told["document"]
    findings = recto.validate(report, ["formula"], instances={"last": last / "i.xbrl"}, offline=True)
    assert [each.code for each in findings] == ["formula:valueAssertionUnsatisfied"]


def test_a_suite_names_further_reports(tmp_path: Path) -> None:
    """As conformance suites have them: `<instance name="i:last" readMeFirst="true">` beside the report itself."""
    formulas = value_assertion("x", "$v = $w") + variable("x", "v", "a") + variable("x", "w", "b") + _instance("last")
    formulas += arc("last", "x-w", _INSTANCE + "instance-variable")
    now, last = _folder(tmp_path, "now"), _folder(tmp_path, "last")
    opened(now, formulas, [("a", "1", 1), ("a", "2", 2), ("b", "99", 1)])
    opened(last, formulas, [("b", "1", 1), ("b", "3", 2)])

    def outcome(satisfied: int, name: str = ' name="i:last"') -> Outcome:
        counts = f'<assertionTests assertionID="x" countSatisfied="{satisfied}" countNotSatisfied="1"/>'
        (tmp_path / "case.xml").write_text(
            '<testcase xmlns="http://xbrl.org/2008/conformance" xmlns:i="urn:i"><variation id="V-1" name="one"><data>'
            f'<instance readMeFirst="true">now/i.xbrl</instance>'
            f'<instance readMeFirst="true"{name}>last/i.xbrl</instance>'
            f'<linkbase>now/f.xml</linkbase></data><result expected="valid">{counts}</result></variation></testcase>'
        )
        settings = Settings(
            str(tmp_path / "case.xml"), offline=True, cache_dir=str(tmp_path / "cache"), rules=("formula",)
        )
        (found,) = run_suite(settings, jobs=1)
        return found

    assert outcome(1).passed, outcome(1).reason
    assert "expected 2 satisfied" in str(outcome(2).reason)
    assert "found 0 and 0" in str(outcome(1, "").reason)
