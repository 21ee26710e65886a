"""Findings as they are met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from recto.findings.model import Finding, Severity


class Raised(Protocol):
    """What an error of `recto.errors` says of itself."""

    code: str
    message: str
    document: str | None
    line: int | None
    subject: str | None
    arguments: tuple[tuple[str, str], ...]


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

    def raised(
        self,
        error: Raised,
        *,
        document: str | None = None,
        severity: Severity = "error",
        specification: str | None = None,
        about: str | None = None,
    ) -> None:
        """Adds what an error says; `document` where it names none, `about` before its message."""
        message = error.message if about is None else f"{about}: {error.message}"
        where = error.document or document
        self.add(
            Finding(
                error.code,
                severity,
                message,
                where,
                error.line,
                None,
                (),
                specification,
                error.subject,
                error.arguments,
            )
        )

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
