"""A calculation network as a tree with its values, sums and differences, period by period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from recto import arithmetic
from recto.calculations import Total, totals
from recto.errors import UsageError
from recto.instance.model import Fact, Instance, Period
from recto.instance.wording import unit_words
from recto.names import ARC_SUMMATION_ITEM, ARC_SUMMATION_ITEM_1_1
from recto.rendering.model import Report
from recto.tables.facts import amount, float_of
from recto.tables.pages import period_name
from recto.taxonomy.model import Concept
from recto.trees.base import Printed, places_of, table_of

if TYPE_CHECKING:
    from recto.frames import Table


class CalculationCell(Struct, frozen=True):
    """What a line says of one period."""

    fact: Fact | None
    total: Total | None
    """The sum of its items; None for a line without items, or whose items are not reported."""

    @property
    def value(self) -> Decimal | None:
        return None if self.fact is None else self.fact.number

    @property
    def sum(self) -> Decimal | None:
        return None if self.total is None else self.total.sum

    @property
    def difference(self) -> Decimal | None:
        """Reported less summed; None where either is missing."""
        if self.total is None or self.value is None:
            return None
        return arithmetic.subtract(self.value, self.total.sum)

    @property
    def missing(self) -> tuple[Concept, ...]:
        """Items that are not reported for this period."""
        return () if self.total is None else self.total.missing

    @property
    def mark(self) -> str:
        """`=` where the sum agrees (Calculations 1.1), `≠` where it does not, nothing where there is none."""
        if self.total is None or self.value is None or self.total.consistent_1_1 is None:
            return ""
        return "=" if self.total.consistent_1_1 else "≠"


class CalculationLine(Struct, frozen=True):
    """One concept at one place in the tree."""

    concept: Concept
    label: str
    depth: int
    weight: Decimal | None
    """With which it goes into the line above; None for a root."""
    cells: tuple[CalculationCell, ...]
    """One for each period of the tree."""


class Calculation(Printed):
    """The calculation of one page: lines with weights; for each period values, sums, what is missing, differences.

    It prints, is iterated line by line, and becomes a frame with a row for each line and period.
    """

    def __init__(self, report: Report, periods: tuple[Period, ...], lines: tuple[CalculationLine, ...]):
        self.report = report
        self.title = f"{report.short_name}: calculation"
        self.role: str = report.role
        self.periods = periods
        self.lines = lines

    def __iter__(self) -> Iterator[CalculationLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def differences(self) -> list[tuple[CalculationLine, Period, Decimal]]:
        """Where a reported total is not what its items add up to, within their accuracy (Calculations 1.1)."""
        return [
            (line, period, cell.difference)
            for line in self.lines
            for period, cell in zip(self.periods, line.cells, strict=True)
            if cell.mark == "≠" and cell.difference is not None
        ]

    def headings(self) -> Sequence[str]:
        return ["", "weight", *(period_name(period) for period in self.periods)]

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        for line in self.lines:
            yield line.depth, [line.label, _sign(line.weight), *(_shown(cell) for cell in line.cells)]

    def to_arrow(self) -> Table:
        """One row for each line and period: `concept, label, depth, weight, start, end, value` (as reported, float),
        `exact, sum, difference, missing` (names of items without a fact), `consistent` (XBRL 2.1),
        `consistent_1_1` (Calculations 1.1), `fact`.
        """
        cells = [
            (line, period, cell) for line in self.lines for period, cell in zip(self.periods, line.cells, strict=True)
        ]
        days = [
            (None if p.start is None else p.start.date(), None if p.last_day is None else p.last_day.date())
            for _, p, _ in cells
        ]
        return table_of(
            {
                "concept": ("string", [line.concept.name for line, _, _ in cells]),
                "label": ("string", [line.label for line, _, _ in cells]),
                "depth": ("int32", [line.depth for line, _, _ in cells]),
                "weight": ("float64", [float_of(line.weight) for line, _, _ in cells]),
                "start": ("date32", [start for start, _ in days]),
                "end": ("date32", [end for _, end in days]),
                "number": ("float64", [float_of(cell.value) for _, _, cell in cells]),
                "exact": ("amount", [amount(cell.value) for _, _, cell in cells]),
                "sum": ("float64", [float_of(cell.sum) for _, _, cell in cells]),
                "difference": ("float64", [float_of(cell.difference) for _, _, cell in cells]),
                "missing": ("list<string>", [[each.name for each in cell.missing] for _, _, cell in cells]),
                "consistent": ("bool", [None if cell.total is None else cell.total.consistent for _, _, cell in cells]),
                "consistent_1_1": (
                    "bool",
                    [None if cell.total is None else cell.total.consistent_1_1 for _, _, cell in cells],
                ),
                "fact": ("string", [None if cell.fact is None else cell.fact.id for _, _, cell in cells]),
            }
        )

    def chart(self, *, period: int | str = 0, width: int = 480) -> Any:
        """What goes into the totals of one period, weighted, as the bars of an Altair chart.

        `period` is a position or a name as it prints; `width` is in pixels. Raises `UsageError` where there is no such
        period, or nothing in it.
        """
        from recto.charts import shapes
        from recto.charts.drawing import drawn

        names = [period_name(each) for each in self.periods]
        if not names:
            raise UsageError(f"{self.title} has no periods")
        at = names.index(period) if isinstance(period, str) and period in names else period
        if isinstance(at, str) or not -len(names) <= at < len(names):
            raise UsageError(f"{self.title} has no period {period!r}: choose one of {', '.join(names)}")
        records = _weighted(self.lines, at)
        if not records:
            raise UsageError(f"{self.title} has no values in {names[at]}")
        title = f"{self.report.short_name}, {names[at]}"
        return drawn(shapes.filled(shapes.tree(), records, title=title), width=width)

    def __repr__(self) -> str:
        return f"<recto.Calculation {self.report.stem} {self.report.short_name!r}: {len(self)} lines>"


def _weighted(lines: Sequence[CalculationLine], at: int) -> list[dict[str, Any]]:
    """Values of one period (its position) as `recto.charts.shapes` wants them, each with the sign it counts with."""
    records = []
    signs: list[bool] = []
    """Of the lines above: whether they are taken off."""
    for number, line in enumerate(lines):
        fact, value = line.cells[at].fact, line.cells[at].value
        del signs[line.depth :]
        taken_off = (line.weight is not None and line.weight < 0) != (signs[-1] if signs else False)
        signs.append(taken_off)
        if value is not None:
            weighted = value.copy_negate() if taken_off else value
            records.append(
                {
                    "label": "\u2003" * line.depth + line.label,
                    "order": number,
                    "value": float(weighted),
                    "exact": f"{weighted:,f}",
                    "unit": "" if fact is None or fact.unit is None else unit_words(fact.unit),
                    "kind": "item" if line.cells[at].total is None else "total",
                }
            )
    return records


def _sign(weight: Decimal | None) -> str:
    if weight is None:
        return ""
    return {Decimal(1): "+", Decimal(-1): "−"}.get(weight) or f"{weight:f}"


def _shown(cell: CalculationCell) -> str:
    value = "·" if cell.value is None else f"{cell.value:,f}"
    difference = cell.difference
    if cell.mark == "≠" and difference is not None:
        return f"{value} ≠ {cell.sum:,f} ({difference:+,f})"
    return f"{value} {cell.mark}".rstrip()


def calculation(instance: Instance, report: Report) -> Calculation:
    """The calculation network of the page's role, over the periods that the page shows without members.

    Raises `UsageError` where the taxonomy calculates nothing there.
    """
    taxonomy = instance.taxonomy
    arcrole = next(
        (each for each in (ARC_SUMMATION_ITEM_1_1, ARC_SUMMATION_ITEM) if report.role in taxonomy.roles(each)), None
    )
    if arcrole is None:
        raise UsageError(f"the taxonomy calculates nothing for {report.stem} {report.short_name}")
    network = taxonomy.network(arcrole, report.role)
    known: dict[Concept, dict[Period, Total]] = {}
    for each in totals(instance):
        if each.role != report.role or each.arcrole != arcrole:
            continue
        facts = [each.fact, *(item.fact for item in each.items)]
        first = next(fact for fact in facts if fact is not None)
        if first.context is not None and not first.context.dimensions:
            known.setdefault(each.concept, {}).setdefault(first.context.period, each)
    values = _values(instance, known)
    own = {concept for arc in network.relationships for concept in (arc.source, arc.target)}
    periods = _periods(report, {key: fact for key, fact in values.items() if key[0] in own})
    labels = {row.concept: row.label for row in report.rows if row.concept is not None}
    lines: list[CalculationLine] = []

    for concept, arc, depth in places_of(network):
        cells = tuple(
            CalculationCell(values.get((concept, period)), known.get(concept, {}).get(period)) for period in periods
        )
        label = labels.get(concept) or instance.home.label(concept, None, None) or concept.name
        lines.append(CalculationLine(concept, label, depth, None if arc is None else arc.weight, cells))
    return Calculation(report, periods, tuple(lines))


def _values(instance: Instance, known: dict[Concept, dict[Period, Total]]) -> dict[tuple[Concept, Period], Fact]:
    """Facts without members, by concept and period; those that totals took first."""
    values: dict[tuple[Concept, Period], Fact] = {}
    for concept, places in known.items():
        for period, total in places.items():
            if total.fact is not None:
                values.setdefault((concept, period), total.fact)
            for item in total.items:
                if item.fact is not None:
                    values.setdefault((item.concept, period), item.fact)
    for fact in instance.facts:
        if fact.concept is not None and fact.context is not None and not fact.dimensions and fact.number is not None:
            values.setdefault((fact.concept, fact.context.period), fact)
    return values


def _periods(report: Report, values: dict[tuple[Concept, Period], Fact]) -> tuple[Period, ...]:
    """Periods of the page's columns, in their order; where lines stand for periods, these."""
    shown = [column.period for column in report.columns if column.period is not None and not column.members]
    if any(row.period is not None for row in report.rows):
        shown = [row.period for row in report.rows if row.period is not None]
    found = dict.fromkeys(shown)
    concepts = {concept for concept, _ in values}
    kinds = {concept.period_type for concept in concepts}
    if "instant" in kinds and not any(period.start is None for period in found):  # a page of both shows the moments too
        found.update(dict.fromkeys(Period(None, period.end) for period in list(found) if period.end is not None))
    reported = {period for _, period in values}
    return tuple(period for period in found if period in reported)
