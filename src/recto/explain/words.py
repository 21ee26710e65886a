"""Words for what the layout works with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from recto.instance.model import Fact
from recto.names import QName
from recto.rendering.lines import Axis, Line
from recto.rendering.spans import Span
from recto.rendering.view import Item, Typed, View
from recto.reprs import shorten

_MOST: Final = 10
_LONG: Final = 60
"""Characters of an id that is told whole."""
_ROLES: Final = {
    "label": "standard label",
    "terseLabel": "terse label",
    "verboseLabel": "verbose label",
    "totalLabel": "total label",
    "periodStartLabel": "label for the start of a period",
    "periodEndLabel": "label for the end of a period",
    "negatedLabel": "negated label",
    "negatedTotalLabel": "negated total label",
    "negatedTerseLabel": "negated terse label",
    "negatedPeriodStartLabel": "negated label for the start of a period",
    "negatedPeriodEndLabel": "negated label for the end of a period",
    "negatedNetLabel": "negated net label",
    "netLabel": "net label",
    "negated": "negated label",
    "negatedTotal": "negated total label",
    "negatedTerse": "negated terse label",
    "negatedPeriodStart": "negated label for the start of a period",
    "negatedPeriodEnd": "negated label for the end of a period",
    "negatedNet": "negated net label",
}
"""The last ones are those of the US-GAAP taxonomies up to 2009."""


def role_name(role: str | None) -> str:
    """A label role in words; the end of its URI where it is none of XBRL's own."""
    if role is None:
        return _ROLES["label"]
    tail = role.rpartition("/")[2]
    return _ROLES.get(tail, f"label of role {tail}")


def period(span: Span | None) -> str:
    if span is None:
        return "no date"
    if span.start is None:
        return f"the instant {span.label}"
    months = f"{span.months} months" if span.months != 1 else "1 month"
    return f"the {months} ended {span.label}" if span.months > 0 else f"the period from {_day(span)} to {span.label}"


def _day(span: Span) -> str:
    return span.start.date().isoformat() if span.start is not None else ""


def axis(name: Axis) -> str:
    if isinstance(name, QName):
        return name.local
    return {"period": "periods", "unit": "units", "primary": "concepts"}[name]


def members(item: Item) -> str:
    """`ProductOrServiceAxis = IPhoneMember`; empty where the fact has none."""
    return ", ".join(
        f"{each.local} = {member.text if isinstance(member, Typed) else member.local}"
        for each, member in item.place.members.items()
    )


def fact(item: Item) -> str:
    """`us-gaap:Assets of Dec. 31, 2024 (f-12)`."""
    span = item.place.span
    when = f" of {span.label}" if span is not None else ""
    return f"{item.concept.name}{when} ({identifier(item.fact)})"


def identifier(each: Fact) -> str:
    """A fact's id; of a long one, as some programs make them, its beginning and end."""
    return each.id if len(each.id) <= _LONG else f"{each.id[:12]}…{each.id[-12:]}"


def better(kept: Fact, fact: Fact) -> str:
    """Which of two duplicates is shown, and whether they agree."""
    if kept.nil != fact.nil:
        why = "what has a value is shown before what is nil"
    elif kept.is_numeric and kept.decimals != fact.decimals:
        why = f"the more accurate of the two is shown (decimals {kept.decimals}, here {fact.decimals})"
    elif not kept.is_numeric and (kept.language or "") != (fact.language or ""):
        why = f"the text in {kept.language or 'no language'} is shown, this one is in {fact.language or 'no language'}"
    else:
        why = "the first of the two is shown"
    agree = "" if kept.nil or fact.nil or kept.value == fact.value else ", and their values differ"
    return why + agree


def footnotes(numbers: Sequence[object]) -> str:
    """`Footnote 1 belongs`, `Footnotes 1, 2 belong`."""
    told = ", ".join(map(str, numbers))
    return f"Footnotes {told} belong" if len(numbers) > 1 else f"Footnote {told} belongs"


def value(each: Fact) -> str:
    if each.nil:
        return "nil"
    return shorten(each.value)


def heading(line: Line, view: View) -> str:
    """What a column is called, hidden ones too: its headings, else its period, units and members."""
    if line.labels:
        return " ".join(line.labels)
    parts: list[str] = []
    if line.span is not None:
        parts.append(period(line.span))
    if line.first is not None:
        unit = line.first.item.unit
        if unit is not None and unit.symbol:
            parts.append(unit.symbol)
        told = members(line.first.item)
        if told:
            parts.append(told)
    return ", ".join(parts) or "without heading"


def ids(items: Iterable[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.fact.id for item in items))[:_MOST]


def together(names: Sequence[str]) -> str:
    """`a, b and c`, all of them."""
    return " and ".join([*([", ".join(names[:-1])] if len(names) > 1 else []), *names[-1:]])


def listed(names: Sequence[str], most: int = 5) -> str:
    """`a, b, c and 4 more`."""
    shown = list(dict.fromkeys(names))
    if len(shown) <= most:
        return ", ".join(shown)
    return f"{', '.join(shown[:most])} and {len(shown) - most} more"
