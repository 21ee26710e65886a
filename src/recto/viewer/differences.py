"""Which text blocks changed from one filing to another, and what in them, word by word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any, Final

from recto.errors import NotFoundError
from recto.instance.model import Fact
from recto.viewer.describe import Description
from recto.viewer.facts import is_block, plain

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
        "parts": differences(_flat(first), _flat(second)),
    }


def text_changes(a: Description, b: Description) -> list[dict[str, str]]:
    """`{kind, concept, label}` of the text blocks that are `changed`, `new` in `b` or `gone` from it, in the order of
    the later filing; concepts are the same that have the same name with its prefix.
    """
    before, after = _blocks(a), _blocks(b)
    found: list[dict[str, str]] = []
    for name, fact in after.items():
        if name not in before:
            found.append(_change("new", fact, b))
        elif before[name].value != fact.value and _flat(before[name]) != _flat(fact):
            found.append(_change("changed", fact, b))
    return found + [_change("gone", fact, a) for name, fact in before.items() if name not in after]


def _change(kind: str, fact: Fact, description: Description) -> dict[str, str]:
    numbering = description.numbering
    number = numbering.columns[numbering.number[fact]][0]
    assert fact.concept is not None
    entry = description.concept_entry(fact.concept, numbering.taxonomy_of[number])
    return {"kind": kind, "concept": entry.name, "label": entry.label or entry.name}


def _blocks(description: Description) -> dict[str, Fact]:
    """The text block of each concept: that without dimensions, else the first."""
    found: dict[str, Fact] = {}
    for fact in description.numbering.facts:
        if fact.nil or fact.concept is None or not is_block(fact.concept):
            continue
        known = found.get(fact.concept.name)
        if known is None or (known.dimensions and not fact.dimensions):
            found[fact.concept.name] = fact
    return found


def _flat(fact: Fact) -> str:
    return " ".join(plain(fact.value).split())


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
