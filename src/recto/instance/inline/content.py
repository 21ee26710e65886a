"""What the elements of a document set contain: continuation chains, plain text, escaped text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urljoin

from recto import limits
from recto.errors import RectoError
from recto.findings import Findings
from recto.instance.inline.document import InlineFile, Marked
from recto.instance.xhtml import escape_attribute, inner_markup
from recto.patterns import lazy
from recto.xml import is_absolute

_CLAUSES = {"nonNumeric": "11.1.2", "footnote": "6.1.2", "continuation": "4.1.2"}
_URL_ATTRIBUTES = (
    "href", "src", "cite", "background", "action", "longdesc", "usemap", "codebase", "data", "classid", "profile",
)  # fmt: skip
_URL_ATTRIBUTE = lazy(rf"(?<=\s)({'|'.join(_URL_ATTRIBUTES)})=\"([^\"]*)\"")
_TAG = lazy(r"<[A-Za-z][^>]*>")
_URLS = frozenset(_URL_ATTRIBUTES)


class ContentLimitError(RectoError):
    """Contents that stand in one another, or continuations that many facts share, multiply beyond what is followed."""

    code = "recto:contentLimit"


class Contents:
    """The contents of the elements of one document set.

    All that is handed out is at most `limits.CONTENT_SIZE` characters and `limits.CONTENT_TIMES` those of the documents
    together; what would be more raises ContentLimitError.
    """

    def __init__(self, files: Sequence[InlineFile], findings: Findings):
        self._findings = findings
        self._files = files
        self._left = limits.CONTENT_SIZE + limits.CONTENT_TIMES * sum(file.size for file in files)
        self._patience = self._left
        """Characters that may be made in vain."""
        self.broken: set[Any] = set()
        """Elements whose chain of continuations leads to none, or back to itself: what they say is not known."""
        self._continuations: dict[str, Marked] = {}
        for file in files:
            for each in file.continuations:
                identifier = each.get("id")
                if identifier is not None:
                    self._continuations.setdefault(identifier, each)

    def chain(self, start: Marked) -> list[Marked]:
        """The element and its continuations in order (Inline XBRL 1.1, 4.1.2). Raises ContentLimitError."""
        chain = [start]
        seen = {start.element}
        at = start
        while (identifier := at.get("continuedAt")) is not None:
            following = self._continuations.get(identifier.strip())
            if following is None:
                self.broken.add(start.element)
                self._no_target(at, identifier.strip())
                break
            if following.element in seen:
                self.broken.add(start.element)
                self._report("continuationCycle", at, "4.1.2", id=identifier)
                break
            seen.add(following.element)
            chain.append(following)
            self._left -= limits.CONTENT_PART
            if self._left < 0:
                raise ContentLimitError.of("recto:contentLimit")
            at = following
        return chain

    def _no_target(self, at: Marked, identifier: str) -> None:
        clause = _CLAUSES.get(at.local, "4.1.2")
        for file in self._files:
            found = file.doc.ids.get(identifier)
            if found is not None:
                name = found.tag.rpartition("}")[2]
                self._report("continuationTarget", at, clause, id=identifier, name=name)
                return
        self._report("continuationMissing", at, clause, id=identifier)

    def takes(self, text: str) -> bool:
        """Whether there is room for a text that is all of an element's content, which is then taken up."""
        if self._patience < 0 or len(text) > self._left:
            return False
        self._left -= len(text)
        return True

    def text(self, start: Marked) -> str:
        """The content as plain text, without what `ix:exclude` takes out. Raises ContentLimitError."""
        return self._content(start, plain_text)

    def escaped(self, start: Marked) -> str:
        """The content as XHTML text, Inline XBRL elements replaced by what they contain. Raises ContentLimitError."""
        return self._content(start, _escaped)

    def number(self, marked: Marked) -> str:
        """The text inside one element, which is not continued. Raises ContentLimitError."""
        return self._content(marked, plain_text, alone=True)

    def written(self, marked: Marked) -> str:
        """The text inside one element, to stand for a value that cannot be made; nothing where there is no room."""
        try:
            return self.number(marked)
        except ContentLimitError:
            return ""

    def _content(self, start: Marked, of: Callable[[Marked], str], *, alone: bool = False) -> str:
        if self._left < 0 or self._patience < 0:
            raise ContentLimitError.of("recto:contentLimit")
        if alone or start.get("continuedAt") is None:
            text = of(start)
            if len(text) > self._left:
                self._patience -= len(text)
                raise ContentLimitError.of("recto:contentLimit")
            self._left -= len(text)
            return text
        parts = []
        size = 0
        for each in self.chain(start):
            parts.append(of(each))
            size += len(parts[-1])
            if size > self._left:
                self._patience -= size
                raise ContentLimitError.of("recto:contentLimit")
        self._left -= size
        return "".join(parts)

    def _report(self, name: str, at: Marked, clause: str, /, **arguments: Any) -> None:
        which = at.get("id") or at.get("name") or ""
        self._findings.found(
            f"ix11.{clause}:{name}",
            which,
            about=f"In ix:{at.local} {which}".rstrip(),
            **arguments,
            document=at.file.doc.url,
            line=at.line,
            element=f"ix:{at.local}",
            specification=f"Inline XBRL 1.1, {clause}",
        )


def plain_text(marked: Marked) -> str:
    """The text inside one element, continuations aside."""
    element = marked.element
    if len(element) == 0:
        return element.text or ""
    excluded = f"{marked.file.namespace}exclude"
    if not marked.file.has_exclude or next(element.iter(excluded), None) is None:
        return "".join(element.itertext())
    parts: list[str] = []
    _gather(element, excluded, parts)
    return "".join(parts)


_OWN = frozenset(("id", "order", "tupleRef"))
"""Attributes in which parts of a tuple differ that say the same."""


def said(marked: Marked) -> tuple[object, ...]:
    """What parts of a tuple with the same order must have in common: attributes and text (Inline XBRL 1.1, 15.1.2)."""
    attributes = {name: value.strip() for name, value in marked.element.attrib.items() if name not in _OWN}
    return (marked.local, frozenset(attributes.items()), " ".join(plain_text(marked).split()))


def _gather(element: Any, excluded: str, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if child.tag != excluded:
            _gather(child, excluded, parts)
        if child.tail:
            parts.append(child.tail)


def _escaped(marked: Marked) -> str:
    file = marked.file
    markup = file.markup
    base = file.base(marked.element)
    if not markup.usable or (text := markup.content(marked.ordinal)).find("xmlns") >= 0:
        resolve = None if base is None else _attribute_resolver(base)
        dropped = f"{file.namespace}exclude"
        return inner_markup(marked.element, transparent=file.namespace, dropped=dropped, attribute=resolve)
    if base is None or "<" not in text:
        return text
    written = escape_attribute(base)
    return _TAG.sub(lambda match: _resolved_tag(match.group(), written), text)


def _attribute_resolver(base: str) -> Callable[[Any, str, str], str]:
    def resolve(element: Any, name: str, value: str) -> str:
        return _resolve(base, value) if name in _URLS else value

    return resolve


def _resolved_tag(tag: str, base: str) -> str:
    if '="' not in tag:
        return tag
    return _URL_ATTRIBUTE.sub(lambda match: f'{match.group(1)}="{_resolve(base, match.group(2))}"', tag)


def _resolve(base: str, url: str) -> str:
    """Relative URLs become absolute where the document states a base (Inline XBRL 1.1, 11.1.2).

    Without one they stay as they are: the address that a file happens to be read from is no part of what it reports.
    """
    return url if is_absolute(url) or not url else urljoin(base, url)
