"""Facts as columns: each fact's concept, entity, period, unit, dimensions and place as small numbers.

Equal numbers mean equal aspects, so that facts are joined by comparing numbers. Made in one pass; contexts, of which
there are few, are taken apart once each.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

from recto.instance.model import Context, Fact, Instance, Member, TypedMember, Unit
from recto.names import QName


class Profile(NamedTuple):
    """Which aspects are compared (Dimensional Aspect Model 1.0). `axes`: those left out, or with `only` those alone."""

    concept: bool = True
    location: bool = True
    entity: bool = True
    period: bool = True
    unit: bool = True
    segment: bool = True
    """What segments hold besides dimensions; for the non-dimensional model, all of it."""
    scenario: bool = True
    axes: frozenset[QName] = frozenset()
    dimensional: bool = True
    """Whether axes are compared on their own; otherwise segment and scenario stand for all they hold."""
    only: bool = False
    """Only the named axes are compared."""

    def both(self, other: Profile) -> Profile:
        """The aspects that both compare."""
        flags: Any = [a and b for a, b in zip(self[:7], other[:7], strict=True)]
        if not self.only and not other.only:
            return Profile(*flags, self.axes | other.axes, self.dimensional)  # type: ignore[call-arg]
        if self.only and other.only:
            return Profile(*flags, self.axes & other.axes, self.dimensional, True)  # type: ignore[call-arg]
        some, rest = (self, other) if self.only else (other, self)
        return Profile(*flags, some.axes - rest.axes, self.dimensional, True)  # type: ignore[call-arg]

    def within(self, other: Profile) -> bool:
        """Whether the other compares at least all that this one does."""
        return self.both(other) == self


class Columns:
    """The columns of an instance. `facts` are all facts in document order, tuples too."""

    def __init__(self, instance: Instance):
        self.instance = instance
        self.facts: Sequence[Fact] = instance.facts
        self.by_concept: dict[QName, list[int]] = {}
        """Ordinals of the facts of each concept, in document order."""
        self._pairs: list[tuple[Context | None, Unit | None]] = []
        """Each context and unit that some fact has together."""
        self._pair_of: list[int] = []
        """For each fact, which of them it has."""
        self._take_apart()
        self.everything = list(range(len(self.facts)))
        """The ordinals of all facts. Not to be changed."""
        self._reported: tuple[bytearray, bytearray] | None = None
        self._codes: dict[Profile, list[int]] = {}
        self._contexts: dict[Any, Any] = {}
        self._children: dict[Fact | None, list[int]] | None = None
        self._axes: frozenset[QName] | None = None
        self.same_typed: dict[QName, Callable[[TypedMember, TypedMember], bool]] = {}
        """How members of some typed dimensions are compared, where a DTS says so."""
        self._typed: dict[QName, list[TypedMember]] = {}
        self.written_key: Callable[[str], Hashable] | None = None
        """What is equal for pieces of XML that are s-equal by their types (XBRL 2.1, 4.10): members of typed
        dimensions, and what segments and scenarios hold besides. Without it texts are compared."""

    def _take_apart(self) -> None:
        by_concept = self.by_concept
        pairs: dict[tuple[int, int], int] = {}
        last: tuple[Any, Any] = (None, None)
        number = -1
        add = self._pair_of.append
        for at, fact in enumerate(self.facts):
            found = by_concept.get(fact.qname)
            if found is None:
                by_concept[fact.qname] = [at]
            else:
                found.append(at)
            context, unit = fact.context, fact.unit
            if number < 0 or context is not last[0] or unit is not last[1]:
                last = (context, unit)
                key = (id(context), id(unit))
                number = pairs.get(key, -1)
                if number < 0:
                    number = pairs[key] = len(pairs)
                    self._pairs.append(last)
            add(number)

    @property
    def axes(self) -> frozenset[QName]:
        """All dimensions that some context has."""
        if self._axes is None:
            contexts = self.instance.contexts.values()
            self._axes = frozenset(axis for each in contexts for axis in each.dimensions)
        return self._axes

    def reported(self, *, nils: bool) -> bytearray:
        """For each fact 1 where it is valid and its concept known, and it is not nil unless `nils`."""
        if self._reported is None:
            known = bytearray([fact.valid and fact.concept is not None for fact in self.facts])
            nil = [fact.nil for fact in self.facts]
            with_value = known
            if True in nil:
                with_value = bytearray([ok and not each for ok, each in zip(known, nil, strict=True)])
            self._reported = with_value, known
        return self._reported[nils]

    def children(self, parent: Fact | None) -> Sequence[int]:
        """Ordinals of the facts that stand in a tuple, or of those at the top."""
        if self._children is None:
            self._children = {}
            for at, fact in enumerate(self.facts):
                self._children.setdefault(fact.parent, []).append(at)
        return self._children.get(parent, ())

    def codes(self, profile: Profile) -> list[int]:
        """For each fact a number; facts that are equal in all aspects of the profile have the same."""
        known = self._codes.get(profile)
        if known is not None:
            return known
        wheres = self._pair_codes(profile)
        made: list[int]
        if not profile.concept and not profile.location:
            made = [wheres[pair] for pair in self._pair_of]
        else:
            table: dict[Hashable, int] = {}
            number = table.setdefault
            made = []
            for pair, fact in zip(self._pair_of, self.facts, strict=True):
                key = (
                    wheres[pair],
                    fact.qname if profile.concept else None,
                    fact.parent if profile.location else None,
                )
                made.append(number(key, len(table)))
        self._codes[profile] = made
        return made

    def _pair_codes(self, profile: Profile) -> list[int]:
        """For each of the pairs of context and unit a number; those that are equal by the profile have the same."""
        table: dict[Hashable, int] = {}
        contexts: dict[int, Hashable] = {}
        made = []
        for context, unit in self._pairs:
            where = contexts.get(id(context))
            if where is None:
                where = contexts[id(context)] = self.context_key(context, profile)
            key = (where, unit_key(unit) if profile.unit and unit is not None else None)
            made.append(table.setdefault(key, len(table)))
        return made

    def context_key(self, context: Context | None, profile: Profile) -> Hashable:
        """What of a context is compared."""
        if context is None:
            return self._no_context(profile)
        dimensions: Hashable = None
        segment: Hashable = self._others(context.segment_other)
        scenario: Hashable = self._others(context.scenario_other)
        if profile.dimensional:
            members = [
                (axis, self.member_key(axis, member))
                for axis, member in context.dimensions.items()
                if (axis in profile.axes) is profile.only
            ]
            dimensions = frozenset(members) if members else None
        else:
            sides: dict[str, list[Any]] = {"segment": [], "scenario": []}
            for axis, member in context.dimensions.items():
                sides[context.containers.get(axis, "segment")].append((axis, self.member_key(axis, member)))
            # Elements of complete segments are compared in their order.
            segment, scenario = (segment, tuple(sides["segment"])), (scenario, tuple(sides["scenario"]))
        key = (
            (context.scheme, context.identifier) if profile.entity else None,
            (context.period.start, context.period.end) if profile.period else None,
            segment if profile.segment else None,
            scenario if profile.scenario else None,
            dimensions,
        )
        return self._contexts.setdefault(key, key)  # type: ignore[no-any-return]

    def _others(self, written: tuple[str, ...]) -> Hashable:
        if self.written_key is None or not written:
            return written
        return tuple([self.written_key(each) for each in written])

    def _no_context(self, profile: Profile) -> Hashable:
        """Tuples have no entity and no period, which is unlike any that there is."""
        nothing: Hashable = () if profile.dimensional else ((), ())
        return (
            -1 if profile.entity else None,
            -1 if profile.period else None,
            nothing if profile.segment else None,
            nothing if profile.scenario else None,
            None,
        )

    def member_key(self, axis: QName, member: Member) -> Hashable:
        if isinstance(member, QName):
            return member
        same = self.same_typed.get(axis)
        if same is None:
            if self.written_key is not None and member.xml:
                return self.written_key(member.xml)
            return (member.element, member.values, member.nil)
        known = self._typed.setdefault(axis, [])
        for at, other in enumerate(known):
            if other is member or same(other, member):
                return at
        known.append(member)
        return len(known) - 1


def unit_key(unit: Unit) -> Hashable:
    """Equal for units that are equal whatever the order of their measures (XBRL 2.1, 4.10)."""
    return (tuple(sorted(unit.numerators)), tuple(sorted(unit.denominators)))


def columns(instance: Instance) -> Columns:
    """The columns of an instance."""
    return Columns(instance)
