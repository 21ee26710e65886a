"""What stands before every request: which hosts and origins may ask, the token, and the headers of every answer."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recto.xml import split_url

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src "
    "'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""For the viewer's own pages. Frames with what filings wrote have no address of their own and inherit it; styles stand
in attributes of what filings wrote."""
HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
COOKIE: Final = "recto-token"
_LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
_READING: Final = ("GET", "HEAD")


class Guard:
    """Lets through what comes from this machine's own pages, and with the token where there is one.

    A page of another site may make a browser ask this server: its Host or Origin then tells (DNS rebinding and
    cross-site requests).
    """

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str] = (), token: str | None = None) -> None:
        self.app = app
        self.hosts = {host.casefold() for host in (*_LOOPBACK, *hosts)}
        self.token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if _host(headers.get("host", "")) not in self.hosts:
            return _refused(403, "this host is not served here")
        origin = headers.get("origin")
        if origin is not None and not self._is_own(origin, headers.get("host", "")):
            return _refused(403, "another site may not ask")
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") and scope["method"] not in _READING:
            return _refused(403, "another site may not ask")
        if self.token is not None:
            return self._unknown(scope, headers)
        return None

    def _is_own(self, origin: str, host: str) -> bool:
        parts = split_url(origin)
        return parts is not None and parts.scheme in ("http", "https") and parts.netloc.casefold() == host.casefold()

    def _unknown(self, scope: Scope, headers: Headers) -> Response | None:
        """The token is given once in the address, and kept in a cookie that no other site can send along."""
        assert self.token is not None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if given and hmac.compare_digest(given.encode(), self.token.encode()):
            own = "/" + str(scope["path"]).lstrip("/\\")  # two slashes would lead to another host
            response = RedirectResponse(own, status_code=303)
            response.set_cookie(COOKIE, self.token, httponly=True, samesite="strict", path="/")
            return response
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        cookie = next(
            (
                value
                for part in headers.get("cookie", "").split(";")
                for name, _, value in [part.strip().partition("=")]
                if name == COOKIE
            ),
            "",
        )
        if any(hmac.compare_digest(each.encode(), self.token.encode()) for each in (bearer, cookie)):
            return None
        return _refused(401, "the token is missing or wrong: use the address that `recto serve` printed")


def _host(header: str) -> str:
    """The host of a Host header, without its port."""
    host = header.strip().casefold()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _refused(status: int, message: str) -> Response:
    return JSONResponse({"code": "recto:refused", "message": message}, status_code=status)
