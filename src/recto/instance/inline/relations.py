"""Footnotes and relationships of an Inline XBRL document set (Inline XBRL 1.1, 6 and 13; 1.0, 7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recto.findings import Findings
from recto.instance.inline.content import ContentLimitError, Contents
from recto.instance.inline.document import InlineFile, Marked
from recto.instance.inline.facts import FactReader
from recto.instance.links import Room
from recto.instance.model import Fact, Footnote, FootnoteLink
from recto.names import ARC_FACT_FOOTNOTE, ROLE_FOOTNOTE, ROLE_LINK


def read_relations(
    files: Sequence[InlineFile], reader: FactReader, contents: Contents, findings: Findings
) -> tuple[dict[Fact, Sequence[FootnoteLink]], list[Any]]:
    """What each fact of the target leads to, and the relationship elements."""
    relations = _Relations(files, reader, contents, findings)
    elements = []
    for file in files:
        for each in file.relationships:
            elements.append(each.element)
            relations.read(each)
        if file.footnotes:
            for fact in file.facts:
                relations.read_1_0(fact)
    relations.tell()
    return dict(relations.links), elements


class _Relations:
    def __init__(self, files: Sequence[InlineFile], reader: FactReader, contents: Contents, findings: Findings):
        self.links: dict[Fact, list[FootnoteLink]] = {}
        self._contents = contents
        self._findings = findings
        self._facts: dict[str, Fact | None] = {}
        self._footnotes: dict[str, Marked] = {}
        self._made: dict[Any, Footnote] = {}
        self._room = Room()
        for file in files:
            for each in file.footnotes:
                identifier = each.get("id") or each.get("footnoteID")
                if identifier is not None:
                    self._footnotes.setdefault(identifier, each)
        linked = any(file.relationships for file in files)
        self._by_element = reader.by_element if linked or any(file.footnotes for file in files) else {}
        for file in files if linked else ():
            for each in file.facts:
                identifier = each.element.get("id")
                if identifier is not None:
                    self._facts.setdefault(identifier, self._by_element.get(each.element))

    def read(self, relationship: Marked) -> None:
        """One `ix:relationship`: every `fromRefs` to every `toRefs` (Inline XBRL 1.1, 13.1.2)."""
        get = relationship.get
        arcrole = get("arcrole") or ARC_FACT_FOOTNOTE
        role = get("linkRole") or ROLE_LINK
        order = _order(get("order"))
        sources = []
        for identifier in (get("fromRefs") or "").split():
            if identifier not in self._facts:
                self._report("relationshipFromRef", relationship, f"fromRefs names {identifier!r}, which is no fact")
            elif (fact := self._facts[identifier]) is not None:
                sources.append(fact)
        to_refs = (get("toRefs") or "").split()
        more = len(sources) * len(to_refs) - len(sources) - len(to_refs)
        if len({identifier in self._footnotes for identifier in to_refs}) > 1:
            self._report("relationshipReferencesMixed", relationship, "toRefs names both facts and footnotes")
        for identifier in to_refs:
            target: Footnote | Fact | None
            if identifier in self._footnotes:
                target = self._footnote(self._footnotes[identifier]) if sources else None
            elif identifier in self._facts:
                target = self._facts[identifier]
            else:
                message = f"toRefs names {identifier!r}, which is neither fact nor footnote"
                self._report("relationshipToRef", relationship, message)
                continue
            if target is not None and self._room.takes(more, relationship.file.doc.url, relationship.line):
                more = 0
                for fact in sources:
                    self.links.setdefault(fact, []).append(FootnoteLink(arcrole, role, target, order))

    def tell(self) -> None:
        """What found no room."""
        self._room.tell(self._findings)

    def read_1_0(self, marked: Marked) -> None:
        """`footnoteRefs` of a fact (Inline XBRL 1.0, 6.1)."""
        references = marked.get("footnoteRefs")
        fact = self._by_element.get(marked.element) if references else None
        if references is None or fact is None:
            return
        for identifier in references.split():
            footnote = self._footnotes.get(identifier)
            if footnote is None:
                self._report("relationshipToRef", marked, f"footnoteRefs names {identifier!r}, which is no footnote")
                continue
            arcrole = footnote.get("arcrole") or ARC_FACT_FOOTNOTE
            role = footnote.get("footnoteLinkRole") or ROLE_LINK
            self.links.setdefault(fact, []).append(FootnoteLink(arcrole, role, self._footnote(footnote)))

    def _footnote(self, marked: Marked) -> Footnote:
        made = self._made.get(marked.element)
        if made is None:
            file = marked.file
            try:
                content = self._contents.escaped(marked)
            except ContentLimitError as error:
                content = ""
                where = {"document": file.doc.url, "line": marked.line, "element": f"ix:{marked.local}"}
                self._findings.found(error.code, about="A footnote is empty", **where)
            made = self._made[marked.element] = Footnote(
                content,
                marked.get("footnoteRole") or ROLE_FOOTNOTE,
                file.language(marked.element),
                marked.get("id") or marked.get("footnoteID"),
                file.doc.url,
                marked.line,
            )
        return made

    def _report(self, name: str, at: Marked, message: str) -> None:
        self._findings.found(
            f"ix11.13.1.2:{name}",
            about=f"In ix:{at.local}",
            reason=message,
            document=at.file.doc.url,
            line=at.line,
            element=f"ix:{at.local}",
            specification="Inline XBRL 1.1, 13.1.2",
        )


def _order(text: str | None) -> float:
    try:
        return float(text) if text is not None else 1.0
    except ValueError:
        return 1.0
