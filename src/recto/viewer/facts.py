"""Facts, contexts, units and concepts as parts of a description."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from recto.instance.model import Context, Fact, Instance
from recto.names import ROLE_DOCUMENTATION, ROLE_LABEL, QName
from recto.rendering.model import Page, Report
from recto.rendering.view import LANGUAGES, in_words
from recto.taxonomy.model import Concept, Described, Taxonomy
from recto.uncollected import uncollected
from recto.viewer import words
from recto.viewer.harmless import harmless
from recto.viewer.model import (
    CONCEPTS_PER_PART,
    FACTS_PER_PART,
    ConceptEntry,
    ConceptsPart,
    ContextEntry,
    ContextsPart,
    FactsPart,
    UnitEntry,
)
from recto.viewer.numbering import Numbering

LONGEST: Final = 300
"""Characters of a text that stand with its fact; longer ones are parts of their own."""
_WIDER_NARROWER: Final = "http://www.esma.europa.eu/xbrl/esef/arcrole/wider-narrower"
Place = tuple[int, int, int]


def places(reports: Sequence[Report], numbering: Numbering) -> dict[int, tuple[Place, ...]]:
    """Where each fact is shown: (page, row, column); what is in an embedded page counts as the cell that shows it."""
    found: dict[int, list[Place]] = {}
    number = numbering.number
    with uncollected():  # a place for each fact, which stay
        for page, report in enumerate(reports):
            for row, line in enumerate(report.rows):
                for column, cell in enumerate(line.cells):
                    if cell.facts or cell.embedded is not None:
                        for fact in _facts(cell.facts, cell.embedded):
                            found.setdefault(number[fact], []).append((page, row, column))
        return {fact: tuple(dict.fromkeys(each)) for fact, each in found.items()}


def _facts(own: Sequence[Fact], embedded: Page | None) -> Iterable[Fact]:
    yield from own
    if embedded is not None:
        for row in embedded.rows:
            for cell in row.cells:
                yield from _facts(cell.facts, cell.embedded)


def facts(part: int, numbering: Numbering, shown: Mapping[int, tuple[Place, ...]]) -> FactsPart:
    first = part * FACTS_PER_PART
    chosen = numbering.facts[first : first + FACTS_PER_PART]
    columns = numbering.columns[first : first + FACTS_PER_PART]
    values: list[str | None] = []
    long: list[int] = []
    languages: dict[str, list[int]] = {}
    notes: dict[int, tuple[str, ...]] = {}
    cleaned: dict[str, str] = {}
    """Many facts share a footnote."""
    links = {id(fact): each for each in numbering.instances for fact in each.links}
    for number, fact in enumerate(chosen, first):
        value = None if fact.nil or not fact.valid else fact.value
        if value is not None and len(value) > LONGEST:
            long.append(number)
            value = " ".join(plain(value[: 8 * LONGEST]).split())[:LONGEST]
        values.append(value)
        if fact.language and not fact.is_numeric:
            languages.setdefault(fact.language, []).append(number)
        if id(fact) in links:
            texts = [note.text for note in links[id(fact)].footnotes(fact)]
            for text in texts:
                if text not in cleaned:
                    cleaned[text] = harmless(text)
            found = tuple([cleaned[text] for text in texts])
            if found:
                notes[number] = found
    last = first + len(chosen)
    return FactsPart(
        first=first,
        id=tuple([fact.id for fact in chosen]),
        concept=tuple([each[0] for each in columns]),
        context=tuple([each[1] for each in columns]),
        unit=tuple([each[2] for each in columns]),
        value=tuple(values),
        decimals=tuple([fact.decimals for fact in chosen]),
        line=tuple([fact.line for fact in chosen]),
        document=tuple([each[3] for each in columns]),
        long=tuple(long),
        hidden=tuple([number for number, fact in enumerate(chosen, first) if fact.hidden]),
        invalid=tuple([number for number, fact in enumerate(chosen, first) if not fact.valid]),
        languages={language: tuple(each) for language, each in languages.items()},
        notes=notes,
        shown={number: shown[number] for number in range(first, last) if number in shown},
    )


def plain(markup: str) -> str:
    """The text of markup, roughly: without tags, references resolved."""
    import html
    import re

    if "<" in markup:
        markup = re.sub(r"<[^>]*>?", " ", markup)
    return html.unescape(markup) if "&" in markup else markup


def contexts(numbering: Numbering) -> ContextsPart:
    return ContextsPart(
        tuple([_context(context, instance, numbering) for context, instance in numbering.contexts]),
        tuple([_unit(unit, instance) for unit, instance in numbering.units]),
        tuple([url.rpartition("/")[2] for url in numbering.documents]),
    )


def _context(context: Context, instance: Instance, numbering: Numbering) -> ContextEntry:
    period = context.period
    dimensions: list[tuple[int, int | str]] = []
    for axis, member in context.dimensions.items():
        number = numbering.named(axis, instance)
        if isinstance(member, QName):
            dimensions.append((number, numbering.named(member, instance)))
        else:
            dimensions.append((number, "nil" if member.nil else member.text))
    return ContextEntry(
        period=words.period(period),
        entity=context.identifier,
        start=None if period.start is None else period.start.date().isoformat(),
        end=None if period.last_day is None else period.last_day.date().isoformat(),
        dimensions=tuple(dimensions),
    )


def _unit(unit: object, instance: Instance) -> UnitEntry:
    from recto.instance.model import Unit
    from recto.rendering.units import UnitText

    assert isinstance(unit, Unit)
    return UnitEntry(unit.id, words.unit(unit), UnitText(unit, instance.taxonomy).symbol)


def concepts(part: int, numbering: Numbering) -> ConceptsPart:
    first = part * CONCEPTS_PER_PART
    last = min(first + CONCEPTS_PER_PART, len(numbering.concepts))
    anchored, references = Anchoring(numbering), words.References()
    return ConceptsPart(
        first,
        tuple(
            [
                concept_entry(
                    numbering.concepts[n], numbering.taxonomy_of[n], numbering.described(n), anchored, references
                )
                for n in range(first, last)
            ]
        ),
    )


class Anchoring:
    """How a filer anchors its own concepts to those of the standard taxonomy (ESEF, wider-narrower)."""

    def __init__(self, numbering: Numbering) -> None:
        self.wider: dict[Concept, list[str]] = {}
        self.narrower: dict[Concept, list[str]] = {}
        for taxonomy in {id(each.taxonomy): each.taxonomy for each in numbering.instances}.values():
            if _WIDER_NARROWER not in taxonomy.arcroles():
                continue
            for role in taxonomy.roles(_WIDER_NARROWER):
                for arc in taxonomy.network(_WIDER_NARROWER, role).relationships:
                    self.wider.setdefault(arc.target, []).append(arc.source.name)
                    self.narrower.setdefault(arc.source, []).append(arc.target.name)


def concept_entry(
    concept: Concept | str, taxonomy: Taxonomy, described: Described, anchored: Anchoring, references: words.References
) -> ConceptEntry:
    """`described`: the taxonomy's labels and references, with the documentation of standard concepts."""
    if isinstance(concept, str):
        return ConceptEntry(name=concept, label=in_words(concept.rpartition(":")[2]), undeclared=True)
    labels: list[tuple[str, str, str]] = []
    for label in described.labels(concept):
        if label.role is not None and label.role != ROLE_DOCUMENTATION:
            labels.append((label.role.rpartition("/")[2], label.language or "", label.text.strip()))
    type_ = concept.type
    document = taxonomy.documents.get(concept.document)
    return ConceptEntry(
        name=concept.name,
        label=(described.label(concept, ROLE_LABEL, LANGUAGES) or (labels[0][2] if labels else "")).strip(),
        labels=tuple(dict.fromkeys(labels)),
        definition=_definition(concept, described),
        references=references.told(described.references(concept)),
        type=type_.qname.local.lstrip("#") if type_ is not None else "",
        balance=concept.balance or "",
        period=concept.period_type or "",
        abstract=concept.abstract,
        numeric=concept.is_numeric,
        block=is_block(concept),
        own=document is not None and document.local,
        wider=tuple(dict.fromkeys(anchored.wider.get(concept, ()))),
        narrower=tuple(dict.fromkeys(anchored.narrower.get(concept, ()))),
    )


def _definition(concept: Concept, described: Described) -> str:
    """In English if there is one, else in whatever language there is."""
    text = described.label(concept, ROLE_DOCUMENTATION, LANGUAGES)
    if text is None:
        text = next((each.text for each in described.labels(concept) if each.role == ROLE_DOCUMENTATION), "")
    return text.strip()


def is_block(concept: Concept | None) -> bool:
    """Whether a concept's type is that of text blocks: `textBlockItemType` or what derives from it."""
    types = concept.type.chain() if concept is not None and concept.type is not None else ()
    return any(each.qname.local == "textBlockItemType" for each in types)
