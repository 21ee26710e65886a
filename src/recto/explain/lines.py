"""Decisions about rows and columns, shown and hidden ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from recto.explain import words
from recto.explain.model import Decision
from recto.names import QName
from recto.rendering.candidate import Candidate
from recto.rendering.lines import Grid, Hidden, Line
from recto.rendering.model import Report
from recto.rendering.recorder import Record
from recto.rendering.tree import LOCAL_NAME
from recto.rendering.view import View

_HIDDEN: Final = {
    "merged-unit": ("11.2", "it differs from {by} by its unit only, and was merged into it"),
    "merged-instant": ("11.3", "its balances are at the end of {by}, and were merged into it"),
    "repeated": ("11.4", "every fact of it stands in {by} too"),
    "elsewhere": (
        "11.5",
        "each of its concepts, and of its pairs of concept and member, is shown on some other page of the filing, "
        "if maybe for another period",
    ),
    "stunted": ("11.7", "of a cash flow statement's shorter periods, those with few facts are left out"),
    "empty": ("11.5", "no column that is still shown has anything in it"),
    "balance": ("11.6", "it repeats the ending balance of the period before"),
}


def cause(hidden: Hidden, view: View) -> tuple[str, str]:
    """Clause and reason of a hidden line."""
    clause, text = _HIDDEN[hidden.rule]
    by = "another" if hidden.by is None else f"{words.heading(hidden.by, view)!r}"
    return clause, text.format(by=by)


def hidden_of(grid: Grid, line: Line) -> Hidden | None:
    return grid.trace.of.get(line) if grid.trace is not None else None


def hidden_columns(record: Record, candidate: Candidate) -> list[Decision]:
    grid = candidate.grid
    assert grid is not None
    columns = set(grid.columns)
    found: list[Decision] = []
    for each in grid.trace or ():
        if each.line in columns:
            clause, text = cause(each, record.view)
            found.append(
                Decision(
                    "page",
                    "column-hidden",
                    f"The column of {words.heading(each.line, record.view)} is not shown: {text}.",
                    clause,
                    words.ids(each.line.facts),
                )
            )
    return found


def hidden_rows(record: Record, candidate: Candidate) -> list[Decision]:
    grid = candidate.grid
    assert grid is not None
    rows = set(grid.rows)
    found: list[Decision] = []
    for each in grid.trace or ():
        if each.line in rows and each.line.first is not None:
            clause, text = cause(each, record.view)
            label = record.view.fact_label(each.line.first.item.concept, _role(each.line))
            facts = words.ids(each.line.facts)
            found.append(Decision("page", "row-hidden", f"The row {label!r} is not shown: {text}.", clause, facts))
    return found


def _role(line: Line) -> str | None:
    return None if line.role == LOCAL_NAME else line.role


def explain_row(record: Record, candidate: Candidate, report: Report, number: int) -> list[Decision]:
    """`number`: the row's `id`."""
    grid = candidate.grid
    assert grid is not None
    line = grid.rows[number - 1]
    if line.kind == "abstract":
        return list(_abstract(record, candidate, line))
    if line.kind == "section":
        covered = words.listed(sorted(words.axis(axis) for axis in line.covered))
        label = " | ".join(line.labels)
        text = f"A section begins: the rows below are all of {label!r} ({covered}). Default members begin none."
        return [Decision("row", "section", text, "10.6")]
    return list(_fact_row(record, candidate, line))


def _abstract(record: Record, candidate: Candidate, line: Line) -> Iterator[Decision]:
    concept = line.concept
    assert concept is not None
    yield Decision(
        "row",
        "abstract",
        f"{concept.name} is the last abstract concept before the next row in the presentation tree; of several before "
        "one row only the nearest is shown.",
        "10.7",
    )
    role = candidate.tree.label_roles.get(concept)
    asked = f"its {words.role_name(role)}, for which its last place in the tree asks"
    if record.view.label(concept, role) is None:
        asked = f"told instead of the {words.role_name(role)} that its last place in the tree asks for: there is none"
    yield Decision("row", "label", f"{' | '.join(line.labels)!r} is {asked}.", "4.4")


def _fact_row(record: Record, candidate: Candidate, line: Line) -> Iterator[Decision]:
    view, first = record.view, line.first
    assert first is not None
    concept, grid = first.item.concept, candidate.grid
    assert grid is not None
    if "primary" not in grid.row_axes:
        told = words.members(first.item)
        text = f"A row for {words.period(line.span)}{f' and {told}' if told else ''}: concepts are on columns here."
        yield Decision("row", "row", text, "10.2", words.ids(line.facts))
        return
    places = len(candidate.tree.occurrences.get(concept, ()))
    several = f" (one of {places} places that it has there)" if places > 1 else ""
    yield Decision(
        "row",
        "row",
        f"{concept.name} stands at position {first.position} of the presentation tree{several}, and {len(line.facts)} "
        f"{'fact of it belongs' if len(line.facts) == 1 else 'facts of it belong'} here.",
        "10.2",
        words.ids(line.facts),
    )
    told = words.members(first.item)
    if told:
        yield Decision("row", "members", f"Its facts are of {told}.", "10.2")
    yield from _row_label(view, line)
    why = _no_unit(candidate, grid, line)
    if why is not None:
        yield Decision("row", "unit", f"Its label tells no unit: {why}.", "15.2")
    role = line.role
    if role is not None and "negated" in role:
        yield Decision("row", "sign", f"The {words.role_name(role)} turns the sign of what is shown.", "19.5")
    if line.side is not None:
        word = "opens" if line.side == "start" else "closes"
        text = f"A {words.role_name(role)}: each period shows the balance that {word} it."
        yield Decision("row", "balance", text, "6.3")
    if line.notes:
        stand = "so they stand" if len(line.notes) > 1 else "so it stands"
        text = f"{words.footnotes(line.notes)} to every cell of the row, {stand} here."
        yield Decision("row", "footnotes", text, "14.3")


def _row_label(view: View, line: Line) -> Iterator[Decision]:
    first = line.first
    assert first is not None
    concept, role = first.item.concept, line.role
    if role == LOCAL_NAME:
        text = "The arc asks for a label of a balance, but the concept is of durations: its bare name is shown."
        yield Decision("row", "label", text, "4.4")
        return
    label = view.label(concept, role)
    asked = "the arc asks for it" if role is not None else "the arc asks for no other"
    if label is None:
        text = f"{concept.name} has no {words.role_name(role)}, though {asked}; no other label takes its place."
        yield Decision("row", "label", text, "1.5")
    else:
        source = next((each for each in view.taxonomy.labels(concept) if each.text.strip() == label), None)
        where = f" It is from {source.document.rpartition('/')[2]}, line {source.line}." if source is not None else ""
        text = f"{label!r} is the {words.role_name(role)} of {concept.name}: {asked}.{where}"
        yield Decision("row", "label", text, "1.5")
    extra = [each for each in line.labels if each != label]
    if extra and label is not None:
        unit = first.item.unit
        for each in extra:
            what = "what tells it from other rows of its concept"
            if each == "(per share)":
                what = "its facts are amounts per share"
            elif unit is not None and each == unit.suffix:
                what = "the unit of its facts, which is not that of most rows"
            yield Decision("row", "label", f"{each!r} is added: {what}.", "15.2")


def _no_unit(candidate: Candidate, grid: Grid, line: Line) -> str | None:
    """Why the label of a row of numbers says no unit; None where it does, and where units stand in no column."""
    unit = line.first.item.unit if line.first is not None else None
    if unit is None or "unit" not in grid.column_axes or candidate.shows_elements:
        return None
    if "unit" in grid.promoted:
        return "the title tells the one that the columns have in common"
    if not grid.unit_headings:
        return "pages of this kind tell none"
    if len(line.inventory) != 1 or any(item.unit is not unit for items in line.inventory.values() for item in items):
        return "its facts are of several"
    return None if unit.suffix in line.labels else "its unit is that of most rows, which is left out"


def explain_column(record: Record, candidate: Candidate, report: Report, number: int) -> list[Decision]:
    """`number`: the column's `id`."""
    grid = candidate.grid
    assert grid is not None
    return list(_column(record, candidate, grid, grid.columns[number - 1]))


def _column(record: Record, candidate: Candidate, grid: Grid, line: Line) -> Iterator[Decision]:
    parts: list[str] = []
    if "period" in grid.column_axes:
        parts.append(words.period(line.span))
    if line.first is not None:
        first = line.first.item
        if "unit" in grid.column_axes and first.unit is not None and first.unit.heading:
            parts.append(first.unit.heading)
        axes = {axis for axis in grid.column_axes if isinstance(axis, QName)}
        told = [each for each in words.members(first).split(", ") if each.partition(" =")[0] in {a.local for a in axes}]
        parts += told if words.members(first) else []
        if "primary" in grid.column_axes:
            parts.append(first.concept.name)
    own = len(line.origins) or len(line.facts)
    yield Decision(
        "column",
        "column",
        f"A column for {', '.join(parts) or 'all facts'}: {own} facts of the page have that in common.",
        "10.1",
        words.ids(line.facts),
    )
    if candidate.spans and line.span is not None and "period" in grid.column_axes:
        position = candidate.spans.get(line.span)
        if position is not None and len(candidate.spans) > 1:
            text = f"Its period is number {position + 1} of {len(candidate.spans)} on this page."
            yield Decision("column", "order", text, "6.6" if candidate.is_equity else "6.2")
    for each in grid.trace.by.get(line, ()) if grid.trace is not None else ():
        clause, text = cause(each, record.view)
        yield Decision(
            "column",
            "merged" if each.rule.startswith("merged") else "column-hidden",
            f"The column of {words.heading(each.line, record.view)} is not shown by itself: {text}.",
            clause,
            words.ids(each.line.facts),
        )
    promoted = [words.axis(axis) for axis in grid.promoted if axis in grid.column_axes]
    if promoted:
        text = f"What all columns have in common is told in the title, not in the heading: {words.listed(promoted)}."
        yield Decision("column", "heading", text, "12.4")
    if line.labels == ["Total"]:
        text = "Nothing is left to be told of it: no member, and the rest is in the title. Hence 'Total'."
        yield Decision("column", "heading", text, "15.1")
    if (
        candidate.is_statement
        and not candidate.is_equity
        and any(each.rule == "elsewhere" for each in grid.trace or ())
    ):
        text = "It stays, since something in it is shown on no other page; columns that are shown elsewhere went."
        yield Decision("column", "column-kept", text, "11.5")
    if line.notes:
        stand = "so they stand" if len(line.notes) > 1 else "so it stands"
        text = f"{words.footnotes(line.notes)} to every cell of the column, {stand} here."
        yield Decision("column", "footnotes", text, "14.3")
