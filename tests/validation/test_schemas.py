"""XML Schema's rules on the filing's own schemas, and values of types that schemas make (XML Schema 1.0)."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from recto.instance.model import Instance
from recto.validation.subject import Subject
from tests.validation.conftest import Filing
from tests.validation.samples import findings as findings_of
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


def two(first: str, second: str) -> dict[str, str]:
    """s.xsd of urn …/s and o.xsd of urn …/o, each of which imports the other."""
    other = schema(second).replace('targetNamespace="https://example.org/s"', 'targetNamespace="https://example.org/o"')
    bound = 'xmlns:o="https://example.org/o"'
    back = '<xs:import namespace="https://example.org/s" schemaLocation="s.xsd"/>'
    there = '<xs:import namespace="https://example.org/o" schemaLocation="o.xsd"/>'
    return {
        "s.xsd": schema("\n" + there + first, root=bound),
        "o.xsd": other.replace("<xs:schema ", f"<xs:schema {bound} ").replace("<xs:import", back + "<xs:import", 1),
    }


def restricted(name: str, base: str) -> str:
    return (
        f'\n<xs:complexType name="{name}"><xs:simpleContent><xs:restriction base="{base}"/></xs:simpleContent>'
        "</xs:complexType>"
    )


def group(name: str, other: str) -> str:
    return f'\n<xs:group name="{name}"><xs:sequence><xs:group ref="{other}" minOccurs="0"/></xs:sequence></xs:group>'


def attributes(name: str, other: str) -> str:
    return f'\n<xs:attributeGroup name="{name}"><xs:attributeGroup ref="{other}"/></xs:attributeGroup>'


def head(name: str, other: str) -> str:
    return f'\n<xs:element name="{name}" type="xs:string" substitutionGroup="{other}"/>'


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (restricted, "ct-props-correct.3"),
        (group, "mg-props-correct.2"),
        (attributes, "ag-props-correct.3"),
        (head, "e-props-correct.6"),
    ],
)
def test_circles_across_documents_are_told_once(make: Callable[[str, str], str], code: str) -> None:
    files = two(make("before", "s:A") + make("A", "o:B"), make("B", "o:C") + make("C", "s:A") + make("after", "o:B"))
    told = [each for each in findings_of(load_xbrl(files, "")) if each.code == f"xmlSchema:{code}"]
    assert len(told) == 1
    assert (told[0].document or "").endswith("s.xsd")
    assert "through B, C" in told[0].message
    assert told[0].line == 4


def test_a_circle_of_thousands_is_told_in_bounded_time() -> None:
    many = "".join(restricted(f"T{n}", f"s:T{(n + 1) % 3000}") for n in range(3000))
    began = time.monotonic()
    told = [each for each in findings_of(load_xbrl({"s.xsd": schema(many)}, "")) if "props-correct" in each.code]
    assert len(told) == 1
    assert len(told[0].message) < 200
    assert time.monotonic() - began < 20


def test_groups_that_multiply_are_told_in_bounded_time() -> None:
    many = '\n<xs:group name="G0"><xs:choice><xs:element name="e" type="xs:string"/></xs:choice></xs:group>'
    for n in range(1, 12):
        inner = f'<xs:group ref="s:G{n - 1}"/>' * 10
        many += f'\n<xs:group name="G{n}"><xs:choice>{inner}</xs:choice></xs:group>'
    many += '\n<xs:complexType name="T"><xs:group ref="s:G11"/></xs:complexType>'
    began = time.monotonic()
    codes = [each.code for each in findings_of(load_xbrl({"s.xsd": schema(many)}, ""))]
    assert "recto:tooLarge" in codes
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("end", ["xbrli:item", "s:E0"])
def test_long_chains_of_substitution_groups_are_followed(end: str) -> None:
    more = 'xbrli:periodType="instant"'
    many = "".join(
        f'\n<xs:element name="E{n}" id="s_E{n}" substitutionGroup="s:E{n + 1}" {more}/>' for n in range(1200)
    )
    type_ = "xbrli:sharesItemType"
    many += f'<xs:element name="E1200" substitutionGroup="{end}" type="{type_}" {more}/>'
    found = load_xbrl({"s.xsd": schema(many)}, '<s:E0 contextRef="i" unitRef="usd" decimals="0">1</s:E0>')
    codes = [each.code for each in findings_of(found)]
    if end == "xbrli:item":
        assert "xbrl.4.8.2:sharesUnit" in codes
        assert "xmlSchema:e-props-correct.6" not in codes
    else:
        assert codes.count("xmlSchema:e-props-correct.6") == 1


def test_long_chains_of_types_are_followed() -> None:
    many = "".join(restricted(f"T{n}", f"s:T{n + 1}") for n in range(1200)) + restricted(
        "T1200", "xbrli:sharesItemType"
    )
    files = {"s.xsd": schema(many + item("A", "s:T0", period="instant"))}
    codes = [
        each.code for each in findings_of(load_xbrl(files, '<s:A contextRef="i" unitRef="usd" decimals="0">1</s:A>'))
    ]
    assert "xbrl.4.8.2:sharesUnit" in codes
    assert "recto:tooDeep" not in codes
