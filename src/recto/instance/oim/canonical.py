"""Canonical lexical forms, which the feature `xbrl:canonicalValues` promises (XML Schema 1.0 Part 2; xBRL-JSON 1.0)."""

from __future__ import annotations

import re
from typing import Final

from recto.patterns import lazy
from recto.xsd import INTEGERS

_ZONE: Final = "Z?"
_TIME: Final = r"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d*[1-9])?"
_DATE: Final = r"-?\d{4,}-\d\d-\d\d"
_FLOAT: Final = r"-?[1-9]\.(?:\d*[1-9]|0)E(?:-?[1-9]\d*|0)|-?0\.0E0|-?INF|NaN"
_FORMS: Final = {
    "boolean": "true|false",
    "decimal": r"-?(?:[1-9]\d*|0)\.(?:\d*[1-9]|0)",
    "float": _FLOAT,
    "double": _FLOAT,
    "date": _DATE + _ZONE,
    "time": _TIME + _ZONE,
    "dateTime": f"{_DATE}T{_TIME}{_ZONE}",
    "hexBinary": "(?:[0-9A-F]{2})*",
    "language": "[a-z]{1,8}(?:-[a-z0-9]{1,8})*",
}
_PATTERNS: Final = {name: re.compile(form, re.ASCII) for name, form in _FORMS.items()}
_INTEGER: Final = lazy(r"-?[1-9]\d*|0", re.ASCII)


def is_canonical(base: str, text: str) -> bool:
    """Whether a valid value of the built-in type `base` is written in its canonical form."""
    pattern = _INTEGER if base in INTEGERS else _PATTERNS.get(base)
    return pattern is None or (pattern.fullmatch(text) is not None and text != "-0.0")
