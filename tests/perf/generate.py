"""Makes large reports: `python tests/perf/generate.py FACTS FOLDER [--form xml|csv]` writes one with that many facts.

Numbers, texts and dates over many periods, on an explicit and a typed axis; the same command makes the same bytes.
Written as it goes: a hundred million facts need no more memory than a hundred.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

CONCEPTS = 200
MEMBERS = 50
FACTS_PER_CONTEXT = 20
NAMESPACE = "http://www.example.org/large"
XBRLI = "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"


def schema() -> Iterator[str]:
    """A schema of CONCEPTS items (monetary, shares, text in turn), an explicit axis with members, and a typed axis."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"\n'
        '    xmlns:xbrldt="http://xbrl.org/2005/xbrldt"\n'
        f'    xmlns:big="{NAMESPACE}" targetNamespace="{NAMESPACE}" elementFormDefault="qualified">\n'
        f'  <xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="{XBRLI}"/>\n'
        '  <xs:import namespace="http://xbrl.org/2005/xbrldt" '
        'schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>\n'
        '  <xs:element id="big_Number" name="Number" type="xs:integer"/>\n'
    )
    item = (
        '  <xs:element id="big_{0}" name="{0}" type="xbrli:{1}" substitutionGroup="{2}" {3}xbrli:periodType="{4}"/>\n'
    )
    for number in range(CONCEPTS):
        kind = ("monetaryItemType", "sharesItemType", "stringItemType")[number % 3]
        yield item.format(f"Item{number}", kind, "xbrli:item", "", "duration")
    abstract = 'abstract="true" '
    yield item.format("Axis", "stringItemType", "xbrldt:dimensionItem", abstract, "duration")
    yield item.format("NumberAxis", "stringItemType", "xbrldt:dimensionItem", abstract, "duration").replace(
        " xbrli:periodType", ' xbrldt:typedDomainRef="#big_Number" xbrli:periodType'
    )
    for number in range(MEMBERS):
        yield item.format(f"Member{number}", "stringItemType", "xbrli:item", abstract, "duration")
    yield "</xs:schema>\n"


def period(number: int) -> tuple[date, date]:
    """First and last day of context `number`."""
    start = date(2000, 1, 1) + timedelta(days=number % 8000)
    return start, start + timedelta(days=90)


def value(number: int) -> str:
    if number % CONCEPTS % 3 == 2:
        return f"Text of fact {number}, long enough to be a sentence that somebody could have written."
    return str((number * 7919) % 1_000_000_007)


def instance(facts: int) -> Iterator[str]:
    """An xBRL-XML instance."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"\n'
        '    xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"\n'
        f'    xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:big="{NAMESPACE}" xml:lang="en">\n'
        '  <link:schemaRef xlink:type="simple" xlink:href="large.xsd"/>\n'
        '  <xbrli:unit id="USD"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>\n'
        '  <xbrli:unit id="shares"><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unit>\n'
    )
    for number in range((facts + FACTS_PER_CONTEXT - 1) // FACTS_PER_CONTEXT):
        start, end = period(number)
        yield (
            f'  <xbrli:context id="c{number}"><xbrli:entity>'
            '<xbrli:identifier scheme="http://www.example.org/entities">1</xbrli:identifier><xbrli:segment>'
            f'<xbrldi:explicitMember dimension="big:Axis">big:Member{number % MEMBERS}</xbrldi:explicitMember>'
            f'<xbrldi:typedMember dimension="big:NumberAxis"><big:Number>{number}</big:Number></xbrldi:typedMember>'
            f"</xbrli:segment></xbrli:entity><xbrli:period><xbrli:startDate>{start}</xbrli:startDate>"
            f"<xbrli:endDate>{end}</xbrli:endDate></xbrli:period></xbrli:context>\n"
        )
    units = (' unitRef="USD" decimals="0"', ' unitRef="shares" decimals="INF"', "")
    for number in range(facts):
        concept = number % CONCEPTS
        yield (
            f'  <big:Item{concept} id="f{number}" contextRef="c{number // FACTS_PER_CONTEXT}"{units[concept % 3]}>'
            f"{value(number)}</big:Item{concept}>\n"
        )
    yield "</xbrli:xbrl>\n"


def table(facts: int) -> Iterator[str]:
    """An xBRL-CSV table: one fact a row."""
    yield "concept,period,member,number,unit,value\n"
    units = ("iso4217:USD", "xbrli:shares", "")
    for number in range(facts):
        context = number // FACTS_PER_CONTEXT
        start, end = period(context)
        concept = number % CONCEPTS
        yield (
            f"big:Item{concept},{start}T00:00:00/{end + timedelta(days=1)}T00:00:00,big:Member{context % MEMBERS},"
            f'{context},{units[concept % 3]},"{value(number)}"\n'
        )


METADATA = {
    "documentInfo": {
        "documentType": "https://xbrl.org/2021/xbrl-csv",
        "namespaces": {
            "big": NAMESPACE,
            "iso4217": "http://www.xbrl.org/2003/iso4217",
            "xbrli": "http://www.xbrl.org/2003/instance",
            "entity": "http://www.example.org/entities",
        },
        "taxonomy": ["large.xsd"],
    },
    "dimensions": {"entity": "entity:1", "language": "en"},
    "tableTemplates": {
        "facts": {
            "columns": {
                "concept": {},
                "period": {},
                "member": {},
                "number": {},
                "unit": {},
                "value": {
                    "dimensions": {
                        "concept": "$concept",
                        "period": "$period",
                        "unit": "$unit",
                        "big:Axis": "$member",
                        "big:NumberAxis": "$number",
                    }
                },
            }
        }
    },
    "tables": {"facts": {"url": "large.csv"}},
}


def write(facts: int, folder: Path, form: str = "xml") -> Path:
    """Writes the report into `folder` (made if need be) and returns its entry document."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "large.xsd", schema())
    if form == "csv":
        _write(folder / "large.csv", table(facts))
        entry = folder / "large.json"
        entry.write_text(json.dumps(METADATA, indent=1) + "\n", "utf-8")
    else:
        entry = folder / "large.xml"
        _write(entry, instance(facts))
    return entry


def _write(path: Path, parts: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for part in parts:
            file.write(part)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--form", choices=["xml", "csv"], default="xml")
    given = parser.parse_args()
    print(write(given.facts, given.folder, given.form))
