"""From a number on a page back to where it stands in the filing, and to what made it look as it does.

python examples/library/from_cell_to_filing.py [FILING TAXONOMIES]
"""

import sys
from pathlib import Path

import recto

REPORTS = Path(__file__).parents[1] / "annual-reports"
FILING, TAXONOMIES = sys.argv[1:3] or (REPORTS / "2024", REPORTS / "taxonomy")

with recto.open(FILING, taxonomies=[TAXONOMIES], offline=True) as filing:
    for report in filing.reports:
        for row in report.rows:
            for cell in row.cells:
                for fact in cell.facts:
                    print(f"{report.stem} {row.label}: {cell.text} is {fact.value}, {fact.document}:{fact.line}")
