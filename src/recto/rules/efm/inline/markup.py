"""HTML of inline documents: what stands in it, what it refers to (EDGAR Filer Manual, 5.2.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from recto.errors import RectoError
from recto.findings import Finding
from recto.names import XHTML
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm import html
from recto.rules.efm.submission import submission
from recto.rules.efm.telling import tell, tell_element
from recto.rules.inline.support import NAMESPACE, files_of
from recto.rules.subject import Subject
from recto.xml import Document

_XHTML: Final = f"{{{XHTML}}}"
_AROUND_ANCHORS: Final = frozenset((f"{_XHTML}html", f"{_XHTML}body", f"{_XHTML}div"))
_VOID: Final = frozenset(
    b"area base basefont br col frame hr img input isindex link meta param td tr relationship".split()
)
"""Local names of elements that may be closed in themselves."""
_USUAL: Final = (b"td ", b"td/", b"br/", b"br ", b"hr ", b"hr/", b"img ", b"tr ", b"meta ")
"""What such elements begin with nearly always."""
_SELF_CLOSED: Final = lazy(rb"<((?:ix[\w-]*:)?[a-zA-Z][\w-]*)(?:\s[^<>]*)?/>")
_HANDLER: Final = lazy(rb"on[a-zA-Z]+\s*=")
"""What an attribute that runs something looks like, behind a blank: to search for that is slower than to look back."""
_LOOKED_AT: Final = tuple(
    f"{_XHTML}{name}"
    for name in {*html.DISALLOWED, *(name for name, _ in html.DISALLOWED_ATTRIBUTES), "a", "img", "meta", "table"}
)
"""Elements that a rule is about: of all the others of a document nothing is asked."""
_REDACTED: Final = lazy(r"(?:.*;)?\s*-sec-ix-redact\s*:\s*true(?:\s*;)?\s*(?:[\w.-].*)?\Z", re.DOTALL)
_REDACTABLE: Final = frozenset(
    ("17AD-27", "SBSEF-CCO-RPT", "SBSEF-FIN-REQ", "SBSEF-FIN-QTR", *(f"EX-99.{each}.SBSEF" for each in "CDEFHIJKLPQRS"))
)
"""Document types of which parts may be redacted."""
_DOCTYPE: Final = lazy(rb"<!DOCTYPE", re.IGNORECASE)


def markup(subject: Subject) -> Iterator[Finding]:
    """Elements, attributes and references of the HTML."""
    for file in files_of(subject):
        document = file.doc
        yield from _document(document, subject)
        for element in document.root.iter(*_LOOKED_AT):
            yield from _element(element, document)


def _document(document: Document, subject: Subject) -> Iterator[Finding]:
    root = document.root
    if root.tag != f"{_XHTML}html" and next(root.iter(f"{NAMESPACE}*"), None) is not None:
        yield tell_element("5.02.05.xhtmlNamespaceMissing", root, document)
    try:
        data = subject.resolver.read(document.url)
    except RectoError:
        return
    if any(data[match.start() - 1 : match.start()].isspace() for match in _HANDLER.finditer(data)):
        for element in root.iter(f"{_XHTML}*"):
            for attribute, value in element.attrib.items():
                if attribute[:2] == "on" and attribute.isalpha():
                    yield tell_element("5.02.05.activeContent", element, document, text=f"{attribute}={value[:60]!r}")
    if b"-sec-ix-redact" in data:
        yield from _redacted(document, submission(subject).document_type)
    doctype = _DOCTYPE.search(data, 0, 4096)
    if doctype is not None:
        line = data.count(b"\n", 0, doctype.start()) + 1
        yield tell("5.02.05.doctypeDisallowed", document.url, line)
    closed = _self_closed(data)
    if closed is not None:
        line = data.count(b"\n", 0, closed.start()) + 1
        about = closed.group(1).decode("ascii", "replace")
        yield tell("5.02.05.selfClosedTagWarning", document.url, line, about=about)


def _redacted(document: Document, form: str) -> Iterator[Finding]:
    """Parts that are styled to be redacted, in documents that are shown whole."""
    if form in _REDACTABLE:
        return
    for element in document.root.iter(f"{_XHTML}*"):
        if _REDACTED.match(element.get("style") or ""):
            yield tell_element("5.02.05.disallowedRedact", element, document, form=form or "this form")


def _self_closed(data: bytes) -> re.Match[bytes] | None:
    """The first tag that is closed in itself and may not be. What ends a tag is found sooner than what begins one."""
    end = data.find(b"/>")
    while end >= 0:
        start = data.rfind(b"<", 0, end)
        if data.startswith(_USUAL, start + 1):
            end = data.find(b"/>", end + 2)
            continue
        match = _SELF_CLOSED.match(data, start, end + 2) if start >= 0 else None
        if match is not None and match.end() == end + 2 and match.group(1).rpartition(b":")[2] not in _VOID:
            return match
        end = data.find(b"/>", end + 2)
    return None


def _element(element: Any, document: Document) -> Iterator[Finding]:
    name = element.tag[len(_XHTML) :]
    if name in html.DISALLOWED:
        yield tell_element("5.02.05.disallowedElement", element, document)
        return
    for attribute in element.attrib:
        if (name, attribute) in html.DISALLOWED_ATTRIBUTES:
            yield tell_element("5.02.05.disallowedAttribute", element, document, attribute=attribute)
    if name == "a":
        yield from _anchor(element, document)
    elif name == "img":
        yield from _image(element, document)
    elif name == "meta":
        if element.get("content") is not None and not element.get("content").startswith("text/html"):
            yield tell_element("5.02.05.disallowedMetaContent", element, document, content=element.get("content"))
    elif name == "table":
        if next(element.iterancestors(f"{_XHTML}table"), None) is not None:
            yield tell_element("5.02.05.nestedTable", element, document)


def _anchor(element: Any, document: Document) -> Iterator[Finding]:
    reference = element.get("href")
    if reference is None:
        if not all(outer.tag in _AROUND_ANCHORS for outer in element.iterancestors()):
            yield tell_element("5.02.05.anchorElementPosition", element, document)
    elif html.is_active(reference):
        yield tell_element("5.02.05.activeContent", element, document, text=reference[:60])
    elif html.is_external(reference):
        yield tell_element("5.02.05.externalReference", element, document, reference=reference)


def _image(element: Any, document: Document) -> Iterator[Finding]:
    source = element.get("src") or ""
    if html.is_active(source):
        yield tell_element("5.02.05.activeContent", element, document, text=source[:60])
    elif source.strip()[:5].lower() == "data:":
        yield tell_element("5.02.05.graphicDataUrl", element, document)
    elif html.is_remote(source):
        yield tell_element("5.02.05.externalReference", element, document, reference=source[:200])
    elif not html.is_image(source):
        yield tell_element("5.02.05.graphicFileType", element, document, source=source)


RULES: list[Rule] = [markup]
