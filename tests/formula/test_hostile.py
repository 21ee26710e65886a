"""A DTS in which everything goes round or on without end: findings in bounded time, and what is sound is evaluated."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto
from tests.effort import bounded
from tests.formula.small import arc, opened, resource, value_assertion, variable

FACTS = [("a", "1", 1), ("a", "2", 2), ("b", "1", 1)]
_IMPLEMENTED = "http://xbrl.org/arcrole/2010/function-implementation"
_MESSAGE = "http://xbrl.org/arcrole/2010/assertion-unsatisfied-message"


def _function(name: str, other: str) -> str:
    """A custom function that calls another."""
    made = resource(
        "variable:function", f"s-{name}", f'name="f:{name}" output="xs:integer"', '<variable:input type="xs:integer"/>'
    )
    body = f'<cfi:input name="n"/><cfi:output>f:{other}($n + 1)</cfi:output>'
    return made + resource("cfi:implementation", f"i-{name}", "", body) + arc(f"s-{name}", f"i-{name}", _IMPLEMENTED)


def _filtered(label: str, element: str, attributes: str) -> str:
    made = value_assertion(label, "$v gt 0") + variable(label, "v", "a")
    return made + resource(element, f"{label}-g", attributes) + arc(f"{label}-v", f"{label}-g", "variable-filter")


_WITHOUT_END = "count(for $i in 1 to 1000000, $j in 1 to 1000000 return $i) gt 0"
_RANGE = "1 to 1000000000 = 5"
_PATTERN = "matches(string-join(for $i in 1 to 60 return 'a', ''), '^(a+)+$b')"
_SOUND = value_assertion("sound", "$v gt 0") + variable("sound", "v", "a")


def _hostile() -> str:
    formulas = _SOUND
    # Variables, parameters, boolean filters and functions that go round.
    formulas += value_assertion("round", "true()")
    for name, other in (("p", "q"), ("q", "r"), ("r", "p")):
        formulas += resource("gf:general", f"g-{name}", f'test="${other} = ."') + variable("round", name)
        formulas += arc(f"round-{name}", f"g-{name}", "variable-filter")
        formulas += resource("variable:parameter", f"par-{name}", f'name="par-{name}" select="$par-{other} + 1"')
    formulas += _function("ping", "pong") + _function("pong", "ping")
    formulas += value_assertion("calls", "f:ping(1) = $v") + variable("calls", "v", "a")
    boolean = 'xmlns:bf="http://xbrl.org/2008/filter/boolean"'
    formulas += _filtered("boolean", "bf:orFilter", boolean) + arc("boolean-g", "boolean-g", "boolean-filter")
    # Steps without end: in a test, a filter, a precondition, a fallback value, a general variable, a message.
    formulas += value_assertion("range", _RANGE) + variable("range", "v", "a")
    formulas += value_assertion("pattern", _PATTERN.replace("'", "&apos;")) + variable("pattern", "v", "a")
    formulas += _filtered("filter", "gf:general", f'test="{_WITHOUT_END}"')
    formulas += value_assertion("before", "$v gt 0") + variable("before", "v", "a")
    formulas += resource("variable:precondition", "pre", f'test="{_RANGE}"')
    formulas += arc("before", "pre", "variable-set-precondition")
    formulas += value_assertion("falls", "true()") + variable("falls", "v", "a")
    formulas += variable("falls", "w", "c", f'bindAsSequence="false" fallbackValue="{_RANGE}"')
    formulas += value_assertion("general", "true()") + variable("general", "v", "a")
    formulas += resource("variable:generalVariable", "gen", f'bindAsSequence="false" select="{_WITHOUT_END}"')
    formulas += arc("general", "gen", "variable-set", "w")
    formulas += value_assertion("says", "$v lt 0") + variable("says", "v", "a")
    role = 'xlink:role="http://www.xbrl.org/2010/role/message" xml:lang="en"'
    formulas += resource("msg:message", "msg", role, "It is {" + _RANGE + "}.")
    return formulas + arc("says", "msg", _MESSAGE)


def test_what_goes_on_without_end_is_told_and_the_rest_is_evaluated(tmp_path: Path) -> None:
    filing = opened(tmp_path, _hostile(), FACTS)
    with bounded(60):
        outcomes = filing.formula_outcomes()
    found = {each.id: each for each in outcomes.assertions}
    assert found.pop("sound").outcome == "satisfied"
    assert found.pop("says").unsatisfied == 2  # its message is at fault, it is not
    assert {name for name, each in found.items() if each.outcome not in ("failed", "not evaluated")} == set()
    codes = {each.code for each in outcomes.findings}
    assert {"xbrlve:cyclicDependencies", "xbrlve:parameterCyclicDependencies", "xpath:expressionBudget"} <= codes
    assert "xpath:filterCycle" in codes


def test_the_command_tells_it_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from recto.cli import main

    opened(tmp_path, _hostile(), FACTS)
    with bounded(90):
        assert main(["validate", str(tmp_path / "i.xbrl"), "--offline", "--rules", "formula", "-v"]) == 1
    told = capsys.readouterr().out
    assert "xpath:expressionBudget" in told
    assert "recto:internal" not in told


def test_one_bad_pattern_does_not_take_the_time_of_all(tmp_path: Path) -> None:
    """Hundreds of assertions with a catastrophic pattern."""
    formulas = _SOUND
    for number in range(100):
        formulas += value_assertion(f"p{number}", _PATTERN.replace("'", "&apos;")) + variable(f"p{number}", "v", "a")
    opened(tmp_path, formulas, FACTS)
    with bounded(60):
        found = {each.id: each.outcome for each in recto.open(tmp_path / "i.xbrl", offline=True).assertions()}
    assert found.pop("sound") == "satisfied"
    assert set(found.values()) <= {"failed", "unsatisfied"}


def test_many_that_run_on_do_not_take_the_time_of_all(tmp_path: Path) -> None:
    formulas = "".join(
        value_assertion(f"p{number}", _WITHOUT_END) + variable(f"p{number}", "v", "a") for number in range(300)
    )
    opened(tmp_path, formulas + _SOUND, FACTS)
    with bounded(90):
        found = {each.id: each.outcome for each in recto.open(tmp_path / "i.xbrl", offline=True).assertions()}
    assert found.pop("sound") == "satisfied"
    assert set(found.values()) == {"failed"}


_BOOLEAN = 'xmlns:bf="http://xbrl.org/2008/filter/boolean"'


def _nested(label: str, levels: int, times: int) -> str:
    """Boolean filters within one another, each with so many arcs to the next."""
    made = value_assertion(label, "$v gt 0") + variable(label, "v", "a")
    made += resource("bf:orFilter", f"{label}0", _BOOLEAN) + arc(f"{label}-v", f"{label}0", "variable-filter")
    for level in range(levels):
        made += resource("bf:orFilter", f"{label}{level + 1}", _BOOLEAN)
        for number in range(times):
            complement = "true" if number else "false"
            made += (
                '<variable:variableFilterArc xlink:type="arc"'
                ' xlink:arcrole="http://xbrl.org/arcrole/2008/boolean-filter" cover="true"'
                f' xlink:from="{label}{level}" xlink:to="{label}{level + 1}" complement="{complement}"'
                f' order="{number}"/>'
            )
    return (
        made
        + resource("gf:general", f"{label}-last", 'test=". gt 0"')
        + arc(f"{label}{levels}", f"{label}-last", "boolean-filter")
    )


def test_what_multiplies_within_itself_is_told(tmp_path: Path) -> None:
    """Filters that share their parts or nest too deeply, a function that doubles a sequence, a message of megabytes."""
    formulas = _SOUND + _nested("shared", 40, 2) + _nested("deep", 2000, 1)
    formulas += resource(
        *("variable:function", "s-twice", 'name="f:twice" output="xs:integer*"'),
        '<variable:input type="xs:integer*"/>',
    )
    body = '<cfi:input name="n"/><cfi:output>f:twice(($n, $n))</cfi:output>'
    formulas += resource("cfi:implementation", "i-twice", "", body) + arc("s-twice", "i-twice", _IMPLEMENTED)
    formulas += value_assertion("twice", "count(f:twice((1, 2))) gt $v") + variable("twice", "v", "a")
    formulas += value_assertion("says", "$v lt 0") + variable("says", "v", "a")
    role = 'xlink:role="http://www.xbrl.org/2010/role/message" xml:lang="en"'
    formulas += resource("msg:message", "long", role, "{string-join(for $i in 1 to 90000 return 'abcdefghij', '')}")
    formulas += arc("says", "long", _MESSAGE)
    with bounded(60):
        outcomes = opened(tmp_path, formulas, FACTS).formula_outcomes()
    found = {each.id: each for each in outcomes.assertions}
    assert found["sound"].outcome == "satisfied"
    assert all(len(each.message) < 30_000 for each in found["says"].details)
    assert {found[name].outcome for name in ("shared", "deep", "twice")} == {"failed"}
    assert "xpath:expressionBudget" in {each.code for each in outcomes.findings}
