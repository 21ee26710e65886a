"""What locators lead to: concepts, resources, role types, any element with an id (XBRL 2.1, 3.5.3.7 and 3.5.4)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import RLock
from typing import Any

from recto.errors import RectoError
from recto.findings import Findings
from recto.names import QName
from recto.taxonomy.concepts import ConceptTable
from recto.taxonomy.discovery import LoadedDocument
from recto.taxonomy.members import Members
from recto.taxonomy.model import Concept
from recto.taxonomy.networks import Anchor

UNKNOWN: Any = object()
"""Stands in `Locators.ends` for what was not asked for yet."""


class Locators:
    """Follows locators of a DTS, each once. `settle` has taken in the extended links when it returns."""

    def __init__(self, members: Members, concepts: ConceptTable, settle: Callable[[], None], lock: RLock):
        self._members = members
        self._concepts = concepts
        self._settle = settle
        self._lock = lock

    def resolve(self, document: LoadedDocument, fragment: str) -> Concept | Anchor | None:
        """What a fragment identifies in a document (XBRL 2.1, 3.5.4); None where it leads nowhere."""
        found = document.found
        if fragment in found:
            return found[fragment]  # type: ignore[no-any-return]
        document.compiled.complete()  # so that resources are known by their ids
        target: Concept | Anchor | None
        identified = document.compiled.find_id(fragment)
        if identified is None:
            known = document.compiled.all_ids and "(" not in fragment and fragment != ""
            target = None if known else self._resolve_in_tree(document, fragment)
        elif identified[0] == "element":
            target = self._concepts.declared(document, identified[1])
        else:
            target = _anchor(document, identified[0], identified[1], fragment)
        found[fragment] = target
        return target

    def _resolve_in_tree(self, document: LoadedDocument, fragment: str) -> Concept | Anchor | None:
        """For pointers by position, and ids on what the compiler does not index: looks at the document itself."""
        from recto.taxonomy.pointers import locate

        with self._lock:
            if document.tree is None:
                try:
                    document.tree = self._members.tree(document.url)
                except RectoError:  # built in, or gone since
                    document.tree = False
        if document.tree is False:
            return None
        element = document.tree.find(fragment)
        if element is None:
            return None
        kind, ordinal, name = locate(document.tree, element)
        if kind == "element":
            return self._concepts.named(QName(document.namespace or "", name))
        return _anchor(document, kind, ordinal, fragment)

    def node_target(self, document: LoadedDocument, node: int) -> Concept | Anchor | None:
        """What a locator leads to, or the resource that the node is."""
        self._settle()
        part, fragment, _ = document.compiled.node(node)
        return self.end(document, part, fragment)

    def node_targets(self, document: LoadedDocument) -> Sequence[Concept | Anchor | None]:
        """What each node of the document leads to, in order."""
        self._settle()
        ends = self.ends(document)
        for node, (part, fragment, _) in enumerate(document.compiled.nodes_in_order()):
            if ends[node] is UNKNOWN:
                ends[node] = self.end(document, part, fragment)
        return ends

    def end(self, document: LoadedDocument, part: int, fragment: str | int) -> Concept | Anchor | None:
        """What a node of the document with that part and fragment leads to."""
        if part < 0:
            return Anchor(document.ordinal, "resource", int(fragment))
        target = document.targets[part]
        if target is None:
            return None
        found = target.found.get(fragment)  # type: ignore[arg-type]
        return found if found is not None else self.resolve(target, fragment)  # type: ignore[arg-type]

    def ends(self, document: LoadedDocument) -> list[Any]:
        """What each node of the document leads to, as far as it was asked for. One list for all that ask."""
        ends = document.ends
        if ends is None:
            with self._lock:
                ends = document.ends
                if ends is None:
                    ends = document.ends = [UNKNOWN] * document.compiled.node_count
        return ends

    def check(self, findings: Findings) -> None:
        """Tells which locators of the filing's own documents lead nowhere."""
        for document in self._members.all:
            if not document.local:
                continue
            nodes = document.compiled.nodes_in_order
            for end, (part, fragment, line) in zip(self.node_targets(document), nodes(), strict=True):
                if end is not None:
                    continue
                target = document.targets[part]
                if target is not None and target.compiled.kind != "other":
                    findings.found(
                        "xbrl.3.5.3.7.2", document=document.url, line=line, url=target.url, fragment=fragment
                    )


def _anchor(document: LoadedDocument, kind: str, ordinal: int, fragment: str) -> Anchor:
    """Resources and role types are known by their ordinal, so that all ways to them give equal anchors."""
    return Anchor(document.ordinal, kind, ordinal, "" if kind in ("resource", "role") else fragment)


__all__ = ["UNKNOWN", "Locators"]
