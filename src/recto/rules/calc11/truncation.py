"""Calculations 1.1 where the report's numbers were truncated, not rounded to nearest."""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.calc11.check import duplicate_relationships, item_types, truncated_calculations


def rules() -> list[Rule]:
    """All rules, reported numbers being truncated."""
    return [item_types, duplicate_relationships, truncated_calculations]
