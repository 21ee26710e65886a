"""Fixtures that every room's tests share."""

from __future__ import annotations

import gc
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

settings.register_profile("recto", deadline=None)  # no test asserts time on the clock
settings.load_profile("recto")

gc.disable()  # collecting makes a million objects that all stay


def pytest_collection_finish() -> None:
    """The garbage collector looks at what tests make, not at the tests themselves, and as rarely as in a command."""
    gc.freeze()
    gc.set_threshold(500_000, 20, 100)
    gc.enable()


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


PROVOKED: set[str] = set()
"""Codes of all findings and errors that the tests of this run met, in its own processes."""


@pytest.fixture(scope="session", autouse=True)
def _every_code_is_in_the_catalogue() -> Iterator[None]:
    """A code without an entry, or a field of its sentence that nobody fills, fails the test that meets it."""
    from recto.errors import RectoError
    from recto.findings import Finding, Findings, catalogue
    from recto.rules import formula

    def made(code: str, *rest: Any, **more: Any) -> Finding:
        PROVOKED.add(code)
        return Finding(code, *rest, **more)

    def add(findings: Findings, finding: Finding) -> None:
        PROVOKED.add(finding.code)
        adds(findings, finding)

    def begin(error: RectoError, message: str, *, code: str | None = None, **more: Any) -> None:
        PROVOKED.add(code or error.code)
        begins(error, message, code=code, **more)

    adds, begins = Findings.add, RectoError.__init__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogue, "strict", True)
        patch.setattr(catalogue, "Finding", made)
        patch.setattr(formula, "Finding", made)
        patch.setattr(Findings, "add", add)
        patch.setattr(RectoError, "__init__", begin)
        yield


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker met goes to the process that started it."""
    PROVOKED.update(getattr(node, "workeroutput", {}).get("provoked", ()))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A run of all tests fails where a code of the catalogue was provoked by none of them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["provoked"] = sorted(PROVOKED)
    elif exitstatus == pytest.ExitCode.OK and _whole(session.config):
        missing = sorted(_codes() - PROVOKED)
        if missing:
            session.config.get_terminal_writer().line(f"\nno test provoked: {', '.join(missing)}", red=True)
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _whole(config: pytest.Config) -> bool:
    """Whether the run is of all tests, and those that need ../shared have it."""
    chosen = any(config.getoption(name, None) for name in ("keyword", "markexpr", "lf", "deselect", "collectonly"))
    return not chosen and config.args == config.getini("testpaths") and (SHARED / "unpack").exists()


def _codes() -> set[str]:
    """The catalogue's, but for families that a taxonomy or a schema names."""
    from recto.findings import catalogue

    entries = (entry for family in catalogue.families() for entry in family.entries)
    return {entry.code for entry in entries if not entry.code.endswith("*")}


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
