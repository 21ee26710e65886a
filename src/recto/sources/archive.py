"""Zip archives, read with suspicion.

A name never leads out of the archive, a member never unpacks to more than its limit, and an archive that tries either
is refused as a whole. Archives inside archives are bytes like others: they are never opened.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import Any, Literal

from recto import limits
from recto.errors import NotFoundError, SourceError, UnsafeInputError

_DAMAGE = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, struct.error, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an archive's form: `kind` is the local part of the code that package specifications use."""

    kind: Literal["invalidArchiveFormat", "invalidDirectoryStructure"]
    code: str
    fatal: bool
    subject: str
    """The member's name."""
    arguments: Mapping[str, Any]

    def error(self, prefix: str, document: str) -> UnsafeInputError:
        """As an error; with a prefix (`rpe`, `tpe`) under the code of that specification."""
        own = UnsafeInputError.of(self.code, self.subject, document=document, **self.arguments)
        if not prefix:
            return own
        return UnsafeInputError.of(f"{prefix}:{self.kind}", self.subject, document=document, reason=own.message)


class Archive(Mapping[str, Callable[[], bytes]]):
    """A zip archive's files: name (with `/`) → reader. Folders are left out.

    `problems` holds what is wrong with names and members; with one that is `fatal`, `require_safe` raises.
    Raises `SourceError` (with `damaged` as its code) for what is no zip archive.
    """

    def __init__(self, source: str | Path | bytes, name: str = "", *, damaged: str = "zip:damaged"):
        self.name = name or (str(source) if not isinstance(source, bytes) else "archive.zip")
        size = len(source) if isinstance(source, bytes) else _size(source, self.name)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
        except _DAMAGE as error:
            raise SourceError.of(damaged, self.name, document=self.name, reason=f"not a zip archive: {error}") from None
        opened = self._zip.fp
        self._modified = os.fstat(opened.fileno()).st_mtime_ns if opened and not isinstance(source, bytes) else None
        self.problems: list[Problem] = []
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._folders: set[str] = set()
        self._examine(size)

    @property
    def top_folders(self) -> tuple[str, ...]:
        """First segments of all names that have more than one, sorted."""
        tops = {name.partition("/")[0] for name in self._members if "/" in name}
        tops.update(folder.partition("/")[0] for folder in self._folders)
        return tuple(sorted(tops))

    def require_safe(self, prefix: str = "") -> None:
        """Raise the first fatal problem; with a prefix (`rpe`, `tpe`) under the code of that specification."""
        for problem in self.problems:
            if problem.fatal:
                raise problem.error(prefix, self.name)

    def has_folder(self, folder: str) -> bool:
        prefix = folder.rstrip("/") + "/"
        return prefix in self._folders or any(name.startswith(prefix) for name in self._members)

    def __getitem__(self, name: str) -> Callable[[], bytes]:
        member = self._members[name]
        return lambda: self._read(name, member)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def stamp(self, name: str) -> tuple[str, int, int] | None:
        """As of a file, of a member of an archive on disk: its path with its checksum, its size, and when the archive
        was last modified. None for what is in memory.
        """
        if self._modified is None:
            return None
        member = self._members[name]
        return f"{self.name}/{name}#{member.CRC:08x}", member.file_size, self._modified

    def close(self) -> None:
        self._zip.close()

    def _read(self, name: str, member: zipfile.ZipInfo) -> bytes:
        where = f"{self.name}/{name}"
        if self._zip.fp is None:
            raise SourceError.of("recto:closed", name, document=where)
        if member.file_size > limits.FILE_SIZE:
            raise UnsafeInputError.of("zip:bomb", name, document=where, reason=f"more than {limits.FILE_SIZE} bytes")
        try:
            with self._zip.open(member) as file:
                return file.read(limits.FILE_SIZE + 1)
        except RuntimeError:  # encrypted
            raise SourceError.of("zip:encrypted", name, document=where) from None
        except _DAMAGE as error:
            raise SourceError.of("zip:damaged", name, document=where, reason=error) from None

    def _examine(self, size: int) -> None:
        members = self._zip.infolist()
        if len(members) > limits.ARCHIVE_MEMBERS:
            reason = f"more than {limits.ARCHIVE_MEMBERS} members"
            raise UnsafeInputError.of("zip:bomb", self.name, document=self.name, reason=reason)
        total = packed = 0
        seen: set[str] = set()
        for member in members:
            total += member.file_size
            packed += member.compress_size
            if member.file_size > max(limits.ARCHIVE_RATIO_FROM, limits.ARCHIVE_RATIO * member.compress_size):
                self._bomb(member.filename, f"it unpacks to {member.file_size} from {member.compress_size} bytes")
            self._add(member, seen)
        if total > limits.ARCHIVE_SIZE or packed > size:
            self._bomb(
                self.name, f"the members unpack to {total} bytes, and are packed into {packed} of the archive's {size}"
            )
        for name in self._members:
            if name + "/" in self._folders or any(parent in self._members for parent in _parents(name)):
                self._problem("invalidDirectoryStructure", "zip:duplicate", False, name, what="a file and a folder")

    def _add(self, member: zipfile.ZipInfo, seen: set[str]) -> None:
        raw = member.orig_filename
        name = raw.replace("\\", "/")
        if "\\" in raw:
            self._problem("invalidArchiveFormat", "zip:backslash", False, raw)
        if name.startswith("/") or name[1:2] == ":" or "\0" in name:
            self._problem("invalidArchiveFormat", "zip:absolutePath", True, raw)
            return
        segments = name.rstrip("/").split("/")
        if ".." in segments:
            self._problem("invalidDirectoryStructure", "zip:pathTraversal", True, raw)
            return
        if "." in segments or "" in segments:
            self._problem("invalidDirectoryStructure", "zip:dotSegment", False, raw)
            folder = name.endswith("/")
            name = "/".join(segment for segment in segments if segment not in ("", ".")) + ("/" if folder else "")
        if name in seen:
            self._problem("invalidDirectoryStructure", "zip:duplicate", True, raw, what="two members")
            return
        seen.add(name)
        if member.flag_bits & 0x1:
            self._problem("invalidArchiveFormat", "zip:encrypted", True, raw)
        if stat.S_ISLNK(member.external_attr >> 16):
            self._problem("invalidDirectoryStructure", "zip:link", True, raw)
        elif name.endswith("/"):
            self._folders.add(name)
        elif name:
            self._members[name] = member

    def _bomb(self, name: str, reason: str) -> None:
        self._problem("invalidArchiveFormat", "zip:bomb", True, name, reason=reason)

    def _problem(
        self,
        kind: Literal["invalidArchiveFormat", "invalidDirectoryStructure"],
        code: str,
        fatal: bool,
        subject: str,
        **arguments: Any,
    ) -> None:
        self.problems.append(Problem(kind, code, fatal, subject, arguments))


def _parents(name: str) -> Iterator[str]:
    at = name.rfind("/")
    while at > 0:
        yield name[:at]
        at = name.rfind("/", 0, at)


def _size(path: str | Path, name: str) -> int:
    try:
        return Path(path).stat().st_size
    except FileNotFoundError:
        raise NotFoundError.of("recto:notFound", document=name, what="file") from None
    except (OSError, ValueError) as error:
        raise SourceError.of("recto:source", document=name, reason=error) from None
