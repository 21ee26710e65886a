"""Findings: what is wrong, or worth knowing, in a filing that could be read.

Every code stands in one catalogue (`recto.findings.catalogue`; docs/findings.md is made of it) with its severity, its
clause and its sentence. Programs get every finding; faces that print for people group them by `key`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

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
    def key(self) -> tuple[str, Severity, str | None]:
        """What findings of one cause have in common: code, severity and document."""
        return (self.code, self.severity, self.document)

    def __str__(self) -> str:
        where = ":".join(str(part) for part in (self.document, self.line) if part is not None)
        return f"{self.severity} {self.code} {where or '-'} {self.message}"


class Findings:
    """A growing list of findings that drops exact repetitions and keeps the order of discovery.

    Iterating goes over those that were there when it began, so that many threads may add and read.
    """

    def __init__(self, findings: Iterable[Finding] = ()):
        self._seen: dict[Finding, None] = dict.fromkeys(findings)

    def add(self, finding: Finding) -> None:
        self._seen.setdefault(finding)

    def replace(self, old: Finding, new: Finding) -> None:
        """Puts one finding in the place of another, as when more is known of where it belongs."""
        self._seen = dict.fromkeys(new if each == old else each for each in self._seen)

    def found(self, code: str, subject: str | None = None, /, **where: Any) -> None:
        """Adds what the catalogue says of the code; arguments as those of `recto.findings.catalogue.found`."""
        from recto.findings.catalogue import found

        self.add(found(code, subject, **where))

    def error(self, code: str, message: str, **where: object) -> None:
        self.add(Finding(code, "error", message, **where))  # type: ignore[arg-type]

    def warning(self, code: str, message: str, **where: object) -> None:
        self.add(Finding(code, "warning", message, **where))  # type: ignore[arg-type]

    def info(self, code: str, message: str, **where: object) -> None:
        self.add(Finding(code, "info", message, **where))  # type: ignore[arg-type]

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(tuple(self._seen))

    def __len__(self) -> int:
        return len(self._seen)

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self._seen)
