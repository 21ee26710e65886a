"""Messages of assertions (Message 1.0): texts with expressions in braces, in several languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from recto.findings import Finding
from recto.formula import names as N
from recto.formula.compiler import Compiler
from recto.formula.functions.relations import closest
from recto.taxonomy.nodes import Node
from recto.xpath import Dynamic, Expression, XPathError
from recto.xpath.values import Value, atomize, items, string

MOST_MESSAGE = 20_000
"""Characters of a message as it is told."""


class Message:
    """A message taken apart: texts and expressions in turn. `fault`: why one of its expressions is left out."""

    __slots__ = ("fault", "language", "node", "parts", "role")

    def __init__(self, node: Node, parts: Sequence[str | Expression], fault: XPathError | None = None):
        self.fault = fault
        self.node = node
        self.language = node.language or ""
        self.role = node.role or ""
        self.parts = parts

    def write(
        self, dynamic: Dynamic, variables: Mapping[str, Value], item: Any = None
    ) -> tuple[str, XPathError | None]:
        """The text, and the first error of an expression, whose place then stays empty. `item`: the context item."""
        focus = dynamic.subject.root if item is None else item
        written: list[str] = []
        error: XPathError | None = None
        for part in self.parts:
            if isinstance(part, str):
                written.append(part)
                continue
            try:
                value = atomize(part(dynamic, variables, focus))
                written.append(" ".join([string(item) for item in items(value)]))
            except XPathError as found:
                error = error or found
        text = " ".join("".join(written).split())
        return text if len(text) <= MOST_MESSAGE else text[:MOST_MESSAGE] + "…", error


def split(text: str) -> list[tuple[bool, str]]:
    """`(is an expression, text)` of the parts of a message. Raises `XPathError` where braces do not pair."""
    parts: list[tuple[bool, str]] = []
    plain: list[str] = []
    at = 0
    while at < len(text):
        char = text[at]
        if text[at : at + 2] in ("{{", "}}"):
            plain.append(char)
            at += 2
        elif char == "{":
            end = _end(text, at + 1)
            parts.append((False, "".join(plain)))
            plain = []
            parts.append((True, text[at + 1 : end]))
            at = end + 1
        elif char == "}":
            raise XPathError("xbrlmsge:missingLeftCurlyBracketInMessage", "a } has no {")
        else:
            plain.append(char)
            at += 1
    parts.append((False, "".join(plain)))
    return [part for part in parts if part[1] or part[0]]


def _end(text: str, at: int) -> int:
    """Where the expression that begins at a place ends; braces in its strings do not count."""
    quote = ""
    while at < len(text):
        char = text[at]
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "}":
            return at
        elif char == "{":
            break
        at += 1
    raise XPathError("xbrlmsge:missingRightCurlyBracketInMessage", "a { has no }")


def read_message(node: Node, compiler: Compiler) -> Message:
    """Raises `XPathError` for a malformed message; a malformed expression is its `fault`."""
    element = node.element
    parts: list[str | Expression] = []
    fault: XPathError | None = None
    for is_expression, text in split(element.string):
        try:
            parts.append(compiler.compile(text, element.namespaces) if is_expression else text)
        except XPathError as error:
            fault = fault or error
    return Message(node, parts, fault)


class Messages:
    """The messages of assertions, by assertion; what is wrong with them goes to `findings`."""

    def __init__(self, definitions: Any, findings: list[Finding]):
        self._definitions = definitions
        self._findings = findings
        self._read: dict[Node, Message | None] = {}
        self._told: set[Node] = set()

    def of(self, node: Node, *, satisfied: bool) -> list[Message]:
        """An assertion's messages, its own and those of its assertion sets."""
        network = self._definitions.taxonomy.node_network(N.ARC_SATISFIED if satisfied else N.ARC_UNSATISFIED)
        if not len(network):
            return []
        holders = [node]
        sets = self._definitions.taxonomy.node_network(N.ARC_ASSERTION_SET)
        holders += [each.source for each in sets.into(node) if isinstance(each.source, Node)]
        found = [each.target for holder in holders for each in network.of(holder) if isinstance(each.target, Node)]
        made = [self._message(target) for target in dict.fromkeys(found)]
        return [each for each in made if each is not None]

    def _message(self, node: Node) -> Message | None:
        if node not in self._read:
            self._read[node] = None
            fault: XPathError | None = None
            try:
                made = self._read[node] = read_message(node, self._definitions.compiler)
                fault = made.fault
            except XPathError as error:
                fault = error
            if fault is not None:
                self._findings.append(self._definitions.fault_of(fault, node, f"message {node.id or ''}"))
        return self._read[node]

    def check(self) -> None:
        """Reads all of the filing's own, so that malformed ones are told; others are read when they are needed."""
        for arcrole in (N.ARC_SATISFIED, N.ARC_UNSATISFIED):
            for each in self._definitions.taxonomy.node_network(arcrole):
                if isinstance(each.target, Node) and each.target.is_local:
                    self._message(each.target)


def chosen(messages: Sequence[Message], languages: Sequence[str]) -> Message | None:
    """The message in the first language there is one for, the nearest of its kind; else the first.

    Of several in one language the standard one stands before those that are terse or verbose (Message 1.0, 2.1).
    """
    ordered = sorted(messages, key=lambda each: each.role not in ("", N.ROLE_MESSAGE))
    for language in languages:
        found: Message | None = closest(ordered, language) if language else None
        if found is not None:
            return found
    return ordered[0] if ordered else None
