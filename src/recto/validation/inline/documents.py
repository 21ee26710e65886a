"""The inline documents of a set, with their ix elements sorted by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recto.findings import Finding
from recto.names import IX
from recto.validation.subject import Subject, finding, prefixed
from recto.xml import Document

IX_ = f"{{{IX}}}"
FACTS = ("nonFraction", "nonNumeric", "fraction", "tuple")


@dataclass(slots=True)
class InlineDocument:
    document: Document
    elements: dict[str, list[Any]]
    """ix elements by local name, in document order."""

    def of(self, *names: str) -> Iterator[Any]:
        for name in names:
            yield from self.elements.get(name, ())

    def error(self, code: str, element: Any, message: str, section: str) -> Finding:
        return finding(
            code,
            message[:1].upper() + message[1:] + "." if ":" not in message.split(" ", 1)[0] else message + ".",
            self.document.url,
            self.document.line(element),
            element=prefixed(element),
            specification=f"Inline XBRL 1.1, {section}",
        )


def inline_documents(subject: Subject) -> list[InlineDocument]:
    """The documents of an Inline XBRL 1.1 document set; none for other instances."""
    if subject.instance.kind != "inline" or subject.anchors is None:
        return []
    known = subject.cache.get("inline")
    if known is None:
        known = [_sorted(document) for document in subject.anchors.documents.values()]
        subject.cache["inline"] = known
    return known  # type: ignore[no-any-return]


def _sorted(document: Document) -> InlineDocument:
    elements: dict[str, list[Any]] = {}
    start = len(IX_)
    for element in document.root.iter(IX_ + "*"):
        elements.setdefault(element.tag[start:], []).append(element)
    return InlineDocument(document, elements)
