"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("recto", deadline=None)  # no test asserts time on the clock
settings.load_profile("recto")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each worker gets one stretch of the tests (`--dist worksteal`) and begins with its share of the long ones, so
    that none of them is still running when all else is done.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    total, taken, ordered = len(items), 0, list[pytest.Item]()
    for worker in range(workers):
        share = long[worker::workers]
        upto = total * (worker + 1) // workers - total * worker // workers - len(share)
        ordered += share + others[taken : taken + upto]
        taken += upto
    items[:] = ordered + others[taken:]


SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder that holds filings/, expected/, taxonomies/ and suites/; the test is skipped where it is absent."""
    unpack = SHARED / "unpack"
    if not unpack.exists():
        pytest.skip("../shared is absent: the real filings and suites are not part of this repository")
    return Path(subprocess.run([str(unpack)], check=True, capture_output=True, text=True).stdout.strip())


ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session", autouse=True)
def _cache_of_our_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests keep out of the user's cache and settings. One cache serves all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "cache"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("RECTO_TAXONOMIES", "RECTO_OFFLINE", "RECTO_IDENTITY", "RECTO_EDGAR", "RECTO_DEBUG"):
            patch.delenv(name, raising=False)
        patch.setenv("RECTO_CACHE_DIR", str(folder))
        patch.setenv("XDG_CACHE_HOME", str(folder / "home"))
        yield


@pytest.fixture(scope="session", autouse=True)
def _every_code_is_in_the_catalogue() -> Iterator[None]:
    """A code without an entry, or a field of its sentence that nobody fills, fails the test that meets it."""
    from recto.findings import catalogue

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "strict", True)
        yield


@pytest.fixture(scope="session")
def data() -> Path:
    """The repository's own small filings, and `mirror`, the stand-ins for standard taxonomies that they need."""
    return ROOT / "tests" / "data"


@pytest.fixture(scope="session")
def example() -> Path:
    """examples/subsequent-events: `filing` and `taxonomy`."""
    return ROOT / "examples" / "subsequent-events"


@pytest.fixture(scope="session")
def annual() -> Path:
    """examples/annual-reports: `2023` and `2024`, two annual reports of one company, and `taxonomy`."""
    return ROOT / "examples" / "annual-reports"


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """examples/lake's filings: `filings/ACCESSION.txt`, and the `taxonomies` they need."""
    from examples.lake.history import write

    folder = tmp_path_factory.mktemp("history")
    write(folder)
    return folder


@pytest.fixture(scope="session")
def opening(history: Path) -> dict[str, Any]:
    """Arguments of `recto.open` for these filings."""
    return {"taxonomies": [str(history / "taxonomies")], "offline": True}


@pytest.fixture(scope="session")
def lake_folder(history: Path, opening: dict, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake of all of them. Tests that change it take a copy."""
    from recto.lake import ingest

    folder = tmp_path_factory.mktemp("lake") / "lake"
    report = ingest([history / "filings"], folder, workers=2, **opening)
    assert (report.state, report.taken, report.failed) == ("done", 15, 0)
    return folder
