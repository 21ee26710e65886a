"""Large archives, received into a file: resumed where they were cut off, and checked for their length."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from recto import files
from recto.errors import NotFoundError, SourceError

Progress = Callable[[int, int, str], None]
ATTEMPTS = 8
"""Attempts in a row that bring nothing; one that brings bytes starts the count anew."""
_TELL = 1 << 22


def download(
    ask: Callable[[str, Mapping[str, str]], AbstractContextManager[Any]],
    wait: Callable[[str, int, int, str], None],
    passing: Collection[int],
    url: str,
    path: Path,
    progress: Progress | None,
) -> Path:
    """See `Web.download`.

    `ask`: the response to a request for a URL with headers. `wait`: until the next attempt, after one to the URL that
    ended with a status, its number, and the server's Retry-After. `passing`: statuses that another attempt may mend.
    """
    from recto.sources.http import http_library

    httpx2 = http_library(None)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + files.SUFFIX)
    known = path.with_name(path.name + ".etag")  # what says whether the server's file is still the same
    attempt = 0
    while True:
        have = part.stat().st_size if part.exists() else 0
        headers = {"Accept-Encoding": "identity"}
        stamp = _read_stamp(known)
        if have and stamp:
            headers |= {"Range": f"bytes={have}-", "If-Range": stamp}
        elif path.exists() and stamp:
            headers["If-None-Match" if stamp.endswith('"') else "If-Modified-Since"] = stamp
        try:
            with ask(url, headers) as response:
                status, after = response.status_code, response.headers.get("Retry-After", "")
                if status == 304:
                    return path
                if status == 416:  # what is there is no part of what the server has now
                    part.unlink(missing_ok=True)
                elif status in (200, 206):
                    _write_stamp(known, response.headers.get("ETag") or response.headers.get("Last-Modified") or "")
                    if _receive(response, part, have if status == 206 else 0, path.name, progress):
                        os.replace(part, path)
                        return path
        except httpx2.HTTPError as error:
            status, after, why = 0, "", str(error) or type(error).__name__
        else:
            why = f"HTTP {status}" if status not in (200, 206) else "its length is not what the server said"
        if status in (404, 410):
            raise NotFoundError.of("recto:notFound", document=url, what=f"document at the server (HTTP {status})")
        attempt = 0 if part.exists() and part.stat().st_size > have else attempt + 1
        if attempt >= ATTEMPTS or (status >= 400 and status != 416 and status not in passing):
            raise SourceError.of("recto:http", document=url, reason=why)
        wait(url, status, attempt, after)


def _receive(response: Any, part: Path, start: int, name: str, progress: Progress | None) -> bool:
    """Appends the body to what there is; whether the file is whole now, as far as the server told its length."""
    length = response.headers.get("Content-Length", "")
    total = start + int(length) if length.isdecimal() else 0
    told = done = start
    with open(part, "r+b" if part.exists() else "wb") as file:
        file.seek(start)
        file.truncate()
        for piece in response.iter_raw():
            file.write(piece)
            done += len(piece)
            if progress is not None and done - told >= _TELL:
                told = done
                progress(done, total, name)
    if total and done > total:
        part.unlink()
    return not total or done == total


def _read_stamp(path: Path) -> str:
    try:
        return str(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        return ""


def _write_stamp(path: Path, stamp: str) -> None:
    if stamp:
        files.write(path, json.dumps(stamp).encode())
    else:
        path.unlink(missing_ok=True)
