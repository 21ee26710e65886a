"""The differences between the lines of two filings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from recto.arithmetic import rounded, subtract, written
from recto.comparison.lines import Line, Value
from recto.comparison.sameness import same_words

ChangeKind = Literal["restated", "new", "gone", "relabelled", "moved"]
KINDS: tuple[ChangeKind, ...] = ("restated", "new", "gone", "relabelled", "moved")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `a` is the earlier filing's side, `b` the later one's; a side that does not exist is None."""

    kind: ChangeKind
    concept: str
    members: tuple[tuple[str, str], ...]
    label: str
    page: str
    period: str | None = None
    """The last day, or `first/last`, as people write them: `2023-12-31`, `2023-01-01/2023-12-31`."""
    unit: str | None = None
    """`USD`, `USD/shares`; None for words."""
    a: str | None = None
    """The value, exact; words as they are, `(nil)`; of a line that is called or stands otherwise, its label or page."""
    b: str | None = None
    difference: Decimal | None = None
    """b - a of restated numbers."""
    fact_a: str | None = None
    fact_b: str | None = None
    number_a: Decimal | None = None
    """`a` as a number; None for words."""
    number_b: Decimal | None = None
    words: str | None = None
    """The period in words: `12 months ended Dec. 31, 2023`."""
    member_labels: tuple[str, ...] = ()
    start: str | None = None
    """First day of the period; None for a moment."""
    end: str | None = None
    """Last day of the period, included."""

    @property
    def line(self) -> str:
        """Label and members, for people."""
        members = ", ".join(self.member_labels or (member for _, member in self.members))
        return f"{self.label} [{members}]" if members else self.label

    @property
    def percent(self) -> float | None:
        """The difference as a share of `a`, in percent."""
        base = 0.0 if self.difference is None or self.number_a is None else abs(float(self.number_a))
        return 100 * float(self.difference or 0) / base if base else None


def changes(a: Sequence[Line], b: Sequence[Line]) -> list[Change]:
    """The changes from `a` to `b`: restated values first, then new and gone lines, new labels, new pages.

    Restated: same concept, members, period and unit, other value. Numbers that agree at the coarser of their
    accuracies are the same value. Labels and titles that differ only by dates are the same.
    """
    old, new = {line.key: line for line in a}, {line.key: line for line in b}
    found = [change for key, line in new.items() if key in old for change in _restated(old[key], line)]
    found += [_whole("new", line) for key, line in new.items() if key not in old]
    found += [_whole("gone", line) for key, line in old.items() if key not in new]
    for key, line in new.items():
        before = old.get(key)
        if before is None:
            continue
        if not _words(before.labels or (before.label,)) & _words(line.labels or (line.label,)):
            found.append(_renamed("relabelled", line, before.label, line.label))
        if not _words(before.pages) & _words(line.pages):
            found.append(_renamed("moved", line, before.page, line.page))
    order = {kind: at for at, kind in enumerate(KINDS)}
    return sorted(found, key=lambda change: order[change.kind])


def _words(texts: Sequence[str] | dict[str, None]) -> set[str]:
    return {same_words(text) for text in texts}


def _renamed(kind: ChangeKind, line: Line, a: str, b: str) -> Change:
    told = line.member_labels
    return Change(kind, line.concept, line.members, line.label, line.page, a=a, b=b, member_labels=told)


def _whole(kind: ChangeKind, line: Line) -> Change:
    """A line that only one side has, with its latest value."""
    value = max(line.values.values(), key=lambda each: each.end or "", default=Value("", None, None))
    side = _shown(value)
    change = replace(_change(kind, line, value), number_a=value.number, number_b=value.number)
    if kind == "gone":
        return replace(change, a=side, fact_a=value.fact, number_b=None)
    return replace(change, b=side, fact_b=value.fact, number_a=None)


def _change(kind: ChangeKind, line: Line, value: Value) -> Change:
    period = value.end if value.start is None else f"{value.start}/{value.end}"
    return Change(
        kind,
        line.concept,
        line.members,
        line.label,
        line.page,
        period or value.period or None,
        value.unit,
        words=value.period or None,
        member_labels=line.member_labels,
        start=value.start,
        end=value.end,
    )


def _restated(a: Line, b: Line) -> Iterator[Change]:
    for key, after in b.values.items():
        before = a.values.get(key)
        if before is None or _same(before, after):
            continue
        numbers = before.number is not None and after.number is not None
        yield replace(
            _change("restated", b, after),
            a=_shown(before),
            b=_shown(after),
            difference=subtract(after.number, before.number) if numbers else None,  # type: ignore[arg-type]
            fact_a=before.fact,
            fact_b=after.fact,
            number_a=before.number,
            number_b=after.number,
        )


def _shown(value: Value) -> str:
    return value.text if value.number is None else written(value.number)


def _same(a: Value, b: Value) -> bool:
    if a.number is None or b.number is None:
        return " ".join(a.text.split()) == " ".join(b.text.split())
    if a.number == b.number:
        return True
    accuracies = [value.decimals for value in (a, b) if value.decimals is not None]
    if not accuracies:
        return False
    return rounded(a.number, min(accuracies)) == rounded(b.number, min(accuracies))
