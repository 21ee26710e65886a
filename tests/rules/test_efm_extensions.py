"""What filers may add to networks of the SEC's taxonomies (EDGAR Filer Manual, 6.12.10 and after, 6.14.6, 6.16.10)."""

from __future__ import annotations

import pytest

from tests.rules import small_efm as small
from tests.rules.small_efm import CAL, CHILD, DEF, DIMENSIONS, INSTANCE, NOTES, PRE, SCHEMA, SUM, Efm, arc, element

ASSETS, ABSTRACT = "us-gaap:Assets", "us-gaap:AssetsAbstract"
MEMBER = f"{DIMENSIONS}domain-member"
Arcs = list[tuple[str, ...]]
ARRANGEMENTS = ("10b51/IssrRule10b51ArrangementsOnly", "IssrRule10b51ArrDomain")


class Extended:
    """Writes the small filing with a taxonomy of the SEC's in use, and gives what rules for additions to it find."""

    def __init__(self, efm: Efm, taxonomy: str, form: str = "") -> None:
        self.efm = efm
        self.taxonomy = taxonomy
        self.namespace = f"http://xbrl.sec.gov/{taxonomy}/2023"
        self.url = f"https://xbrl.sec.gov/{taxonomy}/2023/{taxonomy}-2023.xsd"
        self.form = [(INSTANCE, ">8-K<", f">{form}<")] if form else []
        path = efm.taxonomies / self.url.removeprefix("https://")
        path.parent.mkdir(parents=True, exist_ok=True)
        names = (
            "AllRisksMember AllProjectsMember SomeMember OtherMember CmspSvcTypDomain IssrRule10b51ArrDomain".split()
        )
        content = "".join(small.member(name, prefix=taxonomy) for name in names)
        content += element("Amount", "xbrli:monetaryItemType", prefix=taxonomy)
        content += small.axis("RiskAxis", prefix=taxonomy)
        head = f'<xs:schema {small.NAMESPACES} targetNamespace="{self.namespace}" elementFormDefault="qualified">'
        path.write_text(f"{head}{small._IMPORTS}{content}</xs:schema>", "utf-8")

    def role(self, name: str) -> str:
        return f"http://xbrl.sec.gov/{self.taxonomy}/role/{name}"

    def links(self, kind: str, role: str, arcs: Arcs) -> str:
        """An extended link whose ends may be of the taxonomy."""

        def located(name: str) -> str:
            prefix, _, local = name.partition(":")
            if prefix != self.taxonomy:
                return small.loc(name)
            href = f"{self.url}#{prefix}_{local}"
            return f'<link:loc xlink:type="locator" xlink:href="{href}" xlink:label="{prefix}_{local}"/>'

        names = dict.fromkeys(name for each in arcs for name in each[1:3])
        return (
            f'<link:{kind}Link xlink:type="extended" xlink:role="{role}">{"".join(map(located, names))}'
            f"{''.join(arc(kind, *each) for each in arcs)}</link:{kind}Link>"
        )

    def __call__(self, *links: tuple[str, str, Arcs]) -> list[str]:
        """`links`: (document, role, arcs)."""
        kinds = {PRE: "presentation", CAL: "calculation", DEF: "definition"}
        imported = f'<xs:import namespace="{self.namespace}" schemaLocation="{self.url}"/>'
        changes = [(SCHEMA, "<!-- elements -->", small.member("MineMember") + "<!-- elements -->")]
        changes += [(SCHEMA, "<xs:import ", f"{imported}<xs:import ")]
        changes += [
            (name, "<!-- links -->", self.links(kinds[name], *rest) + "<!-- links -->") for name, *rest in links
        ]
        found = self.efm(*self.form, *changes)
        sections = (
            "EFM.6.12.1",
            "EFM.6.14.06",
            "EFM.6.14.07",
            "EFM.6.14.08",
            "EFM.6.14.09",
            "EFM.6.14.1",
            "EFM.6.16.1",
        )
        return [each.code for each in found if each.code.startswith(sections)]


@pytest.mark.parametrize(
    ("taxonomy", "form", "code"),
    [
        ("cef", "", "EFM.6.14.06.relationshipNotPermitted"),
        ("vip", "", "EFM.6.14.07.relationshipNotPermitted"),
        ("ecd", "", "EFM.6.14.08.relationshipNotPermitted"),
        ("oef", "N-CSR", "EFM.6.14.09.relationshipNotPermitted"),
        ("rxp", "2.01 SD", "EFM.6.14.10.relationshipNotPermitted"),
        ("shr", "", "EFM.6.14.11.relationshipNotPermitted"),
    ],
)
def test_calculations_have_none_of_its_elements(efm: Efm, taxonomy: str, form: str, code: str) -> None:
    extended = Extended(efm, taxonomy, form)
    assert extended((CAL, NOTES, [(SUM, ASSETS, f"{taxonomy}:Amount", 'weight="1" order="1"')])) == [code]
    assert extended((CAL, NOTES, [(SUM, ASSETS, "us-gaap:Cash", 'weight="1" order="1"')])) == []
    if form:
        other = Extended(efm, taxonomy)  # of another form
        assert other((CAL, NOTES, [(SUM, ASSETS, f"{taxonomy}:Amount", 'weight="1" order="1"')])) == []


@pytest.mark.parametrize(
    ("taxonomy", "form", "group", "code"),
    [
        ("cef", "N-2", "N2", "EFM.6.12.10.relationshipNotPermitted"),
        ("vip", "", "N3", "EFM.6.12.11.relationshipNotPermitted"),
        ("shr", "", "narr", "EFM.6.12.12.relationshipNotPermitted"),
    ],
)
def test_presentation_groups(efm: Efm, taxonomy: str, form: str, group: str, code: str) -> None:
    """Its elements stand in its own groups alone, and of others only members of domains stand there."""
    extended = Extended(efm, taxonomy, form)
    parent, role = f"{taxonomy}:AllRisksMember", extended.role(group)
    assert extended((PRE, NOTES, [(CHILD, ABSTRACT, f"{taxonomy}:Amount", 'order="1"')])) == [code]
    assert extended((PRE, role, [(CHILD, parent, "own:MineMember", 'order="1"')])) == []
    assert extended((PRE, role, [(CHILD, parent, ASSETS, 'order="1"')])) == [code]
    assert extended((PRE, role, [(CHILD, parent, f"{taxonomy}:Amount", 'order="1"')])) == []


def test_members_stand_below_certain_elements(efm: Efm) -> None:
    """Of closed-end funds the filer adds risks below risks, and securities below securities."""
    extended = Extended(efm, "cef", "N-2")
    role = extended.role("N2")
    deep: Arcs = [
        (CHILD, "cef:AllRisksMember", "cef:SomeMember", 'order="1"'),
        (CHILD, "cef:SomeMember", "own:MineMember", 'order="1"'),
    ]
    assert extended((PRE, role, deep)) == []
    assert extended((PRE, role, deep[1:])) == ["EFM.6.12.10.relationshipNotPermitted"]


@pytest.mark.parametrize(
    ("taxonomy", "form", "allowed", "source", "code"),
    [
        ("cef", "", "RiskOnly", "AllRisksMember", "EFM.6.16.10.relationshipNotPermitted"),
        ("vip", "", "RiskOnly", "AllRisksMember", "EFM.6.16.11.relationshipNotPermitted"),
        ("ecd", "", "RiskOnly", "AllRisksMember", "EFM.6.16.12.relationshipNotPermitted"),
        ("oef", "", "ClassOnly", "AllRisksMember", "EFM.6.16.13.relationshipNotPermitted"),
        ("rxp", "2.01 SD", "ProjectsOnly", "AllProjectsMember", "EFM.6.16.14.relationshipNotPermitted"),
        ("shr", "", *ARRANGEMENTS, "EFM.6.16.15.relationshipNotPermitted"),
    ],
)  # fmt: skip
def test_members_are_added_in_certain_roles(
    efm: Efm, taxonomy: str, form: str, allowed: str, source: str, code: str
) -> None:
    extended = Extended(efm, taxonomy, form)
    added: Arcs = [(MEMBER, f"{taxonomy}:{source}", "own:MineMember", 'order="1"')]
    assert extended((DEF, extended.role(allowed), added)) == []
    assert extended((DEF, NOTES, added)) == [code]
    axis: Arcs = [(f"{DIMENSIONS}dimension-domain", f"{taxonomy}:RiskAxis", "own:MineMember", 'order="1"')]
    assert extended((DEF, extended.role(allowed), axis)) == [code]


def test_copies_of_the_networks_of_a_taxonomy(efm: Efm) -> None:
    """Filing agents copy those of executive compensation into linkbases of filers, which EDGAR takes."""
    for taxonomy, found in (("ecd", []), ("vip", ["EFM.6.16.11.relationshipNotPermitted"])):
        extended = Extended(efm, taxonomy)
        copy: Arcs = [(f"{DIMENSIONS}dimension-domain", f"{taxonomy}:RiskAxis", f"{taxonomy}:SomeMember", 'order="1"')]
        assert extended((DEF, extended.role("Defaults"), copy)) == found
        assert len(extended((DEF, NOTES, copy))) == 1


@pytest.mark.parametrize(
    ("taxonomy", "form", "one", "other", "source", "codes"),
    [
        ("rxp", "2.01 SD", "ProjectsOnly", "GovernmentsOnly", "AllProjectsMember", (
            "EFM.6.16.14.roleSource", "EFM.6.16.14.targetRole", "EFM.6.16.14.memberInRoles")),
        ("shr", "", ARRANGEMENTS[0], "exh/IssrOrAfflRepurchsStockOnly", ARRANGEMENTS[1], (
            "EFM.6.16.15.roleSource", "EFM.6.16.15.targetRole", "EFM.6.16.15.memberInRoles")),
    ],
)  # fmt: skip
def test_roles_have_their_own_sources(
    efm: Efm, taxonomy: str, form: str, one: str, other: str, source: str, codes: tuple[str, str, str]
) -> None:
    extended = Extended(efm, taxonomy, form)
    one, other = extended.role(one), extended.role(other)
    added: Arcs = [(MEMBER, f"{taxonomy}:{source}", "own:MineMember", 'order="1"')]
    assert extended((DEF, other, added)) == [codes[0]]
    elsewhere: Arcs = [(*added[0][:3], f'order="1" xbrldt:targetRole="{NOTES}"')]
    assert extended((DEF, one, elsewhere)) == [codes[1]]
    assert codes[2] in extended((DEF, one, added), (DEF, other, added))


def test_sources_of_service_providers(efm: Efm) -> None:
    """Reports of self-regulatory organizations keep to the roles and sources of their rule 17Ad-27."""
    extended = Extended(efm, "sro")
    role = "http://xbrl.sec.gov/17ad27/role/{}".format
    added: Arcs = [(MEMBER, "sro:CmspSvcTypDomain", "own:MineMember", 'order="1"')]
    assert extended((DEF, role("ServicesOnly"), added)) == []
    wrong: Arcs = [(MEMBER, "sro:SomeMember", "own:MineMember", 'order="1"')]
    assert extended((DEF, role("ServicesOnly"), wrong)) == ["EFM.6.16.15.roleSource"]
    assert extended((DEF, role("ProgressTable"), wrong)) == []
    assert extended((DEF, role("Another"), added)) == ["EFM.6.16.15.roleSource"]
