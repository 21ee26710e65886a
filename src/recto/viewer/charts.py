"""Charts of a row, as Vega-Lite specifications: the same for the viewer, notebooks and `recto plot`."""

from __future__ import annotations

from typing import Any, Final

from recto.rendering.model import Report
from recto.viewer.answers import series

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
_TOOLTIP: Final = [
    {"field": "period", "type": "nominal", "title": "Period"},
    {"field": "exact", "type": "nominal", "title": "Value"},
    {"field": "unit", "type": "nominal", "title": "Unit"},
    {"field": "series", "type": "nominal", "title": "Series"},
]


def templates() -> dict[str, dict[str, Any]]:
    """Specifications by kind of chart, without data: their data is named `values`, with the fields of
    `recto.viewer.answers.series`, and `label` for `stack` and `waterfall`.
    """
    base = {"$schema": SCHEMA, "data": {"name": "values"}, "width": "container", "height": 320}
    x = {"field": "end", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    y = {"field": "value", "type": "quantitative", "title": None, "axis": {"format": "~s"}}
    color = {"field": "series", "type": "nominal", "title": None, "legend": {"orient": "bottom"}}
    return {
        "row": {
            **base,
            "mark": {"type": "bar", "cornerRadiusEnd": 2},
            "encoding": {"x": x, "y": y, "color": color, "xOffset": {"field": "series"}, "tooltip": _TOOLTIP},
        },
        "line": {
            **base,
            "mark": {"type": "line", "point": True},
            "encoding": {"x": x, "y": {**y, "scale": {"zero": False}}, "color": color, "tooltip": _TOOLTIP},
        },
        "stack": {
            **base,
            "mark": "bar",
            "encoding": {
                "x": x,
                "y": {**y, "stack": True},
                "color": {"field": "label", "type": "nominal", "title": None, "legend": {"orient": "right"}},
                "order": {"field": "order", "type": "quantitative"},
                "tooltip": [{"field": "label", "type": "nominal", "title": "Line"}, *_TOOLTIP[:3]],
            },
        },
        "waterfall": {
            **base,
            "mark": {"type": "bar"},
            "encoding": {
                "x": {
                    "field": "label",
                    "type": "ordinal",
                    "sort": {"field": "order"},
                    "title": None,
                    "axis": {"labelLimit": 140, "labelAngle": -35},
                },
                "y": {"field": "from", "type": "quantitative", "title": None, "axis": {"format": "~s"}},
                "y2": {"field": "to"},
                "color": {
                    "field": "kind",
                    "type": "nominal",
                    "title": None,
                    "scale": {"domain": ["rise", "fall", "total"], "range": ["#2a8f5c", "#c0392b", "#2b5f9e"]},
                    "legend": None,
                },
                "tooltip": [
                    {"field": "label", "type": "nominal", "title": "Line"},
                    {"field": "exact", "type": "nominal", "title": "Value"},
                ],
            },
        },
    }


def row_chart(report: Report, row: int) -> dict[str, Any]:
    """A row of a page (counted from 0) over the filing's periods. Raises `UsageError` where it has no numbers."""
    points = series(report, row)
    return {
        **templates()["row"],
        "title": report.rows[row].label,
        "datasets": {"values": points},
    }
