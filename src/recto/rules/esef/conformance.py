"""What specifications demand of the report, said in the words of the regulation (RTS, Annex III; Manual, 2.7.1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.instance.inline.document import InlineFile
from recto.names import IX
from recto.rules import Rule
from recto.rules.esef.report import tell
from recto.rules.subject import Subject

_BROKEN: Final = ("ix11.", "ixte:", "html:syntaxError")


def inline(subject: Subject) -> Iterator[Finding]:
    """The report is valid Inline XBRL 1.1 (RTS, Annex III, 1)."""
    from recto.rules.inline import rules

    if subject.anchors is None:
        return
    files: list[InlineFile] = list(subject.anchors.files)
    old = next((file for file in files if file.namespace != f"{{{IX}}}"), None)
    broken = next((each for each in subject.instance.findings if _is_broken(each)), None)
    if old is None and broken is None:
        broken = next((each for rule in rules() for each in rule(subject) if _is_broken(each)), None)
    if old is not None:
        reason = "it is of an older version of Inline XBRL"
        yield tell("RTS.Annex.III.Par.1.invalidInlineXBRL", old.doc.url, about=old.doc.url, reason=reason)
    elif broken is not None:
        yield tell("RTS.Annex.III.Par.1.invalidInlineXBRL", broken.document, about=broken.document, reason=broken.code)


def _is_broken(finding: Finding) -> bool:
    return finding.severity == "error" and finding.code.startswith(_BROKEN)


def assertions(subject: Subject) -> Iterator[Finding]:
    """The assertions of the taxonomy are satisfied (2.7.1)."""
    found: list[Finding] = subject.cache.get("formula", [])
    unsatisfied = [each for each in found if each.code.startswith("formula:")]
    for severity, code in (
        ("error", "2.7.1.targetXBRLDocumentWithFormulaErrors"),
        ("warning", "2.7.1.targetXBRLDocumentWithFormulaWarnings"),
    ):
        those = [each for each in unsatisfied if each.severity == severity]
        if those:
            names = ", ".join(dict.fromkeys(each.subject or "" for each in those))
            yield tell(code, subject.instance.url, about=names, count=len(those))


RULES: list[Rule] = [inline, assertions]
