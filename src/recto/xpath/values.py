"""Atomic values: their types, atomization, casts, comparison and arithmetic (XPath 2.0, 2.5 and 3.4 to 3.5).

A sequence of one item is the item itself; any other is a list, never of one item.
xs:integer is `int`, xs:decimal `Decimal`, xs:double `float`, xs:string `str`, xs:boolean `bool`.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode, b64encode
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Any

from recto import xsd
from recto.names import XSD
from recto.names import QName as Name
from recto.xml.integers import integer
from recto.xpath.errors import MOST_BITS, XPathError
from recto.xpath.nodes import Node, Untyped
from recto.xpath.temporal import Duration, Partial, Temporal, zone_text
from recto.xsd import BOUNDS, SPACE, collapsed, replaced

Value = Any
"""An item, or a list of none or several."""
EMPTY: list[Any] = []
PRECISION = 40
"""Digits of decimals that a division gives; additions and products are exact to as many."""
DECIMALS = Context(prec=PRECISION, traps=[InvalidOperation, DivisionByZero, Overflow])


class AnyURI(str):
    """xs:anyURI."""

    __slots__ = ()


class Float(float):
    """xs:float: a number of 32 bits."""

    __slots__ = ()


def narrowed(number: float) -> Float:
    """The nearest number of 32 bits."""
    import struct

    try:
        return Float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return Float(math.copysign(math.inf, number))


class QNameValue:
    """An xs:QName: an expanded name with the prefix that it was written with."""

    __slots__ = ("name", "prefix")

    def __init__(self, name: Name, prefix: str = ""):
        self.name = name
        self.prefix = prefix

    def __eq__(self, other: object) -> bool:
        return isinstance(other, QNameValue) and self.name is other.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __str__(self) -> str:
        return f"{self.prefix}:{self.name.local}" if self.prefix else self.name.local

    def __repr__(self) -> str:
        return f"QNameValue({self.name.clark})"


class MapItem(dict[Any, Any]):
    """A map, as fn:parse-json makes it (XPath 3.1)."""

    __slots__ = ()


def items(value: Value) -> list[Any]:
    return value if type(value) is list else [value]


def one_or_list(found: list[Any]) -> Value:
    return found[0] if len(found) == 1 else found


def atomize(value: Value) -> Value:
    if isinstance(value, Node):
        return value.atom
    if type(value) is list:
        if not any(isinstance(item, Node) for item in value):
            return value
        found: list[Any] = []
        for item in value:
            atom = item.atom if isinstance(item, Node) else item
            if type(atom) is list:
                found += atom
            else:
                found.append(atom)
        return one_or_list(found)
    if type(value) is MapItem:
        raise XPathError("FOTY0013", "a map has no atomic value")
    return value


def boolean(value: Value) -> bool:
    """The effective boolean value (XPath 2.0, 2.4.3)."""
    kind = type(value)
    if kind is bool:
        return value  # type: ignore[no-any-return]
    if kind is list:
        if not value:
            return False
        if isinstance(value[0], Node):
            return True
        raise XPathError("FORG0006", "a sequence of several values is neither true nor false")
    if isinstance(value, (int, Decimal)):
        return value != 0
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, str):
        return value != ""
    if isinstance(value, Node):
        return True
    raise XPathError("FORG0006", f"a value of type xs:{type_name(value)} is neither true nor false")


def type_name(value: Any) -> str:
    """Local name of an atomic value's type."""
    kind = type(value)
    name = _NAMES.get(kind)
    if name is not None:
        return name
    if isinstance(value, (Temporal, Duration, Partial)):
        return value.kind
    return "item"


_NAMES: dict[type, str] = {
    bool: "boolean",
    int: "integer",
    Decimal: "decimal",
    float: "double",
    Float: "float",
    str: "string",
    Untyped: "untypedAtomic",
    AnyURI: "anyURI",
    QNameValue: "QName",
}


def is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal, float)) and type(value) is not bool


# Text


def string(value: Any) -> str:
    """The text of an item (fn:string)."""
    kind = type(value)
    if kind is str or kind is Untyped or kind is AnyURI:
        return str(value)
    if isinstance(value, Node):
        return value.string
    if kind is bool:
        return "true" if value else "false"
    if kind is int:
        if value.bit_length() > MOST_BITS:
            raise XPathError("FOCA0003", "the whole number is too long")
        return str(value)
    if kind is Decimal:
        return decimal_text(value)
    if isinstance(value, float):
        return double_text(value)
    if kind is MapItem:
        raise XPathError("FOTY0014", "a map has no text")
    return str(value)


def decimal_text(value: Decimal) -> str:
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def double_text(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "INF" if value > 0 else "-INF"
    if value == 0:
        return "-0" if math.copysign(1, value) < 0 else "0"
    exact = shortest(value)
    if 1e-6 <= abs(value) < 1e6:
        return decimal_text(exact)
    mantissa, _, exponent = format(exact, "E").partition("E")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    if "." not in mantissa:
        mantissa += ".0"
    return f"{mantissa}E{int(exponent)}"


def shortest(value: float) -> Decimal:
    """The decimal of fewest digits that reads as the number."""
    if type(value) is Float:
        for digits in range(1, 9):
            text = f"{value:.{digits}g}"
            if narrowed(float(text)) == value:
                return Decimal(text)
    return Decimal(repr(float(value)))


# Casts

_DOUBLE = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN", re.ASCII)
DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+", re.ASCII)
_TEMPORAL = frozenset(("date", "dateTime", "time"))
_DURATIONS = frozenset(("duration", "yearMonthDuration", "dayTimeDuration"))
_BINARY = frozenset(("hexBinary", "base64Binary"))
_PARTIAL = frozenset(("gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")) | _BINARY
INTEGERS: dict[str, tuple[int | None, int | None]] = {"integer": (None, None), **BOUNDS}
STRINGS = (xsd.STRINGS - {"string"}) | {"NOTATION"}
_ATOMIC = frozenset(("anyAtomicType", "untypedAtomic", "string", "boolean", "decimal", "float", "double", "anyURI"))
TYPES = frozenset((*INTEGERS, *STRINGS, *_ATOMIC, *_TEMPORAL, *_DURATIONS, *_PARTIAL, "QName"))
"""Local names of the atomic types of XML Schema."""


def _bad(value: Any, target: str) -> XPathError:
    return XPathError("FORG0001", f"{string(value)[:60]!r} is no xs:{target}")


def cast(value: Any, target: str) -> Any:
    """An atomic value as another type (XPath functions, 17). Raises `XPathError`."""
    source = type_name(value)
    if source == target:
        return value
    if target == "string":
        return string(value)
    if target == "untypedAtomic":
        return Untyped(string(value))
    textual = isinstance(value, str)
    if target in INTEGERS:
        return _to_integer(value, target, textual)
    if target == "decimal":
        return _to_decimal(value, textual)
    if target in ("double", "float"):
        return _to_double(value, target, textual)
    if target == "boolean":
        if textual:
            text = value.strip(SPACE)
            if text in ("true", "1", "false", "0"):
                return text in ("true", "1")
            raise _bad(value, target)
        if is_number(value):
            return value != 0 and not (isinstance(value, float) and math.isnan(value))
    elif target == "anyURI":
        if textual:
            return AnyURI(collapsed(value))
    elif target in STRINGS:
        from recto.taxonomy.values import check_built_in

        text = string(value)
        text = replaced(text) if target == "normalizedString" else collapsed(text)
        if target != "NOTATION" and check_built_in(target, text) is not None:
            raise _bad(value, target)
        return text
    elif target in _TEMPORAL:
        if textual:
            return Temporal.parse(target, value)
        if isinstance(value, Temporal):
            if target == "dateTime" and source == "date":
                return Temporal("dateTime", value.value, value.zone)
            if target == "date" and source == "dateTime":
                return Temporal("date", value.value.replace(hour=0, minute=0, second=0, microsecond=0), value.zone)
            if target == "time" and source == "dateTime":
                return Temporal("time", value.value.replace(year=1970, month=1, day=1), value.zone)
    elif target in _DURATIONS:
        if textual:
            return Duration.parse(target, value)
        if isinstance(value, Duration):
            months = 0 if target == "dayTimeDuration" else value.months
            return Duration(target, months, Decimal(0) if target == "yearMonthDuration" else value.seconds)
    elif target in _PARTIAL:
        if textual:
            from recto.taxonomy.values import check_built_in

            text = value.strip(SPACE)
            if check_built_in(target, text) is not None:
                raise _bad(value, target)
            return Partial(target, text)
        if target in _BINARY and source in _BINARY:
            octets = bytes.fromhex(value.text) if source == "hexBinary" else b64decode(value.text)
            return Partial(target, octets.hex() if target == "hexBinary" else b64encode(octets).decode())
        if isinstance(value, Temporal) and value.kind != "time":
            day = f"{value.value.year:04}-{value.value.month:02}-{value.value.day:02}"
            cut = {"gYear": day[:4], "gYearMonth": day[:7], "gMonth": f"--{day[5:7]}", "gMonthDay": f"-{day[4:]}"}
            return Partial(target, cut.get(target, f"---{day[8:]}") + zone_text(value.zone))
    elif target not in TYPES:
        raise XPathError("XPST0051", f"there is no atomic type xs:{target}")
    raise XPathError("XPTY0004", f"an xs:{source} cannot be cast to xs:{target}")


def _to_integer(value: Any, target: str, textual: bool) -> int:
    if textual:
        text = value.strip(SPACE)
        if _INTEGER.fullmatch(text) is None or len(text) > MOST_BITS // 4:
            raise _bad(value, target)
        number = integer(text)
    elif isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            raise XPathError("FOCA0002", f"{double_text(value)} is no whole number")
        number = int(value)
    elif isinstance(value, (int, Decimal)):
        if isinstance(value, Decimal) and value.adjusted() > MOST_BITS // 4:
            raise XPathError("FOCA0003", "the whole number is too long")
        number = int(value)
    else:
        raise XPathError("XPTY0004", f"an xs:{type_name(value)} cannot be cast to xs:{target}")
    least, most = INTEGERS[target]
    if (least is not None and number < least) or (most is not None and number > most):
        raise _bad(value, target)
    return number


def _to_decimal(value: Any, textual: bool) -> Decimal:
    if textual:
        text = value.strip(SPACE)
        if DECIMAL.fullmatch(text) is None:
            raise _bad(value, "decimal")
        return Decimal(text)
    if isinstance(value, float):
        if math.isnan(value) or math.isinf(value):
            raise XPathError("FOCA0002", f"{double_text(value)} is no decimal number")
        return Decimal(repr(float(value)))
    if isinstance(value, (int, Decimal)):
        return Decimal(int(value) if type(value) is bool else value)
    raise XPathError("XPTY0004", f"an xs:{type_name(value)} cannot be cast to xs:decimal")


def _to_double(value: Any, target: str, textual: bool) -> float:
    if textual:
        text = value.strip(SPACE)
        if _DOUBLE.fullmatch(text) is None:
            raise _bad(value, target)
        number = float(text.replace("INF", "inf"))
    elif isinstance(value, (int, Decimal, float)):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf if value > 0 else -math.inf
    else:
        raise XPathError("XPTY0004", f"an xs:{type_name(value)} cannot be cast to xs:{target}")
    return narrowed(number) if target == "float" else number


_PRIMITIVE = frozenset(("string", "boolean", "double", "float", "QName", "anyURI", "untypedAtomic"))


def derives(name: str, target: str) -> bool:
    """Whether an atomic type is another or derives from it, both by local name."""
    if target in (name, "anyAtomicType"):
        return True
    if target == "decimal":
        return name in INTEGERS
    if target == "duration":
        return name in _DURATIONS
    if target == "numeric":
        return name in INTEGERS or name in ("decimal", "double", "float")
    return target == "integer" and name in INTEGERS


def is_instance(value: Any, target: str) -> bool:
    """Whether an atomic value is of a type by local name. Types that restrict another take any value that fits."""
    if derives(type_name(value), target):
        return True
    if target in INTEGERS and type(value) is int:
        least, most = INTEGERS[target]
        return (least is None or value >= least) and (most is None or value <= most)
    if target in STRINGS and type(value) is str:
        from recto.taxonomy.values import check_built_in

        return check_built_in(target, value) is None
    return False


# Comparison


def _mismatch(left: Any, right: Any) -> XPathError:
    return XPathError("XPTY0004", f"an xs:{type_name(left)} and an xs:{type_name(right)} cannot be compared")


def promoted(numbers: list[Any]) -> list[Any]:
    """Numbers as the widest type among them (XPath 2.0, B.1): xs:double, xs:float, or as they are."""
    kinds = set(map(type, numbers))
    if float in kinds:
        return [_to_double(each, "double", False) for each in numbers]
    return [_to_double(each, "float", False) for each in numbers] if Float in kinds else numbers


def compare(left: Any, right: Any, operator: str) -> bool:
    """A value comparison of two atomic values (XPath 2.0, 3.5.1); untyped ones count as text."""
    if isinstance(left, str) and isinstance(right, str):
        left, right = str(left), str(right)
    elif is_number(left) and is_number(right):
        left, right = promoted([left, right])
    elif (isinstance(left, bool) and isinstance(right, bool)) or (
        isinstance(left, Temporal) and isinstance(right, Temporal) and left.kind == right.kind
    ):
        pass
    elif isinstance(left, Duration) and isinstance(right, Duration):
        if operator not in ("eq", "ne") and (left.kind != right.kind or left.kind == "duration"):
            raise _mismatch(left, right)
    elif (isinstance(left, QNameValue) and isinstance(right, QNameValue)) or (
        isinstance(left, Partial) and isinstance(right, Partial) and left.kind == right.kind
    ):
        if operator not in ("eq", "ne"):
            raise _mismatch(left, right)
    else:
        raise _mismatch(left, right)
    if operator == "eq":
        return left == right  # type: ignore[no-any-return]
    if operator == "ne":
        return left != right  # type: ignore[no-any-return]
    if operator == "lt":
        return left < right  # type: ignore[no-any-return]
    if operator == "le":
        return left <= right  # type: ignore[no-any-return]
    if operator == "gt":
        return right < left  # type: ignore[no-any-return]
    return right <= left  # type: ignore[no-any-return]


def compare_general(left: Any, right: Any, operator: str) -> bool:
    """One pair of a general comparison: untyped values are cast to the other's type (XPath 2.0, 3.5.2)."""
    if type(left) is Untyped:
        if type(right) is not Untyped:
            left = cast(left, _target(right))
    elif type(right) is Untyped:
        right = cast(right, _target(left))
    return compare(left, right, operator)


def _target(other: Any) -> str:
    if is_number(other):
        return "double"
    if isinstance(other, str):
        return "string"
    name = type_name(other)
    if name == "QName":
        raise XPathError("XPTY0004", "untyped text cannot be compared to a name")
    return name


__all__ = [
    "EMPTY",
    "XSD",
    "Untyped",
    "Value",
    "atomize",
    "boolean",
    "cast",
    "compare",
    "compare_general",
    "items",
]
