"""A report page inside a notebook: the grid with headings, sections and footnotes, styled in place."""

from __future__ import annotations

from html import escape, unescape
from typing import Any

from recto.passive import passive
from recto.patterns import lazy
from recto.reprs import shorten

_MARKUP = lazy(r"<[^>]*>")
_LEFT = ' style="text-align:left"'
_RIGHT = ' style="text-align:right;white-space:nowrap"'


def notebook_html(report: Any) -> str:
    """The page without links and definition panels; text blocks are cut to their first words.

    A cell's `data-facts` are the ids of the facts that it shows.
    """
    caption = escape(report.title) + (f"<br><small>{escape(report.scale.strip())}</small>" if report.scale else "")
    head = "".join(f'<th style="text-align:center">{_heading(column)}</th>' for column in report.columns)
    lines = [f'<table><thead><tr><th style="text-align:left">{caption}</th>{head}</tr></thead><tbody>']
    for row in report.rows:
        label = escape(row.label) + _marks(row.footnotes)
        if row.kind in ("section", "abstract"):
            lines.append(f"<tr><td colspan={len(report.columns) + 1}{_LEFT}><strong>{label}</strong></td></tr>")
            continue
        if row.kind == "total":
            label = f"<strong>{label}</strong>"
        lines.append(f"<tr><td{_LEFT}>{label}</td>" + "".join(map(_cell, row.cells)) + "</tr>")
    lines.append("</tbody></table>")
    lines += [f"<div><sup>[{number}]</sup> {passive(note)}</div>" for number, note in report.footnotes]
    return "\n".join(lines)


def _heading(column: Any) -> str:
    return "<br>".join(escape(label) for label in column.labels) + _marks(column.footnotes)


def _marks(numbers: tuple[int, ...]) -> str:
    return "".join(f"<sup>[{number}]</sup>" for number in numbers)


def _cell(cell: Any) -> str:
    ids = escape(" ".join(fact.id for fact in cell.facts))
    return _shown(cell).replace("<td", f'<td data-facts="{ids}"', 1) if ids else _shown(cell)


def _shown(cell: Any) -> str:
    if cell.kind in ("number", "none"):
        return f"<td{_RIGHT}>{escape(cell.text)}{_marks(cell.footnotes)}</td>"
    if cell.kind == "embedded":
        return f"<td{_LEFT}>{escape(cell.embedded.title) if cell.embedded is not None else '(chart)'}</td>"
    text = unescape(_MARKUP.sub(" ", cell.text)) if cell.kind == "html" else unescape(cell.text)
    return f"<td{_LEFT}>{escape(shorten(text))}{_marks(cell.footnotes)}</td>"
