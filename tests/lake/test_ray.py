"""Ray's actors do what the pool's processes do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recto.lake import Lake, ingest
from recto.lake.care import verify
from recto.lake.places import Place

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
