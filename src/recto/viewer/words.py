"""Periods, units and references in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from recto.instance.model import Period, Unit
from recto.names import QName
from recto.once import Made
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
    if span.months > 0:
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
        part = Made(_part).__getitem__
        self._told: Made[tuple[tuple[QName, str], ...], str] = Made(
            lambda parts: ", ".join(filter(None, map(part, parts)))
        )

    def told(self, references: Iterable[Reference]) -> tuple[str, ...]:
        """The parts of each in one line: `Accounting Standards Codification, Topic 855, Paragraph 1 (URI …)`; none of
        those that have no parts with text.
        """
        told = self._told
        return tuple([text for each in references if (text := told[each.parts])])


def _part(part: tuple[QName, str]) -> str:
    """A part of a reference in words; empty where it has no text."""
    name, text = part
    text = " ".join(text.split())
    return text if not text or name.local in _TELLING_THEMSELVES else f"{name.local} {text}"


_TELLING_THEMSELVES: Final = frozenset(("Publisher", "Name", "URI"))
