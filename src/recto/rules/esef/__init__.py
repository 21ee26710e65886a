"""ESEF: annual financial reports of issuers in the European Union.

The regulatory technical standard, Delegated Regulation (EU) 2019/815 (RTS), and ESMA's Reporting Manual. Codes are
`ESEF.`, the guidance or article and a name of ESMA's suite: `ESEF.2.1.2.periodWithTimeContent`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from recto.findings import Finding
from recto.rules import Rule
from recto.rules.esef import conformance, editions, extension, instance, markup, relations
from recto.rules.esef.filing import filing

if TYPE_CHECKING:
    from recto.filed import Filed


def rules() -> list[Rule]:
    return [
        *conformance.RULES,
        *instance.RULES,
        *markup.RULES,
        *extension.RULES,
        *relations.RULES,
        *editions.RULES,
    ]


def of_filing(filed: Filed) -> Iterable[Finding]:
    """What is told of the filing as a whole."""
    return filing(filed)
