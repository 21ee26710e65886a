"""Financial_Report.xlsx: a sheet a page, numbers as numbers (rendering.md 20).

Each cell that shows facts has a defined name, `fact.R4.B3`, whose comment is the facts' ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from math import ceil
from typing import Final

from msgspec import Struct

from recto.patterns import lazy
from recto.rendering.model import Page, RenderedFiling, RenderedInstance, Report
from recto.rendering.writers.sheet import SheetCell, sheet_rows
from recto.workbook import DECLARATION, MAIN, Sheet, Styles, column_letters, text_cell
from recto.workbook import workbook as package

_WORD: Final = (
    "[A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd]*"
)
"""Letters, and the signs of most currencies."""
_NARROWEST: Final = 13
_WIDEST: Final = 80
_WIDEST_HEAD: Final = 30
"""What a heading widens a column to on pages of our own; the SEC's are as wide as they are."""
_LINE: Final = 15
"""Points of a line."""
_MOST_PRINTED: Final = 250
"""Characters side by side on a printed page, at half their size."""
_BROKEN: Final = 1.05
"""What lines that break between words need more."""
_TALLEST: Final = 409
"""Points that a row has at most (Excel)."""
_NO_NAME: Final = lazy(r"[^A-Za-z0-9_.]")
_NUMBER: Final = r"\s*(WORD\s*[$€¥£]?)(\s*)(\(?\s*[+-]?)(\d[\d,]*)(\.\d*)?([)-]?)(%?)\s*"


def workbook_allowed(filing: RenderedFiling) -> bool:
    """Whether the SEC would make a workbook of the filing (rendering.md 1.3 and 20)."""
    return any(_has_sheets(each) for each in filing.instances) and any(
        "isDefinitelyNotFs" not in each.flags or "isOnlyDei" in each.flags for each in filing.instances
    )


def _has_sheets(rendered: RenderedInstance) -> bool:
    return not rendered.has_embeddings and bool(rendered.reports or rendered.uncategorized)


def workbook(reports: Iterable[Report], *, title: str = "Financial Report", level: int = 6) -> bytes:
    """The pages as an OOXML workbook; `level` is zlib's."""
    styles = Styles()
    return package(
        [(report.short_name, page_sheet(report, styles)) for report in reports], styles, title=title, level=level
    )


class Number(Struct, frozen=True):
    value: str
    """As the sheet stores it."""
    format: str
    unit: str
    length: int
    """Characters of the digits as the page shows them, without commas and signs: they decide on the width."""


def parse_number(text: str, *, sec: bool = True) -> Number | None:
    """A number as a page shows it: `$ (1,234)`, `90.00%`, `5.25`. None for anything else, on the SEC's pages also for a
    percentage in parentheses, which stays a text **[quirk]**.
    """
    if not sec and text.endswith("%)"):
        text = f"{text[:-2]})%"
    match = _number(text.isascii()).fullmatch(text)
    if match is None:
        return None
    unit, blank, sign, whole, fraction, after, percent = match.groups()
    if unit:
        unit = unit.rstrip() + (blank or " ")
    digits = (whole.replace(",", "") + (fraction or "")).removesuffix(".")
    value = _shifted(digits) if percent else digits
    places = len(fraction) - 1 if fraction and fraction.strip(".0") else 0
    if after or "(" in sign or "-" in sign:
        value = "-" + value
    places_text = "." + "0" * places if places else ""
    if percent:
        format_ = f"#,##0{places_text}%_);(#,##0{places_text}%)"
    elif unit:
        quoted = unit.replace('"', "")
        format_ = f'_("{quoted}"#,##0{places_text}_);_("{quoted}"(#,##0{places_text})'
    else:
        format_ = f"#,##0{places_text}_);(#,##0{places_text})"
    return Number(value, format_, unit, len(digits))


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


class _SheetBuilder:
    __slots__ = ("covered", "facts", "lines", "merges", "row", "sec", "styles", "tall", "widths")

    def __init__(self, styles: Styles, *, sec: bool) -> None:
        self.styles = styles
        self.sec = sec
        self.lines: list[str] = []
        self.merges: list[str] = []
        self.widths: dict[int, float] = {}
        self.tall: list[tuple[int, range, str]] = []
        """Row, columns and text of cells that may take several lines."""
        self.facts: list[tuple[str, int, str]] = []
        """Of cells that show facts: column's letters, row, and the facts' ids."""
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
            while covered and covered.get(column, -1) >= 0:
                column += 1
            if cell.text:
                parts.append(self._cell(cell, column))
            facts = cell.facts
            if facts:
                ids = facts[0].id if len(facts) == 1 else " ".join([fact.id for fact in facts])
                self.facts.append((column_letters(column), self.row, ids))
            if cell.columns > 1 or cell.rows > 1:
                last = f"{column_letters(column + cell.columns - 1)}{self.row + cell.rows - 1}"
                self.merges.append(f"{column_letters(column)}{self.row}:{last}")
                if cell.rows > 1:
                    fresh.update(dict.fromkeys(range(column, column + cell.columns), cell.rows - 1))
            column += cell.columns
        self.covered = {at: left for at, left in covered.items() if left > 0} | fresh if covered else fresh
        self.lines.append("".join(parts))

    def _cell(self, cell: SheetCell, column: int) -> str:
        reference = f"{column_letters(column)}{self.row}"
        text = cell.text
        width: float = len(text) + 1
        if cell.kind[0] == "n":
            number = parse_number(text, sec=self.sec)
            if number is not None:
                self._widen(column, number.length + 1 + unit_width(number.unit))
                style = self.styles.number(number.format, cell.bold)
                return f'<c r="{reference}" s="{style}"><v>{number.value}</v></c>'
        widest = _WIDEST_HEAD if cell.kind == "head" and not self.sec else _WIDEST
        if (width > widest or "\n" in text) and cell.rows == 1:
            self.tall.append((self.row, range(column, column + cell.columns), text))
            width = min(width, widest)
        self._widen(column, width)
        if cell.kind == "head":
            style = Styles.HEAD_BOLD if cell.bold else Styles.HEAD
        else:
            style = Styles.TEXT_BOLD if cell.bold else Styles.TEXT
        return text_cell(reference, text, style)

    def _widen(self, column: int, width: float) -> None:
        if width > self.widths.get(column, 0):
            self.widths[column] = width

    def _heights(self, widths: Mapping[int, int]) -> dict[int, int]:
        """The heights of rows with cells of several lines: Excel finds them by itself, other programs do not."""
        found: dict[int, int] = {}
        for row, columns, text in self.tall:
            width = sum(widths.get(at, _NARROWEST) for at in columns)
            indent = len(text) - len(text.lstrip(" "))  # blanks are half as wide as digits
            parts = text.split("\n") if "\n" in text else (text,)
            lines = sum([max(ceil((len(each) * _BROKEN - indent / 2) / width), 1) for each in parts])
            if lines > 1:
                found[row] = max(found.get(row, 0), min(lines * _LINE, _TALLEST))
        return found

    def part(self, head: int, labels: int) -> str:
        widths = {at: max(_NARROWEST, min(_WIDEST, int(width))) for at, width in sorted(self.widths.items())}
        columns = "".join(
            f'<col min="{at + 1}" max="{at + 1}" width="{width}" customWidth="1"/>' for at, width in widths.items()
        )
        heights = self._heights(widths)
        sheets = 1 if self.sec else -(-sum(widths.values()) // _MOST_PRINTED)
        across = f' fitToWidth="{sheets}"' if sheets > 1 else ""
        rows = "".join(
            f'<row r="{at}" ht="{heights[at]}">{line}</row>' if at in heights else f'<row r="{at}">{line}</row>'
            for at, line in enumerate(self.lines, 1)
        )
        merges = "".join(f'<mergeCell ref="{area}"/>' for area in self.merges)
        pane = ""
        if head and self.row > head:
            side = f' xSplit="{labels}"' if labels else ""
            corner = f"{column_letters(labels)}{head + 1}"
            where = "bottomRight" if labels else "bottomLeft"
            pane = f'<pane{side} ySplit="{head}" topLeftCell="{corner}" activePane="{where}" state="frozen"/>'
        return (
            f'{DECLARATION}<worksheet xmlns="{MAIN}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
            '<sheetFormatPr defaultRowHeight="15"/>'
            + (f"<cols>{columns}</cols>" if columns else "")
            + f"<sheetData>{rows}</sheetData>"
            + (f'<mergeCells count="{len(self.merges)}">{merges}</mergeCells>' if merges else "")
            + '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
            f'<pageSetup orientation="landscape"{across} fitToHeight="0"/></worksheet>'
        )


def page_sheet(report: Page, styles: Styles) -> Sheet:
    """A page as a sheet of a workbook, with a name for each cell that shows facts."""
    builder = _SheetBuilder(styles, sec=report.sec_form)
    head = 0
    for cells in sheet_rows(report):
        if cells:
            builder.add(cells)
            if cells[-1].kind == "head" and builder.row == head + 1:
                head += 1
    stem = _NO_NAME.sub("_", report.stem)
    names = [(f"fact.{stem}.{letters}{row}", f"${letters}${row}", ids) for letters, row, ids in builder.facts]
    labels = 1 if report.show_label_column else 0
    titles = (*("$A:$A",) * labels, *((f"$1:${head}",) if head else ())) if not report.sec_form else ()
    return Sheet(builder.part(head, labels), names, titles)


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
