"""Transformation registry 1 (Recommendation of 20 April 2010, and its candidate of 2008).

Each format fixes one notation exactly: separators, one space between words, months in full or by three letters.
"""

from __future__ import annotations

from collections.abc import Mapping

from recto.instance.inline.transforms.dates import DAY, YEAR, dated
from recto.instance.inline.transforms.model import Format, Registry, table
from recto.instance.inline.transforms.months import ENGLISH_LONG, ENGLISH_SHORT, alternatives
from recto.instance.inline.transforms.numbers import decimal

NAMESPACES = (
    "http://www.xbrl.org/2008/inlineXBRL/transformation",
    "http://www.xbrl.org/inlineXBRL/transformation/2010-04-20",
)

_YEAR = "([0-9]{2}|[0-9]{4})"


def _numeric_dates() -> list[Format]:
    return [
        Format(name, dated(pattern, order), expects, "xs:date" if "y" in order else "xs:gMonthDay", example)
        for name, pattern, order, expects, example in (
            ("datedoteu", rf"{DAY}\.{DAY}\.{YEAR}", "dmy", "day.month.year", ("13.08.32", "2032-08-13")),
            ("datedotus", rf"{DAY}\.{DAY}\.{YEAR}", "mdy", "month.day.year", ("08.13.32", "2032-08-13")),
            ("dateslasheu", f"{DAY}/{DAY}/{YEAR}", "dmy", "day/month/year", ("13/08/2032", "2032-08-13")),
            ("dateslashus", f"{DAY}/{DAY}/{YEAR}", "mdy", "month/day/year", ("08/13/2032", "2032-08-13")),
            ("dateslashdaymontheu", f"{DAY}/{DAY}", "dm", "day/month", ("13/08", "--08-13")),
            ("dateslashmonthdayus", f"{DAY}/{DAY}", "md", "month/day", ("08/13", "--08-13")),
        )
    ]


def _word_dates(size: str, months: Mapping[str, int], august: str) -> list[Format]:
    month = alternatives(months)
    shape = "month in full" if size == "long" else "month by three letters"
    return [
        Format(f"date{size}{suffix}", dated(pattern, order, months), f"{words}, {shape}", output, (text, value))
        for suffix, pattern, order, words, output, text, value in (
            ("uk", f"{DAY} {month} {_YEAR}", "dmy", "day month year", "xs:date", f"13 {august} 2032", "2032-08-13"),
            ("us", f"{month} {DAY}, {_YEAR}", "mdy", "month day, year", "xs:date", f"{august} 3, 32", "2032-08-03"),
            ("daymonthuk", f"{DAY} {month}", "dm", "day month", "xs:gMonthDay", f"13 {august}", "--08-13"),
            ("monthdayus", f"{month} {DAY}", "md", "month day", "xs:gMonthDay", f"{august} 13", "--08-13"),
            ("yearmonth", f"{_YEAR} {month}", "ym", "year month", "xs:gYearMonth", f"2032 {august}", "2032-08"),
            ("monthyear", f"{month} {_YEAR}", "my", "month year", "xs:gYearMonth", f"{august} 32", "2032-08"),
        )
    ]


def _grouped(group: str, point: str) -> str:
    return rf"(?:[0-9]{{1,3}}(?:[{group}][0-9]{{3}})*|[0-9]+)(?:\{point}[0-9]+)?"


def _numbers() -> list[Format]:
    space = " \xa0"
    return [
        Format(name, decimal(pattern, point), expects, "nonNegativeDecimal", example)
        for name, pattern, point, expects, example in (
            ("numcomma", "[0-9]+(?:,[0-9]+)?", ",", "digits, comma before the fraction", ("1234,5", "1234.5")),
            ("numcommadot", _grouped(",", "."), ".", "groups by comma, then a dot", ("1,234.5", "1234.5")),
            ("numdotcomma", _grouped(".", ","), ",", "groups by dot, then a comma", ("1.234,5", "1234.5")),
            ("numspacecomma", _grouped(space, ","), ",", "groups by space, then a comma", ("1 234,5", "1234.5")),
            ("numspacedot", _grouped(space, "."), ".", "groups by space, then a dot", ("1 234.5", "1234.5")),
        )
    ]


def _dash(text: str) -> str | None:
    return "0" if text == "-" else None


def registry() -> Registry:
    """The formats of registry 1."""
    return table(
        *_numeric_dates(),
        *_word_dates("long", ENGLISH_LONG, "August"),
        *_word_dates("short", ENGLISH_SHORT, "Aug"),
        *_numbers(),
        Format("numdash", _dash, "a hyphen", "zeroInteger", ("-", "0")),
    )
