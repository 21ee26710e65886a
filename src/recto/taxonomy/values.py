"""Whether a text is valid for a simple type: lexical forms and facets of XML Schema 1.0 (part 2).

`check` runs once for each fact, so each type is compiled to one function, which is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

from msgspec.structs import force_setattr

from recto.patterns import lazy
from recto.taxonomy.lexical import LEXICAL, TEXTS
from recto.taxonomy.model import DataType
from recto.taxonomy.ordering import comparable, compare
from recto.taxonomy.patterns import PatternError, compile_pattern
from recto.xml.integers import integer, natural
from recto.xsd import BOUNDS, LISTS, NUMBERS, SPACE, TEMPORAL, collapsed, items, replaced

Namespaces = Mapping[Any, str] | None
Checker = Callable[[str, Namespaces], "str | None"]
"""Gives None for a valid text, else why it is not valid, as the end of a sentence."""

_SHOWN = 60
_BAD_ESCAPE = lazy(r"%(?![0-9A-Fa-f]{2})")


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


def equal(type_: DataType, one: str, other: str) -> bool:
    """Whether two valid texts mean the same value of a type; names are compared as they are written."""
    if one == other:
        return True
    return bool(value_of(type_, one) == value_of(type_, other))


def value_of(type_: DataType, text: str) -> Hashable:
    """What a valid text means as a value of a type: equal for equal values; names are taken as they are written."""
    value: Hashable = _value(type_, normalized(type_, text))
    return value


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
        return joined.count("\n") < len(texts) and many.fullmatch(joined) is not None
    if checker is _check_uri:
        return not any("%" in text or text.count("#") > 1 for text in texts)
    return checker is _accept


def form_of(type: DataType) -> Callable[[str], Any] | None:
    """What matches the texts that are values of a type of numbers just as they stand; None where that takes more."""
    form = _ONE.get(_checker_of(type))
    return form.fullmatch if form is not None else None


_ONE: dict[Checker, re.Pattern[str]] = {}
"""Checker of a type of numbers without facets → what matches a value that has no white space."""
_MANY: dict[Checker, re.Pattern[str]] = {}
"""Checker of a type with a simple form → what matches many values, each on a line."""


def shown(text: str) -> str:
    """A value as messages quote it."""
    return repr(text if len(text) <= _SHOWN else text[:_SHOWN] + "…")


def _accept(text: str, namespaces: Namespaces) -> str | None:
    return None


@lru_cache(maxsize=128)
def _built_in(name: str) -> Checker:
    if name in TEXTS:
        return _accept
    if name == "anyURI":
        return _check_uri
    if name in LISTS:
        return _list_of(_built_in(LISTS[name]))
    if name not in LEXICAL:
        return _accept
    if name == "QName":
        return _check_qname
    pattern, noun = LEXICAL[name]
    if name in _ASCII:
        checker = _name_like(lazy(_ASCII[name]), name, noun)
        _MANY[checker] = lazy(f"{_ASCII[name]}(?:\n{_ASCII[name]})*")
        return checker
    form = lazy(pattern)
    if name in BOUNDS:
        return _bounded_integer(form, noun, *BOUNDS[name])
    if name in TEMPORAL:
        return _temporal(form, noun, name)

    def lexical(text: str, namespaces: Namespaces) -> str | None:
        match = form.fullmatch
        return None if match(text) or match(collapsed(text)) else f"{shown(text)} is not {noun}"

    if name in NUMBERS:
        _ONE[lexical] = form
    if name == "decimal":
        _MANY[lexical] = lazy(f"{pattern}(?:\n{pattern})*")
    return lexical


def _bounded_integer(form: re.Pattern[str], noun: str, least: int | None, most: int | None) -> Checker:
    def lexical(text: str, namespaces: Namespaces) -> str | None:
        text = text.strip(SPACE)
        if not form.fullmatch(text):
            return f"{shown(text)} is not {noun}"
        value = Decimal(text)
        if least is not None and value < least:
            return f"{shown(text)} is less than {least}"
        if most is not None and value > most:
            return f"{shown(text)} is greater than {most}"
        return None

    return lexical


def _temporal(form: re.Pattern[str], noun: str, name: str) -> Checker:
    def lexical(text: str, namespaces: Namespaces) -> str | None:
        found = form.fullmatch(text.strip(SPACE))
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
    text = text.strip(SPACE)
    # Characters that no URI may hold are escaped before it is used (XLink 1.0, 5.4), so they are no fault.
    if text.count("#") > 1:
        return f"{shown(text)} is no URI: it has more than one '#'"
    if "%" in text and _BAD_ESCAPE.search(text):
        return f"{shown(text)} is no URI: '%' must be followed by two hexadecimal digits"
    return None


_QNAME = lazy(r"(?:([A-Za-z_][A-Za-z0-9_.-]*):)?([A-Za-z_][A-Za-z0-9_.-]*)")
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
    return re.compile(LEXICAL[name][0]).fullmatch


def _name_like(form: re.Pattern[str], name: str, noun: str) -> Checker:
    def lexical(text: str, namespaces: Namespaces) -> str | None:
        if form.fullmatch(text):
            return None
        text = text.strip(SPACE)
        return None if form.fullmatch(text) or _full_match(name)(text) else f"{shown(text)} is not {noun}"

    return lexical


def _check_qname(text: str, namespaces: Namespaces) -> str | None:
    text = text.strip(SPACE)
    found = _QNAME.fullmatch(text) or _full_match("QName")(text)
    if not found:
        return f"{shown(text)} is not a qualified name"
    prefix = found.group(1)
    if prefix is not None and namespaces is not None and prefix != "xml" and prefix not in namespaces:
        return f"the prefix of {shown(text)} is not bound to a namespace"
    return None


def _list_of(checker: Checker) -> Checker:
    def all_items(text: str, namespaces: Namespaces) -> str | None:
        for item in items(text):
            fault = checker(item, namespaces)
            if fault is not None:
                return fault
        return None

    return all_items


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
            text = collapsed(text)
        elif mode == "replace":
            text = replaced(text)
        for step in steps:
            fault = step(text, namespaces)
            if fault is not None:
                return fault
        return None

    return all_steps


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
    return type_.xsd_base in LISTS or any(each.item is not None for each in type_.chain())


def _enumeration(type_: DataType) -> Checker:
    # The values are written as the type on which they were laid reads them; what was laid on it since reads the fact.
    declared = type_
    while declared.base is not None and declared.base.enumeration == type_.enumeration:
        declared = declared.base
    mode = white_space(declared.base or declared)
    texts = [_spaced(mode, value) for value in type_.enumeration]
    values = frozenset(texts)
    known = frozenset(_value(type_, text) for text in texts) if _has_forms(type_) else None

    def allowed(text: str, namespaces: Namespaces) -> str | None:
        if text in values or (known is not None and _value(type_, text) in known):
            return None
        if type_.xsd_base == "QName":
            return None if _local(text) in {_local(value) for value in values} else _unlisted(text, type_)
        return _unlisted(text, type_)

    return allowed


def normalized(type_: DataType, text: str) -> str:
    """A text with its white space as the type has it."""
    return _spaced(white_space(type_), text)


def _spaced(mode: WhiteSpace, text: str) -> str:
    if mode == "collapse":
        return collapsed(text)
    return replaced(text) if mode == "replace" else text


_FORMS = NUMBERS | TEMPORAL | {"boolean", "hexBinary", "base64Binary", "duration"}
"""Built-in types whose values have several lexical forms."""


def _parts(type_: DataType) -> tuple[DataType | None, tuple[DataType, ...]]:
    """The item of a list, and the members of a union."""
    for each in type_.chain():
        if each.members or each.item is not None:
            return each.item, each.members
    return None, ()


def _has_forms(type_: DataType) -> bool:
    item, members = _parts(type_)
    if item is not None:
        return _has_forms(item)
    return any(_has_forms(member) for member in members) if members else type_.xsd_base in _FORMS


def _value(type_: DataType, text: str) -> Any:
    """Hashable, equal for equal values of a type, or lists of such (XML Schema 2, 4.3.5)."""
    item, members = _parts(type_)
    if item is not None:
        return tuple(_value(item, each) for each in items(text))
    for member in members:
        if check(member, text) is None:
            return _value(member, text)
    text, base = normalized(type_, text), type_.xsd_base
    if base == "boolean":
        return base, {"true": "1", "false": "0"}.get(text, text)
    if base == "hexBinary":
        return base, text.upper()
    if base == "base64Binary":
        return base, text.replace(" ", "")
    value = comparable(base, text)
    return text if value is None else ("decimal" if base in BOUNDS or base == "integer" else base, value)


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
    return len(items(text))


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
    limit = comparable(base, value.strip(SPACE))
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
        if number is None:
            return None
        order = compare(base, number, limit)
        if order is None:
            return f"{shown(text)} is neither more nor less than {value}"
        if inclusive if order == 0 else (order > 0) is least:
            return None
        return f"{shown(text)} is {word} {value}"

    return fits
