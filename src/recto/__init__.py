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
    "Cell": "recto.rendering.model",
    "Change": "recto.comparison",
    "Column": "recto.rendering.model",
    "Concept": "recto.taxonomy.model",
    "Context": "recto.instance.model",
    "Fact": "recto.instance.model",
    "Filing": "recto.filing",
    "Finding": "recto.findings",
    "Findings": "recto.findings",
    "Footnote": "recto.instance.model",
    "Instance": "recto.instance.model",
    "Lake": "recto.lake",
    "NotFoundError": "recto.errors",
    "Period": "recto.instance.model",
    "QName": "recto.names",
    "RectoError": "recto.errors",
    "Report": "recto.rendering.model",
    "Row": "recto.rendering.model",
    "SourceError": "recto.errors",
    "Taxonomy": "recto.taxonomy.model",
    "TypedMember": "recto.instance.model",
    "Unit": "recto.instance.model",
    "UnsafeInputError": "recto.errors",
    "UsageError": "recto.errors",
    "XMLError": "recto.errors",
    "compare": "recto.comparison",
    "filings": "recto.sources.listing",
    "ingest": "recto.lake",
    "open": "recto.filing",
}
"""Public name → the module that defines it."""

__all__ = [
    "Cell",
    "Column",
    "Concept",
    "Context",
    "Fact",
    "Filing",
    "Finding",
    "Findings",
    "Footnote",
    "Instance",
    "Lake",
    "NotFoundError",
    "Period",
    "QName",
    "RectoError",
    "Report",
    "Row",
    "SourceError",
    "Taxonomy",
    "TypedMember",
    "Unit",
    "UnsafeInputError",
    "UsageError",
    "XMLError",
    "__version__",
    "filings",
    "ingest",
    "open",
]

if TYPE_CHECKING:
    from recto.errors import NotFoundError, RectoError, SourceError, UnsafeInputError, UsageError, XMLError
    from recto.filing import Filing, open
    from recto.findings import Finding, Findings
    from recto.instance.model import Context, Fact, Footnote, Instance, Period, TypedMember, Unit
    from recto.lake import Lake, ingest
    from recto.names import QName
    from recto.rendering.model import Cell, Column, Report, Row
    from recto.sources.listing import filings
    from recto.taxonomy.model import Concept, Taxonomy

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
