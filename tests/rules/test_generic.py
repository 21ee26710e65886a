"""Generic Links 1.0, Generic Labels 1.0, Generic References 1.0 and Generic Preferred Label 1.0."""

from __future__ import annotations

import pytest

from tests.rules.samples import codes, item, linkbase, load_xbrl, schema

GEN = (
    'xmlns:gen="http://xbrl.org/2008/generic" xmlns:label="http://xbrl.org/2008/label" '
    'xmlns:gpl="http://xbrl.org/2013/preferred-label" xmlns:s="https://example.org/s"'
)
XL = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xl="http://www.xbrl.org/2003/XLink" '
    'targetNamespace="http://xbrl.org/2008/{}" elementFormDefault="qualified">'
    '<xs:import namespace="http://www.xbrl.org/2003/XLink" '
    'schemaLocation="http://www.xbrl.org/2003/xl-2003-12-31.xsd"/>{}</xs:schema>'
)
GENERIC = XL.format(
    "generic",
    '<xs:element name="link" substitutionGroup="xl:extended"/><xs:element name="arc" substitutionGroup="xl:arc"/>',
)
PREFERRED = (
    '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://xbrl.org/2013/preferred-label">'
    '<xs:attribute name="preferredLabel" type="xs:anyURI"/></xs:schema>'
)
LABEL = XL.format("label", '<xs:element name="label" substitutionGroup="xl:resource"/>')
LINK, RESOURCE, ARC = "https://example.org/role/link", "https://example.org/role/short", "https://example.org/arc"
TYPES = (
    f'<link:roleType roleURI="{LINK}" id="link"><link:usedOn>{{0}}</link:usedOn></link:roleType>'
    f'<link:roleType roleURI="{RESOURCE}" id="short"><link:usedOn>{{1}}</link:usedOn></link:roleType>'
    f'<link:arcroleType arcroleURI="{ARC}" id="arc" cyclesAllowed="none"><link:usedOn>{{2}}</link:usedOn>'
    "</link:arcroleType>"
)
REFERENCES = {
    "link": f'<link:roleRef xlink:type="simple" xlink:href="s.xsd#link" roleURI="{LINK}"/>',
    "short": f'<link:roleRef xlink:type="simple" xlink:href="s.xsd#short" roleURI="{RESOURCE}"/>',
    "arc": f'<link:arcroleRef xlink:type="simple" xlink:href="s.xsd#arc" arcroleURI="{ARC}"/>',
}


def found(
    *,
    language: str = 'xml:lang="en"',
    without: str = "",
    used: tuple[str, str, str] = ("gen:link", "label:label", "gen:arc"),
    roles: tuple[str, str, str] = (LINK, RESOURCE, ARC),
    more: str = "",
) -> list[str]:
    body = (
        f'<gen:link xlink:type="extended" xlink:role="{roles[0]}">'
        '<link:loc xlink:type="locator" xlink:href="s.xsd#s_One" xlink:label="one"/>'
        '<link:loc xlink:type="locator" xlink:href="s.xsd#s_Two" xlink:label="two"/>'
        f'<label:label xlink:type="resource" xlink:label="text" xlink:role="{roles[1]}" {language}>a</label:label>'
        f'<gen:arc xlink:type="arc" xlink:arcrole="{roles[2]}" xlink:from="one" xlink:to="text"/>{more}</gen:link>'
    )
    references = "".join(text for name, text in REFERENCES.items() if name != without)
    imports = (
        '<xs:import namespace="http://xbrl.org/2008/generic" schemaLocation="gen.xsd"/>'
        '<xs:import namespace="http://xbrl.org/2008/label" schemaLocation="label.xsd"/>'
        '<xs:import namespace="http://xbrl.org/2013/preferred-label" schemaLocation="preferred.xsd"/>'
    )
    text = schema(imports + item("One") + item("Two"), root=GEN, linkbases=["gen.xml"])
    text = text.replace("</xs:appinfo>", TYPES.format(*used) + "</xs:appinfo>", 1)
    files = {
        "s.xsd": text,
        "gen.xsd": GENERIC,
        "label.xsd": LABEL,
        "preferred.xsd": PREFERRED,
        "gen.xml": linkbase(body, root=GEN, references=references),
    }
    return [
        code
        for code in codes(load_xbrl(files, ""), "generic")
        if code.startswith(("xbrlgene:", "gple:", "xbrlle", "xbrlre"))
    ]


def test_a_link_without_faults() -> None:
    assert found() == []


@pytest.mark.parametrize(
    ("without", "code"),
    [
        ("link", "xbrlgene:missingRoleRefForLinkRole"),
        ("short", "xbrlgene:missingRoleRefForResourceRole"),
        ("arc", "xbrlgene:missingRoleRefForArcRole"),
    ],
)
def test_roles_are_referred_to(without: str, code: str) -> None:
    assert found(without=without) == [code]


@pytest.mark.parametrize(
    ("used", "code"),
    [
        (("link:labelLink", "label:label", "gen:arc"), "xbrlgene:missingLinkRoleUsedOnValue"),
        (("gen:link", "link:label", "gen:arc"), "xbrlgene:missingResourceRoleUsedOnValue"),
        (("gen:link", "label:label", "link:labelArc"), "xbrlgene:missingArcRoleUsedOnValue"),
    ],
)
def test_roles_are_for_use_on_the_element(used: tuple[str, str, str], code: str) -> None:
    assert found(used=used) == [code]


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (("link", RESOURCE, ARC), "xbrlgene:nonAbsoluteLinkRoleURI"),
        ((LINK, "short", ARC), "xbrlgene:nonAbsoluteResourceRoleURI"),
        ((LINK, RESOURCE, "arc"), "xbrlgene:nonAbsoluteArcRoleURI"),
    ],
)
def test_roles_are_absolute(roles: tuple[str, str, str], code: str) -> None:
    assert code in found(roles=roles)


def arc(source: str, target: str, more: str = "") -> str:
    return f'<gen:arc xlink:type="arc" xlink:arcrole="{ARC}" xlink:from="{source}" xlink:to="{target}" {more}/>'


def test_cycles() -> None:
    assert found(more=arc("one", "two")) == []
    assert found(more=arc("one", "two") + arc("two", "one")) == ["xbrlgene:violatedCyclesConstraint"]


def test_preferred_labels() -> None:
    wanted = f'gpl:preferredLabel="{RESOURCE}"'
    assert found(more=arc("one", "two", wanted)) == ["gple:missingPreferredLabel"]


def test_generic_labels_have_a_language() -> None:
    assert found(language="") == ["xbrlle.2.1:langMissing"]


@pytest.mark.parametrize(
    ("name", "target", "expected"),
    [
        ("label", "text", []),
        ("label", "two", ["xbrlle.2.1.1:arcTarget"]),
        ("reference", "text", ["xbrlre.2.1.1:arcTarget"]),
    ],
)
def test_arcs_to_labels_and_references_end_at_such(name: str, target: str, expected: list[str]) -> None:
    arcrole = f"http://xbrl.org/arcrole/2008/element-{name}"
    more = f'<gen:arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="two" xlink:to="{target}"/>'
    assert [code for code in found(more=more) if not code.startswith("xbrlgene:")] == expected


def test_generic_arcs_in_other_links() -> None:
    own = '<xs:element name="ownLink" substitutionGroup="xl:extended" type="xl:extendedType"/>'
    body = (
        f'<s:ownLink xlink:type="extended" xlink:role="{LINK}">'
        '<link:loc xlink:type="locator" xlink:href="s.xsd#s_One" xlink:label="one"/>'
        f"{arc('one', 'one')}</s:ownLink>"
    )
    imports = (
        '<xs:import namespace="http://xbrl.org/2008/generic" schemaLocation="gen.xsd"/>'
        '<xs:import namespace="http://www.xbrl.org/2003/XLink" '
        'schemaLocation="http://www.xbrl.org/2003/xl-2003-12-31.xsd"/>'
    )
    root = GEN + ' xmlns:xl="http://www.xbrl.org/2003/XLink"'
    text = schema(
        imports + item("One") + own, root=root.replace('xmlns:s="https://example.org/s"', ""), linkbases=["l.xml"]
    )
    files = {"s.xsd": text, "gen.xsd": GENERIC, "l.xml": linkbase(body, root=GEN)}
    assert "xbrlgene:missingRoleRefForArcRole" in codes(load_xbrl(files, ""), "generic")
