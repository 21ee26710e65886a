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

from typing import Any, Self


class RectoError(Exception):
    """Base of all errors. `code` is stable; `document` is a URL or path; `line` is 1-based; both may be None.

    `subject` and `arguments` are those of the finding that it becomes (see `recto.findings`), where its code has a
    sentence in the catalogue.
    """

    code = "recto:error"
    subject: str | None = None
    arguments: tuple[tuple[str, str], ...] = ()

    def __init__(self, message: str, *, code: str | None = None, document: str | None = None, line: int | None = None):
        super().__init__(message)
        self.message = message
        self.document = document
        self.line = line
        if code is not None:
            self.code = code

    @classmethod
    def of(
        cls,
        code: str,
        subject: str | None = None,
        /,
        *,
        document: str | None = None,
        line: int | None = None,
        **arguments: Any,
    ) -> Self:
        """The error that says what the catalogue of findings has for `code`, of this subject and these arguments."""
        from recto.findings.catalogue import found

        told = found(code, subject, **arguments)
        error = cls(told.message, code=code, document=document, line=line)
        error.subject, error.arguments = told.subject, told.arguments
        return error

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
