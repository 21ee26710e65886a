"""Spans that were never reported, worked out from those that were: a year less nine months, a year and a quarter less
the quarter before.

Days on which reported spans begin and end are places, a reported span is a road between two of them, to be taken
forward (added) or backward (taken off). What was never reported is the shortest way over roads of one kind: the same
concept, unit, members and accounting basis.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from msgspec import Struct

MOST_TERMS: Final = 4
"""Facts that a value may be worked out from."""
_DAY: Final = timedelta(days=1)
Kind = tuple[str, str, str | None, str | None]


class Reported(Struct, frozen=True):
    """A number as a filing tells it."""

    start: date | None
    last: date
    number: Decimal
    unit: str
    concept: str
    filing: str
    fact: int
    accepted: datetime | None = None
    form: str | None = None
    decimals: int | None = None
    exact: bool = False
    basis: str | None = None
    restated: bool = False
    """An earlier filing told another number."""
    rule: str | None = None
    """The rule that chose the concept, where one did."""
    group: str | None = None
    """One name for concepts that were seen to be one; None: the concept alone."""
    parts: tuple[Reported, ...] = ()
    """The numbers of several concepts that it is the sum of."""
    about: date | None = None
    """The last day of the period for which it stands, where that is not `last`: a cover tells shares of a later day."""

    @property
    def error(self) -> Decimal | None:
        """By how much the number may be off, given its decimals: half a unit of its last place; None: not told."""
        if self.exact:
            return Decimal(0)
        if self.parts:
            errors = [each.error for each in self.parts]
            return None if None in errors else sum((each for each in errors if each is not None), Decimal(0))
        return None if self.decimals is None else Decimal(5).scaleb(-self.decimals - 1)

    @property
    def kind(self) -> Kind:
        """What must agree where numbers are added. Numbers of shares only within a filing: between two filings stock
        may have been split, and only the later one counts in the new shares."""
        filing = self.filing if self.unit.rpartition(":")[2] == "shares" else None
        return self.group or self.concept, self.unit, self.basis, filing


class Worked(Struct, frozen=True):
    """A number for a span: reported (one term), or worked out from several."""

    start: date | None
    last: date
    number: Decimal
    terms: tuple[tuple[int, Reported], ...]
    """(1 or -1, fact)"""

    @property
    def derived(self) -> bool:
        return len(self.terms) > 1 or any(each.parts for _, each in self.terms)

    @property
    def error(self) -> Decimal | None:
        total = Decimal(0)
        for _, each in self.terms:
            if each.error is None:
                return None
            total += each.error
        return total

    @property
    def decimals(self) -> int | None:
        """The greatest decimals that the error leaves; of a reported number its own. None: exact, or not told."""
        if not self.derived:
            return self.terms[0][1].decimals
        error = self.error
        if error is None or not error:
            return None
        found = max((each.decimals for _, each in self.terms if each.decimals is not None), default=0)
        while error > Decimal(5).scaleb(-found - 1):
            found -= 1
        return found

    @property
    def restated(self) -> bool:
        return any(each.restated for _, each in self.terms)

    @property
    def latest(self) -> Reported:
        """The fact that came last."""
        return max((each for _, each in self.terms), key=lambda each: (_moment(each), each.filing))


def _moment(each: Reported) -> float:
    return each.accepted.timestamp() if each.accepted is not None else 0.0


class Spans:
    """What was reported of one concept (or of several that are one), one number a span and kind."""

    def __init__(self, reported: Iterable[Reported]):
        self._roads: dict[date, list[tuple[date, int, Reported]]] = {}
        self.direct: dict[tuple[date, date], list[Reported]] = {}
        for each in reported:
            if each.start is None:
                continue
            stop = each.last + _DAY
            self.direct.setdefault((each.start, each.last), []).append(each)
            self._roads.setdefault(each.start, []).append((stop, 1, each))
            self._roads.setdefault(stop, []).append((each.start, -1, each))
        self.places = sorted(self._roads)

    def find(self, start: date, last: date, *, additive: bool) -> Worked | None:
        """The number of the span: as reported, or else worked out; None where neither can be."""
        direct = self.direct.get((start, last))
        if direct:
            return Worked(start, last, direct[0].number, ((1, direct[0]),))
        if not additive:
            return None
        ways = self._ways(start, last + _DAY)
        if not ways:
            return None
        terms = sorted(min(ways, key=_cost), key=lambda term: (-term[0], term[1].start or term[1].last))
        number = sum((sign * each.number for sign, each in terms), Decimal(0))
        return Worked(start, last, number, tuple(terms))

    def _ways(self, start: date, stop: date) -> list[list[tuple[int, Reported]]]:
        """The shortest ways from one day to another; several if equally short."""
        latest, earliest = stop + timedelta(days=380), start - timedelta(days=380)
        level: list[tuple[date, list[tuple[int, Reported]]]] = [(start, [])]
        seen: set[tuple[date, Kind | None]] = set()
        """Places that were reached before, by roads of a kind: a way through them again is longer."""
        for _ in range(MOST_TERMS):
            seen.update((place, terms[0][1].kind if terms else None) for place, terms in level)
            found: list[list[tuple[int, Reported]]] = []
            following: list[tuple[date, list[tuple[int, Reported]]]] = []
            for place, terms in level:
                for target, sign, each in self._roads.get(place, ()):
                    if not earliest <= target <= latest or any(each is other for _, other in terms):
                        continue
                    if (terms and terms[0][1].kind != each.kind) or (target, each.kind) in seen:
                        continue
                    way = [*terms, (sign, each)]
                    if target == stop:
                        found.append(way)
                    else:
                        following.append((target, way))
            if found:
                return found
            level = following
        return []


def _cost(terms: Iterable[tuple[int, Reported]]) -> tuple[bool, Decimal, float, str]:
    """Of equally short ways: one without numbers that were restated since, the most accurate one, the newest."""
    terms = tuple(terms)
    mixed = len({each.restated for _, each in terms}) > 1
    error = sum((each.error if each.error is not None else Decimal(10) ** 20 for _, each in terms), Decimal(0))
    newest = max(_moment(each) for _, each in terms)
    return mixed, error, -newest, ";".join(f"{each.filing}#{each.fact}" for _, each in terms)


_NOT_ADDITIVE: Final = ("Average", "PerShare", "PerUnit", "PerBasic", "PerDiluted")
_RATES: Final = ("Rate", "Percent", "Ratio")
"""What numbers without a currency may be; an amount may be called after a rate: `EffectOfExchangeRateOnCash…`."""


def is_additive(concept: str, unit: str) -> bool:
    """Whether the numbers of two halves make up that of the whole: amounts do, those per share, averages and rates
    do not."""
    local = concept.partition(":")[2]
    if "/" in unit or unit.rpartition(":")[2] == "pure":
        return False
    words = _NOT_ADDITIVE if unit.startswith("iso4217:") else _NOT_ADDITIVE + _RATES
    return not any(word in local for word in words)
