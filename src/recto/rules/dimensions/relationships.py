"""Arcs of dimensional arcroles: their ends, target roles, defaults, polymorphism and cycles (Dimensions 1.0, 2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from recto.findings import Finding
from recto.names import (
    ARC_ALL,
    ARC_DIMENSION_DEFAULT,
    ARC_DIMENSION_DOMAIN,
    ARC_DOMAIN_MEMBER,
    ARC_HYPERCUBE_DIMENSION,
    ARC_NOT_ALL,
    ROLE_LINK,
)
from recto.rules.dimensions.cubes import cubes_of
from recto.rules.subject import Subject, finding
from recto.taxonomy.model import Concept, Relationship
from recto.taxonomy.networks import Arc

End = Callable[[object], "str | None"]
"""None where the end is what it must be, else what it is instead."""


def _kind(*kinds: str) -> End:
    def check(target: object) -> str | None:
        if isinstance(target, Concept):
            return None if target.kind in kinds else f"{target.name}, a {_NOUNS[target.kind]}"
        return "something that is no concept"

    return check


_NOUNS = {
    "item": "primary item",
    "tuple": "tuple",
    "dimension": "dimension",
    "hypercube": "hypercube",
    "other": "declaration that is no item",
}


def _explicit(target: object) -> str | None:
    fault = _kind("dimension")(target)
    if fault is None and isinstance(target, Concept) and target.typed_domain is not None:
        return f"{target.name}, a typed dimension"
    return fault


# Arcrole → (error of the source, what it must be, the check), the same for the target
_ENDS: dict[str, tuple[tuple[str, str, End], tuple[str, str, End]]] = {
    ARC_HYPERCUBE_DIMENSION: (
        ("HypercubeDimensionSourceError", "a hypercube", _kind("hypercube")),
        ("HypercubeDimensionTargetError", "a dimension", _kind("dimension")),
    ),
    ARC_ALL: (
        ("HasHypercubeSourceError", "a primary item", _kind("item")),
        ("HasHypercubeTargetError", "a hypercube", _kind("hypercube")),
    ),
    ARC_DIMENSION_DOMAIN: (
        ("DimensionDomainSourceError", "an explicit dimension", _explicit),
        ("DimensionDomainTargetError", "a domain member", _kind("item")),
    ),
    ARC_DOMAIN_MEMBER: (
        ("DomainMemberSourceError", "a domain member or primary item", _kind("item")),
        ("DomainMemberTargetError", "a domain member or primary item", _kind("item")),
    ),
    ARC_DIMENSION_DEFAULT: (
        ("DimensionDefaultSourceError", "an explicit dimension", _explicit),
        ("DimensionDefaultTargetError", "a domain member", _kind("item")),
    ),
}
_ENDS[ARC_NOT_ALL] = _ENDS[ARC_ALL]
_CYCLES = {
    ARC_HYPERCUBE_DIMENSION: "none",
    ARC_DIMENSION_DOMAIN: "none",
    ARC_DOMAIN_MEMBER: "undirected",
    ARC_ALL: "undirected",
    ARC_NOT_ALL: "undirected",
    ARC_DIMENSION_DEFAULT: "none",
}


def own_arcs(subject: Subject, arcrole: str) -> Iterator[Arc[Any]]:
    """The filing's own effective arcs of an arcrole."""
    own = subject.own_urls
    for role in subject.dts.own_link_roles(arcrole):
        for arc in subject.arcs(arcrole, role):
            if arc.document.url in own:
                yield arc


def ends(subject: Subject) -> Iterator[Finding]:
    """Sources and targets are of the right kind (Dimensions 1.0, 2.2.2, 2.3.1, 2.5.3 and 2.7.1)."""
    for arcrole, (source, target) in _ENDS.items():
        for arc in own_arcs(subject, arcrole):
            for code, wanted, check, end, word in ((*source, arc.source, "source"), (*target, arc.target, "target")):
                what = check(end)
                if what is not None:
                    yield _error(
                        f"xbrldte:{code}", arc, word=word, arcrole=arcrole.rpartition("/")[2], wanted=wanted, what=what
                    )


def context_elements(subject: Subject) -> Iterator[Finding]:
    """all and notAll say in which container the dimensions stand (Dimensions 1.0, 2.3.2)."""
    for arcrole in (ARC_ALL, ARC_NOT_ALL):
        for arc in own_arcs(subject, arcrole):
            if arc.info.context_element is None:
                yield _error(
                    "xbrldte:HasHypercubeMissingContextElementAttributeError", arc, arcrole=arcrole.rpartition("/")[2]
                )


def target_roles(subject: Subject) -> Iterator[Finding]:
    """xbrldt:targetRole is the standard link role, or one that the linkbase refers to (Dimensions 1.0, 2.4.3)."""
    for arcrole in _ENDS:
        for arc in own_arcs(subject, arcrole):
            role = arc.info.target_role
            if not role or role == ROLE_LINK:
                continue
            references = arc.document.compiled.role_refs
            if not any(each[0].endswith("}roleRef") and each[1] == role for each in references):
                yield _error("xbrldte:TargetRoleNotResolvedError", arc, role=role)


def defaults(subject: Subject) -> Iterator[Finding]:
    """A dimension has one default at most, over all link roles (Dimensions 1.0, 2.7.1.1)."""
    seen: dict[object, Arc[Any]] = {}
    own = subject.own_urls
    for role in subject.dts.link_roles(ARC_DIMENSION_DEFAULT):
        for arc in subject.arcs(ARC_DIMENSION_DEFAULT, role):
            first = seen.setdefault(arc.source, arc)
            if first.target is not arc.target and (arc.document.url in own or first.document.url in own):
                yield _error(
                    "xbrldte:TooManyDefaultMembersError",
                    arc,
                    dimension=_name(arc.source),
                    first=_name(first.target),
                    second=_name(arc.target),
                )


def base_set_cycles(subject: Subject) -> Iterator[Finding]:
    """No cycles within a base set that its arcrole does not allow (Dimensions 1.0, appendix A; XBRL 2.1, 5.1.4.3)."""
    from recto.rules.xbrl21.networks import base_sets, cycle_findings

    for arcrole, allowed in _CYCLES.items():
        for role, _, _, arcs in base_sets(subject, arcrole):
            yield from cycle_findings(
                arcs, allowed, arcrole, role, "xbrldte:DRS{}CycleError", "Dimensions 1.0, 2.4.3.1"
            )


def relationship_set_cycles(subject: Subject) -> Iterator[Finding]:
    """The members that follow from a hypercube's ends form no directed cycle (Dimensions 1.0, 2.4.3.1)."""
    from recto.rules.xbrl21.networks import directed_cycle

    if not _adds(subject, *_CYCLES):
        return
    own = subject.own_urls
    dts = subject.dts
    roles = _RoleSteps(subject)
    done: set[tuple[tuple[Concept, str], ...]] = set()
    for cube in cubes_of(subject).all():
        starts: list[tuple[tuple[Concept, str], ...]] = [((cube.relationship.source, cube.relationship.role),)]
        for dimension in cube.dimensions:
            domains = dts.network(ARC_DIMENSION_DOMAIN, dimension.role).children(dimension.concept)
            starts.append(tuple((each.target, each.target_role or dimension.role) for each in domains))
        for start in starts:
            if start in done:
                continue
            done.add(start)
            if cube.relationship.document not in own and not roles.lead_to_own(role for _, role in start):
                continue  # a cycle among the arcs of others is not the filing's
            arc = directed_cycle(_reachable(subject, start))  # type: ignore[arg-type]
            if arc is not None and (arc.document in own or cube.relationship.document in own):
                yield finding(
                    "xbrldte:DRSDirectedCycleError",
                    str(arc.document),
                    arc.line,
                    arcrole=ARC_DOMAIN_MEMBER,
                    role=start[0][1],
                    kind="directed",
                    start=_name(arc.source),
                    end=_name(arc.target),
                )


class _RoleSteps:
    """Which link roles domain-member relationships lead to from one, and whether the filing has such arcs there."""

    def __init__(self, subject: Subject):
        self._dts = subject.dts
        self._own = frozenset(subject.dts.own_link_roles(ARC_DOMAIN_MEMBER))
        self._steps: dict[str, set[str]] = {}

    def lead_to_own(self, roles: Iterable[str]) -> bool:
        pending = list(roles)
        seen: set[str] = set()
        while pending:
            role = pending.pop()
            if role in seen:
                continue
            seen.add(role)
            if role in self._own:
                return True
            if role not in self._steps:
                arcs = self._dts.network(ARC_DOMAIN_MEMBER, role).relationships
                self._steps[role] = {each.target_role for each in arcs if each.target_role}
            pending += self._steps[role]
        return False


def _adds(subject: Subject, *arcroles: str) -> bool:
    """Whether the filing itself has arcs of any of these; otherwise there is nothing of its own to be wrong."""
    return any(subject.dts.own_link_roles(each) for each in arcroles)


def _reachable(subject: Subject, start: tuple[tuple[Concept, str], ...]) -> list[Relationship]:
    """All domain-member relationships that consecutively follow from the start."""
    found: list[Relationship] = []
    seen = set(start)
    pending = list(start)
    while pending:
        concept, role = pending.pop()
        for each in subject.dts.network(ARC_DOMAIN_MEMBER, role).children(concept):
            found.append(each)
            step = (each.target, each.target_role or role)
            if step not in seen:
                seen.add(step)
                pending.append(step)
    return found


def polymorphism(subject: Subject) -> Iterator[Finding]:
    """No primary item is also a member of a dimension that its own hypercube has (Dimensions 1.0, 2.5.3.1.1)."""
    if not _adds(subject, ARC_ALL, ARC_NOT_ALL):
        return
    own = subject.own_urls
    cubes = cubes_of(subject)
    for cube in cubes.all():
        relationship = cube.relationship
        if relationship.document not in own or not any(each.members for each in cube.dimensions):
            continue
        for item in cubes.primary_items(cube):
            for dimension in cube.dimensions:
                if dimension.members and item.qname in dimension.members:
                    yield finding(
                        "xbrldte:PrimaryItemPolymorphismError",
                        relationship.document,
                        relationship.line,
                        item=item.name,
                        hypercube=relationship.target.name,
                        dimension=dimension.concept.name,
                    )


def _name(target: object) -> str:
    return target.name if isinstance(target, Concept) else str(target)


def _error(code: str, arc: Arc[Any], **arguments: Any) -> Finding:
    return finding(code, arc.document.url, arc.line, **arguments)


RULES = (
    ends,
    context_elements,
    target_roles,
    defaults,
    base_set_cycles,
    relationship_set_cycles,
    polymorphism,
)
