"""Functions on text (XPath functions, 7)."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from recto.taxonomy.automaton import EXPONENTIAL, Automaton, TooLarge, growth, runs_away
from recto.taxonomy.patterns import PatternError, _Translator
from recto.xpath import values
from recto.xpath.context import Dynamic
from recto.xpath.errors import MOST_TEXT, Budget, BudgetError, XPathError
from recto.xpath.functions.general import CODEPOINTS, check_collation
from recto.xpath.functions.registry import declare
from recto.xpath.values import AnyURI, Value, items, one_or_list

_START, _END = "\ue0f0", "\ue0f1"
_MOST_TRIES = 10**7
"""What backtracking may try for one text, at most."""
_SHORT = 20
"""Characters of a text on which even that which doubles with each is borne."""
"""Characters of a text that an expression which may take ages is still tried on."""


def _text(value: Value) -> str:
    return "" if type(value) is list else value


def _limited(text: str) -> str:
    if len(text) > MOST_TEXT:
        raise BudgetError("the text is too long")
    return text


@declare("fn:string", "item()?", least=0, context=True)
def _string(env: list[Any], static: Any, given: list[Value]) -> Value:
    from recto.xpath.context import focus

    value = given[0] if given else focus(env)
    return "" if type(value) is list else values.string(value)


@declare("fn:string-length", "xs:string?", least=0, context=True)
def _string_length(env: list[Any], static: Any, given: list[Value]) -> Value:
    from recto.xpath.context import focus

    return len(_text(given[0]) if given else values.string(focus(env)))


@declare("fn:normalize-space", "xs:string?", least=0, context=True)
def _normalize_space(env: list[Any], static: Any, given: list[Value]) -> Value:
    from recto.xpath.context import focus

    text = _text(given[0]) if given else values.string(focus(env))
    return re.sub("[ \t\r\n]+", " ", text).strip(" ")


@declare("fn:concat", "xs:anyAtomicType?", "xs:anyAtomicType?", more=True)
def _concat(dynamic: Dynamic, *parts: Value) -> Value:
    return _limited("".join(["" if type(part) is list else values.string(part) for part in parts]))


@declare("fn:string-join", "xs:string*", "xs:string", least=1)
def _string_join(dynamic: Dynamic, parts: Value, between: str = "") -> Value:
    return _limited(between.join([values.string(part) for part in items(parts)]))


@declare("fn:substring", "xs:string?", "xs:double", "xs:double", least=2)
def _substring(dynamic: Dynamic, value: Value, start: float, length: float = math.inf) -> Value:
    text = _text(value)
    if math.isnan(start) or math.isnan(length):
        return ""
    first = math.floor(start + 0.5) if math.isfinite(start) else start
    last = first + (math.floor(length + 0.5) if math.isfinite(length) else length)
    if math.isnan(last):
        return ""
    begin = max(first, 1)
    if begin > len(text) or last <= begin:
        return ""
    return text[int(begin) - 1 : int(min(last - 1, len(text)))]


@declare("fn:upper-case", "xs:string?")
def _upper_case(dynamic: Dynamic, value: Value) -> Value:
    return _text(value).upper()


@declare("fn:lower-case", "xs:string?")
def _lower_case(dynamic: Dynamic, value: Value) -> Value:
    return _text(value).lower()


@declare("fn:normalize-unicode", "xs:string?", "xs:string", least=1)
def _normalize_unicode(dynamic: Dynamic, value: Value, form: str = "NFC") -> Value:
    form = form.strip().upper()
    if form not in ("NFC", "NFD", "NFKC", "NFKD", ""):
        raise XPathError("FOCH0003", f"there is no form {form[:20]!r}")
    return unicodedata.normalize(form, _text(value)) if form else _text(value)  # type: ignore[arg-type]


@declare("fn:translate", "xs:string?", "xs:string", "xs:string")
def _translate(dynamic: Dynamic, value: Value, source: str, target: str) -> Value:
    table: dict[int, str | None] = {}
    for at, char in enumerate(source):
        table.setdefault(ord(char), target[at] if at < len(target) else None)
    return _text(value).translate(table)


@declare("fn:contains", "xs:string?", "xs:string?", "xs:string", least=2)
def _contains(dynamic: Dynamic, value: Value, part: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    return _text(part) in _text(value)


@declare("fn:starts-with", "xs:string?", "xs:string?", "xs:string", least=2)
def _starts_with(dynamic: Dynamic, value: Value, part: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    return _text(value).startswith(_text(part))


@declare("fn:ends-with", "xs:string?", "xs:string?", "xs:string", least=2)
def _ends_with(dynamic: Dynamic, value: Value, part: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    return _text(value).endswith(_text(part))


@declare("fn:substring-before", "xs:string?", "xs:string?", "xs:string", least=2)
def _substring_before(dynamic: Dynamic, value: Value, part: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    before, found, _ = _text(value).partition(_text(part)) if _text(part) else ("", "", "")
    return before if found else ""


@declare("fn:substring-after", "xs:string?", "xs:string?", "xs:string", least=2)
def _substring_after(dynamic: Dynamic, value: Value, part: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    return _text(value).partition(_text(part))[2] if _text(part) else _text(value)


@declare("fn:compare", "xs:string?", "xs:string?", "xs:string", least=2)
def _compare(dynamic: Dynamic, left: Value, right: Value, collation: str = CODEPOINTS) -> Value:
    check_collation(collation)
    if type(left) is list or type(right) is list:
        return []
    return (left > right) - (left < right)


@declare("fn:codepoint-equal", "xs:string?", "xs:string?")
def _codepoint_equal(dynamic: Dynamic, left: Value, right: Value) -> Value:
    return [] if type(left) is list or type(right) is list else str(left) == str(right)


@declare("fn:string-to-codepoints", "xs:string?")
def _string_to_codepoints(dynamic: Dynamic, value: Value) -> Value:
    return one_or_list([ord(char) for char in _text(value)])


@declare("fn:codepoints-to-string", "xs:integer*")
def _codepoints_to_string(dynamic: Dynamic, value: Value) -> Value:
    made = []
    for number in items(value):
        legal = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 65536 <= number < 1114112
        if not legal:
            raise XPathError("FOCH0001", f"{number} is no character of XML")
        made.append(chr(number))
    return "".join(made)


@declare("fn:encode-for-uri", "xs:string?")
def _encode_for_uri(dynamic: Dynamic, value: Value) -> Value:
    return quote(_text(value), safe="-_.~")


@declare("fn:iri-to-uri", "xs:string?")
def _iri_to_uri(dynamic: Dynamic, value: Value) -> Value:
    return quote(_text(value), safe="-_.!~*'()#%;/?:@&=+$,[]")


@declare("fn:escape-html-uri", "xs:string?")
def _escape_html_uri(dynamic: Dynamic, value: Value) -> Value:
    return quote(_text(value), safe="".join(map(chr, range(32, 127))))


@declare("fn:resolve-uri", "xs:string?", "xs:string", least=1)
def _resolve_uri(dynamic: Dynamic, value: Value, base: str | None = None) -> Value:
    from recto.xml.urls import resolve_url

    if type(value) is list:
        return []
    return AnyURI(resolve_url(base or "", value))


@declare("fn:default-collation")
def _default_collation(dynamic: Dynamic) -> Value:
    return CODEPOINTS


# Regular expressions (XPath functions, 7.6)


class _Regex:
    """One expression with its flags, translated; matching takes time in proportion to the text or is refused."""

    __slots__ = ("_automaton", "_tokens", "compiled", "longest", "slow")

    def __init__(self, pattern: str, flags: str):
        if set(flags) - set("smix"):
            raise XPathError("FORX0001", f"there are no flags {flags[:20]!r}")
        if "x" in flags:
            pattern = re.sub(r"(\\\[|\[(?:[^\]\\]|\\.)*\])|[ \t\r\n]+", lambda found: found[1] or "", pattern)
        self._automaton: Automaton | None = None
        options = (re.MULTILINE if "m" in flags else 0) | (re.IGNORECASE if "i" in flags else 0)
        lazy: list[str] = []
        try:
            tokens = _Translator(_marked(pattern)).tokens()
        except (PatternError, ValueError, RecursionError):
            tokens, lazy = [], _lazy(pattern)
        ends = {_START: "^", _END: "$" if "m" in flags else r"\Z"}
        self._tokens = tokens if not options else []
        inner = [token for token in tokens if token not in ends]
        self.slow = runs_away(inner)
        self.longest = _longest(growth(inner)) if self.slow else MOST_TEXT
        """Characters of a text on which backtracking is let loose."""
        if lazy:
            self.slow = True
            self.longest = _longest(max(len(re.findall(r"[*+]|\{\d+,", pattern)), 2))
            tokens = lazy
        source = "".join("(" if token == "(?:" else ends.get(token, token) for token in tokens)
        if "s" in flags:
            source = source.replace("[^\\n\\r]", "[\\s\\S]")
        try:
            self.compiled = re.compile(source, options)
        except (re.error, OverflowError, RecursionError, ValueError):
            raise XPathError("FORX0002", f"{pattern[:100]!r} is no regular expression") from None

    def check(self, text: str, budget: Budget) -> None:
        """Raises `BudgetError` where backtracking may take too long, or others before it took all the time."""
        if self.slow:
            budget.check()
            if len(text) > self.longest:
                raise BudgetError("the regular expression may take too long on this text")

    def matches(self, text: str, budget: Budget) -> bool:
        if not self.slow:
            return self.compiled.search(text) is not None
        if self._tokens and self._automaton is None:
            tokens = list(self._tokens)
            first, last = tokens[:1] == [_START], tokens[-1:] == [_END]
            inner = tokens[1 if first else 0 : len(tokens) - last]
            if _START not in inner and _END not in inner and not ("|" in inner and (first or last)):
                around = ["(?:", "[\\s\\S]", ")", "*"]
                whole = [*([] if first else around), "(?:", *inner, ")", *([] if last else around)]
                try:
                    self._automaton = Automaton(whole)
                except (TooLarge, RecursionError, ValueError):
                    self._automaton = None
        if self._automaton is not None:
            return self._automaton.fullmatch(text)
        self.check(text, budget)
        return self.compiled.search(text) is not None


def _longest(power: int) -> int:
    return _SHORT if power == EXPONENTIAL else int(_MOST_TRIES ** (1 / power))


def _marked(pattern: str) -> str:
    """Anchors as characters of their own, which an XML Schema expression takes for plain ones."""
    made = []
    depth = 0
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            made.append(pattern[at : at + 2])
            at += 2
            continue
        if char == "[":
            depth += 1
        elif char == "]" and depth:
            depth -= 1
        made.append(_START if char == "^" and not depth else _END if char == "$" and not depth else char)
        at += 1
    return "".join(made)


class _Lazy(_Translator):
    """Besides what XML Schema knows, reluctant quantifiers and references back."""

    def _quantifier(self, char: str) -> str:
        if self.text[self.at : self.at + 1] == "?":
            self.at += 1
            char += "?"
        return super()._quantifier(char)

    def _escape(self) -> str:
        digit = self.text[self.at : self.at + 1]
        if digit.isdigit() and digit.isascii() and digit != "0":
            self.at += 1
            return f"(?:\\{digit})"
        return super()._escape()


def _lazy(pattern: str) -> list[str]:
    """Raises `XPathError` FORX0002 for what is no expression, `BudgetError` for one that may take too long."""
    try:
        tokens = _Lazy(_marked(pattern)).tokens()
    except (PatternError, ValueError, RecursionError):
        raise XPathError("FORX0002", f"{pattern[:100]!r} is no regular expression") from None
    if re.search(r"[*+}]\??\)[*+{]", pattern):
        raise BudgetError("the regular expression may take too long")
    return tokens


@lru_cache(maxsize=512)
def _regex(pattern: str, flags: str) -> _Regex:
    return _Regex(pattern, flags)


@declare("fn:matches", "xs:string?", "xs:string", "xs:string", least=2)
def _matches(dynamic: Dynamic, value: Value, pattern: str, flags: str = "") -> Value:
    return _regex(pattern, flags).matches(_text(value), dynamic.budget)


@declare("fn:replace", "xs:string?", "xs:string", "xs:string", "xs:string", least=3)
def _replace(dynamic: Dynamic, value: Value, pattern: str, replacement: str, flags: str = "") -> Value:
    regex = _regex(pattern, flags)
    text = _text(value)
    regex.check(text, dynamic.budget)
    if regex.compiled.search("") is not None:
        raise XPathError("FORX0003", "the regular expression matches nothing at all")
    if re.search(r"(?<!\\)(?:\\\\)*\\(?![\\$])", replacement) or re.search(r"(?<!\\)\$(?!\d)", replacement):
        raise XPathError("FORX0004", f"{replacement[:60]!r} is no replacement")
    groups = regex.compiled.groups

    def made(match: re.Match[str]) -> str:
        def part(token: re.Match[str]) -> str:
            if token[1]:
                return token[1]
            digits = token[2]
            while len(digits) > 1 and int(digits) > groups:
                digits = digits[:-1]
            rest = token[2][len(digits) :]
            return ((match[int(digits)] or "") if int(digits) <= groups else "") + rest

        return re.sub(r"\\([\\$])|\$(\d{1,3})", part, replacement)

    return _limited(regex.compiled.sub(made, text))


@declare("fn:tokenize", "xs:string?", "xs:string", "xs:string", least=1)
def _tokenize(dynamic: Dynamic, value: Value, pattern: str | None = None, flags: str = "") -> Value:
    text = _text(value)
    if pattern is None:
        return one_or_list([str(word) for word in text.split()])
    regex = _regex(pattern, flags)
    regex.check(text, dynamic.budget)
    if regex.compiled.search("") is not None:
        raise XPathError("FORX0003", "the regular expression matches nothing at all")
    if not text:
        return []
    made = []
    at = 0
    for match in regex.compiled.finditer(text):
        made.append(text[at : match.start()])
        at = match.end()
    made.append(text[at:])
    return one_or_list(made)
