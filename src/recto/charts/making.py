"""Pages, rows, facts and calculations as charts: which numbers are drawn together, and what their series are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from recto.charts import shapes
from recto.charts.drawing import drawn
from recto.errors import UsageError
from recto.fiscal import months_of
from recto.instance.model import Fact, Period
from recto.instance.wording import unit_words
from recto.tables.views import is_negated

if TYPE_CHECKING:
    from recto.rendering.model import Report

_MOST_LINES: Final = 8
_MOST_SERIES: Final = 12
_DATE: Final = 72
"""Pixels that a date takes on an axis."""
_SPANS: Final = {3: "three months", 6: "six months", 9: "nine months", 12: "year"}
Record = dict[str, Any]


def page_chart(
    report: Report,
    *,
    lines: str | Sequence[str] | None = None,
    kind: str = "bar",
    width: int = 480,
    height: int = 280,
) -> Any:
    """The page's lines over its periods, as an `altair.Chart`.

    `lines`: labels, or names of concepts, in whole or in part; None: the first line and totals, or else the first
    lines, in the unit that most have. `kind`: `bar` or `line`. Numbers have the sign that the page shows.
    Raises `UsageError` where the page has no such numbers.
    """
    wanted = [lines] if isinstance(lines, str) else lines
    records: list[Record] = []
    for row in report.rows:
        if row.kind not in ("item", "total") or (wanted is not None and not _is_wanted(row, wanted)):
            continue
        for column, cell in zip(report.columns, row.cells, strict=True):
            fact = cell.facts[0] if cell.facts else None
            if fact is None or fact.number is None or column.members:
                continue
            number = fact.number.copy_negate() if is_negated(row.label_role) else fact.number
            members = ", ".join(member for _, member in fact.member_labels)
            name = f"{row.label}, {members}" if members else row.label
            more = {"total": row.kind == "total", "row": row.id, "members": members}
            records.append(_record(name, fact, number) | more)
    if wanted is None and not all(record["members"] for record in records):
        records = [record for record in records if not record["members"]]
    records = _one_unit(_one_span(records))
    if wanted is None and len({record["series"] for record in records}) > _MOST_LINES:
        first = records[0]["series"]
        totals = [record for record in records if record["total"] or record["series"] == first]
        records = totals if any(record["total"] for record in totals) else records
        kept = list(dict.fromkeys(record["series"] for record in records))[:_MOST_LINES]
        records = [record for record in records if record["series"] in kept]
    if not records:
        raise UsageError(f"{report.stem} {report.short_name} shows no such numbers over periods")
    return _chart(records, report.short_name, kind, width, height)


def _is_wanted(row: Any, wanted: Sequence[str]) -> bool:
    names = [row.label.casefold()]
    if row.concept is not None:
        names += [row.concept.name.casefold(), row.concept.qname.local.casefold()]
    whole = [each.casefold() for each in wanted]
    return any(each in names or each in names[0] for each in whole)


def facts_chart(
    facts: Iterable[Fact], *, kind: str = "line", title: str | None = None, width: int = 480, height: int = 280
) -> Any:
    """The numbers over time, a series for each concept, its members, and the length of its periods.

    Duplicates that are equal count once. Raises `UsageError` where there are no numbers, or more series than a chart
    can tell apart.
    """
    records: list[Record] = []
    seen: set[tuple[object, ...]] = set()
    for fact in facts:
        if fact.number is None or fact.period is None or fact.period.end is None:
            continue
        members = ", ".join(member for _, member in fact.member_labels)
        label = fact.label() or fact.name
        record = _record(f"{label}, {members}" if members else label, fact, fact.number)
        key = (record["series"], record["span"], record["unit"], record["end"], fact.number)
        if key not in seen:
            seen.add(key)
            records.append(record)
    if not records:
        raise UsageError("there are no numbers with dates among these facts")
    for name in ("span", "unit"):
        if len({record[name] for record in records if record[name]}) > 1:
            for record in records:
                if record[name]:
                    record["series"] += f" ({record[name]})"
    series = list(dict.fromkeys(record["series"] for record in records))
    if len(series) > _MOST_SERIES:
        raise UsageError(f"{len(series)} series are too many for one chart ({_MOST_SERIES}): ask for fewer facts")
    return _chart(records, title if title is not None else _common(records), kind, width, height)


def numbers_chart(records: Sequence[Record], *, kind: str, title: str, width: int = 480, height: int = 280) -> Any:
    """Numbers of any origin over time, as an `altair.Chart`; see `numbers_specification`."""
    if kind == "bar":  # dates below bars must not run into each other
        width = max(width, _DATE * len({record["end"] for record in records}))
    return drawn(numbers_specification(records, kind=kind, title=title), width=width, height=height)


def numbers_specification(records: Sequence[Record], *, kind: str, title: str) -> dict[str, Any]:
    """Numbers of any origin over time, as Vega-Lite: records with `series`, `period`, `end` (ISO date), `unit`,
    `value` (float) and `exact` (text). Series of several units are told apart by their names.

    Raises `UsageError` where there are none, or more series than a chart can tell apart.
    """
    if not records:
        raise UsageError("there are no numbers to draw")
    units = len({record["unit"] for record in records}) > 1
    shown = [record | {"series": f"{record['series']} ({record['unit']})"} if units else record for record in records]
    count = len({record["series"] for record in shown})
    if count > _MOST_SERIES:
        raise UsageError(f"{count} series are too many for one chart ({_MOST_SERIES}): ask for fewer")
    return _specification(shown, title, kind)


def _common(records: list[Record]) -> str:
    labels = dict.fromkeys(record["label"] for record in records)
    return next(iter(labels)) if len(labels) == 1 else ""


def row_specification(report: Report, row: int) -> dict[str, Any]:
    """A row of a page (counted from 0) over the periods, as Vega-Lite: a series for each length of period and
    its members, signed as the page shows it. Raises `UsageError` where there is no such row, or it has no numbers.
    """
    if not 0 <= row < len(report.rows):
        raise UsageError(f"{report.stem} has {len(report.rows)} rows")
    line = report.rows[row]
    records: list[Record] = []
    for cell in line.cells:
        fact = cell.facts[0] if cell.facts else None
        if fact is None or fact.number is None or fact.period is None or fact.period.last_day is None:
            continue
        number = fact.number.copy_negate() if is_negated(line.label_role) else fact.number
        record = _record(line.label, fact, number)
        members = ", ".join(member for _, member in fact.member_labels)
        record["series"] = ", ".join(filter(None, (members, record["span"]))) or line.label
        records.append(record)
    if not records:
        raise UsageError(f"row {row + 1} of {report.stem} has no numbers")
    records.sort(key=lambda each: (each["series"], each["end"]))
    return shapes.filled(shapes.bar(), records, title=line.label)


def _record(label: str, fact: Fact, number: Decimal) -> Record:
    period = fact.period
    assert period is not None
    assert period.last_day is not None
    return {
        "series": label,
        "label": fact.label() or fact.name,
        "end": period.last_day.date().isoformat(),
        "period": period.words,
        "span": _span(period),
        "unit": "" if fact.unit is None else unit_words(fact.unit),
        "value": float(number),
        "exact": f"{number:,f}",
        "fact": fact.id,
    }


def _span(period: Period) -> str:
    if period.start is None or period.last_day is None:
        return ""
    months = months_of(period.start.date(), period.last_day.date())
    return _SPANS.get(months or 0) or (f"{months} months" if months else "other")


def _one_span(records: list[Record]) -> list[Record]:
    """Of a page with spans of several lengths, the first that it shows: quarters are not set beside half years."""
    spans = list(dict.fromkeys(record["span"] for record in records if record["span"]))
    return [record for record in records if not record["span"] or record["span"] == spans[0]] if spans else records


def _one_unit(records: list[Record]) -> list[Record]:
    counts: dict[str, int] = {}
    for record in records:
        counts[record["unit"]] = counts.get(record["unit"], 0) + 1
    if not counts:
        return []
    usual = max(counts, key=lambda unit: counts[unit])
    return [record for record in records if record["unit"] == usual]


def _chart(records: list[Record], title: str, kind: str, width: int, height: int) -> Any:
    return drawn(_specification(records, title, kind), width=width, height=height)


def _specification(records: list[Record], title: str, kind: str) -> dict[str, Any]:
    if kind not in shapes.KINDS:
        raise UsageError(f"a chart is of kind bar or line, not {kind!r}")
    shape = shapes.line() if kind == "line" else shapes.bar()
    return shapes.filled(shape, records, title=title)
