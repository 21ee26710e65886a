"""Everything that recto raises.

    RectoError                   anything that stops a job; carries a code, the document and the line
    ├── SourceError              the source could not be read: absent, damaged, hostile, of no known kind
    │   ├── NotFoundError        a URL or file is nowhere to be had (offline said so where it was the cause)
    │   └── UnsafeInputError     a limit or safety rule was broken (entity, depth, size, zip path, zip bomb)
    ├── XMLError                 a document is not well-formed XML, or not the kind of document that it must be
    └── UsageError               a request that makes no sense (an unknown page, a bad option)

What is wrong *inside* a filing that can be read is not raised: it is a `Finding` (see `recto.findings`).
"""

from __future__ import annotations


class RectoError(Exception):
    """Base of all errors. `code` is stable; `document` is a URL or path; `line` is 1-based; both may be None."""

    code = "recto:error"

    def __init__(self, message: str, *, code: str | None = None, document: str | None = None, line: int | None = None):
        super().__init__(message)
        self.message = message
        self.document = document
        self.line = line
        if code is not None:
            self.code = code

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.document, self.line) if part is not None)
        return f"{where}: {self.message}" if where else self.message


class SourceError(RectoError):
    code = "recto:source"


class NotFoundError(SourceError):
    code = "recto:notFound"


class UnsafeInputError(SourceError):
    code = "recto:unsafe"


class XMLError(RectoError):
    code = "xml:notWellFormed"


class UsageError(RectoError):
    code = "recto:usage"
