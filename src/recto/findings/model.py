"""One finding: what is wrong, or worth knowing, in a filing that could be read."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]


class Finding(Struct, frozen=True):
    """One thing found. `code` is the specification's own where it has one (`xbrl.4.6.1`, `xbrldie:…`, `EFM.6.26.01`).

    `document` is the URL or file name, `line` is 1-based, `element` a prefixed name; `facts` are fact ids;
    `specification` names the specification and clause. `subject` is what the finding is about: a concept's, fact's or
    context's name, a link role, a file; `arguments` are the other things that its sentence names, as (name, text).
    """

    code: str
    severity: Severity
    message: str
    document: str | None = None
    line: int | None = None
    element: str | None = None
    facts: tuple[str, ...] = ()
    specification: str | None = None
    subject: str | None = None
    arguments: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str | None, ...]:
        """What findings of one cause have in common: code, severity and document, of assertions which it is."""
        about = (self.subject,) if self.code.startswith("formula:") else ()
        return (self.code, self.severity, self.document, *about)

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.document, self.line) if part is not None)
        return f"{self.severity} {self.code} {where or '-'} {self.message}"
