"""Files packed one by one (gzip, RFC 1952): unpacked as a whole, with the bounds that members of archives have."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

from recto import limits
from recto.errors import SourceError, UnsafeInputError
from recto.sources.places import open_file

_PIECE = 1 << 20


def is_gzip(head: bytes) -> bool:
    return head.startswith(b"\x1f\x8b\x08")


def inner_name(name: str) -> str:
    """What the packed file is called: `report.htm` for `report.htm.gz`."""
    return name[:-3] if name.lower().endswith(".gz") and len(name) > 3 else name


def unpack(packed: Path | bytes, name: str) -> bytes:
    """The bytes that a gzip file (of several parts, it may be) holds.

    Raises `SourceError` (`gzip:damaged`) for what is none or was cut off, `UnsafeInputError` (`gzip:bomb`) for more
    than `limits.FILE_SIZE`, or more than `limits.ARCHIVE_RATIO` times what it is packed into.
    """
    found = bytearray()
    taken = 0
    unpacker = zlib.decompressobj(wbits=_GZIP)
    with io.BytesIO(packed) if isinstance(packed, bytes) else open_file(packed) as file:
        while piece := file.read(_PIECE):
            taken += len(piece)
            while piece:
                try:
                    found += unpacker.decompress(piece, _PIECE)
                except zlib.error as error:
                    raise SourceError.of("gzip:damaged", name, document=name, reason=error) from None
                if len(found) > limits.FILE_SIZE:
                    _bomb(name, f"more than {limits.FILE_SIZE} bytes")
                if len(found) > max(limits.ARCHIVE_RATIO_FROM, limits.ARCHIVE_RATIO * taken):
                    _bomb(name, f"more than {limits.ARCHIVE_RATIO} times what it is packed into")
                piece = unpacker.unconsumed_tail
                if unpacker.eof:
                    piece = unpacker.unused_data.lstrip(b"\0")  # zeros may fill up the last block of a tape
                    if piece:
                        unpacker = zlib.decompressobj(wbits=_GZIP)
    if not unpacker.eof:
        raise SourceError.of("gzip:damaged", name, document=name, reason="it ends too early")
    return bytes(found)


_GZIP = 16 + zlib.MAX_WBITS
"""How zlib is told to expect gzip's head and checksum."""


def _bomb(name: str, reason: str) -> None:
    raise UnsafeInputError.of("gzip:bomb", name, document=name, reason=reason)
