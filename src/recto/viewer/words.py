"""Periods, units and references in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from recto.instance.model import Period, Unit
from recto.names import QName
from recto.rendering.spans import Span, date_label
from recto.taxonomy.model import Reference


def period(given: Period) -> str:
    """`12 months ended Dec. 31, 2024`, `At Dec. 31, 2024`, `Jan. 02, 2024 to Jan. 15, 2024`, `Any time`."""
    if given.end is None:
        return "Any time"
    span = Span(given.start, given.end)
    if given.start is None:
        clock = "" if given.end.time() == datetime.min.time() else f", {given.end.time().isoformat('minutes')}"
        return f"At {span.label}{clock}"
    if span.months:
        return f"{span.months} month{'' if span.months == 1 else 's'} ended {span.label}"
    return f"{date_label(given.start)} to {span.label}"


def unit(given: Unit) -> str:
    """`USD`, `USD per shares`."""
    above = " × ".join(measure.local for measure in given.numerators)
    below = " × ".join(measure.local for measure in given.denominators)
    return f"{above} per {below}" if below else above


class References:
    """References in words. Many concepts have equal ones, which are put in words once."""

    def __init__(self) -> None:
        self._told: dict[tuple[tuple[QName, str], ...], str] = {}
        self._parts: dict[tuple[QName, str], str] = {}

    def told(self, references: Iterable[Reference]) -> tuple[str, ...]:
        """The parts of each in one line: `Accounting Standards Codification, Topic 855, Paragraph 1 (URI …)`; none of
        those that have no parts with text.
        """
        told = self._told
        texts: list[str] = []
        for each in references:
            text = told.get(each.parts)
            if text is None:
                text = told[each.parts] = ", ".join(filter(None, map(self._part, each.parts)))
            if text:
                texts.append(text)
        return tuple(texts)

    def _part(self, part: tuple[QName, str]) -> str:
        """In words; empty where it has no text."""
        known = self._parts.get(part)
        if known is None:
            name, text = part
            text = " ".join(text.split())
            known = text if not text or name.local in _TELLING_THEMSELVES else f"{name.local} {text}"
            self._parts[part] = known
        return known


_TELLING_THEMSELVES: Final = frozenset(("Publisher", "Name", "URI"))
