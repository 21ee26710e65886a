"""From a finished grid to a `Report` (rendering.md 18.2, 18.3, 19.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from recto.instance.model import Fact, Footnote
from recto.rendering.candidate import Candidate
from recto.rendering.cell_text import fact_cell
from recto.rendering.footnotes import number_footnotes
from recto.rendering.headings import Headings, member_pairs
from recto.rendering.layout import has_no_unit_headings
from recto.rendering.lines import Line, Slot
from recto.rendering.model import Cell, Column, Page, Report, Row
from recto.rendering.panels import member_key
from recto.rendering.scaling import Scaling, scaling_of, thin_symbols
from recto.rendering.titles import promoted, second_line
from recto.rendering.view import Item, View, element_name

BLANK: Final = Cell()
"""What every cell without a fact is: one object, not to be changed."""
MOST_CELLS: Final = 50_000

Embedder = Callable[[Item], Cell | None]


def make_report(
    candidate: Candidate,
    view: View,
    scalable: Mapping[str, list[Item]],
    footnotes: Mapping[Fact, tuple[Footnote, ...]],
    embed: Embedder | None = None,
) -> Report:
    """Pass 7 for one candidate: title, scale, footnotes, symbols, inserted rows, headings, cells."""
    grid = candidate.grid
    assert grid is not None
    shared = promoted(candidate)
    title = " - ".join((candidate.title, *shared)) if view.sec else candidate.title
    scaling = (
        Scaling()
        if candidate.is_uncategorized
        else scaling_of(scalable, statement=candidate.is_statement, words=view.words)
    )
    notes = number_footnotes(grid, footnotes)
    thin_symbols(grid)
    headings = Headings(candidate, view)
    grid.unit_headings = not has_no_unit_headings(candidate, statement_like=embed is not None)
    if candidate.shows_elements or not candidate.is_embedded:
        headings.insert_sections()
        if candidate.mode != "unlabeled" and not candidate.is_uncategorized:
            headings.insert_abstracts()
    headings.label_columns()
    headings.label_rows()
    report = Report(
        number=candidate.number,
        stem=f"R{candidate.number}",
        role=candidate.role,
        long_name=candidate.definition.text,
        short_name=candidate.title,
        title=title,
        scale=scaling.caption if view.sec else second_line(scaling.caption, shared),
        columns=[],
        rows=[],
        footnotes=notes,
        show_label_column=candidate.mode != "unlabeled",
        show_elements=candidate.shows_elements,
        transposed=candidate.mode == "transposed",
        uncategorized=candidate.is_uncategorized,
        instance=view.instance,
        language=view.words.language,
        right_to_left=view.words.right_to_left,
    )
    report.columns = _columns(candidate)
    report.rows = _Rows(candidate, view, scaling, headings, embed).make()
    report.has_embedded = any(cell.kind == "embedded" for row in report.rows for cell in row.cells)
    report.too_large = _count_cells(report) > MOST_CELLS
    _name_sections(report, view)
    _even_depths(report)
    return report


def _count_cells(report: Page) -> int:
    """Cells of the page and of those embedded in it (19.1)."""
    count = len(report.columns) * len(report.rows)
    if report.has_embedded:
        inner = (cell.embedded for row in report.rows for cell in row.cells if cell.embedded is not None)
        count += sum(_count_cells(each) for each in inner)
    return count


def _columns(candidate: Candidate) -> list[Column]:
    grid = candidate.grid
    assert grid is not None
    columns: list[Column] = []
    for index, line in enumerate(grid.columns):
        if line.hidden:
            continue
        units = dict.fromkeys(item.unit.id for items in line.inventory.values() for item in items if item.unit)
        columns.append(
            Column(
                id=index + 1,
                labels=tuple(line.labels),
                period=line.span.period if line.span is not None else None,
                units=tuple(units),
                members=member_pairs(line.first.item, grid.column_axes) if line.first is not None else (),
                footnotes=line.notes,
            )
        )
    return columns


class _Rows:
    def __init__(
        self, candidate: Candidate, view: View, scaling: Scaling, headings: Headings, embed: Embedder | None
    ) -> None:
        self.candidate = candidate
        self.view = view
        self.scaling = scaling
        self.headings = headings
        self.embed = embed
        assert candidate.grid is not None
        self.grid = candidate.grid
        self.columns = self.grid.shown_columns()
        self.primary = "primary" in self.grid.row_axes

    def make(self) -> list[Row]:
        return [self._row(line, index) for index, line in enumerate(self.grid.rows, 1) if not line.hidden]

    def _row(self, line: Line, number: int) -> Row:
        label = " | ".join(line.labels)
        if line.kind == "abstract":
            cells = [BLANK] * len(self.columns)
            concept = line.concept
            name = element_name(concept) if concept is not None else ""
            return Row(number, "abstract", label, cells, concept, name, depth=line.depth)
        first = line.first
        assert first is not None
        if line.kind == "section":
            cells = [BLANK] * len(self.columns)
            if self.candidate.mode == "unlabeled" and cells and self.columns[0] is self.grid.columns[0]:
                cells[0] = Cell("text", label.replace("<", "&lt;"))
            covered = [axis for axis in self.grid.row_axes if axis in line.covered]
            return Row(number, "section", label, cells, members=member_pairs(first.item, covered))
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
            depth=self.candidate.tree.depths.get(first.position, 0) if self.primary else 0,
            period=line.span.period if line.span is not None and "period" in self.grid.row_axes else None,
            members=member_pairs(first.item, self.grid.row_axes),
            footnotes=line.notes,
        )

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

    def _page_label(self, concept: object) -> str | None:
        roles = self.candidate.tree.label_roles
        if concept not in roles:
            return None
        return self.headings.concept_label(concept)


def _even_depths(report: Report) -> None:
    """Depths counted from the page's topmost concept."""
    rows = [row for row in report.rows if row.kind != "section"]
    least = min((row.depth for row in rows), default=0)
    for row in rows:
        row.depth -= least


def _name_sections(report: Report, view: View) -> None:
    """Rows without an element open the panel of a member of the next row that has one (19.3)."""
    key: str | None = None
    for row in reversed(report.rows):
        if not row.element:
            row.panel_key = key
        if row.kind in ("item", "total"):
            key = member_key(*row.members[0], view.taxonomy) if row.members else "="
