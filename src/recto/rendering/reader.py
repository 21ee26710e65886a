"""An SEC report page (`R4.htm`) taken back to a `Report`.

A page says less than the filing it was made from: cells know no facts here, columns no periods.
What stands on the page is kept exactly, so that writing the result again gives the same bytes
(tests prove it on every page of the shared data).

The page is scanned for the tags of tables only, and what is inside a cell is left as it is: text blocks hold any HTML.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from recto.errors import SourceError
from recto.patterns import lazy
from recto.rendering.model import Cell, Column, Panel, Report, Row

_TAG = lazy(r"<(/?)(table|tr|td|th)\b([^>]*)>", re.I)
_ATTRIBUTE = lazy(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""")
_REPORT = lazy(r"""<table\b[^>]*\bclass\s*=\s*["']?report\b[^>]*>""", re.I)
_PANEL = lazy(r'<table\b[^>]*class="authRefData"[^>]*id="defref_([^"]*)"[^>]*>', re.I)
_BLOCK = lazy(r"<a\b[^>]*toggleNext[^>]*>[-+]\s*([^<]*)</a>\s*<div[^>]*>(.*?)</div>", re.I | re.S)
_KEY = lazy(r"'defref_(.*)',\s*window")
_CHARACTER = lazy(r"&#(\d{1,7});")
_MARK = lazy(r"\[(\d{1,9})\]")
_DIV = lazy(r"<div[^>]*>(.*?)</div>", re.S | re.I)
_MARKUP = lazy(r"<[^>]*>")
_DETAIL = lazy(r"<td[^>]*>\s*<strong>\s*([^<:]*):\s*</strong>\s*</td>\s*<td[^>]*>(.*?)</td>", re.S | re.I)
_DATE = lazy(r"[A-Z][a-z]{2}\.? ? ?(?:\d\d|NaN),  \d{4}$")
_STUMP = lazy(r"<span></span>\s*$")


@dataclass(slots=True)
class _RawCell:
    tag: str
    attributes: dict[str, str]
    inner: str = ""


@dataclass(slots=True)
class _RawRow:
    attributes: dict[str, str]
    cells: list[_RawCell] = field(default_factory=list)


def read_page(data: bytes | str, name: str = "R1.htm") -> Report:
    """The report table, footnotes and definition panels of an R page.

    `name` gives number and stem. Raises SourceError where there is no report table (code `recto:noReportTable`).
    """
    text = data if isinstance(data, str) else _decode(data)
    start = _REPORT.search(text)
    if start is None:
        raise SourceError.of("recto:noReportTable", document=name, reason="it has no table of a report")
    rows, end = _rows(text, start.end())
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    digits = re.search(r"\d{1,9}", stem)
    report = _report(rows, int(digits.group()) if digits else 0, stem)
    report.panels = list(_panels(text, end))
    return report


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _rows(text: str, position: int) -> tuple[list[_RawRow], int]:
    """Rows of the table whose start tag ends at `position`, and where its end tag ends.

    Tables inside it stay inside their cells.
    """
    rows: list[_RawRow] = []
    depth = 1
    opened: tuple[_RawCell, int] | None = None
    for match in _TAG.finditer(text, position):
        closing, tag = match[1], match[2].lower()
        if tag == "table":
            depth += -1 if closing else 1
            if depth == 0:
                return rows, match.end()
        elif depth > 1:
            continue
        elif tag == "tr":
            if not closing:
                rows.append(_RawRow(_attributes(match[3])))
        elif closing:
            if opened is not None:
                opened[0].inner = text[opened[1] : match.start()]
                opened = None
        elif rows:
            cell = _RawCell(tag, _attributes(match[3]))
            rows[-1].cells.append(cell)
            opened = (cell, match.end())
    return rows, len(text)


def _attributes(text: str) -> dict[str, str]:
    return {m[1].lower(): html.unescape(m[2] or m[3] or m[4] or "") for m in _ATTRIBUTE.finditer(text)}


def _report(rows: list[_RawRow], number: int, stem: str, *, nested: bool = False) -> Report:
    head = 0
    while head < len(rows) and rows[head].cells and all(cell.tag == "th" for cell in rows[head].cells):
        head += 1
    read: list[Row] = []
    report = Report(number, stem, "", "", "", "", "", [], read)
    _read_header(report, rows[:head])
    for row in rows[head:]:
        css = row.attributes.get("class", "")
        if css[:2] in ("rh", "rc", "re", "ro"):
            read.append(_read_row(report, row, css, len(read) + 1))
        else:
            report.footnotes += _notes(row)
    widest = max((len(row.cells) for row in report.rows), default=0)
    for number in range(len(report.columns) + 1, widest + 1):  # the heading is damaged
        report.columns.append(Column(number, ()))
    report.has_embedded = any(cell.embedded or cell.image for row in report.rows for cell in row.cells)
    report.short_name = report.long_name = report.title
    return report


def _read_header(report: Report, rows: list[_RawRow]) -> None:
    if not rows:
        return
    first = list(rows[0].cells)
    report.show_label_column = "tl" in first[0].attributes.get("class", "").split()
    if report.show_label_column:
        title = first.pop(0)
        if first and "tl" in first[0].attributes.get("class", "").split():
            report.show_elements = True
            report.title = "Uncategorized Items"
            del first[0]
        else:
            name, _, scale = _content(title.inner).partition("<br>")
            report.title, report.scale = _plain(name), _plain(scale)
    two = len(rows) > 1
    for cell in rows[1].cells if two else first:
        if "<sup>" in cell.inner and report.columns and "<div" not in cell.inner:
            report.columns[-1].footnotes = _marks(cell.inner)
            continue
        labels = [_plain(label) for label in _DIV.findall(cell.inner)]
        labels = [label[:-1] if label[-1:] == " " else label for label in labels[:-1]] + labels[-1:]
        report.columns.append(Column(len(report.columns) + 1, tuple(labels)))
    if two:
        _spread(report, first, rows[1].cells)


def _spread(report: Report, first: list[_RawCell], second: list[_RawCell]) -> None:
    """Gives the upper headings to the columns below them."""
    widths: list[int] = []
    for cell in second:
        if "<sup>" in cell.inner and "<div" not in cell.inner and widths:
            widths[-1] += 1
        else:
            widths.append(_span(cell))
    index = 0
    for cell in first:
        left = _span(cell)
        label = _plain(cell.inner)
        while left > 0 and index < len(report.columns):
            column = report.columns[index]
            if label:
                column.labels = (label, *column.labels)
            left -= widths[index]
            index += 1


def _span(cell: _RawCell) -> int:
    text = cell.attributes.get("colspan", "")
    return int(text) if text.isdecimal() and len(text) < 6 else 1


def _read_row(report: Report, raw: _RawRow, css: str, number: int) -> Row:
    cells = list(raw.cells)
    row = Row(number, "total" if css[2:] == "u" else "item", "", [], calendar=css.startswith("rc"))
    if css.startswith("rh"):
        row.kind = "section"
    if cells and "pl" in cells[0].attributes.get("class", "").split():
        label = cells.pop(0)
        if "<strong>" in label.inner:
            row.kind = "abstract"
        row.label = _plain(label.inner)
        key = _KEY.search(html.unescape(label.inner))
        if key is not None:
            row.panel_key = key[1]
            row.element = "" if row.kind == "section" else key[1]
    while cells and cells[0].attributes.get("class") == "th":
        cell = cells.pop(0)
        if "<sup>" in cell.inner:
            row.footnotes = _marks(cell.inner)
    for cell in cells:
        if cell.attributes.get("class") == "fn":
            if row.cells:
                row.cells[-1].footnotes = _marks(cell.inner)
        else:
            row.cells.append(_read_cell(cell))
    return row


def _read_cell(raw: _RawCell) -> Cell:
    css = raw.attributes.get("class", "")
    inner = _STUMP.sub("", raw.inner)
    if not css:
        image = re.search(r'<img\b[^>]*src="([^"]*)"', inner)
        table = _REPORT.search(inner)
        if table is not None:
            rows, end = _rows(inner, table.end())
            nested = _report(rows, 0, "", nested=True)
            for row in _rows(inner, end)[0]:
                nested.footnotes += _notes(row)
            return Cell("embedded", embedded=nested)
        if image is not None:
            return Cell("embedded", image=html.unescape(image[1]))
    if css in ("num", "nump"):
        if inner == " none ":
            return Cell("none", inner)
        return Cell("number", _plain(inner), negative=css == "num")
    if inner in ("&#160;", "\xa0"):
        return Cell()
    if inner == " ":
        return Cell("nil")
    content = _content(inner)
    if "<" in content:
        return Cell("html", content)
    return Cell("date" if _DATE.match(content) else "text", content)


def _notes(row: _RawRow) -> Iterator[tuple[int, str]]:
    for cell in row.cells:
        table = re.search(r'<table\b[^>]*class="outerFootnotes"[^>]*>', cell.inner, re.I)
        for note in _rows(cell.inner, table.end())[0] if table else ():
            if len(note.cells) == 2:
                number = _marks(note.cells[0].inner)
                yield (number[0] if number else 0), _content(note.cells[1].inner)


def _panels(text: str, position: int) -> Iterator[Panel]:
    for match in _PANEL.finditer(text, position):
        end = text.find("</div></td></tr>\n</table>", match.end())
        body = text[match.end() : end if end >= 0 else len(text)]
        panel = Panel(html.unescape(match[1]), "")
        for caption, content in _BLOCK.findall(body):
            content = re.sub(r"^<p>(.*)</p>$", r"\1", content, flags=re.S)
            if caption == "Definition":
                panel.definition = _plain(content)
            elif caption == "References":
                panel.references = _content(content)
            elif caption == "Details":
                details = {key.strip(): _plain(value) for key, value in _DETAIL.findall(content)}
                panel.name = details.get("Name", "")
                panel.prefix = details.get("Namespace Prefix", "")
                panel.data_type = details.get("Data Type", "na")
                panel.balance = details.get("Balance Type", "")
                panel.period_type = details.get("Period Type", "")
        yield panel


def _marks(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _MARK.findall(text))


def _content(text: str) -> str:
    """Markup as it stands, with characters outside ASCII instead of references to them."""
    return _CHARACTER.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    point = int(match[1])
    return chr(point) if 127 < point < 0xD800 or 0xDFFF < point < 0x110000 else match[0]


def _plain(text: str) -> str:
    """Text without markup."""
    return _unescape(_MARKUP.sub("", text))


def _unescape(text: str) -> str:
    """References resolved as XML does: `&#146;` stays the control character that it is, not what HTML makes of it."""
    return html.unescape(_content(text)) if "&" in text else text
