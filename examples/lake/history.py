"""Filings of a company that never was, Quarry Works Inc.: twelve reports over three years, in which everything happens
that makes a history hard to read. A lake of them is made by `make demo-lake`; tests/lake works out by hand what must
come of it.

- cash flows are reported year to date only, fourth quarters never;
- revenue of 2021 is restated by an amendment (460 → 450), and stock is split two for one (2022-05-02);
- the fiscal year, which ended on December 31, ends on the last Saturday of September from 2022 on: a report of nine
  months stands between; fiscal 2023 has 53 weeks, its first quarter 14;
- the company's own concept `qwk:QuarryRestorationCosts` is renamed `qwk:SiteRestorationCosts` in 2022.

Amounts are millions of dollars in the tables below. A second company, Slate Hill Corp., gives peers.
How a report becomes a filing is told by `filings`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from examples.lake.filings import Company, Report, submission, write_taxonomies

QUARRY = Company("Quarry Works Inc.", 9990001, "QWK", "qwk", {"QuarryRestorationCosts": "Quarry restoration costs"})
SLATE = Company("Slate Hill Corp.", 9990002, "SLH", "slh")

REVENUE = "us-gaap:RevenueFromContractWithCustomerExcludingAssessedTax"
COST = "us-gaap:CostOfRevenue"
OPERATING = "us-gaap:NetCashProvidedByUsedInOperatingActivities"
CAPEX = "us-gaap:PaymentsToAcquirePropertyPlantAndEquipment"
NET = "us-gaap:NetIncomeLoss"
EPS = "us-gaap:EarningsPerShareBasic"
ASSETS = "us-gaap:Assets"
M = 1_000_000


def _quarter(first: str, last: str, revenue: int, net: int, eps: str, own: str, restoration: int) -> list[Any]:
    return [
        (REVENUE, first, last, revenue * M, "USD", -6, ""),
        (COST, first, last, revenue * M * 6 // 10, "USD", -6, ""),
        ("us-gaap:GrossProfit", first, last, revenue * M * 4 // 10, "USD", -6, ""),
        ("us-gaap:OperatingIncomeLoss", first, last, net * M * 5 // 4, "USD", -6, ""),
        (NET, first, last, net * M, "USD", -6, ""),
        (EPS, first, last, eps, "USDPerShare", 2, ""),
        (f"qwk:{own}", first, last, restoration * M, "USD", -6, ""),
    ]


def _flows(first: str, last: str, operating: int, capital: int) -> list[Any]:
    return [
        (OPERATING, first, last, operating * M, "USD", -6, ""),
        (CAPEX, first, last, capital * M, "USD", -6, ""),
        ("us-gaap:NetCashProvidedByUsedInInvestingActivities", first, last, -capital * M, "USD", -6, ""),
        ("us-gaap:NetCashProvidedByUsedInFinancingActivities", first, last, -2 * M, "USD", -6, ""),
    ]


def _balance(day: str, assets: int, cash: int) -> list[Any]:
    return [
        (ASSETS, None, day, assets * M, "USD", -6, ""),
        ("us-gaap:CashAndCashEquivalentsAtCarryingValue", None, day, cash * M, "USD", -6, ""),
        ("us-gaap:Liabilities", None, day, (assets - 200) * M, "USD", -6, ""),
        ("us-gaap:StockholdersEquity", None, day, 200 * M, "USD", -6, ""),
        ("us-gaap:LiabilitiesAndStockholdersEquity", None, day, assets * M, "USD", -6, ""),
    ]


def reports() -> Iterator[Report]:
    """All filings of both companies, in the order in which they were accepted."""
    made = [*_quarry(), *_slate()]
    yield from sorted(made, key=lambda each: each.accepted)


def _quarry() -> list[Report]:
    old, new = "QuarryRestorationCosts", "SiteRestorationCosts"
    before = QUARRY
    after = Company(QUARRY.name, QUARRY.cik, QUARRY.ticker, QUARRY.prefix, {new: "Site restoration costs"})
    q = [("2021-01-01", "2021-03-31"), ("2021-04-01", "2021-06-30"), ("2021-07-01", "2021-09-30")]
    y21 = ("2021-01-01", "2021-12-31")
    made: list[Report] = []

    def add(
        company: Company, form: str, period: str, accepted: str, end: str, fiscal: tuple[int, str], *parts: list[Any]
    ) -> None:
        number = len(made) + 1
        facts = [fact for part in parts for fact in part]
        taxonomy = "2021" if period < "2022-06" else "2023"
        accession = f"0009990001-{accepted[2:4]}-{number:06d}"
        made.append(Report(company, accession, form, period, accepted, end, fiscal, facts, taxonomy))

    # 2021: a calendar year, quarters 100, 110, 120; the fourth is never reported
    add(
        before,
        "10-Q",
        q[0][1],
        "2021-05-03T16:05:00",
        "--12-31",
        (2021, "Q1"),
        _quarter(*q[0], 100, 10, "1.00", old, 3),
        _flows(*q[0], 10, 4),
        _balance(q[0][1], 500, 50),
    )
    add(
        before,
        "10-Q",
        q[1][1],
        "2021-08-02T16:05:00",
        "--12-31",
        (2021, "Q2"),
        _quarter(*q[1], 110, 11, "1.10", old, 3),
        _quarter(q[0][0], q[1][1], 210, 21, "2.10", old, 6),
        _flows(q[0][0], q[1][1], 25, 9),
        _balance(q[1][1], 510, 55),
    )
    add(
        before,
        "10-Q",
        q[2][1],
        "2021-11-01T16:05:00",
        "--12-31",
        (2021, "Q3"),
        _quarter(*q[2], 120, 12, "1.20", old, 4),
        _quarter(q[0][0], q[2][1], 330, 33, "3.30", old, 10),
        _flows(q[0][0], q[2][1], 45, 15),
        _balance(q[2][1], 520, 60),
    )
    event = "<p>On February 10, 2022 the Company agreed to acquire a marble quarry for $25 million.</p>"
    add(
        before,
        "10-K",
        y21[1],
        "2022-02-28T16:05:00",
        "--12-31",
        (2021, "FY"),
        _quarter(*y21, 460, 46, "4.60", old, 15),
        _flows(*y21, 70, 22),
        _balance(y21[1], 530, 65),
        [
            (REVENUE, *y21, 300 * M, "USD", -6, "NorthMember"),
            (REVENUE, *y21, 160 * M, "USD", -6, "SouthMember"),
            ("us-gaap:SubsequentEventsTextBlock", *y21, event, "", 0, ""),
        ],
    )
    # the amendment: ten million of revenue belonged to 2022
    add(
        before,
        "10-K/A",
        y21[1],
        "2022-04-15T16:05:00",
        "--12-31",
        (2021, "FY"),
        _quarter(*y21, 450, 40, "4.00", old, 15),
        _flows(*y21, 70, 22),
        _balance(y21[1], 524, 65),
    )
    # 2022, two for one split in May: the first quarter of 2021 is told anew in new shares
    h = [("2022-01-01", "2022-03-31"), ("2022-04-01", "2022-06-30")]
    add(
        before,
        "10-Q",
        h[0][1],
        "2022-05-10T16:05:00",
        "--12-31",
        (2022, "Q1"),
        _quarter(*h[0], 140, 14, "0.70", old, 4),
        _flows(*h[0], 12, 5),
        _balance(h[0][1], 540, 70),
        [(EPS, *q[0], "0.50", "USDPerShare", 2, ""), (REVENUE, *q[0], 100 * M, "USD", -6, "")],
    )
    add(
        after,
        "10-Q",
        h[1][1],
        "2022-08-09T16:05:00",
        "--12-31",
        (2022, "Q2"),
        _quarter(*h[1], 140, 14, "0.70", new, 4),
        _quarter(h[0][0], h[1][1], 280, 28, "1.40", new, 8),
        _flows(h[0][0], h[1][1], 30, 11),
        _balance(h[1][1], 550, 75),
        [(f"qwk:{new}", *q[1], 3 * M, "USD", -6, "")],
    )
    # the transition report: nine months less six days
    t = ("2022-01-01", "2022-09-24")
    add(
        after,
        "10-KT",
        t[1],
        "2022-11-21T16:05:00",
        "--09-24",
        (2022, "FY"),
        _quarter(*t, 420, 42, "2.10", new, 12),
        _flows(*t, 50, 17),
        _balance(t[1], 560, 80),
        [(f"qwk:{new}", *y21, 15 * M, "USD", -6, ""), (REVENUE, *y21, 450 * M, "USD", -6, "")],
    )
    # fiscal 2023: 53 weeks, of which 14 are the first quarter's
    f = [("2022-09-25", "2022-12-31"), ("2023-01-01", "2023-04-01"), ("2023-04-02", "2023-07-01")]
    y23 = ("2022-09-25", "2023-09-30")
    add(
        after,
        "10-Q",
        f[0][1],
        "2023-02-06T16:05:00",
        "--09-30",
        (2023, "Q1"),
        _quarter(*f[0], 160, 16, "0.80", new, 4),
        _flows(*f[0], 30, 6),
        _balance(f[0][1], 570, 85),
    )
    add(
        after,
        "10-Q",
        f[1][1],
        "2023-05-08T16:05:00",
        "--09-30",
        (2023, "Q2"),
        _quarter(*f[1], 150, 15, "0.75", new, 5),
        _quarter(f[0][0], f[1][1], 310, 31, "1.55", new, 9),
        _flows(f[0][0], f[1][1], 55, 12),
        _balance(f[1][1], 580, 90),
    )
    add(
        after,
        "10-Q",
        f[2][1],
        "2023-08-07T16:05:00",
        "--09-30",
        (2023, "Q3"),
        _quarter(*f[2], 155, 15, "0.75", new, 5),
        _quarter(f[0][0], f[2][1], 465, 46, "2.30", new, 14),
        _flows(f[0][0], f[2][1], 85, 18),
        _balance(f[2][1], 590, 95),
    )
    event = "<p>In October 2023 a fire damaged the crusher at the northern site.</p>"
    add(
        after,
        "10-K",
        y23[1],
        "2023-11-20T16:05:00",
        "--09-30",
        (2023, "FY"),
        _quarter(*y23, 625, 62, "3.10", new, 20),
        _flows(*y23, 120, 25),
        _balance(y23[1], 600, 100),
        [("us-gaap:SubsequentEventsTextBlock", *y23, event, "", 0, "")],
    )
    return made


def _slate() -> list[Report]:
    made: list[Report] = []
    for number, year in enumerate((2021, 2022, 2023), 1):
        first, last = f"{year}-01-01", f"{year}-12-31"
        facts = [
            (REVENUE, first, last, (200 + 20 * number) * M, "USD", -6, ""),
            (NET, first, last, (20 + number) * M, "USD", -6, ""),
            *_flows(first, last, 30 + number, 8),
            *_balance(last, 300, 30),
        ]
        if year == 2023:
            facts.append(
                (
                    "us-gaap:SubsequentEventsTextBlock",
                    first,
                    last,
                    "<p>In January 2024 the Company issued notes of $40 million.</p>",
                    "",
                    0,
                    "",
                )
            )
        made.append(
            Report(
                SLATE,
                f"0009990002-{year - 1999:02d}-{number:06d}",
                "10-K",
                last,
                f"{year + 1}-03-01T17:00:00",
                "--12-31",
                (year, "FY"),
                facts,
                "2021" if year < 2022 else "2023",
            )
        )
    return made


def write(folder: Path) -> list[Path]:
    """Writes all filings as submissions, and the taxonomies beside them in `taxonomies`."""
    write_taxonomies(folder / "taxonomies")
    paths = []
    (folder / "filings").mkdir(parents=True, exist_ok=True)
    for report in reports():
        path = folder / "filings" / f"{report.accession}.txt"
        path.write_bytes(submission(report))
        paths.append(path)
    return paths


if __name__ == "__main__":
    for written in write(Path(sys.argv[1])):
        print(written)
