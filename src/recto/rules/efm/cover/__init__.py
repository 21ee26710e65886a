"""Cover pages: what each form's must, may and may not have (EDGAR Filer Manual, 6.5.20 and 6.5.40 to 6.5.60).

An interpreter runs over a table of our own (`tables/cover.json`), which restates the SEC's.
"""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.efm.cover import rows


def rules() -> list[Rule]:
    return rows.RULES
