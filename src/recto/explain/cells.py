"""Decisions about one cell: which fact it shows, and how."""

from __future__ import annotations

from collections.abc import Iterator

from recto.explain import words
from recto.explain.lines import cause, hidden_of
from recto.explain.model import Decision
from recto.rendering.candidate import Candidate
from recto.rendering.lines import Grid, Line, Slot
from recto.rendering.model import Report
from recto.rendering.recorder import Record
from recto.rendering.scaling import scale_of


def explain(record: Record, candidate: Candidate, report: Report, row: int, column: int) -> list[Decision]:
    """`row` and `column`: the `id`s of a row and a column."""
    grid = candidate.grid
    assert grid is not None
    line, crossing = grid.rows[row - 1], grid.columns[column - 1]
    slot = line.cells.get(crossing)
    if slot is None:
        return list(_empty(record, candidate, grid, line, crossing))
    return [*_shown(record, candidate, grid, line, crossing, slot), *_look(record, candidate, grid, crossing, slot)]


def _empty(record: Record, candidate: Candidate, grid: Grid, line: Line, crossing: Line) -> Iterator[Decision]:
    if line.kind != "fact" or line.first is None:
        yield Decision("cell", "empty", "Headings and sections have no amounts.", "10.6")
        return
    concept = line.first.item.concept
    yield Decision(
        "cell",
        "empty",
        f"No fact of {concept.name} has the period, unit and members of both this row and this column.",
        "10.4",
    )
    for other, slot in line.cells.items():
        if other.hidden:
            hidden = hidden_of(grid, other)
            if hidden is not None:
                clause, text = cause(hidden, record.view)
                yield Decision(
                    "cell",
                    "column-hidden",
                    f"{words.fact(slot.item)}, {words.value(slot.item.fact)!r}, is in a column that is hidden: {text}.",
                    clause,
                    (slot.item.fact.id,),
                )


def _shown(
    record: Record, candidate: Candidate, grid: Grid, line: Line, crossing: Line, slot: Slot
) -> Iterator[Decision]:
    item = slot.item
    told = words.members(item)
    unit = f", in {item.unit.symbol or item.unit.id}" if item.unit is not None else ""
    yield Decision(
        "cell",
        "fact",
        f"It shows {words.fact(item)}, reported as {words.value(item.fact)!r}{unit}{f', of {told}' if told else ''}.",
        "10.4",
        (item.fact.id,),
    )
    for row, column, before, after in grid.overruled or ():
        if row is line and column is crossing:
            yield Decision(
                "cell",
                "overruled",
                f"{words.fact(before)}, {words.value(before.fact)!r}, has the same place; the later of the two, "
                f"{words.identifier(after.fact)}, is shown.",
                "10.4",
                (before.fact.id, after.fact.id),
            )
    own = words.identifier(item.fact)
    for dropped in record.kept.get(item.fact, ()):
        other = words.identifier(dropped)  # two long ones may begin and end alike
        yield Decision(
            "cell",
            "duplicate",
            f"{other if other != own else 'Another fact'}, {words.value(dropped)!r}, is of the same concept, context "
            f"and unit; of both {own} is shown: {words.better(item.fact, dropped)}.",
            "3.3",
            (dropped.id, item.fact.id),
        )
    if item not in crossing.origins and crossing.origins and item in crossing.facts and grid.trace is not None:
        for each in grid.trace.by.get(crossing, ()):
            if item in each.line.facts:
                clause, text = cause(each, record.view)
                where = words.heading(each.line, record.view)
                yield Decision(
                    "cell", "merged", f"It comes from the column of {where}: {text}.", clause, (item.fact.id,)
                )
                break


def _look(record: Record, candidate: Candidate, grid: Grid, crossing: Line, slot: Slot) -> Iterator[Decision]:
    item = slot.item
    fact = item.fact
    if fact.nil:
        yield Decision("cell", "nil", "The fact is nil, so that its cell is blank.", "10.4")
        return
    if not item.traits.numeric:
        called = next(
            (each for _, each in record.pages if each.embedding is not None and each.embedding.item is item), None
        )
        if called is not None:
            text = f"A command in the text block calls {called.title!r}, which is drawn here."
            yield Decision("cell", "embedding", text, "21.4")
        elif fact in record.embeddings:
            title = record.embeddings[fact].target.title
            text = f"A command in the text block calls {title!r}, but a page of this kind draws no other."
            yield Decision("cell", "embedding", text, "21.4")
        elif item.traits.text_block:
            yield Decision("cell", "text", "A text block is shown as the filer formatted it.", "19.6")
        return
    if slot.role is not None and "negated" in slot.role:
        yield Decision(
            "cell", "sign", f"The sign is turned: the row has a {words.role_name(slot.role)}.", "19.5", (fact.id,)
        )
    yield from _amount(record, candidate, slot)
    if item.rate:
        yield Decision("cell", "percent", "It is a rate, so it is shown as a percentage.", "19.5")
    if slot.show:
        text = f"{crossing.symbol!r} stands on the first and the last amount of a run of one unit in a column."
        yield Decision("cell", "symbol", text, "13.5")
    elif item.money:
        text = "No symbol: the amounts above and below are of the same unit, and carry it."
        yield Decision("cell", "symbol", text, "13.5")
    if item.traits.zero_as_none:
        text = "A fund's fees and returns that are zero are shown as 'none', by the type of their concept."
        yield Decision("cell", "none", text, "19.5")
    if slot.notes:
        text = f"{words.footnotes(slot.notes)} to the fact itself."
        yield Decision("cell", "footnotes", text, "14.2")


def _amount(record: Record, candidate: Candidate, slot: Slot) -> Iterator[Decision]:
    item = slot.item
    if item.unit is None:
        return
    items = record.scalable.get(candidate, {}).get(item.unit.id)
    scale = scale_of(items) if items and not candidate.is_uncategorized else None
    if scale is None:
        yield Decision("cell", "scale", "The digits are those that were reported: nothing is scaled.", "13.4")
    else:
        yield Decision(
            "cell",
            "scale",
            f"It is multiplied by 10^{scale.exponent} and rounded to {scale.places} decimal"
            f" place{'' if scale.places == 1 else 's'}, half to even.",
            "13.4",
        )
