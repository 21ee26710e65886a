"""XML → JSON → CSV → XML says the same, whatever OIM can say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import recto
from recto import instance
from recto.errors import NotFoundError
from recto.findings import Findings
from recto.instance import xml
from recto.instance.model import Instance
from recto.instance.oim.read_csv import read_csv
from recto.instance.oim.read_json import read_json
from recto.instance.oim.write_csv import to_csv
from recto.instance.oim.write_json import to_json
from recto.instance.write_xml import to_xml
from recto.sources import open_source
from recto.xml import parse
from tests.instance.oim.models import facts_of
from tests.instance.samples import CONTEXTS, load, xbrl

SAMPLES = (
    "aapl-2025q2-10q",
    "bst-2016-sample",
    "sec-624-rendering-12-footnotes-gd-000gd",
    "sec-625-rr-rendering-02-bar-charts-gd-000gd",
    "xr25-dtc-fy-2023",
)


class InMemory:
    """The files of a report, by the last part of their URLs."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files

    def read(self, url: str) -> bytes:
        name = url.rpartition("/")[2]
        if name not in self.files:
            raise NotFoundError("absent", document=url)
        return self.files[name]


def through(report: Instance) -> tuple[Findings, list[Instance]]:
    """What could not be said, and the report after each step."""

    def get(urls: object) -> object:
        return report.taxonomy

    findings = Findings()
    from_json = read_json(to_json(report, findings), report.url, get)  # type: ignore[arg-type]
    files = to_csv(from_json)
    from_csv = read_csv(files["report.json"], "https://example.org/report.json", InMemory(files), get)  # type: ignore[arg-type]
    data = to_xml(from_csv)
    doc = parse(data, report.url)
    found = Findings()
    from_xml = xml.read(xml.scan(doc, doc.root, data, found), report.taxonomy, found)
    return findings, [from_json, from_csv, from_xml]


def check(report: Instance) -> Findings:
    findings, steps = through(report)
    expected = facts_of(report)
    assert expected
    for step in steps:
        assert facts_of(step) == expected
    return findings


@pytest.mark.parametrize("name", ["equity/mill-20241231.xml", "inline/orchard-20241231.htm", "typed/bank-20241231.xml"])
def test_small_filings(data: Path, name: str) -> None:
    source = open_source(data / name, taxonomies=[data / "mirror"], offline=True)
    for entry in source.entries:
        for report in instance.load(entry, source.resolver):
            assert list(check(report)) == []


@pytest.mark.parametrize("name", SAMPLES)
def test_sample_filings(shared_data: Path, name: str) -> None:
    folder = shared_data / "filings" / name
    with recto.open(folder, taxonomies=[shared_data / "taxonomies"], offline=True) as filing:
        for report in filing.instances:
            check(report)


FOOTNOTES = """
  <link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
    <link:loc xlink:type="locator" xlink:href="#a" xlink:label="a"/>
    <link:loc xlink:type="locator" xlink:href="#b" xlink:label="b"/>
    <link:footnote xlink:type="resource" xlink:label="n" xml:lang="en-US" id="n1"
      >see <b xmlns="http://www.w3.org/1999/xhtml">below</b> &amp; above</link:footnote>
    <link:footnote xlink:type="resource" xlink:label="m" xml:lang="fr">a &lt; b</link:footnote>
    <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" xlink:from="a" xlink:to="m" order="2"/>
    <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" xlink:from="a" xlink:to="n" order="1"/>
    <link:footnoteArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/fact-footnote" xlink:from="b" xlink:to="n"/>
    <link:footnoteArc xlink:type="arc" xlink:arcrole="https://example.org/explains" xlink:from="b" xlink:to="a"/>
  </link:footnoteLink>
"""  # noqa: E501
EVERYTHING = """
  <xbrli:context id="m"><xbrli:entity><xbrli:identifier scheme="https://example.org/register">A/7-b</xbrli:identifier>
    <xbrli:segment><xbrldi:explicitMember dimension="t:RegionAxis">t:Europe</xbrldi:explicitMember>
      <xbrldi:typedMember dimension="t:PlanAxis"><t:plan> two  words </t:plan></xbrldi:typedMember></xbrli:segment></xbrli:entity>
    <xbrli:period><xbrli:startDate>2024-01-01T06:30:00</xbrli:startDate><xbrli:endDate>2024-06-30T12:00:00.5Z</xbrli:endDate></xbrli:period></xbrli:context>
  <xbrli:context id="n"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000001</xbrli:identifier></xbrli:entity>
    <xbrli:period><xbrli:forever/></xbrli:period><xbrli:scenario><xbrldi:typedMember dimension="t:PlanAxis"><t:plan xsi:nil="true"/></xbrldi:typedMember></xbrli:scenario></xbrli:context>
  <xbrli:unit id="eps"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator>
    <xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure><xbrli:measure>t:day</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>
  <t:Cash id="a" contextRef="i" unitRef="usd" decimals="-3">12000</t:Cash>
  <t:Cash id="b" contextRef="i" unitRef="usd" precision="2">12345</t:Cash>
  <t:Cash id="c" contextRef="i" unitRef="usd" decimals="INF">0.10</t:Cash>
  <t:Cash id="d" contextRef="i" unitRef="usd" xsi:nil="true"/>
  <t:Sales id="e" contextRef="m" unitRef="eps" decimals="2">-1.50</t:Sales>
  <t:Ratio id="f" contextRef="y" unitRef="pure" decimals="0">007</t:Ratio>
  <t:Note id="g" contextRef="m" xml:lang="en-GB"> #text with "quotes", $signs
and lines </t:Note>
  <t:Note id="h" contextRef="n" xml:lang="">#nil</t:Note>
  <t:Note id="i1" contextRef="y"/>
  <t:Note id="j" contextRef="y" xsi:nil="true"/>
  <t:Flag id="k" contextRef="y">1</t:Flag>
  <t:Name id="l" contextRef="y" xmlns:other="https://example.org/t">other:Cash</t:Name>
  <t:Moment contextRef="y">2024-12-31T00:00:00</t:Moment>
"""  # noqa: E501


def test_everything_that_oim_can_say() -> None:
    (report,) = load("xbrl", {"r.xml": xbrl(EVERYTHING + FOOTNOTES, root='xml:lang="de"')}, "r.xml")
    assert list(check(report)) == []
    _, (from_json, _, from_xml) = through(report)
    assert {each.id for each in from_json.facts} == {each.id for each in report.facts}
    by_id = {each.id: each for each in from_json.facts}
    assert (by_id["b"].decimals, by_id["b"].value) == (-3, "12345")
    assert (by_id["h"].language, by_id["g"].language) == (None, "en-gb")
    assert [each.text for each in from_json.footnotes(by_id["a"])] == ["see <b>below</b> &amp; above", "a &lt; b"]
    assert len(from_xml.facts) == len(report.facts)


def test_the_same_report_gives_the_same_bytes() -> None:
    (report,) = load("xbrl", {"r.xml": xbrl(EVERYTHING + FOOTNOTES)}, "r.xml")
    assert to_json(report) == to_json(report)
    _, (again, *_) = through(report)
    assert to_json(again) == to_json(report)
    assert to_csv(again) == to_csv(report)


SEGMENT = CONTEXTS + (
    '<xbrli:context id="s"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">1</xbrli:identifier>'
    "<xbrli:segment><t:Line>north</t:Line></xbrli:segment></xbrli:entity>"
    "<xbrli:period><xbrli:instant>2024-12-31</xbrli:instant></xbrli:period></xbrli:context>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<t:Officer><t:Line contextRef="y">x</t:Line></t:Officer>', ["xbrlxe:unsupportedTuple"]),
        (
            '<t:Share contextRef="y" unitRef="pure"><xbrli:numerator>1</xbrli:numerator>'
            "<xbrli:denominator>3</xbrli:denominator></t:Share>",
            ["xbrlxe:unsupportedFraction"],
        ),
        ('<t:Cash contextRef="i" unitRef="usd" precision="0">1</t:Cash>', ["xbrlxe:unsupportedZeroPrecisionFact"]),
        (
            '<t:Cash contextRef="s" unitRef="usd" decimals="0">1</t:Cash>',
            ["xbrlxe:nonDimensionalSegmentScenarioContent", "recto:notSaved"],
        ),
        ('<t:Cash contextRef="i" decimals="0">1</t:Cash>', ["recto:notSaved"]),
    ],
)
def test_what_oim_cannot_say_is_left_out_and_told(body: Any, expected: Any) -> None:
    kept = '<t:Note contextRef="y">kept</t:Note>'
    (report,) = load("xbrl", {"r.xml": xbrl(kept + body, contexts=SEGMENT)}, "r.xml")
    findings = check(report)
    assert [each.code for each in findings] == expected
    assert {each.severity for each in findings} == {"warning"}
    assert [each.value for each in through(report)[1][2].facts] == ["kept"]
