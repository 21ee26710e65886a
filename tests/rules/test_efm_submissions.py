"""The EDGAR Filer Manual on what is submitted: series of funds, and reports of swap data repositories."""

from __future__ import annotations

import pytest

from tests.rules import small_efm as small
from tests.rules.small_efm import CAL, DEF, DIMENSIONS, INSTANCE, LAB, PRE, SCHEMA, Efm, axis, context, fact, member
from tests.rules.small_efm_changes import NOW, ROLES, Change, definitions, elements, empty, facts, imported

SERIES = "S000000001"


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("EFM.6.05.41.seriesNotDeclared", []),
        ("EFM.6.05.41.seriesNotOnAxis", [("elements", member(f"{SERIES}Member"))]),
        ("EFM.6.05.41.seriesNotInContext", [("elements", member(f"{SERIES}Member")), ("axis", "")]),
        ("", [("elements", member(f"{SERIES}Member")), ("axis", ""), ("fact", "")]),
    ],
)
def test_series_of_funds(efm: Efm, code: str, changes: list[tuple[str, str]]) -> None:
    """A prospectus (485BPOS) has a member for each series of the submission, on the axis of legal entities."""
    added = dict(changes)
    entity = axis("LegalEntityAxis") + member("EntityDomain")
    parts = [(INSTANCE, ">8-K<", ">485BPOS<"), elements(entity + added.get("elements", ""))]
    if "axis" in added:
        parts.append(definitions(
            (f"{DIMENSIONS}dimension-domain", "own:LegalEntityAxis", "own:EntityDomain", 'order="1"'),
            (f"{DIMENSIONS}domain-member", "own:EntityDomain", f"own:{SERIES}Member", 'order="1"')))  # fmt: skip
    if "fact" in added:
        segment = f'<xbrldi:explicitMember dimension="own:LegalEntityAxis">own:{SERIES}Member</xbrldi:explicitMember>'
        parts.append(facts(context("series", NOW, segment) + fact("us-gaap:Cash", "1", "series")))
    found = efm(*parts, parameters={"rptSeriesClassInfo.seriesIds": SERIES})
    told = [(each.code, each.severity) for each in found if each.code.startswith("EFM.6.05.41.")]
    assert told == ([(code, "warning")] if code else [])


K = (INSTANCE, ">8-K<", ">K SDR<")
L = (INSTANCE, ">8-K<", ">L SDR<")
IFRS = ("own_ifrs.xsd", "https://xbrl.ifrs.org/taxonomy/2024-03-27/ifrs-full")


@pytest.mark.parametrize(
    ("code", "changes", "without"),
    [
        ("EFM.6.03.02.sdrMissingFile", [(SCHEMA, small.linkbase_ref(LAB), "")], LAB),
        ("EFM.6.03.02.sdrMissingFile", [(SCHEMA, small.linkbase_ref(PRE), "")], PRE),
        ("EFM.6.07.08.embeddedLinkbase", [(SCHEMA, ROLES, "<link:linkbase/>")], ""),
        ("EFM.6.22.03.taxonomyOfForm", [imported(*IFRS)], ""),
    ],
)  # fmt: skip
def test_reports_of_swap_data_repositories(efm: Efm, code: str, changes: list[Change], without: str) -> None:
    more = dict([empty(*IFRS)])
    assert code not in {each.code for each in efm(K, more=more)}
    found = [each for each in efm(K, *changes, more=more, without=[without]) if each.code == code]
    assert [each.severity for each in found] == ["error"]


def test_a_swap_data_repository_without_us_gaap(efm: Efm) -> None:
    other = "http://example.com/20240101"
    (published,) = efm.taxonomies.rglob("us-gaap-2024.xsd")
    places = [(name, small.GAAP_SCHEMA, "own_gaap.xsd") for name in (SCHEMA, PRE, CAL, DEF)]
    names = [(name, small.GAAP, other) for name in (INSTANCE, SCHEMA, PRE, CAL, DEF, LAB)]
    more = {"own_gaap.xsd": published.read_text("utf-8").replace(small.GAAP, other)}
    told = {each.code: each.severity for each in efm(K, *places, *names, more=more)}
    assert told["EFM.6.03.02.sdrMissingStandardSchema"] == "error"


def test_the_exhibit_says_what_is_reported(efm: Efm) -> None:
    for exhibit, expected in (("EX-99.K SDR", []), ("EX-99.L SDR", ["error"])):
        found = efm(K, parameters={"attachmentDocumentType": exhibit})
        told = [each for each in found if each.code == "EFM.6.05.20.exhibitDocumentType"]
        assert [each.severity for each in told] == expected
        assert all((each.document or "").endswith(INSTANCE) and each.line for each in told)


@pytest.mark.parametrize(("change", "code"), [(K, "EFM.6.03.08.sdrMultipleK"), (L, "EFM.6.05.24.multipleL")])
def test_reports_of_a_repository_stand_once(efm: Efm, change: Change, code: str) -> None:
    content = small.documents()[INSTANCE].replace(*change[1:])
    second = "two-20241231.xml"
    found = efm(change, more={second: content})
    assert [(each.severity, (each.document or "").rpartition("/")[2]) for each in found if each.code == code] == [
        ("error", second)
    ]
    assert code not in {each.code for each in efm(change)}
