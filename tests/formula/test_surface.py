"""What callers choose: values of parameters, languages of messages, assertions by id; and what formulas give."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.cli import main
from recto.errors import UsageError
from recto.filing import Filing
from tests.formula.small import arc, opened, resource, value_assertion, variable
from tests.formula.test_codes import _A, _INSTANT, _SCHEMA, _SEVERITY, _formula, _open, _parameter, _set

_UNSATISFIED = "http://xbrl.org/arcrole/2010/assertion-unsatisfied-message"
_V = variable("x", "v", "a")


def _message(label: str, text: str, language: str = "en", role: str = "") -> str:
    attributes = f'xml:lang="{language}"' + (f' xlink:role="{role}"' if role else "")
    return resource("msg:message", label, attributes, text) + arc("x", label, _UNSATISFIED)


def _told(filing: Filing, *languages: str) -> str:
    (result,) = filing.assertions(languages=languages)
    return result.details[0].message


@pytest.mark.parametrize(
    ("name", "attributes", "test", "key", "value"),
    [
        ("q", 'as="xs:integer" select="3"', "$q + 1 = 6", "q", " 5 "),
        ("q", 'as="xs:boolean" select="false()"', "$q", "q", "true"),
        ("q", 'as="xs:date" required="true"', "$q eq xs:date('2024-01-01')", "q", "2024-01-01"),
        ("q", 'as="xs:QName" select="xs:QName(\'t:b\')"', "$q eq xs:QName('t:a')", "q", "t:a"),
        ("t:q", 'select="3"', "$t:q = 5", "t:q", "5"),
        ("t:q", 'select="3"', "$t:q = 5", "q", "5"),
        ("t:q", 'select="3"', "$t:q = 5", "{http://example.com/t}q", "5"),
        ("q", "", "empty($q)", "other", "5"),
        ("q", 'as="xs:integer?"', "empty($q)", "other", "5"),
    ],
)
def test_values_of_parameters(tmp_path: Path, name: str, attributes: str, test: str, key: str, value: str) -> None:
    filing = _open(tmp_path, _parameter(name, attributes) + _set(test.replace('"', "&quot;")) + _V, {key: value})
    outcomes = filing.formula_outcomes()
    assert not outcomes.findings, [str(each) for each in outcomes.findings]
    assert [(each.satisfied, each.unsatisfied, each.failed) for each in outcomes.assertions] == [(2, 0, 0)]


def test_a_name_given_for_a_name_must_be_one(tmp_path: Path) -> None:
    formulas = _parameter("q", 'as="xs:QName" required="true"') + _set("true()") + _V
    for value in ("1a", "nowhere:a", "a b"):
        codes = [each.code for each in _open(tmp_path, formulas, {"q": value}).formula_outcomes().findings]
        assert codes == ["xbrlve:parameterTypeMismatch"], value


def test_messages_in_the_nearest_language_and_of_the_standard_role(tmp_path: Path) -> None:
    roles = "http://www.xbrl.org/2010/role/"
    formulas = value_assertion("x", "false()") + _V + _message("m1", "Hallo {$v}", "de")
    formulas += _message("m2", "hi", "en", roles + "terseMessage") + _message(
        "m3", "hello {$v}", "en", roles + "message"
    )
    filing = opened(tmp_path, formulas, [("a", "1", 1)])
    assert _told(filing, "de-AT", "en") == "Hallo 1"
    assert _told(filing, "en") == _told(filing, "fr", "en") == _told(filing) == "hello 1"


def test_a_message_is_told_without_the_part_that_is_malformed(tmp_path: Path) -> None:
    formulas = value_assertion("x", "false()") + _V + _message("m", "{$v} is {nowhere:f($v)} not good")
    filing = opened(tmp_path, formulas, [("a", "1", 1), ("a", "2", 2)])
    assert _told(filing) == "1 is not good"
    assert [each.code for each in filing.formula_outcomes().findings] == ["err:XPST0081"]


def test_the_commands_ask_for_languages_and_assertions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    formulas = value_assertion("x", "$v = 2") + _V + value_assertion("y", "$v = 1") + variable("y", "v", "a")
    formulas += _message("m1", "hello") + _message("m2", "Hallo", "de") + _parameter("q", 'select="1"')
    formulas += resource("validation:assertionSet", "both", 'xmlns:validation="http://xbrl.org/2008/validation"')
    formulas += arc("both", "x", "assertion-set")
    filing = opened(tmp_path, formulas, [("a", "1", 1)])
    report = [str(tmp_path / "i.xbrl"), "--offline"]

    def said(*arguments: str) -> tuple[int, str]:
        status = main([*arguments])
        captured = capsys.readouterr()
        return status, captured.out + captured.err

    for command in (["formulas", *report], ["validate", *report, "--rules", "formula"]):
        assert "hello" in said(*command)[1]
        assert "Hallo" in said(*command, "--language", "de")[1]
        assert "hello" in said(*command, "--assertion", "both")[1]
        assert said(*command, "--assertion", "y")[0] == 0
        status, told = said(*command, "--assertion", "x", "--assertion", "z")
        assert (status, "there is no assertion z" in told) == (2, True)
    assert "there is no parameter r" in said("formulas", *report, "--param", "r=1")[1]
    assert "there is no parameter" not in said("formulas", *report, "--param", "q=1")[1]
    assert [each.id for each in filing.assertions(only=["both"])] == ["x"]
    with pytest.raises(UsageError, match="no assertion z"):
        filing.assertions(only=["z"])


def _given(folder: Path, concept: str, value: str, rules: str = "") -> str:
    """The value that a formula gives to a fact, or the code of its error."""
    named = _A.replace("t:a", f"t:{concept}")
    outcomes = _open(folder, _formula(named + rules, f'value="{value}"')).formula_outcomes()
    facts = outcomes.output.instance().facts if outcomes.output is not None else ()
    return facts[0].value if facts else outcomes.findings[0].code


@pytest.mark.parametrize(
    ("concept", "value", "given"),
    [
        ("b", "1e6 * 2", "2000000"),
        ("b", "1e-7", "0.0000001"),
        ("b", "1.50", "1.5"),
        ("b", "'1.50'", "1.5"),
        ("b", "number('x')", "err:FOCA0002"),
        ("b", "'abc'", "err:FORG0001"),
        ("b", "xs:date('2024-01-01')", "err:XPTY0004"),
        ("s", "1.50", "1.5"),
        ("s", "xs:date('2024-01-01')", "2024-01-01"),
    ],
)
def test_facts_have_values_of_their_types(tmp_path: Path, concept: str, value: str, given: str) -> None:
    assert _given(tmp_path, concept, value) == given


def test_a_default_member_is_not_stated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    link = (
        '<annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="d.xml"'
        ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></appinfo></annotation>'
    )
    monkeypatch.setattr("tests.formula.test_codes._SCHEMA", _SCHEMA.replace("<import", link + "<import", 1))
    arcs = "".join(
        f'<link:definitionArc xlink:type="arc" xlink:from="E" xlink:to="m" xlink:arcrole="http://xbrl.org/int/dim/{each}"/>'
        for each in ("arcrole/dimension-domain", "arcrole/dimension-default")
    )
    (tmp_path / "d.xml").write_text(
        '<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<link:definitionLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        '<link:loc xlink:type="locator" xlink:href="t.xsd#E" xlink:label="E"/>'
        f'<link:loc xlink:type="locator" xlink:href="t.xsd#m" xlink:label="m"/>{arcs}</link:definitionLink>'
        "</link:linkbase>"
    )

    def dimensions(member: str) -> list[str]:
        rule = f'<formula:explicitDimension dimension="t:E"><formula:member><formula:qname>t:{member}</formula:qname>'
        rules = _A + _INSTANT + rule + "</formula:member></formula:explicitDimension>"
        output = _open(tmp_path, _formula(rules)).formula_outcomes().output
        return [axis.local for axis in output.instance().facts[0].context.dimensions]

    assert dimensions("s") == ["E"]
    assert dimensions("m") == []


def test_implicit_filtering_is_turned_off_in_both_ways(tmp_path: Path) -> None:
    counts = []
    for at, word in enumerate(("false", "0", "true", "1")):
        folder = tmp_path / str(at)
        folder.mkdir()
        formulas = value_assertion("x", "true()", word) + _V + variable("x", "w", "b")
        (result,) = opened(folder, formulas, [("a", "1", 1), ("b", "2", 2)]).assertions()
        counts.append(result.satisfied)
    assert counts == [1, 1, 0, 0]


def test_messages_of_consistency_assertions_ask_for_facts_and_radius(tmp_path: Path) -> None:
    formulas = _formula(_A, 'value="$v + 5"') + resource(
        "ca:consistencyAssertion", "ca", 'strict="true" proportionalAcceptanceRadius="1 div 10"'
    )
    words = (
        "{$ca:aspect-matched-facts} for {$v + 5} is not within {$ca:acceptance-radius}"
        " ({$ca:proportional-acceptance-radius-expression}{$ca:absolute-acceptance-radius-expression})"
    )
    message = resource("msg:message", "m", 'xml:lang="en"', words) + arc("ca", "m", _UNSATISFIED)
    formulas += arc("ca", "x", "consistency-assertion-formula") + message
    outcomes = _open(tmp_path, formulas).formula_outcomes()
    assert not outcomes.findings, [str(each) for each in outcomes.findings]
    (result,) = [each for each in outcomes.assertions if each.kind == "consistency"]
    assert [detail.message for detail in result.details] == [
        "1 for 6 is not within 0.6 (1 div 10)",
        "2 for 7 is not within 0.7 (1 div 10)",
    ]


@pytest.mark.parametrize(("severity", "status"), [("ok", 0), ("warning", 0), ("error", 1)])
def test_the_exit_status_is_of_errors_alone(tmp_path: Path, severity: str, status: int) -> None:
    formulas = _set("$v lt 0") + _V + resource(f"sev:{severity}", "w") + arc("x", "w", _SEVERITY)
    _open(tmp_path, formulas)
    report = [str(tmp_path / "i.xbrl"), "--offline"]
    assert main(["formulas", *report]) == status


def test_a_period_that_ends_before_it_begins_is_none(tmp_path: Path) -> None:
    start, end = "xs:date('2025-01-01')", "xs:date('2024-12-31')"
    period = f'<formula:period><formula:duration start="{start}" end="{end}"/></formula:period>'
    assert _given(tmp_path, "d", "1", period) == "err:FORG0001"
    assert _given(tmp_path, "d", "1", period.replace("2025", "2024")) == "1"
