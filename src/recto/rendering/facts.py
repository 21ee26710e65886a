"""Which facts pages may show: admission, duplicates, footnotes (rendering.md 3)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from recto.instance.filing_indicators import FilingIndicator, indicator, is_indicator
from recto.instance.model import UNREAD, Fact, Footnote
from recto.names import QName
from recto.rendering.view import Item, View
from recto.taxonomy.model import Concept


class FactSet(Struct):
    """The facts of an instance as the layout takes them."""

    items: list[Item] = field(default_factory=list)
    """Admitted facts in document order."""
    by_concept: dict[Concept, list[Item]] = field(default_factory=dict)
    spent: set[Fact] = field(default_factory=set)
    """Rejected facts and duplicates: neither shown nor reported as uncategorized."""
    footnotes: dict[Fact, tuple[Footnote, ...]] = field(default_factory=dict)
    """Of admitted facts that have any; those of a dropped duplicate are here with the fact that was kept."""
    used: Counter[Fact] = field(default_factory=Counter)
    """Number of layouts that have placed a fact, an embedded page's each for itself."""
    indicators: list[FilingIndicator] = field(default_factory=list)
    """Which templates the report says it has filed; they have a page of their own."""
    memberships: Counter[Item] = field(default_factory=Counter)
    """Number of candidates in whose trees the fact's concept stands (3.5)."""

    def use(self, placed: Iterable[Fact]) -> None:
        """Notes the facts of one layout."""
        self.used.update(set(placed))

    def is_used(self, fact: Fact) -> bool:
        return self.used[fact] > 0


def admit(view: View) -> FactSet:
    """Takes the top-level facts, without those that cannot be shown and without duplicates."""
    facts = FactSet()
    told = _Told(view)
    groups: dict[QName, list[Item]] = {}
    for fact in view.instance.facts:
        if fact.parent is not None and view.sec:
            facts.spent.add(fact)
            if view.record is not None:
                view.record.refuse(fact, "3.2", "it stands in a tuple, and pages show top-level facts only")
            continue
        if is_indicator(fact) and not view.sec:
            found = indicator(view.instance, fact) if fact.context is not None else None
            if found is not None:
                facts.indicators.append(found)
            elif view.record is not None:
                held = "it holds the filing indicators, which have a page of their own"
                why = held if fact.qname.local == "fIndicators" else "it is a filing indicator without a context"
                view.record.refuse(fact, "3.2", why)
            facts.spent.add(fact)
            continue
        item = _admitted(fact, view, told)
        if item is None:
            facts.spent.add(fact)
        else:
            groups.setdefault(fact.qname, []).append(item)
            if (
                fact.qname.local == "OffsetClmdInd"
                and "/ffd/" in fact.qname.namespace
                and view.instance.kind == "inline"
            ):
                facts.spent.add(fact)  # shown where a role asks for it, and not missed elsewhere (3.2)
    view.spans.number(item.place.span for group in groups.values() for item in group)
    dropped = {fact: kept for group in groups.values() for fact, kept in _duplicates(group)}
    facts.spent.update(dropped)
    if view.record is not None:
        view.record.dropped.update(dropped)
    for group in groups.values():
        kept_items = [item for item in group if item.fact not in dropped] if dropped else group
        facts.by_concept[kept_items[0].concept] = kept_items
        facts.items += kept_items
    facts.items.sort(key=lambda item: item.index)
    for item in facts.items:
        notes = view.notes(item.fact) if item.fact in view.instance.links else ()
        if notes:
            facts.footnotes[item.fact] = notes
    for fact, kept in dropped.items():
        _move_footnotes(fact, kept, facts, view)
    return facts


def _admitted(fact: Fact, view: View, told: _Told) -> Item | None:
    concept, context = view.concept_of(fact), fact.context
    if concept is None:
        why = f"no schema that the report leads to declares {fact.qname.local}"
        _reject(told, fact, "xbrl:schemaImportMissing", why, reason="no schema of the taxonomy has it")
        return None
    if concept.kind == "tuple":
        if not view.sec:
            if view.record is not None:
                view.record.refuse(fact, "3.2", "it is a tuple: pages show the facts in it")
            return None
        _reject(told, fact, "EFM.6.07.19", "it is a tuple, which pages do not show")
        return None
    if concept.type is None:
        _reject(told, fact, "xbrl:typeDeclarationMissing", "its concept has no type")
        return None
    if not fact.valid and view.instance.kind in ("json", "csv"):  # there contexts and units have no ids to name them by
        _refuse(view, fact)
        return None
    if context is None:
        why = f"refers to the context {fact.context_id!r}, which does not exist"
        _reject(told, fact, "xbrl.4.6.1:itemContextRef", f"it {why}", reason=why)
        return None
    if fact.unit is None and fact.unit_id is not None:
        why = f"refers to the unit {fact.unit_id!r}, which does not exist"
        _reject(told, fact, "xbrl.4.6.2:numericUnit", f"it {why}", reason=why)
        return None
    # The SEC's pages show a number without accuracy all the same, facts without the dimensions that their contexts give
    # wrongly (5.1), and as nil what is nil although it has content.
    placed = context.period is not UNREAD if view.sec else context.valid
    stated = fact.has_value or (view.sec and fact.nil and concept.nillable)
    lacks = not stated or not placed or (fact.unit is not None and not fact.unit.valid)
    if lacks or not (fact.valid or view.sec):
        _refuse(view, fact)
        return None
    return view.item(fact, concept, context)


def _refuse(view: View, fact: Fact) -> None:
    if view.record is None:
        return
    if not fact.has_value:
        why = "its text is no value of its type"
    elif fact.context is not None and not fact.context.valid:
        why = f"its context {fact.context_id!r} is invalid" if fact.context_id else "its context is invalid"
    elif fact.unit is not None and not fact.unit.valid:
        why = f"its unit {fact.unit_id!r} is invalid" if fact.unit_id else "its unit is invalid"
    else:
        why = "its value, context, unit or accuracy is invalid"
    view.record.refuse(fact, "3.2", why)


class _Told:
    """The facts that reading has reported already: why they cannot be shown is told once."""

    def __init__(self, view: View):
        self.findings = view.findings
        self.record = view.record
        self._known: set[tuple[str, str | None, str]] | None = None

    def has(self, fact: Fact, code: str) -> bool:
        if self._known is None:
            self._known = {
                (_cause(finding.code), finding.document, identifier)
                for finding in self.findings
                if finding.severity == "error"
                for identifier in finding.facts
            }
        return (_cause(code), fact.document or None, fact.id) in self._known


_INLINE_CAUSES = {"contextReference": "itemContextRef", "unitReference": "numericUnit"}


def _cause(code: str) -> str:
    """A code without its specification: inline's for a broken reference is as good as that of XBRL 2.1."""
    local = code.rpartition(":")[2]
    return _INLINE_CAUSES.get(local, local)


def _reject(told: _Told, fact: Fact, code: str, why: str, /, **arguments: str) -> None:
    if told.record is not None:
        told.record.refuse(fact, "3.2", why)
    if told.has(fact, code):
        return
    told.findings.found(
        code,
        fact.qname.local,
        about=f"No page shows fact {fact.id} ({fact.qname.local})",
        **arguments,
        document=fact.document or None,
        line=fact.line or None,
        element=fact.qname.local,
        facts=(fact.id,),
    )


def _duplicates(group: list[Item]) -> Iterator[tuple[Fact, Fact]]:
    """(duplicate, the fact kept instead). The best of each context comes first.

    Only neighbors are compared, and the unit is not part of the order: of USD, EUR, USD in one context the second USD
    fact is not found, as in the SEC's renderer (3.3).
    """
    if len(group) < 2:
        return
    contexts = {item.place.id for item in group}
    if len(contexts) == len(group):
        return
    kept: Item | None = None
    for item in sorted(group, key=_quality):
        if kept is not None and kept.place is item.place and kept.fact.unit_id == item.fact.unit_id:
            yield item.fact, kept.fact
        else:
            kept = item


def _quality(item: Item) -> tuple[str, bool, float, str, int]:
    """Precise before rough, English or untagged text before other languages, nil last."""
    fact = item.fact
    if item.traits.numeric:
        decimals = fact.decimals
        rank = 0.0 if decimals is None else float("-inf") if decimals == "INF" else -decimals
        return (item.place.id, fact.nil, rank, "", fact.line)
    language = fact.language or ""
    return (item.place.id, fact.nil, 0.0, "" if language.casefold() == "en-us" else language, fact.line)


def _move_footnotes(fact: Fact, kept: Fact, facts: FactSet, view: View) -> None:
    notes = view.notes(fact)
    if not notes:
        return
    present = facts.footnotes.get(kept, ())
    known = {" ".join(note.text.split()) for note in present}
    added = tuple(note for note in notes if " ".join(note.text.split()) not in known)
    facts.footnotes[kept] = present + added
