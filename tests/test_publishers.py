"""Addresses of published taxonomies, and which of them a missing document belongs to."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

import recto
from recto import NotFoundError, SourceError, UsageError, installed
from recto.cli import main
from recto.publishers import PUBLISHED, publisher_of
from recto.sources.web import Web


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


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Any = self.server
        body = server.files.get(self.path)
        self.send_response(404 if body is None else 200)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write((body or b"")[: server.most])

    def log_message(self, *arguments: object) -> None: ...


@pytest.fixture
def server() -> Iterator[Any]:
    """A web server on this machine, with files by path; `most` bytes of each are sent."""
    made: Any = HTTPServer(("127.0.0.1", 0), _Handler)
    made.files, made.most = {}, None
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()
    thread.join()


def _web(folder: Path, **options: Any) -> Web:
    return Web(folder, trusted_hosts=frozenset(["127.0.0.1"]), sleep=lambda seconds: None, **options)


def test_over_http(server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fetched whole or not at all: a damaged, cut off or missing archive leaves what was there before."""
    address = f"http://127.0.0.1:{server.server_address[1]}/2024.zip"
    published = structs.replace(PUBLISHED["sec-2024"], url=address)
    monkeypatch.setitem(PUBLISHED, "sec-2024", published)
    schema = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="http://xbrl.sec.gov/dei/2024"/>'
    good = archive(**{"2024__dei__2024__dei-2024_xsd": schema})
    server.files["/2024.zip"] = good
    path = installed.get("sec-2024", tmp_path, web=_web(tmp_path))
    kept = path.read_bytes()
    for damaged in (b"no archive at all", good[:-30], archive(other="x")):
        server.files["/2024.zip"] = damaged
        with pytest.raises(SourceError):
            installed.get("sec-2024", tmp_path, web=_web(tmp_path))
    del server.files["/2024.zip"]
    with pytest.raises(NotFoundError):
        installed.get("sec-2024", tmp_path, web=_web(tmp_path))
    with pytest.raises(NotFoundError, match="offline"):
        installed.get("sec-2024", tmp_path, web=_web(tmp_path, offline=True))
    assert path.read_bytes() == kept
    assert [each.name for each in path.parent.iterdir()] == ["sec-2024.zip"]


def test_the_command_tells_size_terms_and_what_was_meant(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["taxonomy", "get"]) == 0
    listed = capsys.readouterr().out
    assert all(each in listed for each in ("us-gaap-2024", "7.1 MB", "terms"))
    assert main(["taxonomy", "get", "us-gap-2024"]) == 2
    assert "did you mean us-gaap-2024" in capsys.readouterr().err
