"""The filings that a server has open: opened when first looked at, shared by all readers, the oldest let go."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import Struct

from recto.errors import NotFoundError, UnsafeInputError, UsageError
from recto.rendering.writers.naming import filing_names
from recto.viewer import Description
from recto.xml import split_url

if TYPE_CHECKING:
    from recto.filing import Filing
    from recto.lake import Lake

UPLOAD_SIZE: Final = 64 << 20
"""Bytes of one upload."""
UPLOAD_MEMBERS: Final = 5000
"""Files in an archive that is uploaded; filings have some hundred."""
_MEMBER: Final = b"PK\1\2"
"""Begins each entry of a zip archive's directory: there are never more entries than these."""
UPLOADS: Final = (".zip", ".xbri", ".xbr", ".htm", ".html", ".xhtml", ".xml", ".xbrl", ".json", ".txt", ".nc")
"""Kinds of files that may be uploaded."""
_SHELF: Final = 200
"""Filings that are listed; uploads beyond push out the oldest upload."""
_OPEN: Final = 8
"""Filings that are held open at a time."""
_PARTS: Final = 32 << 20
"""Bytes of parts that are kept encoded for each filing."""
_NAME: Final = re.compile(r"[^\w.() -]+")


class Entry(Struct):
    """A filing on the shelf."""

    id: str
    source: str
    name: str
    uploaded: bool = False
    in_lake: bool = False
    """Its id is its key in the lake."""
    title: str = ""
    error: str = ""


class Book:
    """An open filing with its description, and the parts that were asked for, encoded."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.description = Description(filing)
        self.first: tuple[str, ...] = ()
        """Names of the parts that show the first page."""
        self._parts: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def part(self, name: str) -> bytes:
        """A part as JSON. Raises `NotFoundError`."""
        with self._lock:
            known = self._parts.get(name)
            if known is not None:
                self._parts.move_to_end(name)
                return known
        data = self.description.encode(name)
        with self._lock:
            if name not in self._parts:
                self._parts[name] = data
                self._size += len(data)
                while self._size > _PARTS and len(self._parts) > 1:
                    self._size -= len(self._parts.popitem(last=False)[1])
        return data

    def first_parts(self) -> dict[str, msgspec.Raw]:
        """The head and the first page, where they are at hand."""
        with self._lock:
            return {name: msgspec.Raw(self._parts[name]) for name in self.first if name in self._parts}

    def make_first(self) -> None:
        """Makes the head and the first page, so that they are at hand."""
        reports = self.description.reports
        self.first = ("filing", f"pages/{reports[0].stem}") if reports else ("filing",)
        for name in self.first:
            self.part(name)


class Shelf:
    """Filings by id. Safe for many threads: each filing is opened once, under its own lock."""

    def __init__(
        self,
        sources: Iterable[str] = (),
        *,
        options: dict[str, Any] | None = None,
        hosts: Iterable[str] = (),
        uploads: bool = True,
        lake: Lake | None = None,
    ) -> None:
        """`options`: as `recto.open` takes them. `hosts`: from which filings may be fetched when a reader names a URL.
        `uploads`: whether files are taken. `lake`: whose filings are on the shelf too, by their keys.
        """
        self.lake = lake
        self.options = dict(options or {})
        self.hosts = frozenset(host.casefold() for host in hosts)
        self.uploads = uploads
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._books: OrderedDict[str, Book] = OrderedDict()
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        for source in sources:
            self.add(source)

    @property
    def entries(self) -> list[Entry]:
        with self._lock:
            return list(self._entries.values())

    def add(self, source: str, *, name: str = "", uploaded: bool = False) -> Entry:
        """Puts a source on the shelf; it is opened when it is first looked at."""
        name = name or source.rstrip("/").rpartition("/")[2] or source
        digest = hashlib.sha256(source.encode("utf-8", "surrogateescape")).hexdigest()[:10]
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40]
        entry = Entry(f"{slug or 'filing'}-{digest}", source, name, uploaded)
        with self._lock:
            self._entries.setdefault(entry.id, entry)
            self._locks.setdefault(entry.id, threading.Lock())
            return self._entries[entry.id]

    def add_url(self, url: str) -> Entry:
        """A filing at a URL of an allowed host. Raises `UsageError` for any other source."""
        parts = split_url(url)
        if (
            parts is None
            or parts.scheme != "https"
            or (parts.hostname or "").casefold() not in self.hosts
            or parts.port not in (None, 443)
        ):
            allowed = ", ".join(sorted(self.hosts)) or "none"
            raise UsageError(f"filings are fetched from allowed hosts only, over https ({allowed})")
        return self.add(url)

    def upload(self, name: str, data: bytes) -> Entry:
        """A file of a reader's. Raises `UnsafeInputError` where it is too large or of no kind that is taken."""
        if not self.uploads:
            raise UsageError("uploads are not taken here")
        base = _NAME.sub("_", os.path.basename(name.replace("\\", "/"))).lstrip(".")[-100:]
        if not base.casefold().endswith(UPLOADS):
            raise UnsafeInputError(f"files of this kind are not taken; those are: {' '.join(UPLOADS)}", document=base)
        if len(data) > UPLOAD_SIZE:
            raise UnsafeInputError(f"files up to {UPLOAD_SIZE >> 20} MiB are taken", document=base)
        if data.count(_MEMBER) > UPLOAD_MEMBERS:  # each would cost time before it could be told what is wrong
            raise UnsafeInputError(f"archives of up to {UPLOAD_MEMBERS:,} files are taken", document=base)
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="recto-")
        folder = Path(self._folder.name) / hashlib.sha256(data).hexdigest()[:16]
        folder.mkdir(exist_ok=True)
        (folder / base).write_bytes(data)
        entry = self.add(str(folder / base), name=base, uploaded=True)
        self._trim()
        return entry

    def _trim(self) -> None:
        with self._lock:
            guests = [entry.id for entry in self._entries.values() if entry.uploaded or entry.in_lake]
            for old in guests[: max(0, len(self._entries) - _SHELF)]:
                self._entries.pop(old)
                self._books.pop(old, None)
                self._locks.pop(old, None)

    def entry(self, identifier: str) -> Entry:
        """The filing of that id, on the shelf or in the lake. Raises `NotFoundError`."""
        with self._lock:
            entry = self._entries.get(identifier)
        if entry is not None:
            return entry
        if self.lake is None:
            raise NotFoundError(f"there is no filing {identifier!r}")
        from recto.lake.reopening import about

        row = about(self.lake, identifier)
        name = " ".join(str(row[key]) for key in ("form", "period") if row[key]) or identifier
        entry = Entry(identifier, row["source"], name, in_lake=True, title=row["company"] or identifier)
        with self._lock:
            entry = self._entries.setdefault(identifier, entry)
            self._locks.setdefault(identifier, threading.Lock())
        self._trim()
        return entry

    def book(self, identifier: str) -> Book:
        """The open filing of that id. Raises `NotFoundError` for an unknown id, and what opening raises."""
        with self._lock:
            book = self._books.get(identifier)
            if book is not None:
                self._books.move_to_end(identifier)
                return book
        entry = self.entry(identifier)
        with self._lock:
            lock = self._locks.setdefault(identifier, threading.Lock())
        with lock:
            with self._lock:
                book = self._books.get(identifier)
            if book is None:
                book = self._open(entry)
                with self._lock:
                    self._books[identifier] = book
                    while len(self._books) > _OPEN:
                        self._books.popitem(last=False)
            return book

    def first_parts(self, identifier: str) -> dict[str, msgspec.Raw]:
        """Of a filing that is open, the parts that its first page is drawn from; nothing is opened or made for it."""
        with self._lock:
            book = self._books.get(identifier)
        return {} if book is None else book.first_parts()

    def _open(self, entry: Entry) -> Book:
        try:
            book = Book(self._opened(entry))
        except Exception as error:
            entry.error = str(error)
            raise
        book.make_first()
        entry.title = filing_names(book.description.rendered)[0]
        entry.error = ""
        return book

    def _opened(self, entry: Entry) -> Filing:
        from recto.filing import open as open_

        if not entry.in_lake or self.lake is None:
            return open_(entry.source, **self.options)
        from recto.lake.reopening import is_elsewhere

        if is_elsewhere(entry.source):
            parts = split_url(entry.source)
            host = (parts.hostname if parts is not None else None) or "www.sec.gov"
            if host.casefold() not in self.hosts:
                raise UsageError(f"{entry.id} was taken in from {host}, which is not allowed: --allow-host {host}")
        return self.lake.open(entry.id, **self.options)

    def close(self) -> None:
        with self._lock:
            books = list(self._books.values())
            self._books.clear()
        for book in books:
            book.filing.close()
        if self._folder is not None:
            self._folder.cleanup()
        if self.lake is not None:
            self.lake.close()
