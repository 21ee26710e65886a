"""Whether a text is valid for a simple type: lexical forms and facets of XML Schema 1.0 (part 2).

`check` runs once for each fact, so each type is compiled to one function, which is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Literal

from msgspec.structs import force_setattr

from recto.taxonomy.model import DataType
from recto.taxonomy.patterns import PatternError, compile_pattern
from recto.xml.integers import integer, natural

Namespaces = Mapping[Any, str] | None
Checker = Callable[[str, Namespaces], "str | None"]
"""Gives None for a valid text, else why it is not valid, as the end of a sentence."""

_SPACE = " \t\r\n"
_SHOWN = 60
_NAME_CHARS = (
    "A-Za-z_\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME_REST = _NAME_CHARS + "\\-.0-9\xb7\u0300-\u036f\u203f\u2040"
_NCNAME = f"[{_NAME_CHARS}][{_NAME_REST}]*"
_ZONE = r"(Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH, _DAY = r"(0[1-9]|1[0-2])", r"(0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:((?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?)|(24:00:00(?:\.0+)?))"

_INTEGER = re.compile(r"[+-]?[0-9]+")
_LEXICAL: dict[str, tuple[str, str]] = {
    "decimal": (r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)", "a decimal number"),
    "integer": (r"[+-]?[0-9]+", "an integer"),
    "float": (r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|-?INF|NaN", "a number"),
    "boolean": (r"true|false|0|1", "a boolean (true, false, 1 or 0)"),
    "date": (f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", "a date (YYYY-MM-DD)"),
    "dateTime": (f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}", "a date and time (YYYY-MM-DDThh:mm:ss)"),
    "time": (f"{_TIME}{_ZONE}", "a time (hh:mm:ss)"),
    "gYear": (f"{_YEAR}{_ZONE}", "a year (YYYY)"),
    "gYearMonth": (f"{_YEAR}-{_MONTH}{_ZONE}", "a year and month (YYYY-MM)"),
    "gMonth": (f"--{_MONTH}{_ZONE}", "a month (--MM)"),
    "gMonthDay": (f"--{_MONTH}-{_DAY}{_ZONE}", "a month and day (--MM-DD)"),
    "gDay": (f"---{_DAY}{_ZONE}", "a day (---DD)"),
    "duration": (
        r"-?P(?=[0-9T])(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?",
        "a duration (such as P1Y2M3D)",
    ),
    "hexBinary": (r"(?:[0-9a-fA-F]{2})*", "hexadecimal octets"),
    "base64Binary": (
        r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){3}[A-Za-z0-9+/]|(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?="
        r"|[A-Za-z0-9+/] ?[AQgw] ?= ?=)?",
        "base64",
    ),
    "language": (r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*", "a language tag"),
    "Name": (f"[:{_NAME_CHARS}][:{_NAME_REST}]*", "a name"),
    "NCName": (_NCNAME, "a name without colon"),
    "NMTOKEN": (f"[:{_NAME_REST}]+", "a name token"),
    "QName": (f"(?:({_NCNAME}):)?({_NCNAME})", "a qualified name"),
}
for _like, _names in {
    "float": "double",
    "NCName": "ID IDREF ENTITY",
    "QName": "NOTATION",
    "integer": "nonPositiveInteger negativeInteger long int short byte nonNegativeInteger unsignedLong unsignedInt"
    " unsignedShort unsignedByte positiveInteger",
}.items():
    for _name in _names.split():
        _LEXICAL[_name] = _LEXICAL[_like]
_LISTS = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}
_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(1 << 63), (1 << 63) - 1),
    "int": (-(1 << 31), (1 << 31) - 1),
    "short": (-(1 << 15), (1 << 15) - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, (1 << 64) - 1),
    "unsignedInt": (0, (1 << 32) - 1),
    "unsignedShort": (0, (1 << 16) - 1),
    "unsignedByte": (0, 255),
}
_NUMBERS = frozenset(("decimal", "float", "double", "integer", *_BOUNDS))
_TEMPORAL = frozenset(("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"))
_TEXTS = frozenset(("string", "normalizedString", "token", "anySimpleType", "anyType", ""))
_BAD_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")


def check(type: DataType, text: str, *, namespaces: Namespaces = None) -> str | None:
    """None where `text` is valid for the simple type or simple content `type`, else why not, as the end of a sentence.

    White space is normalized as the type's built-in base demands before anything is looked at. `namespaces` are the
    prefixes in scope (None the default namespace) for QName values; without them prefixes are not looked up.
    """
    return (type.checker or _checker_of(type))(text, namespaces)


WhiteSpace = Literal["preserve", "replace", "collapse"]


def white_space(type_: DataType | None) -> WhiteSpace:
    """The whiteSpace facet in force for a simple content (XML Schema 2, 4.3.6): that of every list is collapse."""
    if type_ is None or not type_.xsd_base:
        return "preserve"
    for each in type_.chain():
        facet = each.facets.get("whiteSpace")
        if facet in ("preserve", "replace", "collapse"):
            return facet  # type: ignore[return-value]
        if each.item is not None:
            return "collapse"
    if type_.xsd_base == "string":
        return "preserve"
    return "replace" if type_.xsd_base == "normalizedString" else "collapse"


def unrestricted(type_: DataType) -> bool:
    """Whether any text is a value of the type. The members of lists and unions have rules of their own."""
    return type_.xsd_base == "string" and not any(
        each.item is not None or each.members or each.enumeration or any(facet != "whiteSpace" for facet in each.facets)
        for each in type_.chain()
    )


def _checker_of(type_: DataType) -> Checker:
    checker = type_.checker
    if checker is None:
        checker = _compile(type_)
        force_setattr(type_, "checker", checker)
    return checker


def check_built_in(name: str, text: str, *, namespaces: Namespaces = None) -> str | None:
    """The same for a built-in type of XML Schema, by its local name; texts are taken as they are after collapsing."""
    return _built_in(name)(text, namespaces)


def all_valid(type: DataType, texts: Collection[str]) -> bool:
    """Whether many values of a type are all valid, decided for all at once; False means that each is to be checked."""
    checker = _checker_of(type)
    many = _MANY.get(checker)
    if many is not None:
        joined = "\n".join(texts)
        return joined.count("\n") < len(texts) and many(joined) is not None
    if checker is _check_uri:
        return not any("%" in text or text.count("#") > 1 for text in texts)
    return checker is _accept


_MANY: dict[Checker, Callable[[str], Any]] = {}
"""Checker of a type with a simple form → a match of many values, each on a line."""


def shown(text: str) -> str:
    """A value as messages quote it."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def _collapse(text: str) -> str:
    """White space collapsed; only XML's four characters count."""
    return " ".join(_split(text)) if _SPACES.search(text) else text


def _split(text: str) -> list[str]:
    return [item for item in _SPACES.split(text) if item]


_SPACES = re.compile(r"[ \t\r\n]+")


def _accept(text: str, namespaces: Namespaces) -> str | None:
    return None


@lru_cache(maxsize=128)
def _built_in(name: str) -> Checker:
    if name in _TEXTS:
        return _accept
    if name == "anyURI":
        return _check_uri
    if name in _LISTS:
        return _list_of(_built_in(_LISTS[name]))
    if name not in _LEXICAL:
        return _accept
    if name == "QName":
        return _check_qname
    pattern, noun = _LEXICAL[name]
    if name in _ASCII:
        checker = _name_like(re.compile(_ASCII[name]).fullmatch, name, noun)
        _MANY[checker] = re.compile(f"{_ASCII[name]}(?:\n{_ASCII[name]})*").fullmatch
        return checker
    match = re.compile(pattern).fullmatch
    if name in _BOUNDS:
        return _bounded_integer(match, noun, *_BOUNDS[name])
    if name in _TEMPORAL:
        return _temporal(match, noun, name)

    def lexical(text: str, namespaces: Namespaces) -> str | None:
        return None if match(text) or match(_collapse(text)) else f"{shown(text)} is not {noun}"

    if name == "decimal":
        _MANY[lexical] = re.compile(f"{pattern}(?:\n{pattern})*").fullmatch
    return lexical


def _bounded_integer(match: Callable[[str], Any], noun: str, least: int | None, most: int | None) -> Checker:
    def lexical(text: str, namespaces: Namespaces) -> str | None:
        text = text.strip(_SPACE)
        if not match(text):
            return f"{shown(text)} is not {noun}"
        value = Decimal(text)
        if least is not None and value < least:
            return f"{shown(text)} is less than {least}"
        if most is not None and value > most:
            return f"{shown(text)} is greater than {most}"
        return None

    return lexical


def _temporal(match: Callable[[str], Any], noun: str, name: str) -> Checker:
    def lexical(text: str, namespaces: Namespaces) -> str | None:
        found = match(text.strip(_SPACE))
        if not found:
            return f"{shown(text)} is not {noun}"
        if name in ("date", "dateTime"):
            year, month, day = found.group(1), int(found.group(2)), int(found.group(3))
            if not _day_exists(year, month, day):
                return f"{shown(text)} is no day of the calendar"
        elif name in ("gYear", "gYearMonth"):
            if integer(found.group(1)) == 0:
                return f"{shown(text)} is not {noun}: there is no year 0"
        elif name == "gMonthDay" and not _day_exists("2000", int(found.group(1)), int(found.group(2))):
            return f"{shown(text)} is no day of the calendar"
        return None

    return lexical


def _day_exists(year: str, month: int, day: int) -> bool:
    number = integer(year)
    if number == 0:
        return False
    try:
        date(number % 400 + 2000, month, day)
    except ValueError:
        return False
    return True


def _check_uri(text: str, namespaces: Namespaces) -> str | None:
    text = text.strip(_SPACE)
    # Characters that no URI may hold are escaped before it is used (XLink 1.0, 5.4), so they are no fault.
    if text.count("#") > 1:
        return f"{shown(text)} is no URI: it has more than one '#'"
    if "%" in text and _BAD_ESCAPE.search(text):
        return f"{shown(text)} is no URI: '%' must be followed by two hexadecimal digits"
    return None


_QNAME = re.compile(r"(?:([A-Za-z_][A-Za-z0-9_.-]*):)?([A-Za-z_][A-Za-z0-9_.-]*)").fullmatch
_ASCII = {
    "NCName": r"[A-Za-z_][A-Za-z0-9_.-]*",
    "ID": r"[A-Za-z_][A-Za-z0-9_.-]*",
    "IDREF": r"[A-Za-z_][A-Za-z0-9_.-]*",
    "ENTITY": r"[A-Za-z_][A-Za-z0-9_.-]*",
    "Name": r"[A-Za-z_:][A-Za-z0-9_:.-]*",
    "NMTOKEN": r"[A-Za-z0-9_:.-]+",
}
"""What nearly all names are made of; the whole patterns take long to compile, so they are when one is not so."""


@lru_cache(maxsize=16)
def _full_match(name: str) -> Callable[[str], Any]:
    return re.compile(_LEXICAL[name][0]).fullmatch


def _name_like(match: Callable[[str], Any], name: str, noun: str) -> Checker:
    def lexical(text: str, namespaces: Namespaces) -> str | None:
        if match(text):
            return None
        text = text.strip(_SPACE)
        return None if match(text) or _full_match(name)(text) else f"{shown(text)} is not {noun}"

    return lexical


def _check_qname(text: str, namespaces: Namespaces) -> str | None:
    text = text.strip(_SPACE)
    found = _QNAME(text) or _full_match("QName")(text)
    if not found:
        return f"{shown(text)} is not a qualified name"
    prefix = found.group(1)
    if prefix is not None and namespaces is not None and prefix != "xml" and prefix not in namespaces:
        return f"the prefix of {shown(text)} is not bound to a namespace"
    return None


def _list_of(checker: Checker) -> Checker:
    def items(text: str, namespaces: Namespaces) -> str | None:
        for item in _split(text):
            fault = checker(item, namespaces)
            if fault is not None:
                return fault
        return None

    return items


def _compile(type_: DataType) -> Checker:
    """The function that checks values of a type: lexical form, then facets from the base to the type itself."""
    if not type_.xsd_base and not type_.members and type_.item is None:
        return _accept
    steps: list[Checker] = [_base_checker(type_)]
    enumerated = False
    for each in reversed(list(type_.chain())):
        if each.enumeration and each is type_ and not enumerated:
            steps.append(_enumeration(type_))
            enumerated = True
        steps.extend(_facets(each, type_))
    if len(steps) == 1:
        return steps[0]
    mode = white_space(type_)

    def all_steps(text: str, namespaces: Namespaces) -> str | None:
        if mode == "collapse":
            text = _collapse(text)
        elif mode == "replace":
            text = text.translate(_BREAKS)
        for step in steps:
            fault = step(text, namespaces)
            if fault is not None:
                return fault
        return None

    return all_steps


_BREAKS = str.maketrans("\t\r\n", "   ")


def _base_checker(type_: DataType) -> Checker:
    for each in type_.chain():
        if each.members:
            return _union_of([_checker(member) for member in each.members])
        if each.item is not None:
            return _list_of(_checker(each.item))
    return _built_in(type_.xsd_base)


def _checker(type_: DataType) -> Checker:
    return lambda text, namespaces: check(type_, text, namespaces=namespaces)


def _union_of(checkers: list[Checker]) -> Checker:
    def any_of(text: str, namespaces: Namespaces) -> str | None:
        faults = []
        for checker in checkers:
            fault = checker(text, namespaces)
            if fault is None:
                return None
            faults.append(fault)
        return "; ".join(dict.fromkeys(faults))

    return any_of


def _is_list(type_: DataType) -> bool:
    return type_.xsd_base in _LISTS or any(each.item is not None for each in type_.chain())


def _enumeration(type_: DataType) -> Checker:
    values = frozenset(type_.enumeration)
    base = type_.xsd_base
    known = frozenset(comparable(base, value) for value in values) if base in _NUMBERS or base in _TEMPORAL else None

    def listed(text: str, namespaces: Namespaces) -> str | None:
        if text in values or (known is not None and comparable(base, text) in known):
            return None
        if base == "QName":
            return None if _local(text) in {_local(value) for value in values} else _unlisted(text, type_)
        return _unlisted(text, type_)

    return listed


def _local(text: str) -> str:
    return text.rpartition(":")[2]


def _unlisted(text: str, type_: DataType) -> str:
    some = ", ".join(type_.enumeration[:8]) + (", …" if len(type_.enumeration) > 8 else "")
    return f"{shown(text)} is not one of the values that {type_.qname.local.lstrip('#')} allows ({some})"


def _facets(each: DataType, type_: DataType) -> list[Checker]:
    """Checkers of the facets that `each`, an ancestor of `type_` or itself, declares."""
    steps: list[Checker] = []
    for name, value in each.facets.items():
        if name == "pattern":
            step = _pattern(value)
        elif name in ("length", "minLength", "maxLength"):
            step = _length(name, value, type_)
        elif name in ("totalDigits", "fractionDigits"):
            step = _digits(name, value)
        elif name in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive"):
            step = _bound(name, value, type_.xsd_base)
        else:
            continue
        if step is not None:
            steps.append(step)
    return steps


def _pattern(value: str) -> Checker | None:
    compiled = []
    for pattern in value.split("\n"):
        try:
            compiled.append(compile_pattern(pattern).fullmatch)
        except PatternError:
            return None  # the schema is at fault, and is reported where it is validated

    def matches(text: str, namespaces: Namespaces) -> str | None:
        for match in compiled:
            if match(text):
                return None
        return f"{shown(text)} does not match the pattern {' or '.join(value.splitlines())}"

    return matches


def _items(text: str) -> int:
    return len(_split(text))


_MEASURES: dict[str, Callable[[str], int]] = {
    "hexBinary": lambda text: len(text) // 2,
    "base64Binary": lambda text: len(text.replace(" ", "").rstrip("=")) * 3 // 4,
}


def _length(name: str, value: str, type_: DataType) -> Checker | None:
    limit = natural(value)
    if type_.xsd_base in ("QName", "NOTATION") or limit is None:
        return None
    measure: Callable[[str], int]
    if _is_list(type_):
        measure, noun = _items, "items"
    elif type_.xsd_base in _MEASURES:
        measure, noun = _MEASURES[type_.xsd_base], "octets"
    else:
        measure, noun = len, "characters"

    def fits(text: str, namespaces: Namespaces) -> str | None:
        length = measure(text)
        if name == "length":
            return None if length == limit else f"{shown(text)} has {length} {noun}, not {limit}"
        if name == "minLength":
            return None if length >= limit else f"{shown(text)} has {length} {noun}, fewer than {limit}"
        return None if length <= limit else f"{shown(text)} has {length} {noun}, more than {limit}"

    return fits


def _digits(name: str, value: str) -> Checker | None:
    limit = natural(value)
    if limit is None:
        return None

    def fits(text: str, namespaces: Namespaces) -> str | None:
        whole, _, fraction = text.lstrip("+-").partition(".")
        fraction = fraction.rstrip("0")
        if name == "fractionDigits":
            digits, noun = len(fraction), "digits after the decimal point"
        else:
            digits, noun = len((whole + fraction).lstrip("0")), "digits"
        return None if digits <= limit else f"{shown(text)} has {digits} {noun}, more than {limit}"

    return fits


def _bound(name: str, value: str, base: str) -> Checker | None:
    limit = comparable(base, value.strip())
    if limit is None:
        return None
    inclusive, least = name.endswith("Inclusive"), name.startswith("min")
    word = {
        "minInclusive": "less than",
        "minExclusive": "not greater than",
        "maxInclusive": "greater than",
        "maxExclusive": "not less than",
    }[name]

    def fits(text: str, namespaces: Namespaces) -> str | None:
        number = comparable(base, text)
        if number is None or number == limit:
            fine = inclusive or number is None
        else:
            fine = (number > limit) is least
        if fine:
            return None
        return f"{shown(text)} is {word} {value}"

    return fits


def comparable(base: str, text: str) -> Any:
    """A value of the built-in type that orders as the type's values do; None where it has none."""
    text = text.strip(_SPACE)
    if base in _NUMBERS:
        try:
            number = Decimal({"INF": "Infinity", "-INF": "-Infinity"}.get(text, text))
        except InvalidOperation:
            return None
        return None if number.is_nan() else number
    if base in _TEMPORAL:
        return _moment(base, text)
    if base == "duration":
        return _duration(text)
    return None


_DURATION = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?")


def _duration(text: str) -> Any:
    found = _DURATION.fullmatch(text)
    if not found:
        return None
    sign, years, months, days, hours, minutes, seconds = found.groups("0")
    total = (integer(years) * 12 + integer(months)) * Decimal("30.436875") * 86400 + integer(days) * 86400
    total += integer(hours) * 3600 + integer(minutes) * 60 + Decimal(seconds)
    return -total if sign == "-" else total


def _moment(base: str, text: str) -> Any:
    """Seconds since the beginning of year 1, in UTC (without zone: as if UTC)."""
    found = re.fullmatch(_LEXICAL[base][0], text)
    if not found:
        return None
    groups = list(found.groups())
    zone = groups[-1]
    year, month, day, time = 2000, 1, 1, None
    if base in ("date", "dateTime"):
        year, month, day = integer(groups[0]), int(groups[1]), int(groups[2])
        time = (groups[3] or groups[4]) if base == "dateTime" else None
    elif base == "time":
        time = groups[0] or groups[1]
    elif base in ("gYear", "gYearMonth"):
        year = integer(groups[0])
        month = int(groups[1]) if base == "gYearMonth" else 1
    elif base in ("gMonth", "gMonthDay"):
        month = integer(groups[0])
        day = int(groups[1]) if base == "gMonthDay" else 1
    else:
        day = integer(groups[0])
    seconds = Decimal(0)
    if time:
        hour, minute, second = time.split(":")
        seconds = int(hour) * 3600 + int(minute) * 60 + Decimal(second)
    if zone and zone != "Z":
        offset = (int(zone[1:3]) * 60 + int(zone[4:6])) * 60
        seconds += -offset if zone[0] == "+" else offset
    return _days(year, month, day) * 86400 + seconds


def _days(year: int, month: int, day: int) -> int:
    """Days since an arbitrary fixed day in the proleptic Gregorian calendar."""
    if month <= 2:
        year, month = year - 1, month + 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * (month - 3) + 2) // 5 + day
