"""The EDGAR Filer Manual, chapters 5.2 and 6: what the SEC demands of the reports filed with it.

One module for each section or idea. Codes are `EFM.`, the section and a name: `EFM.6.05.12.duplicateFacts`.
"""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.efm import cover


def rules() -> list[Rule]:
    return [*cover.rules()]
