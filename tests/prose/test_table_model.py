"""Tables of text blocks against HTML's own steps for forming a table, followed slot by slot (HTML, 4.9.12.1).

One step is the browsers' and not HTML's: a cell ends with its row group, which does not grow for it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from lxml import html

from recto.prose import prose
from recto.prose.grid import layout
from tests.fuzz.budget import seeds

SPANS = (None, None, None, None, "1", "2", "3", "0", " 2", "+2", "2px", "two", "-1", "", "007", "²", "99999999", "1.5")


@dataclass
class Group:
    tag: str
    rows: list[list[tuple[str, str | None, str | None]]] = field(default_factory=list)
    """Of each cell its text, colspan and rowspan."""


def some(chance: random.Random) -> list[Group]:
    number = 0
    groups = []
    for _ in range(chance.randint(1, 4)):
        group = Group(chance.choice(("", "", "tbody", "tbody", "thead", "tfoot")))
        for _ in range(chance.randint(0, 4)):
            row = []
            for _ in range(chance.randint(0, 4)):
                number += 1
                row.append((f"c{number}x", chance.choice(SPANS), chance.choice(SPANS)))
            group.rows.append(row)
        groups.append(group)
    return groups


def markup(groups: list[Group]) -> str:
    found = ""
    for group in groups:
        rows = ""
        for row in group.rows:
            cells = ""
            for text, columns, height in row:
                spans = "" if columns is None else f' colspan="{columns}"'
                spans += "" if height is None else f' rowspan="{height}"'
                cells += f"<td{spans}>{text}</td>"
            rows += f"<tr>{cells}</tr>"
        found += f"<{group.tag}>{rows}</{group.tag}>" if group.tag else rows
    return f"<table>{found}</table>"


def whole(text: str | None, default: int, most: int, least: int) -> int:
    """HTML's rules for parsing non-negative integers, one character after the other (2.3.4.2)."""
    letters = list((text or "").lstrip(" \t\n\f\r"))
    if letters[:1] == ["+"]:
        del letters[0]
    digits = ""
    while letters and letters[0] in "0123456789":
        digits += letters.pop(0)
    if not digits:
        return default
    value = int(digits)
    return default if value < least else min(value, most)


def slots(groups: list[Group]) -> dict[tuple[int, int], list[str]]:
    """(row, column) → texts of the cells that cover the slot."""
    merged: list[Group] = []
    for group in groups:
        if not group.tag and merged and not merged[-1].tag:
            merged[-1].rows += group.rows
        elif group.tag or group.rows:
            merged.append(Group(group.tag, list(group.rows)))
    order = [g for g in merged if g.tag != "tfoot"] + [g for g in merged if g.tag == "tfoot"]
    found: dict[tuple[int, int], list[str]] = {}
    y = 0
    for group in order:
        end = y + len(group.rows)
        for row in group.rows:
            x = 0
            for text, columns, height in row:
                while (y, x) in found:
                    x += 1
                wide = whole(columns, 1, 1000, 1)
                high = whole(height, 1, 65534, 0)
                bottom = end if high == 0 else min(y + high, end)
                for line in range(y, bottom):
                    for column in range(x, min(x + wide, 1000)):
                        found.setdefault((line, column), []).append(text)
                x += wide
            y += 1
    return found


def test_cells_stand_where_html_puts_them() -> None:
    for seed in seeds(400):
        groups = some(random.Random(seed))
        text = markup(groups)
        table = html.fragment_fromstring(text)
        rows = layout(table, lambda element: True)
        assert len(rows) == sum(len(group.rows) for group in groups), (seed, text)
        found: dict[tuple[int, int], list[str]] = {}
        for row in rows:
            for cell in row:
                for line in range(cell.row, cell.row + cell.rows):
                    for column in range(cell.column, min(cell.column + cell.columns, 1000)):
                        found.setdefault((line, column), []).append(cell.text)
        assert found == slots(groups), (seed, text)


def test_every_text_of_a_table_is_read_once() -> None:
    for seed in seeds(200):
        groups = some(random.Random(seed))
        words = [text for group in groups for row in group.rows for text, _, _ in row]
        said = " ".join(
            " ".join(cell for row in block.table.rows for cell in row) if block.table is not None else block.text
            for block in prose(markup(groups))
        )
        assert sorted(said.split()) == sorted(words), (seed, markup(groups))
