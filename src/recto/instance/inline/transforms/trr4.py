"""Transformation registries 4 (12 February 2020) and 5 (16 February 2022).

Names are hyphenated and say the order of the parts and the language of month names. Numbers take grouping characters
anywhere in front of the fraction. Registry 5 is registry 4 with Welsh dates and apostrophes as grouping characters.
"""

from __future__ import annotations

from msgspec.structs import replace

from recto.instance.inline.transforms.dates import (
    DAY,
    GAP,
    INDIC,
    WIDE,
    YEAR,
    era_year_month,
    era_year_month_day,
    saka_day_month_year,
)
from recto.instance.inline.transforms.model import Format, Registry, table
from recto.instance.inline.transforms.months import ALONE, HINDI, LANGUAGES, ROMAN, alternatives
from recto.instance.inline.transforms.numbers import decimal, fixed, unit_decimal
from recto.instance.inline.transforms.trr2 import NOT_BOTH, date_format, english_dates, numeric_dates

NAMESPACE_4 = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
NAMESPACE_5 = "http://www.xbrl.org/inlineXBRL/transformation/2022-02-16"

# A date that begins with its day, for each language: the first of May, as written there.
_DAY_FIRST = {
    "bg": "1 май", "cs": "1. května", "da": "1. maj", "de": "1. Mai", "el": "1 Μαΐου", "es": "1 de mayo",
    "et": "1. mai", "fi": "1. toukokuuta", "fr": "1er mai", "hr": "1. svibnja", "it": "1° maggio", "nl": "1 mei",
    "no": "1. mai", "pl": "1 maja", "pt": "1 de maio", "ro": "1 mai", "sk": "1. mája", "sl": "1. maja", "sv": "1 maj",
}  # fmt: skip
_ANY_END = "[^0-9]*"
_AT_WORD = "[^0-9]*[^0-9a-z]"  # before stems that count only where a word begins: Tachwedd is not "chw"
_BY_WORD = frozenset(("cy", "fi", "lt", "pl"))
_AFTER_YEAR = frozenset(("bg", "pl"))
"""Where more may stand behind the year: 31 декември 2020 г."""
_ENDINGS = {"cy": 7, "el": 8, "es": 7, "et": 5, "fi": 8, "fr": 5, "pl": 9, "ro": 7}
"""How many characters may follow a stem at the end of a text; 6 in other languages."""


def _before(language: str) -> str:
    return _AT_WORD if language in _BY_WORD else GAP


def day_first(language: str, example: str) -> list[Format]:
    """The three formats of a language that writes day, month name and year in this order."""
    stems, alone = LANGUAGES[language], ALONE[language]
    end, gap = f"[^0-9]{{0,{_ENDINGS.get(language, 6)}}}", GAP
    if language == "cs":
        end, gap = r"\.?", "[^0-9a-z][^0-9]*"
    elif language in ("da", "sv"):
        end, gap = rf"{NOT_BOTH}[a-z]*\.*", f"{NOT_BOTH}[^0-9]*"
    after = _ANY_END if language in _AFTER_YEAR else ""
    name = example.rsplit(" ", 1)[1]
    return [
        date_format(
            f"date-day-monthname-{language}",
            f"{DAY}{_before(language)}{alternatives(stems)}{end}",
            "dm",
            f"day and month name ({language})",
            (example, "--05-01"),
            stems,
            folded=True,
        ),
        date_format(
            f"date-day-monthname-year-{language}",
            f"{DAY}{_before(language)}{alternatives(stems)}{gap}{YEAR}{after}",
            "dmy",
            f"day, month name ({language}) and year",
            (f"{example} 2020", "2020-05-01"),
            stems,
            folded=True,
        ),
        date_format(
            f"date-monthname-year-{language}",
            f"{alternatives(alone)}{gap}{YEAR}{after}",
            "my",
            f"month name ({language}) and year",
            (f"{name} 2020", "2020-05"),
            alone,
            folded=True,
        ),
    ]


def _other_orders() -> list[Format]:
    """Hungarian, Lithuanian and Latvian dates, which begin with the year or the month."""
    hu, lt, lv = (alternatives(LANGUAGES[language]) for language in ("hu", "lt", "lv"))
    at_word = _before("lt")
    rows = (
        ("date-monthname-day-hu", f"{hu}{GAP}{DAY}{_ANY_END}", "md", "hu", "május 1.", "--05-01"),
        ("date-year-monthname-day-hu", f"{YEAR}{GAP}{hu}{GAP}{DAY}{_ANY_END}", "ymd", "hu", "2020. május 1.", ""),
        ("date-year-monthname-hu", f"{YEAR}{GAP}{hu}[^0-9]{{0,7}}", "ym", "hu", "2020. május", "2020-05"),
        ("date-monthname-day-lt", f"{lt}{GAP}{DAY}{_ANY_END}", "md", "lt", "gegužės 1 d.", "--05-01"),
        ("date-year-monthname-day-lt", f"{YEAR}{at_word}{lt}{GAP}{DAY}{_ANY_END}", "ymd", "lt",
         "2020 m. gegužės 1 d.", ""),
        ("date-year-monthname-lt", f"{YEAR}{at_word}{lt}{_ANY_END}", "ym", "lt", "2020 m. gegužė", "2020-05"),
        ("date-day-monthname-lv", f"{DAY}{GAP}{lv}[^0-9]{{0,6}}", "dm", "lv", "1. maijs", "--05-01"),
        ("date-monthname-year-lv", f"{lv}{GAP}{YEAR}{_ANY_END}", "my", "lv", "maijs 2020", "2020-05"),
        ("date-year-day-monthname-lv", f"{YEAR}{GAP}{DAY}{GAP}{lv}{_ANY_END}", "ydm", "lv", "2020. gada 1. maijs", ""),
        ("date-year-monthname-lv", f"{YEAR}{GAP}{lv}[^0-9]{{0,7}}", "ym", "lv", "2020. gada maijs", "2020-05"),
    )  # fmt: skip
    words = {"y": "year", "m": "month name", "d": "day"}
    return [
        date_format(
            name,
            pattern,
            order,
            f"{', '.join(words[part] for part in order)} ({language})",
            (text, value or "2020-05-01"),
            LANGUAGES[language],
            folded=True,
        )
        for name, pattern, order, language, text, value in rows
    ]


def _numeric() -> list[Format]:
    plain = numeric_dates()
    indic_day, indic_gap = f"([{INDIC}]{{1,2}})", f"[^{INDIC}]+"
    indic_year = f"([{INDIC}]{{1,2}}|[{INDIC}]{{4}})"
    wide_day, wide_gap = f"([{WIDE}]{{1,2}})", f"[^{WIDE}]+"
    wide_year, wide_end = f"([{WIDE}]{{1,2}}|[{WIDE}]{{4}})", f"[^{WIDE}]*"
    return [
        replace(plain["dm"], name="date-day-month"),
        replace(plain["md"], name="date-month-day"),
        replace(plain["mdy"], name="date-month-day-year"),
        date_format(
            "date-day-month-year",
            indic_day + indic_gap + indic_day + indic_gap + indic_year,
            "dmy",
            "day, month and year in digits",
            ("13/08/2032", "2032-08-13"),
        ),
        date_format(
            "date-month-year", indic_day + indic_gap + indic_year, "my", "month and year in digits", ("8/32", "2032-08")
        ),
        date_format(
            "date-year-month",
            wide_year + wide_gap + wide_day + wide_end,
            "ym",
            "year and month in digits",
            ("2010年5月", "2010-05"),
        ),
        date_format(
            "date-year-month-day",
            wide_year + wide_gap + wide_day + wide_gap + wide_day + wide_end,
            "ymd",
            "year, month and day in digits",
            ("２０１０年５月３１日", "2010-05-31"),
        ),
    ]


def _english() -> list[Format]:
    plain = english_dates()
    return [
        replace(plain["dm"], name="date-day-monthname-en"),
        replace(plain["dmy"], name="date-day-monthname-year-en"),
        replace(plain["md"], name="date-monthname-day-en"),
        replace(plain["mdy"], name="date-monthname-day-year-en"),
        replace(plain["my"], name="date-monthname-year-en"),
        replace(plain["ym"], name="date-year-monthname-en"),
    ]


def _calendars() -> list[Format]:
    roman, before = alternatives(ROMAN), "[^0-9IVXivx]+"
    hindi, gap = alternatives(HINDI), f"[^{INDIC}]+"
    day, year = "([0-9]{1,2}|[०-९]{1,2})", "([0-9]{2}|[0-9]{4}|[०-९]{2}|[०-९]{4})"
    era = "Japanese era, year, month"
    return [
        date_format(
            "date-day-monthroman", DAY + before + roman, "dm", "day and Roman month", ("1.XII", "--12-01"), ROMAN
        ),
        date_format(
            "date-day-monthroman-year",
            f"{DAY}{before}{roman}{before}{YEAR}{_ANY_END}",
            "dmy",
            "day, Roman month and year",
            ("1 IV 2020", "2020-04-01"),
            ROMAN,
        ),
        date_format(
            "date-monthroman-year",
            f"{roman}{before}{YEAR}{_ANY_END}",
            "my",
            "Roman month and year",
            ("viii.2020", "2020-08"),
            ROMAN,
        ),
        date_format(
            "date-day-monthname-year-hi",
            day + gap + hindi + gap + year,
            "dmy",
            "day, Hindi month name and year",
            ("६ सितंबर २०१२", "2012-09-06"),
            HINDI,
        ),
        date_format(
            "date-monthname-year-hi", hindi + gap + year, "my", "Hindi month name and year", ("मई 12", "2012-05"), HINDI
        ),
        Format(
            "date-ind-day-monthname-year-hi",
            saka_day_month_year,
            "day, month name and year of the Indian national calendar",
            "xs:date",
            ("11 Pausha 1921", "2000-01-01"),
        ),
        Format("date-jpn-era-year-month-day", era_year_month_day, f"{era} and day", "xs:date",
               ("令和元年5月1日", "2019-05-01")),
        Format("date-jpn-era-year-month", era_year_month, era, "xs:gYearMonth", ("平22年5月", "2010-05")),
    ]  # fmt: skip


_APOSTROPHES = "'`´\u2019\u2032"
_BLANK = r" \t\n\r\xa0"


def _numbers(suffix: str, marks: str) -> list[Format]:
    """Numbers with `marks` as further grouping characters."""
    also = " or apostrophe" if marks else ""
    number = "nonNegativeDecimal"
    return [
        Format(
            f"num-dot-decimal{suffix}",
            decimal(rf"[,{marks}{_BLANK}0-9]*(?:\.[{_BLANK}0-9]*[0-9][{_BLANK}]*)?", ".", canonical=True),
            f"digits, grouped by comma, space{also}, with a dot before the fraction",
            number,
            ("123,456.78", "123456.78") if not marks else ("123’456.78", "123456.78"),
        ),
        Format(
            f"num-comma-decimal{suffix}",
            decimal(rf"[.{marks}{_BLANK}0-9]*(?:,[{_BLANK}0-9]*[0-9][{_BLANK}]*)?", ",", canonical=True),
            f"digits, grouped by dot, space{also}, with a comma before the fraction",
            number,
            ("123.456,78", "123456.78") if not marks else ("123'456,78", "123456.78"),
        ),
        Format(
            f"num-unit-decimal{suffix}",
            unit_decimal(
                rf"([.,，．{marks}{_BLANK if marks else ''}{WIDE}]*[{WIDE}])"
                rf"[^{WIDE}.,，．{marks}][^{WIDE}]*([{WIDE}]{{1,2}})[^{WIDE}]*",
                canonical=True,
            ),
            "units and hundredths in digits, both followed by words",
            number,
            ("30.000 euro 5 cent", "30000.05") if not marks else ("30'000 CHF 5 Rp", "30000.05"),
        ),
    ]


def registry_4() -> Registry:
    """The formats of registry 4."""
    return table(
        *_numeric(),
        *_english(),
        *_calendars(),
        *_other_orders(),
        *(entry for language, example in _DAY_FIRST.items() for entry in day_first(language, example)),
        *_numbers("", ""),
        Format("fixed-empty", fixed(""), "any text", "fixedEmpty", ("none", "")),
        Format("fixed-false", fixed("false"), "any text", "fixedFalse", ("☐", "false")),
        Format("fixed-true", fixed("true"), "any text", "fixedTrue", ("☒", "true")),
        Format("fixed-zero", fixed("0"), "any text", "fixedZero", ("—", "0")),
    )


def registry_5() -> Registry:
    """The formats of registry 5."""
    return table(*registry_4().values(), *day_first("cy", "1 Mai"), *_numbers("-apos", _APOSTROPHES))
