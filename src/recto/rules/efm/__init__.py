"""The EDGAR Filer Manual, chapters 5.2 and 6: what the SEC demands of the reports filed with it.

One module for each section or idea. Codes are `EFM.`, the section and a name: `EFM.6.05.12.duplicateFacts`.
What needs EDGAR's own data is not checked: docs/regimes.md names it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import wraps
from typing import TYPE_CHECKING

from recto.findings import Finding
from recto.rules import Rule

if TYPE_CHECKING:
    from recto.rules.subject import Subject


def rules() -> list[Rule]:
    return [_of_default_target(rule) for rule in _rules()]


def _of_default_target(rule: Rule) -> Rule:
    """The rule for the default target of inline documents alone: EDGAR takes no other (5.2.5)."""

    @wraps(rule)
    def checked(subject: Subject) -> Iterable[Finding]:
        return rule(subject) if subject.instance.target is None else ()

    return checked


def _rules() -> list[Rule]:
    from recto.rules.efm import (
        contexts,
        cover,
        documents,
        exhibits,
        extensions,
        facts,
        footnotes,
        inline,
        labels,
        linkbases,
        networks,
        registrants,
        repositories,
        schemas,
        series,
        taxonomies,
        text_blocks,
    )

    return [
        *inline.rules(),
        *documents.RULES,
        *contexts.RULES,
        *facts.RULES,
        *text_blocks.RULES,
        *footnotes.RULES,
        *cover.rules(),
        *registrants.RULES,
        *repositories.RULES,
        *series.RULES,
        *exhibits.RULES,
        *schemas.RULES,
        *linkbases.RULES,
        *labels.RULES,
        *networks.RULES,
        *extensions.RULES,
        *taxonomies.RULES,
    ]
