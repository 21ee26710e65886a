"""XBRL 2.1 (2003-12-31 with errata to 2013-02-20): one module for each part of the specification."""

from __future__ import annotations

from recto.rules import Rule
from recto.rules.xbrl21 import calculation, definitions, instance, linkbases, networks, schemas


def rules() -> list[Rule]:
    """All rules, in the order in which findings are most useful: documents, taxonomy, instance."""
    return [
        *schemas.RULES,
        *linkbases.RULES,
        *networks.RULES,
        *instance.RULES,
        *definitions.RULES,
        *calculation.RULES,
    ]
