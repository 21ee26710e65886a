"""XML Schema's built-in types by name, and its white space (XML Schema 1.0, part 2, 3.2, 3.3 and 4.3.6)."""

from __future__ import annotations

import re
from typing import Final

SPACE: Final = " \t\r\n"
"""What XML calls white space: no other blank of Unicode is any."""
DERIVED: Final = {
    "anySimpleType": "anyType",
    "normalizedString": "string",
    "token": "normalizedString",
    "language": "token",
    "NMTOKEN": "token",
    "Name": "token",
    "NCName": "Name",
    "ID": "NCName",
    "IDREF": "NCName",
    "ENTITY": "NCName",
    "integer": "decimal",
    "nonPositiveInteger": "integer",
    "negativeInteger": "nonPositiveInteger",
    "long": "integer",
    "int": "long",
    "short": "int",
    "byte": "short",
    "nonNegativeInteger": "integer",
    "unsignedLong": "nonNegativeInteger",
    "unsignedInt": "unsignedLong",
    "unsignedShort": "unsignedInt",
    "unsignedByte": "unsignedShort",
    "positiveInteger": "nonNegativeInteger",
}
"""Built-in types that are derived, and from which."""
LISTS: Final = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}
"""Built-in lists and their items."""
BOUNDS: Final[dict[str, tuple[int | None, int | None]]] = {
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
"""Least and greatest value of what derives from integer; None where there is none."""
INTEGERS: Final = frozenset(("integer", *BOUNDS))
DECIMALS: Final = INTEGERS | {"decimal"}
"""decimal and what derives from it."""
NUMBERS: Final = DECIMALS | {"float", "double"}
STRINGS: Final = frozenset(
    ("string", "normalizedString", "token", "language", "NMTOKEN", "Name", "NCName", "ID", "IDREF", "ENTITY")
)
"""string and what derives from it."""
TEMPORAL: Final = frozenset(("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"))

_RUN: Final = re.compile(f"[{SPACE}]+")
_TO_BLANKS: Final = str.maketrans("\t\r\n", "   ")


def replaced(text: str) -> str:
    """As the facet whiteSpace `replace` says: each tab and line break a blank."""
    return text.translate(_TO_BLANKS)


def collapsed(text: str) -> str:
    """As the facet whiteSpace `collapse` says: runs of white space one blank, none at the ends."""
    text = text.strip(SPACE)
    return _RUN.sub(" ", text) if " " in text or "\n" in text or "\t" in text or "\r" in text else text


def items(text: str) -> list[str]:
    """The items of a list."""
    return [item for item in _RUN.split(text) if item]
