"""Pages as parts of a description."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Final

from recto.names import ROLE_LABEL
from recto.rendering.model import Cell, Page, Row
from recto.rendering.roles import define
from recto.rendering.writers.lines import normalize_space, placed
from recto.taxonomy.model import Taxonomy
from recto.viewer.harmless import harmless
from recto.viewer.model import ROWS_PER_PART, CellPart, ColumnPart, HeadingPart, PagePart, RowPart, RowsPart
from recto.viewer.numbering import Numbering

_BLANK: Final = CellPart()
LONGEST_TEXT: Final = 4000
"""Characters of a text cell that is no text block; the whole is part `texts/N` of its fact."""
_ENOUGH: Final = 40 * LONGEST_TEXT
"""Characters that hold as many, be each written as a character reference."""


def page(report: Page, numbering: Numbering, languages: Callable[[], Sequence[str]] = tuple) -> PagePart:
    """`languages` gives those in which the filing has labels."""
    count = more(report)
    return PagePart(
        stem=report.stem,
        title=report.title,
        scale=report.scale.strip(),
        name=report.short_name,
        role=report.role,
        definition=report.long_name,
        columns=tuple([ColumnPart(each.id, each.labels, each.footnotes) for each in report.columns]),
        headings=tuple(
            [
                tuple([HeadingPart(each.text, at, each.columns, each.rows) for at, each in line])
                for line in placed(report.headings)
            ]
        ),
        rows=rows(report, numbering, 0).rows if count else tuple([_row(row, report, numbering) for row in report.rows]),
        footnotes=tuple([(number, harmless(note)) for number, note in report.footnotes]),
        unlabeled=not report.show_label_column,
        elements=report.show_elements,
        too_large=report.too_large,
        more=count,
        titles=titles(report, languages),
        language=report.language,
    )


def titles(report: Page, languages: Callable[[], Sequence[str]]) -> dict[str, str]:
    """Its title in other languages: that of its role, but on the SEC's pages."""
    if report.sec_form or not report.role or report.instance is None:
        return {}
    taxonomy = report.instance.taxonomy
    found = {each: define(report.role, taxonomy, (each,)).short_name for each in languages()}
    return {language: title for language, title in found.items() if title and title != report.title}


def more(report: Page) -> int:
    """How many parts hold the rows behind the first ones."""
    return max(0, -(-len(report.rows) // ROWS_PER_PART) - 1)


def rows(report: Page, numbering: Numbering, part: int) -> RowsPart:
    """The rows of one part; the page itself holds those of part 0."""
    chosen = report.rows[part * ROWS_PER_PART : (part + 1) * ROWS_PER_PART]
    return RowsPart(tuple([_row(row, report, numbering) for row in chosen]))


def number_concepts(report: Page, numbering: Numbering) -> None:
    """Gives numbers to the concepts of rows, in the order in which the page names them."""
    if report.instance is not None:
        for concept in report.concepts:
            numbering.concept(concept, report.instance.taxonomy)
    for row in report.rows if report.has_embedded else ():
        for cell in row.cells:
            if cell.embedded is not None:
                number_concepts(cell.embedded, numbering)


def _row(row: Row, report: Page, numbering: Numbering) -> RowPart:
    concept: int | None = None
    taxonomy: Taxonomy | None = report.instance.taxonomy if report.instance is not None else None
    if row.concept is not None and taxonomy is not None:
        concept = numbering.concept(row.concept, taxonomy)
    role = row.label_role
    cells: tuple[CellPart, ...] = ()
    at: tuple[int, ...] = ()
    if row.kind in ("item", "total") or any(cell.kind != "blank" for cell in row.cells):
        if report.too_large:
            at = tuple([index for index, cell in enumerate(row.cells) if cell.kind != "blank"])
            cells = tuple([_cell(row.cells[index], numbering) for index in at])
        else:
            cells = tuple([_BLANK if cell.kind == "blank" else _cell(cell, numbering) for cell in row.cells])
    return RowPart(
        id=row.id,
        label=normalize_space(row.label),
        kind=row.kind,
        cells=cells,
        depth=row.depth,
        concept=concept,
        role=None if role is None or role == ROLE_LABEL else role.rpartition("/")[2],
        notes=row.footnotes,
        at=at,
        element=row.element if report.show_elements else "",
    )


def _cell(cell: Cell, numbering: Numbering) -> CellPart:
    kind = cell.kind
    text = "" if kind == "html" else cell.text
    is_cut = False
    if kind == "text" and "&lt;" in text:
        is_cut = len(text) > _ENOUGH
        text = html.unescape(text[:_ENOUGH].replace("&amp;lt;", "&amp;amp;lt;"))
    text = text.strip()
    if is_cut or len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT]} …"
    return CellPart(
        kind,
        text,
        tuple([numbering.number[fact] for fact in cell.facts]),
        cell.negative,
        cell.footnotes,
        page(cell.embedded, numbering) if cell.embedded is not None else None,
        cell.image,
        cell.plain if cell.plain != cell.text else "",
    )
