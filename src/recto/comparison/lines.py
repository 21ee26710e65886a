"""What a filing or a page says, line by line: a concept with its members, and its values by period and unit."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from recto.comparison.sameness import Names, same_words
from recto.instance.wording import short_day, short_period, unit_words

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.instance.model import Fact
    from recto.rendering.reading import ReadFact, ReadPage

ValueKey = tuple[str, str]
"""(period, unit or language), as they are told apart."""
LineKey = tuple[str, tuple[tuple[str, str], ...]]
"""(concept, members), as they are told apart."""


@dataclass(frozen=True, slots=True)
class Value:
    """What a line says of one period in one unit."""

    text: str
    number: Decimal | None
    """None for words, and for nil."""
    decimals: int | None
    """None where exact or not told."""
    fact: str | None = None
    start: str | None = None
    """First day; None for a moment."""
    end: str | None = None
    """Last day, included."""
    period: str = ""
    """The period in a few words: `Dec. 31, 2023`, `12 months ended Dec. 31, 2023`."""
    unit: str | None = None
    """`USD`, `USD/shares`; None for words."""


@dataclass(slots=True)
class Line:
    concept: str
    members: tuple[tuple[str, str], ...]
    label: str
    page: str
    """Title of the first page that shows it."""
    pages: dict[str, None] = field(default_factory=dict)
    """Titles of all pages that show it, in order."""
    values: dict[ValueKey, Value] = field(default_factory=dict)
    labels: dict[str, None] = field(default_factory=dict)
    """All that pages call it, in order."""
    member_labels: tuple[str, ...] = ()
    same: LineKey | None = None
    """What tells it from other lines, if not its names."""

    @property
    def key(self) -> LineKey:
        return self.same or (self.concept, self.members)

    def add(self, key: ValueKey, value: Value) -> None:
        """Of several values for one period the first stays, or a more accurate one."""
        known = self.values.get(key)
        if known is None or (
            known.decimals is not None and value.number is not None and (value.decimals or 0) > known.decimals
        ):
            self.values[key] = value


def lines_of_filing(filing: Filing, names: Names | None = None, wanted: Container[Fact] | None = None) -> list[Line]:
    """Every line of the filing's pages, of the `wanted` facts where these are given; text blocks are left out, since
    their markup changes without their sense.
    """
    names = names or Names(filing.instances)
    lines: dict[LineKey, Line] = {}
    for report in filing.reports:
        if report.instance is None:
            continue
        for row in report.rows:
            for cell in row.cells:
                if cell.kind == "html":
                    continue
                for fact in cell.facts:
                    if fact.valid and (wanted is None or fact in wanted):
                        label = row.label if row.concept is fact.concept else ""
                        _add_fact(lines, fact, names, label, report.short_name, report.instance.target)
    return list(lines.values())


def _add_fact(lines: dict[LineKey, Line], fact: Fact, names: Names, label: str, page: str, target: str | None) -> None:
    dimensions = fact.dimensions
    # Another target is a report of its own, although it stands in the same documents.
    apart: tuple[tuple[str, str], ...] = (
        () if target is None else (("", target),)
    )  # a report of its own within the same documents
    key = (
        names.key(fact.qname),
        tuple(
            sorted(
                (names.key(axis), member.text if hasattr(member, "text") else names.key(member))
                for axis, member in dimensions.items()
            )
        )
        + apart,
    )
    line = lines.get(key)
    if line is None:
        namer = fact.home.namer
        members = tuple(sorted((namer.name(axis), namer.member(member)) for axis, member in dimensions.items()))
        told = tuple(label.removesuffix(" [Member]") for _, label in fact.member_labels) if dimensions else ()
        line = lines[key] = Line(fact.name, members, label or fact.name, page, member_labels=told, same=key)
    if label:
        if line.label == line.concept:
            line.label = label
        line.labels.setdefault(label)
    line.pages.setdefault(page)
    start, end = fact.period.days if fact.period is not None else (None, None)
    unit = fact.unit
    if unit is not None:
        measures = ["*".join(sorted(map(names.key, side))) for side in (unit.numerators, unit.denominators)]
        counted = "/".join(measures)
    else:
        counted = (fact.language or "").partition("-")[0].casefold()
    value = Value(
        "(nil)" if fact.nil else fact.value,
        fact.number,
        fact.decimals if isinstance(fact.decimals, int) else None,
        fact.id,
        start,
        end,
        "" if fact.period is None else short_period(fact.period),
        None if unit is None else unit_words(unit),
    )
    line.add((f"{start or ''}/{end or ''}", counted), value)


def lines_of_pages(pages: Iterable[ReadPage]) -> list[Line]:
    """The lines of pages read back; a row without element is known by its label path, dates aside."""
    lines: dict[LineKey, Line] = {}
    for page in pages:
        for fact in page.facts:
            concept = fact.element or fact.label
            # the abstract above a row is no part of what it means; the section is
            section = fact.path[:-1] if fact.path else ()
            members = fact.members or tuple(("section", label) for label in section)
            key = (
                fact.element or same_words(fact.label),
                tuple((axis, member if fact.members else same_words(member)) for axis, member in members),
            )
            line = lines.get(key)
            if line is None:
                told = tuple(member for _, member in members)
                line = lines[key] = Line(concept, members, fact.label, page.title, member_labels=told, same=key)
            line.labels.setdefault(fact.label)
            line.pages.setdefault(page.title)
            value, period = _of_page(fact)
            line.add((period, fact.unit or ""), value)
    return list(lines.values())


def _of_page(fact: ReadFact) -> tuple[Value, str]:
    if fact.end is None:
        words = key = ", ".join(fact.headings)
        return Value(fact.text, fact.value, fact.decimals, period=words, unit=fact.unit), key
    ended, months = fact.end, fact.months or 0
    if fact.moment == "start" and months:
        ended, months = _before(fact.end, months), 0
    elif fact.moment == "end":
        months = 0
    day = short_day(ended)
    words = f"{months} month{'s' if months != 1 else ''} ended {day}" if months else day
    value = Value(fact.text, fact.value, fact.decimals, None, None, ended.isoformat(), words, fact.unit)
    return value, f"{months} months to {ended}"


def _before(end: date, months: int) -> date:
    """The last day before the months that end with that day."""
    from calendar import monthrange

    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    whole = end.day == monthrange(end.year, end.month)[1]
    return date(year, month + 1, last if whole else min(end.day, last))
