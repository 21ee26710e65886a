"""The documents of a folder, archive or submission: their names, readers, and what they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct

from recto import limits
from recto.errors import RectoError, SourceError
from recto.findings import Findings
from recto.sources.candidate import REPORTS, Candidate
from recto.sources.classify import Entry, classify
from recto.sources.places import read_file, read_head
from recto.sources.resolver import Resolver
from recto.sources.sets import is_beside
from recto.xml import file_url

HEAD = 4096
"""Bytes that tell what a file is."""


def on_disk(names: Sequence[str], folder: Path) -> list[Candidate]:
    found = []
    for name in names:
        path = folder / name
        candidate = classify(name, file_url(path), FileReader(path), lambda path=path: read_head(path, HEAD))  # type: ignore[misc]
        if candidate is not None:
            found.append(candidate)
    return found


def tell_of_others(path: Path, findings: Findings) -> None:
    """A warning where inline documents beside one refer to the same schemas: they make a set with it (4.7)."""
    try:
        with os.scandir(path.parent) as items:
            beside = sorted(item.name for item in items if item.name.lower().endswith(_INLINE) and _is_file(item))
    except OSError:
        return
    if len(beside) < 2 or len(beside) > limits.SET_DOCUMENTS:
        return
    documents = {each.name: each for each in on_disk(beside, path.parent) if each.kind == "inline"}
    own = documents.pop(path.name, None)
    if own is None or not own.schema_refs:
        return
    others = [name for name, each in documents.items() if is_beside(own, each)]
    if others:
        findings.found("recto:otherDocuments", document=file_url(path), names=", ".join(others))


_INLINE = (".htm", ".html", ".xhtml")


def in_mapping(
    files: Mapping[str, Callable[[], bytes]], base_url: str, findings: Findings | None = None
) -> list[Candidate]:
    """Candidates among named bytes; those right at the top, or all where there is no report among these."""
    found: list[Candidate] = []
    for top in (True, False):
        for name, read in files.items():
            if ("/" in name) == top:
                continue
            url = base_url + quote(name, safe="/!$&'()*+,;=:@~")
            try:
                candidate = classify(name, url, read)
            except RectoError as error:
                if findings is None:
                    raise
                findings.raised(error, document=url)
                continue
            if candidate is not None:
                found.append(candidate)
        if any(candidate.kind in REPORTS for candidate in found):
            break
    return found


def expect_report(entries: list[Entry], url: str, findings: Findings) -> None:
    if not entries or entries[0].kind == "schema":
        findings.found("recto:noReport", document=url)


def report_absent(folder: Path, base_url: str, findings: Findings) -> None:
    """Documents that a file `.absent` names as missing from the folder."""
    try:
        lines = (folder / ".absent").read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for line in lines:
        words = line.split()
        if words:
            name = words[-1].rpartition("/")[2]
            findings.found("recto:documentMissing", document=base_url + name, name=name)


def walk(folder: Path) -> list[str]:
    """Relative names of all regular files, sorted, files of a folder before its folders'; hidden ones left out.

    Links to files are followed, links to folders are not.
    """
    names: list[str] = []
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        folders = []
        with os.scandir(folder / prefix) as items:
            for item in sorted(items, key=lambda item: item.name):
                if item.name.startswith("."):
                    continue
                if item.is_dir(follow_symlinks=False):
                    folders.append(f"{prefix}{item.name}/")
                elif _is_file(item):
                    names.append(prefix + item.name)
        waiting.extend(reversed(folders))
        if len(names) > limits.FOLDER_FILES:
            raise SourceError.of("recto:tooManyFiles", document=str(folder), most=limits.FOLDER_FILES)
    return names


def _is_file(item: os.DirEntry[str]) -> bool:
    try:
        return item.is_file()
    except OSError:  # a link that leads to itself
        return False


class FileReader(Struct, frozen=True):
    path: Path

    def __call__(self) -> bytes:
        return read_file(self.path)


class UrlReader(Struct, frozen=True):
    resolver: Resolver
    url: str

    def __call__(self) -> bytes:
        return self.resolver.read(self.url)


def is_submission(head: bytes) -> bool:
    """Whether bytes begin as a full submission file does (privacy-enhanced mail headers may stand before)."""
    starts = [at for mark in _SUBMISSION_MARKS if (at := head.find(mark)) >= 0]
    return bool(starts) and b"<?xml" not in head[: min(starts)] and not is_tar(head)


def is_tar(head: bytes) -> bool:
    return head[257:262] == b"ustar"


_SUBMISSION_MARKS = (b"<SEC-DOCUMENT>", b"<SEC-HEADER>", b"<IMS-DOCUMENT>", b"<SUBMISSION>", b"<DOCUMENT>")


def metadata_folder(folder: Path) -> Path | None:
    """`META-INF` in the folder itself or in its only folder."""
    if (folder / "META-INF").is_dir():
        return folder / "META-INF"
    try:
        with os.scandir(folder) as items:
            folders = [item.name for item in items if item.is_dir() and not item.name.startswith(".")]
    except OSError:
        return None
    if len(folders) == 1 and (folder / folders[0] / "META-INF").is_dir():
        return folder / folders[0] / "META-INF"
    return None


def entry_of_document(
    name: str, url: str, read: Callable[[], bytes], head: bytes, *, plain_pages: bool = False
) -> Entry:
    """The entry that a single document is; with `plain_pages` also one of XHTML that has no markup.

    Raises `SourceError` (`recto:unknownKind`) for other documents.
    """
    candidate = classify("", url, read, lambda: head)
    if candidate is not None:
        return Entry(candidate.kind, (url,))
    if plain_pages and name.lower().endswith((".xhtml", ".html", ".htm")):
        return Entry("inline", (url,))
    start = head[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    if start in (b"{", b"[") and name.lower().endswith(".json"):
        return Entry("json", (url,))  # its reader tells what is wrong with its type (OIM Common Definitions 1.0, 2)
    markup = start == b"<"
    reason = "XML or HTML without XBRL" if markup else "its content is of another kind"
    if is_tar(head):
        reason = "an archive of files: `recto ingest` takes in those that hold submissions"
    raise SourceError.of("recto:unknownKind", document=url if url.startswith("http") else name, reason=reason)
