"""Codes of The units registry."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "The units registry"
CODES: Final[Codes] = {
    "utre:error-NumericFactUtrInvalid": (
        "error",
        "Units Registry 1.0, 3",
        "its type is (or derives from) {type}, for which the units registry has no {unit}",
    ),
    "utre:registryMissing": (
        "info",
        "Units Registry 1.0",
        "Units were not checked, for the units registry is not to be had: {reason}.",
    ),
}
