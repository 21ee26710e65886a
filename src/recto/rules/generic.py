"""Generic Links 1.0, Generic Labels 1.0, Generic References 1.0, Generic Preferred Label 1.0.

Generic Links has ten codes, `xbrlgene:…`. Generic Labels and References define prefixes for codes, `xbrlle` and
`xbrlre`, but no codes: ours name the section and the rule, as those of XBRL 2.1 do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from recto.findings import Finding
from recto.names import GEN, GEN_LABEL, GEN_REFERENCE, LINK, ROLE_LINK, XL, QName
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.subject import Subject, finding, prefixed
from recto.rules.xbrl21.linkbases import own_linkbases
from recto.rules.xbrl21.links import ARCROLE_REF, ROLE_REF
from recto.rules.xbrl21.networks import base_sets, directed_cycle, undirected_cycle
from recto.rules.xbrl21.roles import LINK_ELEMENTS
from recto.taxonomy.model import Concept
from recto.xml import Document
from recto.xml.xlink import ARCROLE, ROLE, TYPE, XML_LANG

_ABSOLUTE = lazy(r"[A-Za-z][A-Za-z0-9+.-]*:")
_GEN_LINK, _GEN_ARC, _RESOURCE = QName(GEN, "link"), QName(GEN, "arc"), QName(XL, "resource")
_PREFERRED = QName("http://xbrl.org/2013/preferred-label", "preferredLabel")
_LABEL, _REFERENCE = QName(GEN_LABEL, "label"), QName(GEN_REFERENCE, "reference")
_CLAUSE = "Generic Links 1.0"
_ELEMENT_LABEL = "http://xbrl.org/arcrole/2008/element-label"
_TARGETS = {
    _ELEMENT_LABEL: (_LABEL, "xbrlle", "generic label"),
    "http://xbrl.org/arcrole/2008/element-reference": (
        _REFERENCE,
        "xbrlre",
        "generic reference",
    ),
}


def generic_links(subject: Subject) -> Iterator[Finding]:
    """Roles and arcroles of generic links, resources and arcs are declared, referred to and in place (2.1, 2.2).

    Generic arcs may stand in other extended links too.
    """
    for _, tree, linkbases in own_linkbases(subject):
        for linkbase in linkbases:
            roles = {element.get("roleURI") for element in linkbase if element.tag == ROLE_REF}
            arcroles = {element.get("arcroleURI") for element in linkbase if element.tag == ARCROLE_REF}
            for link in linkbase:
                if link.get(TYPE) != "extended" or link.tag in LINK_ELEMENTS:
                    continue
                generic = subject.grammar.substitutes(link.tag, _GEN_LINK)
                if generic:
                    yield from _role(subject, tree, link, "Link", roles)
                for child in link:
                    kind = child.get(TYPE)
                    if generic and kind == "resource" and child.get(ROLE) is not None:
                        yield from _role(subject, tree, child, "Resource", roles)
                    elif kind == "arc" and subject.grammar.substitutes(child.tag, _GEN_ARC):
                        yield from _arcrole(subject, tree, child, arcroles)


def _role(subject: Subject, tree: Document, element: Any, what: str, referred: set[str | None]) -> Iterator[Finding]:
    role = element.get(ROLE) or ""
    if not _ABSOLUTE.match(role):
        yield _error(f"nonAbsolute{what}RoleURI", tree, element, role=role)
    elif what == "Link" and role == ROLE_LINK:
        return
    elif role not in referred:
        yield _error(f"missingRoleRefFor{what}Role", tree, element, role=role)
    else:
        declared = subject.dts.role_types(role)
        if declared and not any(QName.of(element.tag) in each.used_on for each in declared):
            yield _error(f"missing{what}RoleUsedOnValue", tree, element, role=role, name=prefixed(element))


def _arcrole(subject: Subject, tree: Document, arc: Any, referred: set[str | None]) -> Iterator[Finding]:
    arcrole = arc.get(ARCROLE) or ""
    if not _ABSOLUTE.match(arcrole):
        yield _error("nonAbsoluteArcRoleURI", tree, arc, arcrole=arcrole)
    elif arcrole not in referred:
        yield _error("missingRoleRefForArcRole", tree, arc, arcrole=arcrole)
    else:
        declared = subject.dts.arcrole_types(arcrole)
        if declared and not any(QName.of(arc.tag) in each.used_on for each in declared):
            yield _error("missingArcRoleUsedOnValue", tree, arc, arcrole=arcrole, name=prefixed(arc))


def cycles(subject: Subject) -> Iterator[Finding]:
    """Networks of generic arcs have no cycles that their arcrole does not allow (2.2.1)."""
    for arcrole in subject.dts.arcroles():
        if arcrole.startswith("http://xbrl.org/int/dim/arcrole/"):
            continue
        declared = subject.dts.arcrole_types(arcrole)
        allowed = declared[0].cycles_allowed if declared else None
        if allowed is None or allowed == "any":
            continue
        for role, _, name, arcs in base_sets(subject, arcrole):
            if name.startswith(f"{{{LINK}}}") or not subject.grammar.substitutes(name, _GEN_ARC):
                continue
            found = directed_cycle(arcs)
            if found is None and allowed == "none":
                found = undirected_cycle(arcs)
            if found is not None:
                yield finding(
                    "xbrlgene:violatedCyclesConstraint",
                    found.document.url,
                    found.line,
                    specification=f"{_CLAUSE}, 2.2.1",
                    arcrole=arcrole,
                    role=role,
                )


def label_languages(subject: Subject) -> Iterator[Finding]:
    """A generic label says its language itself (Generic Labels 1.0 with errata, 2.1)."""
    for _, tree, linkbases in own_linkbases(subject):
        for linkbase in linkbases:
            for link in linkbase:
                if link.get(TYPE) != "extended" or link.tag in LINK_ELEMENTS:
                    continue
                for child in link:
                    if child.get(TYPE) != "resource" or child.get(XML_LANG) is not None:
                        continue
                    if subject.grammar.substitutes(child.tag, _LABEL):
                        yield finding(
                            "xbrlle.2.1:langMissing",
                            tree.url,
                            tree.line(child),
                            element=prefixed(child),
                            name=prefixed(child),
                        )


def label_and_reference_targets(subject: Subject) -> Iterator[Finding]:
    """Arcs to generic labels and references end at such (Generic Labels 1.0 and Generic References 1.0, 2.1.1)."""
    own = subject.own_urls
    for arcrole, (wanted, code, what) in _TARGETS.items():
        for role in subject.dts.own_link_roles(arcrole):
            for arc in subject.arcs(arcrole, role):
                if arc.document.url not in own or _is_resource(subject, arc.target, wanted):
                    continue
                yield finding(
                    f"{code}.2.1.1:arcTarget",
                    arc.document.url,
                    arc.line,
                    arcrole=arcrole,
                    what=what,
                )


def _is_resource(subject: Subject, target: object, wanted: QName) -> bool:
    """Whether the end of an arc is a resource of that name, or of its substitution group."""
    if getattr(target, "kind", "") != "resource":
        return False
    record = subject.dts.document_of(target).compiled.resource(target.ordinal)  # type: ignore[arg-type, attr-defined]
    return subject.grammar.substitutes(record[0], wanted)


def preferred_labels(subject: Subject) -> Iterator[Finding]:
    """gpl:preferredLabel on an arc names the role of a label that the arc's target has (Preferred Labels 1.0, 2)."""
    own = subject.own_urls
    dts = subject.dts
    if not dts.schemas_of(_PREFERRED.namespace):
        return
    for arcrole in dts.arcroles():
        for role in dts.link_roles(arcrole):
            for arc in subject.arcs(arcrole, role):
                wanted = arc.info.attributes.get(_PREFERRED)
                if wanted is None or arc.document.url not in own:
                    continue
                if isinstance(arc.target, Concept) and any(
                    label.role == wanted.strip() for label in dts.labels(arc.target)
                ):
                    continue
                if wanted.strip() in _generic_roles(subject, arc.target):
                    continue
                yield finding("gple:missingPreferredLabel", arc.document.url, arc.line, role=wanted)


def _generic_roles(subject: Subject, target: object) -> set[str | None]:
    """Roles of the generic labels of something."""
    found: set[str | None] = set()
    for role in subject.dts.link_roles(_ELEMENT_LABEL):
        for arc in subject.arcs(_ELEMENT_LABEL, role):
            if arc.source == target and getattr(arc.target, "kind", "") == "resource":
                home = subject.dts.document_of(arc.target)
                record = home.compiled.resource(arc.target.ordinal)
                if subject.grammar.substitutes(record[0], _LABEL):
                    found.add(record[1])
    return found


def _error(name: str, tree: Document, element: Any, /, **arguments: Any) -> Finding:
    return finding(
        f"xbrlgene:{name}",
        tree.url,
        tree.line(element),
        element=prefixed(element),
        **arguments,
    )


def rules() -> list[Rule]:
    return [generic_links, cycles, label_languages, label_and_reference_targets, preferred_labels]
