"""Typed values of facts: what the lexical value means (XML Schema 2; Extensible Enumerations 1.0 and 2.0)."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from recto.arithmetic import number_of
from recto.instance.model import Fact, Instance, Member
from recto.instance.periods import moment
from recto.names import ENUM, ENUM2, QName
from recto.patterns import lazy
from recto.taxonomy.model import Taxonomy
from recto.taxonomy.ordering import comparable

Value = Decimal | bool | date | datetime | QName | tuple[QName, ...] | str | None


def typed_value(fact: Fact, namespaces: Mapping[str, str] | None = None) -> Value:
    """The value of an item by its type.

    Numbers are `Decimal`, booleans `bool`, xs:date `date`, xs:dateTime `datetime` (with its time zone where it has
    one), QNames and enumerations `QName` (sets a tuple); everything else is the text. None for nil and invalid facts,
    and for tuples. `namespaces` (prefix → URI, as `Instance.prefixes`) resolve QNames.
    """
    if fact.nil or fact.is_tuple or not fact.valid:
        return None
    type_ = fact.concept.type if fact.concept is not None else None
    if type_ is None:
        return fact.number if fact.is_numeric else fact.value
    if fact.is_numeric:
        return _number(fact.value)
    names = enumeration_members(fact, namespaces)
    if names is not None:
        is_set = any(each.qname is _SET for each in type_.chain())
        return names if is_set else names[0] if names else fact.value
    base = type_.xsd_base
    text = fact.value.strip()
    if base == "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(text, fact.value)
    if base in ("date", "dateTime"):
        return _date(text, base) or fact.value
    if base == "QName":
        return qname_of(text, namespaces or {}) or fact.value
    return fact.value


_SET = QName(ENUM2, "enumerationSetItemType")
_SINGLE = QName(ENUM2, "enumerationItemType")
_ENUM1 = QName(ENUM, "enumerationItemType")


def enumeration_members(fact: Fact, namespaces: Mapping[str, str] | None = None) -> tuple[QName, ...] | None:
    """The members that an enumeration fact names; None for a fact of another type (Enumerations 2.0, 2; 1.0, 2)."""
    type_ = fact.concept.type if fact.concept is not None else None
    if type_ is None:
        return None
    for each in type_.chain():
        if each.qname is _SET or each.qname is _SINGLE:
            return tuple(_expanded(word) for word in fact.value.split() if "#" in word)
        if each.qname is _ENUM1:
            name = qname_of(fact.value, namespaces or {})
            return (name,) if name is not None else ()
    return None


def _expanded(text: str) -> QName:
    namespace, _, local = text.rpartition("#")
    return QName(namespace, local)


def qname_of(text: str, namespaces: Mapping[str, str]) -> QName | None:
    """The name that a prefixed text means; None where the prefix is unknown, or the text has none."""
    prefix, colon, local = text.strip().partition(":")
    namespace = namespaces.get(prefix)
    return QName(namespace, local) if colon and local and namespace is not None else None


def _number(text: str) -> Decimal | str:
    number = Decimal("NaN") if text.strip() == "NaN" else number_of(text)
    return text.strip() if number is None else number


def _date(text: str, base: str) -> date | datetime | None:
    try:
        when, zone = moment(text, end=False)
    except ValueError:
        return None
    if base == "date":
        return when.date()
    return when.replace(tzinfo=_zone(zone)) if zone else when


def _zone(text: str) -> timezone:
    if text == "Z":
        return timezone.utc  # noqa: UP017 - read as what the letter means
    hours, minutes = text[1:].split(":")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset)


def member_of(instance: Instance, fact: Fact, axis: QName) -> Member | None:
    """The fact's member on an axis: the reported one, else the axis's default (Dimensions 1.0, 2.6.1)."""
    reported = fact.dimensions.get(axis)
    if reported is not None:
        return reported
    concept = instance.taxonomy.concept(axis)
    default = instance.taxonomy.default_member(concept) if concept is not None else None
    return default.qname if default is not None else None


_ATTRIBUTE = lazy(r"""[^>]*?\s(?!xmlns[:=])[^\s=>]+=["']""")
"""The beginning of a start tag in canonical form, up to an attribute that declares no prefix."""


def member_key(member: Member, taxonomy: Taxonomy) -> Hashable:
    """Equal for members that are the same: typed ones of simple types by their values (XBRL 2.1, 4.10)."""
    if isinstance(member, QName):
        return member
    if len(member.values) == 1 and not member.nil and not _ATTRIBUTE.match(member.xml):
        concept = taxonomy.concept(member.element)
        base = concept.type.xsd_base if concept is not None and concept.type is not None else ""
        value = comparable(base, member.values[0]) if base else None
        if value is not None:
            return member.element, value
    return member.xml or (member.element, member.values, member.nil)
