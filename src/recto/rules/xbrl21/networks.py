"""Networks of relationships: cycles, preferred labels (XBRL 2.1, 3.5.3.9.7, 5.1.4.3, 5.2.4.2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from recto.findings import Finding
from recto.names import ARC_CONCEPT_LABEL, ARC_CONCEPT_REFERENCE, ARC_PARENT_CHILD
from recto.rules.subject import Subject, finding
from recto.rules.xbrl21.roles import ARC_ELEMENTS, CYCLES, STANDARD_ARCROLES
from recto.taxonomy.model import Concept
from recto.taxonomy.networks import Anchor, Arc

_NO_CYCLES = frozenset((ARC_CONCEPT_LABEL, ARC_CONCEPT_REFERENCE))


def base_sets(subject: Subject, arcrole: str) -> Iterator[tuple[str, str, str, list[Arc[Any]]]]:
    """(link role, link element, arc element, effective arcs) of each base set to which the filing adds an arc."""
    own = subject.own_urls
    for role in subject.dts.own_link_roles(arcrole):
        sets: dict[tuple[str, str], list[Arc[Any]]] = {}
        touched: set[tuple[str, str]] = set()
        for arc in subject.arcs(arcrole, role):
            key = (arc.link, arc.info.name.clark)
            sets.setdefault(key, []).append(arc)
            if arc.document.url in own:
                touched.add(key)
        for key in sets:
            if key in touched:
                yield role, key[0], key[1], sets[key]


def cycles(subject: Subject) -> Iterator[Finding]:
    """No directed cycle, and no undirected one, where the arcrole allows none (XBRL 2.1, 5.1.4.3 and 5.2)."""
    dts = subject.dts
    for arcrole in dts.arcroles():
        if arcrole in _NO_CYCLES or arcrole.startswith("http://xbrl.org/int/dim/arcrole/"):
            continue
        allowed = CYCLES.get(arcrole)
        if allowed is None:
            declared = dts.arcrole_types(arcrole)
            allowed = declared[0].cycles_allowed if declared else None
        if allowed is None or allowed == "any":
            continue
        for role, _, name, arcs in base_sets(subject, arcrole):
            if name not in ARC_ELEMENTS:
                continue
            if arcrole not in STANDARD_ARCROLES:
                # A declaration binds the linkbases that refer to it.
                arcs = [arc for arc in arcs if _refers(arc.document, arcrole)]
            yield from cycle_findings(arcs, allowed, arcrole, role, "xbrl.5.1.4.3:cycles", "XBRL 2.1, 5.1.4.3")


def _refers(document: Any, arcrole: str) -> bool:
    return any(
        reference[0].endswith("arcroleRef") and reference[1] == arcrole for reference in document.compiled.role_refs
    )


def cycle_findings(
    arcs: Iterable[Arc[Any]], allowed: str, arcrole: str, role: str, code: str, specification: str
) -> Iterator[Finding]:
    """One finding for the first cycle in a base set that is not allowed; `{}` in its code stands for its kind."""
    arcs = list(arcs)
    found = directed_cycle(arcs)
    kind = "directed"
    if found is None and allowed == "none":
        found = undirected_cycle(arcs)
        kind = "undirected"
    if found is not None:
        yield finding(
            code.format(kind.capitalize()),
            found.document.url,
            found.line,
            specification=specification,
            arcrole=arcrole,
            role=role,
            kind=kind,
            start=_label(found.source),
            end=_label(found.target),
        )


def directed_cycle(arcs: Iterable[Arc[Any]]) -> Arc[Any] | None:
    """An arc that closes a directed cycle."""
    children: dict[Any, list[Arc[Any]]] = {}
    for each in arcs:
        children.setdefault(each.source, []).append(each)
    state: dict[Any, int] = {}
    for root in children:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(children[root]))]
        while stack:
            node, following = stack[-1]
            arc: Arc[Any] | None = next(following, None)
            if arc is None:
                state[node] = 2
                stack.pop()
                continue
            known = state.get(arc.target)
            if known == 1:
                return arc
            if known is None:
                state[arc.target] = 1
                stack.append((arc.target, iter(children.get(arc.target, ()))))
    return None


def undirected_cycle(arcs: Iterable[Arc[Any]]) -> Arc[Any] | None:
    """An arc whose two ends are connected already."""
    parent: dict[Any, Any] = {}

    def root(node: Any) -> Any:
        while parent.setdefault(node, node) is not node:
            parent[node] = node = parent[parent[node]]
        return node

    for arc in arcs:
        first, second = root(arc.source), root(arc.target)
        if first is second:
            return arc
        parent[first] = second
    return None


def preferred_labels(subject: Subject) -> Iterator[Finding]:
    """The target of an arc with a preferredLabel has a label in that role (XBRL 2.1, 5.2.4.2.1)."""
    own = subject.own_urls
    dts = subject.dts
    preferring = set(dts.own_link_roles(ARC_PARENT_CHILD))
    if not preferring:
        return
    labeled = _own_labels(subject)
    roles_of: dict[Concept, frozenset[str | None]] = {}
    for role in dts.roles(ARC_PARENT_CHILD):
        if role not in preferring:
            continue
        for each in dts.network(ARC_PARENT_CHILD, role).relationships:
            wanted = each.preferred_label
            if not wanted or each.document not in own or (each.target, wanted) in labeled:
                continue
            roles = roles_of.get(each.target)
            if roles is None:
                roles = roles_of[each.target] = frozenset(label.role for label in dts.labels(each.target))
            if wanted not in roles:
                yield finding(
                    "xbrl.5.2.4.2.1:preferredLabelMissing",
                    each.document,
                    each.line,
                    about=each.target.name,
                    role=wanted,
                )


def _own_labels(subject: Subject) -> set[tuple[object, str | None]]:
    """Concepts with the roles of the labels that the filing's linkbases give them; empty where labels are prohibited.

    To look the labels of one concept up costs much more, and nearly all that a filing prefers are its own.
    """
    labeled: set[tuple[object, str | None]] = set()
    dts = subject.dts
    for document, link, nth in dts.groups(ARC_CONCEPT_LABEL):
        compiled = document.compiled
        _, _, first, count, prohibits = compiled.links[link][4][nth]
        if prohibits:
            return set()
        if document.local:
            ends = dts.node_targets(document)
            for source, target, _, _ in compiled.rows(first, count):
                resource = ends[target]
                if isinstance(resource, Anchor) and resource.kind == "resource":
                    labeled.add((ends[source], dts.document_of(resource).compiled.resource(resource.ordinal)[1]))
    return labeled


def _label(node: Any) -> str:
    return node.name if isinstance(node, Concept) else str(getattr(node, "identifier", node))


RULES = (cycles, preferred_labels)
