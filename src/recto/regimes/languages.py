"""In which language a report is read: what the reader asks for, else the report's own, else English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from recto.regimes.table import SEC

if TYPE_CHECKING:
    from recto.instance.model import Instance
    from recto.regimes.model import Regime

ENGLISH: Final = ("en-US", "en-GB", "en")


def own_language(instances: Sequence[Instance]) -> str | None:
    """The language of most text facts, by `xml:lang`; None where no text fact has one."""
    counts: Counter[str] = Counter()
    for instance in instances:
        for fact in instance.facts:
            if fact.language and not fact.nil and not fact.is_numeric:
                counts[fact.language] += 1
    return max(counts, key=lambda tag: counts[tag]) if counts else None


def languages_of(instances: Sequence[Instance], regime: Regime, requested: Sequence[str] = ()) -> tuple[str, ...]:
    """Languages of labels and headings, best first, as BCP 47 tags.

    Those asked for; the report's own, or where it does not say, those in which the regime's reports are written; then
    English. The SEC's pages are in English unless another language is asked for.
    """
    if regime is SEC:
        return tuple(dict.fromkeys((*requested, *SEC.languages)))
    own = own_language(instances)
    written = (own,) if own is not None else regime.languages
    return tuple(dict.fromkeys((*requested, *written, *ENGLISH)))
