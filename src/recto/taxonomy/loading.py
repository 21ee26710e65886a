"""Loading a DTS from its starting points."""

from __future__ import annotations

from collections.abc import Sequence

from recto.findings import Findings
from recto.taxonomy.discovery import Discovery, Progress, ResolverLike, StoreLike
from recto.taxonomy.dts import DTS
from recto.uncollected import uncollected


def load(
    urls: Sequence[str],
    resolver: ResolverLike,
    *,
    store: StoreLike | None = None,
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
    findings = findings if findings is not None else Findings()
    discovery = Discovery(resolver, findings, store=store, progress=progress, keep_trees=keep_trees)
    dts = DTS(discovery, findings)
    with uncollected():
        dts.include(discovery.load(urls))
    return dts
