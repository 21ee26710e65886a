"""What `recto.compare` gives: the changes, which print, become frames and are written as files."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, overload

from recto.comparison.changes import KINDS, Change, ChangeKind

if TYPE_CHECKING:
    from recto.frames import Table

FORMS = ("text", "md", "json", "csv", "html", "xlsx", "parquet", "arrow")
"""Formats in which a comparison is written."""
COLUMNS = (
    *("change", "page", "label", "concept", "members", "period", "start", "end", "unit", "a", "b"),
    *("number_a", "number_b", "difference", "percent", "fact_a", "fact_b"),
)
_SHEET = ("change", "page", "label", "concept", "members", "period", "unit", "a", "b", "difference", "percent")
_LONGEST = 80
_SHOWN = 20


class Comparison(Sequence[Change]):
    """The changes from one filing or page to another, in an order to read them: restated values, new and gone lines,
    other labels, other pages.
    """

    def __init__(self, a: str, b: str, changes: Sequence[Change], *, note: str = ""):
        self.a = a
        """What the earlier side is."""
        self.b = b
        self.changes: tuple[Change, ...] = tuple(changes)
        self.note = note
        """What a reader has to know of the two, such as that they are not of one entity."""

    def of(self, *kinds: ChangeKind) -> Comparison:
        """Only the changes of these kinds: `restated`, `new`, `gone`, `relabelled`, `moved`."""
        return Comparison(self.a, self.b, [each for each in self.changes if each.kind in kinds], note=self.note)

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many changes there are of each kind that there is."""
        found = Counter(change.kind for change in self.changes)
        return {kind: found[kind] for kind in KINDS if found[kind]}

    def to_arrow(self) -> Table:
        """One row a change: `change, page, label, concept, members, period, start, end, unit`; `a` and `b` as texts,
        exact; `number_a`, `number_b`, `difference` and `percent` as floats, null for words; ids of the facts.
        """
        import pyarrow as pa

        from recto.frames import Table
        from recto.tables.facts import float_of

        rows = self.changes
        texts = {name: [getattr(each, name) for each in rows] for name in ("page", "label", "concept", "unit")}
        days = pa.array([_day(each.start) for each in rows], pa.date32())
        columns: dict[str, Any] = {
            "change": [each.kind for each in rows],
            **texts,
            "members": [_members(each) for each in rows],
            "period": [each.period for each in rows],
            "start": days,
            "end": pa.array([_day(each.end) for each in rows], pa.date32()),
            "a": [each.a for each in rows],
            "b": [each.b for each in rows],
            "number_a": pa.array([float_of(each.number_a) for each in rows], pa.float64()),
            "number_b": pa.array([float_of(each.number_b) for each in rows], pa.float64()),
            "difference": pa.array([float_of(each.difference) for each in rows], pa.float64()),
            "percent": pa.array([each.percent for each in rows], pa.float64()),
            "fact_a": [each.fact_a for each in rows],
            "fact_b": [each.fact_b for each in rows],
        }
        arrays = [
            each if isinstance(each, pa.Array) else pa.array(each, pa.string())
            for each in (columns[name] for name in COLUMNS)
        ]
        return Table(pa.Table.from_arrays(arrays, names=list(COLUMNS)))

    def to_pandas(self) -> Any:
        """The changes as a pandas DataFrame; see `to_arrow`."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> Any:
        """The changes as a polars DataFrame; see `to_arrow`."""
        return self.to_arrow().to_polars()

    def to_excel(self, path: str | os.PathLike[str]) -> None:
        """Writes a workbook of one sheet: numbers as numbers, words as words."""
        self.write(path, "xlsx")

    def write(self, path: str | os.PathLike[str], format: str | None = None) -> None:
        """Writes by extension: `.txt` as it prints; `.md`, `.json` (one object a line), `.csv`, `.html`, `.xlsx`,
        `.parquet`, `.arrow`. Raises `UsageError` for any other.
        """
        from recto import files
        from recto.frames import form_of

        files.write(path, self.data(form_of(path, FORMS, given=format)))

    def data(self, form: str) -> bytes:
        """The changes in one of `FORMS`."""
        if form == "text":
            text = str(self)
            return f"{text}\n".encode() if text else b""
        if form == "json":
            return b"".join(self._json_lines())
        if form == "xlsx":
            return self._workbook()
        return b"".join(self.to_arrow().chunks(form))

    def _json_lines(self) -> Iterator[bytes]:
        import json

        for each in self.changes:
            record = {
                "change": each.kind,
                "page": each.page,
                "label": each.label,
                "concept": each.concept,
                "members": dict(each.members),
                "period": each.period,
                "start": each.start,
                "end": each.end,
                "unit": each.unit,
                "numeric": each.number_a is not None or each.number_b is not None,
                "a": each.a,
                "b": each.b,
                "difference": _plain(each.difference),
                "fact_a": each.fact_a,
                "fact_b": each.fact_b,
            }
            yield (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace")

    def _workbook(self) -> bytes:
        from recto.workbook import Styles, data_sheet, workbook

        def rows() -> Iterator[list[Any]]:
            for each in self.changes:
                a = each.a if each.number_a is None else each.number_a
                b = each.b if each.number_b is None else each.number_b
                names = [each.kind, each.page, each.label, each.concept, _members(each), each.words, each.unit]
                yield [*names, a, b, each.difference, each.percent]

        styles = Styles()
        sheet = data_sheet(_SHEET, rows(), styles)
        return workbook([("Changes", sheet)], styles, title=f"{self.a} → {self.b}")

    @overload
    def __getitem__(self, index: int) -> Change: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Change, ...]: ...
    def __getitem__(self, index: int | slice) -> Change | tuple[Change, ...]:
        return self.changes[index]

    def __len__(self) -> int:
        return len(self.changes)

    def __str__(self) -> str:
        """For people: what is compared, and the changes by kind and page; "" where there are none."""
        if not self.changes:
            return ""
        lines = [f"from  {self.a}", f"to    {self.b}"]
        counts = self.counts
        place: tuple[str, str] | None = None
        for each in self.changes:
            if place is None or each.kind != place[0]:
                lines += ["", f"{each.kind} ({counts[each.kind]:,})"]
            if (each.kind, each.page) != place:
                place = (each.kind, each.page)
                lines.append(f"  {each.page}")
            lines.append(f"    {each.line}{_sides(each)}")
        return "\n".join(lines)

    def __repr__(self) -> str:
        told = ", ".join(f"{count:,} {kind}" for kind, count in self.counts.items()) or "no change"
        return f"<recto.Comparison {self.a!r} to {self.b!r}: {told}>"

    def _repr_html_(self) -> str:
        from recto.reprs import listing

        rows = (
            (each.kind, each.page, each.line, each.words or "", _side(each, "a"), _side(each, "b"), _moved_by(each))
            for each in self.changes[:_SHOWN]
        )
        told = ", ".join(f"{count:,} {kind}" for kind, count in self.counts.items()) or "no change"
        more = f"; the first {_SHOWN}" if len(self) > _SHOWN else ""
        headings = ("change", "page", "line", "period", "a", "b", "difference")
        return listing(f"{self.a} to {self.b}: {told}{more}", headings, rows)


def _day(text: str | None) -> Any:
    from datetime import date

    try:
        return None if text is None else date.fromisoformat(text[:10])
    except ValueError:  # beyond the years that have dates
        return None


def _members(change: Change) -> str:
    return "; ".join(f"{axis}={member}" for axis, member in change.members)


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _sides(change: Change) -> str:
    """What stands behind a line: its period and what became of it."""
    if change.kind in ("relabelled", "moved"):
        return f": {_quoted(change.a)} → {_quoted(change.b)}"
    period = f", {change.words}" if change.words else ""
    unit = f" {change.unit}" if change.unit not in (None, "pure") else ""
    if change.kind == "new":
        return f"{period}: {_side(change, 'b')}{unit if change.number_b is not None else ''}"
    if change.kind == "gone":
        return f"{period}: {_side(change, 'a')}{unit if change.number_a is not None else ''}"
    moved = _moved_by(change)
    moved = f"  ({moved})" if moved else ""
    return f"{period}: {_side(change, 'a')} → {_side(change, 'b')}{unit}{moved}"


def _side(change: Change, side: str) -> str:
    """A number with its digits grouped, words in quotes."""
    number: Decimal | None = getattr(change, f"number_{side}")
    text: str | None = getattr(change, side)
    if text is None:
        return ""
    if number is not None:
        return _grouped(number)
    return text if text == "(nil)" else _quoted(text)


def _grouped(number: Decimal, sign: str = "") -> str:
    if not number.is_finite() or abs(number.adjusted()) > 60:
        return f"{number:{sign}}"
    text = f"{number:{sign},f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _moved_by(change: Change) -> str:
    if change.difference is None:
        return ""
    percent = change.percent
    return _grouped(change.difference, "+") + (f", {percent:+.1f} %" if percent is not None else "")


def _quoted(text: str | None) -> str:
    flat = " ".join((text or "").split())
    return f"“{flat if len(flat) <= _LONGEST else flat[: _LONGEST - 1] + '…'}”"
