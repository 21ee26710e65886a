"""What changed between two filings, or two pages, line by line.

A line is a concept with its members, wherever a page shows it. Names are compared with their prefixes, since the
namespace of a standard taxonomy changes every year while the concept stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from recto.arithmetic import rounded, subtract, written

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.instance.model import Fact
    from recto.instance.naming import Namer
    from recto.rendering.reading import ReadPage

ChangeKind = Literal["restated", "new", "gone", "relabelled", "moved"]
KINDS: tuple[ChangeKind, ...] = ("restated", "new", "gone", "relabelled", "moved")


@dataclass(frozen=True, slots=True)
class Value:
    """What a line says of one period in one unit."""

    text: str
    number: Decimal | None
    decimals: int | None
    """None where exact or not told."""
    fact: str | None = None


ValueKey = tuple[str, str]
"""(period, unit or language) as text."""


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

    @property
    def key(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        return (self.concept, self.members)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `a` is the earlier filing's side, `b` the later one's; a side that does not exist is None."""

    kind: ChangeKind
    concept: str
    members: tuple[tuple[str, str], ...]
    label: str
    page: str
    period: str | None = None
    unit: str | None = None
    a: str | None = None
    b: str | None = None
    difference: Decimal | None = None
    """b - a of restated numbers."""
    fact_a: str | None = None
    fact_b: str | None = None

    @property
    def line(self) -> str:
        members = ", ".join(member for _, member in self.members)
        return f"{self.label} [{members}]" if members else self.label


def compare(a: Sequence[Line], b: Sequence[Line]) -> list[Change]:
    """The changes from `a` to `b`: restated values first, then new and gone lines, new labels, new pages.

    Restated: same concept, members, period and unit, other value. Numbers that agree at the coarser of their
    accuracies are the same value.
    """
    old, new = {line.key: line for line in a}, {line.key: line for line in b}
    found = [change for key, line in new.items() if key in old for change in _restated(old[key], line)]
    found += [_whole("new", line) for key, line in new.items() if key not in old]
    found += [_whole("gone", line) for key, line in old.items() if key not in new]
    for key, line in new.items():
        before = old.get(key)
        if before is None:
            continue
        if " ".join(before.label.split()) != " ".join(line.label.split()):
            found.append(
                Change("relabelled", line.concept, line.members, line.label, line.page, a=before.label, b=line.label)
            )
        if not before.pages.keys() & line.pages.keys():
            found.append(Change("moved", line.concept, line.members, line.label, line.page, a=before.page, b=line.page))
    return found


def _whole(kind: ChangeKind, line: Line) -> Change:
    (period, unit), value = next(iter(line.values.items()), (("", ""), Value("", None, None)))
    shown = value.text if value.number is None else written(value.number)
    change = Change(kind, line.concept, line.members, line.label, line.page, period or None, unit or None)
    if kind == "gone":
        return replace(change, a=shown, fact_a=value.fact)
    return replace(change, b=shown, fact_b=value.fact)


def _restated(a: Line, b: Line) -> Iterator[Change]:
    for key, after in b.values.items():
        before = a.values.get(key)
        if before is None or _same(before, after):
            continue
        numbers = before.number is not None and after.number is not None
        yield Change(
            "restated",
            b.concept,
            b.members,
            b.label,
            b.page,
            key[0] or None,
            key[1] or None,
            before.text if before.number is None else written(before.number),
            after.text if after.number is None else written(after.number),
            subtract(after.number, before.number) if numbers else None,  # type: ignore[arg-type]
            before.fact,
            after.fact,
        )


def _same(a: Value, b: Value) -> bool:
    if a.number is None or b.number is None:
        return " ".join(a.text.split()) == " ".join(b.text.split())
    if a.number == b.number:
        return True
    accuracies = [value.decimals for value in (a, b) if value.decimals is not None]
    if not accuracies:
        return False
    return rounded(a.number, min(accuracies)) == rounded(b.number, min(accuracies))


def lines_of_filing(filing: Filing) -> list[Line]:
    """Every line of the filing's pages; text blocks are left out, since their markup changes without their sense."""
    from recto.instance.naming import Namer

    namers = {instance: Namer.of(instance) for instance in filing.instances}
    lines: dict[tuple[str, tuple[tuple[str, str], ...]], Line] = {}
    for report in filing.reports:
        if report.instance is None:
            continue
        namer = namers[report.instance]
        for row in report.rows:
            for cell in row.cells:
                if cell.kind == "html":
                    continue
                for fact in cell.facts:
                    _add_fact(lines, fact, namer, row.label if row.concept is fact.concept else "", report.short_name)
    return list(lines.values())


def _add_fact(
    lines: dict[tuple[str, tuple[tuple[str, str], ...]], Line], fact: Fact, namer: Namer, label: str, page: str
) -> None:
    concept = namer.name(fact.qname)
    members = tuple(sorted((namer.name(axis), namer.member(member)) for axis, member in fact.dimensions.items()))
    line = lines.get((concept, members))
    if line is None:
        line = lines[concept, members] = Line(concept, members, label or concept, page)
    line.pages.setdefault(page)
    period = (fact.period.oim if fact.period is not None else None) or "forever"
    unit = namer.unit(fact.unit) if fact.unit is not None else fact.language or ""
    decimals = fact.decimals if isinstance(fact.decimals, int) else None
    line.values.setdefault((period, unit), Value("(nil)" if fact.nil else fact.value, fact.number, decimals, fact.id))


def lines_of_pages(pages: Iterable[ReadPage]) -> list[Line]:
    """The lines of pages read back; a row without element is known by its label path."""
    lines: dict[tuple[str, tuple[tuple[str, str], ...]], Line] = {}
    for page in pages:
        for fact in page.facts:
            concept = fact.element or fact.label
            # the abstract above a row is no part of what it means; the section is
            section = fact.path[:-1] if fact.path else ()
            members = fact.members or tuple(("section", label) for label in section)
            line = lines.setdefault((concept, members), Line(concept, members, fact.label, page.title))
            line.pages.setdefault(page.title)
            period = f"{fact.months or 0} months to {fact.end}" if fact.end is not None else ", ".join(fact.headings)
            line.values.setdefault((period, fact.unit or ""), Value(fact.text, fact.value, fact.decimals))
    return list(lines.values())
