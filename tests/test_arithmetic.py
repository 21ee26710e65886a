"""Numbers without bounds: no arithmetic raises, sums are neither rounded to 28 digits nor overflow."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recto import arithmetic

EXPONENTS = st.sampled_from(("", "e5", "E-7", "e999999", "e-999999", "e999999999999", "e99999999999999999999999"))
TEXTS = st.one_of(
    st.from_regex(r"\A[+-]?[0-9]{1,40}(\.[0-9]{0,40})?\Z"),
    st.builds(lambda digits, power: digits + power, st.from_regex(r"\A-?[0-9]{1,5}\Z"), EXPONENTS),
    st.sampled_from(("INF", "-INF", "NaN", "9" * 5000, "-0", "0.0", ".5", "5.")),
)


@given(TEXTS, TEXTS, st.sampled_from((0, 2, -3, 400, -400, 999999, -999999, 10**30, -(10**30))))
def test_nothing_raises(one: str, other: str, decimals: int) -> None:
    first, second = arithmetic.number_of(one), arithmetic.number_of(other)
    if first is None or second is None:
        return
    for operation in (arithmetic.add, arithmetic.subtract, arithmetic.multiply):
        assert isinstance(arithmetic.shown(operation(first, second)), str)
    assert isinstance(arithmetic.shown(arithmetic.rounded(first, decimals)), str)
    assert len(arithmetic.shown(first)) < 2000
    assert isinstance(arithmetic.written(first), str)


def test_sums_are_exact() -> None:
    huge, small = Decimal("1e300"), Decimal("1e-300")
    assert arithmetic.subtract(arithmetic.add(huge, small), huge) == small
    assert arithmetic.add(Decimal("12345678901234567890123456789012"), Decimal("0.1")) == Decimal(
        "12345678901234567890123456789012.1"
    )


@pytest.mark.parametrize(
    ("number", "decimals", "expected"),
    [
        ("2.5", 0, "2"),
        ("3.5", 0, "4"),
        ("-1250", -2, "-1200"),
        ("49", -2, "0"),
        ("51", -2, "100"),
        ("5", -999999, "0"),
        ("1.25", 999999, "1.25"),
        ("1e999999", -5, "1e999999"),
        ("123456789012345678901234567890.5", 0, "123456789012345678901234567890"),
    ],
)
def test_rounding_to_even(number: str, decimals: int, expected: str) -> None:
    assert arithmetic.rounded(Decimal(number), decimals) == Decimal(expected)


@pytest.mark.parametrize("text", ["", "1,000", "1_000", "１２", "1e", "Infinity", "nan", "NaN", "sNaN", "0x1", "1 2"])
def test_what_is_no_number_of_xml(text: str) -> None:
    assert arithmetic.number_of(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1234.50", "1,234.50"),
        ("-INF", "-INF"),
        ("1e999999", "1E+999999"),
        ("0", "0"),
        ("1" * 500, "1.11111111111E+499"),
    ],
)
def test_numbers_for_people_are_short(number: str, text: str) -> None:
    found = arithmetic.number_of(number)
    assert found is not None
    assert arithmetic.shown(found) == text
