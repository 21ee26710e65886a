"""The web, behind the HTTP cache: polite to the SEC, patient with busy servers, silent when offline.

To the SEC all processes of a user are one: they take turns in one file (`sec-requests` in the user's own folder), and
when one of them is told to slow down (403, 429, 503) the others wait too.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from recto import limits, settings
from recto.errors import NotFoundError, SourceError, UnsafeInputError
from recto.patterns import lazy
from recto.sources.cache import CachedResponse, HttpCache
from recto.sources.http import http_library
from recto.xml import checked_url, resolve_url, split_fragment

SEC_REQUESTS_PER_SECOND = 10
"""The SEC's fair access limit, for one user over all processes (sec.gov, Accessing EDGAR Data)."""
FRESH_FOR = 3600.0
"""Seconds during which a cached response is used without asking the server whether it is current."""
ATTEMPTS = 5
MAX_REDIRECTIONS = 8
TIMEOUT = 60.0
"""Seconds."""
GIVE_UP_FOR = 60.0
"""Seconds during which a host that could not be connected to is not tried again: a DTS asks for a hundred documents."""
_unreachable: dict[str, tuple[float, str]] = {}
"""Host → when connecting to it failed (monotonic), and how."""
_MOST_UNREACHABLE = 1000
_RETRY = frozenset((429, 500, 502, 503, 504))
_SEC_RETRY = _RETRY | {403}
"""The SEC answers 403 to whom it finds too fast (sec.gov, Accessing EDGAR Data)."""
_LONGEST_WAIT = 60.0
_IMMUTABLE_HOSTS = frozenset(
    ("xbrl.fasb.org", "xbrl.sec.gov", "www.xbrl.org", "xbrl.org", "xbrl.ifrs.org", "xbrl.us", "www.w3.org")
)


class Web:
    """Fetches URLs: from the cache, and, unless `offline`, from the server.

    `identity` names the user to the SEC ("Jane Doe jane@example.com"); without it sec.gov is not asked.
    `trusted_hosts` may be loopback or private addresses; others may not, so that no filing can make recto
    send requests inside the user's network. `edgar`: a server asked in place of the SEC's, with the same manners.
    `queue`: the file in which processes take turns at the SEC; default the user's.
    """

    def __init__(
        self,
        cache_dir: str | os.PathLike[str] | None = None,
        *,
        offline: bool = False,
        use_cache: bool = True,
        identity: str | None = None,
        trusted_hosts: frozenset[str] = frozenset(),
        edgar: str | None = None,
        queue: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
        transport: Any = None,
    ):
        self._cache_dir = cache_dir
        self._use_cache = use_cache
        self._offline = offline
        self._identity = identity
        self._edgar = (edgar or "").rstrip("/")
        self._queue = queue
        self._trusted = trusted_hosts
        self._sleep = sleep
        self._transport = transport
        self._client: Any = None
        self._waited = 0.0
        """Seconds spent on requests so far."""

    @cached_property
    def _folder(self) -> Path:
        return settings.cache_dir(self._cache_dir)

    @cached_property
    def _cache(self) -> HttpCache | None:
        return HttpCache(self._folder) if self._use_cache else None

    def fetch(self, url: str) -> bytes:
        """The body at `url`.

        Raises `NotFoundError` (`recto:notFound`, `recto:offline`), `UnsafeInputError` (`recto:privateAddress`,
        `recto:tooLarge`), or `SourceError` (`recto:identity`, `recto:http`).
        """
        checked_url(url)
        cached = self._cache.get(url) if self._cache is not None else None
        if cached is not None and wrong_content(url, cached.body):
            cached = None
        if cached is not None and (self._offline or is_immutable(url) or time.time() - cached.fetched < FRESH_FOR):
            return cached.body
        if self._offline:
            raise NotFoundError.of(
                "recto:offline", document=url, reason="not in the filing, the given taxonomies or the cache"
            )
        self._check_host(url)
        if self._waited > limits.WEB_SECONDS:
            reason = f"the web took more than {limits.WEB_SECONDS:.0f} seconds in all; what is left is not asked for"
            raise _failed(url, reason)
        began = time.monotonic()
        try:
            return self._request(url, cached)
        except NotFoundError:
            raise
        except SourceError:
            if cached is not None:  # better an old copy than none
                return cached.body
            raise
        finally:
            self._waited += time.monotonic() - began

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def __del__(self) -> None:
        with contextlib.suppress(Exception):
            self.close()

    def _request(self, url: str, cached: CachedResponse | None, chain: tuple[str, ...] = ()) -> bytes:
        httpx2 = http_library(url)

        headers = {}
        if cached is not None and cached.etag:
            headers["If-None-Match"] = cached.etag
        if cached is not None and cached.last_modified:
            headers["If-Modified-Since"] = cached.last_modified
        host = urlsplit(url).netloc
        for attempt in range(ATTEMPTS):
            failed, how = _unreachable.get(host, (0.0, ""))
            if how and time.monotonic() - failed < GIVE_UP_FOR:
                raise _failed(url, f"the server cannot be reached: {how}")
            try:
                with self._ask(url, headers) as response:
                    status = response.status_code
                    if status == 304 and cached is not None:
                        if self._cache is not None:
                            self._cache.touch(cached)
                        return cached.body
                    if status == 200:
                        return self._receive(url, response)
                    after = response.headers.get("Retry-After", "")
                    location = response.headers.get("Location", "")
            except (httpx2.HTTPError, zlib.error) as error:
                silent = isinstance(error, httpx2.TimeoutException)
                if silent or (isinstance(error, httpx2.ConnectError) and attempt):
                    if len(_unreachable) >= _MOST_UNREACHABLE:
                        _unreachable.clear()
                    _unreachable[host] = (time.monotonic(), str(error) or type(error).__name__)
                    continue
                if attempt + 1 == ATTEMPTS:
                    raise _failed(url, f"the server cannot be reached: {error or type(error).__name__}") from None
                self._sleep(_backoff(attempt))
                continue
            if status in (404, 410):
                raise NotFoundError.of("recto:notFound", document=url, what=f"document at the server (HTTP {status})")
            if status in (301, 302, 303, 307, 308) and location:
                return self._redirected(url, location, chain)
            if status not in (_SEC_RETRY if is_sec(url) else _RETRY) or attempt + 1 == ATTEMPTS:
                raise _failed(url, f"the server answers HTTP {status}")
            self._wait(url, status, attempt, after)
        raise AssertionError("the last attempt returns or raises")

    def download(self, url: str, path: Path, progress: Callable[[int, int, str], None] | None = None) -> Path:
        """Fetches a large archive into the file `path`, and returns it; an immutable one that is there is kept.

        What was received stands in `path` + `.part`: a download that was cut off goes on from there, in this call and
        in a later one, as long as the server still has the same file (`If-Range`). `progress` is told bytes received,
        bytes in all (0: unknown), and the name. Raises as `fetch` does, and `OSError` where the disk is full.
        """
        from recto.sources.downloading import download

        if path.exists() and (self._offline or is_immutable(url)):
            return path
        if self._offline:
            raise NotFoundError.of("recto:offline", document=url, reason="not downloaded yet")
        self._check_host(url)
        return download(self._ask, self._wait, _SEC_RETRY, url, path, progress)

    def _ask(self, url: str, headers: Mapping[str, str]) -> AbstractContextManager[Any]:
        """The response to one request, made when it is this process's turn."""
        headers = {"User-Agent": self._user_agent(url), **headers}
        if is_sec(url):
            self._take_turn()
        stream: AbstractContextManager[Any] = self._open().stream("GET", self._address(url), headers=headers)
        return stream

    def _address(self, url: str) -> str:
        """Where `url` is asked for: at the server that stands in for the SEC's, if there is one."""
        if self._edgar and (urlsplit(url).hostname or "") in ("www.sec.gov", "data.sec.gov"):
            parts = urlsplit(url)
            return self._edgar + parts.path + (f"?{parts.query}" if parts.query else "")
        return url

    def _wait(self, url: str, status: int, attempt: int, after: str) -> None:
        """Wait before the next attempt: as long as the server says, else twice as long each time."""
        seconds = _retry_after(after)
        if seconds is None:
            seconds = _backoff(attempt) * (4 if status == 403 else 1)
        seconds = min(seconds, _LONGEST_WAIT)
        if is_sec(url):
            self._take_turn(after=seconds)
        else:
            self._sleep(seconds)

    def _redirected(self, url: str, location: str, chain: tuple[str, ...]) -> bytes:
        """Follow one redirection at a time, so that each host is checked and each request counted."""
        target = split_fragment(resolve_url(url, location))[0]
        if len(chain) >= MAX_REDIRECTIONS or target in chain or not target.startswith(("http://", "https://")):
            raise _failed(url, f"redirected to {target}")
        self._check_host(target)
        body = self._request(target, None, (*chain, url))
        if self._cache is not None:
            self._cache.put(CachedResponse(url, body, time.time()))
        return body

    def _receive(self, url: str, response: Any) -> bytes:
        parts, size = [], 0
        until = time.monotonic() + limits.RESPONSE_SECONDS
        for part in _unpacked(response):
            size += len(part)
            if time.monotonic() > until:
                host = urlsplit(url).netloc
                how = f"its answer takes more than {limits.RESPONSE_SECONDS:.0f} seconds"
                _unreachable[host] = (time.monotonic(), how)
                raise _failed(url, f"the server is too slow: {how}")
            if size > limits.FILE_SIZE:
                raise UnsafeInputError.of("recto:tooLarge", document=url, most=limits.FILE_SIZE)
            parts.append(part)
        body = b"".join(parts)
        wrong = wrong_content(url, body)
        if wrong:
            raise _failed(url, f"the server sends {wrong} in place of the document")
        if self._cache is not None:
            etag, modified = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
            self._cache.put(CachedResponse(url, body, time.time(), etag, modified))
        return body

    def _open(self) -> Any:
        if self._client is None:
            httpx2 = http_library(None)

            transport = self._transport
            if transport is None:
                from recto.sources.guard import GuardedTransport

                own = urlsplit(self._edgar).hostname if self._edgar else None
                trusted = self._trusted | {own} if own else self._trusted
                transport = GuardedTransport(
                    httpx2.HTTPTransport(), lambda address: is_private(address), frozenset(trusted)
                )
            self._client = httpx2.Client(
                timeout=TIMEOUT, follow_redirects=False, transport=transport, headers={"Accept-Encoding": "gzip"}
            )
        return self._client

    def _user_agent(self, url: str) -> str:
        if self._identity:
            return self._identity
        if is_sec(url):
            raise SourceError.of("recto:identity", document=url)
        return "recto"

    def _check_host(self, url: str) -> None:
        """Raises `NotFoundError` where nobody can be asked for it, `UnsafeInputError` where nobody is to be asked."""
        host = checked_url(url).hostname or ""
        if host not in self._trusted and is_private(host):
            raise UnsafeInputError.of("recto:privateAddress", document=url, address=host)

    def _take_turn(self, after: float = 0.0) -> None:
        """Wait until this request is due: all processes of the user queue in one file.

        With `after`, hold the queue up for that many seconds: none of them asks again before.
        """
        interval = 1.0 / SEC_REQUESTS_PER_SECOND
        with _locked(self._turns) as file:
            now = time.time()
            try:
                due = float(file.read().decode() or 0)
            except ValueError:
                due = 0.0
            if not now - 3600 < due < now + 3600:  # the clock was set
                due = 0.0
            turn = max(now + after, due)
            file.seek(0)
            file.truncate()
            file.write(repr(turn if after else turn + interval).encode())
        if turn > now:
            self._sleep(turn - now)

    @cached_property
    def _turns(self) -> Path:
        return self._queue or settings.user_dir() / "sec-requests"


def wrong_content(url: str, body: bytes) -> str:
    """What a server sent in place of a schema or linkbase: an empty body, or a web page; "" where it did not."""
    if not urlsplit(url).path.lower().endswith((".xsd", ".xml")):
        return ""
    start = body[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        return "" if body.strip() else "nothing"
    return "a web page" if _PAGE.match(start) else ""


_PAGE = lazy(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE | re.DOTALL)


def is_sec(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    return host == "sec.gov" or host.endswith(".sec.gov")


def is_immutable(url: str) -> bool:
    """Whether what is published at `url` never changes: filed documents, dated taxonomies."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host == "www.sec.gov":
        path = parts.path
        if path.startswith("/Archives/edgar/Feed/"):
            return path.endswith(".tar.gz")
        return path.startswith("/Archives/edgar/data/") and "." in path and not path.endswith(("index.json", "/"))
    return host in _IMMUTABLE_HOSTS and any(character.isdigit() for character in parts.path)


def is_private(host: str) -> bool:
    """Whether a host name is a loopback, private or link-local address, as far as the name itself tells."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or not host:
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host.replace(".", "").isdecimal() or host.startswith("0x")  # 127.1 and the like
    if not address.is_global or address.is_multicast:
        return True
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return inner is not None and not inner.is_global
    return False


_NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 addresses that stand for IPv4 ones (RFC 6052)."""


def _unpacked(response: Any) -> Iterator[bytes]:
    """The body, unpacked where it is packed. Raises `zlib.error` where it ends before its packing does."""
    if response.headers.get("Content-Encoding", "").strip().lower() != "gzip":
        yield from response.iter_bytes()
        return
    unpacker = zlib.decompressobj(wbits=31)
    for part in response.iter_raw():
        yield unpacker.decompress(part)
    if not unpacker.eof:
        raise zlib.error("the body is cut off")


def _retry_after(text: str) -> float | None:
    """Seconds that a Retry-After header asks for: a number, or a date (RFC 9110, 10.2.3)."""
    if text.isdecimal():
        return float(text)
    try:
        from email.utils import parsedate_to_datetime

        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def _backoff(attempt: int) -> float:
    return min(0.5 * 2.0**attempt, _LONGEST_WAIT)


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    """The file, open for reading and writing, held by this process alone."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:  # a home that cannot be written: this process queues with itself
        import tempfile

        path = Path(tempfile.gettempdir()) / f"recto-sec-requests-{os.getpid()}"
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        try:
            import fcntl
        except ImportError:  # no such lock on this system: processes do not queue
            yield file
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
        file.flush()


def _failed(url: str, reason: str) -> SourceError:
    return SourceError.of("recto:http", document=url, reason=reason)
