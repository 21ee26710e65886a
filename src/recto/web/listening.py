"""The socket that a server listens on."""

from __future__ import annotations

import socket


def listen(host: str = "127.0.0.1", port: int = 0) -> socket.socket:
    """A socket that listens at an address, for `uvicorn.Server.run(sockets=[…])`; port 0 is any that is free.

    It names its protocol: only then does asyncio send what is written at once (TCP_NODELAY). Otherwise the body of
    an answer waits for the browser to acknowledge its head, which browsers put off by 40 ms. Raises OSError.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
