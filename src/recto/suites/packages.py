"""Variations whose input is a package, and suites of report packages, whose index is a CSV file."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from recto.errors import RectoError, XMLError
from recto.suites.model import Expected, Input, Variation
from recto.xml import resolve_url
from recto.xml.integers import natural

PACKAGES = (".zip", ".xbri", ".xbr", ".xbrx")
_TAXONOMY_ELEMENTS = ("taxonomyPackage", "package")


def is_package(item: Input) -> bool:
    """Whether an input is a package, to be opened as one."""
    return item.first and (
        item.element in (*_TAXONOMY_ELEMENTS, "reportPackage") or item.url.lower().endswith(PACKAGES)
    )


def is_taxonomy(item: Input) -> bool:
    """Whether an input is a taxonomy package, in which other inputs may find their taxonomies."""
    return item.element in _TAXONOMY_ELEMENTS and item.url.lower().endswith(".zip")


def packages_nearby(index: Path | None) -> list[str]:
    """Taxonomy packages that lie by a suite's index, or in a folder for schemas there: its reports need them."""
    if index is None:
        return []
    folders = (index.parent, *(index.parent / name for name in ("schemas", "packages", "taxonomies")))
    files = (path for folder in folders if folder.is_dir() for path in sorted(folder.glob("*.zip")))
    return [str(path) for path in files if _mapped(path)]


def _mapped(path: Path) -> bool:
    """Whether a zip file has a catalog, as packages have that stand for URLs."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith("META-INF/catalog.xml") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def holds_reports(path: Path) -> bool:
    """Whether a package is a report package: then a suite that calls it a taxonomy package means its reports."""
    from recto.sources.archive import Archive
    from recto.sources.report_packages import is_report_package

    try:
        return is_report_package(Archive(path), path.suffix.lower())
    except RectoError:
        return False


def read_csv_index(url: str, data: bytes) -> list[Variation]:
    """Variations of a suite that lists a file, the errors expected of it and a description in each line of a table.

    Raises `XMLError` (`recto:unknownSuite`) where the table has no columns for files and errors.
    """
    table = csv.DictReader(io.StringIO(data.decode("utf-8-sig", "replace")))
    names = [name or "" for name in table.fieldnames or ()]
    file = _column(names, "input", "path", "file", "package", "uri", "name")
    errors = _column(names, "error", "expected", "code")
    reports = _column(names, "report_count")
    if file is None or errors is None:
        raise XMLError.of("recto:unknownSuite", document=url, reason="it names no column for files or for errors")
    about = _column(names, "description")
    return list(_lines(url, table, file, errors, about, reports))


def _lines(
    url: str, table: csv.DictReader[str], file: str, errors: str, about: str | None, reports: str | None
) -> Iterator[Variation]:
    for row in table:
        name = _cell(row, file)
        if not name:
            continue
        codes = tuple(code.rpartition(":")[2] for code in _cell(row, errors).replace(",", " ").split())
        count = _cell(row, reports) if reports else ""
        expected = Expected(valid=not codes, codes=codes, reports=natural(count))
        item = Input("container", "reportPackage", resolve_url(url, name), True)
        text = _cell(row, about) if about else ""
        identifier = name.rpartition("/")[2].rpartition(".")[0] or name
        yield Variation(url.rpartition("/")[2], url, identifier, text, text, (item,), expected)


def _cell(row: Mapping[str, str | None], name: str) -> str:
    return (row.get(name) or "").strip()


def _column(names: list[str], *words: str) -> str | None:
    """The first column whose name has one of the words, the words in order of preference."""
    return next((name for word in words for name in names if word in name.lower()), None)
