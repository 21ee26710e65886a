"""Reports of security-based swap data repositories, in exhibits K and L (EDGAR Filer Manual, 6.3.2, 6.3.8, 6.5.20,
6.5.24, 6.22.3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.instance.model import Instance
from recto.names import LINK
from recto.rules import Rule
from recto.rules.efm.submission import DEI, submission
from recto.rules.efm.telling import tell, tell_element
from recto.rules.subject import Subject

_FORMS: Final = ("SDR", "SDR/A", "SDR-A", "SDR/W", "SDR-W")
_K: Final = "K SDR"
_L: Final = "L SDR"
_LINKS: Final = {
    "label linkbase": f"{{{LINK}}}labelLink",
    "presentation linkbase": f"{{{LINK}}}presentationLink",
}


def _is_repository(subject: Subject) -> bool:
    filed = submission(subject)
    return filed.form in _FORMS or filed.document_type.endswith("SDR")


def repositories(subject: Subject) -> Iterator[Finding]:
    """A report has a schema with linkbases for labels and presentation in files of their own, uses us-gaap, not IFRS,
    and is of the type that its exhibit says; there is one report K.
    """
    if not _is_repository(subject):
        return
    filed = submission(subject)
    url = subject.instance.url
    schemas = [document for document in filed.custom_documents if document.compiled.kind == "schema"]
    linkbases = {document.compiled.first_link for document in filed.custom_documents if document not in schemas}
    if not schemas:
        yield tell("6.03.02.sdrMissingFile", url, about="schema")
    for kind, link in _LINKS.items():
        if link not in linkbases:
            yield tell("6.03.02.sdrMissingFile", url, about=kind)
    for document in schemas:
        tree = subject.tree(document)
        for element in tree.root.iter(f"{{{LINK}}}linkbase") if tree is not None else ():
            assert tree is not None
            yield tell_element("6.07.08.embeddedLinkbase", element, tree)
    namespaces = list(subject.dts.namespaces())
    if not any("fasb.org/us-gaap/" in each for each in namespaces):
        yield tell("6.03.02.sdrMissingStandardSchema", url)
    yield from _types(subject)


def _types(subject: Subject) -> Iterator[Finding]:
    """The document type is that of the exhibit (6.5.20)."""
    filed = submission(subject)
    wanted = next((kind for kind in (_K, _L) if filed.attachment.endswith(kind)), "")
    if wanted and filed.document_type != wanted:
        fact = filed.dei_fact("DocumentType")
        if fact is not None and (filed.document_type in (_K, _L) or not filed.document_type.endswith("SDR")):
            yield tell(
                "6.05.20.exhibitDocumentType", fact.document, fact.line, about=filed.document_type, wanted=wanted
            )


def reports(subject: Subject) -> Iterator[Finding]:
    """A submission has one report K, and one report L for each counterparty (6.3.8, 6.5.24)."""
    filing = subject.filing
    if filing is None or not _is_repository(subject) or subject.instance is not filing.instances[0]:
        return
    first: Instance | None = None
    counterparties: dict[tuple[str, str], Instance] = {}
    for instance in filing.instances:
        kind, name, cik = (_value(instance, each) for each in ("DocumentType", "EntityRegistrantName", _CIK))
        if kind == _K:
            if first is not None:
                yield tell("6.03.08.sdrMultipleK", instance.url)
            first = first or instance
        elif kind == _L and counterparties.setdefault((name, cik), instance) is not instance:
            yield tell("6.05.24.multipleL", instance.url, about=name, cik=cik)
    filed = submission(subject)
    if counterparties and first is None and filed.form in ("SDR", "SDR-A") and not filed.attachment.endswith(_K):
        yield tell("6.03.08.sdrNoK", subject.instance.url)


_CIK: Final = "EntityCentralIndexKey"


def _value(instance: Instance, name: str) -> str:
    return next(
        (
            fact.value.strip()
            for fact in instance.facts
            if fact.qname.local == name and DEI.match(fact.qname.namespace) and not fact.dimensions
        ),
        "",
    )


RULES: list[Rule] = [repositories, reports]
