"""One filing, asked by many threads: everything is made once, and all get the same.

python examples/library/many_threads.py [FILING TAXONOMIES]
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import recto

REPORTS = Path(__file__).parents[1] / "annual-reports"
FILING, TAXONOMIES = sys.argv[1:3] or (REPORTS / "2024", REPORTS / "taxonomy")

with recto.open(FILING, taxonomies=[TAXONOMIES], offline=True) as filing, ThreadPoolExecutor(8) as pool:
    titles = list(pool.map(lambda _: [report.title for report in filing.reports], range(8)))
    assert all(each == titles[0] for each in titles)
    print(len(titles[0]), "pages, eight times the same")
