"""What a page's title says of the unit of its numbers.

A page promotes the unit that all its columns share to its title, behind ` - ` (rendering.md 12): `… - USD ($)`, but
also `… - MWh`, `… - $ / bbl`, `… - shares`. A role's own title may end in ` - Buildings` likewise, so a text that is
no currency is taken for a unit on evidence: the scale line, the registry of units, the data types of the rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from recto.patterns import lazy
from recto.rendering.reading.amounts import CURRENCY
from recto.rendering.symbols import SYMBOLS

_OLD_TITLE = lazy(r"^(?P<title>.*\S)\s+\((?P<code>[A-Z]{3})\s+(?P<symbol>[^\s)]+)\)$")
_WORD = lazy(r"[^\s()\[\]:;,]+")
_RATE = lazy(r"(?P<above>\([^()]+\)|[^\s()/]+) / (?P<below>\([^()]+\)|[^\s()/]+)|per [^\s()/]+")
_CODE = lazy(r"[A-Z]{3}")
_PURE = ("pureItemType", "percentItemType")
_COUNTS = ("integerItemType", "IntegerItemType", "decimalItemType")


@dataclass(frozen=True, slots=True)
class TitleUnit:
    """A unit in a title, as it is written there; not `sure` where it may be a word of the title as well."""

    text: str
    sure: bool

    @property
    def is_rate(self) -> bool:
        return " / " in self.text


NO_UNIT = TitleUnit("", False)


def split_title(
    title: str, scaled: Collection[str] = (), types: Collection[str] = (), *, elsewhere: bool = False
) -> tuple[str, dict[str, str], TitleUnit]:
    """The title without the unit that was promoted to it; currency symbol → code for what was; any other unit.

    `BALANCE SHEETS - USD ($)` → `BALANCE SHEETS`, {`$`: `USD`}; `BALANCE SHEETS (USD $)` likewise.
    `scaled` are the symbols of the scale line, `types` local names of the data types of rows with numbers; `elsewhere`:
    columns name units, so that the title does not.
    """
    head, dash, tail = title.rpartition(" - ")
    if dash:
        found = CURRENCY.match(tail)
        if found is not None:
            return head, {found["symbol"]: found["code"]}, NO_UNIT
        if not elsewhere and _CODE.fullmatch(tail) and _money(tail, scaled, types):
            return head, {tail: tail}, NO_UNIT
        if not elsewhere and _is_unit(tail, scaled, types):
            return head, {}, TitleUnit(tail, True)
        if not elsewhere and _WORD.fullmatch(tail) and any(part in each for each in types for part in _COUNTS):
            return title, {}, TitleUnit(tail, False)
    old = _OLD_TITLE.match(title)
    if old is not None:
        return old["title"], {old["symbol"]: old["code"]}, NO_UNIT
    return title, {}, NO_UNIT


def _money(tail: str, scaled: Collection[str], types: Collection[str]) -> bool:
    """A code alone is that of a currency without a symbol of its own."""
    return tail not in SYMBOLS and (any("onetary" in each for each in types) or (not types and tail in scaled))


def _is_unit(tail: str, scaled: Collection[str], types: Collection[str]) -> bool:
    if tail in scaled or tail == "shares":
        return True
    rate = _RATE.fullmatch(tail)
    if rate is not None:
        return rate["above"] is None or any(part in SYMBOLS for part in (rate["above"], rate["below"]))
    if tail in SYMBOLS and len(tail) > 1:
        return True
    # Types of measures (energyItemType, areaItemType, a filer's own) have units; counts may have any or none.
    known = ("onetary", "sharesItemType", "perShareItemType", *_PURE, *_COUNTS)
    measured = any(not any(part in each for part in known) for each in types)
    return measured and _WORD.fullmatch(tail) is not None


def unit_names(unit: TitleUnit, currencies: Mapping[str, str]) -> tuple[str, ...]:
    """The unit as readers name it, `USD/bbl` for `$ / bbl`; for one that is not sure a pure number first."""
    parts = (currencies.get(part, part) for part in unit.text.split(" / "))
    text = "/".join(parts)
    return (text,) if unit.sure else ("pure", text)
