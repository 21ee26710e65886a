"""Paths: steps, predicates and tests of nodes, compiled (XPath 2.0, 3.2)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from recto.xpath import values
from recto.xpath.axes import AXES, ordered
from recto.xpath.context import Env, Parts, Run, focus
from recto.xpath.errors import XPathError
from recto.xpath.nodes import AttributeNode, DocumentNode, ElementNode, Node, TextNode
from recto.xpath.parse import Expr
from recto.xpath.values import Value, boolean


class Paths(Parts):
    """The methods of the compiler for paths."""

    def kind_test(self, kind: str, name: str | None) -> Callable[[Any], bool]:
        if kind == "node":
            return lambda item: isinstance(item, Node)
        if kind == "text":
            return lambda item: isinstance(item, TextNode)
        if kind == "document-node":
            return lambda item: isinstance(item, DocumentNode)
        if kind in ("comment", "processing-instruction"):
            return lambda item: False
        if kind == "schema-element":
            head = self.static.clark(name or "", self.static.namespaces.get("", ""))
            return lambda item: isinstance(item, ElementNode) and item.tree.substitutes(item, head)
        cls = ElementNode if kind == "element" else AttributeNode
        if name is None:
            return lambda item: isinstance(item, cls)
        clark = self.static.clark(name, self.static.namespaces.get("", "") if kind == "element" else "")
        return lambda item: isinstance(item, cls) and item.name == clark

    def _test(self, test: Expr) -> Callable[[Any], bool]:
        kind = test[0]
        if kind == "kind":
            return self.kind_test(test[1], test[2])
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
        if expr[1] in ("child", "descendant") and expr[2][0] == "name":
            return self._named(expr[1], expr[2][2])
        axis, test = AXES[expr[1]], self._test(expr[2])

        def step(env: Env) -> Value:
            item = focus(env)
            if not isinstance(item, Node):
                raise XPathError("XPTY0020", "a step from what is no node")
            reached = list(axis(item))
            env[3].budget.spend(len(reached) + 1)
            found = [node for node in reached if test(node)]
            return found[0] if len(found) == 1 else found

        return step

    def _named(self, axis: str, name: str) -> Run:
        """A step to children or descendants of a name, which lxml finds among many."""
        if name.startswith("*:"):
            wanted = "{*}" + name[2:]
        elif name.endswith(":*"):
            wanted = f"{{{self.static.namespace(name[:-2])}}}*"
        else:
            wanted = self.static.clark(name, self.static.namespaces.get("", ""))
        child = axis == "child"

        def step(env: Env) -> Value:
            item = focus(env)
            if not isinstance(item, Node):
                raise XPathError("XPTY0020", "a step from what is no node")
            tree = item.tree
            elements: Any = ()
            if isinstance(item, ElementNode):
                element = item.element
                elements = element.iterchildren(wanted) if child else element.iterdescendants(wanted)
            elif isinstance(item, DocumentNode):
                elements = tree.root.iter(wanted)
                if child:
                    elements = [each for each in islice(elements, 1) if each is tree.root]
            found = [tree.node(each) for each in elements]
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
