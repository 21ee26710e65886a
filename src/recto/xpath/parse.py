"""The grammar of XPath 2.0 as tuples `(kind, …)`, with what costs nothing of later versions: `let`, `||`, `!`, `=>`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from recto.xml.integers import integer
from recto.xpath.errors import MOST_BITS, UnsupportedError, XPathError

Expr = tuple[Any, ...]
MOST_LENGTH = 200_000
"""Characters of an expression."""
MOST_NESTING = 150

_NC = r"[^\W\d][\w.\-\xb7]*"
_TOKEN = re.compile(
    rf"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>\(:)
  | (?P<number>(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<string>"(?:[^"]|"")*"|'(?:[^']|'')*')
  | (?P<axis>{_NC}(?=[ \t\r\n]*::))
  | (?P<name>\*:{_NC}|{_NC}(?::(?:{_NC}|\*))?(?!:(?:{_NC}|\*)))
  | (?P<symbol>::|//|\.\.|<<|>>|<=|>=|!=|\|\||=>|:=|[()\[\]@,./$*+\-=<>|!?{{}}\#:])
    """,
    re.VERBOSE,
)
_SCHEMA_TESTS = frozenset(("schema-element", "schema-attribute"))
_KIND_TESTS = _SCHEMA_TESTS | {
    *("node", "text", "element", "attribute", "document-node", "comment", "processing-instruction")
}
_NOT_FUNCTIONS = _KIND_TESTS | {"if", "item", "empty-sequence", "typeswitch"}
_AXES = frozenset(
    (
        "child",
        "descendant",
        "attribute",
        "self",
        "descendant-or-self",
        "following-sibling",
        "following",
        "parent",
        "ancestor",
        "preceding-sibling",
        "preceding",
        "ancestor-or-self",
    )
)
_VALUE_COMPARISONS = frozenset(("eq", "ne", "lt", "le", "gt", "ge"))
_GENERAL = {"=": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def parse(text: str) -> Expr:
    """Raises `XPathError` XPST0003 for what is no expression, `UnsupportedError` for one of a later version."""
    if len(text) > MOST_LENGTH:
        raise XPathError("XPST0003", "the expression is too long")
    return _Parser(text).whole()


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    match = _TOKEN.match
    while at < len(text):
        hit = match(text, at)
        if hit is None:
            raise XPathError("XPST0003", f"unexpected {text[at : at + 20]!r}")
        kind = hit.lastgroup or ""
        if kind == "comment":
            at = _comment_end(text, at)
            continue
        at = hit.end()
        if kind != "space":
            found.append((kind, hit.group()))
            if kind == "number" and at < len(text) and (text[at].isalpha() or text[at] == "_"):
                raise XPathError("XPST0003", f"unexpected {text[at : at + 20]!r} after a number")
    found.append(("end", ""))
    return found


def _comment_end(text: str, at: int) -> int:
    depth = 0
    while at < len(text):
        two = text[at : at + 2]
        if two == "(:":
            depth += 1
            at += 2
        elif two == ":)":
            depth -= 1
            at += 2
            if depth == 0:
                return at
        else:
            at += 1
    raise XPathError("XPST0003", "a comment does not end")


class _Parser:
    def __init__(self, text: str):
        self.tokens = _tokens(text)
        self.at = 0
        self.depth = 0

    # Reading tokens

    @property
    def value(self) -> str:
        kind, value = self.tokens[self.at]
        return value if kind != "string" else ""

    @property
    def kind(self) -> str:
        return self.tokens[self.at][0]

    def ahead(self, by: int = 1) -> str:
        at = self.at + by
        if at >= len(self.tokens):
            return ""
        kind, value = self.tokens[at]
        return value if kind != "string" else ""

    def take(self, value: str) -> bool:
        if self.value == value and self.kind != "string":
            self.at += 1
            return True
        return False

    def expect(self, value: str) -> None:
        if not self.take(value):
            raise self.unexpected(f"{value!r} expected")

    def unexpected(self, wanted: str = "") -> XPathError:
        found = self.tokens[self.at][1] or "the end"
        return XPathError("XPST0003", f"unexpected {found!r}" + (f", {wanted}" if wanted else ""))

    # Grammar

    def whole(self) -> Expr:
        made = self.expr()
        if self.kind != "end":
            raise self.unexpected()
        return made

    def expr(self) -> Expr:
        first = self.single()
        if self.value != ",":
            return first
        parts = [first]
        while self.take(","):
            parts.append(self.single())
        return ("sequence", parts)

    def single(self) -> Expr:
        self.depth += 1
        if self.depth > MOST_NESTING:
            raise XPathError("XPST0003", "the expression nests too deeply")
        made = self._single()
        self.depth -= 1
        return made

    def _single(self) -> Expr:
        kind = self.tokens[self.at][0]
        if kind in ("string", "number") and self.tokens[self.at + 1] in _CLOSING:
            return self._primary()
        value, ahead = self.value, self.ahead()
        if self.kind == "name":
            if value in ("for", "let") and ahead == "$":
                return self._for(value)
            if value in ("some", "every") and ahead == "$":
                return self._quantified(value)
            if value == "if" and ahead == "(":
                self.at += 1
                self.expect("(")
                test = self.expr()
                self.expect(")")
                self.expect("then")
                then = self.single()
                self.expect("else")
                return ("if", test, then, self.single())
        return self._or()

    def _bindings(self, between: str) -> list[tuple[str, Expr]]:
        found = []
        while True:
            self.expect("$")
            name = self._name()
            self.expect(between)
            found.append((name, self.single()))
            if not self.take(","):
                return found

    def _for(self, word: str) -> Expr:
        self.at += 1
        found = self._bindings("in" if word == "for" else ":=")
        self.expect("return")
        made = self.single()
        for name, source in reversed(found):
            made = (word, name, source, made)
        return made

    def _quantified(self, word: str) -> Expr:
        self.at += 1
        found = self._bindings("in")
        self.expect("satisfies")
        made: Expr = ("ebv", self.single())
        for name, source in reversed(found):
            made = (word, name, source, made)
        return made

    def _name(self) -> str:
        if self.kind != "name" or "*" in self.value:
            raise self.unexpected("a name expected")
        value = self.value
        self.at += 1
        return value

    def _or(self) -> Expr:
        left = self._and()
        while self.kind == "name" and self.take("or"):
            left = ("or", left, self._and())
        return left

    def _and(self) -> Expr:
        left = self._comparison()
        while self.kind == "name" and self.take("and"):
            left = ("and", left, self._comparison())
        return left

    def _comparison(self) -> Expr:
        left = self._concat()
        value = self.value
        if self.kind == "name":
            if value in _VALUE_COMPARISONS:
                self.at += 1
                return ("value", value, left, self._concat())
            if value == "is":
                self.at += 1
                return ("node", value, left, self._concat())
        elif self.kind == "symbol":
            if value in _GENERAL:
                self.at += 1
                return ("general", _GENERAL[value], left, self._concat())
            if value in ("<<", ">>"):
                self.at += 1
                return ("node", value, left, self._concat())
        return left

    def _concat(self) -> Expr:
        left = self._range()
        while self.value == "||":
            self.at += 1
            left = ("call", "fn:concat", [left, self._range()])
        return left

    def _range(self) -> Expr:
        left = self._additive()
        if self.kind == "name" and self.take("to"):
            return ("to", left, self._additive())
        return left

    def _additive(self) -> Expr:
        left = self._multiplicative()
        while self.kind == "symbol" and self.value in ("+", "-"):
            operator = self.value
            self.at += 1
            left = ("arith", operator, left, self._multiplicative())
        return left

    def _multiplicative(self) -> Expr:
        left = self._union()
        while (self.kind == "symbol" and self.value == "*") or (
            self.kind == "name" and self.value in ("div", "idiv", "mod")
        ):
            operator = self.value
            self.at += 1
            left = ("arith", operator, left, self._union())
        return left

    def _union(self) -> Expr:
        left = self._intersect()
        while (self.kind == "symbol" and self.value == "|") or (self.kind == "name" and self.value == "union"):
            self.at += 1
            left = ("set", "union", left, self._intersect())
        return left

    def _intersect(self) -> Expr:
        left = self._instance()
        while self.kind == "name" and self.value in ("intersect", "except"):
            operator = self.value
            self.at += 1
            left = ("set", operator, left, self._instance())
        return left

    def _instance(self) -> Expr:
        left = self._treat()
        if self.kind == "name" and self.value == "instance" and self.ahead() == "of":
            self.at += 2
            return ("instance", left, self.sequence_type())
        return left

    def _treat(self) -> Expr:
        left = self._castable()
        if self.kind == "name" and self.value == "treat" and self.ahead() == "as":
            self.at += 2
            return ("treat", left, self.sequence_type())
        return left

    def _castable(self) -> Expr:
        left = self._cast()
        if self.kind == "name" and self.value == "castable" and self.ahead() == "as":
            self.at += 2
            return ("castable", left, self._name(), self.take("?"))
        return left

    def _cast(self) -> Expr:
        left = self._arrow()
        if self.kind == "name" and self.value == "cast" and self.ahead() == "as":
            self.at += 2
            return ("cast", left, self._name(), self.take("?"))
        return left

    def _arrow(self) -> Expr:
        left = self._unary()
        while self.value == "=>":
            self.at += 1
            name = self._name()
            left = ("call", name, [left, *self._arguments()])
        return left

    def _unary(self) -> Expr:
        sign = None
        while self.kind == "symbol" and self.value in ("+", "-"):
            sign = -(sign or 1) if self.value == "-" else (sign or 1)
            self.at += 1
        made = self._simple_map()
        return made if sign is None else ("unary", sign, made)

    def _simple_map(self) -> Expr:
        left = self._path()
        while self.value == "!" and self.kind == "symbol":
            self.at += 1
            left = ("map", left, self._path())
        return left

    def _path(self) -> Expr:
        if self.take("/"):
            if not self._starts_step():
                return ("root",)
            return self._steps(("path", ("root",), self._step()))
        if self.take("//"):
            return self._steps(_below(("root",), self._step()))
        return self._steps(self._step())

    def _starts_step(self) -> bool:
        return self.kind in ("name", "axis", "string", "number") or self.value in ("@", "..", ".", "*", "$", "(")

    def _steps(self, left: Expr) -> Expr:
        while True:
            if self.take("/"):
                left = ("path", left, self._step())
            elif self.take("//"):
                left = _below(left, self._step())
            else:
                return left

    def _step(self) -> Expr:
        made = self._axis_step()
        if made is None:
            made = self._primary()
            axis = None
        else:
            axis = made[1]
        while self.take("["):
            test = self.expr()
            self.expect("]")
            made = ("filter", made, test, axis in _REVERSE)
        if self.value in ("?", "#", "{") and self.kind == "symbol":
            raise UnsupportedError("XPST0003", "XPath 3.1")
        if self.value == "(" and made[0] not in ("step",):
            raise UnsupportedError("XPST0003", "a call of a function that is a value is of XPath 3.0")
        return made

    def _axis_step(self) -> Expr | None:
        if self.kind == "axis":
            axis = self.value
            if axis == "namespace":
                raise XPathError("XPST0010", "the namespace axis is not supported")
            if axis not in _AXES:
                raise XPathError("XPST0003", f"there is no axis {axis!r}")
            self.at += 1
            self.expect("::")
            return ("step", axis, self._node_test("attribute" if axis == "attribute" else "element"))
        if self.take("@"):
            return ("step", "attribute", self._node_test("attribute"))
        if self.take(".."):
            return ("step", "parent", ("kind", "node", None))
        if self.value == "*" and self.kind == "symbol":
            self.at += 1
            return ("step", "child", ("any", "element"))
        if self.kind == "name":
            if self.ahead() == "(":
                if self.value in _KIND_TESTS:
                    test = self._node_test("element")
                    return ("step", "attribute" if test[1].endswith("attribute") else "child", test)
                return None
            return ("step", "child", self._node_test("element"))
        return None

    def _node_test(self, principal: str) -> Expr:
        if self.value == "*" and self.kind == "symbol":
            self.at += 1
            return ("any", principal)
        if self.kind != "name":
            raise self.unexpected("a test of nodes expected")
        name = self.value
        self.at += 1
        if self.value == "(" and name in _KIND_TESTS:
            return self._kind_test(name)
        return ("name", principal, name)

    def _kind_test(self, name: str) -> Expr:
        self.expect("(")
        inner: str | None = None
        if name in _SCHEMA_TESTS:
            inner = self._name()
        elif self.value != ")":
            if name == "document-node":
                self._node_test("element")
            elif self.kind == "string":
                inner = _unquote(self.tokens[self.at][1])
                self.at += 1
            elif self.value == "*":
                self.at += 1
            else:
                inner = self._name()
            if self.take(","):
                self._name()
                self.take("?")
        self.expect(")")
        return ("kind", name, inner)

    def _arguments(self) -> list[Expr]:
        self.expect("(")
        found: list[Expr] = []
        if self.value != ")" or self.kind == "string":
            found.append(self.single())
            while self.take(","):
                found.append(self.single())
        self.expect(")")
        return found

    def _primary(self) -> Expr:
        kind, text = self.tokens[self.at]
        if kind == "number":
            self.at += 1
            if "e" in text or "E" in text:
                return ("literal", float(text))
            if "." in text:
                return ("literal", Decimal(text))
            if len(text) > MOST_BITS // 4:
                raise XPathError("FOAR0002", "the whole number is too long")
            return ("literal", integer(text))
        if kind == "string":
            self.at += 1
            return ("literal", _unquote(text))
        if text == "$":
            self.at += 1
            return ("var", self._name())
        if text == "(":
            self.at += 1
            if self.take(")"):
                return ("sequence", [])
            made = self.expr()
            self.expect(")")
            return ("paren", made)
        if text == ".":
            self.at += 1
            return ("context",)
        if kind == "name" and "*" not in text and self.ahead() == "(":
            if text in _NOT_FUNCTIONS:
                raise self.unexpected()
            if text in ("function", "map", "array"):
                raise UnsupportedError("XPST0003", "functions as values are of XPath 3.0")
            self.at += 1
            return ("call", text, self._arguments())
        if text in ("{", "[", "?", "%"):
            raise UnsupportedError("XPST0003", "XPath 3.1")
        raise self.unexpected()

    def sequence_type(self) -> Expr:
        """`(kind, name, occurrence)`; kind is `empty-sequence`, `item`, `atomic` or a kind of node."""
        if self.kind != "name":
            raise self.unexpected("a type expected")
        name = self.value
        self.at += 1
        if self.value == "(":
            if name in ("empty-sequence", "item"):
                self.expect("(")
                self.expect(")")
                made: tuple[str, str | None] = (name, None)
            elif name in _KIND_TESTS:
                test = self._kind_test(name)
                made = (test[1], test[2])
            elif name in ("map", "function", "array"):
                raise UnsupportedError("XPST0003", "XPath 3.1")
            else:
                raise self.unexpected()
        else:
            made = ("atomic", name)
        occurrence = ""
        if self.kind == "symbol" and self.value in ("?", "*", "+") and name != "empty-sequence":
            occurrence = self.value
            self.at += 1
        return (*made, occurrence)


_CLOSING = (("symbol", ","), ("symbol", ")"), ("end", ""))
_REVERSE = frozenset(("parent", "ancestor", "ancestor-or-self", "preceding", "preceding-sibling"))


def _below(left: Expr, step: Expr) -> Expr:
    """`left//step`: straight to the descendants where no predicate counts positions."""
    bare = step
    while bare[0] == "filter" and bare[2][0] in ("general", "value", "and", "or") and "fn:" not in repr(bare[2]):
        if "'position'" in repr(bare[2]) or "'last'" in repr(bare[2]):
            break
        bare = bare[1]
    if bare[0] == "step" and bare[1] == "child":
        made: Expr = ("step", "descendant", bare[2])
        filters = []
        while step is not bare:
            filters.append(step)
            step = step[1]
        for each in reversed(filters):
            made = ("filter", made, each[2], each[3])
        return ("path", left, made)
    return ("path", ("path", left, ("step", "descendant-or-self", ("kind", "node", None))), step)


def _unquote(text: str) -> str:
    quote = text[0]
    return text[1:-1].replace(quote * 2, quote)


def parse_sequence_type(text: str) -> Expr:
    """A sequence type on its own, as function signatures name them."""
    parser = _Parser(text)
    made = parser.sequence_type()
    if parser.kind != "end":
        raise parser.unexpected()
    return made
