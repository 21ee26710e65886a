"""From a URL to bytes, in a fixed order of places."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from typing import Protocol

from recto.errors import NotFoundError, RectoError
from recto.sources.places import Located, Place, Stamp
from recto.xml import normalize_url, split_fragment


class Fetcher(Protocol):
    """The HTTP cache and the web behind it (`recto.sources.web.Web`)."""

    def fetch(self, url: str) -> bytes: ...


class Resolver:
    """Finds the bytes of URLs: in the filing, the given taxonomies, what is built in, the HTTP cache, on the web.

    What was found where is remembered for the life of the resolver, so that asking again costs a dictionary look-up;
    the bytes themselves are not kept. URLs may carry a fragment, which is ignored.
    """

    def __init__(self, places: Iterable[Place] = (), *, web: Fetcher | None = None, base_url: str = ""):
        self.base_url = base_url
        self._places: list[Place] = list(places)
        self._web = web
        self._located: dict[str, Located | None] = {}
        self._canonical: dict[str, str] = {}
        self._by_key: dict[str, str] = {}
        self._fetched: dict[str, bytes | RectoError] = {}

    def add(self, place: Place, *, first: bool = False) -> None:
        """Ask one more place: after the others, or before them."""
        self._places.insert(0 if first else len(self._places), place)
        self._located.clear()
        self._canonical.clear()

    def read(self, url: str) -> bytes:
        """The bytes at `url`. Raises `NotFoundError` where no place has them, `SourceError` where they are damaged."""
        address = normalize_url(split_fragment(url)[0])
        located = self._locate(address)
        if located is not None:
            return located.read()
        return self._fetch(address, keep=False)

    def exists(self, url: str) -> bool:
        """Whether `read` would find something. On the web this fetches."""
        address = normalize_url(split_fragment(url)[0])
        located = self._locate(address)
        if located is not None:
            return not located.refused
        try:
            self._fetch(address, keep=True)
        except RectoError:
            return False
        return True

    def is_local(self, url: str) -> bool:
        """Whether the document belongs to the filing, rather than to a taxonomy that others share."""
        address = normalize_url(split_fragment(url)[0])
        located = self._locate(address)
        if located is not None:
            return located.local
        return bool(self.base_url) and address.startswith(self.base_url)

    def stamp(self, url: str) -> Stamp | None:
        """(path, size, mtime_ns) of the file behind `url`, where it is one, in a package too; a change of the bytes
        changes it.
        """
        located = self._locate(normalize_url(split_fragment(url)[0]))
        return None if located is None else located.stamp

    def resolve(self, url: str) -> str:
        """The one URL of the document at `url`, without fragment.

        URLs that lead to the same file (`http` and `https` in a mirror, a catalog's prefix and the place it is
        rewritten to) have the same: the one that was asked for first.
        """
        canonical = self._canonical.get(url)
        if canonical is None:
            canonical = normalize_url(split_fragment(url)[0])
            located = self._locate(canonical)
            if located is not None:
                canonical = self._by_key.setdefault(located.key, canonical)
            self._canonical[url] = canonical
        return canonical

    def _locate(self, address: str) -> Located | None:
        try:
            return self._located[address]
        except KeyError:
            pass
        located = None
        for place in self._places:
            located = place.find(address)
            if located is not None:
                break
        self._located[address] = located
        return located

    def _fetch(self, address: str, *, keep: bool) -> bytes:
        known = self._fetched.pop(address, None) if not keep else self._fetched.get(address)
        if isinstance(known, RectoError):
            self._fetched[address] = known
            raise copy(known)
        if known is not None:
            return known
        try:
            if self._web is None or not address.startswith(("http://", "https://")):
                raise NotFoundError.of("recto:notFound", document=address, what="document at hand")
            data = self._web.fetch(address)
        except NotFoundError as error:
            self._fetched[address] = copy(error)  # without the traceback, which would hold all that is being made
            raise
        if keep:
            self._fetched[address] = data
        return data
