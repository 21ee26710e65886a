"""One filing, asked by many threads: everything is made once, and all get the same.

python examples/library/many_threads.py FILING TAXONOMIES
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import recto

with recto.open(sys.argv[1], taxonomies=[sys.argv[2]], offline=True) as filing, ThreadPoolExecutor(8) as pool:
    titles = list(pool.map(lambda _: [report.title for report in filing.reports], range(8)))
    assert all(each == titles[0] for each in titles)
    print(len(titles[0]), "pages, eight times the same")
