"""What a document is, by its content; and how the documents of a filing make entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct

from recto.findings import Findings
from recto.names import IX, IX_1_0, LINK, XBRLI, XHTML, XSD
from recto.patterns import lazy
from recto.sources.candidate import Candidate, Kind
from recto.sources.sets import document_sets, is_extracted
from recto.xml import sniff_root

_IX_NAMESPACES = (IX.encode(), IX_1_0.encode())
_IX_WIDE = tuple(IX.encode(encoding) for encoding in ("utf-16-le", "utf-16-be"))
_SCHEMA_REF = b"schemaRef"
_HREF = lazy(rb"\bhref\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_JSON_TYPE = lazy(rb"\"documentType\"\s*:\s*\"[^\"]*xbrl-(json|csv)[^\"]*\"")
_IMAGES = (".jpg", ".jpeg", ".gif", ".png", ".bmp", ".tif", ".tiff", ".ico")
_OTHERS = (".pdf", ".css", ".js", ".xlsx", ".xls", ".zip", ".gz", ".csv", ".parquet", ".woff", ".woff2", ".ttf")
_BINARY = frozenset((*_IMAGES, *_OTHERS))
_SCHEMA_ROOTS = frozenset((f"{{{XSD}}}schema", f"{{{LINK}}}linkbase"))


class Entry(Struct, frozen=True):
    """Where to start reading: the documents that together are one report (several for an inline document set)."""

    kind: Kind
    urls: tuple[str, ...]


def classify(
    name: str, url: str, read: Callable[[], bytes], head: Callable[[], bytes] | None = None
) -> Candidate | None:
    """What the document is; None where it is nothing to start from. `name` only spares reading images and the like.

    `head` gives the first bytes where that is cheaper than to read all, which only reports need.
    """
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix in _BINARY:
        return None
    data = head() if head is not None else read()
    start = data[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    if start.startswith(b"{"):
        match = _JSON_TYPE.search(read())
        if match is None:
            return None
        return Candidate(name, url, "json" if match.group(1) == b"json" else "csv")
    if not start.startswith(b"<"):
        return None
    sniffed = sniff_root(data)
    if sniffed is None and head is not None:  # a start tag, and a comment before it, may be longer than that
        data, head = read(), None
        sniffed = sniff_root(data)
    root = sniffed[0] if sniffed else ""
    if root == f"{{{XBRLI}}}xbrl":
        return Candidate(name, url, "xbrl", _schema_refs(read() if head is not None else data), read=read)
    if root in _SCHEMA_ROOTS:
        return Candidate(name, url, "schema", linkbase=root.endswith("linkbase"))
    data = read() if head is not None else data
    if root in (f"{{{XHTML}}}html", "html") or not root:
        if any(namespace in data for namespace in _IX_NAMESPACES):
            return Candidate(name, url, "inline", _schema_refs(data), targets=_targets(data), read=read)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") and any(namespace in data for namespace in _IX_WIDE):
            return Candidate(name, url, "inline", read=read)
    return None


def entries_of(candidates: Sequence[Candidate], findings: Findings) -> list[Entry]:
    """The entries that a filing's documents make, in the documents' order, inline document sets first.

    Inline documents that reference the same schemas are one document set, with those that reference none
    (Inline XBRL 1.1, 4.7: references may stand in any document of the set), unless what they say shows them to be
    reports of their own (`recto.sources.sets`). An instance that was extracted from an inline document of the filing
    (same stem, `_htm.xml`, or the same schemas and nothing against it) is left to its inline document.
    Where there is no report at all, schemas are the entry.
    """
    inline = document_sets([candidate for candidate in candidates if candidate.kind == "inline"])
    stems = {_stem(candidate.name) for group in inline for candidate in group}
    entries = [Entry("inline", tuple(candidate.url for candidate in group)) for group in inline]
    for candidate in candidates:
        if candidate.kind != "xbrl":
            continue
        stem = _stem(candidate.name)
        if stem.endswith("_htm") and stem[:-4] in stems:
            continue
        if any(is_extracted(candidate, group) for group in inline):
            findings.found("recto:extractedInstance", document=candidate.url)
            continue
        entries.append(Entry("xbrl", (candidate.url,)))
    if not entries:
        entries = [Entry(item.kind, (item.url,)) for item in candidates if item.kind in ("json", "csv")]
    if not entries:
        entries = _schema_entries(candidates)
    return entries


def _schema_entries(candidates: Sequence[Candidate]) -> list[Entry]:
    schemas = [item.url for item in candidates if item.kind == "schema" and not item.linkbase]
    if not schemas:
        schemas = [item.url for item in candidates if item.kind == "schema"]
    return [Entry("schema", tuple(schemas))] if schemas else []


def _schema_refs(data: bytes) -> tuple[str, ...]:
    """What the document's schemaRef elements refer to, by a search that needs no parsing."""
    found: dict[str, None] = {}
    at = data.find(_SCHEMA_REF)
    while at >= 0:
        end = data.find(b"<", at)
        match = _HREF.search(data, at, end if end >= 0 else len(data))
        if match is not None and data[at - 1 : at] in (b":", b"<"):
            text = (match.group(1) or match.group(2) or b"").decode("utf-8", "replace").strip()
            if "&" in text:
                from html import unescape

                text = unescape(text)
            found[text] = None
        at = data.find(_SCHEMA_REF, at + len(_SCHEMA_REF))
    return tuple(found)


_REFERENCES = lazy(rb"<(?:[\w.-]+:)?references\b([^>]*)>")
_LOCAL_NAME = b"references"
_TARGET = lazy(rb"\btarget\s*=\s*[\"']([^\"']*)[\"']")


def _targets(data: bytes) -> frozenset[str]:
    """The targets of the document's ix:references elements, by a search that needs no parsing."""
    found = set()
    at = data.find(_LOCAL_NAME)
    while at >= 0:  # a word that documents have seldom; tags they have by the ten thousand
        tag = _REFERENCES.match(data, max(data.rfind(b"<", 0, at), 0))
        if tag is not None:
            match = _TARGET.search(tag[1])
            found.add(match[1].decode("utf-8", "replace") if match is not None else "")
        at = data.find(_LOCAL_NAME, at + len(_LOCAL_NAME))
    return frozenset(found)


def _stem(name: str) -> str:
    """The name without its extension, with its folder."""
    return name.rpartition(".")[0].lower()
