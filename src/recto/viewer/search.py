"""Search: what the titles, lines, values and texts of a filing say, made ready once for all questions.

`find.js` does the same in a file, which has no server: what it finds, and in which order, is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from recto.patterns import lazy
from recto.rendering.view import LANGUAGES, in_words
from recto.viewer import words
from recto.viewer.facts import LONGEST, Place, plain

if TYPE_CHECKING:
    from recto.instance.model import Instance
    from recto.rendering.model import Report
    from recto.taxonomy.model import Concept
    from recto.viewer.numbering import Numbering

MOST: Final = 200
"""Hits of a kind that are given out."""
_EXCERPT: Final = 140
_NUMBER: Final = lazy(r"\s*[+-]?(\d*)(?:\.(\d*))?\s*")
_SIGNS: Final = lazy(r"[$€£¥%\s()'’]")
_POINTED: Final = lazy(r"[+-]?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?")
_MAGNITUDE: Final = lazy(r"(?i)(?:million|billion|thousand|mn|bn|m|b|k)$")
_GROUPING: Final = lazy(r"(?<=\d),(?=\d{3}(?:\D|$))")
_TYPED: Final = lazy(r"[+-]?[\d.,]+")


class Line(NamedTuple):
    """A line of a page."""

    page: int
    row: int
    section: str
    own: str
    """What it says itself, folded."""
    heading: bool
    """Whether it is the heading of a section."""


def wanted(query: str) -> list[str]:
    """The words of a question, those of the plural without its ending."""
    return [_stem(word) for word in query.casefold().split()]


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def significant(number: str) -> str:
    """The digits that tell: `-0.0012300` → `123`; empty for what is no plain number."""
    match = _NUMBER.fullmatch(number)
    return "" if match is None else (match[1] + (match[2] or "")).strip("0")


def typed_digits(text: str) -> str:
    """What somebody typed as a number: `$1,234.5 million` → `12345`; empty where it is none."""
    plain = _MAGNITUDE.sub("", _SIGNS.sub("", text))
    cleaned = _GROUPING.sub("", plain.replace(".", "") if _POINTED.fullmatch(plain) else plain)
    return significant(cleaned.replace(",", "")) if _TYPED.fullmatch(cleaned) else ""


def same_digits(typed: str, digits: str) -> int:
    """2: the same digits, whatever the scale; 1: the same when rounded to as many; 0: another number."""
    if digits == typed:
        return 2
    count = len(typed)
    if count < 3 or len(digits) <= count:
        return 0
    head = int(digits[:count]) + (digits[count] >= "5")
    return 1 if str(head).rstrip("0") == typed else 0


class Index:
    """What a filing says, folded. It may be asked by several threads: what is made twice is equal."""

    def __init__(
        self,
        reports: Sequence[Report],
        numbering: Numbering,
        languages: Sequence[str],
        places: Callable[[], Mapping[int, tuple[Place, ...]]],
    ) -> None:
        """`languages`: those in which the filing has labels. `places`: gives where each fact is shown."""
        self._reports = reports
        self._numbering = numbering
        self._languages = languages
        self._places = places

    @cached_property
    def lines(self) -> list[Line]:
        """All lines but abstract ones."""
        found: list[Line] = []
        for page, report in enumerate(self._reports):
            section = ""
            said: dict[tuple[str, Concept | None], str] = {}
            for index, row in enumerate(report.rows):
                if row.kind == "abstract":
                    continue
                if row.kind == "section":
                    section = row.label
                key = (row.label, row.concept)
                own = said.get(key)
                if own is None:
                    own = said[key] = f"{row.label} {self._concept(row.concept, report.instance)}".casefold()
                found.append(Line(page, index, section, own, row.kind == "section"))
        return found

    def _concept(self, concept: Concept | None, instance: Instance | None) -> str:
        """A concept's name and, where there are labels in several languages, its labels in all of them."""
        if concept is None:
            return ""
        if instance is None or len(self._languages) < 2:
            return str(concept.name)
        return " ".join((concept.name, *(each.text for each in instance.taxonomy.labels(concept))))

    def lines_with(self, asked: Sequence[str]) -> list[Line]:
        """Lines with all words; those come last that have some of them only from their section or page."""
        first: list[Line] = []
        last: list[Line] = []
        titles = [report.short_name for report in self._reports]
        for line in self.lines:
            own = line.own
            if all(word in own for word in asked):
                first.append(line)
            elif any(word in own for word in asked):
                around = f"{own} {line.section} {titles[line.page]}".casefold()
                if all(word in around for word in asked):
                    last.append(line)
        return first + last

    @cached_property
    def texts(self) -> dict[int, str]:
        """Valid facts without a unit, as plain text."""
        return {
            number: " ".join(plain(fact.value).split())
            for number, fact in enumerate(self._numbering.facts)
            if fact.unit is None and fact.valid and not fact.nil
        }

    @cached_property
    def _folded(self) -> dict[int, str]:
        return {number: text.casefold() for number, text in self.texts.items()}

    def texts_with(self, asked: Sequence[str]) -> Iterator[int]:
        """Numbers of facts whose text has all words, in document order."""
        for number, text in self._folded.items():
            if all(word in text for word in asked):
                yield number

    @cached_property
    def digits(self) -> dict[str, list[int]]:
        """Facts by the digits of their values."""
        found: dict[str, list[int]] = {}
        for number, fact in enumerate(self._numbering.facts):
            if fact.unit is not None and fact.valid and not fact.nil:
                found.setdefault(significant(fact.value), []).append(number)
        return found

    def numbers_with(self, typed: str) -> list[int]:
        """Facts with these digits in document order, then those that have them when they are rounded."""
        if not typed:
            return []
        rounded = [each for digits, found in self.digits.items() if same_digits(typed, digits) == 1 for each in found]
        return self.digits.get(typed, []) + sorted(rounded)

    # As the viewer shows it

    def find(self, query: str) -> dict[str, Any]:
        """Groups of hits: pages, lines, values, texts; each hit leads to a page, row and cell, or to a fact."""
        asked = wanted(query)
        groups: list[dict[str, Any]] = []
        if asked:
            pages = [
                {"page": report.stem, "text": report.short_name or report.stem, "note": report.category}
                for report in self._reports
                if all(word in (report.short_name or report.stem).casefold() for word in asked)
                or report.stem.casefold() == " ".join(asked)
            ]
            lines = self.lines_with(asked)
            facts = self._numbering.facts
            texts = list(self.texts_with(asked))
            long = [number for number in texts if len(facts[number].value) > LONGEST]
            short = [number for number in texts if len(facts[number].value) <= LONGEST]
            values = self.numbers_with(typed_digits(query)) + short
            groups = [
                _group("pages", "Pages", len(pages), pages[:MOST]),
                _group("lines", "Lines", len(lines), [self._line(each) for each in lines[:MOST]]),
                _group("values", "Values", len(values), [self._value(each, asked) for each in values[:MOST]]),
                _group("texts", "Texts", len(long), [self._text(each, asked) for each in long[:MOST]]),
            ]
        return {"groups": groups}

    def _line(self, line: Line) -> dict[str, Any]:
        report = self._reports[line.page]
        within = f"{line.section}, " if line.section and not line.heading else ""
        return {
            "page": report.stem,
            "row": line.row,
            "text": report.rows[line.row].label,
            "note": f"{within}{report.stem} {report.short_name}",
        }

    def _value(self, number: int, asked: Sequence[str]) -> dict[str, Any]:
        fact = self._numbering.facts[number]
        period = "" if fact.period is None else words.period(fact.period)
        hit: dict[str, Any] = {"fact": number, "note": f"{self._label(number)}, {period}"}
        places = self._places().get(number)
        if places:
            page, row, column = places[0]
            hit |= {"page": self._reports[page].stem, "row": row, "column": column}
        if fact.unit is not None:
            return {**hit, "text": fact.value, "numeric": True}
        return {**hit, "text": excerpt(self.texts[number], asked)}

    def _text(self, number: int, asked: Sequence[str]) -> dict[str, Any]:
        return {"fact": number, "text": excerpt(self.texts[number], asked), "note": self._label(number)}

    def _label(self, number: int) -> str:
        numbering = self._numbering
        fact = numbering.facts[number]
        if fact.concept is None:
            return in_words(fact.qname.local)
        described = numbering.described(numbering.columns[number][0])
        return (described.label(fact.concept, languages=LANGUAGES) or fact.concept.name).strip()


def _group(kind: str, title: str, count: int, hits: list[dict[str, Any]]) -> dict[str, Any]:
    return {"kind": kind, "title": title, "count": count, "hits": hits}


def excerpt(text: str, asked: Sequence[str], length: int = _EXCERPT) -> str:
    """What of a text surrounds the first word that was asked for."""
    found = re.search(re.escape(asked[0]), text, re.IGNORECASE)
    start = max(0, (0 if found is None else found.start()) - length // 3)
    end = start + length
    return f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"
