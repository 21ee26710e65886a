"""Regular expressions of XML Schema (XML Schema 2, appendix F) as Python's.

Such an expression matches the whole text, knows no anchors, and has classes that Python lacks: `\\i` and `\\c` for
names, `\\p{…}` for Unicode categories and blocks, and the subtraction of one class from another.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Protocol

from recto.taxonomy.automaton import Automaton, TooLarge, quantity, runs_away
from recto.taxonomy.blocks import blocks

Ranges = tuple[tuple[int, int], ...]
"""Code points, as disjoint inclusive ranges in order."""

_LAST = sys.maxunicode
_SHORT = 200
"""Characters up to which three repetitions in a row cannot take long."""
_SINGLE = {"n": "\n", "r": "\r", "t": "\t"}
_NAME_START: Ranges = (
    (0x3A, 0x3A),
    (0x41, 0x5A),
    (0x5F, 0x5F),
    (0x61, 0x7A),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2FF),
    (0x370, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
)
_NAME_MORE: Ranges = ((0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
_SPACE: Ranges = ((0x09, 0x0A), (0x0D, 0x0D), (0x20, 0x20))


class PatternError(ValueError):
    """The text is no regular expression of XML Schema."""


class Compiled(Protocol):
    """What tells whether a whole text matches; its answer is true or false as a condition."""

    def fullmatch(self, text: str, /) -> object: ...


@lru_cache(maxsize=1024)
def compile_pattern(pattern: str) -> Compiled:
    """The expression for use with `fullmatch`, which takes no longer than texts are long. Raises `PatternError`."""
    tokens = _Translator(pattern).tokens()
    try:
        compiled = re.compile("".join(tokens))
        if runs_away(tokens):
            return Automaton(tokens)
        simple = sum(quantity(token) is not None for token in tokens) < 2
        return compiled if simple else _ForShortTexts(compiled, tokens)
    except (re.error, ValueError, OverflowError, RecursionError) as error:
        raise PatternError(f"{pattern!r} is no regular expression: {error}") from None


class _ForShortTexts:
    """Python's matcher, which is the quickest, where its time cannot grow much; long texts take the other way."""

    __slots__ = ("_automaton", "_compiled", "_tokens")

    def __init__(self, compiled: re.Pattern[str], tokens: list[str]):
        self._compiled = compiled
        self._tokens = tokens
        self._automaton: Automaton | None = None

    def fullmatch(self, text: str, /) -> object:
        if len(text) <= _SHORT:
            return self._compiled.fullmatch(text)
        if self._automaton is None:
            try:
                self._automaton = Automaton(self._tokens)
            except (TooLarge, RecursionError):
                return self._compiled.fullmatch(text)
        return self._automaton.fullmatch(text)


class _Translator:
    __slots__ = ("at", "text")

    def __init__(self, text: str):
        self.text = text
        self.at = 0

    def tokens(self) -> list[str]:
        out: list[str] = []
        depth = 0
        text = self.text
        while self.at < len(text):
            char = text[self.at]
            self.at += 1
            if char == "[":
                out.append(_emit(self._class()))
            elif char == "\\":
                out.append(self._escape())
            elif char == ".":
                out.append("[^\\n\\r]")
            elif char == "(":
                depth += 1
                out.append("(?:")
            elif char == ")":
                depth -= 1
                out.append(")")
            elif char in "?*+{":
                if not out or out[-1] in ("(?:", "|"):
                    raise PatternError(f"{text!r} is no regular expression: {char} has nothing to repeat")
                out.append(self._quantity() if char == "{" else self._quantifier(char))
            elif char == "|":
                out.append("|")
            elif char in "]}":
                raise PatternError(f"{text!r} is no regular expression: {char} stands alone")
            else:
                out.append(re.escape(char))
        if depth:
            raise PatternError(f"{text!r} is no regular expression: parentheses do not match")
        return out

    def _quantifier(self, char: str) -> str:
        if self.text[self.at : self.at + 1] in ("?", "*", "+", "{"):
            raise PatternError(f"{self.text!r} is no regular expression: two quantifiers in a row")
        return char

    def _quantity(self) -> str:
        match = re.compile(r"(\d+)(,(\d*))?\}").match(self.text, self.at)
        if match is None:
            raise PatternError(f"{self.text!r} is no regular expression: a brace stands alone")
        self.at = match.end()
        return self._quantifier("{" + match.group())

    def _escape(self) -> str:
        if self.text[self.at : self.at + 1] == "d":
            self.at += 1
            return "\\d"
        return _emit(self._escaped())

    def _escaped(self) -> Ranges:
        """What follows a backslash."""
        char = self.text[self.at : self.at + 1]
        self.at += 1
        if char in _SINGLE:
            return _one(_SINGLE[char])
        if char in ("p", "P"):
            match = re.compile(r"\{([A-Za-z0-9-]+)\}").match(self.text, self.at)
            if match is None:
                raise PatternError(f"{self.text!r} is no regular expression: \\{char} needs a name in braces")
            self.at = match.end()
            ranges = _property(match.group(1))
            return ranges if char == "p" else complement(ranges)
        if char and char in "sSiIcCdDwW":
            ranges = _multi(char.lower())
            return ranges if char.islower() else complement(ranges)
        if char and char in "\\|.?*+(){}-[]^$":
            return _one(char)
        raise PatternError(f"{self.text!r} is no regular expression: \\{char} has no meaning")

    def _class(self) -> Ranges:
        """A character class; the opening bracket has been read."""
        text = self.text
        negated = text[self.at : self.at + 1] == "^"
        if negated:
            self.at += 1
        found: list[tuple[int, int]] = []
        removed: Ranges = ()
        first = True
        while True:
            char = text[self.at : self.at + 1]
            if not char:
                raise PatternError(f"{text!r} is no regular expression: a class does not end")
            if char == "]" and not first:
                self.at += 1
                break
            if char == "-" and text[self.at + 1 : self.at + 2] == "[" and not first:
                self.at += 2
                removed = self._class()
                if text[self.at : self.at + 1] != "]":
                    raise PatternError(f"{text!r} is no regular expression: a subtraction must end its class")
                self.at += 1
                break
            first = False
            found.extend(self._class_part(char))
        ranges = _merge(found)
        if negated:
            ranges = complement(ranges)
        return subtract(ranges, removed) if removed else ranges

    def _class_part(self, char: str) -> Ranges:
        text = self.text
        self.at += 1
        if char == "[":
            raise PatternError(f"{text!r} is no regular expression: a bracket in a class needs a backslash")
        ranges = self._escaped() if char == "\\" else _one(char)
        single = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
        if not single or text[self.at : self.at + 1] != "-" or text[self.at + 1 : self.at + 2] in ("]", "[", ""):
            return ranges
        self.at += 1
        end = text[self.at]
        self.at += 1
        last = self._escaped() if end == "\\" else _one(end)
        if len(last) != 1 or last[0][0] != last[0][1] or last[0][0] < ranges[0][0]:
            raise PatternError(f"{text!r} is no regular expression: a range runs backwards")
        return ((ranges[0][0], last[0][0]),)


def complement(ranges: Ranges) -> Ranges:
    out: list[tuple[int, int]] = []
    at = 0
    for first, last in ranges:
        if first > at:
            out.append((at, first - 1))
        at = last + 1
    if at <= _LAST:
        out.append((at, _LAST))
    return tuple(out)


def subtract(ranges: Ranges, removed: Ranges) -> Ranges:
    """`ranges` without `removed`."""
    return complement(_merge([*complement(ranges), *removed]))


def _merge(ranges: Iterable[tuple[int, int]]) -> Ranges:
    out: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if out and first <= out[-1][1] + 1:
            if last > out[-1][1]:
                out[-1] = (out[-1][0], last)
        else:
            out.append((first, last))
    return tuple(out)


def _one(char: str) -> Ranges:
    return ((ord(char), ord(char)),)


def _emit(ranges: Ranges) -> str:
    if not ranges:
        return "(?!)"
    if len(ranges) == 1 and ranges[0][0] == ranges[0][1]:
        return re.escape(chr(ranges[0][0]))
    # Python looks at each character of a class when it compiles one: what is left out is mostly less.
    others = complement(ranges) if ranges[0][0] == 0 and ranges[-1][1] == _LAST else ()
    shown = others or ranges
    body = "".join(_code(first) if first == last else f"{_code(first)}-{_code(last)}" for first, last in shown)
    return f"[{'^' if others else ''}{body}]"


def _code(point: int) -> str:
    char = chr(point)
    return char if char.isascii() and char.isalnum() else f"\\U{point:08x}"


@cache
def _multi(letter: str) -> Ranges:
    if letter == "s":
        return _SPACE
    if letter == "i":
        return _NAME_START
    if letter == "c":
        return _merge(_NAME_START + _NAME_MORE)
    if letter == "d":
        return _decimal_digits()
    return complement(_merge(_property("P") + _property("Z") + _property("C")))


def _decimal_digits() -> Ranges:
    """Category Nd, the one that most patterns name, without looking at the million other characters.

    Unicode has decimal digits in its first two planes only; a test compares with the whole.
    """
    text = "".join(map(chr, range(0x20000)))
    return tuple((match.start(), match.end() - 1) for match in re.finditer(r"\d+", text))


@cache
def _property(name: str) -> Ranges:
    if name.startswith("Is"):
        block = blocks().get(name[2:])
        if block is None:
            raise PatternError(f"\\p{{{name}}} names no block of Unicode")
        return block
    found = [ranges for category, ranges in _categories().items() if category.startswith(name)]
    if not found or len(name) > 2:
        raise PatternError(f"\\p{{{name}}} names no category of Unicode")
    return _merge(each for ranges in found for each in ranges)


@cache
def _categories() -> dict[str, Ranges]:
    found: dict[str, list[tuple[int, int]]] = {}
    category = unicodedata.category
    start, current = 0, category("\0")
    for point in range(1, _LAST + 2):
        each = category(chr(point)) if point <= _LAST else ""
        if each != current:
            found.setdefault(current, []).append((start, point - 1))
            start, current = point, each
    return {name: tuple(ranges) for name, ranges in found.items()}
