"""Files packed one by one: what they hold is opened as if it lay there unpacked, and a bomb is not followed."""

from __future__ import annotations

import gzip
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from recto import limits
from recto.errors import SourceError, UnsafeInputError
from recto.filing import open_bytes
from recto.lake.jobs import count_jobs, jobs_of
from recto.sources import open_source
from recto.sources.gzipped import unpack
from tests.lake.test_jobs import NUMBER, SUBMISSION
from tests.sources.samples import JSON, SCHEMA, inline, instance, pack, shape, write


def test_a_document_finds_what_lies_beside_it(tmp_path: Path) -> None:
    folder = write(tmp_path, {"a b#1.htm.gz": gzip.compress(inline().encode()), "x.xsd": SCHEMA})
    source = open_source(folder / "a b#1.htm.gz")
    assert (source.name, source.entries[0].kind) == ("a b#1", "inline")
    assert source.entries[0].urls == (source.base_url + "a%20b%231.htm",)
    assert source.resolver.read(source.entries[0].urls[0]) == inline().encode()
    assert source.resolver.read(source.base_url + "x.xsd") == SCHEMA.encode()
    assert source.resolver.is_local(source.base_url + "x.xsd")


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("r.xml", instance, [("xbrl", ["r.xml"])]),
        ("r.json", lambda: JSON, [("json", ["r.json"])]),
        (f"{NUMBER}.txt", lambda: SUBMISSION, [("inline", ["x.htm"])]),
    ],
)
def test_every_kind(
    tmp_path: Path, name: str, content: Callable[[], str], expected: list[tuple[str, list[str]]]
) -> None:
    packed = gzip.compress(content().encode())
    (tmp_path / f"{name}.gz").write_bytes(packed)
    source = open_source(tmp_path / f"{name}.gz")
    assert shape(source) == expected
    with open_bytes(packed, f"{name}.gz", offline=True) as filing:
        assert shape(filing.source) == expected
    assert shape(open_source(tmp_path)) == expected, "a folder that holds nothing else"


def test_an_archive_and_several_parts(tmp_path: Path) -> None:
    data = pack(tmp_path / "f.zip", {"x.htm": inline(), "x.xsd": SCHEMA}).read_bytes()
    half = len(data) // 2
    (tmp_path / "f.zip.gz").write_bytes(gzip.compress(data[:half]) + gzip.compress(data[half:]) + b"\0" * 512)
    assert shape(open_source(tmp_path / "f.zip.gz")) == [("inline", ["x.htm"])]


@pytest.mark.parametrize("cut", [11, -4])
def test_a_damaged_one(tmp_path: Path, cut: int) -> None:
    (tmp_path / "x.htm.gz").write_bytes(gzip.compress(inline().encode())[:cut])
    with pytest.raises(SourceError, match="ends too early") as caught:
        open_source(tmp_path / "x.htm.gz")
    assert caught.value.code == "gzip:damaged"
    with pytest.raises(SourceError, match="damaged"):
        unpack(gzip.compress(b"x" * 9)[:-8] + b"\0" * 8, "x.gz")


def test_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_RATIO_FROM", 1 << 20)
    (tmp_path / "x.htm.gz").write_bytes(gzip.compress(b"<" * (4 << 20)))
    with pytest.raises(UnsafeInputError, match="250 times") as caught:
        open_source(tmp_path / "x.htm.gz")
    assert caught.value.code == "gzip:bomb"
    monkeypatch.setattr(limits, "FILE_SIZE", 1000)
    with pytest.raises(UnsafeInputError, match="more than 1000 bytes"):
        unpack(gzip.compress(bytes(range(256)) * 4), "x.gz")


def test_a_tar_is_no_filing(tmp_path: Path) -> None:
    (tmp_path / "x.nc").write_text(SUBMISSION)
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "x.nc", "x.nc")
    with pytest.raises(SourceError, match="recto ingest"):
        open_source(tmp_path / "x.tar.gz")


def test_taken_into_a_lake(tmp_path: Path) -> None:
    packed = gzip.compress(SUBMISSION.encode())
    folder = write(
        tmp_path / "all",
        {"one.txt.gz": packed, "notes.txt.gz": gzip.compress(b"hello"), f"{NUMBER[:-1]}2.nc.gz": packed[:30]},
    )
    jobs = list(jobs_of([str(folder)]))
    assert [(Path(job.location).name, job.accession) for job in jobs] == [
        (f"{NUMBER[:-1]}2.nc.gz", NUMBER[:-1] + "2"),
        ("one.txt.gz", NUMBER),
    ]
    assert count_jobs([str(folder)]) == 3
    pack(tmp_path / "many.zip", {"a.txt.gz": packed, "b.nc.gz": packed[:30], "c.txt.gz": gzip.compress(b"hello")})
    inner = list(jobs_of([str(tmp_path / "many.zip")]))
    assert [(job.location, job.data, job.code) for job in inner if not job.error] == [
        ("a.txt", SUBMISSION.encode(), "recto:source")
    ]
    assert [job.code for job in inner if job.error] == ["gzip:damaged"]
