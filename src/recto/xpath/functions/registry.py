"""How functions are declared: name, types of arguments, implementation; arguments are converted by their types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib import import_module
from typing import Any

from recto.xpath import values
from recto.xpath.context import FN, MAP, Function, Functions
from recto.xpath.errors import XPathError
from recto.xpath.nodes import AttributeNode, ElementNode, Node
from recto.xpath.values import AnyURI, QNameValue, Untyped, Value, atomize

Convert = Callable[[Value], Value]


def converter(type_: str) -> Convert | None:
    """The function conversion rules for a type as signatures write it (XPath 2.0, 3.1.5); None where all will do."""
    return _converter(type_)


@lru_cache(maxsize=256)
def _converter(type_: str) -> Convert | None:
    if type_ == "item()*":
        return None
    occurrence = type_[-1] if type_[-1] in "?*+" else ""
    base = type_[: len(type_) - len(occurrence)]
    if base.endswith(")"):
        return _items(base, occurrence)
    target = base.removeprefix("xs:")
    fit = _fitter(target)

    def convert(value: Value) -> Value:
        try:
            value = atomize(value)
        except XPathError as error:
            if target != "QName":
                raise
            # No content without a type is a QName, whatever it holds (function registry, 90201 V-05).
            raise XPathError("XPTY0004", f"{error.message}; an xs:QName is needed") from None
        if type(value) is not list:
            return fit(value)
        if not value:
            if occurrence in ("", "+"):
                raise XPathError("XPTY0004", f"nothing given where an xs:{target} is needed")
            return value
        if occurrence in ("", "?"):
            raise XPathError("XPTY0004", f"several values given where one xs:{target} is needed")
        return [fit(item) for item in value]

    return convert


def _items(base: str, occurrence: str) -> Convert:
    kind = base[:-2]
    cls: Any = {"node": Node, "element": ElementNode, "attribute": AttributeNode, "item": object}.get(kind, Node)

    def convert(value: Value) -> Value:
        if type(value) is not list:
            if not isinstance(value, cls):
                raise XPathError("XPTY0004", f"a value given where {base} is needed")
            return value
        if not value:
            if occurrence in ("", "+"):
                raise XPathError("XPTY0004", f"nothing given where {base} is needed")
        elif occurrence in ("", "?"):
            raise XPathError("XPTY0004", f"several items given where one {base} is needed")
        elif cls is not object and not all(isinstance(item, cls) for item in value):
            raise XPathError("XPTY0004", f"a value given where {base} is needed")
        return value

    return convert


def _fitter(target: str) -> Callable[[Any], Any]:
    if target == "anyAtomicType":
        return lambda item: item
    if target == "numeric":

        def numeric(item: Any) -> Any:
            if type(item) is Untyped:
                return values.cast(item, "double")
            if not values.is_number(item):
                raise XPathError("XPTY0004", f"an xs:{values.type_name(item)} given where a number is needed")
            return item

        return numeric

    def fit(item: Any) -> Any:
        if type(item) is Untyped:
            if target == "QName":
                raise XPathError("XPTY0004", "untyped text given where an xs:QName is needed")
            return values.cast(item, target)
        if target == "string" and type(item) is AnyURI:
            return str(item)
        if values.is_instance(item, target):
            return item
        if target in ("double", "float") and values.is_number(item):
            return values.cast(item, target)
        raise XPathError("XPTY0004", f"an xs:{values.type_name(item)} given where an xs:{target} is needed")

    return fit


class Library(Functions):
    """Declared functions; others may be added for one DTS on top of a shared library."""

    def __init__(self, below: Library | None = None):
        self._own: dict[str, list[Function]] = {}
        self._below = below

    def add(self, function: Function) -> None:
        self._own.setdefault(function.name, []).append(function)

    def find(self, clark: str, arity: int) -> Function | None:
        for each in self._own.get(clark, ()):
            if each.least <= arity and (each.most is None or arity <= each.most):
                return each
        return self._below.find(clark, arity) if self._below is not None else None

    def has(self, clark: str) -> bool:
        return clark in self._own or (self._below is not None and self._below.has(clark))


class _Standard(Library):
    """Loads its parts when first asked."""

    _loaded = False

    def find(self, clark: str, arity: int) -> Function | None:
        self.load()
        return super().find(clark, arity)

    def has(self, clark: str) -> bool:
        self.load()
        return super().has(clark)

    def load(self) -> None:
        if not self._loaded:
            self._loaded = True
            for part in ("general", "text", "numbers", "moments", "nodes"):
                import_module(f"recto.xpath.functions.{part}")


STANDARD = _Standard()


def declare(
    name: str,
    *types: str,
    least: int | None = None,
    more: bool = False,
    library: Library = STANDARD,
    context: bool = False,
    namespaces: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Declares the decorated function as `name` (`fn:abs`), with types of its arguments.

    `least`: how many arguments it needs at least; `more`: its last argument may come any number of times; `context`:
    it is called with the slots and the static context instead of the dynamic context.
    """
    prefix, _, local = name.partition(":")
    clark = f"{{{(namespaces or _NAMESPACES)[prefix]}}}{local}"

    def add(run: Callable[..., Value]) -> Callable[..., Value]:
        converts = [converter(each) for each in types]
        most = None if more else len(types)
        library.add(Function(clark, run, converts, len(types) if least is None else least, most, context))
        return run

    return add


_NAMESPACES = {"fn": FN, "map": MAP}
__all__ = ["STANDARD", "Library", "QNameValue", "converter", "declare"]
