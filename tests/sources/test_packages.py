"""Taxonomy packages: catalogs, metadata, and their codes."""

import os
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from recto.errors import SourceError, UnsafeInputError
from recto.findings import Findings
from recto.sources import open_source
from recto.sources.archive import Archive
from recto.sources.packages import Packages, open_package
from recto.taxonomy import load
from recto.taxonomy.store import Store
from tests.sources.samples import CATALOG, PACKAGE, SCHEMA, codes, instance, pack, shape, write

URL = "http://example.com/tax/x.xsd"
FILES = {"top/META-INF/catalog.xml": CATALOG, "top/META-INF/taxonomyPackage.xml": PACKAGE, "top/tax/x.xsd": SCHEMA}


def catalog(*rules: tuple[str, str], base: str = "") -> str:
    lines = "".join(f'\n<rewriteURI uriStartString="{start}" rewritePrefix="{to}"/>' for start, to in rules)
    return f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"{base}>{lines}\n</catalog>'


@pytest.mark.parametrize("form", ["zip", "folder", "parent of folder"])
def test_a_package_serves_what_its_catalog_rewrites(tmp_path: Path, form: Any) -> None:
    if form == "zip":
        path = pack(tmp_path / "p.zip", FILES)
    else:
        path = write(tmp_path / "p", FILES)
        path = path / "top" if form == "folder" else path
    filing = write(tmp_path / "f", {"x.xml": instance()})
    source = open_source(filing, taxonomies=[path], offline=True)
    assert not len(source.findings)
    assert source.resolver.read(URL) == SCHEMA.encode()
    assert not source.resolver.exists("http://example.com/tax/none.xsd")
    assert not source.resolver.exists("https://example.com/tax/x.xsd")
    assert not source.resolver.is_local(URL)
    file, size, modified = source.resolver.stamp(URL)
    on_disk = path if form == "zip" else Path(file)
    assert (size, modified) == (len(SCHEMA), on_disk.stat().st_mtime_ns)
    if form == "zip":
        assert file == f"{path}/top/tax/x.xsd#{crc32(SCHEMA.encode()):08x}"


def test_documents_of_a_package_are_unpacked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their compiled form is found again by what the archive says of them; another archive in its place is read."""
    read: list[str] = []
    unpack = Archive._read

    def told(self: Archive, name: str, member: Any) -> bytes:
        read.append(name)
        return unpack(self, name, member)

    monkeypatch.setattr(Archive, "_read", told)
    filing = write(tmp_path / "f", {"x.xml": instance()})

    def elements(*names: str) -> tuple[list[str], bool]:
        """What the schema declares, and whether it was unpacked; it is packed anew with other names where any are."""
        path = tmp_path / "p.zip"
        if names:
            declared = "".join(f'<xs:element name="{name}"/>' for name in names)
            schema = SCHEMA.replace("/>", f">{declared}</xs:schema>")
            pack(path, FILES | {"top/tax/x.xsd": schema})
            os.utime(path, (1_600_000_000, 1_600_000_000))
        resolver = open_source(filing, taxonomies=[path], offline=True).resolver
        read.clear()
        dts = load([URL], resolver, store=Store(tmp_path / "cache"))
        return [document.compiled.element_name(at) for document, at in dts.elements()], "top/tax/x.xsd" in read

    assert elements("one", "two") == (["one", "two"], True)
    assert elements() == (["one", "two"], False)
    assert elements("one", "six") == (["one", "six"], True)
    assert elements() == (["one", "six"], False)


def test_a_rewritten_document_has_one_identity(tmp_path: Path) -> None:
    path = pack(tmp_path / "p.zip", FILES)
    resolver = open_source(write(tmp_path / "f", {"x.xml": instance()}), taxonomies=[path], offline=True).resolver
    inside = path.as_uri() + "/top/tax/x.xsd"
    assert resolver.resolve(URL) == URL
    assert resolver.resolve(inside) == URL
    assert resolver.read(inside) == SCHEMA.encode()


def test_the_longest_prefix_of_all_packages_applies(tmp_path: Path) -> None:
    short = {"a/META-INF/catalog.xml": catalog(("http://h/", "../all/")), "a/all/x/y.xsd": "short", "a/all/z.xsd": "z"}
    long = {"b/META-INF/catalog.xml": catalog(("http://h/x/", "../x/")), "b/x/y.xsd": "long"}
    findings = Findings()
    paths = [pack(tmp_path / "a.zip", short), pack(tmp_path / "b.zip", long)]
    for order in (paths, paths[::-1]):
        packages = Packages(open_package(path, findings) for path in order)
        assert packages.find("http://h/x/y.xsd").read() == b"long"
        assert packages.find("http://h/z.xsd").read() == b"z"
        assert packages.find("http://h/x/none.xsd") is None
    assert not len(findings)


def test_rewritten_prefixes_resolve_against_the_catalog_and_xml_base(tmp_path: Path) -> None:
    files = {
        "top/META-INF/catalog.xml": catalog(("http://h/a/", "./"), base=' xml:base="../sub/"'),
        "top/sub/x.xsd": "in sub",
    }
    packages = Packages([open_package(pack(tmp_path / "p.zip", files), Findings())])
    assert packages.find("http://h/a/x.xsd").read() == b"in sub"


def test_no_rule_leads_out_of_the_package(tmp_path: Path) -> None:
    write(tmp_path, {"secret.xsd": "secret", "p/top/META-INF/catalog.xml": catalog(("http://h/", "../../../"))})
    packed = pack(tmp_path / "p.zip", {"top/META-INF/catalog.xml": catalog(("http://h/", "../../../"))})
    for path in (tmp_path / "p", packed):
        assert Packages([open_package(path, Findings())]).find("http://h/secret.xsd") is None


def test_links_in_a_package_folder_do_not_lead_out(tmp_path: Path) -> None:
    write(tmp_path, {"secret.xsd": "secret"} | {f"p/{name}": content for name, content in FILES.items()})
    (tmp_path / "p/top/tax/link.xsd").symlink_to(tmp_path / "secret.xsd")
    packages = Packages([open_package(tmp_path / "p", Findings())])
    assert packages.find("http://example.com/tax/link.xsd") is None


def test_metadata(tmp_path: Path) -> None:
    findings = Findings()
    metadata = open_package(pack(tmp_path / "p.zip", FILES), findings).metadata(findings)
    assert (metadata.identifier, metadata.names, metadata.version) == (
        "http://example.com/package",
        {"en": "Example"},
        "1",
    )
    (entry_point,) = metadata.entry_points
    assert (entry_point.names, entry_point.urls) == ({"en": "All"}, (URL,))
    assert not len(findings)


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("<broken", "tpe:invalidMetaDataFile"),
        ("<other/>", "tpe:invalidMetaDataFile"),
        (PACKAGE.replace("<tp:identifier>http://example.com/package</tp:identifier>", ""), "tpe:invalidMetaDataFile"),
        (PACKAGE.replace(' href="http://example.com/tax/x.xsd"', ""), "tpe:invalidMetaDataFile"),
        (PACKAGE.replace(' xml:lang="en"', ""), "tpe:missingLanguageAttribute"),
        (PACKAGE.replace("<tp:name>All", "<tp:name>B</tp:name><tp:name>All"), "tpe:duplicateLanguagesForElement"),
    ],
)
def test_faults_of_metadata(tmp_path: Path, metadata: Any, expected: Any) -> None:
    findings = Findings()
    package = open_package(pack(tmp_path / "p.zip", FILES | {"top/META-INF/taxonomyPackage.xml": metadata}), findings)
    package.metadata(findings)
    assert expected in codes(findings)
    assert all(finding.document.endswith("taxonomyPackage.xml") and finding.line for finding in findings)


@pytest.mark.parametrize(
    ("text", "expected", "line"),
    [
        ("<broken", "tpe:invalidCatalogFile", 1),
        ("<catalog/>", "tpe:invalidCatalogFile", 1),
        (CATALOG.replace(' rewritePrefix="../tax/"', ""), "tpe:invalidCatalogFile", 2),
        (catalog(("http://h/", "a/"), ("http://h/", "b/")), "tpe:multipleRewriteURIsForStartString", 3),
    ],
)
def test_faults_of_catalogs(tmp_path: Path, text: Any, expected: Any, line: Any) -> None:
    findings = Findings()
    open_package(pack(tmp_path / "p.zip", FILES | {"top/META-INF/catalog.xml": text}), findings)
    assert [(finding.code, finding.line) for finding in findings] == [(expected, line)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (FILES | {"beside.txt": "x"}, "tpe:invalidDirectoryStructure"),
        (FILES | {"other/x.txt": "x"}, "tpe:invalidDirectoryStructure"),
        ({name.removeprefix("top/"): content for name, content in FILES.items()}, "tpe:invalidDirectoryStructure"),
    ],
)
def test_faults_of_structure_are_told_and_the_package_used(tmp_path: Path, files: Any, expected: Any) -> None:
    findings = Findings()
    package = open_package(pack(tmp_path / "p.zip", files), findings)
    assert codes(findings) == [expected]
    assert Packages([package]).find(URL).read() == SCHEMA.encode()


def test_what_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "text.zip").write_text("no zip")
    pack(tmp_path / "no.zip", {"top/x.xsd": SCHEMA})
    (tmp_path / "folder/a").mkdir(parents=True)
    expected = {"text.zip": "tpe:invalidArchiveFormat", "no.zip": "tpe:metadataDirectoryNotFound"}
    for name, code in {**expected, "folder": "tpe:metadataDirectoryNotFound"}.items():
        with pytest.raises(SourceError) as caught:
            open_package(tmp_path / name, Findings())
        assert caught.value.code == code
    source = open_source(write(tmp_path / "f", {"x.xml": instance()}), taxonomies=[tmp_path / "text.zip"])
    assert codes(source.findings) == ["tpe:invalidArchiveFormat"]


def test_a_hostile_package_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafeInputError) as caught:
        open_package(pack(tmp_path / "p.zip", FILES | {"top/../../x": "x"}), Findings())
    assert caught.value.code == "tpe:invalidDirectoryStructure"


def test_a_package_without_metadata_file_says_so_when_asked(tmp_path: Path) -> None:
    findings = Findings()
    package = open_package(pack(tmp_path / "p.zip", {"top/META-INF/catalog.xml": CATALOG}), findings)
    assert package.metadata(findings) is None
    assert codes(findings) == ["tpe:metadataFileNotFound"]


def test_a_package_as_source_has_its_entry_points(tmp_path: Path) -> None:
    source = open_source(pack(tmp_path / "p.zip", FILES))
    assert [(entry.kind, entry.urls) for entry in source.entries] == [("schema", (URL,))]
    assert source.resolver.read(URL) == SCHEMA.encode()
    assert source.resolver.is_local(URL)
    plain = {name: content for name, content in FILES.items() if "taxonomyPackage" not in name}
    source = open_source(pack(tmp_path / "q.zip", plain))
    assert shape(source) == [("schema", ["top/tax/x.xsd"])]
    assert codes(source.findings) == ["tpe:metadataFileNotFound"]


def test_hosts_are_the_same_in_upper_and_lower_case(tmp_path: Path) -> None:
    rules = catalog(("HTTP://Example.COM/Tax/", "../tax/"))
    path = pack(tmp_path / "p.zip", FILES | {"top/META-INF/catalog.xml": rules})
    filing = write(tmp_path / "f", {"x.xml": instance("http://EXAMPLE.com/Tax/x.xsd")})
    source = open_source(filing, taxonomies=[path], offline=True)
    assert source.resolver.read("http://exAmple.com/Tax/x.xsd") == SCHEMA.encode()
    assert not source.resolver.exists("http://example.com/tax/x.xsd")
    mirror = write(tmp_path / "m", {"Example.COM/tax/x.xsd": SCHEMA})
    source = open_source(filing, taxonomies=[mirror], offline=True)
    assert source.resolver.read("http://example.com/tax/x.xsd") == SCHEMA.encode()
    assert source.resolver.read("https://EXAMPLE.COM/tax/x.xsd") == SCHEMA.encode()


def test_members_of_archives_are_found_however_their_urls_are_encoded(tmp_path: Path) -> None:
    path = pack(tmp_path / "f.zip", {"r.xml": instance("b%c3%a9.xsd"), "b\xe9.xsd": SCHEMA, "c.xsd": SCHEMA})
    source = open_source(path, offline=True)
    for name in ("b%c3%a9.xsd", "b%C3%A9.xsd", "b\xe9.xsd", "%63.xsd"):
        assert source.resolver.read(path.as_uri() + "/" + name) == SCHEMA.encode()
