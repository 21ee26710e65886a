"""Pages of special forms: fee exhibits, resource extraction, repurchases, funds (rendering.md 8, 18.4, 23)."""

from __future__ import annotations

import pytest

from tests.rendering.small import Small, codes, heads, lines

FEES = "http://xbrl.sec.gov/ffd/main/role/"


def fees(role: str, definition: str = "1 - Disclosure - Offering") -> Small:
    small = Small()
    small.concept("Type", "string", label="Type")
    small.concept("Fee", label="Fee")
    small.concept("Price", "per share", label="Price")
    small.abstract("Head", label="Head [Abstract]")
    small.axis("OfferingAxis", typed="integer", label="Offering")
    small.page(definition, "Head\n  OfferingAxis\n  Type\n  Fee\n  Price", role=role)
    for number in ("2", "1", "10"):
        members = {"OfferingAxis": number}
        small.fact("Type", "2024", f"Debt {number}", members=members)
        small.fact("Fee", "2024", f"{number}00", "usd", 0, members)
        small.fact("Price", "2024", f"{number}.00", "usd_per_share", 2, members)
    return small


@pytest.mark.parametrize("name", ["feesOffering", "feesOffset", "feesByCmbdPrspcts"])
def test_fee_tables_have_concepts_on_columns_and_a_row_a_line(name: str) -> None:
    report = fees(FEES + name).report()
    assert heads(report) == ["Type", "Fee", "Price"]
    assert lines(report) == [
        ("Offering: 1",),
        ("", "Debt 1", "$ 100", "$ 1.00"),
        ("Offering: 2",),
        ("", "Debt 2", "200", "2.00"),
        ("Offering: 10",),
        ("", "Debt 10", "$ 1,000", "$ 10.00"),
    ]


@pytest.mark.parametrize("role", [FEES + "feesSummary", "http://xbrl.sec.gov/ffd/424i/role/summary"])
def test_other_fee_pages_tell_no_units(role: str) -> None:
    report = fees(role).report()
    assert heads(report) == ["12 Months Ended / Dec. 31, 2024"]
    assert [row.label for row in report.rows[:5]] == ["Offering: 1", "Head [Abstract]", "Type", "Fee", "Price"]


def test_a_fee_page_laid_out_as_a_statement_tells_units() -> None:
    report = fees(FEES + "feesSummary", "1 - Statement - Offering").report()
    assert heads(report) == ["12 Months Ended / Dec. 31, 2024 / USD ($) / $ / shares"]
    assert [row.label for row in report.rows[3:5]] == ["Fee | $", "Price | $ / shares"]


def test_a_fee_page_of_elements_keeps_its_concepts_on_rows() -> None:
    filing = fees(FEES + "feesOffering", "1 - Disclosure - Offering {Elements}").render()
    (report,) = filing.reports
    assert [row.element for row in report.rows if row.kind == "item"] == ["t_Type", "t_Fee", "t_Price"] * 3
    assert "EFM.6.26.09" in codes(filing)


def test_changes_in_equity_are_no_fee_table() -> None:
    """What role a statement of changes in equity has does not matter (8)."""
    small = Small()
    small.concept("Equity", period="instant", label="Equity", periodStart="Opening", periodEnd="Closing")
    small.concept("Price", "per share", label="Price")
    small.abstract("Head", label="Head [Abstract]")
    tree = "Head\n  Equity @periodStart\n  Price\n  Equity @periodEnd"
    small.page("1 - Statement - Changes in Equity", tree, role=FEES + "feesOffering")
    for day, value in (("2023-12-31", "1"), ("2024-12-31", "2")):
        small.fact("Equity", day, value, "usd", 0)
    small.fact("Price", "2024", "3.00", "usd_per_share", 2)
    report = small.report()
    assert heads(report) == ["USD ($) / $ / shares"]
    assert report.rows[0].label == "Opening at Dec. 31, 2023"


def payments(page: str) -> Small:
    small = Small()
    small.concept("Paid", label="Paid")
    small.concept("Kind", "string", label="Kind")
    small.abstract("Head", label="Head [Abstract]")
    small.axis("ProjectAxis", "AllProjects", label="Project")
    small.axis("LegalEntityAxis", "Company", label="Entity")
    small.members("AllProjects North Company Daughter")
    small.page(
        "1 - Disclosure - Payments",
        "Head\n  ProjectAxis\n    AllProjects\n      North\n  LegalEntityAxis\n    Company\n      Daughter\n"
        "  Paid\n  Kind",
        role=f"http://xbrl.sec.gov/rxp/role/{page}",
    )
    for members in ({}, {"ProjectAxis": "North"}, {"ProjectAxis": "North", "LegalEntityAxis": "Daughter"}):
        small.fact("Paid", "2024", "5", "usd", 0, members)
        small.fact("Kind", "2024", "Fees", members=members)
    return small


@pytest.mark.parametrize(("page", "total"), [("Detail", ""), ("ByProject", "Total"), ("ByGovernment", "Total")])
def test_resource_extraction_has_concepts_on_columns(page: str, total: str) -> None:
    report = payments(page).report()
    assert heads(report) == ["Paid", "Kind"]
    assert [row.label for row in report.rows] == [
        total,
        "North [Member]",
        total,
        "North [Member] | Daughter [Member]",
        total,
    ]


def test_resource_extraction_by_category_has_entities_on_columns() -> None:
    report = payments("ByCategory").report()
    assert heads(report) == ["Total", "Daughter [Member]"]
    assert lines(report)[:3] == [("Head [Abstract]",), ("Paid", "$ 5", ""), ("Kind", "Fees", "")]
    assert lines(report)[3:] == [
        ("North [Member]",),
        ("Head [Abstract]",),
        ("Paid", "$ 5", "$ 5"),
        ("Kind", "Fees", "Fees"),
    ]


def test_repurchases_ascend_and_tell_their_date_in_sections() -> None:
    small = Small()
    small.concept("Bought", "shares", label="Bought")
    small.concept("Price", "per share", label="Price")
    small.abstract("Head", label="Head [Abstract]")
    small.axis("ClassAxis", "AllClasses", label="Class")
    small.members("AllClasses ClassA")
    small.page(
        "1 - Disclosure - Repurchases",
        "Head\n  ClassAxis\n    AllClasses\n      ClassA\n  Bought\n  Price",
        role="http://xbrl.sec.gov/shr/role/exh/IssrOrAfflRepurchsBySecurity",
    )
    for day in ("2024-03-05", "2024-03-04"):
        small.fact("Bought", f"{day}/{day}", "100", "shares", 0, {"ClassAxis": "ClassA"})
        small.fact("Price", f"{day}/{day}", "9.5", "usd_per_share", 2, {"ClassAxis": "ClassA"})
    report = small.report()
    assert (report.title, heads(report)) == ("Repurchases - ClassA [Member] - $ / shares", ["Bought", "Price"])
    assert lines(report) == [
        ("Mar. 04, 2024",),
        ("Total", "100", "$ 9.5"),
        ("Mar. 05, 2024",),
        ("Total", "100", "$ 9.5"),
    ]


def test_pages_of_funds_print_none_and_percentages() -> None:
    small = Small()
    small.namespaces["dei"] = "http://xbrl.sec.gov/rr/2023"
    small.concept("dei:Load", "pure", label="Load")
    small.concept("dei:Fee", "pure", label="Fee")
    small.concept("Cost", "money", label="Cost")
    small.abstract("Head", label="Head [Abstract]")
    small.page("1 - Disclosure - Fund", "Head\n  dei:Load\n  dei:Fee\n  Cost")
    small.fact("dei:Load", "2024", "0.00", "pure", 4)
    small.fact("dei:Fee", "2024", "0.0125", "pure", 4)
    small.fact("Cost", "2024", "0", "usd", 0)
    filing = small.render()
    report = filing.reports[0]
    assert lines(report)[1:] == [("Load", " none "), ("Fee", "1.25%"), ("Cost", "$ 0")]
    assert report.rows[1].cells[0].kind == "none"
    assert report.category == "Risk/Return"
    assert codes(filing) == []
