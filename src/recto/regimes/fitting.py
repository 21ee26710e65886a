"""What is said of a report by whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from recto.regimes.table import ESEF, SEC

if TYPE_CHECKING:
    from recto.findings import Finding
    from recto.regimes.model import Regime

_OF_THE_SEC = ("EFM.", "EXG.")
"""What codes of the EDGAR Filer Manual, and of the SEC's renderer, begin with."""
_SAID_BY_ESEF = frozenset(("recto:misplacedReport",))
"""What ESEF's rules say of every report in their own words."""


def fitting(findings: Iterable[Finding], regime: Regime) -> Iterator[Finding]:
    """Findings of reading and laying out a report, without those that only a report to the SEC can earn, and those that
    the regime's own rules tell."""
    for finding in findings:
        if regime is ESEF and finding.code in _SAID_BY_ESEF:
            continue
        if regime is SEC or not finding.code.startswith(_OF_THE_SEC):
            yield finding
