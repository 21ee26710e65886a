"""The children of an instance's root element, piece by piece, in bounded memory.

An instance is cut into small documents: its head up to the root's start tag, some children, the end tag. Each is
parsed by itself and thrown away as a whole, which is faster than to take children off one tree that grows. A cut is
right if what stands before it is well-formed: content that begins between two children and is well-formed ends between
two. Where no cut is found, what is left is parsed as one document all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import IO, Any, NamedTuple

from lxml import etree

from recto.errors import XMLError
from recto.instance.prefixes import Prefixes
from recto.instance.xml import XBRL
from recto.xml import Document

PIECE = 1 << 16
"""Bytes given to the parser at a time."""
_LARGEST = 1 << 23
"""Bytes up to which a child of the root is waited for."""
_TRIES = 8
"""Cuts that are tried before the rest is parsed as one document."""
_ROOT = re.compile(rb"<((?:[\w.-]+:)?xbrl)(?=[\s>])(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*>")
_NAME = re.compile(rb"<(?:[^\s:<>/!?]+:)?([^\s:<>/!?]+)")
_NIL = re.compile(rb":nil\s*=")
_SELDOM = (b":nil", b":lang", b"precision")
"""What attributes are called that few facts have."""
_INNER = frozenset(
    b"entity identifier segment scenario period startDate endDate instant forever explicitMember typedMember measure"
    b" divide unitNumerator unitDenominator loc footnote footnoteArc".split()
)
"""Local names of elements that are no children of the root, where a cut need not be tried."""
_OPTIONS = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
    "huge_tree": True,
}


class Piece(NamedTuple):
    """Some children of the root, complete and in order."""

    children: list[Any]
    document: Document
    """What they stand in; its `line` is that in the instance."""
    prefixes: Prefixes
    lines: int
    """To be added to an element's `sourceline`."""
    nils: bool
    """Whether some element may be nil."""
    languages: bool
    """Whether some element may say its language."""
    precise: bool
    """Whether some element may have a precision."""


def pieces(open_document: Callable[[], IO[bytes]], url: str) -> Iterator[Piece]:
    """All children of the root; those of a piece must not be used once the next is asked for.

    Raises XMLError where the document is not well-formed, or no instance.
    """
    with open_document() as file:
        cutter = _Cutter(file, url)
        if cutter.begin():
            while (piece := cutter.cut()) is not None:
                yield piece
        if not cutter.ended:
            yield from _as_one(cutter.head + cutter.rest, file, url, cutter.lines)


class _Cutter:
    """Cuts an instance; what is not cut yet is `rest`, and the unread part of the file."""

    def __init__(self, file: IO[bytes], url: str):
        self.rest = file.read(PIECE)
        self.head = b""
        self.lines = 0
        """Line breaks before `rest`."""
        self.ended = False
        self._file = file
        self._url = url
        self._tail = b""
        self._parser = etree.XMLParser(**_OPTIONS)

    def begin(self) -> bool:
        """Takes the head off; False where the document has to be parsed as one."""
        found = _ROOT.search(self.rest)
        if found is None or b"<!DOCTYPE" in self.rest[: found.end()]:
            return False
        written = self.rest[: found.end()]
        head, tail = re.sub(rb"[\r\n]", b" ", written), b"</" + found[1] + b">"
        root = self._parse(head + tail)
        if root is None or root.tag != XBRL or len(root):
            return False
        self.head, self._tail = head, tail
        self.rest = self.rest[found.end() :]
        self.lines = written.count(b"\n")
        self._prefixes = Prefixes(root, head)
        return True

    def _parse(self, data: bytes) -> Any:
        try:
            return etree.fromstring(data, self._parser)
        except etree.XMLSyntaxError:
            return None

    def cut(self) -> Piece | None:
        """The next piece; None at the end, and where the rest has to be parsed as one document."""
        wanted = PIECE
        while not self.ended:
            more = self._file.read(wanted)
            self.rest += more
            if len(more) < wanted:
                root = self._parse(self.head + self.rest)
                self.ended = root is not None
                return None if root is None or not len(root) else self._piece(root, self.rest)
            end = len(self.rest)
            for _ in range(_TRIES):
                end = _boundary(self.rest, end)
                if end <= 0:
                    break
                root = self._parse(self.head + self.rest[:end] + self._tail)
                if root is not None and len(root):
                    content, self.rest = self.rest[:end], self.rest[end:]
                    return self._piece(root, content)
            else:
                return None
            if len(self.rest) > _LARGEST:
                break
            wanted = len(self.rest)
        return None

    def _piece(self, root: Any, content: bytes) -> Piece:
        lines, self.lines = self.lines, self.lines + content.count(b"\n")
        plain = b"xml" not in content  # neither a namespace nor a base or language is said
        document = Document(self._url, root, self.head if plain else self.head + content)
        document.line = lambda element: int(element.sourceline) + lines
        prefixes = Prefixes(root, self.head + content) if not plain and b"xmlns" in content else self._prefixes
        nils = b":nil" in content and _NIL.search(content) is not None
        languages = not plain and b":lang" in content
        return Piece(list(root), document, prefixes, lines, nils, languages, b"precision" in content)


def _boundary(data: bytes, end: int) -> int:
    """The last place before `end` where an element follows another that has ended; 0 where there is none."""
    while (end := data.rfind(b"<", 1, end)) > 0:
        found = _NAME.match(data, end)
        if found is None or found[1] in _INNER:
            continue
        at = end - 1
        while at > 0 and data[at] in b" \t\r\n":
            at -= 1
        if data[at] != 0x3E:  # >
            continue
        start = data.rfind(b"<", 0, at)
        if start >= 0 and (data[start + 1] == 0x2F or data[at - 1] == 0x2F):  # /
            return end
    return 0


def _as_one(data: bytes, file: IO[bytes], url: str, lines: int) -> Iterator[Piece]:
    """The children in what `data` and the rest of the file are together, dropped from the tree after use."""
    parser = etree.XMLPullParser(events=("start",), tag=XBRL, **_OPTIONS)
    root: Any = None
    document: Document | None = None
    declarations, known, tail = 0, -1, b""
    may = [False] * len(_SELDOM)
    prefixes: Prefixes | None = None
    try:
        while data:
            parser.feed(data)
            declarations += (tail[-4:] + data).count(b"xmlns")
            may = [known or mark in tail + data for known, mark in zip(may, _SELDOM, strict=True)]
            tail = data[-8:]
            if root is None:
                root = next((element for _, element in parser.read_events()), None)
            if root is not None:
                if document is None:
                    document = Document(url, root, data)  # what the document refers to stands at its beginning
                    document.line = lambda element: int(element.sourceline or 0) + lines
                if declarations != known:
                    # As long as only the root has declared namespaces, its map serves every element.
                    known = declarations
                    only = declarations == len(root.nsmap)
                    prefixes = Prefixes(root, b"xmlns" * declarations if only else b"")
                complete = root[:-1]
                if complete:
                    assert prefixes is not None
                    yield Piece(complete, document, prefixes, lines, *may)
                    del root[: len(complete)]
            data = file.read(PIECE)
        parser.close()
    except etree.XMLSyntaxError as error:
        line = None if error.lineno is None else error.lineno + lines
        raise XMLError(error.msg or "not well-formed", document=url, line=line) from None
    if root is None or document is None or prefixes is None:
        raise XMLError("this is no XBRL instance: there is no xbrli:xbrl element", document=url)
    if len(root):
        yield Piece(list(root), document, prefixes, lines, *may)
