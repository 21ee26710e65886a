"""XBRL's functions, and XPath over facts, with results that are known beforehand (function registry)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import recto
from recto.formula.compiler import Compiler, Run
from recto.formula.subject import Subject
from recto.names import XBRLDI, XBRLI, XSD
from recto.saving import save
from recto.xpath import XPathError
from recto.xpath.nodes import Node
from recto.xpath.values import QNameValue, string
from tests.instance.test_filing_indicators import REPORT

_T = "http://example.com/t"
_PREFIXES = {
    "t": _T,
    "xs": XSD,
    "xbrli": XBRLI,
    "xbrldi": XBRLDI,
    "xbrldt": "http://xbrl.org/2005/xbrldt",
    "xfi": "http://www.xbrl.org/2008/function/instance",
    "xff": "http://www.xbrl.org/2010/function/formula",
    "xfm": "http://www.xbrl.org/2008/function/math",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "link": "http://www.xbrl.org/2003/linkbase",
    "xlink": "http://www.w3.org/1999/xlink",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _PREFIXES.items())
_ITEM = 'substitutionGroup="xbrli:item" nillable="true" xbrli:periodType'
_TYPES = {
    **dict.fromkeys(("b", "c"), "monetary"),
    "s": "string",
    "db": "double",
    "bo": "boolean",
    "dt": "date",
    "q": "QName",
    "gy": "gYear",
    "fr": "fraction",
    "ni": "nonNegativeInteger",
    **dict.fromkeys(("dom", "m1", "m2", "m3"), "string"),
}
_ABSTRACT = 'type="xbrli:stringItemType" abstract="true" xbrli:periodType="instant" substitutionGroup="xbrldt'
_SCHEMA = (
    f'<schema xmlns="{XSD}" targetNamespace="{_T}" {_NAMES} elementFormDefault="qualified">'
    f'<import namespace="{XBRLI}" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
    '<import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>'
    '<annotation><appinfo><link:linkbaseRef xlink:type="simple" xlink:href="d.xml"'
    ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></appinfo></annotation>'
    f'<element name="a" id="a" type="xbrli:monetaryItemType" {_ITEM}="instant" xbrli:balance="debit"/>'
    f'<element name="d" id="d" type="xbrli:monetaryItemType" {_ITEM}="duration"/>'
    + "".join(
        f'<element name="{name}" id="{name}" type="xbrli:{kind}ItemType" {_ITEM}="instant"/>'
        for name, kind in _TYPES.items()
    )
    + '<element name="T" substitutionGroup="xbrli:tuple"><complexType><sequence><element ref="t:a"/>'
    '<element ref="t:b"/></sequence></complexType></element><element name="other" type="string"/>'
    f'<element name="H" id="H" {_ABSTRACT}:hypercubeItem"/><element name="E" id="E" {_ABSTRACT}:dimensionItem"/>'
    f'<element name="Y" id="Y" {_ABSTRACT}:dimensionItem" xbrldt:typedDomainRef="#domain"/>'
    '<element name="domain" id="domain" type="string"/></schema>'
)
_ARCS = (
    ("a", "H", "all", 'xbrldt:contextElement="segment"'),
    ("H", "E", "hypercube-dimension", ""),
    ("H", "Y", "hypercube-dimension", ""),
    ("E", "dom", "dimension-domain", ""),
    ("E", "dom", "dimension-default", ""),
    ("dom", "m1", "domain-member", ""),
    ("dom", "m2", "domain-member", 'order="2"'),
    ("m2", "m3", "domain-member", ""),
)
_LINKBASE = (
    f'<link:linkbase {_NAMES}><link:definitionLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
    + "".join(
        f'<link:loc xlink:type="locator" xlink:href="t.xsd#{name}" xlink:label="{name}"/>'
        for name in ("a", "H", "E", "Y", "dom", "m1", "m2", "m3")
    )
    + "".join(
        f'<link:definitionArc xlink:type="arc" xlink:from="{source}" xlink:to="{target}"'
        f' xlink:arcrole="http://xbrl.org/int/dim/arcrole/{arcrole}" {more}/>'
        for source, target, arcrole, more in _ARCS
    )
    + "</link:definitionLink></link:linkbase>"
)
_INSTANT, _DAY = "<xbrli:instant>2024-01-31</xbrli:instant>", "2024-01-31"


def _context(name: str, period: str = _INSTANT, segment: str = "", scenario: str = "", entity: str = "e") -> str:
    within = f"<xbrli:segment>{segment}</xbrli:segment>" if segment else ""
    beside = f"<xbrli:scenario>{scenario}</xbrli:scenario>" if scenario else ""
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://e">{entity}</xbrli:identifier>'
        f"{within}</xbrli:entity><xbrli:period>{period}</xbrli:period>{beside}</xbrli:context>"
    )


_CONTEXTS = (
    _context("i")
    + _context("j", "<xbrli:instant>2024-02-29</xbrli:instant>")
    + _context("k", f"<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>{_DAY}</xbrli:endDate>")
    + _context("f", "<xbrli:forever/>")
    + _context("o", entity="o")
    + _context("e1", segment='<xbrldi:explicitMember dimension="t:E">t:m1</xbrldi:explicitMember>')
    + _context("y1", segment='<xbrldi:typedMember dimension="t:Y"><t:domain>x</t:domain></xbrldi:typedMember>')
    + _context("sg", segment="<t:other>1</t:other>")
    + _context("sc", scenario="<t:other>2</t:other>")
)
_CHF, _SHARES = "<xbrli:measure>iso4217:CHF</xbrli:measure>", "<xbrli:measure>xbrli:shares</xbrli:measure>"
_UNITS = (
    f'<xbrli:unit id="u">{_CHF}</xbrli:unit>'
    '<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>'
    '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
    f'<xbrli:unit id="shares">{_SHARES}</xbrli:unit><xbrli:unit id="ps"><xbrli:divide><xbrli:unitNumerator>{_CHF}'
    f"</xbrli:unitNumerator><xbrli:unitDenominator>{_SHARES}</xbrli:unitDenominator></xbrli:divide></xbrli:unit>"
)


def _fact(name: str, id_: str, value: str | None, context: str = "i", unit: str = "", accuracy: str = "") -> str:
    if name in "abcd":
        unit = unit or "u"
    accuracy = accuracy or 'decimals="0"'
    of = f' unitRef="{unit}"' + (f" {accuracy}" if value is not None else "") if unit else ""
    rest = ' xsi:nil="true"/>' if value is None else f">{value}</t:{name}>"
    return f'<t:{name} contextRef="{context}"{of}' + (f' id="{id_}"' if id_ else "") + rest


_FACTS = (
    _fact("a", "a1", "1")
    + _fact("a", "a1b", "1.0")
    + _fact("a", "a2", "2", "j")
    + _fact("b", "b3", "3")
    + _fact("s", "s", " w ")
    + _fact("a", "ae1", "4", "e1")
    + _fact("a", "ay1", "7", "y1")
    + _fact("d", "d", "8", "k")
    + _fact("a", "ao", "9", "o")
    + _fact("a", "aeur", "10", "i", "eur")
    + _fact("a", "aps", "11", "i", "ps")
    + _fact("c", "c", None)
    + _fact("a", "asg", "12", "sg")
    + _fact("a", "asc", "13", "sc")
    + _fact("d", "df", "5", "f")
    + _fact("a", "p1", "1234", accuracy='decimals="-2"')
    + _fact("a", "p2", "1234", accuracy='precision="2"')
    + _fact("a", "p0", "0", accuracy='precision="2"')
    + _fact("a", "pinf", "0.0012", accuracy='decimals="INF"')
    + _fact("db", "db", "1e3", unit="pure")
    + "".join(_fact(name, name, value) for name, value in (("bo", "true"), ("dt", "2020-01-01"), ("q", "t:m1")))
    + _fact("gy", "gy", "2020Z")
    + _fact("ni", "ni", "5", unit="pure")
    + '<t:fr contextRef="i" unitRef="pure" id="fr"><xbrli:numerator>1</xbrli:numerator>'
    "<xbrli:denominator>3</xbrli:denominator></t:fr>"
    + f'<t:T id="T1">{_fact("a", "ta", "20")}{_fact("b", "tb", "21")}</t:T>'
    + f'<t:T id="T2">{_fact("a", "", "20")}{_fact("b", "", "21")}</t:T>'
)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"({', '.join(map(_shown, value))})"
    if isinstance(value, Node):
        return f"<{value.name.rpartition('}')[2]}>"
    if isinstance(value, str) and not isinstance(value, QNameValue):
        return f"'{value}'"
    return string(value)


def _given(text: str, subject: Subject, variables: dict[str, Any]) -> str:
    try:
        return _shown(Compiler(subject.taxonomy).compile(text, _PREFIXES)(Run(subject), variables, subject.root))
    except XPathError as error:
        return f"!{error.code}"


def test_functions_give_what_is_known(tmp_path: Path) -> None:
    (tmp_path / "t.xsd").write_text(_SCHEMA)
    (tmp_path / "d.xml").write_text(_LINKBASE)
    (tmp_path / "i.xbrl").write_text(
        f'<xbrli:xbrl {_NAMES}><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'
        f"{_CONTEXTS}{_UNITS}{_FACTS}</xbrli:xbrl>"
    )
    instance = recto.open(tmp_path / "i.xbrl", offline=True, use_cache=False).instances[0]
    subject = Subject(instance)
    facts = {node.fact.id: node for node in subject.facts()}

    def given(text: str) -> str:
        return _given(text, subject, facts)

    lines = (Path(__file__).parent / "known_functions.txt").read_text().splitlines()
    known = [line.rpartition(" | ") for line in lines if line and not line.startswith("#")]
    assert len(known) > 220
    unlike = [f"{text}\n    known {result}, given {given(text)}" for text, _, result in known if given(text) != result]
    assert not unlike, "\n".join(unlike)


def test_filing_indicators_in_both_of_their_forms(tmp_path: Path) -> None:
    (tmp_path / "r.xbrl").write_text(REPORT)
    save(recto.open(tmp_path / "r.xbrl", offline=True, use_cache=False), tmp_path / "r.json")
    known = {
        "xfi:positive-filing-indicators()": "'C_01.00'",
        "xfi:negative-filing-indicators()": "'C_02.00'",
        "xfi:positive-filing-indicator('C_01.00')": "true",
        "xfi:positive-filing-indicator('C_02.00')": "false",
        "xfi:negative-filing-indicator('C_02.00')": "true",
        "xfi:negative-filing-indicator('C_03.00')": "false",
    }
    for name in ("r.xbrl", "r.json"):
        subject = Subject(recto.open(tmp_path / name, offline=True, use_cache=False).instances[0])
        assert {text: _given(text, subject, {}) for text in known} == known, name
