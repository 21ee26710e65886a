"""Inline XBRL 1.1 (2013-11-18): structure of inline documents and document sets.

What keeps a value from being read (transformations, missing continuations, …) is reported where it is read, in
`recto.instance.inline`; the rules here are about everything else.
"""

from __future__ import annotations

from recto.validation import Rule
from recto.validation.inline import continuations, facts, structure


def rules() -> list[Rule]:
    return [*structure.RULES, *facts.RULES, *continuations.RULES]
