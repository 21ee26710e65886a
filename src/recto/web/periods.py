"""Periods as whoever asks writes them: `2024-12-31` is a last day, as everywhere that people write dates."""

from __future__ import annotations

from collections.abc import Iterable

from recto.errors import UsageError
from recto.instance.model import Fact
from recto.select.periods import AMONG, period_test
from recto.viewer import words


def in_period(facts: Iterable[Fact], wanted: str) -> list[Fact]:
    """Those facts whose period is meant, in the words of `Facts.where`, or has the words in it: `3 months`.

    Raises `UsageError` for what means no period, where no fact has it in words either.
    """
    found = list(facts)
    wanted = wanted.strip()
    if not wanted:
        return found
    among = AMONG.get(wanted.lower())
    if among is not None:
        return among(found)
    try:
        test = period_test(wanted)
    except UsageError:
        told = [each for each in found if each.period and wanted.casefold() in words.period(each.period).casefold()]
        if found and not told:
            raise
        return told
    return [each for each in found if test(each)]
