"""What a transformation is, and how it fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias

from msgspec import Struct

Transform: TypeAlias = Callable[[str], str | None]
"""Takes text without XML white space at its ends; gives the lexical value, or None where the input is not allowed."""


compiled: Callable[[str], re.Pattern[str]] = cache(re.compile)
"""Patterns are compiled when first used: a filing needs two or three of some two hundred."""


class TransformError(ValueError):
    """The text is not valid input of its format (Inline XBRL 1.1, 10.1.1 and 11.1.1: the {value} property).

    `code` is stable; `message` quotes the text and says what the format expects.
    """

    code = "ixte:transformValueError"

    def __init__(self, message: str, *, code: str | None = None):
        super().__init__(message)
        self.message = message
        if code is not None:
            self.code = code


class UnknownTransform(TransformError):
    """No registry known here defines the format (Inline XBRL 1.1, 10.1.2 and 11.1.2: the {format} property)."""

    code = "ixte:invalidTransformation"


class Format(Struct, frozen=True):
    """One entry of a transformation registry.

    `expects` describes the input in a few words; `output` is the type of the result as the registry names it;
    `example` is a valid input with its result.
    """

    name: str
    apply: Transform
    expects: str
    output: str
    example: tuple[str, str]


Registry: TypeAlias = dict[str, Format]


def table(*formats: Format) -> Registry:
    """The formats by name; a name given twice is a mistake in the tables."""
    result = {entry.name: entry for entry in formats}
    if len(result) != len(formats):
        raise ValueError("a format is defined twice")
    return result
