"""Financial_Report.xlsx: a sheet a page, numbers as numbers (rendering.md 20).

The parts of the package (ECMA-376) are written as strings: a workbook library takes several times as long.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from msgspec import Struct

from recto.rendering.model import RenderedFiling, RenderedInstance, Report
from recto.rendering.writers.sheet import SheetCell, sheet_rows

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAME_LENGTH: Final = 31
_TEXT_LENGTH: Final = 32_767
"""Excel's limit for a cell."""
_BAD_NAME: Final = re.compile(r"[^\x00-\x7f]|[\\*?:/\[\]\x00-\x1f]")
_BAD_TEXT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_WORD: Final = "[A-Z_a-z\u00c0-\u02ff\u0370-\u1fff\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff]*"
"""Letters, and the signs of most currencies."""
_NUMBER: Final = r"\s*(WORD\s*[$€¥£]?)(\s*)([-+(]?)\s*(\d[\d,]*)?(\.\d+)?(%?)\s*\)?\s*"
_BUILT_IN: Final = {"#,##0_);(#,##0)": 37, "#,##0.00_);(#,##0.00)": 39}
_FIRST_FORMAT: Final = 164


def workbook_allowed(filing: RenderedFiling) -> bool:
    """Whether the SEC would make a workbook of the filing (rendering.md 1.3 and 20)."""
    return any(_has_sheets(each) for each in filing.instances) and any(
        "isDefinitelyNotFs" not in each.flags or "isOnlyDei" in each.flags for each in filing.instances
    )


def _has_sheets(rendered: RenderedInstance) -> bool:
    return not rendered.has_embeddings and bool(rendered.reports or rendered.uncategorized)


def workbook(reports: Iterable[Report], *, title: str = "Financial Report", level: int = 6) -> bytes:
    """The pages as an OOXML workbook; `level` is zlib's."""
    styles = _Styles()
    names: list[str] = []
    taken: set[str] = set()
    sheets: list[str] = []
    for report in reports:
        names.append(sheet_name(report.short_name, taken))
        sheets.append(_sheet(report, styles))
    if not sheets:
        names, sheets = ["Sheet"], [_empty_sheet()]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:

        def add(name: str, text: str) -> None:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text.encode("utf-8", "replace"), compresslevel=level)

        add("[Content_Types].xml", _content_types(len(sheets)))
        add("_rels/.rels", _root_relationships())
        add("docProps/core.xml", _core_properties(title))
        add("xl/workbook.xml", _workbook_part(names))
        add("xl/_rels/workbook.xml.rels", _workbook_relationships(len(sheets)))
        add("xl/styles.xml", styles.part())
        for number, sheet in enumerate(sheets, 1):
            add(f"xl/worksheets/sheet{number}.xml", sheet)
    return buffer.getvalue()


def sheet_name(short_name: str, taken: set[str]) -> str:
    """At most 31 characters, none that a sheet name cannot hold, and none like another but for case."""
    base = _BAD_NAME.sub("_", short_name)
    name = base[:_NAME_LENGTH] or "Sheet"
    number = 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: _NAME_LENGTH - 1 - len(str(number))]}_{number}"
    taken.add(name.lower())
    return name


class Number(Struct, frozen=True):
    value: str
    """As the sheet stores it."""
    format: str
    unit: str


def parse_number(text: str) -> Number | None:
    """A number as a page shows it: `$ (1,234)`, `90.00%`, `5.25`. None for anything else."""
    match = _number(text.isascii()).fullmatch(text)
    if match is None or (match[4] is None and match[5] is None):
        return None
    unit, blank, sign, whole, fraction, percent = match.groups()
    if unit:
        unit = unit.rstrip() + (blank or " ")
    digits = (whole or "0").replace(",", "") + (fraction or "")
    value = _shifted(digits) if percent else digits
    places = len(fraction) - 1 if fraction and fraction.strip(".0") else 0
    if sign in ("(", "-"):
        value = "-" + value
    places_text = "." + "0" * places if places else ""
    if percent:
        format_ = f"#,##0{places_text}%_);(#,##0{places_text}%)"
    elif unit:
        quoted = unit.replace('"', "")
        format_ = f'_("{quoted}"#,##0{places_text}_);_("{quoted}"(#,##0{places_text})'
    else:
        format_ = f"#,##0{places_text}_);(#,##0{places_text})"
    return Number(value, format_, unit)


@cache
def _number(ascii_: bool) -> re.Pattern[str]:
    """Of texts in ASCII or of all: the letters of all alphabets take long to compile, and few filings have any."""
    return re.compile(_NUMBER.replace("WORD", "[A-Z_a-z]*" if ascii_ else _WORD), re.ASCII)


def _shifted(digits: str) -> str:
    """The decimal number divided by a hundred, exactly."""
    whole, _, fraction = digits.partition(".")
    whole = whole.zfill(3)
    fraction = (whole[-2:] + fraction).rstrip("0")
    return f"{whole[:-2].lstrip('0') or '0'}.{fraction}" if fraction else whole[:-2].lstrip("0") or "0"


class _Styles:
    """Cell formats in use. The first five are fixed: plain, then heads and texts, bold and not."""

    HEAD_BOLD, HEAD, TEXT_BOLD, TEXT = 1, 2, 3, 4

    def __init__(self) -> None:
        self._formats: dict[tuple[str, bool], int] = {}

    def number(self, code: str, bold: bool) -> int:
        return self._formats.setdefault((code, bold), len(self._formats) + 5)

    def part(self) -> str:
        codes = list(dict.fromkeys(code for code, _ in self._formats if code not in _BUILT_IN))
        ids = {code: _FIRST_FORMAT + index for index, code in enumerate(codes)} | _BUILT_IN
        formats = "".join(f'<numFmt numFmtId="{ids[code]}" formatCode="{_attribute(code)}"/>' for code in codes)
        head = '<alignment horizontal="center" vertical="center" wrapText="1"/>'
        text = '<alignment horizontal="general" vertical="top" wrapText="1"/>'
        number = '<alignment horizontal="right" vertical="top"/>'
        xfs = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
        for font, alignment in ((1, head), (0, head), (1, text), (0, text)):
            xfs.append(_xf(0, font, alignment))
        for code, bold in self._formats:
            xfs.append(_xf(ids[code], 1 if bold else 0, number))
        face = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
        number_formats = f'<numFmts count="{len(codes)}">{formats}</numFmts>' if codes else ""
        return (
            f'{_DECLARATION}<styleSheet xmlns="{_MAIN}">{number_formats}'
            f'<fonts count="2"><font>{face}</font><font><b/>{face}</font></fonts>'
            '<fills count="2"><fill><patternFill patternType="none"/></fill>'
            '<fill><patternFill patternType="gray125"/></fill></fills>'
            '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(xfs)}">{"".join(xfs)}</cellXfs>'
            '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
        )


def _xf(number_format: int, font: int, alignment: str) -> str:
    applied = ' applyNumberFormat="1"' if number_format else ""
    return (
        f'<xf numFmtId="{number_format}" fontId="{font}" fillId="0" borderId="0" xfId="0"{applied} applyFont="1"'
        f' applyAlignment="1">{alignment}</xf>'
    )


class _SheetBuilder:
    __slots__ = ("covered", "lines", "merges", "row", "styles", "widths")

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.lines: list[str] = []
        self.merges: list[str] = []
        self.widths: dict[int, float] = {}
        self.covered: dict[int, int] = {}
        """Column → rows below this one that a merged cell still covers."""
        self.row = 0

    def add(self, cells: Sequence[SheetCell]) -> None:
        self.row += 1
        column = 0
        parts: list[str] = []
        covered = {at: left - 1 for at, left in self.covered.items() if left > 0} if self.covered else {}
        fresh: dict[int, int] = {}
        for cell in cells:
            while covered.get(column, -1) >= 0:
                column += 1
            if cell.text:
                parts.append(self._cell(cell, column))
            if cell.columns > 1 or cell.rows > 1:
                last = f"{column_letters(column + cell.columns - 1)}{self.row + cell.rows - 1}"
                self.merges.append(f"{column_letters(column)}{self.row}:{last}")
                if cell.rows > 1:
                    fresh.update(dict.fromkeys(range(column, column + cell.columns), cell.rows - 1))
            column += cell.columns
        self.covered = {at: left for at, left in covered.items() if left > 0} | fresh
        self.lines.append(f'<row r="{self.row}">{"".join(parts)}</row>')

    def _cell(self, cell: SheetCell, column: int) -> str:
        reference = f"{column_letters(column)}{self.row}"
        text = cell.text
        width: float = len(text) + 1
        if cell.kind[0] == "n":
            number = parse_number(text)
            if number is not None:
                self._widen(column, width + unit_width(number.unit) if number.unit else len(number.value) + 1)
                style = self.styles.number(number.format, cell.bold)
                return f'<c r="{reference}" s="{style}"><v>{number.value}</v></c>'
        self._widen(column, width)
        if cell.kind == "head":
            style = _Styles.HEAD_BOLD if cell.bold else _Styles.HEAD
        else:
            style = _Styles.TEXT_BOLD if cell.bold else _Styles.TEXT
        if len(text) > _TEXT_LENGTH:
            text = text[:_TEXT_LENGTH]
        space = ' xml:space="preserve"' if text[0] <= " " or text[-1] <= " " or "\n" in text or "  " in text else ""
        return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t{space}>{_xml(text)}</t></is></c>'

    def _widen(self, column: int, width: float) -> None:
        if width > self.widths.get(column, 0):
            self.widths[column] = width

    def part(self, head: int, labels: int) -> str:
        columns = "".join(
            f'<col min="{at + 1}" max="{at + 1}" width="{min(80, int(width))}" customWidth="1"/>'
            for at, width in sorted(self.widths.items())
        )
        merges = "".join(f'<mergeCell ref="{area}"/>' for area in self.merges)
        pane = ""
        if head and self.row > head:
            side = f' xSplit="{labels}"' if labels else ""
            corner = f"{column_letters(labels)}{head + 1}"
            where = "bottomRight" if labels else "bottomLeft"
            pane = f'<pane{side} ySplit="{head}" topLeftCell="{corner}" activePane="{where}" state="frozen"/>'
        return (
            f'{_DECLARATION}<worksheet xmlns="{_MAIN}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
            '<sheetFormatPr defaultRowHeight="15"/>'
            + (f"<cols>{columns}</cols>" if columns else "")
            + f"<sheetData>{''.join(self.lines)}</sheetData>"
            + (f'<mergeCells count="{len(self.merges)}">{merges}</mergeCells>' if merges else "")
            + '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
            '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
        )


def _sheet(report: Report, styles: _Styles) -> str:
    builder = _SheetBuilder(styles)
    head = 0
    for cells in sheet_rows(report):
        if cells:
            builder.add(cells)
            if cells[-1].kind == "head" and builder.row == head + 1:
                head += 1
    return builder.part(head, 1 if report.show_label_column else 0)


def _empty_sheet() -> str:
    return f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetData/></worksheet>'


_LETTERS: list[str] = []


def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    while index >= len(_LETTERS):
        number, name = len(_LETTERS) + 1, ""
        while number:
            number, digit = divmod(number - 1, 26)
            name = chr(65 + digit) + name
        _LETTERS.append(name)
    return _LETTERS[index]


def unit_width(unit: str) -> float:
    """What a unit adds to a column's width, in characters (rendering.md 20)."""
    if not unit:
        return 0
    width = 2.0
    for character in unit:
        if character in "MW_":
            width += 2
        elif character.islower() or character.isdigit() or character in " .,":
            width += 1
        else:
            width += 1.3
    return width


def _xml(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BAD_TEXT.sub("", text)


def _attribute(text: str) -> str:
    return _xml(text).replace('"', "&quot;")


def _content_types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{_DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{sheets}</Types>'
    )


def _root_relationships() -> str:
    return (
        f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _core_properties(title: str) -> str:
    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_xml(title)}</dc:title><dc:creator>recto</dc:creator></cp:coreProperties>"
    )


def _workbook_part(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{_attribute(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    return (
        f'{_DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONSHIPS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _workbook_relationships(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    )
    styles = f'<Relationship Id="rId{count + 1}" Type="{_RELATIONSHIPS}/styles" Target="styles.xml"/>'
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}{styles}</Relationships>'
