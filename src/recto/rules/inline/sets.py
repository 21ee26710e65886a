"""What holds for a document set as a whole: identifiers, references, resources (Inline XBRL 1.1, 12 to 14)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, cast

from lxml import etree

from recto.findings import Finding
from recto.instance.inline.document import InlineFile, Marked
from recto.instance.model import Fact
from recto.instance.xml import CONTEXT, UNIT
from recto.names import LINK, QName
from recto.rules.inline.support import NAMESPACE, at, broken, files_of, shown
from recto.rules.subject import Subject, fact_label, finding
from recto.rules.xbrl21.networks import directed_cycle, undirected_cycle
from recto.rules.xbrl21.roles import FOOTNOTE, STANDARD_ARCROLES, STANDARD_ROLES

_IDS = etree.XPath("//@id")
_WITH_ID = etree.XPath("//*[@id]")


def identifiers(subject: Subject) -> Iterator[Finding]:
    """An id is used once in a document, an id of Inline XBRL once in the set (XML 1.0, 3.3.1; Inline XBRL 1.1, 2.4)."""
    known: dict[str, InlineFile] = {}
    for file in files_of(subject):
        ids = _IDS(file.doc.root)
        if len(set(ids)) < len(ids):
            yield from _repeated(file)
    files = files_of(subject)
    if len(files) < 2:
        return
    for file in files:
        for group in (file.facts, file.continuations, file.footnotes):
            for each in group:
                identifier = each.element.get("id")
                if identifier is not None and known.setdefault(identifier, file) is not file:
                    yield _duplicate(file, each.element, known[identifier].doc.url)


def _repeated(file: InlineFile) -> Iterator[Finding]:
    seen: dict[str, Any] = {}
    for element in _WITH_ID(file.doc.root):
        first = seen.setdefault(element.get("id").strip(), element)
        # Two contexts, or two units, were reported when they were read.
        if first is not element and not (element.tag in (CONTEXT, UNIT) and first.tag == element.tag):
            yield _duplicate(file, element, f"line {file.doc.line(first)} ({shown(first)})")


def _duplicate(file: InlineFile, element: Any, where: str) -> Finding:
    return at("xml.3.3.1:idMustBeUnique", file, element, name=shown(element), id=element.get("id"), where=where)


def references(subject: Subject) -> Iterator[Finding]:
    """Of the references for one target, one at most has an id (Inline XBRL 1.1, 12.1.2)."""
    with_id: dict[str | None, Marked] = {}
    for file in files_of(subject):
        for each in file.references:
            if each.get("id") is None:
                continue
            first = with_id.setdefault(each.get("target"), each)
            if first is not each:
                yield broken("referencesTargetId", "12.1.2", file, each.element, id=first.get("id"))


def resources(subject: Subject) -> Iterator[Finding]:
    """A document set has resources (Inline XBRL 1.1, 14.1.2)."""
    files = files_of(subject)
    if files and not any(file.resources for file in files):
        file = files[0]
        header = next(file.doc.root.iter(f"{NAMESPACE}header"), file.doc.root)
        yield at("ix11.14.1.2:missingResources", file, header)


def relationship_ends(subject: Subject) -> Iterator[Finding]:
    """No relationship leads from an element to itself (Inline XBRL 1.1, 13.1.2)."""
    for file in files_of(subject):
        for each in file.relationships:
            both = set((each.get("fromRefs") or "").split()) & set((each.get("toRefs") or "").split())
            if both:
                yield broken(
                    "relationshipCrossDuplication", "13.1.2", file, each.element, names=", ".join(sorted(both))
                )


def relationship_roles(subject: Subject) -> Iterator[Finding]:
    """Roles and arcroles of relationships and footnotes are standard, or referred to in the resources of the set and
    declared for their use (XBRL 2.1, 3.5.2.4 and 3.5.2.5, for the target).
    """
    files = files_of(subject)
    if not any(file.relationships for file in files):
        return
    known = {uri for file in files for each in file.resources for uri in _REFERENCES(each.element)}
    for file in files:
        for each in file.relationships:
            yield from _role(subject, known, file, each, "linkRole", _FOOTNOTE_LINK)
            yield from _role(subject, known, file, each, "arcrole", _FOOTNOTE_ARC)
        for each in file.footnotes:
            yield from _role(subject, known, file, each, "footnoteRole", FOOTNOTE)


_REFERENCES = etree.XPath(f"*[namespace-uri() = '{LINK}']/@*[name() = 'roleURI' or name() = 'arcroleURI']")
_FOOTNOTE_LINK, _FOOTNOTE_ARC = f"{{{LINK}}}footnoteLink", f"{{{LINK}}}footnoteArc"


def _role(
    subject: Subject, known: set[str], file: InlineFile, marked: Marked, attribute: str, tag: str
) -> Iterator[Finding]:
    """What is wrong with one attribute, which becomes the role or arcrole of an element `tag`."""
    uri = marked.get(attribute)
    if not uri or tag in STANDARD_ROLES.get(uri, ()) or STANDARD_ARCROLES.get(uri) == tag:
        return
    is_role = tag != _FOOTNOTE_ARC
    declared = subject.dts.role_types(uri) if is_role else subject.dts.arcrole_types(uri)
    name = QName.of(tag)
    arguments = {"role" if is_role else "arcrole": uri}
    if uri in STANDARD_ROLES or uri in STANDARD_ARCROLES:
        clause = {FOOTNOTE: "3.5.3.8.3", _FOOTNOTE_LINK: "3.5.3.3"}.get(tag, "3.5.3.9.1")
        kind = "role" if is_role else "arcrole"
        yield at(f"xbrl.{clause}:{kind}OnWrongElement", file, marked.element, **arguments)
    elif uri not in known:
        code = "xbrl.3.5.2.4.1:roleRefMissing" if is_role else "xbrl.3.5.2.5.1:arcroleRefMissing"
        yield at(code, file, marked.element, **arguments)
    elif declared and not any(name in each.used_on for each in declared):
        code = "xbrl.5.1.3.4:usedOn" if is_role else "xbrl.5.1.4.5:usedOn"
        yield at(code, file, marked.element, name=f"link:{name.local}", **arguments)


class _Link(NamedTuple):
    source: Fact
    target: Fact


def relationship_cycles(subject: Subject) -> Iterator[Finding]:
    """Relationships between facts have no cycles that their arcrole forbids (XBRL 2.1, 5.1.4.3, for the target)."""
    if not any(file.relationships for file in files_of(subject)):
        return
    sets: dict[tuple[str, str], list[_Link]] = {}
    for source, links in subject.instance.links.items():
        for link in links:
            if isinstance(link.target, Fact):
                sets.setdefault((link.arcrole, link.link_role), []).append(_Link(source, link.target))
    for (arcrole, role), arcs in sets.items():
        declared = subject.dts.arcrole_types(arcrole)
        allowed = declared[0].cycles_allowed if declared else None
        if allowed not in ("none", "undirected"):
            continue
        closing = directed_cycle(cast("Any", arcs))
        if closing is None and allowed == "none":
            closing = undirected_cycle(cast("Any", arcs))
        if closing is not None:
            source, kind = closing.source, "directed" if allowed == "undirected" else "closed"
            yield finding(
                "xbrl.5.1.4.3:cycles",
                source.document,
                source.line,
                element=fact_label(source),
                facts=(source.id,),
                arcrole=arcrole,
                role=role,
                kind=kind,
                start=source.id,
                end=closing.target.id,
            )


RULES = (identifiers, references, resources, relationship_ends, relationship_roles, relationship_cycles)
