"""Rows of a page, each made from its line when it is first asked for (rendering.md 18.3, 19.3)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, overload

from recto.failures import failure
from recto.rendering.candidate import Candidate
from recto.rendering.cell_text import fact_cell
from recto.rendering.headings import Headings, member_pairs
from recto.rendering.lines import Line, Slot
from recto.rendering.model import Cell, Row
from recto.rendering.panels import member_key
from recto.rendering.scaling import Scaling
from recto.rendering.view import Item, View, element_name
from recto.taxonomy.model import Concept

BLANK: Final = Cell()
"""What every cell without a fact is: one object, not to be changed."""

Embedder = Callable[[Item], Cell | None]


class Rows(Sequence[Row]):
    """The rows of a page that was laid out. A reader of one row of 70,000 need not wait for the others.

    The same row is the same object however it is asked for; threads may ask at the same time. A row that cannot be made
    is a finding, and stands without cells' texts.
    """

    def __init__(
        self, candidate: Candidate, view: View, scaling: Scaling, headings: Headings, embed: Embedder | None
    ) -> None:
        assert candidate.grid is not None
        lines = [(number, line) for number, line in enumerate(candidate.grid.rows, 1) if not line.hidden]
        self._made: list[Row | None] = [None] * len(lines)
        self._left = len(lines)
        self._lock = threading.RLock()
        self._maker: _Maker | None = _Maker(lines, candidate, view, scaling, headings, embed)

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return self._some(range(*index.indices(len(self._made))))
        row = self._made[index]
        return row if row is not None else self._some((range(len(self._made))[index],))[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._some(range(len(self._made))))

    @property
    def concepts(self) -> list[Concept | None]:
        """The concept of each row; no row is made for it."""
        with self._lock:
            return [row.concept for row in self] if self._maker is None else self._maker.concepts()

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, (list, Rows)) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(list(self))

    def _some(self, wanted: Sequence[int]) -> list[Row]:
        made = self._made
        with self._lock:
            if self._maker is not None:
                for index in wanted:
                    if made[index] is None:
                        made[index] = self._maker.made(index)
                        self._left -= 1
                if not self._left:
                    self._maker = None  # frees the lines
        return [made[index] for index in wanted]  # type: ignore[misc]


class _Maker:
    def __init__(
        self,
        lines: list[tuple[int, Line]],
        candidate: Candidate,
        view: View,
        scaling: Scaling,
        headings: Headings,
        embed: Embedder | None,
    ) -> None:
        self.lines = lines
        self.view = view
        self.scaling = scaling
        self.headings = headings
        self.embed = embed
        assert candidate.grid is not None
        self.grid = candidate.grid
        self.columns = self.grid.shown_columns()
        self.primary = "primary" in self.grid.row_axes
        self.title = candidate.title
        self.unlabeled = candidate.mode == "unlabeled"
        self.roles = candidate.tree.label_roles
        self.depths: dict[Any, int] = candidate.tree.depths if self.primary else {}
        depths = {line.depth for _, line in lines if line.kind == "abstract"}
        firsts = {line.first.position for _, line in lines if line.kind == "fact" and line.first is not None}
        depths |= {self.depths.get(position, 0) for position in firsts}
        self.top = min(depths, default=0)
        """Depths of rows are counted from the page's topmost concept."""

    def made(self, index: int) -> Row:
        """The row; what fails unexpectedly is told, and the others are not lost with it."""
        try:
            return self.row(index)
        except Exception as error:
            number, line = self.lines[index]
            label = " | ".join(line.labels)
            url = self.view.instance.url
            self.view.findings.add(failure(error, f"The row {label!r} of the page {self.title!r}", url))
            return Row(number, "item", label, [BLANK] * len(self.columns))

    def row(self, index: int) -> Row:
        number, line = self.lines[index]
        label = " | ".join(line.labels)
        if line.kind == "abstract":
            assert line.concept is not None
            cells = [BLANK] * len(self.columns)
            name = element_name(line.concept)
            return Row(number, "abstract", label, cells, line.concept, name, depth=line.depth - self.top)
        first = line.first
        assert first is not None
        if line.kind == "section":
            cells = [BLANK] * len(self.columns)
            if self.unlabeled and cells and self.columns[0] is self.grid.columns[0]:
                cells[0] = Cell("text", label.replace("<", "&lt;"))
            covered = [axis for axis in self.grid.row_axes if axis in line.covered]
            members = member_pairs(first.item, covered)
            return Row(number, "section", label, cells, members=members, panel_key=self._panel_key(index))
        role = line.role if self.primary else None
        concept = first.item.concept if self.primary else None
        kind = "total" if role is not None and "total" in role.casefold() else "item"
        return Row(
            id=number,
            kind=kind,  # type: ignore[arg-type]
            label=label,
            cells=self._cells(line),
            concept=concept,
            element=self.view.element_name(first.item.fact) if concept is not None else "",
            calendar=line.calendar,
            label_role=role,
            depth=self.depths.get(first.position, 0) - self.top,
            period=line.span.period if line.span is not None and "period" in self.grid.row_axes else None,
            members=member_pairs(first.item, self.grid.row_axes),
            footnotes=line.notes,
            panel_key=None if concept is not None else self._panel_key(index),
        )

    def concepts(self) -> list[Concept | None]:
        primary = self.primary
        return [
            (line.first.item.concept if line.kind == "fact" and primary else None)
            if line.first is not None
            else line.concept
            for _, line in self.lines
        ]

    def _panel_key(self, index: int) -> str | None:
        """Rows without an element open the panel of a member of the next row that has one (19.3)."""
        for at in range(index + 1, len(self.lines)):
            line = self.lines[at][1]
            if line.kind == "fact" and line.first is not None:
                members = member_pairs(line.first.item, self.grid.row_axes)
                return member_key(*members[0], self.view.taxonomy) if members else "="
        return None

    def _cells(self, line: Line) -> list[Cell]:
        slots = line.cells
        cells: list[Cell] = []
        for column in self.columns:
            slot = slots.get(column)
            cells.append(BLANK if slot is None else self._cell(slot, column))
        return cells

    def _cell(self, slot: Slot, column: Line) -> Cell:
        item = slot.item
        cell: Cell | None = None
        if self.embed is not None and item.traits.text_block and not item.fact.nil:
            cell = self.embed(item)
        if cell is None:
            symbol = column.symbol if slot.show else None
            cell = fact_cell(item, self.view, self.scaling, self._page_label, slot.role, symbol=symbol)
        if slot.notes:
            cell.footnotes = tuple(slot.notes)
        return cell

    def _page_label(self, concept: Any) -> str | None:
        return self.headings.concept_label(concept) if concept in self.roles else None
