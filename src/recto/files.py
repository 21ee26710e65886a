"""Whole files, or nothing: what is written gets its name only when it is complete.

A reader sees the old file or all of the new one; a writer that fails or is ended leaves the old one as it was. A file
that is replaced keeps its permissions, a new one gets what the process's mask leaves of `rw-rw-rw-`; a symbolic link
stays, and what it leads to is replaced. Devices and pipes (`/dev/null`) are written as they stand.

What a killed process has left is swept by the next that writes into the folder, since the name of an incomplete file
tells its process. Files of one folder that change together (`Folder`) are put aside until all are complete. Then the
folder is exchanged for one that holds them, where the system can (Linux), so that there is no moment between old and
new. Elsewhere they get their names in turn; if a process is killed in that moment, the next one finishes it.

All of it is safe for many threads and processes: names of incomplete files are random, and the mask is never touched.
Errors are `OSError`, whose `filename` is the name that was asked for. Nothing is forced to the disk itself.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import IO, Any, Literal, overload

from recto.patterns import lazy

AnyPath = str | os.PathLike[str]
SUFFIX = ".part"
"""How the name of an incomplete file ends: one that is found was left by a process that was killed."""
_READY = ".ready"
"""How the name of a folder ends whose files are complete and are getting their names."""
_REMOVED = ".recto-removed"
"""A file in it that lists what is to go."""
_LEFT = lazy(rf"\.recto-(?P<machine>\w+)-(?P<process>\d+)-\w+(?:{re.escape(SUFFIX)}|{re.escape(_READY)})")
_STALE = 3600.0
"""Seconds after which something incomplete counts as a killed process's, whoever that was."""
_FOLDERS = 1000
_swept: set[str] = set()
"""Folders that this process has looked into."""


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
        part = _part(os.path.dirname(target) or ".")
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
    """Files of a folder that change together: nothing does until all are made.

    What is written waits in memory, and beyond `HELD` bytes in a hidden folder within. A process that is ended while
    files are made leaves the former ones. Other files of the folder stay. Raises OSError.
    """

    HELD = 32 << 20
    """Bytes that wait in memory."""

    def __init__(self, path: AnyPath):
        self.path = Path(path)
        self._held: dict[str, bytes] = {}
        self._size = 0
        self._names: dict[str, None] = {}
        self._removed: dict[str, None] = {}
        self._aside: Path | None = None
        self.path.mkdir(parents=True, exist_ok=True)
        _sweep(os.path.dirname(os.path.realpath(self.path)), again=True)
        _sweep(str(self.path), again=True)

    def write(self, name: str, data: bytes) -> None:
        """Takes the file `name`; a later one of that name stands for it."""
        path = os.path.join(self.path, name)
        if os.path.isdir(path):
            raise IsADirectoryError(21, "is a folder", path)
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
                with _undisturbed():
                    if self._exchange(self._aside):
                        return
                (self._aside / _REMOVED).write_text("\n".join(self._removed), encoding="utf-8")
                ready = self._aside.with_suffix(_READY)
                with _undisturbed():
                    os.rename(self._aside, ready)
                    self._aside = ready
                    _put_in_place(ready)
            elif keep:
                for name in self._removed:
                    (self.path / name).unlink(missing_ok=True)
        finally:
            if self._aside is not None:
                _drop(self._aside)

    def _exchange(self, aside: Path) -> bool:
        """Puts a folder with all files in the place of this one, in one step; False where that cannot be done.

        Other files are linked into it, and it gets the folder's mode, group and further attributes. Folders within
        cannot be linked, nor can a folder be exchanged in which this process stands, that is another user's, or a
        mount.
        """
        from shutil import copystat

        folder = Path(os.path.realpath(self.path))
        beside = Path(_part(str(folder.parent)))
        try:
            if os.path.samefile(folder, os.curdir) or os.stat(folder).st_uid != os.geteuid():
                return False
            with os.scandir(folder) as entries:
                others = [each for each in entries if each.name not in self._names and each.name not in self._removed]
            others = [each for each in others if each.path != os.path.join(folder, aside.name)]
            if any(each.is_dir(follow_symlinks=False) for each in others):
                return False
            os.rename(aside, beside)
        except (OSError, AttributeError):  # AttributeError: systems without owners
            return False
        self._aside = beside
        try:
            for each in others:
                os.link(each.path, beside / each.name, follow_symlinks=False)
            copystat(folder, beside)
            os.utime(beside)
            os.chown(beside, -1, os.stat(folder).st_gid)
            _swap(beside, folder)
        except (OSError, NotImplementedError):
            for each in others:
                (beside / each.name).unlink(missing_ok=True)
            self._aside = folder / aside.name
            os.rename(beside, self._aside)
            return False
        return True

    def _put_aside(self) -> None:
        if self._aside is None:
            aside = Path(_part(str(self.path)))
            with _named(self.path):
                aside.mkdir()
            self._aside = aside
        for name, data in self._held.items():
            with _named(os.path.join(self.path, name)), open(os.path.join(self._aside, name), "wb") as stream:
                stream.write(data)
        self._held.clear()
        self._size = 0


def _put_in_place(ready: Path) -> None:
    """Gives the files of a folder that is complete their names in the folder around it, and removes what is to go."""
    for path in sorted(ready.iterdir()):
        if path.name != _REMOVED:
            os.replace(path, ready.parent / path.name)
    listed = ready / _REMOVED
    if listed.exists():
        for name in listed.read_text(encoding="utf-8").splitlines():
            if name == os.path.basename(name):
                (ready.parent / name).unlink(missing_ok=True)


def _swap(one: Path, other: Path) -> None:
    """Exchanges two names in one step. Raises OSError or NotImplementedError where the system cannot."""
    import ctypes

    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):
        raise NotImplementedError from None
    here, exchange = -100, 2
    if rename(here, os.fsencode(one), here, os.fsencode(other), exchange) != 0:
        raise OSError(ctypes.get_errno(), "cannot be exchanged", str(other))


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Signals that would end the process wait until the block has ended."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _part(folder: str) -> str:
    """A name for something incomplete, of this process."""
    _sweep(folder)
    return os.path.join(folder, f".recto-{_machine()}-{os.getpid()}-{os.urandom(8).hex()}{SUFFIX}")


def _sweep(folder: str, *, again: bool = False) -> None:
    """Removes what killed processes have left in a folder, or puts it in place where it was complete; errors are none.

    A process looks into a folder once, unless asked to look `again`.
    """
    place = os.path.realpath(folder)
    if place in _swept and not again:
        return
    if len(_swept) >= _FOLDERS:
        _swept.clear()
    _swept.add(place)
    with suppress(OSError):
        with os.scandir(folder) as entries:
            left = [entry.path for entry in entries if _LEFT.fullmatch(entry.name)]
        for path in left:
            with suppress(OSError):
                if not _is_left(path):
                    continue
                if path.endswith(_READY):
                    _put_in_place(Path(path))
                if os.path.isdir(path):
                    _drop(Path(path))
                else:
                    os.unlink(path)


def _is_left(path: str) -> bool:
    """Whether the process that made something incomplete is gone: it was of this machine, or that is long ago."""
    match = _LEFT.fullmatch(os.path.basename(path))
    if match is None:
        return False
    if os.name == "posix" and match["machine"] == _machine():
        try:
            os.kill(int(match["process"]), 0)
        except (ProcessLookupError, OverflowError):
            return True
        except OSError:
            pass
    return time.time() - os.stat(path).st_mtime > _STALE


@cache
def _machine() -> str:
    """What tells processes of this machine, or container, and of this start of it, from others."""
    from zlib import crc32

    name = os.uname().nodename if hasattr(os, "uname") else ""
    with suppress(OSError):
        name += Path("/proc/sys/kernel/random/boot_id").read_text()
    with suppress(OSError):
        name += os.readlink("/proc/self/ns/pid")
    return f"{crc32(name.encode('utf-8', 'replace')):08x}"


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
