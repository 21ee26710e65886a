"""Expressions compiled to Python closures over a list of slots (`recto.xpath.context`)."""

from __future__ import annotations

import operator as operators
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from recto.names import XSD
from recto.xpath import values
from recto.xpath.arithmetic import add, arithmetic
from recto.xpath.axes import ordered
from recto.xpath.columns import COMPARISONS, test_of
from recto.xpath.context import FIRST, FN, Env, Expression, Function, Run, Static, focus
from recto.xpath.errors import MOST_ITEMS, BudgetError, UnknownFunctionError, XPathError
from recto.xpath.nodes import Node
from recto.xpath.parse import Expr, parse
from recto.xpath.types import Types
from recto.xpath.values import Untyped, Value, atomize, boolean, compare, compare_general

_COMPARABLE = frozenset((Decimal, int, str, bool))
"""Types of which two values compare as Python's do."""
_FEW = 1_000
"""Items that a sequence may be made of without its being counted."""
_PLAIN = frozenset((*_COMPARABLE, float, Untyped))
"""Types of values that are atomized already, one by one."""


def compile_expression(text: str, static: Static) -> Expression:
    """Raises `XPathError` for static errors."""
    try:
        compiler = _Compiler(static)
        tree = parse(text)
        run = compiler.compile(tree)
        columns = test_of(tree, lambda name: compiler.free[static.clark(name)])
    except RecursionError:
        raise XPathError("XPST0003", "the expression nests too deeply") from None
    typed = frozenset(compiler.free) - compiler.whole
    return Expression(text, run, compiler.free, compiler.size, frozenset(compiler.called), typed, columns)


class _Compiler(Types):
    def __init__(self, static: Static):
        self.static = static
        self.free: dict[str, int] = {}
        self.scope: dict[str, list[int]] = {}
        self.size = FIRST
        self.called: set[str] = set()
        self.whole: set[str] = set()
        """Free variables of which more than the typed value is asked for somewhere."""

    def slot(self) -> int:
        self.size += 1
        return self.size - 1

    def compile(self, expr: Expr) -> Run:
        return getattr(self, "_" + expr[0])(expr)  # type: ignore[no-any-return]

    def atomic(self, expr: Expr) -> Run:
        """The atomized value."""
        run = self._typed_variable(expr) or self.compile(expr)
        if expr[0] in ("literal", "arith", "general", "value", "cast", "castable", "ebv", "and", "or", "to", "unary"):
            return run

        def atomic(env: Env) -> Value:
            value = run(env)
            return value if type(value) in _PLAIN else atomize(value)

        return atomic

    def _typed_variable(self, expr: Expr) -> Run | None:
        """What gives a free variable where its typed value is all that is asked for; None for any other expression."""
        while expr[0] == "paren":
            expr = expr[1]
        if expr[0] != "var":
            return None
        slot = self._slot_of(self.static.clark(expr[1]))
        return operators.itemgetter(slot)

    def single_atomic(self, expr: Expr, what: str) -> Run:
        """The atomized value, of one item or none."""
        run = self._typed_variable(expr) or self.compile(expr)
        if expr[0] == "literal":
            return run
        lenient = self.static.equals_are_one

        def of(env: Env) -> Value:
            value = run(env)
            if type(value) in _PLAIN:
                return value
            if isinstance(value, Node):
                value = value.atom
            if type(value) is list:
                value = atomize(value)
                if type(value) is list and value:
                    if lenient and all(compare_general(value[0], each, "eq") for each in value[1:]):
                        return value[0]
                    raise XPathError("XPTY0004", f"{what} of a sequence of several values")
            elif type(value) is values.MapItem:
                raise XPathError("FOTY0013", "a map has no atomic value")
            return value

        return of

    # Simple ones

    def _literal(self, expr: Expr) -> Run:
        value = expr[1]
        return lambda env: value

    def _paren(self, expr: Expr) -> Run:
        return self.compile(expr[1])

    def _var(self, expr: Expr) -> Run:
        name = self.static.clark(expr[1])
        if not self.scope.get(name):
            self.whole.add(name)
        return operators.itemgetter(self._slot_of(name))

    def _slot_of(self, name: str) -> int:
        local = self.scope.get(name)
        if local:
            return local[-1]
        slot = self.free.get(name)
        if slot is None:
            slot = self.free[name] = self.slot()
        return slot

    def _context(self, expr: Expr) -> Run:
        return focus

    def _root(self, expr: Expr) -> Run:
        def root(env: Env) -> Value:
            item = focus(env)
            if not isinstance(item, Node):
                raise XPathError("XPTY0020", "the context item is no node")
            return item.tree.document

        return root

    def _sequence(self, expr: Expr) -> Run:
        parts = [self.compile(each) for each in expr[1]]
        if not parts:
            return lambda env: []

        def sequence(env: Env) -> Value:
            found: list[Any] = []
            for part in parts:
                value = part(env)
                if type(value) is list:
                    found += value
                else:
                    found.append(value)
            if len(found) > _FEW:
                env[3].budget.spend(len(found))  # sequences that are put together again and again
                if len(found) > MOST_ITEMS:
                    raise BudgetError(f"the sequence has more than {MOST_ITEMS:,} items")
            return found[0] if len(found) == 1 else found

        return sequence

    def _if(self, expr: Expr) -> Run:
        test, then, otherwise = (self.compile(each) for each in expr[1:])
        return lambda env: then(env) if boolean(test(env)) else otherwise(env)

    def _ebv(self, expr: Expr) -> Run:
        run = self.compile(expr[1])
        return lambda env: boolean(run(env))

    def _or(self, expr: Expr) -> Run:
        left, right = self.compile(expr[1]), self.compile(expr[2])
        return lambda env: boolean(left(env)) or boolean(right(env))

    def _and(self, expr: Expr) -> Run:
        left, right = self.compile(expr[1]), self.compile(expr[2])
        return lambda env: boolean(left(env)) and boolean(right(env))

    # Binders

    def _bound(self, expr: Expr) -> tuple[Run, int, Run]:
        _, name, source, body = expr
        run = self.compile(source)
        clark = self.static.clark(name)
        slot = self.slot()
        self.scope.setdefault(clark, []).append(slot)
        inner = self.compile(body)
        self.scope[clark].pop()
        return run, slot, inner

    def _for(self, expr: Expr) -> Run:
        run, slot, inner = self._bound(expr)

        def loop(env: Env) -> Value:
            source = run(env)
            budget = env[3].budget
            found: list[Any] = []
            for item in source if type(source) is list else (source,):
                budget.tick()
                env[slot] = item
                value = inner(env)
                if type(value) is list:
                    found += value
                    budget.spend(len(value))
                    if len(found) > MOST_ITEMS:
                        raise BudgetError("the sequence is too long")
                else:
                    found.append(value)
            return found[0] if len(found) == 1 else found

        return loop

    def _let(self, expr: Expr) -> Run:
        run, slot, inner = self._bound(expr)

        def let(env: Env) -> Value:
            env[slot] = run(env)
            return inner(env)

        return let

    def _some(self, expr: Expr) -> Run:
        return self._quantified(expr, True)

    def _every(self, expr: Expr) -> Run:
        return self._quantified(expr, False)

    def _quantified(self, expr: Expr, wanted: bool) -> Run:
        run, slot, inner = self._bound(expr)

        def quantified(env: Env) -> bool:
            budget = env[3].budget
            for item in values.items(run(env)):
                budget.tick()
                env[slot] = item
                if bool(inner(env)) is wanted:
                    return wanted
            return not wanted

        return quantified

    # Operators

    def _arith(self, expr: Expr) -> Run:
        operator = expr[1]
        what = f"{operator!r}"
        left, right = self.single_atomic(expr[2], what), self.single_atomic(expr[3], what)
        if operator == "+":

            def plus(env: Env) -> Value:
                a, b = left(env), right(env)
                if type(a) is Decimal and type(b) is Decimal:
                    return add(a, b)
                if type(a) is list or type(b) is list:
                    return []
                return arithmetic(a, b, "+")

            return plus

        def of(env: Env) -> Value:
            a, b = left(env), right(env)
            if type(a) is list or type(b) is list:
                return []
            return arithmetic(a, b, operator)

        return of

    def _unary(self, expr: Expr) -> Run:
        sign = expr[1]
        run = self.single_atomic(expr[2], "the sign")

        def unary(env: Env) -> Value:
            value = run(env)
            if type(value) is list:
                return []
            if type(value) is Untyped:
                value = values.cast(value, "double")
            if not values.is_number(value):
                raise XPathError("XPTY0004", f"an xs:{values.type_name(value)} has no sign")
            return -value if sign < 0 else value

        return unary

    def _to(self, expr: Expr) -> Run:
        left, right = self.single_atomic(expr[1], "'to'"), self.single_atomic(expr[2], "'to'")

        def to(env: Env) -> Value:
            a, b = left(env), right(env)
            if type(a) is list or type(b) is list:
                return []
            a = values.cast(a, "integer") if type(a) is Untyped else a
            b = values.cast(b, "integer") if type(b) is Untyped else b
            if type(a) is not int or type(b) is not int:
                raise XPathError("XPTY0004", "'to' is for whole numbers")
            if b - a >= MOST_ITEMS:
                raise BudgetError(f"the range has more than {MOST_ITEMS:,} numbers")
            env[3].budget.spend(max(b - a, 0))
            made = list(range(a, b + 1))
            return made[0] if len(made) == 1 else made

        return to

    def _value(self, expr: Expr) -> Run:
        operator = expr[1]
        what = f"{operator!r}"
        left, right = self.single_atomic(expr[2], what), self.single_atomic(expr[3], what)

        direct = COMPARISONS[operator]

        def comparison(env: Env) -> Value:
            a, b = left(env), right(env)
            if (kind := type(a)) is type(b) and kind in _COMPARABLE:
                return direct(a, b)
            if kind is list or type(b) is list:
                return []
            return compare(a, b, operator)

        return comparison

    def _general(self, expr: Expr) -> Run:
        operator = expr[1]
        left, right = self.atomic(expr[2]), self.atomic(expr[3])

        direct = COMPARISONS[operator]

        def comparison(env: Env) -> Value:
            a, b = left(env), right(env)
            if (kind := type(a)) is type(b) and kind in _COMPARABLE:
                return direct(a, b)
            if kind is not list and type(b) is not list:
                return compare_general(a, b, operator)
            others = values.items(b)
            budget = env[3].budget
            for one in values.items(a):
                budget.spend(len(others))
                for other in others:
                    if compare_general(one, other, operator):
                        return True
            budget.tick()
            return False

        return comparison

    def _node(self, expr: Expr) -> Run:
        operator = expr[1]
        left, right = self.compile(expr[2]), self.compile(expr[3])

        def comparison(env: Env) -> Value:
            a, b = left(env), right(env)
            if (type(a) is list and not a) or (type(b) is list and not b):
                return []
            if not isinstance(a, Node) or not isinstance(b, Node):
                raise XPathError("XPTY0004", f"{operator!r} compares two nodes")
            if operator == "is":
                return a is b
            return a.order < b.order if operator == "<<" else a.order > b.order

        return comparison

    def _set(self, expr: Expr) -> Run:
        operator = expr[1]
        left, right = self.compile(expr[2]), self.compile(expr[3])

        def combined(env: Env) -> Value:
            a, b = values.items(left(env)), values.items(right(env))
            for item in (*a, *b):
                if not isinstance(item, Node):
                    raise XPathError("XPTY0004", f"{operator!r} combines nodes")
            if operator == "union":
                return ordered([*a, *b])
            known = set(map(id, b))
            if operator == "intersect":
                return ordered([item for item in a if id(item) in known])
            return ordered([item for item in a if id(item) not in known])

        return combined

    # Calls

    def _call(self, expr: Expr) -> Run:
        _, name, given = expr
        clark = self.static.clark(name, FN)
        arguments = [self.compile(each) for each in given]
        if clark.startswith(f"{{{XSD}}}"):
            if len(arguments) != 1:
                raise XPathError("XPST0017", f"{name} takes one value")
            try:
                return self._cast(("cast", ("paren", given[0]), name, True))
            except XPathError as error:
                if error.code in ("err:XPST0051", "err:XPST0080"):
                    raise XPathError("XPST0017", f"there is no function {name}") from None
                raise
        function = self.static.functions.find(clark, len(arguments))
        if function is None:
            raise UnknownFunctionError(clark, f"there is no function {name} with {len(arguments)} arguments")
        if not clark.startswith(f"{{{FN}}}"):
            self.called.add(clark)
        return bind(function, arguments, self.static)


def bind(function: Function, arguments: Sequence[Run], static: Static) -> Run:
    run = function.run
    converts = list(function.convert[: len(arguments)])
    while len(converts) < len(arguments):
        converts.append(function.convert[-1])
    if function.wants_context:
        both = tuple(zip(arguments, converts, strict=True))
        return lambda env: run(env, static, [c(a(env)) if c else a(env) for a, c in both])
    if len(arguments) == 1:
        argument, convert = arguments[0], converts[0]
        if convert is None:
            return lambda env: run(env[3], argument(env))
        return lambda env: run(env[3], convert(argument(env)))
    pairs = tuple(zip(arguments, converts, strict=True))
    return lambda env: run(env[3], *[c(a(env)) if c is not None else a(env) for a, c in pairs])
