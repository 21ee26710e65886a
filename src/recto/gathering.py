"""Findings of one cause, told once: for people only, programs get each of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from msgspec.structs import replace

from recto.findings import Finding

MANY = 20
"""Findings of one cause that are told one by one; more of them are told once."""
_SHOWN = 10


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with those of one cause told once where there are more than `MANY`: a missing header, an undeclared
    prefix or a mistake of the program that made the document shows on every fact, and hides what else is wrong.

    One cause means the same code, severity and document. The first finding stands for all: it names how many they are
    and where the next ones stand, and holds the facts of all.
    """
    groups: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.key, []).append(finding)
    found: list[Finding] = []
    for alike in groups.values():
        found += alike if len(alike) <= MANY else [_told_once(alike)]
    return found


def _told_once(alike: list[Finding]) -> Finding:
    first = alike[0]
    lines = list(dict.fromkeys(each.line for each in alike[1:] if each.line and each.line != first.line))
    where = ""
    if lines:
        where = f", in line{'' if len(lines) == 1 else 's'} " + ", ".join(map(str, lines[:_SHOWN]))
        where += ", …" if len(lines) > _SHOWN else ""
    facts = tuple(dict.fromkeys(fact for each in alike for fact in each.facts))
    message = f"{first.message} There are {len(alike) - 1:,} more of this code{where} (--to json tells each)."
    return replace(first, message=message, facts=facts)
