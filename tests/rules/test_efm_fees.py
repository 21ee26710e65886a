"""Exhibits of filing fees: what their lines hold, and how amounts agree."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recto.findings import Finding
from recto.rules.efm import fees
from tests.rules import small_efm as small
from tests.rules.small_efm import DEI, FORM, INSTANCE, SCHEMA, YEAR, Efm, axis, context, element, fact, text

FFD = "http://xbrl.sec.gov/ffd/2024"
_AMOUNTS = "FeeAmt MaxAggtOfferingPric MaxOfferingPricPerScty AmtSctiesRegd FeeRate TtlOfferingAmt TtlFeeAmt NetFeeAmt"
_TEXTS = (
    "SubmissnTp FormTp FeeExhibitTp RegnFileNb OfferingSctyTp OfferingSctyTitl OfferingTableNa OffsetTableNa"
    " OffsetPrrFileNb OffsetClmInitlFilgDt OffsetSrcFilgDt Rule429EarlierFileNb Rule429SctyTp CeasedOprsDt"
    " RptgFsclYrEndDt CfwdPrrFctvDt NrrtvDsclsr"
)
_FLAGS = (
    "Rule457aFlg Rule457oFlg Rule457fFlg Rule457uFlg Rule457pOffsetFlg FeesOthrRuleFlg PrevslyPdFlg Rule415a6Flg"
    " OffsetClmdInd Rule429CmbndPrspctsFlg"
)
_TOTALS = (
    "TtlPrevslyPdAmt TtlOffsetAmt TtlTxValtn FeeIntrstAmt TtlFeeAndIntrstAmt NetSalesAmt AggtSalesPricFsclYr"
    " AggtRedRpPricFsclYr AggtRedRpPricPrrFsclYr AmtRedCdts CfwdPrevslyPdFee"
)
_AXES = ("OfferingAxis", "OffsetAxis", "CmbndPrspctsItemAxis", "Scties424iAxis")


def _taxonomy() -> str:
    """A stand-in for the taxonomy of filing fees."""
    content = "".join(
        element(name, f"xbrli:{kind}ItemType", prefix="ffd", period="duration")
        for names, kind in (
            (f"{_AMOUNTS} {_TOTALS}", "decimal"),
            (_TEXTS, "string"),
            (_FLAGS, "boolean"),
        )
        for name in names.split()
    )
    for each in _AXES:
        content += axis(each, prefix="ffd", more='xbrldt:typedDomainRef="#ffd_line"')
    content += '<xs:element name="line" id="ffd_line" type="xs:integer"/>'
    names = f'{small.NAMESPACES} xmlns:ffd="{FFD}"'
    head = f'<xs:schema {names} targetNamespace="{FFD}" elementFormDefault="qualified">'
    return f"{head}{small._IMPORTS}{content}</xs:schema>"


def line(number: int, table: str = "OfferingAxis", **values: str) -> str:
    """A line of a table, that of offerings where no other is named."""
    member = f'<xbrldi:typedMember dimension="ffd:{table}"><ffd:line>{number}</ffd:line></xbrldi:typedMember>'
    place = f"line{number}"
    return context(place, YEAR, member) + "".join(value(name, each, place) for name, each in values.items())


def value(name: str, content: str, place: str = "year") -> str:
    if name in _AMOUNTS.split() or name in _TOTALS.split():
        return fact(f"ffd:{name}", content, place, decimals="INF")
    return text(f"ffd:{name}", content, context=place)


OFFERING = {
    "Rule457aFlg": "true",
    "PrevslyPdFlg": "false",
    "OfferingSctyTp": "Equity",
    "OfferingSctyTitl": "Common stock",
    "AmtSctiesRegd": "100",
    "MaxOfferingPricPerScty": "20",
    "MaxAggtOfferingPric": "2000",
    "FeeRate": "0.01",
    "FeeAmt": "20",
}
WHOLE = {
    "SubmissnTp": "S-1",
    "FormTp": "S-1",
    "FeeExhibitTp": "EX-FILING FEES",
    "TtlOfferingAmt": "2000",
    "TtlFeeAmt": "20",
    "TtlPrevslyPdAmt": "0",
    "TtlOffsetAmt": "0",
    "NetFeeAmt": "20",
    "OffsetTableNa": "N/A",
}

Told = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def told(efm: Efm) -> Told:
    def find(whole: dict[str, str], *lines: dict[str, str], **parameters: str) -> list[tuple[str, str]]:
        """Codes and the SEC's names of the rules of what is found."""
        content = text("dei:EntityRegistrantName", "Example Inc.")
        content += "".join(value(name, each) for name, each in whole.items())
        content += "".join(line(number, **each) for number, each in enumerate(lines, 1))
        cover = "".join(text(f"dei:{name}", each) for name, each in FORM.items() if name != "EntityCentralIndexKey")
        found = efm(
            (INSTANCE, cover.partition("<dei:EntityEmerging")[0], ""),
            (INSTANCE, text("dei:EntityEmergingGrowthCompany", "false"), ""),
            (INSTANCE, f'xmlns:dei="{DEI}"', f'xmlns:dei="{DEI}" xmlns:ffd="{FFD}"'),
            (INSTANCE, "<!-- facts -->", content),
            (SCHEMA, "<xs:import ", f'<xs:import namespace="{FFD}" schemaLocation="ffd.xsd"/><xs:import '),
            more={"ffd.xsd": _taxonomy()},
            parameters=parameters,
        )
        assert not [each.code for each in found if each.code in ("recto:internal", "EFM.6.05.20.missing")]
        return sorted((each.code, _rule(each)) for each in found if each.code.startswith("EFM.FFD."))

    return find


def _rule(found: Finding) -> str:
    return found.message.rpartition("(rule ")[2].rstrip(").")


def test_a_good_exhibit(told: Told) -> None:
    assert told(WHOLE, OFFERING) == []
    assert told(WHOLE, OFFERING, submissionType="S-1", attachmentDocumentType="EX-FILING FEES") == []


@pytest.mark.parametrize(
    ("whole", "offering", "expected"),
    [
        ({"FormTp": ""}, {}, ("EFM.FFD.missing", "rqdFlds")),
        ({"FormTp": "10-K"}, {}, ("EFM.FFD.value", "formTpInvalid")),
        ({"FormTp": "S-3"}, {}, ("EFM.FFD.value", "formTpMismatch")),
        ({"TtlFeeAmt": "30"}, {}, ("EFM.FFD.sum", "ttlFeeAmt")),
        ({"TtlOffsetAmt": "5"}, {}, ("EFM.FFD.sum", "ttlOfstAmt")),
        ({}, {"FeeAmt": "40"}, ("EFM.FFD.computed", "newFeeAmt")),
        ({}, {"MaxAggtOfferingPric": "3000"}, ("EFM.FFD.computed", "r457aMAOP")),
        ({}, {"Rule457oFlg": "true"}, ("EFM.FFD.oneRule", "ofRule")),
        ({}, {"Rule457aFlg": ""}, ("EFM.FFD.oneRule", "ofRule")),
        ({}, {"OfferingSctyTp": "Unallocated (Universal) Shelf"}, ("EFM.FFD.value", "usrSty9")),
        ({}, {"AmtSctiesRegd": "100.123456789"}, ("EFM.FFD.value", "maxDecimals")),
        ({}, {"FeeRate": "2"}, ("EFM.FFD.value", "numRate")),
        ({}, {"OfferingSctyTitl": ""}, ("EFM.FFD.dependency", "ofRqdFlds")),
        ({"OfferingTableNa": "N/A"}, {}, ("EFM.FFD.value", "naFlagUnexpected")),
        ({"OffsetTableNa": ""}, {}, ("EFM.FFD.missing", "naFlagExpected")),
    ],
)
def test_what_is_wrong_in_one_place(
    told: Told, whole: dict[str, str], offering: dict[str, str], expected: tuple[str, str]
) -> None:
    changed = {name: each for name, each in (WHOLE | whole).items() if each}
    assert expected in told(changed, {name: each for name, each in (OFFERING | offering).items() if each})


def test_equal_lines(told: Told) -> None:
    whole = WHOLE | {"TtlOfferingAmt": "4000", "TtlFeeAmt": "40", "NetFeeAmt": "40"}
    assert ("EFM.FFD.sameLine", "duplicateItem") in told(whole, OFFERING, OFFERING)
    assert told(whole, OFFERING, OFFERING | {"OfferingSctyTitl": "Preferred stock"}) == []


def test_what_the_header_says(told: Told) -> None:
    assert ("EFM.FFD.compared", "subTpMismatch") in told(WHOLE, OFFERING, submissionType="S-3")
    assert ("EFM.FFD.computed", "dailyFeeRate") in told(WHOLE, OFFERING, feeRate="0.02")
    assert told(WHOLE, OFFERING, feeRate="0.01") == []


def test_other_attachments_have_cover_pages(told: Told) -> None:
    """The exhibit's rules are for the exhibit alone, even where the taxonomy is in use."""
    with pytest.raises(AssertionError, match=r"EFM\.6\.05\.20\.missing"):
        told(WHOLE, OFFERING, submissionType="S-1", attachmentDocumentType="EX-101")


def test_every_check_of_the_table_is_known() -> None:
    known = fees.table()
    assert {fees.check_of(row) for row in known.rows}
    assert all(each in known.axes for row in known.rows for each in (row.axis, row.reference_axis or ""))


UUS = "Unallocated (Universal) Shelf"
SHELF = OFFERING | {"Rule457aFlg": "false", "Rule457oFlg": "true", "OfferingSctyTp": UUS}
CHILD = {"Rule457oFlg": "true", "OfferingSctyTp": "Equity", "OfferingSctyTitl": "Common stock"}
PRICED = CHILD | {"MaxAggtOfferingPric": "500"}
OTHER_RULE = OFFERING | {"Rule457aFlg": "false", "FeesOthrRuleFlg": "true"}
VEHICLE = {"Rule457uFlg": "true", "OfferingSctyTp": "Exchange-Traded Vehicle Securities"}
S3 = {"SubmissnTp": "S-3", "FormTp": "S-3"}
ZERO = {"TtlOfferingAmt": "0"}
TAKEDOWN = {"SubmissnTp": "424B2", "FormTp": "S-3", "TtlOfferingAmt": "0"}
CLAIM = {"table": "OffsetAxis", "OffsetPrrFileNb": "333-1", "OffsetClmdInd": "true"}
CLAIMED = CLAIM | {"OffsetClmInitlFilgDt": "2024-05-01"}
SOURCE = CLAIM | {"OffsetClmdInd": "false", "OffsetSrcFilgDt": "2024-04-30"}
PROSPECTUS = {"table": "CmbndPrspctsItemAxis", "Rule429EarlierFileNb": "333-1", "Rule429SctyTp": "Debt"}
PARENT = PROSPECTUS | {"Rule429SctyTp": UUS}
FUND = {"SubmissnTp": "424I", "FormTp": "424I", "RptgFsclYrEndDt": "2024-12-31", "TtlFeeAmt": "3650"}
SOLD = {"table": "Scties424iAxis", "AggtSalesPricFsclYr": "300", "AggtRedRpPricFsclYr": "100"}
NET = SOLD | {"NetSalesAmt": "200"}
APRIL = {"filed": "2025-04-10"}
RATE = {"intrstRate": "0.08"}


@pytest.mark.parametrize(
    ("rule", "whole", "lines", "parameters", "code"),
    [
        # A line under a shelf leaves out what a line by itself has; what it has is no part of the sum.
        ("r457oRqdFlds", {}, [CHILD], {}, "dependency"),
        ("r457oRqdFlds", {}, [CHILD, OFFERING], {}, "dependency"),
        ("r457oRqdFlds", {}, [CHILD, SHELF], {}, None),
        ("ttlOfAmt", {}, [SHELF, PRICED], {}, None),
        ("ttlOfAmt", {}, [OFFERING, PRICED], {}, "sum"),
        # Totals are there where lines are.
        ("ttlRqdFlds", {"TtlFeeAmt": ""}, [OFFERING], {}, "missing"),
        ("ttlRqdFlds", {"TtlFeeAmt": ""}, [], {}, None),
        ("ttlRqdFlds", {"TtlOffsetAmt": ""}, [OFFERING, CLAIM], {}, "missing"),
        ("ttlRqdFlds", {"TtlOffsetAmt": ""}, [OFFERING, CLAIM | {"OffsetClmdInd": "false"}], {}, None),
        # A total is above zero, but for some kinds of offerings.
        ("dbtVal4", S3 | ZERO, [OFFERING], {}, "value"),
        ("dbtVal4", S3 | {"TtlOfferingAmt": ""}, [OFFERING], {}, "missing"),
        ("dbtVal4", S3, [OFFERING], {}, None),
        ("dbtVal4", S3 | ZERO, [VEHICLE], {}, None),
        ("dbtVal4", S3 | ZERO, [VEHICLE, OFFERING], {}, "value"),
        ("dbtVal4", S3 | ZERO, [PROSPECTUS | {"Rule429CmbndPrspctsFlg": "true"}], {}, None),
        ("dbtVal5", ZERO, [OFFERING], {"entity.repFileNum": "333-1"}, "value"),
        ("dbtVal5", ZERO, [OFFERING], {"entity.repFileNum": "811-1"}, None),
        ("dbtVal5", ZERO, [OFFERING], {}, None),
        ("dbtVal8", TAKEDOWN, [OFFERING], {}, "value"),
        ("dbtVal8", TAKEDOWN, [OTHER_RULE], {}, None),
        # Two lines that have a number in common.
        ("r457bO11SrcDate", {}, [CLAIMED, SOURCE], {}, "compared"),
        ("r457bO11SrcDate", {}, [CLAIMED, SOURCE | {"OffsetPrrFileNb": "333-2"}], {}, None),
        ("r457bO11SrcDate", {}, [CLAIMED, SOURCE | {"OffsetSrcFilgDt": "2024-05-01"}], {}, None),
        ("uusFileNb", S3, [PROSPECTUS, PARENT | {"Rule429EarlierFileNb": "333-2"}], {}, "value"),
        ("uusFileNb", S3, [PROSPECTUS, PARENT], {}, None),
        # The ninetieth day after the year is 2025-03-31; of 2024-12-29 it is a Saturday.
        ("r424iRqdFeeInt", FUND, [NET], APRIL, "missing"),
        ("r424iRqdTtlFee", FUND, [NET], APRIL, "missing"),
        ("r424iRqdTtlFee", FUND, [SOLD | {"NetSalesAmt": "0"}], APRIL, None),
        ("r424iRqdFeeInt", FUND, [SOLD | {"NetSalesAmt": "0"}], APRIL, None),
        ("r424iRqdFeeInt", FUND, [NET], {"filed": "2025-03-31"}, None),
        ("r424iRqdFeeInt", FUND | {"RptgFsclYrEndDt": "2024-12-29"}, [NET], {"filed": "2025-03-31"}, None),
        ("r424iRqdFeeInt", FUND | {"RptgFsclYrEndDt": "2024-12-29"}, [NET], {"filed": "2025-04-01"}, "missing"),
        ("r424iRqdFeeInt", FUND, [NET], {}, None),
        ("r424iIntDue", FUND | {"FeeIntrstAmt": "5"}, [], APRIL | RATE, "computed"),
        ("r424iIntDue", FUND | {"FeeIntrstAmt": "8"}, [], APRIL | RATE, None),
        ("r424iIntDue", FUND | {"FeeIntrstAmt": "5"}, [], RATE, None),
        ("r424iEndDate", FUND, [], {"fiscalYearEnd": "12/30"}, "compared"),
        ("r424iEndDate", FUND, [], {"fiscalYearEnd": "1231"}, None),
        ("dateFldRange", {}, [OFFERING | {"CfwdPrrFctvDt": "1979-12-31"}], {}, "value"),
        ("dateFldRange", {}, [OFFERING | {"CfwdPrrFctvDt": "2024-12-31"}], {}, None),
        # One amount of a line against others.
        ("r424iNetSls", FUND, [SOLD | {"NetSalesAmt": "150"}], {}, "computed"),
        ("r424iNetSls", FUND, [NET], {}, None),
        ("r424iRqdRdmtCr", FUND, [SOLD | {"AggtSalesPricFsclYr": "50"}], {}, "missing"),
        ("r424iRqdRdmtCr", FUND, [SOLD], {}, None),
    ],
)
def test_several_lines_and_days(
    told: Told,
    rule: str,
    whole: dict[str, str],
    lines: list[dict[str, str]],
    parameters: dict[str, str],
    code: str | None,
) -> None:
    changed = {name: each for name, each in (WHOLE | whole).items() if each}
    found = {each for each, of in told(changed, *lines, **parameters) if of == rule}
    assert found == (set() if code is None else {f"EFM.FFD.{code}"})
