"""Concepts and types as the DTS resolves them."""

from __future__ import annotations

from collections.abc import Callable

from recto.names import ENUM2, XBRLI, QName
from recto.taxonomy.dts import DTS
from tests.taxonomy.samples import BASE, item, load, schema

T = "http://example.com/t"


def _concept(dts: DTS, name: str):  # type: ignore[no-untyped-def]
    concept = dts.concept(QName(T, name))
    assert concept is not None
    return concept


def test_attributes_of_a_concept(dts: Callable[..., DTS]) -> None:
    body = (
        "\n"
        + item("a", more='xbrli:periodType="duration" xbrli:balance="credit" nillable="true" abstract=" 1 "')
        + f'<xs:element name="b" xmlns:e="{ENUM2}" xmlns:q="urn:q" e:domain="q:D" t:x="1" type="xbrli:stringItemType" '
        'substitutionGroup="t:a" xbrli:periodType="instant"/>'
    )
    taxonomy = dts({"t.xsd": schema(body)})
    a, b = _concept(taxonomy, "a"), _concept(taxonomy, "b")
    assert (a.id, a.prefix, a.name, a.document, a.line) == ("t_a", "t", "t:a", BASE + "t.xsd", 2)
    assert (a.kind, a.abstract, a.nillable, a.period_type, a.balance) == ("item", True, True, "duration", "credit")
    assert (a.index, b.index) == ((0, 0), (0, 1))
    assert (b.id, b.kind, b.balance, b.nillable) == (None, "item", None, False)
    assert b.attributes == {QName(ENUM2, "domain"): "{urn:q}D", QName(T, "x"): "1"}
    assert a.is_numeric
    assert not b.is_numeric
    assert taxonomy.concept_by_id(BASE + "t.xsd", "t_a") is a
    assert taxonomy.concept_by_id(BASE + "t.xsd", "element(/1/3)") is b
    assert taxonomy.concept_by_id(BASE + "t.xsd", "nothing") is None
    assert list(taxonomy.concepts()) == [a, b, *list(taxonomy.concepts())[2:]]


def test_kinds_follow_the_chain_of_substitution_groups(dts: Callable[..., DTS]) -> None:
    def element(name: str, group: str) -> str:
        return f'<xs:element name="{name}" type="xbrli:stringItemType" substitutionGroup="{group}"/>'

    body = "".join(
        (
            element("tuple", "xbrli:tuple"),
            element("axis", "xbrldt:dimensionItem"),
            element("axis2", "t:axis"),
            element("table", "xbrldt:hypercubeItem"),
            element("loop1", "t:loop2"),
            element("loop2", "t:loop1"),
            '<xs:element name="plain" type="xs:string"/>',
        )
    )
    taxonomy = dts({"t.xsd": schema(body)})
    kinds = {name: _concept(taxonomy, name).kind for name in ("tuple", "axis", "axis2", "table", "loop1", "plain")}
    assert kinds == {
        "tuple": "tuple",
        "axis": "dimension",
        "axis2": "dimension",
        "table": "hypercube",
        "loop1": "other",
        "plain": "other",
    }


def test_derived_types(dts: Callable[..., DTS]) -> None:
    def restricted(name: str, base: str, facets: str) -> str:
        return (
            f'<xs:complexType name="{name}"><xs:simpleContent><xs:restriction base="{base}">{facets}</xs:restriction>'
            "</xs:simpleContent></xs:complexType>"
        )

    choice = "".join(f'<xs:enumeration value="{value}"/>' for value in ("x", "y z"))
    pattern = '<xs:pattern value="a+"/><xs:pattern value="b+"/>'
    body = (
        restricted("choice", "xbrli:tokenItemType", choice)
        + restricted("narrower", "t:choice", pattern)
        + item("c", "t:narrower")
        + '<xs:element name="anonymous" substitutionGroup="xbrli:item">'
        + restricted("", "xbrli:monetaryItemType", '<xs:minInclusive value="0"/>').replace(' name=""', "")
        + "</xs:element>"
        + '<xs:element name="headed" substitutionGroup="t:c"/>'
        + '<xs:simpleType name="list"><xs:list itemType="xs:integer"/></xs:simpleType>'
        + '<xs:simpleType name="union"><xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType>'
        + '<xs:complexType name="loop"><xs:simpleContent><xs:extension base="t:loop"/></xs:simpleContent>'
        + "</xs:complexType>"
    )
    taxonomy = dts({"t.xsd": schema(body)})
    narrower = _concept(taxonomy, "c").type
    assert narrower.enumeration == ("x", "y z")
    assert narrower.facets == {"pattern": "a+\nb+"}
    assert narrower.xsd_base == "token"
    assert [each.qname.local for each in narrower.chain()][:4] == ["narrower", "choice", "tokenItemType", "token"]
    assert narrower.item_type == QName(XBRLI, "tokenItemType")
    anonymous = _concept(taxonomy, "anonymous").type
    assert anonymous.qname == QName(T, "#anonymous")
    assert (anonymous.xsd_base, anonymous.facets) == ("decimal", {"minInclusive": "0"})
    assert anonymous.derives_from(QName(XBRLI, "monetaryItemType"))
    assert _concept(taxonomy, "headed").type is narrower
    listed = taxonomy.type(QName(T, "list"))
    assert listed is not None
    assert listed.item is not None
    assert listed.item.xsd_base == "integer"
    union = taxonomy.type(QName(T, "union"))
    assert union is not None
    assert [member.xsd_base for member in union.members] == ["date", "dateTime"]
    assert taxonomy.type(QName(T, "loop")) is not None
    assert taxonomy.type(QName(T, "absent")) is None


def test_registered_types_are_built_in_where_no_copy_is_at_hand() -> None:
    registry = "http://www.xbrl.org/dtr/type/2022-03-31"
    body = f'<xs:import namespace="{registry}" schemaLocation="https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"/>'
    body += item("p", "d:percentItemType") + item("b", "d:textBlockItemType")
    taxonomy = load({"t.xsd": schema(body, attributes=f'xmlns:d="{registry}"')})
    assert _concept(taxonomy, "p").type.item_type == QName(XBRLI, "pureItemType")
    assert _concept(taxonomy, "b").type.xsd_base == "string"
    assert not list(taxonomy.findings)


def test_typed_domain_is_absolute(dts: Callable[..., DTS]) -> None:
    axis = (
        '<xs:element id="t_axis" name="axis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" '
        'xbrldt:typedDomainRef="#t_domain" abstract="true" {}/><xs:element id="t_domain" name="domain" type="xs:int"/>'
    )
    taxonomy = dts({"t.xsd": schema(axis.format(""))})
    assert _concept(taxonomy, "axis").typed_domain == BASE + "t.xsd#t_domain"
    assert taxonomy.concept_at(BASE + "t.xsd#t_domain") is _concept(taxonomy, "domain")
    based = dts({"t.xsd": schema(axis.format('xml:base="sub/x.xsd"'))})
    assert _concept(based, "axis").typed_domain == BASE + "sub/x.xsd#t_domain"


def test_role_types(dts: Callable[..., DTS]) -> None:
    declared = (
        '<link:roleType roleURI="urn:r" id="r"><link:definition> 1 - Statement - A </link:definition>'
        "<link:usedOn>link:presentationLink</link:usedOn></link:roleType>"
        '<link:arcroleType arcroleURI="urn:a" id="a" cyclesAllowed="any"><link:usedOn>link:definitionArc</link:usedOn>'
        "</link:arcroleType>"
    )
    taxonomy = dts({"t.xsd": schema(head=declared)})
    (role,) = taxonomy.role_types("urn:r")
    assert role.definition == " 1 - Statement - A "
    assert role.used_on == (QName.of("{http://www.xbrl.org/2003/linkbase}presentationLink"),)
    assert taxonomy.role_definition("urn:r") == "1 - Statement - A"
    assert taxonomy.role_definition("urn:unknown") == "urn:unknown"
    (arcrole,) = taxonomy.arcrole_types("urn:a")
    assert arcrole.cycles_allowed == "any"
    assert taxonomy.prefixes()["t"] == T
