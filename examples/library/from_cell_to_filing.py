"""From a number on a page back to where it stands in the filing, and to what made it look as it does.

python examples/library/from_cell_to_filing.py FILING TAXONOMIES
"""

import sys

import recto

with recto.open(sys.argv[1], taxonomies=[sys.argv[2]], offline=True) as filing:
    for report in filing.reports:
        for row in report.rows:
            for cell in row.cells:
                for fact in cell.facts:
                    print(f"{report.stem} {row.label}: {cell.text} is {fact.value}, {fact.document}:{fact.line}")
