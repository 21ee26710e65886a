"""The compiler's part for linkbases: extended links taken apart into nodes and rows."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from recto.names import LINK, XLINK
from recto.taxonomy.compiled import Bases, Group, MemoryDocument, ResourceRecord, Row
from recto.xml.parsing import Document
from recto.xml.xlink import ACTUATE, ARCROLE, FROM, HREF, LABEL, ROLE, SHOW, TITLE, TO, TYPE, XML_BASE, XML_LANG

ROLE_REF = f"{{{LINK}}}roleRef"
ARCROLE_REF = f"{{{LINK}}}arcroleRef"
LOC = f"{{{LINK}}}loc"
_DISCOVERING = etree.XPath("*/l:loc/@x:href", namespaces={"x": XLINK, "l": LINK}, smart_strings=False)
"""The hrefs of the locators in a linkbase's links."""
_RAW_KINDS = {"locator": 3, "resource": 4, "arc": 5}
"""Where children go in a `RawLink`."""
# What an arc has for itself. `id` is no part of its meaning, the rest is XLink's own or names its ends.
_PRIVATE = frozenset((FROM, TO, TITLE, TYPE, SHOW, ACTUATE, LABEL, ARCROLE, "id", "use", "priority", XML_BASE))


class RawElement(NamedTuple):
    """An element within an extended link with all its attributes (Clark notation → value)."""

    name: str
    attributes: dict[str, str]
    line: int


class RawLink(NamedTuple):
    """An extended link as written, its children by their `xlink:type`; others are titles and documentation."""

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
    """Adds the links of one or more `linkbase` elements to a compiled document.

    In two steps, because discovery needs no more than where the locators lead: `scan`, then `compile`.
    """

    def __init__(self, document: Document, out: MemoryDocument, *, raw: bool = False):
        self._document = document
        self._out = out
        self._raw = raw
        self._parts: dict[tuple[Bases, str], int] = {}
        self._variants: dict[Any, int] = {}
        self._linkbases: list[Any] = []

    def scan(self, linkbase: Any) -> None:
        """What discovery needs: role references, the documents that locators lead to, the first link's name."""
        out = self._out
        line = self._document.line
        for child in linkbase:
            tag = child.tag
            if tag in (ROLE_REF, ARCROLE_REF):
                uri = child.get("roleURI" if tag == ROLE_REF else "arcroleURI") or ""
                href = (child.get(HREF) or "").strip()
                out.role_refs.append((tag, uri, href, bases_of(child, self._document), line(child)))
            elif out.first_link is None and child.get(TYPE) == "extended":
                out.first_link = tag
        if not self._linkbases:
            out.reference_order.append(("links", 0))
        self._linkbases.append(linkbase)
        if not self._document.has_base:
            # Only link:loc discovers documents (XBRL 2.1, 3.2); parts that other locators add have line -1.
            for address in dict.fromkeys([href.partition("#")[0] for href in _DISCOVERING(linkbase)]):
                self._part((), address.strip(), 0)

    def compile(self) -> None:
        """The links of everything scanned."""
        for linkbase in self._linkbases:
            language = next(
                (at.get(XML_LANG) for at in (linkbase, *linkbase.iterancestors()) if at.get(XML_LANG)), None
            )
            for child in linkbase:
                if child.get(TYPE) == "extended":
                    self._link(child, language)
        self._linkbases.clear()

    def _part(self, bases: Bases, address: str, line: int) -> int:
        part = self._parts.get((bases, address))
        if part is None:
            part = self._parts[bases, address] = len(self._out.parts)
            self._out.parts.append((bases, address, line))
        return part

    def _link(self, link: Any, language: str | None) -> None:
        out = self._out
        line_of = self._document.line
        labels: dict[str, list[int]] = {}
        attributes = dict(link.items())
        language = attributes.get(XML_LANG, language)
        link_line = line_of(link)
        raw = RawLink(link.tag, attributes, link_line, [], [], [], []) if self._raw else None
        based = self._document.has_base
        nodes = out.nodes
        arcs: list[tuple[str, dict[str, str], int]] = []
        parts: dict[str, int] = {}
        for element in link:
            own = dict(element.items())
            kind = own.get(TYPE)
            line = line_of(element)
            if kind == "arc":
                arcs.append((element.tag, own, line))
            elif kind == "locator":
                address, _, fragment = own.get(HREF, "").strip().partition("#")
                if "%" in fragment:
                    fragment = unquote(fragment)
                part = parts.get(address, -1)
                if part < 0:
                    part = self._part(bases_of(element, self._document), address, line if element.tag == LOC else -1)
                    if not based:
                        parts[address] = part
                    if out.parts[part][2] <= 0 and element.tag == LOC:
                        out.parts[part] = (*out.parts[part][:2], line)
                if "(" in fragment or not fragment:
                    out.odd_nodes.append(len(nodes))
                label = own.get(LABEL, "")
                if label in labels:
                    labels[label].append(len(nodes))
                else:
                    labels[label] = [len(nodes)]
                nodes.append((part, fragment, line))
            elif kind == "resource":
                labels.setdefault(own.get(LABEL, ""), []).append(len(nodes))
                nodes.append((-1, len(out.resources), line))
                identifier = own.get("id")
                if identifier:
                    out.ids.setdefault(identifier, ("resource", len(out.resources)))
                out.resources.append(_resource(element, own, language))
                out.resource_lines.append(line)
            if raw is not None:
                place = _RAW_KINDS.get(kind or "", 6)
                raw[place].append(RawElement(element.tag, own, line))  # type: ignore[union-attr]
        groups = self._arcs(arcs, labels)
        if identifier := attributes.get("id"):
            out.ids.setdefault(identifier, ("link", len(out.links)))
        out.links.append((link.tag, attributes.get(ROLE, ""), link_line, identifier, groups))
        if raw is not None:
            out.raw_links.append(raw)

    def _arcs(self, arcs: list[tuple[str, dict[str, str], int]], labels: dict[str, list[int]]) -> tuple[Group, ...]:
        groups: dict[tuple[str, str], list[Row]] = {}
        prohibits: set[tuple[str, str]] = set()
        variants = self._variants
        none: list[int] = []
        private = _PRIVATE
        for name, attributes, line in arcs:
            own = attributes.get
            arcrole = own(ARCROLE, "")
            use = own("use", "optional")
            rest = tuple([item for item in attributes.items() if item[0] not in private])
            key = (name, arcrole, use, own("priority", "0"), rest)
            variant = variants.get(key)
            if variant is None:
                variant = variants[key] = len(self._out.variants)
                self._out.variants.append(key)
            rows = groups.get((name, arcrole))
            if rows is None:
                rows = groups[name, arcrole] = []
            if use == "prohibited":
                prohibits.add((name, arcrole))
            targets = labels.get(own(TO, ""), none)
            for source in labels.get(own(FROM, ""), none):
                for target in targets:
                    rows.append((source, target, variant, line))
        made: list[Group] = []
        all_rows = self._out.all_rows
        for (name, arcrole), rows in groups.items():
            made.append((arcrole, name, len(all_rows), len(rows), (name, arcrole) in prohibits))
            all_rows += rows
        return tuple(made)


def _resource(element: Any, attributes: dict[str, str], language: str | None) -> ResourceRecord:
    parts: tuple[tuple[str, str], ...] = ()
    if len(element):
        parts = tuple([(child.tag, "".join(child.itertext())) for child in element])
        text = "".join(element.itertext())
    else:
        text = element.text or ""
    own = attributes.get
    return (element.tag, own(ROLE), own(XML_LANG, language), text, own("id"), parts)
