"""A scatter plot as SVG, written by hand: a picture for docs/performance.md needs no plotting library."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 720, 400, 64, 48, 16, 16


def scatter(points: Sequence[tuple[float, float, str]], x_title: str, y_title: str) -> str:
    """Points (x, y, name) on logarithmic axes; x and y must be positive. Each point tells its name when pointed at."""
    x_low, x_high = _decades([x for x, _, _ in points])
    y_low, y_high = _decades([y for _, y, _ in points])

    def across(x: float) -> float:
        return LEFT + (log10(x) - x_low) / (x_high - x_low) * (WIDTH - LEFT - RIGHT)

    def up(y: float) -> float:
        return HEIGHT - BOTTOM - (log10(y) - y_low) / (y_high - y_low) * (HEIGHT - BOTTOM - TOP)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(x_low, x_high + 1):
        at = across(10.0**power)
        parts.append(f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{at:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{10.0**power:,.6g}</text>')
    for power in range(y_low, y_high + 1):
        at = up(10.0**power)
        parts.append(f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:,.6g}</text>')
    for x, y, name in points:
        parts.append(
            f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="4" fill="#1f5fa8" fill-opacity="0.7">'
            f"<title>{escape(name)}: {x:,.6g}, {y:,.4g}</title></circle>"
        )
    middle = (TOP + HEIGHT - BOTTOM) / 2
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x_title)}</text>'
    )
    parts.append(
        f'<text x="14" y="{middle}" text-anchor="middle" transform="rotate(-90 14 {middle})">{escape(y_title)}</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _decades(values: Sequence[float]) -> tuple[int, int]:
    """Powers of ten that enclose the values; at least one apart."""
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)
