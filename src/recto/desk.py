"""What a filing lends its pages: frames, files of any format, charts."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from recto import files
from recto.errors import UsageError

if TYPE_CHECKING:
    from recto.frames import Table
    from recto.rendering.model import Report

PAGE_FORMS = ("text", "md", "html", "json", "csv", "xlsx", "parquet", "arrow")
"""Formats in which one page is written."""


class PageDesk:
    """Set as `desk` on each page of a filing."""

    def table(self, report: Report, *, tidy: bool = False, exact: bool = False, scaled: bool = False) -> Table:
        from recto.frames import Table
        from recto.tables.pages import page_table

        return Table(page_table(report, tidy=tidy, exact=exact, scaled=scaled))

    def data(self, report: Report, form: str) -> bytes:
        """The page in one of `PAGE_FORMS`."""
        return page_data(report, form)

    def write(self, report: Report, path: str | os.PathLike[str], form: str | None = None) -> None:
        from recto.frames.forms import form_of

        files.write(path, self.data(report, form_of(path, PAGE_FORMS, given=form)))

    def chart(self, report: Report, **options: Any) -> Any:
        from recto.charts.making import page_chart

        return page_chart(report, **options)


def page_data(report: Report, form: str, *, width: int = 120) -> bytes:
    """One page as a file of a format. Raises `UsageError` for one that is none of `PAGE_FORMS`."""
    if form == "xlsx":
        from recto.rendering.writers.xlsx import workbook

        return workbook([report], title=report.short_name)
    if form in ("parquet", "arrow"):
        return b"".join(PageDesk().table(report).chunks(form))
    if form == "html":
        from recto.rendering.writers.html import single_page

        return single_page(report)
    if form == "text":
        from recto.rendering.writers.text import page_text

        return page_text(report, width=width).encode("utf-8", "replace")
    if form in PAGE_FORMS:
        from recto.rendering.writers.folder import page_as

        return page_as(report, form).encode("utf-8", "replace")
    raise UsageError(f"a page cannot be written as {form!r}: choose one of {', '.join(PAGE_FORMS)}")


def write_workbook(reports: list[Report], table: Table, path: str | os.PathLike[str], *, title: str) -> None:
    """A workbook of pages, and of a sheet of facts behind them."""
    from recto.rendering.writers.xlsx import page_sheet
    from recto.workbook import Sheet, Styles, workbook

    styles = Styles()
    sheets: list[tuple[str, str | Sheet]] = [(report.short_name, page_sheet(report, styles)) for report in reports]
    sheets.append(("Facts", table.sheet(styles)))
    files.write(path, workbook(sheets, styles, title=title))
