"""Values and the constraints that they keep to: types, facets, periods, durations, time zones."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any, Final

from msgspec import Struct

from recto.instance.oim.strings import PeriodError, UnitError, format_period, parse_csv_period, parse_unit
from recto.instance.oim.vocabulary import LANGUAGE, SQNAME
from recto.names import XSD, QName
from recto.patterns import lazy
from recto.taxonomy import values
from recto.taxonomy.model import DataType
from recto.taxonomy.ordering import comparable
from recto.taxonomy.types import BUILT_IN_TYPES

CORE: Final = {"concept": "QName", "entity": "token", "period": "token", "unit": "token", "language": "language"}
"""Core dimensions as types, with the type of XML Schema that their values are of at least."""
UNSUPPORTED: Final = frozenset(
    ("ENTITY", "ENTITIES", "ID", "IDREF", "IDREFS", "NMTOKEN", "NMTOKENS", "NOTATION", "anyType", "anySimpleType")
)
NO_KEYS: Final = frozenset(("double", "float", "hexBinary", "base64Binary", "language"))
"""Types of one value with several spellings, of which the specification keeps keys free."""
ZONED: Final = frozenset(("date", "time", "dateTime", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"))
"""Types whose values may have a time zone."""
NUMERIC: Final = frozenset(("decimal", "float", "double"))
ORDERED: Final = frozenset(
    ("date", "time", "dateTime", "duration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
)
_ZONE: Final = lazy(r"(?:Z|[+-]\d\d:\d\d)\Z")
_PERIODS: Final = {
    "year": re.compile(r"\d{4}"),
    "half": re.compile(r"\d{4}H[12]"),
    "quarter": re.compile(r"\d{4}Q[1-4]"),
    "month": re.compile(r"\d{4}-\d\d"),
    "week": re.compile(r"\d{4}W\d{1,2}"),
    "day": re.compile(r"\d{4}-\d\d-\d\d"),
}
_YEAR_MONTH: Final = lazy(r"-?P(?=\d)(?:\d+Y)?(?:\d+M)?")
_DAY_TIME: Final = lazy(r"-?P(?=\d|T)(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?")
PERIOD_TYPES: Final = (*_PERIODS, "instant")
DURATION_TYPES: Final = {"yearMonth": _YEAR_MONTH, "dayTime": _DAY_TIME}


class Constraint(Struct, frozen=True):
    """What values of a column or parameter must be."""

    type: str
    """As written: `xs:date`, `period`, `decimals`."""
    base: str
    """The local name of XML Schema's type that values are of."""
    data_type: DataType
    """With the facets."""
    optional: bool = False
    nillable: bool = False
    time_zone: bool | None = None
    period_type: str | None = None
    duration_type: str | None = None

    def fault(self, text: str, namespaces: Mapping[str, str]) -> tuple[str, dict[str, Any]] | None:
        """The code of what is wrong with a value, and what its sentence says; None where nothing is."""
        told = values.check(self.data_type, text, namespaces=dict(namespaces.items()))
        if told is None and self.type in CORE:
            told = core_fault(self.type, text, namespaces)
        if told is None and self.base == "QName" and ":" not in text:
            told = f"{text!r} has no prefix"
        if told is not None:
            return "invalidValue", {"reason": told}
        if self.period_type is not None and not _is_period(text, self.period_type):
            return "invalidPeriodType", {"value": text, "type": self.period_type}
        if self.duration_type is not None and not DURATION_TYPES[self.duration_type].fullmatch(text.strip()):
            return "invalidDurationType", {"value": text, "type": self.duration_type}
        return self._zone_fault(text)

    def _zone_fault(self, text: str) -> tuple[str, dict[str, Any]] | None:
        if self.time_zone is None:
            return None
        parts = text.split("/") if self.type == "period" else [text]
        if self.type == "period" and not any("T" in part for part in parts):
            zoned = False
        else:
            zones = {_ZONE.search(part.strip()) is not None for part in parts}
            zoned = zones == {True}
            if len(zones) == 2:
                return "missingTimeZone" if self.time_zone else "unexpectedTimeZone", {"value": text}
        if zoned is self.time_zone:
            return None
        return "missingTimeZone" if self.time_zone else "unexpectedTimeZone", {"value": text}

    def key(self, text: str | None) -> Hashable:
        """What a value is in keys: equal for values that mean the same, and None for none.

        Values that are valid for the constraint sort by it.
        """
        if text is None:
            return None
        if self.type == "period":
            return _bounds(text) or text
        if self.base == "boolean":
            return text.strip() in ("true", "1")
        value: Hashable = comparable(self.data_type.xsd_base, text)
        if value is not None:
            return value
        return values.normalized(self.data_type, text)


def data_type(base: str, facets: Mapping[str, str], enumeration: tuple[str, ...]) -> DataType:
    """A type of XML Schema with facets."""
    built_in = BUILT_IN_TYPES[QName(XSD, base)]
    return DataType(QName("", f"#{base}"), built_in, built_in.xsd_base or base, enumeration, dict(facets))


def sorts(key: Hashable) -> tuple[int, Any]:
    """A key's value as one that can be compared with any other of the same column; nothing comes first."""
    return (0, "") if key is None else (1, key)


def core_fault(type_: str, text: str, namespaces: Mapping[str, str]) -> str | None:
    if type_ == "period":
        try:
            parse_csv_period(text)
        except PeriodError as error:
            return str(error)
    elif type_ == "unit":
        try:
            parse_unit(text, dict(namespaces))
        except UnitError as error:
            return str(error)
    elif type_ == "entity":
        if SQNAME.fullmatch(text) is None or text.partition(":")[0] not in namespaces:
            return f"{text!r} is no identifier with a prefix that is declared"
    elif type_ == "language" and (text != text.lower() or not LANGUAGE.fullmatch(text)):
        return f"{text!r} is no language code in small letters"
    return None


def _bounds(text: str) -> tuple[Hashable, Hashable] | None:
    """Where a period begins and ends; the two are the same of an instant."""
    try:
        written = format_period(parse_csv_period(text))
    except PeriodError:
        return None
    start, _, end = (written or "").partition("/")
    first = comparable("dateTime", start)
    return first, comparable("dateTime", end) if end else first


def _is_period(text: str, type_: str) -> bool:
    if type_ == "instant":
        return text.endswith(("@start", "@end")) or ("T" in text and "/" not in text)
    return _PERIODS[type_].fullmatch(text) is not None
