"""Formulas that give tuples, and facts in them (Formula tuples 1.0), by the scope of one formula in another."""

from __future__ import annotations

from pathlib import Path

import recto
from recto.formula.names import ARC_SCOPE
from tests.formula.small import _NAMES, arc, resource, variable
from tests.formula.test_known_functions import _CONTEXTS, _LINKBASE, _SCHEMA, _UNITS, _fact

_MORE = (
    ' xmlns:formula="http://xbrl.org/2008/formula" xmlns:tuple="http://xbrl.org/2010/formula/tuple"'
    ' xmlns:mf="http://xbrl.org/2008/filter/match" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
)
_SET = 'aspectModel="dimensional" implicitFiltering="true"'


def _aspects(concept: str, location: str) -> str:
    place = f'<tuple:location source="{location}"/>' if location else ""
    rule = f"<formula:concept><formula:qname>t:{concept}</formula:qname></formula:concept>"
    return f"<formula:aspects>{rule}{place}</formula:aspects>"


def _tuple(label: str, concept: str, location: str = "") -> str:
    return resource("tuple:tuple", label, _SET, _aspects(concept, location))


def _formula(label: str, concept: str, value: str, location: str) -> str:
    content = f"<formula:decimals>0</formula:decimals>{_aspects(concept, location)}"
    made = resource("formula:formula", label, f'{_SET} value="{value}" source="w"', content)
    same = resource("mf:matchPeriod", f"{label}-m", 'variable="v"') + arc(f"{label}-w", f"{label}-m", "variable-filter")
    return made + variable(label, "w", "b") + same


def _written(folder: Path, formulas: str) -> recto.Filing:
    link = f'<gen:link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{formulas}</gen:link>'
    (folder / "f.xml").write_text(f"<link:linkbase {_NAMES}{_MORE}>{link}</link:linkbase>")
    (folder / "t.xsd").write_text(_SCHEMA)
    (folder / "d.xml").write_text(_LINKBASE)
    facts = "".join(
        _fact(name, "", value, context)
        for name, value, context in (("a", "1", "i"), ("b", "2", "i"), ("a", "3", "j"), ("b", "4", "j"))
    )
    (folder / "i.xbrl").write_text(
        f'<xbrli:xbrl {_NAMES}{_MORE}><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'
        '<link:linkbaseRef xlink:type="simple" xlink:href="f.xml"'
        ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        f"{_CONTEXTS}{_UNITS}{facts}</xbrli:xbrl>"
    )
    return recto.open(folder / "i.xbrl", offline=True, use_cache=False)


def test_facts_stand_in_the_tuples_that_formulas_give(tmp_path: Path) -> None:
    formulas = _tuple("outer", "T") + variable("outer", "v", "a")
    formulas += _formula("first", "a", "$v", "held") + _formula("second", "b", "$w * 10", "held")
    formulas += "".join(arc("outer", each, ARC_SCOPE, "held") for each in ("first", "second"))
    formulas += resource("va:valueAssertion", "x", f'{_SET} test="count($held/*) = 2 and $held/t:b = ($v + 1) * 10"')
    formulas += arc("outer", "x", ARC_SCOPE, "held")
    formulas += arc("first", "x", ARC_SCOPE, "f") + arc("second", "x", ARC_SCOPE, "s")
    outcomes = _written(tmp_path, formulas).formula_outcomes()
    assert not outcomes.findings, [str(each) for each in outcomes.findings]
    (checked,) = [each for each in outcomes.assertions if each.id == "x"]
    assert (checked.satisfied, checked.unsatisfied, checked.failed) == (6, 0, 0), "two of each formula"
    given = outcomes.output.instance()
    found = [(fact.qname.local, fact.value, fact.parent.qname.local if fact.parent else "") for fact in given.facts]
    assert sorted(found) == [
        *(("T", "", ""), ("T", "", "")),
        *(("a", "1", "T"), ("a", "3", "T"), ("b", "20", "T"), ("b", "40", "T")),
    ]
    parents = {fact.parent for fact in given.facts if fact.parent is not None}
    assert len(parents) == 2
    periods = [{fact.context.id for fact in given.facts if fact.parent is each} for each in parents]
    assert sorted(map(len, periods)) == [1, 1], "what belongs together stands together"


def test_a_tuple_is_written_with_what_stands_in_it(tmp_path: Path) -> None:
    from recto.cli import main

    formulas = _tuple("outer", "T") + variable("outer", "v", "a")
    formulas += _formula("first", "a", "$v", "held") + _formula("second", "b", "$w * 10", "held")
    formulas += "".join(arc("outer", each, ARC_SCOPE, "held") for each in ("first", "second"))
    _written(tmp_path, formulas)
    out = tmp_path / "out.xbrl"
    assert main(["formulas", str(tmp_path / "i.xbrl"), "--offline", "--facts", str(out)]) == 0
    facts = recto.open(out, offline=True, use_cache=False).facts
    assert [(fact.qname.local, fact.value, fact.is_tuple) for fact in facts] == [
        ("T", "", True),
        ("a", "1", False),
        ("b", "20", False),
        ("T", "", True),
        ("a", "3", False),
        ("b", "40", False),
    ]


def test_a_tuple_has_the_concept_of_a_tuple(tmp_path: Path) -> None:
    formulas = _tuple("outer", "a") + variable("outer", "v", "a")
    outcomes = _written(tmp_path, formulas).formula_outcomes()
    assert [each.code for each in outcomes.findings] == ["xbrlfe:missingConceptRule"]
