"""Fiscal years from periods, and what is worked out from reported spans."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.lake.derive import Reported, Spans, is_additive
from recto.lake.periods import lay_out
from recto.lake.years import Duration, FiscalYears

DAY = timedelta(days=1)


def filing(key: str, form: str, period: date, end: str | None = None, **more: Any) -> dict[str, Any]:
    row = {"filing": key, "form": form, "period": period, "fiscal_year_end": end}
    return row | {"fiscal_year": None, "fiscal_period": None} | more


def test_years_of_52_and_53_weeks() -> None:
    ends = [date(2020, 9, 26), date(2021, 9, 25), date(2022, 9, 24), date(2023, 9, 30), date(2024, 9, 28)]
    filings = [filing(str(end), "10-K", end, f"--{end:%m-%d}") for end in ends[1:]]
    durations = [Duration(str(end), start + DAY, end) for start, end in pairwise(ends)]
    years = FiscalYears.of(filings, durations)
    assert [(year.name, year.days) for year in years.years] == [(2021, 364), (2022, 364), (2023, 371), (2024, 364)]
    assert str(years.place(date(2022, 9, 25), date(2022, 12, 31))) == "FY2023 Q1", "of fourteen weeks"
    assert str(years.place(date(2023, 7, 2), date(2023, 9, 30))) == "FY2023 Q4"
    assert str(years.place(date(2022, 9, 25), date(2023, 9, 30))) == "FY2023"
    assert years.place(date(2022, 9, 25), date(2023, 7, 1)).name is None, "nine months are no quarter"
    assert str(years.place(None, date(2023, 9, 30))) == "FY2023"
    assert str(years.place(date(2024, 9, 29), date(2024, 12, 28))) == "FY2025 Q1", "after the last year that is known"


def test_quarters_of_12_and_16_weeks() -> None:
    start, end = date(2021, 8, 30), date(2022, 8, 28)
    years = FiscalYears.of([filing("k", "10-K", end, "--08-28")], [Duration("k", start, end)])
    at, names = start, []
    for weeks in (12, 12, 12, 16):
        last = at + timedelta(weeks=weeks) - DAY
        names.append(str(years.place(at, last)))
        at = last + DAY
    assert names == ["FY2022 Q1", "FY2022 Q2", "FY2022 Q3", "FY2022 Q4"]


def test_a_year_that_ends_in_january_is_called_as_the_company_calls_it() -> None:
    end = date(2023, 1, 28)
    row = filing("k", "10-K", end, "--01-28", fiscal_year=2022, fiscal_period="FY")
    years = FiscalYears.of([row], [Duration("k", date(2022, 1, 30), end)])
    assert str(years.place(date(2022, 1, 30), end)) == "FY2022"
    assert str(years.place(date(2022, 10, 30), end)) == "FY2022 Q4"
    claims = filing("k", "10-K", date(2022, 12, 31), "--12-31", fiscal_year=2031, fiscal_period="FY")
    years = FiscalYears.of([claims], [Duration("k", date(2022, 1, 1), date(2022, 12, 31))])
    assert str(years.place(date(2022, 1, 1), date(2022, 12, 31))) == "FY2022", "never by the cover alone"


def test_a_gap_between_years_is_a_transition_period() -> None:
    filings = [
        filing("a", "10-K", date(2021, 12, 31), "--12-31"),
        filing("b", "10-K", date(2023, 6, 30), "--06-30"),
    ]
    durations = [
        Duration("a", date(2021, 1, 1), date(2021, 12, 31)),
        Duration("b", date(2022, 7, 1), date(2023, 6, 30)),
    ]
    years = FiscalYears.of(filings, durations)
    assert [(year.name, year.short) for year in years.years] == [(2021, False), (2022, True), (2023, False)]
    assert str(years.place(date(2022, 1, 1), date(2022, 6, 30))) == "FY2022 T"
    assert str(years.place(date(2022, 4, 1), date(2022, 6, 30))) == "FY2022 T2"
    assert years.place(date(2021, 7, 1), date(2022, 6, 30)).name is None, "no year stands across two"


def test_trailing_twelve_months_in_a_quarterly_report_are_no_fiscal_year() -> None:
    filings = [
        filing("q", "10-Q", date(2022, 9, 30), "--12-31"),
        filing("k", "10-K", date(2022, 12, 31), "--12-31"),
    ]
    durations = [
        Duration("q", date(2021, 10, 1), date(2022, 9, 30)),
        Duration("k", date(2022, 1, 1), date(2022, 12, 31)),
    ]
    years = FiscalYears.of(filings, durations)
    assert [year.last for year in years.years] == [date(2022, 12, 31)]


def test_without_annual_reports_the_end_that_covers_give_is_carried_on() -> None:
    years = FiscalYears.of([filing("q", "10-Q", date(2022, 6, 30), "--12-31")], [])
    assert str(years.place(date(2022, 4, 1), date(2022, 6, 30))) == "FY2022 Q2"
    assert str(years.place(None, date(2022, 6, 30))) == "FY2022 Q2"
    assert FiscalYears.of([], []).place(date(2022, 1, 1), date(2022, 12, 31)).name == "FY"


# Spans

QUARTERS = [date(2020 + at // 4, 1 + at % 4 * 3, 1) for at in range(13)]


def told(start: date, stop: date, number: int, **more: Any) -> Reported:
    fixed: dict[str, Any] = {
        "unit": "iso4217:USD",
        "concept": "us-gaap:Revenues",
        "filing": f"{start}/{stop}",
        "fact": 1,
    }
    return Reported(start, stop - DAY, Decimal(number), **(fixed | {"decimals": -3} | more))


@given(st.data())
def test_what_is_worked_out_is_true(data: st.DataObject) -> None:
    """Of twelve quarters, spans are reported at random: whatever comes out is what the quarters make up."""
    truth = data.draw(st.lists(st.integers(-(10**9), 10**9), min_size=12, max_size=12))
    pairs = [(first, last) for first in range(12) for last in range(first + 1, 13) if last - first in (1, 2, 3, 4)]
    chosen = data.draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=20, unique=True))
    spans = Spans(told(QUARTERS[a], QUARTERS[b], sum(truth[a:b])) for a, b in chosen)
    for first, last in pairs:
        found = spans.find(QUARTERS[first], QUARTERS[last] - DAY, additive=True)
        if found is None:
            assert (first, last) not in chosen
            continue
        assert found.number == sum(truth[first:last])
        assert found.derived is ((first, last) not in chosen)
        assert len(found.terms) <= 4
        assert found.error == 500 * len(found.terms)
        assert sum(sign * each.number for sign, each in found.terms) == found.number


@pytest.mark.parametrize(
    "other",
    [{"unit": "iso4217:EUR"}, {"basis": "ifrs-full"}, {"concept": "us-gaap:SalesRevenueNet"}],
)
def test_only_what_agrees_is_put_together(other: dict[str, Any]) -> None:
    year = told(QUARTERS[0], QUARTERS[4], 100, basis="us-gaap")
    alike = told(QUARTERS[0], QUARTERS[3], 70, basis="us-gaap")
    assert Spans([year, alike]).find(QUARTERS[3], QUARTERS[4] - DAY, additive=True).number == 30
    unlike = told(QUARTERS[0], QUARTERS[3], 70, **({"basis": "us-gaap"} | other))
    assert Spans([year, unlike]).find(QUARTERS[3], QUARTERS[4] - DAY, additive=True) is None


def test_accuracy_that_is_left() -> None:
    spans = Spans(
        [told(QUARTERS[0], QUARTERS[4], 100_000, decimals=-3), told(QUARTERS[0], QUARTERS[3], 70_123, decimals=0)]
    )
    found = spans.find(QUARTERS[3], QUARTERS[4] - DAY, additive=True)
    assert (found.error, found.decimals) == (Decimal("500.5"), -4)
    exact = Spans([told(QUARTERS[0], QUARTERS[4], 9, exact=True), told(QUARTERS[0], QUARTERS[3], 4, exact=True)]).find(
        QUARTERS[3], QUARTERS[4] - DAY, additive=True
    )
    assert (exact.error, exact.decimals) == (0, None)
    unknown = Spans([told(QUARTERS[0], QUARTERS[4], 9, decimals=None), told(QUARTERS[0], QUARTERS[3], 4)])
    assert unknown.find(QUARTERS[3], QUARTERS[4] - DAY, additive=True).error is None


def test_of_equal_ways_the_one_without_restated_numbers_is_taken() -> None:
    spans = Spans(
        [
            told(QUARTERS[0], QUARTERS[4], 100, restated=True),
            told(QUARTERS[0], QUARTERS[3], 70),
            told(QUARTERS[2], QUARTERS[4], 55),
            told(QUARTERS[2], QUARTERS[3], 25),
        ]
    )
    assert spans.find(QUARTERS[3], QUARTERS[4] - DAY, additive=True).number == 30
    assert not spans.find(QUARTERS[3], QUARTERS[4] - DAY, additive=True).restated


def test_what_adds_up() -> None:
    assert is_additive("us-gaap:Revenues", "iso4217:USD")
    assert is_additive("us-gaap:StockIssuedDuringPeriodSharesNewIssues", "xbrli:shares")
    assert not is_additive("us-gaap:EarningsPerShareBasic", "iso4217:USD/xbrli:shares")
    assert not is_additive("us-gaap:WeightedAverageNumberOfSharesOutstandingBasic", "xbrli:shares")
    assert not is_additive("us-gaap:EffectiveIncomeTaxRateContinuingOperations", "xbrli:pure")


def test_a_company_that_reports_years_alone() -> None:
    years = FiscalYears.of(
        [filing("k", "10-K", date(2021, 12, 31), "--12-31")], [Duration("k", QUARTERS[4], QUARTERS[8] - DAY)]
    )
    rows = lay_out([told(QUARTERS[4], QUARTERS[8], 7)], years, "year")
    assert [(str(row.place), row.worked.number) for row in rows] == [("FY2021", 7)]
    assert lay_out([told(QUARTERS[4], QUARTERS[8], 7)], years, "quarter") == []
    assert [str(row.place) for row in lay_out([told(QUARTERS[4], QUARTERS[8], 7)], years, "ttm")] == ["FY2021 Q4"]


SHARES: dict[str, Any] = {"unit": "xbrli:shares", "concept": "us-gaap:StockIssuedDuringPeriodSharesNewIssues"}


def test_amounts_called_after_a_rate_add_up() -> None:
    assert is_additive("us-gaap:EffectOfExchangeRateOnCashAndCashEquivalents", "iso4217:USD")
    assert is_additive("us-gaap:UnrealizedGainLossOnInterestRateSwaps", "iso4217:USD")
    assert not is_additive("us-gaap:AverageRemainingBalance", "iso4217:USD")
    assert not is_additive("us-gaap:ExchangeRateUsed", "x:rate")


def test_shares_of_two_filings_are_not_put_together() -> None:
    """100 shares in nine months; then a split two for one; 320 in the year are 160 in the shares of the nine months."""
    year = told(QUARTERS[0], QUARTERS[4], 320, **SHARES | {"filing": "10-K"})
    nine = told(QUARTERS[0], QUARTERS[3], 100, **SHARES | {"filing": "10-Q"})
    assert Spans([year, nine]).find(QUARTERS[3], QUARTERS[4] - DAY, additive=True) is None
    six = told(QUARTERS[0], QUARTERS[2], 60, **SHARES | {"filing": "10-Q"})
    assert Spans([nine, six]).find(QUARTERS[2], QUARTERS[3] - DAY, additive=True).number == 40


def test_twelve_months_of_who_reports_half_years() -> None:
    first, half, second = date(2021, 12, 31), date(2022, 6, 30), date(2022, 12, 31)
    filings = [filing("a", "20-F", first, "--12-31"), filing("h", "6-K", half, "--12-31")]
    durations = [Duration("a", QUARTERS[4], first), Duration("h", QUARTERS[8], half)]
    years = FiscalYears.of([*filings, filing("b", "20-F", second, "--12-31")], durations)
    numbers = [
        told(QUARTERS[4], QUARTERS[8], 100),
        told(QUARTERS[4], QUARTERS[6], 45),
        told(QUARTERS[8], QUARTERS[10], 50),
        told(QUARTERS[8], QUARTERS[12], 110),
    ]
    rows = [(str(row.place), row.worked.number) for row in lay_out(numbers, years, "ttm")]
    assert rows == [("FY2021 Q4", 100), ("FY2022 Q2", 105), ("FY2022 Q4", 110)], "100 − 45 + 50 in the middle"
    assert lay_out(numbers, years, "quarter") == [], "no quarter can be known"


def balance(last: date, number: int, **more: Any) -> Reported:
    return Reported(None, last, Decimal(number), "iso4217:USD", "us-gaap:Debt", "f", 1, **more)


def test_a_balance_within_a_quarter_is_not_that_of_its_end() -> None:
    """A loan is taken out on March 1, and told of in later filings too: the quarter ends with March."""
    later = datetime(2022, 3, 1, tzinfo=UTC)
    filings = [filing("q", "10-Q", date(2021, 3, 31), "--12-31"), filing("k", "10-K", date(2021, 12, 31), "--12-31")]
    durations = [Duration("q", QUARTERS[4], date(2021, 3, 31)), Duration("k", QUARTERS[4], date(2021, 12, 31))]
    years = FiscalYears.of(filings, durations)
    numbers = [
        balance(date(2020, 12, 31), 10),
        balance(date(2021, 3, 1), 500, accepted=later),
        balance(date(2021, 3, 31), 11),
        balance(date(2021, 12, 31), 14),
        balance(date(2022, 1, 5), 700, accepted=later),
    ]
    rows = [(str(row.place), row.last, row.worked.number) for row in lay_out(numbers, years, "quarter")]
    assert rows == [
        ("FY2020 Q4", date(2020, 12, 31), 10),
        ("FY2021 Q1", date(2021, 3, 31), 11),
        ("FY2021 Q4", date(2021, 12, 31), 14),
    ]
    on_cover = [balance(date(2021, 4, 20), 77, about=date(2021, 3, 31))]
    assert [(str(row.place), row.last) for row in lay_out(on_cover, years, "quarter")] == [
        ("FY2021 Q1", date(2021, 4, 20))
    ], "the shares that a cover tells some weeks later are those of its report"
