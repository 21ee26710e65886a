"""Scaling of amounts, the scale line, currency symbols (rendering.md 13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Final

from msgspec import Struct, field

from recto.rendering.lines import Grid, Slot
from recto.rendering.units import UnitText
from recto.rendering.view import Item
from recto.rendering.words import ENGLISH, Words

_NO_DECIMALS: Final = -(2**63)
_SENSELESS: Final = -(2**60)
_CONTEXT: Final = Context(prec=28, rounding=ROUND_HALF_EVEN)


_QUANTA: Final = (Decimal(1), Decimal("0.1"))
"""By the number of decimal places."""


class Scale(Struct, frozen=True):
    """How amounts of a unit are shown: multiplied by 10^exponent, with this many decimal places, 0 or 1."""

    exponent: int
    places: int

    @property
    def quantum(self) -> Decimal:
        return _QUANTA[self.places]


class Scaling(Struct, frozen=True):
    """The scales of a page's units, by unit id, and its scale line."""

    scales: Mapping[str, Scale] = field(default_factory=dict)
    caption: str = ""
    """With its leading blank; empty where nothing is scaled: then rounding is off."""

    def amount(self, item: Item, value: str) -> str:
        """The number as text: the lexical digits, or scaled, half to even (13.4)."""
        scale = self.scales.get(item.unit.id) if self.caption and item.unit is not None else None
        return value if scale is None else scaled(value, scale)


def scaled(value: str, scale: Scale) -> str:
    """2500 in thousands is 2, 101500 is 102, -400 is -0. What needs more than 28 digits is `nan` (13.4)."""
    try:
        number = Decimal(value.strip()).scaleb(scale.exponent, _CONTEXT).quantize(scale.quantum, context=_CONTEXT)
    except InvalidOperation:
        return "nan"
    return format(number, "f")


def scale_of(items: Sequence[Item]) -> Scale | None:
    """The scale that a unit's facts allow by their decimals; one place is kept where the exponent is coarser (13.1).

    Facts without decimals have no say; where none has decimals, the scale is senseless and every amount `nan`, as on
    the SEC's pages.
    """
    best = _NO_DECIMALS
    for item in items:
        decimals = item.fact.decimals
        if decimals is None:
            continue
        if decimals == "INF" or decimals > -3:
            return None
        best = max(best, decimals)
    exponent = 3 * round(best / 3)  # the nearest multiple of three
    return Scale(exponent, 1 if exponent < best else 0)


def scaling_of(scalable: Mapping[str, Sequence[Item]], *, statement: bool, words: Words = ENGLISH) -> Scaling:
    """Scales and scale line of a page (13.1 to 13.3)."""
    scales: dict[str, Scale] = {}
    for unit_id, items in scalable.items():
        scale = scale_of(items)
        if scale is not None:
            scales[unit_id] = scale
    if not scales:
        return Scaling()
    units: dict[str, UnitText] = {}
    for unit_id, items in scalable.items():
        unit = items[0].unit
        assert unit is not None
        units[unit_id] = unit
    entries = [(scale.exponent, _symbol(units[unit_id], scale)) for unit_id, scale in scales.items()]
    if not statement:
        entries += [(0, _symbol(unit)) for unit in _per_share_units(scalable, units, scales)]
    entries.sort(key=lambda entry: (entry[0], entry[1] or ""), reverse=True)
    texts = [words.scale(symbol, factor) for factor, symbol in entries]
    return Scaling(scales, ",".join(texts))


def _symbol(unit: UnitText, scale: Scale | None = None) -> str | None:
    """The symbol, or the unit's id where it is that of a pure number. Where no fact has decimals there is none, and
    the word None is printed for it.
    """
    return None if scale is not None and scale.exponent < _SENSELESS else unit.suffix or unit.id


def _per_share_units(
    scalable: Mapping[str, Sequence[Item]], units: Mapping[str, UnitText], scales: Mapping[str, Scale]
) -> list[UnitText]:
    """For each currency its first per-share unit that is not scaled itself: told as `$ / shares in Units` (13.2)."""
    found: dict[UnitText, None] = {}
    per_share = [units[unit_id] for unit_id, items in scalable.items() if any(item.traits.per_share for item in items)]
    for unit_id, items in scalable.items():
        if not any(item.traits.monetary and item.fact.decimals is not None for item in items):
            continue
        mate = next((unit for unit in per_share if unit.code == units[unit_id].code), None)
        if mate is not None and mate.id not in scales:
            found[mate] = None
    return list(found)


# Currency symbols


def thin_symbols(grid: Grid) -> None:
    """Shows the symbol on the first and the last amount of each run of one unit in a column (13.5)."""
    on_columns = "unit" in grid.column_axes
    for column in grid.columns:
        if column.hidden or not column.inventory:
            continue
        slots = [slot for _, slot in column.shown_cells()]
        _thin(slots)
        if on_columns:
            column.symbol = _column_symbol(slots)


def _thin(slots: Sequence[Slot]) -> None:
    start = 0
    while start < len(slots):
        code = _run_code(slots[start])
        end = start
        while end + 1 < len(slots) and _run_code(slots[end + 1]) == code:
            end += 1
        if code is not None:
            slots[start].show = True
            slots[end].show = True
        start = end + 1


def _run_code(slot: Slot) -> str | None:
    item = slot.item
    return item.unit.id if item.money and item.unit is not None else None


def _column_symbol(slots: Sequence[Slot]) -> str:
    """A column has one symbol, that of its first cell that shows one, whatever the other cells' units (13.5)."""
    return next((slot.item.symbol for slot in slots if slot.show and slot.item.symbol), "")
