"""Expressions evaluated by elementpath alone: a second way to every outcome of assertions, beside recto's closures.

Functions of XBRL and of taxonomies are recto's, as elementpath has none; all else (operators, paths, functions of
XPath) is elementpath's. What elementpath cannot parse is left to recto and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from inspect import Parameter, Signature
from typing import Any
from unittest import mock

import elementpath
from elementpath import datatypes, xpath_nodes

from recto.names import XSD, QName
from recto.xpath import Static, XPathError, compile_expression
from recto.xpath.context import ABSENT, FN, KNOWN_PREFIXES, Env, Expression, LazyItem
from recto.xpath.nodes import AttributeNode, ElementNode, Node, Tree
from recto.xpath.temporal import Duration, Partial, Temporal
from recto.xpath.values import AnyURI, QNameValue, Untyped, items, one_or_list

_TEMPORAL = {"date": datatypes.Date10, "dateTime": datatypes.DateTime10, "time": datatypes.Time}
_DURATIONS = {
    "duration": datatypes.Duration,
    "yearMonthDuration": datatypes.YearMonthDuration,
    "dayTimeDuration": datatypes.DayTimeDuration,
}
_MOST_ARGUMENTS = 8


class ForeignError(Exception):
    """A value of one engine that the other has no like for."""


class _TypedElement(xpath_nodes.EtreeElementNode):
    """An element whose typed value is what recto reads by its declared type."""

    __slots__ = ()
    bridge: Bridge

    @property
    def iter_typed_values(self) -> Iterator[Any]:
        yield from items(self.bridge.theirs(self.bridge.element(self).atom))


class Bridge:
    """Values of both engines in one tree, each as the other's."""

    def __init__(self, tree: Tree):
        self.tree = tree
        self.root: Any = elementpath.get_node_tree(tree.root)
        self._typed = type("Typed", (_TypedElement,), {"__slots__": (), "bridge": self})
        for each in self.root.iter():
            if type(each) is xpath_nodes.EtreeElementNode:
                each.__class__ = self._typed
        self.document = self.root.get_document_node()

    def element(self, node: Any) -> ElementNode:
        return self.tree.node(node.value)

    def theirs(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.theirs(each) for each in value]
        if isinstance(value, Node):
            return self._node(value)
        return their_atom(value)

    def _node(self, node: Node) -> Any:
        if node.tree is not self.tree:
            raise ForeignError("a node of another document")
        if isinstance(node, ElementNode):
            return self.root.tree.elements[node.element]
        if isinstance(node, AttributeNode) and isinstance(node.parent, ElementNode):
            above = self.root.tree.elements[node.parent.element]
            return next(each for each in above.attributes if each.name == node.name)
        if node.kind == "document-node":
            return self.document
        raise ForeignError(f"a {node.kind} node")

    def ours(self, value: Any) -> Any:
        if value is None:
            return []
        if isinstance(value, list):
            return one_or_list([self.ours(each) for each in value])
        if isinstance(value, xpath_nodes.EtreeElementNode):
            return self.element(value)
        if isinstance(value, xpath_nodes.AttributeNode):
            above = self.element(value.parent)
            return next(each for each in above.attributes() if each.name == value.name)
        if isinstance(value, xpath_nodes.DocumentNode):
            return self.tree.document
        return our_atom(value)


def their_atom(value: Any) -> Any:
    if isinstance(value, list):
        return [their_atom(each) for each in value]
    if type(value) is Untyped:
        return datatypes.UntypedAtomic(str(value))
    if type(value) is AnyURI:
        return datatypes.AnyURI(str(value))
    if isinstance(value, QNameValue):
        prefix = value.prefix or ("ns" if value.name.namespace else "")
        return datatypes.QName(value.name.namespace, f"{prefix}:{value.name.local}" if prefix else value.name.local)
    if isinstance(value, Temporal):
        return _TEMPORAL[value.kind].fromstring(str(value))
    if isinstance(value, Duration):
        return _DURATIONS[value.kind].fromstring(str(value))
    if isinstance(value, (bool, int, float, Decimal, str)):
        return value
    raise ForeignError(f"a value of {type(value).__name__}")


def our_atom(value: Any) -> Any:
    if isinstance(value, datatypes.UntypedAtomic):
        return Untyped(str(value))
    if isinstance(value, datatypes.AnyURI):
        return AnyURI(str(value))
    if isinstance(value, datatypes.AbstractQName):
        return QNameValue(QName(value.namespace or "", value.local_name), value.prefix or "")
    if isinstance(value, datatypes.Duration):
        kind = next(
            name for name in ("yearMonthDuration", "dayTimeDuration", "duration") if isinstance(value, _DURATIONS[name])
        )
        return Duration.parse(kind, str(value))
    for kind, type_ in (("date", datatypes.Date10), ("dateTime", datatypes.DateTime10), ("time", datatypes.Time)):
        if isinstance(value, type_):
            return Temporal.parse(kind, str(value))
    if isinstance(value, datatypes.AbstractDateTime):
        return Partial(type(value).__name__, str(value))
    if isinstance(value, (bool, int, float, Decimal)):
        return value
    if isinstance(value, str):
        return str(value)
    raise ForeignError(f"a value of {type(value).__name__}")


def _prefixed(clark: str, prefixes: dict[str, str]) -> str:
    namespace, _, local = clark[1:].rpartition("}") if clark[:1] == "{" else ("", "", clark)
    if not namespace:
        return local
    return f"{next(prefix for prefix, uri in prefixes.items() if uri == namespace)}:{local}"


class Alone:
    """Makes expressions that elementpath evaluates. `counts` tells how many it does, and why it does not others."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.left: dict[str, str] = {}
        """Expressions that are left to recto, with the reason."""
        self._bridges: dict[int, Bridge] = {}

    def bridge(self, subject: Any) -> Bridge:
        tree = subject.tree
        made = self._bridges.get(id(tree))
        if made is None:
            made = self._bridges[id(tree)] = Bridge(tree)
        return made

    def compile(self, text: str, static: Static) -> Expression:
        own = compile_expression(text, static)
        if static.equals_are_one:  # which is no XPath
            return own
        try:
            run = self._evaluated(text, static, own)
        except (elementpath.ElementPathError, KeyError, StopIteration) as error:
            self.counts["left to recto"] += 1
            self.left[text] = str(error)
            return own
        self.counts["elementpath"] += 1
        return Expression(text, run, dict(own.free), own.size, own.functions)

    def _evaluated(self, text: str, static: Static, own: Expression) -> Callable[[Env], Any]:
        prefixes = {**KNOWN_PREFIXES, **static.namespaces, "xs": XSD}
        parser = elementpath.XPath2Parser(namespaces=prefixes)
        parser.symbol_table = dict(parser.symbol_table)
        current: list[tuple[Any, Bridge]] = []
        for clark in own.functions:
            prefix, _, local = _prefixed(clark, prefixes).rpartition(":")
            if clark.startswith((f"{{{XSD}}}", f"{{{FN}}}")):
                continue
            function, most = self._function(clark, static, current)
            parser.external_function(function, local, prefix, ("item()*",) * (most + 1))
        token = parser.parse(text)
        names = {_prefixed(name, prefixes): slot for name, slot in own.free}

        def run(env: Env) -> Any:
            dynamic = env[3]
            bridge = self.bridge(dynamic.subject)
            for prefix, uri in bridge.tree.root.nsmap.items():  # elementpath looks for prefixes of names here
                if prefix and uri not in parser.namespaces.values():
                    parser.namespaces.setdefault(prefix, uri)
            item = env[0]
            if type(item) is LazyItem:
                item = item.make()
            variables = {name: bridge.theirs(env[slot]) for name, slot in names.items()}
            current.append((env, bridge))
            try:
                context = elementpath.XPathContext(
                    root=bridge.document, item=None if item is ABSENT else bridge.theirs(item), variables=variables
                )
                self.counts["evaluations"] += 1
                return bridge.ours(token.evaluate(context))
            except elementpath.ElementPathError as error:
                raise XPathError((error.code or "").rpartition(":")[2], str(error)) from None
            except ForeignError as error:
                self.counts["evaluations left to recto"] += 1
                self.left[text] = str(error)
                return own.run(env)
            finally:
                current.pop()

        return run

    def _function(
        self, clark: str, static: Static, current: list[tuple[Any, Bridge]]
    ) -> tuple[Callable[..., Any], int]:
        """One of recto's functions for elementpath, and how many arguments it takes at most."""

        def call(*given: Any) -> Any:
            if not current:  # elementpath evaluates what it can when it parses
                raise elementpath.MissingContextError("nothing is evaluated yet")
            env, bridge = current[-1]
            function = static.functions.find(clark, len(given))
            assert function is not None
            converts = list(function.convert[: len(given)])
            converts += [function.convert[-1]] * (len(given) - len(converts))
            values = [
                convert(each) if convert is not None else each
                for convert, each in zip(converts, map(bridge.ours, given), strict=True)
            ]
            if function.wants_context:
                found = function.run(env, static, values)
            else:
                found = function.run(env[3], *values)
            return bridge.theirs(found)

        taken = [number for number in range(_MOST_ARGUMENTS) if static.functions.find(clark, number) is not None]
        given = [
            Parameter(f"p{at}", Parameter.POSITIONAL_OR_KEYWORD, default=Parameter.empty if at < taken[0] else None)
            for at in range(taken[-1])
        ]
        call.__signature__ = Signature(given)  # type: ignore[attr-defined]
        return call, taken[-1]


@contextmanager
def by_elementpath() -> Iterator[Alone]:
    """While it lasts, expressions of formulas are compiled for elementpath."""
    alone = Alone()
    with compiled_by(alone):
        yield alone


@contextmanager
def compiled_by(alone: Alone) -> Iterator[None]:
    """The same for one that compiled some already; messages are compiled when they are first asked for."""
    with mock.patch("recto.formula.compiler.compile_expression", alone.compile):
        yield
