"""Workbooks: the one writer of .xlsx files, for report pages, facts and whatever has columns.

The parts of the package (ECMA-376) are written as strings: a workbook library takes several times as long.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from msgspec import Struct

from recto.errors import UsageError
from recto.patterns import lazy

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_RELATIONSHIPS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_NAME_LENGTH: Final = 31
_TEXT_LENGTH: Final = 32_767
"""Excel's limit for a cell."""
_MOST_ROWS: Final = 1_048_576
_DIGITS: Final = 15
"""Digits that a spreadsheet keeps of a number: longer ones are written as text, so that none is silently rounded."""
_EDGE: Final = lazy(r"^'|'$")
"""A sheet name that begins or ends with an apostrophe, as the SEC's may, is one that spreadsheets refuse."""
_BAD_NAME: Final = lazy(r"[^\x00-\x7f]|[\\*?:/\[\]\x00-\x1f]")
_BAD_TEXT: Final = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BUILT_IN: Final = {"#,##0_);(#,##0)": 37, "#,##0.00_);(#,##0.00)": 39}
_FIRST_FORMAT: Final = 164
DATE: Final = "yyyy\\-mm\\-dd"
MOMENT: Final = "yyyy\\-mm\\-dd\\ hh:mm:ss"
WHOLE: Final = "#,##0"
_FIRST_DAY: Final = datetime(1899, 12, 30)
"""Day 0 of the date system of 1900, as it stands for days from March 1, 1900 on."""
_WIDEST: Final = 60
_COMMENT_LENGTH: Final = 255
"""Characters that the comment of a defined name holds."""


class Sheet(Struct):
    """A sheet with names for cells of it."""

    part: str
    names: list[tuple[str, str, str]]
    """Name (letters, digits, `_` and `.`), reference (`$B$3`), comment."""
    titles: tuple[str, ...] = ()
    """Columns and rows that each printed page repeats: `$A:$A`, `$1:$2`."""


def workbook(sheets: Iterable[tuple[str, str | Sheet]], styles: Styles, *, title: str = "", level: int = 6) -> bytes:
    """A workbook of finished sheets, each with its name; `level` is zlib's."""
    names: list[str] = []
    parts: list[str] = []
    defined: dict[str, str] = {}
    taken: set[str] = set()
    for given, sheet in sheets:
        name = sheet_name(given, taken)
        names.append(name)
        if isinstance(sheet, Sheet):
            place = xml("'{}'!".format(name.replace("'", "''")))
            for cell, reference, comment in sheet.names:
                defined.setdefault(cell.lower(), _defined_name(cell, place + reference, comment))
            if sheet.titles:
                repeated = ",".join([place + each for each in sheet.titles])
                local = f'<definedName name="_xlnm.Print_Titles" localSheetId="{len(parts)}">{repeated}</definedName>'
                defined[f"{len(parts)} titles"] = local
            sheet = sheet.part
        parts.append(sheet)
    if not parts:
        names, parts = ["Sheet"], [_empty_sheet()]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:

        def add(name: str, text: str) -> None:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(info, text.encode("utf-8", "replace"), compresslevel=level)

        add("[Content_Types].xml", _content_types(len(parts)))
        add("_rels/.rels", _root_relationships())
        add("docProps/core.xml", _core_properties(title))
        add("xl/workbook.xml", _workbook_part(names, defined.values()))
        add("xl/_rels/workbook.xml.rels", _workbook_relationships(len(parts)))
        add("xl/styles.xml", styles.part())
        for number, sheet in enumerate(parts, 1):
            add(f"xl/worksheets/sheet{number}.xml", sheet)
    return buffer.getvalue()


def data_sheet(columns: Sequence[str], rows: Iterable[Sequence[Any]], styles: Styles) -> str:
    """A sheet of a header and typed rows: numbers, dates and truths as such, the header frozen and with filters.

    Values are str, int, float, Decimal, bool, date, datetime or None. Raises UsageError for more rows than a sheet has.
    """
    lines = ["".join(text_cell(f"{column_letters(at)}1", name, Styles.HEAD_BOLD) for at, name in enumerate(columns))]
    widths = [min(len(name) + 4, _WIDEST) for name in columns]
    for number, row in enumerate(rows, 2):
        if number > _MOST_ROWS:
            raise UsageError(f"a sheet holds {_MOST_ROWS:,} rows, and there are more: choose csv or parquet")
        parts = []
        for at, value in enumerate(row):
            if value is not None:
                cell, width = _value_cell(f"{column_letters(at)}{number}", value, styles)
                parts.append(cell)
                if width > widths[at]:
                    widths[at] = min(width, _WIDEST)
        lines.append("".join(parts))
    body = "".join(f'<row r="{number}">{line}</row>' for number, line in enumerate(lines, 1))
    sizes = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
    )
    area = f"A1:{column_letters(max(len(columns) - 1, 0))}{len(lines)}"
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}">'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/>'
        + (f"<cols>{sizes}</cols>" if sizes else "")
        + f'<sheetData>{body}</sheetData><autoFilter ref="{area}"/></worksheet>'
    )


def _value_cell(reference: str, value: Any, styles: Styles) -> tuple[str, int]:
    """The cell and how wide its text is."""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>', 6
    if isinstance(value, int | float | Decimal):
        text = f"{value:f}" if isinstance(value, Decimal) and abs(value.adjusted()) < 400 else str(value)
        if isinstance(value, Decimal) and "." in text and "E" not in text:
            text = text.rstrip("0").rstrip(".")
        digits = text.lstrip("-").replace(".", "").strip("0")
        if (text.lstrip("-")[:1].isdigit() and len(digits) <= _DIGITS) or (isinstance(value, float) and value == value):
            if text.lstrip("-")[:1].isdigit():
                places = len(text.partition(".")[2]) if "." in text and "e" not in text.lower() else 0
                code = WHOLE + ("." + "0" * min(places, 8) if places else "")
                style = styles.number(code, False)
                return f'<c r="{reference}" s="{style}"><v>{text}</v></c>', len(text) + len(text) // 3 + 1
        return text_cell(reference, text, Styles.TEXT), len(text) + 1
    if isinstance(value, datetime | date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        days = (moment.replace(tzinfo=None) - _FIRST_DAY) / timedelta(days=1)
        if days < 61:  # spreadsheets know no such days, or other ones
            return text_cell(reference, value.isoformat(), Styles.TEXT), 12
        whole = not isinstance(value, datetime) or days == int(days)
        style = styles.number(DATE if whole else MOMENT, False)
        return f'<c r="{reference}" s="{style}"><v>{int(days) if whole else days!r}</v></c>', 12 if whole else 20
    text = str(value)
    return (text_cell(reference, text, Styles.LINE), len(text) + 1) if text else ("", 0)


def text_cell(reference: str, text: str, style: int) -> str:
    """A cell with a text, cut at what a cell holds."""
    if not text:
        return ""
    if len(text) > _TEXT_LENGTH:
        text = text[:_TEXT_LENGTH]
    space = ' xml:space="preserve"' if text[0] <= " " or text[-1] <= " " or "\n" in text or "  " in text else ""
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t{space}>{xml(text)}</t></is></c>'


def sheet_name(short_name: str, taken: set[str]) -> str:
    """At most 31 characters, none that a sheet name cannot hold, and none like another but for case: the second of a
    name has `_2` behind it, the third `_2_3` where there is room for both, as the SEC's workbooks do.
    """
    name = _BAD_NAME.sub("_", short_name)[:_NAME_LENGTH]
    name = _EDGE.sub("_", name)
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{name[: _NAME_LENGTH - 1 - len(str(number))]}_{number}"
    taken.add(name.casefold())
    return name or sheet_name("Sheet1", taken)


class Styles:
    """Cell formats in use. The first six are fixed: plain; heads and texts, bold and not; texts on one line."""

    HEAD_BOLD, HEAD, TEXT_BOLD, TEXT, LINE = 1, 2, 3, 4, 5

    def __init__(self) -> None:
        self._formats: dict[tuple[str, bool], int] = {}

    def number(self, code: str, bold: bool) -> int:
        return self._formats.setdefault((code, bold), len(self._formats) + 6)

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
        xfs.append(_xf(0, 0, '<alignment horizontal="general" vertical="top"/>'))
        for code, bold in self._formats:
            xfs.append(_xf(ids[code], 1 if bold else 0, number))
        face = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
        number_formats = f'<numFmts count="{len(codes)}">{formats}</numFmts>' if codes else ""
        return (
            f'{DECLARATION}<styleSheet xmlns="{MAIN}">{number_formats}'
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


def _empty_sheet() -> str:
    return f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetData/></worksheet>'


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


def xml(text: str) -> str:
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text if text.isprintable() else _BAD_TEXT.sub("", text)


def _attribute(text: str) -> str:
    return xml(text).replace('"', "&quot;")


def _content_types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    sheets = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number in range(1, count + 1)
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{kind}.styles+xml"/>{sheets}</Types>'
    )


def _root_relationships() -> str:
    return (
        f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATIONSHIPS}/officeDocument" Target="xl/workbook.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>"
    )


def _core_properties(title: str) -> str:
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml(title)}</dc:title><dc:creator>recto</dc:creator></cp:coreProperties>"
    )


def _defined_name(cell: str, place: str, comment: str) -> str:
    return f'<definedName name="{cell}" comment="{_attribute(comment[:_COMMENT_LENGTH])}">{place}</definedName>'


def _workbook_part(names: Sequence[str], defined: Iterable[str]) -> str:
    sheets = "".join(
        f'<sheet name="{_attribute(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(names, 1)
    )
    listed = "".join(defined)
    listed = f"<definedNames>{listed}</definedNames>" if listed else ""
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{_RELATIONSHIPS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets>{listed}</workbook>"
    )


def _workbook_relationships(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONSHIPS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, count + 1)
    )
    styles = f'<Relationship Id="rId{count + 1}" Type="{_RELATIONSHIPS}/styles" Target="styles.xml"/>'
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}{styles}</Relationships>'
