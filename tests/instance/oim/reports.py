"""Small xBRL-JSON and xBRL-CSV reports in memory, with a taxonomy of their own."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from functools import cache
from types import SimpleNamespace
from typing import Any

import recto.taxonomy
from recto import instance
from recto.findings import Finding
from recto.instance.model import Instance
from recto.taxonomy.model import Taxonomy
from tests.instance.samples import BASE, SCHEMA, Files

ENUM2 = "http://xbrl.org/2020/extensible-enumerations-2.0"
ENUM2_SCHEMA = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
  targetNamespace="{ENUM2}">
  <xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
  <xs:complexType name="enumerationItemType"><xs:simpleContent><xs:restriction base="xbrli:tokenItemType"/></xs:simpleContent></xs:complexType>
  <xs:complexType name="enumerationSetItemType"><xs:simpleContent><xs:restriction base="xbrli:tokenItemType"/></xs:simpleContent></xs:complexType>
</xs:schema>"""  # noqa: E501
MORE = f"""
  <xs:import namespace="{ENUM2}" schemaLocation="enum2.xsd"/>
  <xs:annotation><xs:appinfo><link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
    <link:arcroleRef arcroleURI="http://xbrl.org/int/dim/arcrole/dimension-default" xlink:type="simple" xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#dimension-default"/>
    <link:definitionLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
      <link:loc xlink:type="locator" xlink:href="#t_RegionAxis" xlink:label="axis"/>
      <link:loc xlink:type="locator" xlink:href="#t_World" xlink:label="default"/>
      <link:definitionArc xlink:type="arc" xlink:arcrole="http://xbrl.org/int/dim/arcrole/dimension-default" xlink:from="axis" xlink:to="default"/>
    </link:definitionLink></link:linkbase></xs:appinfo></xs:annotation>
  <xs:element name="World" id="t_World" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true" xbrli:periodType="duration"/>
  <xs:element name="Asia" id="t_Asia" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true" xbrli:periodType="duration"/>
  <xs:element name="Regions" id="t_Regions" type="enum2:enumerationSetItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="Region" id="t_Region" type="enum2:enumerationItemType" substitutionGroup="xbrli:item" nillable="true" xbrli:periodType="duration"/>
  <xs:element name="DayAxis" id="t_DayAxis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true" xbrli:periodType="duration" xbrldt:typedDomainRef="#t_day"/>
  <xs:element name="day" id="t_day" type="xs:date"/>
  <xs:element name="PairAxis" id="t_PairAxis" type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true" xbrli:periodType="duration" xbrldt:typedDomainRef="#t_pair"/>
  <xs:element name="pair" id="t_pair"><xs:complexType><xs:sequence><xs:element name="one" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
</xs:schema>"""  # noqa: E501
TAXONOMY = {"t.xsd": SCHEMA.replace("</xs:schema>", MORE), "enum2.xsd": ENUM2_SCHEMA}
NAMESPACES = {
    "t": "https://example.org/t",
    "cik": "http://www.sec.gov/CIK",
    "iso4217": "http://www.xbrl.org/2003/iso4217",
    "xbrli": "http://www.xbrl.org/2003/instance",
    "xbrl": "https://xbrl.org/2021",
}
YEAR = "2024-01-01T00:00:00/2025-01-01T00:00:00"
END = "2025-01-01T00:00:00"


def json_report(facts: dict[str, Any] | None = None, **info: Any) -> dict[str, Any]:
    """An xBRL-JSON report; `info` adds to its documentInfo."""
    return {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": dict(NAMESPACES),
            "taxonomy": ["t.xsd"],
            **copy.deepcopy(info),
        },
        "facts": facts if facts is not None else {"f1": cash()},
    }


def cash(value: str | None = "1000", decimals: int | None = -3, **dimensions: str | None) -> dict[str, Any]:
    return fact("t:Cash", value, decimals, period=END, unit="iso4217:USD", **dimensions)


def text(value: str | None = "words", **dimensions: str | None) -> dict[str, Any]:
    return fact("t:Note", value, period=YEAR, **dimensions)


def fact(concept: str, value: str | None, decimals: int | None = None, **dimensions: str | None) -> dict[str, Any]:
    """A fact as xBRL-JSON has it; `t_RegionAxis` stands for the dimension `t:RegionAxis`."""
    said = {"concept": concept, "entity": "cik:0000000001"}
    said.update({name.replace("_", ":", 1): member for name, member in dimensions.items()})  # type: ignore[misc]
    content: dict[str, Any] = {"value": value, "dimensions": said}
    return content if decimals is None else {**content, "decimals": decimals}


def note(identifier: str, value: str = "see below") -> dict[str, Any]:
    return {"value": value, "dimensions": {"concept": "xbrl:note", "noteId": identifier, "language": "en"}}


def read_json(content: Any) -> Instance:
    """Reads a report given as Python objects, text or bytes."""
    data = content if isinstance(content, str | bytes) else json.dumps(content, indent=1)
    return _load("json", {"r.json": data}, "r.json")


def csv_report(**content: Any) -> dict[str, Any]:
    """Metadata of a report with one table, `t`, of amounts of cash by date."""
    return {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-csv",
            "namespaces": dict(NAMESPACES),
            "taxonomy": ["t.xsd"],
        },
        "dimensions": {"entity": "cik:0000000001"},
        "tableTemplates": {"t": template()},
        "tables": {"t": {"url": "t.csv"}},
        **copy.deepcopy(content),
    }


def template(**more: Any) -> dict[str, Any]:
    columns = {
        "date": {},
        "cash": {"decimals": 0, "dimensions": {"concept": "t:Cash", "period": "$date", "unit": "iso4217:USD"}},
    }
    return {"columns": columns, **more}


def read_csv(content: Any, *files: str, **named: str | bytes) -> Instance:
    """Reads a report: its metadata, the table `t.csv`, and more files, `a_json` for `a.json`."""
    data = content if isinstance(content, str) else json.dumps(content, indent=1)
    tables: dict[str, str | bytes] = {name.replace("_", ".", 1): each for name, each in named.items()}
    if files:
        tables["t.csv"] = files[0]
    return _load("csv", {"r.json": data, **tables}, "r.json")


def resolver(**named: str | bytes) -> Files:
    return Files({**TAXONOMY, **{name.replace("_", ".", 1): each for name, each in named.items()}})


def _load(kind: str, files: dict[str, str | bytes], name: str) -> Instance:
    entry = SimpleNamespace(kind=kind, urls=(BASE + name,))
    resolver = Files({**TAXONOMY, **files})

    def taxonomies(urls: Sequence[str]) -> Taxonomy:
        ordinary = tuple(urls) == _ORDINARY and files.keys().isdisjoint(TAXONOMY)
        return _taxonomy() if ordinary else recto.taxonomy.load(urls, resolver)

    (found,) = instance.load(entry, resolver, taxonomies=taxonomies)  # type: ignore[arg-type]
    return found


_ORDINARY = (BASE + "t.xsd",)


@cache
def _taxonomy() -> Taxonomy:
    """The one that nearly all samples have; it never changes, so they may share it."""
    return recto.taxonomy.load(_ORDINARY, Files(dict(TAXONOMY)))


def told(found: Instance) -> list[tuple[str, int | None]]:
    """Codes and lines of the findings."""
    return [(each.code, each.line) for each in found.findings]


def codes(found: Instance) -> list[str]:
    return [each.code for each in found.findings]


def errors(found: Instance) -> list[Finding]:
    return list(found.findings)
