"""Whether children fit a content model in any way, for models that repeat what repeats itself.

A model without ambiguity tells for each element which particle it belongs to, but not to which turn of a group around
it: `(a+){2}` admits two `a`, one for each turn, which a pass from left to right gives to the first (XML Schema 1.0
part 1, 3.8.4 and 3.8.6). Here all ways are followed at once, as sets of positions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from recto import limits
from recto.schema.components import Particle

_NONE: frozenset[int] = frozenset()


def repeats(particle: Particle) -> bool:
    """Whether some group of the model may stand more than once."""
    return (bool(particle.kind) and particle.most > 1) or any(repeats(part) for part in particle.parts)


class Ways:
    """The ways in which a number of children fit a model; `fits` tells whether a leaf of it admits a child."""

    def __init__(self, fits: Callable[[Particle, int], bool], count: int):
        self._fits = fits
        self._count = count
        self._known: dict[tuple[int, int], frozenset[int]] = {}
        self._room = limits.SCHEMA_MATCHES

    def leaves(self, particle: Particle) -> list[Particle] | None:
        """For each child the element or wildcard that it belongs to; None where they do not fit, or too many do."""
        if self._count not in self._ends(particle, 0) or self._room <= 0:
            return None
        found = dict(self._walk(particle, 0, self._count))
        return [found[at] for at in range(self._count)]

    def _ends(self, particle: Particle, at: int) -> frozenset[int]:
        return frozenset[int]().union(*self._turns(particle, at)[self._least(particle) :])

    def _least(self, particle: Particle) -> int:
        """Turns that need a child: those of a group that may be empty need none."""
        return 0 if particle.kind and particle.nullable else particle.least

    def _turns(self, particle: Particle, at: int) -> list[frozenset[int]]:
        """Where the particle may end after no turn, after one, two …"""
        turns = [frozenset((at,))]
        met = {at}
        while len(turns) <= particle.most and turns[-1] and self._room > 0:
            new = frozenset[int]().union(*(self._once(particle, each) for each in turns[-1])) - {at}
            if len(turns) > particle.least:
                new -= met  # to be there after fewer turns is as good
                met |= new
            turns.append(new)
        return turns

    def _once(self, particle: Particle, at: int) -> frozenset[int]:
        if not particle.kind:
            return frozenset((at + 1,)) if at < self._count and self._fits(particle, at) else _NONE
        key = (id(particle), at)
        known = self._known.get(key)
        if known is None:
            self._room -= 1
            known = self._known[key] = frozenset(self._group(particle, at))
        return known

    def _group(self, particle: Particle, at: int) -> Iterator[int]:
        if particle.kind == "choice":
            for part in particle.parts:
                yield from self._ends(part, at)
        elif particle.kind == "all":
            missing = list(particle.parts)
            if all(part.nullable for part in missing):
                yield at
            while (found := self._next(missing, at)) is not None:
                missing.remove(found)
                at += 1
                if all(part.nullable for part in missing):
                    yield at
        else:
            places = frozenset((at,))
            for part in particle.parts:
                places = frozenset[int]().union(*(self._ends(part, each) for each in places))
            yield from places

    def _next(self, missing: list[Particle], at: int) -> Particle | None:
        return next((part for part in missing if at < self._count and self._fits(part, at)), None)

    def _walk(self, particle: Particle, at: int, end: int) -> Iterator[tuple[int, Particle]]:
        """The leaves of one way from `at` to `end`."""
        turns = self._turns(particle, at)
        number = next(n for n in range(self._least(particle), len(turns)) if end in turns[n])
        for turn in range(number, 0, -1):
            before = next(each for each in turns[turn - 1] if end in self._once(particle, each))
            yield from self._within(particle, before, end)
            end = before

    def _within(self, particle: Particle, at: int, end: int) -> Iterator[tuple[int, Particle]]:
        if at == end:
            return
        if not particle.kind:
            yield at, particle
        elif particle.kind == "choice":
            yield from self._walk(next(part for part in particle.parts if end in self._ends(part, at)), at, end)
        elif particle.kind == "all":
            missing = list(particle.parts)
            while at < end and (part := self._next(missing, at)) is not None:
                missing.remove(part)
                yield at, part
                at += 1
        else:
            places = [frozenset((at,))]
            for part in particle.parts:
                places.append(frozenset[int]().union(*(self._ends(part, each) for each in places[-1])))
            for nth in range(len(particle.parts), 0, -1):
                part = particle.parts[nth - 1]
                before = next(each for each in places[nth - 1] if end in self._ends(part, each))
                yield from self._walk(part, before, end)
                end = before
