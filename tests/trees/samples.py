"""A filing of a page with a calculation, an axis with a default, and documentation; written by the test."""

from __future__ import annotations

from pathlib import Path

NAMES = {
    "Statement": "Statement of profit",
    "Sales": "Sales",
    "Wages": "Wages",
    "Rent": "Rent",
    "Costs": "Costs",
    "Profit": "Profit",
    "RegionAxis": "Region",
    "AllRegions": "All regions",
    "North": "North",
    "South": "South",
    "Table": "Sales by region",
}
ROLE = "http://example.org/trees/role/profit"
BOOKS = {
    "2024": {"Sales": 100, "Wages": 20, "Rent": 10, "Costs": 30, "Profit": 70},
    "2023": {"Sales": 90, "Wages": 20, "Costs": 30, "Profit": 65},
}


def write_filing(folder: Path) -> Path:
    (folder / "t.xsd").write_text(_schema(), "utf-8")
    (folder / "t.xml").write_text(_instance(), "utf-8")
    return folder


def _element(name: str) -> str:
    if name == "Statement":
        kind = 'type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true"'
    elif name == "Table":
        kind = 'type="xbrli:stringItemType" substitutionGroup="xbrldt:hypercubeItem" abstract="true"'
    elif name == "RegionAxis":
        kind = 'type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true"'
    elif name in ("AllRegions", "North", "South"):
        kind = 'type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true"'
    else:
        kind = 'type="xbrli:monetaryItemType" substitutionGroup="xbrli:item"'
    return f'<xs:element id="t_{name}" name="{name}" {kind} xbrli:periodType="duration" nillable="true"/>'


def _arcs(kind: str, arcrole: str, pairs: list[tuple[str, str, str]]) -> str:
    names = dict.fromkeys(name for pair in pairs for name in pair[:2])
    locs = "".join(f'<link:loc xlink:type="locator" xlink:href="#t_{name}" xlink:label="{name}"/>' for name in names)
    arcs = "".join(
        f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}"'
        f' order="{order}" {more}/>'
        for order, (source, target, more) in enumerate(pairs, 1)
    )
    return f'<link:{kind}Link xlink:type="extended" xlink:role="{ROLE}">{locs}{arcs}</link:{kind}Link>'


def _schema() -> str:
    std, dim = "http://www.xbrl.org/2003/arcrole/", "http://xbrl.org/int/dim/arcrole/"
    lines = ["Sales", "Wages", "Rent", "Costs", "Profit"]
    links = [
        _arcs(
            *("presentation", std + "parent-child"),
            [
                *(("Statement", "Table", ""), ("Table", "RegionAxis", ""), ("RegionAxis", "AllRegions", "")),
                *(("AllRegions", "North", ""), *[("Statement", name, "") for name in lines]),
            ],
        ),
        _arcs(
            *("calculation", std + "summation-item"),
            [
                *(("Profit", "Sales", 'weight="1"'), ("Profit", "Costs", 'weight="-1"')),
                *(("Costs", "Wages", 'weight="1"'), ("Costs", "Rent", 'weight="1"')),
            ],
        ),
        _arcs(
            *("definition", dim + "all"),
            [("Sales", "Table", 'xbrldt:contextElement="segment" xbrldt:closed="true"')],
        ),
        _arcs("definition", dim + "hypercube-dimension", [("Table", "RegionAxis", "")]),
        _arcs("definition", dim + "dimension-domain", [("RegionAxis", "AllRegions", "")]),
        _arcs("definition", dim + "dimension-default", [("RegionAxis", "AllRegions", "")]),
        _arcs("definition", dim + "domain-member", [("AllRegions", "North", ""), ("AllRegions", "South", "")]),
    ]
    labels = "".join(
        f'<link:loc xlink:type="locator" xlink:href="#t_{name}" xlink:label="{name}"/>'
        f'<link:label xlink:type="resource" xlink:label="l_{name}" xlink:role="http://www.xbrl.org/2003/role/label"'
        f' xml:lang="en">{label}</link:label>'
        f'<link:labelArc xlink:type="arc" xlink:arcrole="{std}concept-label" xlink:from="{name}" xlink:to="l_{name}"/>'
        for name, label in NAMES.items()
    )
    labels += (
        '<link:label xlink:type="resource" xlink:label="d" xlink:role="http://www.xbrl.org/2003/role/documentation"'
        ' xml:lang="en">Wages and rent of the year.</link:label>'
        f'<link:labelArc xlink:type="arc" xlink:arcrole="{std}concept-label" xlink:from="Costs" xlink:to="d"/>'
    )
    elements = "\n".join(map(_element, NAMES))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
    xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
    xmlns:xbrldt="http://xbrl.org/2005/xbrldt" targetNamespace="http://example.org/trees">
<xs:annotation><xs:appinfo>
<link:roleType id="profit" roleURI="{ROLE}"><link:definition>0001 - Statement - Profit</link:definition>
<link:usedOn>link:presentationLink</link:usedOn><link:usedOn>link:calculationLink</link:usedOn>
<link:usedOn>link:definitionLink</link:usedOn></link:roleType>
<link:linkbase>{"".join(links)}<link:labelLink xlink:type="extended"
    xlink:role="http://www.xbrl.org/2003/role/link">{labels}</link:labelLink></link:linkbase>
</xs:appinfo></xs:annotation>
{elements}
</xs:schema>
"""


def _instance() -> str:
    contexts, facts = [], []
    for year, books in BOOKS.items():
        contexts.append(_context(f"c{year}", year, ""))
        facts += [f'<t:{n} contextRef="c{year}" unitRef="u" decimals="0">{v}</t:{n}>' for n, v in books.items()]
    segment = (
        '<xbrli:segment><xbrldi:explicitMember dimension="t:RegionAxis">t:North</xbrldi:explicitMember></xbrli:segment>'
    )
    contexts.append(_context("north", "2024", segment))
    facts.append('<t:Sales contextRef="north" unitRef="u" decimals="0">60</t:Sales>')
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
    xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
    xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:t="http://example.org/trees">
<link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
{"".join(contexts)}<xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
{"".join(facts)}
</xbrli:xbrl>
"""


def _context(name: str, year: str, segment: str) -> str:
    return (
        f'<xbrli:context id="{name}"><xbrli:entity><xbrli:identifier scheme="http://example.org">1</xbrli:identifier>'
        f"{segment}</xbrli:entity><xbrli:period><xbrli:startDate>{year}-01-01</xbrli:startDate>"
        f"<xbrli:endDate>{year}-12-31</xbrli:endDate></xbrli:period></xbrli:context>"
    )
