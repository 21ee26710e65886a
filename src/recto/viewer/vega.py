"""Vega and Vega-Lite for the browser, out of `vl-convert-python`: no network is asked."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import Final

import msgspec

from recto.errors import UsageError
from recto.files import write
from recto.settings import cache_dir

_SNIPPET: Final = "globalThis.rectoVega = { vegaEmbed };"
"""Embedding has an interpreter of expressions with it, so that pages whose policy forbids `eval` can draw."""


def is_here() -> bool:
    """Whether charts can be drawn: the extra `charts` is installed."""
    from importlib.util import find_spec

    return find_spec("vl_convert") is not None


@cache
def bundle() -> bytes:
    """The script, which sets `rectoVega`. Making it takes seconds, so it is kept in the cache folder.

    Raises `UsageError` where the extra is not installed.
    """
    return _kept("js", _make)


@cache
def packed() -> tuple[str, str]:
    """The script as files carry it: a JSON object with part `vega`, deflated, in base 64; and its SHA-256 digest."""
    data = _kept("packed", _pack).decode()
    digest, _, text = data.partition(" ")
    return text, digest


def _make() -> bytes:
    if not is_here():
        raise UsageError("charts need the extra: pip install 'recto[charts]'")
    import vl_convert

    data: bytes = vl_convert.javascript_bundle(_SNIPPET).encode()
    return data


def _pack() -> bytes:
    script = bundle()
    digest = base64.b64encode(hashlib.sha256(script).digest())
    return digest + b" " + base64.b64encode(zlib.compress(msgspec.json.encode({"vega": script.decode()}), 9))


def _kept(form: str, make: Callable[[], bytes]) -> bytes:
    from importlib.metadata import PackageNotFoundError, version

    try:
        name = f"vega-{version('vl-convert-python')}-2.{form}"
    except PackageNotFoundError:
        return make()
    path = cache_dir() / "charts" / name
    try:
        return path.read_bytes()
    except OSError:
        data = make()
    with suppress(OSError):  # it is made anew the next time
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, data)
    return data
