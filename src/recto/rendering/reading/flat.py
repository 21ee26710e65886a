"""A report page flattened to text: cells and headings separated by line breaks and `|`, blank cells gone.

The text keeps titles, headings, rows and values in order; it loses in which column a value stands.
Values of a row stand in the order of the columns, and a value with a currency stands in a column of that currency:
the columns that remain possible are its candidates.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from recto.errors import SourceError
from recto.patterns import lazy
from recto.rendering.model import Cell, Column, Panel, Report, Row
from recto.rendering.reading.amounts import parse_amount, parse_date, unit_of_heading
from recto.rendering.reading.facts import Printed, read_facts
from recto.rendering.reading.model import ReadPage

_VALUE = lazy(r"^(?:\d[\d,.]* (?:years?|months?|days?|hours?|minutes?|seconds?)\b.*|true|false|--\d\d-\d\d|\d{4})$")

_HIDDEN_BOUNDARIES = 2
"""More boundaries than this that no rise of dates shows leave all captions open."""


@dataclass(frozen=True, slots=True)
class _FlatCell:
    lines: tuple[str, ...]
    line: int
    block: bool
    """The cell began with a line break: a heading of stacked lines."""

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def looks_flat(text: str) -> bool:
    """Lines that begin with `|` make up a good part of the text, and it is no HTML."""
    lines = [line for line in text.splitlines() if line.strip()]
    begun = sum(line.startswith("|") for line in lines)
    return bool(lines) and not text.lstrip().startswith("<") and begun * 4 >= len(lines)


def read_flat(text: str, name: str = "page.txt") -> ReadPage:
    """Raises SourceError (`recto:noReportTable`) where there is no title, no column or no row."""
    cells = _split(text)
    body, panels = _without_panels(cells)
    if not body:
        raise SourceError.of("recto:noReportTable", document=name, reason="it holds no cells")
    title, *rest = body
    report = Report(1, name.rpartition("/")[2].rpartition(".")[0] or name, "", "", "", "", "", [], [])
    report.title = title.lines[0] if title.lines else ""
    report.scale = " ".join(title.lines[1:])
    report.short_name = report.long_name = report.title
    captions, columns, rows = _parts(rest)
    if not columns or not rows:
        raise SourceError.of(
            "recto:noReportTable", document=name, line=title.line, reason="no column headings are followed by rows"
        )
    report.columns = _columns(captions, columns)
    report.panels = panels
    printed = _rows(report, rows)
    return read_facts(report, printed)


def _split(text: str) -> list[_FlatCell]:
    cells: list[_FlatCell] = []
    lines: list[str] = []
    start, block = 1, False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("|"):
            if lines:
                cells.append(_FlatCell(tuple(lines), start, block))
            lines, start = [], number
            line = line[1:]
            block = not line.strip()
        if line.strip():
            lines.append(line.strip())
    if lines:
        cells.append(_FlatCell(tuple(lines), start, block))
    return cells


def _without_panels(cells: list[_FlatCell]) -> tuple[list[_FlatCell], list[Panel]]:
    """Definition panels begin with an X, the link that closes them."""
    body: list[_FlatCell] = []
    panels: list[Panel] = []
    for cell in cells:
        if cell.lines[0] == "X" and len(cell.lines) > 1 and cell.lines[1][:2] in ("- ", "+ "):
            panels.append(_panel(cell, len(panels) + 1))
        elif not panels:
            body.append(cell)
    return body, panels


def _panel(cell: _FlatCell, number: int) -> Panel:
    blocks: dict[str, list[str]] = {}
    captions: list[str] = []
    texts: list[str] = []
    for line in cell.lines[1:]:
        if line[2:] in ("Definition", "References", "Details") and line[:2] in ("- ", "+ "):
            captions.append(line[2:])
        else:
            texts.append(line)
    # the texts follow in the order of the captions, but stand behind the next caption in the flattened form
    for caption, text in zip([c for c in captions if c != "Details"], texts, strict=False):
        blocks.setdefault(caption, []).append(text)
    return Panel(
        key=f"panel-{number}",
        name="",
        definition=" ".join(blocks.get("Definition", ())) or None,
        references=" ".join(blocks.get("References", ())) or None,
    )


def _parts(cells: list[_FlatCell]) -> tuple[list[str], list[_FlatCell], list[_FlatCell]]:
    """Upper headings, column headings, body."""
    captions: list[str] = []
    position = 0
    while position < len(cells) and " Ended" in cells[position].text and not cells[position].block:
        captions.append(cells[position].text)
        position += 1
    columns: list[_FlatCell] = []
    while position < len(cells) and (cells[position].block or _is_heading(cells[position])):
        columns.append(cells[position])
        position += 1
    return captions, columns, cells[position:]


def _is_heading(cell: _FlatCell) -> bool:
    return parse_date(cell.lines[0]) is not None or unit_of_heading(cell.lines[0]) is not None or cell.text == "Total"


def _columns(captions: list[str], cells: list[_FlatCell]) -> list[Column]:
    """Columns with their durations, as far as the text tells them.

    Durations come first, the shorter before the longer, then instants; within each the later end comes first
    (rendering.md 6.2). So an end later than its left neighbor's begins the next group; where a boundary does not
    show in this way, a column keeps only a caption that it has under every grouping.
    """
    columns = [Column(number, cell.lines) for number, cell in enumerate(cells, 1)]
    if captions:
        for column, found in zip(columns, _captions(captions, _rises(columns), len(columns)), strict=True):
            if len(found) == 1 and (caption := next(iter(found))):
                column.labels = (caption, *column.labels)
    return columns


def _rises(columns: list[Column]) -> list[int]:
    """Positions of columns that end later than their left neighbor."""
    rises, previous = [], None
    for position, column in enumerate(columns):
        day = next((d for d in map(parse_date, column.labels) if d is not None), None)
        if day is not None and previous is not None and day > previous:
            rises.append(position)
        previous = day or previous
    return rises


def _captions(captions: list[str], rises: list[int], count: int) -> list[set[str]]:
    """For each column the captions that it has in some grouping; "" stands for the instants' group."""
    found: list[set[str]] = [set() for _ in range(count)]
    hidden = [position for position in range(1, count) if position not in rises]
    for groups in (len(captions), len(captions) + 1):
        missing = groups - 1 - len(rises)
        if not 0 <= missing <= _HIDDEN_BOUNDARIES:
            continue
        for extra in combinations(hidden, missing):
            group = 0
            for position in range(count):
                group += position in rises or position in extra
                found[position].add(captions[group] if group < len(captions) else "")
    return found


def _rows(report: Report, cells: list[_FlatCell]) -> list[Printed]:
    printed: list[Printed] = []
    values: list[_FlatCell] = []
    report.rows = rows = list(report.rows)

    def place() -> None:
        if values:
            printed.extend(_place(report, len(report.rows) - 1, values))
            values.clear()

    for cell in cells:
        if report.rows and _is_value(cell.text):
            values.append(cell)
            continue
        place()
        rows.append(Row(len(rows) + 1, "item", cell.text, []))
    place()
    filled = {each.row for each in printed}
    for number, row in enumerate(report.rows):
        if number not in filled:
            row.kind = "abstract" if _is_abstract(row.label) else "section"
        row.cells = [Cell() for _ in report.columns]
    for each in printed:
        if len(each.columns) == 1:
            report.rows[each.row].cells[each.columns[0]] = each.cell
    return printed


def _is_value(text: str) -> bool:
    return parse_amount(text) is not None or _VALUE.match(text) is not None or parse_date(text) is not None


def _is_abstract(label: str) -> bool:
    return label.endswith(("[Line Items]", "[Abstract]", "[Roll Forward]", ":")) or label.isupper()


def _place(report: Report, row: int, values: list[_FlatCell]) -> list[Printed]:
    """Keeps for each value the columns that some order-preserving placement of the whole row allows."""
    suffix = report.rows[row].label.rpartition(" | ")[2] if " | " in report.rows[row].label else ""
    allowed = [[_may_hold(column, value.text, suffix) for column in report.columns] for value in values]
    count = len(report.columns)
    if len(values) > count or not (bounds := _bounds(allowed, count)):
        bounds = [(0, count - 1)] * len(values)
        allowed = [[True] * count for _ in values]
    placed = []
    for value, (first, last), fits in zip(values, bounds, allowed, strict=True):
        columns = tuple(c for c in range(first, last + 1) if fits[c])
        kind = "number" if parse_amount(value.text) is not None else "text"
        placed.append(Printed(row, Cell(kind, value.text), columns))  # type: ignore[arg-type]
    return placed


def _bounds(allowed: list[list[bool]], count: int) -> list[tuple[int, int]]:
    """For each value the leftmost and the rightmost column over all placements; empty where there is none."""
    first: list[int] = []
    column = 0
    for fits in allowed:
        while column < count and not fits[column]:
            column += 1
        if column == count:
            return []
        first.append(column)
        column += 1
    last: list[int] = []
    column = count - 1
    for fits in reversed(allowed):
        while not fits[column]:
            column -= 1
        last.append(column)
        column -= 1
    return list(zip(first, reversed(last), strict=True))


def _may_hold(column: Column, text: str, suffix: str) -> bool:
    """A column that names currencies or shares holds only amounts of these; percentages and texts stand anywhere."""
    amount = parse_amount(text)
    if amount is None or amount.percent:
        return True
    currencies = {unit[0] for unit in map(unit_of_heading, column.labels) if unit is not None}
    others = {label for label in column.labels if label == "shares" or " / " in label}
    if not currencies and not others:
        return True
    if suffix == "shares" or " / " in suffix:
        return suffix in others
    symbol = amount.symbol or suffix
    if symbol:
        return symbol in currencies
    return bool(currencies)
