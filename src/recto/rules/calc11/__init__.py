"""Calculations 1.1 (2023-02-22): whether totals can be the sums of their items, given how each was rounded.

The rules hold for the specification's own arcrole. Relationships of XBRL 2.1's summation-item, which the specification
leaves to the processor, are checked likewise where the rules are asked for by name (`--rules calc11`).
"""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.calc11.check import duplicate_relationships, item_types, rounded_calculations


def rules() -> list[Rule]:
    """All rules, reported numbers being rounded to nearest."""
    return [item_types, duplicate_relationships, rounded_calculations]
