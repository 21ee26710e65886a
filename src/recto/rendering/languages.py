"""In whose words pages speak."""

from __future__ import annotations

from collections.abc import Sequence

from recto.rendering.words import ENGLISH, Words


def words_for(languages: Sequence[str], *, sec: bool) -> Words:
    """The words of the first language; the SEC's for its own pages in English, and where `babel` is not installed."""
    first = languages[0] if languages else "en"
    if sec and first.partition("-")[0].lower() == "en":
        return ENGLISH
    try:
        from recto.rendering.local import LocalWords
    except ModuleNotFoundError:  # the extra `locale` is not installed
        return ENGLISH
    return LocalWords.of(first) or ENGLISH
