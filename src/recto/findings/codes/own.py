"""Codes of recto itself."""

from __future__ import annotations

from typing import Final

from recto.findings.catalogue import Codes

TITLE: Final = "recto itself"
CODES: Final[Codes] = {
    "recto:lakeColumns": (
        "error",
        "recto",
        "{subject} has columns that this version does not know ({columns}): the lake can be asked, but not written",
    ),
    "recto:lakeFacts": ("error", "recto", "the facts are not those that were taken in: {reason}"),
    "recto:lakeFile": ("error", "recto", "the file of the lake is not as it was written: {reason}"),
    "recto:lakeLog": ("error", "recto", "a table's log cannot be read: {reason}"),
    "recto:lakeMissing": ("error", "recto", "the filing is not in the lake"),
    "recto:lakePath": (
        "error",
        "recto",
        "a lake cannot lie below a folder whose name holds line breaks, or a percent sign with two digits as in %20,"
        " which delta-rs would read as another name",
    ),
    "recto:lakeRows": ("error", "recto", "{subject} has {found} rows of the filing, which had {listed}"),
    "recto:lakeRun": (
        "error",
        "recto",
        "this run gave no sign of life for so long that another one swept what it had not committed",
    ),
    "recto:lakeSource": ("error", "recto", "cannot be read again: {reason}"),
    "recto:lakeTwice": ("error", "recto", "the filing is listed {count} times"),
    "recto:noSpace": (
        "error",
        "recto",
        "there is no room left to write the lake; what was committed is kept, and a new run goes on from it",
    ),
    "recto:storage": ("error", "recto", "the lake's storage fails: {reason}"),
    "recto:memoryLimit": ("error", "recto", "reading took more memory than it may"),
    "recto:timeLimit": ("error", "recto", "reading took more than {seconds} s"),
    "recto:workerDied": ("error", "recto", "the process that read it died ({reason})"),
    "recto:closed": ("error", "recto", "{subject!r} cannot be read: the filing was closed before it was asked for"),
    "recto:contentLimit": (
        "error",
        "recto",
        "the contents of the documents multiply, and there is no room for this one",
    ),
    "recto:documentMissing": ("warning", "recto", "the filing's {name} is not to be had"),
    "recto:draftDocumentType": (
        "warning",
        "OIM Common Definitions 1.0, 2",
        "The document type {subject} is that of a draft; the report is read as one of 2021, which differs little.",
    ),
    "recto:duplicateDocument": ("warning", "recto", "the document {subject} occurs twice; the first counts"),
    "recto:emptySubmission": ("error", "recto", "the submission holds no document"),
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
    "recto:http": ("error", "recto", "the document cannot be had from the web: {reason}"),
    "recto:identity": (
        "error",
        "recto",
        "the SEC asks who you are: set RECTO_IDENTITY to your name and e-mail address",
    ),
    "recto:internal": ("error", "recto", "{subject} broke off in an unforeseen way ({reason}); {after}."),
    "recto:linkFromNote": (
        "warning",
        "recto",
        "The link from the note {subject!r} to {targets} is passed over: only links that come from facts are kept.",
    ),
    "recto:malformedRegistry": (
        "error",
        "Units Registry Structure 1.0, 2",
        "The units registry is malformed: {reason}.",
    ),
    "recto:missingDocument": ("error", "XBRL 2.1, 3.2", "{url} could not be found: {reason}"),
    "recto:noReport": ("error", "recto", "there is no XBRL report among the documents"),
    "recto:noFacts": (
        "error",
        "recto",
        "there are no facts, only a taxonomy: open the report that uses it; `recto taxonomy show` tells what it"
        " declares, `recto validate` checks it",
    ),
    "recto:noReportTable": ("error", "recto", "this is no page of a report: {reason}"),
    "recto:notFound": ("error", "recto", "no such {what}"),
    "recto:misplacedReport": (
        "error",
        "Report Packages 1.0, 3.6",
        "The report {name} is not in the folder 'reports' of its package, where software looks for reports.",
    ),
    "recto:notSaved": ("warning", "recto", "not saved, because {reason}"),
    "recto:notXBRL": ("error", "recto", "neither an XBRL instance nor Inline XBRL"),
    "recto:offline": ("error", "recto", "{reason}, and recto is offline"),
    "recto:otherDocuments": (
        "warning",
        "Inline XBRL 1.1, 3",
        "The report has more documents of the same set, whose facts are not read: {names}. Open their folder to have all.",
    ),
    "recto:outsideFiling": (
        "error",
        "recto",
        "it lies outside of the filing's folder, where only taxonomies and metadata are read",
    ),
    "recto:privateAddress": ("error", "recto", "its host leads to the private address {address}, which is not asked"),
    "recto:submissionDocument": ("error", "recto", "a document has no <TEXT>"),
    "recto:system": ("error", "recto", "the system says: {reason}"),
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
    "recto:tooDeep": ("error", "recto", "The documents nest too deeply for {what}."),
    "recto:contentModel": (
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
    "recto:source": ("error", "recto", "cannot be read: {reason}"),
    "recto:tooLarge": ("error", "recto", "more than {most} bytes"),
    "recto:tooManyFiles": ("error", "recto", "the folder has more than {most} files"),
    "recto:treeTooLarge": (
        "error",
        "recto",
        "The presentation tree of {role} has more places than recto follows, since parts of it are shared: no page is"
        " made of it, and its facts are shown as uncategorized.",
    ),
    "recto:truncatedSubmission": ("error", "recto", "a document does not end"),
    "recto:unknownKind": ("error", "recto", "neither a report nor a taxonomy that recto knows: {reason}"),
    "recto:unknownSuite": ("error", "recto", "this is no index of test cases: {reason}"),
    "recto:uuencoding": ("error", "recto", "damaged uuencoding: {reason}"),
    "recto:wrongRoot": ("error", "XBRL 2.1, 3.2", "{url} is referred to as {wanted}, but its root element is {name}"),
}
