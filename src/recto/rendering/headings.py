"""Headings of columns and rows, section rows and abstract rows (rendering.md 10.6, 10.7, 15)."""

from __future__ import annotations

from collections.abc import Sequence

from recto.names import QName
from recto.rendering.candidate import Candidate
from recto.rendering.dimensions import nil_as_none, typed_label
from recto.rendering.layout import equity_row_axes, has_blank_total
from recto.rendering.lines import Axis, Command, Grid, Line
from recto.rendering.standard import is_standard
from recto.rendering.traits import MONETARY_KEY, PER_SHARE_KEY
from recto.rendering.tree import LOCAL_NAME
from recto.rendering.units import UnitText
from recto.rendering.view import Item, Typed, View, is_code
from recto.taxonomy.model import Concept


class Headings:
    """Headings of one page."""

    def __init__(self, candidate: Candidate, view: View) -> None:
        assert candidate.grid is not None
        self.candidate = candidate
        self.view = view
        self.grid: Grid = candidate.grid
        self.tree = candidate.tree
        self.swallowed = line_items(view)
        self._members: dict[tuple[Axis, object], str | None] = {}

    def concept_label(self, concept: Concept) -> str:
        """The display label of a concept on this page (4.4)."""
        return self.view.display_label(concept, self.tree.label_roles.get(concept))

    def fact_label(self, line: Line) -> str:
        """The heading of a fact's row or column: its concept's label in the role of its place in the tree."""
        first = line.first
        assert first is not None
        if first.role == LOCAL_NAME:
            return first.item.concept.qname.local
        return self.view.fact_label(first.item.concept, first.role)

    def member_label(self, line: Line, axis: Axis) -> str | None:
        """The label of a line's member on a real axis; None for a default or absent member. On the SEC's pages a
        default that a context names although it must not is a member like any other (5.4).
        """
        member = line.first.item.place.members.get(axis) if line.first is not None else None  # type: ignore[arg-type]
        if member is None or not isinstance(axis, QName):
            return None
        key = (axis, member)
        if key not in self._members:
            table = self.tree.tables[axis]
            if isinstance(member, Typed):
                text = typed_label(self.concept_label(table.axis), table.axis, member, self.view)
            elif member is table.default and not self.view.sec:
                return None
            else:
                concept = self.view.taxonomy.concept(member)
                text = member.local if concept is None else self.concept_label(concept)
                if not self.view.sec and text == member.local and is_code(text):
                    text = f"{self.concept_label(table.axis)}: {text}"
            self._members[key] = text
        return self._members[key]

    def default_label(self, axis: Axis) -> str | None:
        """The display label of an axis' default member."""
        table = self.tree.tables.get(axis) if isinstance(axis, QName) else None
        concept = self.view.taxonomy.concept(table.default) if table is not None and table.default is not None else None
        return self.concept_label(concept) if concept is not None else None

    # Columns

    def label_columns(self) -> None:
        """Captions: months and date, units, members; `Total` where nothing is left (15.1)."""
        if self.candidate.shows_elements:
            return
        grid = self.grid
        for column in grid.columns:
            if not column.hidden:
                column.labels = self._caption(column)

    def _caption(self, column: Line) -> list[str]:
        labels = self._labels(column, self._shown(self.grid.column_commands), self.grid.column_axes)
        periods = [command for command in self._shown(self.grid.column_commands) if command.axis == "period"]
        span = column.span
        if periods and span is not None:
            caption = self.view.words.caption(span)
            if len(caption) > 1:
                labels.insert(0, caption[0])
            elif caption[0] != span.label:
                labels = [caption[0] if label == span.label else label for label in labels]
        return labels or self._empty(column, self.grid.column_axes)

    def _labels(
        self, line: Line, commands: Sequence[Command], axes: Sequence[Axis], covered: frozenset[Axis] = frozenset()
    ) -> list[str]:
        """What a line's members say, axis by axis (15.1, 15.2); a balance with its date in one text (15.3)."""
        on_rows = axes is self.grid.row_axes
        labels: list[str] = []
        dated = True
        for command in commands:
            axis = command.axis
            if axis in covered:
                continue
            if axis == "primary":
                labels.append(self.fact_label(line))
            elif axis == "period":
                if not on_rows and line.span is not None:
                    labels.append(line.span.label)
            elif axis == "unit":
                if self.grid.unit_headings:
                    texts = self.unit_labels(line)
                    labels += [", ".join(sorted(texts))] if on_rows and texts else texts
            else:
                text = self.member_label(line, axis)
                if text is None:
                    continue
                if axis.local == "CreationDateAxis" and is_standard(axis.namespace):
                    before = labels.pop() + " " if labels else ""
                    labels.append(f"{before}({text})")
                else:
                    labels.append(text)
                    dated = dated and not _is_restatement(axis, line)
        if labels and line.side is not None and "period" in axes and "primary" in axes:
            return [self._balance_label(labels, line, dated=dated)]
        return labels

    def _balance_label(self, labels: list[str], line: Line, *, dated: bool) -> str:
        """`Ending balance (ASU adj) at Dec. 31, 2023`: further labels in parentheses, the date always with a dot
        (15.3).
        """
        assert line.first is not None
        words = self.view.words
        span = line.first.item.place.span
        day = span.last_day if span is not None else None
        date = words.balance_date(day) if day is not None else ""
        labels = [label for label in labels if label != date]
        return words.balance(labels[0] if labels else "", labels[1:], day, dated=dated)

    def _empty(self, line: Line, axes: Sequence[Axis], covered: frozenset[Axis] = frozenset()) -> list[str]:
        """What stands where nothing else does: `Total`, nothing on some pages, on transposed pages a default member
        of an axis that the section before does not tell.
        """
        if "primary" in axes:
            return []
        total = "" if has_blank_total(self.candidate) else self.view.words.total
        if self.candidate.mode == "transposed":
            commands = self.grid.row_commands if axes is self.grid.row_axes else self.grid.column_commands
            for command in self._shown(commands):
                axis = command.axis
                if isinstance(axis, QName) and axis not in covered and self.member_label(line, axis) is None:
                    total = self.default_label(axis) or total
        return [total]

    def unit_labels(self, line: Line) -> list[str]:
        """Heading strings of a line's units: money first, then by type key, then by line (15.1)."""
        units: dict[UnitText, None] = {}
        for key in sorted(line.inventory, key=lambda key: (key != MONETARY_KEY, key)):
            found = dict.fromkeys(item.unit for item in line.inventory[key] if item.unit is not None)
            units.update(dict.fromkeys(sorted(found, key=lambda unit: unit.line)))
        return [unit.heading for unit in units if unit.heading is not None]

    def _shown(self, commands: Sequence[Command]) -> list[Command]:
        grid = self.grid
        return [
            command
            for command in commands
            if command.display and command.axis not in grid.promoted and command.axis not in grid.suppressed_axes
        ]

    # Rows

    def label_rows(self) -> None:
        """Row labels, with units told where they are not those of most rows (15.2)."""
        commands = self._shown(self.grid.row_commands)
        elements = self.candidate.shows_elements
        covered: frozenset[Axis] = frozenset()
        suffixes: list[tuple[Line, str]] = []
        tell = not elements and "unit" in self.grid.column_axes and "unit" not in self.grid.promoted
        for row in self.grid.rows:
            if row.kind == "section":
                covered = row.covered
            elif row.kind == "fact" and not row.hidden:
                if elements:
                    row.labels = [self.fact_label(row)]
                else:
                    row.labels = self._labels(row, commands, self.grid.row_axes, covered)
                    row.labels = row.labels or self._empty(row, self.grid.row_axes, covered)
                if tell:
                    suffix = self._unit_suffix(row)
                    if suffix is not None:
                        suffixes.append((row, suffix))
        if not self.grid.unit_headings:
            return
        shown = told_suffixes([suffix for _, suffix in suffixes])
        for row, suffix in suffixes:
            if suffix in shown:
                row.labels.append(suffix)

    def _unit_suffix(self, row: Line) -> str | None:
        """The unit of a row of one type key; `(per share)` is added at once where per-share units differ."""
        if len(row.inventory) != 1:
            return None
        ((key, items),) = row.inventory.items()
        unit = items[0].unit
        if len(items) == 1 or len({item.unit for item in items}) == 1:
            return unit.suffix if unit is not None else None
        if key == PER_SHARE_KEY:
            row.labels.append("(per share)")
        return None

    # Sections and abstracts

    def insert_sections(self) -> None:
        """Section rows in front of rows of other members. Rows of default members get none: listed last, they seem
        to go on with the section before (10.6).
        """
        candidate, grid = self.candidate, self.grid
        if "period" in grid.row_axes:
            special = set(equity_row_axes(self.view))
            if any(axis in special for axis in grid.row_axes):
                return
        dates = candidate.is_repurchases or candidate.is_uncategorized
        left_out: tuple[Axis, ...] = ("unit", "primary") if dates else ("unit", "primary", "period")
        own = [index for index, axis in enumerate(grid.row_axes) if axis not in left_out]
        silent = (*left_out, *grid.promoted)
        axes = [axis for axis in grid.row_axes if axis not in silent]
        if not axes:
            return
        rows: list[Line] = []
        last: object = None
        for row in grid.rows:
            if not row.hidden:
                key = tuple([row.coordinates[index] for index in own])
                if key != last:
                    last = key
                    section = self._section(row, axes)
                    if section is not None:
                        rows.append(section)
                        grid.visible_rows += 1
            rows.append(row)
        grid.rows = rows

    def _section(self, row: Line, axes: Sequence[Axis]) -> Line | None:
        told: list[tuple[Axis, str]] = []
        for axis in axes:
            if axis == "period":
                if row.span is not None:
                    told.append((axis, row.span.label))
                continue
            text = self.member_label(row, axis)
            if text is not None:
                told.append((axis, text))
        if not told:
            return None
        section = Line(None, row.coordinates)
        section.kind = "section"
        section.first = row.first
        section.labels = [text for _, text in told]
        section.covered = frozenset(axis for axis, _ in told)
        return section

    def insert_abstracts(self) -> None:
        """The nearest abstract in front of a row, once a section, and again after balances (10.7)."""
        grid = self.grid
        abstracts = self.tree.sorted_abstracts()
        if "primary" not in grid.row_axes or not abstracts:
            return
        rows: list[Line] = []
        index = 0
        for row in grid.rows:
            if row.hidden:
                rows.append(row)
                continue
            if row.kind == "section" or row.calendar:
                index = 0
            elif row.first is not None and index < len(abstracts) and row.first.position > abstracts[index][0]:
                position = row.first.position
                while index + 1 < len(abstracts) and abstracts[index + 1][0] < position:
                    index += 1
                concept = abstracts[index][1]
                if concept.qname not in self.swallowed:
                    abstract = Line(None, row.coordinates)
                    abstract.kind = "abstract"
                    abstract.concept = concept
                    abstract.depth = self.tree.depths.get(abstracts[index][0], 0)
                    abstract.labels = [self.concept_label(concept)]
                    rows.append(abstract)
                    grid.visible_rows += 1
                index += 1
            rows.append(row)
        grid.rows = rows


def line_items(view: View) -> set[QName]:
    """Line items of statements, which never show as abstracts; only those of the us-gaap or IFRS taxonomy in the
    DTS (10.7).
    """
    found: set[QName] = set()
    if view.families.us_gaap is not None:
        found.add(QName(view.families.us_gaap, "StatementLineItems"))
    if view.families.ifrs is not None:
        found.add(QName(view.families.ifrs, "StatementOfChangesInEquityLineItems"))
    return found


def _is_restatement(axis: QName, line: Line) -> bool:
    member = line.first.item.place.members.get(axis) if line.first is not None else None
    return (
        isinstance(member, QName)
        and axis.local == "StatementScenarioAxis"
        and member.local == "RestatementAdjustmentMember"
        and is_standard(axis.namespace)
        and is_standard(member.namespace)
    )


def told_suffixes(suffixes: Sequence[str]) -> set[str]:
    """All units but that of most rows, and that too where it is tied for first (15.2)."""
    counts: dict[str, int] = {}
    for suffix in suffixes:
        counts[suffix] = counts.get(suffix, 0) + 1
    if len(counts) < 2:
        return set()
    ordered = sorted(counts, key=lambda suffix: counts[suffix])
    if counts[ordered[-1]] == counts[ordered[-2]]:
        return set(ordered)
    return set(ordered[:-1])


def member_pairs(item: Item, axes: Sequence[Axis]) -> tuple[tuple[QName, str], ...]:
    """(axis, member) of the non-default members of a fact, of those axes: QName in Clark notation or typed text."""
    members = item.place.members
    pairs: list[tuple[QName, str]] = []
    for axis in axes:
        member = members.get(axis) if isinstance(axis, QName) else None
        if member is not None and isinstance(axis, QName):
            pairs.append((axis, nil_as_none(member) if isinstance(member, Typed) else member.clark))
    return tuple(pairs)
