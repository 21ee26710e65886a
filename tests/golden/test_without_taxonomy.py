"""SEC filings without the standard taxonomies: how much of the right pages the approximate ones have.

A cell counts as equal only where it stands on the page of the same role, with the same row label, column headings and
text. The figure is printed: `pytest -s tests/golden/test_without_taxonomy.py`.
"""

from __future__ import annotations

from collections import Counter

import pytest

import recto
from tests.golden.test_expected import EXPECTED, shared_folder

BAR = 95.0
"""Percent of the cells of all right pages."""


def cells(filing: recto.Filing) -> Counter[object]:
    found: Counter[object] = Counter()
    for report in filing.reports:
        for row in report.rows:
            for column, cell in zip(report.columns, row.cells, strict=False):
                if cell.facts:
                    found[report.role, row.label, column.labels, cell.kind, cell.text] += 1
    return found


@pytest.mark.long
@pytest.mark.skipif(not EXPECTED, reason="../shared is absent: the real filings are not part of this repository")
def test_most_cells_are_right_without_the_taxonomy() -> None:
    shared = shared_folder()
    assert shared is not None
    total = equal = 0
    for name in EXPECTED:
        folder = shared / "filings" / name
        with recto.open(folder, taxonomies=[shared / "taxonomies"], offline=True) as filing:
            right = cells(filing)
        with recto.open(folder, taxonomies=[], offline=True, use_cache=False) as filing:
            approximate = cells(filing)
            assert all(report.note for report in filing.reports), name
            assert filing.coverage().lost == 0, name
        total += right.total()
        equal += (right & approximate).total()
    percent = 100 * equal / total
    print(f"without the taxonomy: {equal:,} of {total:,} cells equal ({percent:.1f} %)")
    assert percent >= BAR
