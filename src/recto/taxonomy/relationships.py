"""The effective relationships of a DTS, network by network, each made once (XBRL 2.1, 3.5.3.9.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from recto.names import ARC_DIMENSION_DEFAULT, QName
from recto.taxonomy.basesets import BaseSets, Group
from recto.taxonomy.concepts import ConceptTable
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.locators import UNKNOWN, Locators
from recto.taxonomy.model import Concept
from recto.taxonomy.networks import Arc, ArcInfo, ConceptNetwork, effective, relationship

_ARC_PROHIBITABLE = 4


class Relationships:
    """Arcs with their ends resolved, and the networks of concepts that stay of them.

    Any number of threads may ask: what two of them make at once is equal, and the first stays.
    """

    def __init__(self, base_sets: BaseSets, locators: Locators, concepts: ConceptTable):
        self._base_sets = base_sets
        self._locators = locators
        self._concepts = concepts
        self._infos: dict[Any, ArcInfo] = {}
        self._networks: dict[tuple[str, str, QName | None, QName | None], ConceptNetwork] = {}
        self._roles: dict[str, tuple[str, ...]] = {}
        self._defaults: dict[Concept, Concept] | None = None

    def roles(self, arcrole: str) -> Sequence[str]:
        known = self._roles.get(arcrole)
        if known is None:
            by_role = self._base_sets.groups.get(arcrole, {})
            known = tuple(role for role, groups in by_role.items() if self._has_arcs(arcrole, role, groups))
            self._roles[arcrole] = known
        return known

    def _has_arcs(self, arcrole: str, role: str, groups: Sequence[Group]) -> bool:
        if any(document.compiled.links[link][4][nth][_ARC_PROHIBITABLE] for document, link, nth in groups):
            return bool(self.arcs(arcrole, role))
        return next(self._arcs(groups, role, None, None, set()), None) is not None

    def arcs(self, arcrole: str, role: str, *, link: str | None = None, arc: str | None = None) -> list[Arc[Any]]:
        """The effective arcs whatever they connect: concepts, resources, role types (see `Anchor`)."""
        return effective(self._arcs(self._base_sets.of(arcrole, role), role, link, arc, set()))

    def network(
        self, arcrole: str, role: str, *, link: QName | None = None, arc: QName | None = None
    ) -> ConceptNetwork:
        key = (arcrole, role, link, arc)
        network = self._networks.get(key)
        if network is None:
            groups = self._base_sets.of(arcrole, role)
            dangling: set[Concept] = set()
            arcs = effective(
                self._arcs(groups, role, link.clark if link else None, arc.clark if arc else None, dangling)
            )
            made = ConceptNetwork(
                arcrole,
                role,
                tuple([relationship(each) for each in arcs if type(each[0]) is Concept and type(each[1]) is Concept]),
                frozenset(dangling),
            )
            network = self._networks.setdefault(key, made)
        return network

    def _arcs(
        self,
        groups: Sequence[Group],
        role: str,
        link_name: str | None,
        arc_name: str | None,
        dangling: set[Concept],
    ) -> Iterator[Arc[Any]]:
        """`dangling` gets the concepts to which an arc leads whose locator of the source leads nowhere."""
        for document, at, nth in groups:
            ends = self._locators.ends(document)
            compiled = document.compiled
            name, _, _, _, own_groups = compiled.links[at]
            _, arc, first, count, _ = own_groups[nth]
            if (link_name is not None and link_name != name) or (arc_name is not None and arc_name != arc):
                continue
            sequence = document.ordinal
            for number, (source, target, variant, line) in enumerate(compiled.rows(first, count), first):
                start = ends[source]
                if start is UNKNOWN:
                    start = ends[source] = self._locators.node_target(document, source)
                end = ends[target]
                if end is UNKNOWN:
                    end = ends[target] = self._locators.node_target(document, target)
                if start is not None and end is not None:
                    info = document.variants.get(variant) or self.info(document, variant)
                    yield Arc(start, end, info, name, role, document, line, (sequence, number))
                elif start is None and type(end) is Concept:
                    dangling.add(end)

    def info(self, document: LoadedDocument, ordinal: int) -> ArcInfo:
        """What arcs of a variant have in common."""
        variant = document.compiled.variant(ordinal)
        info = self._infos.get(variant)
        if info is None:
            info = self._infos.setdefault(variant, ArcInfo(variant, self._concepts.typed_value))
        document.variants[ordinal] = info
        return info

    def default_member(self, axis: Concept) -> Concept | None:
        if self._defaults is None:
            found: dict[Concept, Concept] = {}
            for role in self._base_sets.groups.get(ARC_DIMENSION_DEFAULT, ()):
                for each in self.network(ARC_DIMENSION_DEFAULT, role).relationships:
                    found.setdefault(each.source, each.target)
            self._defaults = found
        return self._defaults.get(axis)


__all__ = ["Relationships"]
