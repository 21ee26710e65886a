"""XML Schema's rules on the filing's own schemas, and values of types that schemas make (XML Schema 1.0)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recto.instance.model import Instance
from recto.rules.subject import Subject
from tests.effort import bounded
from tests.rules.samples import findings as findings_of
from tests.rules.samples import item, linkbase, load_xbrl, locators, schema
from tests.rules.small_filing import Filing

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
    from recto.rules.xbrl21.linkbases import extended_links

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
    with bounded(20):
        told = [each for each in findings_of(load_xbrl({"s.xsd": schema(many)}, "")) if "props-correct" in each.code]
    assert len(told) == 1
    assert len(told[0].message) < 200


def test_groups_that_multiply_are_told_in_bounded_time() -> None:
    many = '\n<xs:group name="G0"><xs:choice><xs:element name="e" type="xs:string"/></xs:choice></xs:group>'
    for n in range(1, 12):
        inner = f'<xs:group ref="s:G{n - 1}"/>' * 10
        many += f'\n<xs:group name="G{n}"><xs:choice>{inner}</xs:choice></xs:group>'
    many += '\n<xs:complexType name="T"><xs:group ref="s:G11"/></xs:complexType>'
    with bounded(20):
        codes = [each.code for each in findings_of(load_xbrl({"s.xsd": schema(many)}, ""))]
    assert "recto:contentModel" in codes


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


def complex_type(name: str, content: str, more: str = "") -> str:
    return f'<xs:complexType name="{name}" {more}>{content}</xs:complexType>'


def restriction(name: str, base: str, content: str, more: str = "") -> str:
    return complex_type(
        name, f'<xs:complexContent><xs:restriction base="s:{base}">{content}</xs:restriction></xs:complexContent>', more
    )


def extension(name: str, base: str, content: str, more: str = "") -> str:
    return complex_type(
        name, f'<xs:complexContent><xs:extension base="s:{base}">{content}</xs:extension></xs:complexContent>', more
    )


def el(ref: str, occurs: str = "1") -> str:
    least, _, most = occurs.partition("-")
    return f'<xs:element ref="s:{ref}" minOccurs="{least}" maxOccurs="{most or least}"/>'


def seq(*parts: str, occurs: str = "1", kind: str = "sequence") -> str:
    least, _, most = occurs.partition("-")
    return f'<xs:{kind} minOccurs="{least}" maxOccurs="{most or least}">{"".join(parts)}</xs:{kind}>'


def choice(*parts: str, occurs: str = "1") -> str:
    return seq(*parts, occurs=occurs, kind="choice")


def anything(namespace: str, occurs: str = "0-unbounded", process: str = "lax") -> str:
    least, _, most = occurs.partition("-")
    return f'<xs:any namespace="{namespace}" minOccurs="{least}" maxOccurs="{most}" processContents="{process}"/>'


ELEMENTS = "".join(f'<xs:element name="{name}" type="xs:string"/>' for name in "abcd") + (
    '<xs:element name="a1" type="xs:string" substitutionGroup="s:a"/>'
    '<xs:element name="a2" type="xs:string" substitutionGroup="s:a"/>'
    '<xs:group name="ab"><xs:sequence><xs:element ref="s:a"/><xs:element ref="s:b"/></xs:sequence></xs:group>'
)
ANY_NUMBER = "0-unbounded"


def schema_codes(body: str) -> list[str]:
    """The codes of XML Schema's own rules."""
    found = findings_of(load_xbrl({"s.xsd": schema(body)}, ""), "xbrl")
    return [each.code[10:] for each in found if each.code.startswith("xmlSchema:")]


PARTICLES = {
    "the same": (seq(el("a"), el("b")), seq(el("a"), el("b")), True),
    "fewer": (seq(el("a"), el("b", "0-1")), seq(el("a")), True),
    "a needed one left out": (seq(el("a"), el("b")), seq(el("a")), False),
    "one more": (seq(el("a")), seq(el("a"), el("b")), False),
    "another order": (seq(el("a"), el("b")), seq(el("b"), el("a")), False),
    "more often": (seq(el("a", "1-2")), seq(el("a", "1-3")), False),
    "less often": (seq(el("a", "1-3")), seq(el("a", "2-2")), True),
    "less than needed": (seq(el("a", "2-3")), seq(el("a", "1-3")), False),
    "without bound": (seq(el("a", "0-5")), seq(el("a", ANY_NUMBER)), False),
    "one of a choice": (seq(choice(el("a"), el("b"))), seq(el("b")), True),
    "alternatives in another order": (choice(el("a"), el("b"), el("c")), choice(el("c"), el("a")), True),
    "a further alternative": (choice(el("a"), el("b")), choice(el("a"), el("c")), False),
    "choice for sequence": (seq(el("a"), el("b")), choice(el("a"), el("b")), False),
    "sequence for a repeated choice": (choice(el("a"), el("b"), occurs=ANY_NUMBER), seq(el("b"), el("a")), True),
    "sequence too long for a choice": (choice(el("a"), el("b"), occurs="0-1"), seq(el("a"), el("b")), False),
    "one of the groups of a choice": (choice(seq(el("a"), el("b")), el("c")), seq(el("a"), el("b")), True),
    "less than one of the groups of a choice": (choice(seq(el("a"), el("b")), el("c")), seq(el("a")), False),
    "element for a repeated choice": (choice(el("a"), el("b"), occurs=ANY_NUMBER), seq(el("a", ANY_NUMBER)), True),
    "sequence for all": (
        '<xs:all><xs:element ref="s:a"/><xs:element ref="s:b" minOccurs="0"/></xs:all>',
        seq(el("b"), el("a")),
        True,
    ),
    "sequence that lacks one of all": (
        '<xs:all><xs:element ref="s:a"/><xs:element ref="s:b"/></xs:all>',
        seq(el("b")),
        False,
    ),
    "element for a wildcard": (seq(anything("##any")), seq(el("a"), el("b")), True),
    "element in no namespace of the wildcard": (seq(anything("##other")), seq(el("a")), False),
    "more elements than the wildcard admits": (seq(anything("##any", "0-1")), seq(el("a"), el("b")), False),
    "wildcard for an element": (seq(el("a", ANY_NUMBER)), seq(anything("##any")), False),
    "narrower wildcard": (seq(anything("##any")), seq(anything("##other", "0-3")), True),
    "wider wildcard": (seq(anything("##other")), seq(anything("##any")), False),
    "a member of the substitution group": (seq(el("a")), seq(el("a1")), True),
    "a choice of members": (seq(el("a")), seq(choice(el("a1"), el("a2"))), True),
    "a choice of a member and another": (seq(el("a")), seq(choice(el("a1"), el("b"))), False),
    "its group spelled out": ('<xs:group ref="s:ab"/>', seq(el("a"), el("b")), True),
    "a group for what it says": (seq(el("a"), el("b")), '<xs:group ref="s:ab"/>', True),
    "a group that repeats": (seq(el("a"), el("b")), '<xs:group ref="s:ab" maxOccurs="2"/>', False),
    "groups that say nothing": (seq(el("a"), el("b")), seq(seq(el("a")), seq(seq(el("b")))), True),
    "nothing of what may be absent": (seq(el("a", "0-1")), "", True),
    "nothing of what must be there": (seq(el("a")), "", False),
    "something of nothing": ("", seq(el("a")), False),
}


@pytest.mark.parametrize("name", PARTICLES)
def test_a_restriction_admits_nothing_that_its_base_does_not(name: str) -> None:
    base, own, valid = PARTICLES[name]
    codes = schema_codes(ELEMENTS + complex_type("B", base) + restriction("R", "B", own))
    assert [code for code in codes if code.startswith("derivation-ok-restriction.5")] == [
        "derivation-ok-restriction.5.4.2" if own else "derivation-ok-restriction.5.3.2"
    ] * (not valid)
    assert len(codes) == (not valid)


LOCAL = '<xs:element name="x" {}/>'


@pytest.mark.parametrize(
    ("base", "own", "valid"),
    [
        ('type="xs:decimal"', 'type="xs:integer"', True),
        ('type="xs:integer"', 'type="xs:decimal"', False),
        ('type="xs:string"', 'type="xs:string" nillable="true"', False),
        ('type="xs:string" nillable="true"', 'type="xs:string"', True),
        ('type="xs:integer" fixed="1"', 'type="xs:integer"', False),
        ('type="xs:integer" fixed="1"', 'type="xs:integer" fixed=" 1 "', True),
        ('type="xs:string" block="extension"', 'type="xs:string"', False),
        ('type="xs:string"', 'type="xs:string" block="#all"', True),
    ],
)
def test_local_elements_in_a_restriction(base: str, own: str, valid: bool) -> None:
    types = complex_type("B", seq(LOCAL.format(base))) + restriction("R", "B", seq(LOCAL.format(own)))
    assert schema_codes(types) == ["derivation-ok-restriction.5.4.2"] * (not valid)


@pytest.mark.parametrize(
    ("base", "own", "code"),
    [
        ('<xs:attribute name="x" use="required"/>', "", ""),
        ('<xs:attribute name="x" use="required"/>', '<xs:attribute name="x" use="prohibited"/>', "3"),
        ('<xs:attribute name="x" use="required"/>', '<xs:attribute name="x"/>', "2.1.1"),
        ('<xs:attribute name="x"/>', '<xs:attribute name="x" use="required"/>', ""),
        ('<xs:attribute name="x" type="xs:decimal"/>', '<xs:attribute name="x" type="xs:int"/>', ""),
        ('<xs:attribute name="x" type="xs:int"/>', '<xs:attribute name="x" type="xs:decimal"/>', "2.1.2"),
        ('<xs:attribute name="x" fixed="1"/>', '<xs:attribute name="x"/>', "2.1.3"),
        ("", '<xs:attribute name="x"/>', "2.2"),
        ('<xs:anyAttribute namespace="##any"/>', '<xs:attribute name="x"/>', ""),
        ('<xs:anyAttribute namespace="##other"/>', '<xs:attribute name="x"/>', "2.2"),
        ("", '<xs:anyAttribute namespace="##other"/>', "4.1"),
        ('<xs:anyAttribute namespace="##other"/>', '<xs:anyAttribute namespace="##any"/>', "4.2"),
        ('<xs:anyAttribute namespace="##any"/>', '<xs:anyAttribute namespace="##local"/>', ""),
    ],
)
def test_attributes_in_a_restriction(base: str, own: str, code: str) -> None:
    codes = schema_codes(complex_type("B", base) + restriction("R", "B", own))
    assert codes == ([f"derivation-ok-restriction.{code}"] if code else [])


TEXT = "<xs:simpleContent><xs:{} base='{}'/></xs:simpleContent>"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (complex_type("B", "", 'final="extension"') + extension("E", "B", ""), "cos-ct-extends.1.1"),
        (complex_type("B", "", 'final="restriction"') + extension("E", "B", ""), ""),
        (complex_type("B", "", 'final="#all"') + restriction("R", "B", ""), "derivation-ok-restriction.1"),
        (
            complex_type("B", seq(el("a")), 'mixed="true"') + extension("E", "B", seq(el("b"))),
            "cos-ct-extends.1.4.3.2.2.1",
        ),
        (
            complex_type("B", seq(el("a"))) + restriction("R", "B", seq(el("a")), 'mixed="true"'),
            "derivation-ok-restriction.5.4.1.2",
        ),
        (complex_type("B", seq(el("a"))) + complex_type("E", TEXT.format("extension", "s:B")), "src-ct.2"),
        (complex_type("E", TEXT.format("restriction", "xs:string")), ""),
        (
            complex_type("B", TEXT.format("extension", "xs:string")) + restriction("R", "B", seq(el("a"))),
            "derivation-ok-restriction.5.1",
        ),
        (
            '<xs:simpleType name="f" final="list"><xs:restriction base="xs:int"/></xs:simpleType>'
            '<xs:simpleType name="l"><xs:list itemType="s:f"/></xs:simpleType>',
            "cos-st-restricts.2.3.1.1",
        ),
        (
            '<xs:simpleType name="f" final="#all"><xs:restriction base="xs:int"/></xs:simpleType>'
            '<xs:simpleType name="l"><xs:restriction base="s:f"/></xs:simpleType>',
            "st-props-correct.3",
        ),
        (
            '<xs:element name="h" type="xs:int"/><xs:element name="m" type="xs:string" substitutionGroup="s:h"/>',
            "e-props-correct.4",
        ),
        ('<xs:element name="h" type="xs:int"/><xs:element name="m" type="xs:byte" substitutionGroup="s:h"/>', ""),
        ('<xs:element name="h" type="xs:int"/><xs:element name="m" substitutionGroup="s:h"/>', ""),
        (
            '<xs:element name="h" type="xs:int" final="restriction"/>'
            '<xs:element name="m" type="xs:byte" substitutionGroup="s:h"/>',
            "e-props-correct.4",
        ),
    ],
)
def test_derivation_and_substitution(body: str, code: str) -> None:
    assert schema_codes(ELEMENTS + body) == ([code] if code else [])


def test_final_by_default() -> None:
    body = complex_type("B", "") + extension("E", "B", "")
    found = load_xbrl({"s.xsd": schema(body, root='finalDefault="extension"')}, "")
    assert [each.code for each in findings_of(found, "xbrl")] == ["xmlSchema:cos-ct-extends.1.1"]


def tuple_of(content: str, more: str = "") -> str:
    return (
        f'<xs:element name="T" id="s_T" substitutionGroup="xbrli:tuple"><xs:complexType>{content}</xs:complexType>'
        f"{more}</xs:element>"
    )


@pytest.mark.parametrize(
    ("head_", "root", "valid"),
    [
        ("", "", True),
        ('block="substitution"', "", False),
        ('block="extension"', "", True),
        ("", 'blockDefault="substitution"', False),
        ('block=""', 'blockDefault="substitution"', True),
        ('block="restriction"', "", False),
    ],
)
def test_blocked_substitution(head_: str, root: str, valid: bool) -> None:
    body = (
        item("H", "xbrli:decimalItemType", head_, "instant")
        + '<xs:element name="M" id="s_M" type="s:narrow" substitutionGroup="s:H" xbrli:periodType="instant"/>'
        + '<xs:complexType name="narrow"><xs:simpleContent><xs:restriction base="xbrli:decimalItemType">'
        + '<xs:minInclusive value="0"/></xs:restriction></xs:simpleContent></xs:complexType>'
        + tuple_of(seq('<xs:element ref="s:H"/>'))
    )
    unit = 'unitRef="usd" decimals="0"'
    found = load_xbrl({"s.xsd": schema(body, root=root)}, f'<s:T><s:M contextRef="i" {unit}>1</s:M></s:T>')
    assert ("xmlSchema:cvc-complex-type.2.4" not in [each.code for each in findings_of(found, "xbrl")]) is valid


IDENTITY = '<xs:{kind} name="c" {more}><xs:selector xpath="{selector}"/><xs:field xpath="{field}"/></xs:{kind}>'


def constrained(constraint: str, type_: str = "xs:decimal") -> str:
    """T holds any number of n (text) with attributes k and r, of the type."""
    inner = (
        '<xs:element name="n" maxOccurs="unbounded" minOccurs="0" nillable="true"><xs:complexType><xs:simpleContent>'
        f'<xs:extension base="xs:string"><xs:attribute name="k" type="{type_}"/>'
        f'<xs:attribute name="r" type="{type_}"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>'
    )
    return tuple_of(f"<xs:sequence>{inner}</xs:sequence>", constraint)


def unique(kind: str = "unique", selector: str = "s:n", field: str = "@k", more: str = "") -> str:
    return IDENTITY.format(kind=kind, selector=selector, field=field, more=more)


KEYED = unique("key") + unique("keyref", field="@r", more='refer="s:c"').replace('name="c"', 'name="d"')


@pytest.mark.parametrize(
    ("constraint", "type_", "content", "code"),
    [
        (unique(), "xs:decimal", '<s:n k="1"/><s:n k="2"/><s:n/><s:n/>', ""),
        (unique(), "xs:decimal", '<s:n k="1"/><s:n k="1.0"/>', "4.1"),
        (unique(), "xs:string", '<s:n k="1"/><s:n k="1.0"/>', ""),
        (unique(field="."), "xs:string", "<s:n>a</s:n><s:n>a</s:n>", "4.1"),
        (unique(selector=".//s:n"), "xs:boolean", '<s:n k="true"/><s:n k="1"/>', "4.1"),
        (unique(selector="s:m|s:n"), "xs:QName", '<s:n k="s:a"/><s:n xmlns:t="https://example.org/s" k="t:a"/>', "4.1"),
        (unique(field="@k|@r"), "xs:string", '<s:n k="1" r="2"/>', "3"),
        (unique("key"), "xs:string", '<s:n k="1"/><s:n/>', "4.2.1"),
        (unique("key"), "xs:string", '<s:n k="1"/><s:n k="1"/>', "4.2.2"),
        (KEYED, "xs:decimal", '<s:n k="1" r="2"/><s:n k="2"/><s:n k="3" r="1.0"/>', ""),
        (KEYED, "xs:decimal", '<s:n k="1" r="2"/><s:n k="3"/>', "4.3"),
    ],
)
def test_identity_constraints(constraint: str, type_: str, content: str, code: str) -> None:
    found = load_xbrl({"s.xsd": schema(constrained(constraint, type_))}, f"\n<s:T>{content}</s:T>")
    told = [each for each in findings_of(found) if "identity-constraint" in each.code]
    assert [each.code for each in told] == ([f"xmlSchema:cvc-identity-constraint.{code}"] if code else [])
    for each in told:
        assert (each.document or "").endswith("r.xml")
        assert each.element == "s:n"


@pytest.mark.parametrize(
    ("constraint", "code"),
    [
        (unique(selector="s:n[1]"), "c-selector-xpath"),
        (unique(selector="@k"), "c-selector-xpath"),
        (unique(selector="none:n"), "c-selector-xpath"),
        (unique(field="../@k"), "c-fields-xpaths"),
        (unique(selector="child::s:n", field="attribute::k | @r"), ""),
        (unique() + unique(), "sch-props-correct.2"),
        (unique("keyref", more='refer="s:none"'), "src-resolve"),
        (
            unique()
            + unique("keyref", more='refer="s:c"')
            .replace('name="c"', 'name="d"', 1)
            .replace('<xs:field xpath="@k"/>', '<xs:field xpath="@k"/><xs:field xpath="@r"/>'),
            "c-props-correct.2",
        ),
    ],
)
def test_declarations_of_identity_constraints(constraint: str, code: str) -> None:
    assert schema_codes(constrained(constraint)) == ([code] if code else [])


def test_what_a_turn_of_a_group_takes_is_not_decided_by_the_first_way(check: Check) -> None:
    tuples = (
        '<xs:element name="{}" id="{}" substitutionGroup="xbrli:tuple"><xs:complexType><xs:sequence minOccurs="2"'
        ' maxOccurs="2"><xs:element ref="t:Text" maxOccurs="2"/></xs:sequence></xs:complexType></xs:element>'
    )
    text = '<t:Text contextRef="year">a</t:Text>'
    pair, five = f"<t:Pair>{text * 2}</t:Pair>", f"<t:Pair>{text * 5}</t:Pair>"
    found = check(schema=tuples.format("Pair", "Pair"), facts=pair)
    assert not [code for code in found if "cvc-complex-type.2.4" in code]
    assert [code for code in check(schema=tuples.format("Pair", "Pair"), facts=five) if "cvc-complex-type.2.4" in code]


def test_fixed_values_are_compared_as_values(check: Check) -> None:
    kind = (
        '<xs:element name="Flag" id="Flag" substitutionGroup="xbrli:tuple"><xs:complexType>'
        '<xs:attribute name="f" type="xs:decimal" fixed="1.50"/></xs:complexType></xs:element>'
    )
    assert not [code for code in check(schema=kind, facts='<t:Flag f="1.5"/>') if "cvc-attribute" in code]
    assert [code for code in check(schema=kind, facts='<t:Flag f="2"/>') if "cvc-attribute" in code]
    assert [code for code in check(schema=kind, facts="<t:Flag> </t:Flag>") if "cvc-complex-type.2.1" in code]
