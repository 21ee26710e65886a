"""The grid of a page while it is laid out: placements, lines, cells (rendering.md 9.3, 10)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Literal

from msgspec import Struct

from recto.names import QName
from recto.once import Made
from recto.rendering.spans import Span
from recto.rendering.tree import Side, side_of
from recto.rendering.view import Item
from recto.taxonomy.model import Concept

Axis = QName | Literal["period", "unit", "primary"]
Coordinates = tuple[int, ...]
NOWHERE = -1
"""The position of a fact on an axis that it does not have: before all others."""


class Command(Struct, frozen=True):
    """One step of a layout: an axis on rows or on columns (8)."""

    row: bool
    axis: Axis
    display: bool = True
    """False: the axis orders lines but is not in headings (21.1)."""
    members: tuple[QName, ...] | None = None
    """The only members shown, in an embedding command."""


class Placement(Struct, eq=False):
    """A fact at one place: once for each occurrence of its concept in the tree and each period it is tied to (9.3)."""

    item: Item
    role: str | None
    position: int
    span: Span | None
    rows: Coordinates
    columns: Coordinates


class Slot(Struct, eq=False):
    """A filled cell."""

    item: Item
    role: str | None = None
    """The label role of the fact's place in the tree: it may turn the sign (19.5)."""
    show: bool = False
    """The currency symbol is printed (13.5)."""
    notes: list[int] | None = None


class Line(Struct, eq=False):
    """A row or a column. A hidden line stays in its list and keeps its place.

    Who writes which field, in the order of the passes:

    | written by | fields |
    |---|---|
    | `lines.build_grid` | `first`, `coordinates`, `span`, `facts`, `origins`, `order`, `cells`, `inventory`, `side` |
    | `render` (equity statements) | `calendar`, `span` of a row of balances |
    | `merge` | `facts`, `cells`, `inventory` of the line that takes another in |
    | `Grid.hide_row`, `Grid.hide_column`, which all others call | `hidden` |
    | `scaling` | `symbol` of a column, `show` of its slots |
    | `headings` | `labels`; `kind`, `concept`, `depth`, `covered` of the rows that it inserts |
    | `footnotes` | `notes`, of a line and of its slots |
    """

    first: Placement | None
    """The first placement: source of headings, context and concept."""
    coordinates: Coordinates
    span: Span | None = None
    side: Side | None = None
    """Start or end, where the line's label role is one of a balance."""
    order: int = 0
    """Place among the lines of its direction, before any are inserted."""
    facts: list[Item] = []
    """One entry a placement; merged lines' facts are appended."""
    origins: Sequence[Item] = ()
    """A column's own facts, without merged ones: a merged column's (concept, member) pairs stay incomplete (11.1)."""
    cells: dict[Line, Slot] = {}
    """By the line that crosses this one."""
    inventory: dict[str, list[Item]] = {}
    """Facts with units by type key (10.4)."""
    hidden: bool = False
    kind: Literal["fact", "section", "abstract"] = "fact"
    concept: Concept | None = None
    """Of an abstract row."""
    depth: int = 0
    """Levels above the row's concept in the presentation tree."""
    labels: list[str] = []
    calendar: bool = False
    notes: tuple[int, ...] = ()
    symbol: str = ""
    """A column's currency symbol."""
    covered: frozenset[Axis] = frozenset()
    """Axes that a section row tells."""

    def shown_cells(self) -> list[tuple[Line, Slot]]:
        """Cells that cross visible lines, in order."""
        cells = [pair for pair in self.cells.items() if not pair[0].hidden]
        cells.sort(key=_order)
        return cells

    @property
    def role(self) -> str | None:
        return self.first.role if self.first is not None else None

    def add(self, item: Item) -> None:
        """Takes stock of a cell's unit."""
        if item.unit is not None:
            try:
                self.inventory[item.key].append(item)
            except KeyError:
                self.inventory[item.key] = [item]


def _order(pair: tuple[Line, Slot]) -> int:
    return pair[0].order


class Hidden(Struct, frozen=True):
    """Why a line is not shown: told to a recorder."""

    line: Line
    rule: str
    """`merged-unit`, `merged-instant`, `repeated`, `elsewhere`, `stunted`, `empty`, `balance`."""
    by: Line | None
    """The line that shows what the hidden one would have shown."""


class Trace(list[Hidden]):
    """What was hidden and why, in order."""

    @cached_property
    def of(self) -> dict[Line, Hidden]:
        """By the hidden line. Asked for when the layout is done."""
        return {each.line: each for each in reversed(self)}

    @cached_property
    def by(self) -> dict[Line, list[Hidden]]:
        """By the line that shows what the hidden ones would have shown."""
        found: dict[Line, list[Hidden]] = {}
        for each in self:
            if each.by is not None:
                found.setdefault(each.by, []).append(each)
        return found


class Grid:
    """Rows, columns, and two counters that the SEC's renderer keeps of what is visible.

    | written by | fields |
    |---|---|
    | `lines.build_grid` | commands, axes, `rows`, `columns`, counters, `trace`, `overruled` |
    | `titles.propose` | `proposals`, `suppressed_axes` |
    | `hide_row`, `hide_column`; `headings`, for rows that it inserts | `visible_rows`, `visible_columns`; `rows` |
    | `titles.finish_title` | `promoted` |
    | `pages.make_report` | `unit_headings` |
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        self.row_commands = [command for command in commands if command.row]
        self.column_commands = [command for command in commands if not command.row]
        self.row_axes: list[Axis] = [command.axis for command in self.row_commands]
        self.column_axes: list[Axis] = [command.axis for command in self.column_commands]
        self.rows: list[Line] = []
        self.columns: list[Line] = []
        self.visible_rows = 0
        self.visible_columns = 0
        self.proposals: list[tuple[bool, Axis, str]] = []
        """Titles proposed by (row direction?, axis, text)."""
        self.promoted: set[Axis] = set()
        self.suppressed_axes: set[Axis] = set()
        """The period, where all lines share it on an embedded page: neither promoted nor told (21.5)."""
        self.unit_headings = True
        self.trace: Trace | None = None
        """What was hidden and why, in order, where a recorder listens."""
        self.overruled: list[tuple[Line, Line, Item, Item]] | None = None
        """Row, column, the fact that a later one took the cell from, and that later one, where a recorder listens."""

    def hide_column(self, line: Line, rule: str, by: Line | None = None) -> None:
        """Every call counts, also of a line that is hidden already: the counter may fall below what is visible
        (10.5).
        """
        if self.trace is not None and not line.hidden:
            self.trace.append(Hidden(line, rule, by))
        line.hidden = True
        self.visible_columns -= 1

    def hide_row(self, line: Line, rule: str, by: Line | None = None) -> None:
        """As `hide_column` (10.5)."""
        if self.trace is not None and not line.hidden:
            self.trace.append(Hidden(line, rule, by))
        line.hidden = True
        self.visible_rows -= 1

    def shown_rows(self) -> list[Line]:
        return [line for line in self.rows if not line.hidden]

    def shown_columns(self) -> list[Line]:
        return [line for line in self.columns if not line.hidden]


def build_grid(
    commands: Sequence[Command], placements: list[Placement], *, by_fact: bool = False, traced: bool = False
) -> Grid:
    """Columns, rows and cells. `by_fact`: one column, and every placement is a row ({Elements}, uncategorized facts)
    (10.1, 10.2). `traced`: a recorder listens."""
    grid = Grid(commands)
    if traced:
        grid.trace, grid.overruled = Trace(), []
    sides = Made(side_of)
    column_of: dict[Placement, Line] = {}
    column: Line | None = None
    for placement in placements if by_fact else sorted(placements, key=lambda each: each.columns):
        if column is None or (not by_fact and column.coordinates != placement.columns):
            column = Line(placement, placement.columns, placement.span, sides[placement.role])
            grid.columns.append(column)
        column_of[placement] = column
        column.facts.append(placement.item)
    row: Line | None = None
    if by_fact:
        placements = sorted(placements, key=lambda each: (each.rows, each.item.fact.line))
    else:
        placements = sorted(placements, key=lambda each: each.rows)
    for placement in placements:
        if row is None or by_fact or row.coordinates != placement.rows:
            row = Line(placement, placement.rows, placement.span, sides[placement.role])
            grid.rows.append(row)
        item = placement.item
        row.facts.append(item)
        column = column_of[placement]
        slot = Slot(item, placement.role)
        if traced and column in row.cells and grid.overruled is not None:
            grid.overruled.append((row, column, row.cells[column].item, item))
        row.cells[column] = slot
        column.cells[row] = slot
        row.add(item)
        column.add(item)
    for order, column in enumerate(grid.columns):
        column.origins = tuple(column.facts)
        column.order = order
    for order, row in enumerate(grid.rows):
        row.order = order
    grid.visible_rows = len(grid.rows)
    grid.visible_columns = len(grid.columns)
    return grid


def hide_empty_rows(grid: Grid) -> None:
    """Hides rows that show nothing: no nil fact and no text in a visible column (11.5).

    Rows that are hidden already are counted once more (10.5).
    """
    for row in grid.rows:
        if not any(
            not column.hidden and (slot.item.fact.nil or slot.item.fact.value) for column, slot in row.cells.items()
        ):
            grid.hide_row(row, "empty")
