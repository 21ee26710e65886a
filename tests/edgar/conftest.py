from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recto.edgar import Edgar
from recto.sources import web as web_module
from recto.sources.web import Web
from tests.edgar.server import EdgarServer, row

OLD = [row(f"0000320193-0{n}-00000{n}", f"200{n}-11-02", f"200{n}-09-28", xbrl=0) for n in (1, 2, 3)]
RECENT = [
    row("0000320193-24-000123", "2024-11-01", "2024-09-28"),
    row("0000320193-23-000106", "2023-11-03", "2023-09-30"),
    row("0000320193-23-000077", "2023-08-04", "2023-07-01", "10-Q"),
    row("0000320193-23-000100", "2023-10-02", "2023-10-02", "4", xbrl=0),
    row("0001140361-23-000005", "2023-12-05", "2023-09-30", "10-K/A"),
]


@pytest.fixture
def server() -> Any:
    running = EdgarServer()
    running.company(320193, "Apple Inc.", ["AAPL"], RECENT, [OLD])
    running.company(
        1067983, "BERKSHIRE HATHAWAY INC", ["BRK-B", "BRK-A"], [row("0001-23-1", "2023-02-27", "2022-12-31")]
    )
    running.company(1, "APPLE HOSPITALITY REIT, INC.", ["APLE"], [])
    yield running
    running.stop()


@pytest.fixture
def make_web(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(web_module, "_unreachable", {})
    made = []

    def make(**options: Any) -> Any:
        slept: list[float] = []
        settings = {"identity": "Jane Doe jane@example.com", "trusted_hosts": frozenset(["127.0.0.1"])}
        web = Web(
            tmp_path / "cache", edgar=server.url, queue=tmp_path / "queue", sleep=slept.append, **settings | options
        )
        web.slept = slept
        made.append(web)
        return web

    yield make
    for web in made:
        web.close()


@pytest.fixture
def edgar(make_web: Any) -> Any:
    return Edgar(make_web())
