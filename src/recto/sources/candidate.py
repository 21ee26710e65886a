"""A document of a source that may be a report or part of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from msgspec import Struct

from recto.xml import resolve_url

Kind = Literal["xbrl", "inline", "json", "csv", "schema"]
"""What an entry starts from: an instance, inline document set, xBRL-JSON, xBRL-CSV metadata, schema or linkbase."""
REPORTS = ("xbrl", "inline", "json", "csv")
"""The kinds that are reports."""


class Candidate(Struct, frozen=True):
    """A document that may be (part of) an entry."""

    name: str
    url: str
    kind: Kind
    schema_refs: tuple[str, ...] = ()
    linkbase: bool = False
    targets: frozenset[str] = frozenset()
    """Of an inline document: the targets that its references name, "" the default one."""
    read: Callable[[], bytes] | None = None
    """Of a report: what gives its bytes."""

    @property
    def schemas(self) -> tuple[str, ...]:
        """The URLs of the schemas that it refers to, sorted."""
        return tuple(sorted(resolve_url(self.url, reference) for reference in self.schema_refs))
