"""A small annual report in ESEF, of our own, with stand-ins for ESMA's and IFRS's taxonomies, to break in one place."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import recto
from recto.findings import Finding
from tests.rules.small_efm import arc as arc
from tests.rules.small_efm import element, linked

IFRS = "http://xbrl.ifrs.org/taxonomy/2021-03-24/ifrs-full"
IFRS_SCHEMA = "http://xbrl.ifrs.org/taxonomy/2021-03-24/full_ifrs/full_ifrs-cor_2021-03-24.xsd"
ESEF = "http://www.esma.europa.eu/taxonomy/2021-03-24/esef_cor"
ESEF_SCHEMA = f"{ESEF}.xsd"
UNQUALIFIED = "http://www.esma.europa.eu/xbrl/role/cor/esef_role-999999"
DEFAULTS = "http://www.esma.europa.eu/xbrl/role/cor/ifrs-dim_role-990000"
ANCHOR = "http://www.esma.europa.eu/xbrl/esef/arcrole/wider-narrower"
DIMENSIONS = "http://xbrl.org/int/dim/arcrole/"
OWN = "http://example.com/2021"
SCHEMA, REPORT = "example.com/2021/own-2021-12-31.xsd", "reports/own-2021-12-31-en.xhtml"
PRE, CAL, DEF, LAB = (f"example.com/2021/own-2021-12-31_{kind}.xml" for kind in ("pre", "cal", "def", "lab-en"))
PACKAGE = "META-INF/taxonomyPackage.xml"

_NAMESPACES = (
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xbrli="http://www.xbrl.org/2003/instance"'
    ' xmlns:link="http://www.xbrl.org/2003/linkbase" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:xbrldt="http://xbrl.org/2005/xbrldt" xmlns:nonnum="http://www.xbrl.org/dtr/type/non-numeric"'
    f' xmlns:num="http://www.xbrl.org/dtr/type/numeric" xmlns:ifrs-full="{IFRS}" xmlns:own="{OWN}"'
)
_IMPORTS = "".join(
    f'<xs:import namespace="{namespace}" schemaLocation="{location}"/>'
    for namespace, location in (
        ("http://www.xbrl.org/2003/instance", "http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"),
        ("http://xbrl.org/2005/xbrldt", "http://www.xbrl.org/2005/xbrldt-2005.xsd"),
        ("http://www.xbrl.org/dtr/type/non-numeric", "http://www.xbrl.org/dtr/type/nonNumeric-2009-12-16.xsd"),
        ("http://www.xbrl.org/dtr/type/numeric", "http://www.xbrl.org/dtr/type/numeric-2009-12-16.xsd"),
    )
)
IDENTITY = (
    "NameOfReportingEntityOrOtherMeansOfIdentification",
    "DomicileOfEntity",
    "LegalFormOfEntity",
    "CountryOfIncorporation",
    "AddressOfRegisteredOfficeOfEntity",
    "PrincipalPlaceOfBusiness",
    "DescriptionOfNatureOfEntitysOperationsAndPrincipalActivities",
)
"""What every report says of its issuer."""


def _core(name: str, type_: str, more: str = "", period: str = "instant") -> str:
    return element(name, type_, more, prefix="ifrs-full", period=period)


_ABSTRACT = 'abstract="true"'
_DEBIT, _CREDIT = 'xbrli:balance="debit"', 'xbrli:balance="credit"'
_IFRS = "\n".join(
    (
        _core("StatementOfFinancialPositionAbstract", "xbrli:stringItemType", _ABSTRACT, "duration"),
        _core("StatementOfCashFlowsAbstract", "xbrli:stringItemType", _ABSTRACT, "duration"),
        _core("Assets", "xbrli:monetaryItemType", _DEBIT),
        _core("CurrentAssets", "xbrli:monetaryItemType", _DEBIT),
        _core("EquityAndLiabilities", "xbrli:monetaryItemType", _CREDIT),
        _core("Share", "num:percentItemType"),
        _core("Notes", "nonnum:textBlockItemType", period="duration"),
        *(_core(name, "xbrli:stringItemType", period="duration") for name in IDENTITY),
        _core("Table", "xbrli:stringItemType", _ABSTRACT, "duration").replace("xbrli:item", "xbrldt:hypercubeItem", 1),
        _core("Axis", "xbrli:stringItemType", _ABSTRACT, "duration").replace("xbrli:item", "xbrldt:dimensionItem", 1),
        _core("WholeMember", "nonnum:domainItemType", _ABSTRACT, "duration"),
    )
)


def loc(concept: str) -> str:
    prefix, _, name = concept.partition(":")
    schema = {"own": "own-2021-12-31.xsd", "ifrs-full": IFRS_SCHEMA, "esef_cor": ESEF_SCHEMA}[prefix]
    return f'<link:loc xlink:type="locator" xlink:href="{schema}#{prefix}_{name}" xlink:label="{prefix}_{name}"/>'


def links(kind: str, role: str, arcs: list[tuple[str, ...]]) -> str:
    """An extended link with the arcs (arcrole, source, target, more) and the locators that they need."""
    return linked(kind, role, arcs, loc)


def _role_ref(name: str) -> str:
    return f'<link:roleRef roleURI="{OWN}/role/{name}" xlink:type="simple" xlink:href="own-2021-12-31.xsd#{name}"/>'


_REFERENCES = (
    f'<link:roleRef roleURI="{UNQUALIFIED}" xlink:type="simple" xlink:href="{ESEF_SCHEMA}#esef_role-999999"/>',
    f'<link:roleRef roleURI="{DEFAULTS}" xlink:type="simple" xlink:href="{ESEF_SCHEMA}#ifrs-dim_role-990000"/>',
    *(
        f'<link:arcroleRef arcroleURI="{DIMENSIONS}{name}" xlink:type="simple"'
        f' xlink:href="http://www.xbrl.org/2005/xbrldt-2005.xsd#{name}"/>'
        for name in ("all", "notAll", "domain-member", "dimension-default", "dimension-domain", "hypercube-dimension")
    ),
    f'<link:arcroleRef arcroleURI="{ANCHOR}" xlink:type="simple"'
    ' xlink:href="http://www.xbrl.org/lrr/arcrole/esma-arcrole-2018-11-21.xsd#wider-narrower"/>',
)


def linkbase(*content: str, own: bool = True) -> str:
    """A linkbase with references to all roles and arcroles that its links may have."""
    roles = "".join(map(_role_ref, ("balance", "information", "anchors"))) if own else ""
    return f"<link:linkbase {_NAMESPACES}>{roles}{''.join(_REFERENCES)}{''.join(content)}</link:linkbase>"


_CHILD = "http://www.xbrl.org/2003/arcrole/parent-child"
_SUM = "http://www.xbrl.org/2003/arcrole/summation-item"
_BALANCE, _INFORMATION, _ANCHORS = (f"{OWN}/role/{name}" for name in ("balance", "information", "anchors"))
_STATEMENT = "ifrs-full:StatementOfFinancialPositionAbstract"
_NOTES = [f"ifrs-full:{name}" for name in IDENTITY]
_LINE_ITEMS = ["ifrs-full:Assets", "ifrs-full:CurrentAssets", "own:CarsInProduction"]
_PLACEHOLDER = "esef_cor:LineItemsNotDimensionallyQualified"


def _role(name: str) -> str:
    used = "".join(
        f"<link:usedOn>link:{kind}Link</link:usedOn>" for kind in ("presentation", "calculation", "definition")
    )
    definition = f"<link:definition>{name}</link:definition>"
    return f'<link:roleType roleURI="{OWN}/role/{name}" id="{name}">{definition}{used}</link:roleType>'


def _linkbase_ref(path: str) -> str:
    href = path.rpartition("/")[2]
    return (
        f'<link:linkbaseRef xlink:type="simple" xlink:href="{href}"'
        ' xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
    )


def label(name: str, text: str, *, role: str = "label", language: str = "en") -> str:
    return (
        f'<link:label xlink:type="resource" xlink:label="l_{name}" xml:lang="{language}"'
        f' xlink:role="http://www.xbrl.org/2003/role/{role}">{text}</link:label>'
    )


_LABELS = (
    '<link:labelLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">'
    + loc("own:CarsInProduction")
    + label("cars", "Cars in production")
    + '<link:labelArc xlink:type="arc" xlink:arcrole="http://www.xbrl.org/2003/arcrole/concept-label"'
    ' xlink:from="own_CarsInProduction" xlink:to="l_cars"/><!-- labels --></link:labelLink>'
)


def fact(name: str, value: str, *, scale: str = "3", context: str = "now", more: str = "", unit: str = "eur") -> str:
    return (
        f'<p><ix:nonFraction name="{name}" contextRef="{context}" unitRef="{unit}" decimals="-3" scale="{scale}"'
        f' format="ixt:num-dot-decimal" {more}>{value}</ix:nonFraction></p>'
    )


def text(name: str, value: str, more: str = "") -> str:
    return f'<p><ix:nonNumeric name="{name}" contextRef="year" {more}>{value}</ix:nonNumeric></p>'


LEI = "529900T8BM49AURSDO55"
_CONTEXT = (
    '<xbrli:context id="{}"><xbrli:entity><xbrli:identifier scheme="http://standards.iso.org/iso/17442">'
    f"{LEI}</xbrli:identifier></xbrli:entity><xbrli:period>{{}}</xbrli:period></xbrli:context>"
)
_YEAR = "<xbrli:startDate>2021-01-01</xbrli:startDate><xbrli:endDate>2021-12-31</xbrli:endDate>"
_REPORT = f"""<?xml version="1.0" encoding="UTF-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xml:lang="en"
 xmlns:ixt="http://www.xbrl.org/inlineXBRL/transformation/2020-02-12" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi" {_NAMESPACES}>
<head><title>Annual report</title><style type="text/css">p {{ margin: 0 }}</style></head>
<body><div style="display:none"><ix:header><!-- hidden --><ix:references>
<link:schemaRef xlink:type="simple" xlink:href="http://{SCHEMA}"/></ix:references><ix:resources>
{_CONTEXT.format("now", "<xbrli:instant>2021-12-31</xbrli:instant>")}
{_CONTEXT.format("year", _YEAR)}
<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>
<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit>
<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>
<!-- resources --></ix:resources></ix:header></div>
{"".join(text(name, "Example plc") for name in _NOTES)}
{fact("ifrs-full:Assets", "30", more='id="assets"')}
{fact("ifrs-full:CurrentAssets", "20")}
{fact("own:CarsInProduction", "10")}
<!-- body --></body></html>
"""


def documents() -> dict[str, str]:
    """The report: documents by name, in the folder of the package."""
    line_items = [*_LINE_ITEMS, *_NOTES]
    return {
        PACKAGE: (
            '<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">'
            "<tp:identifier>http://example.com/2021</tp:identifier><tp:name>Example</tp:name></tp:taxonomyPackage>"
        ),
        "META-INF/catalog.xml": (
            '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
            '<rewriteURI uriStartString="http://example.com/" rewritePrefix="../example.com/"/></catalog>'
        ),
        REPORT: _REPORT,
        SCHEMA: (
            f'<xs:schema {_NAMESPACES} targetNamespace="{OWN}" elementFormDefault="qualified">'
            f"<xs:annotation><xs:appinfo>{''.join(map(_linkbase_ref, (PRE, CAL, DEF, LAB)))}"
            f"{''.join(map(_role, ('balance', 'information', 'anchors')))}</xs:appinfo></xs:annotation>{_IMPORTS}"
            f'<xs:import namespace="{ESEF}" schemaLocation="{ESEF_SCHEMA}"/>'
            f"{element('CarsInProduction', 'xbrli:monetaryItemType', _DEBIT)}<!-- elements --></xs:schema>"
        ),
        PRE: linkbase(
            links("presentation", _BALANCE, [(_CHILD, _STATEMENT, each) for each in _LINE_ITEMS]),
            links("presentation", _INFORMATION, [(_CHILD, _NOTES[0], each) for each in _NOTES[1:]]),
        ),
        CAL: linkbase(
            links(
                "calculation",
                _BALANCE,
                [(_SUM, _LINE_ITEMS[0], each, 'weight="1"') for each in _LINE_ITEMS[1:]],
            )
        ),
        DEF: linkbase(
            links(
                "definition", UNQUALIFIED, [(f"{DIMENSIONS}domain-member", _PLACEHOLDER, each) for each in line_items]
            ),
            links("definition", _ANCHORS, [(ANCHOR, "ifrs-full:CurrentAssets", "own:CarsInProduction")]),
            "<!-- links -->",
        ),
        LAB: linkbase(_LABELS),
    }


_USED = "<link:usedOn>link:definitionLink</link:usedOn>"


def _schema(namespace: str) -> str:
    return f'<xs:schema {_NAMESPACES} targetNamespace="{namespace}" elementFormDefault="qualified">'


def _mirror(folder: Path) -> None:
    """Stand-ins for the published taxonomies, with no more than the report needs."""
    taxonomies = {
        IFRS_SCHEMA: f"{_schema(IFRS)}{_IMPORTS}{_IFRS}</xs:schema>",
        ESEF_SCHEMA: (
            f"{_schema(ESEF)}<xs:annotation><xs:appinfo>"
            f'<link:roleType roleURI="{UNQUALIFIED}" id="esef_role-999999">{_USED}</link:roleType>'
            f'<link:roleType roleURI="{DEFAULTS}" id="ifrs-dim_role-990000">{_USED}</link:roleType>'
            f"{_linkbase_ref('x/esef_cor-def.xml')}</xs:appinfo></xs:annotation>{_IMPORTS}"
            f'<xs:import namespace="{IFRS}" schemaLocation="{IFRS_SCHEMA}"/>'
            + element(
                "LineItemsNotDimensionallyQualified",
                "xbrli:stringItemType",
                _ABSTRACT,
                prefix="esef_cor",
                period="duration",
            )
            + element("Cube", "xbrli:stringItemType", _ABSTRACT, prefix="esef_cor", period="duration").replace(
                "xbrli:item", "xbrldt:hypercubeItem", 1
            )
            + "</xs:schema>"
        ),
        f"{ESEF}-def.xml": linkbase(
            links(
                "definition",
                UNQUALIFIED,
                [
                    (
                        f"{DIMENSIONS}all",
                        _PLACEHOLDER,
                        "esef_cor:Cube",
                        'xbrldt:contextElement="scenario" xbrldt:closed="true"',
                    )
                ],
            ),
            links(
                "definition", DEFAULTS, [(f"{DIMENSIONS}dimension-default", "ifrs-full:Axis", "ifrs-full:WholeMember")]
            ),
            own=False,
        ),
        "http://www.xbrl.org/lrr/arcrole/esma-arcrole-2018-11-21.xsd": (
            f'<xs:schema {_NAMESPACES} targetNamespace="http://www.xbrl.org/lrr"><xs:annotation><xs:appinfo>'
            f'<link:arcroleType arcroleURI="{ANCHOR}" id="wider-narrower" cyclesAllowed="any">'
            "<link:usedOn>link:definitionArc</link:usedOn></link:arcroleType></xs:appinfo></xs:annotation></xs:schema>"
        ),
    }
    taxonomies["http://www.xbrl.org/utr/utr.xml"] = (
        '<utr xmlns="http://www.xbrl.org/2009/utr"><units><unit id="u1"><unitId>MWh</unitId><itemType>energyItemType'
        "</itemType></unit></units></utr>"
    )
    for url, content in taxonomies.items():
        path = folder / url.removeprefix("http://")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


class Esef:
    """Writes the report with some texts replaced, and gives what validation finds."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "own-2021-12-31-en.zip"
        self.taxonomies = folder / "taxonomies"
        _mirror(self.taxonomies)

    def __call__(
        self,
        *changes: tuple[str, str, str],
        more: Mapping[str, str] | None = None,
        without: str | None = None,
        rules: list[str] | None = None,
    ) -> list[Finding]:
        """`changes`: (document, old, new). `more`: further documents; `without`: one that is left out."""
        found = documents()
        for name, old, new in changes:
            assert old in found[name], (name, old)
            found[name] = found[name].replace(old, new)
        found.update(more or {})
        found.pop(without or "", None)
        with zipfile.ZipFile(self.path, "w") as archive:
            for name, content in found.items():
                archive.writestr(f"own-2021-12-31-en/{name}", content)
        with recto.open(self.path, taxonomies=[self.taxonomies], offline=True, regime="esef") as filing:
            return list(filing.validate(rules))


@pytest.fixture
def esef(tmp_path: Path) -> Esef:
    return Esef(tmp_path)


@pytest.fixture
def esef_codes(esef: Esef) -> Callable[..., list[str]]:
    """Codes of what is found, each once."""
    return lambda *changes, **parts: list(dict.fromkeys(each.code for each in esef(*changes, **parts)))
