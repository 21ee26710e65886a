"""Taxonomies: discovery of a DTS, concepts, types, networks, labels, references; and their compiled form on disk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recto.findings import Findings

if TYPE_CHECKING:
    from recto.taxonomy.discovery import Progress, ResolverLike
    from recto.taxonomy.dts import DTS
    from recto.taxonomy.store import Store


def load(
    urls: Sequence[str],
    resolver: ResolverLike,
    *,
    store: Store | None = None,
    findings: Findings | None = None,
    progress: Progress | None = None,
    keep_trees: bool = False,
) -> DTS:
    """Load the DTS that the starting points (URLs of schemas and linkbases, absolute) lead to (XBRL 2.1, 3.2).

    With a `store`, documents that do not belong to the filing are read in compiled form, and compiled where they are
    not there yet; `progress` is called with the URL of each document that has to be compiled. What cannot be read
    becomes a finding; everything else is delivered. `keep_trees`: the parsed documents of the filing itself are kept,
    for validation to look at.
    """
    from recto.taxonomy.discovery import Discovery, uncollected
    from recto.taxonomy.dts import DTS

    findings = findings if findings is not None else Findings()
    discovery = Discovery(resolver, findings, store=store, progress=progress, keep_trees=keep_trees)
    dts = DTS(discovery, findings)
    with uncollected():
        dts.include(discovery.load(urls))
    return dts


__all__ = ["load"]
