"""A company's history, worked out by hand: examples/lake/history.py tells what it filed.

Quarry Works, in millions; the year ended on December 31 until 2021, a transition period on 2022-09-24, fiscal 2023 of
53 weeks on 2023-09-30.

              2021                  transition (nine months)   2023 (53 weeks, the first quarter 14)
              Q1   Q2   Q3   year   T1   T2   whole            Q1   Q2   Q3   year
    revenue   100  110  120  460 → 450    140  140  420        160  150  155  625
    cash flow 10   25*  45*  70     12   30*  50               30   55*  85*  120          * year to date only
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from recto.errors import NotFoundError, UsageError
from recto.lake import Lake

REVENUE = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
CASH = "us-gaap:NetCashProvidedByUsedInOperatingActivities"
M = Decimal(1_000_000)


def told(answer: Any) -> list[tuple[Any, ...]]:
    """(period, millions, derived)"""
    return [
        (
            f"{row['fiscal_year']} {row['fiscal_period']}",
            None if row["value"] is None else int(row["value"] / M),
            row["derived"],
        )
        for row in answer.records()
    ]


def test_quarters(lake: Lake) -> None:
    answer = lake.series(REVENUE, "QWK")
    assert told(answer) == [
        ("2021 Q1", 100, False),
        ("2021 Q2", 110, False),
        ("2021 Q3", 120, False),
        ("2021 Q4", 120, True),  # 450 − 330
        ("2022 T1", 140, False),
        ("2022 T2", 140, False),
        ("2022 T3", 140, True),  # 420 − 280: July 1 to September 24
        ("2023 Q1", 160, False),
        ("2023 Q2", 150, False),
        ("2023 Q3", 155, False),
        ("2023 Q4", 160, True),  # 625 − 465
    ]
    rows = {f"{row['fiscal_year']} {row['fiscal_period']}": row for row in answer.records()}
    fourth = rows["2021 Q4"]
    assert (fourth["start"], fourth["end"]) == (date(2021, 10, 1), date(2021, 12, 31))
    assert [(each["sign"], each["number"] / M, each["filing"]) for each in fourth["facts"]] == [
        (1, 450, "0009990001-22-000008"),
        (-1, 330, "0009990001-21-000003"),
    ]
    assert fourth["restated"], "the year was told otherwise before: the nine months may be on the old basis"
    assert (fourth["error"], fourth["decimals"]) == (M, -7), "half a million of each; a million needs decimals of -7"
    assert (rows["2021 Q3"]["error"], rows["2021 Q3"]["decimals"]) == (M / 2, -6)
    assert (rows["2022 T3"]["start"], rows["2022 T3"]["end"]) == (date(2022, 7, 1), date(2022, 9, 24))
    assert (rows["2023 Q1"]["end"] - rows["2023 Q1"]["start"]).days + 1 == 14 * 7
    assert rows["2021 Q1"]["filing"] == "0009990001-22-000006", "told again a year later: that is the latest"


def test_flows_that_are_told_year_to_date(lake: Lake) -> None:
    assert [each[1:] for each in told(lake.series(CASH, "QWK"))] == [
        (10, False),
        (15, True),  # 25 − 10
        (20, True),  # 45 − 25
        (25, True),  # 70 − 45
        (12, False),
        (18, True),  # 30 − 12
        (20, True),  # 50 − 30
        (30, False),
        (25, True),  # 55 − 30
        (30, True),  # 85 − 55
        (35, True),  # 120 − 85
    ]


def test_twelve_months(lake: Lake) -> None:
    answer = lake.series(REVENUE, "QWK", frequency="ttm")
    assert told(answer) == [
        ("2021 Q4", 450, False),
        ("2022 T1", 490, True),  # 450 + 140 − 100
        ("2022 T2", 520, True),  # 450 + 280 − 210
        ("2022 T3", 540, True),  # 450 + 420 − 330: October 1 to September 24
        ("2023 Q1", 580, True),  # 420 + 160
        ("2023 Q2", 590, True),  # 420 − 140 + 310
        ("2023 Q3", 605, True),  # 420 − 280 + 465
        ("2023 Q4", 625, False),
    ]
    days = {row["fiscal_period"]: (row["end"] - row["start"]).days + 1 for row in answer.records()}
    assert (days["T3"], days["Q1"], days["Q4"]) == (359, 365, 371)
    assert [each[1] for each in told(lake.series(CASH, "QWK", frequency="ttm"))] == [
        *(70, 72, 75, 75),  # 70; 70 + 12 − 10; 70 + 30 − 25; 70 + 50 − 45
        *(80, 93, 105, 120),  # 50 + 30; 50 − 12 + 55; 50 − 30 + 85; 120
    ]


def test_years(lake: Lake) -> None:
    assert told(lake.series(REVENUE, "QWK", frequency="year")) == [
        ("2021 FY", 450, False),
        ("2022 T", 420, False),
        ("2023 FY", 625, False),
    ]
    assert told(lake.series("Assets", "QWK", frequency="year")) == [
        ("2021 FY", 524, False),
        ("2022 T", 560, False),
        ("2023 FY", 600, False),
    ]
    quarters = [each[1] for each in told(lake.series("Assets", "QWK"))]
    assert quarters == [500, 510, 520, 524, 540, 550, 560, 570, 580, 590, 600]


def test_first_reported_and_known_on_a_day(lake: Lake) -> None:
    first = dict(each[:2] for each in told(lake.series(REVENUE, "QWK", first_reported=True)))
    assert first["2021 Q4"] == 130, "460 − 330"
    assert dict(each[:2] for each in told(lake.series(REVENUE, "QWK", frequency="year", first_reported=True))) == {
        "2021 FY": 460,
        "2022 T": 420,
        "2023 FY": 625,
    }
    before = told(lake.series(REVENUE, "QWK", as_known_on="2022-04-14"))
    assert before == [
        ("2021 Q1", 100, False),
        ("2021 Q2", 110, False),
        ("2021 Q3", 120, False),
        ("2021 Q4", 130, True),
    ]
    assert told(lake.series(REVENUE, "QWK", as_known_on=date(2022, 4, 15)))[-1] == ("2021 Q4", 120, True)
    assert told(lake.series(REVENUE, "QWK", as_known_on="2022-02-27"))[-1] == ("2021 Q3", 120, False)
    spring = told(lake.series(REVENUE, "QWK", as_known_on="2022-06-01"))
    assert spring[-1] == ("2022 Q1", 140, False), "that the fiscal year would change was not known yet"


def test_numbers_a_share_are_not_subtracted(lake: Lake) -> None:
    answer = lake.series("EarningsPerShareBasic", "QWK").records()
    assert [(row["fiscal_period"], row["value"]) for row in answer[:5]] == [
        ("Q1", Decimal("0.50")),  # 1.00 before the split
        ("Q2", Decimal("1.10")),
        ("Q3", Decimal("1.20")),
        ("Q4", None),
        ("T1", Decimal("0.70")),
    ]
    assert [row["restated"] for row in answer[:3]] == [True, False, False]
    assert not any(row["derived"] for row in answer)


def test_a_concept_that_was_renamed(lake: Lake) -> None:
    for name in ("SiteRestorationCosts", "qwk:QuarryRestorationCosts"):
        answer = lake.series(name, "QWK")
        assert [each[1:] for each in told(answer)] == [
            *((3, False), (3, False), (4, False), (5, True)),  # 15 − 10, told under both names
            *((4, False), (4, False), (4, True)),  # 12 − 8
            *((4, False), (5, False), (5, False), (6, True)),  # 20 − 14
        ]
    rows = answer.records()
    assert rows[0]["concept"] == "qwk:QuarryRestorationCosts"
    assert rows[-1]["concept"] == "qwk:SiteRestorationCosts"


def test_restatements(lake: Lake) -> None:
    rows = lake.restatements("QWK").records()
    said = {(row["concept"].partition(":")[2], row["end"], row["earlier_number"], row["number"]) for row in rows}
    year, quarter = date(2021, 12, 31), date(2021, 3, 31)
    assert said == {
        ("RevenueFromContractWithCustomerExcludingAssessedTax", year, 460 * M, 450 * M),
        ("CostOfRevenue", year, 276 * M, 270 * M),
        ("GrossProfit", year, 184 * M, 180 * M),
        ("OperatingIncomeLoss", year, Decimal("57.5") * M, 50 * M),
        ("NetIncomeLoss", year, 46 * M, 40 * M),
        ("EarningsPerShareBasic", year, Decimal("4.6"), Decimal("4")),
        ("Assets", year, 530 * M, 524 * M),
        ("Liabilities", year, 330 * M, 324 * M),
        ("LiabilitiesAndStockholdersEquity", year, 530 * M, 524 * M),
        ("EarningsPerShareBasic", quarter, Decimal("1"), Decimal("0.5")),  # the split
    }
    amended = next(row for row in rows if row["concept"] == "us-gaap:Assets")
    assert (amended["earlier_filing"], amended["filing"]) == ("0009990001-22-000004", "0009990001-22-000005")
    assert (amended["earlier_form"], amended["form"], amended["change"]) == ("10-K", "10-K/A", -6 * M)


def test_views_of_versions(lake: Lake) -> None:
    year = """concept = 'us-gaap:NetIncomeLoss' and start = '2021-01-01' and "end" = '2021-12-31'
        and entity = '0009990001'"""
    for table, expected in (
        ("latest", 40),
        ("first_reported", 46),
        ("as_known_on('2022-04-14')", 46),
        ("as_known_on('2022-04-15')", 40),
    ):
        assert [row["number"] for row in lake.sql(f"select number from {table} where {year}").records()] == [
            expected * M
        ]
    assert lake.sql(f"select number from as_known_on('2022-02-27') where {year}").records() == []
    assert len(lake.sql(f"select * from reported where {year}")) == 2


def test_members_and_units(lake: Lake) -> None:
    north = lake.series(
        REVENUE, "QWK", frequency="year", members={"us-gaap:StatementBusinessSegmentsAxis": "qwk:NorthMember"}
    )
    assert told(north) == [("2021 FY", 300, False)]
    for member in ("NorthMember", "qwk:northmember"):
        named = lake.series(REVENUE, "QWK", frequency="year", members={"StatementBusinessSegmentsAxis": member})
        assert named.records() == north.records()
    assert told(lake.series(REVENUE, "QWK", members={"StatementBusinessSegmentsAxis": "NoMember"})) == []
    assert told(lake.series(REVENUE, "QWK", members={"NorthMember": "StatementBusinessSegmentsAxis"})) == []
    assert told(lake.series(REVENUE, "QWK", frequency="year", unit="USD"))[0] == ("2021 FY", 450, False)
    assert told(lake.series(REVENUE, "QWK", unit="EUR")) == []


def test_several_at_once(lake: Lake) -> None:
    answer = lake.series(["Assets", "NetIncomeLoss"], ["QWK", "Slate Hill"], frequency="year")
    assert {(row["company"], row["name"]) for row in answer.records()} == {
        (company, concept)
        for company in ("QUARRY WORKS INC.", "SLATE HILL CORP.")
        for concept in ("us-gaap:Assets", "us-gaap:NetIncomeLoss")
    }
    assert answer.schema.names == lake.series(REVENUE, "QWK", unit="EUR").schema.names
    assert "derived" in lake.series(REVENUE, "QWK").text()
    assert lake.series(CASH, "QWK").chart().to_dict()["mark"]["type"] == "line"


def test_what_is_not_known(lake: Lake) -> None:
    with pytest.raises(UsageError, match="quarter, year or ttm"):
        lake.series(REVENUE, "QWK", frequency="month")
    with pytest.raises(UsageError, match="a balance is of a day"):
        lake.series("Assets", "QWK", frequency="ttm")
    with pytest.raises(NotFoundError, match="knows no company"):
        lake.series(REVENUE, "Granite")
    with pytest.raises(NotFoundError, match="reports no"):
        lake.series("Goodwill", "QWK")
    with pytest.raises(NotFoundError, match="no numbers of us-gaap:Goodwill"):
        lake.series("us-gaap:Goodwill", "QWK")
    with pytest.raises(UsageError, match="no date"):
        lake.series(REVENUE, "QWK", as_known_on="May")


def test_companies_and_filings(lake: Lake) -> None:
    assert [row["ticker"] for row in lake.companies().records()] == ["QWK", "SLH"]
    assert [row["ticker"] for row in lake.companies("hill").records()] == ["SLH"]
    for text in ("9990001", "0009990001", "qwk", "Quarry Works Inc.", "quarry", "works"):
        assert lake.company(text)["ticker"] == "QWK"
    with pytest.raises(UsageError, match=r"may be QUARRY .*, SLATE"):
        lake.company("r")
    assert len(lake.filings("QWK")) == 12
    assert [row["form"] for row in lake.filings("QWK", form=["10-K", "10-K/A"]).records()] == ["10-K", "10-K/A", "10-K"]
    assert [row["filing"] for row in lake.filings("QWK", since="2022-04", until="2022-05-31").records()] == [
        "0009990001-22-000006",
        "0009990001-22-000005",
    ]
    known = lake.concepts("QWK", "restoration").records()
    assert [row["concept"] for row in known] == ["qwk:SiteRestorationCosts", "qwk:QuarryRestorationCosts"]
    assert known[0]["label"] == "Site restoration costs"
