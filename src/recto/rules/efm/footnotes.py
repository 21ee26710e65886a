"""Footnotes of reports (EDGAR Filer Manual, 6.5.27 to 6.5.34)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from recto.findings import Finding
from recto.names import ARC_FACT_FOOTNOTE, LINK, ROLE_LINK, XHTML
from recto.rules import Rule
from recto.rules.efm.html import faults
from recto.rules.efm.submission import is_standard
from recto.rules.efm.telling import tell_element
from recto.rules.inline.support import NAMESPACE, files_of
from recto.rules.subject import Subject
from recto.xml.xlink import ARCROLE, FROM, HREF, LABEL, ROLE, TO

_LINK: Final = f"{{{LINK}}}footnoteLink"
_LOC: Final = f"{{{LINK}}}loc"
_ARC: Final = f"{{{LINK}}}footnoteArc"
_NOTE: Final = f"{{{LINK}}}footnote"
_XHTML: Final = f"{{{XHTML}}}"


def footnotes(subject: Subject) -> Iterator[Finding]:
    """Footnote links hold locators, arcs and notes of XBRL's own kind, and each note belongs to a fact and is of the
    HTML that EDGAR takes.
    """
    if subject.instance.kind != "xbrl" or subject.anchors is None:
        return
    for document in subject.anchors.documents.values():
        for link in document.root.iter(_LINK):
            linked: set[str] = set()
            if link.get(ROLE) and link.get(ROLE) != ROLE_LINK:
                yield tell_element("6.05.28.footnoteLinkRole", link, document, role=link.get(ROLE))
            for child in link.iterchildren("*"):
                if child.tag not in (_LOC, _ARC, _NOTE):
                    yield tell_element("6.05.27.footnoteContent", child, document)
                elif child.tag == _LOC and child.get(ROLE) and not is_standard(child.get(ROLE)):
                    yield tell_element("6.05.29.footnoteLocatorRole", child, document, role=child.get(ROLE))
                elif child.tag == _LOC and not (child.get(HREF) or "").strip().startswith("#"):
                    yield tell_element("6.05.32.footnoteLocator", child, document, reference=child.get(HREF))
                elif child.tag == _ARC:
                    if not is_standard(child.get(ARCROLE) or ARC_FACT_FOOTNOTE):
                        yield tell_element("6.05.30.footnoteArcrole", child, document, arcrole=child.get(ARCROLE))
                    linked.add(child.get(TO) or "")
                elif child.tag == _NOTE:
                    if child.get(ROLE) is not None and not is_standard(child.get(ROLE)):
                        yield tell_element("6.05.28.footnoteRole", child, document, role=child.get(ROLE))
                    for reason in dict.fromkeys(_faults(child, subject)):
                        yield tell_element("6.05.34.footnoteText", child, document, reason=reason)
            located = {loc.get(LABEL) for loc in link.iterchildren(_LOC)}
            for arc in link.iterchildren(_ARC):
                if arc.get(FROM) not in located:
                    linked.discard(arc.get(TO) or "")
            if any(child.tag not in (_LOC, _ARC, _NOTE) for child in link.iterchildren("*")):
                continue  # what stands in place of an arc may link the note
            for note in link.iterchildren(_NOTE):
                if (note.get(LABEL) or "") not in linked and "".join(note.itertext()).strip():
                    yield tell_element("6.05.33.danglingFootnote", note, document)


def _faults(note: Any, subject: Subject) -> Iterator[str]:
    for element in note.iterdescendants("*"):
        yield from faults(element, element.tag.removeprefix(_XHTML), subject)


def inline_footnotes(subject: Subject) -> Iterator[Finding]:
    """Each footnote of an inline document belongs to a fact, in the default role (6.5.28, 6.5.33)."""
    if subject.instance.kind != "inline":
        return
    linked: set[str] | None = None
    for file in files_of(subject):
        for each in file.doc.root.iter(f"{NAMESPACE}footnote", f"{NAMESPACE}relationship"):
            if each.tag != f"{NAMESPACE}footnote":
                role = (each.get("linkRole") or ROLE_LINK).strip()
                if role != ROLE_LINK:
                    yield tell_element("6.05.28.footnoteLinkRole", each, file.doc, role=role)
                continue
            if linked is None:
                linked = _linked(subject)
            if each.get("id") not in linked and "".join(each.itertext()).strip():
                yield tell_element("6.05.33.danglingFootnote", each, file.doc)


def _linked(subject: Subject) -> set[str]:
    """Ids that relationships lead to."""
    return {
        identifier
        for file in files_of(subject)
        for each in file.doc.root.iter(f"{NAMESPACE}relationship")
        for identifier in (each.get("toRefs") or "").split()
    }


RULES: list[Rule] = [footnotes, inline_footnotes]
