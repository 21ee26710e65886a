"""Where the layout tells what it decides, for `recto.explain`.

The layout keeps a recorder only where one is given. It tells it of facts that it refuses, of candidates that become no
page, and hands over its candidates with their grids, in which each line that was hidden has the rule that hid it. All
else that an explanation needs (label roles, scales, order) stands in what is handed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from recto.instance.model import Fact
    from recto.rendering.candidate import Candidate, Embedding
    from recto.rendering.facts import FactSet
    from recto.rendering.layout import Placer
    from recto.rendering.model import Report
    from recto.rendering.view import Item, View


Reason: TypeAlias = tuple[str, str]
"""Why something is not shown: the clause of rendering.md, and the words that follow "because"."""


class Record:
    """What was decided about one instance."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.facts: FactSet | None = None
        """The facts that pages may show, and how many layouts have placed each."""
        self.candidates: list[Candidate] = []
        """Every role with a presentation tree, in the order of pages."""
        self.embeddings: dict[Fact, Embedding] = {}
        """Commands of text blocks that no cell has carried out yet."""
        self.refused: dict[Fact, Reason] = {}
        """Facts that no page can show."""
        self.dropped: dict[Fact, Fact] = {}
        """Duplicates, each with the fact that is shown for it."""
        self.failed: dict[Candidate, Reason] = {}
        """Candidates that become no page, where that does not follow from their own marks."""
        self.placers: dict[Candidate, Placer] = {}
        self.scalable: dict[Candidate, Mapping[str, Sequence[Item]]] = {}
        """For each page the facts that decide on its scale, by unit id."""
        self.stopped: Reason | None = None
        """Why the layout of the instance did not come to its end."""
        self.uncategorized: set[Fact] = set()
        self._pages: dict[int, tuple[Report, Candidate]] = {}
        """By the identity of the report, which is kept so that it stays one."""

    @cached_property
    def kept(self) -> dict[Fact, list[Fact]]:
        """The duplicates of each fact that is shown for others. Asked for when the layout is done."""
        found: dict[Fact, list[Fact]] = {}
        for dropped, kept in self.dropped.items():
            found.setdefault(kept, []).append(dropped)
        return found

    def refuse(self, fact: Fact, clause: str, text: str) -> None:
        self.refused.setdefault(fact, (clause, text))

    def fail(self, candidate: Candidate, clause: str, text: str) -> None:
        self.failed[candidate] = (clause, text)

    def stop(self, clause: str, text: str) -> None:
        self.stopped = (clause, text)

    def finish(self, candidate: Candidate, report: Report, scalable: Mapping[str, Sequence[Item]]) -> None:
        self._pages[id(report)] = (report, candidate)
        self.scalable[candidate] = scalable

    def candidate_of(self, report: Report) -> Candidate | None:
        found = self._pages.get(id(report))
        return None if found is None else found[1]

    @property
    def pages(self) -> Sequence[tuple[Report, Candidate]]:
        """Every report that was made, embedded ones too, with its candidate."""
        return list(self._pages.values())


class Recorder:
    """Listens to the layout of a filing: one record an instance."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def listen(self, view: View) -> Record:
        self.records.append(Record(view))
        return self.records[-1]
