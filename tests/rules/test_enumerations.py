"""Extensible Enumerations 1.0 and 2.0."""

from __future__ import annotations

import pytest

from tests.rules.samples import codes, findings, item, linkbase, load_xbrl, locators, schema

ROLE = "http://www.xbrl.org/2003/role/link"
ROOT = (
    'xmlns:enum="http://xbrl.org/2014/extensible-enumerations" '
    'xmlns:enum2="http://xbrl.org/2020/extensible-enumerations-2.0"'
)
ENUM2 = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  targetNamespace="{namespace}">
  <xs:import namespace="http://www.xbrl.org/2003/instance"
    schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
  <xs:attribute name="domain" type="xs:QName"/><xs:attribute name="linkrole" type="xs:anyURI"/>
  <xs:attribute name="headUsable" type="xs:boolean"/>
  {types}
</xs:schema>"""
TYPE = """<xs:complexType name="{name}"><xs:simpleContent><xs:restriction base="xbrli:{base}">
  <xs:attributeGroup ref="xbrli:nonNumericItemAttrs"/></xs:restriction></xs:simpleContent></xs:complexType>"""
IMPORT = (
    '<xs:import namespace="http://xbrl.org/2014/extensible-enumerations" schemaLocation="enum.xsd"/>'
    '<xs:import namespace="http://xbrl.org/2020/extensible-enumerations-2.0" schemaLocation="enum2.xsd"/>'
)
LINK = (
    f'<link:definitionLink xlink:type="extended" xlink:role="{ROLE}">'
    + locators("Regions", "Europe", "France", "Paris", "Asia")
    + "".join(
        '<link:definitionArc xlink:type="arc" xlink:arcrole="http://xbrl.org/int/dim/arcrole/domain-member" '
        f'xlink:from="{source}" xlink:to="{target}" order="1" {more}/>'
        for source, target, more in (
            ("Regions", "Europe", 'xbrldt:usable="false"'),
            ("Europe", "France", ""),
            ("France", "Paris", ""),
        )
    )
    + "</link:definitionLink>"
)


def files(concepts: str) -> dict[str, str]:
    members = "".join(item(name, "xbrli:stringItemType") for name in ("Regions", "Europe", "France", "Paris", "Asia"))
    both = TYPE.format(name="enumerationItemType", base="tokenItemType")
    return {
        "enum.xsd": ENUM2.format(
            namespace="http://xbrl.org/2014/extensible-enumerations",
            types=TYPE.format(name="enumerationItemType", base="QNameItemType"),
        ),
        "enum2.xsd": ENUM2.format(
            namespace="http://xbrl.org/2020/extensible-enumerations-2.0",
            types=both + TYPE.format(name="enumerationSetItemType", base="tokenItemType"),
        ),
        "s.xsd": schema(IMPORT + members + concepts, root=ROOT, linkbases=["def.xml"]),
        "def.xml": linkbase(LINK),
    }


def concept(type_: str, domain: str = "s:Regions", role: str = ROLE, more: str = "") -> str:
    prefix = type_.partition(":")[0]
    attributes = "".join(
        f'{prefix}:{name}="{value}" ' for name, value in (("domain", domain), ("linkrole", role)) if value
    )
    return item("Where", type_, attributes + more)


def where(type_: str, value: str, **more: str) -> list[str]:
    instance = load_xbrl(files(concept(type_, **more)), f'<s:Where contextRef="y">{value}</s:Where>')
    assert not [each for each in instance.findings if each.severity == "error"]
    return [code for code in codes(instance, "enumerations") if code.startswith("enum")]


SINGLE, SET, OLD = "enum2:enumerationItemType", "enum2:enumerationSetItemType", "enum:enumerationItemType"
S = "https://example.org/s#"


@pytest.mark.parametrize(("member", "fits"), [("France", True), ("Paris", True), ("Europe", False), ("Asia", False)])
def test_members(member: str, fits: bool) -> None:
    assert where(SINGLE, S + member) == ([] if fits else ["enum2ie:InvalidEnumerationValue"])
    assert where(SET, S + member) == ([] if fits else ["enum2ie:InvalidEnumerationSetValue"])
    assert where(OLD, f"s:{member}") == ([] if fits else ["enumie:InvalidFactValue"])


def test_the_head_only_where_it_is_usable() -> None:
    assert where(SINGLE, f"{S}Regions") == ["enum2ie:InvalidEnumerationValue"]
    assert where(SINGLE, f"{S}Regions", more='enum2:headUsable="true"') == []
    assert where(SINGLE, f"{S}Regions", more='enum2:headUsable="false"') == ["enum2ie:InvalidEnumerationValue"]


def test_sets_are_in_order_and_without_repetition() -> None:
    assert where(SET, "") == []
    assert where(SET, f"{S}France  {S}Paris") == []
    assert where(SET, f"{S}Paris {S}France") == ["enum2ie:InvalidEnumerationSetOrder"]
    assert where(SET, f"{S}France {S}France") == ["enum2ie:RepeatedEnumerationSetValue"]


def test_what_is_no_expanded_name_is_no_member() -> None:
    assert where(SINGLE, "France") == ["enum2ie:InvalidEnumerationValue"]
    assert where(SET, "s:France") == ["enum2ie:InvalidEnumerationSetValue"]


def test_nil_needs_no_member() -> None:
    instance = load_xbrl(files(concept(SINGLE)), '<s:Where contextRef="y" xsi:nil="true"/>')
    assert codes(instance, "enumerations") == []


@pytest.mark.parametrize(
    ("type_", "domain", "role", "expected"),
    [
        (SINGLE, "", ROLE, "enum2te:MissingDomainError"),
        (SINGLE, "s:Nowhere", ROLE, "enum2te:InvalidDomainError"),
        (SET, "s:Regions", "", "enum2te:MissingLinkRoleError"),
        (OLD, "", ROLE, "enumte:MissingDomainError"),
        (OLD, "s:Nowhere", ROLE, "enumte:InvalidDomainError"),
        (OLD, "s:Regions", "", "enumte:MissingLinkRoleError"),
    ],
)
def test_declarations(type_: str, domain: str, role: str, expected: str) -> None:
    instance = load_xbrl(files(concept(type_, domain, role)), "")
    found = [each for each in findings(instance, "enumerations") if each.code.startswith("enum")]
    assert [each.code for each in found] == [expected]
    assert found[0].element == "s:Where"
    assert found[0].line


def test_a_dimension_is_no_domain() -> None:
    axis = item("Axis", "xbrli:stringItemType", 'abstract="true"').replace("xbrli:item", "xbrldt:dimensionItem")
    instance = load_xbrl(files(axis + concept(SINGLE, "s:Axis")), "")
    assert "enum2te:InvalidDomainError" in codes(instance, "enumerations")
