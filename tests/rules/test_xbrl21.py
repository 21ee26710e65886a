"""XBRL 2.1: each rule on a filing that breaks it, and on one that does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Check = Callable[..., list[str]]
TOTAL = '<t:Total contextRef="now" unitRef="usd" decimals="0">{}</t:Total>'
PART = '<t:Part contextRef="now" unitRef="usd" decimals="0">{}</t:Part>'
LINK = '<link:{0} xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">{1}</link:{0}>'
LABEL = (
    '<link:label xlink:type="resource" xlink:label="l" xlink:role="http://www.xbrl.org/2003/role/{}"'
    " {}>Text</link:label>"
)
SUMMATION = "http://www.xbrl.org/2003/arcrole/summation-item"
PARENT = "http://www.xbrl.org/2003/arcrole/parent-child"
CONCEPT_LABEL = "http://www.xbrl.org/2003/arcrole/concept-label"
CONCEPT_REFERENCE = "http://www.xbrl.org/2003/arcrole/concept-reference"
OWN = "urn:own"
ARCROLE = (
    f'<xs:annotation><xs:appinfo><link:arcroleType arcroleURI="{OWN}" id="own" cyclesAllowed="any">'
    "<link:usedOn>link:definitionArc</link:usedOn></link:arcroleType></xs:appinfo></xs:annotation>"
)


def loc(name: str) -> str:
    return f'<link:loc xlink:type="locator" xlink:href="t.xsd#{name}" xlink:label="{name}"/>'


def arc(element: str, arcrole: str, source: str, target: str, extra: str = "") -> str:
    ends = f'xlink:from="{source}" xlink:to="{target}"'
    return f'<link:{element} xlink:type="arc" xlink:arcrole="{arcrole}" {ends} {extra}/>'


def context(period: str, segment: str = "") -> str:
    inner = f"<xbrli:segment>{segment}</xbrli:segment>" if segment else ""
    return (
        '<xbrli:context id="now"><xbrli:entity><xbrli:identifier scheme="urn:s">e</xbrli:identifier>'
        f"{inner}</xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>"
    )


def test_a_sound_filing_has_no_findings(check: Check) -> None:
    linkbase = LINK.format(
        "calculationLink", loc("Total") + loc("Part") + arc("calculationArc", SUMMATION, "Total", "Part", 'weight="1"')
    )
    assert check(facts=TOTAL.format(7) + PART.format(7), linkbase=linkbase) == []


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ('<t:Total contextRef="year" unitRef="usd" decimals="0">1</t:Total>', "xbrl.4.7.2:contextPeriodType"),
        ('<t:Total contextRef="now" unitRef="shares" decimals="0">1</t:Total>', "xbrl.4.8.2:monetaryUnit"),
        ('<t:Shares contextRef="now" unitRef="usd" decimals="0">1</t:Shares>', "xbrl.4.8.2:sharesUnit"),
        ('<t:Total contextRef="now" unitRef="usd">1</t:Total>', "xbrl.4.6.3:missingPrecisionDecimals"),
        (
            '<t:Total contextRef="now" unitRef="usd" decimals="0" precision="1">1</t:Total>',
            "xbrl.4.6.3:bothPrecisionAndDecimals",
        ),
        (
            '<t:Total contextRef="now" unitRef="usd" decimals="0" xsi:nil="true"/>',
            "xbrl.4.6.3:nilPrecisionDecimals",
        ),
        ('<t:Other contextRef="now" unitRef="usd" xsi:nil="true"/>', "xmlSchema:cvc-elt.3.1"),
        ('<t:Text contextRef="year" unitRef="usd">a</t:Text>', "xmlSchema:cvc-complex-type.3.2.2"),
        ('<t:Total contextRef="now" decimals="0">1</t:Total>', "xmlSchema:cvc-complex-type.4"),
        ('<t:Total contextRef="now" unitRef="usd" decimals="x">1</t:Total>', "xmlSchema:cvc-attribute.3"),
        ('<t:Total contextRef="now" unitRef="usd" decimals="0">many</t:Total>', "xmlSchema:valueError"),
        ("<t:Group>" + PART.format(1) + "</t:Group>", "xmlSchema:cvc-complex-type.2.4"),
        ('<t:Group xbrli:balance="debit">' + TOTAL.format(1) + "</t:Group>", "xbrl.4.9:tupleAttribute"),
        ("<t:Code>1</t:Code>", "xmlSchema:cvc-complex-type.2.4"),
    ],
)
def test_items_and_tuples(check: Check, facts: str, code: str) -> None:
    assert code in check(facts=facts)


@pytest.mark.parametrize(
    ("contexts", "code"),
    [
        (
            context("<xbrli:startDate>2024-01-02</xbrli:startDate><xbrli:endDate>2024-01-01</xbrli:endDate>"),
            "xbrl.4.7.2:periodStartBeforeEnd",
        ),
        (
            context("<xbrli:instant>2024-01-01</xbrli:instant>", "<xbrli:unit/>"),
            "xmlSchema:cvc-complex-type.2.4",
        ),
        (
            context("<xbrli:instant>2024-01-01</xbrli:instant>", "<t:Text>a</t:Text>"),
            "xbrl.4.7.3.2:segmentContent",
        ),
    ],
)
def test_contexts(check: Check, contexts: str, code: str) -> None:
    assert code in check(contexts=contexts)


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("<xbrli:measure>xbrli:pieces</xbrli:measure>", "xbrl.4.8.2:measureNamespace"),
        (
            "<xbrli:divide><xbrli:unitNumerator><xbrli:measure>t:a</xbrli:measure></xbrli:unitNumerator>"
            "<xbrli:unitDenominator><xbrli:measure>t:a</xbrli:measure></xbrli:unitDenominator></xbrli:divide>",
            "xbrl.4.8.4:unitSimplest",
        ),
        ("", "xmlSchema:cvc-complex-type.2.4"),
    ],
)
def test_units(check: Check, unit: str, code: str) -> None:
    assert code in check(units=f'<xbrli:unit id="u">{unit}</xbrli:unit>')


@pytest.mark.parametrize(
    ("declaration", "code"),
    [
        (
            '<xs:element name="E" type="xbrli:stringItemType" substitutionGroup="xbrli:item"/>',
            "xbrl.5.1.1.1:itemPeriodType",
        ),
        (
            '<xs:element name="E" type="xbrli:stringItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"'
            ' xbrli:balance="debit"/>',
            "xbrl.5.1.1.2:balanceNotMonetary",
        ),
        (
            '<xs:element name="E" type="xs:string" substitutionGroup="xbrli:item" xbrli:periodType="instant"/>',
            "xbrl.5.1.1.3:itemType",
        ),
        ('<xs:element name="E" type="t:Missing"/>', "xmlSchema:src-resolve"),
        ('<xs:element name="E" type="xs:string" colour="red"/>', "xmlSchema:s4s-att-not-allowed"),
        ('<xs:element name="E" type="xs:string" xbrli:periodType="never"/>', "xmlSchema:cvc-attribute.3"),
        (
            '<xs:complexType name="A"><xs:sequence><xs:element ref="t:Code" minOccurs="0"/><xs:element ref="t:Code"/>'
            "</xs:sequence></xs:complexType>",
            "xmlSchema:cos-nonambig",
        ),
        ('<xs:simpleType name="S"/>', "xmlSchema:s4s-elt-must-match"),
        ('<xs:redefine schemaLocation="t.xsd"/>', "xbrl.5.1:redefine"),
        (
            '<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:pattern value="["/></xs:restriction>'
            "</xs:simpleType>",
            "xmlSchema:src-pattern",
        ),
        (
            '<xs:element name="G" substitutionGroup="xbrli:tuple"><xs:complexType mixed="true"><xs:sequence>'
            '<xs:element ref="t:Total"/></xs:sequence></xs:complexType></xs:element>',
            "xbrl.4.9:tupleMixed",
        ),
    ],
)
def test_declarations(check: Check, declaration: str, code: str) -> None:
    assert code in check(schema=declaration)


@pytest.mark.parametrize(
    ("linkbase", "code"),
    [
        (
            LINK.format(
                "calculationLink",
                loc("Total") + loc("Part") + arc("calculationArc", SUMMATION, "Total", "Part", 'weight="-1"'),
            ),
            "xbrl.5.1.1.2:balanceWeight",
        ),
        (
            LINK.format(
                "calculationLink",
                loc("Total") + loc("Text") + arc("calculationArc", SUMMATION, "Total", "Text", 'weight="1"'),
            ),
            "xbrl.5.2.5.2:nonNumeric",
        ),
        (
            LINK.format(
                "presentationLink",
                loc("Total")
                + loc("Part")
                + arc("presentationArc", PARENT, "Total", "Part")
                + arc("presentationArc", PARENT, "Part", "Total"),
            ),
            "xbrl.5.1.4.3:cycles",
        ),
        (
            LINK.format("presentationLink", loc("Total") + arc("presentationArc", PARENT, "Total", "Nothing")),
            "xbrl.3.5.3.9.2:arcEnd",
        ),
        (
            LINK.format(
                "presentationLink",
                loc("Total")
                + loc("Part")
                + arc("presentationArc", PARENT, "Total", "Part")
                + arc("presentationArc", PARENT, "Total", "Part", 'order="2"'),
            ),
            "xbrl.3.5.3.9:duplicateArc",
        ),
        (
            LINK.format(
                "presentationLink",
                loc("Total")
                + loc("Part")
                + arc(
                    "presentationArc",
                    PARENT,
                    "Total",
                    "Part",
                    'preferredLabel="http://www.xbrl.org/2003/role/totalLabel"',
                ),
            ),
            "xbrl.5.2.4.2.1:preferredLabelMissing",
        ),
        (
            LINK.format(
                "labelLink", loc("Total") + LABEL.format("label", "") + arc("labelArc", CONCEPT_LABEL, "Total", "l")
            ),
            "xbrl.5.2.2.2.1:langMissing",
        ),
        (
            LINK.format(
                "labelLink",
                loc("Total")
                + LABEL.format("reference", 'xml:lang="en"')
                + arc("labelArc", CONCEPT_LABEL, "Total", "l"),
            ),
            "xbrl.3.5.3.8.3:roleOnWrongElement",
        ),
        (
            '<link:presentationLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/label"/>',
            "xbrl.3.5.3.3:roleOnWrongElement",
        ),
        (
            LINK.format("labelLink", loc("Total") + loc("Part") + arc("labelArc", CONCEPT_LABEL, "Total", "Part")),
            "xbrl.5.2.2.3:target",
        ),
        (
            LINK.format(
                "referenceLink", loc("Total") + loc("Part") + arc("referenceArc", CONCEPT_REFERENCE, "Total", "Part")
            ),
            "xbrl.5.2.3.3:target",
        ),
        (
            '<link:arcroleRef xlink:type="simple" xlink:href="t.xsd#own" arcroleURI="urn:own"/>'
            + LINK.format(
                "presentationLink", loc("Total") + loc("Part") + arc("presentationArc", OWN, "Total", "Part")
            ),
            "xbrl.5.1.4.5:usedOn",
        ),
        (LINK.format("presentationLink", loc("Nothing")), "xbrl.3.5.3.7.2"),
        (
            '<link:presentationLink xlink:type="extended" xlink:role="urn:role"/>',
            "xbrl.3.5.2.4.1:roleRefMissing",
        ),
        (
            LINK.format(
                "presentationLink", loc("Total") + loc("Part") + arc("presentationArc", SUMMATION, "Total", "Part")
            ),
            "xbrl.3.5.3.9.1:arcroleOnWrongElement",
        ),
        ('<link:presentationLink xlink:type="extended"/>', "xmlSchema:cvc-complex-type.4"),
    ],
)
def test_linkbases(check: Check, linkbase: str, code: str) -> None:
    assert code in check(linkbase=linkbase, schema=ARCROLE)


@pytest.mark.parametrize(
    ("footnote", "source", "target", "codes"),
    [
        ('xml:lang="en"', "fact", "note", []),
        ("", "fact", "note", ["xbrl.4.11.1.2.1:langMissing"]),
        ('xml:lang="en"', "note", "note", ["recto:linkFromNote", "xbrl.4.11.1.3.1:source"]),
        ('xml:lang="en"', "fact", "fact", ["xbrl.4.11.1.3.1:target"]),
    ],
)
def test_footnotes(check: Check, footnote: str, source: str, target: str, codes: list[str]) -> None:
    link = LINK.format(
        "footnoteLink",
        '<link:loc xlink:type="locator" xlink:href="#f" xlink:label="fact"/>'
        '<link:footnote xlink:type="resource" xlink:label="note" '
        f'xlink:role="http://www.xbrl.org/2003/role/footnote" {footnote}>Text</link:footnote>'
        + arc("footnoteArc", "http://www.xbrl.org/2003/arcrole/fact-footnote", source, target),
    )
    assert check(facts=TOTAL.format(7).replace("<t:Total", '<t:Total id="f"') + link) == codes


def test_totals_that_do_not_add_up(check: Check) -> None:
    linkbase = LINK.format(
        "calculationLink", loc("Total") + loc("Part") + arc("calculationArc", SUMMATION, "Total", "Part", 'weight="1"')
    )
    assert check(facts=TOTAL.format(8) + PART.format(7), linkbase=linkbase) == ["xbrl.5.2.5.2:calcInconsistency"]


def test_essence_and_alias(check: Check) -> None:
    arcrole = "http://www.xbrl.org/2003/arcrole/essence-alias"
    linkbase = LINK.format(
        "definitionLink", loc("Total") + loc("Part") + arc("definitionArc", arcrole, "Total", "Part")
    )
    assert check(facts=TOTAL.format(7) + PART.format(7), linkbase=linkbase) == []
    assert "xbrl.5.2.6.2.2:essenceAlias" in check(facts=TOTAL.format(8) + PART.format(7), linkbase=linkbase)


def test_required_concepts(check: Check) -> None:
    arcrole = "http://www.xbrl.org/2003/arcrole/requires-element"
    linkbase = LINK.format(
        "definitionLink", loc("Total") + loc("Part") + arc("definitionArc", arcrole, "Total", "Part")
    )
    assert "xbrl.5.2.6.2.4:requiresElement" in check(facts=TOTAL.format(7), linkbase=linkbase)
    assert check(facts=TOTAL.format(7) + PART.format(7), linkbase=linkbase) == []
