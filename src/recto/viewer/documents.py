"""Inline documents as parts of a description: made harmless, with each tagged text marked by its fact's number, and cut
into pieces that load as they are looked at."""

from __future__ import annotations

import copy
import re
from collections.abc import Sequence
from typing import Any, Final

from lxml import etree
from msgspec import Struct, field

from recto.instance.anchors import anchors
from recto.instance.inline.document import InlineFile
from recto.names import XHTML
from recto.viewer.facts import is_block
from recto.viewer.harmless import MARK, harmless_sheet, harmless_tree
from recto.viewer.model import OutlinePart, PiecePart
from recto.viewer.numbering import Numbering

_PIECE: Final = 40_000
"""Characters from which a piece is closed."""
_WRAPPERS: Final = frozenset(f"{{{XHTML}}}{name}" for name in ("div", "section", "article", "main", "span", "center"))
_HIDDEN: Final = re.compile(r"-ix-hidden\s*:\s*([^;\s]+)")
_STANDS_FOR: Final = etree.XPath("//*[contains(@style, '-ix-hidden')]")
_FACT: Final = re.compile(r'data-f="(\d+)"')
_ID: Final = re.compile(r' (?:id|name)="([^"]*)"')
_TARGET: Final = re.compile(r' href="#([^"]*)"')
_IMAGE: Final = re.compile(r' data-src="([^"]*)"')
_STYLE: Final = f"{{{XHTML}}}style"
_TITLE: Final = f"{{{XHTML}}}title"
_BLOCKS: Final = tuple(f"{{{XHTML}}}{name}" for name in ("div", "p", "table", "tr", "ul", "ol", "h1", "h2", "h3"))


class Marks(Struct):
    """What is to be said of the elements of one file."""

    file: InlineFile
    facts: dict[Any, tuple[int, str]] = field(default_factory=dict)
    """Inline XBRL element → (fact, kind)."""


class Document(Struct):
    """A document that was taken apart."""

    outline: OutlinePart
    pieces: list[str]


class Documents:
    """The inline documents of a filing, in order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._marks: list[Marks] = []
        self._by_id: dict[str, int] = {}
        by_url: dict[str, Marks] = {}
        for instance in numbering.instances:
            found = anchors(instance)
            for file in found.files if found is not None else ():
                if file.doc.url not in by_url:
                    by_url[file.doc.url] = Marks(file)
                    self._marks.append(by_url[file.doc.url])
        self._by_url = by_url
        self._made: dict[int, Document] = {}
        self._settled = False

    @property
    def names(self) -> list[tuple[str, str]]:
        """(file name, title) of each."""
        return [(each.file.doc.url.rpartition("/")[2], _title(each.file)) for each in self._marks]

    def outline(self, number: int) -> OutlinePart:
        return self.document(number).outline

    def piece(self, number: int, piece: int) -> PiecePart:
        return PiecePart(self.document(number).pieces[piece])

    def document(self, number: int) -> Document:
        known = self._made.get(number)
        if known is None:
            self._settle()
            known = self._made[number] = _document(self._marks[number], self._by_id)
        return known

    def _settle(self) -> None:
        """Finds the elements of every fact: its own, and its continuations, in whatever file they stand."""
        if self._settled:
            return
        self._settled = True
        continuations: dict[str, tuple[Any, Marks]] = {}
        for marks in self._marks:
            for each in marks.file.continuations:
                identifier = each.element.get("id")
                if identifier is not None:
                    continuations.setdefault(identifier, (each.element, marks))
        for instance in self._numbering.instances:
            found = anchors(instance)
            if found is None or instance.kind != "inline":
                continue
            for fact in instance.facts:
                number = self._numbering.number[fact]
                element = found.elements[fact.index]
                if fact.has_id:
                    self._by_id.setdefault(fact.id, number)
                home = self._by_url.get(fact.document)
                if home is None:
                    continue
                kind = "n" if fact.is_numeric else "b" if is_block(fact.concept) else "s"
                home.facts[element] = (number, kind)
                following = element.get("continuedAt")
                seen: set[str] = set()
                while following is not None and following not in seen:
                    seen.add(following)
                    next_ = continuations.get(following.strip())
                    if next_ is None:
                        break
                    next_[1].facts[next_[0]] = (number, kind)
                    following = next_[0].get("continuedAt")


def _title(file: InlineFile) -> str:
    title = next(file.doc.root.iter(_TITLE), None)
    return " ".join("".join(title.itertext()).split()) if title is not None else ""


def _document(marks: Marks, by_id: dict[str, int]) -> Document:
    file = marks.file
    root = copy.deepcopy(file.doc.root)
    for own, other in zip(file.elements, root.iter(f"{file.namespace}*"), strict=True):
        said = marks.facts.get(own)
        if said is not None:
            other.set(f"{MARK}f", str(said[0]))
            other.set(f"{MARK}k", said[1])
            if said[1] != "n" and next(other.iter(*_BLOCKS), None) is not None:
                other.set(f"{MARK}w", "1")
    for element in _STANDS_FOR(root):
        match = _HIDDEN.search(element.get("style", ""))
        number = by_id.get(match[1]) if match is not None else None
        if number is not None and not element.tag.startswith(file.namespace):
            element.set(f"{MARK}f", str(number))
            element.set(f"{MARK}k", "h")
    sheets = [harmless_sheet("".join(style.itertext())) for style in root.iter(_STYLE)]
    cutter = _Cutter()
    body = cutter.tree(harmless_tree(root))
    cutter.close()
    ids, images = _targets(cutter.pieces)
    outline = OutlinePart(
        name=file.doc.url.rpartition("/")[2],
        style="\n".join(each for each in sheets if each),
        body=tuple(body),
        sizes=tuple([len(each) for each in cutter.pieces]),
        facts={fact: tuple(dict.fromkeys(pieces)) for fact, pieces in sorted(cutter.facts.items())},
        ids=ids,
        images=images,
        language=file.language(file.doc.root) or "",
    )
    return Document(outline, cutter.pieces)


class _Cutter:
    """Cuts a tree into pieces of some size. What is larger than a piece and only holds others is opened."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.facts: dict[int, list[int]] = {}

    def tree(self, element: Any) -> list[Any]:
        attributes = dict(element.attrib)
        if "data-f" in attributes:
            self.facts.setdefault(int(attributes["data-f"]), []).append(len(self.pieces))
        out: list[Any] = [etree.QName(element).localname, attributes]
        gathered: list[str] = []
        size = 0

        def flush() -> None:
            nonlocal size
            text = "".join(gathered)
            if text.strip():
                out.append(self._add(text))
            gathered.clear()
            size = 0

        if element.text:
            gathered.append(_escape(element.text))
        for child in element:
            text: str = etree.tostring(child, encoding="unicode", with_tail=False)
            if len(text) > 2 * _PIECE and child.tag in _WRAPPERS and len(child):
                flush()
                out.append(self.tree(child))
            else:
                gathered.append(text)
                size += len(text)
            if child.tail:
                gathered.append(_escape(child.tail))
            if size > _PIECE:
                flush()
        flush()
        return out

    def _add(self, text: str) -> int:
        text = text.replace(f' xmlns="{XHTML}"', "")
        number = len(self.pieces)
        self.pieces.append(text)
        for fact in dict.fromkeys(_FACT.findall(text)):
            self.facts.setdefault(int(fact), []).append(number)
        return number

    def close(self) -> None:
        """Elements that hold no text at all still have a piece to be found in."""
        last = max(len(self.pieces) - 1, 0)
        for pieces in self.facts.values():
            pieces[:] = [min(each, last) for each in pieces]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _targets(pieces: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    wanted: set[str] = set()
    images: dict[str, None] = {}
    for piece in pieces:
        wanted.update(_TARGET.findall(piece))
        images.update(dict.fromkeys(_IMAGE.findall(piece)))
    ids: dict[str, int] = {}
    for number, piece in enumerate(pieces) if wanted else ():
        for name in _ID.findall(piece):
            if name in wanted:
                ids.setdefault(name, number)
    return ids, tuple(images)
