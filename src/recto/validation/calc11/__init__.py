"""Calculations 1.1 (2023-02-22): whether totals can be the sums of their items, given how each was rounded.

The rules hold for the specification's own arcrole. Relationships of XBRL 2.1's summation-item are checked likewise
where XBRL 2.1's own check is not asked for (`--rules calc11`), which the specification leaves open (4.1).
"""

from __future__ import annotations

from recto.validation import Rule
from recto.validation.calc11.check import duplicate_relationships, item_types, rounded_calculations


def rules() -> list[Rule]:
    """All rules, reported numbers being rounded to nearest."""
    return [item_types, duplicate_relationships, rounded_calculations]
