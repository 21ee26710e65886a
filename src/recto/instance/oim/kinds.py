"""What concepts and axes mean for the Open Information Model (OIM 1.0, 3; xBRL-XML 1.0, 2.1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Literal

from msgspec import Struct

from recto.instance.oim.vocabulary import NOTE, QNAME
from recto.instance.qnames import holds_names
from recto.names import ENUM2, XBRLI, QName
from recto.taxonomy.model import Concept, DataType, Taxonomy
from recto.taxonomy.values import WhiteSpace, form_of, unrestricted, white_space

_LEGACY: Final = frozenset(["ENTITY", "ENTITIES", "ID", "IDREF", "IDREFS", "NMTOKEN", "NMTOKENS", "NOTATION"])
_TEXTS: Final = frozenset(("string", "normalizedString", "token"))
_DTR: Final = "http://www.xbrl.org/dtr/type/"
_NO_LANGUAGE: Final = frozenset(("domainItemType", "noLangTokenItemType", "noLangStringItemType"))
_PREFIXED: Final = frozenset(("prefixedContentItemType", "prefixedContentType"))
_DATE_UNION: Final = QName(XBRLI, "dateUnion")
_SET: Final = QName(ENUM2, "enumerationSetItemType")
_SINGLE: Final = QName(ENUM2, "enumerationItemType")


class Fault(Exception):
    """What makes a fact unreadable; `code` is local where it is the format's own."""

    def __init__(self, code: str, message: str):
        super().__init__(message)
        self.code = code


class Kind(Struct, frozen=True):
    """What all facts of one concept have in common."""

    qname: QName
    label: str
    concept: Concept | None
    is_note: bool = False
    numeric: bool = False
    text: bool = False
    """Whether its facts have a language."""
    nillable: bool = True
    space: WhiteSpace = "preserve"
    type: DataType | None = None
    """The type that values must fit; None where any text does."""
    base: str = ""
    enumeration: Literal["", "single", "set"] = ""
    """Of Extensible Enumerations 2.0, whose values OIM writes as QNames."""
    prefixed: bool = False
    """Whether values are names with prefixes, or have such at their beginning."""
    unsupported: str | None = None
    """Why OIM cannot say facts of this concept."""
    form: Callable[[str], Any] | None = None
    """Of a number: matches texts that are values just as they stand, digits alone among them."""


class Axis(Struct, frozen=True):
    """A taxonomy-defined dimension; `element` is that of its typed domain."""

    qname: QName
    concept: Concept | None
    element: Concept | None = None
    unsupported: str | None = None


class Kinds:
    """Looks concepts and axes up by their names as a report writes them; each is found out once."""

    def __init__(self, taxonomy: Taxonomy, namespaces: Mapping[str, str]):
        self.taxonomy = taxonomy
        self.namespaces = namespaces
        self._kinds: dict[str, Kind] = {}
        self._axes: dict[str, Axis] = {}

    def name(self, text: str) -> QName:
        """The name that a prefixed text means. Raises Fault (`oimce:unboundPrefix`)."""
        prefix, _, local = text.partition(":")
        namespace = self.namespaces.get(prefix)
        if namespace is None:
            raise Fault("oimce:unboundPrefix", f"the prefix {prefix!r} of {text!r} is not declared in namespaces")
        return QName(namespace, local)

    def kind(self, text: str) -> Kind:
        """Raises Fault."""
        kind = self._kinds.get(text)
        if kind is None:
            if QNAME.fullmatch(text) is None:
                raise Fault("invalidConceptQName", f"{text!r} is not the prefixed name of a concept")
            kind = self._kinds[text] = kind_of(self.name(text), text, self.taxonomy)
        return kind

    def axis(self, text: str) -> Axis:
        """Raises Fault."""
        axis = self._axes.get(text)
        if axis is None:
            axis = self._axes[text] = axis_of(self.name(text), self.taxonomy)
        return axis


def kind_of(name: QName, label: str, taxonomy: Taxonomy) -> Kind:
    if name is NOTE:
        return Kind(name, label, None, is_note=True, text=True)
    concept = taxonomy.concept(name)
    type_ = concept.type if concept is not None else None
    if concept is None or type_ is None:
        return Kind(name, label, concept, text=True)
    names = {each.qname for each in type_.chain()}
    checked = None if unrestricted(type_) else type_
    return Kind(
        name,
        label,
        concept,
        numeric=concept.is_numeric,
        text=is_text(type_),
        nillable=concept.nillable,
        space=white_space(type_),
        type=checked,
        base=type_.xsd_base,
        enumeration="set" if _SET in names else "single" if _SINGLE in names else "",
        prefixed=holds_names(type_),
        unsupported=_unsupported(concept, type_),
        form=None if checked is None else form_of(checked),
    )


def axis_of(name: QName, taxonomy: Taxonomy) -> Axis:
    concept = taxonomy.concept(name)
    if concept is None or concept.kind != "dimension":
        return Axis(name, None)
    if concept.typed_domain is None:
        return Axis(name, concept)
    element = taxonomy.typed_domain(concept)
    unsupported = None
    type_ = element.type if element is not None else None
    if type_ is not None:
        if not type_.xsd_base:
            unsupported = "complex"
        elif _of_several(type_) and not any(each.qname is _DATE_UNION for each in type_.chain()):
            unsupported = "a list or a union"
        elif type_.xsd_base in _LEGACY:
            unsupported = f"derived from xs:{type_.xsd_base}"
        elif _of_dtr(type_, _PREFIXED):
            unsupported = "prefixed content"
    return Axis(name, concept, element, unsupported)


def is_text(type_: DataType) -> bool:
    """Whether facts of the type have a language: strings, unless the type says that these are in no language."""
    return type_.xsd_base in _TEXTS and not _of_several(type_) and not _of_dtr(type_, _NO_LANGUAGE)


def _unsupported(concept: Concept, type_: DataType) -> str | None:
    if concept.kind == "tuple":
        return "it is a tuple"
    if concept.kind != "item":
        return "it is no item"
    item = type_.item_type
    if item is not None and item.local == "fractionItemType":
        return "it is a fraction"
    if type_.xsd_base in _LEGACY:
        return f"its type derives from xs:{type_.xsd_base}"
    return "its type is prefixed content" if _of_dtr(type_, _PREFIXED) else None


def _of_dtr(type_: DataType, names: frozenset[str]) -> bool:
    return any(each.qname.local in names and each.qname.namespace.startswith(_DTR) for each in type_.chain())


def _of_several(type_: DataType) -> bool:
    """Whether a type is a list or a union."""
    return any(each.item is not None or each.members for each in type_.chain())
