"""The choice among a concept's labels by role and language."""

from __future__ import annotations

from collections.abc import Sequence

from recto.taxonomy.model import Label

DEFAULT_LANGUAGES = ("en-US", "en-GB")
ANY = "*"
"""Stands among wanted languages for any language at all."""
GENERIC_LABEL_ROLE = "http://www.xbrl.org/2008/role/label"


def choose(labels: Sequence[Label], role: str | None, languages: Sequence[str], link_role: str | None) -> str | None:
    """The text of the label that rendering.md 1.5 picks, from labels by descending priority; None where there is none.

    For each wanted language in turn: the same tag, a more general one (the longest), a longer one (the shortest), one
    of the same primary language. `ANY` takes the first label there is.
    """
    candidates = [
        (label.language.lower() if label.language else "", label)
        for label in labels
        if (role is None or label.role == role) and (link_role is None or label.link_role == link_role)
    ]
    if not candidates:
        return None
    for wanted in dict.fromkeys(languages):
        if wanted == ANY:
            return candidates[0][1].text
        found = _in_language(candidates, wanted.lower())
        if found is not None:
            return found.text
    return None


def _in_language(candidates: Sequence[tuple[str, Label]], wanted: str) -> Label | None:
    best: Label | None = None
    best_rank: tuple[int, int] | None = None
    primary = wanted.partition("-")[0]
    for tag, label in candidates:
        if tag == wanted:
            return label
        if not tag:
            continue
        if wanted.startswith(tag + "-"):
            rank = (1, -len(tag))
        elif tag.startswith(wanted + "-"):
            rank = (2, len(tag))
        elif tag.partition("-")[0] == primary:
            rank = (3, 0)
        else:
            continue
        if best_rank is None or rank < best_rank:
            best, best_rank = label, rank
    return best
