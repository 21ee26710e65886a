"""Inline documents (EDGAR Filer Manual, 5.2.5)."""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.efm.inline import elements, hidden, markup


def rules() -> list[Rule]:
    return [*markup.RULES, *elements.RULES, *hidden.RULES]
