"""Folders and single documents: what they are, and the entries that they make."""

import os
from pathlib import Path
from typing import Any

import pytest

from recto.errors import NotFoundError, SourceError
from recto.sources import open_source
from tests.sources.samples import CATALOG, CSV, JSON, LINKBASE, PLAIN, SCHEMA, codes, inline, instance, shape, write


def test_an_instance_with_its_taxonomy(tmp_path: Path) -> None:
    write(tmp_path, {"x.xml": instance(), "x.xsd": SCHEMA, "x_lab.xml": LINKBASE, "pic.jpg": b"\xff\xd8<"})
    source = open_source(tmp_path)
    assert shape(source) == [("xbrl", ["x.xml"])]
    assert source.name == tmp_path.name
    assert not len(source.findings)
    assert sorted(source.files) == ["pic.jpg", "x.xml", "x.xsd", "x_lab.xml"]
    assert source.files["x.xsd"]() == SCHEMA.encode()
    assert source.resolver.read(source.base_url + "x.xsd#y") == SCHEMA.encode()


def test_the_inline_document_goes_before_its_extracted_instance(tmp_path: Path) -> None:
    write(tmp_path, {"x.htm": inline(), "x_htm.xml": instance("other.xsd"), "ex99.htm": PLAIN, "R1.htm": PLAIN})
    assert shape(open_source(tmp_path)) == [("inline", ["x.htm"])]


def test_an_instance_of_the_same_schemas_as_an_inline_document_is_left_out_with_a_word(tmp_path: Path) -> None:
    write(tmp_path, {"x.htm": inline(), "extracted.xml": instance()})
    source = open_source(tmp_path)
    assert shape(source) == [("inline", ["x.htm"])]
    assert codes(source.findings) == ["recto:extractedInstance"]


def test_the_extracted_instance_alone_is_an_instance(tmp_path: Path) -> None:
    write(tmp_path, {"x_htm.xml": instance(), "x.xsd": SCHEMA})
    assert shape(open_source(tmp_path)) == [("xbrl", ["x_htm.xml"])]


def test_inline_documents_of_one_schema_are_one_set(tmp_path: Path) -> None:
    write(tmp_path, {"a.htm": inline(), "b.htm": inline(None), "c.htm": inline("fees.xsd"), "d.htm": inline()})
    assert shape(open_source(tmp_path)) == [("inline", ["a.htm", "d.htm", "b.htm"]), ("inline", ["c.htm"])]


def test_several_instances_keep_their_order(tmp_path: Path) -> None:
    write(tmp_path, {"b.xml": instance("b.xsd"), "a.xml": instance("a.xsd"), "z.htm": inline("z.xsd")})
    assert shape(open_source(tmp_path)) == [("inline", ["z.htm"]), ("xbrl", ["a.xml"]), ("xbrl", ["b.xml"])]


def test_content_tells_not_the_suffix(tmp_path: Path) -> None:
    write(tmp_path, {"report.dat": instance(), "page.xml": inline("y.xsd"), "data": JSON, "note.xml": "<note/>"})
    assert shape(open_source(tmp_path)) == [("inline", ["page.xml"]), ("xbrl", ["report.dat"])]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_other_encodings_are_told_too(tmp_path: Path, encoding: Any) -> None:
    write(tmp_path, {"a.xml": instance().encode(encoding), "b.htm": inline("b.xsd").encode(encoding)})
    assert [entry.kind for entry in open_source(tmp_path).entries] == ["inline", "xbrl"]


def test_json_and_csv(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": JSON, "b.json": CSV, "MetaLinks.json": '{"version": "2.2"}'})
    assert shape(open_source(tmp_path)) == [("json", ["a.json"]), ("csv", ["b.json"])]


def test_reports_in_folders_are_found_where_there_is_none_above(tmp_path: Path) -> None:
    write(tmp_path, {"readme.txt": "x", "reports/x.xhtml": inline(), "tax/x.xsd": SCHEMA, ".git/y.xml": instance()})
    assert shape(open_source(tmp_path)) == [("inline", ["reports/x.xhtml"])]


def test_schemas_alone_are_an_entry_and_a_finding(tmp_path: Path) -> None:
    write(tmp_path, {"x.xsd": SCHEMA, "x_lab.xml": LINKBASE, ".absent": "ABSENT some/where/x.xml\n"})
    source = open_source(tmp_path)
    assert shape(source) == [("schema", ["x.xsd"])]
    assert codes(source.findings) == ["recto:documentMissing", "recto:noReport"]
    assert "x.xml" in next(iter(source.findings)).message


def test_an_empty_folder_has_no_entry(tmp_path: Path) -> None:
    source = open_source(tmp_path)
    assert source.entries == []
    assert codes(source.findings) == ["recto:noReport"]


def test_a_package_unpacked_in_the_filing_serves_its_urls(tmp_path: Path) -> None:
    write(tmp_path, {"x.xml": instance(), "pkg/META-INF/catalog.xml": CATALOG, "pkg/tax/x.xsd": SCHEMA})
    resolver = open_source(tmp_path).resolver
    assert resolver.read("http://example.com/tax/x.xsd") == SCHEMA.encode()
    assert resolver.is_local("http://example.com/tax/x.xsd")
    assert resolver.resolve("http://example.com/tax/x.xsd") == resolver.resolve(resolver.base_url + "pkg/tax/x.xsd")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.htm", inline(), "inline"),
        ("a.xml", instance(), "xbrl"),
        ("a.xsd", SCHEMA, "schema"),
        ("a.xml", LINKBASE, "schema"),
        ("a.json", JSON, "json"),
        ("a.json", CSV, "csv"),
    ],
)
def test_single_documents(tmp_path: Path, name: Any, content: Any, kind: Any) -> None:
    write(tmp_path, {name: content, "other.xml": instance()})
    source = open_source(tmp_path / name)
    assert shape(source) == [(kind, [name])]
    assert source.name == "a"
    assert source.resolver.is_local(source.base_url + "other.xml")


def test_file_urls_are_sources(tmp_path: Path) -> None:
    write(tmp_path, {"a b.xml": instance()})
    source = open_source((tmp_path / "a b.xml").as_uri())
    assert source.entries[0].urls[0].endswith("/a%20b.xml")


def test_documents_of_a_report_folder_have_the_package_around_them(tmp_path: Path) -> None:
    files = {"reports/x.xhtml": inline(), "META-INF/catalog.xml": CATALOG, "tax/x.xsd": SCHEMA}
    write(tmp_path / "top", files)
    resolver = open_source(tmp_path / "top" / "reports" / "x.xhtml").resolver
    assert resolver.read("http://example.com/tax/x.xsd") == SCHEMA.encode()


@pytest.mark.parametrize("content", [PLAIN, "<note/>", "just text", "", "{}", b"\x89PNG\r\n\x1a\n", b"%PDF-1.4"])
def test_what_is_no_report_is_an_error(tmp_path: Path, content: Any) -> None:
    write(tmp_path, {"x.xml": content})
    with pytest.raises(SourceError) as caught:
        open_source(tmp_path / "x.xml")
    assert caught.value.code == "recto:unknownKind"
    assert caught.value.document == "x.xml"


def test_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    for missing in (tmp_path / "none", tmp_path / "none.xml", "http-but-not-really", "a\0b", "x" * 5000):
        with pytest.raises(SourceError):
            open_source(missing)
    with pytest.raises(NotFoundError, match="no such file or folder"):
        open_source(tmp_path / "none")


def test_devices_and_pipes_are_not_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xml")
    with pytest.raises(SourceError, match="not a regular file"):
        open_source(tmp_path / "pipe.xml")
    write(tmp_path, {"x.xml": instance()})
    assert shape(open_source(tmp_path)) == [("xbrl", ["x.xml"])]


def test_unreadable_references_are_not_found(tmp_path: Path) -> None:
    write(tmp_path, {"x.xml": instance()})
    resolver = open_source(tmp_path, offline=True).resolver
    for url in ("file:///nowhere/x.xsd", "file://host/x.xsd", "urn:x", "ftp://h/x", resolver.base_url, ""):
        with pytest.raises(NotFoundError):
            resolver.read(url)
        assert not resolver.exists(url)


def outside(tmp_path: Path) -> Any:
    """A filing in a folder, with files beside it."""
    write(
        tmp_path, {"filing/x.xml": instance(), "secret": "s", "other.csv": "a,b", "shared.xsd": SCHEMA, "m.json": JSON}
    )
    return tmp_path / "filing"


@pytest.mark.parametrize("as_file", [False, True])
@pytest.mark.parametrize(
    ("name", "read"),
    [("secret", False), ("other.csv", False), ("absent.csv", False), ("shared.xsd", True), ("m.json", True)],
)
def test_only_documents_are_read_outside_of_the_folder(tmp_path: Path, as_file: Any, name: Any, read: Any) -> None:
    folder = outside(tmp_path)
    source = open_source(folder / "x.xml" if as_file else folder)
    url = source.base_url + "../" + name
    assert source.resolver.exists(url) is read
    if read:
        assert source.resolver.read(url)
        assert not source.resolver.is_local(url)
    else:
        with pytest.raises(NotFoundError) as caught:
            source.resolver.read(url)
        assert caught.value.code == "recto:outsideFiling"


def test_links_lead_out_of_the_folder_only_to_what_their_names_say(tmp_path: Path) -> None:
    folder = outside(tmp_path)
    (folder / "t.csv").symlink_to(tmp_path / "secret")
    (folder / "schema.xsd").symlink_to(tmp_path / "shared.xsd")
    (folder / "data.csv").symlink_to(tmp_path / "other.csv")
    (folder / "bare").symlink_to(tmp_path / "secret")
    resolver, base = open_source(folder).resolver, open_source(folder).base_url
    assert [resolver.exists(base + name) for name in ("t.csv", "schema.xsd", "data.csv", "bare")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_link_to_the_folder_or_document_is_as_good_as_it(tmp_path: Path) -> None:
    folder = outside(tmp_path)
    write(folder, {"h.htm": inline(), "t.csv": "a"})
    (tmp_path / "link").symlink_to(folder)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "y.htm").symlink_to(folder / "h.htm")
    source = open_source(tmp_path / "link")
    assert source.resolver.read(source.base_url + "t.csv") == b"a"
    source = open_source(tmp_path / "elsewhere" / "y.htm")
    assert source.resolver.read(source.entries[0].urls[0]) == inline().encode()


def test_other_documents_of_a_set_are_told_of(tmp_path: Path) -> None:
    other = inline("y.xsd")
    files = {"a.htm": inline(), "b.htm": inline(), "c.htm": other, "d.htm": PLAIN, "x.xsd": SCHEMA}
    folder = write(tmp_path / "f", files)
    (told,) = open_source(folder / "a.htm", offline=True).findings
    assert (told.code, told.severity) == ("recto:otherDocuments", "warning")
    assert "b.htm" in told.message
    assert "c.htm" not in told.message
    assert codes(open_source(folder / "c.htm", offline=True).findings) == []
    target = inline().replace("<ix:references>", '<ix:references target="other">')
    (folder / "b.htm").write_text(target)
    assert codes(open_source(folder / "a.htm", offline=True).findings) == []


@pytest.mark.parametrize("size", [100, 5000, 70_000, 300_000])
def test_neither_start_tags_nor_comments_before_them_have_a_limit(tmp_path: Path, size: int) -> None:
    namespaces = " ".join(f'xmlns:n{number}="urn:{number}"' for number in range(size // 20))
    documents = {
        "tag.xbrl": instance().replace("<xbrli:xbrl ", f"<xbrli:xbrl {namespaces} "),
        "comment.xbrl": instance().replace("<xbrli:xbrl ", f"<!--{'x' * size}--><xbrli:xbrl "),
        "comment.htm": f"<!--{'x' * size}-->{inline()}",
        "tag.xsd": SCHEMA.replace("<xs:schema ", f"<xs:schema {namespaces} "),
    }
    folder = write(tmp_path / "f", documents)
    for name in documents:
        (entry,) = open_source(folder / name, offline=True).entries
        assert entry.urls[0].endswith(name)


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recto.limits.FOLDER_FILES", 3)
    write(tmp_path, {"x.xml": instance(), "x.xsd": SCHEMA, "a/1": "", ".hidden": ""})
    assert shape(open_source(tmp_path)) == [("xbrl", ["x.xml"])]
    write(tmp_path, {"a/2": ""})
    with pytest.raises(SourceError) as raised:
        open_source(tmp_path)
    assert raised.value.code == "recto:tooManyFiles"
