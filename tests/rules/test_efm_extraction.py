"""The EDGAR Filer Manual, 6.5.58: payments for resource extraction."""

from __future__ import annotations

import pytest

from tests.rules import small_efm as small
from tests.rules.small_efm import DEI, FORM, INSTANCE, SCHEMA, YEAR, Efm, axis, context, element, fact, member, text

RXP = "http://xbrl.sec.gov/rxp/2024"
SECTIONS = ("03", "04", "05", "06", "07", "08", "09")
_TEXTS = "Cm Co E Gv K Km M P Pr R Sn AlternativeReportingRegime".split()


def _taxonomy() -> str:
    """A stand-in for the taxonomy of resource extraction."""
    names = small.NAMESPACES + f' xmlns:rxp="{RXP}"'
    content = (
        element("A", "xbrli:monetaryItemType", prefix="rxp", period="duration")
        + element("Taxes", "xbrli:monetaryItemType", prefix="rxp", period="duration")
        + "".join(element(name, "xbrli:stringItemType", prefix="rxp", period="duration") for name in _TEXTS)
        + "".join(axis(name, prefix="rxp") for name in ("PmtAxis", "GovernmentAxis", "ProjectAxis"))
        + member("OneMember", prefix="rxp")
    )
    head = f'<xs:schema {names} targetNamespace="{RXP}" elementFormDefault="qualified">'
    return f"{head}{small._IMPORTS}{content}</xs:schema>"


def _about(*axes: str, name: str = "payment") -> str:
    members = "".join(
        f'<xbrldi:explicitMember dimension="rxp:{each}">rxp:OneMember</xbrldi:explicitMember>' for each in axes
    )
    return context(name, YEAR, members)


PAYMENT = {"Co": "US", "Gv": "rxp:OneMember", "M": "cash", "R": "oil", "P": "rxp:Taxes", "Pr": "rxp:OneMember"}

NOWHERE = {name: value for name, value in PAYMENT.items() if name != "Co"}


def payment(values: dict[str, str], amount: str = "5") -> str:
    more = "".join(text(f"rxp:{name}", value, context="payment") for name, value in values.items())
    return (fact("rxp:A", amount, "payment") if amount else "") + more


@pytest.fixture
def found(efm: Efm):  # type: ignore[no-untyped-def]
    def find(content: str, *, year: str = "--12-31", **parameters: str) -> list[str]:
        """What section 6.5.58 says of a report with these facts."""
        cover = text("dei:CurrentFiscalYearEndDate", year) + text("dei:EntityReportingCurrencyISOCode", "USD")
        changes = [
            (INSTANCE, f">{FORM['DocumentType']}<", ">2.01 SD<"),
            (INSTANCE, f'xmlns:dei="{DEI}"', f'xmlns:dei="{DEI}" xmlns:rxp="{RXP}"'),
            (INSTANCE, "<!-- facts -->", cover + content),
            (SCHEMA, "<xs:import ", f'<xs:import namespace="{RXP}" schemaLocation="rxp.xsd"/><xs:import '),
        ]
        told = efm(*changes, more={"rxp.xsd": _taxonomy()}, parameters=parameters)
        own = [each for each in told if each.code.startswith("EFM.6.05.58.")]
        assert all(each.severity == "warning" for each in own if each.code[12:14] in SECTIONS)
        return sorted(each.code for each in own)

    return find


GOOD = _about("PmtAxis", "GovernmentAxis", "ProjectAxis") + payment(PAYMENT) + fact("rxp:Taxes", "5", "year")


def test_a_payment_that_is_told_of_whole(found) -> None:  # type: ignore[no-untyped-def]
    told = found(GOOD)
    assert not [code for code in told if code[12:14] in SECTIONS]


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("EFM.6.05.58.03.dependency", payment(PAYMENT), payment(NOWHERE)),
        ("EFM.6.05.58.04.conversionMethod", payment(PAYMENT), payment({**PAYMENT, "Cm": "rate"})),
        ("EFM.6.05.58.05.amountOfYear", 'unitRef="usd"', 'unitRef="eur"'),
        ("EFM.6.05.58.06.paymentType", "rxp:Taxes</rxp:P>", "rxp:Fees</rxp:P>"),
        ("EFM.6.05.58.07.total", fact("rxp:Taxes", "5", "year"), ""),
        ("EFM.6.05.58.08.government", "rxp:OneMember</rxp:Gv>", "rxp:OtherMember</rxp:Gv>"),
        ("EFM.6.05.58.09.project", "rxp:OneMember</rxp:Pr>", "rxp:OtherMember</rxp:Pr>"),
    ],
)  # fmt: skip
def test_what_a_payment_needs(found, code: str, old: str, new: str) -> None:  # type: ignore[no-untyped-def]
    assert old in GOOD
    content = GOOD.replace(old, new)
    if "eur" in new:
        content += '<xbrli:unit id="eur"><xbrli:measure>iso4217:EUR</xbrli:measure></xbrli:unit>'
    assert code in found(content)
    assert code not in found(GOOD)


def test_an_amount_that_is_nil_needs_its_resource_alone(found) -> None:  # type: ignore[no-untyped-def]
    nil = GOOD.replace(fact("rxp:A", "5", "payment"), '<rxp:A contextRef="payment" unitRef="usd" xsi:nil="true"/>')
    assert found(nil).count("EFM.6.05.58.03.dependency") == 6  # what has no amount: Co, Gv, M, P, R, Pr
    assert found(nil.replace(text("rxp:R", "oil", context="payment"), "")).count("EFM.6.05.58.03.dependency") == 6


def test_reports_by_the_rules_of_another_regime_may_lack_all_that(found) -> None:  # type: ignore[no-untyped-def]
    lone = _about("PmtAxis", "GovernmentAxis") + fact("rxp:A", "5", "payment")
    assert "EFM.6.05.58.03.dependency" in found(lone)
    told = found(lone + text("rxp:AlternativeReportingRegime", "EU"))
    assert not [code for code in told if code[12:14] in SECTIONS]


def test_the_exhibit_and_the_fiscal_year(found, efm: Efm) -> None:  # type: ignore[no-untyped-def]
    type_, year = "EFM.6.05.58.exhibitDocumentType", "EFM.6.05.58.fiscalYearEnd"
    assert type_ not in found(GOOD, attachmentDocumentType="EX-2.01.INS")
    assert type_ in found(GOOD, attachmentDocumentType="SD")
    assert year in found(GOOD, year="--06-30")
    assert year not in found(GOOD)
    other = [each for each in efm(parameters={"exhibitType": "EX-2.01"}) if each.code == type_]
    assert [each.severity for each in other] == ["error"]


OTHER = small.DEF.replace("20241231", "20241230")


@pytest.mark.parametrize(
    ("name", "code", "elsewhere"),
    [
        ("pre.xml", "EFM.6.23.01.fileName", "EFM.6.03.03.fileName"),
        (OTHER, "EFM.6.23.01.linkMissing", "EFM.6.03.03.linkMissing"),
    ],
)
def test_names_of_files_of_the_exhibit(efm: Efm, name: str, code: str, elsewhere: str) -> None:
    """The section is another than that of names in other documents."""
    change, more = (SCHEMA, f'"{small.PRE}"', f'"{name}"'), {name: small.documents()[small.PRE]}
    for parameters, expected in (({"exhibitType": "EX-2.01"}, code), ({}, elsewhere)):
        told = {each.code for each in efm(change, more=more, without=[small.PRE], parameters=parameters)}
        assert told & {code, elsewhere} == {expected}
