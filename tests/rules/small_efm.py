"""A small filing to the SEC, of our own, with stand-ins for the standard taxonomies, to break in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

import recto
from recto.findings import Finding

DEI, GAAP = "http://xbrl.sec.gov/dei/2024", "http://fasb.org/us-gaap/2024"
DEI_SCHEMA = "https://xbrl.sec.gov/dei/2024/dei-2024.xsd"
GAAP_SCHEMA = "https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"
TYPES = "http://www.xbrl.org/dtr/type/2022-03-31"
OWN = "http://example.com/20241231"
INSTANCE, SCHEMA, INLINE = "own-20241231.xml", "own-20241231.xsd", "own-20241231.htm"
PRE, CAL, DEF, LAB = (f"own-20241231_{kind}.xml" for kind in ("pre", "cal", "def", "lab"))
DIMENSIONS = "http://xbrl.org/int/dim/arcrole/"
CHILD, SUM = "http://www.xbrl.org/2003/arcrole/parent-child", "http://www.xbrl.org/2003/arcrole/summation-item"
NAMESPACES = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
    ' xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:xbrldi="http://xbrl.org/2006/xbrldi"'
    f' xmlns:dtr="{TYPES}" xmlns:dei="{DEI}" xmlns:us-gaap="{GAAP}" xmlns:own="{OWN}"'
    ' xmlns:iso4217="http://www.xbrl.org/2003/iso4217" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_IMPORTS = "".join(
    f'<xs:import namespace="{namespace}" schemaLocation="{location}"/>'
    for namespace, location in (
        ("http://www.xbrl.org/2003/instance", "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"),
        ("http://xbrl.org/2005/xbrldt", "http://www.xbrl.org/2005/xbrldt-2005.xsd"),
        (TYPES, "https://www.xbrl.org/dtr/type/2022-03-31/types.xsd"),
    )
)
COVER = (
    "DocumentType DocumentPeriodEndDate AmendmentFlag AmendmentDescription EntityRegistrantName EntityCentralIndexKey"
    " EntityCurrentReportingStatus EntityVoluntaryFilers EntityFilerCategory EntityWellKnownSeasonedIssuer"
    " EntityPublicFloat EntityInteractiveDataCurrent CurrentFiscalYearEndDate DocumentFiscalYearFocus"
    " DocumentFiscalPeriodFocus EntityShellCompany EntitySmallBusiness EntityEmergingGrowthCompany"
    " EntityExTransitionPeriod DocumentAnnualReport DocumentTransitionReport DocumentQuarterlyReport"
    " DocumentPeriodStartDate EntityAddressAddressLine1 EntityAddressAddressLine2 EntityAddressAddressLine3"
    " EntityAddressCityOrTown EntityAddressStateOrProvince EntityAddressCountry EntityAddressPostalZipCode"
    " CityAreaCode LocalPhoneNumber Security12bTitle Security12gTitle TradingSymbol NoTradingSymbolFlag"
    " SecurityExchangeName EntityFileNumber EntityTaxIdentificationNumber EntityIncorporationStateCountryCode"
    " EffectiveOnDate486b EffectiveOnSetDate486b InvestmentCompanyRegistrationAmendment"
    " IcfrAuditorAttestationFlag AuditorName AuditorLocation AuditorFirmId EntityCommonStockSharesOutstanding"
).split()
"""Elements of cover pages."""


def element(name: str, type_: str, more: str = "", *, prefix: str = "own", period: str = "instant") -> str:
    return (
        f'<xs:element name="{name}" id="{prefix}_{name}" type="{type_}" substitutionGroup="xbrli:item" nillable="true"'
        f' xbrli:periodType="{period}" {more}/>'
    )


def axis(name: str, *, prefix: str = "own", more: str = "") -> str:
    found = element(name, "xbrli:stringItemType", f'abstract="true" {more}', prefix=prefix, period="duration")
    return found.replace("xbrli:item", "xbrldt:dimensionItem", 1)


def table(name: str, *, prefix: str = "own") -> str:
    return axis(name, prefix=prefix).replace("dimensionItem", "hypercubeItem", 1)


def member(name: str, *, prefix: str = "own") -> str:
    return element(name, "dtr:domainItemType", 'abstract="true"', prefix=prefix, period="duration")


_DEBIT = 'xbrli:balance="debit"'
_GAAP = "\n".join(
    (
        element("AssetsAbstract", "xbrli:stringItemType", 'abstract="true"', prefix="us-gaap", period="duration"),
        element("Assets", "xbrli:monetaryItemType", _DEBIT, prefix="us-gaap"),
        element("Cash", "xbrli:monetaryItemType", _DEBIT, prefix="us-gaap"),
        element("Sales", "xbrli:monetaryItemType", 'xbrli:balance="credit"', prefix="us-gaap", period="duration"),
        element("Policy", "dtr:textBlockItemType", prefix="us-gaap", period="duration"),
        element("SalesRevenueNet", "xbrli:monetaryItemType", prefix="us-gaap", period="duration"),
        element("OtherExpenses", "xbrli:monetaryItemType", _DEBIT, prefix="us-gaap", period="duration"),
        table("StatementTable", prefix="us-gaap"),
        axis("StatementGeographicalAxis", prefix="us-gaap"),
        member("GeographicalDomain", prefix="us-gaap"),
        member("EastMember", prefix="us-gaap"),
    )
)


def loc(concept: str) -> str:
    prefix, _, name = concept.partition(":")
    schema = {"own": SCHEMA, "us-gaap": GAAP_SCHEMA, "dei": DEI_SCHEMA}[prefix]
    return f'<link:loc xlink:type="locator" xlink:href="{schema}#{prefix}_{name}" xlink:label="{prefix}_{name}"/>'


def arc(kind: str, arcrole: str, source: str, target: str, more: str = "") -> str:
    return (
        f'<link:{kind}Arc xlink:type="arc" xlink:arcrole="{arcrole}" xlink:from="{source.replace(":", "_")}"'
        f' xlink:to="{target.replace(":", "_")}" {more}/>'
    )


def linked(kind: str, role: str, arcs: list[tuple[str, ...]], locator: Callable[[str], str]) -> str:
    """An extended link with the arcs (arcrole, source, target, more) and the locators that they need."""
    names = dict.fromkeys(name for each in arcs for name in each[1:3])
    return (
        f'<link:{kind}Link xlink:type="extended" xlink:role="{role}">{"".join(map(locator, names))}'
        f"{''.join(arc(kind, *each) for each in arcs)}</link:{kind}Link>"
    )


def links(kind: str, role: str, arcs: list[tuple[str, ...]]) -> str:
    """The same with locators of the filing's own documents and those it builds on."""
    return linked(kind, role, arcs, loc)


def _role_ref(name: str) -> str:
    return f'<link:roleRef roleURI="{OWN}/role/{name}" xlink:type="simple" xlink:href="{SCHEMA}#{name}"/>'


_ARCROLES = "".join(
    f'<link:arcroleRef arcroleURI="{DIMENSIONS}{name}" xlink:type="simple"'
    f' xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#{name}"/>'
    for name in ("all", "notAll", "domain-member", "dimension-default", "dimension-domain", "hypercube-dimension")
)
ROLES = {
    "cover": "0001 - Document - Cover",
    "balance": "0002 - Statement - Balance",
    "notes": "0003 - Disclosure - Notes",
}
COVER_ROLE, BALANCE, NOTES = (f"{OWN}/role/{name}" for name in ROLES)


def linkbase(*content: str) -> str:
    references = "".join(map(_role_ref, ROLES)) + _ARCROLES
    return f"<link:linkbase {NAMESPACES}>{references}{''.join(content)}<!-- links --></link:linkbase>"


def _role(name: str) -> str:
    kinds = ("presentation", "calculation", "definition")
    used = "".join(f"<link:usedOn>link:{kind}Link</link:usedOn>" for kind in kinds)
    definition = f"<link:definition>{ROLES[name]}</link:definition>"
    return f'<link:roleType roleURI="{OWN}/role/{name}" id="{name}">{definition}{used}</link:roleType>'


def linkbase_ref(path: str) -> str:
    return (
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{path}"'
        ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
    )


def label(concept: str, text: str, *, role: str = "label", language: str = "en-US") -> str:
    name = concept.replace(":", "_")
    return (
        f'<link:label xlink:type="resource" xlink:label="l_{name}" xml:lang="{language}"'
        f' xlink:role="http://www.xbrl.org/2003/role/{role}">{text}</link:label>'
        f'<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"'
        f' xlink:from="{name}" xlink:to="l_{name}"/>'
    )


def fact(name: str, value: str, context: str = "now", *, decimals: str = "0", more: str = "") -> str:
    return f'<{name} contextRef="{context}" unitRef="usd" decimals="{decimals}" {more}>{value}</{name}>'


def text(name: str, value: str, *, context: str = "year", more: str = "") -> str:
    return f'<{name} contextRef="{context}" {more}>{value}</{name}>'


CIK = "0001234567"
YEAR = "<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"


def context(identifier: str, period: str, segment: str = "") -> str:
    inside = f"<xbrli:segment>{segment}</xbrli:segment>" if segment else ""
    return (
        f'<xbrli:context id="{identifier}"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">{CIK}'
        f"</xbrli:identifier>{inside}</xbrli:entity><xbrli:period>{period}</xbrli:period></xbrli:context>"
    )


EAST = '<xbrldi:explicitMember dimension="us-gaap:StatementGeographicalAxis">us-gaap:EastMember</xbrldi:explicitMember>'
_CONTEXTS = (
    context("year", YEAR)
    + context("now", "<xbrli:instant>2024-12-31</xbrli:instant>")
    + context("east", "<xbrli:instant>2024-12-31</xbrli:instant>", EAST)
)
_UNITS = '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>'
INLINE_COVER = {
    "EntityFileNumber": "001-12345",
    "EntityTaxIdentificationNumber": "12-3456789",
    "EntityIncorporationStateCountryCode": "DE",
    "EntityAddressAddressLine1": "1 Main Street",
    "EntityAddressCityOrTown": "Springfield",
    "EntityAddressStateOrProvince": "IL",
    "EntityAddressPostalZipCode": "62701",
    "CityAreaCode": "217",
    "LocalPhoneNumber": "555-0100",
}
"""What it says besides on an inline document."""
FORM = {
    "DocumentType": "8-K",
    "DocumentPeriodEndDate": "2024-12-31",
    "AmendmentFlag": "false",
    "EntityRegistrantName": "Example Inc.",
    "EntityCentralIndexKey": CIK,
    "EntityEmergingGrowthCompany": "false",
}
"""What the cover page says."""
CARS = fact("own:Cars", "10")
_FACTS = (
    "".join(text(f"dei:{name}", value) for name, value in FORM.items())
    + fact("us-gaap:Assets", "30")
    + fact("us-gaap:Cash", "20")
    + fact("us-gaap:Cash", "5", "east")
    + CARS
)


def _on_cover(number: int, name: str) -> tuple[str, ...]:
    return (CHILD, "dei:CoverAbstract", name, f'order="{number}"')


def documents() -> dict[str, str]:
    """The filing: documents by name."""
    cover = [f"dei:{name}" for name in FORM | INLINE_COVER]
    items = ["us-gaap:Assets", "us-gaap:Cash", "own:Cars"]
    axes = [
        ("us-gaap:StatementTable", "us-gaap:StatementGeographicalAxis"),
        ("us-gaap:StatementGeographicalAxis", "us-gaap:GeographicalDomain"),
        ("us-gaap:GeographicalDomain", "us-gaap:EastMember"),
    ]
    tree = [(CHILD, "us-gaap:AssetsAbstract", "us-gaap:StatementTable", 'order="1"')]
    tree += [(CHILD, *pair, 'order="1"') for pair in axes]
    tree += [(CHILD, "us-gaap:AssetsAbstract", each, f'order="{n}"') for n, each in enumerate(items, 2)]
    kinds = ("hypercube-dimension", "dimension-domain", "domain-member")
    definitions = [
        (f"{DIMENSIONS}all", "us-gaap:AssetsAbstract", "us-gaap:StatementTable", f"{SEGMENT} order='1'"),
        *(
            (f"{DIMENSIONS}domain-member", "us-gaap:AssetsAbstract", each, f"order='{n}'")
            for n, each in enumerate(items)
        ),
        *((f"{DIMENSIONS}{kind}", *pair, "order='1'") for kind, pair in zip(kinds, axes, strict=True)),
    ]
    return {
        INSTANCE: (
            f'<?xml version="1.0" encoding="US-ASCII"?><xbrli:xbrl {NAMESPACES}><link:schemaRef xlink:type="simple"'
            f' xlink:href="{SCHEMA}"/>{_CONTEXTS}{_UNITS}{_FACTS}<!-- facts --></xbrli:xbrl>'
        ),
        SCHEMA: (
            f'<xs:schema {NAMESPACES} targetNamespace="{OWN}" elementFormDefault="qualified">'
            f"<xs:annotation><xs:appinfo>{''.join(map(linkbase_ref, (PRE, CAL, DEF, LAB)))}{''.join(map(_role, ROLES))}"
            f"<!-- roles --></xs:appinfo></xs:annotation>{_IMPORTS}"
            f'<xs:import namespace="{DEI}" schemaLocation="{DEI_SCHEMA}"/>'
            f'<xs:import namespace="{GAAP}" schemaLocation="{GAAP_SCHEMA}"/>'
            f"{element('Cars', 'xbrli:monetaryItemType', _DEBIT)}<!-- elements --></xs:schema>"
        ),
        PRE: linkbase(
            links(
                "presentation",
                COVER_ROLE,
                [_on_cover(n, name) for n, name in enumerate(cover)],
            ),
            links("presentation", BALANCE, tree),
        ),
        CAL: linkbase(
            links("calculation", BALANCE, [(SUM, items[0], each, 'weight="1" order="1"') for each in items[1:]]),
        ),
        DEF: linkbase(links("definition", BALANCE, definitions)),
        LAB: linkbase(
            '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
            f"{loc('own:Cars')}{label('own:Cars', 'Cars')}<!-- labels --></link:labelLink>"
        ),
    }


SEGMENT = 'xbrldt:contextElement="segment" xbrldt:closed="true"'


def page(body: str, *, head: str = "", html: str = "") -> str:
    """An inline document with a cover page and what is given."""
    facts = "".join(
        f'<p><ix:nonNumeric name="dei:{name}" contextRef="year">{value}</ix:nonNumeric></p>'
        for name, value in (FORM | INLINE_COVER).items()
    )
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL"'
        f' xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2022-02-16" {NAMESPACES} {html}>'
        f'<head><title>t</title>{head}</head><body><div style="display:none"><ix:header><ix:references><link:schemaRef'
        f' xlink:type="simple" xlink:href="{SCHEMA}"/></ix:references><ix:resources>{_CONTEXTS}{_UNITS}</ix:resources>'
        f"</ix:header></div>{facts}"
        '<p><ix:nonFraction name="us-gaap:Assets" contextRef="now" unitRef="usd" decimals="0">30</ix:nonFraction></p>'
        '<p><ix:nonFraction name="us-gaap:Cash" contextRef="east" unitRef="usd" decimals="0">5</ix:nonFraction></p>'
        f"{body}</body></html>"
    )


def _mirror(folder: Path) -> None:
    """Stand-ins for the published taxonomies, with no more than the filing needs."""
    cover = element(
        "CoverAbstract", "xbrli:stringItemType", 'abstract="true"', prefix="dei", period="duration"
    ) + "".join(element(name, "xbrli:stringItemType", prefix="dei", period="duration") for name in COVER)
    for url, namespace, content in ((DEI_SCHEMA, DEI, cover), (GAAP_SCHEMA, GAAP, _GAAP)):
        path = folder / url.removeprefix("https://")
        path.parent.mkdir(parents=True, exist_ok=True)
        head = f'<xs:schema {NAMESPACES} targetNamespace="{namespace}" elementFormDefault="qualified">'
        path.write_text(f"{head}{_IMPORTS}{content}</xs:schema>", "utf-8")


class Efm:
    """Writes the filing with some texts replaced, and gives what the rule set finds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "filing"
        self.taxonomies = folder / "taxonomies"
        _mirror(self.taxonomies)

    def __call__(
        self,
        *changes: tuple[str, str, str],
        more: Mapping[str, str | bytes] | None = None,
        without: Iterable[str] = (),
        rules: list[str] | None = None,
        parameters: Mapping[str, str] | None = None,
    ) -> list[Finding]:
        """`changes`: (document, old, new). `more`: further documents; `without`: those that are left out."""
        found: dict[str, str | bytes] = {**documents()}
        for name, old, new in changes:
            content = str(found[name])
            assert old in content, (name, old)
            found[name] = content.replace(old, new)
        found.update(more or {})
        self.folder.mkdir(exist_ok=True)
        for old_file in self.folder.iterdir():
            old_file.unlink()
        for name, each in found.items():
            if name not in without:
                (self.folder / name).write_bytes(each if isinstance(each, bytes) else each.encode())
        with recto.open(
            self.folder, taxonomies=[self.taxonomies], offline=True, regime="sec", parameters=parameters
        ) as filing:
            return list(filing.validate(rules if rules is not None else ["efm"]))


@pytest.fixture
def efm(tmp_path: Path) -> Efm:
    return Efm(tmp_path)


@pytest.fixture
def efm_codes(efm: Efm) -> Callable[..., list[str]]:
    """Codes of what is found, each once."""
    return lambda *changes, **parts: list(dict.fromkeys(each.code for each in efm(*changes, **parts)))
