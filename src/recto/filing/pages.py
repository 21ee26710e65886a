"""Pages laid out from a filing: as grids, for whoever explains them, or only for what rules find in them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from recto.filed import Filed
from recto.filing.outcomes import drawn_tables
from recto.findings import Finding, Findings

if TYPE_CHECKING:
    from recto.findings.observed import Observed
    from recto.rendering.model import RenderedFiling, Report
    from recto.rendering.recorder import Recorder
    from recto.taxonomy.store import Store


class Laid(Filed, Protocol):
    """What is needed of a filing beyond what other rooms ask of it."""

    progress: Callable[[int, int, str], None] | None

    @property
    def languages(self) -> tuple[str, ...]: ...


def lay_out(filing: Laid, recorder: Recorder | None, store: Store | None) -> RenderedFiling:
    """All pages, each with a desk that lends it frames and files."""
    from recto.desk import PageDesk
    from recto.rendering import render_reports
    from recto.rules.efm.pages import judge

    rendered = render_reports(
        filing.instances,
        resolver=filing.source.resolver,
        findings=filing.findings,
        progress=filing.progress,
        recorder=recorder,
        languages=filing.languages,
        regime=filing.regime,
        store=store,
        tables=lambda instance: drawn_tables(filing, instance),
        judge=judge,
    )
    desk = PageDesk()
    for report in rendered.reports:
        report.desk = desk
    return rendered


def met_in_layout(filing: Laid, store: Store | None) -> tuple[Finding, ...]:
    """What rules about pages find, for which no page need be drawn (EDGAR Filer Manual, 6.24 to 6.26)."""
    from recto.rendering import render_reports
    from recto.rules.efm.pages import judge

    found: list[Finding] = []

    def told(met: Observed) -> Finding | None:
        finding = judge(met)
        if finding is not None:
            found.append(finding)
        return finding

    render_reports(
        filing.instances, languages=filing.languages, regime=filing.regime, store=store, judge=told, drawn=False
    )
    return tuple(Findings(found))


def folder_index(filing: Laid, reports: Sequence[Report], downloads: Sequence[str]) -> Mapping[str, bytes]:
    """The viewer of a folder of pages, and the documents beside it."""
    from recto.viewer import Description
    from recto.viewer.bundle import FOLDER_KINDS, plain_page

    description = Description(filing, kinds=FOLDER_KINDS, validate=False, raw=True, reports=reports, whole=sys.maxsize)
    page = plain_page(description, downloads=downloads)
    return {**page.files, "index.html": page.html}
