"""Continuation chains, exclusions and footnotes (Inline XBRL 1.1, 4, 5, 6 and 11)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from recto.findings import Finding, Findings
from recto.instance.inline.content import ContentLimitError, Contents
from recto.instance.inline.document import InlineFile, Marked
from recto.rules.inline.support import CLAUSES, NAMESPACE, broken, files_of
from recto.rules.subject import Subject

_HIDDEN = f"{NAMESPACE}hidden"


def _starts(files: list[InlineFile]) -> Iterator[Marked]:
    """Elements that a chain may start from and that are continued."""
    for file in files:
        for group in (file.facts, file.footnotes):
            for each in group:
                if each.element.get("continuedAt") is not None:
                    yield each


def continuation_chains(subject: Subject) -> Iterator[Finding]:
    """Chains lead from a fact or footnote over continuations that are part of no other chain and not nested in one
    another, and every continuation is part of one (Inline XBRL 1.1, 4.1.2, 6.1.2 and 11.1.2).
    """
    files = files_of(subject)
    if not any(file.continuations for file in files) and next(_starts(files), None) is None:
        return
    findings = Findings()
    contents = Contents(files, findings)
    reached: set[object] = set()
    owners: dict[str, Marked] = {}
    for start in _starts(files):
        try:
            chain = contents.chain(start)
        except ContentLimitError:  # the facts whose contents found no room tell of it
            return
        reached.update(each.element for each in chain)
        yield from _nested(chain)
    for file in files:
        for group in (file.facts, file.footnotes, file.continuations):
            for each in group:
                yield from _claim(each, owners)
        for each in file.continuations:
            if each.element not in reached:
                yield broken("continuationNotReferenced", "4.1.2", file, each.element)
                with suppress(ContentLimitError):
                    contents.chain(each)
            if each.hidden:
                yield broken("ancestorNodeDisallowed", "4.1.1", file, each.element)
    yield from findings


def _claim(each: Marked, owners: dict[str, Marked]) -> Iterator[Finding]:
    """No two elements are continued at the same place."""
    identifier = each.element.get("continuedAt")
    if identifier is None:
        return
    identifier = identifier.strip()
    other = owners.setdefault(identifier, each)
    if other is not each:
        yield broken(
            "continuationReferences",
            "4.1.2",
            each.file,
            each.element,
            name=identifier,
            other=other.get("id") or other.get("name"),
        )


def _nested(chain: list[Marked]) -> Iterator[Finding]:
    """No part of a chain stands inside another part of it."""
    if len(chain) < 2:
        return
    members = {each.element for each in chain}
    for each in chain:
        if any(outer in members for outer in each.element.iterancestors(f"{NAMESPACE}*")):
            clause = f"{CLAUSES[each.local]}.2"
            yield broken("continuationChainNested", clause, each.file, each.element)


def exclusions(subject: Subject) -> Iterator[Finding]:
    """`ix:exclude` stands inside what has text to leave out (Inline XBRL 1.1, 5.1.1)."""
    around = frozenset(f"{NAMESPACE}{name}" for name in ("continuation", "footnote", "nonNumeric"))
    for file in files_of(subject):
        if not file.has_exclude:
            continue
        for element in file.doc.root.iter(f"{NAMESPACE}exclude"):
            # A nested number is the text of a number around it, so nothing can be left out there.
            parent = element.getparent()
            inside = any(outer.tag in around for outer in element.iterancestors(f"{NAMESPACE}*"))
            if not inside or (parent is not None and parent.tag == f"{NAMESPACE}nonFraction"):
                yield broken("excludeMisplaced", "5.1.1", file, element)


def footnote_languages(subject: Subject) -> Iterator[Finding]:
    """Each footnote has a language in scope (Inline XBRL 1.1, 6.1.2)."""
    for file in files_of(subject):
        for each in file.footnotes:
            if not file.language(each.element):
                yield broken("footnoteLang", "6.1.2", file, each.element)


RULES = (continuation_chains, exclusions, footnote_languages)
