"""The numbers that a description gives to facts, concepts, contexts and units."""

from __future__ import annotations

from collections.abc import Sequence

from recto.instance.model import Context, Fact, Instance, Unit
from recto.names import QName
from recto.taxonomy.model import Concept, Described, Taxonomy
from recto.uncollected import uncollected


class Numbering:
    """Facts are numbered at once; the others as they are first asked for, facts' own before pages'."""

    def __init__(self, instances: Sequence[Instance], described: Sequence[Described | None]) -> None:
        """`described`: for each instance its labels and references, where they are more than the taxonomy's own."""
        self.instances = instances
        self._described = {
            id(instance.taxonomy): each for instance, each in zip(instances, described, strict=True) if each is not None
        }
        self.firsts: list[int] = []
        self.facts: list[Fact] = []
        for each in instances:
            self.firsts.append(len(self.facts))
            self.facts += each.facts
        self.number: dict[Fact, int] = {fact: index for index, fact in enumerate(self.facts)}
        self.concepts: list[Concept | str] = []
        """Of what no schema at hand declares, the prefixed name."""
        self.taxonomy_of: list[Taxonomy] = []
        """The taxonomy of each concept, by the concept's number."""
        self._concepts: dict[Concept, int] = {}
        self._undeclared: dict[QName, int] = {}
        self.contexts: list[tuple[Context, Instance]] = []
        self._contexts: dict[Context, int] = {}
        self.units: list[tuple[Unit, Instance]] = []
        self._units: dict[Unit, int] = {}
        self.documents: list[str] = []
        self._documents: dict[str, int] = {}
        self.columns: list[tuple[int, int, int, int]] = []
        """(concept, context, unit, document) of each fact."""
        with uncollected():  # a tuple for each fact, which stay
            for instance in instances:
                self._number(instance)
        for context, instance in self.contexts:
            for axis, member in context.dimensions.items():
                for name in (axis, member):
                    if isinstance(name, QName):
                        self.named(name, instance)

    def _number(self, instance: Instance) -> None:
        taxonomy, add = instance.taxonomy, self.columns.append
        # Most facts have the context and the unit of the one before them.
        context: Context | None = None
        unit: Unit | None = None
        document: str | None = None
        at_context = at_unit = at_document = -1
        concepts = self._concepts
        for fact in instance.facts:
            if fact.concept is None:
                at_concept = self._undeclared.get(fact.qname, -1)
                if at_concept < 0:
                    at_concept = self._add(fact.qname, fact.name, taxonomy)
            else:
                at_concept = concepts.get(fact.concept, -1)
                if at_concept < 0:
                    at_concept = self.concept(fact.concept, taxonomy)
            if fact.context is not context:
                context = fact.context
                at_context = -1 if context is None else self._context(context, instance)
            if fact.unit is not unit:
                unit = fact.unit
                at_unit = -1 if unit is None else self._unit(unit, instance)
            if fact.document is not document:
                document = fact.document
                at_document = self._document(document)
            add((at_concept, at_context, at_unit, at_document))

    def concept(self, concept: Concept, taxonomy: Taxonomy) -> int:
        known = self._concepts.get(concept)
        if known is None:  # pages may have a stand-in for what facts name, and no schema declares
            known = self._undeclared.get(concept.qname)
            if known is None:
                known = len(self.concepts)
                self.concepts.append(concept)
                self.taxonomy_of.append(taxonomy)
            self._concepts[concept] = known
        return known

    def named(self, name: QName, instance: Instance) -> int:
        """The number of an axis or a member."""
        found = instance.taxonomy.concept(name)
        if found is not None:
            return self.concept(found, instance.taxonomy)
        known = self._undeclared.get(name)
        if known is not None:
            return known
        prefix = next((each for each, uri in instance.prefixes.items() if uri == name.namespace), "")
        return self._add(name, f"{prefix}:{name.local}" if prefix else name.local, instance.taxonomy)

    def _add(self, name: QName, prefixed: str, taxonomy: Taxonomy) -> int:
        number = self._undeclared[name] = len(self.concepts)
        self.concepts.append(prefixed)
        self.taxonomy_of.append(taxonomy)
        return number

    def described(self, concept: int) -> Described:
        """Who tells the labels and references of a concept."""
        taxonomy = self.taxonomy_of[concept]
        return self._described.get(id(taxonomy), taxonomy)

    def _context(self, context: Context, instance: Instance) -> int:
        known = self._contexts.get(context)
        if known is None:
            known = self._contexts[context] = len(self.contexts)
            self.contexts.append((context, instance))
        return known

    def _unit(self, unit: Unit, instance: Instance) -> int:
        known = self._units.get(unit)
        if known is None:
            known = self._units[unit] = len(self.units)
            self.units.append((unit, instance))
        return known

    def _document(self, url: str) -> int:
        known = self._documents.get(url)
        if known is None:
            known = self._documents[url] = len(self.documents)
            self.documents.append(url)
        return known
