"""The contexts and units of an instance that is read piece by piece: each is read once and stays."""

from __future__ import annotations

from collections.abc import Callable
from itertools import repeat
from typing import IO, Any

from recto.findings import Findings
from recto.instance.contexts import read_context, read_unit, settled
from recto.instance.model import Context, Unit
from recto.instance.xml import CONTEXT, UNIT
from recto.tables.pieces import Piece, pieces
from recto.taxonomy.model import Taxonomy
from recto.xsd import SPACE

_UNKNOWN = -1
"""Place of a context or unit that was not met yet."""


class Referents:
    """What facts refer to, by place. `taxonomy` and `piece` (the one in hand) are set by who reads the document."""

    def __init__(self, open_document: Callable[[], IO[bytes]], url: str):
        self.url = url
        self.contexts: list[Context] = []
        self.units: list[Unit] = []
        self.findings = Findings()
        self.taxonomy: Taxonomy | None = None
        self.piece: Piece | None = None
        self._open_document = open_document
        self._context_places: dict[str | None, int | None] = {None: None}
        self._unit_places: dict[str | None, int | None] = {None: None}
        self._all_read = False

    def keep(self, element: Any, tag: str) -> None:
        """Reads a context or unit of the piece in hand once."""
        identifier = element.get("id") or ""
        assert self.piece is not None
        document, prefixes = self.piece.document, self.piece.prefixes
        if tag == CONTEXT:
            if identifier not in self._context_places:
                self._context_places[identifier] = len(self.contexts)
                context = read_context(element, document, prefixes, self.findings)
                self.contexts.append(context if self.taxonomy is None else settled(context, self.taxonomy, element))
        elif identifier not in self._unit_places:
            self._unit_places[identifier] = len(self.units)
            self.units.append(read_unit(element, document, prefixes, self.findings))

    def read_ahead(self) -> None:
        """Reads every context and unit of the document, once."""
        if self._all_read:
            return
        self._all_read = True
        in_hand = self.piece
        for piece in pieces(self._open_document, self.url):
            self.piece = piece
            for element in piece.children:
                tag = element.tag
                if tag in (CONTEXT, UNIT):
                    self.keep(element, tag)
        self.piece = in_hand

    def of_contexts(self, references: list[str | None]) -> list[int | None]:
        """Places of contexts in `contexts`; None for one that does not exist anywhere in the document."""
        return self._places(references, self._context_places)

    def of_units(self, references: list[str | None]) -> list[int | None]:
        """The same for units."""
        return self._places(references, self._unit_places)

    def _places(self, references: list[str | None], table: dict[str | None, int | None]) -> list[int | None]:
        places = list(map(table.get, references, repeat(_UNKNOWN)))
        if _UNKNOWN in places:
            self.read_ahead()
            for reference in set(references).difference(table):
                table[reference] = table.get(reference.strip(SPACE)) if reference is not None else None
            places = [table[reference] for reference in references]
        return places
