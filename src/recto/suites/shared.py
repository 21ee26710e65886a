"""Compiled documents of a suite, and its taxonomies, whose variations read the same ones again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from recto.taxonomy.binary import StoredDocument
from recto.taxonomy.store import Compile, Store

if TYPE_CHECKING:
    from recto.taxonomy.compiled import CompiledDocument
    from recto.taxonomy.discovery import ResolverLike
    from recto.taxonomy.dts import DTS
    from recto.xml import Document

_MOST_OWN = 4 << 20
"""Bytes of documents of suites that are kept parsed and compiled; then all of them go."""
_MOST_STORED = 500
"""Compiled documents of taxonomies that are kept open; then all of them go."""
_MOST_TAXONOMIES = 4
"""Taxonomies that are kept whole; then the one that was asked for least lately goes."""


class SharedStore(Store):
    """A store that keeps what one process read last. A document that has changed is read anew."""

    def __init__(self, cache_dir: Path):
        super().__init__(cache_dir)
        self._own: dict[str, tuple[bytes, CompiledDocument, Document | None]] = {}
        self._bytes = 0
        self._stored: dict[str, CompiledDocument] = {}
        self._digests: dict[bytes, str] = {}
        """What stamps are of, those of the documents that were asked for."""
        self._taxonomies: dict[tuple[str, ...], tuple[ResolverLike, DTS, dict[str, bytes]]] = {}

    def get(self, url: str, resolver: ResolverLike, compile_: Compile) -> CompiledDocument:
        found = super().get(url, resolver, compile_)
        if isinstance(found, StoredDocument):
            if len(self._stored) >= _MOST_STORED:
                self._stored.clear()
                self._digests.clear()
            self._stored[found.digest] = found
        return found

    def _stamped(self, mark: bytes) -> StoredDocument | None:
        digest = self._digests.get(mark)
        known = self._stored.get(digest) if digest is not None else None
        if isinstance(known, StoredDocument):
            return known
        found = super()._stamped(mark)
        if found is not None:
            self._digests[mark] = found.digest
        return found

    def own(self, url: str, resolver: ResolverLike, compile_: Compile, trees: dict[str, Document]) -> CompiledDocument:
        data = resolver.read(url)
        known = self._own.get(url)
        if known is not None and known[0] == data:
            if known[2] is not None:
                trees[url] = known[2]
            return known[1]
        compiled, sound = compile_(url, data)
        if sound:  # else compiling it tells findings, which are each variation's own
            compiled.complete()
            if self._bytes + len(data) > _MOST_OWN:
                self._own.clear()
                self._bytes = 0
            self._own[url] = data, compiled, trees.get(url)
            self._bytes += len(data)
        return compiled

    def dts(self, urls: Sequence[str], resolver: ResolverLike, make: Callable[[], DTS]) -> DTS:
        key = tuple(urls)
        known = self._taxonomies.pop(key, None)
        if known is None or known[0] is not resolver or any(resolver.read(url) != known[2][url] for url in known[2]):
            made = make()
            if made.discovery.missing:
                return made
            known = resolver, made, {each.url: resolver.read(each.url) for each in made.members if each.local}
            while len(self._taxonomies) >= _MOST_TAXONOMIES:
                del self._taxonomies[next(iter(self._taxonomies))]
        self._taxonomies[key] = known
        return known[1]
