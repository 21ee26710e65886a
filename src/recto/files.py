"""Whole files, or nothing: what is written gets its name only when it is complete.

A reader sees the old file or all of the new one; a writer that fails or is ended leaves the old one as it was. A file
that is replaced keeps its permissions, a new one gets what the process's mask leaves of `rw-rw-rw-`; a symbolic link
stays, and what it leads to is replaced. Devices and pipes (`/dev/null`) are written as they stand.

All of it is safe for many threads and processes: names of incomplete files are random, and the mask is never touched.
Errors are `OSError`, whose `filename` is the name that was asked for. Nothing is forced to the disk itself.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, Literal, overload

AnyPath = str | os.PathLike[str]
SUFFIX = ".part"
"""How the name of an incomplete file ends: one that is found was left by a process that was killed."""


@contextmanager
def replacing(path: AnyPath) -> Iterator[str]:
    """The name of an empty file beside `path` that takes its place when the block ends well, and vanishes otherwise.

    For writers that open a file by its name; others take `writing`.
    """
    with _named(path):
        target = os.path.realpath(path)
        mode = _mode(target)
        if mode is not None and not stat.S_ISREG(mode):
            if stat.S_ISDIR(mode):
                raise IsADirectoryError(21, "is a folder")
            yield target
            return
        part = os.path.join(os.path.dirname(target), f".recto-{os.urandom(8).hex()}{SUFFIX}")
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        try:
            if mode is not None:
                with suppress(OSError):  # a file of another user whose folder is ours
                    os.chmod(part, stat.S_IMODE(mode))
            yield part
            os.replace(part, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(part)
            raise


@overload
def writing(path: AnyPath, mode: Literal["wb"] = "wb") -> AbstractContextManager[IO[bytes]]: ...
@overload
def writing(path: AnyPath, mode: Literal["w"], *, newline: str | None = None) -> AbstractContextManager[IO[str]]: ...
def writing(path: AnyPath, mode: str = "wb", *, newline: str | None = None) -> AbstractContextManager[Any]:
    """A stream for `path`, of bytes or (`"w"`) of UTF-8 text, whose file is in place when the block ends well."""
    return _writing(path, mode, newline)


@contextmanager
def _writing(path: AnyPath, mode: str, newline: str | None) -> Iterator[IO[Any]]:
    with (
        replacing(path) as part,
        open(part, mode, encoding=None if "b" in mode else "utf-8", newline=newline) as stream,
    ):
        yield stream


def write(path: AnyPath, data: bytes) -> None:
    """Writes the bytes as the file `path`. Raises OSError."""
    with replacing(path) as part, open(part, "wb") as stream:
        stream.write(data)


def write_all(folder: AnyPath, contents: Mapping[str, bytes]) -> None:
    """Writes files into a folder, made where it is absent: all are complete before the first gets its name.

    The first one named is the last to get its name. Raises OSError; then no file that was there before has changed,
    unless it was renaming that failed.
    """
    os.makedirs(folder, exist_ok=True)
    with ExitStack() as stack:
        for name, data in contents.items():
            path = Path(folder) / name
            part = stack.enter_context(replacing(path))
            with _named(path), open(part, "wb") as stream:
                stream.write(data)


class Folder:
    """Files of a folder that change together: nothing does until all are made, then each gets its name in turn.

    What is written waits in memory, and beyond `HELD` bytes in a hidden folder within. A process that is ended while
    files are made leaves the former ones; what a killed one had put aside is swept by the next. Raises OSError.
    """

    HELD = 32 << 20
    """Bytes that wait in memory."""
    STALE = 3600.0
    """Seconds after which what was put aside counts as a killed process's."""

    def __init__(self, path: AnyPath):
        self.path = Path(path)
        self._held: dict[str, bytes] = {}
        self._size = 0
        self._names: dict[str, None] = {}
        self._removed: dict[str, None] = {}
        self._aside: Path | None = None
        self.path.mkdir(parents=True, exist_ok=True)
        for left in self.path.glob(f".recto-*{SUFFIX}"):
            with suppress(OSError):
                if left.is_dir() and time.time() - left.stat().st_mtime > self.STALE:
                    _drop(left)

    def write(self, name: str, data: bytes) -> None:
        """Takes the file `name`; a later one of that name stands for it."""
        if (self.path / name).is_dir():
            raise IsADirectoryError(21, "is a folder", str(self.path / name))
        self._names[name] = None
        self._held[name] = data
        self._size += len(data)
        if self._size > self.HELD:
            self._put_aside()

    def remove(self, names: Iterable[str]) -> None:
        """Files that are to go."""
        self._removed.update(dict.fromkeys(names))

    def close(self, *, keep: bool) -> None:
        """Gives all files their names, or lets go of them."""
        try:
            if keep and self._names:
                self._put_aside()
                assert self._aside is not None
                for name in self._names:
                    os.replace(self._aside / name, self.path / name)
            if keep:
                for name in self._removed:
                    (self.path / name).unlink(missing_ok=True)
        finally:
            if self._aside is not None:
                _drop(self._aside)

    def _put_aside(self) -> None:
        if self._aside is None:
            aside = self.path / f".recto-{os.urandom(8).hex()}{SUFFIX}"
            with _named(self.path):
                aside.mkdir()
            self._aside = aside
        for name, data in self._held.items():
            with _named(self.path / name), open(self._aside / name, "wb") as stream:
                stream.write(data)
        self._held.clear()
        self._size = 0


def _drop(folder: Path) -> None:
    """Removes a flat folder of ours."""
    with suppress(OSError):
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()


def _mode(path: str) -> int | None:
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


@contextmanager
def _named(path: AnyPath) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.filename is None or SUFFIX in str(error.filename):
            error.filename, error.filename2 = os.fspath(path), None
        raise
