"""Statements that filers of other trades make: banks, insurers, funds, trusts; told by what they show."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from recto.instance.model import Period
from recto.names import QName
from recto.rendering.model import Cell, Column, Report, Row
from recto.statements import find_statements
from recto.statements.kinds import kind_of
from recto.statements.names import ABSTRACTS

DAY, DEI = datetime(2025, 1, 1), "http://xbrl.sec.gov/dei/2024"
MOMENT, YEAR = Period(None, DAY), Period(datetime(2024, 1, 1), DAY)


def page(number: int, name: str, *concepts: str, axes: tuple[str, ...] = ()) -> Report:
    """A page whose rows show these concepts; `@` before a name makes it an instant, `dei:` a text of the cover."""
    rows = []
    for at, concept in enumerate(concepts):
        space = DEI if concept.startswith("dei:") else "http://fasb.org/us-gaap/2024"
        fact: Any = SimpleNamespace(
            qname=QName(space, concept.removeprefix("dei:").lstrip("@")),
            is_numeric=space != DEI,
            period=MOMENT if concept.startswith("@") else YEAR,
            dimensions={QName("x", axis): QName("x", "Member") for axis in axes},
        )
        rows.append(Row(at, "item", concept, [Cell("number", "1", (fact,))]))
    short = name.rpartition(" - ")[2]
    return Report(number, f"R{number}", f"role{number}", name, short, short, "", [Column(1, ("2024",))], rows)


def found(*pages: Report) -> dict[str, list[str]]:
    return {kind: [report.stem for report in reports] for kind, reports in find_statements(pages).items()}


def test_a_bank() -> None:
    assert found(
        page(
            1, "1 - Statement - Statements of Condition", "@Assets", "@Liabilities", "@LiabilitiesAndStockholdersEquity"
        ),
        page(
            2,
            "2 - Statement - Statements of Income",
            "InterestAndDividendIncomeOperating",
            "InterestExpense",
            "NetIncomeLoss",
        ),
        page(
            3,
            "3 - Disclosure - Condensed Balance Sheet, Parent (Details)",
            "@Assets",
            "@LiabilitiesAndStockholdersEquity",
        ),
    ) == {"balance": ["R1"], "income": ["R2"]}


def test_an_insurer() -> None:
    assert found(
        page(
            1,
            "1 - Statement - Results",
            "PremiumsEarnedNet",
            "BenefitsLossesAndExpenses",
            "IncomeTaxExpenseBenefit",
            "NetIncomeLoss",
        ),
    ) == {"income": ["R1"]}


def test_a_fund() -> None:
    assert found(
        page(
            2,
            "2 - Statement - Consolidated Statements of Assets and Liabilities",
            "@Assets",
            "@Liabilities",
            "@AssetsNet",
        ),
        page(
            *(
                3,
                "3 - Statement - Consolidated Statements of Operations",
                "GrossInvestmentIncomeOperating",
                "InterestExpense",
            ),
            *("NetInvestmentIncome", "NetIncreaseDecreaseInNetAssetsResultingFromOperations"),
        ),
        page(
            *(
                4,
                "4 - Statement - Consolidated Statements of Changes in Net Assets",
                "@AssetsNet",
                "NetInvestmentIncome",
            ),
            *("StockIssuedDuringPeriodValueNewIssues", "NetIncreaseDecreaseInNetAssetsResultingFromOperations"),
        ),
        page(
            5,
            "5 - Statement - Consolidated Schedule of Investments",
            "@Assets",
            "@AssetsNet",
            "@InvestmentOwnedAtFairValue",
        ),
    ) == {"balance": ["R2"], "income": ["R3"], "equity": ["R4"]}


def test_one_statement_of_both_incomes() -> None:
    both = page(
        *(1, "1 - Statement - Statements of Operations and Comprehensive Loss", "Revenues", "OperatingExpenses"),
        *("NetIncomeLoss", "OtherComprehensiveIncomeLossNetOfTax", "ComprehensiveIncomeNetOfTax"),
    )
    assert found(both) == {"income": ["R1"], "comprehensive income": ["R1"]}


def test_two_statements_of_income() -> None:
    income = page(1, "1 - Statement - Profit or Loss", "Revenue", "CostOfSales", "ProfitLossBeforeTax", "ProfitLoss")
    other = page(
        2, "2 - Statement - Comprehensive Income", "ProfitLoss", "OtherComprehensiveIncome", "ComprehensiveIncome"
    )
    assert found(income, other) == {"income": ["R1"], "comprehensive income": ["R2"]}


def test_the_group_comes_before_its_parts() -> None:
    names = ("@Assets", "@Liabilities", "@LiabilitiesAndStockholdersEquity")
    part = page(1, "1 - Statement - Subsidiary Balance Sheets", *names, axes=("LegalEntityAxis",))
    whole = page(2, "2 - Statement - Consolidated Balance Sheets", *names)
    assert found(part, whole) == {"balance": ["R2", "R1"]}


def test_what_is_no_statement() -> None:
    assert (
        found(
            page(1, "1 - Statement - Balance Sheets (Parenthetical)", "@Assets", "@LiabilitiesAndStockholdersEquity"),
            page(2, "2 - Disclosure - Balance Sheet Components", "BalanceSheetRelatedDisclosuresTextBlock"),
            page(
                3, "3 - Disclosure - Segments (Details)", "Revenues", "CostOfRevenue", "@Assets", "OperatingIncomeLoss"
            ),
        )
        == {}
    )


def test_the_cover_comes_before_other_facts_of_dei() -> None:
    assert found(
        page(1, "1 - Document - Audit Information", "dei:AuditorName", "dei:AuditorLocation"),
        page(2, "2 - Document - Cover", "dei:EntityRegistrantName", "dei:DocumentType"),
    ) == {"cover": ["R2", "R1"]}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Bilanz", "balance"),
        ("balance de situación", "balance"),
        ("貸借対照表", "balance"),
        ("Gewinn- und Verlustrechnung", "income"),
        ("損益計算書", "income"),
        ("rendiconto finanziario", "cash flow"),
        ("egenkapitalopgørelse", "equity"),
        ("Lagebericht", None),
    ],
)
def test_kinds_in_other_languages(words: str, kind: str | None) -> None:
    assert kind_of(words) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ScheduleComparativeBalanceSheetAssetsAndOtherDebitsAbstract", "balance"),
        ("StatementOfConditionAbstract", "balance"),
        ("StatementOfFinancialPositionAbstract", "balance"),
        ("StatementOfNetAssetsAbstract", "balance"),
        ("ScheduleStatementOfIncomeAbstract", "income"),
        ("StatementOfOperationsAbstract", "income"),
        ("ProfitOrLossAbstract", "income"),
        ("StatementOfIncomeAndComprehensiveIncomeAbstract", "comprehensive income"),
        ("ConsolidatedStatementsOfComprehensiveLossAbstract", "comprehensive income"),
        ("ScheduleStatementOfCashFlowsAbstract", "cash flow"),
        ("StatementOfShareholdersDeficitAbstract", "equity"),
        ("InventoryDisclosureAbstract", None),
        ("SegmentReportingAbstract", None),
    ],
)
def test_abstracts_that_head_a_statement(name: str, kind: str | None) -> None:
    heads = [each for each, pattern in ABSTRACTS.items() if pattern.match(name)]
    assert heads == ([] if kind is None else [kind])


def test_the_consolidated_one_comes_before_one_of_the_company_alone() -> None:
    both = ("OtherComprehensiveIncome", "ComprehensiveIncome")
    names = ("Revenue", "CostOfSales", "ProfitLossBeforeTax", "ProfitLoss")
    alone = page(1, "Statement of Income", *names, axes=("ConsolidatedOrNonConsolidatedAxis",))
    group = page(2, "Consolidated Statement of Income", *names, *both)
    assert found(alone, group)["income"][0] == "R2"
