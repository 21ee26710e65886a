"""A compiled document as one file: written once, checked when opened, then read without unpacking it.

Layout, in the machine's byte order: header (magic, checksum of all that follows it, size of that), table of sections
(offset and size), sections aligned to 8 bytes. Strings are in one table and referred to by number (0 is ""; where
absent and empty differ, numbers are shifted by one). Look-ups go through sorted arrays of CRC-32 hashes.

Small structured things (imports, roles, links, type definitions) are MessagePack (`packed`), read as the types that
are expected: nothing in the file is trusted but its size.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zlib import crc32

from recto.taxonomy import packed
from recto.taxonomy.compiled import (
    CompiledDocument,
    Content,
    ElementRecord,
    Identified,
    MemoryDocument,
    Node,
    ResourceRecord,
    Row,
    Tree,
    Variant,
    index_ids,
    index_names,
    index_sources,
)
from recto.taxonomy.packed import DamagedError, pack

FORMAT = 7
"""Changes with the layout and with everything that the compiler puts into it."""

_MAGIC = b"recto\0tx"
_HEADER = struct.Struct("=8sIIQ")
_SECTIONS = (
    "core",
    "offsets",
    "strings",
    "elements",
    "extras",
    "names",
    "ids",
    "components",
    "nodes",
    "resources",
    "parts",
    "variants",
    "rows",
    "sources",
    "contents",
    "places",
    "bindings",
)
_TABLE = struct.Struct(f"={2 * len(_SECTIONS)}Q")
_ELEMENT = struct.Struct("=11I")
_NODE = struct.Struct("=3I")
_RESOURCE = struct.Struct("=8I")
_PART = struct.Struct("=2I")
_ROW = struct.Struct("=4I")
_IS_RESOURCE = 0xFFFFFFFF
_ID_KINDS = ("element", "role", "component", "resource", "link", "other")


class _Strings:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {"": 0}

    def number(self, text: str) -> int:
        return self._numbers.setdefault(text, len(self._numbers))

    def optional(self, text: str | None) -> int:
        return 0 if text is None else self.number(text) + 1

    def sections(self) -> tuple[bytes, bytes]:
        encoded = [text.encode("utf-8", "surrogatepass") for text in self._numbers]
        offsets = array("I", [0])
        at = 0
        for each in encoded:
            at += len(each)
            offsets.append(at)
        return offsets.tobytes(), b"".join(encoded)


def encode(document: MemoryDocument) -> bytes:
    """The file's bytes."""
    document.complete()
    strings = _Strings()
    extras = bytearray(b"\0")
    elements = b"".join([_element(record, strings, extras) for record in document.elements])
    parts = bytearray()
    runs: dict[tuple[tuple[str, str], ...], int] = {}
    resources = b"".join([_resource(record, strings, parts, runs) for record in document.resources])
    nodes = b"".join(
        [
            _NODE.pack(_IS_RESOURCE, what, line) if part < 0 else _NODE.pack(part, strings.number(str(what)), line)
            for part, what, line in document.nodes
        ]
    )
    rows = b"".join([_ROW.pack(*row) for row in document.all_rows])
    ids = index_ids(document)
    sources = [(text, row) for text, found in index_sources(document).items() for row in found]
    components = tuple((*key, pack(tree)) for key, tree in document.component_trees.items())
    core = (
        document.kind,
        document.root,
        document.namespace,
        document.prefixes,
        document.qualified,
        tuple(document.imports),
        tuple(document.linkbase_refs),
        tuple(document.role_refs),
        tuple(document.role_types),
        tuple(document.links),
        tuple(document.parts),
        tuple(document.odd_nodes),
        document.first_link,
        tuple(document.reference_order),
    )
    names_index = _index(((name, (ordinal,)) for name, ordinal in index_names(document.elements).items()), 1)
    ids_index = _index(
        ((text, (_ID_KINDS.index(kind), ordinal, strings.number(text))) for text, (kind, ordinal) in ids.items()), 3
    )
    sources_index = _index(((text, (row,)) for text, row in sources), 1)
    variants = pack(tuple(document.variants))
    contents = bytearray()
    places = array("I")
    for ordinal, content in sorted(document.contents.items()):
        blob = pack(content)
        places.extend((ordinal, len(contents), len(blob)))
        contents += blob
    offsets, text = strings.sections()
    sections = (
        pack(core),
        offsets,
        text,
        elements,
        bytes(extras),
        names_index,
        ids_index,
        pack(components),
        nodes,
        resources,
        bytes(parts),
        variants,
        rows,
        sources_index,
        bytes(contents),
        places.tobytes(),
        pack(document.bindings),
    )
    return _assemble(sections)


def _assemble(sections: Sequence[bytes]) -> bytes:
    start = _HEADER.size + _TABLE.size
    table: list[int] = []
    pieces: list[bytes] = []
    at = start
    for section in sections:
        table += (at, len(section))
        padding = -len(section) % 8
        pieces += (section, b"\0" * padding)
        at += len(section) + padding
    body = b"".join((_TABLE.pack(*table), *pieces))
    return _HEADER.pack(_MAGIC, FORMAT, crc32(body), len(body)) + body


def _element(record: ElementRecord, strings: _Strings, extras: bytearray) -> bytes:
    at = size = 0
    if record.attributes or record.definition is not None:
        blob = pack((record.attributes, record.definition))
        at, size = len(extras), len(blob)
        extras += blob
    number = strings.number
    return _ELEMENT.pack(
        number(record.name),
        number(record.id),
        number(record.type),
        number(record.substitution_group),
        record.flags,
        number(record.period_type),
        number(record.balance),
        number(record.typed_domain),
        record.line,
        at,
        size,
    )


def _resource(
    record: ResourceRecord,
    strings: _Strings,
    parts: bytearray,
    runs: dict[tuple[tuple[str, str], ...], int],
) -> bytes:
    """`runs`: where equal parts, which many references have, were put before."""
    name, role, language, text, identifier, own_parts, line = record
    first = runs.get(own_parts)
    if first is None:
        first = runs[own_parts] = len(parts) // _PART.size
        for part, value in own_parts:
            parts += _PART.pack(strings.number(part), strings.number(value))
    optional = strings.optional
    return _RESOURCE.pack(
        strings.number(name),
        optional(role),
        optional(language),
        strings.number(text),
        optional(identifier),
        first,
        len(own_parts),
        line,
    )


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _index(entries: Iterable[tuple[str, tuple[int, ...]]], width: int) -> bytes:
    """Sorted hashes, then as many values of `width` numbers each."""
    ordered = sorted((_hash(text), value) for text, value in entries)
    hashes = array("I", [entry[0] for entry in ordered])
    values = array("I", [number for entry in ordered for number in entry[1]])
    if hashes.itemsize != 4 or len(values) != width * len(hashes):
        raise AssertionError("a platform without 32-bit numbers")
    return hashes.tobytes() + values.tobytes()


class StoredDocument(CompiledDocument):
    """A compiled document, unpacked from its bytes as asked for. Raises `DamagedError` where these are not sound."""

    __slots__ = (
        "__weakref__",
        "_bindings",
        "_buffer",
        "_common",
        "_components",
        "_contents",
        "_elements",
        "_extras",
        "_ids",
        "_names",
        "_nodes",
        "_offsets",
        "_pairs",
        "_parts",
        "_places",
        "_resources",
        "_rows",
        "_runs",
        "_sources",
        "_strings",
        "_variants",
        "digest",
    )

    def __init__(self, buffer: Any, digest: str = ""):
        super().__init__()
        self.all_ids = True
        self.digest = digest
        """SHA-256 of the document that this was compiled from."""
        view = memoryview(buffer)
        try:
            magic, format_, checksum, size = _HEADER.unpack_from(view)
        except struct.error:
            raise DamagedError("too short") from None
        body = view[_HEADER.size :]
        if magic != _MAGIC or format_ != FORMAT or len(body) != size or crc32(body) != checksum:
            raise DamagedError("not sound")
        table = _TABLE.unpack_from(body)
        if any(table[2 * at] + table[2 * at + 1] > len(view) for at in range(len(_SECTIONS))):
            raise DamagedError("sections beyond the end")
        section = {name: view[table[2 * at] : table[2 * at] + table[2 * at + 1]] for at, name in enumerate(_SECTIONS)}
        self._buffer = buffer
        self._common = {0: ""}
        self._pairs: dict[tuple[int, ...], tuple[str, str]] = {}
        self._runs: dict[int, tuple[tuple[str, str], ...]] = {}
        self._offsets = section["offsets"].cast("I")
        self._strings = section["strings"]
        self._elements = section["elements"]
        self._extras = section["extras"]
        self._names = section["names"].cast("I")
        self._ids = section["ids"].cast("I")
        self._components: Any = section["components"]
        self._nodes = section["nodes"]
        self._resources = section["resources"]
        self._parts = section["parts"]
        self._variants: Any = section["variants"]
        self._rows = section["rows"]
        self._sources = section["sources"].cast("I")
        self._contents = section["contents"]
        self._places: Any = section["places"].cast("I")
        self._bindings: Any = section["bindings"]
        (
            self.kind,
            self.root,
            self.namespace,
            self.prefixes,
            self.qualified,
            self.imports,
            self.linkbase_refs,
            self.role_refs,
            self.role_types,
            self.links,
            self.parts,
            self.odd_nodes,
            self.first_link,
            self.reference_order,
        ) = packed.core(section["core"])

    def _text(self, number: int) -> str:
        return str(self._strings[self._offsets[number] : self._offsets[number + 1]], "utf-8", "surrogatepass")

    def _shared(self, number: int) -> str:
        """A text that many records have in common."""
        text = self._common.get(number)
        if text is None:
            text = self._common[number] = self._text(number)
        return text

    @staticmethod
    def _find(index: memoryview, width: int, text: str) -> Iterator[int]:
        """Positions of the values whose hash is that of `text`."""
        count = len(index) // (width + 1)
        wanted = _hash(text)
        at = bisect_left(index, wanted, 0, count)
        while at < count and index[at] == wanted:
            yield count + at * width
            at += 1

    @property
    def element_count(self) -> int:
        return len(self._elements) // _ELEMENT.size

    @property
    def node_count(self) -> int:
        return len(self._nodes) // _NODE.size

    def element(self, ordinal: int) -> ElementRecord:
        name, id_, type_, group, flags, period, balance, domain, line, at, size = _ELEMENT.unpack_from(
            self._elements, ordinal * _ELEMENT.size
        )
        attributes, definition = packed.extras(self._extras[at : at + size]) if size else ({}, None)
        shared = self._shared
        return ElementRecord(
            self._text(name),
            self._text(id_) if id_ else "",
            shared(type_),
            shared(group),
            flags,
            shared(period),
            shared(balance),
            self._text(domain) if domain else "",
            line,
            attributes,
            definition,
        )

    def attributes(self, ordinal: int) -> dict[str, str]:
        at, size = _ELEMENT.unpack_from(self._elements, ordinal * _ELEMENT.size)[9:]
        return packed.extras(self._extras[at : at + size])[0] if size else {}

    def element_name(self, ordinal: int) -> str:
        return self._text(_ELEMENT.unpack_from(self._elements, ordinal * _ELEMENT.size)[0])

    def find_element(self, name: str) -> int:
        for at in self._find(self._names, 1, name):
            ordinal = self._names[at]
            if self.element_name(ordinal) == name:
                return ordinal
        return -1

    def find_id(self, identifier: str) -> Identified | None:
        for at in self._find(self._ids, 3, identifier):
            if self._text(self._ids[at + 2]) == identifier:
                return _ID_KINDS[self._ids[at]], self._ids[at + 1]  # type: ignore[return-value]
        return None

    def component(self, kind: str, name: str) -> Tree | None:
        found = self._component_blobs().get((kind, name))
        if type(found) is bytes:
            found = self._components[kind, name] = packed.tree(found)
        return found  # type: ignore[return-value]

    def components(self) -> Iterable[tuple[str, str]]:
        return self._component_blobs()

    def _component_blobs(self) -> dict[tuple[str, str], bytes | Tree]:
        """Those that were asked for are trees, and stay so while the document is in use."""
        found = self._components
        if type(found) is memoryview:
            found = self._components = {(kind, name): blob for kind, name, blob in packed.blobs(found)}
        return found  # type: ignore[no-any-return]

    def node(self, ordinal: int) -> Node:
        part, what, line = _NODE.unpack_from(self._nodes, ordinal * _NODE.size)
        return (-1, what, line) if part == _IS_RESOURCE else (part, self._text(what), line)

    def resource(self, ordinal: int) -> ResourceRecord:
        name, role, language, text, id_, first, count, line = _RESOURCE.unpack_from(
            self._resources, ordinal * _RESOURCE.size
        )
        common, shared = self._common, self._shared
        return (
            common.get(name) or shared(name),
            (common.get(role - 1) or shared(role - 1)) if role else None,
            (common.get(language - 1) or shared(language - 1)) if language else None,
            self._text(text),
            self._text(id_ - 1) if id_ else None,
            (self._runs.get(first) or self._parts_at(first, count)) if count else (),
            line,
        )

    def _parts_at(self, first: int, count: int) -> tuple[tuple[str, str], ...]:
        """Equal parts of several references are stored once, and are one object here too; so are equal pairs."""
        pairs = self._pairs
        parts: list[tuple[str, str]] = []
        for numbers in _PART.iter_unpack(self._parts[first * _PART.size : (first + count) * _PART.size]):
            pair = pairs.get(numbers)
            if pair is None:
                pair = pairs[numbers] = self._shared(numbers[0]), self._shared(numbers[1])
            parts.append(pair)
        made = self._runs[first] = tuple(parts)
        return made

    def content_ordinals(self) -> Iterable[int]:
        places = self._places
        if type(places) is memoryview:
            places = self._places = {places[at]: (places[at + 1], places[at + 2]) for at in range(0, len(places), 3)}
        return places  # type: ignore[no-any-return]

    def content(self, ordinal: int) -> Content | None:
        self.content_ordinals()
        place = self._places.get(ordinal)
        return packed.content(self._contents[place[0] : place[0] + place[1]]) if place is not None else None

    def binding(self, ordinal: int) -> dict[str, str]:
        found = self._bindings
        if type(found) is memoryview:
            found = self._bindings = packed.bindings(found)
        return found[ordinal]  # type: ignore[no-any-return]

    def variant(self, ordinal: int) -> Variant:
        found = self._variants
        if type(found) is memoryview:
            found = self._variants = packed.variants(found)
        return found[ordinal]  # type: ignore[no-any-return]

    def rows(self, first: int, count: int) -> Sequence[Row]:
        return list(_ROW.iter_unpack(self._rows[first * _ROW.size : (first + count) * _ROW.size]))

    def arcs_from(self, fragment: str) -> Sequence[tuple[int, int, Row]]:
        arcs: list[tuple[int, int, Row]] = []
        same = -1
        for at in self._find(self._sources, 1, fragment):
            number = self._sources[at]
            row: Row = _ROW.unpack_from(self._rows, number * _ROW.size)
            part, text, _ = _NODE.unpack_from(self._nodes, row[0] * _NODE.size)
            if text != same:  # hashes may collide: the source's own fragment decides
                if self._text(text) != fragment:
                    continue
                same = text
            arcs.append((number, part, row))
        return arcs
