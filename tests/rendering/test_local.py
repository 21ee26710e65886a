"""Words of pages in other languages, by CLDR."""

from __future__ import annotations

from datetime import datetime

import pytest

pytest.importorskip("babel")

from recto.rendering.languages import words_for
from recto.rendering.local import LocalWords
from recto.rendering.spans import Span
from recto.rendering.words import ENGLISH


def words(tag: str) -> LocalWords:
    found = LocalWords.of(tag)
    assert found is not None
    return found


def span(tag: str, *, start: datetime | None = datetime(2023, 1, 1)) -> Span:
    return Span(start, datetime(2024, 1, 1), 0, words(tag).date)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("de", "12 Monate bis 31.12.2023"),
        ("es", "12 meses hasta 31 dic 2023"),
        ("ja", "2023年12月31日までの12か月"),
        ("en-GB", "12 months ended 31 Dec 2023"),
        ("it", "12 mesi al 31 dic 2023"),
    ],
)
def test_periods(tag: str, text: str) -> None:
    assert words(tag).caption(span(tag)) == [text]


def test_a_language_without_a_phrase_writes_both_days() -> None:
    assert words("tr").caption(span("tr")) == ["1 Oca 2023 – 31 Ara 2023"]


def test_instants() -> None:
    assert words("ja").caption(span("ja", start=None)) == ["2023年12月31日"]
    assert words("de").caption(span("de", start=None)) == ["31.12.2023"]


@pytest.mark.parametrize(
    ("tag", "plain", "text"),
    [
        ("de", "€ (1,234,567.50)", "-1.234.567,50\xa0€"),
        ("de", "1,234", "1.234"),
        ("de", "90.25%", "90,25\xa0%"),
        ("en", "$ (1,234)", "$ (1,234)"),
        ("hi", "₹ 1,234,567", "₹ 12,34,567"),
        ("ja", "¥ (1,234)", "¥ (1,234)"),
        ("fr", "-1,234.5", "(1\u202f234,5)"),
        ("de", "nan", "nan"),
    ],
)
def test_numbers(tag: str, plain: str, text: str) -> None:
    assert words(tag).number(plain) == text


@pytest.mark.parametrize(
    ("tag", "symbol", "exponent", "text"),
    [
        ("de", "€", -3, " Tsd. €"),
        ("ja", "¥", -6, " 百万円"),
        ("en", "$", -6, " $ in millions"),
        ("pl", "zł", -3, " tys. zł"),
        ("de", "€", -12, " € · 10^12"),
        ("de", "€", 0, " €"),
    ],
)
def test_scales(tag: str, symbol: str, exponent: int, text: str) -> None:
    assert words(tag).scale(symbol, exponent) == text


def test_durations_and_dates_of_cells() -> None:
    assert words("de").duration("P1Y6M0D") == "1 Jahr 6 Monate"
    assert words("de").cell_date("Mar. 29,  2025", "2025-03-29") == "29.03.2025"
    assert words("de").cell_date("Feb. 31,  2025", "2025-02-31") == "Feb. 31,  2025"


def test_whose_words() -> None:
    assert words_for(("en-US", "en-GB"), sec=True) is ENGLISH
    assert words_for(("de", "en-US"), sec=True).language == "de"
    assert words_for(("en-GB",), sec=False).language == "en-GB"
    assert words_for(("xx-none",), sec=False) is ENGLISH
    assert words_for(("ar",), sec=False).right_to_left
