"""Dates, numbers and scales in the language of a report, by the Unicode CLDR (through `babel`).

CLDR has no phrase for "12 months ended": that, and what a page calls facts of its own, stands here for the languages in
which reports are commonly filed. Other languages write a period from its first day to its last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import get_decimal_symbol, get_group_symbol, get_minus_sign_symbol
from babel.units import format_unit
from msgspec import Struct

from recto.patterns import lazy
from recto.rendering.durations import DURATION
from recto.rendering.spans import Span
from recto.rendering.words import Words

_MARKS: Final = lazy("[\u200e\u200f\u061c]")
_LATIN: Final = "latn"
_SPELLED: Final = frozenset(("ja", "zh", "ko"))
"""Languages whose medium date is in digits alone, though reports write year, month and day."""
_ENDED: Final = {
    "bg": "{months} до {date}",
    "cs": "{months} do {date}",
    "da": "{months} til {date}",
    "de": "{months} bis {date}",
    "el": "{months} έως {date}",
    "en": "{months} ended {date}",
    "es": "{months} hasta {date}",
    "et": "{months} kuni {date}",
    "fi": "{months} {date} asti",
    "fr": "{months} clos le {date}",
    "hr": "{months} do {date}",
    "hu": "{months} {date}-ig",
    "it": "{months} al {date}",
    "ja": "{date}までの{months}",
    "ko": "{date}까지 {months}",
    "lt": "{months} iki {date}",
    "lv": "{months} līdz {date}",
    "ms": "{months} berakhir {date}",
    "nb": "{months} til {date}",
    "nl": "{months} t/m {date}",
    "no": "{months} til {date}",
    "pl": "{months} do {date}",
    "pt": "{months} até {date}",
    "ro": "{months} până la {date}",
    "sk": "{months} do {date}",
    "sl": "{months} do {date}",
    "sv": "{months} till {date}",
    "zh": "截至{date}的{months}",
}


class _Own(Struct, frozen=True):
    """What pages say without help from CLDR."""

    total: str
    facts: str
    other: str
    indicators: str


_OWN: Final = {
    "ar": _Own("المجموع", "البيانات", "بيانات أخرى", "مؤشرات الإيداع"),
    "da": _Own("I alt", "Oplysninger", "Øvrige oplysninger", "Indberetningsindikatorer"),
    "de": _Own("Gesamt", "Angaben", "Weitere Angaben", "Meldeindikatoren"),
    "el": _Own("Σύνολο", "Στοιχεία", "Λοιπά στοιχεία", "Δείκτες υποβολής"),
    "en": _Own("Total", "Facts", "Other facts", "Filing indicators"),
    "es": _Own("Total", "Datos", "Otros datos", "Indicadores de presentación"),
    "fi": _Own("Yhteensä", "Tiedot", "Muut tiedot", "Raportointi-indikaattorit"),
    "fr": _Own("Total", "Données", "Autres données", "Indicateurs de dépôt"),
    "he": _Own("סך הכל", "נתונים", "נתונים אחרים", "מחווני הגשה"),
    "it": _Own("Totale", "Dati", "Altri dati", "Indicatori di segnalazione"),
    "ja": _Own("合計", "報告事項", "その他の報告事項", "提出指標"),
    "ko": _Own("합계", "보고 항목", "기타 보고 항목", "제출 지표"),
    "nl": _Own("Totaal", "Gegevens", "Overige gegevens", "Indieningsindicatoren"),
    "no": _Own("Totalt", "Opplysninger", "Øvrige opplysninger", "Rapporteringsindikatorer"),
    "pl": _Own("Razem", "Dane", "Pozostałe dane", "Wskaźniki sprawozdawcze"),
    "pt": _Own("Total", "Dados", "Outros dados", "Indicadores de apresentação"),
    "sv": _Own("Totalt", "Uppgifter", "Övriga uppgifter", "Rapporteringsindikatorer"),
    "zh": _Own("合计", "报告事项", "其他报告事项", "申报标识"),
}
_SCALES: Final[dict[str, dict[int, str]]] = {
    "de": {3: "Tsd. {}", 6: "Mio. {}", 9: "Mrd. {}"},
    "en": {3: "{} in thousands", 6: "{} in millions", 9: "{} in billions"},
    "es": {3: "miles de {}", 6: "millones de {}", 9: "miles de millones de {}"},
    "fr": {3: "milliers de {}", 6: "millions de {}", 9: "milliards de {}"},
    "he": {3: "אלפי {}", 6: "מיליוני {}", 9: "מיליארדי {}"},
    "it": {3: "migliaia di {}", 6: "milioni di {}", 9: "miliardi di {}"},
    "ja": {3: "千{}", 6: "百万{}", 9: "十億{}"},
    "ko": {3: "천 {}", 6: "백만 {}", 9: "십억 {}"},
    "nl": {3: "{} x 1.000", 6: "{} x 1.000.000", 9: "{} x 1.000.000.000"},
    "zh": {3: "千{}", 6: "百万{}", 9: "十亿{}"},
}
"""Words of scales where CLDR's short forms are not what reports write, or count otherwise (by ten thousands)."""
_YEN: Final = {"ja": {"¥": "円", "JPY": "円"}, "zh": {"¥": "元", "CNY": "元"}, "ko": {"₩": "원", "KRW": "원"}}
"""What stands for a currency's symbol behind a word of its scale."""
_NUMBER: Final = lazy(r"(.*?)(\()?(-)?(\d[\d,]*|)(\.\d+)?(%)?\)?", re.DOTALL)
_DAY: Final = lazy(r"(\d{4})-(\d\d)-(\d\d)")
_UNITS: Final = ("year", "month", "day", "hour", "minute", "second")
_TRUTHS: Final = {"de": ("Ja", "Nein"), "es": ("Sí", "No"), "fr": ("Oui", "Non"), "ja": ("はい", "いいえ")}


class LocalWords(Words):
    """The words of one language."""

    def __init__(self, locale: Locale, tag: str) -> None:
        self.locale = locale
        self.language = tag
        self.right_to_left = locale.text_direction == "rtl"
        language = locale.language
        own = _OWN.get(language, _OWN["en"])
        self.total, self.facts, self.other_facts = own.total, own.facts, own.other
        self.filing_indicators = own.indicators
        self._dates = "long" if language in _SPELLED else "medium"
        self._group = get_group_symbol(locale, numbering_system=_LATIN)
        self._decimal = get_decimal_symbol(locale, numbering_system=_LATIN)
        self._minus = get_minus_sign_symbol(locale, numbering_system=_LATIN)
        grouping: Any = locale.decimal_formats[None].grouping
        self._first: int = grouping[0] if grouping[0] < 10 else 3
        self._next: int = grouping[1] if grouping[1] < 10 else 3
        accounting: Any = locale.currency_formats.get("accounting") or locale.currency_formats["standard"]
        self._behind = "¤" in accounting.suffix[0]
        self._parentheses = "(" in accounting.pattern
        percent: Any = locale.percent_formats[None]
        self._percent = percent.suffix[0] or "%"

    @staticmethod
    @lru_cache(maxsize=64)
    def of(tag: str) -> LocalWords | None:
        """The words for a BCP 47 tag; None where CLDR has no such language."""
        try:
            locale = Locale.parse(tag.replace("_", "-"), sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            try:
                locale = Locale.parse(tag.replace("_", "-").partition("-")[0], sep="-")
            except (UnknownLocaleError, ValueError, TypeError):
                return None
        return LocalWords(locale, tag)

    # Dates

    def date(self, day: datetime) -> str:
        # Digits and strokes stand in order without marks of direction, which a terminal would show as such.
        return _MARKS.sub("", format_date(day, self._dates, locale=self.locale))

    def caption(self, span: Span) -> list[str]:
        return [self.shared_period(span)]

    def shared_period(self, span: Span) -> str:
        phrase = _ENDED.get(self.locale.language)
        if span.start is None:
            return span.label
        if span.months > 0 and phrase is not None:
            months = format_unit(span.months, "duration-month", locale=self.locale, numbering_system=_LATIN)
            if self.locale.language in _SPELLED:
                months = months.replace(" ", "")
            return phrase.format(months=months, date=span.label)
        first = self.date(span.start)
        return span.label if first == span.label else f"{first} – {span.label}"

    def balance_date(self, day: datetime) -> str:
        return self.date(day)

    def balance(self, text: str, more: Sequence[str], day: datetime | None, *, dated: bool) -> str:
        parts = [*more, *([self.date(day)] if day is not None and (dated or not text) else ())]
        if not text:
            return ", ".join(parts)
        return f"{text} ({', '.join(parts)})" if parts else text

    def cell_date(self, plain: str, text: str) -> str:
        match = _DAY.match(text)
        if match is None:
            return plain
        try:
            day = datetime(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            return plain
        return self.date(day)

    def duration(self, text: str) -> str:
        return DURATION.sub(self._duration, text) if "P" in text else text

    def _duration(self, match: re.Match[str]) -> str:
        parts = [(amount, unit) for amount, unit in zip(match.groups()[1:], _UNITS, strict=True) if amount is not None]
        shown = [(amount, unit) for amount, unit in parts if float(amount)] or parts[:1]
        numbers = [(float(amount) if "." in amount else int(amount[:18]), unit) for amount, unit in shown]
        words = " ".join(
            format_unit(number, f"duration-{unit}", locale=self.locale, numbering_system=_LATIN)
            for number, unit in numbers
        )
        return f"{self._minus}{words}" if match.group(1) else words

    def truth(self, value: bool) -> str:
        yes, no = _TRUTHS.get(self.locale.language, ("True", "False"))
        return yes if value else no

    # Numbers

    def number(self, plain: str) -> str:
        match = _NUMBER.fullmatch(plain)
        if match is None or not (match[4] or match[5]):
            return plain
        symbol, opened, minus, whole, fraction, percent = match.groups()
        text = self._grouped(whole.replace(",", ""))
        if fraction:
            text += self._decimal + fraction[1:]
        if percent:
            text += self._percent
        symbol = symbol.strip()
        if symbol and self._behind:
            text = f"{text}\xa0{symbol}"
        if opened or minus:
            text = f"({text})" if self._parentheses else f"{self._minus}{text}"
        return f"{symbol} {text}" if symbol and not self._behind else text

    def _grouped(self, digits: str) -> str:
        if len(digits) <= self._first:
            return digits or "0"
        end = len(digits) - self._first
        first = end % self._next
        groups = [digits[:first]] if first else []
        groups += [digits[at : at + self._next] for at in range(first, end, self._next)]
        return self._group.join([*groups, digits[end:]])

    def scale(self, symbol: str | None, exponent: int) -> str:
        name = symbol or ""
        power = -exponent
        if power == 0:
            return f" {name}"
        shapes = _SCALES.get(self.locale.language)
        shape = shapes.get(power) if shapes is not None else self._short(power)
        if shape is None:
            return f" {name} · 10^{power}"
        return " " + shape.format(_YEN.get(self.locale.language, {}).get(name, name))

    def _short(self, power: int) -> str | None:
        """CLDR's short form of a power of ten, with room for the unit; None where it counts by another."""
        forms: Any = self.locale.compact_decimal_formats["short"]
        pattern = forms.get("other", {}).get(str(10**power))
        if pattern is None or pattern.pattern.count("0") != 1:
            return None
        word = pattern.pattern.replace("0", "").replace("'", "").strip()
        return f"{word} {{}}" if word else None
