"""Unique particle attribution: whether a content model says of each child, without looking ahead, which part of the
model it belongs to (XML Schema 1.0 part 1, 3.8.6 and appendix H).

The positions of a model (Glushkov's construction) are its element and wildcard particles. Two positions compete where
both may come first, or both may follow the same position, and some element would fit both. Copies of one particle that
come from unrolling its occurrence do not compete with each other.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from recto import limits
from recto.names import QName
from recto.schema.components import UNBOUNDED, Particle, Wildcard
from recto.schema.grammar import Grammar


class _Part(Struct):
    """A piece of a model: whether it can be empty, which positions can come first and last."""

    nullable: bool
    first: frozenset[int]
    last: frozenset[int]


class _Automaton(Struct):
    grammar: Grammar
    positions: list[Particle] = field(default_factory=list)
    follow: list[set[int]] = field(default_factory=list)

    def build(self, particle: Particle) -> _Part:
        if particle.most == 0:
            return _EMPTY
        copies = 1
        loop = particle.most > 1
        if particle.most != UNBOUNDED and particle.most > 1:
            # {n,n} beyond two and {n,m} beyond three behave as these do.
            loop = False
            copies = max(2, min(particle.least, 2) + (1 if particle.most > particle.least else 0))
        required = particle.least if particle.most == UNBOUNDED else min(particle.least, 2)
        part = _EMPTY
        for copy in range(copies):
            once = self._once(particle)
            if loop:
                self._connect(once.last, once.first)
            if copy >= required or particle.least == 0:
                once = _Part(True, once.first, once.last)
            part = self._sequence(part, once)
        return part

    def _once(self, particle: Particle) -> _Part:
        if particle.element is not None or particle.wildcard is not None:
            if len(self.positions) >= limits.SCHEMA_POSITIONS:
                raise OverflowError
            self.positions.append(particle)
            self.follow.append(set())
            position = frozenset((len(self.positions) - 1,))
            return _Part(False, position, position)
        parts = [self.build(part) for part in particle.parts]
        if particle.kind == "choice":
            return _Part(
                not parts or any(part.nullable for part in parts),
                frozenset().union(*(part.first for part in parts)),
                frozenset().union(*(part.last for part in parts)),
            )
        if particle.kind == "all":
            for part in parts:
                for other in parts:
                    if other is not part:
                        self._connect(part.last, other.first)
            return _Part(
                all(part.nullable for part in parts),
                frozenset().union(*(part.first for part in parts)),
                frozenset().union(*(part.last for part in parts)),
            )
        made = _EMPTY
        for part in parts:
            made = self._sequence(made, part)
        return made

    def _sequence(self, left: _Part, right: _Part) -> _Part:
        self._connect(left.last, right.first)
        return _Part(
            left.nullable and right.nullable,
            left.first | right.first if left.nullable else left.first,
            left.last | right.last if right.nullable else right.last,
        )

    def _connect(self, last: frozenset[int], first: frozenset[int]) -> None:
        for position in last:
            self.follow[position] |= first

    def conflict(self, candidates: Iterable[int]) -> tuple[Particle, Particle] | None:
        """Two different particles among the candidates that fit the same element."""
        by_name: dict[QName, Particle] = {}
        wildcards: list[Particle] = []
        for position in candidates:
            particle = self.positions[position]
            if particle.element is None:
                wildcards.append(particle)
                continue
            other = by_name.setdefault(particle.element.name, particle)
            if other is not particle:
                return other, particle
        for particle in by_name.values():
            for head in self._heads(particle):
                other_ = by_name.get(head)
                if other_ is not None and other_ is not particle:
                    return other_, particle
            for wild in wildcards:
                assert wild.wildcard is not None
                assert particle.element is not None
                if wild.wildcard.admits(particle.element.name.namespace):
                    return wild, particle
        for at, first in enumerate(wildcards):
            for second in wildcards[at + 1 :]:
                if first is not second and _overlap(first.wildcard, second.wildcard):
                    return first, second
        return None

    def _heads(self, particle: Particle) -> Iterable[QName]:
        decl = particle.element
        return self.grammar.heads(decl.name.clark) if decl is not None and decl.is_global else ()


_EMPTY = _Part(True, frozenset(), frozenset())


def ambiguity(grammar: Grammar, model: Particle) -> str | None:
    """Why the model is ambiguous, as the end of a sentence; None where it is not."""
    automaton = _Automaton(grammar)
    try:
        whole = automaton.build(model)
    except (OverflowError, RecursionError):
        return None
    for candidates in (whole.first, *map(frozenset, automaton.follow)):
        if len(candidates) > 1:
            found = automaton.conflict(candidates)
            if found is not None:
                return f"{_label(found[0])} and {_label(found[1])} may stand in the same place"
    return None


def _label(particle: Particle) -> str:
    what = f"element {particle.element.name.local}" if particle.element is not None else "a wildcard"
    return f"{what} (line {particle.line})" if particle.line else what


def _overlap(first: Wildcard | None, second: Wildcard | None) -> bool:
    if first is None or second is None:
        return False
    if first.allowed is None or second.allowed is None or (first.negated and second.negated):
        return True
    if first.negated:
        return bool(second.allowed - first.allowed)
    if second.negated:
        return bool(first.allowed - second.allowed)
    return bool(first.allowed & second.allowed)
