"""Taking filings in: everything once, nothing lost, failures told."""

from __future__ import annotations

import gc
import json
import shutil
import socket
import threading
import time
import weakref
import zipfile
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow.parquet as pq
import pytest

import recto
from examples.lake.filings import document
from examples.lake.history import reports
from recto.cli import main
from recto.errors import NotFoundError, UsageError
from recto.lake import Lake, ingest, intake
from recto.lake.care import status, vacuum, verify
from recto.lake.compaction import compact
from recto.lake.jobs import Job, jobs_of
from recto.lake.places import Place
from recto.lake.schemas import SORTED, TABLES
from recto.lake.store import Store
from tests.edgar.server import feed_archive


def problems(folder: Any, sources: Any = None, **opening: Any) -> Any:
    jobs = jobs_of([str(each) for each in sources]) if sources else None
    return [each.code for each in verify(Place(folder), jobs, opening=opening)]


def test_the_lake_says_what_the_filings_say(lake: Lake, history: Path, opening: dict[str, Any]) -> None:
    for path in sorted((history / "filings").iterdir())[::4]:
        with recto.open(path, **opening) as filing:
            held = lake.sql("select * from facts where filing = ? order by fact", [path.stem]).records()
            assert [each["id"] for each in held] == [fact.id for fact in filing.facts]
            for row, fact in zip(held, filing.facts, strict=True):
                assert row["concept"] == fact.concept.name
                assert row["number"] == fact.number
                assert row["end"] == fact.period.last_day.date()
                assert row["line"] == fact.line
                assert len(json.loads(row["dimensions"] or "{}")) == len(fact.dimensions) == row["axes"]
            shown = lake.sql(
                "select c.text, f.id from cells c join facts f using (filing, fact) where filing = ?", [path.stem]
            ).records()
            cells = {
                (cell.text, fact.id)
                for r in filing.reports
                for row in r.rows
                for cell in row.cells
                for fact in cell.facts
            }
            assert {(row["text"], row["id"]) for row in shown if row["text"] is not None} <= cells
            assert len(shown) >= len(filing.facts) - 3


@pytest.mark.parametrize("table", [*TABLES])
def test_files_are_sorted(lake_folder: Path, table: str) -> None:
    for path in (lake_folder / table).glob("*.parquet"):
        rows = pq.read_table(path, columns=list(SORTED[table]))
        found = list(zip(*(column.to_pylist() for column in rows.itercolumns()), strict=True))
        assert found == sorted(found, key=lambda row: [(each is None, each) for each in row])


def test_filings_are_described(lake: Lake) -> None:
    row = lake.sql("select * from filings where filing = '0009990001-22-000005'").records()[0]
    assert (row["company"], row["cik"], row["ticker"]) == ("QUARRY WORKS INC.", 9990001, "QWK")
    assert (row["form"], row["amendment"], row["basis"]) == ("10-K/A", True, "us-gaap")
    assert row["accepted"].isoformat() == "2022-04-15T20:05:00+00:00", "Eastern time, in UTC"
    assert (row["fiscal_year"], row["fiscal_period"], row["fiscal_year_end"]) == (2021, "FY", "--12-31")
    years = lake.sql("select distinct taxonomy from filings order by 1").records()
    assert len(years) == 2
    assert lake.sql("select distinct concept from facts where concept like '%:Assets'").records() == [
        {"concept": "us-gaap:Assets"}
    ], "one name in all years"
    kinds = lake.sql("select statement, count(*) as n from pages where statement is not null group by 1 order by 1")
    assert [row["statement"] for row in kinds.records()] == ["balance", "cash flow", "income"]


def test_again_changes_nothing(lake_folder: Path, history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "lake"
    shutil.copytree(lake_folder, folder)
    before = {name: each["rows"] for name, each in status(Place(folder)).tables.items()}
    report = ingest([history / "filings", history / "filings"], folder, workers=2, **opening)
    assert (report.taken, report.known, report.failed) == (0, 30, 0)
    assert {name: each["rows"] for name, each in status(Place(folder)).tables.items()} == before
    assert problems(folder, [history / "filings"], **opening) == []


def test_damage_is_found(lake_folder: Path, history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "lake"
    shutil.copytree(lake_folder, folder)
    files = sorted((folder / "facts").glob("*.parquet"))
    whole = files[0].read_bytes()
    files[0].write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    assert problems(folder) == ["recto:lakeFile"]
    files[0].write_bytes(whole[:-1])
    assert problems(folder) == ["recto:lakeFile"]
    files[0].unlink()
    assert problems(folder) == ["recto:lakeFile"]
    assert main(["lake", "verify", "--lake", str(folder)]) == 1
    files[0].write_bytes(whole)
    assert problems(folder) == []
    assert main(["lake", "verify", "--lake", str(folder)]) == 0


def test_rows_that_went_wrong_are_found(
    lake_folder: Path, tmp_path: Path, history: Path, opening: dict[str, Any]
) -> None:
    folder = tmp_path / "lake"
    shutil.copytree(lake_folder, folder)
    store = Store(Place(folder))
    gone = store.snapshot().files["facts"][0]
    store.add("facts", [], [gone])
    assert {"recto:lakeRows", "recto:lakeFacts"} <= set(problems(folder))
    shutil.rmtree(folder)
    shutil.copytree(lake_folder, folder)
    store = Store(Place(folder))
    listed = store.snapshot().files["filings"][0]
    twice = store.put("filings", (folder / "filings" / listed.name).read_bytes(), "btwice", listed.rows)
    store.add("filings", [twice])
    assert "recto:lakeTwice" in problems(folder)


def test_sources_that_are_not_as_they_were(
    lake_folder: Path, history: Path, opening: dict[str, Any], tmp_path: Path
) -> None:
    path = sorted((history / "filings").iterdir())[0]
    changed = tmp_path / path.name
    changed.write_bytes(path.read_bytes().replace(b">100000000<", b">100000001<"))
    assert problems(lake_folder, [changed], **opening) == ["recto:lakeFacts"]
    other = tmp_path / "0000000001-20-000001.txt"
    other.write_bytes(path.read_bytes())
    assert problems(lake_folder, [other], **opening) == ["recto:lakeMissing"]
    changed.write_bytes(b"nothing")
    assert problems(lake_folder, [changed], **opening) == ["recto:lakeSource"]


def test_a_corrupt_filing_in_the_middle(
    history: Path, opening: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "filings"
    shutil.copytree(history / "filings", folder)
    names = sorted(folder.iterdir())
    names[3].write_bytes(names[3].read_bytes()[:300])
    names[5].write_bytes(b"PK\x03\x04 not a zip")
    lake = tmp_path / "lake"
    taxonomies = str(history / "taxonomies")
    arguments = ["ingest", str(folder), "--lake", str(lake), "--workers", "2", "--taxonomies", taxonomies, "--offline"]
    assert main([*arguments, "--to", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["taken"], report["failed"]) == (13, 2)
    assert {Path(each["source"]).name for each in report["failures"]} == {names[3].name, names[5].name}
    with Lake(lake) as opened:
        found = opened.sql(
            "select f.filing, g.code from filings f join findings g using (filing) where status = 'failed'"
        )
        assert {row["filing"] for row in found.records()} == {names[3].stem, names[5].stem}
    assert problems(lake) == []
    shutil.copy(history / "filings" / names[3].name, names[3])
    assert main(arguments) == 0, "failed filings are left alone"
    assert ingest([folder], lake, workers=1, retry_failed=True, **opening).taken == 1
    assert problems(lake, [names[3]], **opening) == []
    assert status(Place(lake)).failed == 1


def test_time_limit(history: Path, opening: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that never answers. The clock stands still, but goes two hours on when the server is asked."""
    now = [1000.0]
    monkeypatch.setattr(intake, "time", SimpleNamespace(monotonic=lambda: now[0], time=time.time))
    paths = sorted(str(each) for each in (history / "filings").iterdir())[:3]
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        held = []

        def accept() -> None:
            held.append(server.accept())
            now[0] += 7200.0

        threading.Thread(target=accept, daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}/0000000009-24-000009.txt"
        options = opening | {"offline": False}
        report = ingest([paths[0], url, *paths[1:]], tmp_path / "lake", workers=1, seconds_each=3600.0, **options)
        held[0][0].close()
    assert (report.taken, report.failed, report.died) == (3, 1, 1)
    assert report.failures[0]["problem"] == "recto:timeLimit"
    assert problems(tmp_path / "lake") == []


def test_the_start_of_a_worker_does_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it takes: hours go by before it says that it is ready."""
    now = [1000.0]
    monkeypatch.setattr(intake, "time", SimpleNamespace(monotonic=lambda: now[0], time=time.time))

    class Slow:
        workers = 1

        def __init__(self) -> None:
            self.told: list[Any] = []

        def send(self, worker: int, message: Any) -> None:
            self.told += [[], [], [(0, intake.Ready())], [(0, intake.Done("x", "known"))]]

        def wait(self, timeout: float) -> Any:
            now[0] += 7200.0 if len(self.told) == 4 else 0.0
            return self.told.pop(0) if self.told else []

        def kill(self, worker: int) -> None:
            raise AssertionError("it has not begun")

        def stop(self) -> None:
            pass

    report = intake.Report("run", "now")
    store = Store(Place(tmp_path), create=True)
    intake._Run(store, Slow(), report, iter([Job("x", "x")]), 3600.0, None).work()
    assert (report.known, report.died) == (1, 0)


def test_memory_limit(history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    """A filing of a hundred thousand facts, where each may take a little more than a small one does."""
    report = next(reports())
    documents = document(report)
    name = next(iter(documents))
    line = next(line for line in documents[name].splitlines() if "Assets" in line)
    documents[name] = documents[name].replace(
        line, "\n".join(line.replace('id="', f'id="x{number}') for number in range(100_000))
    )
    big = tmp_path / "0000000001-24-000001"
    big.mkdir()
    for name, text in documents.items():
        (big / name).write_text(text)
    paths = sorted(str(each) for each in (history / "filings").iterdir())[:3]
    report = ingest([paths[0], str(big), *paths[1:]], tmp_path / "lake", workers=1, memory_each=230 << 20, **opening)
    assert (report.taken, report.failed, report.died) == (3, 1, 1)
    assert report.failures[0] == {
        "filing": "0000000001-24-000001",
        "source": str(big),
        "problem": "recto:memoryLimit",
    }
    assert problems(tmp_path / "lake") == []


def test_a_worker_that_dies(
    history: Path, opening: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it had gathered is done again; what kills it twice is told."""
    from recto.lake import engines, worker

    launched = []
    popen = engines.subprocess.Popen

    def start(arguments: Any, **options: Any) -> Any:
        script = (
            "import os\nfrom recto.lake import worker\ntake = worker.Worker.take\n"
            "worker.Worker.take = lambda self, job: os.abort() if '-22-000005' in job.source else take(self, job)\n"
            "worker.main()"
        )
        launched.append(1)
        return popen([arguments[0], "-c", script], **options)

    monkeypatch.setattr(engines.subprocess, "Popen", start)
    report = ingest([history / "filings"], tmp_path / "lake", workers=1, **opening)
    assert (report.taken, report.failed, report.died, len(launched)) == (14, 1, 2, 3)
    assert report.failures[0]["problem"] == "recto:workerDied"
    assert worker.KILLED not in (0, 1)
    assert engines._ended_by(-6) == "SIGABRT"
    assert "memory" in engines._ended_by(-9)
    assert engines._ended_by(3) == "exit status 3"
    assert engines._ended_by(-200) == "signal 200"
    assert problems(tmp_path / "lake") == []


def test_every_kind_of_source(history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    paths = sorted((history / "filings").iterdir())
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "20240102.nc.tar.gz").write_bytes(feed_archive({f"{p.stem}.nc": p.read_bytes() for p in paths[:2]}))
    unpacked = folder / "deep" / "qwk"
    unpacked.mkdir(parents=True)
    for name, text in document(list(reports())[2]).items():
        (unpacked / name).write_text(text)
    inner = tmp_path / "one.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        for name, text in document(list(reports())[3]).items():
            archive.writestr(name, text)
    with zipfile.ZipFile(tmp_path / "deeper.zip", "w") as archive:
        archive.write(paths[5], paths[5].name)
    with zipfile.ZipFile(folder / "many.zip", "w") as archive:
        archive.write(inner, "a/one.zip")
        archive.write(tmp_path / "deeper.zip", "deeper.zip")
        archive.write(paths[4], paths[4].name)
        archive.writestr("a/broken.zip", b"PK")
        archive.writestr("README.txt", b"what these are")
    (folder / "readme.txt").write_text("what these are")
    report = ingest([folder, tmp_path / "nowhere"], tmp_path / "lake", workers=1, **opening)
    assert (report.taken, report.failed) == (6, 2), report.failures
    with Lake(tmp_path / "lake") as lake:
        rows = lake.sql("select filing, source, digest from filings where status = 'ok' order by source").records()
        assert [row["filing"].partition("~")[0] for row in rows] == [
            paths[0].stem,
            paths[1].stem,
            "qwk",
            paths[4].stem,
            "one.zip",
            paths[5].stem,
        ]
        assert {row["source"] for row in rows} >= {f"{folder}/many.zip/deeper.zip/{paths[5].name}"}
        assert all(len(row["digest"]) == 64 for row in rows)
    assert problems(tmp_path / "lake") == []
    assert ingest([folder], tmp_path / "lake", workers=1, **opening).taken == 0
    command = [
        "ingest",
        str(folder),
        "--lake",
        str(tmp_path / "other"),
        "--workers",
        "1",
        "--offline",
        "--language",
        "en",
    ]
    assert main([*command, "--taxonomies", str(opening["taxonomies"][0])]) == 1, "the broken one"
    with Lake(tmp_path / "lake") as one, Lake(tmp_path / "other") as other:
        query = (
            "select filing, status, problem, facts, checksum from filings where filing not like 'nowhere%' order by 1"
        )
        assert other.sql(query).records() == one.sql(query).records()
        key = paths[0].stem
        with other.open(key, language="en", regime="sec", **opening) as filing:
            assert (
                len(filing.facts)
                == other.sql("select facts from filings where filing = ?", [key]).records()[0]["facts"]
            )
    command = ["lake", "verify", str(folder), "--lake", str(tmp_path / "other"), "--offline"]
    assert main([*command, "--taxonomies", str(opening["taxonomies"][0])]) == 0


def test_without_pages(history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    path = sorted((history / "filings").iterdir())[0]
    ingest([path], tmp_path / "lake", workers=1, pages=False, **opening)
    with Lake(tmp_path / "lake") as lake:
        assert lake.sql("select count(*) as n from cells").records() == [{"n": 0}]
        assert lake.sql("select count(*) as n from facts").records() == [{"n": 25}]


def test_compaction_and_vacuum(history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "lake"
    for path in sorted((history / "filings").iterdir()):
        ingest([path], folder, workers=1, **opening) if path.stem.endswith("1") else None
    ingest([history / "filings"], folder, workers=2, **opening)
    before = {name: each["rows"] for name, each in status(Place(folder)).tables.items()}
    reader = Lake(folder)
    done = compact(Place(folder), whole=True)
    assert done["facts"][0] > 1
    assert done["facts"][1] == 1
    after = status(Place(folder))
    assert {name: each["rows"] for name, each in after.tables.items()} == before
    assert problems(folder, [history / "filings"], **opening) == []
    assert reader.sql("select count(*) as n from facts").records()[0]["n"] == before["facts"], "a reader goes on"
    assert vacuum(Place(folder)) == []
    old = vacuum(Place(folder), hours=0, dry=True)
    assert vacuum(Place(folder), hours=0) == old != []
    assert problems(folder) == []
    reader.close()
    assert ingest([history / "filings"], folder, workers=1, **opening).taken == 0


def test_commands(lake_folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["lake", "status", "--lake", str(lake_folder)]) == 0
    assert "15 filings, 0 failed" in capsys.readouterr().out
    assert main(["lake", "status", "--lake", str(lake_folder), "--to", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["state"] == "done"
    query = "select filing, number from facts where concept = 'us-gaap:Assets' order by \"end\" limit 1"
    assert main(["sql", query, "--lake", str(lake_folder)]) == 0
    assert capsys.readouterr().out.splitlines()[2] == "0009990001-21-000001  500,000,000"
    for form in ("csv", "json"):
        assert main(["sql", query, "--lake", str(lake_folder), "--to", form]) == 0
        assert "500000000" in capsys.readouterr().out
    path = tmp_path / "x.parquet"
    assert main(["sql", query, "--lake", str(lake_folder), "-o", str(path)]) == 0
    import pyarrow.parquet as pq

    assert pq.read_table(path).to_pylist()[0]["number"] == Decimal(500_000_000)
    assert main(["sql", "selec 1", "--lake", str(lake_folder)]) == 2
    assert main(["sql", "select 1", "--lake", str(tmp_path / "none")]) == 2
    assert main(["lake", "compact", "--lake", str(tmp_path / "none")]) == 2
    with pytest.raises(NotFoundError):
        Lake(tmp_path / "none")
    with pytest.raises(UsageError):
        ingest([Path("x")], tmp_path / "other", engine="spark")


def test_jobs_with_errors_are_failures(tmp_path: Path) -> None:
    job = Job("x", "x", "0000000001-24-000009", error="cannot be had", code="recto:http")
    report = ingest(iter([job]), tmp_path / "lake", workers=1)
    assert report.failures == [{"filing": "0000000001-24-000009", "source": "x", "problem": "recto:http"}]


def test_a_dissolved_filing_needs_no_garbage_collector(history: Path, opening: dict[str, Any]) -> None:
    """A worker reads thousands of filings: what one of them was must be gone before the next."""
    source = sorted((history / "filings").iterdir())[0]
    filing = recto.open(source, **opening)
    assert filing.reports
    held = [weakref.ref(each) for each in (filing, filing.taxonomy)]
    gc.disable()
    try:
        filing.dissolve()
        del filing
        assert [each() for each in held] == [None] * len(held)
    finally:
        gc.enable()
