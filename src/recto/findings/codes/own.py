"""Codes of recto itself."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "recto itself"
PREFIXES: Final = ("recto",)
CODES: Final[Codes] = {
    "recto:lakeFacts": ("error", "recto", "{reason}"),
    "recto:lakeFile": ("error", "recto", "{reason}"),
    "recto:lakeMissing": ("error", "recto", "the filing is not in the lake"),
    "recto:lakeRows": ("error", "recto", "{reason}"),
    "recto:lakeSource": ("error", "recto", "{reason}"),
    "recto:lakeTwice": ("error", "recto", "{reason}"),
    "recto:memoryLimit": ("error", "recto", "reading took more memory than it may"),
    "recto:timeLimit": ("error", "recto", "{reason}"),
    "recto:workerDied": ("error", "recto", "{reason}"),
    "recto:contentLimit": ("error", "recto", "{reason}"),
    "recto:documentMissing": ("warning", "recto", "the filing's {name} is not to be had"),
    "recto:draftDocumentType": (
        "warning",
        "OIM Common Definitions 1.0, 2",
        "The document type {subject} is that of a draft; the report is read as one of 2021, which differs little.",
    ),
    "recto:duplicateDocument": ("warning", "recto", "{reason}"),
    "recto:emptySubmission": ("error", "recto", "{reason}"),
    "recto:extractedInstance": (
        "info",
        "recto",
        "the instance has the schemas of an inline document of the filing, which is read instead",
    ),
    "recto:formulaNotRun": (
        "info",
        "Formula 1.0",
        "The taxonomy has assertions, which were not evaluated: --rules formula evaluates them.",
    ),
    "recto:http": ("error", "recto", "{reason}"),
    "recto:identity": ("error", "recto", "{reason}"),
    "recto:internal": ("error", "recto", "{reason}"),
    "recto:linkFromNote": ("warning", "recto", "{reason}"),
    "recto:malformedRegistry": (
        "error",
        "Units Registry Structure 1.0, 2",
        "The units registry is malformed: {reason}.",
    ),
    "recto:missingDocument": ("error", "XBRL 2.1, 3.2", "{url} could not be found: {reason}"),
    "recto:noReport": ("error", "recto", "there is no XBRL report among the documents"),
    "recto:noReportTable": ("error", "recto", "{reason}"),
    "recto:notFound": ("error", "recto", "{reason}"),
    "recto:misplacedReport": (
        "error",
        "Report Packages 1.0, 3.6",
        "The report {name} is not in the folder 'reports' of its package, where software looks for reports.",
    ),
    "recto:notSaved": ("warning", "recto", "{reason}"),
    "recto:notXBRL": ("error", "recto", "{reason}"),
    "recto:offline": ("error", "recto", "{reason}"),
    "recto:otherDocuments": (
        "warning",
        "Inline XBRL 1.1, 3",
        "The report has more documents of the same set, whose facts are not read: {names}. Open their folder to have all.",
    ),
    "recto:outsideFiling": ("error", "recto", "{reason}"),
    "recto:privateAddress": ("error", "recto", "{reason}"),
    "recto:submissionDocument": ("error", "recto", "a document has no <TEXT>"),
    "recto:system": ("error", "recto", "{reason}"),
    "recto:taxonomyNotFound": (
        "warning",
        "recto",
        "The report needs {url}, which was not found; what is saved refers to it all the same.",
    ),
    "recto:taxonomyNotSaved": (
        "warning",
        "recto",
        "The report needs {url}, which is inside an archive: save a .zip or .xbr to have it with the report.",
    ),
    "recto:tooDeep": ("error", "recto", "{reason}"),
    "recto:tooLarge": (
        "error",
        "recto",
        "Groups of elements multiply into content models that are too large to be checked further.",
    ),
    "recto:tooManyArcs": (
        "error",
        "recto",
        "Labels that many locators share multiply into more relationships than recto follows: {count:,} arcs of the"
        " document, of which this is the first, are left out.",
    ),
    "recto:tooManyFiles": ("error", "recto", "{reason}"),
    "recto:treeTooLarge": (
        "error",
        "recto",
        "The presentation tree of {role} has more places than recto follows, since parts of it are shared: no page is"
        " made of it, and its facts are shown as uncategorized.",
    ),
    "recto:truncatedSubmission": ("error", "recto", "a document does not end"),
    "recto:unknownKind": ("error", "recto", "{reason}"),
    "recto:unknownSuite": ("error", "recto", "{reason}"),
    "recto:uuencoding": ("error", "recto", "{reason}"),
    "recto:wrongRoot": ("error", "XBRL 2.1, 3.2", "{url} is referred to as {wanted}, but its root element is {name}"),
}
