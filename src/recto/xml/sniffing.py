"""What a document is, from its first bytes."""

from __future__ import annotations

import contextlib
from xml.parsers import expat

from recto.errors import XMLError
from recto.xml.encodings import recoverable

_HEAD = 65536
"""Bytes in which nearly every root's start tag ends; all are read where it does not."""


class _Found(Exception):
    pass


def sniff_root(data: bytes) -> tuple[str, dict[str, str]] | None:
    """The root element's name and attributes (Clark notation), from the first bytes of a document; None if not XML, or
    if the start tag does not end in what there is.

    Nothing after the root's start tag is looked at. Expat does it, which stops where it is told to, and which expands
    no entity outside a start tag.
    """
    found, ended = _sniff(data[:_HEAD])
    return found if found is not None or ended or len(data) <= _HEAD else _sniff(data)[0]


def _sniff(data: bytes) -> tuple[tuple[str, dict[str, str]] | None, bool]:
    """The root, and whether there is none in whatever would follow."""
    try:
        head = recoverable(data, "", None)
    except XMLError:
        return None, True
    head = head.removeprefix(b"\xef\xbb\xbf")
    declaration, end, content = head.partition(b"?>")
    encoding = "utf-8"
    if end and declaration.startswith(b"<?xml"):  # its version does not matter here
        head = content
        encoding = "iso-8859-1" if b"8859" in declaration or b"1252" in declaration else encoding
    root: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        root.append((name, attributes))
        raise _Found

    parser = expat.ParserCreate(encoding, namespace_separator=" ")
    parser.StartElementHandler = start
    ended = True
    with contextlib.suppress(_Found, expat.ExpatError, ValueError):
        parser.Parse(head, False)
        ended = False
    if not root:
        return None, ended
    name, attributes = root[0]
    return (_clark(name), {_clark(key): value for key, value in attributes.items()}), True


def _clark(name: str) -> str:
    namespace, separator, local = name.rpartition(" ")
    return f"{{{namespace}}}{local}" if separator else local
