"""The page of facts that no other page shows (rendering.md 22)."""

from __future__ import annotations

from collections.abc import Sequence

from recto.findings import Finding
from recto.findings.catalogue import found
from recto.names import XSD, QName
from recto.rendering.candidate import GRID_ROLE, UNCATEGORIZED_ROLE, Candidate
from recto.rendering.definitions import Definition
from recto.rendering.facts import FactSet
from recto.rendering.panels import schema_prefixes
from recto.rendering.roles import table_of
from recto.rendering.tree import AxisTable, Tree
from recto.rendering.view import Item, Typed, View
from recto.taxonomy.model import Concept, Taxonomy


def left_over(facts: FactSet) -> list[Item]:
    """Facts neither spent nor used by a page, in document order."""
    return [item for item in facts.items if not facts.is_used(item.fact) and item.fact not in facts.spent]


def warn_of(items: Sequence[Item], candidates: Sequence[Candidate], view: View) -> None:
    """One warning a fact, with the roles in whose trees its concept stands."""
    presented: dict[Concept, str] = {}
    for concept in dict.fromkeys(item.concept for item in items):
        roles = [candidate.role for candidate in candidates if _contains(candidate, concept)]
        presented[concept] = (
            f"its concept is presented in {', '.join(roles)}" if roles else "no role presents its concept"
        )
    view.findings.later(lambda: [_warning(item, presented[item.concept]) for item in items])


def _warning(item: Item, reason: str) -> Finding:
    fact, name, axes = item.fact, item.concept.name, ""
    code = "EXG.7.3.UncategorizedFact"
    if item.place.members:
        code = "EXG.7.3.UncategorizedDimensionedFact"
        axes = f" ({', '.join(sorted(axis.local for axis in item.place.members))})"
    return found(
        code,
        name,
        context=item.place.id,
        axes=axes,
        reason=reason,
        document=fact.document or None,
        line=fact.line or None,
        element=name,
        facts=(fact.id,),
    )


def _contains(candidate: Candidate, concept: Concept) -> bool:
    network = candidate.network
    if concept in candidate.tree.occurrences:
        return True
    return network is not None and (bool(network.children(concept)) or bool(network.parents(concept)))


def uncategorized_candidate(items: list[Item], view: View) -> Candidate:
    """A candidate with a tree made up for it: concepts in the order of their facts, axes with the default first."""
    name = view.instance.url.rpartition("/")[2]
    text = f"Uncategorized Items - {name}"
    candidate = Candidate(UNCATEGORIZED_ROLE, Definition(text, short_name=text, mode="elements"))
    candidate.items = items
    tree = Tree()
    for item in items:
        tree.occurrences.setdefault(item.concept, [(len(tree.occurrences), None)])
    members: dict[QName, set[object]] = {}
    for item in items:
        for axis, member in item.place.members.items():
            members.setdefault(axis, set()).add(member)
            candidate.used_axes[axis] = None
    for axis, used in members.items():
        tree.tables[axis] = _table(axis, used, view)
    candidate.tree = tree
    return candidate


def grid_candidate(items: list[Item], view: View, *, alone: bool) -> Candidate:
    """Facts that no tree holds as a grid, concepts by periods, in the order of the facts. `alone`: there is no other
    page.
    """
    text = view.words.facts if alone else view.words.other_facts
    candidate = Candidate(GRID_ROLE, Definition(text, short_name=text))
    candidate.items = items
    for number, concept in enumerate(dict.fromkeys(item.concept for item in items)):
        candidate.tree.occurrences[concept] = [(number, None)]
    for item in items:
        candidate.used_axes.update(dict.fromkeys(item.place.members))
    for axis in candidate.used_axes:
        declared = view.taxonomy.concept(axis)
        if declared is not None:
            candidate.tree.tables[axis] = table_of(declared, view)
    return candidate


def _table(axis: QName, used: set[object], view: View) -> AxisTable:
    """Default first, then members by the prefix that their schemas have for XML Schema, `xs` before `xsd`, then in the
    order in which contexts first have them, as the SEC's pages show.

    Typed members only take up their number of places here: each is placed behind them as its first fact is met (22).
    """
    concept = view.taxonomy.concept(axis)
    assert concept is not None
    default = view.taxonomy.default_member(concept)
    table = AxisTable(concept, 0.0, concept.typed_domain is not None, default=default.qname if default else None)
    if default is not None:
        table.positions[default.qname] = 0
    if table.typed:
        table.positions.update((member.text, index) for index, member in enumerate(used) if isinstance(member, Typed))
    met = dict.fromkeys(context.dimensions.get(axis) for context in view.instance.contexts.values())
    members = [member for member in met if isinstance(member, QName) and member in used]
    members.sort(key=lambda member: _schema_prefix(member, view.taxonomy))
    for index, member in enumerate(members, 1):
        table.positions[member] = index  # also the default's, where a context names it
    return table


def _schema_prefix(member: QName, taxonomy: Taxonomy) -> str:
    """`xs:`, `xsd:`, or nothing, as the schema of a member is written."""
    concept = taxonomy.concept(member)
    prefix = schema_prefixes(taxonomy, concept).get(XSD) if concept is not None else None
    return f"{prefix}:" if prefix else ""
