"""A report page as a frame: a row a line, a column a period; or tidy, a row a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from recto.instance.model import Fact, Period
from recto.instance.naming import Namer
from recto.names import QName
from recto.prose import number_of
from recto.tables.facts import amount, float_of, standard_label
from recto.tables.views import ReportLike, cells_table, is_negated

if TYPE_CHECKING:
    import pyarrow as pa


def page_table(report: ReportLike, *, tidy: bool = False, exact: bool = False, scaled: bool = False) -> pa.Table:
    """The page as an Arrow table.

    One row a line (sections are a column): `label, concept, kind, depth, section, members, unit`, `period` where lines
    stand for periods; then one column for each column of the page, named by its last day, or by `first/last` where the
    last day alone does not tell, with the members' labels where it stands for members. Numbers have the sign that the
    page shows, floats, or with `exact` decimals; with `scaled` they are those that the page prints, in its scale and
    accuracy. A column of dates is of dates, one that holds texts is of texts.

    `tidy`: one row for each fact in a cell, with the columns of the table `cells` (docs/tables.md).
    """
    import pyarrow as pa

    if tidy:
        return cells_table([report])
    lines, rows = _lines(report)
    names = ["label", "concept", "kind", "depth", "section", "members", "unit"]
    strings = pa.string()
    types = [strings, strings, strings, pa.int32(), strings, strings, strings]
    if any(line.get("period") for line in lines):
        names.append("period")
        types.append(strings)
    arrays = [pa.array([line.get(name) for line in lines], kind) for name, kind in zip(names, types, strict=True)]
    headings = _headings(report)
    for at in range(len(report.columns)):
        arrays.append(_column([(row.cells[at], row) for row in rows], exact=exact, scaled=scaled))
    return pa.Table.from_arrays(arrays, names=_distinct(names + headings))


def _lines(report: ReportLike) -> tuple[list[dict[str, Any]], list[Any]]:
    """What stands before the cells of each line; and the page's rows for them."""
    namer = Namer.of(report.instance) if report.instance is not None else Namer()
    section: str | None = None
    lines: list[dict[str, Any]] = []
    rows: list[Any] = []
    for row in report.rows:
        if row.kind == "section":
            section = row.label
            continue
        units = dict.fromkeys(
            namer.unit(fact.unit) for cell in row.cells for fact in cell.facts if fact.unit is not None
        )
        line: dict[str, Any] = {
            "label": row.label,
            "concept": namer.name(row.concept.qname) if row.concept is not None else None,
            "kind": row.kind,
            "depth": row.depth,
            "section": section,
            "members": "; ".join(f"{namer.name(axis)}={_member(namer, member)}" for axis, member in row.members)
            or None,
            "unit": " ".join(units) or None,
        }
        if row.period is not None and row.kind != "abstract":
            line["period"] = period_name(row.period)
        lines.append(line)
        rows.append(row)
    return lines, rows


def _member(namer: Namer, member: str) -> str:
    return namer.name(QName.of(member)) if member.startswith("{") else member


def period_name(period: Period, *, span: bool = True) -> str:
    """`2025-03-29` for an instant, `2024-12-29/2025-03-29` for a duration; without `span` its last day."""
    first, last = period.days
    if last is None:
        return "forever"
    return last if first is None or not span else f"{first}/{last}"


def _headings(report: ReportLike) -> list[str]:
    """A name for each column; where lines stand for periods, only by its members."""
    if any(row.period is not None for row in report.rows):
        return [_members(report, each) or " ".join(each.labels) or "value" for each in report.columns]
    spans = [None if column.period is None else period_name(column.period) for column in report.columns]
    lasts = [None if column.period is None else period_name(column.period, span=False) for column in report.columns]
    spans_of: dict[str | None, set[str | None]] = {}
    for last, whole in zip(lasts, spans, strict=True):
        spans_of.setdefault(last, set()).add(whole)
    members = [_members(report, column) for column in report.columns]
    units = [" ".join(column.units) for column in report.columns]
    keys = Counter(zip(spans, members, strict=True))
    names = []
    for column, last, whole, said, unit in zip(report.columns, lasts, spans, members, units, strict=True):
        parts = [] if last is None else [last if len(spans_of[last]) == 1 else whole]
        parts += [said] if said else []
        if keys[whole, said] > 1 and unit:
            parts.append(unit)
        names.append(" ".join(part for part in parts if part) or " ".join(column.labels) or "value")
    return names


def _members(report: ReportLike, column: Any) -> str:
    if report.instance is None:
        return ", ".join(member for _, member in column.members)
    taxonomy = report.instance.taxonomy
    said = []
    for _, member in column.members:
        concept = taxonomy.concept(QName.of(member)) if member.startswith("{") else None
        label = standard_label(taxonomy, concept) if concept is not None else None
        said.append(label or member.rpartition("}")[2])
    return ", ".join(said)


def _distinct(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for name in names:
        number, text = 2, name
        while text in found:
            text = f"{name} ({number})"
            number += 1
        found.append(text)
    return found


def _column(cells: list[tuple[Any, Any]], *, exact: bool, scaled: bool) -> pa.Array:
    """The cells of one column, typed by what they hold."""
    import pyarrow as pa

    facts = [(cell.facts[0] if cell.facts else None, cell, row) for cell, row in cells]
    said = [fact for fact, _, _ in facts if fact is not None and not fact.nil]
    if said and all(fact.is_numeric for fact in said):
        numbers = [_number(fact, cell, row, scaled) for fact, cell, row in facts]
        if exact:
            return pa.array([amount(number) for number in numbers], pa.decimal128(38, 12))
        return pa.array([float_of(number) for number in numbers], pa.float64())
    if said and all(_date(fact) is not None for fact in said):
        return pa.array([None if fact is None else _date(fact) for fact, _, _ in facts], pa.date32())
    if not said:
        return pa.array([None] * len(facts), pa.float64() if not exact else pa.decimal128(38, 12))
    return pa.array([_text(fact, cell, row, scaled) for fact, cell, row in facts], pa.string())


def _number(fact: Fact | None, cell: Any, row: Any, scaled: bool) -> Decimal | None:
    if fact is None or fact.number is None:
        return None
    if scaled:
        printed = number_of(cell.text)
        return None if printed is None else printed.scaleb(-2) if "%" in cell.text else printed
    return fact.number.copy_negate() if is_negated(row.label_role) else fact.number


def _date(fact: Fact) -> date | None:
    type_ = fact.concept.type if fact.concept is not None else None
    if fact.nil or not fact.valid or type_ is None or type_.xsd_base != "date":
        return None
    try:
        return date.fromisoformat(fact.value.strip()[:10])
    except ValueError:
        return None


def _text(fact: Fact | None, cell: Any, row: Any, scaled: bool) -> str | None:
    if fact is None or fact.nil or not fact.valid:
        return None
    if fact.is_numeric:
        number = _number(fact, cell, row, scaled)
        return None if number is None else format(number, "f")
    return fact.text
