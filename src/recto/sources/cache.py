"""The HTTP cache: one file for each URL, written whole or not at all, shared by any number of processes."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from recto import files

_MAGIC = b"recto-http 1\n"


@dataclass(frozen=True, slots=True)
class CachedResponse:
    """A body as it was received, with what is needed to ask whether it is still the same (RFC 9110, 13)."""

    url: str
    body: bytes
    fetched: float
    """Seconds since the epoch."""
    etag: str = ""
    last_modified: str = ""


class HttpCache:
    """Responses on disk. A file that cannot be read, or is damaged, counts as absent; a full disk is no error."""

    def __init__(self, folder: str | Path):
        self.folder = Path(folder) / "http"

    def path(self, url: str) -> Path:
        digest = hashlib.sha256(url.encode()).hexdigest()
        return self.folder / digest[:2] / digest[2:]

    def get(self, url: str) -> CachedResponse | None:
        try:
            data = self.path(url).read_bytes()
            if not data.startswith(_MAGIC):
                return None
            end = data.index(b"\n", len(_MAGIC))
            meta = json.loads(data[len(_MAGIC) : end])
            body = data[end + 1 :]
            if meta.pop("size") != len(body) or meta["url"] != url:
                return None
            return CachedResponse(body=body, **meta)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, response: CachedResponse) -> None:
        meta = {key: value for key, value in asdict(response).items() if key != "body"}
        meta["size"] = len(response.body)
        path = self.path(response.url)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write(path, b"".join((_MAGIC, json.dumps(meta).encode(), b"\n", response.body)))

    def touch(self, response: CachedResponse) -> None:
        """Note that the response was found to be current just now."""
        self.put(
            CachedResponse(response.url, response.body, time.time(), response.etag, response.last_modified),
        )
