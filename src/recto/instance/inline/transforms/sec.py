"""The SEC's transformations (EDGAR Filer Manual, volume II, 5.2.5.12): codes, durations, numbers in words."""

from __future__ import annotations

from recto.instance.inline.transforms.model import Format, Registry, Transform, compiled, table
from recto.instance.inline.transforms.numbers import count_of, duration_words, fixed, number_words
from recto.instance.inline.transforms.sec_names import countries, exchange_code, name_key, states

NAMESPACE = "http://www.sec.gov/inlineXBRL/transformation/2015-08-31"

_EMPTY_BOX, _CHECKED_BOXES = "\u2610", frozenset("\u2611\u2612")


def _ballot_box(unchecked: str, checked: str) -> Transform:
    def apply(text: str) -> str | None:
        if text == _EMPTY_BOX:
            return unchecked
        return checked if text in _CHECKED_BOXES else None

    return apply


_ACRONYMS = frozenset({"uk", "us", "usa", "uae"})


def _country(text: str) -> str | None:
    key = name_key(text)
    # Unlike its sisters, this format lists no names in capitals.
    if key is None or (text.isupper() and key not in _ACRONYMS):
        return None
    return countries()[0].get(key)


def _edgar_country(text: str) -> str | None:
    return countries()[1].get(name_key(text) or "")


def _state(text: str) -> str | None:
    return states().get(name_key(text) or "")


_FILERS = {
    "large accelerated filer": "Large Accelerated Filer",
    "accelerated filer": "Accelerated Filer",
    "non-accelerated filer": "Non-accelerated Filer",
    "non accelerated filer": "Non-accelerated Filer",
    "nonaccelerated filer": "Non-accelerated Filer",
}


def _filer_category(text: str) -> str | None:
    return _FILERS.get(name_key(text) or "")


_BLANK = r"[ \t\n\r\xa0]"
_QUARTERS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": 4}
_NAMED = (
    rf"(?:the{_BLANK}+)?(?:(?P<ordinal>{'|'.join(_QUARTERS)}){_BLANK}+(?:quarter|q)"
    rf"|(?:quarter|q){_BLANK}*(?P<after>[1-4])|(?P<before>[1-4])q)(?:(?:-|{_BLANK}+)end)?"
)
_BETWEEN = r"(?:[ \t\n\r\xa0,'\u2019-]|\bof\b)+"
_QUARTER_FIRST = rf"{_NAMED}{_BETWEEN}(?P<year>[0-9]{{4}})"
_YEAR_FIRST = rf"(?P<year>[0-9]{{4}}){_BETWEEN}{_NAMED}"


def _quarter_end(text: str) -> str | None:
    lower = text.lower()
    match = compiled(_QUARTER_FIRST).fullmatch(lower) or compiled(_YEAR_FIRST).fullmatch(lower)
    if match is None or match["year"] == "0000":
        return None
    ordinal = match["ordinal"]
    quarter = _QUARTERS[ordinal] if ordinal else int(match["after"] or match["before"])
    return f"{match['year']}-{('03-31', '06-30', '09-30', '12-31')[quarter - 1]}"


def _without_blank_ends(apply: Transform) -> Transform:
    """A non-breaking space at an end is not white space to XML, and these formats have no place for it."""

    def checked(text: str) -> str | None:
        return None if text[:1] == "\xa0" or text[-1:] == "\xa0" else apply(text)

    return checked


def registry() -> Registry:
    """The SEC's formats."""
    count = "a number with digits and a dot"
    return table(
        Format("boolballotbox", _ballot_box("false", "true"), "a ballot box (☐, ☑ or ☒)", "xs:boolean", ("☒", "true")),
        Format("yesnoballotbox", _ballot_box("No", "Yes"), "a ballot box (☐, ☑ or ☒)", "xs:string", ("☐", "No")),
        Format("countrynameen", _country, "English country name", "xs:token", ("Aland Islands", "AX")),
        Format("edgarprovcountryen", _edgar_country, "English name of a country or of a Canadian province", "xs:token",
               ("Alberta", "A0")),
        Format("stateprovnameen", _state, "English name of a state or of a Canadian province", "xs:token",
               ("New York", "NY")),
        Format("exchnameen", exchange_code, "English name of a stock exchange", "xs:token",
               ("The Nasdaq Stock Market LLC", "NASDAQ")),
        Format("entityfilercategoryen", _filer_category, "filer category", "xs:token",
               ("Non-Accelerated Filer", "Non-accelerated Filer")),
        Format("datequarterend", _quarter_end, "quarter and year", "xs:date", ("Q3 1999", "1999-09-30")),
        Format("durday", count_of("day"), f"{count}: days", "xs:duration", ("7.5", "P7DT12H")),
        Format("durhour", count_of("hour"), f"{count}: hours", "xs:duration", ("7", "PT7H")),
        Format("durmonth", count_of("month"), f"{count}: months", "xs:duration", ("7.3", "P7M9D")),
        Format("durweek", count_of("week"), f"{count}: weeks", "xs:duration", ("7", "P49D")),
        Format("duryear", count_of("year"), f"{count}: years", "xs:duration", ("7.3", "P7Y3M18D")),
        Format("durwordsen", _without_blank_ends(duration_words), "years, months and days in English words",
               "xs:duration", ("twelve years, six months and four days", "P12Y6M4D")),
        Format("numwordsen", _without_blank_ends(number_words), "a whole number in English words", "xs:integer",
               ("fifty-one", "51")),
        Format("numinf", fixed("INF"), "any text", "xs:double", ("unlimited", "INF")),
        Format("numneginf", fixed("-INF"), "any text", "xs:double", ("none", "-INF")),
        Format("numnan", fixed("NaN"), "any text", "xs:double", ("n/a", "NaN")),
    )  # fmt: skip
