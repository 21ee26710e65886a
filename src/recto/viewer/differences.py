"""What changed in a text block from one filing to another, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any, Final

from recto.errors import NotFoundError
from recto.instance.model import Fact
from recto.viewer.describe import Description
from recto.viewer.facts import plain

_MOST_WORDS: Final = 20_000
"""Words of a text that are compared one by one; of longer ones, sentences."""


def text_difference(a: Description, b: Description, concept: str) -> dict[str, Any]:
    """`{concept, a, b, parts: [[kind, text]…]}` with kinds `same`, `gone` and `new`.

    Raises `NotFoundError` where one of the filings has no text of the concept.
    """
    first, second = _fact(a, concept), _fact(b, concept)
    return {
        "concept": concept,
        "a": first.id,
        "b": second.id,
        "parts": differences(" ".join(plain(first.value).split()), " ".join(plain(second.value).split())),
    }


def differences(a: str, b: str) -> list[tuple[str, str]]:
    """(kind, text) in order: what both have, what only `a` has, what only `b` has."""
    before, after = a.split(" "), b.split(" ")
    if max(len(before), len(after)) > _MOST_WORDS:
        before, after = a.replace(". ", ".\n").split("\n"), b.replace(". ", ".\n").split("\n")
    parts: list[tuple[str, str]] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=len(before) > 2000).get_opcodes():
        if kind == "equal":
            parts.append(("same", " ".join(before[i:j])))
            continue
        if j > i:
            parts.append(("gone", " ".join(before[i:j])))
        if m > k:
            parts.append(("new", " ".join(after[k:m])))
    return parts


def _fact(description: Description, concept: str) -> Fact:
    """The text of the concept without dimensions, else the first one; names are compared with their prefixes."""
    found = [
        fact
        for fact in description.numbering.facts
        if fact.concept is not None and fact.concept.name == concept and fact.unit is None and not fact.nil
    ]
    if not found:
        raise NotFoundError(f"there is no text of {concept!r}", document=description.filing.name)
    return next((fact for fact in found if not fact.dimensions), found[0])
