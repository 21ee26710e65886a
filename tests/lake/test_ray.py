"""Ray's actors do what the pool's processes do."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from recto.errors import SourceError, UsageError
from recto.lake import Lake, ingest
from recto.lake.care import verify
from recto.lake.places import Place
from recto.lake.runs import reports
from recto.lake.store import Store

QUESTIONS = (
    "select * exclude (batch, run, ingested, seconds) from filings order by filing",
    "select * from facts order by filing, fact",
    "select * from cells order by all",
    "select * from findings order by all",
)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_ray_equals_the_pool(history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    """A corrupt filing, one that is too large for its worker's memory, and the rest: by both engines the same."""
    ray = pytest.importorskip("ray")
    folder = tmp_path / "filings"
    folder.mkdir()
    for path in sorted((history / "filings").iterdir())[::3]:
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "0000000001-24-000001.txt").write_bytes(b"PK\x03\x04 not a zip")
    told = {}
    for engine in ("local", "ray"):
        report = ingest([folder], tmp_path / engine, engine=engine, workers=2, **opening)
        assert (report.state, report.taken, report.failed, report.engine) == ("done", 5, 1, engine)
        assert [str(each) for each in verify(Place(tmp_path / engine))] == []
        with Lake(tmp_path / engine) as lake:
            told[engine] = [lake.sql(question).records() for question in QUESTIONS]
    assert told["ray"] == told["local"]
    assert not ray.is_initialized(), "what was started is stopped"
    few = sorted(folder.iterdir())[1:3]
    report = ingest(few, tmp_path / "small", engine="ray", workers=1, memory_each=1 << 20, **opening)
    assert {each["problem"] for each in report.failures} == {"recto:memoryLimit"}
    assert (report.failed, report.died) == (2, 2)


@pytest.mark.parametrize(
    ("address", "code", "message"),
    [
        ("not an address", "recto:cluster", "no address of a Ray cluster"),
        ("127.0.0.1:99999", "recto:cluster", "no address of a Ray cluster"),
        ("127.0.0.1:{free}", "recto:cluster", "no Ray cluster answers at 127.0.0.1"),
        ("nohost.invalid:6379", "recto:cluster", "no Ray cluster answers at nohost.invalid"),
    ],
)
def test_a_cluster_that_is_not_there(
    history: Path, opening: dict[str, Any], tmp_path: Path, address: str, code: str, message: str
) -> None:
    """It is told at once, the run is told as stopped, and the lake is as it was."""
    pytest.importorskip("ray")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        where = address.format(free=free.getsockname()[1])
        with pytest.raises((UsageError, SourceError), match=message) as caught:
            ingest([history / "filings"], tmp_path / "lake", engine="ray", address=where, **opening)
    assert caught.value.code == code
    assert [each["state"] for each in reports(Store(Place(tmp_path / "lake")))] == ["stopped"]
    with pytest.raises(UsageError, match="choose the engine ray"):
        ingest([history / "filings"], tmp_path / "lake", address="127.0.0.1:6379", **opening)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_by_its_address(
    history: Path, opening: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ray runs here for another program; by its address, this one takes part with as many workers as it has cores."""
    pytest.importorskip("ray")
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    head = subprocess.Popen([sys.executable, "-c", _HEAD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert head.stdin is not None
        assert head.stdout is not None
        address = head.stdout.readline().strip()
        few = [str(each) for each in sorted((history / "filings").iterdir())[:2]]
        where = ["--lake", str(tmp_path / "lake"), "--engine", "ray", "--address", address, "--workers", "9"]
        how = [each for path in opening["taxonomies"] for each in ("--taxonomies", str(path))]
        done = subprocess.run(
            [sys.executable, "-m", "recto", "ingest", *few, *where, *how, "--offline", "--to", "json"],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        head.communicate("done\n", timeout=60)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert [report[name] for name in ("state", "taken", "failed", "workers")] == ["done", 2, 0, 1]
    assert [str(each) for each in verify(Place(tmp_path / "lake"))] == []


_HEAD = """
import ray, sys
found = ray.init(address="local", num_cpus=1, include_dashboard=False, log_to_driver=False)
print(found.address_info["gcs_address"], flush=True)
sys.stdin.readline()
ray.shutdown()
"""


class _Errors:
    class RayError(Exception):
        pass

    class OutOfMemoryError(RayError):
        pass


@pytest.mark.parametrize(
    ("said", "error", "why"),
    [
        ("memory", _Errors.RayError("connection error code 2. End of file."), "memory"),
        (None, _Errors.RayError("Worker exits with an exit code 77."), "memory"),
        (None, _Errors.OutOfMemoryError("the node ran low"), "memory"),
        (_Errors.RayError(), _Errors.RayError("died\n  Worker exits with exit code 1.\nmore"), "killed: Worker exits"),
        (_Errors.RayError(), _Errors.RayError("died"), "killed: Ray does not say how"),
    ],
)
def test_why_an_actor_ended(said: object, error: Exception, why: str) -> None:
    """What it said itself goes before what Ray could find out."""
    from recto.lake.engines import RayEngine

    class Ray:
        exceptions = _Errors

        def get(self, watch: object, timeout: float) -> object:
            if isinstance(said, Exception):
                raise said
            return said

    engine = RayEngine.__new__(RayEngine)
    engine._ray, engine._watches = Ray(), {0: object()}
    assert engine._why(0, error).startswith(why)
