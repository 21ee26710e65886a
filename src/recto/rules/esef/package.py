"""What a package of a report holds, and where (Reporting Manual, 2.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from recto.errors import RectoError
from recto.sources.classify import classify

if TYPE_CHECKING:
    from recto.filed import Filed

_PAGES: Final = (".xhtml", ".html", ".htm")
_METADATA: Final = "META-INF/taxonomyPackage.xml"


def misplaced(filed: Filed) -> Iterator[str]:
    """Names of reports in a package that are not where software looks for them."""
    if is_package(filed):
        for name in pages_of(filed):
            if not is_report(name) and is_marked(filed, name):
                yield name


def pages_of(filed: Filed) -> list[str]:
    """Names of its pages of XHTML."""
    return [name for name in filed.source.files if name.lower().endswith(_PAGES)]


def is_package(filed: Filed) -> bool:
    """Whether it is a package, of reports or of taxonomies."""
    return any(name.endswith((_METADATA, "META-INF/reportPackage.json")) for name in filed.source.files)


def is_report(name: str) -> bool:
    """Whether a file lies in the folder `reports` of the package's top folder, or in one right below that."""
    parts = name.split("/")
    if "reports" not in parts[:2]:
        return False
    return len(parts) - parts.index("reports") <= 3


def is_marked(filed: Filed, name: str) -> bool:
    """Whether a page speaks Inline XBRL."""
    try:
        found = classify(name, name, filed.source.files[name])
    except RectoError:
        return False
    return found is not None and found.kind == "inline"
