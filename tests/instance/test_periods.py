"""Dates beyond the years that `datetime` has are dates too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from recto.instance.model import Period
from recto.instance.oim.strings import format_period, parse_period
from recto.instance.periods import any_moment, far_order
from tests.instance.samples import codes


def context(period: str) -> str:
    return (
        '<xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="s">e</xbrli:identifier></xbrli:entity>'
        f"<xbrli:period>{period}</xbrli:period></xbrli:context>"
    )


@pytest.mark.parametrize(
    ("text", "oim", "day"),
    [
        ("9999-12-31", "10000-01-01T00:00:00", "9999-12-31"),
        ("9999-12-31Z", "10000-01-01T00:00:00Z", "9999-12-31"),
        ("9999-12-31T24:00:00", "10000-01-01T00:00:00", "9999-12-31"),
        ("12000-02-28", "12000-02-29T00:00:00", "12000-02-28"),
        ("12001-02-28", "12001-03-01T00:00:00", "12001-02-28"),
        ("12000-06-30T08:30:00", "12000-06-30T08:30:00", "12000-06-30T08:30:00"),
        ("-0044-03-15", "-0044-03-16T00:00:00", "-0044-03-15"),
        ("-0001-12-31", "0001-01-01T00:00:00", "-0001-12-31"),
    ],
)
def test_instants(read_xbrl: Any, text: Any, oim: Any, day: Any) -> None:
    found = read_xbrl('<t:Cash contextRef="c" unitRef="usd" decimals="0">1</t:Cash>', contexts=context(
        f"<xbrli:instant>{text}</xbrli:instant>") + '<xbrli:unit id="usd"><xbrli:measure>iso4217:USD</xbrli:measure>'
        "</xbrli:unit>")  # fmt: skip
    (fact,) = found.facts
    assert codes(found) == []
    assert fact.valid
    assert fact.period.oim == oim
    assert fact.period.days == (None, day)
    assert fact.period.kind == "instant"


def test_durations_are_told_apart_and_ordered(read_xbrl: Any) -> None:
    def until(year: Any) -> Any:
        period = f"<xbrli:startDate>2024-01-01</xbrli:startDate><xbrli:endDate>{year}-12-31</xbrli:endDate>"
        return read_xbrl("", contexts=context(period)).contexts["c"].period

    one, other = until(12000), until(13000)
    assert one != other
    assert one.end == other.end == datetime.max
    assert one.oim == "2024-01-01T00:00:00/12001-01-01T00:00:00"
    assert far_order(one.exact[1], other.exact[1]) == -1
    assert far_order(datetime(2024, 1, 1), one.exact[1]) == -1
    assert far_order("-0044-01-01T00:00:00", datetime.min) == -1


@pytest.mark.parametrize("text", ["10000-02-30", "0000-01-01", "-0000-01-01", "010000-01-01", "9" * 200 + "-01-01", ""])
def test_no_dates(text: Any) -> None:
    with pytest.raises(ValueError, match="date"):
        any_moment(text, end=True)


@pytest.mark.parametrize(
    "text", ["10000-01-01T00:00:00", "2024-01-01T00:00:00/10000-01-01T00:00:00", "-0044-03-15T00:00:00"]
)
def test_oim_reads_what_it_writes(text: Any) -> None:
    period = parse_period(text)
    assert format_period(period) == text
    assert parse_period(text) == period != Period(None, period.end)
