"""Lexical forms of the built-in types of XML Schema 1.0 (part 2, 3.2 and 3.3)."""

from __future__ import annotations

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

LEXICAL: dict[str, tuple[str, str]] = {
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
        LEXICAL[_name] = LEXICAL[_like]
TEXTS = frozenset(("string", "normalizedString", "token", "anySimpleType", "anyType", ""))
