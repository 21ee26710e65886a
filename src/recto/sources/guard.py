"""Connections that lead nowhere private: a host is resolved here, its addresses are looked at, and one is connected to.

To look at the name alone is not enough: any name may resolve to an address inside the user's network, and to another
one each time it is asked.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from typing import Any

import httpx2

from recto.errors import UnsafeInputError

Resolve = Callable[[str, int], Iterable[str]]
"""Host and port to addresses; raises OSError."""


class GuardedTransport(httpx2.BaseTransport):
    """Sends requests to the addresses that a host resolves to, none of which may be private.

    `is_private` tells of an address; `trusted` are hosts (in lower case) that may be anywhere. TLS is still with the
    host by its name.
    """

    def __init__(
        self,
        inner: httpx2.BaseTransport,
        is_private: Callable[[str], bool],
        trusted: frozenset[str] = frozenset(),
        resolve: Resolve | None = None,
    ):
        self._inner = inner
        self._is_private = is_private
        self._trusted = trusted
        self._resolve = resolve or addresses_of

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        host = url.host.lower()
        if host in self._trusted:
            return self._inner.handle_request(request)
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            addresses = list(dict.fromkeys(self._resolve(host, port)))
        except (OSError, UnicodeError) as error:
            raise httpx2.ConnectError(f"the host is not known: {error}", request=request) from None
        if not addresses:
            raise httpx2.ConnectError("the host has no address", request=request)
        for address in addresses:
            if self._is_private(address):
                raise UnsafeInputError.of("recto:privateAddress", document=str(url), address=address)
        failure: httpx2.HTTPError | None = None
        for address in addresses:
            try:
                return self._inner.handle_request(_to(request, host, address))
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    def close(self) -> None:
        self._inner.close()


def _to(request: httpx2.Request, host: str, address: str) -> httpx2.Request:
    """The request with an address in place of the host, whose name stays in the Host header and in TLS."""
    extensions: dict[str, Any] = {**request.extensions, "sni_hostname": host}
    return httpx2.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions=extensions,
    )


def addresses_of(host: str, port: int) -> Iterable[str]:
    """The addresses of a host."""
    for _, _, _, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        yield str(address[0]).partition("%")[0]
