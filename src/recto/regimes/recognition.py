"""Which regime a report belongs to, by what it refers to and reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from recto.regimes.model import Regime
from recto.regimes.table import PLAIN, REGIMES, SEC

if TYPE_CHECKING:
    from recto.instance.model import Instance

_ENTRY: Final = 16
_SCHEME: Final = 16
_FACTS: Final = 8
_REFERRED: Final = 4
_BOUND: Final = 1
"""What each kind of evidence weighs: where the report starts and whom it is about say most, a prefix that is merely
bound says least."""


def recognize(instances: Sequence[Instance], header: Mapping[str, str] | None = None) -> Regime:
    """The regime of a filing's reports; `plain` where nothing speaks for another.

    `header`: of an SGML full submission, which only EDGAR makes.
    """
    if header and (header.get("form") or header.get("accession")):
        return SEC
    scores: dict[str, int] = {}
    for instance in instances:
        for name, weight in _evidence(instance):
            scores[name] = scores.get(name, 0) + weight
        if scores:
            break  # reports of one filing are made for one receiver
    if not scores:
        return PLAIN
    best = max(scores.values())
    return next(each for name, each in REGIMES.items() if scores.get(name) == best)


def _evidence(instance: Instance) -> Iterator[tuple[str, int]]:
    """Each regime that something speaks for, with the weight of it; of each kind of evidence once."""
    yield from _weighed(instance.schema_refs, _ENTRY)
    for scheme in {context.scheme for context in instance.contexts.values()}:
        for regime in REGIMES.values():
            if any(scheme.lower().startswith(own.lower()) for own in regime.schemes):
                yield regime.name, _SCHEME
                break
    yield from _weighed({fact.qname.namespace for fact in instance.facts}, _FACTS)
    yield from _weighed(_referred(instance), _REFERRED)
    yield from _weighed(instance.prefixes.values(), _BOUND)


def _referred(instance: Instance) -> Iterator[str]:
    """URLs of all documents that the DTS leads to, those that were not to be had too, and the schemas' namespaces."""
    yield from instance.taxonomy.namespaces()
    discovery = getattr(instance.taxonomy, "discovery", None)
    if discovery is not None:
        yield from discovery.by_key


def _weighed(urls: Iterable[str], weight: int) -> Iterator[tuple[str, int]]:
    found: dict[str, None] = {}
    seen: set[str] = set()
    for url in urls:
        place = url.partition("://")[2].lower() or url.lower()
        host, _, path = place.partition("/")
        key = host + "/" + path.partition("/")[0]
        if key not in seen:
            seen.add(key)
            regime = _of_host(host, path)
            if regime is not None:
                found[regime.name] = None
    for name in found:
        yield name, weight


def _of_host(host: str, path: str) -> Regime | None:
    for regime in REGIMES.values():
        for own in regime.hosts:
            domain, _, below = own.partition("/")
            if (host == domain or host.endswith("." + domain)) and (not below or path.startswith(below)):
                return regime
    return None
