"""Taxonomies: discovery of a DTS, concepts, types, networks, labels, references; and their compiled form on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from recto.taxonomy.loading import load


def __getattr__(name: str) -> Any:
    """`load` is imported when it is first used: records and networks alone need no discovery."""
    if name == "load":
        from recto.taxonomy.loading import load

        return load
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


__all__ = ["load"]
