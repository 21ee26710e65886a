"""Labels and references of a DTS together with those of its companions, which stand beside it (rendering.md 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from recto.findings import Findings
from recto.names import ROLE_LABEL
from recto.taxonomy.discovery import Discovery, LoadedDocument, settle_links
from recto.taxonomy.labels import DEFAULT_LANGUAGES
from recto.taxonomy.resources import Resources
from recto.uncollected import uncollected

if TYPE_CHECKING:
    from recto.taxonomy.model import Concept, Label, Reference
    from recto.taxonomy.networks import Anchor, ArcInfo


class _Taxonomy(Protocol):
    """What this module needs of a DTS."""

    @property
    def discovery(self) -> Discovery: ...
    @property
    def resources(self) -> Resources: ...
    def settle(self) -> None: ...
    def info(self, document: LoadedDocument, ordinal: int) -> ArcInfo: ...
    def end(self, document: LoadedDocument, part: int, fragment: str | int) -> Any: ...


class Documentation:
    """What standard concepts mean: labels and references of a DTS and of companion linkbases that are not part of it.

    Documentation and references of standard concepts stand in linkbases that no schema refers to. They are loaded
    here, beside the DTS, which stays what it is; so do labels and references that the DTS has itself. Any number of
    threads may ask.
    """

    def __init__(self, taxonomy: _Taxonomy, urls: Sequence[str]):
        self.urls = tuple(urls)
        """The companions."""
        self.findings = Findings()
        """What loading them met, as information only: no filing is at fault for it."""
        self._taxonomy = taxonomy
        failures = Findings()
        discovery = taxonomy.discovery.beside(failures)
        self.members: Sequence[LoadedDocument] = tuple(discovery.load(urls, add_on=True))
        """The documents that were loaded; none of them counts as part of the DTS."""
        self._order = discovery.order
        self._discovery = discovery
        for failure in failures:
            self.findings.found(
                "info:unableToAddOnLinkbase", document=failure.document, line=failure.line, reason=failure.message
            )
        self._lock = RLock()
        self._resources = Resources(self)
        self._settled = False

    def __del__(self) -> None:
        for document in getattr(self, "members", ()):
            document.release()

    def labels(self, concept: Concept) -> Sequence[Label]:
        """Effective labels over all link roles by descending arc priority, then document order."""
        return self._resources.labels(concept)

    def label(
        self,
        concept: Concept,
        role: str = ROLE_LABEL,
        languages: Sequence[str] = DEFAULT_LANGUAGES,
        link_role: str | None = None,
    ) -> str | None:
        """The text chosen by rendering.md 1.5, untrimmed; None where there is none in that role."""
        return self._resources.label(concept, role, languages, link_role)

    def references(self, concept: Concept) -> Sequence[Reference]:
        """Effective references, sorted by arc line."""
        return self._resources.references(concept)

    # What `Resources` asks

    def settle(self) -> None:
        if self._settled:
            return
        with self._lock:
            if not self._settled:
                self._taxonomy.settle()
                self._resources.include_all(self._taxonomy.resources)
                with uncollected():
                    for document in self.members:
                        if document.compiled.first_link is not None:
                            _, labelling = settle_links(document, self._discovery)
                            self._resources.include(document, labelling)
                self._settled = True

    def info(self, document: LoadedDocument, ordinal: int) -> ArcInfo:
        return self._taxonomy.info(document, ordinal)

    def node_target(self, document: LoadedDocument, node: int) -> Any:
        part, fragment, _ = document.compiled.node(node)
        return self._taxonomy.end(document, part, fragment)

    def document_of(self, anchor: Anchor) -> LoadedDocument:
        return self._order[anchor.document]

    def document_number(self, ordinal: int) -> LoadedDocument | None:
        return self._order[ordinal] if ordinal < len(self._order) else None


__all__ = ["Documentation"]
