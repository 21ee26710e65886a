"""Candidates: roles that may become pages, with their facts, axes and periods (rendering.md 2, 5.3, 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from recto.names import ARC_PARENT_CHILD
from recto.rendering.candidate import Candidate, Membership
from recto.rendering.definitions import parse_definition
from recto.rendering.dimensions import reorder_scenarios, resolve_defaults
from recto.rendering.facts import FactSet
from recto.rendering.filing_flags import is_family
from recto.rendering.roles import add_axes, define, is_changes_in_equity, order_key
from recto.rendering.spans import Span, inferred_durations, movement_order, standard_order
from recto.rendering.tree import Side, TreeTooLargeError, check_cycles, walk
from recto.rendering.view import Item, View
from recto.taxonomy.model import Concept


def find_candidates(view: View, facts: FactSet) -> list[Candidate]:
    """One candidate for each role with presentation arcs, sorted by definition; those without facts have no items.

    Raises CycleError.
    """
    candidates: list[Candidate] = []
    special = view.families.us_gaap is not None or view.families.ifrs is not None
    networks = {role: view.taxonomy.network(ARC_PARENT_CHILD, role) for role in view.taxonomy.roles(ARC_PARENT_CHILD)}
    below: set[Concept] = set()
    for network in networks.values() if view.sec else ():
        below.update([arc.target for arc in network.relationships])
        below |= network.dangling
    for role, network in networks.items():
        definition = (
            parse_definition(view.taxonomy.role_definition(role))
            if view.sec
            else define(role, view.taxonomy, view.languages)
        )
        candidate = Candidate(role, definition, special=special)
        candidate.network = network
        check_cycles(network)
        candidates.append(candidate)
        if not view.sec:
            candidate.is_equity = is_changes_in_equity(network)
        elif not definition.is_parsed and not _is_of_standard_taxonomy(role, view):
            _tell_definition(view, candidate)
        concepts: dict[Concept, None] = {}
        for arc in network.relationships:
            if arc.source not in below:  # what stands below another concept anywhere has no facts where it is a root
                concepts[arc.source] = None
            concepts[arc.target] = None
        by_concept = facts.by_concept
        items = [item for concept in concepts if concept in by_concept for item in by_concept[concept]]
        if items:
            items.sort(key=lambda item: item.index)
            fill(candidate, items, facts, view)
    if view.sec:
        candidates.sort(key=lambda candidate: candidate.definition.text)
        return candidates
    places = [order_key(candidate.definition, index) for index, candidate in enumerate(candidates)]
    return [candidates[each[-1]] for each in sorted(places)]


def fill(candidate: Candidate, items: list[Item], facts: FactSet, view: View) -> None:
    """Gives a candidate its facts, and walks its tree with them."""
    assert candidate.network is not None
    places = {id(item.place): item.place for item in items}
    for place in places.values():
        candidate.used_axes.update(dict.fromkeys(place.members))
    try:
        candidate.tree = walk(candidate.network, view, candidate.used_axes, view.instance.units)
    except TreeTooLargeError as error:  # its facts are shown with the uncategorized ones
        view.findings.found(error.code, document=error.document, line=error.line, role=candidate.role)
        return
    candidate.items = items
    facts.memberships.update(items)
    if candidate.tree.suppressed and view.sec:
        candidate.suppressed = True
    if candidate.suppressed:
        return
    resolve_defaults(candidate, view)
    if not view.sec:
        candidate.suppressed = False
        add_axes(candidate.tree.tables, candidate.used_axes, candidate.role, view)
    if candidate.is_equity:
        for table in candidate.tree.tables.values():
            reorder_scenarios(table)


def _is_of_standard_taxonomy(role: str, view: View) -> bool:
    """Standard taxonomies may define their roles as they like (2.3)."""
    declared = view.taxonomy.role_types(role)
    document = view.taxonomy.documents.get(declared[0].document) if declared else None
    return document is not None and is_family(document.target_namespace or "")


def _tell_definition(view: View, candidate: Candidate) -> None:
    declared = view.taxonomy.role_types(candidate.role)
    network = candidate.network
    if declared:
        document, line = declared[0].document, declared[0].line
    elif network is not None and network.relationships:  # a role that nobody declares stands on its first arc alone
        document, line = network.relationships[0].document, network.relationships[0].line
    else:
        document, line = None, None
    view.observe("roleDefinition", document=document, line=line, text=candidate.definition.text, role=candidate.role)


# Periods


def place_in_time(candidate: Candidate, facts: FactSet, view: View) -> None:
    """Memberships, with those of balances at the durations that they open or close, and the order of periods (6.3
    to 6.6).
    """
    items = candidate.items
    own = dict.fromkeys(item.place.span for item in items if item.place.span is not None)
    durations = [span for span in own if span.start is not None]
    _join_balances(candidate, {span: span for span in durations})
    unheard: list[Span] = []
    if candidate.skipped and _all_skipped(candidate):
        instants = [span for span in own if span.start is None]
        if len(instants) > 1:
            known = len(view.spans)
            artificial = inferred_durations(instants, view.spans)
            _join_balances(candidate, {span: view.spans.instant(span.end) for span in artificial})
            # A duration that no fact of the filing has counts as a period of the page: a statement of changes in
            # equity may then have movements (6.5, 6.6).
            unheard = [span for span in artificial if span.ordinal >= known]
            view.findings.found("info:inferredDurations", candidate.definition.text)
    spans = dict.fromkeys([*own, *unheard])
    spans.update(dict.fromkeys(span for _, span, tie in candidate.memberships if tie is not None and span is not None))
    candidate.spans = {span: index for index, span in enumerate(_ordered(candidate, list(spans), facts, view))}


def _join_balances(candidate: Candidate, durations: Mapping[Span, Span]) -> None:
    """Memberships of all facts; balances are tied to each duration (or what stands for it) that they open or close."""
    starts: dict[object, list[Span]] = {}
    ends: dict[object, list[Span]] = {}
    for duration, shown in durations.items():
        starts.setdefault(duration.start, []).append(shown)
        ends.setdefault(duration.end, []).append(shown)
    tied: list[Membership] = []
    skipped: list[tuple[Item, str, Side]] = []
    balances = candidate.tree.balances
    for item in candidate.items:
        span = item.place.span
        roles = balances.get(item.concept) if balances else None
        if roles is None or span is None or span.start is not None:
            continue
        matched = False
        for role, side in roles.items():
            for shown in (starts if side == "start" else ends).get(span.end, ()):
                tied.append((item, shown, role))
                matched = True
        if not matched:
            skipped += [(item, role, side) for role, side in roles.items()]
    candidate.memberships = [(item, item.place.span, None) for item in candidate.items] + tied
    candidate.skipped = skipped


def _all_skipped(candidate: Candidate) -> bool:
    return len({item for item, _, _ in candidate.skipped}) == len(candidate.items)


def _ordered(candidate: Candidate, spans: list[Span], facts: FactSet, view: View) -> Iterable[Span]:
    if not candidate.is_equity:
        return standard_order(spans, ascending=candidate.is_repurchases)
    kept = movement_order(spans)
    if kept:
        _tell_outside_movements(candidate, set(spans) - set(kept), facts, view)
        return kept
    view.observe("noBalances", text=candidate.definition.text)
    candidate.is_equity = False
    return spans


def _tell_outside_movements(candidate: Candidate, dropped: set[Span], facts: FactSet, view: View) -> None:
    """Tells of the facts of a dropped period's first context, where no other page has them (6.6)."""
    first: dict[Span, Item] = {}
    for item in candidate.items if dropped else ():
        span = item.place.span
        if span is not None and span in dropped:
            first.setdefault(span, item)
    for span, item in first.items():
        alone = (each for each in candidate.items if each.place is item.place and facts.memberships[each] == 1)
        names = sorted({each.concept.name for each in alone})
        if not names:
            continue
        view.findings.found(
            "EXG.7.3.FactsNotInMovements",
            names=", ".join(names),
            context=item.place.id,
            label=span.label,
            text=candidate.definition.text,
        )
