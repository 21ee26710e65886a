"""The README's example of the library: pages, facts, cells and findings of a filing.

python examples/library/first_steps.py [FILING TAXONOMIES PAGES]
"""

import sys
from pathlib import Path

import recto

REPORTS = Path(__file__).parents[1] / "annual-reports"
FILING, TAXONOMIES, PAGES = sys.argv[1:4] or (REPORTS / "2024", REPORTS / "taxonomy", "pages")

with recto.open(FILING, taxonomies=[TAXONOMIES], offline=True) as filing:
    for report in filing.reports:
        print(report.stem, report.title)

    for fact in filing.facts:
        if fact.number is not None and fact.unit is not None and fact.period is not None:
            print(fact.qname.local, fact.number, fact.unit.id, fact.period.last_day, f"{fact.document}:{fact.line}")

    sheet = filing.report(2)
    for row in sheet.rows:
        print(row.label, [cell.text for cell in row.cells])

    for finding in filing.validate():
        print(finding)

    filing.render(PAGES)
