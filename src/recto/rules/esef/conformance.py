"""What specifications demand of the report, said in the words of the regulation (RTS, Annex III; Manual, 2.7.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.instance.inline.document import InlineFile
from recto.names import IX
from recto.rules import Rule
from recto.rules.esef.report import report, tell
from recto.rules.subject import Subject

_TOLD_ELSEWHERE: Final = ("tech_duplicated_facts", "fac_TupleMustNotBeUsed")
"""What names of assertions begin with that the manual has rules of its own for: 2.2.4 and 2.4.1."""
_BROKEN: Final = ("ix11.", "ixte:", "html:syntaxError")


def inline(subject: Subject) -> Iterator[Finding]:
    """The report is valid Inline XBRL 1.1 (RTS, Annex III, 1)."""
    code = "RTS.Annex.III.Par.1.invalidInlineXBRL"
    reason = _why_invalid(subject)
    if reason is not None:
        document, line, words = reason
        yield tell(code, document, line, about=document, reason=words)


def _why_invalid(subject: Subject) -> tuple[str | None, int | None, str] | None:
    """Document, line and reason of what makes the report no valid Inline XBRL 1.1; None where it is."""
    if "esef inline" not in subject.cache:
        subject.cache["esef inline"] = _fault(subject)
    known: tuple[str | None, int | None, str] | None = subject.cache["esef inline"]
    return known


def _fault(subject: Subject) -> tuple[str | None, int | None, str] | None:
    from recto.rules.inline import rules

    if subject.anchors is None:
        return None
    files: list[InlineFile] = list(subject.anchors.files)
    old = next((file for file in files if file.namespace != f"{{{IX}}}"), None)
    if old is not None:
        return old.doc.url, None, "it is of an older version of Inline XBRL"
    broken = next((each for each in subject.instance.findings if _is_broken(each)), None)
    if broken is None:
        broken = next((each for rule in rules() for each in rule(subject) if _is_broken(each)), None)
    return None if broken is None else (broken.document, broken.line, broken.code)


def _is_broken(finding: Finding) -> bool:
    return finding.severity == "error" and finding.code.startswith(_BROKEN)


def assertions(subject: Subject) -> Iterator[Finding]:
    """The assertions of the taxonomy are satisfied (2.7.1).

    Not told: what follows from a report's being incomplete or invalid, and what the manual says of the same elsewhere.
    """
    if not report(subject).complete or _why_invalid(subject) is not None:
        return
    found: list[Finding] = subject.cache.get("formula", [])
    unsatisfied = [
        each
        for each in found
        if each.code.startswith("formula:") and not (each.subject or "").startswith(_TOLD_ELSEWHERE)
    ]
    for severity, code in (
        ("error", "2.7.1.targetXBRLDocumentWithFormulaErrors"),
        ("warning", "2.7.1.targetXBRLDocumentWithFormulaWarnings"),
    ):
        those = [each for each in unsatisfied if each.severity == severity]
        if those:
            names = ", ".join(dict.fromkeys(each.subject or "" for each in those))
            yield tell(code, subject.instance.url, about=names, count=len(those))


RULES: list[Rule] = [inline, assertions]
