"""What charts look like: Vega-Lite without data. All faces draw these; their data is named `values`.

Fields of a value: `series`, `label`, `period` (words), `end` (its last day), `value` (float64), `exact`, `unit`;
`order` where lines have one; of a waterfall's step `from`, `to` and `kind` (rise, fall, total).
"""

from __future__ import annotations

from typing import Any, Final

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
KINDS: Final = ("bar", "line")
Shape = dict[str, Any]

_AXIS: Final = {
    "format": "~s",
    "labelExpr": "abs(datum.value) < 1 ? format(datum.value, '~r')"
    " : replace(replace(replace(replace(datum.label, 'k', ' k'), 'M', ' m'), 'G', ' bn'), 'T', ' tn')",
}
"""Axis labels in thousands, millions, billions, trillions (`k`, `m`, `bn`, `tn`), not in gigas; what is below one in
decimals, not in thousandths."""
_TOOLTIP: Final = [
    {"field": "series", "type": "nominal", "title": "Series"},
    {"field": "period", "type": "nominal", "title": "Period"},
    {"field": "exact", "type": "nominal", "title": "Value"},
    {"field": "unit", "type": "nominal", "title": "Unit"},
]
_LINE_TOOLTIP: Final = [{"field": "label", "type": "nominal", "title": "Line"}, *_TOOLTIP[1:]]


def _shape(mark: Shape, **encoding: object) -> Shape:
    return {"$schema": SCHEMA, "data": {"name": "values"}, "mark": mark, "encoding": encoding}


def _amounts(field: str = "value", **more: object) -> Shape:
    return {"field": field, "type": "quantitative", "title": None, "axis": _AXIS, **more}


def _series(**more: object) -> Shape:
    return {"field": "series", "type": "nominal", "title": None, "sort": None, **more}


def bar() -> Shape:
    """Values over periods as bars, side by side for each series."""
    return _shape(
        {"type": "bar", "cornerRadiusEnd": 2},
        x={"field": "end", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
        xOffset={"field": "series", "sort": None},
        y=_amounts(),
        color=_series(legend={"orient": "bottom", "labelLimit": 320, "columns": 2}),
        tooltip=_TOOLTIP,
    )


def line() -> Shape:
    """Values over time, a line for each series."""
    return _shape(
        {"type": "line", "point": True},
        x={"field": "end", "type": "temporal", "title": None, "axis": {"format": "%b %Y", "labelOverlap": "greedy"}},
        y=_amounts(scale={"zero": False}),
        color=_series(legend={"orient": "bottom", "labelLimit": 320, "columns": 2}),
        tooltip=_TOOLTIP,
    )


def stack() -> Shape:
    """The items of a total over periods, weighted and stacked."""
    return _shape(
        {"type": "bar"},
        x={"field": "end", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
        y=_amounts(stack=True),
        color={"field": "label", "type": "nominal", "title": None, "sort": None, "legend": {"labelLimit": 320}},
        order={"field": "order", "type": "quantitative"},
        tooltip=_LINE_TOOLTIP,
    )


def waterfall() -> Shape:
    """How items lead to a total, step by step."""
    return _shape(
        {"type": "bar"},
        x={
            "field": "label",
            "type": "ordinal",
            "sort": {"field": "order"},
            "title": None,
            "axis": {"labelLimit": 140, "labelAngle": -35},
        },
        y=_amounts("from"),
        y2={"field": "to"},
        color={
            "field": "kind",
            "type": "nominal",
            "scale": {"domain": ["rise", "fall", "total"], "range": ["#2a8f5c", "#c0392b", "#2b5f9e"]},
            "legend": None,
        },
        tooltip=_LINE_TOOLTIP[:1] + _TOOLTIP[2:3],
    )


def tree() -> Shape:
    """The lines of a calculation in their order, weighted; `kind` tells items from totals."""
    return _shape(
        {"type": "bar"},
        y={
            "field": "label",
            "type": "nominal",
            "sort": {"field": "order"},
            "title": None,
            "axis": {"labelLimit": 360},
        },
        x=_amounts(),
        color={"field": "kind", "type": "nominal", "title": None},
        tooltip=_LINE_TOOLTIP[:1] + _TOOLTIP[2:],
    )


def shapes() -> dict[str, Shape]:
    """What the viewer draws, by kind."""
    return {"bar": bar(), "line": line(), "stack": stack(), "waterfall": waterfall()}


def filled(shape: Shape, values: list[dict[str, Any]], *, title: str) -> Shape:
    """A shape with its title and data; the legend goes where it would tell nothing, and one unit names the axis."""
    units = list(dict.fromkeys(each["unit"] for each in values if each.get("unit")))
    encoding = dict(shape["encoding"])
    if encoding["color"]["field"] == "series" and len({each["series"] for each in values}) < 2:
        encoding["color"] = {**encoding["color"], "legend": None}
    amounts = "x" if encoding["x"]["type"] == "quantitative" else "y"
    encoding[amounts] = {**encoding[amounts], "title": units[0] if len(units) == 1 else None}
    return {**shape, "encoding": encoding, "title": title, "datasets": {"values": values}}
