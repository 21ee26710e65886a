"""Inline XBRL 1.1 (2013-11-18): what the documents of a set must look like, beyond what reading them needs."""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.inline import chains, facts, grammar, sets, tuples, xhtml


def rules() -> list[Rule]:
    """All rules: what each element may hold, then how elements work together."""
    return [*grammar.RULES, *xhtml.RULES, *chains.RULES, *facts.RULES, *tuples.RULES, *sets.RULES]
