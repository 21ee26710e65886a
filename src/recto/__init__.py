"""recto: read an XBRL filing, lay out its report pages as the SEC does, and use its facts exactly.

    import recto

    with recto.open("aapl-20250329.htm", taxonomies=["taxonomies/"]) as filing:
        for report in filing.reports:
            print(report.title)
        filing.render("pages/")

All names in `__all__` are public; a module or name with a leading underscore is not. Names are imported when they are
first used, so that `import recto` itself costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

_HOMES = {
    "AssertionResult": "recto.formula.evaluate",
    "Block": "recto.prose",
    "Calculation": "recto.trees",
    "CalculationCell": "recto.trees.calculation",
    "CalculationLine": "recto.trees.calculation",
    "Cell": "recto.rendering.model",
    "Change": "recto.comparison",
    "Column": "recto.rendering.model",
    "Comparison": "recto.comparison",
    "Concept": "recto.taxonomy.model",
    "ConceptEntry": "recto.trees",
    "Concepts": "recto.trees",
    "Context": "recto.instance.model",
    "Coverage": "recto.coverage",
    "DataType": "recto.taxonomy.model",
    "Decision": "recto.explain",
    "Described": "recto.taxonomy.model",
    "Dimension": "recto.trees",
    "DimensionMember": "recto.trees",
    "Dimensions": "recto.trees",
    "Explainer": "recto.explain",
    "Fact": "recto.instance.model",
    "Facts": "recto.select",
    "Filing": "recto.filing.facade",
    "FilingIndicator": "recto.instance.filing_indicators",
    "Finding": "recto.findings",
    "Findings": "recto.findings",
    "FiscalPeriod": "recto.fiscal",
    "Footnote": "recto.instance.model",
    "Heading": "recto.rendering.model",
    "Instance": "recto.instance.model",
    "Label": "recto.taxonomy.model",
    "Lake": "recto.lake",
    "ListedFiling": "recto.edgar.listed",
    "Network": "recto.taxonomy.model",
    "NotFoundError": "recto.errors",
    "Outcome": "recto.suites",
    "Outcomes": "recto.formula.evaluate",
    "Panel": "recto.rendering.model",
    "Period": "recto.instance.model",
    "Place": "recto.instance.asking",
    "Presentation": "recto.trees",
    "PresentationLine": "recto.trees.presentation",
    "QName": "recto.names",
    "ReadFact": "recto.rendering.reading",
    "ReadPage": "recto.rendering.reading",
    "RectoError": "recto.errors",
    "Reference": "recto.taxonomy.model",
    "Regime": "recto.regimes",
    "Relationship": "recto.taxonomy.model",
    "RenderedFiling": "recto.rendering.model",
    "Report": "recto.rendering.model",
    "Row": "recto.rendering.model",
    "SourceError": "recto.errors",
    "SuiteResult": "recto.suites",
    "Table": "recto.frames",
    "TableOutcomes": "recto.tablelinkbase.tables",
    "TableSet": "recto.tablelinkbase.model",
    "Taxonomy": "recto.taxonomy.model",
    "TextTable": "recto.prose",
    "TypedMember": "recto.instance.model",
    "Unit": "recto.instance.model",
    "UnsafeInputError": "recto.errors",
    "UsageError": "recto.errors",
    "XMLError": "recto.errors",
    "compare": "recto.comparison",
    "filings": "recto.sources.listing",
    "ingest": "recto.lake",
    "open": "recto.filing.opening",
    "read": "recto.verbs",
    "save": "recto.verbs",
    "suite": "recto.verbs",
    "validate": "recto.verbs",
}
"""Public name → the module that defines it."""

__all__ = [
    "AssertionResult",
    "Block",
    "Calculation",
    "CalculationCell",
    "CalculationLine",
    "Cell",
    "Change",
    "Column",
    "Comparison",
    "Concept",
    "ConceptEntry",
    "Concepts",
    "Context",
    "Coverage",
    "DataType",
    "Decision",
    "Described",
    "Dimension",
    "DimensionMember",
    "Dimensions",
    "Explainer",
    "Fact",
    "Facts",
    "Filing",
    "FilingIndicator",
    "Finding",
    "Findings",
    "FiscalPeriod",
    "Footnote",
    "Heading",
    "Instance",
    "Label",
    "Lake",
    "ListedFiling",
    "Network",
    "NotFoundError",
    "Outcome",
    "Outcomes",
    "Panel",
    "Period",
    "Place",
    "Presentation",
    "PresentationLine",
    "QName",
    "ReadFact",
    "ReadPage",
    "RectoError",
    "Reference",
    "Regime",
    "Relationship",
    "RenderedFiling",
    "Report",
    "Row",
    "SourceError",
    "SuiteResult",
    "Table",
    "TableOutcomes",
    "TableSet",
    "Taxonomy",
    "TextTable",
    "TypedMember",
    "Unit",
    "UnsafeInputError",
    "UsageError",
    "XMLError",
    "__version__",
    "compare",
    "filings",
    "ingest",
    "open",
    "read",
    "save",
    "suite",
    "validate",
]

if TYPE_CHECKING:
    from recto.comparison import Change, Comparison, compare
    from recto.coverage import Coverage
    from recto.edgar.listed import ListedFiling
    from recto.errors import NotFoundError, RectoError, SourceError, UnsafeInputError, UsageError, XMLError
    from recto.explain import Decision, Explainer
    from recto.filing import Filing, open
    from recto.findings import Finding, Findings
    from recto.fiscal import FiscalPeriod
    from recto.formula.evaluate import AssertionResult, Outcomes
    from recto.frames import Table
    from recto.instance.asking import Place
    from recto.instance.filing_indicators import FilingIndicator
    from recto.instance.model import Context, Fact, Footnote, Instance, Period, TypedMember, Unit
    from recto.lake import Lake, ingest
    from recto.names import QName
    from recto.prose import Block, TextTable
    from recto.regimes import Regime
    from recto.rendering.model import Cell, Column, Heading, Panel, RenderedFiling, Report, Row
    from recto.rendering.reading import ReadFact, ReadPage
    from recto.select import Facts
    from recto.sources.listing import filings
    from recto.suites import Outcome, SuiteResult
    from recto.tablelinkbase.model import TableSet
    from recto.tablelinkbase.tables import TableOutcomes
    from recto.taxonomy.model import Concept, DataType, Described, Label, Network, Reference, Relationship, Taxonomy
    from recto.trees import Calculation, ConceptEntry, Concepts, Dimension, DimensionMember, Dimensions, Presentation
    from recto.trees.calculation import CalculationCell, CalculationLine
    from recto.trees.presentation import PresentationLine
    from recto.verbs import read, save, suite, validate

    __version__: str


def __getattr__(name: str) -> object:
    if name == "__version__":
        from recto.version import VERSION

        value: object = VERSION
    elif name in _HOMES:
        value = getattr(import_module(_HOMES[name]), name)
    else:
        raise AttributeError(f"module 'recto' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
