"""The compiler's part for linkbases: extended links taken apart into nodes and rows."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from recto.names import LINK
from recto.taxonomy.compiled import Bases, Group, MemoryDocument, ResourceRecord, Row
from recto.xml import split_fragment
from recto.xml.parsing import Document
from recto.xml.xlink import ACTUATE, ARCROLE, FROM, HREF, LABEL, ROLE, SHOW, TITLE, TO, TYPE, XML_BASE, XML_LANG

ROLE_REF = f"{{{LINK}}}roleRef"
ARCROLE_REF = f"{{{LINK}}}arcroleRef"
_PLAIN_ID = re.compile(r"[^\W\d][\w.\-·]*\Z")
# What an arc has for itself. `id` is no part of its meaning, the rest is XLink's own or names its ends.
_PRIVATE = frozenset((FROM, TO, TITLE, TYPE, SHOW, ACTUATE, LABEL, ARCROLE, "id", "use", "priority", XML_BASE))


class RawElement(NamedTuple):
    """An element within an extended link with all its attributes (Clark notation → value)."""

    name: str
    attributes: dict[str, str]
    line: int


class RawLink(NamedTuple):
    """An extended link as written. `bases` of locators are part of `hrefs`: `(part ordinal, fragment)` each."""

    name: str
    attributes: dict[str, str]
    line: int
    locators: list[RawElement]
    resources: list[RawElement]
    arcs: list[RawElement]
    others: list[RawElement]


def bases_of(element: Any, document: Document) -> Bases:
    """The `xml:base` values in force on an element, outermost first."""
    if not document.has_base:
        return ()
    bases = [value for at in (element, *element.iterancestors()) if (value := at.get(XML_BASE)) is not None]
    return tuple(reversed(bases))


class LinkbaseCompiler:
    """Adds the links of one or more `linkbase` elements to a compiled document."""

    def __init__(self, document: Document, out: MemoryDocument):
        self._document = document
        self._out = out
        self._parts: dict[tuple[Bases, str], int] = {}
        self._variants: dict[Any, int] = {}

    def compile(self, linkbase: Any) -> None:
        line = self._document.line
        for child in linkbase:
            tag = child.tag
            if tag == ROLE_REF or tag == ARCROLE_REF:
                uri = child.get("roleURI" if tag == ROLE_REF else "arcroleURI") or ""
                self._out.role_refs.append(
                    (tag, uri, (child.get(HREF) or "").strip(), bases_of(child, self._document), line(child))
                )
            elif child.get(TYPE) == "extended":
                self._link(child)

    def _link(self, link: Any) -> None:
        out = self._out
        line_of = self._document.line
        labels: dict[str, list[int]] = {}
        raw = RawLink(link.tag, dict(link.items()), line_of(link), [], [], [], [])
        language = self._language(link)
        nodes = out.nodes
        for element in link:
            attributes = dict(element.items())
            line = line_of(element)
            record = RawElement(element.tag, attributes, line)
            kind = attributes.get(TYPE)
            if kind == "arc":
                raw.arcs.append(record)
                continue
            if kind == "locator":
                labels.setdefault(attributes.get(LABEL, ""), []).append(len(nodes))
                self._locator(element, attributes, line)
                raw.locators.append(record)
            elif kind == "resource":
                labels.setdefault(attributes.get(LABEL, ""), []).append(len(nodes))
                nodes.append((-1, len(out.resources), line))
                if identifier := attributes.get("id"):
                    out.ids.setdefault(identifier, ("resource", len(out.resources)))
                out.resources.append(_resource(element, attributes, language))
                out.resource_lines.append(line)
                raw.resources.append(record)
            else:
                raw.others.append(record)
        groups = self._arcs(raw.arcs, labels)
        if identifier := link.get("id"):
            out.ids.setdefault(identifier, ("link", len(out.links)))
        out.links.append((link.tag, raw.attributes.get(ROLE, ""), raw.line, identifier, groups))
        out.raw_links.append(raw)

    def _locator(self, element: Any, attributes: dict[str, str], line: int) -> None:
        out = self._out
        address, fragment = split_fragment(attributes.get(HREF, "").strip())
        bases = bases_of(element, self._document)
        part = self._parts.get((bases, address))
        if part is None:
            part = self._parts[bases, address] = len(out.parts)
            out.parts.append((bases, address, line))
        if not _PLAIN_ID.match(fragment):
            out.odd_nodes.append(len(out.nodes))
        out.nodes.append((part, fragment, line))

    def _arcs(self, arcs: list[RawElement], labels: dict[str, list[int]]) -> tuple[Group, ...]:
        groups: dict[tuple[str, str], list[Row]] = {}
        prohibits: set[tuple[str, str]] = set()
        variants = self._variants
        none: list[int] = []
        for name, attributes, line in arcs:
            arcrole = attributes.get(ARCROLE, "")
            use = attributes.get("use", "optional")
            rest = tuple([item for item in attributes.items() if item[0] not in _PRIVATE])
            key = (name, arcrole, use, attributes.get("priority", "0"), rest)
            variant = variants.get(key)
            if variant is None:
                variant = variants[key] = len(self._out.variants)
                self._out.variants.append(key)
            rows = groups.get((name, arcrole))
            if rows is None:
                rows = groups[name, arcrole] = []
            if use == "prohibited":
                prohibits.add((name, arcrole))
            targets = labels.get(attributes.get(TO, ""), none)
            for source in labels.get(attributes.get(FROM, ""), none):
                for target in targets:
                    rows.append((source, target, variant, line))
        made: list[Group] = []
        all_rows = self._out.all_rows
        for (name, arcrole), rows in groups.items():
            made.append((arcrole, name, len(all_rows), len(rows), (name, arcrole) in prohibits))
            all_rows += rows
        return tuple(made)

    def _language(self, link: Any) -> str | None:
        for at in (link, *link.iterancestors()):
            if (language := at.get(XML_LANG)) is not None:
                return str(language)
        return None


def _resource(element: Any, attributes: dict[str, str], language: str | None) -> ResourceRecord:
    parts: tuple[tuple[str, str], ...] = ()
    if len(element):
        parts = tuple([(child.tag, "".join(child.itertext())) for child in element])
        text = "".join(element.itertext())
    else:
        text = element.text or ""
    return (
        element.tag,
        attributes.get(ROLE),
        attributes.get(XML_LANG, language),
        text,
        attributes.get("id"),
        parts,
    )
