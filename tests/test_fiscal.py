"""Fiscal years and quarters from dates: months, weeks, years that end in January."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from recto.fiscal import calendar, months_of


@pytest.mark.parametrize(
    ("start", "last", "months"),
    [
        ("2024-01-01", "2024-12-31", 12),
        ("2024-09-29", "2024-12-28", 3),  # 13 weeks
        ("2022-09-25", "2022-12-31", 3),  # 14 weeks
        ("2022-09-25", "2023-09-30", 12),  # 53 weeks
        ("2024-02-04", "2024-05-25", 3),  # 16 weeks
        ("2024-01-01", "2024-06-30", 6),
        ("2024-01-01", "2024-09-28", 9),
        ("2024-02-01", "2024-02-29", 1),
        ("2022-01-01", "2024-12-31", 36),
        ("2024-01-01", "2024-02-10", None),
        ("2024-01-01", "2024-01-01", None),
    ],
)
def test_months(start: str, last: str, months: int | None) -> None:
    assert months_of(date.fromisoformat(start), date.fromisoformat(last)) == months


def place(cal: Any, start: Any, last: Any, ends: Any = ()) -> Any:
    first = None if start is None else date.fromisoformat(start)
    found = cal.place(first, date.fromisoformat(last), ends=frozenset(map(date.fromisoformat, ends)))
    return (found.year, found.quarter, found.name)


def test_a_calendar_year() -> None:
    cal = calendar([], year_end="--12-31")
    assert place(cal, "2024-01-01", "2024-12-31") == (2024, 4, "FY")
    assert place(cal, "2024-04-01", "2024-06-30") == (2024, 2, "Q2")
    assert place(cal, "2024-01-01", "2024-06-30") == (2024, 2, "6M")
    assert place(cal, "2024-01-01", "2024-09-30") == (2024, 3, "9M")
    assert place(cal, "2023-07-01", "2024-06-30") == (2024, 2, None)  # trailing twelve months
    assert place(cal, None, "2024-12-31") == (2024, 4, "FY")
    assert place(cal, None, "2024-06-30", ["2024-06-30"]) == (2024, 2, "Q2")
    assert place(cal, None, "2024-07-18") == (2024, 3, None)


def test_weeks_that_end_in_september() -> None:
    cal = calendar([], year_end="--09-28")
    assert place(cal, "2022-09-25", "2023-09-30") == (2023, 4, "FY")
    assert place(cal, "2022-09-25", "2022-12-31") == (2023, 1, "Q1")
    assert place(cal, "2024-12-29", "2025-03-29") == (2025, 2, "Q2")
    assert place(cal, "2024-09-29", "2025-03-29") == (2025, 2, "6M")
    assert place(cal, None, "2024-09-28") == (2024, 4, "FY")


def test_weeks_about_the_end_of_december() -> None:
    cal = calendar([], year_end="--12-31")
    assert place(cal, "2020-01-01", "2021-01-02") == (2020, 4, "FY")
    assert place(cal, "2021-01-03", "2021-04-03") == (2021, 1, "Q1")
    assert place(cal, None, "2021-01-02") == (2020, 4, "FY")
    named = calendar([(date(2019, 12, 29), date(2021, 1, 2))], year_end="--01-02")
    assert place(named, "2019-12-29", "2021-01-02") == (2020, 4, "FY")


@pytest.mark.parametrize(("cover", "year"), [(2022, 2022), (2023, 2023), (None, 2023), (1999, 2023)])
def test_years_that_end_in_january_are_named_as_the_company_does(cover: int | None, year: int) -> None:
    whole = (date(2022, 1, 30), date(2023, 1, 28))
    cal = calendar([whole], year_end="--01-28", period_end=whole[1], cover_year=cover, cover_period="FY")
    assert place(cal, "2022-01-30", "2023-01-28") == (year, 4, "FY")
    assert place(cal, "2022-10-30", "2023-01-28") == (year, 4, "Q4")
    assert place(cal, "2022-01-30", "2022-04-30") == (year, 1, "Q1")
    assert cal.cover_year == cover


def test_quarters_of_sixteen_and_twelve_weeks() -> None:
    cal = calendar([], year_end="--02-03")
    first = date(2024, 2, 4)
    for quarter, (begin, weeks) in enumerate(((0, 16), (16, 12), (28, 12), (40, 12)), 1):
        start, last = first + timedelta(weeks=begin), first + timedelta(weeks=begin + weeks, days=-1)
        assert cal.place(start, last).name == f"Q{quarter}"


def test_a_cover_page_that_no_year_agrees_with_is_outweighed() -> None:
    whole = (date(2023, 7, 1), date(2024, 6, 30))
    cal = calendar([whole], year_end="--12-31", period_end=whole[1], cover_period="FY")
    assert (cal.month, cal.day, cal.source) == (6, 30, "periods")


@pytest.mark.parametrize("text", ["", "--13-01", "12-31", "--12-31", "nonsense", "--1231", "----"])
def test_any_text_for_the_end_of_the_year(text: str) -> None:
    cal = calendar([], year_end=text)
    assert cal.month == 12


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29)])
def test_any_day_has_a_place(day: date) -> None:
    cal = calendar([], year_end="--02-29")
    assert 1 <= cal.place(None, day).quarter <= 4
    assert 1 <= cal.place(day, day).quarter <= 4
