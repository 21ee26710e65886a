"""Addresses of published taxonomies, and which of them a missing document belongs to."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

import recto
from recto import NotFoundError, SourceError, UsageError, installed
from recto.publishers import PUBLISHED, publisher_of


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd", "us-gaap-2024"),
        ("https://xbrl.sec.gov/dei/2023/dei-2023.xsd", "sec-2023"),
        ("http://www.esma.europa.eu/taxonomy/2021-03-24/esef_cor.xsd", "esef-2021"),
        ("https://xbrl.ifrs.org/taxonomy/2022-03-24/full_ifrs/full_ifrs-cor_2022-03-24.xsd", "ifrs-2022"),
        ("https://xbrl.frc.org.uk/FRS-102/2025-01-01/FRS-102-2025-01-01.xsd", "frc-2025"),
        ("https://eCollection.ferc.gov/taxonomy/form1/2022-01-01/form/form1/form-1_2022-01-01.xsd", "ferc-form1-2022"),
        ("https://xbrl.fasb.org/us-gaap/1999/x.xsd", None),
        ("https://example.org/us-gaap/2024/x.xsd", None),
    ],
)
def test_publisher_of(url: str, name: str | None) -> None:
    assert publisher_of(url) == name


def test_every_entry_can_be_fetched_and_has_terms() -> None:
    for name, each in PUBLISHED.items():
        assert name == each.name
        assert each.url.startswith(("https://", "http://"))
        assert each.terms
        assert each.is_package or each.url.endswith(".xsd")
        assert bool(each.base) == bool(each.probe)


class Server:
    """Stands for the web: gives one archive, and notes what it was asked for."""

    def __init__(self, archive: bytes) -> None:
        self.archive = archive
        self.asked: list[str] = []

    def download(self, url: str, path: Path, progress: object = None) -> Path:
        self.asked.append(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.archive)
        return path


def archive(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/").replace("_xsd", ".xsd"), text)
    return buffer.getvalue()


def test_an_archive_without_a_catalog_gets_one(tmp_path: Path) -> None:
    schema = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://xbrl.sec.gov/dei/2024"/>'
    server = Server(archive(**{"2024__dei__2024__dei-2024_xsd": schema}))
    path = installed.get("sec-2024", tmp_path, web=server)
    assert path == tmp_path / "packages" / "sec-2024.zip"
    assert server.asked == ["https://xbrl.sec.gov/2024.zip"]
    assert [each.name for each in path.parent.iterdir()] == ["sec-2024.zip"]
    taxonomy = recto.open(_report(tmp_path), cache_dir=tmp_path, offline=True).taxonomy
    assert "https://xbrl.sec.gov/dei/2024/dei-2024.xsd" in taxonomy.documents


def _report(folder: Path) -> Path:
    path = folder / "i.xbrl"
    path.write_text(
        '<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:link="http://www.xbrl.org/2003/linkbase"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"><link:schemaRef xlink:type="simple"'
        ' xlink:href="https://xbrl.sec.gov/dei/2024/dei-2024.xsd"/></xbrl>'
    )
    return path


def test_what_cannot_be_used_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not hold dei/2024"):
        installed.get("sec-2024", tmp_path, web=Server(archive(other="x")))
    with pytest.raises(SourceError):
        installed.get("us-gaap-2024", tmp_path, web=Server(b"no archive"))
    with pytest.raises(UsageError, match="no published taxonomy"):
        installed.get("mars-2024", tmp_path)
    with pytest.raises(NotFoundError, match="offline"):
        installed.get("us-gaap-2024", tmp_path, offline=True)
    assert not list((tmp_path / "packages").glob("*"))
