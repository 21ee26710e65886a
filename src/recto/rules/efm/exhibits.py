"""Exhibits with rules of their own: which of them a report is. What few reports are is not loaded for the others."""

from __future__ import annotations

from collections.abc import Iterator

from recto.findings import Finding
from recto.rules import Rule
from recto.rules.efm.submission import submission
from recto.rules.subject import Subject


def exhibits(subject: Subject) -> Iterator[Finding]:
    """Filing fees, and payments for resource extraction (6.5.58)."""
    filed = submission(subject)
    if filed.is_fees:
        from recto.rules.efm.fees import fees

        yield from fees(filed)
    elif filed.document_type == "2.01 SD" or filed.attachment == "EX-2.01":
        from recto.rules.efm.extraction import exhibit, payments

        yield from exhibit(filed)
        yield from payments(subject)


RULES: list[Rule] = [exhibits]
