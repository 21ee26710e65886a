"""Matching in time proportional to the text, for expressions that a backtracking matcher may take ages over.

A schema may hold an expression such as `(a+)+b`, by mistake or malice; Python's matcher tries each way to divide the
text. Here the set of all positions in the expression is advanced character by character, and sets once seen are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from recto import limits
from recto.patterns import lazy
from recto.xml.integers import integer

_QUANTIFIER = lazy(r"[*+?]|\{(\d+)(,?)(\d*)\}")

Node = tuple[str, object, object]
"""("atom", expression of one character, None), ("join", left, right), ("or", left, right), ("empty", None, None) or
("times", node, (least, most)), most None where there is no limit."""
_EMPTY: Node = ("empty", None, None)


class TooLarge(ValueError):
    """The expression has too many positions."""


def quantity(token: str) -> tuple[int, int | None] | None:
    """Least and most of a quantifier; None for another token."""
    match = _QUANTIFIER.fullmatch(token)
    if match is None:
        return None
    if token in "*+?":
        return (1 if token == "+" else 0), (1 if token == "?" else None)
    least = integer(match[1])
    return least, integer(match[3]) if match[3] else None if match[2] else least


def runs_away(tokens: Sequence[str]) -> bool:
    """Whether backtracking may take long: repetitions in repetitions, alternatives in them, or many in a row."""
    return growth(tokens) > _FEW


_FEW = 3
EXPONENTIAL = 1_000


def growth(tokens: Sequence[str]) -> int:
    """To which power of a text's length backtracking may grow, at most; `EXPONENTIAL` where it is none."""
    variable = 0
    open_: list[bool] = []
    ambiguous = False  # the group that ended last can match a text in several ways
    for token in tokens:
        least_most = quantity(token)
        if least_most is None:
            ambiguous = False
            if token == "(?:":
                open_.append(False)
            elif token == "|" and open_:
                open_[-1] = True
            elif token == ")" and open_:
                ambiguous = open_.pop()
                if ambiguous and open_:
                    open_[-1] = True
            continue
        least, most = least_most
        if ambiguous and (most is None or most > 1):
            return EXPONENTIAL
        if least != most:
            variable += 1
            if open_:
                open_[-1] = True
    return variable


class Automaton:
    """An expression, given as its tokens: groups, bars, quantifiers, and regular expressions of one character."""

    __slots__ = ("_accept", "_edges", "_sets", "_skips", "_start", "_tests")

    def __init__(self, tokens: Sequence[str]):
        """Raises `TooLarge`, and RecursionError where groups nest too deeply."""
        self._tests: dict[str, Callable[[str], object]] = {}
        self._edges: list[tuple[str, int] | None] = []
        """For each state the expression of the character that leads on, and where to."""
        self._skips: list[list[int]] = []
        """For each state those that are reached without a character."""
        self._start = self._state()
        self._accept = self._build(_parse(tokens), self._start)
        self._sets: dict[frozenset[int], dict[str, frozenset[int]]] = {}

    def fullmatch(self, text: str) -> bool:
        at = self._closure({self._start})
        for char in text:
            known = self._sets.get(at)
            if known is None:
                if len(self._sets) >= limits.PATTERN_SETS:
                    self._sets.clear()
                known = self._sets[at] = {}
            following = known.get(char)
            if following is None:
                if len(known) >= limits.PATTERN_SETS:
                    known.clear()
                following = known[char] = self._step(at, char)
            if not following:
                return False
            at = following
        return self._accept in at

    def _step(self, at: frozenset[int], char: str) -> frozenset[int]:
        taken: dict[str, object] = {}
        found: set[int] = set()
        for state in at:
            edge = self._edges[state]
            if edge is not None:
                atom, target = edge
                if atom not in taken:
                    taken[atom] = self._tests[atom](char)
                if taken[atom]:
                    found.add(target)
        return self._closure(found)

    def _closure(self, states: set[int]) -> frozenset[int]:
        waiting = list(states)
        while waiting:
            for state in self._skips[waiting.pop()]:
                if state not in states:
                    states.add(state)
                    waiting.append(state)
        return frozenset(states)

    def _state(self) -> int:
        if len(self._edges) >= limits.PATTERN_STATES:
            raise TooLarge(f"more than {limits.PATTERN_STATES} positions")
        self._edges.append(None)
        self._skips.append([])
        return len(self._edges) - 1

    def _build(self, node: Node, start: int) -> int:
        """Adds the states of a node after `start`; gives the one where it ends."""
        kind, one, two = node
        if kind == "empty":
            return start
        if kind == "atom":
            end = self._state()
            assert isinstance(one, str)
            self._tests.setdefault(one, re.compile(one).fullmatch)
            step = self._state()
            self._skips[start].append(step)
            self._edges[step] = (one, end)
            return end
        if kind == "join":
            return self._build(two, self._build(one, start))  # type: ignore[arg-type]
        if kind == "or":
            end = self._state()
            for branch in (one, two):
                first = self._state()
                self._skips[start].append(first)
                self._skips[self._build(branch, first)].append(end)  # type: ignore[arg-type]
            return end
        return self._repeat(one, *two, start)  # type: ignore[arg-type,misc,call-arg]

    def _repeat(self, node: Node, least: int, most: int | None, start: int) -> int:
        at = start
        for _ in range(least):
            before = len(self._edges)
            at = self._build(node, at)
            if len(self._edges) == before:  # nothing to repeat
                return at
        if most is None:
            loop = self._state()
            self._skips[at].append(loop)
            self._skips[self._build(node, loop)].append(loop)
            return loop
        end = self._state()
        self._skips[at].append(end)
        for _ in range(most - least):
            before = len(self._edges)
            at = self._build(node, at)
            if len(self._edges) == before:
                break
            self._skips[at].append(end)
        return end


def _parse(tokens: Sequence[str]) -> Node:
    node, at = _branches(tokens, 0)
    if at != len(tokens):
        raise ValueError("parentheses do not match")
    return node


def _branches(tokens: Sequence[str], at: int) -> tuple[Node, int]:
    found: list[Node] = []
    while True:
        node, at = _sequence(tokens, at)
        found.append(node)
        if at == len(tokens) or tokens[at] != "|":
            return _halves("or", found), at
        at += 1


def _sequence(tokens: Sequence[str], at: int) -> tuple[Node, int]:
    parts: list[Node] = []
    while at < len(tokens) and tokens[at] not in ("|", ")"):
        if tokens[at] == "(?:":
            node, at = _branches(tokens, at + 1)
        else:
            node = ("atom", tokens[at], None)
        at += 1
        least_most = quantity(tokens[at]) if at < len(tokens) else None
        if least_most is not None:
            node = ("times", node, least_most)
            at += 1
        parts.append(node)
    return (_halves("join", parts) if parts else _EMPTY), at


def _halves(kind: str, nodes: list[Node]) -> Node:
    """One node of many, in a tree that is not deep."""
    if len(nodes) == 1:
        return nodes[0]
    middle = len(nodes) // 2
    return (kind, _halves(kind, nodes[:middle]), _halves(kind, nodes[middle:]))
