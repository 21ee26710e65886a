"""What may go wrong while filings are taken in: killed at any moment, two at once, a full disk, a bucket."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from recto.cli import main
from recto.errors import SourceError
from recto.lake import Lake, ingest, intake
from recto.lake.care import status, vacuum, verify
from recto.lake.compaction import compact
from recto.lake.places import Place
from recto.lake.runs import sweep
from recto.lake.schemas import TABLES
from recto.lake.store import Batch, ConflictError, Snapshot, Store
from recto.lake.worker import Plan, Worker

KILLS = int(os.environ.get("TEST_KILLS", "2"))
"""Moments at which an ingest is killed; run it with 50 after a change to what is committed when."""
SCRIPT = """
import json, sys
from msgspec import to_builtins
import recto.lake.intake as intake
intake.GATHERED, intake.COMMIT_AFTER = 400, 0.0
source, lake, taxonomies, options = sys.argv[1:]
report = intake.ingest(
    [source], lake, workers=2, taxonomies=[taxonomies], offline=True, storage_options=json.loads(options)
)
print(json.dumps(to_builtins(report)))
"""


def start(history: Path, lake: object, options: dict[str, str] | None = None) -> subprocess.Popen[str]:
    arguments = [str(history / "filings"), str(lake), str(history / "taxonomies"), json.dumps(options or {})]
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, *arguments], stdout=subprocess.PIPE, text=True, start_new_session=True
    )


def finish(process: subprocess.Popen[str]) -> Any:
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0
    return json.loads(out)


@pytest.fixture(scope="module")
def few(history: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every third of the filings, and what they need."""
    folder = tmp_path_factory.mktemp("few")
    (folder / "filings").mkdir()
    for path in sorted((history / "filings").iterdir())[::3]:
        (folder / "filings" / path.name).write_bytes(path.read_bytes())
    (folder / "taxonomies").symlink_to(history / "taxonomies")
    return folder


@pytest.fixture(scope="module")
def whole(few: Path, lake_folder: Path) -> dict[str, int]:
    """Rows of a lake of these filings."""
    return counts(lake_folder, only=[path.stem for path in (few / "filings").iterdir()])


def counts(lake: object, options: dict[str, str] | None = None, only: Sequence[str] = ()) -> dict[str, int]:
    chosen = f"where filing in {tuple(only)}" if only else ""
    with Lake(str(lake), storage_options=options) as opened:
        tables = ("filings", "facts", "texts", "cells", "arcs", "labels")
        return {name: opened.sql(f"select count(*) as n from {name} {chosen}").records()[0]["n"] for name in tables}


class Killed(BaseException):
    """What stands for a death of this process: nothing that comes after it reaches the storage."""


class Fate:
    """Ends a run at one of its steps to the storage: before it, or after it."""

    steps, at, late, dead = 0, -1, False, False

    def start(self, at: int, *, late: bool = False) -> None:
        self.steps, self.at, self.late, self.dead = 0, at, late, False

    def dying(self, method: Any) -> Any:
        def step(*args: Any, **options: Any) -> Any:
            number, self.steps = self.steps, self.steps + 1
            if self.dead or (number == self.at and not self.late):
                self.dead = True
                raise Killed
            result = method(*args, **options)
            if number == self.at:
                self.dead = True
                raise Killed
            return result

        return step


class Inline:
    """An engine without processes."""

    def __init__(self, plan: Plan, workers: int):
        self.workers = 1
        self._worker = Worker(plan)
        self._answers: list[Any] = []

    def send(self, worker: int, message: Any) -> None:
        self._answers.append((0, self._worker.handle(message)))

    def wait(self, timeout: float) -> list[tuple[int, Any]]:
        found, self._answers = self._answers, []
        return found

    def kill(self, worker: int) -> None: ...

    def stop(self) -> None: ...


def test_dead_at_any_step(
    history: Path, opening: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run dies before one of its steps to the storage, or right after it; the next one makes good."""
    monkeypatch.setattr(intake, "LocalEngine", Inline)
    monkeypatch.setattr(intake, "GATHERED", 1)
    monkeypatch.setattr(intake, "COMMIT_AFTER", 0.0)
    paths = sorted((history / "filings").iterdir())[:2]
    fate = Fate()
    for cls, name in ((Place, "write"), (Place, "remove"), (Store, "_alone")):
        monkeypatch.setattr(cls, name, fate.dying(getattr(cls, name)))
    ingest(paths, tmp_path / "whole", **opening)
    whole = counts(tmp_path / "whole")
    steps = fate.steps
    assert steps > 30
    seen = set()
    for number in (*range(1, steps, 6), steps - 1):
        lake = tmp_path / f"lake{number}"
        fate.start(number, late=bool(number % 2))
        with pytest.raises(Killed):
            ingest(paths, lake, **opening)
        fate.start(-1)
        state = status(Place(lake))
        seen.add(state.filings)
        assert [str(each) for each in verify(Place(lake))] == []
        for run in state.runs:
            assert (run["state"], run["taken"]) == ("killed" if number < steps - 1 else "done", state.filings)
        report = ingest(paths, lake, **opening)
        assert (report.taken, report.known) == (2 - state.filings, state.filings)
        assert counts(lake) == whole
        assert [str(each) for each in verify(Place(lake))] == []
        assert status(Place(lake)).left == 0
        vacuum(Place(lake), hours=0)
        listed = {
            f"{table}/{file.name}" for table, files in Store(Place(lake)).snapshot().files.items() for file in files
        }
        assert {f"{path.parent.name}/{path.name}" for path in lake.glob("*/*.parquet")} == listed
        assert not [*lake.glob("**/.*"), *lake.glob("**/*.lock")], "nothing of the interrupted run"
    assert seen == {0, 1, 2}


def test_killed_at_any_moment(few: Path, whole: dict[str, int], tmp_path: Path) -> None:
    """After each death, of this process or of all of them or of a worker, the lake is whole and has lost nothing."""
    chance = random.Random(int(os.environ.get("TEST_SEED", "13")))
    lake, number, held, hit = tmp_path / "lake0", 0, 0, Counter[str]()
    for kill in range(KILLS):
        process = start(few, lake)
        until = time.monotonic() + 60
        while not (held or any(lake.glob("facts/*.parquet"))) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(chance.uniform(0.0, 4.0 if held else 1.5))
        who = ("all", "main", "worker")[kill % 3]
        if who == "all":
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        elif who == "main":
            process.send_signal(signal.SIGKILL)
        else:
            for child in children(process.pid)[:1]:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
        out, _ = process.communicate()
        hit[who] += process.returncode != 0 or who == "worker"
        assert [str(each) for each in verify(Place(lake))] == []
        now = status(Place(lake))
        assert now.filings >= held, "nothing that was committed is lost"
        assert now.filings == sum(run["taken"] for run in now.runs), "what was told to be committed is there"
        if process.returncode == 0:
            report = json.loads(out)
            assert (report["taken"] + report["known"], report["failed"]) == (5, 0)
        held = now.filings
        if held == 5:
            assert counts(lake) == whole
            number, held = number + 1, 0
            lake = tmp_path / f"lake{number}"
    report = finish(start(few, lake))
    assert (report["state"], report["taken"] + report["known"], report["failed"]) == ("done", 5, 0)
    assert counts(lake) == whole
    assert [str(each) for each in verify(Place(lake))] == []
    assert status(Place(lake)).left == 0, "what the dead left is swept"
    compact(Place(lake), whole=True)
    vacuum(Place(lake), hours=0)
    assert counts(lake) == whole
    assert not [*lake.glob("**/.*"), *lake.glob("**/*.lock"), *lake.glob("**/*#*")]
    assert sum(hit.values()) or KILLS < 6


def children(process: int) -> list[int]:
    """Worker processes of an ingest."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            if int(path.read_text().rpartition(")")[2].split()[1]) == process:
                found.append(int(path.parent.name))
    return found


def test_two_at_once(few: Path, whole: dict[str, int], tmp_path: Path) -> None:
    running = [start(few, tmp_path / "lake") for _ in range(2)]
    done = [finish(process) for process in running]
    assert sum(each["taken"] for each in done) == 5
    assert all(each["taken"] + each["known"] == 5 for each in done)
    assert counts(tmp_path / "lake") == whole
    assert [str(each) for each in verify(Place(tmp_path / "lake"))] == []


def test_compaction_while_filings_come_in(few: Path, whole: dict[str, int], tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    process = start(few, lake)
    while process.poll() is None:
        if (lake / "footnotes" / "_delta_log").exists():
            with contextlib.suppress(ConflictError):
                compact(Place(lake), whole=True)
        time.sleep(0.1)
    assert finish(process)["taken"] == 5
    assert counts(lake) == whole
    assert [str(each) for each in verify(Place(lake))] == []


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A bucket of moto's server on this machine: what reaches it, as storage options."""
    server_module = pytest.importorskip("moto.server")
    import boto3

    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    options = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
    }
    client = boto3.client(
        "s3",
        endpoint_url=options["AWS_ENDPOINT_URL"],
        aws_access_key_id="x",
        aws_secret_access_key="x",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="filings")
    client.close()
    yield options
    server.stop()


@pytest.mark.filterwarnings("ignore")
def test_two_at_once_in_a_bucket(few: Path, whole: dict[str, int], bucket: dict[str, str]) -> None:
    url = "s3://filings/lake"
    running = [start(few, url, bucket) for _ in range(2)]
    done = [finish(process) for process in running]
    assert sum(each["taken"] for each in done) == 5
    assert counts(url, bucket) == whole
    place = Place(url, bucket)
    assert [str(each) for each in verify(place)] == []
    compact(place, whole=True)
    vacuum(place, hours=0)
    assert counts(url, bucket) == whole
    assert [str(each) for each in verify(place)] == []


def test_a_full_disk(
    history: Path,
    opening: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The run stops and says why; what was committed stays whole; with room, the rest is taken in."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=420k", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("a small tmpfs cannot be mounted here")
    try:
        arguments = ["ingest", str(history / "filings"), "--lake", str(disk / "lake"), "--workers", "1", "--offline"]
        arguments += ["--taxonomies", str(history / "taxonomies")]
        for gathered in (400, 400_000):  # it is the commit, or a worker, that finds no room
            monkeypatch.setattr(intake, "GATHERED", gathered)
            monkeypatch.setattr(intake, "COMMIT_AFTER", 0.0)
            assert main(arguments) == 2
            assert "recto:noSpace" in capsys.readouterr().err
            assert [str(each) for each in verify(Place(disk / "lake"))] == []
        held = status(Place(disk / "lake")).filings
        assert 0 < held < 15
        assert counts(disk / "lake")["filings"] == held, "it can be read"
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        report = ingest([history / "filings"], disk / "lake", workers=1, **opening)
        assert (report.taken, report.known) == (15 - held, held)
        assert [str(each) for each in verify(Place(disk / "lake"))] == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_a_run_that_seemed_dead_commits_no_more(lake_folder: Path, tmp_path: Path) -> None:
    """Of a bucket nobody can tell who holds a lock: who sweeps shuts out those whose files it takes."""
    shutil.copytree(lake_folder, tmp_path / "lake")
    slow, other = Store(Place(tmp_path / "lake")), Store(Place(tmp_path / "lake"))
    row = other.read_filings([column.name for column in TABLES["filings"]]).to_pylist()[0] | {
        "filing": "new",
        "batch": "bslowx1",
    }
    before = counts(tmp_path / "lake")
    assert other.shut_out("slow")
    assert other.shut_out("slow"), "twice is once"
    with pytest.raises(SourceError, match="no sign of life") as told:
        slow.commit([Batch("bslowx1", [], [row])], "slow")
    assert told.value.code == "recto:lakeRun"
    assert counts(tmp_path / "lake") == before
    assert slow.commit([Batch("botherx1", [], [row | {"batch": "botherx1"}])], "other") == (1, [])


def test_damaged_logs_and_no_folder(lake_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Never an empty lake in place of one whose log is gone: sweeping would take the rest."""
    lake = tmp_path / "lake"
    for table in ("filings", "facts"):
        shutil.copytree(lake_folder, lake)
        shutil.rmtree(lake / table / "_delta_log")
        assert [each.code for each in verify(Place(lake))] == ["recto:lakeLog"]
        assert main(["ingest", str(lake_folder), "--lake", str(lake)]) == 2
        assert f"that of {table} is gone" in capsys.readouterr().err
        assert any((lake / "facts").glob("*.parquet"))
        shutil.rmtree(lake)
    shutil.copytree(lake_folder, lake)
    (lake / "facts" / "_delta_log" / "00000000000000000001.json").write_text("{")
    assert {each.code for each in verify(Place(lake))} <= {"recto:lakeLog", "recto:storage"}
    assert main(["lake", "verify", "--lake", str(lake)]) == 1
    (tmp_path / "file").write_text("")
    capsys.readouterr()
    assert main(["ingest", str(lake_folder), "--lake", str(tmp_path / "file" / "lake")]) == 2
    assert "recto:storage" in capsys.readouterr().err


def test_vacuum_leaves_alone_what_is_being_made(
    lake_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A compaction has written its files and not committed them; a run has committed, and ended just now."""
    lake = tmp_path / "lake"
    shutil.copytree(lake_folder, lake)
    before, commit = counts(lake), Store._alone
    monkeypatch.setattr(Store, "_alone", lambda *given: [vacuum(Place(lake), hours=0), commit(*given)][1])
    compact(Place(lake), whole=True)
    assert counts(lake) == before
    assert [str(each) for each in verify(Place(lake))] == []
    monkeypatch.undo()
    shutil.rmtree(lake)
    shutil.copytree(lake_folder, lake)
    other = Store(Place(lake))
    snapshot = other.snapshot()
    early = {table: (snapshot.files[table] if table == "filings" else ()) for table in snapshot.files}
    views = iter([Snapshot(early, {}, {table: snapshot.files[table] for table in early if table != "filings"})])
    look = Store.snapshot
    monkeypatch.setattr(Store, "snapshot", lambda self: next(views, None) or look(self))
    assert sweep(other) == 0, "committed between looking at filings and at the lock"
    assert counts(lake) == before
