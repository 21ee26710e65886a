"""Codes of formulas that other tests do not come to: each provoked by a small DTS that is wrong in one place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import recto
from recto.filing import Filing
from recto.findings import Finding
from recto.formula.names import ARC_IMPLEMENTATION
from tests.formula.small import _NAMES, arc, resource, variable

_MORE = (
    ' xmlns:formula="http://xbrl.org/2008/formula" xmlns:ca="http://xbrl.org/2008/assertion/consistency"'
    ' xmlns:acf="http://xbrl.org/2010/filter/aspect-cover" xmlns:mf="http://xbrl.org/2008/filter/match"'
    ' xmlns:df="http://xbrl.org/2008/filter/dimension" xmlns:xbrldt="http://xbrl.org/2005/xbrldt"'
    ' xmlns:sev="http://xbrl.org/2022/assertion-severity" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
    ' xmlns:validation="http://xbrl.org/2008/validation"'
)
_ITEM = 'substitutionGroup="xbrli:item" nillable="true" xbrli:periodType='
_SCHEMA = f"""<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="http://example.com/t" {_NAMES}{_MORE}>
<import namespace="http://www.xbrl.org/2003/instance"
  schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
<element name="a" id="a" type="xbrli:monetaryItemType" {_ITEM}"instant"/>
<element name="b" id="b" type="xbrli:monetaryItemType" {_ITEM}"instant"/>
<element name="d" id="d" type="xbrli:monetaryItemType" {_ITEM}"duration"/>
<element name="s" id="s" type="xbrli:stringItemType" {_ITEM}"instant"/>
<element name="m" id="m" type="xbrli:stringItemType" {_ITEM}"instant"/>
<element name="E" id="E" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"
  xbrli:periodType="instant"/>
<element name="Y" id="Y" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"
  xbrli:periodType="instant" xbrldt:typedDomainRef="#domain"/>
<element name="domain" id="domain" type="string"/>
</schema>"""
_INSTANCE = """<xbrli:xbrl {names}><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
<link:linkbaseRef xlink:type="simple" xlink:href="f.xml" xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
<xbrli:context id="i"><xbrli:entity><xbrli:identifier scheme="http://e">e</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2024-01-31</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:context id="j"><xbrli:entity><xbrli:identifier scheme="http://e">e</xbrli:identifier></xbrli:entity>
<xbrli:period><xbrli:instant>2024-02-29</xbrli:instant></xbrli:period></xbrli:context>
<xbrli:unit id="u"><xbrli:measure>iso4217:CHF</xbrli:measure></xbrli:unit>
<t:a contextRef="i" unitRef="u" decimals="0">1</t:a>
<t:a contextRef="j" unitRef="u" decimals="0">2</t:a>
<t:b contextRef="i" unitRef="u" decimals="0">3</t:b>
<t:s contextRef="i">words</t:s></xbrli:xbrl>"""
_UNSATISFIED = "http://xbrl.org/arcrole/2010/assertion-unsatisfied-message"
_SEVERITY = "http://xbrl.org/arcrole/2022/assertion-unsatisfied-severity"
_IMPLEMENTED = ARC_IMPLEMENTATION


def _open(folder: Path, formulas: str, parameters: dict[str, str] | None = None, more: str = "") -> Filing:
    """`more`: further namespaces."""
    names = _NAMES + _MORE + more
    link = f'<gen:link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">\n{formulas}</gen:link>'
    (folder / "f.xml").write_text(f"<link:linkbase {names}>{link}</link:linkbase>")
    (folder / "t.xsd").write_text(_SCHEMA)
    (folder / "i.xbrl").write_text(_INSTANCE.format(names=names))
    return recto.open(folder / "i.xbrl", offline=True, use_cache=False, parameters=parameters)


def _told(folder: Path, formulas: str, code: str, parameters: dict[str, str] | None = None) -> Finding:
    """The finding of that code, once and the same as often as one asks."""
    filing = _open(folder, formulas, parameters)
    outcomes = filing.formula_outcomes()
    found = [each for each in outcomes.findings if each.code == code]
    assert found, [str(each) for each in outcomes.findings]
    again = filing.formula_outcomes(languages=("fr", "en")).findings
    assert [each for each in again if each.code == code] == found, "asking again tells nothing more"
    assert found[0].severity == "error"
    return found[0]


def _set(test: str = "true()", attributes: str = "", label: str = "x", model: str = "dimensional") -> str:
    own = f'aspectModel="{model}" implicitFiltering="true" test="{test}" {attributes}'
    return resource("va:valueAssertion", label, own)


def _parameter(name: str, attributes: str = "", label: str = "p") -> str:
    return resource("variable:parameter", label, f'name="{name}" {attributes}')


def _function(name: str, label: str = "fn") -> str:
    return resource(
        "variable:function", label, f'name="{name}" output="xs:integer"', '<variable:input type="xs:integer"/>'
    )


def _implementation(label: str = "impl", inputs: str = '<cfi:input name="n"/>') -> str:
    return resource("cfi:implementation", label, "", inputs + "<cfi:output>1</cfi:output>")


def _filter(name: str, label: str, content: str = "", attributes: str = "", on: str = "x-v") -> str:
    return resource(name, label, attributes, content) + arc(on, label, "variable-filter")


_V = variable("x", "v", "a")
_COVERING = "<acf:aspect>period</acf:aspect>"
_CONSISTENCY = 'strict="true"'
_RADII = 'absoluteAcceptanceRadius="1" proportionalAcceptanceRadius="0.1"'
_ONE = _set() + _V


def _own_arc(source: str, target: str, arcrole: str, **attributes: str) -> str:
    own = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return arc(source, target, arcrole, "v").replace(' name="v"', own)


_STATIC = {
    "xbrlve:variableNameResolutionFailure": _set() + _own_arc("x", "y", "variable-set", name="nowhere:v")
    + resource("variable:factVariable", "y", 'bindAsSequence="false"'),
    "xbrlve:parameterNameClash": _parameter("q", 'select="1"') + _parameter("q", 'select="2"', "p2") + _ONE,
    "xbrlve:unknownAspectModel": _set(model="cubist") + _V,
    "xbrlve:duplicateVariableNames": _ONE + resource("variable:factVariable", "y", 'bindAsSequence="false"')
    + arc("x", "y", "variable-set", "v"),
    "xbrlacfe:inconsistentAspectCoverFilters": _ONE + _filter("acf:aspectCover", "c1", _COVERING)
    + resource("acf:aspectCover", "c2", "", _COVERING)
    + _own_arc("x-v", "c2", "variable-filter", cover="false"),
    "xbrlacfe:invalidAspect": _ONE + _filter("acf:aspectCover", "c1", "<acf:aspect>weather</acf:aspect>"),
    "xbrlcae:missingFormulae": resource("ca:consistencyAssertion", "ca", _CONSISTENCY),
    "xbrlcae:acceptanceRadiusConflict": resource("ca:consistencyAssertion", "ca", f"{_CONSISTENCY} {_RADII}"),
    "xbrlcae:variablesNotAllowed": resource("ca:consistencyAssertion", "ca", _CONSISTENCY) + _ONE
    + _own_arc("ca", "x-v", "consistency-assertion-parameter", name="v"),
    "xbrlve:multipleTypedDimensionEqualityDefinitions": _ONE
    + '<link:loc xlink:type="locator" xlink:href="t.xsd#domain" xlink:label="domain"/>'
    + resource("variable:equalityDefinition", "q1", 'test="true()"') + arc("domain", "q1", "equality-definition")
    + resource("variable:equalityDefinition", "q2", 'test="false()"') + arc("domain", "q2", "equality-definition"),
    "xbrlve:noProhibitedNamespaceForCustomFunction": _function("xfi:mine") + _ONE,
    "xbrlcfie:tooManyCFIRelationships": _function("f:mine") + _implementation() + _implementation("other")
    + arc("fn", "impl", _IMPLEMENTED) + arc("fn", "other", _IMPLEMENTED) + _ONE,
    "xbrlcfie:missingCFIRelationship": _implementation() + _ONE,
    "xbrlcfie:inputMismatch": _function("f:mine") + _implementation(inputs="") + arc("fn", "impl", _IMPLEMENTED) + _ONE,
    "xbrlve:factVariableReferenceNotAllowed": _ONE + resource("gf:general", "g", 'test="$v = 1"')
    + arc("x", "g", "variable-set-filter"),
    "xbrleae:variableReferenceNotAllowed": _V
    + resource("ea:existenceAssertion", "x", 'aspectModel="dimensional" implicitFiltering="true" test="$v = 1"'),
    "xbrlve:filterAspectModelMismatch": _set(model="non-dimensional") + _V + _filter(
        "df:explicitDimension", "df", "<df:dimension><df:qname>t:E</df:qname></df:dimension>"),
    "seve:assertionSeveritySourceError": _ONE + resource("sev:warning", "w") + arc("x-v", "w", _SEVERITY),
    "seve:assertionSeverityTargetError": _ONE + arc("x", "x-v", _SEVERITY),
    "seve:multipleSeveritiesForAssertionError": _ONE + resource("sev:warning", "w") + resource("sev:ok", "o")
    + arc("x", "w", _SEVERITY) + arc("x", "o", _SEVERITY),
    "seve:invalidSeverityExpressionResultError": _set("false()") + _V
    + resource("sev:expression", "w", 'severity="\'GRAVE\'"') + arc("x", "w", _SEVERITY),
    "xbrlmsge:missingLeftCurlyBracketInMessage": _ONE + resource("msg:message", "m", 'xml:lang="en"', "no } here")
    + arc("x", "m", _UNSATISFIED),
    "xbrlmsge:missingRightCurlyBracketInMessage": _ONE + resource("msg:message", "m", 'xml:lang="en"', "no {$v here")
    + arc("x", "m", _UNSATISFIED),
    "xbrlmfe:inconsistentMatchedVariableSequence": _set()
    + variable("x", "v", "a", 'bindAsSequence="true"')
    + _filter("acf:aspectCover", "c1", _COVERING) + variable("x", "w", "b")
    + _filter("mf:matchPeriod", "mp", "", 'variable="v"', on="x-w"),
    "xpath:missingParameter": _parameter("q", 'required="true"') + _ONE,
}  # fmt: skip


def test_a_parameter_of_no_namespace_and_one_of_another_type(tmp_path: Path) -> None:
    told = _told(tmp_path, _parameter("nowhere:q") + _ONE, "xbrlve:variableNameResolutionFailure")
    assert "nowhere:q" in told.message
    formulas = _parameter("q", 'as="xs:integer"') + _ONE
    told = _told(tmp_path, formulas, "xbrlve:parameterTypeMismatch", {"q": "three"})
    assert "xs:integer" in told.message
    assert told.line
    assert not _open(tmp_path, formulas, {"q": "3"}).formula_outcomes().findings


def _formula(
    rules: str, attributes: str = 'value="1"', source: str = "v", variables: str = "", decimals: str = "0"
) -> str:
    own = f'aspectModel="dimensional" implicitFiltering="true" {attributes}' + (f' source="{source}"' if source else "")
    accuracy = f"<formula:decimals>{decimals}</formula:decimals>"
    content = f"{accuracy}<formula:aspects>{rules}</formula:aspects>"
    return resource("formula:formula", "x", own, content) + (variables or variable("x", "v", "a"))


_A = "<formula:concept><formula:qname>t:a</formula:qname></formula:concept>"
_D = "<formula:concept><formula:qname>t:d</formula:qname></formula:concept>"
_S = "<formula:concept><formula:qname>t:s</formula:qname></formula:concept>"
_ENTITY = "<formula:entityIdentifier scheme=\"'http://e'\" value=\"'e'\"/>"
_INSTANT = "<formula:period><formula:instant value=\"xs:date('2024-01-31')\"/></formula:period>"
_UNIT = (
    "<formula:unit><formula:multiplyBy measure=\"QName('http://www.xbrl.org/2003/iso4217', 'CHF')\"/></formula:unit>"
)
_SEQUENCE = variable("x", "v", "a", 'bindAsSequence="true"') + _filter("acf:aspectCover", "c1", _COVERING)
_FALLS_BACK = variable("x", "v", "a", 'bindAsSequence="false" fallbackValue="0"')
_GENERAL = (
    resource("variable:generalVariable", "g", 'select="1" bindAsSequence="false"')
    + arc("x", "g", "variable-set", "g")
    + variable("x", "v", "a")
)
_FORMULAS = {
    "xbrlfe:missingConceptRule": _formula(_ENTITY + _INSTANT + _UNIT, source=""),
    "xbrlfe:incompleteConceptRule": _formula("<formula:concept/>" + _ENTITY + _INSTANT + _UNIT, source=""),
    "xbrlfe:missingEntityIdentifierRule": _formula(_A + _INSTANT + _UNIT, source=""),
    "xbrlfe:incompleteEntityIdentifierRule": _formula(
        _A + "<formula:entityIdentifier scheme=\"'http://e'\"/>" + _INSTANT + _UNIT, source=""),
    "xbrlfe:missingPeriodRule": _formula(_A + _ENTITY + _UNIT, source=""),
    "xbrlfe:incompletePeriodRule": _formula(
        _A + _ENTITY + "<formula:period><formula:instant/></formula:period>" + _UNIT, source=""),
    "xbrlfe:missingUnitRule": _formula(_A + _ENTITY + _INSTANT, source=""),
    "xbrlfe:missingSAVForUnitRule": _formula(_A + _ENTITY + _INSTANT + "<formula:unit/>", source=""),
    "xbrlfe:conflictingAspectRules": _formula(_D + _INSTANT),
    "xbrlfe:badUsageOfExplicitDimensionRule": _formula(_A + '<formula:explicitDimension dimension="t:Y"/>'),
    "xbrlfe:badUsageOfTypedDimensionRule": _formula(_A + '<formula:typedDimension dimension="t:E"/>'),
    "xbrlfe:missingSAVForExplicitDimensionRule": _formula(
        _A + _ENTITY + _INSTANT + _UNIT + '<formula:explicitDimension dimension="t:E"/>', source=""),
    "xbrlfe:missingSAVForTypedDimensionRule": _formula(
        _A + _ENTITY + _INSTANT + _UNIT + '<formula:typedDimension dimension="t:Y"/>', source=""),
    "xbrlfe:illegalUseOfUncoveredQName": _formula(_A, source="formula:uncovered").replace(
        'implicitFiltering="true"', 'implicitFiltering="false"'),
    "xbrlfe:nonexistentSourceVariable": _formula(_A, source="nobody"),
    "xbrlfe:bindEmptySourceVariable": _formula(_A, variables=_FALLS_BACK),
    "xbrlfe:defaultAspectValueConflicts": _formula(_A, variables=_SEQUENCE),
    "xbrlfe:undefinedSAV": _formula(_A, source="formula:uncovered", variables=variable("x", "v", "a")
                                    + _filter("acf:aspectCover", "c1", "<acf:aspect>all</acf:aspect>")),
    "xbrlfe:sequenceSAVConflicts": _formula(
        _A + _ENTITY + '<formula:period source="v"/>' + _UNIT, source="", variables=_SEQUENCE),
    "xbrlfe:nonSingletonOutputValue": _formula(_A, attributes='value="1, 2"'),
    "xbrlfe:wrongXpathResultForTypedDimensionRule": _formula(
        _A + '<formula:typedDimension dimension="t:Y"><formula:xpath>1</formula:xpath></formula:typedDimension>'),
    "xbrlfe:badSubsequentOCCValue": _formula(_A + '<formula:occXpath occ="scenario" select="1"/>'),
}  # fmt: skip


@pytest.mark.parametrize(("code", "linkbase"), [*_STATIC.items(), *_FORMULAS.items()])
def test_definitions_and_output_rules(tmp_path: Path, code: str, linkbase: str) -> None:
    told = _told(tmp_path, linkbase, code)
    assert str(told.document).endswith("f.xml")
    assert told.line, told


@pytest.mark.parametrize(
    ("code", "formulas"),
    [
        ("xbrlfe:missingConceptRule",
         _formula("<formula:concept><formula:qnameExpression>1</formula:qnameExpression></formula:concept>")),
        ("xbrlfe:missingConceptRule", _formula("<formula:concept><formula:qname>t:domain</formula:qname>"
                                               "</formula:concept>")),
        ("xbrlfe:conflictingAspectRules", _formula(_A + _INSTANT + _INSTANT)),
        ("xbrlfe:conflictingAspectRules", _formula(_S + _UNIT)),
        ("xbrlfe:nonexistentSourceVariable", _formula(_A, source="g", variables=_GENERAL)),
        ("xbrlfe:nonSingletonOutputValue", _formula(_A, decimals="(0, 1)")),
        ("xbrlfe:badSubsequentOCCValue", _formula(
            _A + '<formula:occFragments occ="scenario"><xbrldi:explicitMember dimension="t:E">t:m'
            "</xbrldi:explicitMember></formula:occFragments>")),
        ("xbrlfe:missingSAVForExplicitDimensionRule", _formula(
            _A + '<formula:explicitDimension dimension="t:E"><formula:member><formula:qnameExpression>1'
            "</formula:qnameExpression></formula:member></formula:explicitDimension>")),
    ],
)  # fmt: skip
def test_output_rules_in_other_ways(tmp_path: Path, code: str, formulas: str) -> None:
    assert _told(tmp_path, formulas, code).line


def test_a_consistency_assertion_tells_by_how_much(tmp_path: Path) -> None:
    formula = _formula(_A, attributes='value="$v + 5"')
    assertion = resource("ca:consistencyAssertion", "ca", 'strict="true" absoluteAcceptanceRadius="1"')
    formulas = formula + assertion + arc("ca", "x", "consistency-assertion-formula")
    filing = _open(tmp_path, formulas)
    told = [each for each in filing.validate(["formula"]) if each.code == "formula:consistencyAssertionUnsatisfied"]
    assert len(told) == 2
    assert all(each.facts for each in told)


def test_what_must_be_there_and_is_not_is_told(tmp_path: Path) -> None:
    own = 'aspectModel="dimensional" implicitFiltering="true"'
    filing = _open(tmp_path, variable("x", "v", "d") + resource("ea:existenceAssertion", "x", own))
    told = [each for each in filing.validate(["formula"]) if each.code == "formula:existenceAssertionUnsatisfied"]
    assert [each.severity for each in told] == ["error"]
    assert told[0].line


def test_a_fact_without_an_element_has_none_to_lead_into(tmp_path: Path) -> None:
    """Paths look into XML. Of a report in another syntax it is written anew, and holds no fact that is invalid."""
    names = resource("va:valueAssertion", "x", _PATH)
    link = f'<gen:link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{names}</gen:link>'
    (tmp_path / "f.xml").write_text(f"<link:linkbase {_NAMES + _MORE}>{link}</link:linkbase>")
    (tmp_path / "t.xsd").write_text(_SCHEMA)
    fact = {
        "value": "1",
        "decimals": 0,
        "dimensions": {"concept": "t:a", "entity": "e:e", "unit": "iso4217:CHF", "period": "2024-02-01T00:00:00"},
    }
    namespaces = {"t": "http://example.com/t", "e": "http://e", "iso4217": "http://www.xbrl.org/2003/iso4217"}
    report = {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": namespaces,
            "taxonomy": ["t.xsd", "f.xml"],
        },
        "facts": {"good": fact, "bad": {**fact, "value": "many"}},
    }
    for facts, expected in (({"good": fact}, []), (report["facts"], ["xpath:noElement"])):
        (tmp_path / "i.json").write_text(json.dumps({**report, "facts": facts}))
        with recto.open(tmp_path / "i.json", offline=True, use_cache=False) as filing:
            assert [each.code for each in filing.formula_outcomes().findings] == expected


_PATH = 'aspectModel="dimensional" implicitFiltering="true" test="count(xfi:facts-in-instance(.)/@decimals) ge 0"'
