"""Encodings: every document is handed to the parser in one that extends ASCII (XML 1.0, 4.3.3 and F)."""

from __future__ import annotations

import codecs

from recto.errors import XMLError
from recto.findings import Findings
from recto.patterns import lazy

_PARSED_AS_THEY_ARE = frozenset(("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"))
_WIDE = ("utf-16", "utf16", "ucs-2", "ucs-4", "iso-10646", "utf-32", "utf32")
_DECLARATION = lazy(rb"<\?xml\s[^>]*?\?>")
_ENCODING = lazy(rb"(\sencoding\s*=\s*)(?:\"([^\"<>]*)\"|'([^'<>]*)')")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)


def ascii_compatible(data: bytes, url: str) -> bytes:
    """The document as it is where its encoding extends ASCII, else in UTF-8 and without an encoding declaration.

    Raises `XMLError` (`xml:empty`, `xml:notWellFormed`, `xml:encoding`). Bytes that are wrong in UTF-8 are left for
    the parser to find.
    """
    encoding = _encoding(data, url)
    return data if encoding is None else _transcode(data, encoding, url)


def recoverable(data: bytes, url: str, findings: Findings | None) -> bytes:
    """As `ascii_compatible`, but whatever is wrong is a finding, and what is not of its encoding becomes `U+FFFD`.

    Bytes that are wrong in UTF-8 are taken for Windows-1252, the usual cause. Raises `XMLError` where nothing is XML.
    """
    try:
        encoding = _encoding(data, url)
        if encoding is None:
            if _declared(data) in ("", "utf-8", "utf8"):
                data.decode("utf-8")
            return data
        return _transcode(data, encoding, url)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = XMLError.of("xml:encoding", document=url, line=line, reason=f"not utf-8 at byte {error.start}")
        encoding = "windows-1252"
    except XMLError as error:
        if error.code != "xml:encoding":
            raise
        problem = error
        encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if findings is not None:
        findings.raised(problem)
    return _recode(data.decode(encoding, "replace"))


def _encoding(data: bytes, url: str) -> str | None:
    """What the document must be transcoded from; None where the parser can take it as it is."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    marked = data.startswith(codecs.BOM_UTF8)
    head = data[3 if marked else 0 : 1024].lstrip()
    if not head.startswith(b"<"):
        if not head and len(data) < 1024:
            raise XMLError.of("xml:empty", document=url, line=1)
        raise XMLError.of("xml:notWellFormed", document=url, line=1, reason="it does not begin with '<'")
    declared = _declared(head)
    if declared in ("", "utf-8", "utf8"):
        return None
    if marked:  # the byte order mark is the better witness
        return "utf-8-sig"
    if declared in _PARSED_AS_THEY_ARE:
        return None
    if declared.replace("_", "-").startswith(_WIDE):
        reason = f"{declared} is declared, but one byte stands for one character"
        raise XMLError.of("xml:encoding", document=url, line=1, reason=reason)
    return declared


def _declared(data: bytes) -> str:
    """The encoding that the XML declaration names, in lower case; "" where it names none."""
    declaration = _DECLARATION.match(data[:1024].removeprefix(codecs.BOM_UTF8).lstrip())
    found = _ENCODING.search(declaration.group()) if declaration else None
    return (found.group(2) or found.group(3) or b"").decode("latin-1").strip().lower() if found else ""


def _transcode(data: bytes, encoding: str, url: str) -> bytes:
    try:
        return _recode(data.decode(encoding))
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        reason = f"not {encoding}: {error.reason} at byte {error.start}"
        raise XMLError.of("xml:encoding", document=url, line=line, reason=reason) from None
    except (LookupError, ValueError):  # a name that is no encoding's, or cannot be any name
        raise XMLError.of("xml:encoding", document=url, line=1, reason=f"{encoding!r} is unknown") from None


def _recode(text: str) -> bytes:
    encoded = text.lstrip("\ufeff").encode("utf-8", "replace")
    declaration = _DECLARATION.match(encoded)
    if declaration is None:
        return encoded
    return _ENCODING.sub(b"", declaration.group(), count=1) + encoded[declaration.end() :]
