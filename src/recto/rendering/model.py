"""Report pages and the filing that they make; what people ask of a page."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from recto.errors import UsageError
from recto.findings import Findings
from recto.instance.model import Fact, Instance
from recto.rendering.grids import Cell, CellKind, Column, Heading, Page, Panel, Row, RowKind
from recto.taxonomy.model import Described

__all__ = [
    "Cell",
    "CellKind",
    "Column",
    "Heading",
    "Page",
    "Panel",
    "RenderedFiling",
    "RenderedInstance",
    "Report",
    "Row",
    "RowKind",
]


class Report(Page):
    """One page of a filing."""

    explainer: Callable[[Report, str | int | None, str | int | None], list[Any]] | None = None
    """The filing's, for `explain`."""
    desk: Any = None
    """What the filing lends for frames, files and charts (`recto.desk.PageDesk`)."""

    def explain(self, row: str | int | None = None, column: str | int | None = None) -> list[Any]:
        """The decisions (`recto.explain.Decision`) that made the page, a row, a column, or, where both are given, a
        cell. `row` and `column`: a number, counted from 1 among those shown, or words of the label or headings.

        Raises `UsageError` where there is no such row or column, or the page was read from a file.
        """
        if self.explainer is None:
            raise UsageError("only pages that recto lays out can be explained")
        return self.explainer(self, row, column)

    def row(self, row: str | int) -> Row:
        """The row with this number (counted from 1, as shown), or these words in its label or concept's name: a whole
        label before others, rows that show facts before abstracts. Raises `UsageError` where there is none.
        """
        from recto.rendering.lookup import row_index

        return self.rows[row_index(self.rows, row, self.stem)]

    def cell(self, row: str | int, column: str | int = 1) -> Cell:
        """The cell in a row (as for `row`) and a column: its number, or words of its headings. `cell.facts` leads back
        to the filing. Raises `UsageError` where there is none.
        """
        from recto.rendering.lookup import column_index

        found = self.row(row)
        at = column_index(self.columns, column, self.stem)
        if at >= len(found.cells):
            raise UsageError(f"the row {found.label!r} of {self.stem} has no cells")
        return found.cells[at]

    def _desk(self) -> Any:
        if self.desk is None:
            raise UsageError("only pages of a filing that recto.open gave are frames")
        return self.desk

    def to_arrow(self, *, tidy: bool = False, exact: bool = False, scaled: bool = False) -> Any:
        """The page as a `recto.Table`: one row a line with label, concept, kind, depth, section, members and unit, and
        one column a period, named by its last day, or `first/last` where the last day alone does not tell.

        Numbers have the sign that the page shows: floats, or with `exact` decimals; with `scaled` as the page prints
        them, in its scale. `tidy`: one row a cell, with concept, start, end, unit, dimensions, value, number, exact,
        decimals and fact id (the table `cells` of docs/tables.md).
        """
        return self._desk().table(self, tidy=tidy, exact=exact, scaled=scaled)

    def to_pandas(self, *, tidy: bool = False, exact: bool = False, scaled: bool = False) -> Any:
        """The page as a pandas DataFrame; see `to_arrow`. With `exact` amounts are `Decimal` objects."""
        return self.to_arrow(tidy=tidy, exact=exact, scaled=scaled).to_pandas(exact=exact)

    def to_polars(self, *, tidy: bool = False, exact: bool = False, scaled: bool = False) -> Any:
        """The page as a polars DataFrame; see `to_arrow`."""
        return self.to_arrow(tidy=tidy, exact=exact, scaled=scaled).to_polars()

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Writes a workbook of this page, laid out as the page is."""
        self._desk().write(self, path, "xlsx")

    def write(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Writes the page as `.txt`, `.md`, `.html`, `.json`, `.csv`, `.xlsx`, `.parquet` or `.arrow`."""
        self._desk().write(self, path, format)

    def chart(self, **options: Any) -> Any:
        """An `altair.Chart` of the page's lines over its periods; `lines`, `kind`, `width`, `height` as in
        `recto.charts.page_chart`.
        """
        return self._desk().chart(self, **options)

    @property
    def text(self) -> str:
        """The page as plain text for people and language models: a note as it reads, other pages as tables."""
        from recto.rendering.writers.text import reading_text

        return reading_text(self, width=0)

    @property
    def markdown(self) -> str:
        """The page as Markdown."""
        from recto.rendering.writers.markdown import page_markdown

        return page_markdown(self)

    def __repr__(self) -> str:
        return f"<recto.Report {self.stem} {self.title!r}: {len(self.rows)} rows, {len(self.columns)} columns>"

    def _repr_html_(self) -> str:
        from recto.rendering.writers.notebook import notebook_html

        return notebook_html(self)


class RenderedInstance(Struct):
    """One instance (or inline target) and its pages, with what FilingSummary and MetaLinks say about it."""

    instance: Instance
    reports: list[Report] = field(default_factory=list)
    """In emission order; the uncategorized page is not among them."""
    uncategorized: Report | None = None
    document_type: str | None = None
    """`DocumentType` (rendering.md 1.3)."""
    flags: frozenset[str] = frozenset()
    """Names of the flags of rendering.md 1.3 that hold: `isUsgaap`, `isDefinitelyFs`, …"""
    has_embeddings: bool = False
    """Some text block carries an accepted embedding command (21): no workbook for this instance."""
    described: Described | None = None
    """Labels and references, with the documentation of standard concepts (1.4); None where only the DTS tells."""
    sec: bool = True
    """It is a report to the SEC, with the SEC's categories and pages."""
    placed: frozenset[Fact] = frozenset()
    """Facts that have a place on some page, be it in a column that is hidden later, or on a bar chart."""


class RenderedFiling(Struct):
    """Every page of a filing: what the layout hands to the writers."""

    instances: list[RenderedInstance] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    """Of loading and of rendering, in the order in which they were met: FilingSummary's log."""
    images: dict[str, bytes] = field(default_factory=dict)
    """Bar charts by file name."""

    @property
    def reports(self) -> list[Report]:
        """All pages in FilingSummary's order: first the normal pages of each instance, then the uncategorized ones."""
        pages = [report for each in self.instances for report in each.reports]
        return pages + [each.uncategorized for each in self.instances if each.uncategorized is not None]
