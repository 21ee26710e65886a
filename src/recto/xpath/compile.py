"""Expressions compiled to Python closures over a list of slots.

Slots 0 to 2 hold the context item, its position and the size of the context, slot 3 the `Dynamic` context; free
variables and those of `for`, `some` and `every` have the rest. Reading a variable is then reading a list.
"""

from __future__ import annotations

import operator as operators
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from recto.names import XML, XSD, XSI
from recto.names import QName as Name
from recto.xpath import values
from recto.xpath.axes import AXES, ordered
from recto.xpath.errors import MOST_ITEMS, Budget, BudgetError, UnknownFunctionError, XPathError
from recto.xpath.nodes import AttributeNode, DocumentNode, ElementNode, Node, TextNode
from recto.xpath.parse import Expr, parse
from recto.xpath.values import QNameValue, Untyped, Value, arithmetic, atomize, boolean, compare, compare_general

FN = "http://www.w3.org/2005/xpath-functions"
MAP = "http://www.w3.org/2005/xpath-functions/map"
ERR = "http://www.w3.org/2005/xqt-errors"
Env = list[Any]
Run = Callable[[Env], Value]
ITEM, POSITION, SIZE, DYNAMIC, FIRST = 0, 1, 2, 3, 4
_KNOWN_PREFIXES = {"xs": XSD, "fn": FN, "err": ERR, "xml": XML, "map": MAP, "xsi": XSI}
_ABSENT = object()
_DIRECT: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operators.eq,
    "ne": operators.ne,
    "lt": operators.lt,
    "le": operators.le,
    "gt": operators.gt,
    "ge": operators.ge,
}
_COMPARABLE = frozenset((Decimal, int, str, bool))
"""Types of which two values compare as Python's do."""


class Dynamic:
    """What an evaluation is about. Rooms above add what their functions need."""

    __slots__ = ("budget", "now", "subject")

    def __init__(self, subject: Any = None, budget: Budget | None = None):
        self.subject = subject
        self.budget = budget or Budget()
        self.now: Any = None


class Function:
    """A function that expressions can call: `run(dynamic, arguments)`; arguments are converted by their types."""

    __slots__ = ("convert", "least", "most", "name", "run", "wants_context")

    def __init__(
        self,
        name: str,
        run: Callable[..., Value],
        convert: Sequence[Callable[[Value], Value] | None],
        least: int,
        most: int | None,
        wants_context: bool = False,
    ):
        self.name = name
        self.run = run
        self.convert = convert
        self.least = least
        self.most = most
        self.wants_context = wants_context


class Static:
    """What an expression may refer to."""

    def __init__(self, namespaces: Mapping[str, str], functions: Functions, base: Callable[[], str] | None = None):
        self.namespaces = namespaces
        self.functions = functions
        self.base = base
        """What gives the base URI, which few expressions ask for."""
        self.equals_are_one = False
        """Whether several equal values stand for one where operators and casts take one, which is no XPath."""

    def namespace(self, prefix: str) -> str:
        uri = self.namespaces.get(prefix)
        if uri is None:
            uri = _KNOWN_PREFIXES.get(prefix)
        if uri is None:
            raise XPathError("XPST0081", f"the prefix {prefix!r} is bound to nothing")
        return uri

    def clark(self, name: str, default: str = "") -> str:
        prefix, colon, local = name.partition(":")
        if not colon:
            return f"{{{default}}}{name}" if default else name
        return f"{{{self.namespace(prefix)}}}{local}"


class Functions:
    """Functions by name in Clark notation."""

    def find(self, clark: str, arity: int) -> Function | None:
        raise NotImplementedError


class Expression:
    """A compiled expression. `free` are the variables it refers to (Clark notation) with their slots."""

    __slots__ = ("_blank", "constant", "free", "functions", "run", "size", "text")

    def __init__(self, text: str, run: Run, free: Mapping[str, int], size: int, functions: frozenset[str]):
        self.text = text
        self.run = run
        self.free = tuple(free.items())
        self.size = size
        self.functions = functions
        """Names of the functions it calls, other than those of XPath."""
        self._blank: Env = [_ABSENT, 1, 1, None] + [None] * (size - FIRST)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.free)

    def __call__(self, dynamic: Dynamic, variables: Mapping[str, Value], item: Any = _ABSENT) -> Value:
        """Raises `XPathError`; XPST0008 for a variable that has no value."""
        env = self._blank.copy()
        env[0] = item
        env[3] = dynamic
        for name, slot in self.free:
            try:
                env[slot] = variables[name]
            except KeyError:
                raise XPathError("XPST0008", f"there is no variable ${name}") from None
        return self.evaluate(env)

    def prepared(self, dynamic: Dynamic, variables: Mapping[str, Value], item: Any = _ABSENT) -> Prepared:
        """The expression with some of its variables given, for many evaluations."""
        env = self._blank.copy()
        env[0] = item
        env[3] = dynamic
        missing = []
        for name, slot in self.free:
            if name in variables:
                env[slot] = variables[name]
            else:
                missing.append(name)
        return Prepared(env, tuple(missing))

    def evaluate(self, env: Env) -> Value:
        """Raises `XPathError`."""
        try:
            return self.run(env)
        except RecursionError:
            raise BudgetError("the expression nests too deeply") from None
        except MemoryError:
            raise BudgetError("the expression takes too much memory") from None

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


class Prepared:
    """An expression's slots with some of its variables given. `missing`: those that are not, by name.

    A copy of `env` with the missing ones filled in is what `Expression.evaluate` takes.
    """

    __slots__ = ("env", "missing")

    def __init__(self, env: Env, missing: tuple[str, ...]):
        self.env = env
        self.missing = missing


def compile_expression(text: str, static: Static) -> Expression:
    """Raises `XPathError` for static errors."""
    try:
        compiler = _Compiler(static)
        run = compiler.compile(parse(text))
    except RecursionError:
        raise XPathError("XPST0003", "the expression nests too deeply") from None
    return Expression(text, run, compiler.free, compiler.size, frozenset(compiler.called))


class LazyItem:
    """A context item that is made only where an expression asks for it."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]):
        self.make = make


def focus(env: Env) -> Any:
    item = env[0]
    if type(item) is LazyItem:
        item = env[0] = item.make()
    if item is _ABSENT:
        raise XPathError("XPDY0002", "there is no context item")
    return item


class _Compiler:
    def __init__(self, static: Static):
        self.static = static
        self.free: dict[str, int] = {}
        self.scope: dict[str, list[int]] = {}
        self.size = FIRST
        self.called: set[str] = set()

    def slot(self) -> int:
        self.size += 1
        return self.size - 1

    def compile(self, expr: Expr) -> Run:
        return getattr(self, "_" + expr[0])(expr)  # type: ignore[no-any-return]

    def atomic(self, expr: Expr) -> Run:
        """The atomized value."""
        run = self.compile(expr)
        if expr[0] in ("literal", "arith", "general", "value", "cast", "castable", "ebv", "and", "or", "to", "unary"):
            return run
        return lambda env: atomize(run(env))

    def single_atomic(self, expr: Expr, what: str) -> Run:
        """The atomized value, of one item or none."""
        run = self.compile(expr)
        lenient = self.static.equals_are_one

        def of(env: Env) -> Value:
            value = run(env)
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
        slot = self._slot_of(self.static.clark(expr[1]))
        return lambda env: env[slot]

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
                    return values.add(a, b)
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

        direct = _DIRECT[operator]

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

        direct = _DIRECT[operator]

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

    # Types

    def _atomic_type(self, name: str) -> str:
        clark = self.static.clark(name, self.static.namespaces.get("", ""))
        if not clark.startswith(f"{{{XSD}}}"):
            raise XPathError("XPST0051", f"{name} is no atomic type")
        local = clark.rpartition("}")[2]
        if local not in values.TYPES:
            raise XPathError("XPST0051", f"there is no atomic type {name}")
        return local

    def _cast(self, expr: Expr) -> Run:
        target = self._atomic_type(expr[2])
        run, optional = self.single_atomic(expr[1], "a cast"), expr[3]
        if target in ("anyAtomicType", "NOTATION"):
            raise XPathError("XPST0080", f"nothing can be cast to xs:{target}")
        if target == "QName":
            return self._to_qname(run, optional)

        def cast(env: Env) -> Value:
            value = run(env)
            if type(value) is list:
                if optional:
                    return []
                raise XPathError("XPTY0004", f"nothing cannot be cast to xs:{target}")
            return values.cast(value, target)

        return cast

    def _to_qname(self, run: Run, optional: bool) -> Run:
        static = self.static

        def cast(env: Env) -> Value:
            value = run(env)
            if type(value) is list:
                if optional:
                    return []
                raise XPathError("XPTY0004", "nothing cannot be cast to xs:QName")
            if isinstance(value, QNameValue):
                return value
            if not isinstance(value, str):
                raise XPathError("XPTY0004", f"an xs:{values.type_name(value)} cannot be cast to xs:QName")
            text = value.strip()
            prefix, colon, local = text.partition(":")
            if not _is_name(local if colon else prefix) or (colon and not _is_name(prefix)):
                raise XPathError("FORG0001", f"{text[:60]!r} is no name")
            if not colon:
                return QNameValue(Name(static.namespaces.get("", ""), text))
            uri = static.namespaces.get(prefix) or _KNOWN_PREFIXES.get(prefix)
            if uri is None:
                raise XPathError("FONS0004", f"the prefix {prefix!r} is bound to nothing")
            return QNameValue(Name(uri, local), prefix)

        return cast

    def _castable(self, expr: Expr) -> Run:
        run = self._cast(("cast", ("paren", expr[1]), expr[2], expr[3]))

        def castable(env: Env) -> bool:
            try:
                run(env)
            except BudgetError:
                raise
            except XPathError:
                return False
            return True

        return castable

    def matcher(self, type_: Expr) -> Callable[[Value], bool]:
        """Whether a value is of a sequence type."""
        kind, name, occurrence = type_
        if kind == "empty-sequence":
            return lambda value: type(value) is list and not value
        fits = self._item_test(kind, name)
        if occurrence == "":
            return lambda value: type(value) is not list and fits(value)
        least = 1 if occurrence == "+" else 0

        def matches(value: Value) -> bool:
            each = values.items(value)
            return len(each) >= least and (occurrence != "?" or len(each) < 2) and all(map(fits, each))

        return matches

    def _item_test(self, kind: str, name: str) -> Callable[[Any], bool]:
        if kind == "item":
            return lambda item: True
        if kind == "atomic":
            target = self._atomic_type(name)
            return lambda item: not isinstance(item, (Node, values.MapItem)) and values.is_instance(item, target)
        return self._kind_test(kind, name)

    def _instance(self, expr: Expr) -> Run:
        run, matches = self.compile(expr[1]), self.matcher(expr[2])
        return lambda env: matches(run(env))

    def _treat(self, expr: Expr) -> Run:
        run, matches = self.compile(expr[1]), self.matcher(expr[2])

        def treat(env: Env) -> Value:
            value = run(env)
            if not matches(value):
                raise XPathError("XPDY0050", "the value is not of the type it is treated as")
            return value

        return treat

    # Paths

    def _kind_test(self, kind: str, name: str | None) -> Callable[[Any], bool]:
        if kind == "node":
            return lambda item: isinstance(item, Node)
        if kind == "text":
            return lambda item: isinstance(item, TextNode)
        if kind == "document-node":
            return lambda item: isinstance(item, DocumentNode)
        if kind in ("comment", "processing-instruction"):
            return lambda item: False
        cls = ElementNode if kind == "element" else AttributeNode
        if name is None:
            return lambda item: isinstance(item, cls)
        clark = self.static.clark(name, self.static.namespaces.get("", "") if kind == "element" else "")
        return lambda item: isinstance(item, cls) and item.name == clark

    def _test(self, test: Expr) -> Callable[[Any], bool]:
        kind = test[0]
        if kind == "kind":
            return self._kind_test(test[1], test[2])
        cls = ElementNode if test[1] == "element" else AttributeNode
        if kind == "any":
            return lambda node: isinstance(node, cls)
        name = test[2]
        if name.startswith("*:"):
            local = "}" + name[2:]
            return lambda node: isinstance(node, cls) and (node.name.endswith(local) or node.name == name[2:])
        if name.endswith(":*"):
            start = "{" + self.static.namespace(name[:-2]) + "}"
            return lambda node: isinstance(node, cls) and node.name.startswith(start)
        clark = self.static.clark(name, self.static.namespaces.get("", "") if test[1] == "element" else "")
        return lambda node: isinstance(node, cls) and node.name == clark

    def _step(self, expr: Expr) -> Run:
        if expr[1] == "descendant" and expr[2][0] == "name" and "*" not in expr[2][2]:
            return self._named_descendants(expr[2][2])
        axis, test = AXES[expr[1]], self._test(expr[2])

        def step(env: Env) -> Value:
            item = focus(env)
            if not isinstance(item, Node):
                raise XPathError("XPTY0020", "a step from what is no node")
            found = [node for node in axis(item) if test(node)]
            env[3].budget.spend(len(found) + 1)
            return found[0] if len(found) == 1 else found

        return step

    def _named_descendants(self, name: str) -> Run:
        clark = self.static.clark(name, self.static.namespaces.get("", ""))

        def step(env: Env) -> Value:
            item = focus(env)
            if not isinstance(item, Node):
                raise XPathError("XPTY0020", "a step from what is no node")
            tree = item.tree
            if isinstance(item, DocumentNode):
                found = [tree.node(each) for each in tree.root.iter(clark)]
            elif isinstance(item, ElementNode):
                found = [tree.node(each) for each in item.element.iterdescendants(clark)]
            else:
                return []
            env[3].budget.spend(len(found) + 1)
            return found[0] if len(found) == 1 else found

        return step

    def _path(self, expr: Expr) -> Run:
        sorted_ = expr[2][0] == "step" or (expr[2][0] == "filter" and expr[2][1][0] == "step")
        left, right = self.compile(expr[1]), self.compile(expr[2])

        def path(env: Env) -> Value:
            source = values.items(left(env))
            kept = env[0], env[1], env[2]
            env[2] = len(source)
            found: list[Any] = []
            budget = env[3].budget
            try:
                for at, item in enumerate(source, 1):
                    if not isinstance(item, Node):
                        raise XPathError("XPTY0019", "a path goes through what is no node")
                    budget.tick()
                    env[0], env[1] = item, at
                    value = right(env)
                    if type(value) is list:
                        found += value
                    else:
                        found.append(value)
            finally:
                env[0], env[1], env[2] = kept
            nodes = sum(isinstance(item, Node) for item in found)
            if nodes and nodes != len(found):
                raise XPathError("XPTY0018", "a path ends in nodes and values")
            if nodes and len(found) > 1 and not (sorted_ and len(source) == 1):
                return ordered(found)
            return found[0] if len(found) == 1 else found

        return path

    def _map(self, expr: Expr) -> Run:
        left, right = self.compile(expr[1]), self.compile(expr[2])

        def mapped(env: Env) -> Value:
            source = values.items(left(env))
            kept = env[0], env[1], env[2]
            env[2] = len(source)
            found: list[Any] = []
            try:
                for at, item in enumerate(source, 1):
                    env[3].budget.tick()
                    env[0], env[1] = item, at
                    found += values.items(right(env))
            finally:
                env[0], env[1], env[2] = kept
            return values.one_or_list(found)

        return mapped

    def _filter(self, expr: Expr) -> Run:
        _, source, test, reverse = expr
        run, predicate = self.compile(source), self.compile(test)

        def filtered(env: Env) -> Value:
            source = values.items(run(env))
            if reverse:
                source = source[::-1]
            kept = env[0], env[1], env[2]
            env[2] = len(source)
            found = []
            budget = env[3].budget
            try:
                for at, item in enumerate(source, 1):
                    budget.tick()
                    env[0], env[1] = item, at
                    value = predicate(env)
                    if (value == at) if values.is_number(value) else boolean(value):
                        found.append(item)
            finally:
                env[0], env[1], env[2] = kept
            if reverse:
                found.reverse()
            return found[0] if len(found) == 1 else found

        return filtered

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
                if error.code == "err:XPST0051":
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


def _is_name(text: str) -> bool:
    from recto.taxonomy.values import check_built_in

    return check_built_in("NCName", text) is None
