"""The answer to a question for numbers over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from recto.lake.periods import Row
from recto.lake.result import Result
from recto.lake.years import Place

if TYPE_CHECKING:
    import pyarrow as pa


class Series(Result):
    """A series: periods in rows. `columns` are those of `SCHEMA`; `chart()` draws it."""

    __slots__ = ()

    def text(self, *, width: int = 60) -> str:
        """The rows as aligned text: the period, the value, and how it is known."""
        return Result(_shown(self._table)).text(width=width)

    def chart(self, *, kind: str | None = None, title: str | None = None, width: int = 480, height: int = 280) -> Any:
        """The values over time, as an `altair.Chart`: a series for each concept and company; what was worked out is
        told in the tooltip. Raises `UsageError` where there is nothing to draw."""
        from recto.lake.drawing import series_chart

        return series_chart(self, kind=kind, title=title, width=width, height=height)

    def __repr__(self) -> str:
        return f"<recto.lake.Series {len(self):,} periods>"


def schema() -> pa.Schema:
    """The columns of a series, whatever comes back."""
    import pyarrow as pa

    amount, text, day = pa.decimal128(38, 12), pa.string(), pa.date32()
    term = pa.struct(
        [
            *(("sign", pa.int8()), ("filing", text), ("fact", pa.int32()), ("concept", text)),
            *(("start", day), ("end", day), ("number", amount)),
        ]
    )
    return pa.schema(
        [
            *(("company", text), ("entity", text), ("name", text), ("fiscal_year", pa.int32())),
            *(("fiscal_period", text), ("start", day), ("end", day), ("value", amount), ("unit", text)),
            *(("decimals", pa.int32()), ("error", amount), ("derived", pa.bool_()), ("restated", pa.bool_())),
            *(("concept", text), ("rule", text), ("filing", text), ("form", text)),
            *(("accepted", pa.timestamp("us", tz="UTC")), ("facts", pa.list_(term))),
        ]
    )


def record(row: Row, company: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A row of a series as `schema` has it."""
    made: dict[str, Any] = {
        "company": company["company"],
        "entity": company["entity"],
        "name": name,
        "fiscal_year": row.place.year,
        "fiscal_period": row.place.name,
        "start": row.start,
        "end": row.last,
    }
    worked = row.worked
    if worked is None:
        return made | {"derived": False, "facts": []}
    latest = worked.latest
    concepts = dict.fromkeys(each.concept for _, each in worked.terms)
    rules = dict.fromkeys(each.rule for _, each in worked.terms if each.rule)
    return made | {
        "value": _fitting(worked.number),
        "unit": latest.unit,
        "decimals": worked.decimals,
        "error": worked.error,
        "derived": worked.derived,
        "restated": worked.restated,
        "concept": ", ".join(concepts),
        "rule": ", ".join(rules) or None,
        "filing": latest.filing,
        "form": latest.form,
        "accepted": latest.accepted,
        "facts": [
            {
                "sign": sign,
                "filing": each.filing,
                "fact": each.fact,
                "concept": each.concept,
                "start": each.start,
                "end": each.last,
                "number": each.number,
            }
            for sign, term in worked.terms
            for each in term.parts or (term,)
        ],
    }


def _fitting(number: Any) -> Any:
    return number if abs(number) < 10**26 else None


def _shown(table: pa.Table) -> pa.Table:
    """What people read of a series."""
    import pyarrow as pa

    rows = table.to_pylist()
    columns: dict[str, pa.Array] = {}
    for name in ("company", "name"):
        if len({row[name] for row in rows}) > 1:
            columns[name] = table[name]
    columns["period"] = pa.array([_period(row) for row in rows], pa.string())
    for name in ("start", "end", "value", "unit"):
        if name != "start" or any(row["start"] for row in rows):
            columns[name] = table[name]
    columns["off by"] = table["error"]
    columns["filing"] = table["filing"]
    columns["form"] = table["form"]
    columns["from"] = pa.array([_told(row) for row in rows], pa.string())
    return pa.table(columns)


def _period(row: Mapping[str, Any]) -> str:
    return str(Place(row["fiscal_year"], row["fiscal_period"]))


def _told(row: Mapping[str, Any]) -> str:
    if row["value"] is None:
        return "not reported"
    said = "restated" if row["restated"] else ""
    if not row["derived"]:
        return said
    parts = "".join(
        f"{' + ' if each['sign'] > 0 else ' - '}{each['start']}..{each['end']}" for each in row["facts"]
    ).removeprefix(" + ")
    return f"derived{', restated' if said else ''}: {parts.strip()}"
