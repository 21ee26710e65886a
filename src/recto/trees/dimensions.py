"""The axes of a filing with their members: which are declared, which are used, and by how many facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from recto.instance.model import Instance
from recto.names import ARC_DIMENSION_DOMAIN, ARC_DOMAIN_MEMBER, ARC_HYPERCUBE_DIMENSION, QName
from recto.taxonomy.model import Concept
from recto.trees.base import Printed, table_of

if TYPE_CHECKING:
    from recto.frames import Table


class DimensionMember(Struct, frozen=True):
    """A member of an axis, or the value of a typed one."""

    name: str
    """Prefixed name, or the typed value."""
    label: str
    facts: int
    """How many facts report it; 0 for one that is only declared."""
    default: bool = False


class Dimension(Struct, frozen=True):
    """An axis of the filing."""

    name: str
    """Prefixed name."""
    label: str
    typed: bool
    members: tuple[DimensionMember, ...]
    """Those that facts report, most used first; then those that the filing's own trees declare."""
    facts: int
    """How many facts report the axis."""

    @property
    def default(self) -> DimensionMember | None:
        """The member that is meant where the axis is not reported (Dimensions 1.0, 2.6.1)."""
        return next((member for member in self.members if member.default), None)

    @property
    def used(self) -> bool:
        return self.facts > 0


class Dimensions(Printed):
    """The axes of a filing, those that facts use first: a sequence, by position or name; prints and becomes a frame."""

    title = "Dimensions"

    def __init__(self, found: tuple[Dimension, ...]):
        self._found = found

    def __iter__(self) -> Iterator[Dimension]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, key: int | str) -> Dimension:
        """By position, or by name with or without its prefix. Raises KeyError for one that there is not."""
        if isinstance(key, int):
            return self._found[key]
        wanted = key.casefold()
        for each in self._found:
            if wanted in (each.name.casefold(), each.name.rpartition(":")[2].casefold()):
                return each
        raise KeyError(key)

    def __contains__(self, name: object) -> bool:
        """Whether there is an axis of that name, as for `[]`, or this one."""
        if not isinstance(name, str):
            return any(each is name for each in self._found)
        try:
            return self[name] is not None
        except KeyError:
            return False

    @property
    def used(self) -> tuple[Dimension, ...]:
        """Those that some fact reports."""
        return tuple(each for each in self._found if each.used)

    def headings(self) -> Sequence[str]:
        return ["", "name", "facts"]

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        for each in self._found:
            yield 0, [each.label + (" (typed)" if each.typed else ""), each.name, str(each.facts)]
            for member in each.members:
                default = " (default)" if member.default else ""
                yield 1, [member.label + default, member.name, str(member.facts or "")]

    def to_arrow(self) -> Table:
        """One row for each member: `axis, axis_label, typed, member, member_label, default, facts`."""
        pairs = [(each, member) for each in self._found for member in each.members]
        return table_of(
            {
                "axis": ("string", [each.name for each, _ in pairs]),
                "axis_label": ("string", [each.label for each, _ in pairs]),
                "typed": ("bool", [each.typed for each, _ in pairs]),
                "member": ("string", [member.name for _, member in pairs]),
                "member_label": ("string", [member.label for _, member in pairs]),
                "default": ("bool", [member.default for _, member in pairs]),
                "facts": ("int32", [member.facts for _, member in pairs]),
            }
        )

    def __repr__(self) -> str:
        return f"<recto.Dimensions {len(self.used)} used of {len(self)}: {', '.join(each.name for each in self.used)}>"


def dimensions(instances: Sequence[Instance]) -> Dimensions:
    """The axes that facts of the instances report, or that trees of the pages hold."""
    found: dict[QName, dict[object, int]] = {}
    counts: Counter[QName] = Counter()
    declared: dict[QName, dict[QName, None]] = {}
    for instance in instances:
        for fact in instance.facts:
            for axis, member in fact.dimensions.items():
                counts[axis] += 1
                of_axis = found.setdefault(axis, {})
                of_axis[member] = of_axis.get(member, 0) + 1
        for axis, members in _declared(instance).items():
            declared.setdefault(axis, {}).update(members)
    axes = [*sorted(counts, key=lambda axis: -counts[axis]), *(axis for axis in declared if axis not in counts)]
    made = (_dimension(axis, instances, found.get(axis, {}), declared.get(axis, {}), counts[axis]) for axis in axes)
    return Dimensions(tuple(made))


def _declared(instance: Instance) -> dict[QName, dict[QName, None]]:
    """Axes of the hypercubes in the filing's roles, with the members below them there."""
    taxonomy = instance.taxonomy
    found: dict[QName, dict[QName, None]] = {}
    local = {url for url, document in taxonomy.documents.items() if document.local}
    for role in taxonomy.roles(ARC_HYPERCUBE_DIMENSION):
        arcs = taxonomy.network(ARC_HYPERCUBE_DIMENSION, role).relationships
        for arc in arcs:
            if local and arc.document not in local:
                continue
            members = found.setdefault(arc.target.qname, {})
            place = arc.target_role or role
            for top in taxonomy.network(ARC_DIMENSION_DOMAIN, place).children(arc.target):
                _below(instance, top.target, top.target_role or place, members, set())
    return found


def _below(instance: Instance, concept: Concept, role: str, members: dict[QName, None], seen: set[Concept]) -> None:
    todo = [(concept, role)]
    while todo:
        member, place = todo.pop()
        if member in seen:
            continue
        seen.add(member)
        members.setdefault(member.qname)
        arcs = instance.taxonomy.network(ARC_DOMAIN_MEMBER, place).children(member)
        todo += [(arc.target, arc.target_role or place) for arc in reversed(arcs)]


def _dimension(
    axis: QName,
    instances: Sequence[Instance],
    used: dict[object, int],
    declared: dict[QName, None],
    facts: int,
) -> Dimension:
    instance = next((each for each in instances if each.taxonomy.concept(axis) is not None), instances[0])
    home, taxonomy = instance.home, instance.taxonomy
    concept = taxonomy.concept(axis)
    default = None if concept is None else taxonomy.default_member(concept)

    def member(value: object, count: int) -> DimensionMember:
        if isinstance(value, QName):
            own = taxonomy.concept(value)
            label = home.label(own, None, None) or value.local
            return DimensionMember(home.namer.name(value), label, count, default is not None and own is default)
        text = getattr(value, "text", str(value))
        return DimensionMember(text, text, count)

    members = [member(value, count) for value, count in sorted(used.items(), key=lambda pair: -pair[1])]
    members += [member(value, 0) for value in declared if value not in used]
    if default is not None and not any(each.default for each in members):
        members.append(member(default.qname, 0))
    typed = concept is not None and concept.typed_domain is not None
    return Dimension(home.namer.name(axis), home.label(concept, None, None) or axis.local, typed, tuple(members), facts)
