"""Where a lake lies: a folder, or a bucket of any object store that fsspec knows (`s3://bucket/path`)."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from recto import files
from recto.errors import SourceError

_FULL = re.compile(rf"os error (?:{errno.ENOSPC}|{errno.EDQUOT}|{errno.EFBIG})\b|No space left|[Qq]uota exceeded")


def storage_error(error: OSError, url: str) -> SourceError:
    """What the storage said, as an error for people: `recto:noSpace` where it is full, else `recto:storage`.

    delta-rs and s3fs give no error number, only a text of several lines.
    """
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", each).strip() for each in str(error).splitlines()]
    text = error.strerror or " ".join(each.lstrip("\u21b3 ") for each in lines if each) or type(error).__name__
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG) or _FULL.search(text):
        return SourceError.of("recto:noSpace", document=url)
    return SourceError.of("recto:storage", document=url, reason=text)


class Place:
    """Files of a lake, by names relative to its root. Errors are `OSError`."""

    def __init__(self, url: str | os.PathLike[str], options: Mapping[str, str] | None = None):
        text = os.fspath(url)
        self.remote = "://" in text and not text.startswith("file://")
        self.url = text.rstrip("/") if self.remote else str(Path(text.removeprefix("file://")).absolute())
        if not self.remote and (unquote(self.url) != self.url or any(ord(each) < 32 for each in self.url)):
            raise SourceError.of("recto:lakePath", document=self.url)
        self.options = dict(options or {})
        self._fs: Any = None

    @property
    def fs(self) -> Any:
        """The fsspec file system of a remote place."""
        if self._fs is None:
            try:
                import fsspec
            except ModuleNotFoundError:
                raise SourceError(
                    "object storage needs fsspec: pip install 'recto[lake]'", code="recto:extra"
                ) from None
            protocol = self.url.partition("://")[0]
            keys = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_ENDPOINT_URL": "endpoint_url"}
            given = {keys[name]: value for name, value in self.options.items() if name in keys}
            self._fs = fsspec.filesystem(
                protocol, **(given if protocol in ("s3", "s3a") else {}), use_listings_cache=False
            )
        return self._fs

    def at(self, name: str) -> str:
        return f"{self.url}/{name}"

    def write(self, name: str, data: bytes) -> None:
        if self.remote:
            self.fs.pipe_file(self.at(name), data)
            return
        path = Path(self.at(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, data)

    def read(self, name: str) -> bytes:
        if self.remote:
            return bytes(self.fs.cat_file(self.at(name)))
        return Path(self.at(name)).read_bytes()

    def open(self, name: str) -> Any:
        return self.fs.open(self.at(name), "rb") if self.remote else open(self.at(name), "rb")

    def size(self, name: str) -> int | None:
        """Bytes of a file; None where there is none."""
        try:
            return int(self.fs.size(self.at(name))) if self.remote else os.stat(self.at(name)).st_size
        except FileNotFoundError:
            return None

    def remove(self, name: str) -> None:
        with contextlib.suppress(FileNotFoundError):
            if self.remote:
                self.fs.rm_file(self.at(name))
            else:
                os.unlink(self.at(name))

    def names(self, folder: str) -> list[tuple[str, float]]:
        """Files of a folder, with the seconds since they were written; none where there is no such folder."""
        now = time.time()
        if not self.remote:
            try:
                return [
                    (each.name, now - each.stat().st_mtime) for each in os.scandir(self.at(folder)) if each.is_file()
                ]
            except FileNotFoundError:
                return []
        try:
            found = self.fs.ls(self.at(folder), detail=True)
        except FileNotFoundError:
            return []
        result = []
        for each in found:
            if each["type"] == "file":
                written = each.get("LastModified")
                result.append((each["name"].rpartition("/")[2], now - written.timestamp() if written else 0.0))
        return result

    def exists(self, folder: str) -> bool:
        return bool(self.names(folder))

    @contextlib.contextmanager
    def alive(self, name: str) -> Iterator[None]:
        """Holds a lock on a file of a folder as long as the block runs: a process that dies gives it back."""
        if self.remote:
            yield
            return
        path = Path(self.at(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "ab") as file:
            with contextlib.suppress(ImportError):
                import fcntl

                fcntl.flock(file, fcntl.LOCK_SH)
            yield

    def is_held(self, name: str) -> bool:
        """Whether some process holds a lock that `alive` took; of a bucket nobody can tell."""
        if self.remote:
            return False
        try:
            with open(self.at(name), "rb") as file:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except BlockingIOError:
            return True
        except ImportError:
            return False
        return False
