"""Findings of one cause, told once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from recto.findings import Finding

MANY = 20
"""Findings of one cause that are told one by one; more of them are told once."""
_SUBJECT = re.compile(
    r"(?:Fact .*? \([^()]*\)|In context \S+|The period of context \S+ cannot be read|In [^\s:]+:\S+|[\w.-]+:[\w.-]+)"
    r"(?:: | (?=lacks|cannot|has |is |contains))"
)
_NAMED = re.compile(
    r"'([\w.-]+):[\w.-]+'|(?<=refers to context )'[^']*'|(?<=refers to unit )'[^']*'|(?<=context )\S+\.$"
)


def gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Findings with those of one cause told once where there are more than `MANY`: a missing header, an undeclared
    prefix or a mistake of the program that made the document shows on every fact, and hides what else is wrong.

    One cause means the same code, document, and words once the fact or context at fault is left out. The first finding
    stands for all: it names how many they are and where the next ones stand, and holds the facts of all.
    """
    groups: dict[tuple[str, str, str | None, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.code, finding.severity, finding.document, _cause(finding.message)), []).append(
            finding
        )
    found: list[Finding] = []
    for alike in groups.values():
        found += alike if len(alike) <= MANY else [_told_once(alike)]
    return found


def _cause(message: str) -> str:
    text = message[:4000]
    subject = _SUBJECT.match(text)
    if subject is not None:
        text = text[subject.end() :] or text[: subject.end()]
    return _NAMED.sub(lambda match: f"{match[1]}:" if match[1] else "", text)


def _told_once(alike: list[Finding]) -> Finding:
    first = alike[0]
    lines = list(dict.fromkeys(each.line for each in alike[1:] if each.line and each.line != first.line))
    where = ""
    if lines:
        where = f", in line{'' if len(lines) == 1 else 's'} " + ", ".join(map(str, lines[:10]))
        where += ", …" if len(lines) > 10 else ""
    facts = tuple(dict.fromkeys(fact for each in alike for fact in each.facts))
    message = f"{first.message} The same holds {len(alike) - 1:,} times more{where}."
    return replace(first, message=message, facts=facts)
