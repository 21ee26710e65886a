"""The compiler's part for linkbases: extended links taken apart into nodes and rows."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from operator import itemgetter
from typing import Any, TypeAlias
from urllib.parse import unquote

from lxml import etree
from msgspec import Struct

from recto import limits
from recto.names import GEN_LABEL, GEN_REFERENCE, LINK, XLINK
from recto.taxonomy.compiled import Bases, Content, Group, MemoryDocument, ResourceRecord, Row
from recto.xml.parsing import Document
from recto.xml.xlink import ACTUATE, ARCROLE, FROM, HREF, LABEL, ROLE, SHOW, TITLE, TO, TYPE, XML_BASE, XML_LANG

ROLE_REF = f"{{{LINK}}}roleRef"
ARCROLE_REF = f"{{{LINK}}}arcroleRef"
LOC = f"{{{LINK}}}loc"
_DISCOVERING = etree.XPath("*/l:loc/@x:href", namespaces={"x": XLINK, "l": LINK}, smart_strings=False)
"""The hrefs of the locators in a linkbase's links."""
_TEXTUAL = frozenset(
    (
        f"{{{LINK}}}label",
        f"{{{LINK}}}reference",
        f"{{{LINK}}}footnote",
        f"{{{GEN_LABEL}}}label",
        f"{{{GEN_REFERENCE}}}reference",
    )
)
"""Resources whose text or parts are all there is to them."""
# What an arc has for itself. `id` is no part of its meaning, the rest is XLink's own or names its ends.
_PRIVATE = frozenset((FROM, TO, TITLE, TYPE, SHOW, ACTUATE, LABEL, ARCROLE, "id", "use", "priority", XML_BASE))


class RawElement(Struct, frozen=True):
    """An element within an extended link with all its attributes (Clark notation → value)."""

    name: str
    attributes: dict[str, str]
    line: int


class RawLink(Struct, frozen=True):
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
        self._shapes: dict[tuple[str, ...], _ArcShape] = {}
        self._linkbases: list[Any] = []
        self._bindings: dict[Any, int] = {}
        self._pairs_left = limits.ARC_PAIRS

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
            if out.first_link is None and child.get(TYPE) == "extended":
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
        nodes, resources = out.nodes, out.resources
        out.first_nodes.append(len(nodes))
        unusual = False
        arcs: list[tuple[_ArcKind, str, str, int]] = []
        parts: dict[str, int] = {}
        for element in link:
            get = element.get
            kind = get(TYPE)
            line = line_of(element)
            if kind == "arc":
                arcs.append(self._arc(element, line))
            elif kind == "locator":
                address, _, fragment = get(HREF, "").strip().partition("#")
                if "%" in fragment:
                    fragment = unquote(fragment)
                    unusual = True
                part = parts.get(address, -1)
                if part < 0:
                    part = self._part(bases_of(element, self._document), address, line if element.tag == LOC else -1)
                    if not based:
                        parts[address] = part
                    if out.parts[part][2] <= 0 and element.tag == LOC:
                        out.parts[part] = (*out.parts[part][:2], line)
                if "(" in fragment or not fragment:
                    out.odd_nodes.append(len(nodes))
                label = get(LABEL, "")
                if label in labels:
                    labels[label].append(len(nodes))
                else:
                    labels[label] = [len(nodes)]
                nodes.append((part, fragment, line))
            elif kind == "resource":
                label = get(LABEL, "")
                if label in labels:
                    labels[label].append(len(nodes))
                else:
                    labels[label] = [len(nodes)]
                ordinal = len(resources)
                nodes.append((-1, ordinal, line))
                record = _resource(element, language, line)
                if record[4]:
                    out.ids.setdefault(record[4], ("resource", ordinal))
                if record[0] not in _TEXTUAL:
                    out.contents[ordinal] = self._content(element)
                resources.append(record)
            if raw is not None:
                kept = {"locator": raw.locators, "resource": raw.resources, "arc": raw.arcs}.get(kind or "", raw.others)
                kept.append(RawElement(element.tag, dict(element.items()), line))
        pairs = {(start, end) for _, start, end, _ in arcs}
        if unusual or len(pairs) < len(arcs) or not all(map(labels.__contains__, chain.from_iterable(pairs))):
            out.unusual_links.add(len(out.links))
        groups = self._groups(arcs, labels)
        if identifier := attributes.get("id"):
            out.ids.setdefault(identifier, ("link", len(out.links)))
        out.links.append((link.tag, attributes.get(ROLE, ""), link_line, identifier, groups))
        if raw is not None:
            out.raw_links.append(raw)

    def _content(self, element: Any) -> Content:
        nsmap = element.nsmap
        key = tuple(nsmap.items())
        binding = self._bindings.get(key)
        if binding is None:
            binding = self._bindings[key] = len(self._out.bindings)
            self._out.bindings.append({prefix or "": uri for prefix, uri in nsmap.items()})
        return (
            element.tag,
            dict(element.items()),
            element.text or "",
            element.tail or "",
            tuple([self._content(child) for child in element]),
            self._document.line(element),
            binding,
        )

    def _arc(self, element: Any, line: int) -> tuple[_ArcKind, str, str, int]:
        """What the arc has in common with others, and what it has for itself: from, to, line."""
        names = tuple(element.keys())
        shape = self._shapes.get(names)
        if shape is None:
            shape = self._shapes[names] = _ArcShape(names)
        values = element.values()
        if shape.name >= 0 and ":" in values[shape.name]:
            values[shape.name] = _expanded(values[shape.name], element)
        key = (element.tag, shape.pick(values))
        kind = shape.kinds.get(key)
        if kind is None:
            kind = shape.kinds[key] = self._arc_kind(element.tag, dict(zip(names, values, strict=True)))
        source, target = shape.source, shape.target
        return kind, values[source] if source >= 0 else "", values[target] if target >= 0 else "", line

    def _arc_kind(self, name: str, attributes: dict[str, str]) -> _ArcKind:
        own = attributes.get
        arcrole = own(ARCROLE, "")
        use = own("use", "optional")
        rest = tuple([item for item in attributes.items() if item[0] not in _PRIVATE])
        key = (name, arcrole, use, own("priority", "0"), rest)
        variant = self._variants.get(key)
        if variant is None:
            variant = self._variants[key] = len(self._out.variants)
            self._out.variants.append(key)
        return variant, (name, arcrole), use == "prohibited"

    def _groups(self, arcs: list[tuple[_ArcKind, str, str, int]], labels: dict[str, list[int]]) -> tuple[Group, ...]:
        groups: dict[tuple[str, str], list[Row]] = {}
        prohibits: set[tuple[str, str]] = set()
        none: list[int] = []
        left = self._pairs_left
        for (variant, group, prohibited), start, end, line in arcs:
            rows = groups.get(group)
            if rows is None:
                rows = groups[group] = []
            if prohibited:
                prohibits.add(group)
            sources, targets = labels.get(start, none), labels.get(end, none)
            pairs = len(sources) * len(targets)
            if pairs > 1:
                if pairs - 1 > left:
                    first, count = self._out.widest or (line, 0)
                    self._out.widest = (first, count + 1)
                    continue
                left -= pairs - 1
            for source in sources:
                for target in targets:
                    rows.append((source, target, variant, line))
        self._pairs_left = left
        made: list[Group] = []
        all_rows = self._out.all_rows
        for (name, arcrole), rows in groups.items():
            made.append((arcrole, name, len(all_rows), len(rows), (name, arcrole) in prohibits))
            all_rows += rows
        return tuple(made)


_ArcKind: TypeAlias = tuple[int, tuple[str, str], bool]
"""Ordinal of the variant, names of arc and arcrole, whether it prohibits."""


class _ArcShape:
    """Arcs with the same attributes, in the same order, as nearly all of a linkbase are.

    lxml gives names and values apart much faster than a dictionary can be made of them for each arc.
    """

    __slots__ = ("kinds", "name", "pick", "source", "target")

    def __init__(self, names: tuple[str, ...]):
        self.source = names.index(FROM) if FROM in names else -1
        self.target = names.index(TO) if TO in names else -1
        self.name = names.index("name") if "name" in names else -1
        """Where the name of a variable stands, whose prefix is that of the arc."""
        shared = [at for at, name in enumerate(names) if name not in _PRIVATE or name in (ARCROLE, "use", "priority")]
        self.pick: Callable[[list[str]], Any] = itemgetter(*shared) if shared else lambda values: None
        """The values that arcs of one kind have in common."""
        self.kinds: dict[Any, _ArcKind] = {}


def _expanded(name: str, element: Any) -> str:
    """A variable's name in Clark notation, where its prefix is bound."""
    prefix, _, local = name.strip().partition(":")
    uri = element.nsmap.get(prefix)
    return f"{{{uri}}}{local}" if uri is not None else name


def _resource(element: Any, language: str | None, line: int) -> ResourceRecord:
    parts: tuple[tuple[str, str], ...] = ()
    if len(element):
        parts = tuple([(child.tag, "".join(child.itertext())) for child in element])
        text = "".join(element.itertext())
    else:
        text = element.text or ""
    get = element.get
    return (element.tag, get(ROLE), get(XML_LANG, language), text, get("id"), parts, line)
