"""What is said of a report only where it is the SEC's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from recto.regimes.table import SEC

if TYPE_CHECKING:
    from recto.findings import Finding
    from recto.regimes.model import Regime

_OF_THE_SEC = ("EFM.", "EXG.")
"""What codes of the EDGAR Filer Manual, and of the SEC's renderer, begin with."""


def fitting(findings: Iterable[Finding], regime: Regime) -> Iterator[Finding]:
    """Findings of reading and laying out a report, without those that only a report to the SEC can earn."""
    for finding in findings:
        if regime is SEC or not finding.code.startswith(_OF_THE_SEC):
            yield finding
