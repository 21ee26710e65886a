"""A lake that is asked by eight threads at once gives each what it gives to one."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from recto.lake import Lake

QUESTIONS: dict[str, Callable[[Lake], Any]] = {
    "series": lambda lake: lake.series("revenue", "QWK", frequency="quarter").records(),
    "of two": lambda lake: lake.series("net_income", ["QWK", "SLH"]).records(),
    "line items": lambda lake: lake.line_items("QWK").records(),
    "statement": lambda lake: str(lake.statement("QWK", "income")),
    "peers": lambda lake: lake.peers("revenue", 2023).records(),
    "events": lambda lake: lake.subsequent_events().records(),
    "companies": lambda lake: lake.companies().records(),
    "filings": lambda lake: lake.filings("QWK").records(),
    "concepts": lambda lake: lake.concepts("QWK").records(),
    "restatements": lambda lake: lake.restatements().records(),
    "sql": lambda lake: lake.sql("select filing, count(*) as n from facts group by all order by all").records(),
    "refresh": lambda lake: lake.refresh(),
}


def test_questions_of_eight_threads(lake_folder: Path) -> None:
    with Lake(lake_folder) as lake:
        answers = {name: ask(lake) for name, ask in QUESTIONS.items()}
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for seed in range(2):
            with Lake(lake_folder) as lake, ThreadPoolExecutor(8) as pool:

                def asked(thread: int, lake: Lake = lake, seed: int = seed) -> list[str]:
                    names = random.Random(8 * seed + thread).sample(list(QUESTIONS), len(QUESTIONS))
                    return [name for name in names if QUESTIONS[name](lake) != answers[name]]

                assert [wrong for wrong in pool.map(asked, range(8)) if wrong] == []
    finally:
        sys.setswitchinterval(before)
