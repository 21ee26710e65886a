"""Series of funds and classes of their shares: each has a member of its own (EDGAR Filer Manual, 6.5.41, 6.5.57)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.findings import Finding
from recto.names import ARC_DIMENSION_DOMAIN, ARC_DOMAIN_MEMBER, QName
from recto.rules import Rule
from recto.rules.efm.submission import CLASS_RULES, submission
from recto.rules.efm.telling import tell
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept

_ENTITIES: Final = "LegalEntityAxis"
_CLASSES: Final = "ClassAxis"
_CLASS_ROLE: Final = "http://xbrl.sec.gov/oef/role/ClassOnly"
_SHAREHOLDER_REPORTS: Final = ("N-CSR", "N-CSR/A", "N-CSRS", "N-CSRS/A")


def series(subject: Subject) -> Iterator[Finding]:
    """Where a submission of a prospectus names series, the report has a member for each, on the axis of legal entities,
    that facts are about.
    """
    filed = submission(subject)
    if filed.document_type not in CLASS_RULES and filed.form not in ("N-Q", "N-Q/A"):
        return
    every = filed.flag("rptIncludeAllSeriesFlag")
    wanted = filed.words("newClass2.seriesIds" if every else "rptSeriesClassInfo.seriesIds")
    yield from _members(subject, wanted, _ENTITIES, "6.05.41.series", None)


def classes(subject: Subject) -> Iterator[Finding]:
    """So it is for the classes that a shareholder report of an open-end fund is about, on their axis."""
    filed = submission(subject)
    if filed.form not in _SHAREHOLDER_REPORTS or filed.parameters.get("invCompanyType") != "N-1A":
        return
    every = filed.flag("rptIncludeAllClassesFlag")
    wanted = filed.words("newClass2.classIds" if every else "rptSeriesClassInfo.classIds")
    yield from _members(subject, wanted, _CLASSES, "6.05.57.class", _CLASS_ROLE)


def _members(subject: Subject, wanted: tuple[str, ...], axis: str, code: str, role: str | None) -> Iterator[Finding]:
    """What is told of the members for identifiers: each is declared, on the axis (in a role), and in use."""
    filed = submission(subject)
    wanted = tuple(sorted(set(filter(None, wanted))))
    if not wanted:
        return
    on_axis = _on_axis(subject, axis, role)
    used = {
        member
        for fact in filed.own_facts()
        if not fact.nil
        for each, member in fact.dimensions.items()
        if each.local == axis and isinstance(member, QName)
    }
    url = subject.instance.url
    for each in wanted:
        name = f"{each}Member"
        concept = next(
            (found for space in filed.custom_namespaces if (found := subject.dts.concept(QName(space, name)))), None
        )
        if concept is None:
            yield tell(f"{code}NotDeclared", url, about=each, name=name)
        elif concept not in on_axis:
            yield tell(f"{code}NotOnAxis", url, about=each, name=name)
        elif concept.qname not in used:
            yield tell(f"{code}NotInContext", url, about=each, name=name)


def _on_axis(subject: Subject, axis: str, wanted: str | None) -> set[Concept]:
    """All members that an axis leads to, in one role or in whatever role."""
    found: set[Concept] = set()
    for role in subject.dts.roles(ARC_DIMENSION_DOMAIN) if wanted is None else (wanted,):
        for each in subject.dts.network(ARC_DIMENSION_DOMAIN, role).relationships:
            if each.source.qname.local != axis:
                continue
            steps = [(each.target, each.target_role or role)]
            while steps:
                concept, where = steps.pop()
                if concept not in found:
                    found.add(concept)
                    network = subject.dts.network(ARC_DOMAIN_MEMBER, where)
                    steps += [(arc.target, arc.target_role or where) for arc in network.children(concept)]
    return found


RULES: list[Rule] = [series, classes]
