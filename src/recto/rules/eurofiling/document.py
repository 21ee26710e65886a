"""The file and its XML: name, encoding, entry point, what must not stand in it (1.1 to 1.15, 2.1 to 2.5, 2.25, 2.26,
3.4, 3.5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import unquote

from recto.errors import RectoError
from recto.findings import Finding
from recto.names import FIND, ISO4217, LINK, XBRLDI, XBRLI, XLINK, XML, XSI
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.eurofiling.authority import authority, listed, tell
from recto.rules.subject import Subject, prefixed
from recto.xml import Document, file_name

_DECLARATION: Final = lazy(rb"^(?:\xef\xbb\xbf)?<\?xml\s([^>]*)\?>")
_ENCODING: Final = lazy(rb"""encoding\s*=\s*["']([\w.:-]+)["']""")
_STANDALONE: Final = lazy(rb"""standalone\s*=\s*["']""")
_COMMENT: Final = lazy(rb"<!--")
_GENERATOR: Final = lazy(rb"<\?instance-generator\s")
_NAME: Final = lazy(
    r"(?P<subject>[^_]+)_(?P<country>[^_]+)_(?P<framework>[^_]+)_(?P<module>[^_]+)_(?P<date>[^_]+)_(?P<created>[^_]+)"
)
_FRAMEWORK: Final = lazy(r"[A-Z][A-Z0-9]*?\d{6}")
_COUNTRY: Final = lazy(r"[A-Z]{2}")
_CREATED: Final = lazy(r"\d{14}(?:\d{3})?")
_FORM: Final = "Subject_Country_FrameworkVersion_Module_Date_Created"
_HOSTS: Final = {"EBA": "eba.europa.eu", "EIOPA": "eiopa.europa.eu"}
_INCLUDE: Final = "{http://www.w3.org/2001/XInclude}include"
_CANONICAL: Final = {
    ISO4217: "iso4217",
    LINK: "link",
    XBRLDI: "xbrldi",
    XBRLI: "xbrli",
    XLINK: "xlink",
    FIND: "find",
}
_LOCATIONS: Final = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation")


def documents(subject: Subject) -> Iterator[Document]:
    """The instance's own documents, where it is XML."""
    if subject.anchors is not None and subject.instance.kind == "xbrl":
        yield from subject.anchors.documents.values()


def name(subject: Subject) -> Iterator[Finding]:
    """The file is named for what it is, and of which report (1.1, and the structure of names of files for EBA)."""
    filing = subject.filing
    inside = filing is not None and filing.source.base_url.rstrip("/").lower().endswith((".zip", ".xbr"))
    file = unquote(filing.source.base_url if filing is not None and inside else subject.instance.url)
    file = file.rstrip("/").rpartition("/")[2]
    stem, dot, extension = file.rpartition(".")
    if not dot or not stem:
        return  # a folder, as while a report is made
    kind = subject.instance.kind
    if kind == "xbrl" and extension.lower() not in ("xbrl", "zip", "xbr"):
        yield tell(subject, "1.1.extension", subject.instance.url, name=file, wanted=".xbrl")
    if authority(subject) == "EBA" and extension.lower() in ("xbrl", "zip", "xbr"):
        reason = _misnamed(stem)
        if reason:
            yield tell(subject, "1.1.fileName", subject.instance.url, name=file, form=_FORM, reason=reason)


def _misnamed(stem: str) -> str:
    match = _NAME.fullmatch(stem)
    if match is None:
        return "it has not six parts"
    if _COUNTRY.fullmatch(match["country"]) is None:
        return f"{match['country']} is no country"
    if _FRAMEWORK.fullmatch(match["framework"]) is None:
        return f"{match['framework']} is no framework with a version of six digits"
    try:
        date.fromisoformat(match["date"])
    except ValueError:
        return f"{match['date']} is no date"
    return "" if _CREATED.fullmatch(match["created"]) else f"{match['created']} is no moment"


def declaration(subject: Subject) -> Iterator[Finding]:
    """UTF-8, without standalone; what stands in comments is lost; the software that made it says so (1.4, 1.13, 2.5,
    2.26).
    """
    for document in documents(subject):
        try:
            data = subject.resolver.read(document.url)
        except RectoError:
            continue
        match = _DECLARATION.match(data)
        encoding = None if match is None else _ENCODING.search(match[1])
        written = "UTF-8" if encoding is None else encoding[1].decode("ascii")
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            written = "UTF-16"
        if written.upper() not in ("UTF-8", "UTF8"):
            yield tell(subject, "1.4.encoding", document.url, 1, encoding=written)
        if match is not None and _STANDALONE.search(match[1]):
            yield tell(subject, "1.13.standalone", document.url, 1)
        comments = len(_COMMENT.findall(data))
        if comments:
            yield tell(subject, "2.5.comment", document.url, count=comments)
        if authority(subject) == "EIOPA" and not _GENERATOR.search(data):
            yield tell(subject, "2.26.generator", document.url)


def entry_point(subject: Subject) -> Iterator[Finding]:
    """One schema, that of a module as the authority publishes it; no linkbase (1.5, 2.2 to 2.4)."""
    for document in documents(subject):
        schemas = document.root.findall(f"{{{LINK}}}schemaRef")
        if len(schemas) > 1:
            names = [file_name(each.get(f"{{{XLINK}}}href") or "") or "?" for each in schemas]
            line = document.line(schemas[1])
            yield tell(subject, "1.5.entryPoints", document.url, line, count=len(names), names=listed(names))
        for each in schemas:
            href = (each.get(f"{{{XLINK}}}href") or "").strip()
            if not _is_module(href, authority(subject)):
                yield tell(subject, "1.5.entryPoint", document.url, document.line(each), url=href or "nothing")
        for each in document.root.findall(f"{{{LINK}}}linkbaseRef"):
            yield tell(subject, "2.4.linkbaseRef", document.url, document.line(each))


def _is_module(url: str, who: str) -> bool:
    """National authorities extend what EBA and EIOPA publish, under their own hosts: of these only the form counts."""
    scheme, _, rest = url.partition("://")
    host, _, path = rest.partition("/")
    known = host.lower().removeprefix("www.") in _HOSTS.values()
    if scheme.lower() not in ("http", "https") or not path.endswith(".xsd"):
        return False
    return "/mod/" in f"/{path}" and (not known or host.lower().endswith(_HOSTS[who]))


def forbidden(subject: Subject) -> Iterator[Finding]:
    """No xml:base, no hints where schemas are, no inclusion of other files, no footnotes (1.14, 1.15, 2.1, 2.25)."""
    for document in documents(subject):
        for element in document.root.iter():
            attributes = element.attrib
            if f"{{{XML}}}base" in attributes:
                line = document.line(element)
                yield tell(subject, "2.1.xmlBase", document.url, line, about=prefixed(element))
            for location in _LOCATIONS:
                if location in attributes:
                    line, local = document.line(element), location.rpartition("}")[2]
                    yield tell(
                        subject,
                        "1.14.schemaLocation",
                        document.url,
                        line,
                        about=prefixed(element),
                        attribute=f"xsi:{local}",
                    )
            if element.tag == _INCLUDE:
                yield tell(subject, "1.15.xInclude", document.url, document.line(element))
        links = document.root.find(f"{{{LINK}}}footnoteLink")
        if links is not None:
            yield tell(subject, "2.25.footnotes", document.url, document.line(links))


def prefixes(subject: Subject) -> Iterator[Finding]:
    """Prefixes that are declared are used, and are those that the specifications write (3.4, 3.5)."""
    for document in documents(subject):
        root = document.root
        used = _used(root)
        unused = sorted(prefix for prefix in root.nsmap if prefix and prefix not in used)
        if unused:
            yield tell(subject, "3.4.prefixes", document.url, count=len(unused), names=listed(unused))
        for prefix, namespace in root.nsmap.items():
            wanted = _CANONICAL.get(namespace)
            if prefix and wanted is not None and prefix != wanted:
                yield tell(subject, "3.5.prefix", document.url, about=namespace, prefix=prefix, wanted=wanted)


def _used(root: Any) -> set[str]:
    """Prefixes of elements and attributes, and those that values and members begin with."""
    used: set[str] = set()
    texts: set[str] = set()
    for element in root.iter():
        if element.prefix:
            used.add(element.prefix)
        for key, value in element.attrib.items():
            if key[0] == "{":
                used.update(prefix for prefix, uri in element.nsmap.items() if prefix and key.startswith(f"{{{uri}}}"))
            elif ":" in value:
                texts.add(value.partition(":")[0])
        text = element.text
        if text and ":" in text:
            texts.add(text.strip().partition(":")[0])
    return used | texts


RULES: list[Rule] = [name, declaration, entry_point, forbidden, prefixes]
