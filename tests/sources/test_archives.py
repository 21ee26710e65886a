"""Zip archives as filings, and what makes one hostile."""

import io
import stat
import warnings
import zipfile
from pathlib import Path
from typing import Any

import pytest

import recto
from recto import limits
from recto.errors import SourceError, UnsafeInputError
from recto.sources import open_source
from recto.sources.archive import Archive
from tests.sources.samples import JSON, SCHEMA, codes, inline, instance, pack, shape

FILING = {"x.htm": inline(), "x_htm.xml": instance(), "x.xsd": SCHEMA, "pic.jpg": b"\xff\xd8"}


def test_a_filing_zip(tmp_path: Path) -> None:
    source = open_source(pack(tmp_path / "f.zip", FILING))
    assert shape(source) == [("inline", ["x.htm"])]
    assert source.base_url == (tmp_path / "f.zip").as_uri() + "/"
    assert source.resolver.read(source.base_url + "x.xsd") == SCHEMA.encode()
    assert source.resolver.is_local(source.base_url + "x.xsd")
    assert source.files["pic.jpg"]() == b"\xff\xd8"
    assert not len(source.findings)
    source.close()


def test_a_zip_with_a_folder_inside_and_odd_names(tmp_path: Path) -> None:
    source = open_source(pack(tmp_path / "f.ZIP", {"my filing/a b#1.xml": instance(), "my filing/x.xsd": SCHEMA}))
    assert source.entries[0].urls == (source.base_url + "my%20filing/a%20b%231.xml",)
    assert source.resolver.exists(source.entries[0].urls[0])


def test_a_zip_by_another_name(tmp_path: Path) -> None:
    assert shape(open_source(pack(tmp_path / "filing.bin", FILING))) == [("inline", ["x.htm"])]


def test_documents_of_archives_do_not_read_local_files(tmp_path: Path) -> None:
    (tmp_path / "secret.xsd").write_text("secret")
    source = open_source(pack(tmp_path / "f.zip", FILING), offline=True)
    assert not source.resolver.exists((tmp_path / "secret.xsd").as_uri())
    assert not source.resolver.exists(source.base_url + "../secret.xsd")


def test_archives_inside_archives_stay_closed(tmp_path: Path) -> None:
    inner = pack(tmp_path / "inner.zip", FILING).read_bytes()
    source = open_source(pack(tmp_path / "f.zip", {"inner.zip": inner}))
    assert source.entries == []
    assert codes(source.findings) == ["recto:noReport"]
    assert source.files["inner.zip"]() == inner


@pytest.mark.parametrize(
    "data", [b"", b"not a zip", b"PK\x03\x04 truncated", b"PK\x05\x06"], ids=["empty", "text", "truncated", "end only"]
)
def test_what_is_no_archive(tmp_path: Path, data: Any) -> None:
    (tmp_path / "x.xbri").write_bytes(data)
    with pytest.raises(SourceError) as caught:
        open_source(tmp_path / "x.xbri")
    assert caught.value.code == "rpe:invalidArchiveFormat"


def test_a_cut_zip(tmp_path: Path) -> None:
    data = pack(tmp_path / "f.zip", FILING).read_bytes()
    (tmp_path / "f.zip").write_bytes(data[: len(data) // 2])
    with pytest.raises(SourceError) as caught:
        open_source(tmp_path / "f.zip")
    assert caught.value.code == "zip:damaged"


def test_a_damaged_member(tmp_path: Path) -> None:
    path = pack(tmp_path / "f.zip", FILING)
    data = bytearray(path.read_bytes())
    at = data.index(b"x.htm") + 20
    data[at : at + 8] = b"\0" * 8
    path.write_bytes(data)
    source = open_source(path)
    assert codes(source.findings)[0] == "zip:damaged"
    assert next(iter(source.findings)).document.endswith("f.zip/x.htm")
    with pytest.raises(SourceError, match="damaged"):
        source.files["x.htm"]()


def archive_of(*members: Any) -> Any:
    """An archive whose members have just these names and attributes, as hostile as one likes."""
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")
        for name, attributes in members:
            info = zipfile.ZipInfo("x")
            info.filename = name
            info.external_attr = attributes << 16
            archive.writestr(info, "x")
    return file.getvalue()


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ([("../evil.xml", 0)], "zip:pathTraversal"),
        ([("a/../../evil.xml", 0)], "zip:pathTraversal"),
        ([("a/..\\..\\evil.xml", 0)], "zip:pathTraversal"),
        ([("/etc/passwd", 0)], "zip:absolutePath"),
        ([("C:\\evil.xml", 0)], "zip:absolutePath"),
        ([("link.xml", stat.S_IFLNK | 0o777)], "zip:link"),
        ([("a.xml", 0), ("a.xml", 0)], "zip:duplicate"),
    ],
)
def test_hostile_names_are_refused(tmp_path: Path, members: Any, code: Any) -> None:
    path = tmp_path / "f.zip"
    path.write_bytes(archive_of(("x.xml", 0), *members))
    with pytest.raises(UnsafeInputError) as caught:
        open_source(path)
    assert (caught.value.code, caught.value.document) == (code, str(path))


def test_odd_names_are_read_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "f.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("./x.xml", instance())
    source = open_source(path)
    assert shape(source) == [("xbrl", ["x.xml"])]
    assert codes(source.findings) == ["zip:dotSegment"]
    assert [problem.code for problem in Archive(archive_of(("a\\b.xml", 0))).problems] == ["zip:backslash"]
    assert [problem.code for problem in Archive(archive_of(("a", 0), ("a/b", 0))).problems] == ["zip:duplicate"]


def test_encrypted_archives_are_refused(tmp_path: Path) -> None:
    data = bytearray(pack(tmp_path / "f.zip", {"x.xml": instance()}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "f.zip").write_bytes(data)
    with pytest.raises(UnsafeInputError) as caught:
        open_source(tmp_path / "f.zip")
    assert caught.value.code == "zip:encrypted"


def test_bombs_are_refused_before_they_unpack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pack(tmp_path / "f.zip", {"x.xml": b" " * (40 << 20)})
    with pytest.raises(UnsafeInputError) as caught:
        open_source(path)
    assert caught.value.code == "zip:bomb"
    monkeypatch.setattr(limits, "ARCHIVE_SIZE", 1000)
    with pytest.raises(UnsafeInputError, match="unpack to"):
        open_source(pack(tmp_path / "g.zip", FILING | {"y.txt": "y" * 1000}))


def test_overlapping_members_are_refused() -> None:
    with zipfile.ZipFile(io.BytesIO(), "w") as archive:
        archive.writestr("a", "a" * 1000)
        archive.fp.seek(0, 2)
        for number in range(50):
            info = zipfile.ZipInfo(f"b{number}")
            first = archive.infolist()[0]
            info.header_offset, info.CRC = first.header_offset, first.CRC
            info.file_size, info.compress_size = first.file_size, first.compress_size
            archive.filelist.append(info)
        buffer = archive.fp
        archive._didModify = True
        archive.start_dir = buffer.tell()
        archive.close()
        with pytest.raises(UnsafeInputError) as caught:
            Archive(buffer.getvalue()).require_safe()
    assert caught.value.code == "zip:bomb"


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ARCHIVE_MEMBERS", 3)
    with pytest.raises(UnsafeInputError):
        Archive(archive_of(*((str(number), 0) for number in range(4))))


def test_a_member_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = pack(tmp_path / "f.zip", {"x.json": JSON})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")
    with pytest.raises(SourceError):
        Archive(bytes(data))["x.json"]()


def test_what_was_closed_says_so(tmp_path: Path) -> None:
    """It is not damaged, and what was read before stays."""
    with recto.open(pack(tmp_path / "f.zip", {"x.xml": instance(), "x.xsd": SCHEMA}), offline=True) as filing:
        pass
    with pytest.raises(SourceError, match="was closed before it was asked for") as caught:
        _ = filing.instances
    assert caught.value.code == "recto:closed"
    with recto.open(tmp_path / "f.zip", offline=True) as filing:
        assert len(filing.instances) == 1
    assert len(filing.instances) == 1
