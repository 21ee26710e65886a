"""Report packages: the reports they hold, and the codes of Report Packages 1.0."""

from pathlib import Path
from typing import Any

import pytest

from recto.errors import RectoError
from recto.sources import open_source
from tests.sources.samples import CATALOG, CSV, JSON, PACKAGE, SCHEMA, codes, inline, instance, pack, shape

TYPE = "https://xbrl.org/report-package/2023"


def metadata(document_type: str) -> str:
    return f'{{"documentInfo": {{"documentType": "{document_type}"}}}}'


XBRI = {"top/META-INF/reportPackage.json": metadata(f"{TYPE}/xbri")}
XBR = {"top/META-INF/reportPackage.json": metadata(f"{TYPE}/xbr")}
ZIP = {"top/META-INF/reportPackage.json": metadata(TYPE)}
INLINE, XML = {"top/reports/r.xhtml": inline()}, {"top/reports/r.xbrl": instance()}
NONE = {"top/META-INF/x.txt": ""}


def opened(tmp_path: Path, name: Any, files: Any) -> Any:
    return open_source(pack(tmp_path / name, files))


@pytest.mark.parametrize(
    ("name", "files", "expected"),
    [
        ("p.xbri", XBRI | INLINE, [("inline", ["top/reports/r.xhtml"])]),
        ("p.xbri", XBRI | {"top/reports/r.htm": inline()}, [("inline", ["top/reports/r.htm"])]),
        (
            "p.xbri",
            XBRI | {"top/reports/set/a.xhtml": inline(), "top/reports/set/b.html": inline(None)},
            [("inline", ["top/reports/set/a.xhtml", "top/reports/set/b.html"])],
        ),
        (
            "p.xbri",
            XBRI | {"top/reports/tricky.json/r.xhtml": inline()},
            [("inline", ["top/reports/tricky.json/r.xhtml"])],
        ),
        ("p.xbr", XBR | XML, [("xbrl", ["top/reports/r.xbrl"])]),
        ("p.xbr", XBR | {"top/reports/r.json": JSON, "top/reports/r.txt": ""}, [("json", ["top/reports/r.json"])]),
        ("p.xbr", XBR | {"top/reports/r.json": b"\xef\xbb\xbf" + CSV.encode()}, [("csv", ["top/reports/r.json"])]),
        ("p.zip", ZIP | INLINE, [("inline", ["top/reports/r.xhtml"])]),
        ("p.zip", NONE | INLINE, [("inline", ["top/reports/r.xhtml"])]),
        (
            "P.ZIP",
            ZIP | {"top/reports/a/r.xbrl": instance(), "top/reports/b/r.xhtml": inline(), "top/reports/c/d/r.htm": ""},
            [("xbrl", ["top/reports/a/r.xbrl"]), ("inline", ["top/reports/b/r.xhtml"])],
        ),
        (
            "p.zip",
            ZIP
            | {"top/reports/a.xhtml": inline(), "top/reports/b.xhtml": inline(), "top/reports/c/r.xbrl": instance()},
            [("inline", ["top/reports/a.xhtml"]), ("inline", ["top/reports/b.xhtml"])],
        ),
    ],
)
def test_valid_packages(tmp_path: Path, name: Any, files: Any, expected: Any) -> None:
    source = opened(tmp_path, name, files)
    assert shape(source) == expected
    assert codes(source.findings) == []


@pytest.mark.parametrize(
    ("name", "files", "expected"),
    [
        ("p.xbri", XBR | INLINE, ["documentTypeFileExtensionMismatch"]),
        ("p.xbri", ZIP | INLINE, ["documentTypeFileExtensionMismatch"]),
        ("p.xbri", NONE | INLINE, ["documentTypeFileExtensionMismatch"]),
        ("p.xbr", XBRI | XML, ["documentTypeFileExtensionMismatch"]),
        ("p.zip", XBRI | INLINE, ["documentTypeFileExtensionMismatch"]),
        ("p.xbri", XBRI, ["missingReportsDirectory"]),
        ("p.zip", ZIP, ["missingReportsDirectory"]),
        ("p.xbri", XBRI | {"top/reports/x.txt": ""}, ["missingReport"]),
        ("p.xbri", XBRI | {"top/reports/a/b/r.xhtml": inline()}, ["missingReport", "recto:misplacedReport"]),
        ("p.xbri", XBRI | INLINE | {"top/reports/s.xhtml": inline()}, ["multipleReports"]),
        ("p.xbri", XBRI | XML, ["incorrectReportType"]),
        ("p.xbri", XBRI | {"top/reports/r.json": JSON}, ["incorrectReportType"]),
        ("p.xbr", XBR | INLINE, ["incorrectReportType"]),
        (
            "p.zip",
            ZIP | {"top/reports/a/r.xbrl": instance(), "top/reports/a/r.json": JSON},
            ["multipleReportsInSubdirectory"],
        ),
        ("p.xbr", XBR | {"top/reports/r.json": "{"}, ["invalidJSON"]),
        ("p.xbr", XBR | {"top/reports/r.json": '{"a": 1, "a": 2}'}, ["invalidJSON"]),
        ("p.xbr", XBR | {"top/reports/r.json": JSON.encode("utf-16")}, ["invalidJSON"]),
        ("p.xbr", XBR | {"top/reports/r.json": '{"documentInfo": []}'}, ["invalidJSONStructure"]),
        ("p.xbr", XBR | {"top/reports/r.json": metadata("https://x.org/y")}, ["oimce:unsupportedDocumentType"]),
        ("p.xbrx", NONE | XML, ["unsupportedFileExtension"]),
    ],
)
def test_faults_that_leave_something_to_read(tmp_path: Path, name: Any, files: Any, expected: Any) -> None:
    source = opened(tmp_path, name, files)
    assert codes(source.findings) == [code if ":" in code else f"rpe:{code}" for code in expected]
    own = [finding for finding in source.findings if finding.code.startswith("rpe:")]
    assert all((finding.specification or "").startswith("Report Packages 1.0") for finding in own)


@pytest.mark.parametrize(
    ("name", "files", "expected"),
    [
        ("p.xbri", {"a/x.txt": "", "b/x.txt": ""}, "invalidDirectoryStructure"),
        ("p.xbri", {}, "invalidDirectoryStructure"),
        ("p.xbri", XBRI | INLINE | {"beside.txt": ""}, "invalidDirectoryStructure"),
        ("p.xbri", XBRI | INLINE | {"top/../x": ""}, "invalidDirectoryStructure"),
        ("p.xbri", XBRI | INLINE | {"/x": ""}, "invalidArchiveFormat"),
        ("p.xbri", INLINE | {"top/META-INF/reportPackage.json": "{"}, "invalidJSON"),
        ("p.xbri", INLINE | {"top/META-INF/reportPackage.json": '{"a": NaN}'}, "invalidJSON"),
        ("p.xbri", INLINE | {"top/META-INF/reportPackage.json": metadata(TYPE).encode("utf-32")}, "invalidJSON"),
        ("p.xbri", INLINE | {"top/META-INF/reportPackage.json": "{}"}, "invalidJSONStructure"),
        ("p.xbri", INLINE | {"top/META-INF/reportPackage.json": "[]"}, "invalidJSONStructure"),
        (
            "p.xbri",
            INLINE | {"top/META-INF/reportPackage.json": '{"documentInfo": {"documentType": 1}}'},
            "invalidJSONStructure",
        ),
        (
            "p.zip",
            {"top/META-INF/reportPackage.json": metadata("https://xbrl.org/x")},
            "unsupportedReportPackageVersion",
        ),
        ("p.xbri", {"META-INF/reportPackage.json": metadata("https://xbrl.org/x")}, "unsupportedReportPackageVersion"),
        ("p.xbrx", ZIP | INLINE, "unsupportedFileExtension"),
    ],
)
def test_faults_that_leave_nothing(tmp_path: Path, name: Any, files: Any, expected: Any) -> None:
    with pytest.raises(RectoError) as caught:
        opened(tmp_path, name, files)
    assert caught.value.code == f"rpe:{expected}"


def test_the_embedded_taxonomy_is_used(tmp_path: Path) -> None:
    taxonomy = {
        "top/META-INF/catalog.xml": CATALOG,
        "top/META-INF/taxonomyPackage.xml": PACKAGE,
        "top/tax/x.xsd": SCHEMA,
    }
    source = opened(tmp_path, "p.xbri", XBRI | INLINE | taxonomy)
    assert codes(source.findings) == []
    assert source.resolver.read("http://example.com/tax/x.xsd") == SCHEMA.encode()
    assert source.resolver.is_local("http://example.com/tax/x.xsd")


def test_a_broken_embedded_taxonomy_is_told(tmp_path: Path) -> None:
    source = opened(tmp_path, "p.xbri", XBRI | INLINE | {"top/META-INF/taxonomyPackage.xml": "<x/>"})
    assert codes(source.findings) == ["tpe:invalidMetaDataFile"]


def test_odd_names_are_told(tmp_path: Path) -> None:
    source = opened(tmp_path, "p.xbri", XBRI | INLINE | {"top//x.txt": "", "top/META-INF/reportPackage.json/x": ""})
    assert codes(source.findings) == ["rpe:invalidDirectoryStructure"] * 2


def test_a_report_outside_of_its_folder_is_read_and_told(tmp_path: Path) -> None:
    package = {
        "top/META-INF/catalog.xml": CATALOG,
        "top/META-INF/taxonomyPackage.xml": PACKAGE,
        "top/tax/x.xsd": SCHEMA,
        "top/r.xhtml": inline(),
    }
    source = opened(tmp_path, "p.zip", package)
    assert [entry.kind for entry in source.entries] == ["inline"]
    assert "recto:misplacedReport" in codes(source.findings)
    assert source.findings.has_errors
