"""Charts of what a lake answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from recto.charts.making import Record, numbers_chart, numbers_specification
from recto.frames import plain_number
from recto.lake.result import Result, unit_words
from recto.lake.years import Place

_MOST: Final = 8
"""Lines of a statement that are drawn unasked."""


def series_chart(series: Result, *, kind: str | None, title: str | None, width: int, height: int) -> Any:
    """See `Series.chart`."""
    records, kind, title = _series_records(series, kind, title)
    return numbers_chart(records, kind=kind, title=title, width=width, height=height)


def series_specification(series: Result, *, kind: str | None = None, title: str | None = None) -> dict[str, Any]:
    """The same as Vega-Lite, for which Altair is not needed. Raises `UsageError` where there is nothing to draw."""
    records, kind, title = _series_records(series, kind, title)
    return numbers_specification(records, kind=kind, title=title)


def _series_records(series: Result, kind: str | None, title: str | None) -> tuple[list[Record], str, str]:
    """Records, kind and title of a chart."""
    rows = [row for row in series.to_dicts() if row["value"] is not None]
    companies = list(dict.fromkeys(row["company"] for row in rows))
    names = list(dict.fromkeys(row["name"] for row in rows))
    records: list[Record] = []
    for row in rows:
        parts = [row["company"]] if len(companies) > 1 else []
        parts += [_words(row["name"])] if len(names) > 1 or not parts else []
        period = str(Place(row["fiscal_year"], row["fiscal_period"]))
        records.append(
            {
                "series": ", ".join(parts),
                "period": f"{period} ({'derived' if row['derived'] else row['filing']})",
                "end": row["end"].isoformat(),
                "unit": unit_words(row["unit"]),
                "value": float(row["value"]),
                "exact": exact(row["value"]),
            }
        )
    if title is None:
        said = [", ".join(companies) if len(companies) == 1 else "", _words(names[0]) if len(names) == 1 else ""]
        title = ": ".join(each for each in said if each)
    periods = max((sum(1 for each in rows if each["name"] == name) for name in names), default=0)
    return records, kind or ("bar" if periods <= 6 else "line"), title


def _words(name: str) -> str:
    """`us-gaap:GrossProfit` as `Gross Profit`; the names of line items as they are, with a capital."""
    local = name.rpartition(":")[2]
    if ":" not in name:
        return local[:1].upper() + local[1:].replace("_", " ")
    return "".join(f" {c}" if at and c.isupper() and not local[at - 1].isupper() else c for at, c in enumerate(local))


def exact(number: Any) -> str:
    whole, point, rest = plain_number(number).partition(".")
    return f"{int(whole):,}{point}{rest}" if whole not in ("-0", "") else plain_number(number)


def statement_chart(
    statement: Result,
    *,
    lines: str | Sequence[str] | None,
    kind: str | None,
    title: str | None,
    width: int,
    height: int,
) -> Any:
    """See `StatementHistory.chart`."""
    rows = [row for row in statement.to_dicts() if row["value"] is not None]
    wanted = [lines] if isinstance(lines, str) else lines
    if wanted is not None:
        words = [each.casefold() for each in wanted]
        rows = [row for row in rows if any(word in row["label"].casefold() for word in words)]
    elif rows:
        units = Counter(row["unit"] for row in rows)
        usual = max(units, key=lambda unit: units[unit])
        rows = [row for row in rows if row["unit"] == usual and row["members"] is None]
        first = rows[0]["row"] if rows else None
        chosen = {row["row"] for row in rows if row["kind"] == "total" or row["row"] == first}
        kept = sorted(chosen if len(chosen) > 1 else {row["row"] for row in rows})[:_MOST]
        rows = [row for row in rows if row["row"] in kept]
    records = [
        {
            "series": row["label"],
            "period": f"{Place(row['fiscal_year'], row['fiscal_period'])}"
            f" ({'derived' if row['derived'] else row['filing']})",
            "end": row["end"].isoformat(),
            "unit": unit_words(row["unit"]),
            "value": float(row["presented"]),
            "exact": exact(row["presented"]),
        }
        for row in rows
    ]
    if title is None:
        title = rows[0]["company"] if rows else ""
    return numbers_chart(records, kind=kind or "bar", title=title, width=width, height=height)
