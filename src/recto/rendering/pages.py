"""From a finished grid to a `Report` (rendering.md 18.2, 18.3, 19.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from recto.instance.model import Fact, Footnote
from recto.rendering.candidate import Candidate
from recto.rendering.footnotes import number_footnotes
from recto.rendering.headings import Headings, member_pairs
from recto.rendering.layout import has_no_unit_headings
from recto.rendering.model import Column, Page, Report
from recto.rendering.rows import Embedder, Rows
from recto.rendering.scaling import Scaling, scaling_of, thin_symbols
from recto.rendering.titles import promoted, second_line
from recto.rendering.view import Item, View

MOST_CELLS: Final = 50_000


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
    report.rows = rows = Rows(candidate, view, scaling, headings, embed)
    report.has_embedded = embed is not None and any(cell.kind == "embedded" for row in rows for cell in row.cells)
    report.too_large = _count_cells(report) > MOST_CELLS
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
