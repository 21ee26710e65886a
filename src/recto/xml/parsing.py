"""Hardened parsing: bytes in, an lxml tree out, with limits, no network and no surprises.

What a caller may rely on:

* nothing outside the given bytes is ever read; no DTD is loaded, no external or nested entity exists (see `entities`);
* the tree holds elements and text only: comments and processing instructions are dropped, CDATA sections, character
  and entity references have become text, so `element.text` is the whole text before the first child;
* whatever cannot be read raises `XMLError` or `UnsafeInputError` with document and line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from lxml import etree
from msgspec import Struct

from recto import limits as bounds
from recto.errors import UnsafeInputError, XMLError
from recto.findings import Findings
from recto.xml import xlink
from recto.xml.encodings import ascii_compatible, recoverable
from recto.xml.urls import resolve_url, split_fragment


class Limits(Struct, frozen=True):
    """Limits of one document. Depth is fixed by the parser: 256 elements below 10 MB; larger documents are checked."""

    size: int = bounds.XML_SIZE
    """Bytes."""
    depth: int = bounds.XML_DEPTH
    attributes: int = bounds.XML_ATTRIBUTES
    """Attributes of one element; checked in documents of 10 MB and more (below, their number cannot do harm)."""


DEFAULT_LIMITS = Limits()
_SHORT_LINES = 65_535
"""libxml2 keeps line numbers in 16 bits and guesses beyond."""


class Document:
    """A parsed document: `url`, the `root` element, and what the tree itself does not tell."""

    __slots__ = ("_has_base", "_ids", "line", "root", "url")

    url: str
    root: Any
    line: Callable[[Any], int]
    """Line (1-based) on which an element's start tag ends."""

    def __init__(self, url: str, root: Any, data: bytes):
        self.url = url
        self.root = root
        self._ids: dict[str, Any] | None = None
        self._has_base = b"xml:base" in data
        if data.count(b"\n") + 1 < _SHORT_LINES:
            self.line = attrgetter("sourceline")
        else:
            self.line = _LongLines(root, data)

    def lines(self, elements: Sequence[Any]) -> list[int]:
        """The lines of many elements."""
        return self.line.many(elements) if isinstance(self.line, _LongLines) else list(map(self.line, elements))

    @property
    def ids(self) -> dict[str, Any]:
        """Elements by their `id` (or `xml:id`) attribute; of equal ones the first."""
        if self._ids is None:
            ids: dict[str, Any] = {}
            self._ids = ids
            for element in _IDENTIFIED(self.root):
                identifier = element.get("id") or element.get(xlink.XML_ID)
                if identifier is not None:
                    ids.setdefault(identifier.strip(), element)
        return self._ids

    @property
    def has_base(self) -> bool:
        """Whether `xml:base` may occur in the document at all."""
        return self._has_base

    def base_uri(self, element: Any) -> str:
        """Base for relative references in `element`: the document's URL, or as `xml:base` has it (XML Base, 4.2)."""
        if not self._has_base:
            return self.url
        bases = []
        at = element
        while at is not None:
            base = at.get(xlink.XML_BASE)
            if base is not None:
                bases.append(base)
            at = at.getparent()
        url = self.url
        for base in reversed(bases):
            url = resolve_url(url, base)
        return url

    def resolve(self, element: Any, href: str) -> str:
        """`href`, found on `element`, as an absolute URL (its fragment kept)."""
        return resolve_url(self.base_uri(element) if self._has_base else self.url, href)

    def find(self, fragment: str) -> Any | None:
        """The element that a URL's fragment identifies, or None (XBRL 2.1, 3.5.4); "" is the root."""
        return xlink.follow(self.root, fragment, self.ids) if fragment else self.root

    def __repr__(self) -> str:
        return f"Document({self.url!r})"


_IDENTIFIED = etree.XPath("descendant-or-self::*[@id or @xml:id]")
"""Faster than to look at each element from Python."""


class _LongLines:
    """Lines of elements where libxml2's 16 bits do not suffice: of most from the text they begin with, which keeps its
    line whole; the table of the others is made when first needed.
    """

    __slots__ = ("_blanks", "_data", "_flat", "_root", "_table", "_texts")

    def __init__(self, root: Any, data: bytes):
        self._root = root
        self._data: bytes | None = data
        self._table: dict[Any, int] = {}
        aside = max(data.rfind(b"<!"), data.rfind(b"<?"))
        own = b"<!DOCTYPE" not in data  # what an entity stands for has lines of its own
        self._texts = own and data.count(b"\n", 0, max(aside, 0)) + 1 < _SHORT_LINES
        """Whether nothing but tags and text is that far down, so that a text begins where the tag before it ends."""
        self._blanks = b"&#" not in data and b"\r" not in data
        """Whether the line breaks of a text are those of the document."""
        self._flat: bool | None = None

    def __call__(self, element: Any) -> int:
        line: int = element.sourceline
        return line if line < _SHORT_LINES else self._far(element, line)

    def many(self, elements: Sequence[Any]) -> list[int]:
        lines: list[int] = [element.sourceline for element in elements]
        if lines and max(lines) >= _SHORT_LINES:
            far, texts = self._far, self._texts
            return [
                line
                if line < _SHORT_LINES or (texts and (text := element.text) and "\n" not in text)
                else far(element, line)
                for line, element in zip(lines, elements, strict=True)
            ]
        return lines

    def _far(self, element: Any, line: int) -> int:
        """`line` is what libxml2 says: the line of the text that the element begins with."""
        told = self._told(element, line) if self._texts else None
        if told is not None:
            return told
        if self._data is not None:
            from recto.xml.lines import line_table

            self._table = line_table(self._root, self._data, _SHORT_LINES)
            self._data = None
        return self._table.get(element, line)

    def _told(self, element: Any, line: int) -> int | None:
        """The line by the next text, which has that on which it ends (SAX2 sets it when the text is told): as it is
        where the text is of one line, and counted back where it is blank. None where it does not tell.
        """
        text: str | None = element.text
        if not text:
            if not self._has_flat_tags():
                return None
            while not text and len(element):
                element = element[0]
                text, line = element.text, element.sourceline
            text = text or element.tail
        if not text:
            return None
        breaks = text.count("\n")
        if not breaks:
            return line
        return line - breaks if self._blanks and text.isspace() else None

    def _has_flat_tags(self) -> bool:
        """Whether each tag is on one line, so that those on which no text follows are on the line of the next one."""
        if self._flat is None:
            from recto.xml.lines import has_flat_tags

            self._flat = self._data is not None and has_flat_tags(self._data, _SHORT_LINES)
        return self._flat


def parse(
    data: bytes,
    url: str,
    findings: Findings | None = None,
    *,
    recover: bool = False,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """Parse an XML document.

    With `recover`, a document that is not well-formed is read as far as it goes, and each fault becomes a finding
    (`xml:notWellFormed`); named characters of XHTML are then understood without a document type declaration.

    Raises `XMLError` (`xml:notWellFormed`, `xml:truncated`, `xml:encoding`, `xml:empty`) and `UnsafeInputError`
    (`xml:tooLarge`, `xml:tooDeep`, `xml:tooManyAttributes`, `xml:externalEntity`, `xml:nestedEntity`,
    `xml:entityExpansion`).
    """
    if len(data) > limits.size:
        raise UnsafeInputError.of("xml:tooLarge", document=url, size=len(data), most=limits.size)
    data = recoverable(data, url, findings) if recover else ascii_compatible(data, url)
    if b"\n" not in data and b"\r" in data:  # lines that end with CR alone; libxml2 would see one line (XML 1.0, 2.11)
        data = data.replace(b"\r", b"\n")
    if b"<!DOCTYPE" in data or recover:
        from recto.xml.entities import disarm  # few documents need it

        data = disarm(data, url, findings, html_names=recover)
    large = len(data) >= bounds.XML_GUARDED
    parser = etree.XMLParser(
        resolve_entities="internal",
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=large,
        recover=recover,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _error(error, parser.error_log, data, url) from None
    if recover:
        _report(parser.error_log, url, findings)
    if root is None:
        raise XMLError.of("xml:empty", document=url, line=1)
    if large:
        _check(root, url, limits, wide=recover or _may_be_wider(data, limits.attributes))
    return Document(url, root, data)


def parse_or_recover(data: bytes, url: str, findings: Findings, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Parse a document; one that is not well-formed is read as far as it goes, and its first fault is a finding.

    Raises `XMLError` where no element can be read, and `UnsafeInputError` as `parse` does.
    """
    try:
        return parse(data, url, findings, limits=limits)
    except XMLError as error:
        document = parse(data, url, recover=True, limits=limits)
        findings.raised(error)
        return document


@lru_cache(maxsize=4)
def _deeper(depth: int) -> Any:
    return etree.XPath("boolean(" + "/*" * (depth + 1) + ")")


@lru_cache(maxsize=4)
def _wider(attributes: int) -> Any:
    return etree.XPath(f"boolean(//*[@*[{attributes + 1}]])")


def _check(root: Any, url: str, limits: Limits, *, wide: bool) -> None:
    if _deeper(limits.depth)(root):
        raise UnsafeInputError.of("xml:tooDeep", document=url, most=limits.depth)
    if wide and _wider(limits.attributes)(root):
        raise UnsafeInputError.of("xml:tooManyAttributes", document=url, most=limits.attributes)


def _may_be_wider(data: bytes, attributes: int) -> bool:
    """Whether some tag is long enough for more attributes, ` a=""` the shortest; none that is well-formed has a "<".

    Entities are texts alone, so all tags stand in the data.
    """
    least = 5 * attributes
    at = data.find(b"<")
    while at + least < len(data):
        following = data.rfind(b"<", at + 1, at + 1 + least)
        if following < 0:
            following = data.find(b"<", at + 1)
            if following < 0:
                following = len(data)
            if data.count(b"=", at, following) > attributes:
                return True
        at = following
    return False


def _report(log: Any, url: str, findings: Findings | None) -> None:
    if findings is None:
        return
    for entry in log[: bounds.XML_FAULTS]:
        findings.found("xml:notWellFormed", document=url, line=entry.line, reason=entry.message.strip())


def _error(error: Any, log: Any, data: bytes, url: str) -> XMLError | UnsafeInputError:
    """What stopped the parser, by the type of its error; its sentence is shown, but not looked at."""
    faults = (each.message or "" for each in log if each.level > etree.ErrorLevels.WARNING)
    reason = next(faults, "").strip() or "the parser does not say why"
    line = error.lineno or 1
    if error.code in _LIMITS:
        if _is_deep(data):
            return UnsafeInputError.of("xml:tooDeep", document=url, line=line, most=DEFAULT_LIMITS.depth)
        if b"<!ENTITY" in data:
            return UnsafeInputError.of("xml:entityExpansion", document=url, line=line, most=bounds.XML_EXPANSION)
    code = "xml:notWellFormed"
    if error.code in _TRUNCATED or _at_end(error, data):
        code = "xml:truncated"
    elif error.code in _ENCODING_ERRORS:
        code = "xml:encoding"
    elif error.code == etree.ErrorTypes.ERR_DOCUMENT_EMPTY:
        return XMLError.of("xml:empty", document=url, line=line)
    return XMLError.of(code, document=url, line=line, reason=reason)


def _is_deep(data: bytes) -> bool:
    """Whether elements nest beyond what libxml2 follows; entities, which may be large, are not expanded to see it."""
    parser = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, load_dtd=False, no_network=True)
    root = etree.fromstring(data, parser)
    return root is not None and _deeper(DEFAULT_LIMITS.depth)(root)


def _at_end(error: Any, data: bytes) -> bool:
    """Whether a fault is where the data end, in the middle of something."""
    line, column = error.position
    end = data.rstrip()
    return line == end.count(b"\n") + 1 and column > len(end) - end.rfind(b"\n") - 1 and not end.endswith(b">")


_TRUNCATED = frozenset(
    (
        etree.ErrorTypes.ERR_TAG_NOT_FINISHED,
        etree.ErrorTypes.ERR_GT_REQUIRED,
        etree.ErrorTypes.ERR_COMMENT_NOT_FINISHED,
        etree.ErrorTypes.ERR_CDATA_NOT_FINISHED,
    )
)
_RESOURCE_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT, for which lxml has a name from 6.1 on
_LIMITS = frozenset((_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR, etree.ErrorTypes.ERR_ENTITY_LOOP))
"""How libxml2 says that a bound of its own was met; which of them, it says in words alone."""
_ENCODING_ERRORS = frozenset(
    (
        etree.ErrorTypes.ERR_INVALID_ENCODING,
        etree.ErrorTypes.ERR_UNKNOWN_ENCODING,
        etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING,
    )
)


def target_of(url: str, document: Document) -> Any | None:
    """The element of `document` that `url`'s fragment identifies, or None."""
    return document.find(split_fragment(url)[1])
