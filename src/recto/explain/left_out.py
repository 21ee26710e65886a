"""Why a fact is on no page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from recto.explain import words
from recto.explain.lines import cause, hidden_of
from recto.explain.model import Decision
from recto.findings import Finding
from recto.instance.model import Fact
from recto.names import QName
from recto.records import pages_by_fact
from recto.rendering.candidate import GRID_ROLE, Candidate
from recto.rendering.lines import Axis
from recto.rendering.model import RenderedFiling
from recto.rendering.recorder import Record
from recto.rendering.view import Item, Typed

_LINES: Final = 12
"""Lines of a context within which what is wrong with it is looked for."""


class Absences:
    """Where the facts of a filing are shown, and what left out those that are not."""

    def __init__(self, rendered: RenderedFiling, records: Sequence[Record]) -> None:
        self.pages: dict[Fact, list[str]] = pages_by_fact(rendered.reports)
        """The stems of the pages that show each fact."""
        self._rendered = rendered
        self._findings: dict[tuple[str | None, str | int], Finding] | None = None
        """The first error of each fact, and of each line of a document."""
        self._record: dict[Fact, Record] = {}
        self._items: dict[Fact, Item] = {}
        self._stems: dict[Candidate, str] = {}
        self._gathering: set[str] = set()
        """The stems of the pages for facts that no other page shows."""
        self._at: dict[Item, list[Candidate]] = {}
        """The candidates to which a fact belongs."""
        for record in records:
            self._record.update(dict.fromkeys(record.view.instance.facts, record))
            for item in record.facts.items if record.facts is not None else ():
                self._items[item.fact] = item
            for candidate in record.candidates:
                for item in candidate.items:
                    self._at.setdefault(item, []).append(candidate)
            for report, candidate in record.pages:
                self._stems[candidate] = report.stem
                if candidate.is_uncategorized or candidate.role == GRID_ROLE:
                    self._gathering.add(report.stem)

    def of(self, fact: Fact) -> list[Decision]:
        pages = self.pages.get(fact)
        if pages:
            shown = Decision("fact", "shown", f"It is shown on {words.listed(pages, 12)}.", "9", (fact.id,))
            return [shown, *self.gathered(fact)]
        record = self._record.get(fact)
        if record is None:
            return [_left_out("It is no fact of this filing.", "", fact)]
        if fact in record.refused:
            clause, text = record.refused[fact]
            told = self._told(fact) if text.startswith(("its ", "no schema")) else ""
            return [_left_out(f"No page can show it, because {text}{told}.", clause, fact)]
        if fact in record.dropped:
            return self._duplicate(record.dropped[fact], fact)
        item = self._items.get(fact)
        if record.stopped is not None and (item is None or item not in self._at):
            clause, text = record.stopped
            return [_left_out(f"No page can show it, because {text}.", clause, fact)]
        found: list[Decision] = []
        if item is not None:
            at = self._at.get(item, [])
            if fact in record.uncategorized:
                at = [*at, *(each for _, each in record.pages if each.is_uncategorized)]
            found = list(self._decisions(record, item, at))
        return found or [self._nowhere(record, fact)]

    def gathered(self, fact: Fact) -> list[Decision]:
        """Why a fact is shown on a page for those that no other shows; empty where another does."""
        record, item = self._record.get(fact), self._items.get(fact)
        if record is None or not self._gathering.issuperset(self.pages[fact]):
            return []
        at = [each for each in self._at.get(item, []) if self._stems.get(each) not in self._gathering] if item else []
        if item is None or not at:
            return [self._nowhere(record, fact)]
        return list(self._decisions(record, item, at))

    def _duplicate(self, kept: Fact, fact: Fact) -> list[Decision]:
        where = f", which is shown on {words.listed(self.pages[kept])}" if kept in self.pages else ""
        found = [_left_out(f"It duplicates {words.identifier(kept)}{where}; {words.better(kept, fact)}.", "3.3", fact)]
        if where:
            return found
        reasons = (
            _left_out(f"Of {words.identifier(kept)}, which would be shown for it: {each.text}", each.clause, fact)
            for each in self.of(kept)
        )
        return [*found, *reasons]

    def _told(self, fact: Fact) -> str:
        """The finding that tells what is wrong with a fact, ` (CODE, line 12)`; empty where there is none."""
        if self._findings is None:
            self._findings = {}
            for each in self._rendered.findings:
                if each.severity == "error":
                    names: tuple[str | int, ...] = (*each.facts, each.line or 0)
                    for name in names:
                        self._findings.setdefault((each.document, name), each)
        finding = self._findings.get((fact.document or None, fact.id)) or self._of_part(fact, self._findings)
        return "" if finding is None else f" ({finding.code}, line {finding.line or '?'})"

    @staticmethod
    def _of_part(fact: Fact, findings: dict[tuple[str | None, str | int], Finding]) -> Finding | None:
        """The finding that tells what is wrong with the fact's context, else its unit: it stands in its first lines."""
        for part in (fact.context, fact.unit):
            for line in range(part.line, part.line + _LINES) if part is not None and not part.valid else ():
                finding = findings.get((part.document or None, line)) if part is not None else None
                if finding is not None:
                    return finding
        return None

    def _nowhere(self, record: Record, fact: Fact) -> Decision:
        if record.facts is not None and fact in record.facts.spent:
            return _left_out("It is shown where a page asks for it, and not missed elsewhere.", "3.2", fact)
        return _left_out("No role presents its concept.", "22", fact)

    def _decisions(self, record: Record, item: Item, candidates: Sequence[Candidate]) -> Iterator[Decision]:
        """One for each role to which the fact belongs."""
        for candidate in candidates:
            clause, text = self._reason(record, candidate, item)
            name = self._stems.get(candidate) or repr(candidate.definition.text)
            yield _left_out(f"Not on {name}: {text}.", clause, item.fact)

    def _reason(self, record: Record, candidate: Candidate, item: Item) -> tuple[str, str]:
        if candidate in record.failed:
            return record.failed[candidate]
        if candidate.suppressed:
            if candidate.tree.suppressed:
                return "4.4", "an axis of its tree has no members below it, so there is no page"
            return "2.1", "the SEC never shows a role of this name"
        if candidate.grid is not None:
            found = _in_grid(record, candidate, item)
            if found is not None:
                return found
        return _filtered(record, candidate, item)


def _left_out(text: str, clause: str, fact: Fact) -> Decision:
    return Decision("fact", "left-out", text, clause, (fact.id,))


def _in_grid(record: Record, candidate: Candidate, item: Item) -> tuple[str, str] | None:
    """Why a fact that was placed on a page cannot be seen there."""
    grid = candidate.grid
    assert grid is not None
    for _, _, before, after in grid.overruled or ():
        if before is item:
            return "10.4", f"{words.identifier(after.fact)} has the same place, and the later fact is shown"
    for row in grid.rows:
        for column, slot in row.cells.items():
            if slot.item is not item:
                continue
            for line, kind in ((column, "column"), (row, "row")):
                if line.hidden:
                    hidden = hidden_of(grid, line)
                    clause, text = cause(hidden, record.view) if hidden is not None else ("11", "it was merged")
                    if kind == "column" and hidden is not None and hidden.by is not None:
                        if item in hidden.by.facts and not hidden.by.hidden:
                            continue
                        if hidden.by.hidden and (next_ := hidden_of(grid, hidden.by)) is not None:
                            clause, more = cause(next_, record.view)
                            text = f"{text}, which is not shown itself: {more}"
                    return clause, f"its {kind} is not shown: {text}"
    if any(item in line.facts for line in grid.rows):
        if candidate.is_bar_chart:
            return "21.6", "the page is drawn as a bar chart of annual returns"
        if candidate.is_embedded:
            return "21.4", "the page is shown inside another, which does not show it"
        others = (
            slot.item.fact
            for line in grid.rows
            if item in line.facts
            for column, slot in line.cells.items()
            if item in column.facts
        )
        other = next(others, None)
        return "10.4", f"{'another fact' if other is None else words.identifier(other)} has its cell"
    return None


def _filtered(record: Record, candidate: Candidate, item: Item) -> tuple[str, str]:
    """Why a fact of the role's concepts was not placed."""
    for skipped, role, side in candidate.skipped:
        if skipped is item:
            word = "opens" if side == "start" else "closes"
            return "6.3", f"no period of the page {word} with its date, as its {words.role_name(role)} asks"
    placer = record.placers.get(candidate)
    if placer is None:
        if candidate.is_embedded or candidate.is_target:
            return "21.4", "a text block calls the page, but no page shows that text block"
        return "9", "its layout was not finished"
    strange = [axis for axis in item.place.members if axis not in placer.axes]
    if strange:
        names = words.listed([axis.local for axis in strange])
        return "9.1", f"the fact has a member of {names}, and the page's presentation tree has no such axis"
    spans = [span for each, span, _ in candidate.memberships if each is item]
    for span in spans:
        spot = placer.spots.get((id(item.place), span))
        if spot is not None and spot.filtered and spot.lacks is not None:
            return _lacking(candidate, item, spot.lacks)
    return "9.1", "no place of its concept in the tree takes it, by label role and period"


def _lacking(candidate: Candidate, item: Item, axis: Axis) -> tuple[str, str]:
    if axis == "period":
        if candidate.is_equity:
            return "6.6", f"{words.period(item.place.span)} has no balance at both its ends"
        return "9.1", f"{words.period(item.place.span)} is none of the page's periods"
    if not isinstance(axis, QName):
        return "9.1", f"the page has no place for its {axis}"
    member = item.place.members.get(axis)
    if member is None:
        return "5.3", f"the fact has no member of {axis.local}, and the page's tree lacks that axis' default"
    name = member.text if isinstance(member, Typed) else member.local
    return "9.1", f"{name} is not among the members of {axis.local} in the page's presentation tree"
