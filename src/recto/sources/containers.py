"""Opening what holds several documents in one file: filing zips, packages, full submissions."""

from __future__ import annotations

from recto.errors import SourceError
from recto.findings import Findings
from recto.sources.archive import Archive
from recto.sources.classify import Entry, entries_of
from recto.sources.contents import expect_report, in_mapping
from recto.sources.packages import Packages, read_metadata, zip_package
from recto.sources.places import Members, Place
from recto.sources.report_packages import entries_of_package, is_report_package, read_report_package
from recto.sources.sgml import read_submission
from recto.sources.source import Around, FilingSource
from recto.xml import file_name


def open_zip(archive: Archive, name: str, extension: str, base_url: str, around: Around) -> FilingSource:
    findings = around.findings
    own: list[Place] = [Members(base_url, archive)]
    if is_report_package(archive, extension):
        report_package = read_report_package(archive, extension, base_url, findings)
        entries = entries_of_package(report_package, archive, base_url, findings)
        if not entries:
            entries = misplaced(archive, base_url, findings)
        if f"{report_package.top}META-INF/taxonomyPackage.xml" in archive:
            package = zip_package(archive, base_url, findings, local=True)
            read_metadata(package, findings)
            own.append(Packages([package]))
    elif _has_package(archive):
        package = zip_package(archive, base_url, findings, local=True)
        own.append(Packages([package]))
        metadata = read_metadata(package, findings)
        points = metadata.entry_points if metadata is not None else ()
        entries = misplaced(archive, base_url, findings)
        if not entries:
            entries = [Entry("schema", point.urls) for point in points if point.urls]
        if not entries:
            entries = entries_of(in_mapping(archive, base_url, findings), findings)
    else:
        archive.require_safe()
        for problem in archive.problems:
            findings.raised(problem.error("", base_url), severity="warning")
        if not len(archive):
            raise SourceError.of("rpe:invalidDirectoryStructure", document=base_url, reason="the archive is empty")
        entries = entries_of(in_mapping(archive, base_url, findings), findings)
        expect_report(entries, base_url, findings)

    def close() -> None:
        archive.close()
        around.web.close()

    return FilingSource(name, base_url, around.resolver(own, base_url), entries, archive, findings, close=close)


def misplaced(archive: Archive, base_url: str, findings: Findings) -> list[Entry]:
    """Reports of a package that lie outside of its folder `reports`, each with an error (Report Packages 1.0, 3)."""
    names = [name for name in archive if name.lower().endswith(_REPORTS) and "/META-INF/" not in f"/{name}"]
    found = entries_of(in_mapping({name: archive[name] for name in names}, base_url, findings), findings)
    reports = [entry for entry in found if entry.kind != "schema"]
    for entry in reports:
        findings.found("recto:misplacedReport", document=entry.urls[0], name=file_name(entry.urls[0]))
    return reports


_REPORTS = (".xhtml", ".html", ".htm", ".xbrl", ".json")
"""What the names of reports end with (Report Packages 1.0, 3.6)."""


def open_submission(data: bytes, name: str, base_url: str, around: Around) -> FilingSource:
    submission = read_submission(data, base_url.rstrip("/"), around.findings)
    files = submission.files
    entries = entries_of(in_mapping(files, base_url, around.findings), around.findings)
    expect_report(entries, base_url, around.findings)
    return FilingSource(
        submission.header.get("accession", name),
        base_url,
        around.resolver([Members(base_url, files)], base_url),
        entries,
        files,
        around.findings,
        submission.header,
        around.web.close,
    )


def _has_package(archive: Archive) -> bool:
    tops = archive.top_folders
    if len(tops) == 1 and archive.has_folder(f"{tops[0]}/META-INF"):
        return True
    return "META-INF/taxonomyPackage.xml" in archive
