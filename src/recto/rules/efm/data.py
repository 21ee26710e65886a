"""The tables of the EDGAR Filer Manual that stand beside the rules."""

from __future__ import annotations

from pkgutil import get_data
from typing import TypeVar

import msgspec

T = TypeVar("T")


def table(name: str, kind: type[T]) -> T:
    """The table of that name, as what its JSON holds."""
    data = get_data("recto.rules.efm", f"tables/{name}.json")
    assert data is not None
    return msgspec.json.decode(data, type=kind)
