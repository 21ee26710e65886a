"""The store of compiled documents: one file each, named by the digest of the source, made once and used by all.

Below the store's folder: `objects/ab/abcdef….rtx` (see `binary`), `stamps/…` (what the digest of a file with a given
path, size and time of modification was, so that megabytes need not be hashed at each use), `entries/…` (what was
compiled by request). Files are written beside their place and renamed into it, so readers see all of one or nothing.
Whatever is absent, damaged or cannot be written is made anew in memory, without a word.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary
from zlib import crc32

from msgspec import Struct

from recto import files
from recto.taxonomy.binary import FORMAT, StoredDocument, encode
from recto.taxonomy.compiled import CompiledDocument, MemoryDocument
from recto.taxonomy.packed import DamagedError

if TYPE_CHECKING:
    from recto.findings import Findings
    from recto.taxonomy.discovery import Progress, ResolverLike
    from recto.taxonomy.dts import DTS
    from recto.xml import Document

Compile = Callable[[str, bytes], "tuple[CompiledDocument, bool]"]
VERSION = f"v{FORMAT}-{sys.byteorder}"
"""Folder name: the format, and the order of bytes in its numbers."""
_in_use: WeakValueDictionary[str, StoredDocument] = WeakValueDictionary()
"""By path. One copy serves all taxonomies of a process. It is read rather than mapped: all of it is checked anyway,
and a file that is cut short by others while it is mapped would end the process."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's time of modification can be trusted to change with the next change."""
_LONGEST_STAMP = 1 << 14
_ABANDONED = 3600
"""Seconds after which a temporary file is taken for a dead writer's."""


class StoreEntry(Struct, frozen=True):
    """A taxonomy compiled by request."""

    key: str
    urls: tuple[str, ...]
    documents: int
    """Documents of the DTS that are in the store."""
    size: int
    """Bytes of their compiled forms."""
    created: float
    """POSIX time."""


class Store:
    """Compiled documents below `cache_dir/compiled`. Any number of processes may use one folder."""

    def __init__(self, cache_dir: str | os.PathLike[str]):
        self.folder = Path(cache_dir) / "compiled" / VERSION
        self._objects = str(self.folder / "objects")
        self._stamps = str(self.folder / "stamps")

    # Reading and filling

    def get(self, url: str, resolver: ResolverLike, compile_: Compile) -> CompiledDocument:
        """The compiled document at `url`: from the store, or compiled now and put there.

        Raises `RectoError` where the document cannot be read.
        """
        stamp = resolver.stamp(url)
        mark = repr(stamp).encode("utf-8", "surrogatepass") if stamp is not None else b""
        if mark:
            document = self._stamped(mark)
            if document is not None:
                return document
        from hashlib import sha256

        data = resolver.read(url)
        digest = sha256(data).hexdigest()
        stored = self._open(digest)
        if stored is None:
            compiled, sound = compile_(url, data)
            if not sound or not isinstance(compiled, MemoryDocument):
                return compiled
            encoded = encode(compiled)
            if self._write(self._object(digest), encoded):
                stored = self._open(digest)
            if stored is None:
                return compiled
        if mark and _settled(stamp):
            self._write(self._stamp_file(mark), b"%s %s\n" % (digest.encode(), mark))
        return stored

    def own(self, url: str, resolver: ResolverLike, compile_: Compile, trees: dict[str, Document]) -> CompiledDocument:
        """A document of the filing itself, compiled now: it is no one else's. `trees`: where `compile_` puts its tree.

        Raises `RectoError` where the document cannot be read.
        """
        return compile_(url, resolver.read(url))[0]

    def dts(self, urls: Sequence[str], resolver: ResolverLike, make: Callable[[], DTS]) -> DTS:
        """The DTS of these starting points, made now: the filing's own documents are no one else's."""
        return make()

    def _object(self, digest: str) -> str:
        return f"{self._objects}/{digest[:2]}/{digest}.rtx"

    def _stamp_file(self, mark: bytes) -> str:
        """The file tells whose stamp it is, so that stamps of one checksum only displace one another."""
        name = f"{crc32(mark):08x}"
        return f"{self._stamps}/{name[:2]}/{name}"

    def _stamped(self, mark: bytes) -> StoredDocument | None:
        try:
            with open(self._stamp_file(mark), "rb", buffering=0) as file:
                text = file.read(_LONGEST_STAMP)
        except OSError:
            return None
        if text[64:] != b" %s\n" % mark:
            return None
        digest = text[:64].decode("latin-1")
        return self._open(digest) if _HEX.issuperset(digest) else None

    def _open(self, digest: str) -> StoredDocument | None:
        path = self._object(digest)
        document = _in_use.get(path)
        if document is not None:
            return document
        try:
            with open(path, "rb", buffering=0) as file:
                data = file.read()
        except OSError:
            return None
        try:
            document = _in_use[path] = StoredDocument(data, digest)
            return document
        except (DamagedError, ValueError, EOFError, TypeError):
            with suppress(OSError):
                os.unlink(path)
            return None

    def _write(self, path: str, data: bytes) -> bool:
        """Puts a whole file in place, or nothing; False where that is not possible."""
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            files.write(path, data)
        except OSError:
            return False
        return True

    # What `recto taxonomy compile`, `list` and `remove` do

    def compile(
        self,
        urls: Sequence[str],
        resolver: ResolverLike,
        *,
        findings: Findings | None = None,
        progress: Progress | None = None,
    ) -> tuple[StoreEntry, DTS]:
        """Compiles the DTS of the starting points and makes an entry of it."""
        import json
        from hashlib import sha256

        from recto.taxonomy.loading import load

        dts = load(urls, resolver, store=self, findings=findings, progress=progress)
        digests = [each.compiled.digest for each in dts.members if isinstance(each.compiled, StoredDocument)]
        key = sha256("\n".join(urls).encode()).hexdigest()[:12]
        record = {"urls": list(urls), "digests": sorted(set(digests)), "created": time.time()}
        self._write(str(self.folder / "entries" / f"{key}.json"), json.dumps(record).encode())
        return self._entry(key, record), dts

    def list(self) -> Sequence[StoreEntry]:
        """What was compiled by request, oldest first."""
        return sorted((self._entry(*each) for each in self._records()), key=lambda entry: entry.created)

    def size(self) -> tuple[int, int]:
        """Number of compiled documents, and their bytes; counts those that were compiled on first use too."""
        sizes = [path.stat().st_size for path in (self.folder / "objects").glob("*/*.rtx")]
        return len(sizes), sum(sizes)

    def remove(self, key: str) -> bool:
        """Drops an entry, by its key or one of its URLs, with the documents that no other entry has."""
        records = dict(self._records())
        found = next((each for each, record in records.items() if key == each or key in record["urls"]), None)
        if found is None:
            return False
        kept = {digest for each, record in records.items() if each != found for digest in record["digests"]}
        for digest in set(records[found]["digests"]) - kept:
            with suppress(OSError):
                os.unlink(self._object(digest))
        with suppress(OSError):
            os.unlink(self.folder / "entries" / f"{found}.json")
        return True

    def clear(self) -> None:
        """Removes all compiled documents, of other versions too."""
        import shutil

        shutil.rmtree(self.folder.parent, ignore_errors=True)

    def tidy(self) -> None:
        """Removes what dead writers left, and the folders of other versions."""
        import shutil

        before = time.time() - _ABANDONED
        for path in self.folder.glob(f"*/*/.*{files.SUFFIX}"):
            with suppress(OSError):
                if path.stat().st_mtime < before:
                    path.unlink()
        for path in self.folder.parent.glob("v*"):
            if path != self.folder:
                shutil.rmtree(path, ignore_errors=True)

    def _records(self) -> Sequence[tuple[str, dict[str, Any]]]:
        import json

        records = []
        for path in (self.folder / "entries").glob("*.json"):
            try:
                record = json.loads(path.read_bytes())
                if isinstance(record["urls"], list) and isinstance(record["digests"], list):
                    float(record["created"])
                    records.append((path.stem, record))
            except (OSError, ValueError, KeyError, TypeError):
                continue
        return records

    def _entry(self, key: str, record: dict[str, Any]) -> StoreEntry:
        size = 0
        for digest in record["digests"]:
            with suppress(OSError):
                size += os.stat(self._object(digest)).st_size
        return StoreEntry(key, tuple(record["urls"]), len(record["digests"]), size, float(record["created"]))


_HEX = frozenset("0123456789abcdef")


def _settled(stamp: Any) -> bool:
    """Whether the file is old enough for its stamp to tell the next change."""
    modified = stamp[2] if isinstance(stamp, tuple) and len(stamp) > 2 and isinstance(stamp[2], int) else 0
    return time.time_ns() - modified > _SETTLED
