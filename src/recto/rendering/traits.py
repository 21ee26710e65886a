"""What pages ask of a concept's type (rendering.md 1.7, 18.4, 19.6)."""

from __future__ import annotations

from typing import Final

from recto.names import ENUM2, XBRLI, QName
from recto.rendering.standard import is_standard
from recto.taxonomy.model import Concept, DataType

MONETARY_KEY: Final = "monetaryDerivedType"
PER_SHARE_KEY: Final = "perShareDerivedType"
_NONE_TYPES: Final = frozenset(
    (
        "NonNegativePure4Type",
        "NonPositivePure4Type",
        "pureItemType",
        "NonNegativeMonetaryType",
        "NonPositiveMonetaryType",
    )
)
_ENUMERATIONS: Final = frozenset((QName(ENUM2, "enumerationItemType"), QName(ENUM2, "enumerationSetItemType")))
_PURE: Final = QName(XBRLI, "pureItemType")
_DURATION: Final = QName(XBRLI, "durationItemType")


class Traits:
    """Answers about concepts of one type, period type and namespace, worked out once."""

    __slots__ = (
        "duration",
        "enumeration",
        "instant",
        "key",
        "monetary",
        "numeric",
        "per_share",
        "percent",
        "pure",
        "shares",
        "text_block",
        "zero_as_none",
    )
    key: str
    """The type key of 1.7: under it lines take stock of their units."""

    def __init__(self, concept: Concept, *, fund: bool = False) -> None:
        """`fund`: the filing uses risk/return or open-end fund taxonomies, where pure numbers are percentages."""
        type_ = concept.type
        names = [each.qname for each in type_.chain()] if type_ is not None else []
        standard = {name.local for name in names if is_standard(name.namespace)}
        item = type_.item_type if type_ is not None else None
        base = item.local if item is not None else ""
        self.numeric = concept.is_numeric
        self.instant = concept.period_type == "instant"
        self.monetary = base == "monetaryItemType"
        self.shares = base == "sharesItemType"
        self.per_share = "perShareItemType" in standard
        self.pure = _PURE in names
        namespace = concept.qname.namespace
        self.percent = "percentItemType" in standard or (
            self.pure and (fund or ("/invest" in namespace and is_standard(namespace)))
        )
        self.text_block = "textBlockItemType" in standard or "escapedItemType" in standard
        self.duration = _DURATION in names or "durationStringItemType" in standard
        self.enumeration = any(name in _ENUMERATIONS for name in names)
        self.zero_as_none = fund and type_ is not None and type_.qname.local in _NONE_TYPES
        self.key = _key(self, type_)


def _key(traits: Traits, type_: DataType | None) -> str:
    if traits.monetary:
        return MONETARY_KEY
    if traits.per_share:
        return PER_SHARE_KEY
    return type_.qname.local if type_ is not None else ""
