"""The filing rules of the European Banking Authority and of EIOPA that need no formula.

Both stand on the European Filing Rules (CWA 16744-3) and keep their numbers. Codes are the authority, the rule's number
and a name: `EBA.1.4.encoding`. What needs tables or formulas is not checked: docs/regimes.md names it.
"""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.eurofiling import contexts, document, facts, indicators, package, units


def rules() -> list[Rule]:
    return [
        *document.RULES,
        *indicators.RULES,
        *contexts.RULES,
        *facts.RULES,
        *units.RULES,
        *package.RULES,
    ]
