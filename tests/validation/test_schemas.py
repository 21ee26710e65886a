"""XML Schema's rules on the filing's own schemas, and values of types that schemas make (XML Schema 1.0)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recto.instance.model import Instance
from recto.validation.subject import Subject
from tests.validation.conftest import Filing
from tests.validation.samples import item, linkbase, load_xbrl, locators, schema

Check = Callable[..., list[str]]

KINDS = """
<xs:simpleType name="list"><xs:list itemType="xs:string"/></xs:simpleType>
<xs:simpleType name="pair"><xs:restriction base="t:list"><xs:length value="2"/></xs:restriction></xs:simpleType>
<xs:simpleType name="short"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction></xs:simpleType>
<xs:simpleType name="codes"><xs:list itemType="t:short"/></xs:simpleType>
<xs:simpleType name="either"><xs:union memberTypes="t:short t:pair"/></xs:simpleType>
"""


def valued(name: str) -> str:
    return (
        f'{KINDS}<xs:element name="V" id="V" substitutionGroup="xbrli:item" xbrli:periodType="instant"><xs:complexType>'
        f'<xs:simpleContent><xs:extension base="t:{name}"><xs:attributeGroup ref="xbrli:nonNumericItemAttrs"/>'
        "</xs:extension></xs:simpleContent></xs:complexType></xs:element>"
    )


@pytest.mark.parametrize(
    ("type_", "text", "valid"),
    [
        ("list", "any number of words", True),
        ("pair", "two words", True),
        ("pair", "three words now", False),
        ("codes", "abc def", True),
        ("codes", "abc defg", False),
        ("either", "abc", True),
        ("either", "long enough", True),
        ("either", "neither", False),
    ],
)
def test_values_of_lists_and_unions_are_checked(findings: Filing, type_: str, text: str, valid: bool) -> None:
    found = findings(schema=valued(type_), facts=f'<t:V contextRef="now">{text}</t:V>')
    assert ("xmlSchema:valueError" in [each.code for each in found]) is not valid


def test_white_space_of_a_list_is_collapsed() -> None:
    kind = '<xs:simpleType name="l"><xs:list itemType="xs:NMTOKEN"/></xs:simpleType>'
    body = (
        '<xs:element name="V" id="s_V" substitutionGroup="xbrli:item" xbrli:periodType="instant"><xs:complexType>'
        '<xs:simpleContent><xs:extension base="s:l"><xs:attributeGroup ref="xbrli:nonNumericItemAttrs"/>'
        "</xs:extension></xs:simpleContent></xs:complexType></xs:element>"
    )
    found = load_xbrl({"s.xsd": schema(kind + body)}, '<s:V contextRef="i">\n one  two </s:V>')
    assert [fact.value for fact in found.facts] == ["one two"]


def test_elements_too_deep_to_follow_are_told_with_their_place(findings: Filing) -> None:
    nest = (
        '<xs:element name="Nest" id="Nest" substitutionGroup="xbrli:tuple"><xs:complexType><xs:sequence>'
        '<xs:element ref="t:Nest" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>'
    )
    text = '<t:Text contextRef="year" unitRef="usd">a</t:Text>'
    found = findings(schema=nest, facts="\n\n" + "<t:Nest>" * 180 + "</t:Nest>" * 180 + "\n" + text)
    deep = [each for each in found if each.code == "recto:tooDeep"]
    assert len(deep) == 1
    assert (deep[0].document or "").endswith("/i.xml")
    lines = (findings.folder / "i.xml").read_text("utf-8").splitlines()
    assert "<t:Nest>" in lines[(deep[0].line or 0) - 1]
    # What stands after is still checked.
    assert "xmlSchema:cvc-complex-type.3.2.2" in [each.code for each in found]


def labeled() -> Instance:
    label = (
        '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        + locators("A")
        + '<link:label xlink:type="resource" xlink:label="l" xml:lang="en">A</link:label>'
        '<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label" '
        'xlink:from="A" xlink:to="l"/></link:labelLink>'
    )
    files = {"s.xsd": schema(item("A"), linkbases=("l.xml",)), "l.xml": linkbase(label)}
    return load_xbrl(files, "")


def test_a_rule_may_run_before_anything_else_was_asked_of_the_taxonomy() -> None:
    from recto.validation.xbrl21.linkbases import extended_links

    assert list(extended_links(Subject(labeled()))) == []


def test_nodes_are_followed_before_links_were_asked_for() -> None:
    instance = labeled()
    dts = Subject(instance).dts
    home = next(document for document in dts.members if document.url.endswith("l.xml"))
    assert [type(end).__name__ for end in dts.node_targets(home)] == ["Concept", "Anchor"]
    dts = Subject(labeled()).dts
    home = next(document for document in dts.members if document.url.endswith("l.xml"))
    assert type(dts.node_target(home, 0)).__name__ == "Concept"
