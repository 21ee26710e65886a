"""Units as pages write them: symbols, captions and row suffixes (rendering.md 1.6)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from recto.instance.model import Unit
from recto.names import ISO4217, UTR, XBRLI, QName
from recto.rendering.symbols import registered_symbol
from recto.taxonomy.model import Taxonomy

_BARE: Final = frozenset((XBRLI, ISO4217))
_RATE: Final = QName(UTR, "Rate")


class UnitText:
    """A unit with what is written of it. One object per unit element: two elements with equal measures stay two
    (3.5).
    """

    __slots__ = ("code", "heading", "id", "is_rate", "line", "money", "single", "suffix", "symbol", "unit")
    unit: Unit
    id: str
    line: int
    symbol: str
    """`$`, `$ / shares`, `ft²`."""
    heading: str | None
    """In captions and titles: `USD ($)`; None for pure numbers."""
    suffix: str | None
    """In row labels and scale lines: the symbol; None for pure numbers."""
    code: str
    """Local name of the first numerator."""
    money: str
    """What stands in front of a per-share amount: `$` of `$ / shares`."""

    def __init__(self, unit: Unit, taxonomy: Taxonomy) -> None:
        self.unit = unit
        self.id = unit.id
        self.line = unit.line
        self.single = len(unit.numerators) == 1 and not unit.denominators
        self.is_rate = unit.measure is _RATE
        self.symbol = symbol = unit_symbol(unit, taxonomy)
        name = _name(unit) or symbol
        if not self.single and symbol:
            self.heading = symbol
        elif "pure" in name.casefold():
            self.heading = None
        else:
            self.heading = name if name == symbol else f"{name} ({symbol})"
        suffix = symbol or unit.id
        self.suffix = None if "pure" in suffix else suffix
        self.code = unit.numerators[0].local if unit.numerators else ""
        self.money = symbol.removesuffix(" / shares") or self.code


def unit_symbol(unit: Unit, taxonomy: Taxonomy) -> str:
    """`N / D` of the measures' symbols; a side of several measures is in parentheses beside another side."""
    above = _side(unit.numerators, taxonomy, parentheses=bool(unit.denominators))
    if not unit.denominators:
        return above
    below = _side(unit.denominators, taxonomy, parentheses=True)
    return f"{above} / {below}" if above else f"per {below}"


def _side(measures: Sequence[QName], taxonomy: Taxonomy, *, parentheses: bool) -> str:
    if len(measures) == 1:
        return _measure_symbol(measures[0], taxonomy)
    text = " ".join(sorted(_measure_symbol(measure, taxonomy) for measure in measures))
    return f"({text})" if parentheses and text else text


def _measure_symbol(measure: QName, taxonomy: Taxonomy) -> str:
    symbol = registered_symbol(measure.namespace, measure.local)
    if symbol is None and measure.namespace not in _BARE and measure.namespace != UTR:
        concept = taxonomy.concept(measure)
        if concept is not None:
            labels = taxonomy.labels(concept)
            symbol = labels[0].text.strip() if labels else None
    return symbol or measure.local


def _name(unit: Unit) -> str | None:
    """The measures' local names; None where one of them would need a prefix: then the symbol stands for the name."""
    measures: Iterable[QName] = (*unit.numerators, *unit.denominators)
    if any(measure.namespace not in _BARE for measure in measures):
        return None
    above = " ".join(measure.local for measure in unit.numerators)
    if not unit.denominators:
        return above
    below = " ".join(measure.local for measure in unit.denominators)
    return f"{above} / {below}" if above else f"/ {below}"
