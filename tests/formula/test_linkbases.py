"""Hostile linkbases, made by turns: each place of an expression with each that is bad, what is required left out or
of a wrong kind, arcs between any two resources, arcs without ends, what nests or goes round.

Whatever is wrong is told by a code of its specification, in bounded time, and what is sound is evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

import pytest
from lxml import etree

from recto.findings import Finding
from recto.formula import names
from tests.effort import bounded
from tests.formula.small import _NAMES, arc, resource, value_assertion, variable
from tests.formula.test_codes import _MORE, _open

_SPECIFIED = re.compile(
    "(err|xpath|xbrlve|xbrlfe|xbrlmsge|seve|xbrlcfie|xbrlcae|xbrleae|xbrlacfe|xbrlmfe|xbrldfe|xbrlcrfe|xbrlvarinste"
    "|xbrlvarscopee|xfie|xffe|formula):[A-Za-z]|{urn:own}mine"
)
"""Codes of specifications, and of what they leave to the processor."""
_ALL = "".join(
    f' xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "bf": names.F_BOOLEAN,
        "crf": names.F_RELATION,
        "ef": names.F_ENTITY,
        "rf": names.F_RELATIVE,
        "ssf": names.F_SEGMENT,
        "tf": names.F_TUPLE,
        "uf": names.F_UNIT,
        "vf": names.F_VALUE,
        "instances": names.INSTANCES,
        "own": "urn:own",
    }.items()
)
_EVERY = f"{_NAMES}{_MORE}{_ALL}"
_OWN = 'aspectModel="dimensional" implicitFiltering="true"'
_SEVERITY = names.ARC_SEVERITIES[1]
_UNSATISFIED = names.ARC_UNSATISFIED
_SOUND = value_assertion("sound", "$v gt 0") + variable("sound", "v", "a")
_V = variable("x", "v", "a")
_TRUE = value_assertion("x", "true()") + _V
_FALSE = value_assertion("x", "false()") + _V
_CONCEPT = "<formula:concept><formula:qname>t:a</formula:qname></formula:concept>"
_EN = 'xlink:role="http://www.xbrl.org/2010/role/message" xml:lang="en"'


def _formula(value: str = "1", decimals: str = "0", rules: str = _CONCEPT) -> str:
    content = f"<formula:decimals>{decimals}</formula:decimals><formula:aspects>{rules}</formula:aspects>"
    return resource("formula:formula", "x", f'{_OWN} value="{value}" source="v"', content) + _V


def _filter(element: str, attributes: str = "", content: str = "") -> str:
    return _TRUE + resource(element, "r", attributes, content) + arc("x-v", "r", "variable-filter")


def _function(body: str) -> str:
    signature = resource("variable:function", "s", 'name="f:own" output="item()*"')
    made = signature + resource("cfi:implementation", "r", "", body) + arc("s", "r", names.ARC_IMPLEMENTATION)
    return made + value_assertion("x", "count(f:own()) ge 0") + _V


def _named(element: str, within: str) -> Callable[[str], str]:
    """A filter that takes a name by expression."""
    prefix = element.partition(":")[0]
    open_, close = (f"<{prefix}:{within}>", f"</{prefix}:{within}>") if within else ("", "")
    inner = f"{open_}<{prefix}:qnameExpression>{{}}</{prefix}:qnameExpression>{close}"
    return lambda text: _filter(element, "", inner.format(text))


_PLACES: dict[str, Callable[[str], str]] = {
    "test": lambda text: value_assertion("x", text) + _V,
    "existence": lambda text: resource("ea:existenceAssertion", "x", f'{_OWN} test="{text}"') + _V,
    "precondition": lambda text: (
        _TRUE + resource("variable:precondition", "r", f'test="{text}"') + arc("x", "r", "variable-set-precondition")
    ),
    "fallback": lambda text: _TRUE + variable("x", "w", "b", f'bindAsSequence="false" fallbackValue="{text}"'),
    "general variable": lambda text: (
        _TRUE
        + resource("variable:generalVariable", "r", f'bindAsSequence="false" select="{text}"')
        + arc("x", "r", "variable-set", "w")
    ),
    "parameter": lambda text: resource("variable:parameter", "r", f'name="p" select="{text}"') + _TRUE,
    "typed parameter": lambda text: (
        resource("variable:parameter", "r", f'name="p" as="xs:date" select="{text}"') + _TRUE
    ),
    "message": lambda text: _FALSE + resource("msg:message", "r", _EN, f"{{{text}}}") + arc("x", "r", _UNSATISFIED),
    "severity": lambda text: _FALSE + resource("sev:expression", "r", f'severity="{text}"') + arc("x", "r", _SEVERITY),
    "step": lambda text: _function(f'<cfi:step name="m">{text}</cfi:step><cfi:output>$m</cfi:output>'),
    "output": lambda text: _function(f"<cfi:output>{text}</cfi:output>"),
    "radius": lambda text: (
        _formula()
        + resource("ca:consistencyAssertion", "r", f'strict="true" absoluteAcceptanceRadius="{text}"')
        + arc("r", "x", "consistency-assertion-formula")
    ),
    "proportional radius": lambda text: (
        _formula()
        + resource("ca:consistencyAssertion", "r", f'strict="true" proportionalAcceptanceRadius="{text}"')
        + arc("r", "x", "consistency-assertion-formula")
    ),
    "equality": lambda text: (
        _TRUE
        + '<link:loc xlink:type="locator" xlink:href="t.xsd#domain" xlink:label="domain"/>'
        + resource("variable:equalityDefinition", "r", f'test="{text}"')
        + arc("domain", "r", "equality-definition")
    ),
    "value": lambda text: _formula(text),
    "decimals": lambda text: _formula(decimals=text),
    "precision of a fact": lambda text: _formula(decimals=text).replace("formula:decimals", "formula:precision"),
    "concept": lambda text: _formula(
        rules=f"<formula:concept><formula:qnameExpression>{text}</formula:qnameExpression></formula:concept>"
    ),
    "scheme": lambda text: _formula(rules=f'{_CONCEPT}<formula:entityIdentifier scheme="{text}" value="\'e\'"/>'),
    "identifier": lambda text: _formula(rules=f'{_CONCEPT}<formula:entityIdentifier scheme="\'s\'" value="{text}"/>'),
    "instant": lambda text: _formula(
        rules=f'{_CONCEPT}<formula:period><formula:instant value="{text}"/></formula:period>'
    ),
    "start": lambda text: _formula(
        rules="<formula:concept><formula:qname>t:d</formula:qname></formula:concept><formula:period>"
        f'<formula:duration start="{text}" end="{text}"/></formula:period>'
    ),
    "measure": lambda text: _formula(
        rules=f'{_CONCEPT}<formula:unit augment="false"><formula:multiplyBy measure="{text}"/></formula:unit>'
    ),
    "divisor": lambda text: _formula(
        rules=f'{_CONCEPT}<formula:unit augment="true"><formula:divideBy measure="{text}"/></formula:unit>'
    ),
    "member": lambda text: _formula(
        rules=f'{_CONCEPT}<formula:explicitDimension dimension="t:E"><formula:member><formula:qnameExpression>'
        f"{text}</formula:qnameExpression></formula:member></formula:explicitDimension>"
    ),
    "typed member": lambda text: _formula(
        rules=f'{_CONCEPT}<formula:typedDimension dimension="t:Y"><formula:xpath>{text}</formula:xpath>'
        "</formula:typedDimension>"
    ),
    "rest of a scenario": lambda text: _formula(rules=f'{_CONCEPT}<formula:occXpath occ="scenario" select="{text}"/>'),
    "general filter": lambda text: _filter("gf:general", f'test="{text}"'),
    "concept name": _named("cf:conceptName", "concept"),
    "custom attribute": _named("cf:conceptCustomAttribute", "attribute"),
    "value of an attribute": lambda text: _filter(
        "cf:conceptCustomAttribute", f'value="{text}"', "<cf:attribute><cf:qname>t:q</cf:qname></cf:attribute>"
    ),
    "data type": lambda text: _named("cf:conceptDataType", "type")(text).replace(' id="r" ', ' id="r" strict="true" '),
    "substitution group": lambda text: _named("cf:conceptSubstitutionGroup", "substitutionGroup")(text).replace(
        ' id="r" ', ' id="r" strict="true" '
    ),
    "entity filter": lambda text: _filter("ef:identifier", f'test="{text}"'),
    "specific scheme": lambda text: _filter("ef:specificScheme", f'scheme="{text}"'),
    "specific identifier": lambda text: _filter("ef:specificIdentifier", f'scheme="\'s\'" value="{text}"'),
    "period filter": lambda text: _filter("pf:period", f'test="{text}"'),
    "date": lambda text: _filter("pf:periodInstant", f'date="{text}"'),
    "time": lambda text: _filter("pf:periodStart", f'date="xs:date(\'2024-01-01\')" time="{text}"'),
    "single measure": _named("uf:singleMeasure", "measure"),
    "measures": lambda text: _filter("uf:generalMeasures", f'test="{text}"'),
    "segment": lambda text: _filter("ssf:segment", f'test="{text}"'),
    "dimension": _named("df:explicitDimension", "dimension"),
    "typed dimension": lambda text: _filter(
        "df:typedDimension", f'test="{text}"', "<df:dimension><df:qname>t:Y</df:qname></df:dimension>"
    ),
    "precision": lambda text: _filter("vf:precision", f'minimum="{text}"'),
    "covered dimension": _named("acf:aspectCover", "dimension"),
    "location": lambda text: _TRUE + variable("x", "w", "b") + resource(
        "tf:locationFilter", "r", f'variable="v" location="{text}"') + arc("x-w", "r", "variable-filter"),
    "relation": lambda text: _filter(
        "crf:conceptRelation", f'test="{text}"',
        "<crf:qname>t:a</crf:qname><crf:linkrole>http://www.xbrl.org/2003/role/link</crf:linkrole><crf:arcrole>"
        "http://www.xbrl.org/2003/arcrole/parent-child</crf:arcrole><crf:axis>child</crf:axis>"),
    "source of a relation": lambda text: _filter(
        "crf:conceptRelation", "",
        f"<crf:qnameExpression>{text}</crf:qnameExpression><crf:linkroleExpression>{text}</crf:linkroleExpression>"
        f"<crf:arcroleExpression>{text}</crf:arcroleExpression><crf:axis>child</crf:axis>"),
}  # fmt: skip
_DEEP = 5000
_STATIC = {
    "1 +": "err:XPST0003",
    "$nobody": "err:XPST0008|xbrlve:unresolvedDependency",
    "nowhere:f()": "err:XPST0081|xbrlve:noCustomFunctionSignature",
    "nowhere:name": "err:XPST0081",
    "f:nothing(1)": "xbrlve:noCustomFunctionSignature",
    "xfi:nothing(1)": "err:XPST0017|xbrlve:noCustomFunctionSignature",
    "fn:abs()": "err:XPST0017",
    "1 cast as xs:nothing": "err:XPST0051|err:XPST0080",
    "self::a(": "err:XPST0003",
    "(: no end": "err:XPST0003",
    "'no end": "err:XPST0003|xbrlmsge:missingRightCurlyBracketInMessage",
    "(" * _DEEP + "1" + ")" * _DEEP: "err:XPST0003|xpath:expressionBudget",
    "-" * _DEEP + "1": "",
    "1" + "+ 1" * _DEEP: "",
}
"""Expressions with what is told of them wherever they stand; "" where they are only long."""
_WHEN_EVALUATED = (
    "1 idiv 0",
    "error()",
    "error(QName('urn:own', 'own:mine'), 'mine')",
    "1 to 1000000000",
    "matches(string-join(for $i in 1 to 60 return 'a', ''), '^(a+)+$b')",
    "matches('a', '(')",
    "replace('aaaa', '', 'b')",
    "f:again(1)",
    "doc('http://127.0.0.1:9/x.xml')",
    "xs:integer('x')",
    "xs:date('2024-02-31')",
    "('a', 1, xs:date('2024-01-31'), 1.5e300)",
    "()",
    "/..",
    "//*",
    "1.5e300 * 1.5e300",
    "xs:double('NaN')",
    "1 div 3",
    "'x'",
    "true() treat as xs:date",
    "'1e999999999'",
    "'NaN'",
    "9999999999 * 9999999999 * 9999999999 * 9999999999 * 9999999999",
    "xs:dayTimeDuration('P1D') div 0",
    "current-date() + xs:yearMonthDuration('P99999999999Y')",
    "codepoints-to-string((0, 55296, 1114112))",
    "QName('', 'a:b')",
)
"""Expressions that may end in an error where they are evaluated."""
_AGAIN = (
    resource("variable:function", "again", 'name="f:again" output="item()*"', '<variable:input type="item()*"/>')
    + resource("cfi:implementation", "again-i", "", '<cfi:input name="n"/><cfi:output>f:again($n + 1)</cfi:output>')
    + arc("again", "again-i", names.ARC_IMPLEMENTATION)
)


_LEADS_NOWHERE = "xbrl.3.5.3.7.2"
"""Of a locator."""


def _tell(folder: Path, formulas: str) -> list[Finding]:
    """What is told of the formulas, beside which a sound assertion stands that is evaluated."""
    filing = _open(folder, formulas + _SOUND, more=_ALL)
    found = [*filing.validate(["formula"])]
    assert not [each for each in found if not _SPECIFIED.match(each.code) and each.code != _LEADS_NOWHERE]
    outcomes = {each.id: each.outcome for each in filing.assertions()}
    assert outcomes["sound"] == "satisfied", (outcomes, [str(each) for each in found])
    return found


def _everywhere(text: str) -> str:
    """An expression in each place, a line for each, with labels and names of its own."""
    escaped = escape(text)
    return "\n".join(_own_names(made(escaped), number) for number, made in enumerate(_PLACES.values()))


_LABELS = re.compile(r'((?:label|id|from|to)=")((?:x|r|s|domain)(?:-[a-z-]+)?)"|(name="p|"f:own|f:own\(\))')


def _own_names(formulas: str, number: int) -> str:
    def other(match: re.Match[str]) -> str:
        if match[2]:
            return f'{match[1]}{match[2]}{number}"'
        return f"f:own{number}()" if match[3] == "f:own()" else f"{match[3]}{number}"

    return _LABELS.sub(other, formulas)


@pytest.mark.parametrize(("text", "codes"), _STATIC.items(), ids=[each[:12] for each in _STATIC])
def test_static_errors_in_every_place(tmp_path: Path, text: str, codes: str) -> None:
    with bounded(60):
        found = _tell(tmp_path, _everywhere(text))
    for number, place in enumerate(_PLACES):
        if codes:
            told = {each.code for each in found if each.line == number + 2}
            assert any(re.fullmatch(codes, code) for code in told), (place, told)


@pytest.mark.parametrize("text", _WHEN_EVALUATED)
def test_dynamic_errors_in_every_place(tmp_path: Path, text: str) -> None:
    with bounded(120):
        _tell(tmp_path, _everywhere(text) + _AGAIN)


# What is required left out, or of a wrong kind

_JUNK = ("", " ", "true()", "$v", "t:a", "t:nothing", "nowhere:b", "-1", "1", "\u00e9{", "http://", "x" * 3000)


def _changed(formulas: str) -> Iterator[str]:
    """The formulas with one attribute, child or text of the resource "r" left out, then some of the junk in it."""
    whole = f"<x {_EVERY}>{formulas}</x>"
    count = len(_parts(etree.fromstring(whole)))
    for number in range(count):
        for junk in (None, *(_JUNK[(number + at) % len(_JUNK)] for at in (0, 3, 7))):
            root = etree.fromstring(whole)
            element, name = _parts(root)[number]
            if name is None and junk is None:
                element.getparent().remove(element)
            elif name is None:
                element.text = junk
            elif junk is None:
                del element.attrib[name]
            else:
                element.set(name, junk)
            yield "".join(etree.tostring(each, encoding="unicode") for each in root)


def _parts(root: etree._Element) -> list[tuple[etree._Element, str | None]]:
    (resource_,) = [each for each in root if each.get("id") == "r"] or [root[0]]
    parts: list[tuple[etree._Element, str | None]] = []
    for each in resource_.iter():
        parts += [(each, name) for name in each.attrib if "xlink" not in name and name != "id"]
        if each is not resource_:
            parts.append((each, None))
    return parts


@pytest.mark.parametrize("place", list(_PLACES))
def test_what_is_required_is_left_out_or_of_a_wrong_kind(tmp_path: Path, place: str) -> None:
    with bounded(120):
        for formulas in _changed(_PLACES[place]("1")):
            _tell(tmp_path, formulas)


# Arcs

_RESOURCES = {
    "value": value_assertion("value", "true()"),
    "existence": resource("ea:existenceAssertion", "existence", _OWN),
    "consistency": resource("ca:consistencyAssertion", "consistency", 'strict="true"'),
    "set": resource("validation:assertionSet", "set"),
    "formula": resource("formula:formula", "formula", f'{_OWN} value="1"'),
    "fact": resource("variable:factVariable", "fact", 'bindAsSequence="false"'),
    "general": resource("variable:generalVariable", "general", 'bindAsSequence="false" select="1"'),
    "parameter": resource("variable:parameter", "parameter", 'name="p" select="1"'),
    "precondition": resource("variable:precondition", "precondition", 'test="true()"'),
    "filter": resource("gf:general", "filter", 'test="true()"'),
    "or": resource("bf:orFilter", "or"),
    "equality": resource("variable:equalityDefinition", "equality", 'test="true()"'),
    "message": resource("msg:message", "message", _EN, "text"),
    "severity": resource("sev:warning", "severity"),
    "signature": resource("variable:function", "signature", 'name="f:own" output="item()*"'),
    "implementation": resource("cfi:implementation", "implementation", "", "<cfi:output>1</cfi:output>"),
    "instance": resource("instances:instance", "instance", 'name="own:instance"'),
    "strange": resource("own:thing", "strange"),
    "concept": '<link:loc xlink:type="locator" xlink:href="t.xsd#a" xlink:label="concept"/>',
    "domain": '<link:loc xlink:type="locator" xlink:href="t.xsd#domain" xlink:label="domain"/>',
    "nothing": '<link:loc xlink:type="locator" xlink:href="t.xsd#nothing" xlink:label="nothing"/>',
    "no file": '<link:loc xlink:type="locator" xlink:href="#nothing" xlink:label="nofile"/>',
}
_ENDS = [*(name for name in _RESOURCES if name != "no file"), "nofile", "absent"]
_ARCROLES = sorted(
    {value for name, value in vars(names).items() if name.startswith("ARC_") and isinstance(value, str)}
    | set(names.ARC_SEVERITIES)
)


@pytest.mark.parametrize("arcrole", _ARCROLES)
def test_arcs_between_any_two_ends(tmp_path: Path, arcrole: str) -> None:
    """All at once from each source, with a name and without: cycles, wrong kinds and what is not there among them."""
    everything = "".join(_RESOURCES.values())
    with bounded(60):
        for source in _ENDS:
            for name in ("", "v", "nowhere:v"):
                arcs = "".join(arc(source, target, arcrole, name) for target in _ENDS)
                _tell(tmp_path, everything + arcs)
        _tell(tmp_path, everything + "".join(arc(one, other, arcrole) for one in _ENDS for other in _ENDS))


def test_every_arc_at_once(tmp_path: Path) -> None:
    arcs = [arc(one, other, role) for role in _ARCROLES for one in _ENDS for other in _ENDS]
    with bounded(60):
        _tell(tmp_path, "".join(_RESOURCES.values()) + "".join(arcs))
