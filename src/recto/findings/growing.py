"""Findings as they are met."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
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


class _Later:
    """The place of findings that are yet to be made."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Iterable[Finding]]) -> None:
        self.make = make


_lock = threading.RLock()


class Findings:
    """A growing list of findings that drops exact repetitions and keeps the order of discovery.

    Iterating goes over those that were there when it began, so that many threads may add and read.
    """

    def __init__(self, findings: Iterable[Finding] = ()):
        self._seen: dict[Finding | _Later, None] = dict.fromkeys(findings)
        self._waiting = False

    def add(self, finding: Finding) -> None:
        with _lock:
            self._seen.setdefault(finding)

    def later(self, make: Callable[[], Iterable[Finding]]) -> None:
        """Findings that are many, and are made when somebody first reads; they keep this place."""
        with _lock:
            self._seen[_Later(make)] = None
            self._waiting = True

    def _all(self) -> tuple[Finding, ...]:
        with _lock:
            if self._waiting:
                met = [each.make() if isinstance(each, _Later) else (each,) for each in self._seen]
                self._seen = dict.fromkeys(chain.from_iterable(met))
                self._waiting = False
            return tuple(self._seen)  # type: ignore[arg-type]

    def replace(self, old: Finding, new: Finding) -> None:
        """Puts one finding in the place of another, as when more is known of where it belongs."""
        with _lock:
            self._seen = dict.fromkeys(new if each == old else each for each in self._all())

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
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    @property
    def has_errors(self) -> bool:
        return any(finding.severity == "error" for finding in self)
