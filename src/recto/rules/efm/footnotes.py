"""Footnotes of instances (EDGAR Filer Manual, 6.5.27 to 6.5.33)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.names import ARC_FACT_FOOTNOTE, LINK, ROLE_FOOTNOTE, ROLE_LINK
from recto.rules import Rule
from recto.rules.efm.submission import is_standard
from recto.rules.efm.telling import tell_element
from recto.rules.subject import Subject
from recto.xml.xlink import ARCROLE, FROM, HREF, LABEL, ROLE, TO

_LINK: Final = f"{{{LINK}}}footnoteLink"
_LOC: Final = f"{{{LINK}}}loc"
_ARC: Final = f"{{{LINK}}}footnoteArc"
_NOTE: Final = f"{{{LINK}}}footnote"


def footnotes(subject: Subject) -> Iterator[Finding]:
    """Footnote links hold locators, arcs and notes of XBRL's own kind, and each note belongs to a fact."""
    if subject.instance.kind != "xbrl" or subject.anchors is None:
        return
    for document in subject.anchors.documents.values():
        for link in document.root.iter(_LINK):
            linked: set[str] = set()
            if link.get(ROLE, ROLE_LINK) != ROLE_LINK:
                yield tell_element("6.05.28.footnoteLinkRole", link, document, role=link.get(ROLE))
            for child in link.iterchildren("*"):
                if child.tag not in (_LOC, _ARC, _NOTE):
                    yield tell_element("6.05.27.footnoteContent", child, document)
                elif child.tag == _LOC and child.get(ROLE):
                    yield tell_element("6.05.29.footnoteLocatorRole", child, document, role=child.get(ROLE))
                elif child.tag == _LOC and not (child.get(HREF) or "").strip().startswith("#"):
                    yield tell_element("6.05.32.footnoteLocator", child, document, reference=child.get(HREF))
                elif child.tag == _ARC:
                    if not is_standard(child.get(ARCROLE) or ARC_FACT_FOOTNOTE):
                        yield tell_element("6.05.30.footnoteArcrole", child, document, arcrole=child.get(ARCROLE))
                    linked.add(child.get(TO) or "")
                elif child.tag == _NOTE and child.get(ROLE, ROLE_FOOTNOTE) != ROLE_FOOTNOTE:
                    yield tell_element("6.05.31.footnoteRole", child, document, role=child.get(ROLE))
            located = {loc.get(LABEL) for loc in link.iterchildren(_LOC)}
            for arc in link.iterchildren(_ARC):
                if arc.get(FROM) not in located:
                    linked.discard(arc.get(TO) or "")
            if any(child.tag not in (_LOC, _ARC, _NOTE) for child in link.iterchildren("*")):
                continue  # what stands in place of an arc may link the note
            for note in link.iterchildren(_NOTE):
                if (note.get(LABEL) or "") not in linked and "".join(note.itertext()).strip():
                    yield tell_element("6.05.33.danglingFootnote", note, document)


RULES: list[Rule] = [footnotes]
