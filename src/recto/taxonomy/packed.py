"""Structured parts of compiled documents as bytes and back: MessagePack, with the types that are expected.

Reading makes nothing but the tuples, dictionaries, texts and numbers of these types, whoever wrote the bytes: what
has another shape raises `DamagedError`. A cache that several users share cannot make a process do anything.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec

from recto.taxonomy.compiled import Import, Link, LinkbaseRef, Part, RoleDeclaration, RoleRef, Variant


class DamagedError(Exception):
    """The bytes are not a sound compiled document of this format."""


class _Tree(NamedTuple):
    """`recto.taxonomy.compiled.Tree`; a tuple of that shape that can name itself."""

    tag: str
    attributes: dict[str, str]
    children: tuple[_Tree, ...]
    line: int


class _Content(NamedTuple):
    """`recto.taxonomy.compiled.Content`."""

    name: str
    attributes: dict[str, str]
    text: str
    tail: str
    children: tuple[_Content, ...]
    line: int
    bindings: int


_Core = tuple[
    str,
    str,
    str | None,
    dict[str, str],
    bool,
    tuple[Import, ...],
    tuple[LinkbaseRef, ...],
    tuple[RoleRef, ...],
    tuple[RoleDeclaration, ...],
    tuple[Link, ...],
    tuple[Part, ...],
    tuple[int, ...],
    str | None,
    tuple[tuple[str, int], ...],
]

pack: Callable[[Any], bytes] = msgspec.msgpack.Encoder().encode
"""The bytes of plain data."""


def _reader(kind: Any) -> Callable[[Any], Any]:
    decode: Callable[[Any], Any] | None = None

    def read(data: Any) -> Any:
        nonlocal decode
        decoder = decode
        if decoder is None:  # few commands need them all
            decoder = decode = msgspec.msgpack.Decoder(kind).decode
        try:
            return decoder(data)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise DamagedError(str(error)) from None

    return read


core = _reader(_Core)
"""Kind, root, namespace, prefixes, qualified, imports, … as `recto.taxonomy.binary` lists them."""
tree = _reader(_Tree)
extras = _reader(tuple[dict[str, str], _Tree | None])
"""The other attributes of an element declaration, and its anonymous type."""
blobs = _reader(tuple[tuple[str, str, bytes], ...])
"""Kind and name of each component, and the bytes of its tree."""
variants = _reader(tuple[Variant, ...])
content = _reader(_Content)
bindings = _reader(tuple[dict[str, str], ...])

__all__ = ["DamagedError", "bindings", "blobs", "content", "core", "extras", "pack", "tree", "variants"]
