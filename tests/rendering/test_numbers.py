"""Titles, scales, symbols, texts of cells, footnotes (rendering.md 12 to 14, 19.5, 19.6; items 39 to 61 of 28)."""

from __future__ import annotations

import pytest

from recto.rendering.cell_text import grouped, percentage, shown_date
from recto.rendering.durations import worded
from recto.rendering.headings import told_suffixes
from recto.rendering.scaling import Scale, scaled
from tests.rendering.small import Small, heads, lines


def base() -> Small:
    small = Small()
    for name in ("A", "B", "C", "D", "E"):
        small.concept(name, label=name)
    for name, type_ in (("Price", "per share"), ("Count", "shares"), ("Ratio", "pure"), ("Text", "string")):
        small.concept(name, type_, label=name)
    small.concept("Cost", "decimal", label="Cost")
    small.abstract("Head", label="Head")
    return small


def scale_of(small: Small, definition: str = "1 - Disclosure - X") -> str:
    small.page(definition, "Head\n" + "".join(f"  {name}\n" for name in small.concepts if name != "Head"))
    return small.report().scale


# Titles


def test_one_visible_column_promotes_nothing() -> None:
    small = base()
    small.page("1 - Disclosure - ONECOL (Details)", "Head\n  A")
    small.fact("A", "2024", "1", "usd", 0)
    report = small.report()
    assert (report.title, heads(report)) == ("ONECOL (Details)", ["12 Months Ended / Dec. 31, 2024 / USD ($)"])


def test_a_common_period_goes_into_the_title() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A")
    for unit in ("usd", "eur"):
        small.fact("A", "2024", "1", unit, 0)
    assert small.report().title == "X - 12 months ended Dec. 31, 2024"


@pytest.mark.parametrize(
    ("facts", "title"),
    [
        ((("A", "usd"),), "X - USD ($)"),
        ((("A", "usd"), ("Price", "usd_per_share"), ("Count", "shares")), "X - USD ($)"),
        ((("Count", "shares"),), "X - shares"),
        ((("A", "usd"), ("Ratio", "pure")), "X"),
        ((("A", "usd"), ("B", "eur")), "X"),
        ((("A", "usd"), ("Price", "eur_per_share")), "X"),
        ((("Price", "usd_per_share"), ("Count", "shares")), "X - $ / shares"),
        ((("Cost", "bbl"), ("Count", "shares")), "X"),
        ((("Cost", "bbl"),), "X - bbl"),
        ((("Cost", "sqft"),), "X - ft²"),
    ],
)
def test_the_only_unit_goes_into_the_title(facts: tuple[tuple[str, str], ...], title: str) -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n" + "".join(f"  {name}\n" for name, _ in facts))
    for period in ("2024", "2023"):
        for name, unit in facts:
            small.fact(name, period, "1", unit, 0)
    assert small.report().title == title


# Scales


@pytest.mark.parametrize(
    ("decimals", "caption"),
    [
        ((0,), ""),
        ((-2,), ""),
        ((-3,), " $ in Thousands"),
        ((-4,), " $ in Thousands"),
        ((-5,), " $ in Millions"),
        ((-6, -3), " $ in Thousands"),
        ((-7,), " $ in Millions"),
        ((-8,), " $ in Billions"),
        ((-12,), " $ in Trillions"),
        ((-21,), " $ in scaling factor is -21"),
        ((-3, "INF"), ""),
        ((-3, None), " $ in Thousands"),
    ],
)
def test_decimals_decide_on_the_scale(decimals: tuple[int | str | None, ...], caption: str) -> None:
    small = base()
    for name, each in zip("ABCDE", decimals, strict=False):
        small.fact(name, "2024", "1000", "usd", each)
    assert scale_of(small) == caption


def test_amounts_without_any_decimals_are_no_numbers() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A")
    small.fact("A", "2024", "2018", "usd")
    report = small.report()
    assert report.scale == " None in scaling factor is -9223372036854775296"
    assert lines(report)[1] == ("A", "$ nan")


def test_units_of_the_scale_line_stand_in_descending_order() -> None:
    small = base()
    small.fact("A", "2024", "1000", "usd", -3)
    small.fact("B", "2024", "1000", "jpy", -3)
    small.fact("Price", "2024", "1.5", "usd_per_share", 2)
    assert scale_of(small) == " $ / shares in Units, ¥ in Thousands, $ in Thousands"


def test_statements_do_not_tell_units_per_share() -> None:
    small = base()
    small.fact("A", "2024", "1000", "usd", -3)
    small.fact("Price", "2024", "1.5", "usd_per_share", 2)
    assert scale_of(small, "1 - Statement - X") == " $ in Thousands"


@pytest.mark.parametrize(
    ("value", "exponent", "places", "text"),
    [
        ("2500", -3, 0, "2"),
        ("101500", -3, 0, "102"),
        ("100500", -3, 0, "100"),
        ("-400", -3, 0, "-0"),
        ("0", -6, 1, "0.0"),
        ("1234567", -6, 1, "1.2"),
        ("1" * 40, -3, 0, "nan"),
    ],
)
def test_scaled_amounts_are_rounded_half_to_even(value: str, exponent: int, places: int, text: str) -> None:
    assert scaled(value, Scale(exponent, places)) == text


# Cells


def test_symbols_stand_at_both_ends_of_a_run() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A\n  B\n  C\n  Text\n  D\n  Count\n  Price")
    for name, value in zip("ABCD", ("5", "6", "-6", "7"), strict=True):
        small.fact(name, "2024", value, "usd", 0)
    small.fact("Text", "2024", "words")
    small.fact("Count", "2024", "8", "shares", 0)
    small.fact("Price", "2024", "1.2", "usd_per_share", 1)
    cells = [line[1] for line in lines(small.report())[1:]]
    assert cells == ["$ 5", "6", "$ (6)", "words", "$ 7", "8", "$ 1.2"]


def test_a_columns_first_symbol_is_that_of_all_its_amounts() -> None:
    small = base()
    small.concept("Barrel", "per share", label="Barrel")
    small.page("1 - Disclosure - X", "Head\n  Barrel\n  A")
    for period in ("2024", "2023"):
        small.fact("Barrel", period, "80", "usd_per_bbl", 0)
        small.fact("A", period, "-5", "usd", 0)
    assert lines(small.report())[2] == ("A", "$ / bbl (5)", "$ / bbl (5)")


def test_a_nil_cell_swallows_the_symbol() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A\n  B\n  C")
    small.fact("A", "2024", None, "usd")
    small.fact("B", "2024", "1", "usd", 0)
    small.fact("C", "2024", "2", "usd", 0)
    assert [line[1] for line in lines(small.report())[1:]] == [" ", "1", "$ 2"]


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [("5", 0, "(5)"), ("-5", 0, "5"), ("0", 0, "0"), ("0.00", 0, "(0.00)"), ("-0", 0, "0")],
)
def test_negated_labels_turn_the_sign(value: str, decimals: int, text: str) -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  Count @negated")
    small.fact("Count", "2024", value, "shares", decimals)
    assert lines(small.report())[1][1] == text


def test_a_negated_zero_with_decimals_is_scaled_to_a_negative_zero() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A @negated")
    small.fact("A", "2024", "0.0", "usd", -3)
    (cell,) = small.report().rows[1].cells
    assert (cell.text, cell.negative) == ("$ (0)", False)


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ("0.9", "90.00%"),
        ("0.123456789", "12.34568%"),
        ("12.5", "1250.00%"),
        ("0.57", "57.00%"),
        ("0.0000001", "0.00001%"),
        ("0.12345675", "12.34567%"),
        ("0", "0.00%"),
        ("1e999", "Infinity"),
        ("nan", "NaN"),
        ("x", "NaN"),
    ],
)
def test_percentages(digits: str, text: str) -> None:
    assert percentage(digits) == text


@pytest.mark.parametrize(
    ("digits", "text"),
    [
        ("1234567.50", "1,234,567.50"),
        ("123", "123"),
        ("1000", "1,000"),
        ("0.123456", "0.123456"),
        ("3764\n    ", "376,4\n ,   "),
    ],
)
def test_groups_of_three_characters(digits: str, text: str) -> None:
    assert grouped(digits) == text


def test_white_space_around_an_amount_is_grouped_too() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  Count")
    small.fact("Count", "2024", "3764\n    ", "shares", 0)
    assert lines(small.report())[1][1] == "376,4\n ,   "


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P30M", "30 months"),
        ("P180D", "180 days"),
        ("P1Y", "1 year"),
        ("P1Y6M0D", "1 year 6 months"),
        ("P0Y0M", "0 years"),
        ("-P3M", "minus 3 months"),
        ("PT1.5S", "1.5 seconds"),
        ("P10Y to P12Y", "10 years to 12 years"),
        ("P3W", "P3W"),
        ("P", "P"),
        ("none", "none"),
    ],
)
def test_durations_in_words(text: str, words: str) -> None:
    assert worded(text) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-03-29", "Mar. 29,  2025"),
        ("2024-05-05", "May  05,  2024"),
        ("2024-05-05T00:00:00", "May NaN,  2024"),
    ],
)
def test_dates(text: str, shown: str) -> None:
    assert shown_date(text) == shown


def test_texts() -> None:
    small = base()
    small.concept("Block", "block", label="Block")
    small.concept("Day", "date", label="Day")
    small.concept("Term", "duration", label="Term")
    small.page("1 - Disclosure - X", "Head\n  Text\n  Block\n  Day\n  Term\n  A")
    small.fact("Text", "2024", "a < b & c")
    small.fact("Block", "2024", "<p>text</p>")
    small.fact("Day", "2024", "2024-12-31")
    small.fact("Term", "2024", "P2Y")
    report = small.report()
    assert [line[1] for line in lines(report)[1:]] == ["a &lt; b & c", "<p>text</p>", "Dec. 31,  2024", "2 years"]
    assert [row.cells[0].kind for row in report.rows[1:]] == ["text", "html", "date", "text"]


def test_suffixes_told() -> None:
    assert told_suffixes(["$", "$", "shares"]) == {"shares"}
    assert told_suffixes(["$", "shares"]) == {"$", "shares"}
    assert told_suffixes(["$", "$"]) == set()


# Footnotes


def test_a_note_of_all_cells_moves_to_the_row() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A\n  B")
    for period in ("2024", "2023"):
        small.fact("A", period, "1", "usd", 0, note=f"note {period}")
        small.fact("B", period, "2", "usd", 0)
    report = small.report()
    assert [cell.footnotes for cell in report.rows[1].cells] == [(1,), (2,)]
    assert report.footnotes == [(1, "note 2024"), (2, "note 2023")]


def test_notes_of_a_cell_are_numbered_by_text() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A\n  B")
    small.fact("A", "2024", "1", "usd", 0, note="beta")
    small.notes.append(("f0", "alpha"))
    small.fact("A", "2023", "1", "usd", 0)
    small.fact("B", "2024", "1", "usd", 0)
    report = small.report()
    assert report.footnotes == [(1, "alpha"), (2, "beta")]
    assert report.rows[1].cells[0].footnotes == (1, 2)


def test_a_note_of_a_whole_column_moves_to_its_heading() -> None:
    small = base()
    small.page("1 - Disclosure - X", "Head\n  A\n  B")
    small.fact("A", "2024", "1", "usd", 0, note="year")
    small.fact("A", "2023", "1", "usd", 0)
    small.fact("B", "2023", "1", "usd", 0)
    report = small.report()
    assert report.columns[0].footnotes == (1,)
    assert report.rows[1].cells[0].footnotes == ()


def test_a_name_with_white_space_around_it_is_no_name() -> None:
    small = base()
    small.concept("Name", "xbrli:QNameItemType", label="Name")
    small.page("1 - Disclosure - X (Details)", "Head\n  Name")
    small.fact("Name", "2024", " t:A ")
    small.fact("Name", "2023", "t:A")
    row = next(row for row in small.report().rows if row.kind == "item")
    assert [cell.text.strip() for cell in row.cells] == ["t:A", "A"]
