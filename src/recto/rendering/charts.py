"""Bar charts of annual returns, drawn without any library (rendering.md 21.6)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import Final

from recto.patterns import lazy
from recto.rendering.view import Item

_ANNUAL: Final = lazy(r"AnnualReturn(\d{4})")
_FUND: Final = lazy(r"http://xbrl.sec.gov/(?:rr|oef)/")
_OEF_2023: Final = lazy(r"http://xbrl.sec.gov/oef/2023")
Bar = tuple[int, float | None]
"""Year, and the return as a fraction; None for a nil fact: a gap."""


def bars_of(items: Sequence[Item]) -> tuple[list[Bar], set[Item]]:
    """The annual returns among facts by year, and the facts that they are of."""
    bars: list[Bar] = []
    drawn: set[Item] = set()
    for item in items:
        year = _year(item)
        if year is None:
            continue
        drawn.add(item)
        number = item.fact.number
        bars.append((year, None if number is None else float(number)))
    return sorted(bars, key=lambda bar: bar[0]), drawn


def _year(item: Item) -> int | None:
    name = item.concept.qname
    match = _ANNUAL.match(name.local)
    if match and _FUND.match(name.namespace):
        return int(match.group(1))
    if name.local == "AnnlRtrPct" and _OEF_2023.match(name.namespace) and item.place.span is not None:
        return item.place.span.last_day.year
    return None


# Drawing. A glyph is five rows of three bits.
_GLYPHS: Final = {
    "0": (7, 5, 5, 5, 7),
    "1": (2, 6, 2, 2, 7),
    "2": (7, 1, 7, 4, 7),
    "3": (7, 1, 7, 1, 7),
    "4": (5, 5, 7, 1, 1),
    "5": (7, 4, 7, 1, 7),
    "6": (7, 4, 7, 5, 7),
    "7": (7, 1, 1, 2, 2),
    "8": (7, 5, 7, 5, 7),
    "9": (7, 5, 7, 1, 7),
    "-": (0, 0, 7, 0, 0),
    ".": (0, 0, 0, 0, 2),
    "%": (5, 1, 2, 4, 5),
    "'": (2, 2, 0, 0, 0),
}
_WHITE, _BLACK, _BLUE, _GRAY = range(4)
_PALETTE: Final = bytes((255, 255, 255, 40, 40, 40, 76, 114, 176, 190, 190, 190))
_SCALE: Final = 2
_GLYPH_WIDTH: Final = 4 * _SCALE


class _Canvas:
    def __init__(self, width: int, height: int) -> None:
        self.width = width
        self.height = height
        self.rows = [bytearray(width) for _ in range(height)]

    def fill(self, left: int, top: int, right: int, bottom: int, color: int) -> None:
        left, right = max(left, 0), min(right, self.width)
        for row in self.rows[max(top, 0) : max(min(bottom, self.height), 0)]:
            row[left:right] = bytes((color,)) * max(right - left, 0)

    def text(self, text: str, center: int, top: int) -> None:
        left = center - len(text) * _GLYPH_WIDTH // 2
        for index, character in enumerate(text):
            for y, bits in enumerate(_GLYPHS.get(character, (0,) * 5)):
                for x in range(3):
                    if bits & (4 >> x):
                        x0 = left + index * _GLYPH_WIDTH + x * _SCALE
                        y0 = top + y * _SCALE
                        self.fill(x0, y0, x0 + _SCALE, y0 + _SCALE, _BLACK)

    def png(self) -> bytes:
        raw = b"".join(b"\0" + bytes(row) for row in self.rows)
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        return (
            b"\x89PNG\r\n\x1a\n"
            + _chunk(b"IHDR", header)
            + _chunk(b"PLTE", _PALETTE)
            + _chunk(b"IDAT", zlib.compress(raw, 9))
            + _chunk(b"IEND", b"")
        )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def draw_bars(bars: Sequence[Bar], *, width: int = 640, height: int = 360) -> bytes:
    """A PNG: a bar a year, the return in percent at its end and the year below, `'09`; a gap where there is no
    value.
    """
    canvas = _Canvas(width, height)
    values = [value for _, value in bars if value is not None]
    if not bars:
        return canvas.png()
    top, bottom = 30, height - 50
    high, low = max([0.0, *values]), min([0.0, *values])
    reach = (high - low) or 1.0
    zero = round(top + (bottom - top) * high / reach)
    step = width / len(bars)
    canvas.fill(0, zero, width, zero + 1, _GRAY)
    for index, (year, value) in enumerate(bars):
        center = round(step * (index + 0.5))
        canvas.text(f"'{year % 100:02d}", center, height - 16)
        if value is None:
            continue
        end = round(top + (bottom - top) * (high - value) / reach)
        half = max(round(step * 0.3), 1)
        canvas.fill(center - half, min(zero, end), center + half, max(zero, end), _BLUE)
        canvas.text(f"{value * 100:.2f}%", center, end - 16 if value >= 0 else end + 6)
    return canvas.png()
