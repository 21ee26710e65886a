"""Made-up reports as filings: an XML instance with its schema and linkbases in a submission, as EDGAR hands it out.

The taxonomies are stand-ins of our own: the few elements that are used, under the names that filings use.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape

GAAP = {
    "AssetsAbstract": ("abstract", "", ""),
    "Assets": ("monetary", "instant", "debit"),
    "CashAndCashEquivalentsAtCarryingValue": ("monetary", "instant", "debit"),
    "Liabilities": ("monetary", "instant", "credit"),
    "StockholdersEquity": ("monetary", "instant", "credit"),
    "LiabilitiesAndStockholdersEquity": ("monetary", "instant", "credit"),
    "StatementOfFinancialPositionAbstract": ("abstract", "", ""),
    "IncomeStatementAbstract": ("abstract", "", ""),
    "RevenueFromContractWithCustomerExcludingAssessedTax": ("monetary", "duration", "credit"),
    "CostOfRevenue": ("monetary", "duration", "debit"),
    "GrossProfit": ("monetary", "duration", "credit"),
    "OperatingIncomeLoss": ("monetary", "duration", "credit"),
    "IncomeTaxExpenseBenefit": ("monetary", "duration", "debit"),
    "NetIncomeLoss": ("monetary", "duration", "credit"),
    "EarningsPerShareBasic": ("perShare", "duration", ""),
    "WeightedAverageNumberOfSharesOutstandingBasic": ("shares", "duration", ""),
    "StatementOfCashFlowsAbstract": ("abstract", "", ""),
    "NetCashProvidedByUsedInOperatingActivities": ("monetary", "duration", "debit"),
    "NetCashProvidedByUsedInInvestingActivities": ("monetary", "duration", "debit"),
    "NetCashProvidedByUsedInFinancingActivities": ("monetary", "duration", "debit"),
    "PaymentsToAcquirePropertyPlantAndEquipment": ("monetary", "duration", "credit"),
    "SubsequentEventsAbstract": ("abstract", "", ""),
    "SubsequentEventsTextBlock": ("textBlock", "duration", ""),
    "StatementBusinessSegmentsAxis": ("axis", "duration", ""),
    "SegmentDomain": ("domain", "duration", ""),
}
DEI = {
    "CoverAbstract": ("abstract", "", ""),
    "DocumentType": ("string", "duration", ""),
    "AmendmentFlag": ("boolean", "duration", ""),
    "DocumentPeriodEndDate": ("date", "duration", ""),
    "EntityRegistrantName": ("string", "duration", ""),
    "EntityCentralIndexKey": ("string", "duration", ""),
    "TradingSymbol": ("string", "duration", ""),
    "CurrentFiscalYearEndDate": ("gMonthDay", "duration", ""),
    "DocumentFiscalYearFocus": ("gYear", "duration", ""),
    "DocumentFiscalPeriodFocus": ("string", "duration", ""),
}
_TYPES = {
    "abstract": "xbrli:stringItemType",
    "axis": "xbrli:stringItemType",
    "domain": "xbrli:stringItemType",
    "monetary": "xbrli:monetaryItemType",
    "perShare": "dtr-types:perShareItemType",
    "shares": "xbrli:sharesItemType",
    "textBlock": "dtr-types:textBlockItemType",
}
_SCHEMA = """<?xml version="1.0" encoding="UTF-8"?>
<!-- A stand-in written for recto's examples: only the elements they use. Not the published taxonomy. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
    xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"
    xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:dtr-types="http://www.xbrl.org/dtr/type/2022-03-31"
    xmlns:{prefix}="{namespace}" targetNamespace="{namespace}" elementFormDefault="qualified">
{linkbases}<xs:import namespace="http://www.xbrl.org/2003/instance"
    schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:import namespace="http://xbrl.org/2005/xbrldt" schemaLocation="http://www.xbrl.org/2005/xbrldt-2005.xsd"/>
<xs:import namespace="http://www.xbrl.org/dtr/type/2022-03-31"
    schemaLocation="http://www.xbrl.org/dtr/type/2022-03-31/types.xsd"/>
{body}</xs:schema>
"""
_DTR = """<?xml version="1.0" encoding="UTF-8"?>
<!-- A stand-in written for recto's examples: two types. Not the published registry. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"
    targetNamespace="http://www.xbrl.org/dtr/type/2022-03-31">
<xs:import namespace="http://www.xbrl.org/2003/instance"
    schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:complexType name="perShareItemType"><xs:simpleContent><xs:restriction base="xbrli:decimalItemType"/>
</xs:simpleContent></xs:complexType>
<xs:complexType name="textBlockItemType"><xs:simpleContent><xs:restriction base="xbrli:stringItemType"/>
</xs:simpleContent></xs:complexType>
</xs:schema>
"""


def write_taxonomies(folder: Path) -> Path:
    """Writes the stand-in taxonomies as a mirror folder, of two years."""
    for year in ("2021", "2023"):
        for prefix, host, path, concepts in (
            ("us-gaap", "fasb.org", f"xbrl.fasb.org/us-gaap/{year}/elts/us-gaap-{year}.xsd", GAAP),
            ("dei", "xbrl.sec.gov", f"xbrl.sec.gov/dei/{year}/dei-{year}.xsd", DEI),
        ):
            namespace = f"http://{host}/{prefix}/{year}"
            body = "".join(_element(prefix, name, *about) for name, about in concepts.items())
            text = _SCHEMA.format(prefix=prefix, namespace=namespace, linkbases="", body=body)
            _write(folder / path, text)
    _write(folder / "www.xbrl.org/dtr/type/2022-03-31/types.xsd", _DTR)
    return folder


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _element(prefix: str, name: str, kind: str, period: str, balance: str) -> str:
    type_ = _TYPES.get(kind, f"xbrli:{kind}ItemType")
    group = "xbrldt:dimensionItem" if kind == "axis" else "xbrli:item"
    extra = ' abstract="true"' if kind in ("abstract", "axis", "domain") else ""
    extra += f' xbrli:balance="{balance}"' if balance else ""
    return (
        f'<xs:element id="{prefix}_{name}" name="{name}" type="{type_}" substitutionGroup="{group}" nillable="true"'
        f'{extra} xbrli:periodType="{period or "duration"}"/>\n'
    )


@dataclass
class Company:
    name: str
    cik: int
    ticker: str
    prefix: str
    own: dict[str, str] = field(default_factory=dict)
    """The company's own concepts in use: local name → label."""


@dataclass
class Report:
    """One filing. `facts`: (concept, start or None, end, value, unit, decimals, member)."""

    company: Company
    accession: str
    form: str
    period: str
    accepted: str
    year_end: str
    fiscal: tuple[int, str]
    facts: list[tuple[str, str | None, str, object, str, int, str]] = field(default_factory=list)
    taxonomy: str = "2021"

    @property
    def filed(self) -> str:
        return self.accepted[:10].replace("-", "")


def document(report: Report) -> dict[str, str]:
    """The documents of a filing: instance, schema, and one linkbase of each kind, by file name."""
    company, day = report.company, report.period.replace("-", "")
    stem = f"{company.prefix}-{day}"
    return {
        f"{stem}.xml": _instance(report, stem),
        f"{stem}.xsd": _schema(report, stem),
        f"{stem}_pre.xml": _presentation(report, stem),
        f"{stem}_cal.xml": _calculation(report, stem),
        f"{stem}_lab.xml": _labels(report, stem),
    }


def submission(report: Report) -> bytes:
    """The filing as EDGAR's full submission file."""
    company = report.company
    head = (
        f"<SEC-DOCUMENT>{report.accession}.txt : {report.filed}\n<SEC-HEADER>{report.accession}.hdr.sgml\n"
        f"<ACCEPTANCE-DATETIME>{report.accepted.replace('-', '').replace('T', '').replace(':', '')}\n"
        f"ACCESSION NUMBER:\t\t{report.accession}\nCONFORMED SUBMISSION TYPE:\t{report.form}\n"
        f"CONFORMED PERIOD OF REPORT:\t{report.period.replace('-', '')}\nFILED AS OF DATE:\t\t{report.filed}\n"
        f"COMPANY CONFORMED NAME:\t\t\t{company.name.upper()}\nCENTRAL INDEX KEY:\t\t\t{company.cik:010d}\n"
        "</SEC-HEADER>\n"
    )
    parts = [head]
    for number, (name, text) in enumerate(document(report).items(), 1):
        parts.append(
            f"<DOCUMENT>\n<TYPE>EX-101\n<SEQUENCE>{number}\n<FILENAME>{name}\n<TEXT>\n<XBRL>\n{text}\n</XBRL>\n"
            "</TEXT>\n</DOCUMENT>\n"
        )
    return "".join([*parts, "</SEC-DOCUMENT>\n"]).encode()


def _instance(report: Report, stem: str) -> str:
    company, year = report.company, report.taxonomy
    contexts: dict[tuple[str | None, str, str], str] = {}
    facts: list[str] = []
    start = min((fact[1] for fact in report.facts if fact[1] and fact[2] == report.period), default=report.period)
    number, cover_period = report.fiscal
    cover = {
        "DocumentType": report.form,
        "AmendmentFlag": "true" if report.form.endswith("/A") else "false",
        "DocumentPeriodEndDate": report.period,
        "EntityRegistrantName": company.name,
        "EntityCentralIndexKey": f"{company.cik:010d}",
        "TradingSymbol": company.ticker,
        "CurrentFiscalYearEndDate": report.year_end,
        "DocumentFiscalYearFocus": str(number),
        "DocumentFiscalPeriodFocus": cover_period,
    }
    told = [(f"dei:{name}", start, report.period, value, "", 0, "") for name, value in cover.items()]
    for order, (concept, first, last, value, unit, decimals, member) in enumerate([*told, *report.facts]):
        context = contexts.setdefault((first, last, member), f"c{len(contexts) + 1}")
        more = f' unitRef="{unit}" decimals="{decimals}"' if unit else ""
        text = escape(str(value))
        facts.append(f'<{concept} id="f{order + 1}" contextRef="{context}"{more}>{text}</{concept}>')
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
        f' xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:us-gaap="http://fasb.org/us-gaap/{year}"'
        f' xmlns:dei="http://xbrl.sec.gov/dei/{year}" xmlns:{company.prefix}="{_namespace(report)}">',
        f'<link:schemaRef xlink:type="simple" xlink:href="{stem}.xsd"/>',
    ]
    for (first, last, member), name in contexts.items():
        segment = ""
        if member:
            segment = (
                '<segment><xbrldi:explicitMember dimension="us-gaap:StatementBusinessSegmentsAxis">'
                f"{company.prefix}:{member}</xbrldi:explicitMember></segment>"
            )
        period = f"<startDate>{first}</startDate><endDate>{last}</endDate>" if first else f"<instant>{last}</instant>"
        lines.append(
            f'<context id="{name}"><entity><identifier scheme="http://www.sec.gov/CIK">{company.cik:010d}</identifier>'
            f"{segment}</entity><period>{period}</period></context>"
        )
    lines += [
        '<unit id="USD"><measure>iso4217:USD</measure></unit>',
        '<unit id="shares"><measure>shares</measure></unit>',
        '<unit id="USDPerShare"><divide><unitNumerator><measure>iso4217:USD</measure></unitNumerator>'
        "<unitDenominator><measure>shares</measure></unitDenominator></divide></unit>",
    ]
    return "\n".join([*lines, *facts, "</xbrl>"])


def _namespace(report: Report) -> str:
    return f"http://{report.company.prefix}.example/{report.period.replace('-', '')}"


_ROLES = (
    ("Cover", "000001 - Document - Cover", "dei:CoverAbstract", tuple(f"dei:{name}" for name in list(DEI)[1:])),
    (
        "Income",
        "000002 - Statement - STATEMENTS OF INCOME",
        "us-gaap:IncomeStatementAbstract",
        (
            *(f"us-gaap:{name}" for name in list(GAAP)[8:12]),
            "*",
            *(f"us-gaap:{name}" for name in list(GAAP)[12:16]),
        ),
    ),
    (
        "Balance",
        "000003 - Statement - BALANCE SHEETS",
        "us-gaap:StatementOfFinancialPositionAbstract",
        tuple(
            f"us-gaap:{name}"
            for name in (
                "CashAndCashEquivalentsAtCarryingValue",
                *("Assets", "Liabilities", "StockholdersEquity", "LiabilitiesAndStockholdersEquity"),
            )
        ),
    ),
    (
        "CashFlows",
        "000004 - Statement - STATEMENTS OF CASH FLOWS",
        "us-gaap:StatementOfCashFlowsAbstract",
        tuple(f"us-gaap:{name}" for name in list(GAAP)[17:21]),
    ),
    (
        "Events",
        "000005 - Disclosure - SUBSEQUENT EVENTS",
        "us-gaap:SubsequentEventsAbstract",
        ("us-gaap:SubsequentEventsTextBlock",),
    ),
)


def _schema(report: Report, stem: str) -> str:
    company = report.company
    own = "".join(_element(company.prefix, name, "monetary", "duration", "debit") for name in company.own)
    own += "".join(_element(company.prefix, name, "domain", "duration", "") for name in ("NorthMember", "SouthMember"))
    roles = "".join(
        f'<link:roleType id="{name}" roleURI="http://{company.prefix}.example/role/{name}">'
        f"<link:definition>{title}</link:definition><link:usedOn>link:presentationLink</link:usedOn>"
        "<link:usedOn>link:calculationLink</link:usedOn></link:roleType>"
        for name, title, *_ in _ROLES
    )
    references = "".join(
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{stem}_{part}.xml"'
        f' xlink:role="http://www.xbrl.org/2003/role/{kind}LinkbaseRef"'
        ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        for part, kind in (("pre", "presentation"), ("cal", "calculation"), ("lab", "label"))
    )
    linkbases = f"<xs:annotation><xs:appinfo>{roles}{references}</xs:appinfo></xs:annotation>\n"
    imports = "".join(
        f'<xs:import namespace="http://{host}/{prefix}/{report.taxonomy}" schemaLocation="{_home(prefix, report)}"/>\n'
        for prefix, host in (("us-gaap", "fasb.org"), ("dei", "xbrl.sec.gov"))
    )
    return _SCHEMA.format(prefix=company.prefix, namespace=_namespace(report), linkbases=linkbases, body=imports + own)


def _home(prefix: str, report: Report) -> str:
    year = report.taxonomy
    if prefix == "us-gaap":
        return f"http://xbrl.fasb.org/us-gaap/{year}/elts/us-gaap-{year}.xsd"
    return f"http://xbrl.sec.gov/dei/{year}/dei-{year}.xsd" if prefix == "dei" else f"{_stem(report)}.xsd"


def _stem(report: Report) -> str:
    return f"{report.company.prefix}-{report.period.replace('-', '')}"


def _link(kind: str, report: Report, links: Iterable[str]) -> str:
    roles = "".join(
        f'<link:roleRef roleURI="http://{report.company.prefix}.example/role/{name}" xlink:type="simple"'
        f' xlink:href="{_stem(report)}.xsd#{name}"/>'
        for name, *_ in _ROLES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<link:linkbase xmlns:link="http://www.xbrl.org/2003/linkbase"'
        f' xmlns:xlink="http://www.w3.org/1999/xlink">\n{roles if kind != "label" else ""}\n'
        + "\n".join(links)
        + "\n</link:linkbase>"
    )


def _locator(name: str, report: Report) -> str:
    prefix, _, local = name.partition(":")
    return (
        f'<link:loc xlink:type="locator" xlink:label="{local}" xlink:href="{_home(prefix, report)}#{prefix}_{local}"/>'
    )


def _presentation(report: Report, stem: str) -> str:
    own = [f"{report.company.prefix}:{name}" for name in report.company.own]
    links = []
    for role, _, head, rows in _ROLES:
        names = [each for row in rows for each in (own if row == "*" else [row])]
        arcs = "".join(
            '<link:presentationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/parent-child"'
            f' xlink:from="{head.partition(":")[2]}" xlink:to="{name.partition(":")[2]}" order="{order}"/>'
            for order, name in enumerate(names, 1)
        )
        links.append(
            f'<link:presentationLink xlink:type="extended" xlink:role="http://{report.company.prefix}.example/role/{role}">'
            + "".join(_locator(name, report) for name in [head, *names])
            + arcs
            + "</link:presentationLink>"
        )
    return _link("presentation", report, links)


def _calculation(report: Report, stem: str) -> str:
    sums = [
        ("Income", "us-gaap:GrossProfit", [("us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax", 1)]),
        ("Income", "us-gaap:GrossProfit", [("us-gaap:CostOfRevenue", -1)]),
    ]
    links = []
    for role, total, parts in sums:
        arcs = "".join(
            '<link:calculationArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/summation-item"'
            f' xlink:from="{total.partition(":")[2]}" xlink:to="{name.partition(":")[2]}" weight="{weight}" order="1"/>'
            for name, weight in parts
        )
        links.append(
            f'<link:calculationLink xlink:type="extended" xlink:role="http://{report.company.prefix}.example/role/{role}">'
            + "".join(_locator(name, report) for name in [total, *(name for name, _ in parts)])
            + arcs
            + "</link:calculationLink>"
        )
    return _link("calculation", report, links)


def _labels(report: Report, stem: str) -> str:
    used = {fact[0] for fact in report.facts} | {head for *_, head, _ in _ROLES}
    own = {f"{report.company.prefix}:{name}": label for name, label in report.company.own.items()}
    own |= {f"{report.company.prefix}:{name}Member": f"{name} [Member]" for name in ("North", "South")}
    lines = []
    for name in sorted(used | set(own)):
        local = name.partition(":")[2]
        label = own.get(name) or _words(local)
        lines.append(
            f'{_locator(name, report)}<link:label xlink:type="resource" xlink:label="l_{local}" xml:lang="en-US"'
            f' xlink:role="http://www.xbrl.org/2003/role/label">{escape(label)}</link:label>'
            '<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"'
            f' xlink:from="{local}" xlink:to="l_{local}"/>'
        )
    link = '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
    return _link("label", report, [link + "".join(lines) + "</link:labelLink>"])


def _words(local: str) -> str:
    return "".join(
        f" {c}" if c.isupper() and at else c for at, c in enumerate(local.replace("Abstract", " [Abstract]"))
    )
