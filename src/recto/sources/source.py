"""An opened source, and what stands around it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from recto.findings import Findings
from recto.sources.classify import Entry
from recto.sources.places import BUILT_IN, BuiltIn, Place
from recto.sources.resolver import Resolver

if TYPE_CHECKING:
    from recto.sources.web import Web

Files = Mapping[str, Callable[[], bytes]]


class FilingSource(Struct):
    """A filing as it was opened: its documents by name, the entries to read, and the resolver that finds all else."""

    name: str
    base_url: str
    """What the URLs of the filing's own documents begin with."""
    resolver: Resolver
    entries: list[Entry]
    files: Files
    findings: Findings = field(default_factory=Findings)
    header: Mapping[str, str] = field(default_factory=dict)
    """What a full submission's header tells: `accession`, `form`, `filed`, `accepted`, `period`, `cik`, `company`."""
    close: Callable[[], None] = lambda: None
    """Gives back open files and connections; what was read stays."""


class LazyWeb:
    """The web, made when first something is fetched: most filings need nothing from it."""

    def __init__(
        self,
        cache_dir: str | os.PathLike[str] | None,
        *,
        offline: bool,
        use_cache: bool,
        identity: str | None,
        trusted_hosts: frozenset[str],
        edgar: str | None = None,
    ):
        self._cache_dir = cache_dir
        self._offline = offline
        self._use_cache = use_cache
        self._identity = identity
        self._trusted_hosts = trusted_hosts
        self._edgar = edgar
        self._web: Web | None = None

    def fetch(self, url: str) -> bytes:
        return self.web.fetch(url)

    def download(self, url: str, path: Path, progress: Callable[[int, int, str], None] | None = None) -> Path:
        return self.web.download(url, path, progress)

    @property
    def web(self) -> Web:
        if self._web is None:
            from recto.sources.web import Web

            self._web = Web(
                self._cache_dir,
                offline=self._offline,
                use_cache=self._use_cache,
                identity=self._identity,
                trusted_hosts=self._trusted_hosts,
                edgar=self._edgar,
            )
        return self._web

    def close(self) -> None:
        if self._web is not None:
            self._web.close()


class Around(Struct):
    """What documents outside the filing are found with, and the findings so far."""

    places: list[Place]
    web: LazyWeb
    findings: Findings

    def resolver(self, own: Sequence[Place], base_url: str) -> Resolver:
        return Resolver([*own, *self.places, BuiltIn(BUILT_IN)], web=self.web, base_url=base_url)
