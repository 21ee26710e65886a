"""Transformation registries 2 (31 July 2011) and 3 (26 February 2015).

Registry 3 is registry 2 with Danish, Indian and further numeric formats. Dates allow any characters that are not
digits between their parts; numbers allow one grouping character between groups of three digits.
"""

from __future__ import annotations

from collections.abc import Mapping

from recto.instance.inline.transforms.dates import (
    DAY,
    GAP,
    INDIC,
    SPACE,
    WIDE,
    YEAR,
    dated,
    era_year_month,
    era_year_month_day,
    saka_day_month_year,
)
from recto.instance.inline.transforms.model import Format, Registry, table
from recto.instance.inline.transforms.months import ENGLISH, HINDI, LANGUAGES, alternatives
from recto.instance.inline.transforms.numbers import decimal, fixed, unit_decimal, zero_dash

NAMESPACE_2 = "http://www.xbrl.org/inlineXBRL/transformation/2011-07-31"
NAMESPACE_3 = "http://www.xbrl.org/inlineXBRL/transformation/2015-02-26"

_EN = alternatives(ENGLISH)
_WIDE_DAY = f"([{WIDE}]{{1,2}})"
_WIDE_YEAR = f"([{WIDE}]{{1,2}}|[{WIDE}]{{4}})"
_CJK_MONTH = f"{_WIDE_YEAR}{SPACE}年{SPACE}{_WIDE_DAY}{SPACE}月"
_INDIC_GAP = f"[^{INDIC}]+"
_INDIC_DAY = "([0-9]{1,2}|[०-९]{1,2})"
_INDIC_YEAR = "([0-9]{2}|[0-9]{4}|[०-९]{2}|[०-९]{4})"

_UNIT_GAP = f"[^{WIDE}.,．，]"
_UNIT_WHOLE = f"(?:[0０]|[1-9１-９][{WIDE}]{{0,2}}(?:[.,．，]?[{WIDE}]{{3}})*)"

_BREAK = r"[, \t\n\r\xa0]"

_OUTPUT = {"dmy": "xs:date", "dm": "xs:gMonthDay", "my": "xs:gYearMonth"}


def date_format(
    name: str,
    pattern: str,
    order: str,
    expects: str,
    example: tuple[str, str],
    months: Mapping[str, int] | None = None,
    *,
    folded: bool = False,
) -> Format:
    """A format of the date family; its output type follows from the parts that `order` names."""
    parts = "".join(part for part in "dmy" if part in order)
    return Format(name, dated(pattern, order, months, folded=folded), expects, _OUTPUT[parts], example)


def numeric_dates() -> dict[str, Format]:
    """Formats with all parts in digits, by the parts' order; registry 4 has them under other names."""
    return {
        "dm": date_format("datedaymonth", f"{DAY}{GAP}{DAY}", "dm", "day and month in digits", ("13/08", "--08-13")),
        "dmy": date_format(
            "datedaymonthyear",
            f"{DAY}{GAP}{DAY}{GAP}{YEAR}",
            "dmy",
            "day, month and year in digits",
            ("13.08.32", "2032-08-13"),
        ),
        "md": date_format("datemonthday", f"{DAY}{GAP}{DAY}", "md", "month and day in digits", ("08/13", "--08-13")),
        "mdy": date_format(
            "datemonthdayyear",
            f"{DAY}{GAP}{DAY}{GAP}{YEAR}",
            "mdy",
            "month, day and year in digits",
            ("08/13/32", "2032-08-13"),
        ),
    }


def english_dates() -> dict[str, Format]:
    """Formats with the month as an English name, by the parts' order; registry 4 has them under other names."""
    rows = (
        ("dm", "datedaymonthen", f"{DAY}{GAP}{_EN}", "day and English month name", ("13 August", "--08-13")),
        (
            "dmy",
            "datedaymonthyearen",
            f"{DAY}{GAP}{_EN}{GAP}{YEAR}",
            "day, English month name and year",
            ("1st Aug 2009", "2009-08-01"),
        ),
        (
            "md",
            "datemonthdayen",
            f"{_EN}{GAP}{DAY}[A-Za-z]{{0,2}}",
            "English month name and day",
            ("August 13th", "--08-13"),
        ),
        (
            "mdy",
            "datemonthdayyearen",
            f"{_EN}{GAP}{DAY}{GAP}{YEAR}",
            "English month name, day and year",
            ("August 13, 2032", "2032-08-13"),
        ),
        ("my", "datemonthyearen", f"{_EN}{GAP}{YEAR}", "English month name and year", ("Aug 2032", "2032-08")),
        ("ym", "dateyearmonthen", f"{YEAR}{GAP}{_EN}", "year and English month name", ("2032 August", "2032-08")),
    )
    return {
        order: date_format(name, pattern, order, expects, example, ENGLISH)
        for order, name, pattern, expects, example in rows
    }


def _japanese() -> list[Format]:
    return [
        Format(
            "dateerayearmonthdayjp",
            era_year_month_day,
            "Japanese era, year, month and day",
            "xs:date",
            ("平成元年5月31日", "1989-05-31"),
        ),
        Format(
            "dateerayearmonthjp",
            era_year_month,
            "Japanese era, year and month",
            "xs:gYearMonth",
            ("令和2年5月", "2020-05"),
        ),
        date_format(
            "dateyearmonthdaycjk",
            f"{_CJK_MONTH}{SPACE}{_WIDE_DAY}{SPACE}日",
            "ymd",
            "year, month and day with 年, 月 and 日",
            ("2010年5月31日", "2010-05-31"),
        ),
        date_format(
            "dateyearmonthcjk",
            _CJK_MONTH,
            "ym",
            "year and month with 年 and 月",
            ("２０１０年５月", "2010-05"),
        ),
    ]


def _numbers() -> list[Format]:
    return [
        Format(
            "numcommadecimal",
            decimal(r"[0-9]{1,3}(?:[. \t\n\r\xa0]?[0-9]{3})*(?:,[0-9]+)?", ","),
            "digits, grouped by dot or space, with a comma before the fraction",
            "nonNegativeDecimal",
            ("123.456,78", "123456.78"),
        ),
        Format(
            "numdotdecimal",
            decimal(r"[0-9]{1,3}(?:[, \t\n\r\xa0]?[0-9]{3})*(?:\.[0-9]+)?", "."),
            "digits, grouped by comma or space, with a dot before the fraction",
            "nonNegativeDecimal",
            ("123,456.78", "123456.78"),
        ),
        Format(
            "numunitdecimal",
            unit_decimal(f"({_UNIT_WHOLE}){_UNIT_GAP}+([{WIDE}]{{1,2}}){_UNIT_GAP}*"),
            "units and hundredths in digits, both followed by words",
            "nonNegativeDecimal",
            ("3,000円5銭", "3000.05"),
        ),
        Format("zerodash", zero_dash, "a dash", "zeroInteger", ("—", "0")),
    ]


def registry_2() -> Registry:
    """The formats of registry 2."""
    return table(
        Format("booleanfalse", fixed("false"), "any text", "xs:boolean", ("none", "false")),
        Format("booleantrue", fixed("true"), "any text", "xs:boolean", ("☒", "true")),
        Format("nocontent", fixed(""), "any text", "nocontentType", ("none", "")),
        *numeric_dates().values(),
        *english_dates().values(),
        *_japanese(),
        *_numbers(),
    )


NOT_BOTH = r"(?![a-z]+\.)"
"""After the stem of a Danish month: letters or full stops may follow, not both."""


def danish_dates() -> dict[str, Format]:
    """Formats with Danish month names, by the parts' order; their folded stems take in all the spellings."""
    stems = LANGUAGES["da"]
    month = alternatives(stems)
    rows = (
        (
            "dm",
            "datedaymonthdk",
            rf"{DAY}{GAP}{month}{NOT_BOTH}[a-z]*\.*",
            "day and Danish month name",
            ("1. maj", "--05-01"),
        ),
        (
            "dmy",
            "datedaymonthyeardk",
            f"{DAY}{GAP}{month}{NOT_BOTH}[^0-9]*{YEAR}",
            "day, Danish month name and year",
            ("25. september 2012", "2012-09-25"),
        ),
        (
            "my",
            "datemonthyeardk",
            f"{month}{NOT_BOTH}[^0-9]*{YEAR}",
            "Danish month name and year",
            ("okt. 12", "2012-10"),
        ),
    )
    return {
        order: date_format(name, pattern, order, expects, example, stems, folded=True)
        for order, name, pattern, expects, example in rows
    }


def _indian() -> list[Format]:
    hindi = alternatives(HINDI)
    month = f"{hindi[:-1]}|[०-९]{{1,2}})"  # months may also be given in Devanagari digits, but not in ASCII ones
    return [
        Format(
            "calindaymonthyear",
            saka_day_month_year,
            "day, month name and year of the Indian national calendar",
            "xs:date",
            ("११ चैत्र १९२१", "1999-04-01"),
        ),
        date_format(
            "datedaymonthyearin",
            f"{_INDIC_DAY}{_INDIC_GAP}{month}{_INDIC_GAP}{_INDIC_YEAR}",
            "dmy",
            "day, Hindi month name and year",
            ("६ सितंबर २०१२", "2012-09-06"),
            HINDI,
        ),
        date_format(
            "datemonthyearin",
            f"{hindi}{_INDIC_GAP}{_INDIC_YEAR}",
            "my",
            "Hindi month name and year",
            ("सितंबर 2012", "2012-09"),
            HINDI,
        ),
        Format(
            "numdotdecimalin",
            decimal(
                rf"(?:(?:[0-9]{{1,2}}{_BREAK})?(?:[0-9]{{2}}{_BREAK})*[0-9]{{3}}|[0-9]+)(?:\.[0-9]+)?",
                ".",
            ),
            "digits, in Indian groups by comma or space, with a dot before the fraction",
            "nonNegativeDecimal",
            ("1,23,456.78", "123456.78"),
        ),
        Format(
            "numunitdecimalin",
            unit_decimal("([0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}|[0-9]+)[^0-9]+([0-9]{1,2})[^0-9]*"),
            "units, in Indian groups, and hundredths in digits, both followed by words",
            "nonNegativeDecimal",
            ("12,34,567 rupees 8 paise", "1234567.08"),
        ),
    ]


def registry_3() -> Registry:
    """The formats of registry 3."""
    return table(
        *registry_2().values(),
        *danish_dates().values(),
        *_indian(),
        date_format("datemonthyear", f"{DAY}{GAP}{YEAR}", "my", "month and year in digits", ("12/2012", "2012-12")),
        date_format(
            "dateyearmonthday",
            f"{_WIDE_YEAR}[^{WIDE}]+{_WIDE_DAY}[^{WIDE}]+{_WIDE_DAY}",
            "ymd",
            "year, month and day in digits",
            ("2010/5/31", "2010-05-31"),
        ),
    )
