"""Zip archives, read with suspicion.

A name never leads out of the archive, a member never unpacks to more than its limit, and an archive that tries either
is refused as a whole. Archives inside archives are bytes like others: they are never opened.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from lzma import LZMAError
from pathlib import Path
from typing import Literal

from recto import limits
from recto.errors import NotFoundError, SourceError, UnsafeInputError

_DAMAGE = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, struct.error, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an archive's form: `kind` is the local part of the code that package specifications use."""

    kind: Literal["invalidArchiveFormat", "invalidDirectoryStructure"]
    code: str
    message: str
    fatal: bool


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
            raise SourceError(f"not a zip archive: {error}", code=damaged, document=self.name) from None
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
                code = f"{prefix}:{problem.kind}" if prefix else problem.code
                raise UnsafeInputError(problem.message, code=code, document=self.name)

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

    def close(self) -> None:
        self._zip.close()

    def _read(self, name: str, member: zipfile.ZipInfo) -> bytes:
        where = f"{self.name}/{name}"
        if member.file_size > limits.FILE_SIZE:
            raise UnsafeInputError(f"more than {limits.FILE_SIZE} bytes", code="zip:bomb", document=where)
        try:
            with self._zip.open(member) as file:
                return file.read(limits.FILE_SIZE + 1)
        except RuntimeError as error:  # encrypted
            raise SourceError(f"cannot be read: {error}", code="zip:encrypted", document=where) from None
        except _DAMAGE as error:
            raise SourceError(f"damaged: {error}", code="zip:damaged", document=where) from None

    def _examine(self, size: int) -> None:
        members = self._zip.infolist()
        if len(members) > limits.ARCHIVE_MEMBERS:
            raise UnsafeInputError(f"more than {limits.ARCHIVE_MEMBERS} members", code="zip:bomb", document=self.name)
        total = packed = 0
        seen: set[str] = set()
        for member in members:
            total += member.file_size
            packed += member.compress_size
            if member.file_size > max(limits.ARCHIVE_RATIO_FROM, limits.ARCHIVE_RATIO * member.compress_size):
                self._bomb(f"{member.filename!r} unpacks to {member.file_size} from {member.compress_size} bytes")
            self._add(member, seen)
        if total > limits.ARCHIVE_SIZE or packed > size:
            self._bomb(f"the members unpack to {total} bytes, and are packed into {packed} of the archive's {size}")
        for name in self._members:
            if name + "/" in self._folders or any(parent in self._members for parent in _parents(name)):
                self._problem("invalidDirectoryStructure", "zip:duplicate", f"{name!r} is a file and a folder", False)

    def _add(self, member: zipfile.ZipInfo, seen: set[str]) -> None:
        raw = member.orig_filename
        name = raw.replace("\\", "/")
        if "\\" in raw:
            self._problem("invalidArchiveFormat", "zip:backslash", f"{raw!r} has a backslash", False)
        if name.startswith("/") or name[1:2] == ":" or "\0" in name:
            self._problem("invalidArchiveFormat", "zip:absolutePath", f"{raw!r} is an absolute path", True)
            return
        segments = name.rstrip("/").split("/")
        if ".." in segments:
            self._problem("invalidDirectoryStructure", "zip:pathTraversal", f"{raw!r} leads out of the archive", True)
            return
        if "." in segments or "" in segments:
            self._problem("invalidDirectoryStructure", "zip:dotSegment", f"{raw!r} has an empty or dot segment", False)
            folder = name.endswith("/")
            name = "/".join(segment for segment in segments if segment not in ("", ".")) + ("/" if folder else "")
        if name in seen:
            self._problem("invalidDirectoryStructure", "zip:duplicate", f"{raw!r} occurs twice", True)
            return
        seen.add(name)
        if member.flag_bits & 0x1:
            self._problem("invalidArchiveFormat", "zip:encrypted", f"{raw!r} is encrypted", True)
        if stat.S_ISLNK(member.external_attr >> 16):
            self._problem("invalidDirectoryStructure", "zip:link", f"{raw!r} is a symbolic link", True)
        elif name.endswith("/"):
            self._folders.add(name)
        elif name:
            self._members[name] = member

    def _bomb(self, message: str) -> None:
        self._problem("invalidArchiveFormat", "zip:bomb", message, True)

    def _problem(
        self,
        kind: Literal["invalidArchiveFormat", "invalidDirectoryStructure"],
        code: str,
        message: str,
        fatal: bool,
    ) -> None:
        self.problems.append(Problem(kind, code, message, fatal))


def _parents(name: str) -> Iterator[str]:
    at = name.rfind("/")
    while at > 0:
        yield name[:at]
        at = name.rfind("/", 0, at)


def _size(path: str | Path, name: str) -> int:
    try:
        return Path(path).stat().st_size
    except FileNotFoundError:
        raise NotFoundError("no such file", document=name) from None
    except (OSError, ValueError) as error:
        raise SourceError(f"cannot be read: {error}", document=name) from None
