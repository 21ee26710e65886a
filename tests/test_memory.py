"""What a process shares has a bound: filing after filing is opened, and memory stays where it was."""

from __future__ import annotations

import gc
import shutil
import tracemalloc
import zipfile
from pathlib import Path

import pytest

import recto
from recto.names import QName
from recto.sources.places import _locate_packed

NAME = "https://example.org/{0}"
SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
 xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:t="{name}"
 targetNamespace="{name}" elementFormDefault="qualified">
 <xs:annotation><xs:appinfo><link:roleType roleURI="{name}/role" id="r"><link:definition>1 - Statement - {number}
 </link:definition><link:usedOn>link:presentationLink</link:usedOn></link:roleType>
 <link:linkbaseRef xlink:type="simple" xlink:href="p.xml" xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>
 </xs:appinfo></xs:annotation>
 <xs:import namespace="http://www.xbrl.org/2003/instance"
  schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
 <xs:simpleType name="short"><xs:restriction base="xs:string"><xs:pattern value="[a-z]{{1,{number}9}}"/>
 </xs:restriction></xs:simpleType>
 {elements}</xs:schema>"""
ELEMENT = """<xs:element name="{0}" id="t_{0}" substitutionGroup="xbrli:item" nillable="true"
 xbrli:periodType="duration" type="xbrli:{1}ItemType"/>"""
LINKS = """<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink">
 <link:roleRef roleURI="{name}/role" xlink:type="simple" xlink:href="t.xsd#r"/>
 <link:presentationLink xlink:type="extended" xlink:role="{name}/role">{arcs}</link:presentationLink></link:linkbase>"""
ARC = """<link:loc xlink:type="locator" xlink:label="{0}" xlink:href="t.xsd#t_{0}"/><link:presentationArc
 xlink:type="arc" xlink:from="{1}" xlink:to="{0}" xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child"/>"""
INSTANCE = """<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:t="{name}" xmlns:iso4217="http://www.xbrl.org/2003/iso4217">
 <link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
 <xbrli:context id="c{number}"><xbrli:entity><xbrli:identifier scheme="{name}">{number}</xbrli:identifier>
 </xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>
 </xbrli:period></xbrli:context>
 <xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>{facts}</xbrli:xbrl>"""


def write(folder: Path, number: int) -> Path:
    """A filing whose namespace, names, roles and values are like no other's."""
    names = [f"Item{number}x{each}" for each in range(20)]
    common = {"name": NAME.format(number), "number": number}
    elements = "".join(ELEMENT.format(each, "monetary" if at else "string") for at, each in enumerate(names))
    first = f'<link:loc xlink:type="locator" xlink:label="{names[0]}" xlink:href="t.xsd#t_{names[0]}"/>'
    arcs = first + "".join(ARC.format(each, names[0]) for each in names[1:])
    facts = "".join(
        f'<t:{each} contextRef="c{number}" unitRef="u" decimals="0">{number}{at}</t:{each}>'
        for at, each in enumerate(names[1:])
    )
    folder.mkdir()
    (folder / "t.xsd").write_text(SCHEMA.format(**common, elements=elements))
    (folder / "p.xml").write_text(LINKS.format(**common, arcs=arcs))
    (folder / "i.xml").write_text(INSTANCE.format(**common, facts=facts))
    return folder


def ask(folder: Path) -> None:
    with recto.open(folder, offline=True) as filing:
        assert len(filing.facts) == 19
        assert len(filing.reports) == 1
        assert not [each for each in filing.validate() if each.severity == "error"]
        assert filing.table("concepts").to_arrow().num_rows == 19


@pytest.mark.long
def test_three_hundred_filings_leave_no_trace(tmp_path: Path) -> None:
    def work(first: int, last: int) -> tuple[int, int]:
        for number in range(first, last):
            ask(write(tmp_path / "filing", number))
            shutil.rmtree(tmp_path / "filing")
        gc.collect()
        return tracemalloc.get_traced_memory()[0], len(QName._table)

    work(0, 10)  # what is loaded and built once
    tracemalloc.start()
    try:
        before, names = work(10, 120)
        after, left = work(120, 300)
    finally:
        tracemalloc.stop()
    assert left == names
    # Bounded caches of URLs, dates and the like fill up to their bounds; nothing else may stay of 180 filings.
    assert (after - before) / 180 < 2048


def test_names_are_one_while_used_and_gone_when_not() -> None:
    name = QName.of("{https://example.org/gone}x")
    assert QName("https://example.org/gone", "x") is name
    assert "{https://example.org/gone}x" in QName._table
    del name
    assert "{https://example.org/gone}x" not in QName._table


def test_an_archive_that_was_replaced_is_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    for text in ("old", "new and longer"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("a.xsd", text)
        found = _locate_packed(path / "a.xsd", "file:///a.xsd", False)
        assert found is not None
        assert found.read() == text.encode()
