"""Decisions about a page as a whole: its place, title, layout, scale, and what was taken out of it."""

from __future__ import annotations

from collections.abc import Iterator

from recto.explain import words
from recto.explain.lines import hidden_columns, hidden_rows
from recto.explain.model import Decision
from recto.rendering.candidate import GRID_ROLE, Candidate
from recto.rendering.lines import Command, Grid
from recto.rendering.model import Report
from recto.rendering.recorder import Record
from recto.rendering.scaling import scale_of


def explain(record: Record, candidate: Candidate, report: Report) -> list[Decision]:
    grid = candidate.grid
    assert grid is not None
    return [
        *_existence(record, candidate, report),
        *_title(record, candidate, grid, report),
        *_layout(candidate, grid),
        *_periods(candidate),
        *_scale(record, candidate, report),
        *hidden_columns(record, candidate),
        *hidden_rows(record, candidate),
    ]


def _existence(record: Record, candidate: Candidate, report: Report) -> Iterator[Decision]:
    if candidate.is_uncategorized:
        yield Decision(
            "page", "page", f"The facts that no other page shows are gathered here: {len(candidate.items)}.", "22"
        )
        return
    if candidate.role == GRID_ROLE:
        count = len(candidate.items)
        yield Decision("page", "page", f"The facts whose concepts stand in no tree are gathered here: {count}.", "22")
        return
    yield Decision(
        "page",
        "page",
        f"Role {candidate.role} has a presentation tree in which the concepts of {len(candidate.items)} facts stand.",
        "2.1",
    )
    yield _order(record, candidate, report)
    if candidate.is_target and candidate.embedding is None:
        yield Decision("page", "embedding", "A text block calls this page, but no page shows that text block.", "21.4")
    if report.category:
        yield Decision("page", "category", f"It is listed under {report.category!r}.", "17.4")
    if report.too_large:
        yield Decision("page", "size", "It has more than 50,000 cells, so that only a stub is written.", "19.1")


def _order(record: Record, candidate: Candidate, report: Report) -> Decision:
    number = f"{report.stem}: " if report.stem else ""
    text = candidate.definition.text
    if record.view.sec:
        order = f"the order of their definitions' text; this one's is {text!r}"
        rest = "Roles with facts that become no page take a number too."
        return Decision("page", "order", f"{number}pages stand in {order}. {rest}", "16.1")
    own = f"this one's is {candidate.definition.number!r}" if candidate.definition.number else "this one's has none"
    order = f"the order of the numbers that their roles' definitions begin with; {own}"
    return Decision("page", "order", f"{number}pages stand in {order}. Those without follow as the taxonomy has them.")


def _title(record: Record, candidate: Candidate, grid: Grid, report: Report) -> Iterator[Decision]:
    if candidate.role == GRID_ROLE:
        text = f"{report.short_name!r} is recto's own name for the page of facts that no other shows."
        yield Decision("page", "title", text)
    elif not record.view.sec and not candidate.is_uncategorized:
        text, title = candidate.definition.text, candidate.title
        if text == candidate.role:
            yield Decision(
                "page", "title", f"{title!r} is the last step of its role's URI, since that has no definition."
            )
        elif text == title:
            yield Decision("page", "title", f"{title!r} is the role's definition.")
        else:
            yield Decision("page", "title", f"{title!r} is the role's definition {text!r} without number and kind.")
    elif not candidate.definition.is_parsed and not candidate.is_uncategorized:
        yield Decision(
            "page",
            "title",
            f"The definition {candidate.definition.text!r} has not the form 'number - type - title', so the page has "
            "no title.",
            "2.3",
        )
        return
    else:
        yield Decision("page", "title", f"{candidate.title!r} is the last part of the role's definition.", "2.3")
    for row, axis, text in grid.proposals:
        direction = "rows" if row else "columns"
        if axis in grid.promoted:
            yield Decision(
                "page",
                "title",
                f"{text!r} is added, since all {direction} have it in common; it is not repeated in headings.",
                "12.2",
            )
        else:
            yield Decision(
                "page",
                "title",
                f"{text!r}, common to all {direction}, stands in their headings instead: only one of the {direction} "
                "counts as shown.",
                "12.4",
            )


def _kind(candidate: Candidate) -> str:
    if candidate.is_equity:
        return "a statement of changes in equity"
    if candidate.is_cash_flow:
        return "a cash flow statement"
    if candidate.is_repurchases:
        return "a page of repurchases"
    if candidate.shows_elements:
        return "a page that shows elements"
    return f"a {candidate.definition.type}" if candidate.definition.type else ""


def _layout(candidate: Candidate, grid: Grid) -> Iterator[Decision]:
    rows, columns = _axes(grid.row_commands), _axes(grid.column_commands)
    turned = "; {Transposed} turns rows and columns" if candidate.mode == "transposed" else ""
    kind = _kind(candidate)
    text = f"As {kind}, it has" if kind else "It has"
    yield Decision("page", "layout", f"{text} {rows} on rows and {columns} on columns{turned}.", "8")


def _axes(commands: list[Command]) -> str:
    return words.together([words.axis(command.axis) for command in commands]) or "nothing"


def _periods(candidate: Candidate) -> Iterator[Decision]:
    if len(candidate.spans) < 2:
        return
    if candidate.is_equity:
        text = "Only periods with a balance at both their ends, and these balances, are kept, by date."
        yield Decision("page", "periods", text, "6.6")
    elif candidate.is_repurchases:
        yield Decision("page", "periods", "Periods stand from the earliest to the latest, short ones first.", "6.2")
    else:
        yield Decision(
            "page",
            "periods",
            "Durations stand before instants, short ones before long ones, and late ones before early ones.",
            "6.2",
        )


def _scale(record: Record, candidate: Candidate, report: Report) -> Iterator[Decision]:
    if candidate.is_uncategorized:
        yield Decision("page", "scale", "Amounts of uncategorized facts are shown as reported.", "13.1")
        return
    for unit_id, items in record.scalable.get(candidate, {}).items():
        unit = items[0].unit
        name = unit.suffix or unit_id if unit is not None else unit_id
        scale = scale_of(items)
        if scale is None:
            fine = [each for each in items if each.fact.decimals is not None and _fine(each.fact.decimals)]
            example = f", as {words.fact(fine[0])} has decimals {fine[0].fact.decimals}" if fine else ""
            yield Decision(
                "page",
                "scale",
                f"Amounts in {name} are shown as reported, since not all of them are given in thousands or "
                f"rougher{example}.",
                "13.1",
                words.ids(fine),
            )
            continue
        accurate = [each.fact.decimals for each in items if isinstance(each.fact.decimals, int)]
        finest = max(accurate, default=0)
        deciding = [each for each in items if each.fact.decimals == finest]
        yield Decision(
            "page",
            "scale",
            f"Amounts in {name} are multiplied by 10^{scale.exponent}"
            f"{' and keep one decimal place' if scale.places else ''}: of all that have decimals on this page, hidden "
            f"ones too, the most accurate have {finest}.",
            "13.1",
            words.ids(deciding),
        )
    if report.scale:
        yield Decision("page", "scale", f"The second line of the title tells it: {report.scale.strip()!r}.", "13.3")


def _fine(decimals: object) -> bool:
    return decimals == "INF" or (isinstance(decimals, int) and decimals > -3)
