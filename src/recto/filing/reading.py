"""Reading a source: its instances, and the taxonomies they name, each once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from recto.errors import RectoError

if TYPE_CHECKING:
    from recto.instance.model import Instance
    from recto.sources import FilingSource
    from recto.taxonomy.dts import DTS
    from recto.taxonomy.model import Taxonomy
    from recto.taxonomy.store import Store

Progress = Callable[[int, int, str], None]
"""Told, as long work goes on: steps done, steps in all (0 where unknown), and what is at work."""


class Reading:
    """Reads the entries of a source. `store` keeps compiled taxonomies; `progress` is told what is at work."""

    def __init__(self, source: FilingSource, store: Store | None, progress: Progress | None):
        self.source = source
        self.store = store
        self.progress = progress
        self.failures: tuple[RectoError, ...] = ()
        """What became of entries that could not be read."""
        self.keep_trees = False
        """Whether parsed documents of the filing itself are kept, for validation to look at."""
        self._taxonomies: dict[tuple[str, ...], Taxonomy] = {}

    def instances(self) -> tuple[Instance, ...]:
        """Every instance, in the filing's order. Called once, under the filing's lock.

        An entry that cannot be read is one of `failures` where others can. Raises that `RectoError` where none can.
        """
        from recto import instance
        from recto.uncollected import uncollected

        found: list[Instance] = []
        failures: list[RectoError] = []
        for number, entry in enumerate(self.source.entries):
            if self.progress is not None:
                self.progress(number, len(self.source.entries), "reading " + entry.urls[0].rpartition("/")[2])
            try:
                with uncollected():
                    found += instance.load(entry, self.source.resolver, taxonomies=self.taxonomy)
            except RectoError as error:
                failures.append(error)
            except Exception as error:  # one document that recto fails on does not take the others along
                from recto import failures as unforeseen

                told = unforeseen.failure(error, "Reading", entry.urls[0])
                failures.append(RectoError(told.message, code=told.code, document=told.document, line=told.line))
        if failures and not found:
            raise failures[0]
        self.failures = tuple(failures)
        return tuple(found)

    def taxonomy(self, urls: Sequence[str]) -> Taxonomy:
        """The DTS of these starting points; instances of one filing mostly share theirs."""
        from recto import taxonomy

        key = tuple(urls)
        found = self._taxonomies.get(key)
        if found is None:
            report = self.progress
            told = None if report is None else lambda url, count: report(count, 0, f"compiling {url}")

            def make() -> DTS:
                return taxonomy.load(
                    key, self.source.resolver, store=self.store, progress=told, keep_trees=self.keep_trees
                )

            found = make() if self.store is None else self.store.dts(key, self.source.resolver, make)
            self._taxonomies[key] = found
        return found
