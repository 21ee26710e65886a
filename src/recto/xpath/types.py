"""Expressions on types: casts, and whether a value is of a sequence type (XPath 2.0, 3.10)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from recto.names import XSD
from recto.names import QName as Name
from recto.xpath import values
from recto.xpath.context import KNOWN_PREFIXES, Env, Run, is_name
from recto.xpath.errors import BudgetError, XPathError
from recto.xpath.nodes import Node
from recto.xpath.parse import Expr
from recto.xpath.paths import Paths
from recto.xpath.values import QNameValue, Value


class Types(Paths):
    """The methods of the compiler for types."""

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
            if not is_name(local if colon else prefix) or (colon and not is_name(prefix)):
                raise XPathError("FORG0001", f"{text[:60]!r} is no name")
            if not colon:
                return QNameValue(Name(static.namespaces.get("", ""), text))
            uri = static.namespaces.get(prefix) or KNOWN_PREFIXES.get(prefix)
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
        return self.kind_test(kind, name)

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
