"""Codes of Taxonomy packages and report packages."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "Taxonomy packages and report packages"
CODES: Final[Codes] = {
    "rpe:documentTypeFileExtensionMismatch": (
        "error",
        "Report Packages 1.0",
        "{subject} does not go with the extension {extension}",
    ),
    "rpe:incorrectReportType": (
        "error",
        "Report Packages 1.0",
        "the report is not of the kind that an {extension} package holds",
    ),
    "rpe:invalidArchiveFormat": (
        "error",
        "Report Packages 1.0",
        "the archive has not the form that a package must have: {reason}",
    ),
    "rpe:invalidDirectoryStructure": (
        "error",
        "Report Packages 1.0",
        "the folders are not those of a package: {reason}",
    ),
    "rpe:invalidJSON": ("error", "Report Packages 1.0", "not valid JSON: {reason}"),
    "rpe:invalidJSONStructure": ("error", "Report Packages 1.0", "/documentInfo/documentType is not a string"),
    "rpe:missingReport": ("error", "Report Packages 1.0", "the folder 'reports' holds no report"),
    "rpe:missingReportsDirectory": (
        "error",
        "Report Packages 1.0",
        "there is no folder 'reports' in the top-level folder",
    ),
    "rpe:multipleReports": (
        "error",
        "Report Packages 1.0",
        "an {extension} package holds one report, this holds {count}",
    ),
    "rpe:multipleReportsInSubdirectory": (
        "error",
        "Report Packages 1.0",
        "the folder {subject!r} holds more than one report",
    ),
    "rpe:unsupportedFileExtension": ("error", "Report Packages 1.0", "report packages have no extension {extension!r}"),
    "rpe:unsupportedReportPackageVersion": ("error", "Report Packages 1.0, 3.4", "unknown document type {type}"),
    "tpe:duplicateLanguagesForElement": (
        "error",
        "Taxonomy Packages 1.0, 3.2.2",
        "there is more than one {subject} in {language}",
    ),
    "tpe:invalidArchiveFormat": (
        "error",
        "Taxonomy Packages 1.0",
        "the archive has not the form that a package must have: {reason}",
    ),
    "tpe:invalidCatalogFile": (
        "error",
        "Taxonomy Packages 1.0",
        "the catalog breaks a rule of XML Catalogs or of packages: {reason}",
    ),
    "tpe:invalidDirectoryStructure": (
        "error",
        "Taxonomy Packages 1.0, 3.1",
        "the folders are not those of a package: {reason}",
    ),
    "tpe:invalidMetaDataFile": (
        "error",
        "Taxonomy Packages 1.0",
        "the package's metadata are not as they must be: {reason}",
    ),
    "tpe:metadataDirectoryNotFound": ("error", "Taxonomy Packages 1.0", "there is no META-INF folder"),
    "tpe:metadataFileNotFound": ("error", "Taxonomy Packages 1.0", "the package has no META-INF/taxonomyPackage.xml"),
    "tpe:missingLanguageAttribute": ("error", "Taxonomy Packages 1.0, 3.2.2", "the {subject} has no language"),
    "tpe:multipleRewriteURIsForStartString": (
        "error",
        "Taxonomy Packages 1.0",
        "more than one rewriteURI begins with {start}",
    ),
}
