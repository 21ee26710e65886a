"""What rooms that a `recto.Filing` calls may ask of it: a protocol, so that none needs the facade above it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from recto.findings import Finding, Findings
    from recto.formula.evaluate import Outcomes
    from recto.instance.model import Fact, Instance
    from recto.regimes import Regime
    from recto.rendering.model import RenderedFiling, Report
    from recto.sources import FilingSource
    from recto.tablelinkbase.tables import TableOutcomes
    from recto.taxonomy.model import Described, Taxonomy


class Filed(Protocol):
    """An opened filing. What is asked for is made once, and any number of threads may ask."""

    source: FilingSource
    parameters: Mapping[str, str]

    @property
    def name(self) -> str: ...
    @property
    def named_regime(self) -> Regime | None: ...
    @property
    def regime(self) -> Regime: ...
    @property
    def instances(self) -> tuple[Instance, ...]: ...
    @property
    def facts(self) -> Sequence[Fact]: ...
    @property
    def taxonomy(self) -> Taxonomy: ...
    @property
    def documentation(self) -> Described: ...
    @property
    def findings(self) -> Findings: ...
    @property
    def rendered(self) -> RenderedFiling: ...
    @property
    def reports(self) -> list[Report]: ...
    @property
    def met_in_layout(self) -> Sequence[Finding]: ...
    @property
    def explainer(self) -> Any: ...
    def report(self, page: str | int) -> Report: ...
    def formula_outcomes(
        self,
        instance: int = 0,
        *,
        only: Collection[str] = (),
        languages: Sequence[str] = (),
        instances: Mapping[str, Instance] | None = None,
    ) -> Outcomes: ...
    def table_outcomes(self, instance: int = 0) -> TableOutcomes: ...
    def validate(self, rules: Iterable[str] | None = None) -> Iterator[Finding]: ...
