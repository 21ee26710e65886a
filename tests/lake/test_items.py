"""Line items: the rule table, what rules choose, and real filings against their pages, read by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from recto.errors import NotFoundError, UsageError
from recto.lake import Lake, ingest
from recto.lake.items import Trees, choose, item_name, items, named

ISSUE = """revenue cost gross_profit operating_income net_income eps assets cash debt equity operating_cash_flow
    investing_cash_flow financing_cash_flow capital_expenditure shares""".split()
M = Decimal(1_000_000)


def test_the_table_is_sound() -> None:
    assert set(ISSUE) <= set(items())
    rules = [rule for item in items().values() for rule in item.rules]
    assert len({rule.rule for rule in rules}) == len(rules), "a rule is named once"
    for item in items().values():
        assert item.period in ("instant", "duration")
        for rule in item.rules:
            assert (bool(rule.concepts), bool(rule.sum), rule.own).count(True) == 1
            assert not rule.own or rule.part_of or rule.has_part
            assert rule.pick in ("", "total", "first")
            assert set(rule.on) <= {"balance", "income", "comprehensive income", "cash flow"}
    assert item_name("Operating income") == item_name("operating-income") == "operating_income"
    assert item_name("EBITDA") is None
    with pytest.raises(UsageError, match="no line item"):
        named("EBITDA")


def trees(on: dict[str, str], parts: dict[str, dict[str, float]] | None = None) -> Trees:
    where = {f"us-gaap:{name}" if ":" not in name else name: {kind} for name, kind in on.items()}
    return Trees(on=where, order={name: at for at, name in enumerate(where)}, parts=parts or {})


def chosen(item: str, made: Trees) -> tuple[str, ...]:
    found = choose(item, made, dict.fromkeys(made.on))
    return () if found is None else found.concepts


def test_the_total_is_chosen_by_the_calculation() -> None:
    on = {"SalesRevenueNet": "income", "SalesRevenueGoodsNet": "income", "Revenues": "income"}
    assert chosen("revenue", trees(on)) == ("us-gaap:Revenues",), "the order of the rule, where no tree decides"
    parts = {"us-gaap:SalesRevenueNet": {"us-gaap:SalesRevenueGoodsNet": 1.0, "us-gaap:Revenues": 1.0}}
    assert chosen("revenue", trees(on, parts)) == ("us-gaap:SalesRevenueNet",)
    elsewhere = dict.fromkeys(on, "cash flow")
    assert chosen("revenue", trees(elsewhere)) == (), "only on the income statement"


def test_an_extension_is_known_by_its_place() -> None:
    on = {"GrossProfit": "income", "ext:NetSales": "income", "ext:CostOfSales": "income"}
    made = trees(on, {"us-gaap:GrossProfit": {"ext:NetSales": 1.0, "ext:CostOfSales": -1.0}})
    assert chosen("revenue", made) == ("ext:NetSales",)
    assert chosen("cost", made) == ("ext:CostOfSales",)
    made.parts["us-gaap:GrossProfit"]["ext:Freight"] = -1.0
    made.on["ext:Freight"] = {"income"}
    assert chosen("cost", made) == (), "two are taken off: neither is the cost"


def test_debt_is_added_up_once() -> None:
    on = dict.fromkeys(("CommercialPaper", "LongTermDebtCurrent", "LongTermDebtNoncurrent"), "balance")
    assert chosen("debt", trees(on)) == (
        "us-gaap:LongTermDebtCurrent",
        "us-gaap:CommercialPaper",
        "us-gaap:LongTermDebtNoncurrent",
    )
    with_total = trees(on | {"DebtCurrent": "balance"})
    assert chosen("debt", with_total) == ("us-gaap:DebtCurrent", "us-gaap:LongTermDebtNoncurrent")
    nested = trees(
        dict.fromkeys(("ShortTermBorrowings", "CommercialPaper"), "balance"),
        {"us-gaap:ShortTermBorrowings": {"us-gaap:CommercialPaper": 1.0}},
    )
    assert chosen("debt", nested) == ("us-gaap:ShortTermBorrowings",)


def test_an_insurer_has_no_cost_of_sales() -> None:
    assert chosen("cost", trees({"CostOfGoodsAndServicesSold": "income"})) == ("us-gaap:CostOfGoodsAndServicesSold",)
    with_claims = trees(dict.fromkeys(("CostOfGoodsAndServicesSold", "BenefitsLossesAndExpenses"), "income"))
    assert chosen("cost", with_claims) == ()


def test_debt_that_is_not_all_known_is_told() -> None:
    on = dict.fromkeys(
        ("LongTermDebtCurrent", "ext:NotesPayableRelatedParties", "ext:AccruedInterestOnDebt"), "balance"
    )
    made = trees(on)
    made.credits = set(made.on)
    found = choose("debt", made, dict.fromkeys(made.on))
    assert found is not None
    assert (found.concepts, found.others) == (("us-gaap:LongTermDebtCurrent",), ("ext:NotesPayableRelatedParties",))
    made.parts = {"us-gaap:LongTermDebtCurrent": {"ext:NotesPayableRelatedParties": 1.0}}
    found = choose("debt", made, dict.fromkeys(made.on))
    assert found is not None
    assert found.others == (), "a part of what is known"


def test_a_kind_is_not_the_whole() -> None:
    kinds = trees(dict.fromkeys(("CostOfGoodsSold", "CostOfServices"), "income"))
    assert chosen("cost", kinds) == ("us-gaap:CostOfGoodsSold", "us-gaap:CostOfServices"), "added up"
    total = {"us-gaap:CostOfGoodsSold": {"us-gaap:CostOfServices": 1.0}}
    assert chosen("cost", trees(dict.fromkeys(("CostOfGoodsSold", "CostOfServices"), "income"), total)) == (
        "us-gaap:CostOfGoodsSold",
    )
    other = trees(dict.fromkeys(("CostOfGoodsAndServicesSold", "OtherCostOfOperatingRevenue"), "income"))
    assert chosen("cost", other) == ()
    sales = dict.fromkeys(("SalesRevenueGoodsNet", "SalesRevenueServicesNet"), "income")
    assert chosen("revenue", trees(sales)) == ("us-gaap:SalesRevenueGoodsNet", "us-gaap:SalesRevenueServicesNet")
    assert chosen("revenue", trees(sales | {"Revenues": "income"})) == ("us-gaap:Revenues",)
    contract = dict.fromkeys(
        ("RevenueFromContractWithCustomerExcludingAssessedTax", "OperatingLeaseLeaseIncome", "GrossProfit"), "income"
    )
    goes_on = {"us-gaap:GrossProfit": {"us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax": 1.0}}
    assert chosen("revenue", trees(contract, goes_on)) == (
        "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax",
    ), "gross profit is worked out from it alone"


def test_net_income_is_of_the_owners() -> None:
    both = dict.fromkeys(("ProfitLoss", "NetIncomeLossAvailableToCommonStockholdersBasic"), "income")
    assert chosen("net_income", trees(both)) == ("us-gaap:ProfitLoss",)
    owners = both | {"NetIncomeLossAttributableToNoncontrollingInterest": "income"}
    assert chosen("net_income", trees(owners)) == ("us-gaap:NetIncomeLossAvailableToCommonStockholdersBasic",)
    preferred = owners | {"PreferredStockDividendsIncomeStatementImpact": "income"}
    assert chosen("net_income", trees(preferred)) == ("us-gaap:ProfitLoss",)


def by_period(answer: Any, name: str) -> dict[str, Any]:
    return {
        f"{row['fiscal_year']} {row['fiscal_period']}": row["value"] for row in answer.records() if row["name"] == name
    }


def test_over_time(lake: Lake) -> None:
    answer = lake.line_items("QWK")
    assert by_period(answer, "revenue") == {"2021 FY": 450 * M, "2022 T": 420 * M, "2023 FY": 625 * M}
    assert by_period(answer, "debt") == {"2021 FY": None, "2022 T": None, "2023 FY": None}, "not found: null"
    assert {row["rule"] for row in answer.records() if row["name"] == "cost"} == {
        "cost: what is taken off in gross profit"
    }
    quarters = lake.line_items("QWK", items="operating cash flow", frequency="quarter")
    assert list(by_period(quarters, "operating_cash_flow").values())[:4] == [10 * M, 15 * M, 20 * M, 25 * M]
    assert lake.series("revenue", "QWK", frequency="ttm").records()[0]["value"] == 450 * M
    assert by_period(lake.line_items("QWK", as_known_on="2022-03-31"), "revenue") == {"2021 FY": 460 * M}
    first = lake.line_items("QWK", first_reported=True)
    assert by_period(first, "net_income")["2021 FY"] == 46 * M


def test_of_filings(lake: Lake) -> None:
    answer = lake.line_items(filing=["0009990001-22-000005", "0009990002-22-000001"], items=["revenue", "shares"])
    assert [(row["filing"], row["name"], row["value"]) for row in answer.records()] == [
        ("0009990001-22-000005", "revenue", 450 * M),
        ("0009990001-22-000005", "shares", None),
        ("0009990002-22-000001", "revenue", 220 * M),
        ("0009990002-22-000001", "shares", None),
    ]
    with pytest.raises(NotFoundError, match="has no filing"):
        lake.line_items(filing="0009990001-99-000005")
    with pytest.raises(UsageError, match="of a company, or of filings"):
        lake.line_items()


def test_without_pages(history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    ingest([history / "filings" / "0009990001-23-000012.txt"], tmp_path / "lake", workers=1, pages=False, **opening)
    with Lake(tmp_path / "lake") as opened:
        answer = opened.line_items(filing="0009990001-23-000012").records()
    told = {row["name"]: row["value"] for row in answer}
    assert (told["revenue"], told["cost"], told["net_income"]) == (625 * M, 375 * M, 62 * M)
    assert (told["assets"], told["operating_cash_flow"], told["capital_expenditure"]) == (600 * M, 120 * M, 25 * M)


# Read from the statements as the pages show them, in millions (EPS in dollars); None: the page has no such line.
_NAMES = ("revenue cost gross_profit operating_income net_income eps assets cash debt equity operating_cash_flow"
    " investing_cash_flow financing_cash_flow capital_expenditure").split()  # fmt: skip
_READ: dict[str, tuple[date | None, list[str | None]]] = {
    "aapl-2010-10k": (date(2009, 9, 27), ["65225", "39541", "25684", "18385", "14013", "15.41", "75183", "11261", None,
        "47791", "18595", "-13854", "1257", "2005"]),
    "aapl-2022-10k": (date(2021, 9, 26), ["394328", "223546", "170782", "119437", "99803", "6.15", "352755", "23646",
        "120069", "50672", "122151", "-22354", "-110749", "10708"]),  # debt: 9,982 + 11,128 + 98,959
    "msft-2015-10k": (date(2014, 7, 1), ["93580", "33038", "60542", "18161", "12193", "1.49", "176223", "5595",
        "35292", "80083", "29080", "-23001", "-9080", "5944"]),  # debt: 4,985 + 2,499 + 27,808
    "nflx-2023-10k": (date(2023, 1, 1), ["33723.297", "19715.368", None, "6954.003", "5407.99", "12.25", "48731.992",
        "7116.913", "14543.261", "20588.313", "7274.301", "541.751", "-5950.803", "348.552"]),
    "pg-2019-10k": (date(2018, 7, 1), ["67684", "34768", None, "5487", "3897", "1.45", "115095", "4239", "30092",
        "47579", "15242", "-3490", "-9994", "3347"]),  # debt: 9,697 + 20,395
    "tsla-2024q2-10q": (date(2024, 1, 1), ["46801", "38527", "8274", "2776", "2607", "0.83", "112832", "14635", None,
        "66468", "3854", "-8309", "2736", "5043"]),  # debt stands under concepts of its own
    "xr25-itt-fy-2023": (date(2023, 1, 1), ["3283", "2175.7", "1107.3", "528.2", "410.5", "4.99", "3932.6", "489.2",
        "187.7", "2528.2", "538", "-181", "-432.3", "107.6"]),
    "xr25-cci-fy-2023": (date(2023, 1, 1), ["6981", "1980", None, "2369", "1502", "3.46", "38527", "105", "22921",
        "6381", "3126", "-1519", "-1654", "1424"]),  # cost: 1,664 + 316
    "xr25-psa-fy-2023": (date(2023, 1, 1), ["4517.69", None, None, None, "2148.327", "11.11", "19809.216", "370.002",
        "9103.277", "10013.178", "3246.648", "-3538.502", "-112.928", None]),  # three kinds of capital expenditure
    "xr25-bxp-q1-2024": (date(2024, 1, 1), ["839.439", None, None, None, "79.883", None, "25525.978", "701.695",
        "15362.324", "5857.699", "197.595", "-286.619", "-756.909", "267.1"]),  # 181.636 + 32.087 + 53.377
    "xule-dish": (date(2019, 1, 1), ["6398.456", None, None, "887.032", "656.804", "1.4", "32284.116", "1901.064", None,
        "9331.577", "1346.319", "-361.57", "43.046", "281.722"]),  # debt, cost: for the most part their own
    "xr25-laes-2024": (date(2023, 1, 1), ["30.058", "15.589", "14.049", "-4.141", "-3.268", "-0.21", "27.935", "6.895",
        None, "5.031", "-3.04", "-3.021", "8.92", "3.021"]),  # debt: more than half under concepts of their own
    "xule-dolby": (date(2023, 9, 30), ["1273.721", "140.496", "1133.225", "258.326", "261.825", "2.74", "3109.928",
        "482.047", None, "2477.162", "327.252", "-286.292", "-287.814", "30.007"]),
    "xule-sjm": (date(2022, 5, 1), ["8529.2", "5727.4", "2801.8", "157.5", "-91.3", "-0.86", "14991.4", "655.8",
        "4314.2", "7290.8", "1194.4", "256.2", "-964.6", "477.4"]),
}  # fmt: skip


def test_real_filings_as_their_pages_show_them(shared_data: Path, tmp_path: Path) -> None:
    sources = [shared_data / "filings" / name for name in _READ]
    ingest(sources, tmp_path / "lake", workers=2, taxonomies=[str(shared_data / "taxonomies")], offline=True)
    with Lake(tmp_path / "lake") as opened:
        listed = opened.filings().records()
        keys = {Path(row["source"]).name: row["filing"] for row in listed}
        answer = opened.line_items(filing=list(keys.values())).records()
    for name, (start, values) in _READ.items():
        for item, expected in zip(_NAMES, values, strict=True):
            told = [
                row["value"]
                for row in answer
                if row["filing"] == keys[name] and row["name"] == item and row["start"] in (None, start)
            ]
            scale = Decimal(1) if item == "eps" else M
            assert told == [None if expected is None else Decimal(expected) * scale], f"{name}: {item}"
