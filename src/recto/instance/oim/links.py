"""Links between facts, and from facts to notes (OIM 1.0, links; xBRL-JSON 1.0 and xBRL-CSV 1.0, links)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from recto.findings import Findings
from recto.instance.model import Fact, Footnote, FootnoteLink
from recto.instance.oim.document import DocumentInfo
from recto.names import ARC_FACT_FOOTNOTE


class Link(NamedTuple):
    """One source with its targets as a report states them; type and group are aliases.

    No group or no source: the report names the type, or the group, and nothing in it.
    """

    type: str
    group: str | None
    source: str | None
    targets: Sequence[str]
    line: int


class LinkBuilder:
    """Resolves aliases and ids. Each fault is reported once for each alias or id."""

    def __init__(
        self,
        info: DocumentInfo,
        facts: Mapping[str, Fact],
        notes: Mapping[str, Footnote],
        reported: Callable[[str], bool],
        findings: Findings,
        document: str,
        prefix: str,
    ):
        """`reported` tells whether the report has a fact of that id, be it one that could not be read."""
        self.info = info
        self.facts = facts
        self.notes = notes
        self.reported = reported
        self.findings = findings
        self.document = document
        self.prefix = prefix
        self._told: set[tuple[str, str]] = set()
        self._used: set[str] = set()

    def build(self, links: Iterable[Link], *, complete: bool = True) -> dict[Fact, list[FootnoteLink]]:
        """What each fact is linked to, in order; also reports notes that nothing leads to, if `links` are all."""
        built: dict[Fact, list[FootnoteLink]] = {}
        for link in links:
            arcrole = self.info.link_types.get(link.type)
            if arcrole is None:
                self._tell("unknownLinkType", link.type, "linkTypes does not declare the link type", link.line)
                continue
            if link.group is None:
                continue
            role = self.info.link_groups.get(link.group)
            if role is None:
                self._tell("unknownLinkGroup", link.group, "linkGroups does not declare the link group", link.line)
                continue
            if link.source is None:
                continue
            source = self.facts.get(link.source)
            if source is None and link.source in self.notes:
                self._passed_over(link)
            elif source is None and not self.reported(link.source):
                self._tell("unknownLinkSource", link.source, "there is no fact", link.line)
            for target in link.targets:
                end = self._target(target, arcrole, link)
                if source is not None and end is not None:
                    built.setdefault(source, []).append(FootnoteLink(arcrole, role, end))
        for identifier, note in self.notes.items():
            if complete and identifier not in self._used:
                message = f"no link leads to the note {identifier!r}"
                self._error("oime:unusedNoteFact", message, note.line, identifier, document=note.document)
        return built

    def _target(self, identifier: str, arcrole: str, link: Link) -> Fact | Footnote | None:
        note = self.notes.get(identifier)
        if note is not None:
            self._used.add(identifier)
            return note
        fact = self.facts.get(identifier)
        if fact is None:
            if not self.reported(identifier):
                self._tell("unknownLinkTarget", identifier, "there is no fact", link.line)
            return None
        if arcrole == ARC_FACT_FOOTNOTE:
            message = f"A link of type {link.type!r} must lead to a note, but {identifier!r} is another fact."
            self._error("oime:illegalStandardFootnoteTarget", message, link.line, link.source or "")
            return None
        return fact

    def _passed_over(self, link: Link) -> None:
        """Links that come from notes are allowed, but have no place in the model, whose links come from facts."""
        self.findings.found(
            "recto:linkFromNote",
            link.source or "",
            document=self.document,
            line=link.line or None,
            facts=(link.source or "",),
            targets=", ".join(link.targets),
        )

    def _tell(self, code: str, name: str, message: str, line: int) -> None:
        if (code, name) not in self._told:
            self._told.add((code, name))
            self._error(f"{self.prefix}:{code}", f"{message} {name!r}", line)

    def _error(self, code: str, message: str, line: int, *facts: str, document: str = "") -> None:
        document = document or self.document
        self.findings.found(
            code, about="In links", document=document, line=line, facts=facts, reason=message.removesuffix(".")
        )
