"""Places where the bytes of a URL may be found: a filing's files, folders that mirror hosts, the disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import quote, unquote

from msgspec import Struct

from recto import limits
from recto.errors import NotFoundError, SourceError, UnsafeInputError
from recto.xml import file_path, normalize_url

Stamp = tuple[str, int, int]
"""Cheap identity of a file's content: path, size in bytes, time of modification in nanoseconds (of a file in an
archive that of the archive)."""


class Located(Struct, frozen=True):
    """Bytes that were found but not yet read. `key` tells places apart: equal keys, same bytes."""

    key: str
    read: Callable[[], bytes]
    stamp: Stamp | None = None
    local: bool = False
    refused: bool = False
    """It must not be read: `read` raises `NotFoundError`, which says why."""


class Place(Protocol):
    """One of the places that a resolver asks, in its order."""

    def find(self, url: str) -> Located | None:
        """What is held for `url` (absolute, normal form, no fragment)."""
        ...


_SHARED = frozenset((".xsd", ".xml", ".xbrl", ".json"))
"""What the names of schemas, linkbases, instances and metadata end with."""


class Disk:
    """Files by `file:` URL; only those below `roots`, where roots are given.

    With `home`, the folder of a filing, files outside of it are read only where their names are those of schemas,
    linkbases, instances or metadata. Taxonomies often stand beside a report; what else a
    report that came from elsewhere may name is the user's, and its text must not end up in findings or tables.
    """

    def __init__(self, roots: tuple[Path, ...] | None = None, *, local: str = "", home: Path | None = None):
        self._roots = roots
        self._local = local
        self._home = home
        self._homes: tuple[str, ...] = ()

    def find(self, url: str) -> Located | None:
        path = file_path(url)
        if path is None:
            return None
        if self._roots is not None and not any(_below(path, root) for root in self._roots):
            return None
        if self._home is not None and not self._safe(path):
            return Located(url, _Refusal(url), refused=True)
        local = bool(self._local) and url.startswith(self._local)
        return locate_file(path, local=local) or _locate_packed(path, url, local)

    def _safe(self, path: Path) -> bool:
        """Whether what a name leads to is in the filing's folder, or a document by its name.

        What a link in the folder leads to may be elsewhere if it is of the kind that the link's name says.
        """
        if not self._homes:
            assert self._home is not None
            names = (os.path.abspath(self._home), os.path.realpath(self._home))
            self._homes = tuple(os.path.join(name, "") for name in names)
        real = os.path.realpath(path)
        if real.startswith(self._homes[1]):
            return True
        kind = os.path.splitext(real)[1].lower()
        return kind in _SHARED or (os.path.abspath(path).startswith(self._homes) and kind == path.suffix.lower() != "")


class Mirror:
    """A folder laid out `HOST/PATH`, for `http` and `https` alike."""

    def __init__(self, root: str | Path):
        self.root = Path(root)
        self._prefix = str(self.root.absolute()) + os.sep

    def find(self, url: str) -> Located | None:
        scheme, separator, rest = url.partition("://")
        if not separator or scheme not in ("http", "https"):
            return None
        rest = rest.partition("?")[0]
        if "%" in rest:
            rest = unquote(rest)
        if ".." in rest and ".." in rest.split("/"):
            return None
        found = locate_file(self._prefix + rest)
        if found is None:
            host, _, path = rest.partition("/")
            folder = self._hosts.get(host.lower())
            if folder is not None and folder != host:
                return locate_file(f"{self._prefix}{folder}/{path}")
        return found

    @cached_property
    def _hosts(self) -> dict[str, str]:
        """Folders of hosts by their names in lower case: upper and lower case are the same (RFC 3986, 6.2.2.1)."""
        try:
            return {name.lower(): name for name in sorted(os.listdir(self.root), reverse=True)}
        except OSError:
            return {}

    def __repr__(self) -> str:
        return f"Mirror({str(self.root)!r})"


class Members:
    """Named bytes below a base URL: the members of an archive, or the documents of a submission."""

    def __init__(
        self,
        base_url: str,
        files: Mapping[str, Callable[[], bytes]],
        *,
        local: bool = True,
        stamp: Callable[[str], Stamp | None] | None = None,
    ):
        """`stamp` gives those of the files by name, where they have any."""
        self.base_url = base_url
        base = normalize_url(base_url)
        self._by_url = {base + quote(name, safe="/!$&'()*+,;=:@~"): (name, read) for name, read in files.items()}
        self._local = local
        self._stamp = stamp

    def find(self, url: str) -> Located | None:
        found = self._by_url.get(url)
        if found is None:
            return None
        name, read = found
        return Located(url, read, None if self._stamp is None else self._stamp(name), self._local)


class BuiltIn:
    """Documents that recto itself brings, by URL: none so far, for the core schemas' meaning is code."""

    def __init__(self, documents: Mapping[str, Callable[[], bytes]]):
        self._documents = documents

    def find(self, url: str) -> Located | None:
        read = self._documents.get(url)
        return None if read is None else Located(url, read)


BUILT_IN: dict[str, Callable[[], bytes]] = {}
"""What `BuiltIn` holds in every resolver of `open_source`, after the filing and the given taxonomies."""


def locate_file(path: str | Path, *, local: bool = False) -> Located | None:
    """The regular file at `path`, or None."""
    name = str(path)
    try:
        status = os.stat(name)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return Located(name, _Reader(name), (name, status.st_size, status.st_mtime_ns), local)


def _locate_packed(path: Path, url: str, local: bool) -> Located | None:
    """The file at `folder/package.zip/name`: in that archive, or in `folder` where it was unpacked and is gone.

    Processors that look into archives let instances refer to schemas so.
    """
    parts = path.parts
    for index in range(len(parts) - 2, 0, -1):
        if not parts[index].lower().endswith((".zip", ".xbri", ".xbr")):
            continue
        archive = Path(*parts[: index + 1])
        if archive.is_file():
            files = _archive_at(archive)
            read = files.get("/".join(parts[index + 1 :])) if files is not None else None
            return None if read is None else Located(url, read, None, local)
        found = locate_file(Path(*parts[:index], *parts[index + 1 :]), local=local)
        if found is not None:
            return found
    return None


def _archive_at(path: Path) -> Mapping[str, Callable[[], bytes]] | None:
    """The files of an archive that a reference leads into; None where it cannot be trusted or read."""
    try:
        status = path.stat()
    except OSError:
        return None
    return _archive(str(path), status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=8)
def _archive(path: str, *stamp: int) -> Mapping[str, Callable[[], bytes]] | None:
    """Kept by path and stamp, so that an archive that was replaced is opened anew."""
    from recto.sources.archive import Archive

    try:
        archive = Archive(path)
        archive.require_safe()
    except SourceError:
        return None
    return archive


class _Refusal(Struct, frozen=True):
    url: str

    def __call__(self) -> bytes:
        raise NotFoundError.of("recto:outsideFiling", document=self.url)


class _Reader(Struct, frozen=True):
    path: str

    def __call__(self) -> bytes:
        return read_file(self.path)


def read_file(path: str | Path) -> bytes:
    """The bytes of a regular file. Raises `NotFoundError`, `SourceError` or `UnsafeInputError` (`recto:tooLarge`)."""
    name = str(path)
    try:
        with open(name, "rb", opener=_open) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise SourceError.of("recto:source", document=name, reason="not a regular file")
            if status.st_size > limits.FILE_SIZE:
                raise UnsafeInputError.of("recto:tooLarge", document=name, most=limits.FILE_SIZE)
            return file.read()
    except FileNotFoundError:
        raise NotFoundError.of("recto:notFound", document=name, what="file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SourceError.of("recto:source", document=name, reason=reason) from None


def open_file(path: str | os.PathLike[str]) -> BinaryIO:
    """A regular file, open to be read. Raises `SourceError` where it cannot be."""
    try:
        return open(path, "rb", opener=_open)
    except OSError as error:
        raise SourceError.of("recto:source", document=os.fspath(path), reason=error.strerror) from None


def read_head(path: str | os.PathLike[str], size: int = 4096) -> bytes:
    """The first `size` bytes of a file."""
    with open_file(path) as file:
        try:
            return file.read(size)
        except OSError as error:
            raise SourceError.of("recto:source", document=os.fspath(path), reason=error.strerror) from None


def _open(path: str, flags: int) -> int:
    """Open without waiting for the other end of what may be a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def is_zip(head: bytes) -> bool:
    """Whether bytes begin as a zip archive does (that of no members included)."""
    return head.startswith((b"PK\3\4", b"PK\5\6"))


def _below(path: Path, root: Path) -> bool:
    """Whether `path` is in `root`; links are followed, so that none leads out."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False
