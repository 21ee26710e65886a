"""The commands as functions: read, save, validate, suite."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

import recto


@pytest.fixture
def opened(example: Path) -> recto.Filing:
    return recto.open(example / "filing", taxonomies=[example / "taxonomy"], offline=True)


def test_a_page_read_back(opened: recto.Filing, tmp_path: Path) -> None:
    opened.render(tmp_path, formats=["html"])
    page = recto.read(tmp_path / "R3.htm")
    assert recto.read((tmp_path / "R3.htm").read_bytes(), "R3.htm").facts == page.facts
    assert isinstance(page, recto.ReadPage)
    numbers = [fact.value for fact in page.facts if fact.value is not None]
    assert numbers
    assert all(isinstance(number, Decimal) for number in numbers)
    with pytest.raises(recto.SourceError, match="cannot be read"):
        recto.read(tmp_path / "R99.htm")
    with pytest.raises(recto.SourceError):
        recto.read(b"<html/>")


def test_a_report_saved(opened: recto.Filing, example: Path, tmp_path: Path) -> None:
    (first,) = recto.save(opened, tmp_path / "a.json")
    (second,) = recto.save(example / "filing", tmp_path / "b.json", taxonomies=[example / "taxonomy"], offline=True)
    assert json.loads(first.read_text()) == json.loads(second.read_text())
    with pytest.raises(recto.UsageError):
        recto.save(opened, tmp_path / "a.docx")


def test_a_filing_validated(opened: recto.Filing, example: Path) -> None:
    found = recto.validate(opened, ["xbrl"])
    assert isinstance(found, recto.Findings)
    again = recto.validate(str(example / "filing"), ["xbrl"], taxonomies=[example / "taxonomy"], offline=True)
    assert [each.code for each in again] == [each.code for each in found]
    with pytest.raises(recto.UsageError, match="no rules"):
        recto.validate(opened, ["astrology"])


SUITE = """<testcase xmlns="http://xbrl.org/2005/conformance" name="cash">
 <variation id="V-1" name="fine"><data><instance readMeFirst="true">good.xml</instance></data>
  <result expected="valid"/></variation>
 <variation id="V-2" name="no context"><data><instance readMeFirst="true">bad.xml</instance></data>
  <result expected="invalid"/></variation>
 <variation id="V-3" name="wrongly expected"><data><instance readMeFirst="true">bad.xml</instance></data>
  <result expected="valid"/></variation>
</testcase>"""
INSTANCE = """<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:t="urn:t"><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
 <xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="urn:s">e</xbrli:identifier></xbrli:entity>
 <xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>
 <t:Name contextRef="{0}">A</t:Name></xbrli:xbrl>"""
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 targetNamespace="urn:t"><xs:import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/><xs:element name="Name" id="t_Name"
 substitutionGroup="xbrli:item" type="xbrli:stringItemType" xbrli:periodType="instant"/></xs:schema>"""


def test_a_suite_run(tmp_path: Path) -> None:
    (tmp_path / "case.xml").write_text(SUITE)
    (tmp_path / "t.xsd").write_text(SCHEMA)
    (tmp_path / "good.xml").write_text(INSTANCE.format("c"))
    (tmp_path / "bad.xml").write_text(INSTANCE.format("d"))
    result = recto.suite(tmp_path / "case.xml", offline=True, jobs=1)
    assert str(result) == "2 passed, 1 failed, 0 not checked"
    assert [each.variation.id for each in result.of("failed")] == ["V-3"]
    assert len(recto.suite(tmp_path / "case.xml", offline=True, jobs=1, only=["V-1"])) == 1
