"""String forms of periods and units, and where things stand in JSON documents."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto.instance.model import Period
from recto.instance.oim.jsontext import JSONText
from recto.instance.oim.strings import (
    NotDurationError,
    PeriodError,
    UnitError,
    format_period,
    parse_csv_period,
    parse_period,
    parse_unit,
)
from recto.names import QName


def day(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", "2024-01-01", "2025-01-01"),
        ("2024-02", "2024-02-01", "2024-03-01"),
        ("2024-12", "2024-12-01", "2025-01-01"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2024Q1", "2024-01-01", "2024-04-01"),
        ("2024Q4", "2024-10-01", "2025-01-01"),
        ("2024H1", "2024-01-01", "2024-07-01"),
        ("2024H2", "2024-07-01", "2025-01-01"),
        ("2024W05", "2024-01-29", "2024-02-05"),
        ("2025W1", "2024-12-30", "2025-01-06"),
        ("2020W53", "2020-12-28", "2021-01-04"),
        ("2024-01-15..2024-02-14", "2024-01-15", "2024-02-15"),
        ("2024-01-15T06:00:00/2024-02-14T00:00:00", "2024-01-15T06:00:00", "2024-02-14"),
    ],
)
def test_abbreviated_durations(text: Any, start: Any, end: Any) -> None:
    assert parse_csv_period(text) == Period(day(start), day(end))
    assert parse_csv_period(text, "start") == Period(None, day(start))
    assert parse_csv_period(text, "end") == Period(None, day(end))
    if "/" not in text and ".." not in text:
        assert parse_csv_period(f"{text}@start") == Period(None, day(start))
        assert parse_csv_period(f"{text}@end") == Period(None, day(end))
        with pytest.raises(NotDurationError):
            parse_csv_period(f"{text}@end", "start")


@pytest.mark.parametrize(
    "text",
    "2024-13 2024-02-30 2024Q5 2024H3 2024W00 2023W53 2024W54 24 0000 9999 2024@middle 2024-01-15..2024-01-01 "
    "2024-01-01..2024-02-01@end 2024-01-01T00:00 2024-01-01/2024-02-01 ".split(" "),
)
def test_what_is_no_period(text: Any) -> None:
    with pytest.raises(PeriodError):
        parse_csv_period(text)


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-01T00:00:00.10",
        "2024-01-01T00:00:00+01:00",
        "2024-01-01",
        "2024",
        "2024-01-02T00:00:00/2024-01-01T00:00:00",
        "",
    ],
)
def test_periods_of_json_have_one_form(text: Any) -> None:
    with pytest.raises(PeriodError):
        parse_period(text)


def test_time_zones_become_utc() -> None:
    period = Period(day("2024-01-01"), day("2024-02-01"), ("-05:00", "+14:00"))
    assert format_period(period) == "2024-01-01T05:00:00Z/2024-01-31T10:00:00Z"


@given(
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)),
    st.one_of(st.none(), st.timedeltas(min_value=timedelta(microseconds=1), max_value=timedelta(days=4000))),
)
def test_periods_written_are_read_back(start: Any, length: Any) -> None:
    period = Period(None, start) if length is None else Period(start, start + length)
    text = format_period(period)
    assert text is not None
    assert parse_period(text) == period


NAMESPACES = {"iso4217": "i", "xbrli": "x", "u": "n"}


@pytest.mark.parametrize(
    ("text", "numerators", "denominators"),
    [
        ("iso4217:USD", ["{i}USD"], []),
        ("u:a*u:b", ["{n}a", "{n}b"], []),
        ("iso4217:USD/xbrli:shares", ["{i}USD"], ["{x}shares"]),
        ("(u:a*u:b)/(u:c*u:d)", ["{n}a", "{n}b"], ["{n}c", "{n}d"]),
    ],
)
def test_units(text: Any, numerators: Any, denominators: Any) -> None:
    expected = tuple(map(QName.of, numerators)), tuple(map(QName.of, denominators))
    assert parse_unit(text, NAMESPACES) == expected


@pytest.mark.parametrize(
    "text",
    ["USD", "u:b*u:a", "u:a*u:b/u:c", "(u:a)", "u:a/(u:b)", "u:a/u:b/u:c", "u:a ", "u:a*", "", "/u:a", "u:a//u:b"],
)
def test_what_is_no_unit(text: Any) -> None:
    with pytest.raises(UnitError) as caught:
        parse_unit(text, NAMESPACES)
    assert caught.value.code == "oimce:invalidUnitStringRepresentation"


def test_places_in_json() -> None:
    text = JSONText(b'{\n "a": [1,\n {"b": "\\"}",\n "c" :\n {}}],\n"d": 2\n}', "r.json", "x")
    assert [
        text.line(path) for path in [(), ("a",), ("a", 0), ("a", 1), ("a", 1, "c"), ("d",), ("a", 7), ("gone",)]
    ] == [
        1,
        2,
        2,
        3,
        4,
        6,
        2,
        1,
    ]
    assert text.lines_of_keys((), ["a", "d"]) == {"a": 2, "d": 6}


def test_repeated_keys_at_any_depth() -> None:
    text = JSONText(b'{"a": [\n{"b": 1,\n"b": 2}],\n"a": 3}', "r.json", "x")
    assert text.has_repeated_keys
    assert text.repeated_keys() == [(("a", 0, "b"), 3), (("a",), 4)]
