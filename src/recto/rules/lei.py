"""Legal Entity Identifiers (ISO 17442)."""

from __future__ import annotations

from typing import Final

from recto.patterns import lazy

SCHEME: Final = "http://standards.iso.org/iso/17442"
_FORM: Final = lazy(r"[0-9A-Z]{18}[0-9]{2}")
_LETTERS: Final = lazy(r"[0-9A-Z]{20}")


def has_check_digits(text: str) -> bool:
    """Whether a text has the form of an LEI, check digits included, be they right or not."""
    return _FORM.fullmatch(text) is not None


def is_lei_form(text: str) -> bool:
    """Whether a text has as many letters and digits as an LEI, be the last two digits or not."""
    return _LETTERS.fullmatch(text) is not None


def is_lei(text: str) -> bool:
    """Whether a text is an LEI whose check digits are right (ISO 7064, MOD 97-10)."""
    return has_check_digits(text) and int("".join(str(int(each, 36)) for each in text)) % 97 == 1
