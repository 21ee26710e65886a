"""ESEF: each rule on a small report of ours that is broken in one place."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

import recto
from recto.findings import Finding
from tests.rules import small_esef as small
from tests.rules.small_esef import CAL, DEF, LAB, LEI, PACKAGE, PRE, REPORT, SCHEMA, Esef

Codes = Callable[..., list[str]]
BODY, ELEMENTS, LINKS, LABELS = "<!-- body -->", "<!-- elements -->", "<!-- links -->", "<!-- labels -->"
END = "</xbrli:identifier>"
CARS = 'name="own:CarsInProduction" contextRef="now"'
BALANCE, ANCHOR, DIMENSIONS = f"{small.OWN}/role/balance", small.ANCHOR, small.DIMENSIONS
SCENARIO, CLOSED = 'xbrldt:contextElement="scenario"', 'xbrldt:closed="true"'
SWAP = ("own-2021-12-31.xsd#own_CarsInProduction", f"{small.IFRS_SCHEMA}#ifrs-full_EquityAndLiabilities")
"""An element that is presented in place of another."""
SET = (
    '<xs:element name="Set" id="own_Set" substitutionGroup="xbrli:tuple" nillable="true"><xs:complexType>'
    '<xs:sequence><xs:element ref="own:CarsInProduction"/></xs:sequence></xs:complexType></xs:element>'
)
HIDDEN, RESOURCES = "<!-- hidden -->", "<!-- resources -->"
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\nand so on").decode()
GIF = base64.b64encode(b"GIF89a and so on").decode()
SVG = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>').decode()


def test_a_good_report_has_no_finding(esef: Esef) -> None:
    assert esef() == []


def hidden(content: str) -> tuple[str, str, str]:
    return (REPORT, HIDDEN, f"<ix:hidden>{content}</ix:hidden>")


def body(content: str) -> tuple[str, str, str]:
    return (REPORT, BODY, content)


def image(source: str) -> tuple[str, str, str]:
    return body(f'<p><img alt="" src="{source}"/></p>')


def resource(content: str) -> tuple[str, str, str]:
    return (REPORT, RESOURCES, content)


def footnote(attributes: str, more: str = "", relationship: str = "") -> tuple[tuple[str, str, str], ...]:
    return (
        body(f'<p><ix:footnote id="fn" {attributes}>Restated</ix:footnote></p>{more}'),
        resource(f'<ix:relationship fromRefs="assets" toRefs="fn" {relationship}/>'),
    )


CONTEXTS = [
    ("ESEF.2.1.1.invalidIdentifierFormat", (REPORT, LEI, "529900")),
    ("ESEF.2.1.1.invalidIdentifier", (REPORT, LEI, LEI[:-1] + "6")),
    ("ESEF.2.1.1.invalidIdentifier", (REPORT, "http://standards.iso.org/iso/17442", "http://example.com/registry")),
    (
        "ESEF.2.1.2.periodWithTimeContent",
        (REPORT, ">2021-12-31</xbrli:instant>", ">2021-12-31T00:00:00</xbrli:instant>"),
    ),
    ("ESEF.2.1.2.periodWithTimeZone", (REPORT, ">2021-12-31</xbrli:instant>", ">2021-12-31Z</xbrli:instant>")),
    (
        "ESEF.2.1.3.segmentUsed",
        (REPORT, END, f"{END}<xbrli:segment><own:x/></xbrli:segment>"),
    ),
    (
        "ESEF.2.1.3.scenarioContainsNonDimensionalContent",
        (REPORT, "</xbrli:period>", "</xbrli:period><xbrli:scenario><own:x/></xbrli:scenario>"),
    ),
]
FACTS = [
    (
        "ESEF.2.2.1.precisionAttributeUsed",
        (REPORT, 'decimals="-3" scale="3" format="ixt:num-dot-decimal" id', 'precision="2" id'),
    ),
    ("ESEF.2.2.2.percentGreaterThan100", body(small.fact("ifrs-full:Share", "12", scale="0", unit="pure"))),
    (
        "ESEF.2.2.3.incorrectTransformationRuleApplied",
        (REPORT, "transformation/2020-02-12", "transformation/2015-02-26"),
    ),
    (
        "ESEF.2.2.4.inconsistentDuplicateNumericFactInInlineXbrlDocument",
        body(small.fact("ifrs-full:Assets", "31")),
    ),
    (
        "ESEF.2.2.4.inconsistentDuplicateNonnumericFactInInlineXbrlDocument",
        body(small.text("ifrs-full:DomicileOfEntity", "Elsewhere")),
    ),
    (
        "ESEF.2.2.6.escapedHTMLUsedInBlockTagWithSpecialCharacters",
        body(small.text("ifrs-full:Notes", "A &amp; B")),
    ),
    ("ESEF.2.5.2.undefinedLanguageForTextFact", (REPORT, 'xml:lang="en"', "")),
    (
        "ESEF.2.5.2.taggedTextFactOnlyInLanguagesOtherThanLanguageOfAReport",
        (REPORT, 'name="ifrs-full:DomicileOfEntity"', 'xml:lang="fr" name="ifrs-full:DomicileOfEntity"'),
    ),
    (
        "ESEF.RTS.Annex.II.Par.1.factsWithOtherThanDeclaredCurrencyOnly",
        (
            REPORT,
            f'{CARS} unitRef="eur"',
            f'{CARS} unitRef="usd"',
        ),
    ),
    (
        "ESEF.RTS.Annex.II.Par.2.missingMandatoryMarkups",
        (REPORT, small.text("ifrs-full:DomicileOfEntity", "Example plc"), ""),
    ),
]
MARKUP = [
    ("ESEF.2.4.1.transformableElementIncludedInHiddenSection", hidden(small.fact("own:CarsInProduction", "10")[3:-4])),
    ("ESEF.2.4.1.esefIxHiddenStyleNotLinkingFactInHiddenSection", body('<p style="-esef-ix-hidden:assets">x</p>')),
    ("ESEF.2.4.2.htmlOrXmlBaseUsed", (REPORT, "<body>", '<body xml:base="http://example.com/">')),
    ("ESEF.2.4.2.htmlOrXmlBaseUsed", (REPORT, "<title>", '<base href="http://example.com/"/><title>')),
    ("ESEF.2.5.1.executableCodePresent", body('<p onclick="x()">x</p>')),
    ("ESEF.2.5.1.executableCodePresent", body('<p><a href="javascript:x()">x</a></p>')),
    ("ESEF.2.5.1.executableCodePresent", image(f"data:image/svg+xml;base64,{SVG}")),
    ("ESEF.2.5.1.MIMETypeNotSpecified", image(f"data:image;base64,{PNG}")),
    ("ESEF.2.5.1.incorrectMIMETypeSpecified", image(f"data:image/gif;base64,{PNG}")),
    ("ESEF.2.5.1.imageFormatNotSupported", image("data:image/bmp;base64,Qk0=")),
    ("ESEF.2.5.1.imageFormatNotSupported", image("picture.tiff")),
    ("ESEF.2.5.1.inlineXbrlDocumentContainsExternalReferences", image("https://example.com/p.png")),
    (
        "ESEF.2.5.1.imageInIXbrlElementNotEmbedded",
        body(small.text("ifrs-full:Notes", '<img alt="" src="p.png"/>', 'escape="true"').replace("p>", "div>")),
    ),
    (
        "ESEF.2.5.4.externalCssFileForSingleIXbrlDocument",
        (REPORT, "<title>", '<link rel="stylesheet"/><title>'),
    ),
    ("ESEF.RTS.Art.3.htmlDoctype", (REPORT, "<html", "<!DOCTYPE html><html")),
]
EXTENSION = [
    ("ESEF.3.1.1.linkbasesNotSeparateFiles", (DEF, LINKS, small.links("presentation", f"{small.OWN}/role/x", []))),
    ("ESEF.3.1.2.requiredEntryPointNotImported", (SCHEMA, small.ESEF_SCHEMA, small.IFRS_SCHEMA)),
    ("ESEF.3.2.3.typedDimensionDefinitionInExtensionTaxonomy", (SCHEMA, ELEMENTS, (
        '<xs:element name="Part" id="own_Part" type="xs:string"/>'
        '<xs:element name="PartAxis" id="own_PartAxis" type="xbrli:stringItemType" abstract="true"'
        ' substitutionGroup="xbrldt:dimensionItem" xbrli:periodType="duration" xbrldt:typedDomainRef="#own_Part"/>'
    ))),
    ("ESEF.3.2.5.abstractConceptDefinitionInExtensionTaxonomy", (SCHEMA, ELEMENTS, small.element(
        "Group", "xbrli:stringItemType", 'abstract="true"', period="duration"))),
    ("ESEF.2.4.1.tupleDefinedInExtensionTaxonomy", (SCHEMA, ELEMENTS, SET)),
    ("ESEF.2.4.1.fractionDefinedInExtensionTaxonomy", (
        SCHEMA, ELEMENTS, small.element("Part", "xbrli:fractionItemType"))),
    ("ESEF.RTS.Annex.IV.Par.4.2.monetaryConceptWithoutBalance", (SCHEMA, 'xbrli:balance="debit"', "")),
    ("ESEF.RTS.Annex.IV.Par.4.extensionElementDuplicatesCoreElement", (SCHEMA, ELEMENTS, small.element(
        "Assets", "xbrli:monetaryItemType", 'xbrli:balance="debit"'))),
    ("ESEF.RTS.Annex.IV.Par.11.customDataTypeDuplicatingXbrlOrDtrEntry", (SCHEMA, ELEMENTS, (
        '<xs:complexType name="amount"><xs:simpleContent><xs:restriction base="xbrli:monetaryItemType"/>'
        "</xs:simpleContent></xs:complexType>"
    ))),
    ("ESEF.RTS.Annex.IV.Par.4.extensionConceptNoStandardLabel", (LAB, "role/label", "role/terseLabel")),
    ("ESEF.RTS.Annex.IV.Par.4.missingLabelForRoleInReportLanguage", (LAB, 'xml:lang="en"', 'xml:lang="fr"')),
    ("ESEF.3.4.5.extensionTaxonomyElementDuplicateLabels", (LAB, LABELS, small.label("cars", "Cars"))),
    ("ESEF.3.4.5.extensionTaxonomyElementLabelCustomRole", (LAB, LABELS, small.label("cars", "Cars").replace(
        "http://www.xbrl.org/2003/role/label", "http://example.com/role"))),
    ("ESEF.3.4.7.singleExtendedLinkRoleUsedForAllPFSs", (PRE, "</link:presentationLink><link:pres", (
        f"{small.loc('ifrs-full:StatementOfCashFlowsAbstract')}"
        f"{small.arc('presentation', small._CHILD, 'ifrs-full:StatementOfCashFlowsAbstract', 'ifrs-full:Assets')}"
        "</link:presentationLink><link:pres"))),
    ("ESEF.RTS.Annex.II.Par.1.Par.7.missingPrimaryFinancialStatement", (
        PRE, "ifrs-full_StatementOfFinancialPositionAbstract", "ifrs-full_Table")),
    ("ESEF.3.4.4.missingPreferredLabelRole", (PRE, "</link:presentationLink><link:pres", (
        small.arc("presentation", small._CHILD, small._STATEMENT, "ifrs-full:Assets", 'order="9"')
        + "</link:presentationLink><link:pres"))),
    ("ESEF.3.4.6.UsableConceptsNotAppliedByTaggedFacts", (REPORT, small.fact("own:CarsInProduction", "10"), "")),
    ("ESEF.3.4.6.UsableConceptsNotIncludedInPresentationLink", (PRE, *SWAP)),
    ("ESEF.3.4.6.UsableConceptsNotIncludedInDefinitionLink", (
        DEF, "ifrs-full_CurrentAssets", "ifrs-full_EquityAndLiabilities")),
]  # fmt: skip
RELATIONS = [
    ("ESEF.3.3.1.extensionConceptsNotAnchored", (
        DEF, small.arc("definition", ANCHOR, "ifrs-full:CurrentAssets", "own:CarsInProduction"), "")),
    ("ESEF.3.3.1.anchoringWrongArcrole", (
        DEF, f'{ANCHOR}" xlink:from', 'http://www.xbrl.org/2003/arcrole/general-special" xlink:from')),
    ("ESEF.3.3.1.ExtensionConceptAnchoredToAbstractConcept", (DEF, "ifrs-full_CurrentAssets", "ifrs-full_Table")),
    ("ESEF.3.4.2.extensionTaxonomyLineItemNotLinkedToAnyHypercube", (
        DEF, small.arc("definition", f"{DIMENSIONS}domain-member", small._PLACEHOLDER, "own:CarsInProduction"), "")),
    ("ESEF.3.4.2.notAllArcroleUsedInDefinitionLinkbase", (DEF, LINKS, small.links("definition", BALANCE, [
        (f"{DIMENSIONS}notAll", "ifrs-full:Assets", "ifrs-full:Table", SCENARIO)]))),
    ("ESEF.3.4.2.openPositiveHypercubeInDefinitionLinkbase", (DEF, LINKS, small.links("definition", BALANCE, [
        (f"{DIMENSIONS}all", "ifrs-full:Assets", "ifrs-full:Table", SCENARIO)]))),
    ("ESEF.3.4.2.incorrectContextElementUsed", (DEF, LINKS, small.links("definition", BALANCE, [
        (f"{DIMENSIONS}all", "ifrs-full:Assets", "ifrs-full:Table", f'xbrldt:contextElement="segment" {CLOSED}')]))),
    ("ESEF.3.4.3.extensionTaxonomyOverridesDefaultMembers", (DEF, LINKS, small.links("definition", BALANCE, [
        (f"{DIMENSIONS}dimension-default", "ifrs-full:Axis", "ifrs-full:WholeMember")]))),
    ("ESEF.3.4.3.extensionTaxonomyDimensionNotAssignedDefaultMemberInDedicatedPlaceholder", (SCHEMA, ELEMENTS, (
        '<xs:element name="OwnAxis" id="own_OwnAxis" type="xbrli:stringItemType" abstract="true" nillable="true"'
        ' substitutionGroup="xbrldt:dimensionItem" xbrli:periodType="duration"/>'))),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), CONTEXTS + FACTS + MARKUP + EXTENSION + RELATIONS)
def test_one_fault(esef_codes: Codes, code: str, change: tuple[str, str, str]) -> None:
    assert code in esef_codes(change)


@pytest.mark.parametrize(
    ("code", "attributes", "relationship"),
    [
        ("ESEF.2.3.1.nonStandardRoleForFootnote", 'footnoteRole="http://example.com/role"', ""),
        ("ESEF.2.3.1.nonStandardRoleForFootnote", "", 'linkRole="http://example.com/2021/role/balance"'),
        ("ESEF.2.3.1.footnoteInLanguagesOtherThanLanguageOfContentOfAnyTextualFact", 'xml:lang="fr"', ""),
        ("ESEF.2.3.1.footnoteOnlyInLanguagesOtherThanLanguageOfAReport", 'xml:lang="fr"', ""),
    ],
)
def test_footnotes(esef_codes: Codes, code: str, attributes: str, relationship: str) -> None:
    assert not any("2.3.1" in each for each in esef_codes(*footnote("")))
    assert code in esef_codes(*footnote(attributes, relationship=relationship))


def test_footnote_without_language(esef_codes: Codes) -> None:
    found = esef_codes(*footnote(""), (REPORT, 'xml:lang="en"', ""))
    assert "ESEF.2.3.1.undefinedLanguageForFootnote" in found


def test_footnote_that_nobody_uses(esef_codes: Codes) -> None:
    assert esef_codes(body('<p><ix:footnote id="fn">Restated</ix:footnote></p>')) == ["ESEF.2.3.1.unusedFootnote"]


def test_hidden_facts_need_a_place_in_the_report(esef_codes: Codes) -> None:
    nil = (
        '<ix:nonFraction id="nil" name="ifrs-full:EquityAndLiabilities" contextRef="now" unitRef="eur" xsi:nil="true"/>'
    )
    declared = (REPORT, "<html ", '<html xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ')
    assert "ESEF.2.4.1.factInHiddenSectionNotInReport" in esef_codes(hidden(nil), declared)
    shown = esef_codes(hidden(nil), declared, body('<p style="color:red;-esef-ix-hidden:nil">none</p>'))
    assert not any("2.4.1" in each for each in shown)


def test_tuples_and_fractions_are_told_where_they_are_used(esef_codes: Codes) -> None:
    fraction = small.element("Part", "xbrli:fractionItemType")
    used = (
        '<p><ix:fraction name="own:Part" contextRef="now" unitRef="pure"><ix:numerator format="ixt:num-dot-decimal">1'
        '</ix:numerator>/<ix:denominator format="ixt:num-dot-decimal">3</ix:denominator></ix:fraction></p>'
    )
    found = esef_codes((SCHEMA, ELEMENTS, fraction), body(used))
    assert "ESEF.2.4.1.fractionElementUsed" in found
    assert "ESEF.2.4.1.fractionDefinedInExtensionTaxonomy" not in found
    wrapped = f'<ix:tuple name="own:Set" tupleID="t"/>{small.fact("own:CarsInProduction", "10", more=TUPLE)}'
    assert "ESEF.2.4.1.tupleElementUsed" in esef_codes((SCHEMA, ELEMENTS, SET), body(f"<div>{wrapped}</div>"))


TUPLE = 'tupleRef="t" order="1"'


def test_units_of_ones_own(esef_codes: Codes) -> None:
    unit = resource('<xbrli:unit id="mwh"><xbrli:measure>own:MWh</xbrli:measure></xbrli:unit>')
    found = esef_codes(unit, body(small.fact("ifrs-full:Share", "1", scale="0", unit="mwh")))
    assert "ESEF.RTS.III.1.G1-7-1.customUnitInUtr" in found


def test_several_issuers(esef_codes: Codes) -> None:
    """Only the second context is another's."""
    other = 'id="year"><xbrli:entity><xbrli:identifier scheme="http://standards.iso.org/iso/17442">'
    found = esef_codes((REPORT, other + LEI, other + "213800D1EI4B9WTWWD28"))
    assert found == ["ESEF.2.1.4.multipleIdentifiers"]


def test_targets(esef_codes: Codes) -> None:
    found = esef_codes((REPORT, 'id="assets"', 'id="assets" target="other"'), (REPORT, "</ix:references>", (
        '</ix:references><ix:references target="other"><link:schemaRef xlink:type="simple"'
        f' xlink:href="http://{SCHEMA}"/></ix:references>')))  # fmt: skip
    assert "ESEF.2.5.3.targetAttributeUsedForESEFContents" in found


@pytest.mark.parametrize(("kind", "path"), [("pre", PRE), ("cal", CAL), ("def", DEF), ("lab", LAB)])
def test_each_kind_of_linkbase_is_there(esef_codes: Codes, kind: str, path: str) -> None:
    reference = small._linkbase_ref(path)
    found = esef_codes((SCHEMA, reference, ""), without=path)
    assert "ESEF.3.1.1.extensionTaxonomyWrongFilesStructure" in found
    assert ("ESEF.RTS.Annex.IV.Par.4.extensionConceptNoLabel" in found) is (kind == "lab")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("labels.xml", "ESEF.3.1.5.extensionTaxonomyDocumentNameDoesNotFollowNamingConvention"),
        (f"{'x' * 21}-2021-12-31_lab-en.xml", "ESEF.3.1.5.baseComponentInNameOfTaxonomyFileExceedsTwentyCharacters"),
    ],
)
def test_names_of_files(esef_codes: Codes, name: str, code: str) -> None:
    folder, _, old = LAB.rpartition("/")
    found = esef_codes((SCHEMA, old, name), without=LAB, more={f"{folder}/{name}": small.documents()[LAB]})
    assert found == [code]


def test_members_have_the_type_of_domain_items(esef_codes: Codes) -> None:
    member = small.element("OneMember", "xbrli:stringItemType", 'abstract="true"', period="duration")
    arcs: list[tuple[str, ...]] = [
        (f"{DIMENSIONS}all", "ifrs-full:Assets", "ifrs-full:Table", f"{SCENARIO} {CLOSED}"),
        (f"{DIMENSIONS}hypercube-dimension", "ifrs-full:Table", "ifrs-full:Axis"),
        (f"{DIMENSIONS}dimension-domain", "ifrs-full:Axis", "ifrs-full:WholeMember"),
        (f"{DIMENSIONS}domain-member", "ifrs-full:WholeMember", "own:OneMember"),
    ]  # fmt: skip
    link = small.links("definition", BALANCE, arcs)
    found = esef_codes((SCHEMA, ELEMENTS, member), (DEF, LINKS, link))
    assert "ESEF.3.2.2.domainMemberWrongDataType" in found
    assert "ESEF.3.2.5.abstractConceptDefinitionInExtensionTaxonomy" not in found


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (
            "ifrs-full:Assets",
            "ESEF.3.3.2.anchoringRelationshipsForConceptsDefinedInElrContainingDimensionalRelationships",
        ),
        ("own:OwnAxis", "ESEF.3.3.1.anchoringRelationshipsForDimensionsDefinedUsingWiderNarrowerArcrole"),
        ("own:OneMember", "ESEF.3.3.1.anchoringRelationshipsForDomainMembersDefinedUsingWiderNarrowerArcrole"),
    ],
)
def test_anchors_are_of_line_items_in_roles_of_their_own(esef_codes: Codes, target: str, code: str) -> None:
    own = small.element("OneMember", "nonnum:domainItemType", 'abstract="true"', period="duration") + (
        '<xs:element name="OwnAxis" id="own_OwnAxis" type="xbrli:stringItemType" abstract="true" nillable="true"'
        ' substitutionGroup="xbrldt:dimensionItem" xbrli:periodType="duration"/>'
    )
    link = small.links("definition", small.UNQUALIFIED, [(small.ANCHOR, "own:CarsInProduction", target)])
    assert code in esef_codes((SCHEMA, ELEMENTS, own), (DEF, LINKS, link))


@pytest.mark.parametrize("kind", ["label", "reference"])
def test_the_core_taxonomy_keeps_its_labels(esef_codes: Codes, kind: str) -> None:
    link = (
        f'<link:{kind}Link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
        f'{small.loc("ifrs-full:Assets")}<link:{kind} xlink:type="resource" xlink:label="r" xml:lang="en"/>'
        f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-{kind}"'
        f' xlink:from="ifrs-full_Assets" xlink:to="r" use="prohibited" priority="1"/></link:{kind}Link>'
    )
    code = f"ESEF.RTS.Annex.IV.Par.8.coreTaxonomy{kind.title()}Modification"
    assert code in ("ESEF.RTS.Annex.IV.Par.8.coreTaxonomyLabelModification",
                    "ESEF.RTS.Annex.IV.Par.8.coreTaxonomyReferenceModification")  # fmt: skip
    assert code in esef_codes((LAB, "</link:linkbase>", link + "</link:linkbase>"))


def test_core_elements_get_no_second_label(esef: Esef, esef_codes: Codes) -> None:
    """A label of the core taxonomy, and one of the issuer's in the same language and role."""

    def link(text: str) -> str:
        return (
            '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
            f"{small.loc('ifrs-full:Assets')}{small.label('assets', text)}"
            '<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"'
            ' xlink:from="ifrs-full_Assets" xlink:to="l_assets"/></link:labelLink>'
        )

    published = esef.taxonomies / f"{small.ESEF}-def.xml".removeprefix("http://")
    published.write_text(published.read_text("utf-8").replace("</link:linkbase>", link("Assets") + "</link:linkbase>"))
    assert esef_codes() == []
    found = esef_codes((LAB, "</link:linkbase>", link("All assets") + "</link:linkbase>"))
    assert found == ["ESEF.3.4.5.taxonomyElementDuplicateLabels"]


def test_invalid_inline_xbrl(esef_codes: Codes) -> None:
    found = esef_codes((REPORT, 'unitRef="eur" decimals="-3" scale="3" format="ixt:num-dot-decimal" id', "id"))
    assert "ESEF.RTS.Annex.III.Par.1.invalidInlineXBRL" in found
    assert "ESEF.RTS.Annex.III.Par.1.invalidInlineXBRL" in esef_codes((REPORT, "2013/inlineXBRL", "2008/inlineXBRL"))


def test_assertions_of_the_taxonomy(esef: Esef) -> None:
    """Those that rules tell in their own words are not told again."""
    from recto.rules.esef.conformance import assertions
    from recto.rules.subject import Subject

    esef()
    with recto.open(esef.path, taxonomies=[esef.taxonomies], offline=True, regime="esef") as filing:
        subject = Subject(filing.instances[0], filing=filing)
        told = [("error", "man_Name"), ("warning", "con_Period"), ("warning", "tech_duplicated_facts1")]
        subject.cache["formula"] = [
            Finding("formula:valueAssertionUnsatisfied", severity, "No.", subject=name)  # type: ignore[arg-type]
            for severity, name in told
        ]
        found = [(each.code, each.subject) for each in assertions(subject)]
    assert found == [
        ("ESEF.2.7.1.targetXBRLDocumentWithFormulaErrors", "man_Name"),
        ("ESEF.2.7.1.targetXBRLDocumentWithFormulaWarnings", "con_Period"),
    ]


def moved(name: str) -> dict[str, str]:
    return {name: small.documents()[REPORT]}


def test_reports_lie_in_their_folder(esef_codes: Codes) -> None:
    name = REPORT.removeprefix("reports/")
    assert esef_codes(more=moved(name), without=REPORT) == ["ESEF.2.6.1.reportIncorrectlyPlacedInPackage"]


def test_names_of_reports(esef_codes: Codes) -> None:
    found = esef_codes(more=moved("reports/report.htm"), without=REPORT)
    assert "ESEF.2.6.1.incorrectFileExtension" in found


def test_documents_of_a_report_lie_together(esef_codes: Codes) -> None:
    found = esef_codes(more={**moved("reports/a/one.xhtml"), **moved("reports/b/two.xhtml")}, without=REPORT)
    assert "ESEF.2.6.2.reportSetIncorrectlyPlacedInPackage" in found


def test_styles_of_several_documents_are_a_file(esef_codes: Codes) -> None:
    second = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xml:lang="en">'
        '<head><title>t</title><style type="text/css">p { margin: 0 }</style></head><body><p>x</p></body></html>'
    )
    found = esef_codes(more={**moved("reports/set/one.xhtml"), "reports/set/two.xhtml": second}, without=REPORT)
    assert "ESEF.2.5.4.embeddedCssForMultiHtmlIXbrlDocumentSets" in found


def test_a_report_without_markup(esef_codes: Codes) -> None:
    plain = '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>t</title></head><body/></html>'
    assert "ESEF.RTS.Art.6.a.noInlineXbrlTags" in esef_codes(more={REPORT: plain})


PAGE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>t</title>{}</head>'
    "<body><p>{}</p></body></html>"
)


@pytest.mark.parametrize(
    ("head", "content", "code"),
    [
        ("", "Report", None),
        ('<link rel="stylesheet" type="text/css" href="s.css"/>', "", "ESEF.4.1.4.externalCssFileForXhtmlDocument"),
        ("<script>x()</script>", "", "ESEF.2.5.1.executableCodePresent"),
        ("", f'<img alt="" src="data:image/png;base64,{GIF}"/>', "ESEF.2.5.1.incorrectMIMETypeSpecified"),
        ("", '<img alt="" src="p.png"/>', "ESEF.2.5.1.imageDoesNotMatchItsFileExtension"),
        (
            "",
            '<img alt="" src="data:image/svg+xml,%3Csvg%3E%3C/svg%3E"/>',
            "ESEF.2.5.1.embeddedImageNotUsingBase64Encoding",
        ),
    ],
)
def test_plain_pages(tmp_path: Path, head: str, content: str, code: str | None) -> None:
    (tmp_path / "report.xhtml").write_text(PAGE.format(head, content), "utf-8")
    (tmp_path / "p.png").write_bytes(b"GIF89a and so on")
    with recto.open(tmp_path / "report.xhtml", regime="esef", offline=True) as filing:
        found = [each.code for each in filing.validate()]
    assert found == ([code] if code else [])
    assert PACKAGE  # a page alone is no package
