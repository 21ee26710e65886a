"""Where findings lead: the lines of the filing's files that they name, and the pages of what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from recto.findings import Finding
from recto.rendering.model import Page
from recto.rendering.writers.folder import file_bytes

AROUND: Final = 2
"""Lines before and behind that of a finding."""
_WIDTH: Final = 220
_MOST: Final = 1000
"""Findings whose lines are told; further ones have their number."""


class Places:
    """`files`: the filing's, by path. `reports`: its pages, in the order in which the head lists them."""

    def __init__(self, files: Mapping[str, object], reports: Sequence[Page]) -> None:
        self._files = files
        self._reports = reports
        self._lines: dict[str, list[bytes]] = {}
        self._told = 0

    def lines(self, finding: Finding) -> tuple[int, tuple[str, ...]]:
        """(number of the first, lines around that of the finding); none where the filing does not bring the file.

        A line that is long is cut around what the finding names.
        """
        name = (finding.document or "").rpartition("/")[2]
        if not name or not finding.line or self._told >= _MOST:
            return 0, ()
        known = self._lines.get(name)
        if known is None:
            data = file_bytes(self._files, name)
            known = self._lines[name] = [] if data is None else data.split(b"\n")
        first = max(1, finding.line - AROUND)
        found = known[first - 1 : finding.line + AROUND]
        if finding.line > len(known) or not found:
            return 0, ()
        self._told += 1
        named = [
            each.rpartition(":")[2].encode() for each in (finding.subject, *finding.facts, finding.element) if each
        ]
        return first, tuple([_cut(line, named) for line in found])

    def page(self, finding: Finding) -> tuple[int, int]:
        """(page, row), each counted from 0, of the link role or concept that the finding is about; -1: none."""
        names = [each for each in (finding.subject, *(text for _, text in finding.arguments)) if each]
        for name in names:
            if name in self._roles:
                return self._roles[name], -1
        return next((self._rows[name] for name in names if name in self._rows), (-1, -1))

    @cached_property
    def _roles(self) -> dict[str, int]:
        return {report.role: index for index, report in reversed(list(enumerate(self._reports))) if report.role}

    @cached_property
    def _rows(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for page, report in enumerate(self._reports):
            for index, row in enumerate(report.rows):
                if row.concept is not None:
                    found.setdefault(row.concept.name, (page, index))
        return found


def _cut(line: bytes, named: Sequence[bytes]) -> str:
    if len(line) <= _WIDTH:
        return line.decode("utf-8", "replace").rstrip("\r")
    at = next((place for name in named if (place := line.find(name)) >= 0), 0)
    start = max(0, at - _WIDTH // 3)
    text = line[start : start + _WIDTH].decode("utf-8", "ignore").rstrip("\r")
    return f"{'… ' if start else ''}{text}{' …' if start + _WIDTH < len(line) else ''}"
