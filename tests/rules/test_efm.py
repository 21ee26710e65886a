"""The EDGAR Filer Manual, 6.3 to 6.22: each rule on a small filing of ours that is broken in one place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rules import small_efm as small
from tests.rules.small_efm import (
    BALANCE,
    CAL,
    CARS,
    CHILD,
    CIK,
    DEF,
    DIMENSIONS,
    EAST,
    INSTANCE,
    LAB,
    NOTES,
    OWN,
    PRE,
    SCHEMA,
    SUM,
    Efm,
    arc,
    axis,
    context,
    element,
    fact,
    label,
    links,
    loc,
    member,
    table,
    text,
)
from tests.rules.small_efm_changes import (
    LABELS,
    LINKS,
    NOW,
    ROLES,
    Change,
    definitions,
    elements,
    empty,
    facts,
    imported,
)

Codes = Callable[..., list[str]]
GEOGRAPHY = "us-gaap:StatementGeographicalAxis"
ASSETS, ABSTRACT = "us-gaap:Assets", "us-gaap:AssetsAbstract"


def test_a_good_filing_has_no_finding(efm: Efm) -> None:
    assert efm() == []
    assert efm(without=[INSTANCE], more={small.INLINE: small.page("")}) == []


def test_a_period_that_is_missing_is_not_all_time(efm: Efm) -> None:
    told = efm(facts(context("none", "") + text("us-gaap:Policy", "p", context="none")))
    assert "EFM.6.05.38.forever" not in [each.code for each in told]


def footnote(
    *, loc: str = "", arc: str = "", note: str = "", href: str = "#cars", content: str = "Restated", more: str = ""
) -> Change:
    return facts(
        '<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        f'<link:loc xlink:type="locator" xlink:href="{href}" xlink:label="f" {loc}/>'
        f'<link:footnote xlink:type="resource" xlink:label="n" xml:lang="en-US"'
        f' xlink:role="{note or "http://www.xbrl.org/2003/role/footnote"}">{content}</link:footnote>{more}'
        f'<link:footnoteArc xlink:type="arc" xlink:arcrole="{arc or "http://www.xbrl.org/2003/arcrole/fact-footnote"}"'
        ' xlink:from="f" xlink:to="n"/></link:footnoteLink>'
    )


WITHIN = "<xbrli:startDate>2024-12-31</xbrli:startDate><xbrli:endDate>2025-03-31</xbrli:endDate>"
PERIOD_END = "http://www.xbrl.org/2003/role/periodEndLabel"
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'
FILES = [
    ("EFM.6.03.06.pointer", (LAB, f"{SCHEMA}#own_Cars", f"{SCHEMA}#element(/1/5)")),
    ("EFM.6.03.05.invalidCharacter", facts("<!-- caf&#233; \u00e9 -->")),
    ("EFM.6.03.11.xmlBase", (SCHEMA, "<xs:schema ", '<xs:schema xml:base="http://example.com/" ')),
    ("EFM.6.03.11.xmlBase", (LAB, "<link:labelLink ", '<link:labelLink xml:base="own/" ')),
]
CONTEXTS = [
    ("EFM.6.05.01.entityScheme", (INSTANCE, "http://www.sec.gov/CIK", "http://example.com/registry")),
    ("EFM.6.05.02.entityIdentifier", (INSTANCE, f">{CIK}</xbrli:identifier>", ">1234567</xbrli:identifier>")),
    ("EFM.6.05.04.scenario", (INSTANCE, "</xbrli:period>", "</xbrli:period><xbrli:scenario><own:x/></xbrli:scenario>")),
    ("EFM.6.05.05.segmentContent", (INSTANCE, EAST, EAST + "<own:x/>")),
    ("EFM.6.05.07.duplicateContext", facts(context("again", NOW) + fact("us-gaap:Assets", "30", "again"))),
    ("EFM.6.05.08", facts(context("idle", "<xbrli:instant>2023-12-31</xbrli:instant>"))),
    ("EFM.6.05.09.endAfterStart", facts(context("next", WITHIN) + fact("us-gaap:Sales", "1", "next"))),
    ("EFM.6.05.11.duplicateUnit", facts(
        '<xbrli:unit id="usd2"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
        + fact("us-gaap:Sales", "1", "year").replace('"usd"', '"usd2"'))),
    ("EFM.6.05.36.measureLength", facts(
        f'<xbrli:unit id="long"><xbrli:measure>own:{"x" * 201}</xbrli:measure></xbrli:unit>'
        + fact("us-gaap:Sales", "1", "year").replace('"usd"', '"long"'))),
    ("EFM.6.05.38.forever", facts(context("ever", "<xbrli:forever/>") + text("us-gaap:Policy", "p", context="ever"))),
]  # fmt: skip
FACT_RULES = [
    ("EFM.6.05.12.duplicateFacts", facts(fact("us-gaap:Assets", "31"))),
    ("EFM.6.05.14.englishMissing", facts(text("us-gaap:Policy", "Politik", more='xml:lang="de"'))),
    ("EFM.6.05.15.notWellFormed", facts(text("us-gaap:Policy", "&lt;p&gt;not closed"))),
    ("EFM.6.05.16.textBlock", facts(text("us-gaap:Policy", "&lt;script&gt;x()&lt;/script&gt;"))),
    ("EFM.6.05.16.textBlock", facts(text("us-gaap:Policy", "&lt;p onclick='x()'&gt;x&lt;/p&gt;"))),
    ("EFM.6.05.16.textBlock", facts(text("us-gaap:Policy", "&lt;a href='https://example.com'&gt;x&lt;/a&gt;"))),
    ("EFM.6.05.16.textBlock", facts(text("us-gaap:Policy", "&lt;img src='https://example.com/p.jpg'/&gt;"))),
    ("EFM.6.05.17.precision", (INSTANCE, CARS, CARS.replace('decimals="0"', 'precision="2"'))),
    ("EFM.6.05.23.cik", (INSTANCE, f">{CIK}</dei:", ">0007654321</dei:")),
    ("EFM.6.05.25.domainAsFact", facts(text("us-gaap:EastMember", "East"))),
    ("EFM.6.05.37.truncatedDigits", (INSTANCE, CARS, fact("own:Cars", "12345", decimals="-3"))),
    ("EFM.6.05.43.signs", facts(fact("us-gaap:OtherExpenses", "-5", "year"))),
    ("EFM.6.05.42.deprecatedConcept", facts(fact("us-gaap:SalesRevenueNet", "5", "year"))),
]
FOOTNOTES = [
    ("EFM.6.05.27.footnoteContent", footnote(more="<own:x/>")),
    ("EFM.6.05.28.footnoteRole", footnote(note=BALANCE)),
    ("EFM.6.05.29.footnoteLocatorRole", footnote(loc=f'xlink:role="{BALANCE}"')),
    ("EFM.6.05.30.footnoteArcrole", footnote(arc=f"{OWN}/arcrole/note")),
    ("EFM.6.05.32.footnoteLocator", footnote(href="other.xml#cars")),
    ("EFM.6.05.34.footnoteText", footnote(content=f"<script {XHTML}>x()</script>")),
    ("EFM.6.05.34.footnoteText", footnote(content=f'<a {XHTML} href="https://example.com/">x</a>')),
    ("EFM.6.05.33.danglingFootnote", footnote(more=(
        '<link:footnote xlink:type="resource" xlink:label="m" xml:lang="en-US"'
        ' xlink:role="http://www.xbrl.org/2003/role/footnote">Alone</link:footnote>'))),
]  # fmt: skip
SCHEMAS = [
    ("EFM.6.07.01.include", (SCHEMA, "<xs:import ", '<xs:include schemaLocation="more.xsd"/><xs:import ')),
    ("EFM.6.07.07.prefix", (SCHEMA, f'xmlns:own="{OWN}"', f'xmlns:o_wn="{OWN}"')),
    ("EFM.6.07.07.prefixes", (SCHEMA, f'xmlns:own="{OWN}"', f'xmlns:own="{OWN}" xmlns="{OWN}"')),
    ("EFM.6.07.07.prefixes", (SCHEMA, f'xmlns:own="{OWN}"', f'xmlns:own="{OWN}" xmlns:two="{OWN}"')),
    ("EFM.6.07.09.roleAuthority", (SCHEMA, ROLES, '<link:roleType roleURI="http://example.org/role/x" id="x"/>')),
    ("EFM.6.07.09.roleEnding", (SCHEMA, ROLES, '<link:roleType roleURI="http://example.com/x" id="x"/>')),
    ("EFM.6.07.11.usedOn", (SCHEMA, "<link:usedOn>link:calculationLink</link:usedOn>", "")),
    ("EFM.6.07.12.order", (SCHEMA, "0001 - Document", "0004 - Document")),
    ("EFM.6.07.12.order", (SCHEMA, "0001 - Document - Cover", "0001 - Disclosure - Cars (Details)")),
    ("EFM.6.07.13.arcroleAuthority", (SCHEMA, ROLES, (
        '<link:arcroleType arcroleURI="http://example.org/arcrole/x" id="x" cyclesAllowed="any"/>'))),
    ("EFM.6.07.13.arcroleEnding", (SCHEMA, ROLES, (
        '<link:arcroleType arcroleURI="http://example.com/x" id="x" cyclesAllowed="any"/>'))),
    ("EFM.6.07.15.arcroleDefinition", (SCHEMA, ROLES, (
        f'<link:arcroleType arcroleURI="{OWN}/arcrole/x" id="x" cyclesAllowed="any"/>'))),
    ("EFM.6.07.16.standardName", elements(element("Assets", "xbrli:monetaryItemType"))),
    ("EFM.6.07.17.elementId", (SCHEMA, 'id="own_Cars"', 'id="Cars"')),
    ("EFM.6.07.18.nillable", elements(axis("PartAxis").replace(' nillable="true"', ""))),
    ("EFM.6.07.18.nillable", (SCHEMA, ' nillable="true" xbrli', " xbrli")),
    ("EFM.6.07.19.tuple", elements(
        '<xs:element name="Set" id="own_Set" substitutionGroup="xbrli:tuple" nillable="true"><xs:complexType>'
        '<xs:sequence><xs:element ref="own:Cars"/></xs:sequence></xs:complexType></xs:element>')),
    ("EFM.6.07.21.abstractInstant", elements(element("Group", "xbrli:stringItemType", 'abstract="true"'))),
    ("EFM.6.07.23.axisName", elements(axis("Region"))),
    ("EFM.6.07.23.axisName", elements(element("RegionAxis", "xbrli:stringItemType", period="duration"))),
    ("EFM.6.07.24.tableName", elements(table("Regions"))),
    ("EFM.6.07.25.substitutionGroup", elements(element("Vans", "xbrli:monetaryItemType").replace(
        'Group="xbrli:item"', 'Group="own:Cars"'))),
    ("EFM.6.07.26.lineItems", elements(element("SalesLineItems", "xbrli:stringItemType", period="duration"))),
    ("EFM.6.07.27.domainName", elements(member("West"))),
    ("EFM.6.07.27.domainName", elements(element("WestMember", "xbrli:stringItemType", period="duration"))),
    ("EFM.6.07.28.domainInstant", elements(member("WestMember").replace("duration", "instant"))),
    ("EFM.6.07.20.typedDomain", elements(axis("PartAxis", more='xbrldt:typedDomainRef="#own_Part"'))),
    ("EFM.6.07.29.nameLength", elements(element("x" * 201, "xbrli:monetaryItemType"))),
    ("EFM.6.07.29.nameLength", elements(f'<xs:simpleType name="{chr(0xE9) * 101}"/>')),
    ("EFM.6.07.30.length", (SCHEMA, ROLES, f'<link:roleType roleURI="{OWN}/role/{"x" * 256}" id="x"/>')),
    ("EFM.6.07.31.fraction", elements(element("Part", "xbrli:fractionItemType"))),
    ("EFM.6.07.32.textBlockInstant", elements(element("NoteTextBlock", "dtr:textBlockItemType"))),
]  # fmt: skip
LINKBASES = [
    ("EFM.6.09.03.ineffectiveArc", (CAL, "</link:calculationLink>", (
        arc("calculation", SUM, ASSETS, "own:Cars", 'weight="1" order="1"') + "</link:calculationLink>"))),
    ("EFM.6.09.03.ineffectiveArc", (CAL, LINKS, links("calculation", BALANCE, [
        (SUM, ASSETS, "own:Cars", 'weight="1.0" order="1" priority="2"')]))),
    ("EFM.6.09.03.prohibitsNothing", (CAL, LINKS, links("calculation", NOTES, [
        (SUM, ASSETS, "own:Cars", 'weight="1" order="1" use="prohibited"')]))),
    ("EFM.6.09.04.resourceRole", (LAB, ' xlink:role="http://www.xbrl.org/2003/role/label"', "")),
    ("EFM.6.09.05.customResourceRole", (LAB, "http://www.xbrl.org/2003/role/label", BALANCE)),
    ("EFM.6.09.04.resourceRole", (PRE, f' xlink:role="{BALANCE}"', "")),
    ("EFM.6.09.06.customArcrole", (DEF, LINKS, (
        f'<link:arcroleRef arcroleURI="{OWN}/arcrole/x" xlink:type="simple" xlink:href="{SCHEMA}#x"/>'))),
    ("EFM.6.09.07.kindsOfLinks", (PRE, LINKS, links("calculation", NOTES, [
        (SUM, ASSETS, "us-gaap:Cash", 'weight="1" order="1"')]))),
    ("EFM.6.09.09.priority", (CAL, "weight=", 'priority="10" weight=')),
    ("EFM.6.10.01.standardLabel", (LAB, "role/label", "role/terseLabel")),
    ("EFM.6.10.02.labelTwice", (LAB, LABELS, label("own:Cars", "Vehicles"))),
    ("EFM.6.10.03.englishLabel", (LAB, 'xml:lang="en-US"', 'xml:lang="de"')),
    ("EFM.6.10.04.sameLabel", (LAB, LABELS, loc("us-gaap:Cash") + label("us-gaap:Cash", "Cars"))),
    ("EFM.6.10.05.documentation", (LAB, LABELS, loc(ASSETS) + label(ASSETS, "All", role="documentation"))),
    ("EFM.6.10.02.labelTwice", (LAB, LABELS, (
        loc("us-gaap:Cash") + label("us-gaap:Cash", "Cash") + label("us-gaap:Cash", "Money")))),
    ("EFM.6.10.06.labelText", (LAB, ">Cars<", f">{'x' * 512}<")),
    ("EFM.6.10.06.labelText", (LAB, ">Cars<", ">Cars  and vans<")),
    ("EFM.6.10.06.labelText", (LAB, ">Cars<", ">Cars &lt; vans<")),
    ("EFM.6.10.08.labelNotTrimmed", (LAB, ">Cars<", "> Cars<")),
    ("EFM.6.12.01.order", (PRE, ' order="4"', "")),
    ("EFM.6.12.02.sameOrder", (PRE, 'order="4"', 'order="3"')),
    ("EFM.6.12.03.notPresented", (PRE, f"{SCHEMA}#own_Cars", f"{small.GAAP_SCHEMA}#us-gaap_Sales")),
    ("EFM.6.12.05.samePreferredLabel", (PRE, LINKS, links("presentation", NOTES, [
        (CHILD, ABSTRACT, ASSETS, 'order="1"'), (CHILD, ABSTRACT, ASSETS, 'order="2"')]))),
    ("EFM.6.12.06.multipleRoots", (PRE, LINKS, links("presentation", NOTES, [
        (CHILD, ABSTRACT, ASSETS, 'order="1"'), (CHILD, "dei:CoverAbstract", "us-gaap:Cash", 'order="1"')]))),
    ("EFM.6.12.07.balanceLabel", (PRE, LINKS, links("presentation", NOTES, [
        (CHILD, ABSTRACT, "us-gaap:Sales", f'order="1" preferredLabel="{PERIOD_END}"')]))),
    ("EFM.6.12.08.axisWithoutDomain", (PRE, LINKS, links("presentation", NOTES, [
        (CHILD, ABSTRACT, "us-gaap:StatementGeographicalAxis", 'order="1"')]))),
    ("EFM.6.14.01.order", (CAL, ' order="1"', "")),
    ("EFM.6.14.02.weight", (CAL, 'weight="1"', 'weight="0.5"')),
    ("EFM.6.14.03.periodTypes", (CAL, LINKS, links("calculation", NOTES, [
        (SUM, ASSETS, "us-gaap:Sales", 'weight="1" order="1"')]))),
    ("EFM.6.14.04.circular", (CAL, LINKS, links("calculation", BALANCE, [
        (SUM, "own:Cars", ASSETS, 'weight="1" order="1"')]))),
    ("EFM.6.14.05.notPresented", (CAL, LINKS, links("calculation", NOTES, [
        (SUM, "own:Cars", "dei:AmendmentFlag", 'weight="1" order="1"')]))),
    ("EFM.6.16.01.order", (DEF, " order='2'", "")),
    ("EFM.6.16.03.domainType", definitions(
        (f"{DIMENSIONS}dimension-domain", "us-gaap:StatementGeographicalAxis", ASSETS, 'order="1"'))),
    ("EFM.6.16.04.tangledDomain", (DEF, LINKS, links("definition", BALANCE, [
        (f"{DIMENSIONS}domain-member", ASSETS, "us-gaap:Cash", 'order="1"')]))),
    ("EFM.6.16.06.closedNotAll", definitions(
        (f"{DIMENSIONS}notAll", ASSETS, "us-gaap:StatementTable", f'{small.SEGMENT} order="1"'))),
    ("EFM.6.16.08.excludesItself", definitions(
        (f"{DIMENSIONS}all", ASSETS, "us-gaap:StatementTable", f'{small.SEGMENT} order="1"'),
        (f"{DIMENSIONS}notAll", ASSETS, "us-gaap:StatementTable", 'xbrldt:contextElement="segment" order="1"'))),
    ("EFM.6.16.07.excludedAxis", definitions(
        (f"{DIMENSIONS}notAll", ASSETS, "us-gaap:StatementTable", 'xbrldt:contextElement="segment" order="1"'),
        (f"{DIMENSIONS}hypercube-dimension", "us-gaap:StatementTable", GEOGRAPHY, 'order="1"'))),
    ("EFM.6.16.09.targetRole", definitions(
        (f"{DIMENSIONS}domain-member", ABSTRACT, ASSETS, f'xbrldt:targetRole="{small.COVER_ROLE}" order="1"'))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), FILES + CONTEXTS + FACT_RULES + FOOTNOTES + SCHEMAS + LINKBASES)
def test_one_fault(efm_codes: Codes, code: str, change: Change) -> None:
    assert code in efm_codes(change)


def test_custom_references_and_standard_ones(efm_codes: Codes) -> None:
    for name, code in (("own:Cars", "EFM.6.18.01.customReference"), (ASSETS, "EFM.6.18.02.standardReference")):
        link = (
            '<link:referenceLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
            f'{loc(name)}<link:reference xlink:type="resource" xlink:label="r"'
            ' xlink:role="http://www.xbrl.org/2003/role/reference"/>'
            + arc("reference", "http://www.xbrl.org/2003/arcrole/concept-reference", name, "r")
            + "</link:referenceLink>"
        )
        assert code in efm_codes((LAB, LINKS, link))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (PRE, "pre.xml", "EFM.6.03.03.fileName"),
        (PRE, "own-20241231_def.xml", "EFM.6.03.03.linkMissing"),
    ],
)
def test_names_of_linkbases(efm_codes: Codes, old: str, new: str, code: str) -> None:
    content = small.documents()[old]
    references = [(SCHEMA, small.linkbase_ref(DEF), "")] if new == DEF else []
    assert code in efm_codes(*references, (SCHEMA, f'"{old}"', f'"{new}"'), more={new: content}, without=[old])


def test_kinds_of_links(efm: Efm) -> None:
    """A linkbase that begins with a link that filers have no use for."""
    content = small.documents()[PRE].replace(
        "<link:presentationLink ", '<link:footnoteLink xlink:type="extended" xlink:role="r"/><link:presentationLink ', 1
    )
    told = [each for each in efm(more={PRE: content}) if each.code == "EFM.6.03.02.linkElement"]
    assert [each.severity for each in told] == ["error"]


def test_footnotes_of_instances_are_linked_in_the_default_role(efm_codes: Codes) -> None:
    document, old, new = footnote()
    for role, told in (("http://www.xbrl.org/2003/role/link", False), (BALANCE, True)):
        change = (document, old, new.replace("http://www.xbrl.org/2003/role/link", role))
        assert ("EFM.6.05.28.footnoteLinkRole" in efm_codes(change)) is told


def test_taxonomies_of_others(efm: Efm) -> None:
    """A filing refers to its own documents, and to those of publishers that EDGAR supports."""
    place = "http://taxonomies.example.com/2024/other.xsd"
    told = efm(imported(place, "http://taxonomies.example.com/2024"))
    assert [(each.severity, place in each.message) for each in told if each.code == "EFM.6.22.00.location"] == [
        ("error", True)
    ]
    file = efm.taxonomies / place.removeprefix("http://")
    file.parent.mkdir(parents=True)
    file.write_text(empty("", "http://taxonomies.example.com/2024")[1], "utf-8")
    told = efm(imported(place, "http://taxonomies.example.com/2024"))
    assert [each.code for each in told if each.code in ("recto:missingDocument", "EFM.6.22.00.location")] == [
        "EFM.6.22.00.location"
    ]


def test_versions_that_are_not_at_hand_do_not_go_together_either(efm_codes: Codes) -> None:
    code = "EFM.6.22.03.incompatibleTaxonomies"
    for year, told in (("2024", False), ("2022", True)):
        place = f"https://xbrl.sec.gov/cef/{year}/cef-{year}.xsd"
        assert (code in efm_codes(imported(place, f"http://xbrl.sec.gov/cef/{year}"))) is told


def test_a_taxonomy_for_inline_documents_alone(efm_codes: Codes) -> None:
    spac = ("own_spac.xsd", "http://xbrl.sec.gov/spac/2025")
    code = "EFM.EXG.10.8.xmlNotAllowed"
    assert code in efm_codes(imported(*spac), more=dict([empty(*spac)]))
    inline = {small.INLINE: small.page("")} | dict([empty(*spac)])
    assert code not in efm_codes(imported(*spac), more=inline, without=[INSTANCE])


def test_names_of_instances(efm_codes: Codes) -> None:
    content = small.documents()[INSTANCE]
    assert efm_codes(more={"report.xml": content}, without=[INSTANCE]) == ["EFM.6.03.03.fileName"]
    assert efm_codes(more={"report_htm.xml": content}, without=[INSTANCE]) == []  # as EDGAR names what it extracts


def test_names_of_files(efm_codes: Codes) -> None:
    content = small.documents()[INSTANCE]
    long = f"{'x' * 20}-20241231.xml"  # 33 characters
    assert efm_codes(more={long: content}, without=[INSTANCE]) == ["EFM.5.01.01.fileNameLength"]
    assert efm_codes(more={long[1:]: content}, without=[INSTANCE]) == []
    assert efm_codes(more={"Own-20241231.xml": content}, without=[INSTANCE]) == ["EFM.5.01.01.fileName"]
    page = small.page("")
    assert efm_codes(more={"Own.htm": page}, without=[INSTANCE]) == []
    assert efm_codes(more={"own report.htm": page}, without=[INSTANCE]) == ["EFM.5.01.01.fileName"]


@pytest.mark.parametrize(
    ("namespace", "code"),
    [
        ("http://example.com/2024", "EFM.6.07.04.targetNamespace"),
        ("http://example.com/20241332", "EFM.6.07.04.targetNamespace"),
        ("urn:own", "EFM.6.07.05.authority"),
        ("http://fasb.org/own", "EFM.6.07.03.standardAuthority"),
    ],
)
def test_namespaces(efm_codes: Codes, namespace: str, code: str) -> None:
    found = efm_codes(*((name, OWN, namespace) for name in (INSTANCE, SCHEMA, PRE, CAL, DEF)))
    assert code in found


def test_roles_are_declared_once(efm_codes: Codes) -> None:
    arcrole = f'<link:arcroleType arcroleURI="{OWN}/arcrole/x" id="x" cyclesAllowed="any"/>'
    second = small.documents()[SCHEMA].replace(OWN + '"', 'http://example.com/20241230"', 1)
    role = f'<link:roleType roleURI="{BALANCE}" id="twice"/>'
    other = (
        f"<xs:schema {small.NAMESPACES.replace(OWN, 'http://example.com/20241230')}"
        ' targetNamespace="http://example.com/20241230"><xs:annotation><xs:appinfo>'
        f"{role}{arcrole}</xs:appinfo></xs:annotation></xs:schema>"
    )
    imported = '<xs:import namespace="http://example.com/20241230" schemaLocation="own-20241230.xsd"/>'
    found = efm_codes(elements(""), (SCHEMA, ROLES, arcrole), (SCHEMA, "<xs:import ", imported + "<xs:import "), more={
        "own-20241230.xsd": other})  # fmt: skip
    assert second
    assert {"EFM.6.07.10.roleTwice", "EFM.6.07.14.arcroleTwice"} <= set(found)


def test_several_filers(efm_codes: Codes) -> None:
    one = small.context("now", NOW)
    assert "EFM.6.05.03.entityIdentifiers" in efm_codes((INSTANCE, one, one.replace(CIK, "0007654321")))


def test_the_submission_names_the_filer(efm_codes: Codes) -> None:
    assert efm_codes(parameters={"CIK": CIK}) == []
    assert efm_codes(parameters={"CIK": "7654321"}) == ["EFM.6.05.23.submissionCik"]


@pytest.mark.parametrize(
    ("official", "value", "inline", "plain"),
    [
        ("EXAMPLE INC", "Example Incorporated", True, True),
        ("EXAMPLE INC", "Example Inc. and subsidiaries", True, True),
        ("BIG & BOLD CO /DE/", "The Big and Bold Company", True, False),
        ("SOCIETE X SA (ADR)", "Soci\u00e9t\u00e9 SA", True, False),
        ("EXAMPLE INC", "Sample Inc.", False, False),
    ],
)
def test_the_registrants_name(efm_codes: Codes, official: str, value: str, inline: bool, plain: bool) -> None:
    """Inline, names are compared as people read them; else letter by letter, but for their case."""
    parameters = {"cikList": f"0000000001,{CIK}", "cikNameList": f"OTHER|Edgar|{official}"}
    written = value.encode("ascii", "xmlcharrefreplace").decode()
    page = small.page("").replace("Example Inc.", written)
    code = ["EFM.6.05.24.registrantName"]
    assert efm_codes(more={small.INLINE: page}, without=[INSTANCE], parameters=parameters) == ([] if inline else code)
    assert efm_codes((INSTANCE, "Example Inc.", written), parameters=parameters) == ([] if plain else code)


def test_a_report_has_a_cover_page(efm_codes: Codes) -> None:
    cover = "".join(text(f"dei:{name}", value) for name, value in small.FORM.items())
    imported = f'<xs:import namespace="{small.DEI}" schemaLocation="{small.DEI_SCHEMA}"/>'
    found = efm_codes((INSTANCE, cover, ""), (SCHEMA, imported, ""), (SCHEMA, small.linkbase_ref(PRE), ""))
    assert "EFM.6.05.20.coverPage" in found


def test_what_is_not_for_every_form(efm_codes: Codes) -> None:
    page = small.page("").replace(">8-K<", ">K SDR<")
    assert "EFM.6.22.03.inlineOfForm" in efm_codes(without=[INSTANCE], more={small.INLINE: page})
    rr = "http://xbrl.sec.gov/rr/2023"
    other = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="{rr}"/>'
    found = efm_codes(
        (SCHEMA, "<xs:import ", f'<xs:import namespace="{rr}" schemaLocation="rr-20230101.xsd"/><xs:import '),
        more={"rr-20230101.xsd": other},
    )
    assert "EFM.6.22.03.taxonomyOfForm" in found


def test_a_repository_files_a_report_k(efm_codes: Codes) -> None:
    change = (INSTANCE, ">8-K<", ">L SDR<")
    assert "EFM.6.03.08.sdrNoK" in efm_codes(change, parameters={"submissionType": "SDR"})
    assert "EFM.6.03.08.sdrNoK" not in efm_codes(change, parameters={"submissionType": "SDR/A"})


def test_classes_of_a_fund(efm_codes: Codes) -> None:
    parameters = {
        "submissionType": "N-CSR",
        "invCompanyType": "N-1A",
        "rptSeriesClassInfo.classIds": "C000000123",
    }
    role = "http://xbrl.sec.gov/oef/role/ClassOnly"
    declared = elements(axis("ClassAxis") + member("C000000123Member"))
    on_axis = (DEF, LINKS, links("definition", role, [
        (f"{DIMENSIONS}dimension-domain", "own:ClassAxis", "own:C000000123Member", 'order="1"')]))  # fmt: skip
    segment = '<xbrldi:explicitMember dimension="own:ClassAxis">own:C000000123Member</xbrldi:explicitMember>'
    used = facts(context("class", NOW, segment) + fact("us-gaap:Cash", "1", "class"))

    def told(*changes: Change) -> list[str]:
        return [each for each in efm_codes(*changes, parameters=parameters) if each.startswith("EFM.6.05.57.class")]

    assert told() == ["EFM.6.05.57.classNotDeclared"]
    assert told(declared) == ["EFM.6.05.57.classNotOnAxis"]
    assert told(declared, on_axis) == ["EFM.6.05.57.classNotInContext"]
    assert told(declared, on_axis, used) == []


def test_a_context_for_the_report(efm_codes: Codes) -> None:
    found = efm_codes((INSTANCE, context("year", small.YEAR), context("year", small.YEAR, EAST)))
    assert "EFM.6.05.19.requiredContext" in found


def test_axes_of_the_filers_own(efm_codes: Codes) -> None:
    typed = (
        axis("PartAxis", more='xbrldt:typedDomainRef="#own_Part"')
        + '<xs:element name="Part" id="own_Part" type="xs:string"/>'
    )
    segment = '<xbrldi:typedMember dimension="own:PartAxis"><own:Part>a</own:Part></xbrldi:typedMember>'
    added = context("part", NOW, segment) + fact("us-gaap:Cash", "1", "part")
    assert "EFM.6.05.39.typedDimension" in efm_codes(elements(typed), facts(added))
    segment = '<xbrldi:explicitMember dimension="own:CurrencyAxis">us-gaap:EastMember</xbrldi:explicitMember>'
    added = context("currency", NOW, segment) + fact("us-gaap:Cash", "1", "currency")
    assert "EFM.6.05.44.customAxis" in efm_codes(elements(axis("CurrencyAxis")), facts(added))


def test_labels_of_numbers(efm_codes: Codes) -> None:
    note = element("Note", "xbrli:stringItemType", period="duration")
    changes = (
        elements(note),
        facts(text("own:Note", "n")),
        (LAB, LABELS, loc("own:Note") + label("own:Note", "Note") + label("own:Note", "Total", role="totalLabel")),
    )
    assert "EFM.6.10.09.numericLabel" in efm_codes(*changes)
    assert "EFM.6.10.09.numericLabel" in efm_codes(changes[0], changes[2])  # of the filer's own, though unused


def test_roots_above_nothing_that_is_used_do_not_count(efm_codes: Codes) -> None:
    arcs = [(CHILD, ABSTRACT, ASSETS, 'order="1"'), (CHILD, "dei:CoverAbstract", "us-gaap:OtherExpenses", 'order="1"')]
    assert "EFM.6.12.06.multipleRoots" not in efm_codes((PRE, LINKS, links("presentation", NOTES, arcs)))


def test_elements_of_fasb_are_labeled_all_or_none(efm_codes: Codes) -> None:
    """FASB's schemas come without labels, which the filer's linkbase brings in."""
    code = "EFM.6.10.01.standardLabel"
    both = facts(fact("us-gaap:Assets", "1") + fact("us-gaap:Cash", "1"))
    assert code not in efm_codes(both)
    one, two = (loc(each) + label(each, each) for each in ("us-gaap:Assets", "us-gaap:Cash"))
    assert code in efm_codes(both, (LAB, LABELS, one))
    used = ("us-gaap:StatementGeographicalAxis", "us-gaap:EastMember")
    others = "".join(loc(each) + label(each, each) for each in used)
    assert code not in efm_codes(both, (LAB, LABELS, one + two + others))


def test_labels_of_unused_elements_are_of_one_each(efm_codes: Codes) -> None:
    unused = loc("us-gaap:OtherExpenses") + label("us-gaap:OtherExpenses", "Cars")
    assert "EFM.6.10.04.sameLabel" in efm_codes((LAB, LABELS, unused))


def test_deprecated_axes_members_and_values(efm: Efm) -> None:
    """us-gaap deprecated the member in 2021; 2024's taxonomy is used."""
    segment = EAST.replace("EastMember", "AccountingGuidanceMember")
    facts_ = facts(context("old", NOW, segment) + fact("us-gaap:Cash", "1", "old") + fact("us-gaap:Assets", "1", "old"))
    (found,) = [each for each in efm(facts_) if each.code == "EFM.6.05.42.deprecatedConcept"]
    assert "AccountingGuidanceMember" in found.message
    assert "2 facts" in found.message


def test_what_was_deprecated_after_the_taxonomy_in_use_is_told(efm: Efm) -> None:
    """EDGAR's list is that of today, whatever a report uses."""
    found = efm(facts(text("us-gaap:AssetRetirementObligationsSignificantChanges", "None")))
    assert any(each.code == "EFM.6.05.42.deprecatedConcept" for each in found)


def test_standard_domains_are_known_by_their_names(efm: Efm) -> None:
    """A schema that stands in for a taxonomy may lack the type."""
    schema = next(efm.taxonomies.rglob("us-gaap-2024.xsd"))
    schema.write_text(schema.read_text("utf-8").replace("dtr:domainItemType", "xbrli:stringItemType"), "utf-8")
    codes = {each.code for each in efm(facts(fact("us-gaap:Assets", "1", "now")))}
    assert not {"EFM.6.16.03.domainType", "EFM.6.12.08.axisWithoutDomain"} & codes


def test_a_schema_that_is_named_like_a_standard_one_is_looked_at(efm_codes: Codes) -> None:
    """`xbrl.us` is an authority of standard taxonomies, but this is none that it published."""
    named = [(name, OWN, "http://xbrl.us//20241231") for name in (INSTANCE, SCHEMA, PRE, CAL, DEF)]
    found = efm_codes(*named, elements(element("Odd", "xbrli:stringItemType").replace("own_Odd", "odd")))
    assert {"EFM.6.07.03.standardAuthority", "EFM.6.07.17.elementId"} <= set(found)


def test_two_arcs_to_one_element_need_two_orders(efm_codes: Codes) -> None:
    start = PERIOD_END.replace("End", "Start")
    arcs = [(CHILD, ABSTRACT, ASSETS, f'order="1" preferredLabel="{each}"') for each in (start, PERIOD_END)]
    assert "EFM.6.12.02.sameOrder" in efm_codes((PRE, LINKS, links("presentation", NOTES, arcs)))


def test_one_table_in_a_role(efm_codes: Codes) -> None:
    other = (f"{DIMENSIONS}all", ABSTRACT, "own:OtherTable", f'{small.SEGMENT} order="2"')
    found = efm_codes(elements(table("OtherTable")), (DEF, LINKS, links("definition", BALANCE, [other])))
    assert "EFM.6.16.05.severalTables" in found


def test_escaped_text_is_about_a_duration(efm_codes: Codes) -> None:
    own = (
        '<xs:complexType name="ownType"><xs:simpleContent><xs:restriction base="dtr:textBlockItemType"/>'
        "</xs:simpleContent></xs:complexType>"
    )
    assert "EFM.6.07.32.nonnumericInstant" in efm_codes(elements(own + element("Story", "own:ownType")))


def test_versions_of_taxonomies_go_together(efm: Efm) -> None:
    from recto.rules.efm.taxonomies import versions

    assert versions(
        ["http://fasb.org/us-gaap/2024", "http://xbrl.sec.gov/dei/2023", "http://xbrl.sec.gov/dei-sub/2023"]
    ) == [
        "us-gaap/2024",
        "dei/2023",
    ]
    assert versions(["http://example.com/2024"]) == []
    older = ("own_old.xsd", "http://fasb.org/us-gaap/2023")
    (found,) = [each for each in efm(imported(*older), more=dict([empty(*older)])) if ".6.22.03." in each.code]
    assert (found.code, found.severity) == ("EFM.6.22.03.incompatibleTaxonomies", "error")
    assert "us-gaap/2023" in found.message
