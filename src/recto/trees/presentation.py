"""A presentation network as a tree of concepts with the labels that it prefers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from recto.instance.model import Instance
from recto.names import ARC_PARENT_CHILD
from recto.rendering.model import Report
from recto.taxonomy.model import Concept
from recto.trees.base import Printed, places_of, table_of

if TYPE_CHECKING:
    from recto.frames import Table


class PresentationLine(Struct, frozen=True):
    """One concept at one place in the tree."""

    concept: Concept
    label: str
    depth: int
    preferred_label: str | None
    """The label role that the tree asks for."""
    facts: int
    """How many facts the filing reports of it."""


class Presentation(Printed):
    """The tree from which a page is made: prints, is iterated line by line, becomes a frame."""

    def __init__(self, report: Report, lines: tuple[PresentationLine, ...]):
        self.report = report
        self.title = f"{report.short_name}: presentation"
        self.role: str = report.role
        self.lines = lines

    def __iter__(self) -> Iterator[PresentationLine]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def headings(self) -> Sequence[str]:
        return ["", "concept", "facts"]

    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        for line in self.lines:
            yield line.depth, [line.label, line.concept.name, str(line.facts or "")]

    def to_arrow(self) -> Table:
        """Columns `concept, label, depth, kind, abstract, preferred_label, period_type, balance, facts`."""
        lines = self.lines
        return table_of(
            {
                "concept": ("string", [line.concept.name for line in lines]),
                "label": ("string", [line.label for line in lines]),
                "depth": ("int32", [line.depth for line in lines]),
                "kind": ("string", [line.concept.kind for line in lines]),
                "abstract": ("bool", [line.concept.abstract for line in lines]),
                "preferred_label": ("string", [line.preferred_label for line in lines]),
                "period_type": ("string", [line.concept.period_type for line in lines]),
                "balance": ("string", [line.concept.balance for line in lines]),
                "facts": ("int32", [line.facts for line in lines]),
            }
        )

    def __repr__(self) -> str:
        return f"<recto.Presentation {self.report.stem} {self.report.short_name!r}: {len(self)} lines>"


def presentation(instance: Instance, report: Report) -> Presentation:
    """The presentation network of the page's role, whole, with what is not reported too."""
    network = instance.taxonomy.network(ARC_PARENT_CHILD, report.role)
    counts: dict[Concept | None, int] = {}
    for fact in instance.facts:
        counts[fact.concept] = counts.get(fact.concept, 0) + 1
    lines: list[PresentationLine] = []

    home = instance.home
    for concept, arc, depth in places_of(network):
        role = None if arc is None else arc.preferred_label
        label = (home.label(concept, role, None) if role else None) or home.label(concept, None, None) or concept.name
        lines.append(PresentationLine(concept, label, depth, role, counts.get(concept, 0)))
    return Presentation(report, tuple(lines))
