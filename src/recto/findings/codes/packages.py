"""Codes of Taxonomy packages and report packages."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Taxonomy packages and report packages"
PREFIXES: Final = ("tpe", "rpe")
CODES: Final[Codes] = {
    "rpe:documentTypeFileExtensionMismatch": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:incorrectReportType": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:invalidArchiveFormat": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:invalidDirectoryStructure": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:invalidJSON": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:invalidJSONStructure": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:missingReport": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:missingReportsDirectory": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:multipleReports": ("error", "Report Packages 1.0", "{reason}"),
    "rpe:multipleReportsInSubdirectory": ("error", "Report Packages 1.0", "{reason}"),
    "tpe:duplicateLanguagesForElement": ("error", "Taxonomy Packages 1.0", "{reason}"),
    "tpe:invalidArchiveFormat": ("error", "Taxonomy Packages 1.0", "{reason}"),
    "tpe:invalidCatalogFile": ("error", "Taxonomy Packages 1.0", "{reason}"),
    "tpe:invalidDirectoryStructure": (
        "error",
        "Taxonomy Packages 1.0, 3.1",
        "the package must have exactly one top-level folder, and no other file beside it",
    ),
    "tpe:invalidMetaDataFile": ("error", "Taxonomy Packages 1.0", "{reason}"),
    "tpe:metadataDirectoryNotFound": ("error", "Taxonomy Packages 1.0", "{reason}"),
    "tpe:metadataFileNotFound": ("error", "Taxonomy Packages 1.0", "the package has no META-INF/taxonomyPackage.xml"),
    "tpe:missingLanguageAttribute": ("error", "Taxonomy Packages 1.0", "{reason}"),
    "tpe:multipleRewriteURIsForStartString": (
        "error",
        "Taxonomy Packages 1.0",
        "more than one rewriteURI begins with {start}",
    ),
}
