"""How pages write dates, numbers, units and the few words of their own: the SEC's English, which others replace.

Every word that a page has not from the report or its taxonomy goes through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from recto.rendering.durations import worded
from recto.rendering.spans import balance_date_label, date_label

if TYPE_CHECKING:
    from recto.rendering.spans import Span

SCALES: Final = {
    0: "Units",
    -3: "Thousands",
    -6: "Millions",
    -9: "Billions",
    -12: "Trillions",
    -15: "Quadrillions",
    -18: "Quintillions",
}


class Words:
    """The SEC's (rendering.md 6.1, 12.2, 13.3, 15, 19.5, 19.6)."""

    language = ""
    """BCP 47 tag for the HTML of pages; empty where they are the SEC's own."""
    right_to_left = False
    total = "Total"
    facts = "Facts"
    other_facts = "Other facts"
    filing_indicators = "Filing indicators"

    def date(self, day: datetime) -> str:
        return date_label(day)

    def caption(self, span: Span) -> list[str]:
        """The headings that a column's period gives."""
        return [f"{span.months} Months Ended", span.label] if span.months > 0 else [span.label]

    def shared_period(self, span: Span) -> str:
        """A period that all columns share."""
        return f"{span.months} months ended {span.label}" if span.months > 0 else span.label

    def balance(self, text: str, more: Sequence[str], day: datetime | None, *, dated: bool) -> str:
        """The label of a balance row; `more` goes into parentheses."""
        date = "" if day is None else balance_date_label(day)
        if not text:
            return f" at {date}"
        if more:
            text += f" ({', '.join(more)})"
        return f"{text} at {date}" if date and dated else text

    def balance_date(self, day: datetime) -> str:
        return balance_date_label(day)

    def number(self, plain: str) -> str:
        """A number in the SEC's form, `$ (1,234.50)`, `90.00%`, as these words have it."""
        return plain

    def cell_date(self, plain: str, text: str) -> str:
        """A date of a cell: `plain` in the SEC's form, `text` as reported."""
        return plain

    def duration(self, text: str) -> str:
        """Durations within a text, in words."""
        return worded(text)

    def truth(self, value: bool) -> str:
        return "True" if value else "False"

    def scale(self, symbol: str | None, exponent: int) -> str:
        """One entry of the scale line, with its leading blank."""
        return f" {symbol} in {SCALES.get(exponent, f'scaling factor is {exponent}')}"


ENGLISH: Final = Words()
