"""The order of places; mirror folders; identity of documents."""

from pathlib import Path
from typing import Any, Never

import pytest

from recto.errors import NotFoundError
from recto.sources import Resolver, open_source
from recto.sources.places import BUILT_IN, Members, Mirror
from tests.sources.samples import CATALOG, SCHEMA, instance, pack, write

URL = "http://example.com/tax/x.xsd"


def mirror(tmp_path: Path, content: Any = "mirrored", name: Any = "mirror") -> Any:
    return write(tmp_path / name, {"example.com/tax/x.xsd": content, "example.com/a b/%y.xsd": "odd"})


def test_mirror_folders_serve_http_and_https_alike(tmp_path: Path) -> None:
    source = open_source(write(tmp_path / "f", {"x.xml": instance()}), taxonomies=[mirror(tmp_path)], offline=True)
    resolver = source.resolver
    assert resolver.read(URL) == resolver.read(URL.replace("http:", "https:")) == b"mirrored"
    assert resolver.resolve(URL.replace("http:", "https:")) == resolver.resolve(URL + "#id")
    assert not resolver.is_local(URL)
    path, size, modified = resolver.stamp(URL)
    assert (path, size) == (str(tmp_path / "mirror/example.com/tax/x.xsd"), 8)
    assert modified == (tmp_path / "mirror/example.com/tax/x.xsd").stat().st_mtime_ns


def test_encoded_names_are_found_and_lead_nowhere_else(tmp_path: Path) -> None:
    resolver = Resolver([Mirror(mirror(tmp_path))])
    write(tmp_path, {"secret.xsd": "secret"})
    assert resolver.read("http://example.com/a%20b/%25y.xsd") == b"odd"
    for url in ("http://../secret.xsd", "http://example.com/%2e%2e/../../secret.xsd", "http://example.com/tax/%00"):
        assert not resolver.exists(url)
    assert not resolver.exists("http://example.com/..%2f..%2fsecret.xsd")
    assert not resolver.exists("http://example.com/tax")


def test_the_filing_goes_before_the_mirror_and_mirrors_in_their_order(tmp_path: Path) -> None:
    base = "http://example.com/tax/"
    mirrors = [Mirror(mirror(tmp_path, "first", "m1")), Mirror(mirror(tmp_path, "second", "m2"))]
    assert Resolver(mirrors).read(URL) == b"first"
    own = Members(base, {"x.xsd": lambda: b"own"})
    resolver = Resolver([own, *mirrors], base_url=base)
    assert resolver.read(URL) == b"own"
    assert resolver.is_local(URL)
    assert resolver.stamp(URL) is None


def test_the_environment_names_taxonomies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filing = write(tmp_path / "f", {"x.xml": instance()})
    monkeypatch.setenv("RECTO_TAXONOMIES", f"{tmp_path / 'none'}:{mirror(tmp_path)}")
    with pytest.raises(NotFoundError, match="no such file or folder of taxonomies"):
        open_source(filing)
    monkeypatch.setenv("RECTO_TAXONOMIES", str(tmp_path / "mirror"))
    monkeypatch.setenv("RECTO_OFFLINE", "1")
    source = open_source(filing)
    assert source.resolver.read(URL) == b"mirrored"
    with pytest.raises(NotFoundError) as caught:
        source.resolver.read("http://example.com/other.xsd")
    assert caught.value.code == "recto:offline"
    assert "http://example.com/other.xsd" in str(caught.value)
    assert "offline" in str(caught.value)


def test_packages_lying_in_a_mirror_folder_are_used(tmp_path: Path) -> None:
    folder = mirror(tmp_path)
    pack(folder / "p.zip", {"top/META-INF/catalog.xml": CATALOG, "top/tax/y.xsd": SCHEMA})
    filing = write(tmp_path / "f", {"x.xml": instance()})
    resolver = open_source(filing, taxonomies=[folder], offline=True).resolver
    assert resolver.read("http://example.com/tax/y.xsd") == SCHEMA.encode()
    assert resolver.read(URL) == b"mirrored"


def test_what_was_found_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    class Place:
        def find(self, url: Any) -> None:
            asked.append(url)

    resolver = Resolver([Place()])
    for _ in range(3):
        assert not resolver.exists(URL)
        assert resolver.resolve(URL + "#x") == URL
    assert asked == [URL]
    resolver.add(Members("http://example.com/", {"tax/x.xsd": lambda: b"1"}))
    assert resolver.read(URL) == b"1"


def test_a_failure_is_the_same_failure_again() -> None:
    class Fetcher:
        count = 0

        def fetch(self, url: Any) -> Never:
            self.count += 1
            raise NotFoundError("gone", document=url)

    fetcher = Fetcher()
    resolver = Resolver(web=fetcher)
    for _ in range(2):
        with pytest.raises(NotFoundError, match="gone"):
            resolver.read(URL)
    assert not resolver.exists(URL)
    assert fetcher.count == 1


def test_what_exists_was_fetched_once() -> None:
    class Fetcher:
        count = 0

        def fetch(self, url: Any) -> bytes:
            self.count += 1
            return b"body"

    fetcher = Fetcher()
    resolver = Resolver(web=fetcher)
    assert resolver.exists(URL)
    assert resolver.exists(URL)
    assert resolver.read(URL) == b"body"
    assert fetcher.count == 1


def test_what_is_built_in_comes_after_the_given_taxonomies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BUILT_IN, URL, lambda: b"built in")
    filing = write(tmp_path / "f", {"x.xml": instance()})
    assert open_source(filing, offline=True).resolver.read(URL) == b"built in"
    assert open_source(filing, taxonomies=[mirror(tmp_path)], offline=True).resolver.read(URL) == b"mirrored"


def test_references_into_archives_beside_the_filing(tmp_path: Path) -> None:
    filing = write(tmp_path / "f", {"x.xml": instance("p.zip/top/x.xsd"), "q/top/y.xsd": "unpacked"})
    pack(filing / "p.zip", {"top/x.xsd": SCHEMA})
    resolver = open_source(filing, offline=True).resolver
    assert resolver.read(resolver.base_url + "p.zip/top/x.xsd") == SCHEMA.encode()
    assert resolver.is_local(resolver.base_url + "p.zip/top/x.xsd")
    assert not resolver.exists(resolver.base_url + "p.zip/top/none.xsd")
    assert resolver.read(resolver.base_url + "q/gone.zip/top/y.xsd") == b"unpacked"
    write(filing, {"bad.zip": "no archive"})
    assert not resolver.exists(resolver.base_url + "bad.zip/x.xsd")
