"""Inline documents as parts of a description: cut into pieces that are made harmless as they are looked at, with each
tagged text marked by its fact's number."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any, Final

from lxml import etree
from msgspec import Struct, field

from recto.instance.anchors import anchors
from recto.instance.inline.document import InlineFile
from recto.names import XHTML
from recto.patterns import lazy
from recto.taxonomy.model import Concept
from recto.uncollected import uncollected
from recto.viewer.facts import is_block
from recto.viewer.harmless import MARK, harmless_sheet, harmless_tree, inner
from recto.viewer.model import OutlinePart, PiecePart, SourcePart
from recto.viewer.numbering import Numbering

_PIECE: Final = 40_000
"""Characters, roughly, from which a piece is closed."""
_WRAPPERS: Final = frozenset(
    [f"{{{XHTML}}}{name}" for name in ("div", "section", "article", "main", "span", "center", "form", "font")]
)
_HIDDEN: Final = lazy(r"-ix-hidden\s*:\s*([^;\s]+)")
_SIZE: Final = etree.XPath("count(descendant::*) * 60 + string-length(.)")
_STANDS_FOR: Final = etree.XPath("descendant-or-self::*/@style[contains(., '-ix-hidden')]")
_IMAGE: Final = "{*}img"
_LINKS: Final = ("{*}a", "{*}area")
_BODY: Final = f"{{{XHTML}}}body"
_STYLE: Final = f"{{{XHTML}}}style"
_HEAD: Final = f"{{{XHTML}}}head"
_TITLE: Final = f"{{{XHTML}}}title"
_BLOCKS: Final = tuple(f"{{{XHTML}}}{name}" for name in ("div", "p", "table", "tr", "ul", "ol", "h1", "h2", "h3"))
Content = list[Any]
"""Elements of the document as it was read, with the texts behind them, and texts (strings) of their own."""


class Marks(Struct):
    """What is to be said of the elements of one file."""

    file: InlineFile
    facts: dict[Any, tuple[int, str]] = field(default_factory=dict)
    """Inline XBRL element → (fact, kind)."""


class Document(Struct):
    """A document that was taken apart."""

    outline: OutlinePart
    contents: list[Content]
    marks: Marks
    hidden: dict[str, int]

    def piece(self, number: int) -> str:
        """A piece as well-formed XHTML, harmless. The document stays as it was read."""
        root = etree.Element(f"{{{XHTML}}}text", nsmap={None: XHTML})
        last: Any = None
        for each in self.contents[number]:
            if isinstance(each, str):
                if last is None:
                    root.text = (root.text or "") + each
                else:
                    last.tail = (last.tail or "") + each
                continue
            last = copy.deepcopy(each)
            _mark(each, last, self.marks, self.hidden)
            root.append(last)
        return inner(harmless_tree(root))


class Documents:
    """The inline documents of a filing, in order."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._marks: list[Marks] = []
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
        self._hidden: dict[str, int] = {}
        """Hidden facts by their ids."""

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """(file name, title) of each."""
        return [(each.file.doc.url.rpartition("/")[2], _title(each.file)) for each in self._marks]

    def size(self, number: int) -> int:
        """Bytes of the document as filed."""
        return self._marks[number].file.size

    def whole(self, number: int, read: Callable[[str], bytes | None]) -> SourcePart:
        """The document as it was filed. `read` gives a file of the filing by its name."""
        from recto.viewer.whole import source_part

        self._settle()
        marks = self._marks[number]
        return source_part(marks.file, marks.facts, self._hidden, self.names[number][1], read)

    @cached_property
    def images(self) -> set[str]:
        """What the documents name as pictures."""
        return {name for marks in self._marks for name in _images(marks.file)}

    def placed(self) -> set[int]:
        """The facts that have text of their own in a document."""
        self._settle()
        return {fact for marks in self._marks for fact, _ in marks.facts.values()}

    def outline(self, number: int) -> OutlinePart:
        return self.document(number).outline

    def piece(self, number: int, piece: int) -> PiecePart:
        return PiecePart(self.document(number).piece(piece))

    def document(self, number: int) -> Document:
        known = self._made.get(number)
        if known is None:
            with uncollected():  # a list for each fact, which stay
                self._settle()
                known = self._made[number] = _document(self._marks[number], self._hidden)
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
        kinds: dict[Concept | None, str] = {}
        for instance, first in zip(self._numbering.instances, self._numbering.firsts, strict=True):
            found = anchors(instance)
            if found is None or instance.kind != "inline":
                continue
            for number, (fact, element) in enumerate(zip(instance.facts, found.elements, strict=True), first):
                if fact.hidden:
                    self._hidden.setdefault(fact.id, number)
                    continue  # it has no text of its own, at most one that stands for it
                home = self._by_url.get(fact.document)
                if home is None:
                    continue
                kind = kinds.get(fact.concept)
                if kind is None or fact.concept is None:
                    kind = kinds[fact.concept] = "n" if fact.is_numeric else "b" if is_block(fact.concept) else "s"
                home.facts[element] = (number, kind)
                following = element.get("continuedAt")
                while following is not None:
                    next_ = continuations.get(following.strip())
                    if next_ is None or next_[0] in next_[1].facts:  # a part that facts share is the first one's
                        break
                    next_[1].facts[next_[0]] = (number, kind)
                    following = next_[0].get("continuedAt")


def _title(file: InlineFile) -> str:
    head = file.doc.root.find(_HEAD)  # a document without a title is not searched as a whole
    title = next((file.doc.root if head is None else head).iter(_TITLE), None)
    return " ".join("".join(title.itertext()).split()) if title is not None else ""


def _images(file: InlineFile) -> list[str]:
    """What a document names as pictures."""
    return [name for each in file.doc.root.iter(_IMAGE) if (name := each.get("src")) is not None]


def _document(marks: Marks, hidden: dict[str, int]) -> Document:
    file = marks.file
    root = file.doc.root
    body = next(root.iter(_BODY), root)
    cutter = _Cutter(marks, hidden)
    tree = cutter.tree(body)
    sheets = [harmless_sheet("".join(style.itertext())) for style in root.iter(_STYLE)]
    last = max(len(cutter.contents) - 1, 0)
    outline = OutlinePart(
        name=file.doc.url.rpartition("/")[2],
        style="\n".join(each for each in sheets if each),
        body=tuple(tree),
        sizes=tuple(cutter.sizes),
        facts={
            fact: tuple(pieces if pieces[-1] <= last else dict.fromkeys([min(piece, last) for piece in pieces]))
            for fact, pieces in sorted(cutter.facts.items())
        },
        ids=_targets(file, cutter.piece_of),
        images=tuple(dict.fromkeys(_images(file))),
        language=file.language(root) or "",
    )
    return Document(outline, cutter.contents, marks, hidden)


def _mark(own: Any, made: Any, marks: Marks, hidden: dict[str, int]) -> None:
    """Marks the tagged texts in a copy of an element."""
    file, facts = marks.file, marks.facts
    wanted = f"{file.namespace}*"
    for each, other in zip(own.iter(wanted), made.iter(wanted), strict=True):
        said = facts.get(each)
        if said is not None:
            _say(other, said)
    for element, number in _stand_ins(made, hidden):
        if not element.tag.startswith(file.namespace):
            element.set(f"{MARK}f", str(number))
            element.set(f"{MARK}k", "h")


def _say(element: Any, said: tuple[int, str]) -> None:
    element.set(f"{MARK}f", str(said[0]))
    element.set(f"{MARK}k", said[1])
    if said[1] != "n" and next(element.iter(*_BLOCKS), None) is not None:
        element.set(f"{MARK}w", "1")


def _stand_ins(element: Any, hidden: dict[str, int]) -> Iterator[tuple[Any, int]]:
    """Elements in it, or itself, that stand for hidden facts, with the facts' numbers."""
    for style in _STANDS_FOR(element) if hidden else ():
        number = _stands_for(style, hidden)
        if number is not None:
            yield style.getparent(), number


def _stands_for(style: str, hidden: dict[str, int]) -> int | None:
    match = _HIDDEN.search(style)
    return hidden.get(match[1]) if match is not None else None


class _Cutter:
    """Cuts a document into pieces of some size. What is larger than a piece and only holds others is opened."""

    def __init__(self, marks: Marks, hidden: dict[str, int]) -> None:
        self.marks = marks
        self.hidden = hidden
        self.contents: list[Content] = []
        self.sizes: list[int] = []
        self.facts: dict[int, list[int]] = {}
        self.piece_of: dict[Any, int] = {}
        """The piece of each element that stands in one as a whole, and the next one of those that were opened."""
        namespace = marks.file.namespace
        self._inline = f"{namespace}*"
        self._wrappers = _WRAPPERS | {f"{namespace}nonNumeric", f"{namespace}continuation"}
        self._dropped = frozenset((f"{namespace}header", f"{{{XHTML}}}script", f"{{{XHTML}}}style"))

    def tree(self, element: Any) -> list[Any]:
        said = self.marks.facts.get(element)
        if said is None and self.hidden:
            number = _stands_for(element.get("style", ""), self.hidden)
            said = None if number is None else (number, "h")
        if said is not None:
            self._found(said[0], len(self.contents))
        self.piece_of[element] = len(self.contents)
        out = _shell(element, said)
        gathered: Content = [element.text] if element.text else []
        size = 0.0
        for child in element:
            if not isinstance(child.tag, str) or child.tag in self._dropped:
                if child.tail:
                    gathered.append(child.tail)
                continue
            weight = _SIZE(child)
            if weight > 2 * _PIECE and child.tag in self._wrappers and len(child):
                out += self._close(gathered, size)
                gathered, size = [], 0.0
                out.append(self.tree(child))
                if child.tail:
                    gathered.append(child.tail)
                continue
            gathered.append(child)
            size += weight
            if size > _PIECE:
                out += self._close(gathered, size)
                gathered, size = [], 0.0
        return out + self._close(gathered, size)

    def _close(self, gathered: Content, size: float) -> list[int]:
        if not any(not isinstance(each, str) or each.strip() for each in gathered):
            return []
        number = len(self.contents)
        self.contents.append(gathered)
        self.sizes.append(int(size) or sum(len(each) for each in gathered if isinstance(each, str)))
        facts = self.marks.facts
        for element in gathered:
            if isinstance(element, str):
                continue
            self.piece_of[element] = number
            for each in element.iter(self._inline):
                said = facts.get(each)
                if said is not None:
                    self._found(said[0], number)
            for _, hidden in _stand_ins(element, self.hidden):
                self._found(hidden, number)
        return [number]

    def _found(self, fact: int, piece: int) -> None:
        pieces = self.facts.setdefault(fact, [])
        if not pieces or pieces[-1] != piece:
            pieces.append(piece)


def _shell(element: Any, said: tuple[int, str] | None) -> list[Any]:
    """`[tag, attributes]` of an element that was opened, harmless."""
    bare = etree.Element(f"{{{XHTML}}}div" if element.tag == _BODY else element.tag, dict(element.attrib))
    if said is not None:
        bare.set(f"{MARK}f", str(said[0]))
        bare.set(f"{MARK}k", said[1])
        bare.set(f"{MARK}w", "1")
    made = next(iter(harmless_tree(bare)), None)
    return ["div", {}] if made is None else [etree.QName(made).localname, dict(made.attrib)]


def _targets(file: InlineFile, piece_of: dict[Any, int]) -> dict[str, int]:
    """Where links within the document lead: id or name → piece."""
    root = file.doc.root
    wanted = {link[1:] for each in root.iter(*_LINKS) if (link := each.get("href", "")).startswith("#")}
    named = {each.get("name"): each for each in reversed(list(root.iter("{*}a")))} if wanted else {}
    found: dict[str, int] = {}
    for name in sorted(wanted):
        element = file.doc.ids.get(name)
        element = named.get(name) if element is None else element
        for each in _upward(element):
            if each in piece_of:
                found[name] = piece_of[each]
                break
    return found


def _upward(element: Any) -> Iterator[Any]:
    if element is not None:
        yield element
        yield from element.iterancestors()
