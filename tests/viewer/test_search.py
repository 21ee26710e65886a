"""Searching: numbers by their digits, words of lines, and texts."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto
from recto.viewer import Description
from recto.viewer.search import excerpt, same_digits, significant, typed_digits, wanted


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("1,234", "1234"),
        ("$ (1,234)", "1234"),
        ("$1.234 million", "1234"),
        ("0.50%", "5"),
        ("1.234.000 €", "1234"),
        ("1.234.567,80", "12345678"),
        ("1’234’000", "1234"),
        ("revenue", ""),
        ("10-K", ""),
        ("1.2.3", ""),
        ("0", ""),
    ],
)
def test_what_is_typed_as_a_number(typed: str, digits: str) -> None:
    assert typed_digits(typed) == digits


def test_numbers_are_the_same_whatever_the_scale_and_when_rounded() -> None:
    assert significant("-0.0012300") == "123"
    assert significant("INF") == ""
    assert same_digits("1234", significant("1234000")) == 2
    assert same_digits("1234", significant("1234400000")) == 1
    assert same_digits("1234", significant("1233600000")) == 1
    assert same_digits("1234", significant("1234600000")) == 0
    assert same_digits("2", significant("1999")) == 0
    assert same_digits("124", significant("1239.9")) == 1


def test_words_and_what_surrounds_them() -> None:
    assert wanted(" Two  Losses gas ") == ["two", "losse", "gas"]
    text = "before " * 40 + "the Impairment of goodwill" + " after" * 40
    assert excerpt(text, ["impairment"], 60).startswith("… ")
    assert "Impairment of goodwill" in excerpt(text, ["impairment"], 60)
    assert excerpt("short", ["absent"]) == "short"


def test_pages_lines_values_and_texts(data: Path) -> None:
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        index = Description(filing).index
        groups = {each["kind"]: each for each in index.find("inventory")["groups"]}
        assert all(each["count"] == len(each["hits"]) for each in groups.values())
        (line, *_) = groups["lines"]["hits"]
        report = filing.report(line["page"])
        assert "inventor" in f"{report.rows[line['row']].label}".casefold()
        numbers = {each["kind"]: each for each in index.find("2,100")["groups"]}["values"]
        assert {each["text"] for each in numbers["hits"]} == {"2100000"}
        place = numbers["hits"][0]
        assert filing.report(place["page"]).rows[place["row"]].cells[place["column"]].facts[0].value == "2100000"
        assert index.find("  ") == {"groups": []}
