"""Series of funds: each has a member of its own (EDGAR Filer Manual, 6.5.41)."""

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

_AXIS: Final = "LegalEntityAxis"
_PARAMETER: Final = "rptSeriesClassInfo.seriesIds"


def series(subject: Subject) -> Iterator[Finding]:
    """Where a submission of a prospectus names series, the report has a member for each, on the axis of legal entities,
    that facts are about.
    """
    filed = submission(subject)
    if filed.document_type not in CLASS_RULES:
        return
    wanted = filed.words(_PARAMETER)
    if not wanted:
        return
    on_axis = _on_axis(subject)
    used = {
        member
        for fact in filed.own_facts()
        if not fact.nil
        for axis, member in fact.dimensions.items()
        if axis.local == _AXIS and isinstance(member, QName)
    }
    url = subject.instance.url
    for each in wanted:
        name = f"{each}Member"
        concept = next(
            (found for space in filed.custom_namespaces if (found := subject.dts.concept(QName(space, name)))), None
        )
        if concept is None:
            yield tell("6.05.41.seriesNotDeclared", url, about=each, name=name)
        elif concept not in on_axis:
            yield tell("6.05.41.seriesNotOnAxis", url, about=each, name=name)
        elif concept.qname not in used:
            yield tell("6.05.41.seriesNotInContext", url, about=each, name=name)


def _on_axis(subject: Subject) -> set[Concept]:
    """All members that the axis of legal entities leads to, in whatever role."""
    found: set[Concept] = set()
    for role in subject.dts.roles(ARC_DIMENSION_DOMAIN):
        for each in subject.dts.network(ARC_DIMENSION_DOMAIN, role).relationships:
            if each.source.qname.local != _AXIS:
                continue
            steps = [(each.target, each.target_role or role)]
            while steps:
                concept, where = steps.pop()
                if concept not in found:
                    found.add(concept)
                    network = subject.dts.network(ARC_DOMAIN_MEMBER, where)
                    steps += [(arc.target, arc.target_role or where) for arc in network.children(concept)]
    return found


RULES: list[Rule] = [series]
