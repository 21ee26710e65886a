"""Real filings: which documents are the entries, whatever they are wrapped in."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from recto.errors import RectoError
from recto.sources import open_source
from recto.xml import file_name, parse
from tests.sources.samples import pack


def test_folders_yield_what_the_sec_rendered(shared_data: Path) -> None:
    checked = 0
    for summary in sorted(shared_data.glob("expected/*/FilingSummary.xml")):
        folder = shared_data / "filings" / summary.parent.name
        if not folder.is_dir():
            continue
        reports = ElementTree.parse(summary).iterfind("MyReports/Report")
        expected = list(dict.fromkeys(report.get("instance") for report in reports if report.get("instance")))
        source = open_source(folder, offline=True)
        assert [file_name(entry.urls[0]) for entry in source.entries] == expected, folder.name
        checked += 1
    assert checked > 50


def test_a_filing_is_the_same_in_a_folder_a_zip_and_a_submission(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "filings" / "sgml-8k-2025b"
    if not folder.is_dir():
        pytest.skip("the filing is not among the shared data")
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    zipped = pack(tmp_path / "f.zip", files)
    submission = tmp_path / "f.txt"
    documents = (
        b"<DOCUMENT>\n<TYPE>X\n<FILENAME>%s\n<TEXT>\n<XBRL>\n%s\n</XBRL>\n</TEXT>\n</DOCUMENT>\n"
        % (name.encode(), data)
        for name, data in files.items()
    )
    submission.write_bytes(b"<SEC-DOCUMENT>x\n" + b"".join(documents))
    for path in (folder, zipped, submission):
        source = open_source(path, offline=True)
        assert [(entry.kind, [file_name(url) for url in entry.urls]) for entry in source.entries] == [
            ("inline", ["ea0238372-8k_abvcbio.htm"])
        ]
        for name, data in files.items():
            assert source.resolver.read(source.base_url + name).strip() == data.strip()
        source.close()


def test_every_document_of_the_shared_taxonomies_parses(shared_data: Path) -> None:
    for path in sorted((shared_data / "taxonomies" / "www.xbrl.org").rglob("*.x[sm][dl]")):
        if path.is_file():
            assert parse(path.read_bytes(), str(path)).root is not None


def test_faults_in_suites_are_told_not_thrown(shared_data: Path) -> None:
    for path in sorted((shared_data / "suites" / "xbrl-2.1").rglob("*.xml")):
        try:
            lines = parse(path.read_bytes(), str(path)).root.sourceline
        except RectoError as error:
            lines = error.line
        assert lines
