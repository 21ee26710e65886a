"""Presentation, calculation and definition networks (EDGAR Filer Manual, 6.12, 6.14, 6.16)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from recto.findings import Finding
from recto.names import (
    ARC_ALL,
    ARC_DIMENSION_DEFAULT,
    ARC_DIMENSION_DOMAIN,
    ARC_DOMAIN_MEMBER,
    ARC_HYPERCUBE_DIMENSION,
    ARC_NOT_ALL,
    ARC_PARENT_CHILD,
    ARC_SUMMATION_ITEM,
)
from recto.patterns import lazy
from recto.rules import Rule
from recto.rules.efm.submission import FUND_FORMS, is_standard, submission
from recto.rules.efm.telling import tell, tell_concept
from recto.rules.efm.usage import is_domain_item, used_concepts
from recto.rules.subject import Subject
from recto.taxonomy.model import Concept, Network, Relationship

_PRESENTATION: Final = lazy(r"https?://.*[-_]pre[-_\w.]*\.(?:xsd|xml)\Z")
_DIMENSION: Final = "dimension"
_BALANCE: Final = lazy(r"[pP]eriod(?:Start|End)")
_DEFINITION: Final = lazy(r"(\d+) - (Statement|Disclosure|Schedule|Document) - .")
_LEVELS: Final = ("cover", "statements", "notes", "policies", "tables", "details")
_CONSECUTIVE: Final = {
    ARC_ALL: ARC_HYPERCUBE_DIMENSION,
    ARC_NOT_ALL: ARC_HYPERCUBE_DIMENSION,
    ARC_HYPERCUBE_DIMENSION: ARC_DIMENSION_DOMAIN,
    ARC_DIMENSION_DOMAIN: ARC_DOMAIN_MEMBER,
    ARC_DOMAIN_MEMBER: ARC_DOMAIN_MEMBER,
}
"""What a target role of an arc is for."""


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
    """A presentation group has one root above what is used, siblings have different orders, an axis has a domain, and
    labels for balances are those of instants (6.12.2, 6.12.6 to 6.12.8).
    """
    used = set(used_concepts(subject))
    for role in own_roles(subject, ARC_PARENT_CHILD):
        network = subject.dts.network(ARC_PARENT_CHILD, role)
        relationships = network.relationships
        if not relationships:
            continue
        if len(network.roots) > 1 and not is_standard(role):  # the taxonomy has more arcs in its own roles
            roots = [root for root in network.roots if _leads_to_any(network, root, used)]
            if len(roots) > 1:
                first = relationships[0]
                names = ", ".join(root.name for root in roots[:5])
                yield tell("6.12.06.multipleRoots", first.document, first.line, about=role, roots=names)
        told: set[Concept] = set()
        for each in relationships:
            for concept in (each.source, each.target):
                if concept.kind == _DIMENSION and concept not in told:
                    told.add(concept)
                    if not _is_typed(concept) and not any(
                        is_domain_item(arc.target) for arc in network.children(concept)
                    ):
                        yield tell("6.12.08.axisWithoutDomain", each.document, each.line, about=concept.name, role=role)
        yield from _orders(relationships, role)
        yield from _preferred(relationships, role, used)
        for each in relationships:
            if each.target.period_type == "duration" and _BALANCE.search(each.preferred_label or ""):
                yield tell(
                    "6.12.07.balanceLabel",
                    each.document,
                    each.line,
                    about=each.target.name,
                    label=(each.preferred_label or "").rpartition("/")[2],
                    role=role,
                )


def _leads_to_any(network: Network, root: Concept, wanted: set[Concept]) -> bool:
    steps, seen = [root], {root}
    while steps:
        concept = steps.pop()
        if concept in wanted:
            return True
        for each in network.children(concept):
            if each.target not in seen:
                seen.add(each.target)
                steps.append(each.target)
    return False


def sequence(subject: Subject) -> Iterator[Finding]:
    """The numbers of roles put the cover first, then statements, notes, policies, tables and details (6.7.12)."""
    filed = submission(subject)
    if filed.form in FUND_FORMS or filed.document_type in FUND_FORMS:
        return
    numbered: list[tuple[str, int, str, str]] = []
    for role in subject.dts.roles(ARC_PARENT_CHILD):
        definition = subject.dts.role_definition(role)
        match = _DEFINITION.match(definition)
        if match is not None and subject.dts.network(ARC_PARENT_CHILD, role).relationships:
            numbered.append((match.group(1), _level(match.group(2), definition), definition, role))
    numbered.sort(key=lambda each: each[0])
    for (_, before, earlier, _), (_, level, definition, role) in pairwise(numbered):
        if level < before:
            place = next(iter(subject.dts.role_types(role)), None)
            yield tell(
                "6.07.12.order",
                place.document if place is not None else None,
                place.line if place is not None else None,
                about=definition,
                other=earlier,
                kind=_LEVELS[level],
                before=_LEVELS[before],
            )


def _level(kind: str, definition: str) -> int:
    if kind == "Document":
        return 0
    if kind == "Statement":
        return 1
    for level, word in ((5, " (Detail"), (4, " (Table"), (3, " (Polic")):
        if word in definition:
            return level
    return 2


def _orders(relationships: Sequence[Relationship], role: str) -> Iterator[Finding]:
    seen: dict[tuple[Concept, float], Relationship] = {}
    for each in relationships:
        first = seen.setdefault((each.source, each.order), each)
        if first is not each:
            yield tell(
                "6.12.02.sameOrder",
                each.document,
                each.line,
                about=each.source.name,
                one=first.target.name,
                two=each.target.name,
                role=role,
            )


def _preferred(relationships: Sequence[Relationship], role: str, used: set[Concept]) -> Iterator[Finding]:
    """What stands below a parent more than once has different preferred labels (6.12.5)."""
    seen: set[tuple[Concept, Concept, str | None]] = set()
    for each in relationships:
        key = (each.source, each.target, each.preferred_label)
        if key in seen and each.target in used:
            yield tell("6.12.05.samePreferredLabel", each.document, each.line, about=each.target.name, role=role)
        seen.add(key)


def _is_typed(concept: Concept) -> bool:
    return concept.typed_domain is not None


def calculations(subject: Subject) -> Iterator[Finding]:
    """What sums up to itself is no sum (6.14.4)."""
    for role in own_roles(subject, ARC_SUMMATION_ITEM):
        network = subject.dts.network(ARC_SUMMATION_ITEM, role)
        circle = _circle(network)
        if circle is not None:
            yield tell("6.14.04.circular", circle.document, circle.line, about=circle.source.name, role=role)


def sums(subject: Subject) -> Iterator[Finding]:
    """A sum and its items are of one period type, and are presented together (6.14.3, 6.14.5)."""
    used = set(used_concepts(subject))
    together: dict[Concept, set[str]] | None = None
    for role in own_roles(subject, ARC_SUMMATION_ITEM):
        for each in subject.dts.network(ARC_SUMMATION_ITEM, role).relationships:
            one, other = each.source, each.target
            if one.period_type != other.period_type:
                yield tell("6.14.03.periodTypes", each.document, each.line, about=one.name, other=other.name, role=role)
            if one in used and other in used:
                together = _groups_of(subject) if together is None else together
                if together.get(one, set()).isdisjoint(together.get(other, ())):
                    code = "6.14.05.notPresented"
                    yield tell(code, each.document, each.line, about=one.name, other=other.name, role=role)


def _groups_of(subject: Subject) -> dict[Concept, set[str]]:
    """Presentation groups by the concepts that stand in them."""
    found: dict[Concept, set[str]] = {}
    for role in subject.dts.roles(ARC_PARENT_CHILD):
        for each in subject.dts.network(ARC_PARENT_CHILD, role).relationships:
            found.setdefault(each.source, set()).add(role)
            found.setdefault(each.target, set()).add(role)
    return found


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


def tables(subject: Subject) -> Iterator[Finding]:
    """Tables lead to axes, axes to domains; an element has one table in a role; what is excluded was included (6.16.3,
    6.16.5, 6.16.7, 6.16.9).
    """
    own = subject.own_urls
    dts = subject.dts
    for arcrole in (ARC_DIMENSION_DOMAIN, ARC_DIMENSION_DEFAULT):
        for role in own_roles(subject, arcrole):
            for each in dts.network(arcrole, role).relationships:
                if each.document in own and not is_domain_item(each.target):
                    yield tell("6.16.03.domainType", each.document, each.line, about=each.target.name, role=role)
    for role in own_roles(subject, ARC_ALL):
        first: dict[Concept, Relationship] = {}
        for each in dts.network(ARC_ALL, role).relationships:
            other = first.setdefault(each.source, each)
            if other is not each:
                yield tell("6.16.05.severalTables", each.document, each.line, about=each.source.name, role=role)
    for role in own_roles(subject, ARC_NOT_ALL):
        included = _axes(subject, ARC_ALL, role)
        for axis, sources in _axes(subject, ARC_NOT_ALL, role).items():
            for source, each in sources.items():
                if not any(_leads_to(subject, role, start, source) for start in included.get(axis, ())):
                    yield tell("6.16.07.excludedAxis", each.document, each.line, about=axis.name, role=role)
    for arcrole, following in _CONSECUTIVE.items():
        for role in own_roles(subject, arcrole):
            for each in dts.network(arcrole, role).relationships:
                where = each.target_role
                if where and each.document in own and not dts.network(following, where).children(each.target):
                    yield tell("6.16.09.targetRole", each.document, each.line, about=each.target.name, role=where)


def _axes(subject: Subject, arcrole: str, role: str) -> dict[Concept, dict[Concept, Relationship]]:
    """Axes of the tables in a role, with the elements that have them."""
    found: dict[Concept, dict[Concept, Relationship]] = {}
    for each in subject.dts.network(arcrole, role).relationships:
        where = each.target_role or role
        for axis in subject.dts.network(ARC_HYPERCUBE_DIMENSION, where).children(each.target):
            found.setdefault(axis.target, {})[each.source] = each
    return found


def _leads_to(subject: Subject, role: str, start: Concept, end: Concept) -> bool:
    """Whether an element inherits what another has: it is the same, or below it."""
    steps, seen = [start], {start}
    while steps:
        concept = steps.pop()
        if concept is end:
            return True
        for each in subject.dts.network(ARC_DOMAIN_MEMBER, role).children(concept):
            if each.target not in seen:
                seen.add(each.target)
                steps.append(each.target)
    return False


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


RULES: list[Rule] = [presented, groups, sequence, calculations, sums, cubes, tables, domains]
