"""The filing rules of EBA and EIOPA: one fault each, in a small report that is else in order."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.cli import main
from recto.findings import Finding
from recto.rules import validate
from recto.rules.lei import is_lei

OURS = ("EBA", "EIOPA", "recto:internal")
LEI = "5493001KJTIIGC8Y1R12"
CONTEXT = """<xbrli:context id="{id}"><xbrli:entity><xbrli:identifier scheme="{scheme}">{entity}
</xbrli:identifier>{segment}</xbrli:entity><xbrli:period>{period}</xbrli:period>{scenario}</xbrli:context>"""
NAME = f"{LEI}.CON_DE_CASE010100_CASE_2024-12-31_20250101120000000.xbrl"
SCHEMA = "http://www.eba.europa.eu/eu/fr/xbrl/crr/fws/case/1.0/mod/case.xsd"


def context(
    identifier: str = "c",
    *,
    scheme: str = "https://eurofiling.info/eu/rs",
    entity: str = f"{LEI}.CON",
    segment: str = "",
    period: str = "<xbrli:instant>2024-12-31</xbrli:instant>",
    scenario: str = "",
) -> str:
    return CONTEXT.format(
        id=identifier, scheme=scheme, entity=entity, segment=segment, period=period, scenario=scenario
    )


EUR = '<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>'
USD = EUR.replace("eur", "usd").replace("EUR", "USD")
PURE = '<xbrli:unit id="pure"><xbrli:measure>xbrli:pure</xbrli:measure></xbrli:unit>'
INDICATORS = """<find:fIndicators><find:filingIndicator contextRef="c">C_01.00</find:filingIndicator>
<find:filingIndicator contextRef="c" find:filed="false">C_02.00</find:filingIndicator></find:fIndicators>"""
MEMBER = (
    '<xbrli:scenario><xbrldi:explicitMember dimension="d:{axis}">d:{member}</xbrldi:explicitMember></xbrli:scenario>'
)


def fact(name: str = "mi1", value: str = "1000", *, decimals: str = "-3", unit: str = "eur", more: str = "") -> str:
    accuracy = f' decimals="{decimals}"' if decimals else ""
    return f'<d:{name} contextRef="c" unitRef="{unit}"{accuracy}{more}>{value}</d:{name}>'


def report(
    *,
    declaration: str = '<?xml version="1.0" encoding="UTF-8"?>',
    root: str = "",
    schemas: tuple[str, ...] = (SCHEMA,),
    start: str = "",
    contexts: str = "",
    units: str = EUR,
    indicators: str = INDICATORS,
    facts: str = "",
    host: str = "",
) -> str:
    references = "".join(f'<link:schemaRef xlink:type="simple" xlink:href="{each}"/>' for each in schemas)
    text = f"""{declaration}
<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"
 xmlns:xbrldi="http://xbrl.org/2006/xbrldi" xmlns:find="http://www.eurofiling.info/xbrl/ext/filing-indicators"
 xmlns:d="http://www.eba.europa.eu/xbrl/crr/dict/met" {root}>{references}{start}
{contexts or context()}{units}{indicators}{facts or fact()}</xbrli:xbrl>"""
    return text.replace("www.eba.europa.eu", host) if host else text


def checked(folder: Path, text: str, *, name: str = NAME, encoding: str = "utf-8") -> list[Finding]:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    filing = recto.open(path, offline=True, use_cache=False)
    return [
        each for each in validate(filing, ["eurofiling"]) if each.code.startswith(("EBA", "EIOPA", "recto:internal"))
    ]


def codes(found: list[Finding]) -> list[str]:
    return [each.code.partition(".")[2] for each in found]


def test_a_report_in_order(tmp_path: Path) -> None:
    assert is_lei(LEI)
    used = "xbrldi"  # a prefix that a report without members declares in vain
    assert [each.code for each in checked(tmp_path, report()) if used not in each.message] == []


ALONE = INDICATORS.replace("<find:fIndicators>", "").replace("</find:fIndicators>", "")
CUR = 'xmlns:cur="http://www.xbrl.org/2003/iso4217"'
XI = '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="x.xml"/>'
FOOTNOTE = '<link:footnoteLink xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link"/>'
XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
MEMBERED = context() + context("m", scenario=MEMBER.format(axis="CCA", member="x1"))


FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("EBA.1.4.encoding", {"declaration": '<?xml version="1.0" encoding="ISO-8859-1"?>'}),
    ("EBA.1.13.standalone", {"declaration": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'}),
    ("EBA.1.5.entryPoint", {"schemas": ("case.xsd",)}),
    ("EBA.1.5.entryPoint", {"schemas": (SCHEMA.replace("/mod/", "/tab/"),)}),
    ("EBA.1.5.entryPoints", {"schemas": (SCHEMA, SCHEMA.replace("case.xsd", "other.xsd"))}),
    ("EBA.1.6.missing", {"indicators": ""}),
    ("EBA.1.6.missing", {"indicators": INDICATORS.replace('">C_01', '" find:filed="0">C_01')}),
    ("EBA.1.6.duplicate", {"indicators": INDICATORS.replace("C_02", "C_01")}),
    ("EBA.1.6.outsideTuple", {"indicators": ALONE}),
    ("EBA.1.6.order", {"indicators": fact("mi2") + INDICATORS}),
    ("EBA.1.6.context", {"contexts": MEMBERED, "indicators": INDICATORS.replace('"c">C_01', '"m">C_01')}),
    ("EBA.1.14.schemaLocation", {"root": XSI + ' xsi:schemaLocation="a b"'}),
    ("EBA.1.15.xInclude", {"start": XI}),
    ("EBA.2.25.footnotes", {"facts": fact() + FOOTNOTE}),
    ("EBA.2.1.xmlBase", {"root": 'xml:base="http://x.example/"'}),
    (
        "EBA.2.4.linkbaseRef",
        {
            "start": '<link:linkbaseRef xlink:type="simple" xlink:href="x.xml" '
            'xlink:arcrole="http://www.w3.org/1999/xlink/properties/linkbase"/>'
        },
    ),
    ("EBA.2.5.comment", {"start": "<!-- not for machines -->"}),
    ("EBA.2.6.id", {"contexts": context() + context("c" * 200)}),
    ("EBA.2.7.unused", {"contexts": context() + context("spare", scenario=MEMBER.format(axis="X", member="x1"))}),
    ("EBA.2.7.duplicate", {"contexts": context() + context("again")}),
    ("EBA.2.8.scheme", {"contexts": context(scheme="http://www.sec.gov/CIK", entity="1")}),
    ("EBA.2.8.identifier", {"contexts": context(entity=f"{LEI}.ALL")}),
    ("EBA.2.8.identifier", {"contexts": context(scheme="http://standards.iso.org/iso/17442", entity="short")}),
    ("EBA.2.8.lei", {"contexts": context(entity=f"{LEI[:-1]}3.CON")}),
    ("EBA.2.9.identifiers", {"contexts": context() + context("o", entity=f"{LEI}.IND")}),
    ("EBA.2.10.time", {"contexts": context(period="<xbrli:instant>2024-12-31T00:00:00</xbrli:instant>")}),
    ("EBA.2.10.time", {"contexts": context(period="<xbrli:instant>2024-12-31Z</xbrli:instant>")}),
    ("EBA.2.11.forever", {"contexts": context(period="<xbrli:forever/>")}),
    (
        "EBA.2.13.duration",
        {
            "contexts": context(
                period="<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"
            )
        },
    ),
    ("EBA.2.13.dates", {"contexts": context() + context("o", period="<xbrli:instant>2023-12-31</xbrli:instant>")}),
    ("EBA.2.14.segment", {"contexts": context(segment="<xbrli:segment><d:x>1</d:x></xbrli:segment>")}),
    ("EBA.2.15.scenario", {"contexts": context(scenario="<xbrli:scenario><d:x>1</d:x></xbrli:scenario>")}),
    ("EBA.2.16.duplicate", {"facts": fact() + fact()}),
    ("EBA.2.16.units", {"units": EUR + USD, "facts": fact() + fact(unit="usd")}),
    ("EBA.2.17.precision", {"facts": fact(decimals="", more=' precision="4"')}),
    ("EBA.2.18.decimals", {"facts": fact(decimals="-4")}),
    ("EBA.2.18.decimals", {"units": EUR + PURE, "facts": fact() + fact("pi1", "0.5", decimals="2", unit="pure")}),
    ("EBA.2.18.integer", {"units": EUR + PURE, "facts": fact() + fact("ii1", "5", decimals="1", unit="pure")}),
    (
        "EBA.2.19.nil",
        {"facts": fact(value="", decimals="", more=XSI + ' xsi:nil="true"')},
    ),
    ("EBA.2.19.empty", {"facts": fact() + '<d:si1 contextRef="c"/>'}),
    ("EBA.2.21.units", {"units": EUR + EUR.replace('"eur"', '"more"')}),
    ("EBA.2.22.unused", {"units": EUR + PURE}),
    ("EBA.2.24.currency", {"units": PURE.replace('"pure"', '"eur"')}),
    ("EBA.3.1.currencies", {"units": EUR + USD, "facts": fact() + fact("mi2", unit="usd")}),
    ("EBA.3.2.pure", {"facts": fact() + fact("pi1", "0.5", decimals="4")}),
    ("EBA.3.2.fraction", {"units": EUR + PURE, "facts": fact() + fact("pi1", "51", decimals="4", unit="pure")}),
    ("EBA.3.4.prefixes", {"root": 'xmlns:vain="http://x.example/"'}),
    ("EBA.3.5.prefix", {"root": CUR, "units": EUR.replace("iso4217:", "cur:")}),
]


@pytest.mark.parametrize(("code", "change"), FAULTS)
def test_one_fault(tmp_path: Path, code: str, change: dict[str, object]) -> None:
    declared = str(change.get("declaration", ""))
    found = checked(
        tmp_path,
        report(**change),  # type: ignore[arg-type]
        encoding="latin-1" if "8859" in declared else "utf-8",
    )
    first = next(each for each in found if each.code == code)
    assert first.specification is not None
    assert first.specification.startswith("EBA Filing Rules 5")


EIOPA = """
EIOPA.1.13.standalone
EIOPA.1.14.schemaLocation
EIOPA.1.15.xInclude
EIOPA.1.4.encoding
EIOPA.1.5.entryPoint
EIOPA.1.5.entryPoints
EIOPA.1.6.context
EIOPA.1.6.duplicate
EIOPA.1.6.missing
EIOPA.1.6.order
EIOPA.1.6.outsideTuple
EIOPA.2.1.xmlBase
EIOPA.2.10.time
EIOPA.2.11.forever
EIOPA.2.13.dates
EIOPA.2.13.duration
EIOPA.2.14.segment
EIOPA.2.15.scenario
EIOPA.2.16.duplicate
EIOPA.2.16.units
EIOPA.2.17.precision
EIOPA.2.18.decimals
EIOPA.2.18.integer
EIOPA.2.19.empty
EIOPA.2.19.nil
EIOPA.2.21.units
EIOPA.2.22.unused
EIOPA.2.24.currency
EIOPA.2.25.footnotes
EIOPA.2.4.linkbaseRef
EIOPA.2.5.comment
EIOPA.2.6.id
EIOPA.2.7.duplicate
EIOPA.2.7.unused
EIOPA.2.8.identifier
EIOPA.2.8.lei
EIOPA.2.8.scheme
EIOPA.2.9.identifiers
EIOPA.3.1.currencies
EIOPA.3.2.pure
EIOPA.3.4.prefixes
EIOPA.3.5.prefix
"""


@pytest.mark.parametrize(
    ("code", "change"), [each for each in FAULTS if each[0].replace("EBA", "EIOPA") in EIOPA.split()]
)
def test_one_fault_to_eiopa(tmp_path: Path, code: str, change: dict[str, Any]) -> None:
    declared = str(change.get("declaration", ""))
    text = report(host="eiopa.europa.eu", **change)
    found = checked(tmp_path, text, encoding="latin-1" if "8859" in declared else "utf-8")
    assert code.replace("EBA", "EIOPA") in [each.code for each in found]


def test_denomination(tmp_path: Path) -> None:
    """An amount in its own currency is no second currency of the report, and its unit must be that one."""
    scenario = (
        '<xbrli:scenario><xbrldi:explicitMember dimension="d:CCA">d:x1</xbrldi:explicitMember>'
        '<xbrldi:explicitMember dimension="d:CUS">d:USD</xbrldi:explicitMember></xbrli:scenario>'
    )
    units = EUR + USD
    own = fact(unit="usd").replace('"c"', '"m"')
    contexts = context() + context("m", scenario=scenario)
    assert codes(checked(tmp_path, report(contexts=contexts, units=units, facts=fact() + own))) == []
    wrong = fact(unit="eur").replace('"c"', '"m"')
    assert codes(checked(tmp_path, report(contexts=contexts, facts=fact() + wrong))) == [
        "3.1.denomination"
    ]  # EBA.3.1.denomination


def test_accuracy_depends_on_date_and_module(tmp_path: Path) -> None:
    """Amounts in tens of thousands from April 2025 on, in millions in some modules."""
    later = context(period="<xbrli:instant>2025-06-30</xbrli:instant>")
    assert "2.18.decimals" not in codes(checked(tmp_path, report(contexts=later, facts=fact(decimals="-4"))))
    assert "2.18.decimals" in codes(checked(tmp_path, report(contexts=later, facts=fact(decimals="-5"))))
    module = (SCHEMA.replace("case.xsd", "esg.xsd"),)
    assert "2.18.decimals" not in codes(checked(tmp_path, report(schemas=module, facts=fact(decimals="-6"))))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("report.xbrl", "it has not six parts"),
        (NAME.replace("_DE_", "_GER_"), "GER is no country"),
        (NAME.replace("CASE010100", "CASE"), "CASE is no framework with a version of six digits"),
        (NAME.replace("2024-12-31", "31.12.2024"), "31.12.2024 is no date"),
    ],
)
def test_names_of_files(tmp_path: Path, name: str, expected: str) -> None:
    (found,) = [each for each in checked(tmp_path, report(), name=name) if each.code == "EBA.1.1.fileName"]
    assert expected in found.message
    assert found.severity == "info"


def test_another_ending(tmp_path: Path) -> None:
    assert [each.severity for each in checked(tmp_path, report(), name="r.xml") if "1.1.extension" in each.code] == [
        "warning"  # EBA.1.1.extension: should
    ]


def test_one_report_a_file(tmp_path: Path) -> None:
    path = tmp_path / NAME.replace(".xbrl", ".zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.xbrl", report())
        archive.writestr("b.xbrl", report())
    filing = recto.open(path, offline=True, use_cache=False)
    assert [each.code for each in validate(filing, ["eurofiling"])].count("EBA.1.9.reports") == 1


LABELED = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:link="http://www.xbrl.org/2003/linkbase"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xbrli="http://www.xbrl.org/2003/instance" targetNamespace="urn:case">
<xs:annotation><xs:appinfo><link:linkbase xmlns:gen="http://xbrl.org/2008/generic"
 xmlns:label="http://xbrl.org/2008/label"><link:arcroleRef arcroleURI="http://xbrl.org/arcrole/2008/element-label"
 xlink:type="simple" xlink:href="http://www.xbrl.org/2008/generic-label.xsd#element-label"/>
<gen:link xlink:type="extended" xlink:role="http://www.xbrl.org/2003/role/link">
<link:loc xlink:type="locator" xlink:href="#case_T" xlink:label="t"/>
<label:label xlink:type="resource" xlink:label="l" xml:lang="en"
 xlink:role="http://www.eurofiling.info/xbrl/role/filing-indicator-code">C_01.00</label:label>
<gen:arc xlink:type="arc" xlink:arcrole="http://xbrl.org/arcrole/2008/element-label" xlink:from="t" xlink:to="l"/>
</gen:link></link:linkbase></xs:appinfo></xs:annotation>
<xs:import namespace="http://www.xbrl.org/2003/instance"
 schemaLocation="http://www.xbrl.org/2003/xbrl-instance-2003-12-31.xsd"/>
<xs:element name="T" id="case_T" type="xbrli:stringItemType" substitutionGroup="xbrli:item" abstract="true"
 xbrli:periodType="instant"/></xs:schema>"""


def test_indicators_are_of_the_taxonomy(tmp_path: Path) -> None:
    """Labels of the taxonomy's tables tell which indicators there are."""
    (tmp_path / "case.xsd").write_text(LABELED)
    found = [each for each in checked(tmp_path, report(schemas=("case.xsd",))) if each.code == "EBA.1.6.value"]
    assert [each.subject for each in found] == ["C_02.00"]


def test_eiopa_has_severities_of_its_own(tmp_path: Path) -> None:
    text = report(
        contexts=context() + context("spare"), host="eiopa.europa.eu", facts=fact(value="2000", decimals="-3")
    )
    found = {each.code: each.severity for each in checked(tmp_path, text, name="r.xml")}
    assert found["EIOPA.2.7.unused"] == "error"
    assert found["EIOPA.1.1.extension"] == "error"
    assert found["EIOPA.2.18.decimals"] == "error"
    assert found["EIOPA.2.26.generator"] == "info"


def test_other_regimes_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "r.xbrl"
    path.write_text(report(host="own.example"))
    filing = recto.open(path, offline=True, use_cache=False)
    assert filing.regime.name == "plain"
    assert not [each for each in validate(filing) if each.code.startswith(("EBA", "EIOPA", "recto:internal"))]


FILES = {
    "META-INF/reportPackage.json": '{"documentInfo": {"documentType": "https://xbrl.org/report-package/2023"}}',
    "reports/report.json": '{"documentInfo": {"documentType": "https://xbrl.org/2021/xbrl-csv", "extends": '
    '["http://www.eba.europa.eu/eu/fr/xbrl/crr/fws/case/1.0/mod/case.json"]}}',
    "reports/parameters.csv": f"name,value\nentityID,rs:{LEI}.CON\nrefPeriod,2024-12-31\nbaseCurrency,iso4217:EUR\n"
    "decimalsInteger,0\ndecimalsMonetary,-3\ndecimalsPercentage,4\n",
    "reports/FilingIndicators.csv": "templateID,reported\nC_01.00,true\nC_02.00,false\n",
    "reports/c_01.00.a.csv": "datapoint,factValue\ndp1,5\n",
}


def package(folder: Path, **changes: str | None) -> list[Finding]:
    path = folder / NAME.replace(".xbrl", ".zip")
    by_name = {name.rpartition("/")[2].replace(".", "_"): name for name in FILES}
    given: dict[str, str | None] = {**FILES, **{by_name.get(key, key): text for key, text in changes.items()}}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in given.items():
            if text is not None:
                archive.writestr(f"case/{name}", text)
    filing = recto.open(path, offline=True, use_cache=False)
    return [each for each in validate(filing, ["eurofiling"]) if each.code.startswith(OURS)]


def test_a_package_in_order(tmp_path: Path) -> None:
    assert package(tmp_path) == []


def changed(name: str, old: str, new: str) -> str:
    return FILES[f"reports/{name}"].replace(old, new)


PACKAGE_FAULTS: list[tuple[str, dict[str, str | None]]] = [
    ("EBA.csv.file", {"parameters_csv": None}),
    ("EBA.csv.file", {"FilingIndicators_csv": None}),
    ("EBA.csv.header", {"FilingIndicators_csv": changed("FilingIndicators.csv", "templateID", "templateId")}),
    ("EBA.csv.row", {"parameters_csv": changed("parameters.csv", "refPeriod,", "refPeriod,,")}),
    ("EBA.csv.parameter", {"parameters_csv": changed("parameters.csv", "refPeriod,2024-12-31\n", "")}),
    ("EBA.csv.period", {"parameters_csv": changed("parameters.csv", "2024-12-31", "2024-12-31T00:00:00")}),
    ("EBA.csv.boolean", {"FilingIndicators_csv": changed("FilingIndicators.csv", "false", "no")}),
    ("EBA.csv.special", {"c_01_00_a_csv": "datapoint,factValue\ndp1,#nil\n"}),
    ("EBA.csv.foreign", {"reports/.DS_Store": "x"}),
    ("EBA.2.8.scheme", {"parameters_csv": changed("parameters.csv", "rs:", "id:")}),
    ("EBA.2.8.lei", {"parameters_csv": changed("parameters.csv", LEI, LEI[:-1] + "3")}),
    (
        "EBA.2.18.parameter",
        {"parameters_csv": changed("parameters.csv", "decimalsMonetary,-3", "decimalsMonetary,-5")},
    ),
    ("EBA.2.18.parameter", {"parameters_csv": changed("parameters.csv", "Percentage,4", "Percentage,2")}),
    ("EBA.2.18.parameter", {"parameters_csv": changed("parameters.csv", "decimalsInteger,0", "decimalsInteger,x")}),
    ("EBA.1.6.duplicate", {"FilingIndicators_csv": changed("FilingIndicators.csv", "C_02", "C_01")}),
    ("EBA.1.6.missing", {"FilingIndicators_csv": changed("FilingIndicators.csv", "true", "false")}),
    ("EBA.1.7.notFiled", {"reports/c_02.00.csv": "datapoint,factValue\n"}),
    ("EBA.1.7.noIndicator", {"reports/c_09.00.csv": "datapoint,factValue\n"}),
]


@pytest.mark.parametrize(("code", "change"), PACKAGE_FAULTS)
def test_one_fault_of_a_package(tmp_path: Path, code: str, change: dict[str, str | None]) -> None:
    assert code in [each.code for each in package(tmp_path, **change)]


EIOPA_PACKAGES = """
EIOPA.1.7.noIndicator
EIOPA.1.7.notFiled
EIOPA.2.18.parameter
EIOPA.csv.boolean
EIOPA.csv.file
EIOPA.csv.foreign
EIOPA.csv.header
EIOPA.csv.parameter
EIOPA.csv.period
EIOPA.csv.row
EIOPA.csv.special
"""


@pytest.mark.parametrize(
    ("code", "change"), [each for each in PACKAGE_FAULTS if each[0].replace("EBA", "EIOPA") in EIOPA_PACKAGES.split()]
)
def test_one_fault_of_a_package_to_eiopa(tmp_path: Path, code: str, change: dict[str, str | None]) -> None:
    own = FILES["reports/report.json"].replace("www.eba.europa.eu", "www.eiopa.europa.eu")
    assert code.replace("EBA", "EIOPA") in [each.code for each in package(tmp_path, **{"report_json": own, **change})]


def test_what_eiopa_says_of_reports_tables_and_denominations(tmp_path: Path) -> None:
    """EIOPA.1.6.value, EIOPA.1.9.reports and EIOPA.3.1.denomination."""
    host = "eiopa.europa.eu"
    path = tmp_path / NAME.replace(".xbrl", ".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.xbrl", "b.xbrl"):
            archive.writestr(name, report(host=host))
    filing = recto.open(path, offline=True, use_cache=False)
    assert [each.code for each in validate(filing, ["eurofiling"])].count("EIOPA.1.9.reports") == 1
    scenario = MEMBER.format(axis="CCA", member="x1").replace(
        "</xbrli:scenario>", '<xbrldi:explicitMember dimension="d:CUS">d:USD</xbrldi:explicitMember></xbrli:scenario>'
    )
    own = fact().replace('"c"', '"m"')
    wrong = report(host=host, contexts=context() + context("m", scenario=scenario), facts=fact() + own)
    assert [each.subject for each in checked(tmp_path, wrong) if each.code == "EIOPA.3.1.denomination"] == ["mi1"]
    (tmp_path / "case.xsd").write_text(LABELED)
    found = checked(tmp_path, report(host=host, schemas=("case.xsd",)))
    assert [each.subject for each in found if each.code == "EIOPA.1.6.value"] == ["C_02.00"]


def test_assertions_that_were_not_run_are_told(tmp_path: Path) -> None:
    """Where the taxonomy has formulas, and the caller asks for rules without them."""
    variable = "http://xbrl.org/arcrole/2008/variable-set"
    arc = '<gen:arc xlink:type="arc" xlink:arcrole="{}" xlink:from="t" xlink:to="l"/>'
    own = arc.format("http://xbrl.org/arcrole/2008/element-label")
    (tmp_path / "case.xsd").write_text(LABELED.replace(own, own + arc.format(variable)))
    path = tmp_path / NAME
    path.write_text(report(schemas=("case.xsd",)))
    filing = recto.open(path, offline=True, use_cache=False)
    assert "recto:formulaNotRun" in [each.code for each in validate(filing, ["xbrl"])]
    assert "recto:formulaNotRun" not in [each.code for each in validate(filing, ["xbrl", "formula"])]


def test_tables_without_their_metadata_name_the_file_to_get(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The facts of xBRL-CSV cannot be read without it, which is an error of every command."""
    package(tmp_path)
    path = str(tmp_path / NAME.replace(".xbrl", ".zip"))
    for command in ("facts", "show", "validate"):
        assert main([command, path, "--offline", "--no-cache"]) == 1
        told = "".join(capsys.readouterr())
        assert "mod/case.json" in told
        assert "--taxonomies" in told
