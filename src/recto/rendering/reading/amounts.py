"""What the texts of a page mean: scale lines, headings, amounts.

Two generations of pages are understood: `… - USD ($)` over `$ in Millions, shares in Thousands` (since 2013),
and `… (USD $)` over `In Millions, except Share data in Thousands` before that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from recto.patterns import lazy

WORDS = {
    "Units": 0,
    "Hundreds": 2,
    "Thousands": 3,
    "Millions": 6,
    "Billions": 9,
    "Trillions": 12,
    "Quadrillions": 15,
    "Quintillions": 18,
}
MONEY = "money"
"""Key of an old page's scale that holds for amounts of any currency."""

Category = Literal["money", "per share", "shares", "percent", "number"]

_ENTRY = lazy(r"^(?P<symbol>.+?) in (?P<word>\w+)$")
CURRENCY = lazy(r"^(?P<code>[A-Z]{3}) \((?P<symbol>[^)]+)\)$")
"""A currency in a title or heading."""
_DATE = lazy(r"^(?P<month>[A-Z][a-z]{2})\.? {1,2}(?P<day>\d\d), {1,2}(?P<year>\d{4})$")
_WRITTEN = lazy(
    r"\b((?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October)\s+(\d{1,2}),\s+(\d{4})\b"
)
_MONTHS_ENDED = lazy(r"^(?P<months>\d+) Months? Ended$")
_AMOUNT = lazy(
    r"^(?P<open>\()?(?P<minus>-)?\s*(?P<symbol>[^\d\s().,%-][^\d(),%]*?)?\s*(?P<open2>\()?(?P<minus2>-)?"
    r"(?P<digits>\d[\d,]*(?:\.\d*)?|\.\d+)\s*(?P<percent>%)?\s*\)?$"
)
_CALENDAR = 12 * 9999
"""Months of the years that dates have."""
_CALENDAR_DIGITS = len(str(_CALENDAR))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as a cell prints it; `digits` has the sign of parentheses and is not scaled yet."""

    digits: Decimal
    symbol: str = ""
    percent: bool = False

    @property
    def places(self) -> int:
        exponent = self.digits.as_tuple().exponent
        return -exponent if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True)
class Scale:
    """Powers of ten by unit symbol (`$` → 6); old pages have them by category instead."""

    powers: dict[str, int] = field(default_factory=dict)

    @classmethod
    def parse(cls, line: str) -> Scale:
        """Reads the second line of a title cell. A line that says nothing of scale gives an empty one."""
        line = line.strip()
        if line.startswith("In ") or "unless otherwise specified" in line:
            return cls(_old_scale(line))
        powers = {}
        for entry in re.split(r",\s+", line):
            match = _ENTRY.match(entry.strip())
            if match is not None and match["word"] in WORDS:
                powers[match["symbol"]] = WORDS[match["word"]]
        return cls(powers)

    def power(self, symbol: str, category: Category) -> int:
        """The exponent for an amount: its own symbol's entry, or an old page's entry for the category."""
        if category == "percent":
            return 0
        if symbol in self.powers:
            return self.powers[symbol]
        return self.powers.get(category, 0)


def _old_scale(line: str) -> dict[str, int]:
    powers: dict[str, int] = {}
    first = re.match(r"In (\w+)", line)
    if first is not None and first[1] in WORDS:
        powers[MONEY] = powers["number"] = powers["shares"] = WORDS[first[1]]
    excepted = re.search(r"except (.*?)(?:, unless otherwise specified)?$", line)
    if excepted is not None:
        for part in excepted[1].split(","):
            named = re.match(r"\s*(Per Share|Share) data(?: in (\w+))?", part)
            if named is not None:
                powers["per share" if named[1] == "Per Share" else "shares"] = WORDS.get(named[2] or "", 0)
    powers.setdefault("per share", 0)
    return powers


def parse_amount(text: str) -> Amount | None:
    """The number that a cell shows: `$ (1,234)`, `(12.5)`, `90.00%`, `¥ 110,668`; None where it shows none."""
    match = _AMOUNT.match(text.replace("\xa0", " ").strip())
    if match is None:
        return None
    value = Decimal(match["digits"].replace(",", "") or "0")
    if match["open"] or match["open2"] or match["minus"] or match["minus2"]:
        value = -value
    percent = match["percent"] is not None
    return Amount(value.scaleb(-2) if percent else value, (match["symbol"] or "").strip(), percent)


def unit_of_heading(label: str) -> tuple[str, str] | None:
    """(symbol, code) of a currency heading `USD ($)`, or of a bare code `CHF`; None for other headings."""
    match = CURRENCY.match(label)
    if match is not None:
        return match["symbol"], match["code"]
    return (label, label) if re.fullmatch(r"[A-Z]{3}", label) else None


def parse_date(text: str) -> date | None:
    """`Mar. 29, 2025`, as headings (one blank) and cells (two) print it."""
    match = _DATE.match(text.strip())
    if match is None or match["month"] not in _MONTHS:
        return None
    try:
        return date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        return None


def written_date(text: str) -> date | None:
    """The only date that a label spells out (`outstanding as of September 29, 2023`); None for none or several."""
    found = _WRITTEN.findall(text)
    if len(found) != 1:
        return None
    month, day, year = found[0]
    return parse_date(f"{month[:3]} {int(day):02}, {year}")


def parse_months(text: str) -> int | None:
    """`3 Months Ended` → 3; None for another heading, and for more months than the calendar has."""
    match = _MONTHS_ENDED.match(text.strip())
    if match is None or len(match["months"]) > _CALENDAR_DIGITS:
        return None
    months = int(match["months"])
    return months if months <= _CALENDAR else None


def tells_months(text: str) -> bool:
    """Whether a heading tells a length in months, be it one that the calendar does not have."""
    return _MONTHS_ENDED.match(text.strip()) is not None


def date_in_label(label: str) -> tuple[str, date | None]:
    """`Ending balance at Dec. 31, 2023` → (`Ending balance`, that day): balance rows carry their own date."""
    head, at, tail = label.rpartition(" at ")
    day = parse_date(tail) if at else None
    return (head, day) if day is not None else (label, None)


def start_of(end: date, months: int) -> date:
    """The usual first day of a duration of whole months that ends on `end`; pages do not print it."""
    after = end + timedelta(days=1) if end < date.max else end
    index = after.year * 12 + after.month - 1 - months
    year, month = divmod(index, 12)
    for day in range(after.day, 0, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    raise AssertionError("every month has a first day")
