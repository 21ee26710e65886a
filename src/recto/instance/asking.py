"""What facts and instances are asked, and who answers (`recto.instance.home`): the model itself finds nothing out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from msgspec import Struct

if TYPE_CHECKING:
    from recto.fiscal import Calendar
    from recto.taxonomy.model import Concept, Described, Reference


class Place(Struct, frozen=True):
    """Where something stands in the filing."""

    document: str
    """URL of the document."""
    line: int
    """From 1; 0 where the syntax has no lines."""
    id: str | None = None
    """Its id attribute."""
    xpath: str | None = None
    """A path that leads to its element; None where the syntax has no elements."""

    @property
    def name(self) -> str:
        """The document's file name."""
        return self.document.rpartition("/")[2]

    @property
    def url(self) -> str:
        """The document's URL, with the id where there is one."""
        return f"{self.document}#{self.id}" if self.id else self.document

    def __str__(self) -> str:
        where = f"{self.name}:{self.line}" if self.line else self.name
        return f"{where} #{self.id}" if self.id else where


class Answers(Protocol):
    """Answers for an instance and its facts; `recto.instance.home.Home` says what each answer is."""

    instance: Any
    """Whose it is; None until there is one."""
    filing: Any
    """Of the instance (`recto.instance.home.Filing`); None where it was read by itself."""

    @property
    def described(self) -> Described: ...
    @property
    def namer(self) -> Any:
        """A `recto.instance.naming.Namer`."""

    @property
    def calendar(self) -> Calendar: ...
    @property
    def ends(self) -> frozenset[Any]: ...
    def references(self, concept: Concept | None) -> Sequence[Reference]: ...
    def label(self, concept: Concept | None, role: str | None, language: str | None) -> str | None: ...
    def name(self, fact: Any) -> str: ...
    def place(self, fact: Any) -> Place: ...
    def pages(self, fact: Any) -> tuple[str, ...]: ...
