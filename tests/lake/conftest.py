from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from examples.lake.history import write
from recto.lake import Lake, ingest


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/lake's filings: `filings/ACCESSION.txt`, and the `taxonomies` they need."""
    folder = tmp_path_factory.mktemp("history")
    write(folder)
    return folder


@pytest.fixture(scope="session")
def opening(history: Path) -> dict:
    """Arguments of `recto.open` for these filings."""
    return {"taxonomies": [str(history / "taxonomies")], "offline": True}


@pytest.fixture(scope="session")
def lake_folder(history: Path, opening: dict, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of all of them. Tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("lake") / "lake"
    report = ingest([history / "filings"], folder, workers=2, **opening)
    assert (report.state, report.taken, report.failed) == ("done", 15, 0)
    return folder


@pytest.fixture
def lake(lake_folder: Path) -> Any:
    with Lake(lake_folder) as opened:
        yield opened
