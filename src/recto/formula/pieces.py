"""Pieces of XML in an instance, typed by the DTS: typed members, and what segments and scenarios hold (XBRL 2.1, 4.10).

The types of elements and attributes that are declared within others are found by walking down from the nearest global
declaration; the grammar of schemas is loaded where there are such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from html import escape
from typing import TYPE_CHECKING, Any

from lxml import etree

from recto.names import XBRLDI, XBRLI, XSI, QName
from recto.taxonomy.values import check, white_space
from recto.xpath.errors import XPathError
from recto.xpath.functions.general import key
from recto.xpath.values import DECIMAL, INTEGERS, STRINGS, TYPES, QNameValue, Untyped, cast, is_number, one_or_list

if TYPE_CHECKING:
    from recto.schema.components import ComplexType, Particle
    from recto.schema.hinted import Hints
    from recto.taxonomy.model import DataType

_XBRL = (f"{{{XBRLI}}}", f"{{{XBRLDI}}}")
_NIL = f"{{{XSI}}}nil"
_NOT_COMPARED = (f"{{{XSI}}}schemaLocation", f"{{{XSI}}}noNamespaceSchemaLocation", f"{{{XSI}}}type")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_DECIMALS = re.compile(r"[0-9+.\n-]*")
_DEPTH = 200
"""Elements within one another that are looked into."""


def atom_of(text: str, type_: DataType | None, namespaces: Any) -> Any:
    """The typed value of a text by a declared type; untyped where that is complex or unknown.

    `namespaces` gives the prefixes in force, "" for the default namespace. Of a union the first member type that
    takes the text is its type, of a list each item has a value.
    """
    if type_ is None:
        return Untyped(text)
    if type_.item is not None:
        return one_or_list([atom_of(each, type_.item, namespaces) for each in text.split()])
    if type_.members:
        words = " ".join(text.split())
        for member in type_.members:
            if check(member, words) is None:
                return atom_of(text, member, namespaces)
        return Untyped(text)
    base = type_.xsd_base
    if base in INTEGERS:
        return _cast(text, "integer")
    if base == "string" or base in STRINGS:
        return text
    if base == "QName":
        prefix, colon, local = text.strip().partition(":")
        namespace = namespaces().get(prefix if colon else "")
        if namespace is None and colon:
            return Untyped(text)
        return QNameValue(QName(namespace or "", local if colon else prefix), prefix if colon else "")
    return _cast(text, base) if base in TYPES else Untyped(text)


def read_decimal(text: str, type_: Any, namespaces: Any) -> Any:
    return Decimal(text) if DECIMAL.fullmatch(text) is not None else _cast(text, "decimal")


def decimals(texts: Sequence[str]) -> list[Decimal]:
    """The values of many texts; none where some are no decimals, and each is to be looked at."""
    if _DECIMALS.fullmatch("\n".join(texts)) is None:
        return []
    try:
        return list(map(Decimal, texts))
    except InvalidOperation:
        return []


def _text(text: str, type_: Any, namespaces: Any) -> Any:
    return text


def reader_of(type_: DataType | None) -> Callable[[str, Any, Any], Any]:
    """What reads typed values of a type, with the arguments of `atom_of`."""
    if type_ is None or type_.item is not None or type_.members:
        return atom_of
    return {"decimal": read_decimal, "string": _text}.get(type_.xsd_base, atom_of)


def _cast(text: str, base: str) -> Any:
    try:
        return cast(Untyped(text), base)
    except XPathError:
        return Untyped(text)


class Pieces:
    """The types of one instance's DTS, as far as pieces of XML ask for them."""

    def __init__(self, taxonomy: Any, prefixes: Mapping[str, str], hints: Hints | None = None):
        """`hints` gives further schemas: URLs by namespace, as `xsi:schemaLocation` of a document has them."""
        self.taxonomy = taxonomy
        self._hints = hints
        self._around = "<x" + "".join(
            f' xmlns{":" if prefix else ""}{prefix}="{escape(uri)}"' for prefix, uri in prefixes.items() if prefix
        )
        self._grammar: Any = None
        self._types: dict[Any, DataType | ComplexType | None] = {}
        self._keys: dict[tuple[str, bool], Hashable] = {}

    @property
    def grammar(self) -> Any:
        if self._grammar is None:
            from recto.schema import Grammar

            self._grammar = Grammar(self.taxonomy, self._hints)
        return self._grammar

    def type_of(self, element: Any) -> Any:
        """The declared type of one of lxml's elements, simple or complex; None where there is none."""
        above = element.getparent()
        if above is not None and not above.tag.startswith(_XBRL):
            outer = self.type_of(above)
            if outer is not None and not hasattr(outer, "xsd_base"):
                local = _local(outer.particle, QName.of(element.tag))
                if local is not None:
                    return self.grammar.type_of(local)
        return self._global(element.tag)

    def _global(self, tag: str) -> Any:
        if tag not in self._types:
            concept = self.taxonomy.concept(QName.of(tag))
            type_: Any = concept.type if concept is not None else None
            if type_ is None or not type_.xsd_base:
                decl = self.grammar.element(tag) if hasattr(self.taxonomy, "discovery") else None
                type_ = self.grammar.type_of(decl) if decl is not None else None
            self._types[tag] = type_
        return self._types[tag]

    def simple(self, type_: Any) -> DataType | None:
        """The type of the text of what is of a type; None for content of elements."""
        if type_ is None or hasattr(type_, "xsd_base"):
            return type_  # type: ignore[no-any-return]
        return type_.simple  # type: ignore[no-any-return]

    def atom(self, element: Any, text: str) -> Any:
        """Raises `XPathError` FOTY0012 for content of elements alone, which has no typed value (XDM 1.0, 6.2.4)."""
        if len(element):
            type_ = self.type_of(element)
            if type_ is not None and self.simple(type_) is None and not type_.mixed:
                raise XPathError("FOTY0012", f"{element.tag.rpartition('}')[2]} holds elements alone: it has no value")
            return Untyped(text)
        return atom_of(text, self.simple(self.type_of(element)), lambda: _prefixes(element))

    def attribute_type(self, element: Any, name: str) -> DataType | None:
        outer = self.type_of(element)
        if outer is not None and not hasattr(outer, "xsd_base"):
            use = outer.attributes.get(QName.of(name))
            if use is not None:
                return use.type  # type: ignore[no-any-return]
        if name[:1] != "{" or not hasattr(self.taxonomy, "discovery"):
            return None
        use = self.grammar.attribute(name)
        return use.type if use is not None else None

    def attribute(self, element: Any, name: str, text: str) -> Any:
        return atom_of(text, self.attribute_type(element, name), lambda: _prefixes(element))

    def parse(self, written: str) -> Any:
        """The element of a piece that was kept as text, with the instance's prefixes in force; None for no XML."""
        try:
            return etree.fromstring(f"{self._around}>{written}</x>", _PARSER)[0]
        except (etree.XMLSyntaxError, IndexError):
            return None

    def is_mixed(self, element: Any) -> bool:
        """Whether an element's type admits text among its elements."""
        return bool(getattr(self.type_of(element), "mixed", False))

    def key(self, written: str, *, names: bool = True) -> Hashable:
        """What is equal for pieces that are s-equal. Without `names`, names are compared as texts."""
        known = self._keys.get((written, names))
        if known is None:
            element = self.parse(written)
            known = written if element is None else self.key_of(element, 0, names=names)
            self._keys[written, names] = known
        return known

    def key_of(self, element: Any, depth: int, *, names: bool = True) -> Hashable:
        attributes = frozenset(
            (name, _mark(self.attribute(element, name, value), value, self.attribute_type(element, name), names))
            for name, value in element.items()
            if name not in _NOT_COMPARED
        )
        children = [child for child in element if isinstance(child.tag, str)]
        if children and depth < _DEPTH:
            return (element.tag, attributes, tuple([self.key_of(child, depth + 1, names=names) for child in children]))
        text = "".join(element.itertext())
        if element.get(_NIL) in ("true", "1"):
            return (element.tag, attributes, "")
        type_ = self.simple(self.type_of(element))
        value = Untyped(text) if children else self.atom(element, text)
        return (element.tag, attributes, _mark(value, text, type_, names))


def _mark(value: Any, text: str, type_: DataType | None, names: bool) -> Hashable:
    """Numbers, booleans and names are compared by value, all else as text, white space as its type has it."""
    if is_number(value) or type(value) is bool or (names and isinstance(value, QNameValue)):
        return key(value)  # type: ignore[no-any-return]
    plain = text if type_ is not None and white_space(type_) == "preserve" else " ".join(text.split())
    return key(plain)  # type: ignore[no-any-return]


def _prefixes(element: Any) -> dict[str, str]:
    return {prefix or "": uri for prefix, uri in element.nsmap.items()}


def _local(particle: Particle | None, name: QName) -> Any:
    """The declaration of an element of a content model; those of one name have one type (XML Schema 1, 3.8.6)."""
    if particle is None:
        return None
    if particle.element is not None:
        return particle.element if particle.element.name is name else None
    for part in particle.parts:
        found = _local(part, name)
        if found is not None:
            return found
    return None
