"""Report packages: which reports a package holds, and what is wrong with it (Report Packages 1.0)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from recto.errors import SourceError
from recto.findings import Findings
from recto.patterns import lazy
from recto.sources.archive import Archive
from recto.sources.candidate import Kind
from recto.sources.classify import Entry
from recto.xml import resolve_url

_SPECIFICATION: Final = "Report Packages 1.0"
_TYPES: Final = {
    "https://xbrl.org/report-package/2023": ".zip",
    "https://xbrl.org/report-package/2023/xbri": ".xbri",
    "https://xbrl.org/report-package/2023/xbr": ".xbr",
}
_INLINE: Final = (".xhtml", ".html", ".htm")
_REPORT: Final = (*_INLINE, ".xbrl", ".json")
_JSON_KIND: Final = lazy(r"xbrl-(json|csv)\Z")


@dataclass(frozen=True, slots=True)
class ReportPackage:
    """A report package: its top-level folder (with a slash), its extension (`.xbri`, `.xbr`, `.zip`), its reports."""

    top: str
    extension: str
    reports: tuple[tuple[str, ...], ...]
    """Names of the documents of each report; several for an inline document set."""


def is_report_package(archive: Archive, extension: str) -> bool:
    """Whether an archive is to be read as a report package: by its extension, metadata, or `reports` folder (3.3)."""
    if extension in (".xbri", ".xbr"):
        return True
    tops = archive.top_folders
    if any(f"{top}/META-INF/reportPackage.json" in archive for top in tops) or _ROOT_METADATA in archive:
        return True
    return len(tops) == 1 and archive.has_folder(f"{tops[0]}/reports")


_ROOT_METADATA: Final = "META-INF/reportPackage.json"


def read_report_package(archive: Archive, extension: str, url: str, findings: Findings) -> ReportPackage:
    """Check a package and find its reports. What is wrong becomes a finding (`rpe:…`), in the order of the clauses.

    Raises `SourceError` (`rpe:…`) for packages of versions, or with structures, that cannot be read at all.
    """

    def error(code: str, subject: str | None = None, /, **arguments: Any) -> None:
        findings.found(f"rpe:{code}", subject, document=url, specification=_SPECIFICATION, **arguments)

    top, document_type = _identify(archive, extension, url)
    archive.require_safe("rpe")
    for problem in archive.problems:
        findings.raised(problem.error("rpe", url), specification=_SPECIFICATION)
    expected = _TYPES[document_type] if document_type else ".zip"
    if extension not in _TYPES.values():
        error("unsupportedFileExtension", extension=extension)
    elif extension != expected:
        shown = f"the document type {document_type}" if document_type else "a package without reportPackage.json"
        error("documentTypeFileExtensionMismatch", shown, extension=extension)
    if not archive.has_folder(f"{top}reports"):
        error("missingReportsDirectory")
    reports = _reports(archive, f"{top}reports/", error)
    if not reports and archive.has_folder(f"{top}reports"):
        error("missingReport")
    if extension in (".xbri", ".xbr"):
        if len(reports) > 1:
            error("multipleReports", extension=extension, count=len(reports))
        if any(name.endswith(_INLINE) != (extension == ".xbri") for report in reports for name in report):
            error("incorrectReportType", extension=extension)
    return ReportPackage(top, extension, tuple(reports))


def entries_of_package(package: ReportPackage, archive: Archive, base_url: str, findings: Findings) -> list[Entry]:
    """One entry for each report; JSON is read to tell xBRL-JSON from xBRL-CSV."""
    entries = []
    for report in package.reports:
        urls = tuple(resolve_url(base_url, _quoted(name)) for name in report)
        kind: Kind = "xbrl"
        if report[0].endswith(_INLINE):
            kind = "inline"
        elif report[0].endswith(".json"):
            try:
                match = _JSON_KIND.search(_document_type(archive[report[0]](), urls[0]))
            except SourceError as error:
                findings.raised(error, document=urls[0], specification=_SPECIFICATION)
                continue
            if match is None:
                reason = "its document type is neither that of xBRL-JSON nor of xBRL-CSV"
                findings.found("oimce:unsupportedDocumentType", document=urls[0], reason=reason)
                continue
            kind = "json" if match.group(1) == "json" else "csv"
        entries.append(Entry(kind, urls))
    return entries


def _identify(archive: Archive, extension: str, url: str) -> tuple[str, str | None]:
    """The top-level folder and document type; versions are told apart before anything else is checked (3.4)."""
    tops = archive.top_folders
    holders = [f"{top}/" for top in tops if f"{top}/META-INF/reportPackage.json" in archive]
    top = holders[0] if holders else (f"{tops[0]}/" if tops else "")
    # At the root of an archive the metadata are those of a version to come, whatever else there is (3.3).
    future = _ROOT_METADATA in archive
    name = _ROOT_METADATA if future or not holders else f"{top}META-INF/reportPackage.json"
    document_type = None
    if name in archive:
        try:
            data = archive[name]()
        except SourceError as error:
            raise SourceError.of("rpe:invalidArchiveFormat", document=error.document, reason=error.message) from None
        document_type = _document_type(data, resolve_url(url, name))
        if extension not in _TYPES.values():
            raise _fatal("unsupportedFileExtension", url, extension=extension)
        if document_type not in _TYPES or future:
            raise _fatal("unsupportedReportPackageVersion", url, type=document_type)
    beside = any("/" not in item for item in archive)
    if len(tops) != 1 or beside:
        raise _fatal("invalidDirectoryStructure", url, reason="the package must have exactly one top-level folder")
    return top, document_type


def _reports(archive: Archive, folder: str, error: Callable[..., None]) -> list[tuple[str, ...]]:
    """Files right in `reports` are a report each; else each folder in it holds one report (3.6)."""
    direct: list[str] = []
    folders: dict[str, list[str]] = {}
    for name in sorted(archive):
        if not name.startswith(folder) or not name.endswith(_REPORT):
            continue
        rest = name[len(folder) :].split("/")
        if len(rest) == 1:
            direct.append(name)
        elif len(rest) == 2:
            folders.setdefault(rest[0], []).append(name)
    if direct:
        return [(name,) for name in direct]
    reports: list[tuple[str, ...]] = []
    for sub, names in folders.items():
        if len(names) > 1 and not all(name.endswith(_INLINE) for name in names):
            error("multipleReportsInSubdirectory", f"reports/{sub}")
            reports += [(name,) for name in names]
        else:
            reports.append(tuple(names))
    return reports


def _document_type(data: bytes, url: str) -> str:
    """`/documentInfo/documentType` of a JSON document: UTF-8, unique keys, a string (2.4)."""
    try:
        text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        content = json.loads(text, object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise _fatal("invalidJSON", url, reason=error) from None
    info = content.get("documentInfo") if isinstance(content, Mapping) else None
    document_type = info.get("documentType") if isinstance(info, Mapping) else None
    if not isinstance(document_type, str):
        raise _fatal("invalidJSONStructure", url)
    return document_type


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is no JSON value")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key occurs twice in one object")
    return found


def _fatal(code: str, url: str, **arguments: Any) -> SourceError:
    return SourceError.of(f"rpe:{code}", document=url, **arguments)


def _quoted(name: str) -> str:
    return name.replace("%", "%25").replace("#", "%23").replace("?", "%3F")
