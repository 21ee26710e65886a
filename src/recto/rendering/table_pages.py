"""Tables of the DTS as pages: a page for each slice, rows as its y-axis has them, headings from its x-axis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Final

from recto.instance.model import Context, Fact, Period, TypedMember
from recto.names import ROLE_LABEL, QName
from recto.rendering.cell_text import fact_cell
from recto.rendering.grids import Heading
from recto.rendering.model import Cell, Column, Report, Row
from recto.rendering.pages import MOST_CELLS
from recto.rendering.rows import BLANK
from recto.rendering.scaling import Scaling
from recto.rendering.view import View, element_name, pretty_name
from recto.tablelinkbase.model import HeaderCell, LayoutTable, Place, TableSet
from recto.taxonomy.labels import GENERIC_LABEL_ROLE

CATEGORY: Final = "Tables"
_PLAIN: Final = frozenset((GENERIC_LABEL_ROLE, ROLE_LABEL, ""))
Labels = tuple[tuple[str, str, str], ...]


def table_pages(sets: Sequence[TableSet], view: View, first: int, *, empty: bool = False) -> list[Report]:
    """The slices of tables that show a fact; all of them with `empty`. Numbered from `first`."""
    pages = _Pages(view)
    found: list[Report] = []
    for each in sets:
        for table in each.tables:
            for at, piece in enumerate(table.cells):
                if empty or any(cell for row in piece for cell in row):
                    found.append(pages.page(each, table, at, first + len(found)))
    return found


class _Pages:
    def __init__(self, view: View):
        self.view = view

    def page(self, table_set: TableSet, table: LayoutTable, at: int, number: int) -> Report:
        view = self.view
        name = self.text(table_set.labels) or self._of_role(table_set)
        slices = table.places["z"]
        parts = [name, *(self._value(value) for value in table.parameters.values())]
        if len(slices) > 1 or slices[at].path:
            parts += [self.heading(cell) for cell in slices[at].path]
        title = " | ".join(part for part in parts if part)
        columns = [self._column(place, index) for index, place in enumerate(table.places["x"], 1)]
        report = Report(
            number=number,
            stem=f"R{number}",
            role=table_set.role,
            long_name=title,
            short_name=title,
            title=title,
            scale="",
            columns=columns,
            rows=list(self._rows(table, at, len(columns))),
            headings=self._headings(table),
            table=table_set.id or table_set.role,
            category=CATEGORY,
            instance=view.instance,
            language=view.words.language,
            right_to_left=view.words.right_to_left,
        )
        report.too_large = len(report.columns) * len(report.rows) > MOST_CELLS
        return report

    def _of_role(self, table_set: TableSet) -> str:
        for role in self.view.taxonomy.role_types(table_set.role):
            if role.definition:
                return str(role.definition)
        return table_set.id or table_set.role.rpartition("/")[2]

    # Headings

    def text(self, labels: Labels) -> str:
        """The label in the language that is wanted most."""
        return " ".join(self._written(labels).split())

    def _written(self, labels: Labels) -> str:
        """The same as it is written."""
        best: tuple[int, str] | None = None
        for role, language, text in labels:
            if role in _PLAIN and text.strip():
                rank = self._rank(language)
                if best is None or rank < best[0]:
                    best = (rank, text)
        return best[1] if best is not None else ""

    def _depth(self, cell: HeaderCell, below: int) -> int:
        """How deep a row stands: by the nodes above it, or by the spaces that its label begins with, two for a level,
        where a flat template shows by them what belongs to what.
        """
        text = self._written(cell.labels)
        blank = text[: len(text) - len(text.lstrip())]
        return max(below, (len(blank) + 1) // 2) if not blank.strip(" \u00a0") else below

    def _rank(self, language: str) -> int:
        wanted = [each.casefold() for each in self.view.languages]
        own = language.casefold()
        for rank, each in enumerate(wanted):
            if own == each or own.partition("-")[0] == each.partition("-")[0]:
                return rank
        return len(wanted)

    @staticmethod
    def codes(labels: Labels) -> list[str]:
        """Labels of other roles: the codes of rows and columns."""
        return [" ".join(text.split()) for role, _, text in labels if role not in _PLAIN and text.strip()]

    def heading(self, cell: HeaderCell) -> str:
        """A header in words: its label, else its concept's, else what it constrains."""
        text = self.text(cell.labels)
        if not text and cell.concept is not None:
            text = self._named(cell.concept, cell.label_role)
        if not text:
            words = [self._aspect(aspect, value) for each in cell.sets.values() for aspect, value in each.items()]
            text = ", ".join(dict.fromkeys(word for word in words if word))
        return text

    def _named(self, name: QName, role: str | None = None) -> str:
        """A concept's label in a role, else its standard label."""
        concept = self.view.taxonomy.concept(name)
        if concept is None:
            return pretty_name(name.local)
        return (role and self.view.label(concept, role)) or self.view.label(concept) or pretty_name(name.local)

    def _aspect(self, aspect: Any, value: Any) -> str:
        if isinstance(aspect, QName) and value is None:
            dimension = self.view.taxonomy.concept(aspect)
            default = self.view.taxonomy.default_member(dimension) if dimension is not None else None
            return self._named(default.qname) if default is not None else ""
        return self._value(value)

    def _value(self, value: Any) -> str:
        if isinstance(value, QName):
            return self._named(value)
        if isinstance(value, TypedMember):
            return value.text
        if isinstance(value, Period):
            span = self.view.spans.of(value)
            return "" if span is None else self.view.words.shared_period(span)
        if isinstance(value, tuple) and value and isinstance(value[0], tuple):  # a unit
            return " / ".join(" ".join(name.local for name in names) for names in value if names)
        if isinstance(value, tuple):
            return " ".join(str(each) for each in value)
        return str(getattr(value, "name", value))

    def _column(self, place: Place, index: int) -> Column:
        labels = [text for cell in place.path if (text := self.heading(cell))]
        if place.path:
            labels += self.codes(place.path[-1].labels)
        return Column(index, tuple(labels), self._period(place))

    def _headings(self, table: LayoutTable) -> tuple[tuple[Heading, ...], ...]:
        """The header rows of the x-axis; what only carries on the header above becomes part of it."""
        rows: list[list[tuple[HeaderCell, str]]] = []
        for group in table.headers["x"]:
            for header in group.rows:
                row = [(cell, "" if cell.rollup else self.heading(cell)) for cell in header]
                if any(text for _, text in row):
                    rows.append(row)
        made: list[list[Heading]] = []
        above: dict[tuple[int, int], tuple[int, int]] = {}  # columns → where their heading stands
        for row in rows:
            line: list[Heading] = []
            here: dict[tuple[int, int], tuple[int, int]] = {}
            start = 0
            for cell, text in row:
                place = (start, start + cell.span)
                start += cell.span
                known = above.get(place) if cell.rollup else None
                if known is not None:
                    level, index = known
                    upper = made[level][index]
                    made[level][index] = Heading(upper.text, upper.columns, upper.rows + 1)
                    here[place] = known
                else:
                    here[place] = (len(made), len(line))
                    line.append(Heading(text, cell.span))
            made.append(line)
            above = here
        codes = [" ".join(self.codes(place.path[-1].labels)) if place.path else "" for place in table.places["x"]]
        if any(codes):
            made.append([Heading(code) for code in codes])
        return tuple(map(tuple, made))

    @staticmethod
    def _period(place: Place) -> Period | None:
        for cell in reversed(place.path):
            for each in cell.sets.values():
                period = each.get("period")
                if isinstance(period, Period):
                    return period
        return None

    # Rows

    def _rows(self, table: LayoutTable, at: int, columns: int) -> Iterator[Row]:
        above: tuple[HeaderCell, ...] = ()
        number = 0
        for place, line in zip(table.places["y"], table.cells[at], strict=True):
            shared = 0
            while shared < min(len(above), len(place.path) - 1) and above[shared] is place.path[shared]:
                shared += 1
            labels = [self.label(cell) for cell in place.path[:-1]]
            depths = list(accumulate((bool(label) for label in labels), initial=0))
            for at_level in range(shared, len(labels)):
                if not labels[at_level]:  # a node that only holds others together is no row
                    continue
                number += 1
                cell = place.path[at_level]
                concept = self._concept(cell)
                yield Row(
                    number,
                    "abstract",
                    labels[at_level],
                    [BLANK] * columns,
                    concept,
                    depth=self._depth(cell, depths[at_level]),
                )
            above = place.path
            number += 1
            own = place.path[-1] if place.path else None
            concept = self._concept(own) if own is not None else None
            yield Row(
                number,
                "abstract" if place.abstract else "item",
                self.label(own) if own is not None else "",
                [self.cell(facts) for facts in line],
                concept,
                element_name(concept) if concept is not None else "",
                depth=self._depth(own, depths[-1]) if own is not None else 0,
                period=self._period(place),
            )

    def label(self, cell: HeaderCell) -> str:
        return " ".join((*self.codes(cell.labels), self.heading(cell)))

    def _concept(self, cell: HeaderCell) -> Any:
        for each in cell.sets.values():
            name = each.get("concept")
            if isinstance(name, QName):
                return self.view.taxonomy.concept(name)
        return None

    # Cells

    def cell(self, facts: Sequence[Fact]) -> Cell:
        """The first of the facts, in its own unit; all of them stand behind the cell."""
        if not facts:
            return BLANK
        fact = facts[0]
        made = self._cell(fact)
        made.facts = tuple(facts)
        return made

    def _cell(self, fact: Fact) -> Cell:
        view = self.view
        concept = view.concept_of(fact)
        context: Context | None = fact.context
        if concept is None or context is None:
            return Cell("text", fact.value.replace("<", "&lt;"))
        item = view.item(fact, concept, context)
        return fact_cell(item, view, Scaling(), view.label)
