"""Writes two annual reports of a made-up company, 2023/ and 2024/, and stand-ins for the standard taxonomies they name.

Run it to write them anew: `python examples/annual-reports/make.py`; what the company reports is in `figures`. What
changes from one report to the other: a revenue is restated, a line is new, one is gone, one is called otherwise, and
the taxonomies are those of another year.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from figures import BALANCE, BALANCES, CASH, CONCEPTS, FLOWS, INCOME, SPLIT, SUMS, YEARS, G

HERE = Path(__file__).resolve().parent
STD, DIM = "http://www.xbrl.org/2003/arcrole/", "http://xbrl.org/int/dim/arcrole/"
LABEL, TOTAL, DOCUMENTATION = (
    f"http://www.xbrl.org/2003/role/{name}" for name in ("label", "totalLabel", "documentation")
)
TYPES = "http://www.xbrl.org/dtr/type/2022-03-31"
NAMESPACES = 'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance" \
xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" \
xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:dtr="http://www.xbrl.org/dtr/type/2022-03-31"'

KINDS = {
    "i": 'type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="instant"',
    "d": 'type="xbrli:monetaryItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"',
    "e": 'type="dtr:perShareItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"',
    "t": 'type="dtr:textBlockItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"',
    "s": 'type="xbrli:stringItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"',
    "y": 'type="xbrli:dateItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"',
    "b": 'type="xbrli:booleanItemType" substitutionGroup="xbrli:item" xbrli:periodType="duration"',
    "a": 'type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true" xbrli:periodType="duration"',
    "h": 'type="xbrli:stringItemType" substitutionGroup="xbrldt:hypercubeItem" abstract="true" xbrli:periodType="duration"',
    "x": 'type="xbrli:stringItemType" substitutionGroup="xbrldt:dimensionItem" abstract="true" xbrli:periodType="duration"',
    "m": 'type="dtr:domainItemType" substitutionGroup="xbrli:item" abstract="true" xbrli:periodType="duration"',
}


def name_of(short: str) -> str:
    return short if ":" in short else G + short


def home(prefix: str, year: int) -> tuple[str, str]:
    """(namespace, URL of the schema) of a prefix in the report of a year."""
    if prefix == "mno":
        return f"http://www.example.com/{year}1231", f"mno-{year}1231.xsd"
    host = "xbrl.fasb.org" if prefix in ("us-gaap", "srt") else "xbrl.sec.gov"
    space = f"http://fasb.org/{prefix}/{year}" if host == "xbrl.fasb.org" else f"http://xbrl.sec.gov/{prefix}/{year}"
    middle = "elts/" if host == "xbrl.fasb.org" else ""
    return space, f"https://{host}/{prefix}/{year}/{middle}{prefix}-{year}.xsd"


def element(name: str) -> str:
    local = name.partition(":")[2]
    return f'<xs:element id="{name.replace(":", "_")}" name="{local}" {KINDS[CONCEPTS[name][0]]} nillable="true"/>'


def schema(prefix: str, namespace: str, body: str, *, head: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema {NAMESPACES} xmlns:{prefix}="{namespace}" targetNamespace="{namespace}" elementFormDefault="qualified">\n'
        '<xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>\n'
        '<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>\n'
        f'<xs:import namespace="{TYPES}" schemaLocation="{TYPES}/types.xsd"/>\n{head}{body}\n</xs:schema>\n'
    )


class Report:
    """One year's report: what it says, and its files."""

    def __init__(self, year: int):
        self.year = year
        self.old = year == 2023
        """The earlier report: before the restatement, and with its own names for things."""
        self.years = (year, year - 1) if self.old else (year, year - 1, year - 2)
        self.folder = HERE / str(year)

    def link(self, name: str) -> str:
        _, url = home(name.partition(":")[0], self.year)
        return f"{url}#{name.replace(':', '_')}"

    def used(self) -> list[str]:
        gone = "mno:CarbonLevy" if self.old else "mno:HarvestInsurance"
        return [name for name in CONCEPTS if name != gone]

    def label(self, name: str) -> str:
        return "Inventories and stores" if self.old and name.endswith(":InventoryNet") else CONCEPTS[name][1]

    def lines(self, shorts: list[str]) -> list[str]:
        return [name for name in map(name_of, shorts) if name in self.used()]

    # presentation, definition and calculation

    def roles(self) -> dict[str, str]:
        return {
            "Cover": "0001 - Document - Cover",
            "Income": "0002 - Statement - Consolidated Statements of Income",
            "Balance": "0003 - Statement - Consolidated Balance Sheets",
            "Cash": "0004 - Statement - Consolidated Statements of Cash Flows",
            "Segments": "0005 - Disclosure - Segments",
            "Leases": "0006 - Disclosure - Leases",
            "SegmentsDetails": "0007 - Disclosure - Segments (Details)",
        }

    def trees(self) -> dict[str, list[tuple[str, str, str]]]:
        """Role → (parent, child, preferred label)."""

        def under(parent: str, names: list[str]) -> list[tuple[str, str, str]]:
            return [(parent, name, TOTAL if CONCEPTS[name][2] else "") for name in names]

        cash = "us-gaap:CashAndCashEquivalentsAtCarryingValue"
        flows = under("us-gaap:StatementOfCashFlowsAbstract", self.lines(CASH))
        starts = [(flows[0][0], cash, f"http://www.xbrl.org/2003/role/period{each}Label") for each in ("Start", "End")]
        table, items = "us-gaap:StatementTable", "us-gaap:StatementLineItems"
        axes = [
            ("us-gaap:StatementBusinessSegmentsAxis", "us-gaap:SegmentDomain"),
            ("srt:StatementGeographicalAxis", "srt:SegmentGeographicalDomain"),
        ]
        details = [("us-gaap:SegmentReportingAbstract", table, "")]
        for axis, domain in axes:
            details += [(table, axis, ""), (axis, domain, "")]
            details += [(domain, member, "") for own, member in SPLIT if own == axis]
        details += [(table, items, ""), (items, "us-gaap:Revenues", "")]
        return {
            "Cover": under(
                "dei:CoverAbstract", [name for name in CONCEPTS if name.startswith("dei:") and name[4:9] != "Cover"]
            ),
            "Income": under("us-gaap:IncomeStatementAbstract", self.lines(INCOME)),
            "Balance": under("us-gaap:StatementOfFinancialPositionAbstract", self.lines(BALANCE)),
            "Cash": [starts[0], *flows, starts[1]],
            "Segments": under("us-gaap:SegmentReportingAbstract", ["us-gaap:SegmentReportingDisclosureTextBlock"]),
            "Leases": under("us-gaap:LeasesAbstract", ["us-gaap:LesseeOperatingLeasesTextBlock"]),
            "SegmentsDetails": details,
        }

    def links(self, kind: str, role: str, arcs: list[tuple[str, str, str, str]]) -> str:
        """An extended link. Arcs: (arcrole, from, to, further attributes)."""
        locs: dict[str, str] = {}
        found = ""
        pairs: set[tuple[str, str]] = set()
        for at, (arcrole, source, target, more) in enumerate(arcs, 1):
            from_, to = source.replace(":", "_"), target.replace(":", "_")
            while (from_, to) in pairs:  # XLink wants a locator of its own for a second arc
                to += "_again"
            pairs.add((from_, to))
            for label, name in ((from_, source), (to, target)):
                locs[label] = f'<link:loc xlink:type="locator" xlink:href="{self.link(name)}" xlink:label="{label}"/>\n'
            found += (
                f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{from_}" xlink:to="{to}"'
                f' order="{at}"{more}/>\n'
            )
        located = "".join(locs.values())
        return f'<link:{kind}Link xlink:type="extended" xlink:role="http://www.example.com/role/{role}">\n{located}{found}</link:{kind}Link>\n'

    def linkbase(self) -> str:
        parts = [
            f'<link:roleRef xlink:type="simple" roleURI="http://www.example.com/role/{role}" xlink:href="#{role}"/>\n'
            for role in self.roles()
        ]
        names = {
            "all": "xbrldt-2005.xsd#all",
            "hypercube-dimension": "xbrldt-2005.xsd#hypercube-dimension",
            "dimension-domain": "xbrldt-2005.xsd#dimension-domain",
            "domain-member": "xbrldt-2005.xsd#domain-member",
            "dimension-default": "xbrldt-2005.xsd#dimension-default",
        }
        parts += [
            f'<link:arcroleRef xlink:type="simple" arcroleURI="{DIM}{name}" xlink:href="http://www.xbrl.org/2005/{place}"/>\n'
            for name, place in names.items()
        ]
        for role, tree in self.trees().items():
            arcs = [(STD + "parent-child", a, b, f' preferredLabel="{label}"' if label else "") for a, b, label in tree]
            parts.append(self.links("presentation", role, arcs))
        items, table = "us-gaap:StatementLineItems", "us-gaap:StatementTable"
        cube = [(DIM + "all", items, table, ' xbrldt:closed="true" xbrldt:contextElement="segment"')]
        for axis, domain in (
            ("us-gaap:StatementBusinessSegmentsAxis", "us-gaap:SegmentDomain"),
            ("srt:StatementGeographicalAxis", "srt:SegmentGeographicalDomain"),
        ):
            cube += [(DIM + "hypercube-dimension", table, axis, ""), (DIM + "dimension-domain", axis, domain, "")]
            cube += [(DIM + "dimension-default", axis, domain, "")]
            cube += [(DIM + "domain-member", domain, member, "") for own, member in SPLIT if own == axis]
        parts.append(
            self.links("definition", "SegmentsDetails", [*cube, (DIM + "domain-member", items, "us-gaap:Revenues", "")])
        )
        for role, sums in SUMS.items():
            arcs = [
                (
                    STD + "summation-item",
                    name_of(total),
                    name_of(item[1:]),
                    f' weight="{"-1" if item[0] == "-" else "1"}"',
                )
                for total, items_ in sums.items()
                for item in items_.split()
                if name_of(item[1:]) in self.used()
            ]
            parts.append(self.links("calculation", role, arcs))
        parts.append(
            f'<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">\n{"".join(self.labels())}</link:labelLink>\n'
        )
        return "<link:linkbase>\n" + "".join(parts) + "</link:linkbase>\n"

    def labels(self) -> Iterator[str]:
        for name in self.used():
            key = name.replace(":", "_")
            texts = [(LABEL, self.label(name)), (TOTAL, CONCEPTS[name][2])]
            texts += [(DOCUMENTATION, CONCEPTS[name][3])] if name.startswith("mno:") else []
            if name.endswith("CashAndCashEquivalentsAtCarryingValue"):
                texts += [
                    ("http://www.xbrl.org/2003/role/periodStartLabel", "Cash, beginning of year"),
                    ("http://www.xbrl.org/2003/role/periodEndLabel", "Cash, end of year"),
                ]
            yield f'<link:loc xlink:type="locator" xlink:href="{self.link(name)}" xlink:label="{key}"/>\n'
            for role, text in texts:
                if text:
                    yield f'<link:label xlink:type="resource" xlink:label="{key}_label" xlink:role="{role}" xml:lang="en-US">{escape(text)}</link:label>\n'
            yield f'<link:labelArc xlink:type="arc" xlink:arcrole="{STD}concept-label" xlink:from="{key}" xlink:to="{key}_label"/>\n'

    def schema(self) -> str:
        namespace, _ = home("mno", self.year)
        imports = "".join(
            f'<xs:import namespace="{home(prefix, self.year)[0]}" schemaLocation="{home(prefix, self.year)[1]}"/>\n'
            for prefix in ("us-gaap", "srt", "dei", "country")
        )
        roles = "".join(
            f'<link:roleType id="{role}" roleURI="http://www.example.com/role/{role}"><link:definition>{text}</link:definition>'
            + "".join(
                f"<link:usedOn>link:{kind}Link</link:usedOn>" for kind in ("presentation", "definition", "calculation")
            )
            + "</link:roleType>\n"
            for role, text in self.roles().items()
        )
        head = f"{imports}<xs:annotation><xs:appinfo>\n{roles}{self.linkbase()}</xs:appinfo></xs:annotation>\n"
        return schema(
            "mno", namespace, "\n".join(element(name) for name in self.used() if name.startswith("mno:")), head=head
        )

    # the document

    def value(self, short: str, year: int) -> float | None:
        if short in BALANCE:
            return BALANCES[year][short]
        if short in CASH:
            return FLOWS[year][CASH.index(short)]
        said = YEARS[year][short]
        if not self.old:
            return said
        apart = {"mno:HarvestInsurance": (1_200, 1_100), "ResearchAndDevelopmentExpense": (19_100, 17_800)}
        if short in apart:  # later, insurance stands in the line of research
            return apart[short][2023 - year]
        first = {
            "Revenues": 524_600,
            "GrossProfit": 164_700,
            "OperatingIncomeLoss": 78_300,
            "NetIncomeLoss": 61_500,
            "EarningsPerShareBasic": 2.05,
        }
        return first.get(short, said) if year == 2023 else said

    def cell(self, name: str, context: str, value: float | None, ids: set[str]) -> str:
        if value is None:
            return "<td></td>"
        local = name.partition(":")[2]
        id_ = next(each for each in (f"{local}-{context}", f"{local}-{context}-again") if each not in ids)
        ids.add(id_)
        sign = ' sign="-"' if value < 0 else ""
        if CONCEPTS[name][0] == "e":
            scale, decimals, unit, text = "0", "2", "usd-per-share", f"{abs(value):.2f}"
        else:
            scale, decimals, unit, text = "3", "-5", "usd", f"{abs(value):,.0f}"
        shown = f'<ix:nonFraction name="{name}" contextRef="{context}" unitRef="{unit}" id="{id_}" scale="{scale}" decimals="{decimals}" format="ixt:num-dot-decimal"{sign}>{text}</ix:nonFraction>'
        return f"<td>({shown})</td>" if sign else f"<td>{shown}</td>"

    def opening(self, ids: set[str]) -> str:
        """The row of the cash with which each year begins."""
        name = "CashAndCashEquivalentsAtCarryingValue"
        amounts = {2021: 60_000} | {year: int(BALANCES[year][name]) for year in BALANCES}
        cells = [
            self.cell(name_of(name), f"I{year - 1}", amounts[year - 1], ids)
            if year - 1 not in self.years[:2]
            else f"<td>{amounts[year - 1]:,}</td>"
            for year in self.years
        ]
        return f"<tr><td>Cash, beginning of year</td>{''.join(cells)}</tr>"

    def table(self, title: str, shorts: list[str], ids: set[str], *, first: str = "") -> str:
        moments = shorts[0] in BALANCE
        years = self.years[:2] if moments else self.years
        rows = [f"<tr><th>In thousands of dollars</th>{''.join(f'<th>{year}</th>' for year in years)}</tr>", first]
        for short in shorts:
            name = name_of(short)
            if name in self.used():
                cells = [
                    self.cell(name, f"{'I' if moments else 'D'}{year}", self.value(short, year), ids) for year in years
                ]
                rows.append(f"<tr><td>{escape(CONCEPTS[name][2] or self.label(name))}</td>{''.join(cells)}</tr>")
        return f"<h2>{title}</h2>\n<table>\n" + "\n".join(rows) + "\n</table>\n"

    def note(self, ids: set[str]) -> str:
        rows = [f"<tr><th></th>{''.join(f'<th>{year}</th>' for year in self.years)}</tr>"]
        for (_, member), amounts in SPLIT.items():
            cells = []
            for year in self.years:
                short = amounts[year] + (
                    1_800 if self.old and year == 2023 and member in ("mno:MillsMember", "country:US") else 0
                )
                cells.append(self.cell("us-gaap:Revenues", f"D{year}-{member.partition(':')[2]}", short, ids))
            rows.append(f"<tr><td>{CONCEPTS[member][1]}</td>{''.join(cells)}</tr>")
        net = self.value("NetIncomeLoss", self.year)
        assert net is not None
        about = f'<ix:nonFraction name="us-gaap:NetIncomeLoss" contextRef="D{self.year}" unitRef="usd" id="about" scale="6" decimals="-6" format="ixt:num-dot-decimal">{net / 1000:.0f}</ix:nonFraction>'
        return (
            f'<ix:nonNumeric name="us-gaap:SegmentReportingDisclosureTextBlock" contextRef="D{self.year}" id="segments" escape="true">\n'
            "<h3>Segments</h3>\n<p>The company has two segments:</p>\n<ul><li>Mills: flour and meal;</li><li>Orchards: apples and pears.</li></ul>\n"
            f"<p>Net sales by segment, and by where customers are, in thousands of dollars:</p>\n<table>\n{chr(10).join(rows)}\n</table>\n"
            f"<p>Net income came to some ${about} million.</p>\n</ix:nonNumeric>\n"
            f'<ix:nonNumeric name="us-gaap:LesseeOperatingLeasesTextBlock" contextRef="D{self.year}" id="leases" escape="true">\n'
            "<h3>Leases</h3>\n<p>Presses and trucks are leased for three to seven years. No lease can be ended early.</p>\n</ix:nonNumeric>\n"
        )

    def document(self) -> str:
        ids: set[str] = set()
        namespaces = " ".join(
            f'xmlns:{p}="{home(p, self.year)[0]}"' for p in ("us-gaap", "srt", "dei", "country", "mno")
        )
        contexts = "".join(self.contexts())
        cover = {
            "EntityRegistrantName": "Mills and Orchards, Inc.",
            "EntityCentralIndexKey": "0009999999",
            "DocumentType": "10-K",
            "DocumentPeriodEndDate": f"{self.year}-12-31",
            "DocumentFiscalYearFocus": str(self.year),
            "DocumentFiscalPeriodFocus": "FY",
            "CurrentFiscalYearEndDate": "--12-31",
            "AmendmentFlag": "false",
        }
        hidden = "".join(
            f'<ix:nonNumeric name="dei:{name}" contextRef="D{self.year}" id="{name}">{escape(text)}</ix:nonNumeric>\n'
            for name, text in cover.items()
        )
        body = (
            f"<h1>Mills and Orchards, Inc.: annual report {self.year}</h1>\n"
            + self.table("Consolidated Statements of Income", INCOME, ids)
            + self.table("Consolidated Balance Sheets", BALANCE, ids)
            + self.table("Consolidated Statements of Cash Flows", CASH, ids, first=self.opening(ids))
            + self.note(ids)
        )
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217" {namespaces} xml:lang="en-US">
<head><title>Mills and Orchards, Inc.: annual report {self.year}</title></head>
<body>
<div style="display:none"><ix:header><ix:hidden>
{hidden}</ix:hidden>
<ix:references><link:schemaRef xlink:type="simple" xlink:href="mno-{self.year}1231.xsd"/></ix:references>
<ix:resources>
{contexts}<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="usd-per-share"><xbrli:divide><xbrli:unitNumerator><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unitNumerator><xbrli:unitDenominator><xbrli:measure>xbrli:shares</xbrli:measure></xbrli:unitDenominator></xbrli:divide></xbrli:unit>
</ix:resources></ix:header></div>
{body}</body>
</html>
"""

    def contexts(self) -> Iterator[str]:
        def one(id_: str, period: str, segment: str = "") -> str:
            return (
                f'<xbrli:context id="{id_}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0009999999</xbrli:identifier>'
                f"{segment}</xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>\n"
            )

        for year in self.years:
            span = f"<xbrli:startDate>{year}-01-01</xbrli:startDate><xbrli:endDate>{year}-12-31</xbrli:endDate>"
            yield one(f"D{year}", span)
            for axis, member in SPLIT:
                segment = f'<xbrli:segment><xbrldi:explicitMember dimension="{axis}">{member}</xbrldi:explicitMember></xbrli:segment>'
                yield one(f"D{year}-{member.partition(':')[2]}", span, segment)
        for year in (*self.years, self.years[-1] - 1):
            yield one(f"I{year}", f"<xbrli:instant>{year}-12-31</xbrli:instant>")

    def write(self) -> None:
        self.folder.mkdir(exist_ok=True)
        (self.folder / f"mno-{self.year}1231.xsd").write_text(self.schema(), encoding="utf-8")
        (self.folder / f"mno-{self.year}1231.htm").write_text(self.document(), encoding="utf-8")


def write_taxonomy(year: int) -> None:
    """Stand-ins, with no more than the reports name, and with words of our own."""
    for prefix in ("us-gaap", "srt", "dei", "country"):
        namespace, url = home(prefix, year)
        path = HERE / "taxonomy" / url.removeprefix("https://")
        path.parent.mkdir(parents=True, exist_ok=True)
        names = [name for name in CONCEPTS if name.startswith(prefix + ":")]
        path.write_text(schema(prefix, namespace, "\n".join(map(element, names))), encoding="utf-8")
        told = [(name, CONCEPTS[name][3]) for name in names if CONCEPTS[name][3]]
        if told:
            labels = "".join(
                f'<link:loc xlink:type="locator" xlink:href="{path.name}#{name.replace(":", "_")}" xlink:label="{name.replace(":", "_")}"/>\n'
                f'<link:label xlink:type="resource" xlink:label="{name.replace(":", "_")}_doc" xlink:role="{DOCUMENTATION}" xml:lang="en-US">{escape(text)}</link:label>\n'
                f'<link:labelArc xlink:type="arc" xlink:arcrole="{STD}concept-label" xlink:from="{name.replace(":", "_")}" xlink:to="{name.replace(":", "_")}_doc"/>\n'
                for name, text in told
            )
            book = path.with_name(f"{prefix}-doc-{year}.xml" if prefix != "dei" else f"dei-{year}_doc.xsd")
            linkbase = f'<link:linkbase {NAMESPACES}>\n<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">\n{labels}</link:labelLink>\n</link:linkbase>\n'
            if prefix != "dei":
                book.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{linkbase}', encoding="utf-8")


def write_types() -> None:
    path = HERE / "taxonomy" / TYPES.removeprefix("http://") / "types.xsd"
    path.parent.mkdir(parents=True, exist_ok=True)
    kinds = {
        "domainItemType": ("string", '<xs:maxLength value="0"/>'),
        "textBlockItemType": ("string", ""),
        "perShareItemType": ("decimal", ""),
    }
    body = "\n".join(
        f'<xs:complexType name="{name}"><xs:simpleContent><xs:restriction base="xbrli:{base}ItemType">{facet}</xs:restriction></xs:simpleContent></xs:complexType>'
        for name, (base, facet) in kinds.items()
    )
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<xs:schema {NAMESPACES} targetNamespace="{TYPES}" elementFormDefault="qualified">\n'
        '<xs:import namespace="http://www.xbrl.org/2003/instance" schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>\n'
        f"{body}\n</xs:schema>\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    write_types()
    for year in (2023, 2024):
        write_taxonomy(year)
        Report(year).write()
