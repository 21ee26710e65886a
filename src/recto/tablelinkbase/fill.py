"""Facts into cells: looked up by concept and members, one look-up a cell (Table linkbase 1.0, 7.5)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from recto.instance.model import Fact
from recto.names import QName
from recto.tablelinkbase.aspects import Aspect, Value, fact_value, value_key


class Shelf:
    """Facts by concept and members."""

    def __init__(self, facts: Sequence[Fact]):
        self._facts: dict[Hashable, list[Fact]] = {}
        self._members: dict[int, Hashable] = {}
        for fact in facts:
            context = fact.context
            members = self._members.get(id(context))
            if members is None:
                members = self._members[id(context)] = frozenset(
                    (axis, value_key(member)) for axis, member in fact.dimensions.items()
                )
            self._facts.setdefault((fact.qname, members), []).append(fact)

    def at(self, constraints: Mapping[Aspect, Value]) -> tuple[Fact, ...]:
        """The facts that fit: dimensions that are not constrained are absent, other aspects are free."""
        concept = constraints.get("concept")
        members = frozenset(
            (aspect, value_key(value))
            for aspect, value in constraints.items()
            if isinstance(aspect, QName) and value is not None
        )
        found = self._facts.get((concept, members), ())
        for aspect, value in constraints.items():
            if not found:
                break
            if isinstance(aspect, str) and aspect != "concept":
                key = value_key(value)
                found = [fact for fact in found if value_key(fact_value(fact, aspect)) == key]
        return tuple(found)
