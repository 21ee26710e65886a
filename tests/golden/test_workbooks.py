"""The workbook of a filing, opened with another library, holds the pages' numbers as numbers."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

import recto
from recto.rendering.reading.amounts import parse_amount


@pytest.mark.parametrize("name", ["nflx-2010q3-10q", "xr25-pcnt-q1-2024", "sec-624-rendering-22-workbook-gd-000gd"])
def test_numbers_of_sheets_are_those_of_pages(name: str, filing: recto.Filing, tmp_path: Path) -> None:
    filing.render(tmp_path, formats=("xlsx",))
    book = openpyxl.load_workbook(tmp_path / "Financial_Report.xlsx")
    assert len(book.worksheets) == len(filing.reports)
    for report, sheet in zip(filing.reports, book.worksheets, strict=True):
        printed = []
        for row in report.rows:
            for cell in row.cells:
                amount = parse_amount(cell.text) if cell.kind == "number" else None
                if amount is not None:
                    printed.append(float(amount.digits))
        kept = [
            float(Decimal(str(cell.value)))
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
        ]
        assert kept == pytest.approx(printed)
