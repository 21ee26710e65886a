"""What is promoted from headings to the title (rendering.md 12)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recto.rendering.candidate import Candidate
from recto.rendering.headings import Headings
from recto.rendering.lines import Axis, Grid, Line
from recto.rendering.units import UnitText
from recto.rendering.words import Words


def propose(candidate: Candidate, headings: Headings) -> None:
    """Notes texts that all columns, or all rows, have in common: before lines are merged (12.2)."""
    grid = candidate.grid
    assert grid is not None
    if candidate.shows_elements or candidate.mode == "unlabeled":
        return
    for row, lines, commands in (
        (False, grid.columns, grid.column_commands),
        (True, grid.rows, grid.row_commands),
    ):
        if len(lines) == 1:
            continue
        for command in commands:
            axis = command.axis
            if axis == "primary" or axis in grid.suppressed_axes:
                continue
            text = unit_proposal(lines) if axis == "unit" else _common_label(lines, axis, headings)
            if text:
                grid.proposals.append((row, axis, text))


def _common_label(lines: Iterable[Line], axis: Axis, headings: Headings) -> str | None:
    if axis == "period":
        return _common_period(lines, headings.view.words)
    text: str | None = None
    for line in lines:
        label = headings.member_label(line, axis)
        if label is None or (text is not None and label != text):
            return None
        text = label
    return text


def _common_period(lines: Iterable[Line], words: Words) -> str | None:
    """One date for all lines, and at most one duration among their periods; a duration is told with its months
    (12.2). Balance rows count with the movement in which they stand.
    """
    spans = {line.first.span for line in lines if line.first is not None}
    if None in spans or len({span.label for span in spans if span is not None}) != 1:
        return None
    durations = [span for span in spans if span is not None and span.start is not None]
    if len(durations) > 1:
        return None
    return words.shared_period(next(iter(durations or [span for span in spans if span is not None])))


def unit_proposal(lines: Iterable[Line]) -> str | None:
    """The heading of the only unit, or of the money that other units go with (12.3)."""
    classes: dict[str, UnitText] = {}
    for line in lines:
        item = next((item for item in line.facts[:1] if item.unit is not None), None)
        if item is None or item.unit is None:
            continue
        traits = item.traits
        if traits.monetary:
            name = "monetary"
        elif traits.per_share:
            name = "per share"
        elif traits.shares:
            name = "shares"
        elif item.rate:
            continue
        else:
            name = "other"
        if classes.setdefault(name, item.unit) is not item.unit:
            return None
    monetary, per_share = classes.get("monetary"), classes.get("per share")
    if monetary is not None and per_share is not None and monetary.code != per_share.code:
        return None
    money = (monetary is not None) + (per_share is not None)
    if "other" in classes and len(classes) > 1:
        return None
    if not money and len(classes) > 1:
        return None
    for name in ("other", "monetary", "per share", "shares"):
        if name in classes:
            return classes[name].heading
    return None


def promoted(candidate: Candidate) -> list[str]:
    """What all columns or all rows have in common and so is told once, the unit last. The counters decide, not what is
    visible (12.4).
    """
    grid = candidate.grid
    assert grid is not None
    proposals = grid.proposals
    if grid.visible_rows == 1:
        proposals = [each for each in proposals if not each[0]]
    if grid.visible_columns == 1:
        proposals = [each for each in proposals if each[0]]
    grid.promoted = {axis for _, axis, _ in proposals}
    texts = [text for _, axis, text in proposals if axis != "unit"]
    texts += [text for _, axis, text in proposals if axis == "unit"]
    return texts


def suppress_common_period(grid: Grid) -> None:
    """On an embedded page, a period that all lines share is neither promoted nor told (21.5)."""
    if "period" in grid.column_axes:
        lines = grid.columns
    elif "period" in grid.row_axes:
        lines = grid.rows
    else:
        return
    if len({line.first.span for line in lines if line.first is not None}) == 1:
        grid.suppressed_axes.add("period")


def second_line(caption: str, shared: Sequence[str]) -> str:
    """Below a title that stays as the taxonomy has it: what all columns share, and the scale; with a leading blank."""
    texts = [text for text in (*shared, caption.strip()) if text]
    return f" {', '.join(texts)}" if texts else ""
