"""A taxonomy with tables and a report, written by the test. Tables are given as resources and arcs."""

from __future__ import annotations

from pathlib import Path

NS = "http://example.org/tables"
ROLE = NS + "/role/table"
STD, DIM = "http://www.xbrl.org/2003/arcrole/", "http://xbrl.org/int/dim/arcrole/"
ARCS = {
    "breakdown": ("table:tableBreakdownArc", "http://xbrl.org/arcrole/2014/table-breakdown"),
    "tree": ("table:breakdownTreeArc", "http://xbrl.org/arcrole/2014/breakdown-tree"),
    "below": ("table:definitionNodeSubtreeArc", "http://xbrl.org/arcrole/2014/definition-node-subtree"),
    "filter": ("table:tableFilterArc", "http://xbrl.org/arcrole/2014/table-filter"),
    "node-filter": ("table:aspectNodeFilterArc", "http://xbrl.org/arcrole/2014/aspect-node-filter"),
    "parameter": ("table:tableParameterArc", "http://xbrl.org/arcrole/2014/table-parameter"),
    "label": ("gen:arc", "http://xbrl.org/arcrole/2008/element-label"),
}
PREFIXES = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
    ' xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
    ' xmlns:gen="http://xbrl.org/2008/generic" xmlns:label="http://xbrl.org/2008/label"'
    ' xmlns:table="http://xbrl.org/2014/table" xmlns:formula="http://xbrl.org/2008/formula"'
    ' xmlns:variable="http://xbrl.org/2008/variable" xmlns:cf="http://xbrl.org/2008/filter/concept"'
    ' xmlns:df="http://xbrl.org/2008/filter/dimension" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"'
    f' xmlns:t="{NS}"'
)


def concept(name: str) -> str:
    return f"<formula:concept><formula:qname>t:{name}</formula:qname></formula:concept>"


def member(name: str, axis: str = "Region") -> str:
    return (
        f'<formula:explicitDimension dimension="t:{axis}"><formula:member><formula:qname>t:{name}</formula:qname>'
        "</formula:member></formula:explicitDimension>"
    )


def rule_set(tag: str, content: str) -> str:
    return f'<table:ruleSet tag="{tag}">{content}</table:ruleSet>'


def rule(name: str, content: str = "", **attributes: str) -> str:
    return _resource("table:ruleNode", name, content, attributes)


def breakdown(name: str, **attributes: str) -> str:
    return _resource("table:breakdown", name, "", attributes)


def table(name: str = "T", **attributes: str) -> str:
    return _resource("table:table", name, "", attributes)


def node(kind: str, name: str, content: str, **attributes: str) -> str:
    return _resource(f"table:{kind}", name, content, attributes)


def _resource(element: str, name: str, content: str, attributes: dict[str, str]) -> str:
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<{element} xlink:type="resource" xlink:label="{name}" id="{name}"{more}>{content}</{element}>'


def text(of: str, words: str, role: str = "http://www.xbrl.org/2008/role/label") -> str:
    """A generic label with its arc."""
    name = f"l_{of}_{abs(hash((words, role)))}"
    return (
        f'<label:label xlink:type="resource" xlink:label="{name}" xlink:role="{role}" xml:lang="en">{words}'
        f"</label:label>{arc('label', of, name)}"
    )


def arc(kind: str, source: str, target: str, order: int = 1, **attributes: str) -> str:
    element, arcrole = ARCS[kind]
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return (
        f'<{element} xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}"'
        f' order="{order}"{more}/>'
    )


def tree(breakdown_name: str, *nodes: str) -> str:
    """Arcs from a breakdown to its nodes, in order."""
    return "".join(arc("tree", breakdown_name, name, order) for order, name in enumerate(nodes, 1))


SIMPLE = "".join(
    (
        table(),
        text("T", "Sales by region"),
        breakdown("Y"),
        breakdown("X"),
        arc("breakdown", "T", "Y", 1, axis="y"),
        arc("breakdown", "T", "X", 2, axis="x"),
        rule("sales", concept("Sales")),
        text("sales", "Sales"),
        text("sales", "r010", "http://example.org/role/code"),
        rule("costs", concept("Costs")),
        text("costs", "Costs"),
        tree("Y", "sales", "costs"),
        rule("all", member("All")),
        text("all", "Everywhere"),
        rule("north", member("North")),
        text("north", "North"),
        rule("south", member("South")),
        text("south", "South"),
        tree("X", "all"),
        arc("below", "all", "north", 1),
        arc("below", "all", "south", 2),
    )
)
"""Two rows; a column for the total and one for each of two regions."""


def write(folder: Path, tables: str = SIMPLE, *, facts: bool = True) -> Path:
    """Writes the taxonomy and a report (without facts if so asked); returns the report."""
    (folder / "t.xsd").write_text(_schema(tables), "utf-8")
    (folder / "r.xbrl").write_text(_report(facts), "utf-8")
    return folder / "r.xbrl"


def _element(name: str, group: str, more: str = "") -> str:
    return f'<xs:element id="t_{name}" name="{name}" substitutionGroup="{group}" {more}/>'


def _arcs(kind: str, arcrole: str, pairs: list[tuple[str, str]], more: str = "") -> str:
    names = dict.fromkeys(name for pair in pairs for name in pair)
    locs = "".join(f'<link:loc xlink:type="locator" xlink:href="#t_{name}" xlink:label="{name}"/>' for name in names)
    arcs = "".join(
        f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source}" xlink:to="{target}"'
        f' order="{order}" {more}/>'
        for order, (source, target) in enumerate(pairs, 1)
    )
    role = "http://www.xbrl.org/2003/role/link"
    return f'<link:{kind}Link xlink:type="extended" xlink:role="{role}">{locs}{arcs}</link:{kind}Link>'


def _schema(tables: str) -> str:
    item = 'type="xbrli:monetaryItemType" xbrli:periodType="duration" nillable="true"'
    plain = 'type="xbrli:stringItemType" xbrli:periodType="duration" abstract="true"'
    elements = [
        *(_element(name, "xbrli:item", item) for name in ("Sales", "Costs", "Profit")),
        *(_element(name, "xbrli:item", plain) for name in ("Heading", "All", "North", "South", "Arctic")),
        _element("Cube", "xbrldt:hypercubeItem", plain),
        _element("Region", "xbrldt:dimensionItem", plain),
        _element("Store", "xbrldt:dimensionItem", f'{plain} xbrldt:typedDomainRef="#t_store"'),
        '<xs:element id="t_store" name="store" type="xs:string"/>',
    ]
    links = [
        _arcs("presentation", STD + "parent-child", [("Heading", "Sales"), ("Heading", "Costs"), ("Costs", "Profit")]),
        _arcs(
            *("definition", DIM + "all", [("Sales", "Cube"), ("Costs", "Cube"), ("Profit", "Cube")]),
            'xbrldt:contextElement="segment"',
        ),
        _arcs("definition", DIM + "hypercube-dimension", [("Cube", "Region"), ("Cube", "Store")]),
        _arcs("definition", DIM + "dimension-domain", [("Region", "All")]),
        _arcs("definition", DIM + "dimension-default", [("Region", "All")]),
        _arcs("definition", DIM + "domain-member", [("All", "North"), ("All", "South"), ("North", "Arctic")]),
    ]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xs:schema {PREFIXES} targetNamespace="{NS}">
<xs:annotation><xs:appinfo>
<link:roleType id="role" roleURI="{ROLE}"><link:definition>The table</link:definition>
<link:usedOn>gen:link</link:usedOn></link:roleType>
<link:linkbase>{"".join(links)}</link:linkbase>
<link:linkbase><gen:link xlink:type="extended" xlink:role="{ROLE}">{tables}</gen:link></link:linkbase>
</xs:appinfo></xs:annotation>
{"".join(elements)}
</xs:schema>
"""


AMOUNTS = {
    ("Sales", None, None): 100,
    ("Sales", "North", None): 60,
    ("Sales", "South", None): 40,
    ("Costs", None, None): 30,
    ("Costs", "North", None): 10,
    ("Profit", None, None): 70,
    ("Sales", None, "Main Street"): 8,
    ("Sales", "North", "Main Street"): 5,
}
"""(concept, region, store) → amount."""


def _report(facts: bool) -> str:
    body = []
    for at, ((name, region, store), amount) in enumerate(AMOUNTS.items()):
        members = ""
        if region:
            members += f'<xbrldi:explicitMember dimension="t:Region">t:{region}</xbrldi:explicitMember>'
        if store:
            members += f'<xbrldi:typedMember dimension="t:Store"><t:store>{store}</t:store></xbrldi:typedMember>'
        segment = f"<xbrli:segment>{members}</xbrli:segment>" if members else ""
        body.append(
            f'<xbrli:context id="c{at}"><xbrli:entity><xbrli:identifier scheme="http://example.org">x'
            f"</xbrli:identifier>{segment}</xbrli:entity><xbrli:period><xbrli:startDate>2024-01-01</xbrli:startDate>"
            "<xbrli:endDate>2024-12-31</xbrli:endDate></xbrli:period></xbrli:context>"
        )
        body.append(f'<t:{name} id="f{at}" contextRef="c{at}" unitRef="u" decimals="0">{amount}</t:{name}>')
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<xbrli:xbrl {PREFIXES}><link:schemaRef xlink:type="simple" xlink:href="t.xsd"/>
<xbrli:unit id="u"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>
{"".join(body) if facts else ""}
</xbrli:xbrl>
"""
