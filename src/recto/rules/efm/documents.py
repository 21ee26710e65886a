"""Files, characters and elements of a submission's XBRL documents (EDGAR Filer Manual, 5.1.1 and 6.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from recto.errors import RectoError
from recto.findings import Finding
from recto.names import LINK, XML
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.submission import submission
from recto.rules.efm.telling import tell, tell_element
from recto.rules.subject import Subject
from recto.xml import Document, file_name
from recto.xml.xlink import HREF

_BASE: Final = f"{{{XML}}}base"
_INSTANCE: Final = lazy(r"(?:.+-\d{8}|.+_htm)\.xml\Z")
"""Names of instances; `_htm.xml` is what EDGAR extracts from an inline document."""
_SCHEMA: Final = lazy(r".+-\d{8}\.xsd\Z")
_LINKBASE: Final = lazy(r".+-\d{8}_(cal|def|lab|pre|ref)\.xml\Z")
_FILE: Final = lazy(r"[a-z0-9][a-zA-Z0-9_.-]*\.(?:xsd|xml)\Z")
_HTML_FILE: Final = lazy(r"[a-zA-Z0-9][a-zA-Z0-9_.-]*\.htm\Z")
_LONGEST: Final = 32
"""Characters of a file's name."""
_EXTRACTED: Final = "_htm.xml"
_LINKS: Final = {
    "cal": f"{{{LINK}}}calculationLink",
    "def": f"{{{LINK}}}definitionLink",
    "lab": f"{{{LINK}}}labelLink",
    "pre": f"{{{LINK}}}presentationLink",
    "ref": f"{{{LINK}}}referenceLink",
}
_ENTITY: Final = rb"&(?!(?:lt|gt|amp|quot|apos);)\w+;"
_TAKEN: Final = bytes(
    byte for byte in range(128) if re.match(rb"[0-9A-Za-z`~!@#$%&*().\-+ \[\]{}|\\:;\"'<>,_?/=\t\n\r\f]", bytes([byte]))
)
"""Bytes that EDGAR takes (5.2.1)."""
_NOT_TAKEN: Final = tuple(bytes([byte]) for byte in range(128) if byte not in _TAKEN)
_NAMED: Final = lazy(_ENTITY)
_FOREIGN: Final = lazy(_ENTITY + rb"|[^" + re.escape(_TAKEN) + rb"]")
"""Named entities but XML's own, and bytes that EDGAR does not take (5.2.1, 6.3.5)."""


def documents_of(subject: Subject) -> Iterator[Document]:
    """The parsed documents that the filer wrote: the instance's, then schemas and linkbases."""
    if subject.anchors is not None:
        yield from subject.anchors.documents.values()
    for document in submission(subject).custom_documents:
        tree = subject.tree(document)
        if tree is not None:
            yield tree


def names(subject: Subject) -> Iterator[Finding]:
    """Files are named for what they are: `…-YYYYMMDD.xml`, `.xsd`, `_cal.xml` and so on (6.3.3; 6.23.1 in exhibit
    2.01), and their links are of XBRL's own kinds (6.3.2).
    """
    filed = submission(subject)
    section = "6.23.01" if filed.attachment.startswith("EX-2.01") else "6.03.03"
    if not filed.inline and subject.instance.kind == "xbrl":
        for url in subject.instance.documents:
            if not _INSTANCE.match(file_name(url) or ""):
                yield tell(f"{section}.fileName", url, about=file_name(url) or url, form="….-YYYYMMDD.xml")
    for document in filed.custom_documents:
        name = file_name(document.url) or document.url
        if document.compiled.kind == "schema":
            if not _SCHEMA.match(name):
                yield tell(f"{section}.fileName", document.url, about=name, form="…-YYYYMMDD.xsd")
            continue
        first = document.compiled.first_link
        if first is not None and first.startswith(f"{{{LINK}}}") and first not in _LINKS.values():
            yield tell("6.03.02.linkElement", document.url, about=name, kind=first.rpartition("}")[2])
            continue
        match = _LINKBASE.match(name)
        if match is None:
            yield tell(
                f"{section}.fileName", document.url, about=name, form="…-YYYYMMDD_cal, _def, _lab, _pre or _ref.xml"
            )
            continue
        tree = subject.tree(document)
        if tree is not None and tree.root.find(_LINKS[match.group(1)]) is None:
            kind = _LINKS[match.group(1)].rpartition("}")[2]
            yield tell(f"{section}.linkMissing", document.url, about=name, kind=kind)


def file_names(subject: Subject) -> Iterator[Finding]:
    """Names of files are short, and of letters, digits, points, hyphens and underscores (5.1.1)."""
    filed = submission(subject)
    for url in (*subject.instance.documents, *(document.url for document in filed.custom_documents)):
        name = file_name(url) or ""
        if not name or name.endswith(_EXTRACTED):
            continue
        html = filed.inline and url in subject.instance.documents
        if len(name) > _LONGEST:
            yield tell("5.01.01.fileNameLength", url, about=name, length=len(name))
        if not (_HTML_FILE if html else _FILE).match(name):
            begin, ending = ("letter or digit", ".htm") if html else ("small letter or digit", ".xsd or .xml")
            yield tell("5.01.01.fileName", url, about=name, begin=begin, ending=ending)


def pointers(subject: Subject) -> Iterator[Finding]:
    """References lead to elements by their ids, not by their places (6.3.6)."""
    for document in documents_of(subject):
        if _scanned(subject).get(document.url, _UNKNOWN)[2]:
            for element in document.root.iter("*"):
                reference = element.get(HREF) or ""
                if "element(" in reference.partition("#")[2]:
                    yield tell_element("6.03.06.pointer", element, document, reference=reference)


_Scanned = tuple[bytes, int, bool]
_UNKNOWN: Final[_Scanned] = (b"", 0, True)


def _scanned(subject: Subject) -> dict[str, _Scanned]:
    """Of each document, by URL: the first bytes that EDGAR does not take, with their line, and whether it may have
    pointers to places. Documents are read once for this, and not held.
    """
    known: dict[str, _Scanned] | None = subject.cache.get("efm scanned")
    if known is None:
        known = subject.cache["efm scanned"] = {}
        own = (document.url for document in submission(subject).custom_documents)
        for url in (*subject.instance.documents, *own):
            try:
                data = subject.resolver.read(url)
            except RectoError:
                continue
            match = _first_foreign(data)
            line = data.count(b"\n", 0, match.start()) + 1 if match is not None else 0
            known[url] = (match.group() if match is not None else b"", line, b"#element(" in data)
    return known


def characters(subject: Subject) -> Iterator[Finding]:
    """Documents are written in the characters that EDGAR takes; all others as numbers (6.3.5)."""
    for url, (foreign, line, _) in _scanned(subject).items():
        if foreign:
            yield tell("6.03.05.invalidCharacter", url, line, about=file_name(url) or url, text=_shown(foreign))


def _first_foreign(data: bytes) -> re.Match[bytes] | None:
    clean = data.isascii() and not any(byte in data for byte in _NOT_TAKEN)
    if clean and _NAMED.search(data) is None:  # nearly all documents, at a tenth of the time
        return None
    return _FOREIGN.search(data)


def _shown(text: bytes) -> str:
    return text.decode("ascii") if text.isascii() and text.decode("ascii").isprintable() else f"hex {text.hex()}"


def bases(subject: Subject) -> Iterator[Finding]:
    """No element has an xml:base (6.3.11, and 5.2.5 inline)."""
    filed = submission(subject)
    for document in documents_of(subject):
        if not document.has_base:
            continue
        inline = filed.inline and document.url in subject.instance.documents
        for element in _with_base(document):
            code = "5.02.05.xmlBaseDisallowed" if inline else "6.03.11.xmlBase"
            yield tell_element(code, element, document)


def _with_base(document: Document) -> list[Any]:
    found: list[Any] = document.root.xpath("//*[@xml:base]")
    return found


RULES: list[Rule] = [names, file_names, characters, bases, pointers]
