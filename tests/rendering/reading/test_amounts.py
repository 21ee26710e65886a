from datetime import date
from decimal import Decimal

import pytest

from recto.rendering.reading.amounts import (
    Scale,
    date_in_label,
    parse_amount,
    parse_date,
    start_of,
    unit_of_heading,
)
from recto.rendering.reading.titles import split_title


@pytest.mark.parametrize(
    ("text", "digits", "symbol"),
    [
        ("$ 95,359", "95359", "$"),
        ("$ (279)", "-279", "$"),
        ("(12.50)", "-12.50", ""),
        ("¥ 110,668", "110668", "¥"),
        ("0.33", "0.33", ""),
        ("(0)", "0", ""),
        ("R$ 1,000", "1000", "R$"),
        ("$ / bbl 70.5", "70.5", "$ / bbl"),
        ("$ 1.2", "1.2", "$"),
    ],
)
def test_amounts_with_symbols_and_parentheses(text: str, digits: str, symbol: str) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert (amount.digits, amount.symbol) == (Decimal(digits), symbol)


def test_percentages_are_fractions() -> None:
    amount = parse_amount("(5.25%)")
    assert amount is not None
    assert amount.percent
    assert amount.digits == Decimal("-0.0525")
    assert amount.places == 4


@pytest.mark.parametrize("text", ["180 days", "10-Q", "Mar. 29,  2025", "", "false", "--12-31", "A 5"[:1]])
def test_texts_are_no_amounts(text: str) -> None:
    assert parse_amount(text) is None


def test_scale_line_of_today() -> None:
    scale = Scale.parse(" $ / shares in Units, ¥ in Thousands, $ in Millions")
    assert scale.powers == {"$ / shares": 0, "¥": 3, "$": 6}
    assert scale.power("$", "money") == 6
    assert scale.power("€", "money") == 0


def test_scale_line_before_2013() -> None:
    scale = Scale.parse("In Millions, except Share data in Thousands, Per Share data, unless otherwise specified")
    assert scale.power("$", "money") == 6
    assert scale.power("", "shares") == 3
    assert scale.power("$", "per share") == 0


def test_titles_of_both_generations() -> None:
    assert split_title("BALANCE SHEETS - USD ($)")[:2] == ("BALANCE SHEETS", {"$": "USD"})
    assert split_title("BALANCE SHEETS (USD $)")[:2] == ("BALANCE SHEETS", {"$": "USD"})
    assert split_title("BALANCE SHEETS (Parenthetical)")[:2] == ("BALANCE SHEETS (Parenthetical)", {})
    assert split_title("Debt - XOF", types={"monetaryItemType"})[:2] == ("Debt", {"XOF": "XOF"})


@pytest.mark.parametrize(
    ("title", "scaled", "types", "unit", "sure"),
    [
        ("Energy (Details) - MWh", ("MWh",), (), "MWh", True),
        ("Energy (Details) - MWh", (), (), "MWh", True),
        ("Energy - North - MWh", (), {"decimalItemType"}, "MWh", True),
        ("Land (Details) - ft²", (), {"areaItemType"}, "ft²", True),
        ("Prices (Details) - $ / bbl", (), {"perUnitItemType"}, "$ / bbl", True),
        ("Equity (Details) - $ / shares", (), {"perShareItemType"}, "$ / shares", True),
        ("Speed (Details) - km / h", (), {"speedItemType"}, "km / h", True),
        ("Plan (Details) - shares", (), {"sharesItemType"}, "shares", True),
        ("Revenue (Details) - membership", ("membership",), {"integerItemType"}, "membership", True),
        ("Stores (Details) - Store", (), {"integerItemType"}, "Store", False),
        ("Segments (Details) - Buildings", ("$",), {"monetaryItemType"}, "", False),
        ("Taxes - Narrative (Details)", (), {"energyItemType"}, "", False),
        ("Rates - Leases / Rentals", (), {"percentItemType"}, "", False),
        ("Shares - Class A", (), {"sharesItemType"}, "", False),
    ],
)
def test_any_unit_that_a_title_says(
    title: str, scaled: tuple[str, ...], types: set[str], unit: str, sure: bool
) -> None:
    found = split_title(title, scaled, types)[2]
    assert (found.text, found.sure) == (unit, sure)


def test_headings_and_dates() -> None:
    assert unit_of_heading("CNY (¥)") == ("¥", "CNY")
    assert unit_of_heading("CHF") == ("CHF", "CHF")
    assert unit_of_heading("shares") is None
    assert parse_date("May 05, 2024") == date(2024, 5, 5)
    assert parse_date("Mar. 29,  2025") == date(2025, 3, 29)
    assert parse_date("Feb. 30, 2025") is None
    assert date_in_label("Ending balance at May. 31, 2023") == ("Ending balance", date(2023, 5, 31))


def test_usual_start_of_a_duration() -> None:
    assert start_of(date(2024, 12, 31), 12) == date(2024, 1, 1)
    assert start_of(date(2024, 3, 30), 1) == date(2024, 2, 29)
