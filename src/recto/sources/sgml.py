"""EDGAR's full submission files (`.txt`, `.nc`): one file that holds all documents of a filing, wrapped in SGML.

The form is that of EDGAR's dissemination service: a header, then documents as
`<DOCUMENT> <TYPE>… <SEQUENCE>… <FILENAME>… <TEXT> … </TEXT> </DOCUMENT>`, their text inside `<XBRL>`, `<XML>` or
`<PDF>` where it is one of these, binaries uuencoded.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from recto.errors import SourceError
from recto.findings import Findings
from recto.patterns import lazy
from recto.sources.contents import is_submission

# Lines end with LF, CR LF or CR alone.
_DOCUMENT = lazy(rb"<DOCUMENT>[ \t]*(?=[\r\n]|\Z)")
_END = lazy(rb"</DOCUMENT>[ \t]*(?=[\r\n]|\Z)")
_FIELD = lazy(rb"(?<![^\r\n])[ \t]*<(TYPE|SEQUENCE|FILENAME|DESCRIPTION)>[ \t]*([^\r\n]*)")
_TEXT = lazy(rb"(?<![^\r\n\t ])<TEXT>[ \t]*(?:\r\n|\r|\n)?")
_WRAPPER = lazy(rb"\s*<(XBRL|XML|PDF|JSON|ZIP|EXCEL)>[ \t]*(?:\r\n|\r|\n)?")
_UUENCODED = lazy(rb"\s*begin [0-7]{3,4} [^\r\n]+[\r\n]")
_NUMBER = lazy(r"\d{10}-\d{2}-\d{6}")
_HEADER_FIELDS = (
    ("accession", rb"ACCESSION NUMBER:\s*([0-9-]+)|<ACCESSION-NUMBER>\s*([0-9-]+)"),
    ("form", rb"CONFORMED SUBMISSION TYPE:\s*([^\r\n]+)|(?<![^\r\n])<TYPE>\s*([^\r\n]+)"),
    ("filed", rb"FILED AS OF DATE:\s*([0-9]+)|<FILING-DATE>\s*([0-9]+)"),
    ("accepted", rb"<ACCEPTANCE-DATETIME>\s*([0-9]+)"),
    ("period", rb"CONFORMED PERIOD OF REPORT:\s*([0-9]+)|<PERIOD>\s*([0-9]+)"),
    ("cik", rb"CENTRAL INDEX KEY:\s*([0-9]+)|<CIK>\s*([0-9]+)"),
    ("company", rb"COMPANY CONFORMED NAME:\s*([^\r\n]+)|<CONFORMED-NAME>\s*([^\r\n]+)"),
)


@dataclass(frozen=True, slots=True)
class SubmissionDocument:
    """One document of a submission: EDGAR's type (`10-Q`, `EX-101.INS` …), its number and file name, its content."""

    type: str
    sequence: int
    name: str
    description: str
    data: memoryview

    def read(self) -> bytes:
        """The content, taken out of its wrapper and decoded. Raises `SourceError` where uuencoding is damaged."""
        return _content(self.data, self.name)


@dataclass(frozen=True, slots=True)
class Submission:
    header: Mapping[str, str]
    documents: tuple[SubmissionDocument, ...]

    @property
    def files(self) -> dict[str, Callable[[], bytes]]:
        """Name → reader, in the order of the submission."""
        return {document.name: document.read for document in self.documents}


def read_submission(data: bytes, url: str, findings: Findings) -> Submission:
    """Split a full submission file into its documents.

    Documents without a name get one from their number; of two with one name the first counts, with a finding. A file
    that ends inside a document gives what there is, with a finding. Raises `SourceError` where there is no document.
    """
    first = _DOCUMENT.search(data)
    header = _header(data[: first.start()] if first else data[:65536])
    documents = []
    names: set[str] = set()
    for number, start, end, complete in _extents(data):
        line = data.count(b"\n", 0, start) + data.count(b"\r", 0, start) - data.count(b"\r\n", 0, start)
        if not complete:
            findings.found("recto:truncatedSubmission", document=url, line=line)
        document = _document(data, start, end, number)
        if document is None:
            findings.found("recto:submissionDocument", document=url, line=line)
        elif document.name in names:
            findings.found("recto:duplicateDocument", document.name, document=url, line=line)
        else:
            names.add(document.name)
            documents.append(document)
    if not documents:
        raise SourceError.of("recto:emptySubmission", document=url)
    return Submission(header, tuple(documents))


def accession_of(head: bytes) -> str | None:
    """The accession number that the beginning of a submission tells; None where it tells none."""
    if not is_submission(head):
        return None
    match = _NUMBER.fullmatch(_header(head).get("accession", ""))
    return None if match is None else match[0]


def _header(text: bytes) -> dict[str, str]:
    header = {}
    for name, pattern in _HEADER_FIELDS:
        match = re.search(pattern, text, re.MULTILINE)
        if match is not None:
            header[name] = next(group for group in match.groups() if group).decode("utf-8", "replace").strip()
    return header


def _extents(data: bytes) -> Iterator[tuple[int, int, int, bool]]:
    """Number (from 1), start and end of each document, and whether it was closed."""
    starts = [match.end() for match in _DOCUMENT.finditer(data)]
    for number, start in enumerate(starts, 1):
        limit = starts[number] - len(b"<DOCUMENT>") if number < len(starts) else len(data)
        end = _END.search(data, start, limit)
        yield number, start, end.start() if end else limit, end is not None


def _document(data: bytes, start: int, end: int, number: int) -> SubmissionDocument | None:
    text = _TEXT.search(data, start, end)
    if text is None:
        return None
    fields = {
        name: value.strip().decode("utf-8", "replace") for name, value in _FIELD.findall(data[start : text.start()])
    }
    close = data.rfind(b"</TEXT>", text.end(), end)
    sequence = fields.get(b"SEQUENCE", "")
    name = _safe_name(fields.get(b"FILENAME", "")) or f"document{number}.txt"
    return SubmissionDocument(
        fields.get(b"TYPE", ""),
        int(sequence) if sequence.isdecimal() and len(sequence) < 10 else number,
        name,
        fields.get(b"DESCRIPTION", ""),
        memoryview(data)[text.end() : close if close >= 0 else end],
    )


def _safe_name(name: str) -> str:
    """A plain file name; whatever would name a folder is dropped."""
    name = name.replace("\\", "/").rpartition("/")[2].replace("\0", "")
    return "" if name in (".", "..") else name


def _content(view: memoryview, name: str) -> bytes:
    start, end = 0, len(view)
    wrapper = _WRAPPER.match(view)
    if wrapper is not None:
        start = wrapper.end()
        close = bytes(view[max(start, end - 64) :]).rfind(b"</" + wrapper.group(1) + b">")
        if close >= 0:
            end = max(start, end - 64) + close
    if _UUENCODED.match(view, start, end):
        return _uudecode(bytes(view[start:end]), name)
    data = bytes(view[start:end])
    stripped = data.lstrip(b"\r\n")
    return stripped if stripped.startswith((b"<?xml", b"\xef\xbb\xbf")) else data


def _uudecode(data: bytes, name: str) -> bytes:
    decoded: list[bytes] = []
    for line in data.lstrip().splitlines()[1:]:
        if line == b"end":
            return b"".join(decoded)
        if not line:
            continue
        try:
            decoded.append(binascii.a2b_uu(line))
        except binascii.Error:
            try:  # some encoders leave rubbish behind a line's data
                decoded.append(binascii.a2b_uu(line[: (((line[0] - 32) & 63) * 4 + 5) // 3]))
            except binascii.Error as error:
                raise SourceError.of("recto:uuencoding", document=name, reason=error) from None
    raise SourceError.of("recto:uuencoding", document=name, reason="it does not end")
