"""The EDGAR Filer Manual, 6.5.20 and after: cover pages, by the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.rules.small_efm import CIK, FORM, INLINE, INLINE_COVER, INSTANCE, Efm, context, page, text

Codes = Callable[..., list[str]]
ANNUAL = {
    "EntityCurrentReportingStatus": "Yes",
    "EntityVoluntaryFilers": "No",
    "EntityFilerCategory": "Non-accelerated Filer",
    "EntityWellKnownSeasonedIssuer": "No",
    "EntityPublicFloat": "1",
    "EntityInteractiveDataCurrent": "Yes",
    "CurrentFiscalYearEndDate": "--12-31",
    "DocumentFiscalYearFocus": "2024",
    "DocumentFiscalPeriodFocus": "FY",
    "EntityShellCompany": "false",
    "EntitySmallBusiness": "false",
    "DocumentAnnualReport": "true",
    "DocumentTransitionReport": "false",
    "IcfrAuditorAttestationFlag": "false",
}
"""What an annual report says besides."""


def cover(**values: str | None) -> tuple[str, str, str]:
    """The cover page of the instance, with some values changed, added, or (None) left out."""
    old = "".join(text(f"dei:{name}", value) for name, value in FORM.items())
    new = "".join(text(f"dei:{name}", value) for name, value in (FORM | values).items() if value is not None)
    return (INSTANCE, old, new)


def told(efm: Efm, values: Mapping[str, str | None], **parameters: str) -> list[tuple[str, str]]:
    """Codes below 6.05 with the element that each is about, or names."""
    found = efm(cover(**values), parameters=parameters)
    return [(each.code, each.message) for each in found if each.code.startswith("EFM.6.05.")]


@pytest.mark.parametrize("name", ["DocumentType", "AmendmentFlag", "EntityRegistrantName", "EntityCentralIndexKey"])
def test_what_every_form_needs(efm: Efm, name: str) -> None:
    found = told(efm, {name: None}, submissionType="8-K")
    assert any(code.endswith(".missing") and name in message for code, message in found)


@pytest.mark.parametrize("name", ["EntityFilerCategory", "EntityPublicFloat", "CurrentFiscalYearEndDate"])
def test_what_an_annual_report_needs(efm: Efm, name: str) -> None:
    values: dict[str, str | None] = {"DocumentType": "10-K", **ANNUAL, name: None}
    found = told(efm, values, submissionType="10-K")
    assert ("EFM.6.05.21.missing" in [code for code, message in found if name in message]) is True
    complete = told(efm, {"DocumentType": "10-K", **ANNUAL}, submissionType="10-K")
    assert not any(name in message for _, message in complete)


def test_what_a_current_report_does_not_have(efm: Efm) -> None:
    found = told(efm, {"EntityPublicFloat": "1"}, submissionType="8-K")
    assert [code for code, message in found if "EntityPublicFloat" in message] == ["EFM.6.05.21.unexpected"]


def test_the_form_is_the_submissions(efm: Efm) -> None:
    found = told(efm, {}, submissionType="10-Q")
    assert any(code == "EFM.6.05.20.value" and "DocumentType" in message for code, message in found)


def test_a_form_that_no_row_names_has_a_type_that_no_row_names(efm: Efm) -> None:
    assert not any("DocumentType" in message for _, message in told(efm, {"DocumentType": "ARS"}, submissionType="ARS"))
    found = told(efm, {"DocumentType": "10-K"}, submissionType="ARS")
    (message,) = [message for code, message in found if code == "EFM.6.05.20.value" and "DocumentType" in message]
    assert "should be other than 10-12B, " in message


def test_amendments_say_what_they_amend(efm: Efm) -> None:
    found = told(efm, {"AmendmentFlag": "true"}, submissionType="8-K/A")
    assert any("AmendmentDescription" in message for _, message in found)
    described = {"AmendmentFlag": "true", "AmendmentDescription": "To add an exhibit."}
    assert not any("AmendmentDescription" in message for _, message in told(efm, described, submissionType="8-K/A"))
    idle = told(efm, {"AmendmentDescription": "To add an exhibit."}, submissionType="8-K")
    assert any("AmendmentDescription" in message for _, message in idle)


@pytest.mark.parametrize(("filed", "early"), [("2024-06-30", True), ("2025-01-15", False)])
def test_periods_end_before_the_submission_is_made(efm_codes: Codes, filed: str, early: bool) -> None:
    found = efm_codes(without=[INSTANCE], more={INLINE: page("")}, parameters={"submissionType": "8-K", "filed": filed})
    assert ("EFM.6.05.20.future" in found) is early


def test_exactly_one_kind_of_report(efm: Efm) -> None:
    both: dict[str, str | None] = {"DocumentType": "20-F", **ANNUAL, "DocumentTransitionReport": "true"}
    codes = [code for code, _ in told(efm, both, submissionType="20-F")]
    assert any(code.startswith("EFM.6.05.49.") for code in codes)


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("EntityFileNumber", "6.05.47"),
        ("EntityTaxIdentificationNumber", "6.05.47"),
        ("EntityAddressCityOrTown", "6.05.48"),
        ("LocalPhoneNumber", "6.05.48"),
    ],
)
def test_covers_of_inline_documents(efm_codes: Codes, name: str, section: str) -> None:
    value = f'<p><ix:nonNumeric name="dei:{name}" contextRef="year">{INLINE_COVER[name]}</ix:nonNumeric></p>'
    found = efm_codes(without=[INSTANCE], more={INLINE: page("").replace(value, "")})
    assert f"EFM.{section}.missing" in found


def test_second_lines_of_addresses_have_first_ones(efm_codes: Codes) -> None:
    third = '<p><ix:nonNumeric name="dei:EntityAddressAddressLine3" contextRef="year">Suite 5</ix:nonNumeric></p>'
    assert "EFM.6.05.48.otherMissing" in efm_codes(without=[INSTANCE], more={INLINE: page(third)})


def security(name: str, value: str) -> str:
    return f'<p><ix:nonNumeric name="dei:{name}" contextRef="year">{value}</ix:nonNumeric></p>'


def test_securities_have_symbols_and_exchanges(efm_codes: Codes) -> None:
    title, symbol, exchange = (
        security("Security12bTitle", "Common Stock"),
        security("TradingSymbol", "XMPL"),
        security("SecurityExchangeName", "NYSE"),
    )

    def found(*facts: str) -> list[str]:
        codes = efm_codes(without=[INSTANCE], more={INLINE: page("".join(facts))})
        return [code for code in codes if code.startswith("EFM.6.05.46.")]

    assert found(title, symbol, exchange) == []
    assert found(symbol) == ["EFM.6.05.46.dependency"]
    assert found(title, symbol) == ["EFM.6.05.46.dependency"]


def test_an_element_that_the_taxonomy_lacks_is_not_demanded(efm: Efm) -> None:
    """Older taxonomies have no cover page: a trading symbol needs no title of a security there."""
    taxonomy = next(path for path in efm.taxonomies.rglob("dei-2024.xsd"))
    lines = taxonomy.read_text("utf-8").replace("Security12bTitle", "OneTitle").replace("Security12gTitle", "TwoTitle")
    taxonomy.write_text(lines, "utf-8")
    found = efm(without=[INSTANCE], more={INLINE: page(security("TradingSymbol", "XMPL"))})
    assert not any(each.code.startswith("EFM.6.05.46.") for each in found)
    assert CIK


@pytest.mark.parametrize(
    ("name", "value", "header", "told"),
    [
        ("EntityFilerCategory", "Non-accelerated Filer", "Non-Accelerated Filer", False),
        ("EntityFilerCategory", "Smaller Reporting Company", "Non-Accelerated Filer", False),
        ("EntityFilerCategory", "Smaller Reporting Company", "Not Applicable", False),
        ("EntityFilerCategory", "Smaller Reporting Accelerated Filer", "Accelerated Filer", False),
        ("EntityFilerCategory", "Large Accelerated Filer", "Accelerated Filer", True),
        ("EntityFilerCategory", "Accelerated Filer", "Not Applicable", True),
    ],
)
def test_what_the_header_says_in_other_words(efm: Efm, name: str, value: str, header: str, told: bool) -> None:
    found = efm(
        cover(DocumentType="10-K", **ANNUAL | {name: value}),
        parameters={"submissionType": "10-K", "acceleratedFilerStatus": header},
    )
    assert ("EFM.6.05.40.headerValue" in [each.code for each in found]) is told


def test_values_of_the_required_context(efm: Efm) -> None:
    """A value counts where its context is that of the document type, or about a day."""
    old = text("dei:AmendmentFlag", "false")
    quarter = "<xbrli:startDate>2024-10-01</xbrli:startDate><xbrli:endDate>2024-12-31</xbrli:endDate>"
    for place, told in (("now", False), ("quarter", True)):
        new = text("dei:AmendmentFlag", "false", context=place)
        found = efm((INSTANCE, old, context("quarter", quarter) + new), parameters={"submissionType": "8-K"})
        missing = [each for each in found if each.code == "EFM.6.05.20.missing" and "AmendmentFlag" in each.message]
        assert bool(missing) is told


def test_what_a_report_outside_inline_documents_may_leave_out(efm: Efm) -> None:
    """An annual, transition or shell company report: one of them, but for reports in XML that say nothing of it."""
    code = "EFM.6.05.49.exclusiveValues"
    kinds = {"DocumentAnnualReport": "false", "DocumentTransitionReport": "false"}
    for values, told in (({}, False), (kinds, True)):
        found = efm(cover(DocumentType="20-F", **values), parameters={"submissionType": "20-F"})
        assert (code in [each.code for each in found]) is told
    content = page("").replace(">8-K<", ">20-F<")
    inline = efm(without=[INSTANCE], more={INLINE: content}, parameters={"submissionType": "20-F"})
    assert code in [each.code for each in inline]


@pytest.mark.parametrize(("flag", "told"), [("true", False), ("false", True), (None, True)])
def test_elements_that_others_depend_on_alone(efm: Efm, flag: str | None, told: bool) -> None:
    """What no form demands by itself counts all the same where something else depends on it."""
    values = {"DocumentType": "N-2", "EffectiveOnDate486b": "2025-01-31", "EffectiveOnSetDate486b": flag}
    found = efm(cover(**values), parameters={"submissionType": "486BPOS"})
    messages = [each.message for each in found if each.code == "EFM.6.05.55.dependentValue"]
    assert any("EffectiveOnSetDate486b" in each for each in messages) is told


def test_what_the_taxonomy_has_not_is_not_demanded(efm: Efm) -> None:
    """The SEC's table refers to an element that no version of the taxonomy has."""
    values = {"DocumentType": "N-2", "InvestmentCompanyRegistrationAmendment": "true"}
    found = efm(cover(**values), parameters={"submissionType": "486BPOS"})
    assert "EFM.6.05.55.valueDependency" not in [each.code for each in found]
