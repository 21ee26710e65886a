"""XHTML of reports, with or without Inline XBRL (Reporting Manual, 2.5 and 4.1)."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote_to_bytes

from lxml import etree

from recto.findings import Finding
from recto.names import IX, XHTML
from recto.patterns import lazy
from recto.rules.esef.report import tell, tell_element
from recto.xml import Document

if TYPE_CHECKING:
    from recto.filed import Filed

_XHTML: Final = f"{{{XHTML}}}"
_ACTIVE_ELEMENTS: Final = frozenset(("script", "applet", "object", "embed", "iframe", "frame"))
_ACTIVE: Final = lazy(r"^[\s\x00]*(?:javascript|vbscript)\s*:", re.IGNORECASE)
_DATA: Final = lazy(r"\s*data:([^;,]*)((?:;[^,]*)?),", re.IGNORECASE)
_REMOTE: Final = lazy(r"\s*(?:https?|ftp):|\s*//", re.IGNORECASE)
_TYPES: Final = {
    "image/png": "png",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/jpg": "jpg",
    "image/svg+xml": "svg",
}
_SUFFIXES: Final = {".png": "png", ".gif": "gif", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}
_DOCTYPE: Final = lazy(rb"<!DOCTYPE[^>]*>", re.IGNORECASE)
_HEAD: Final = 4096
_LARGEST_SVG: Final = 1 << 24


def active(document: Document) -> Iterator[Finding]:
    """Nothing in the document runs (2.5.1, 4.1.1)."""
    for element in document.root.iter(f"{_XHTML}*", "{http://www.w3.org/2000/svg}*"):
        local = element.tag.rpartition("}")[2]
        if local in _ACTIVE_ELEMENTS and not (local == "object" and _is_image(element)):
            yield tell_element("2.5.1.executableCodePresent", element, document)
            continue
        for name, value in element.attrib.items():
            if (name[:2] == "on" and name.isalpha()) or (
                name.rpartition("}")[2] in ("href", "src") and _ACTIVE.match(value)
            ):
                yield tell_element("2.5.1.executableCodePresent", element, document)
                break


def _is_image(element: Any) -> bool:
    return (element.get("type") or "").strip().lower() in _TYPES


def images(document: Document, filing: Filed | None) -> Iterator[Finding]:
    """Images are PNG, GIF, SVG or JPEG by what they say and by what they are, and run nothing (2.5.1, 4.1.3)."""
    for element in document.root.iter(f"{_XHTML}img", f"{_XHTML}object"):
        source = element.get("src") or element.get("data") or ""
        match = _DATA.match(source)
        if match is not None:
            yield from _embedded(element, document, source, match)
        elif source.strip() and _is_marked(element):
            yield tell_element("2.5.1.imageInIXbrlElementNotEmbedded", element, document, about=source.strip())
        elif source.strip():
            yield from _referenced(element, document, source.strip(), filing)


def _is_marked(element: Any) -> bool:
    """Whether an element is part of what a fact, a continuation or a footnote says."""
    for each in element.iterancestors(f"{{{IX}}}*"):
        local = each.tag.rpartition("}")[2]
        if local in ("exclude", "nonNumeric", "continuation", "footnote"):
            return bool(local != "exclude")
    return False


def _embedded(element: Any, document: Document, source: str, match: re.Match[str]) -> Iterator[Finding]:
    mime = match.group(1).strip().lower()
    if "/" not in mime:
        yield tell_element("2.5.1.MIMETypeNotSpecified", element, document)
        return
    data = _decoded(source[match.end() :], match.group(2))
    if "base64" not in (match.group(2) or "").lower():
        yield tell_element("2.5.1.embeddedImageNotUsingBase64Encoding", element, document)
    kind = _kind(data) if data is not None else None
    wanted = _TYPES.get(mime)
    if wanted is None:
        if kind is None:
            yield tell_element("2.5.1.imageFormatNotSupported", element, document, about=mime)
        else:
            yield tell_element("2.5.1.incorrectMIMETypeSpecified", element, document, about=mime, kind=kind)
    elif data is None or kind is None:
        yield tell_element("2.5.1.imageFormatNotSupported", element, document, about=mime)
    elif kind != wanted:
        yield tell_element("2.5.1.incorrectMIMETypeSpecified", element, document, about=mime, kind=kind)
    if data is not None and kind == "svg" and _runs(data):
        yield tell_element("2.5.1.executableCodePresent", element, document)


def _decoded(text: str, parameters: str) -> bytes | None:
    if "base64" in parameters.lower():
        try:
            return base64.b64decode("".join(text.split()), validate=False)
        except (binascii.Error, ValueError):
            return None
    return unquote_to_bytes(text)


def _referenced(element: Any, document: Document, source: str, filing: Filed | None) -> Iterator[Finding]:
    if _ACTIVE.match(source):
        return  # told as what runs
    if _REMOTE.match(source):
        yield tell_element("2.5.1.inlineXbrlDocumentContainsExternalReferences", element, document, reference=source)
        return
    path = source.partition("?")[0].partition("#")[0]
    suffix = path[path.rfind(".") :].lower() if "." in path else ""
    wanted = _SUFFIXES.get(suffix)
    if wanted is None:
        yield tell_element("2.5.1.imageFormatNotSupported", element, document, about=source)
        return
    data = _read(document, element, path, filing)
    if data is None:
        return
    kind = _kind(data)
    if kind != wanted:
        yield tell_element(
            "2.5.1.imageDoesNotMatchItsFileExtension", element, document, about=source, kind=kind or "none of them"
        )
    elif kind == "svg" and _runs(data):
        yield tell_element("2.5.1.executableCodePresent", element, document)


def _read(document: Document, element: Any, path: str, filing: Filed | None) -> bytes | None:
    """The bytes of a file of the filing; None where it is not at hand."""
    if filing is None:
        return None
    from recto.errors import RectoError

    try:
        return filing.source.resolver.read(document.resolve(element, path))
    except RectoError:
        read = filing.source.files.get(path)
        return read() if read is not None else None


def _kind(data: bytes) -> str | None:
    """Which of the formats allowed some bytes are in."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return "svg" if head.startswith(b"<") and b"<svg" in data[:65536] else None


def _runs(svg: bytes) -> bool:
    """Whether an SVG image runs something."""
    if len(svg) > _LARGEST_SVG:
        return False
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError:
        return b"<script" in svg
    if root is None:
        return b"<script" in svg
    for element in root.iter("*"):
        if element.tag.rpartition("}")[2] in ("script", "foreignObject"):
            return True
        for name, value in element.attrib.items():
            if (name[:2] == "on" and name.isalpha()) or (name.rpartition("}")[2] == "href" and _ACTIVE.match(value)):
                return True
    return False


def external_styles(document: Document, code: str) -> Iterator[Finding]:
    """Style sheets of a single document stand in it (2.5.4, 4.1.4)."""
    for link in document.root.iter(f"{_XHTML}link"):
        if "stylesheet" in (link.get("rel") or "").lower() or (link.get("type") or "").lower() == "text/css":
            yield tell_element(code, link, document, reference=link.get("href"))


def document_type(document: Document, data: bytes) -> Iterator[Finding]:
    """What the document declares itself to be is XHTML (RTS, Article 3). `data`: the document's bytes, as they came."""
    declared = _DOCTYPE.search(data, 0, _HEAD)
    if declared is not None and b"xhtml" not in declared.group().lower():
        line = data.count(b"\n", 0, declared.start()) + 1
        yield tell("RTS.Art.3.htmlDoctype", document.url, line, about=declared.group().decode("ascii", "replace"))
