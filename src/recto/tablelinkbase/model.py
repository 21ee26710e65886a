"""A table as it is laid out: headers of its axes, and cells with their facts (Table linkbase 1.0, 7, layout model)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from msgspec import Struct

from recto.instance.model import Fact
from recto.names import QName
from recto.tablelinkbase.aspects import Aspect, Value

Constraints = Mapping[Aspect, Value]
Axis = Literal["x", "y", "z"]


class HeaderCell(Struct, frozen=True, eq=False):
    """What stands over (or beside) `span` columns, rows or slices."""

    span: int
    labels: tuple[tuple[str, str, str], ...] = ()
    """`(role, language, text)` of the node's generic labels."""
    sets: Mapping[str | None, Constraints] = {}
    """What it constrains itself, by tag; without a tag under None."""
    rollup: bool = False
    """Whether it only carries the header above on."""
    concept: QName | None = None
    """The concept or member of a node of a tree, for a label where the node has none."""
    label_role: str | None = None
    """The role of that label, where the tree prefers one."""


class HeaderGroup(Struct, frozen=True, eq=False):
    """The headers of one breakdown: a row for each level of its tree."""

    labels: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[HeaderCell, ...], ...]


class Place(Struct, frozen=True, eq=False):
    """A column, row or slice: the cells over it, and all that they constrain."""

    path: tuple[HeaderCell, ...]
    """From the outermost header to the innermost, roll-ups left out. Neighbors share the cells that are over both."""
    levels: tuple[tuple[Mapping[str | None, Constraints], ...], ...]
    """For each breakdown, the constraint sets of the path to its leaf."""
    tags: frozenset[str] = frozenset()
    """The tag selectors of its leaves."""
    abstract: bool = False
    """Whether it is a heading alone: an abstract node without nodes below, which the specification forbids."""


class LayoutTable(Struct, frozen=True, eq=False):
    """One table. `cells`: facts by slice, row and column."""

    headers: Mapping[Axis, tuple[HeaderGroup, ...]]
    places: Mapping[Axis, tuple[Place, ...]]
    """One place without constraints on an axis that has no breakdown."""
    cells: tuple[tuple[tuple[tuple[Fact, ...], ...], ...], ...]
    parameters: Mapping[str, Any] = {}
    """Values of the table's own parameters, by name, where a table set has several tables."""

    @property
    def shape(self) -> tuple[int, int, int]:
        """Slices, rows, columns."""
        z, y, x = (len(self.places[axis]) for axis in ("z", "y", "x"))
        return (z, y, x)

    @property
    def facts(self) -> Iterator[Fact]:
        """The facts that its cells show, in the order of cells."""
        return (fact for piece in self.cells for row in piece for cell in row for fact in cell)


class TableSet(Struct, frozen=True, eq=False):
    """What one `table:table` of a DTS comes to: a table for each combination of its parameters' values."""

    id: str
    role: str
    labels: tuple[tuple[str, str, str], ...]
    document: str
    line: int
    tables: tuple[LayoutTable, ...]
