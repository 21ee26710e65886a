"""What an expression is evaluated in: the static context it is compiled with, and slots that hold all else.

Slots 0 to 2 hold the context item, its position and the size of the context, slot 3 the `Dynamic` context; free
variables and those of `for`, `some` and `every` have the rest. Reading a variable is then reading a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from recto.names import XML, XSD, XSI
from recto.xpath.errors import Budget, BudgetError, XPathError
from recto.xpath.parse import Expr
from recto.xpath.values import Value

FN = "http://www.w3.org/2005/xpath-functions"
MAP = "http://www.w3.org/2005/xpath-functions/map"
ERR = "http://www.w3.org/2005/xqt-errors"
Env = list[Any]
Run = Callable[[Env], Value]
FIRST = 4
"""The first slot that is free for variables."""
KNOWN_PREFIXES = {"xs": XSD, "fn": FN, "err": ERR, "xml": XML, "map": MAP, "xsi": XSI}
ABSENT = object()
"""In the place of a context item that is not there."""


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
            uri = KNOWN_PREFIXES.get(prefix)
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

    __slots__ = ("_blank", "columns", "constant", "free", "functions", "run", "size", "text", "typed")

    def __init__(
        self,
        text: str,
        run: Run,
        free: Mapping[str, int],
        size: int,
        functions: frozenset[str],
        typed: frozenset[str] = frozenset(),
        columns: Callable[[Mapping[int, Any]], Iterable[bool]] | None = None,
    ):
        self.text = text
        self.run = run
        self.free = tuple(free.items())
        self.size = size
        self.functions = functions
        """Names of the functions it calls, other than those of XPath."""
        self.typed = typed
        """Those of the variables of which it asks for the typed value only: it may be given instead of the node."""
        self.columns = columns
        """Of a comparison of numbers: what it gives for many decimals of its variables (`recto.xpath.columns`)."""
        self._blank: Env = [ABSENT, 1, 1, None] + [None] * (size - FIRST)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in self.free)

    def __call__(self, dynamic: Dynamic, variables: Mapping[str, Value], item: Any = ABSENT) -> Value:
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

    def prepared(self, dynamic: Dynamic, variables: Mapping[str, Value], item: Any = ABSENT) -> Prepared:
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


class LazyItem:
    """A context item that is made only where an expression asks for it."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]):
        self.make = make


def focus(env: Env) -> Any:
    item = env[0]
    if type(item) is LazyItem:
        item = env[0] = item.make()
    if item is ABSENT:
        raise XPathError("XPDY0002", "there is no context item")
    return item


def is_name(text: str) -> bool:
    """Whether a text is a name without a prefix (NCName)."""
    from recto.taxonomy.values import check_built_in

    return check_built_in("NCName", text) is None


class Parts:
    """What the parts of the compiler have in common."""

    static: Static

    def compile(self, expr: Expr) -> Run:
        raise NotImplementedError

    def single_atomic(self, expr: Expr, what: str) -> Run:
        raise NotImplementedError
