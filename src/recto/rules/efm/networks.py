"""Presentation, calculation and definition networks (EDGAR Filer Manual, 6.12, 6.14, 6.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from recto.findings import Finding
from recto.names import (
    ARC_ALL,
    ARC_DIMENSION_DOMAIN,
    ARC_DOMAIN_MEMBER,
    ARC_NOT_ALL,
    ARC_PARENT_CHILD,
    ARC_SUMMATION_ITEM,
)
from recto.rules import Rule
from recto.rules.efm.submission import is_standard
from recto.rules.efm.telling import tell, tell_concept
from recto.rules.efm.usage import used_concepts
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept, Network, Relationship

_PRESENTATION: Final = re.compile(r"https?://.*[-_]pre[-_\w.]*\.(?:xsd|xml)\Z")
_DIMENSION: Final = "dimension"


def own_roles(subject: Subject, arcrole: str) -> list[str]:
    """Link roles in which the filer's own documents have arcs of an arcrole."""
    return list(subject.dts.own_link_roles(arcrole))


def presented(subject: Subject) -> Iterator[Finding]:
    """Every element that is used stands in a presentation group (6.12.3)."""
    shown: set[Concept] = set()
    for role in subject.dts.roles(ARC_PARENT_CHILD):
        for each in subject.dts.network(ARC_PARENT_CHILD, role).relationships:
            shown.add(each.source)
            shown.add(each.target)
    companions = {url.rpartition("/")[0] for url in subject.dts.documents if _PRESENTATION.search(url)}
    for concept in used_concepts(subject):
        # A standard taxonomy may come with a presentation of its own.
        if concept not in shown and (concept.document or "").rpartition("/")[0] not in companions:
            yield tell_concept("6.12.03.notPresented", concept)


def groups(subject: Subject) -> Iterator[Finding]:
    """A presentation group has one root, siblings have different orders, and an axis has a domain (6.12.2, 6.12.6,
    6.12.8).
    """
    for role in own_roles(subject, ARC_PARENT_CHILD):
        network = subject.dts.network(ARC_PARENT_CHILD, role)
        relationships = network.relationships
        if not relationships:
            continue
        if len(network.roots) > 1 and not is_standard(role):
            first = relationships[0]
            roots = ", ".join(root.name for root in network.roots[:5])
            yield tell("6.12.06.multipleRoots", first.document, first.line, about=role, roots=roots)
        told: set[Concept] = set()
        for each in relationships:
            for concept in (each.source, each.target):
                if concept.kind == _DIMENSION and concept not in told:
                    told.add(concept)
                    if not _is_typed(concept) and not any(_is_domain(arc.target) for arc in network.children(concept)):
                        yield tell("6.12.08.axisWithoutDomain", each.document, each.line, about=concept.name, role=role)
        yield from _orders(relationships, role)


def _orders(relationships: Sequence[Relationship], role: str) -> Iterator[Finding]:
    seen: dict[tuple[Concept, float], Relationship] = {}
    for each in relationships:
        first = seen.setdefault((each.source, each.order), each)
        if first is not each and first.target is not each.target:
            yield tell(
                "6.12.02.sameOrder",
                each.document,
                each.line,
                about=each.source.name,
                one=first.target.name,
                two=each.target.name,
                role=role,
            )


def _is_domain(concept: Concept) -> bool:
    if concept.qname.local.endswith(("Domain", "Member")):
        return True
    return concept.type is not None and any(each.qname.local == "domainItemType" for each in concept.type.chain())


def _is_typed(concept: Concept) -> bool:
    return concept.typed_domain is not None


def calculations(subject: Subject) -> Iterator[Finding]:
    """What sums up to itself is no sum (6.14.4)."""
    for role in own_roles(subject, ARC_SUMMATION_ITEM):
        network = subject.dts.network(ARC_SUMMATION_ITEM, role)
        circle = _circle(network)
        if circle is not None:
            yield tell("6.14.04.circular", circle.document, circle.line, about=circle.source.name, role=role)


def _circle(network: Network) -> Relationship | None:
    """A relationship that closes a directed cycle; None where there is none."""
    done: set[Concept] = set()
    for start in [each.source for each in network.relationships]:
        if start in done:
            continue
        path: set[Concept] = {start}
        stack = [(start, iter(network.children(start)))]
        while stack:
            concept, rest = stack[-1]
            step = next(rest, None)
            if step is None:
                stack.pop()
                path.discard(concept)
                done.add(concept)
            elif step.target in path:
                found: Relationship = step
                return found
            elif step.target not in done:
                path.add(step.target)
                stack.append((step.target, iter(network.children(step.target))))
    return None


def cubes(subject: Subject) -> Iterator[Finding]:
    """A table that is excluded is open, and none is both excluded and included in one role (6.16.6, 6.16.8)."""
    for role in own_roles(subject, ARC_NOT_ALL):
        included = {each.target for each in subject.dts.network(ARC_ALL, role).relationships}
        for each in subject.dts.network(ARC_NOT_ALL, role).relationships:
            if each.closed:
                yield tell("6.16.06.closedNotAll", each.document, each.line, about=each.target.name, role=role)
            if each.target in included:
                yield tell("6.16.08.excludesItself", each.document, each.line, about=each.target.name, role=role)


def domains(subject: Subject) -> Iterator[Finding]:
    """In what an axis leads to, each member is reached in one way (6.16.4).

    So it is for the primary items that a table is attached to.
    """
    told: set[tuple[Concept, Concept]] = set()
    for role in own_roles(subject, ARC_DIMENSION_DOMAIN):
        network = subject.dts.network(ARC_DIMENSION_DOMAIN, role)
        axes: dict[Concept, list[Relationship]] = {}
        for each in network.relationships:
            axes.setdefault(each.source, []).append(each)
        for axis, arcs in axes.items():
            yield from _tangled(subject, axis, arcs, role, told)
    for role in own_roles(subject, ARC_ALL):
        for each in subject.dts.network(ARC_ALL, role).relationships:
            yield from _tangled(subject, each.source, [each], role, told, items=True)


def _tangled(
    subject: Subject,
    source: Concept,
    arcs: list[Relationship],
    role: str,
    told: set[tuple[Concept, Concept]],
    *,
    items: bool = False,
) -> Iterator[Finding]:
    reached: set[Concept] = set()
    steps: list[tuple[Concept, str]] = []
    for arc in arcs:
        start = source if items else arc.target
        if start in reached:
            continue
        reached.add(start)
        steps.append((start, role if items else arc.target_role or role))
    while steps:
        concept, where = steps.pop()
        for each in subject.dts.network(ARC_DOMAIN_MEMBER, where).children(concept):
            if each.target in reached:
                key = (source, each.target)
                if key not in told:
                    told.add(key)
                    yield tell(
                        "6.16.04.tangledDomain",
                        each.document,
                        each.line,
                        about=source.name,
                        member=each.target.name,
                        role=role,
                    )
                continue
            reached.add(each.target)
            steps.append((each.target, each.target_role or where))


RULES: list[Rule] = [presented, groups, calculations, cubes, domains]
