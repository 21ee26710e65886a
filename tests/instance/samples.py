"""Instances from small documents in memory, with a taxonomy of their own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace

import recto.taxonomy
from recto import instance
from recto.errors import NotFoundError
from recto.findings import Finding
from recto.instance.model import Fact, Instance
from recto.taxonomy.model import Taxonomy

BASE = "https://example.org/filing/"

SCHEMA = """<?xml version="1.0" encoding="utf-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:t="https://example.org/t" xmlns:enum2="http://xbrl.org/2020/extensible-enumerations-2.0"
  targetNamespace="https://example.org/t" elementFormDefault="qualified">
  <xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
  <xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
  <xs:element name="Cash" id="t_Cash" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="instant" xbrli:balance="debit"/>
  <xs:element name="Sales" id="t_Sales" type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Ratio" id="t_Ratio" type="xbrli:pureItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Share" id="t_Share" type="xbrli:fractionItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Note" id="t_Note" type="xbrli:stringItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Line" id="t_Line" type="xbrli:normalizedStringItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Token" id="t_Token" type="xbrli:tokenItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"/>
  <xs:element name="Flag" id="t_Flag" type="xbrli:booleanItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Day" id="t_Day" type="xbrli:dateItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Moment" id="t_Moment" type="xbrli:dateTimeItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Name" id="t_Name" type="xbrli:QNameItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Title" id="t_Title" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true" xbrli:periodType="duration"/>
  <xs:element name="Officer" id="t_Officer" substitutionGroup="xbrli:tuple" nillable="true">
    <xs:complexType><xs:complexContent><xs:restriction base="xs:anyType"><xs:sequence>
      <xs:element ref="t:Line" minOccurs="0" maxOccurs="unbounded"/><xs:element ref="t:Sales" minOccurs="0"/>
      <xs:element ref="t:Officer" minOccurs="0"/>
    </xs:sequence><xs:attribute name="id" type="xs:ID"/></xs:restriction></xs:complexContent></xs:complexType>
  </xs:element>
  <xs:element name="RegionAxis" id="t_RegionAxis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true" xbrli:periodType="duration"/>
  <xs:element name="PlanAxis" id="t_PlanAxis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true" xbrli:periodType="duration" xbrldt:typedDomainRef="#t_plan"/>
  <xs:element name="plan" id="t_plan" type="xs:string" nillable="true"/>
  <xs:element name="Europe" id="t_Europe" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true" xbrli:periodType="duration"/>
</xs:schema>
"""  # noqa: E501

CONTEXTS = """
  <xbrli:context id="y"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
    <xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>
  <xbrli:context id="i"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
    <xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
  <xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
  <xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
"""

NAMESPACES = (
    'xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" '
    'xmlns:t="https://example.org/t"'
)
IXT = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
SCHEMA_REF = '<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>'


class Files:
    """A resolver of documents in memory."""

    def __init__(self, files: dict[str, str | bytes]) -> None:
        self.files = {BASE + name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}

    def read(self, url: str) -> bytes:
        if url not in self.files:
            raise NotFoundError("absent", document=url)
        return self.files[url]

    def exists(self, url: str) -> bool:
        return url in self.files

    def is_local(self, url: str) -> bool:
        return url in self.files

    def stamp(self, url: str) -> None:
        return None

    def resolve(self, url: str) -> str:
        return url


def load(kind: str, files: dict[str, str | bytes], *names: str) -> list[Instance]:
    entry = SimpleNamespace(kind=kind, urls=tuple(BASE + name for name in names))
    resolver = Files({"t.xsd": SCHEMA, **files})

    def taxonomies(urls: Sequence[str]) -> Taxonomy:
        ordinary = tuple(urls) == _ORDINARY and "t.xsd" not in files
        return _taxonomy() if ordinary else recto.taxonomy.load(urls, resolver)

    return instance.load(entry, resolver, taxonomies=taxonomies)


_ORDINARY = (BASE + "t.xsd",)


@cache
def _taxonomy() -> Taxonomy:
    """The one that nearly all samples have; it never changes, so they may share it."""
    return recto.taxonomy.load(_ORDINARY, Files({"t.xsd": SCHEMA}))


def xbrl(body: str, *, root: str = "", contexts: str = CONTEXTS, refs: str = SCHEMA_REF) -> str:
    return f'<?xml version="1.0"?>\n<xbrli:xbrl {NAMESPACES} {root}>{refs}{contexts}{body}</xbrli:xbrl>'


def inline(
    body: str,
    *,
    root: str = "",
    hidden: str = "",
    resources: str = CONTEXTS,
    references: str = f"<ix:references>{SCHEMA_REF}</ix:references>",
    head: str = "",
    ix: str = "http://www.xbrl.org/2013/inlineXBRL",
) -> str:
    hidden = f"<ix:hidden>{hidden}</ix:hidden>" if hidden else ""
    header = f"<ix:header>{hidden}{references}<ix:resources>{resources}</ix:resources></ix:header>"
    return (
        f'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="{ix}" xmlns:ixt="{IXT}" '
        f'{NAMESPACES} {root}><head><title>t</title>{head}</head><body><div style="display:none">{header}</div>'
        f"{body}</body></html>"
    )


def values(found: Instance) -> dict[str, str]:
    return {fact.id: fact.value for fact in found.facts}


def faults(found: Instance) -> list[Finding]:
    """Findings, but for the contexts of CONTEXTS that a test has no use for."""
    return [finding for finding in found.findings if finding.code != "EFM.6.05.08"]


def codes(found: Instance) -> list[str]:
    return [finding.code for finding in faults(found)]


def only(found: Instance) -> Fact:
    (fact,) = found.facts
    return fact
