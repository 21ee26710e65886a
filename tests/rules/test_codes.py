"""Codes that suites provoke too, each provoked by a schema, a linkbase or an instance that is wrong in one place."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.instance.samples import inline, load, xbrl
from tests.rules.samples import findings
from tests.rules.small_filing import NAMESPACES

Check = Callable[..., list[str]]

BASE = """
<xs:complexType name="B"><xs:sequence><xs:element name="e" type="xs:string"/></xs:sequence>
  <xs:attribute name="a" type="xs:int" use="required"/><xs:attribute name="f" type="xs:string" fixed="x"/>
</xs:complexType>
<xs:complexType name="Open"><xs:attribute name="a" type="xs:int"/><xs:anyAttribute namespace="urn:o"/></xs:complexType>
"""


def restricted(base: str, content: str) -> str:
    return (
        f'{BASE}<xs:complexType name="R"><xs:complexContent><xs:restriction base="t:{base}">{content}</xs:restriction>'
        "</xs:complexContent></xs:complexType>"
    )


KEPT = '<xs:sequence><xs:element name="e" type="xs:string"/></xs:sequence>'
FIXED = '<xs:attribute name="f" type="xs:string" fixed="x"/>'
REQUIRED = '<xs:attribute name="a" type="xs:int" use="required"/>'


@pytest.mark.parametrize(
    ("code", "schema"),
    [
        ("s4s-att-invalid-value", '<xs:element name="X" nillable="maybe"/>'),
        ("s4s-att-must-appear", "<xs:group/>"),
        ("s4s-elt-character", '<xs:complexType name="X">text</xs:complexType>'),
        ("s4s-elt-invalid", '<xs:elements name="X"/>'),
        ("src-element.1", '<xs:element name="X" type="xs:int" default="1" fixed="1"/>'),
        ("src-element.3", '<xs:element name="X" type="xs:int"><xs:simpleType><xs:list itemType="xs:int"/>'
         "</xs:simpleType></xs:element>"),
        ("src-element.2.1", '<xs:complexType name="X"><xs:sequence><xs:element/></xs:sequence></xs:complexType>'),
        ("src-attribute.1", '<xs:attribute name="X" type="xs:int" default="1" fixed="1"/>'),
        ("src-attribute.3", '<xs:attribute name="X" type="xs:int"><xs:simpleType><xs:list itemType="xs:int"/>'
         "</xs:simpleType></xs:attribute>"),
        ("src-attribute.2.1", '<xs:complexType name="X"><xs:attribute/></xs:complexType>'),
        ("p-props-correct.2.1", '<xs:complexType name="X"><xs:sequence minOccurs="3" maxOccurs="2">'
         '<xs:element ref="t:Total"/></xs:sequence></xs:complexType>'),
        ("src-ct.1", '<xs:simpleType name="S"><xs:restriction base="xs:int"/></xs:simpleType><xs:complexType name="X">'
         '<xs:complexContent><xs:extension base="t:S"/></xs:complexContent></xs:complexType>'),
        ("src-simple-type.1", BASE + '<xs:simpleType name="S"><xs:restriction base="t:B"/></xs:simpleType>'),
        ("cos-st-restricts.3.3.1", '<xs:simpleType name="S" final="union"><xs:restriction base="xs:int"/>'
         '</xs:simpleType><xs:simpleType name="U"><xs:union memberTypes="t:S xs:string"/></xs:simpleType>'),
        ("derivation-ok-restriction.2.1.1",
         restricted("B", KEPT + '<xs:attribute name="a" type="xs:int" use="optional"/>' + FIXED)),
        ("derivation-ok-restriction.2.1.2",
         restricted("B", KEPT + '<xs:attribute name="a" type="xs:boolean" use="required"/>' + FIXED)),
        ("derivation-ok-restriction.2.1.3",
         restricted("B", KEPT + REQUIRED + '<xs:attribute name="f" type="xs:string" fixed="y"/>')),
        ("derivation-ok-restriction.2.2",
         restricted("B", KEPT + REQUIRED + FIXED + '<xs:attribute name="z" type="xs:int"/>')),
        ("derivation-ok-restriction.3",
         restricted("B", KEPT + '<xs:attribute name="a" use="prohibited"/>')),
        ("derivation-ok-restriction.4.1", restricted("B", KEPT + REQUIRED + '<xs:anyAttribute/>')),
        ("derivation-ok-restriction.4.2", restricted("Open", '<xs:anyAttribute namespace="##any"/>')),
        ("derivation-ok-restriction.5.2",
         BASE + '<xs:complexType name="R"><xs:simpleContent><xs:restriction base="t:B"><xs:simpleType>'
         '<xs:restriction base="xs:int"/></xs:simpleType></xs:restriction></xs:simpleContent></xs:complexType>'),
        ("cos-all-limited.1.2",
         BASE + '<xs:complexType name="E"><xs:complexContent><xs:extension base="t:B"><xs:all><xs:element name="g"/>'
         '<xs:element name="h"/></xs:all></xs:extension></xs:complexContent></xs:complexType>'),
    ],
)  # fmt: skip
def test_schemas(check: Check, code: str, schema: str) -> None:
    assert f"xmlSchema:{code}" in check(schema=schema)


PARTS = """
<xs:complexType name="Empty"><xs:attribute name="a" type="xs:int"/></xs:complexType>
<xs:complexType name="Abstract" abstract="true"/>
<xs:complexType name="Part"><xs:sequence><xs:element name="in" type="xs:int" minOccurs="0"/></xs:sequence>
</xs:complexType>
<xs:element name="Strict"><xs:complexType><xs:sequence><xs:any/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Int" type="xs:int" nillable="true"/>
<xs:element name="Fixed" type="xs:int" fixed="1"/>
<xs:element name="Idle" type="xs:int" abstract="true"/>
<xs:element name="Vague" type="t:Abstract"/>
<xs:element name="PartOf" type="t:Part"/>
<xs:element name="Keyed"><xs:complexType><xs:sequence>
  <xs:element name="row" maxOccurs="unbounded"><xs:complexType><xs:sequence>
    <xs:element name="k" type="xs:int" minOccurs="0" maxOccurs="2"/></xs:sequence>
    <xs:attribute name="u" type="xs:int"/><xs:attribute name="r" type="xs:int"/></xs:complexType></xs:element>
</xs:sequence></xs:complexType>
<xs:key name="key"><xs:selector xpath="t:row"/><xs:field xpath="t:k"/></xs:key>
<xs:unique name="once"><xs:selector xpath="t:row"/><xs:field xpath="@u"/></xs:unique>
<xs:keyref name="ref" refer="t:key"><xs:selector xpath="t:row"/><xs:field xpath="@r"/></xs:keyref>
</xs:element>
"""


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("cvc-elt.1", "<t:Strict><t:Undeclared/></t:Strict>"),
        ("cvc-elt.2", "<t:Idle>1</t:Idle>"),
        ("cvc-elt.3.2.1", '<t:Int xsi:nil="true">1</t:Int>'),
        ("cvc-elt.4.2", '<t:Int xsi:type="t:None">1</t:Int>'),
        ("cvc-elt.4.3", '<t:Int xsi:type="xs:boolean">1</t:Int>'),
        ("cvc-elt.5.2.2.2", "<t:Fixed>2</t:Fixed>"),
        ("cvc-type.2", "<t:Vague/>"),
        ("cvc-type.3.1.1", '<t:Int a="1">1</t:Int>'),
        ("cvc-type.3.1.3", "<t:Int>one</t:Int>"),
        ("cvc-complex-type.2.2", "<t:Int><t:Fixed>1</t:Fixed></t:Int>"),
        ("cvc-complex-type.2.3", "<t:PartOf>text</t:PartOf>"),
        ("cvc-identity-constraint.3", "<t:Keyed><t:row><t:k>1</t:k><t:k>2</t:k></t:row></t:Keyed>"),
        ("cvc-identity-constraint.4.1",
         '<t:Keyed><t:row u="1"><t:k>1</t:k></t:row><t:row u="1"><t:k>2</t:k></t:row></t:Keyed>'),
        ("cvc-identity-constraint.4.2.1", "<t:Keyed><t:row/></t:Keyed>"),
        ("cvc-identity-constraint.4.2.2", "<t:Keyed><t:row><t:k>1</t:k></t:row><t:row><t:k>1</t:k></t:row></t:Keyed>"),
        ("cvc-identity-constraint.4.3", '<t:Keyed><t:row r="2"><t:k>1</t:k></t:row></t:Keyed>'),
    ],
)  # fmt: skip
def test_elements(check: Check, code: str, content: str) -> None:
    """Elements of types of the filing's own, in an appinfo of its schema, which is assessed laxly, or in a segment."""
    held = f"<xs:annotation><xs:appinfo>{content}</xs:appinfo></xs:annotation>"
    segment = (
        '<xbrli:context id="s"><xbrli:entity><xbrli:identifier scheme="urn:s">e</xbrli:identifier><xbrli:segment>'
        f"{content}</xbrli:segment></xbrli:entity><xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period>"
        "</xbrli:context>"
    )
    found = {*check(schema=held + PARTS), *check(schema=PARTS, contexts=segment)}
    assert f"xmlSchema:{code}" in found


LINK = '<link:{0} xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{1}</link:{0}>'
ROLE = "<xs:annotation><xs:appinfo>{}</xs:appinfo></xs:annotation>"


def loc(name: str, label: str = "") -> str:
    return f'<link:loc xlink:type="locator" xlink:href="t.xsd#{name}" xlink:label="{label or name}"/>'


def arc(element: str, arcrole: str, source: str, target: str, extra: str = "") -> str:
    role = f"http://www.xbrl.org/2003/arcrole/{arcrole}"
    ends = f'xlink:from="{source}" xlink:to="{target}"'
    return f'<link:{element} xlink:type="arc" xlink:arcrole="{role}" {ends} {extra}/>'


def definition(arcrole: str, source: str, target: str) -> str:
    return LINK.format("definitionLink", loc(source) + loc(target) + arc("definitionArc", arcrole, source, target))


def role_type(used: str, uri: str = "urn:r", id: str = "r") -> str:
    return ROLE.format(f'<link:roleType roleURI="{uri}" id="{id}">{used}</link:roleType>')


def arcrole_type(used: str, id: str = "a") -> str:
    kind = f'<link:arcroleType arcroleURI="urn:a" id="{id}" cyclesAllowed="none">{used}</link:arcroleType>'
    return ROLE.format(kind)


USED = "<link:usedOn>link:presentationLink</link:usedOn>"
USED_ARC = "<link:usedOn>link:definitionArc</link:usedOn>"
TUPLE = (
    '<xs:element name="G" id="G" substitutionGroup="xbrli:tuple" {}><xs:complexType>{}</xs:complexType></xs:element>'
)
PLAIN = '<xs:attribute name="id" type="xs:ID"/>'
LINKBASE = "http://www.w3.org/1999/xlink/properties/linkbase"
LABELS = "http://www.xbrl.org/2003/role/labelLinkbaseRef"
LINKBASE_REF = ROLE.format('<link:linkbaseRef xlink:type="simple" xlink:href="{}" xlink:arcrole="{}"/>')


def remote(kind: str, arcrole: str) -> str:
    """A resource in one extended link, and an arc to it in another."""
    role = f'xlink:role="http://www.xbrl.org/2003/role/{kind}" xml:lang="en"'
    resource = f'<link:{kind} id="far" xlink:type="resource" xlink:label="far" {role}/>'
    located = loc("Total") + '<link:loc xlink:type="locator" xlink:href="#far" xlink:label="there"/>'
    return LINK.format(f"{kind}Link", resource) + LINK.format(
        f"{kind}Link", located + arc(f"{kind}Arc", arcrole, "Total", "there")
    )


def dimensional(*arcs: tuple[str, str, str]) -> str:
    """Arcs of Dimensions 1.0."""
    roles = "".join(
        f'<link:arcroleRef xlink:type="simple" arcroleURI="{DIMENSIONS}{name}"'
        f' xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#{name}"/>'
        for name in dict.fromkeys(each[0] for each in arcs)
    )
    own = "".join(arc("definitionArc", *each).replace("http://www.xbrl.org/2003/arcrole/", DIMENSIONS) for each in arcs)
    names = dict.fromkeys(name for each in arcs for name in each[1:])
    return roles + LINK.format("definitionLink", "".join(map(loc, names)) + own)


def typed(group: str, href: str) -> str:
    """A declaration with a reference to a typed domain, or with none."""
    domain = href and f'xbrldt:typedDomainRef="{href}"'
    return (
        f'<xs:element name="W" id="W" type="xbrli:stringItemType" substitutionGroup="xbrldt:{group}" abstract="true"'
        f' xbrli:periodType="duration" {domain}/>'
    )


DIMENSIONS = "http://xbrl.org/int/dim/arcrole/"
AXES = ("Axis", "Typed")


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("xmlSchema:cvc-id.2", {"facts": '<t:Text id="x" contextRef="year">a</t:Text>' * 2}),
        ("xbrl.5.2.5.2.1:zeroWeight", {"linkbase": LINK.format(
            "calculationLink", loc("Total") + loc("Part") + arc("calculationArc", "summation-item", "Total", "Part",
                                                                 'weight="0"'))}),
        ("xbrl.5.2.6.2.2:essenceTypes", {"linkbase": definition("essence-alias", "Total", "Shares")}),
        ("xbrl.5.2.6.2.2:essencePeriodTypes", {"linkbase": definition("essence-alias", "Total", "Text")}),
        ("xbrl.5.2.6.2.2:essenceBalances", {
            "schema": '<xs:element name="C" id="C" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"'
                      ' xbrli:periodType="instant" xbrli:balance="credit"/>',
            "linkbase": definition("essence-alias", "Total", "C")}),
        ("xbrl.5.2.6.2.3:similarTuples", {"linkbase": definition("similar-tuples", "Total", "Part")}),
        ("xbrl.5.2.6.2:arcEndNotItem", {"linkbase": definition("essence-alias", "Group", "Total")}),
        ("xbrl.5.2:arcEndNotConcept", {"linkbase": definition("general-special", "Code", "Total")}),
        ("xbrl.5.2:locatorTarget", {
            "schema": role_type(USED), "linkbase": definition("general-special", "r", "Total")}),
        ("xbrl.5.1.3:usedOnDuplicate", {"schema": role_type(USED + USED)}),
        ("xbrl.5.1.4:usedOnDuplicate", {"schema": arcrole_type(USED_ARC + USED_ARC)}),
        ("xbrl.5.1.3:roleTypeDuplicate", {"schema": role_type(USED) + role_type(USED, id="r2")}),
        ("xbrl.5.1.4:arcroleTypeDuplicate", {"schema": arcrole_type(USED_ARC) + arcrole_type(USED_ARC, "a2")}),
        ("xbrl.3.5.2.4:duplicateReference", {
            "schema": role_type(USED),
            "linkbase": '<link:roleRef xlink:type="simple" roleURI="urn:r" xlink:href="t.xsd#r"/>' * 2}),
        ("xbrl.3.5.2.4:referenceTarget", {
            "linkbase": '<link:roleRef xlink:type="simple" roleURI="urn:r" xlink:href="t.xsd#Total"/>'}),
        ("xbrl.3.5.2.5:duplicateReference", {
            "schema": arcrole_type(USED_ARC),
            "linkbase": '<link:arcroleRef xlink:type="simple" arcroleURI="urn:a" xlink:href="t.xsd#a"/>' * 2}),
        ("xbrl.3.5.2.5:referenceTarget", {
            "linkbase": '<link:arcroleRef xlink:type="simple" arcroleURI="urn:a" xlink:href="t.xsd#Total"/>'}),
        ("xbrl.3.5.3.3:roleNotAbsolute", {
            "linkbase": LINK.format("definitionLink", "").replace("http://www.xbrl.org/2003/role/link", "own")}),
        ("xbrl.3.5.3.9.1:arcroleNotAbsolute", {
            "linkbase": definition("x", "Total", "Part").replace("http://www.xbrl.org/2003/arcrole/x", "own")}),
        ("xbrl.3.5.3.8.3:roleNotAbsolute", {"linkbase": LINK.format(
            "labelLink", '<link:label xlink:type="resource" xlink:label="l" xlink:role="own" xml:lang="en"/>'
        )}),
        ("xbrl.4.9:tupleBalance", {"schema": TUPLE.format('xbrli:balance="debit"', PLAIN)}),
        ("xbrl.4.9:tuplePeriodType", {"schema": TUPLE.format('xbrli:periodType="instant"', PLAIN)}),
        ("xbrl.4.9:tupleElementDeclaration", {"schema": TUPLE.format(
            "", '<xs:sequence><xs:element name="in" type="xs:int"/></xs:sequence>' + PLAIN)}),
        ("xbrl.4.9:tupleElementItemOrTuple", {"schema": TUPLE.format(
            "", '<xs:sequence><xs:element ref="t:Code"/></xs:sequence>' + PLAIN)}),
        ("xbrl.4.9:tupleSimple", {"schema": '<xs:element name="G" substitutionGroup="xbrli:tuple" type="xs:string"/>'}),
        ("xbrl.3.5.3.7:customLocator", {"linkbase": LINK.format(
            "definitionLink", '<t:loc xlink:type="locator" xlink:href="t.xsd#Total" xlink:label="l"/>')}),
        ("xbrl.3.5.4:pointer", {"linkbase": LINK.format("definitionLink", loc("xpointer(Total)", "l"))}),
        ("xbrl.4.2:schemaRefTarget", {
            "linkbase": LINK.format("definitionLink", ""),
            "contexts": '<link:schemaRef xlink:type="simple" xlink:href="t.xml"/>'}),
        ("xbrl.4.3.2:linkbaseRefTarget", {"schema": LINKBASE_REF.format("t.xsd", LINKBASE)}),
        ("xbrl.4.3.3:linkbaseRefArcrole", {
            "schema": LINKBASE_REF.format("t.xml", "urn:a"), "linkbase": LINK.format("definitionLink", "")}),
        ("xbrl.4.3.4:linkbaseRefRole", {
            "schema": LINKBASE_REF.format("t.xml", f'{LINKBASE}" xlink:role="{LABELS}'),
            "linkbase": LINK.format("definitionLink", "")}),
        ("xbrl.5.1.2:declarationPlace", {"schema": f'<xs:element name="X">{role_type(USED)}</xs:element>'}),
        ("xbrl.5.2.2.3:remoteResource", {"linkbase": remote("label", "concept-label")}),
        ("xbrl.5.2.3.3:remoteResource", {"linkbase": remote("reference", "concept-reference")}),
        ("xbrldte:DRSUndirectedCycleError", {
            "schema": typed("hypercubeItem", ""),
            "linkbase": dimensional(*(("hypercube-dimension", *ends) for ends in product(("Cube", "W"), AXES)))}),
        ("xbrldte:DimensionDefaultTargetError", {"linkbase": dimensional(("dimension-default", "Axis", "Cube"))}),
        ("xbrldte:OutOfDTSSchemaError", {"schema": typed("dimensionItem", "other.xsd#Code")}),
        ("xbrldte:TypedDimensionError", {"schema": typed("dimensionItem", "#Nowhere")}),
        ("xbrldte:TypedDomainRefError", {"schema": typed("hypercubeItem", "#Code")}),
        ("xbrl.5.1.1:attributeOnNonConcept", {
            "schema": '<xs:element name="N" type="xs:int" xbrli:periodType="instant"/>'}),
        ("xbrl.4.7.4:scenarioContent", {"contexts":
            '<xbrli:context id="s"><xbrli:entity><xbrli:identifier scheme="urn:s">e</xbrli:identifier></xbrli:entity>'
            "<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period><xbrli:scenario><t:Total/>"
            "</xbrli:scenario></xbrli:context>"}),
    ],
)  # fmt: skip
def test_xbrl(check: Check, code: str, parts: dict[str, str]) -> None:
    assert code in check(**parts)


def test_an_instance_inside_of_another_document() -> None:
    whole = xbrl('<t:Note contextRef="y">a</t:Note>').replace("<xbrli:xbrl", "<t:envelope><xbrli:xbrl", 1)
    instance = load("xbrl", {"r.xml": whole + "</t:envelope>"}, "r.xml")[0]
    assert [fact.value for fact in instance.facts] == ["a"]
    (found,) = [each for each in findings(instance, "xbrl") if each.code == "xbrl.4.1:rootElement"]
    assert (found.severity, found.line, found.element) == ("error", 2, "t:envelope")


def test_a_unit_of_what_is_not_numeric() -> None:
    """In an XML instance the schema forbids the attribute; only in an inline document is it this rule's to tell."""
    number = '<ix:nonFraction name="t:Note" contextRef="y" unitRef="pure" decimals="0">1</ix:nonFraction>'
    instance = load("inline", {"r.htm": inline(number)}, "r.htm")[0]
    (found,) = [each for each in findings(instance, "xbrl") if each.code == "xbrl.4.6.2:nonNumericUnit"]
    assert (found.severity, found.line, found.facts) == ("error", instance.facts[0].line, (instance.facts[0].id,))


def test_a_target_namespace_of_nothing(check: Check, tmp_path: Path) -> None:
    (tmp_path / "u.xsd").write_text(f'<xs:schema {NAMESPACES} targetNamespace=" "/>', "utf-8")
    assert "xbrl.5.1:emptyTargetNamespace" in check(schema='<xs:include schemaLocation="u.xsd"/>')
