"""Merging and hiding of lines (rendering.md 11). The text speaks of columns, which may also be rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Protocol

from recto.findings import Findings
from recto.rendering.candidate import Candidate
from recto.rendering.lines import Axis, Grid, Line, Slot, hide_empty_rows
from recto.rendering.traits import MONETARY_KEY, PER_SHARE_KEY
from recto.rendering.view import Item


class Hide(Protocol):
    def __call__(self, line: Line, rule: str, by: Line | None = None) -> None: ...


def overlap(lines: Iterable[Line]) -> bool:
    """Whether some crossing line has cells in two or more of these."""
    seen: set[Line] = set()
    for line in lines:
        if not seen.isdisjoint(line.cells):
            return True
        seen.update(line.cells)
    return False


def absorb(into: Line, other: Line, hide: Hide, rule: str) -> None:
    """Copies the cells and facts of another line, and hides it. `into.origins` stays as it was (11.1)."""
    for crossing, slot in other.cells.items():
        copy = Slot(slot.item, slot.role)
        into.cells[crossing] = copy
        crossing.cells[into] = copy
        into.add(slot.item)
    into.facts += other.facts
    hide(other, rule, into)


def merge_units(grid: Grid) -> None:
    """Makes one column of those that differ by unit only, where units allow it (11.2)."""
    lines, axes, hide = _direction(grid, "unit")
    if not lines:
        return
    index = axes.index("unit")

    def key(line: Line) -> tuple[int, ...]:
        return line.coordinates[:index] + line.coordinates[index + 1 :]

    for _, run in groupby(list(lines), key):
        members = list(run)
        if len(members) > 1:
            _merge_run(members, hide)


def _merge_run(run: Sequence[Line], hide: Hide) -> None:
    """Shares, percentages and texts go into every currency's column, amounts per share into their currency's (11.2)."""
    monetary = [line for line in run if MONETARY_KEY in line.inventory]
    per_share = [line for line in run if MONETARY_KEY not in line.inventory and PER_SHARE_KEY in line.inventory]
    others = [line for line in run if MONETARY_KEY not in line.inventory and PER_SHARE_KEY not in line.inventory]
    if len(others) > 1 and overlap(others):
        return
    if not monetary:
        if per_share:
            monetary, per_share = per_share, []
        elif len(others) > 1:
            monetary, others = others[:1], others[1:]
    for receiver in monetary:
        for line in per_share:
            if len(_codes(line, PER_SHARE_KEY) | _codes(receiver, MONETARY_KEY)) == 1:
                absorb(receiver, line, hide, "merged-unit")
        for line in others:
            absorb(receiver, line, hide, "merged-unit")


def _codes(line: Line, key: str) -> set[str]:
    """Local names of the first numerators of a line's facts of a type key."""
    return {item.unit.code for item in line.inventory.get(key, ()) if item.unit is not None}


def merge_instants(grid: Grid) -> None:
    """Lets instants into the durations that end with them (11.3)."""
    lines, axes, hide = _direction(grid, "period")
    if not lines:
        return
    own = [index for index, axis in enumerate(axes) if axis not in ("period", "unit")]
    groups: dict[tuple[int, ...], tuple[list[Line], list[Line]]] = {}
    for line in lines:
        if line.hidden or line.span is None:
            continue
        key = tuple([line.coordinates[index] for index in own])
        instants, durations = groups.setdefault(key, ([], []))
        (instants if line.span.start is None else durations).append(line)
    for instants, durations in groups.values():
        if instants and durations:
            _merge_group(instants, durations, "unit" in axes, hide)


def _merge_group(instants: list[Line], durations: list[Line], units_here: bool, hide: Hide) -> None:
    """Both lists by end. A match uses up the duration, not the instant, which may go into the next duration of that
    day too; a second currency's instant then finds no duration left (11.3).
    """
    instants.sort(key=lambda line: line.span.end)  # type: ignore[union-attr]
    durations.sort(key=lambda line: line.span.end)  # type: ignore[union-attr]
    i = j = 0
    while i < len(instants) and j < len(durations):
        instant, duration = instants[i], durations[j]
        assert instant.span is not None
        assert duration.span is not None
        if instant.span.end < duration.span.end:
            i += 1
            continue
        if instant.span.end == duration.span.end:
            fitting = not units_here or _compatible(instant, duration)
            if fitting and not overlap((instant, duration)):
                absorb(duration, instant, hide, "merged-instant")
        j += 1


def _compatible(instant: Line, duration: Line) -> bool:
    both = (instant.inventory.get(MONETARY_KEY, ()), duration.inventory.get(MONETARY_KEY, ()))
    if len({item.unit for items in both for item in items}) > 1:
        return False
    return len(_codes(instant, PER_SHARE_KEY) | _codes(duration, MONETARY_KEY)) <= 1


def hide_redundant_columns(grid: Grid) -> None:
    """Hides columns whose facts are all in another; of equal ones the left stays (11.4)."""
    columns = grid.shown_columns()
    if len(columns) < 2:
        return
    facts = {column: set(column.facts) for column in columns}
    first: dict[Item, list[Line]] = {}
    for column in columns:
        first.setdefault(column.facts[0], []).append(column)
    for column in columns:
        if column.hidden:
            continue
        mine = facts[column]
        for item in mine & first.keys():
            for other in first[item]:
                if other is not column and not other.hidden and facts[other] <= mine:
                    grid.hide_column(other, "repeated", column)


def _direction(grid: Grid, axis: Axis) -> tuple[list[Line], list[Axis], Hide]:
    """The lines that carry an axis, their axes and how to hide them; no lines where none does."""
    if axis in grid.column_axes:
        return grid.columns, grid.column_axes, grid.hide_column
    if axis in grid.row_axes:
        return grid.rows, grid.row_axes, grid.hide_row
    return [], [], grid.hide_column


# Flow-through suppression


def suppress_flow_through(candidates: Sequence[Candidate], findings: Findings) -> None:
    """Takes out of statements the columns whose concepts (and concept-member pairs) all stand elsewhere (11.5)."""
    laid_out = [candidate for candidate in candidates if candidate.grid is not None]
    statements = [candidate for candidate in laid_out if candidate.is_statement]
    elsewhere: set[object] = set()
    for candidate in laid_out:
        if not candidate.is_statement:
            elsewhere |= candidate.pairs
    for statement in statements:
        if not statement.is_equity:
            others = [elsewhere, *(each.pairs for each in statements if each is not statement)]
            _suppress_columns(statement, others, findings)


def _suppress_columns(statement: Candidate, others: list[set[object]], findings: Findings) -> None:
    grid = statement.grid
    assert grid is not None
    columns = grid.shown_columns()
    covered: list[Line] = []
    left: list[Line] = []
    for column in columns:
        pairs = concept_pairs(column)
        inside = all(any(pair in other for other in others) for pair in pairs)
        (covered if inside else left).append(column)
    if not 0 < len(covered) < grid.visible_columns:
        return
    names = ", ".join(_name(grid, column) for column in covered)
    findings.found("info:columnsShownElsewhere", statement.definition.text, columns=names)
    for column in covered:
        grid.hide_column(column, "elsewhere")
    hide_empty_rows(grid)
    # From here on the statement counts with its concepts alone: the pairs are lost (11.5).
    statement.pairs = {item.concept for column in left for item in column.facts}


def concept_pairs(column: Line) -> set[object]:
    """Concepts of a column's facts, merged ones included, and the (concept, member) pairs of its own facts only
    (11.1). Pairs with typed members count here and are among no other page's, so that such a column stays.
    """
    pairs: set[object] = {item.concept for item in column.facts}
    for item in column.origins:
        pairs.update([(item.concept, member) for member in item.place.members.values()])
    return pairs


def _name(grid: Grid, column: Line) -> str:
    context = column.first.item.place.id if column.first is not None else ""
    return f"{grid.columns.index(column)}({context})"


# Pass 7


def hide_repeated_balances(grid: Grid) -> None:
    """Of an ending balance and the equal beginning balance of the next movement, the ending one stays (11.6)."""
    if "period" not in grid.row_axes:
        return
    own = [index for index, axis in enumerate(grid.row_axes) if axis not in ("period", "unit", "primary")]
    before: dict[object, Line] = {}
    for row in grid.rows:
        if row.hidden or not row.calendar or row.first is None:
            continue
        key = (row.first.item.concept, tuple([row.coordinates[index] for index in own]))
        previous = before.get(key)
        if (
            previous is not None
            and previous.side == "end"
            and row.side == "start"
            and previous.span is row.span
            and previous.facts == row.facts
        ):
            grid.hide_row(row, "balance", previous)
        before[key] = row


def hide_stunted_columns(candidate: Candidate, memberships: Mapping[Item, int], findings: Findings) -> list[Item]:
    """Hides columns of short periods with few facts from a cash flow statement (11.7).

    Only a column's first fact decides whether it is to be had elsewhere. `memberships` counts the candidates to which a
    fact belongs, this one included. Returns facts that are un-placed by it.
    """
    grid = candidate.grid
    assert grid is not None
    if "period" not in grid.column_axes:
        return []
    columns = [column for column in grid.columns if not column.hidden and column.span is not None]
    if not columns:
        return []
    longest = max(column.span.months for column in columns if column.span is not None)
    fullest = [len(column.facts) for column in columns if column.span is not None and column.span.months == longest]
    keep = int(0.25 * min(fullest))
    gone: list[Item] = []
    hidden = False
    for column in columns:
        assert column.span is not None
        if column.span.months >= longest or len(column.facts) >= keep:
            continue
        first = column.facts[0]
        here = any(first in other.facts for other in columns if other is not column and not other.hidden)
        elsewhere = memberships[first] > 1
        if not here and not elsewhere:
            continue
        grid.hide_column(column, "stunted")
        hidden = True
        if not here:
            gone.append(first)
        findings.found("info:columnWithFewFacts", candidate.definition.text, label=column.span.label)
    if hidden:
        hide_empty_rows(grid)
    return gone
