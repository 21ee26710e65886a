"""What making the SEC's pages shows of a filing (EDGAR Filer Manual, 6.24 to 6.26, and what else pages depend on).

Layout knows which movement lacks an instant, or which embedding command names what is not there, and says so to whom it
was handed (`recto.findings.observed`): that it is a fault, by which section, is told here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from recto.findings import Finding
from recto.findings.catalogue import found
from recto.rules import Rule

if TYPE_CHECKING:
    from recto.findings.observed import Observed
    from recto.rules.subject import Subject

_SECTIONS: Final[dict[str, str]] = {
    "roleDefinition": "6.07.12",
    "unorderedUnits": "6.12.09",
    "phantomAxes": "6.26.01",
    "skippedBalance": "6.26.02",
    "noBalances": "6.26.03",
    "malformedCommand": "6.26.04.",
    "nothingToLayOut": "6.26.05.embeddingCmdMissingIterator",
    "unorderedAxis": "6.26.06",
    "noAnnualReturns": "6.26.07",
    "tooManyBars": "6.26.08",
    "elementsOnColumns": "6.26.09",
}
"""The section, or its beginning, by what the layout met."""


def judge(met: Observed) -> Finding | None:
    """What the manual says of something that the layout met."""
    section = _SECTIONS.get(met.what)
    if section is None:
        return None
    arguments: dict[str, Any] = dict(met.arguments)
    if met.what == "malformedCommand":
        arguments["text"] = str(arguments["text"]).removesuffix(".")
    return found(
        f"EFM.{section}{met.code}",
        document=met.document,
        line=met.line,
        element=met.element,
        facts=met.facts,
        **arguments,
    )


def pages(subject: Subject) -> Iterator[Finding]:
    """Rules of the manual about pages."""
    filing = subject.filing
    if filing is None or subject.instance is not filing.instances[0]:
        return
    yield from filing.met_in_layout


def rules() -> list[Rule]:
    return [pages]
