"""Expressions of one DTS, compiled once for each text and set of prefixes; functions that the DTS defines itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from recto.formula.functions.library import FUNCTIONS
from recto.names import QName
from recto.taxonomy.nodes import Element, Node
from recto.xpath import Budget, Dynamic, Expression, Library, Static, XPathError, compile_expression
from recto.xpath.context import Function
from recto.xpath.functions.registry import converter


class Run(Dynamic):
    """The dynamic context of a variable set: the instance, and what is bound."""

    __slots__ = ("evaluation", "open_instance")

    def __init__(self, subject: Any, budget: Budget | None = None, open_instance: Any = None):
        super().__init__(subject, budget)
        self.evaluation: Any = None
        self.open_instance = open_instance


_ASKS_FOR_BASE = re.compile(r"\b(?:doc|doc-available|static-base-uri)\s*\(")


class Compiler:
    """Compiles expressions; the functions of the DTS are added to `library` before anything is compiled."""

    def __init__(self, taxonomy: Any = None) -> None:
        self.taxonomy = taxonomy
        self.library = Library(FUNCTIONS)
        self._statics: dict[tuple[tuple[str, str], ...], tuple[Static, dict[str, Expression | XPathError]]] = {}
        self.count = 0
        """Expressions compiled."""

    def compile(self, text: str, namespaces: Mapping[str, str], base: Callable[[], str] | None = None) -> Expression:
        """Raises `XPathError` for static errors, anew each time. `base` gives the base URI of the expression."""
        if base is not None and _ASKS_FOR_BASE.search(text):
            self.count += 1
            own = {prefix: uri for prefix, uri in namespaces.items() if prefix}
            return compile_expression(text, Static(own, self.library, base))
        key = tuple(namespaces.items())
        known = self._statics.get(key)
        if known is None:
            # Names without a prefix are in no namespace, whatever the default namespace of the linkbase is.
            prefixed = {prefix: uri for prefix, uri in namespaces.items() if prefix}
            known = self._statics[key] = (Static(prefixed, self.library), {})
        static, made = known
        expression = made.get(text)
        if expression is None:
            self.count += 1
            try:
                expression = compile_expression(text, static)
            except XPathError as error:
                expression = error
            made[text] = expression
        if isinstance(expression, XPathError):
            raise expression
        return expression

    def for_equals(self, element: Element, attribute: str) -> Expression:
        """The expression in an attribute, taking several equal values for one (`Static.equals_are_one`)."""
        own = {prefix: uri for prefix, uri in element.namespaces.items() if prefix}
        static = Static(own, self.library)
        static.equals_are_one = True
        return compile_expression(element.get(attribute) or "", static)

    def of(self, element: Element, attribute: str | None = None, node: Node | None = None) -> Expression:
        """The expression in an attribute, or in the text, of an element; of a resource where that is given."""
        text = element.string if attribute is None else element.get(attribute) or ""
        return self.compile(text, element.namespaces, partial(self._base, node) if node is not None else None)

    def _base(self, node: Node) -> str:
        """The base URI of a resource (XML Base), which its document is read again for."""
        from recto.errors import RectoError

        try:
            document = self.taxonomy.document_tree(node.document)
        except RectoError:
            return node.document
        name = node.name.clark
        found = [each for each in document.root.iter(name) if document.line(each) == node.line]
        return str(document.resolve(found[0], "")) if found else node.document


def resolve(text: str, namespaces: Mapping[str, str], default: str = "") -> QName | None:
    """A lexical QName; None where its prefix is bound to nothing. Unprefixed names are in the namespace `default`."""
    if text[:1] == "{":
        return QName.of(text)
    prefix, colon, local = text.strip().partition(":")
    if not colon:
        return QName(default, prefix) if prefix else None
    uri = namespaces.get(prefix)
    return QName(uri, local) if uri is not None and local else None


def variable_name(text: str, namespaces: Mapping[str, str]) -> str | None:
    """A variable's name in Clark notation."""
    name = resolve(text, namespaces)
    return name.clark if name is not None else None


def custom_function(compiler: Compiler, signature: Node, implementation: Node | None, name: QName) -> Function:
    """A function of the DTS: its signature, and its implementation in XPath (Custom function implementation 1.0)."""
    from recto.formula.names import CUSTOM

    element = signature.element
    types = [child.get("type") or "item()*" for child in element.children if child.name.local == "input"]
    converts = [converter(_known(each, element.namespaces)) for each in types]
    output = converter(_known(element.get("output") or "item()*", element.namespaces))
    if implementation is None:

        def missing(dynamic: Dynamic, *arguments: Any) -> Any:
            raise XPathError("xbrlcfie:missingCFIRelationship", f"the function {name.clark} has no implementation")

        return Function(name.clark, missing, converts, len(types), len(types))
    parts = implementation.element
    inputs = [
        variable_name(child.get("name") or "", child.namespaces) or ""
        for child in parts.children
        if child.name is QName(CUSTOM, "input")
    ]
    steps: list[tuple[str, Element]] = [
        (variable_name(child.get("name") or "", child.namespaces) or "", child)
        for child in parts.children
        if child.name is QName(CUSTOM, "step")
    ]
    result = parts.find(QName(CUSTOM, "output"))
    ready: list[Any] = []

    def run(dynamic: Dynamic, *arguments: Any) -> Any:
        from recto.xpath.errors import MOST_DEPTH, BudgetError

        if not ready:  # compiled when first called, because functions may call one another
            ready.extend((step, compiler.of(at)) for step, at in steps)
            ready.append(("", compiler.of(result)) if result is not None else None)
        budget = dynamic.budget
        budget.depth += 1
        budget.tick()
        if budget.depth > MOST_DEPTH:
            budget.depth = 0
            raise BudgetError(f"calls of functions nest more than {MOST_DEPTH} deep")
        variables = dict(zip(inputs, arguments, strict=False))
        try:
            for step, expression in ready[:-1]:
                variables[step] = expression(dynamic, variables)
            value = ready[-1][1](dynamic, variables) if ready[-1] is not None else []
        finally:
            budget.depth = max(budget.depth - 1, 0)
        return output(value) if output is not None else value

    return Function(name.clark, run, converts, len(types), len(types))


def _known(type_: str, namespaces: Mapping[str, str]) -> str:
    """A type as the function library writes it: `xs:` for XML Schema, and what is not known there as any item."""
    from recto.names import XSD
    from recto.xpath.values import TYPES

    text = type_.strip()
    occurrence = text[-1] if text and text[-1] in "?*+" else ""
    base = text[: len(text) - len(occurrence)]
    if "(" in base:
        kind = base.partition("(")[0].strip()
        return (
            "element()"
            if kind in ("element", "schema-element")
            else f"{kind}()"
            if kind in ("node", "attribute", "item")
            else "item()"
        ) + occurrence
    prefix, colon, local = base.partition(":")
    if colon and namespaces.get(prefix, XSD if prefix == "xs" else "") == XSD and local in TYPES:
        return f"xs:{local}{occurrence}"
    return "item()" + occurrence
