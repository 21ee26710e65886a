"""In which language a report is read: what the reader asks for, else the report's own, else English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from recto.regimes.table import SEC
from recto.xml.xlink import XML_LANG

if TYPE_CHECKING:
    from recto.instance.model import Instance
    from recto.regimes.model import Regime

_LOOKED_AT: Final = 50
"""Concepts whose labels tell the language of a report that does not say it."""
ENGLISH: Final = ("en-US", "en-GB", "en")


def own_language(instances: Sequence[Instance]) -> str | None:
    """The language of most text facts, by `xml:lang`; else of the documents; None where neither says."""
    counts: Counter[str] = Counter()
    for instance in instances:
        for fact in instance.facts:
            if fact.language and not fact.nil and not fact.is_numeric:
                counts[fact.language] += 1
    for instance in instances if not counts else ():
        for document in getattr(instance.anchors, "documents", {}).values():
            tag = document.root.get(XML_LANG) or document.root.get("lang")
            if tag:
                counts[tag] += 1
    return max(counts, key=lambda tag: counts[tag]) if counts else None


def label_language(instances: Sequence[Instance]) -> str | None:
    """The language in which most of the facts' concepts have labels; None where they have none."""
    counts: Counter[str] = Counter()
    for instance in instances:
        concepts = list(dict.fromkeys(fact.concept for fact in instance.facts if fact.concept is not None))
        for concept in concepts[:_LOOKED_AT]:
            labels = instance.taxonomy.labels(concept)
            counts.update({label.language for label in labels if label.language})
    return max(counts, key=lambda tag: counts[tag]) if counts else None


def languages_of(instances: Sequence[Instance], regime: Regime, requested: Sequence[str] = ()) -> tuple[str, ...]:
    """Languages of labels and headings, best first, as BCP 47 tags.

    Those asked for; the report's own, or where it does not say, those in which the regime's reports are written, or
    those of the labels; then English. The SEC's pages are in English unless another language is asked for.
    """
    if regime is SEC:
        return tuple(dict.fromkeys((*requested, *SEC.languages)))
    own = own_language(instances)
    written = (own,) if own is not None else regime.languages
    if not written and not requested:
        labelled = label_language(instances)
        written = (labelled,) if labelled is not None else ()
    return tuple(dict.fromkeys((*requested, *written, *ENGLISH)))
