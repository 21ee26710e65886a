"""Where the arcs of a DTS stand: its extended links by arcrole and link role (XBRL 2.1, 3.5.3.9.7.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from threading import RLock

from recto.taxonomy.discovery import Discovery, LoadedDocument, settle_links
from recto.taxonomy.resources import Resources
from recto.uncollected import uncollected

Group = tuple[LoadedDocument, int, int]
"""A document, the ordinal of an extended link in it, and of the arcs of one element and arcrole in that."""


class BaseSets:
    """Arcs as they are written, by arcrole and link role, in document order.

    Discovery leaves extended links alone. They are taken in at the first question, once, under `lock`, the DTS's, and
    published last; with them `resources` learns which documents label what.
    """

    def __init__(self, discovery: Discovery, resources: Resources, lock: RLock):
        self._discovery = discovery
        self._resources = resources
        self._lock = lock
        self._groups: dict[str, dict[str, list[Group]]] = {}
        self._unsettled: list[LoadedDocument] = []

    def include(self, document: LoadedDocument) -> None:
        if document.compiled.first_link is not None:
            self._unsettled.append(document)

    def settle(self) -> None:
        """Takes in the extended links; before documents' own records are read."""
        if self._unsettled:
            self._settle()

    def _settle(self) -> None:
        with self._lock, uncollected():
            all_groups = self._groups
            for document in self._unsettled:
                groups, labelling = settle_links(document, self._discovery)
                for arcrole, role, at, nth in groups:
                    by_role = all_groups.get(arcrole)
                    if by_role is None:
                        by_role = all_groups[arcrole] = {}
                    by_role.setdefault(role, []).append((document, at, nth))
                self._resources.include(document, labelling)
            self._unsettled = []

    @property
    def groups(self) -> Mapping[str, Mapping[str, Sequence[Group]]]:
        """arcrole → link role → where its arcs stand."""
        self.settle()
        return self._groups

    def of(self, arcrole: str, role: str) -> Sequence[Group]:
        return self.groups.get(arcrole, {}).get(role, ())

    def all_of(self, arcrole: str) -> Iterator[Group]:
        return chain.from_iterable(self.groups.get(arcrole, {}).values())

    def own_roles(self, arcrole: str) -> list[str]:
        """Link roles that have an arc of the arcrole in a document of the filing itself."""
        groups = self.groups.get(arcrole, {})
        return [role for role, found in groups.items() if any(document.local for document, _, _ in found)]


__all__ = ["BaseSets", "Group"]
