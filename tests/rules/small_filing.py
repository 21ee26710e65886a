"""A tiny taxonomy and instance to break in one place at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from recto.findings import Finding
from recto.instance import load
from recto.rules import validate
from recto.sources.classify import Entry
from recto.sources.places import Disk
from recto.sources.resolver import Resolver
from recto.xml import file_url

NAMESPACES = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
    ' xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:t="urn:t" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
)
IMPORTS = (
    '<xs:import namespace="http://www.xbrl.org/2003/instance"'
    ' schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>'
    '<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>'
)
CONCEPTS = """
<xs:element name="Total" id="Total" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" nillable="true"
  xbrli:periodType="instant" xbrli:balance="debit"/>
<xs:element name="Part" id="Part" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" nillable="true"
  xbrli:periodType="instant" xbrli:balance="debit"/>
<xs:element name="Other" id="Other" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"
  xbrli:periodType="instant"/>
<xs:element name="Text" id="Text" type="xbrli:stringItemType" substitutionGroup="xbrli:item"
  xbrli:periodType="duration"/>
<xs:element name="Shares" id="Shares" type="xbrli:sharesItemType" substitutionGroup="xbrli:item"
  xbrli:periodType="instant"/>
<xs:element name="Cube" id="Cube" type="xbrli:stringItemType" substitutionGroup="xbrldt:hypercubeItem" abstract="true"
  xbrli:periodType="duration"/>
<xs:element name="Axis" id="Axis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"
  xbrli:periodType="duration"/>
<xs:element name="Typed" id="Typed" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"
  xbrli:periodType="duration" xbrldt:typedDomainRef="#Code"/>
<xs:element name="Code" id="Code" type="xs:integer"/>
<xs:element name="Domain" id="Domain" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true"
  xbrli:periodType="duration"/>
<xs:element name="Member" id="Member" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true"
  xbrli:periodType="duration"/>
<xs:element name="Group" id="Group" substitutionGroup="xbrli:tuple">
  <xs:complexType><xs:complexContent><xs:restriction base="xs:anyType">
    <xs:sequence><xs:element ref="t:Total"/><xs:element ref="t:Part" minOccurs="0"/></xs:sequence>
    <xs:attribute name="id" type="xs:ID"/>
  </xs:restriction></xs:complexContent></xs:complexType>
</xs:element>
"""
CONTEXT = """
<xbrli:context id="{id}"><xbrli:entity><xbrli:identifier scheme="urn:s">e</xbrli:identifier>{segment}</xbrli:entity>
<xbrli:period>{period}</xbrli:period></xbrli:context>
"""
INSTANT = "<xbrli:instant>2024-12-31</xbrli:instant>"
YEAR = "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"
UNITS = """
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>
"""


def context(id: str, period: str = INSTANT, segment: str = "") -> str:
    if segment:
        segment = f"<xbrli:segment>{segment}</xbrli:segment>"
    return CONTEXT.format(id=id, period=period, segment=segment)


class Filing:
    """Writes a schema, a linkbase and an instance, and gives what validation finds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self,
        *,
        schema: str = "",
        linkbase: str = "",
        facts: str = "",
        contexts: str | None = None,
        units: str = UNITS,
        rules: list[str] | None = None,
    ) -> list[Finding]:
        reference = ""
        if linkbase:
            reference = (
                '<xs:annotation><xs:appinfo><link:linkbaseRef xlink:type="simple" xlink:href="t.xml"'
                ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/></xs:appinfo></xs:annotation>'
            )
            (self.folder / "t.xml").write_text(f"<link:linkbase {NAMESPACES}>{linkbase}</link:linkbase>", "utf-8")
        (self.folder / "t.xsd").write_text(
            f'<xs:schema {NAMESPACES} targetNamespace="urn:t" elementFormDefault="qualified">{reference}{IMPORTS}'
            f"{CONCEPTS}{schema}</xs:schema>",
            "utf-8",
        )
        if contexts is None:
            contexts = context("now") + context("year", YEAR)
        (self.folder / "i.xml").write_text(
            f'<xbrli:xbrl {NAMESPACES}><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'
            f"{contexts}{units}{facts}</xbrli:xbrl>",
            "utf-8",
        )
        base = file_url(self.folder) + "/"
        resolver = Resolver([Disk(local=base)], base_url=base)
        found: list[Finding] = []
        for instance in load(Entry("xbrl", (base + "i.xml",)), resolver):
            found.extend(validate(instance, rules))
        # Unused contexts are the SEC's concern (EFM), not these specifications'.
        return [each for each in found if each.severity != "info" and not each.code.startswith("EFM.")]


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., list[str]]:
    """Codes of errors and warnings in a filing made of the given parts."""
    filing = Filing(tmp_path)
    return lambda **parts: [finding.code for finding in filing(**parts)]


@pytest.fixture
def findings(tmp_path: Path) -> Filing:
    return Filing(tmp_path)
