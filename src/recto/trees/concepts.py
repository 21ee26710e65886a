"""The concepts of a filing: by name, and by words of their labels and definitions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from recto.instance.model import Fact, Instance
from recto.names import ARC_PARENT_CHILD
from recto.reprs import properties
from recto.taxonomy.model import Concept, Reference

if TYPE_CHECKING:
    from recto.frames import Table

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class ConceptEntry:
    """A concept, with what the filing's taxonomy says of it and what the filing reports of it."""

    __slots__ = ("_instance", "_instances", "concept")

    def __init__(self, concept: Concept, instance: Instance, instances: tuple[Instance, ...]):
        self.concept = concept
        self._instance = instance
        self._instances = instances

    @property
    def name(self) -> str:
        """Prefixed name, `us-gaap:Assets`."""
        found: str = self._instance.home.namer.name(self.concept.qname)
        return found

    def label(self, role: str | None = None, language: str | None = None) -> str | None:
        """As `Fact.label`."""
        found = self._instance.home.label(self.concept, role, language)
        return self.name if found is None and role is None and language is None else found

    @property
    def definition(self) -> str | None:
        """Its documentation; None where the taxonomy at hand has none."""
        return self._instance.home.label(self.concept, "documentation", None)

    @property
    def references(self) -> tuple[Reference, ...]:
        """References to what defines it."""
        return tuple(self._instance.home.references(self.concept))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts that the filing reports of it, in all of its reports."""
        name = self.concept.qname
        return tuple(fact for each in self._instances for fact in each.facts if fact.qname == name)

    @property
    def roles(self) -> tuple[str, ...]:
        """Definitions of the pages' roles whose trees hold it."""
        taxonomy = self._instance.taxonomy
        return tuple(
            taxonomy.role_definition(role)
            for role in taxonomy.roles(ARC_PARENT_CHILD)
            if taxonomy.network(ARC_PARENT_CHILD, role).parents(self.concept)
        )

    def __repr__(self) -> str:
        return f"<recto.ConceptEntry {self.name} {self.label()!r}>"

    def __str__(self) -> str:
        lines = [f"{self.label()} ({self.name})"]
        concept = self.concept
        kind = " ".join(
            part
            for part in (
                "abstract" if concept.abstract else "",
                concept.type.qname.local if concept.type is not None else concept.kind,
                concept.period_type or "",
                concept.balance or "",
            )
            if part
        )
        lines.append(kind)
        if self.definition:
            lines.append(self.definition)
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        concept = self.concept
        rows = [
            ("name", self.name),
            ("definition", self.definition),
            ("type", None if concept.type is None else concept.type.qname.local),
            ("period type", concept.period_type),
            ("balance", concept.balance),
            ("facts", len(self.facts)),
        ]
        return properties(self.label() or self.name, rows)


class Concepts:
    """The concepts that a filing's pages and facts use. `concepts["Assets"]`, `concepts.search("lease liability")`."""

    def __init__(self, instances: tuple[Instance, ...]):
        self._instances = instances

    def __iter__(self) -> Iterator[ConceptEntry]:
        """Those of facts, axes, members and of the filing's own trees, each once."""
        seen: set[object] = set()
        for instance in self._instances:
            for concept in _used(instance):
                if concept.qname not in seen:
                    seen.add(concept.qname)
                    yield self._entry(concept, instance)

    def _entry(self, concept: Concept, instance: Instance) -> ConceptEntry:
        return ConceptEntry(concept, instance, self._instances)

    def __contains__(self, name: object) -> bool:
        """Whether there is a concept of that name, as for `[]`; or whether an entry's concept is among these."""
        if isinstance(name, ConceptEntry):
            return any(each.concept is name.concept for each in self)
        return isinstance(name, str) and self._named(name) is not None

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __getitem__(self, name: str) -> ConceptEntry:
        """By prefixed name, local name or Clark notation. Raises KeyError, with names that come near."""
        found = self._named(name)
        if found is not None:
            return found
        near = self._near(name)
        raise KeyError(f"{name}{'; did you mean ' + ' or '.join(near) + '?' if near else ''}")

    def _named(self, name: str) -> ConceptEntry | None:
        wanted = name.casefold()
        for instance in self._instances:
            for concept in (*_used(instance), *instance.taxonomy.concepts()):
                names = (
                    concept.name,
                    concept.qname.local,
                    concept.qname.clark,
                    instance.home.namer.name(concept.qname),
                )
                if wanted in (each.casefold() for each in names):
                    return self._entry(concept, instance)
        return None

    def _near(self, name: str) -> list[str]:
        """Names that are spelled much alike, or have the same words."""
        from difflib import get_close_matches

        local = name.rpartition(":")[2]
        names = {entry.concept.qname.local.casefold(): entry.name for entry in self}
        near = [names[each] for each in get_close_matches(local.casefold(), names, n=3, cutoff=0.7)]
        return near or [entry.name for entry in self.search(" ".join(_WORDS.findall(local)))[:3]]

    def search(self, words: str, *, everywhere: bool = False, limit: int = 20) -> list[ConceptEntry]:
        """Concepts whose label, name or definition holds all the words, the best first.

        `everywhere`: of the whole taxonomy, not only of those that the filing uses. `limit`: how many at most.
        """
        wanted = [_stem(word) for word in re.findall(r"\w+", words.casefold())]
        if not wanted:
            return []
        entries: Iterable[ConceptEntry] = self
        if everywhere:
            entries = (self._entry(each, i) for i in self._instances for each in i.taxonomy.concepts())
        scored = []
        for position, entry in enumerate(entries):
            score = _score(entry, wanted)
            if score is not None:
                scored.append((score, position, entry))
        scored.sort(key=lambda each: each[:2])
        return [entry for _, _, entry in scored[:limit]]

    def to_arrow(self) -> Table:
        """The table `concepts` of docs/tables.md."""
        from recto.errors import UsageError
        from recto.frames import Table
        from recto.tables import concepts_table

        if not self._instances:
            raise UsageError("the source holds no report")
        return Table(concepts_table(self._instances[0], described=self._instances[0].home.described))

    def __repr__(self) -> str:
        return f"<recto.Concepts {len(self)}>"


def _used(instance: Instance) -> Iterator[Concept]:
    from recto.tables.views import used_concepts

    found = dict.fromkeys(used_concepts(instance))
    taxonomy = instance.taxonomy
    local = {url for url, document in taxonomy.documents.items() if document.local}
    for role in taxonomy.roles(ARC_PARENT_CHILD):
        for arc in taxonomy.network(ARC_PARENT_CHILD, role).relationships:
            if arc.document in local:
                found.setdefault(arc.source)
                found.setdefault(arc.target)
    yield from found


def _stem(word: str) -> str:
    """Singular and plural are the same word."""
    for ending, put in (("ies", "y"), ("ses", "s"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2 and not word.endswith("ss"):
            return word[: -len(ending)] + put
    return word


def _score(entry: ConceptEntry, wanted: list[str]) -> tuple[int, int, int] | None:
    """Rank: words in the label, then in the name, then in the definition; facts before none; short labels first."""
    label = entry.label() or ""
    named = [_stem(word.casefold()) for word in _WORDS.findall(entry.concept.qname.local)]
    labelled = [_stem(word) for word in re.findall(r"\w+", label.casefold())]
    if all(word in labelled for word in wanted):
        rank = 0
    elif all(word in named for word in wanted):
        rank = 1
    elif all(any(word in each for each in (*labelled, *named)) for word in wanted):
        rank = 2
    else:
        told = [_stem(word) for word in re.findall(r"\w+", (entry.definition or "").casefold())]
        if not all(word in told or word in labelled or word in named for word in wanted):
            return None
        rank = 3
    return (rank, entry.concept.abstract, len(labelled))
