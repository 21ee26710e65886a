"""One file of an Inline XBRL document set, with its Inline XBRL elements found and sorted (Inline XBRL 1.1, 3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field

from recto.instance.inline.markup import Markup
from recto.instance.prefixes import Prefixes
from recto.names import IX, IX_1_0, XHTML
from recto.xml import Document, xlink

_BASE = f"{{{XHTML}}}base"


class Marked(Struct, eq=False):
    """An Inline XBRL element and the file that it stands in."""

    element: Any
    file: InlineFile
    local: str
    """Local name of the element."""
    ordinal: int
    """Position among the Inline XBRL elements of its file."""
    hidden: bool = False

    def get(self, name: str) -> str | None:
        value: str | None = self.element.get(name)
        return value

    @property
    def line(self) -> int:
        return self.file.doc.line(self.element)


class InlineFile(Struct, eq=False, dict=True):
    """Sorted Inline XBRL elements of one file, each group in document order."""

    doc: Document
    prefixes: Prefixes
    namespace: str
    """`{…}`: the Inline XBRL namespace of this file, in braces."""
    elements: list[Any] = field(default_factory=list)
    """All of them; to hold them also saves lxml from making them anew."""
    facts: list[Marked] = field(default_factory=list)
    continuations: list[Marked] = field(default_factory=list)
    footnotes: list[Marked] = field(default_factory=list)
    relationships: list[Marked] = field(default_factory=list)
    references: list[Marked] = field(default_factory=list)
    resources: list[Marked] = field(default_factory=list)
    size: int = 0
    """Bytes of the document."""
    headers: int = 0
    tuples: int = 0
    has_exclude: bool = False
    names: set[str] = field(default_factory=set)
    """The Inline XBRL elements' names as written (`ix:nonNumeric`)."""
    has_targets: bool = True
    """Whether the document's bytes say `target` at all."""
    _language_marks: int = 0
    """How often the document's bytes say `xml:lang`."""
    _language: str | None = None
    _languages: dict[Any, str | None] | None = None

    @cached_property
    def markup(self) -> Markup:
        return Markup(self.doc.root, self.names)

    def forget_markup(self) -> None:
        """Frees the serialized document, which is as large as the file."""
        self.__dict__.pop("markup", None)

    @cached_property
    def html_base(self) -> str | None:
        """The `href` of the HTML `base` element as written; None where there is none."""
        base = next(self.doc.root.iter(_BASE), None)
        href = base.get("href") if base is not None else None
        return href.strip() if href else None

    def base(self, element: Any) -> str | None:
        """What relative URLs in the element's content are relative to, where the document says so; else None."""
        if self.html_base is None and not self.doc.has_base:
            return None
        base = self.doc.base_uri(element)
        # A base that only leads to another place on this machine is no address that a reader of the fact could use.
        return base if base != self.doc.url and not base.startswith("file:") else self.html_base

    def language(self, element: Any) -> str | None:
        """The `xml:lang` in force at an Inline XBRL element; None where there is none."""
        languages, common = self.languages()
        return languages.get(element, common)

    def languages(self) -> tuple[Mapping[Any, str | None], str | None]:
        """The languages of Inline XBRL elements that have another than most, and the language of most."""
        if self._languages is None:
            self._languages = self._find_languages()
        return self._languages, self._language

    def _find_languages(self) -> dict[Any, str | None]:
        """Inline XBRL elements whose language is not that of the root."""
        root = self.doc.root
        known = int(root.get(xlink.XML_LANG) is not None)
        own = []
        if known < self._language_marks:
            own = [each for each in self.elements if each.get(xlink.XML_LANG) is not None]
        known += len(own)
        speakers = [root, *own] if known == self._language_marks else root.xpath("descendant-or-self::*[@xml:lang]")
        languages: dict[Any, str | None] = {}
        for speaker in speakers:
            language = speaker.get(xlink.XML_LANG) or None
            if speaker is root:
                self._language = language
            else:  # in document order, so that inner elements overrule outer ones
                languages.update(dict.fromkeys(speaker.iter(f"{self.namespace}*"), language))
        return languages


_GROUPS = {
    "nonFraction": "facts",
    "nonNumeric": "facts",
    "fraction": "facts",
    "tuple": "facts",
    "continuation": "continuations",
    "footnote": "footnotes",
    "relationship": "relationships",
    "references": "references",
    "resources": "resources",
}


def scan(doc: Document, data: bytes) -> InlineFile:
    """Finds the Inline XBRL elements of one file in a single pass."""
    namespace = f"{{{IX}}}"
    first = next(doc.root.iter(f"{namespace}*", f"{{{IX_1_0}}}*"), None)
    if first is not None and not first.tag.startswith(namespace):
        namespace = f"{{{IX_1_0}}}"
    file = InlineFile(
        doc,
        Prefixes(doc.root, data),
        namespace,
        size=len(data),
        has_targets=b"target" in data or b"inlineXBRL" not in data,  # UTF-16 shows neither
        _language_marks=data.count(b"xml:lang"),
    )
    groups = {f"{namespace}{local}": (local, getattr(file, group)) for local, group in _GROUPS.items()}
    names: dict[tuple[str | None, str], None] = {}
    hidden = 0
    wildcard = f"{namespace}*"
    file.elements = list(doc.root.iter(wildcard))
    for ordinal, element in enumerate(file.elements):
        tag = element.tag
        names[(element.prefix, tag)] = None
        entry = groups.get(tag)
        if entry is not None:
            entry[1].append(Marked(element, file, entry[0], ordinal, hidden > 0))
            if entry[0] == "tuple":
                file.tuples += 1
        else:
            local = tag[len(namespace) :]
            if local == "hidden":
                hidden = sum(1 for _ in element.iter(wildcard))
            elif local == "header":
                file.headers += 1
            elif local == "exclude":
                file.has_exclude = True
        if hidden:
            hidden -= 1
    file.names = {f"{prefix}:{tag[len(namespace) :]}" if prefix else tag[len(namespace) :] for prefix, tag in names}
    return file
