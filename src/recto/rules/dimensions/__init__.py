"""XBRL Dimensions 1.0 (2012-01-25): taxonomy errors (xbrldte) and instance errors (xbrldie)."""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.dimensions import declarations, facts, relationships


def rules() -> list[Rule]:
    return [*declarations.RULES, *relationships.RULES, *facts.RULES]
