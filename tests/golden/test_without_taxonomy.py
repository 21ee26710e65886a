"""SEC filings without the standard taxonomies: how much of the right pages the approximate ones have.

A cell counts as equal only where it stands on the page of the same role, with the same row label, column headings and
text. The figure is printed: `pytest -s tests/golden/test_without_taxonomy.py`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import recto
from tests.golden.test_expected import EXPECTED

BAR = 95.5
"""Percent of the cells of a filing's right pages; with it, of all filings together at least 95."""

LOWER = {
    "specimen-2018-sample": (0.0, "its one page is of a role that the standard taxonomy defines and fills"),
    "sec-625-rr-rendering-02-bar-charts-gd-000gd": (80.0, "1 of 6 cells: its label is the standard taxonomy's"),
    "sec-624-rendering-08-merged-columns-gd-001gd": (85.0, "3 of 25 cells: their labels are the standard taxonomy's"),
}  # fmt: skip
"""Filing → its own bar, and why it is lower."""


def cells(filing: recto.Filing) -> Counter[object]:
    found: Counter[object] = Counter()
    for report in filing.reports:
        for row in report.rows:
            for column, cell in zip(report.columns, row.cells, strict=False):
                if cell.facts:
                    found[report.role, row.label, column.labels, cell.kind, cell.text] += 1
    return found


@pytest.mark.skipif(not EXPECTED, reason="../shared is absent: the real filings are not part of this repository")
@pytest.mark.parametrize("name", EXPECTED)
def test_most_cells_are_right_without_the_taxonomy(name: str, filing: recto.Filing, shared_data: Path) -> None:
    right = cells(filing)
    with recto.open(shared_data / "filings" / name, taxonomies=[], offline=True, use_cache=False) as without:
        assert all(report.note for report in without.reports)
        assert without.coverage().lost == 0
        equal = (right & cells(without)).total()
    percent = 100 * equal / right.total()
    print(f"without the taxonomy: {equal:,} of {right.total():,} cells equal ({percent:.1f} %)")
    assert percent >= LOWER.get(name, (BAR, ""))[0]
