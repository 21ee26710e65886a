"""Findings of one cause, told once: for people only, programs get each of them."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from msgspec.structs import replace

from recto.findings import Finding, Severity

MANY = 20
"""Findings of one cause that are told one by one; more of them are told once."""
_SHOWN = 10


def shortened(findings: Iterable[Finding], most: int) -> tuple[list[Finding], int]:
    """At most so many findings for people to read, and how many are not among them.

    Of one cause the fewer are told one by one, the more there are in all; what is still too much is cut, errors last.
    """
    every = list(findings)
    told = gathered(every)
    for many in (10, 5, 2, 1):
        if len(told) <= most:
            break
        told = gathered(every, many=many)
    if len(told) <= most:
        return told, 0
    kept = set(map(id, sorted(told, key=lambda each: _RANKS[each.severity])[:most]))
    return [each for each in told if id(each) in kept], len(told) - most


_RANKS: dict[Severity, int] = {"error": 0, "warning": 1, "info": 2}


def gathered(findings: Iterable[Finding], *, many: int = MANY) -> list[Finding]:
    """Findings with those of one cause told once where there are more than `many`: a missing header, an undeclared
    prefix or a mistake of the program that made the document shows on every fact, and hides what else is wrong.

    A taxonomy that is missing comes first, however many documents it has. Else one cause means the same code, severity
    and document. The first finding stands for all: it names how many they are
    and where the next ones stand, and holds the facts of all.
    """
    groups: dict[Hashable, list[Finding]] = {}
    missing: list[Finding] = []
    for finding in findings:
        if is_of_taxonomy(finding):
            missing.append(finding)
        else:
            groups.setdefault(finding.key, []).append(finding)
    found = [_missing(missing)] if missing else []
    for alike in groups.values():
        found += alike if len(alike) <= many else [_told_once(alike)]
    return found


def is_of_taxonomy(finding: Finding) -> bool:
    """A document of a published taxonomy that was not to be had."""
    return finding.code == "recto:missingDocument" and dict(finding.arguments).get("url", "").startswith("http")


def _missing(findings: list[Finding]) -> Finding:
    """What is missing, as one line that stands first: it explains what else is found, and what is not."""
    from recto.publishers import publisher_of

    urls = list(dict.fromkeys(dict(each.arguments)["url"] for each in findings))
    more = f" and {len(urls) - 1} more of its documents" if len(urls) > 1 else ""
    names = dict.fromkeys(name for url in urls if (name := publisher_of(url)) is not None)
    ways = "give it with --taxonomies"
    if names:
        ways = f"fetch it with `recto taxonomy get {' '.join(names)}`, or {ways}"
    reason = dict(findings[0].arguments).get("reason", "")
    message = f"The taxonomy is missing: {urls[0]}{more} could not be found ({reason}). To have it, {ways}."
    return replace(findings[0], message=message)


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
