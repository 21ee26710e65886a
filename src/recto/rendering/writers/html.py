"""R pages: a `Report` as the HTML that the SEC's renderer serializes, byte for byte (rendering.md 19).

The page is assembled as a stream of strings. Where a line break stands follows from how libxml2 prints an HTML tree:
a block element with several children, the first of them an element, gives each its own line; an only child stays on
the line. `_children` holds that rule; what is always of one shape (cells, labels) is written directly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from recto.passive import passive
from recto.rendering.grids import Cell, Column, Page, Panel, Row
from recto.rendering.writers.lines import markers, normalize_space, placed

VERSION: Final = "3.25.4"
"""The engine version that pages and FilingSummary name."""

STANDARD_PREFIXES: Final = (
    "|cef|country|currency|dei|exch|ffd|fnd|ifrs-full|invest|naics|oef|rr|rxp|sbs|shr|sic|snj|stpr|sro|srt|us-gaap|vip"
    "|xbrldi|xbrldt|"
)


_RIGHT_TO_LEFT = (
    '<style type="text/css">.report th.tl, .report td.pl, .report td.text, .report td.fn'
    " {text-align: right !important} .report td.pl, .report td.pl * {text-indent: 0 !important; margin: 0 !important}"
    " .report td.pl {padding: 4px 11px !important}</style>\n"
)
"""What pages in such scripts add to the style sheet, which has words on the left."""
_TABLE = (
    '<style type="text/css">.report th.tl, .report td.pl {position: sticky; inset-inline-start: 0; z-index: 1}'
    " table.report > tbody > tr:has(> th) > th.tl {z-index: 4}"
    " .report td.pl {background: var(--odd)} .report tr.ro > td.pl {background: var(--even)}"
    " .report th.th {vertical-align: bottom; border-inline-start: 1px solid var(--line)}"
    " .report th.up {border-bottom: 1px solid var(--line)}"
    " .report th.up > div {display: inline-block; position: sticky; inset-inline: 280px 0}</style>\n"
)
"""What tables of the taxonomy add, which may be wide: labels and headings over many columns stay in sight."""
_DEEPEST = 20
_INDENT = 14
"""Pixels that a row of a table stands further in than the one it belongs to."""


class Variant(Struct, frozen=True):
    """Where a page finds its style sheet and script, and how handlers name the script (rendering.md 19.1)."""

    stylesheet: str
    script: str
    prefix: str


LOCAL: Final = Variant("report.css", "Show.js", "top.")
"""Pages beside their style sheet, shown alone or in the frame of a viewer."""
PUBLISHED: Final = Variant("include/report.css", "Show.js", "")
"""Pages as sec.gov publishes them."""

_TOGGLE: Final = (
    "\n\t\t\t\t\t\t\tfunction toggleNextSibling (e) {"
    "\n\t\t\t\t\t\t\tif (e.nextSibling.style.display=='none') {"
    "\n\t\t\t\t\t\t\te.nextSibling.style.display='block';"
    "\n\t\t\t\t\t\t\t} else { e.nextSibling.style.display='none'; }"
    "\n\t\t\t\t\t\t\t}"
)
_SPACE: Final = " \t\n\r"
_MARKS: Final = ' style="border-bottom: 0px;">'
_END: Final = "<span></span>\n</td>"
_BLANK: Final = f"&#160;{_END}"
NO_DEFINITION: Final = "No definition available."


def escape(text: str) -> str:
    """Character data."""
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def escape_attribute(text: str) -> str:
    return escape(text).replace('"', "&quot;")


def _in_script(text: str) -> str:
    """A key as a JavaScript string within single quotes: a typed member may hold any text."""
    if "'" in text or "\\" in text or "\n" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def is_standard_prefix(element: str) -> bool:
    """Whether a row's label cell is of class `pl` alone.

    It is a substring test of the part before the first underscore, so `ip` and no prefix pass too (rendering.md 19.3).
    """
    prefix, underscore, _ = element.partition("_")
    return (prefix if underscore else "") in STANDARD_PREFIXES


class PageWriter:
    """Prints the pages of one filing; panels that several pages share are serialized once."""

    def __init__(self, variant: Variant = LOCAL, version: str = VERSION):
        self.variant = variant
        self.facts = False
        """Whether cells tell the ids of their facts, which the SEC's pages do not."""
        self._panels: dict[int, tuple[Panel, str]] = {}
        show = variant.prefix + "Show."
        self._head = (
            "<html>\n<head>\n<title></title>\n"
            f'<link rel="stylesheet" type="text/css" href="{variant.stylesheet}">\n'
            f'<script type="text/javascript" src="{variant.script}">/* Do Not Remove This Comment */</script>'
            f'<script type="text/javascript">{_TOGGLE}</script>\n'
            f'</head>\n<body>\n<span style="display: none;">v{version}</span>'
        )
        self._link = f"""<a class="a" href="javascript:void(0);" onclick="{show}showAR( this, 'defref_"""
        self._hide = (
            '<tr><td class="hide"><a style="color: white;" href="javascript:void(0);" '
            f'onclick="{show}hideAR();">X</a></td></tr>\n<tr><td><div class="body" style="padding: 2px;">\n'
        )
        self._toggle = f'<a href="javascript:void(0);" onclick="{show}toggleNext( this );">'

    def page(self, report: Page) -> bytes:
        """The whole document, ASCII with decimal character references."""
        if report.too_large:
            return self.stub(report)
        out = [self._opening(report)]
        self._table(report, out, ' id="id2"')
        if report.note:
            out.append(f"\n<p>{escape(report.note)}</p>")
        out.append('\n<div style="display: none;">')
        out.append(_children([self._panel(panel) for panel in report.panels]))
        out.append("</div>\n</body>\n</html>\n")
        return "".join(out).encode("ascii", "xmlcharrefreplace")

    def stub(self, report: Page) -> bytes:
        """What stands for a page of more than 50,000 cells, without any table (rendering.md 19.1)."""
        page = (
            f"{self._opening(report)}<p>{escape(report.title)}</p>\n<p>Not available: the page has too many cells.</p>"
        )
        return f"{page}\n</body>\n</html>\n".encode("ascii", "xmlcharrefreplace")

    def _opening(self, report: Page) -> str:
        """Of pages in other words than the SEC's, with their language and direction."""
        if report.table:
            return self._spoken(report).replace("</head>", f"{_TABLE}</head>", 1)
        return self._spoken(report)

    def _spoken(self, report: Page) -> str:
        if report.sec_form:
            return self._head
        direction = ' dir="rtl"' if report.right_to_left else ""
        head = self._head.replace("<html>", f'<html lang="{escape_attribute(report.language)}"{direction}>', 1)
        return head.replace("</head>", f"{_RIGHT_TO_LEFT}</head>", 1) if report.right_to_left else head

    # The report table

    def _table(self, report: Page, out: list[str], identity: str, *, nested: bool = False, links: bool = True) -> None:
        grid = PageGrid(report)
        rows: list[str] = []
        if not (nested and report.has_embedded):
            rows += self._header(report, grid)
        rows += self._body(report, grid, links)
        notes = [] if nested else self._footnotes(report, grid)
        out.append(f'<table class="report" border="0" cellspacing="2"{identity}>')
        out.append(_children(rows + notes))
        out.append("</table>")
        if nested:
            out += self._footnotes(report, grid, nested=True)

    def _header(self, report: Page, grid: PageGrid) -> Iterable[str]:
        if report.show_elements:
            values = [f'<th class="th" colspan="{1 + width}">Value</th>' for width in grid.widths]
            label = f'<th class="tl" colspan="{grid.label_span}">Label</th>'
            return [_row("<tr>", [label, '<th class="tl"><strong>Element</strong></th>', *values])]
        if report.headings:
            return self._headings(report, grid)
        span = f'colspan="{grid.label_span}" rowspan="{2 if grid.two_rows else 1}"'
        title = f'<div style="width: 200px;"><strong>{escape(report.title)}<br>{escape(report.scale)}</strong></div>'
        first = [f'<th class="tl" {span}>{title}</th>'] if report.show_label_column else []
        second: list[str] = []
        for column, notes in zip(report.columns, grid.cell_notes, strict=True):
            wide = ' colspan="2"' if notes and not column.footnotes else ""
            second.append(f'<th class="th"{wide}>{_captions(column)}</th>')
            if column.footnotes:
                second.append(f'<th class="th"><sup>{markers(column.footnotes)}</sup></th>')
        if not grid.two_rows:
            return [_row("<tr>", first + second)]
        first += [
            f'<th class="th" colspan="{width}">{escape(label) if " Ended" in label else ""}</th>'
            for label, width in grid.runs
        ]
        return [_row("<tr>", first), _row("<tr>", second)]

    def _headings(self, report: Page, grid: PageGrid) -> list[str]:
        """Headings over groups of columns, which the SEC's pages do not have."""
        title = f'<div style="width: 200px;"><strong>{escape(report.title)}<br>{escape(report.scale)}</strong></div>'
        head = f'<th class="tl" colspan="{grid.label_span}" rowspan="{len(report.headings)}">{title}</th>'
        lines: list[str] = []
        for at, places in enumerate(placed(report.headings)):
            cells = [head] if not at else []
            for start, heading in places:
                end = start + heading.columns
                width = end - start + sum(grid.widths[start:end])
                last = at + heading.rows == len(report.headings)
                spans = f' colspan="{width}"' if width > 1 else ""
                spans += f' rowspan="{heading.rows}"' if heading.rows > 1 else ""
                text = f"<div>{escape(heading.text)}</div>" if heading.text else ""
                cells.append(f'<th class="{"th" if last else "th up"}"{spans}>{text}</th>')
            lines.append(_row("<tr>", cells))
        return lines

    def _body(self, report: Page, grid: PageGrid, links: bool) -> list[str]:
        lines: list[str] = []
        for ordinal, row in enumerate(report.rows):
            cells: list[str] = []
            if report.show_label_column:
                cells.append(self._label(row, links, row.depth if report.table else 0))
                if grid.row_notes:
                    cells.append(f'<td class="th"{_MARKS}<sup>{markers(row.footnotes)}</sup></td>')
            if report.show_elements:
                cells.append(f'<td class="th"{_MARKS}{escape(row.element)}</td>')
            if grid.has_notes or self.facts:
                cells += self._noted_cells(row, report, grid)
            else:
                cells += [self._cell(cell, "", report) for cell in row.cells]
            lines.append(_row(f'<tr class="{_row_class(row, ordinal)}">', cells))
        return lines

    def _label(self, row: Row, links: bool, depth: int = 0) -> str:
        label = escape(normalize_space(row.label))
        custom = ""
        if row.kind == "abstract":
            label = f"<strong>{label}</strong>"
        elif row.kind != "section" and not is_standard_prefix(row.element):
            custom = " custom"
        if links:
            key = escape_attribute(_in_script(row.element or row.panel_key or "="))
            label = f"{self._link}{key}', window );\">{label}</a>"
        else:
            label = f'<div class="a">{label}</div>'
        if depth:
            label = f'<div style="padding-inline-start: {_INDENT * min(depth, _DEEPEST)}px;">{label}</div>'
        return f'<td class="pl{custom}" style="border-bottom: 0px;" valign="top">{label}</td>'

    def _noted_cells(self, row: Row, report: Page, grid: PageGrid) -> list[str]:
        cells: list[str] = []
        for column, cell, notes in zip(report.columns, row.cells, grid.cell_notes, strict=True):
            span = ' colspan="2"' if column.footnotes and not notes else ""
            made = self._cell(cell, span, report)
            if self.facts and cell.facts:
                made = made.replace("<td", f'<td data-facts="{_ids(cell)}"', 1)
            cells.append(made)
            if notes:
                marks = f"<sup>{markers(cell.footnotes)}</sup>" if cell.footnotes and _shows(cell) else ""
                cells.append(f'<td class="fn"{_MARKS}{marks}</td>')
        return cells

    def _cell(self, cell: Cell, span: str, report: Page) -> str:
        kind = cell.kind
        if kind == "blank":
            return f'<td{span} class="text">{_BLANK}'
        if kind == "number":
            return f'<td{span} class="{"num" if cell.negative else "nump"}">{escape(cell.text)}<span></span>\n</td>'
        if kind == "text" or kind == "html":
            text = passive(cell.text) if kind == "html" else cell.text
            return f'<td{span} class="text">{text}{_END}' if text else f'<td{span} class="text">{_BLANK}'
        if kind == "date":
            return f'<td{span} class="text">{escape(cell.text)}<span></span>\n</td>'
        if kind == "nil":
            return f'<td{span} class="text"> <span></span>\n</td>'
        if kind == "none":
            return f'<td{span} class="nump"> none <span></span>\n</td>'
        return self._embedded(cell, span, report)

    def _embedded(self, cell: Cell, span: str, outer: Page) -> str:
        inner: list[str] = []
        if cell.image is not None:
            notes = self._footnotes(cell.embedded, PageGrid(cell.embedded), nested=True) if cell.embedded else []
            image = f'<img alt="Bar Chart" src="{escape_attribute(cell.image)}">{"".join(notes)}'
            return f"<td{span}>\n{image}<span></span>\n</td>"
        if cell.embedded is not None:
            self._table(cell.embedded, inner, "", nested=True, links=not outer.transposed)
        return f"<td{span}>\n{''.join(inner)}\n<span></span>\n</td>"

    def _footnotes(self, report: Page, grid: PageGrid, *, nested: bool = False) -> list[str]:
        """A table of notes: within two rows at the end of the page's table, or bare behind a nested table."""
        if not report.footnotes:
            return []
        span = len(report.columns) + sum(grid.widths) + 1
        notes = [
            f'<tr class="outerFootnote">\n<td style="vertical-align: top; width: 12pt;" valign="top">[{number}]</td>\n'
            f'<td style="vertical-align: top;" valign="top">{passive(note.strip(_SPACE))}</td>\n</tr>'
            for number, note in report.footnotes
        ]
        table = f'<table class="outerFootnotes" width="100%">{_children(notes)}</table>'
        if nested:
            return [table]
        return [f'<tr><td colspan="{span}"></td></tr>', f'<tr><td colspan="{span}">{table}</td></tr>']

    # Definition panels

    def _panel(self, panel: Panel) -> str:
        known = self._panels.get(id(panel))
        if known is None:
            known = self._panels[id(panel)] = (panel, self._make_panel(panel))
        return known[1]

    def _make_panel(self, panel: Panel) -> str:
        blocks: list[str] = []
        if panel.definition and panel.definition != NO_DEFINITION:
            blocks.append(self._block("Definition", f"<p>{escape(panel.definition)}</p>", first=True))
        if panel.references is not None:
            blocks.append(self._block("References", f"<p>{panel.references or NO_DEFINITION}</p>", first=not blocks))
        blocks.append(self._block("Details", _details(panel), first=not blocks))
        content = "\n".join(blocks)
        return (
            '<table border="0" cellpadding="0" cellspacing="0" class="authRefData" style="display: none;" '
            f'id="defref_{escape_attribute(panel.key)}">\n{self._hide}{content}\n</div></td></tr>\n</table>'
        )

    def _block(self, caption: str, content: str, *, first: bool) -> str:
        sign, style = ("-", "") if first else ("+", ' style="display: none;"')
        return f"{self._toggle}{sign} {caption}</a><div{style}>{content}</div>"


class PageGrid:
    """Widths of a page's columns: where footnote markers need cells of their own."""

    __slots__ = ("cell_notes", "has_notes", "label_span", "row_notes", "runs", "two_rows", "widths")

    def __init__(self, report: Page) -> None:
        columns = report.columns
        cell_notes = [False] * len(columns)
        for row in report.rows:
            for index, cell in enumerate(row.cells):
                if cell.footnotes:
                    cell_notes[index] = True
        self.cell_notes = cell_notes
        self.row_notes = any(row.footnotes for row in report.rows)
        self.label_span = 2 if self.row_notes else 1
        self.widths = [1 if noted or column.footnotes else 0 for noted, column in zip(cell_notes, columns, strict=True)]
        self.has_notes = self.row_notes or any(self.widths)
        self.two_rows = not report.show_elements and any(
            column.labels and " Ended" in column.labels[0] for column in columns
        )
        self.runs: list[tuple[str, int]] = []
        if not self.two_rows:
            return
        for column, width in zip(columns, self.widths, strict=True):
            label = column.labels[0] if column.labels else ""
            if self.runs and self.runs[-1][0] == label:
                self.runs[-1] = (label, self.runs[-1][1] + 1 + width)
            else:
                self.runs.append((label, 1 + width))


def _shows(cell: Cell) -> bool:
    """Whether anything stands in the cell that a footnote could mark: an empty text shows none (rendering.md 19.4)."""
    return bool(cell.text) or cell.kind not in ("text", "html")


def _row_class(row: Row, ordinal: int) -> str:
    """`ordinal` is 0-based among all written rows; sections and calendar rows count in it (rendering.md 19.3)."""
    if row.kind == "section":
        return "rh"
    if row.calendar:
        return "rc"
    return ("ro" if ordinal & 1 else "re") + ("u" if row.kind == "total" else "")


def _captions(column: Column) -> str:
    """One div a label; a label with ` Ended` stands in the row above, or nowhere (rendering.md 19.2)."""
    shown = [label for label in column.labels if " Ended" not in label]
    last = len(shown) - 1
    return _children([f"<div>{escape(label)}{'' if index == last else ' '}</div>" for index, label in enumerate(shown)])


def _row(start: str, cells: Sequence[str]) -> str:
    return f"{start}{_children(cells)}</tr>"


def _children(parts: Sequence[str]) -> str:
    """Child elements of a block element as libxml2 prints them."""
    if len(parts) > 1:
        return "\n" + "\n".join(parts) + "\n"
    return parts[0] if parts else ""


def _details(panel: Panel) -> str:
    rows = [
        f"<tr>\n<td{style}><strong> {name}:</strong></td>\n<td{value_style}>{escape(value)}</td>\n</tr>"
        for name, value, style, value_style in (
            ("Name", panel.name, "", ' style="white-space:nowrap;"'),
            ("Namespace Prefix", panel.prefix, ' style="padding-right: 4px;white-space:nowrap;"', ""),
            ("Data Type", panel.data_type, "", ""),
            ("Balance Type", panel.balance, "", ""),
            ("Period Type", panel.period_type, "", ""),
        )
    ]
    return f'<table border="0" cellpadding="0" cellspacing="0">{_children(rows)}</table>'


def _ids(cell: Cell) -> str:
    return escape_attribute(" ".join([fact.id for fact in cell.facts]))


def single_page(report: Page) -> bytes:
    """The page as one file that needs no other: style sheet and script stand in it. A cell's `data-facts` are the ids
    of the facts that it shows, with blanks between.
    """
    from recto.rendering.writers.assets import static_file

    writer = PageWriter(Variant("", "", ""))
    writer.facts = True
    page = writer.page(report).decode("ascii")
    style = static_file("report.css").decode()
    script = static_file("Show.js").decode().replace("</", "<\\/")
    page = page.replace(
        '<link rel="stylesheet" type="text/css" href="">', f'<meta charset="utf-8">\n<style>\n{style}</style>', 1
    )
    page = page.replace(
        '<script type="text/javascript" src="">/* Do Not Remove This Comment */</script>',
        f"<script>\n{script}</script>",
        1,
    )
    title = f"<title>{escape(report.short_name)}</title>".encode("ascii", "xmlcharrefreplace").decode()
    return page.replace("<title></title>", title, 1).encode("ascii", "xmlcharrefreplace")
