"""The answers about one filing, made from what the layout told its recorder."""

from __future__ import annotations

from typing import Final

from recto.errors import UsageError
from recto.explain import cells, lines, pages, tables
from recto.explain.left_out import Absences
from recto.explain.model import Decision
from recto.instance.model import Fact
from recto.rendering.candidate import Candidate
from recto.rendering.filing_indicators import ROLE as INDICATORS
from recto.rendering.lookup import column_index
from recto.rendering.model import Cell, Column, RenderedFiling, Report, Row
from recto.rendering.recorder import Record, Recorder

_CLAUSE: Final = "Filing Indicators 1.0"
_INDICATORS = Decision(
    "page",
    "page",
    "The report's filing indicators are gathered here: a row for each template, in the order of the report.",
    _CLAUSE,
)


def _indicator(cell: Cell) -> Decision:
    if not cell.facts:
        return Decision("cell", "empty", "No indicator of this template has the column's entity and period.", _CLAUSE)
    fact = cell.facts[0]
    return Decision("cell", "fact", f"Fact {fact.id} says of the template whether it was filed.", _CLAUSE, (fact.id,))


class Explainer:
    """Explains the pages of a filing that was laid out with `recorder` listening."""

    def __init__(self, rendered: RenderedFiling, recorder: Recorder) -> None:
        self._rendered = rendered
        self._records = recorder.records
        self._by_stem = {report.stem: report for report in rendered.reports}
        self._absences: Absences | None = None

    def answer(self, report: Report, row: str | int | None, column: str | int | None) -> list[Decision]:
        """Of a page, a row, a column, or, where both are named, a cell.

        Raises `UsageError` where there is no such row or column.
        """
        line = None if row is None else find_row(report, row)
        crossing = None if column is None else find_column(report, column)
        if line is not None and crossing is not None:
            return self.cell(report, line, crossing)
        if line is not None:
            return self.row(report, line)
        return self.page(report) if crossing is None else self.column(report, crossing)

    def page(self, report: Report) -> list[Decision]:
        """Why the page is there, in this place, with this title, layout and scale, and what was taken out of it."""
        if report.role == INDICATORS:
            return [_INDICATORS]
        if report.table:
            return tables.explain(report)
        record, candidate, own = self._find(report)
        return pages.explain(record, candidate, own)

    def row(self, report: Report, row: Row) -> list[Decision]:
        """Why the row is there, and why it is labeled so."""
        if report.role == INDICATORS:
            text = "A row for each template that the report says it has filed or not; its label is the template's code."
            return [Decision("row", "row", text, _CLAUSE)]
        if report.table:
            return tables.explain_row(row)
        record, candidate, own = self._find(report)
        return lines.explain_row(record, candidate, own, row.id)

    def column(self, report: Report, column: Column) -> list[Decision]:
        """Why the column is there, where it stands, and what was merged into it."""
        if report.role == INDICATORS:
            return [Decision("column", "column", "A column for each entity and period that indicators have.", _CLAUSE)]
        if report.table:
            return tables.explain_column(column)
        record, candidate, own = self._find(report)
        return lines.explain_column(record, candidate, own, column.id)

    def cell(self, report: Report, row: Row, column: Column) -> list[Decision]:
        """Why the cell shows what it shows: fact, sign, scale, symbol; of an empty one, why nothing stands there."""
        if report.role == INDICATORS:
            return [_indicator(row.cells[report.columns.index(column)])]
        if report.table:
            return tables.explain_cell(row, column, report.columns.index(column))
        record, candidate, own = self._find(report)
        found = cells.explain(record, candidate, own, row.id, column.id)
        facts = row.cells[report.columns.index(column)].facts if candidate.is_uncategorized else ()
        return [*found, *(each for fact in facts[:1] for each in self._absence.gathered(fact))]

    def hidden_columns(self, report: Report) -> list[Decision]:
        """One decision for each column that was laid out and is not shown."""
        if report.role == INDICATORS:
            return []
        record, candidate, _ = self._find(report)
        return lines.hidden_columns(record, candidate)

    def fact(self, fact: Fact) -> list[Decision]:
        """Where a fact is shown; of one that no page shows, the decision that left it out."""
        return self._absence.of(fact)

    def left_out(self) -> list[tuple[Fact, Decision]]:
        """Every fact that no page shows, tuples aside, with the decision that left it out."""
        absence = self._absence
        found: list[tuple[Fact, Decision]] = []
        for each in self._rendered.instances:
            for fact in each.instance.facts:
                if not fact.is_tuple and fact not in absence.pages:
                    found.append((fact, absence.of(fact)[-1]))
        return found

    @property
    def _absence(self) -> Absences:
        if self._absences is None:
            self._absences = Absences(self._rendered, self._records)
        return self._absences

    def _find(self, report: Report) -> tuple[Record, Candidate, Report]:
        """The record, candidate and report of the recorded layout that stand for a page of this filing."""
        own = self._by_stem.get(report.stem)
        if own is not None:
            for record in self._records:
                candidate = record.candidate_of(own)
                if candidate is not None and candidate.grid is not None:
                    return record, candidate, own
        raise UsageError(f"{report.stem} is no page of this filing")


def find_row(report: Report, row: str | int) -> Row:
    """The row that `row` names; see `recto.rendering.lookup.row_index`."""
    return report.row(row)


def find_column(report: Report, column: str | int) -> Column:
    """The column that `column` names; see `recto.rendering.lookup.column_index`."""
    return report.columns[column_index(report.columns, column, report.stem)]
