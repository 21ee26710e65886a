from datetime import datetime, timedelta

import pytest

from recto.instance.model import Period
from recto.rendering.spans import (
    Spans,
    balance_date_label,
    count_months,
    date_label,
    inferred_durations,
    movement_order,
    standard_order,
)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "last", "months"),
    [
        ("2024-01-01", "2024-12-31", 12),
        ("2024-12-29", "2025-03-29", 3),
        ("2023-10-01", "2024-01-06", 3),
        ("2022-09-25", "2023-09-30", 12),
        ("2024-06-01", "2024-06-15", 1),
        ("2024-07-01", "2024-07-15", 0),
        ("2024-02-15", "2024-02-28", 1),
        ("2022-03-02", "2022-03-16", 0),
        ("2024-05-05", "2024-05-05", 0),
        ("2024-01-31", "2024-02-29", 1),
        ("2011-05-01", "2010-05-01", -11),
        ("2024-05-05", "2024-04-30", 0),
    ],
)
def test_months_of_a_duration(start: str, last: str, months: int) -> None:
    assert count_months(day(start), day(last) + timedelta(days=1)) == months


def test_dates_have_a_dot_except_in_may() -> None:
    assert date_label(day("2024-12-31")) == "Dec. 31, 2024"
    assert date_label(day("2024-05-05")) == "May 05, 2024"
    assert balance_date_label(day("2022-05-31")) == "May. 31, 2022"
    assert date_label(day("0001-12-31")) == "Dec. 31, 1"


def test_the_end_of_the_last_year_is_its_last_midnight() -> None:
    span = Spans().of(Period(day("9999-01-01"), datetime.max))
    assert span is not None
    assert (span.label, span.months) == ("Dec. 30, 9999", 11)


def test_short_durations_first_then_late_ones_then_instants() -> None:
    spans = Spans()
    year24 = spans.between(day("2024-01-01"), day("2025-01-01"))
    year23 = spans.between(day("2023-01-01"), day("2024-01-01"))
    quarter = spans.between(day("2024-10-01"), day("2025-01-01"))
    end24, end23 = spans.instant(day("2025-01-01")), spans.instant(day("2024-01-01"))
    every = [end23, year23, end24, quarter, year24]
    assert standard_order(every) == [quarter, year24, year23, end24, end23]
    assert standard_order(every, ascending=True) == [quarter, year23, year24, end23, end24]


def test_movements_need_both_balances() -> None:
    spans = Spans()
    year24 = spans.between(day("2024-01-01"), day("2025-01-01"))
    year23 = spans.between(day("2023-01-01"), day("2024-01-01"))
    end24, end23 = spans.instant(day("2025-01-01")), spans.instant(day("2024-01-01"))
    assert movement_order([end24, year24, end23, year23]) == [end23, year24, end24]
    assert year23 not in movement_order([end24, year24, end23, year23])
    assert movement_order([year24, end24]) == []


def test_inferred_durations_join_consecutive_instants() -> None:
    spans = Spans()
    instants = [spans.instant(day(text)) for text in ("2025-01-01", "2023-01-01", "2024-01-01")]
    assert inferred_durations(instants, spans) == [
        spans.between(day("2023-01-01"), day("2024-01-01")),
        spans.between(day("2024-01-01"), day("2025-01-01")),
    ]
