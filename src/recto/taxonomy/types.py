"""Schema types, resolved: the chain of derivation, the built-in type of the content, facets and enumerations.

Source: XML Schema 1.0 Part 1 (3.4, 3.14) and Part 2; XBRL 2.1, 5.1.1.3.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol
from weakref import proxy

from recto.names import XSD, QName
from recto.taxonomy.compiled import Tree
from recto.taxonomy.model import DataType
from recto.xsd import DERIVED, LISTS

if TYPE_CHECKING:
    from recto.taxonomy.discovery import LoadedDocument

_PRIMITIVE = [
    "string",
    "boolean",
    "decimal",
    "float",
    "double",
    "duration",
    "dateTime",
    "time",
    "date",
    "gYearMonth",
    "gYear",
    "gMonthDay",
    "gDay",
    "gMonth",
    "hexBinary",
    "base64Binary",
    "anyURI",
    "QName",
    "NOTATION",
]
_SHORT = 30
"""Derivations in a row that are followed by recursion."""
_FACETS = frozenset(
    [
        "length",
        "minLength",
        "maxLength",
        "pattern",
        "whiteSpace",
        "maxInclusive",
        "maxExclusive",
        "minInclusive",
        "minExclusive",
        "totalDigits",
        "fractionDigits",
    ]
)


def _built_ins() -> dict[QName, DataType]:
    types: dict[str, DataType] = {
        "anyType": DataType(QName(XSD, "anyType"), None, ""),
    }
    types["anySimpleType"] = DataType(QName(XSD, "anySimpleType"), types["anyType"], "anySimpleType")
    for name in _PRIMITIVE:
        types[name] = DataType(QName(XSD, name), types["anySimpleType"], name)
    for name, base in DERIVED.items():
        if name not in types:
            types[name] = DataType(QName(XSD, name), types[base], name)
    for name, item in LISTS.items():
        types[name] = DataType(QName(XSD, name), types["anySimpleType"], name, item=types[item])
    return {QName(XSD, name): type_ for name, type_ in types.items()}


BUILT_IN_TYPES = _built_ins()
ANY_TYPE = BUILT_IN_TYPES[QName(XSD, "anyType")]


class Schemas(Protocol):
    """What the table needs of a DTS."""

    def schemas_of(self, namespace: str) -> Sequence[LoadedDocument]: ...


class TypeTable:
    """The types of one DTS, each resolved when first asked for."""

    def __init__(self, dts: Schemas):
        self._dts: Schemas = proxy(dts)
        self._types: dict[tuple[QName, int], DataType | None] = {}
        self._open: set[tuple[QName, int]] = set()

    def named(self, name: QName, skip: int = 0) -> DataType | None:
        """The type of that name. `skip` definitions are passed over: a redefined type's base is the next one."""
        built_in = BUILT_IN_TYPES.get(name)
        if built_in is not None:
            return built_in
        key = (name, skip)
        if key in self._types:
            return self._types[key]
        if key in self._open:
            return None  # derived from itself
        if not skip and not self._open:
            for base in self.long_chain(name, self._types):
                self.named(base)
        self._open.add(key)
        found = next((each for at, each in enumerate(self._definitions(name)) if at == skip), None)
        made = self.anonymous(found[1], name, found[0], skip) if found is not None else None
        self._open.discard(key)
        self._types[key] = made
        return made

    def long_chain(self, name: QName, known: MutableMapping[tuple[QName, int], Any]) -> list[QName]:
        """The types above one whose chain of bases is too long for recursion, farthest first; else none.

        Those in `known` end a chain. One that comes back to itself is opened where it does: that type is made None.
        """
        chain: dict[QName, None] = {}
        at: QName | None = name
        while at is not None and at not in BUILT_IN_TYPES and (at, 0) not in known:
            if at in chain:
                if len(chain) > _SHORT:
                    known[at, 0] = None
                break
            chain[at] = None
            found = next(self._definitions(at), None)
            clark = _base_of(found[1]) if found is not None else None
            at = QName.of(found[0].name(clark)) if found is not None and clark else None
        return list(chain)[:0:-1] if len(chain) > _SHORT else []

    def _definitions(self, name: QName) -> Iterator[tuple[LoadedDocument, Tree]]:
        for document in self._dts.schemas_of(name.namespace):
            for kind in ("complexType", "simpleType"):
                tree = document.compiled.component(kind, name.local)
                if tree is not None:
                    yield document, tree

    def anonymous(self, tree: Tree, name: QName, document: LoadedDocument, skip: int = 0) -> DataType:
        """The type that a definition describes, under the given name."""
        if tree[0] == "simpleType":
            return self._simple(tree, name, document, skip)
        for child in tree[2]:
            if child[0] in ("simpleContent", "complexContent"):
                for derivation in child[2]:
                    if derivation[0] in ("restriction", "extension"):
                        return self._derived(derivation, name, document, skip, child[0] == "simpleContent")
        return DataType(name, ANY_TYPE, "")

    def _base(self, clark: str, name: QName, document: LoadedDocument, skip: int) -> DataType | None:
        base = QName.of(document.name(clark))
        return self.named(base, skip + 1 if base is name else 0)

    def _derived(self, derivation: Tree, name: QName, document: LoadedDocument, skip: int, simple: bool) -> DataType:
        base = self._base(derivation[1].get("base", ""), name, document, skip)
        if not simple:
            return DataType(name, base, "")
        inline = next((child for child in derivation[2] if child[0] == "simpleType"), None)
        content = self._simple(inline, name, document, 0) if inline is not None else base
        enumeration, facets = _own_facets(derivation)
        if inline is not None and content is not None:
            enumeration = enumeration or content.enumeration
            facets = {**content.facets, **facets}
        return _restrict(name, base, content, enumeration, facets)

    def _simple(self, tree: Tree, name: QName, document: LoadedDocument, skip: int) -> DataType:
        for child in tree[2]:
            tag, attributes = child[0], child[1]
            if tag == "restriction":
                inline = next((each for each in child[2] if each[0] == "simpleType"), None)
                if "base" in attributes:
                    base = self._base(attributes["base"], name, document, skip)
                else:
                    base = (
                        self._simple(inline, QName(name.namespace, name.local + "~"), document, 0) if inline else None
                    )
                return _restrict(name, base, base, *_own_facets(child))
            if tag == "list":
                return DataType(
                    name,
                    BUILT_IN_TYPES[QName(XSD, "anySimpleType")],
                    "string",
                    item=next(iter(self._members(child, attributes.get("itemType", ""), name, document)), None),
                )
            if tag == "union":
                members = tuple(self._members(child, attributes.get("memberTypes", ""), name, document))
                return DataType(
                    name,
                    BUILT_IN_TYPES[QName(XSD, "anySimpleType")],
                    _common_base(members),
                    members=members,
                )
        return DataType(name, ANY_TYPE, "string")

    def _members(self, tree: Tree, names: str, owner: QName, document: LoadedDocument) -> Iterator[DataType]:
        for clark in names.split():
            member = self._base(clark, owner, document, 0)
            if member is not None:
                yield member
        for nth, child in enumerate(tree[2]):
            if child[0] == "simpleType":
                yield self._simple(child, QName(owner.namespace, f"{owner.local}~{nth}"), document, 0)


def _base_of(definition: Tree) -> str | None:
    """The name of the type that a definition derives from, as written."""
    for child in definition[2]:
        if child[0] in ("restriction", "extension"):
            return child[1].get("base")
        if child[0] in ("simpleContent", "complexContent"):
            return _base_of(child)
    return None


def _own_facets(derivation: Tree) -> tuple[tuple[str, ...], dict[str, str]]:
    enumeration: list[str] = []
    facets: dict[str, str] = {}
    for tag, attributes, _, _ in derivation[2]:
        if tag == "enumeration":
            enumeration.append(attributes.get("value", ""))
        elif tag == "pattern" and tag in facets:
            facets[tag] += "\n" + attributes.get("value", "")
        elif tag in _FACETS:
            facets[tag] = attributes.get("value", "")
    return tuple(enumeration), facets


def _restrict(
    name: QName, base: DataType | None, content: DataType | None, enumeration: tuple[str, ...], facets: dict[str, str]
) -> DataType:
    if content is None:
        return DataType(name, base, "anySimpleType", enumeration, facets)
    return DataType(
        name,
        base,
        content.xsd_base,
        enumeration or content.enumeration,
        facets,
        content.item,
        content.members,
    )


def _common_base(members: tuple[DataType, ...]) -> str:
    """The built-in type that all members have in common; date and dateTime (xbrli:dateUnion) count as dateTime."""
    bases = {member.xsd_base for member in members}
    if len(bases) == 1:
        return bases.pop()
    if bases == {"date", "dateTime"}:
        return "dateTime"
    return "anySimpleType"
