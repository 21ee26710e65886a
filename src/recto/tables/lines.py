"""Facts as a frame of lines over periods: a row for each concept with its members, a column for each period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from recto.instance.model import Fact, Instance, Period
from recto.names import QName
from recto.tables.facts import amount, float_of
from recto.tables.pages import period_name

if TYPE_CHECKING:
    import pyarrow as pa

_FIRST = datetime.min
_Line = tuple[str, QName, str | None, str | None, tuple[tuple[QName, Any], ...]]
"""Entity, concept, unit, language, members."""


def lines_table(rows: Iterable[tuple[Instance, Fact]], *, exact: bool = False) -> pa.Table:
    """`label, members, concept, dimensions, unit`, then a column for each period, the latest first: named by its last
    day, or by `first/last` where the last day alone does not tell.

    Numbers are floats, or with `exact` decimals. Words have a row only where there are no numbers among the facts. Of
    several facts in one place the first counts. `entity` and `language` stand apart, where there are several.
    """
    import pyarrow as pa

    facts = [fact for _, fact in rows if fact.period is not None]
    if any(fact.is_numeric for fact in facts):
        facts = [fact for fact in facts if fact.is_numeric]
    lines: dict[_Line, dict[Period, Fact]] = {}
    entities = {(fact.context.scheme, fact.context.identifier) for fact in facts if fact.context is not None}
    languages = {fact.language for fact in facts if not fact.is_numeric}
    for fact in facts:
        assert fact.context is not None
        key = (
            fact.context.identifier if len(entities) > 1 else "",
            fact.qname,
            None if fact.unit is None else fact.home.namer.unit(fact.unit),
            fact.language if len(languages) > 1 and not fact.is_numeric else None,
            tuple(sorted(fact.dimensions.items(), key=lambda pair: pair[0].clark)),
        )
        lines.setdefault(key, {}).setdefault(fact.context.period, fact)
    firsts = [next(iter(line.values())) for line in lines.values()]
    columns: dict[str, pa.Array] = {
        "label": pa.array([fact.label() for fact in firsts], pa.string()),
        "members": pa.array([_members(fact) for fact in firsts], pa.string()),
        "concept": pa.array([fact.name for fact in firsts], pa.string()),
        "dimensions": pa.array([_dimensions(fact) for fact in firsts], pa.string()),
        "unit": pa.array([key[2] for key in lines], pa.string()),
    }
    if len(entities) > 1:
        columns["entity"] = pa.array([key[0] for key in lines], pa.string())
    if len(languages) > 1:
        columns["language"] = pa.array([key[3] for key in lines], pa.string())
    for period, name in _named({period for line in lines.values() for period in line}).items():
        columns[name] = _column([line.get(period) for line in lines.values()], exact)
    return pa.table(columns)


def _named(periods: set[Period]) -> dict[Period, str]:
    """The periods, latest first and longest first, with a name for each."""
    order = sorted(periods, key=_rank)
    lasts: dict[str, int] = {}
    for period in order:
        last = period_name(period, span=False)
        lasts[last] = lasts.get(last, 0) + 1
    return {each: period_name(each, span=lasts[period_name(each, span=False)] > 1) for each in order}


def _rank(period: Period) -> tuple[Any, ...]:
    if period.end is None:
        return (1, 0.0, 0.0)
    end = (period.end - _FIRST).total_seconds()
    start = end if period.start is None else (period.start - _FIRST).total_seconds()
    return (0, -end, start)


def _column(facts: list[Fact | None], exact: bool) -> pa.Array:
    import pyarrow as pa

    said = [fact for fact in facts if fact is not None and not fact.nil]
    if all(fact.is_numeric for fact in said):
        numbers: list[Decimal | None] = [None if fact is None else fact.number for fact in facts]
        if exact:
            return pa.array([amount(number) for number in numbers], pa.decimal128(38, 12))
        return pa.array([float_of(number) for number in numbers], pa.float64())
    return pa.array([None if fact is None or fact.nil or not fact.valid else fact.text for fact in facts], pa.string())


def _members(fact: Fact) -> str | None:
    return ", ".join(label.removesuffix(" [Member]") for _, label in fact.member_labels) or None


def _dimensions(fact: Fact) -> str | None:
    namer = fact.home.namer
    return "; ".join(f"{namer.name(a)}={namer.member(m)}" for a, m in fact.dimensions.items()) or None
