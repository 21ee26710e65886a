"""Reading numbers: the parts shared by all registries. Results are lexical values of xs:decimal or xs:integer."""

from __future__ import annotations

from decimal import Decimal

from recto.instance.inline.transforms.model import Transform, compiled

DASHES = "\u058a\u05be\u2010\u2011\u2012\u2013\u2014\u2015\ufe58\ufe63\uff0d-"
"""The characters that stand for a hyphen or a dash in zerodash and in numbers in words."""

_SEPARATORS = {ord(char): None for char in " \t\n\r\xa0,.'`\u00b4\u2019\u2032，．"}
_PLAIN = _SEPARATORS | {ord(wide): plain for plain, wide in zip("0123456789", "０１２３４５６７８９", strict=True)}
_POINT_FREE = {code: None for code in _SEPARATORS if code != ord(".")}
_COMMA_FREE = {code: None for code in _SEPARATORS if code != ord(",")} | {ord(","): "."}


def fixed(value: str) -> Transform:
    """Any text, always the same value."""
    return lambda text: value


def zero_dash(text: str) -> str | None:
    """A single dash means 0."""
    return "0" if len(text) == 1 and text in DASHES else None


def decimal(pattern: str, point: str, *, canonical: bool = False) -> Transform:
    """A number that matches all of `pattern`, with `point` ("." or ",") before its fraction.

    Grouping is dropped; a number that begins with the point gets a zero before it. `canonical` drops zeros that say
    nothing, before the number and at the end of its fraction.
    """
    table = _POINT_FREE if point == "." else _COMMA_FREE

    def apply(text: str) -> str | None:
        if compiled(pattern).fullmatch(text) is None:
            return None
        number = text.translate(table)
        if not number[:1].isdigit():
            if len(number) <= 1:
                return None
            number = "0" + number
        return canonical_number(number) if canonical else number

    return apply


def canonical_number(number: str) -> str:
    """A number without the zeros that say nothing: `0012.50` is 12.5, `10.00` is 10, `000` is 0."""
    whole, _, fraction = number.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    return f"{whole}.{fraction}" if fraction else whole


def unit_decimal(pattern: str, *, canonical: bool = False) -> Transform:
    """Whole units and hundredths, both followed by words; groups 1 and 2 of `pattern` are their digits.

    `canonical` drops zeros at the end of the hundredths.
    """

    def apply(text: str) -> str | None:
        found = compiled(pattern).fullmatch(text)
        if found is None:
            return None
        whole = found[1].translate(_PLAIN).lstrip("0")
        number = f"{whole or '0'}.{int(found[2]):02d}"
        return canonical_number(number) if canonical else number

    return apply


def numbered(words: str, start: int = 1) -> dict[str, int]:
    """Each of the words with its number."""
    return {word: number for number, word in enumerate(words.split(), start)}


_UNITS = numbered("one two three four five six seven eight nine")
_TEENS = numbered("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
_TENS = {word: 10 * n for word, n in numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()}
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NOTHING = frozenset({"no", "none", "zero"})
_WORD_GAP = f"[ \\t\\n\\r\\xa0,{DASHES}]+"


def split_words(text: str) -> list[str]:
    """The words of a phrase in lower case: split at white space, commas and dashes."""
    return compiled(_WORD_GAP).split(text.lower())


def _below_hundred(words: list[str], at: int) -> tuple[int, int]:
    """The number from 1 to 99 that begins at word `at`, and the position after it; (0, at) where there is none."""
    word = words[at] if at < len(words) else ""
    if word in _TENS:
        unit = _UNITS.get(words[at + 1], 0) if at + 1 < len(words) else 0
        return _TENS[word] + unit, at + (2 if unit else 1)
    value = _UNITS.get(word) or _TEENS.get(word) or 0
    return value, at + (1 if value else 0)


def _below_thousand(words: list[str], at: int) -> tuple[int, int]:
    """As `_below_hundred`, with hundreds (up to nineteen hundred) and an optional "and" after them."""
    value, after = _below_hundred(words, at)
    if not 0 < value < 20 or after >= len(words) or words[after] != "hundred":
        return value, after
    hundreds, after = value * 100, after + 1
    rest, end = _below_hundred(words, after + 1 if words[after : after + 1] == ["and"] else after)
    return (hundreds + rest, end) if rest else (hundreds, after)


def words_to_int(words: list[str]) -> int | None:
    """The value of an English number in words, as "eighteen million three hundred thousand and one"; else None.

    Scales must fall; "and" may stand after hundreds and before the last group; "no", "none" and "zero" are 0.
    """
    if len(words) == 1 and words[0] in _NOTHING:
        return 0
    total, at, ceiling = 0, 0, 10**15
    while at < len(words):
        value, after = _below_thousand(words, at + 1 if total and words[at] == "and" else at)
        if not value:
            return None
        scale = _SCALES.get(words[after], 1) if after < len(words) else 1
        if scale >= ceiling:
            return None
        total, ceiling, at = total + value * scale, scale, after + (1 if scale > 1 else 0)
    return total or None


def number_words(text: str) -> str | None:
    """English words to an xs:integer."""
    value = words_to_int(split_words(text))
    return None if value is None else str(value)


def duration(years: int = 0, months: int = 0, days: int = 0, hours: int = 0, *, negative: bool = False) -> str:
    """An xs:duration without its zero parts; P0D where all are zero."""
    parts = "".join(f"{count}{unit}" for count, unit in ((years, "Y"), (months, "M"), (days, "D")) if count)
    if hours:
        parts += f"T{hours}H"
    return f"{'-' if negative and parts else ''}P{parts or '0D'}"


_COUNT = r"-?(?:[0-9]{1,18}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})"  # so that nothing is rounded
_DAYS_A_MONTH = Decimal("30.4375")  # a twelfth of 365.25


def _split(value: Decimal) -> tuple[int, Decimal]:
    whole = int(value)
    return whole, value - whole


def count_of(unit: str) -> Transform:
    """A number of years, months, weeks, days or hours to an xs:duration.

    A fraction is carried to the next smaller units, down to days (years, months, weeks) or hours (days); what is left
    is dropped.
    """

    def apply(text: str) -> str | None:
        if compiled(_COUNT).fullmatch(text) is None:
            return None
        negative = text.startswith("-")
        whole, fraction = _split(Decimal(text.lstrip("-")))
        if unit == "year":
            months, fraction = _split(fraction * 12)
            return duration(whole, months, int(fraction * _DAYS_A_MONTH), negative=negative)
        if unit == "month":
            return duration(0, whole, int(fraction * _DAYS_A_MONTH), negative=negative)
        if unit == "week":
            return duration(days=int((whole + fraction) * 7), negative=negative)
        if unit == "day":
            return duration(days=whole, hours=int(fraction * 24), negative=negative)
        return duration(hours=whole, negative=negative)

    return apply


_DURATION_UNITS = {"year": 0, "years": 0, "month": 1, "months": 1, "day": 2, "days": 2}


def duration_words(text: str) -> str | None:
    """English words such as "twelve years, six months and four days" to an xs:duration: falling units, each once."""
    words = split_words(text)
    if len(words) == 1 and words[0] in _NOTHING:
        return "P0D"
    counts, pending, last = [0, 0, 0], list[str](), -1
    for word in words:
        place = _DURATION_UNITS.get(word)
        if place is None:
            pending.append(word)
            continue
        if last >= 0 and pending[:1] == ["and"]:
            del pending[0]
        count = int(pending[0]) if len(pending) == 1 and _is_digits(pending[0]) else words_to_int(pending)
        if count is None or place <= last:
            return None
        counts[place], last, pending = count, place, []
    return None if pending or last < 0 else duration(*counts)


def _is_digits(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= 18
