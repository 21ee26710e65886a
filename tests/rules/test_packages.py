"""Suites of report packages: each rule of Report Packages 1.0 by one package that breaks it."""

from __future__ import annotations

import codecs
import json
import zipfile
from pathlib import Path

import pytest

from recto.suites import Settings, run_suite

TYPE = "https://xbrl.org/report-package/2023"
METADATA = "a/META-INF/reportPackage.json"
INLINE = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:ix="http://www.xbrl.org/2013/inlineXBRL">'
    "<body><ix:header/></body></html>"
)
INSTANCE = '<xbrli:xbrl xmlns:xbrli="http://www.xbrl.org/2003/instance"/>'


def about(document_type: object) -> str:
    return json.dumps({"documentInfo": {"documentType": document_type}})


JSON = about("https://xbrl.org/2021/xbrl-json")
FUTURE = about("https://xbrl.org/report-package/2099")

CASES: list[tuple[str, dict[str, str | bytes] | None, str]] = [
    ("not-a-zip.zip", None, "rpe:invalidArchiveFormat"),
    ("empty.zip", {}, "rpe:invalidDirectoryStructure"),
    ("two-tops.zip", {METADATA: about(TYPE), "a/reports/r.xhtml": INLINE, "b/x": ""}, "rpe:invalidDirectoryStructure"),
    ("slash.zip", {METADATA: about(TYPE), "a/reports/r.xhtml": INLINE, "/a/x": ""}, "rpe:invalidArchiveFormat"),
    ("dot.zip", {METADATA: about(TYPE), "a/reports/r.xhtml": INLINE, "a/./x": ""}, "rpe:invalidDirectoryStructure"),
    ("up.zip", {METADATA: about(TYPE), "a/reports/r.xhtml": INLINE, "a/../a/x": ""}, "rpe:invalidDirectoryStructure"),
    (
        "empty-step.zip",
        {METADATA: about(TYPE), "a/reports/r.xhtml": INLINE, "a//x": ""},
        "rpe:invalidDirectoryStructure",
    ),
    ("backslash.zip", {METADATA: about(TYPE), "a/reports/r.xhtml": INLINE, "a\\x": ""}, "rpe:invalidArchiveFormat"),
    ("type.zip", {METADATA: about(3), "a/reports/r.xhtml": INLINE}, "rpe:invalidJSONStructure"),
    ("no-type.zip", {METADATA: "{}", "a/reports/r.xhtml": INLINE}, "rpe:invalidJSONStructure"),
    ("json.zip", {METADATA: "{", "a/reports/r.xhtml": INLINE}, "rpe:invalidJSON"),
    ("twice.zip", {METADATA: '{"a": 1, "a": 2}', "a/reports/r.xhtml": INLINE}, "rpe:invalidJSON"),
    ("utf16.zip", {METADATA: about(TYPE).encode("utf-16"), "a/reports/r.xhtml": INLINE}, "rpe:invalidJSON"),
    ("mark.zip", {METADATA: codecs.BOM_UTF8 + about(TYPE).encode(), "a/reports/r.xhtml": INLINE}, ""),
    ("unknown.zip", {METADATA: about("x"), "a/reports/r.xhtml": INLINE}, "rpe:unsupportedReportPackageVersion"),
    ("future.xbri", {"META-INF/reportPackage.json": FUTURE}, "rpe:unsupportedReportPackageVersion"),
    ("future.xbrx", {METADATA: FUTURE}, "rpe:unsupportedFileExtension"),
    ("no-metadata.xbri", {"a/reports/r.xhtml": INLINE}, "rpe:documentTypeFileExtensionMismatch"),
    ("other.xbr", {METADATA: about(f"{TYPE}/xbri"), "a/reports/r.json": JSON}, "rpe:documentTypeFileExtensionMismatch"),
    ("one.xbri", {METADATA: about(f"{TYPE}/xbri"), "a/reports/r.xhtml": INLINE}, ""),
    ("set.xbri", {METADATA: about(f"{TYPE}/xbri"), "a/reports/s/r.htm": INLINE, "a/reports/s/q.html": INLINE}, ""),
    ("no-reports.xbri", {METADATA: about(f"{TYPE}/xbri"), "a/x": ""}, "rpe:missingReportsDirectory"),
    ("no-report.xbri", {METADATA: about(f"{TYPE}/xbri"), "a/reports/x.txt": ""}, "rpe:missingReport"),
    ("deep.xbri", {METADATA: about(f"{TYPE}/xbri"), "a/reports/b/c/r.xhtml": INLINE}, "rpe:missingReport"),
    (
        "two.xbri",
        {METADATA: about(f"{TYPE}/xbri"), "a/reports/r.xhtml": INLINE, "a/reports/q.xhtml": INLINE},
        "rpe:multipleReports",
    ),
    ("kind.xbri", {METADATA: about(f"{TYPE}/xbri"), "a/reports/r.json": JSON}, "rpe:incorrectReportType"),
    (
        "mixed.xbri",
        {METADATA: about(f"{TYPE}/xbri"), "a/reports/s/r.xhtml": INLINE, "a/reports/s/q.json": JSON},
        "rpe:multipleReportsInSubdirectory",
    ),
    ("one.xbr", {METADATA: about(f"{TYPE}/xbr"), "a/reports/r.json": JSON, "a/reports/r.txt": ""}, ""),
    ("broken.xbr", {METADATA: about(f"{TYPE}/xbr"), "a/reports/r.json": "{"}, "rpe:invalidJSON"),
    ("untyped.xbr", {METADATA: about(f"{TYPE}/xbr"), "a/reports/r.json": "{}"}, "rpe:invalidJSONStructure"),
    ("kind.xbr", {METADATA: about(f"{TYPE}/xbr"), "a/reports/r.xhtml": INLINE}, "rpe:incorrectReportType"),
    ("many.zip", {METADATA: about(TYPE), "a/reports/r.json": JSON, "a/reports/r.xbrl": INSTANCE}, ""),
    (
        "taxonomy.zip",
        {METADATA: about(TYPE), "a/reports/r.json": JSON, "a/META-INF/taxonomyPackage.xml": "<x/>"},
        "tpe:invalidMetaDataFile",
    ),
]


def write(folder: Path, name: str, files: dict[str, str | bytes] | None) -> None:
    if files is None:
        (folder / name).write_bytes(b"no archive at all")
        return
    with zipfile.ZipFile(folder / name, "w") as archive:
        for member, data in files.items():
            archive.writestr(member, data)


def test_every_package(tmp_path: Path) -> None:
    lines = ["input,errors,report_count,description"]
    for name, files, code in CASES:
        write(tmp_path, name, files)
        lines.append(f"{name},{code},{2 if name == 'many.zip' else 1},{name} is judged")
    (tmp_path / "index.csv").write_text("\n".join(lines))
    outcomes = list(run_suite(Settings(str(tmp_path / "index.csv"), offline=True), jobs=1))
    assert [(each.variation.id, each.reason) for each in outcomes if not each.passed] == []
    assert len(outcomes) == len(CASES)


def test_what_is_expected_must_be_found(tmp_path: Path) -> None:
    name, files, _ = CASES[-2]
    write(tmp_path, name, files)
    (tmp_path / "index.csv").write_text(f"path,errors\n{name},rpe:missingReport\n")
    (outcome,) = run_suite(Settings(str(tmp_path / "index.csv"), offline=True), jobs=1)
    assert not outcome.passed
    assert outcome.reason == "expected missingReport, found nothing"


PACKAGE = """<tp:taxonomyPackage xmlns:tp="http://xbrl.org/2016/taxonomy-package" xml:lang="en">
  <tp:identifier>http://example.org/t</tp:identifier>{more}</tp:taxonomyPackage>"""

DATE = "<tp:publicationDate>{}</tp:publicationDate>"
ENTRIES = """<tp:entryPoints><tp:entryPoint><tp:name>e</tp:name><tp:entryPointDocument href="x"/></tp:entryPoint>
  </tp:entryPoints><x xmlns="http://example.org/x"/>"""
CATALOG = '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{}</catalog>'


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more="")}, ""),
        ({"a/x.xsd": "<x/>"}, "metadataDirectoryNotFound"),
        ({"a/META-INF/x.xml": "<x/>"}, "metadataFileNotFound"),
        ({"a/META-INF/taxonomyPackage.xml": "<x/>"}, "invalidMetaDataFile"),
        (
            {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=""), "a/META-INF/catalog.xml": "<x/>"},
            "invalidCatalogFile",
        ),
        (
            {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more="<tp:name>n</tp:name><tp:foo/>")},
            "invalidMetaDataFile",
        ),
        ({"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=DATE.format("2024-02-29"))}, ""),
        ({"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=DATE.format("2023-02-29"))}, "invalidMetaDataFile"),
        (
            {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=DATE.format("2024-02-29") + "<tp:version/>")},
            "invalidMetaDataFile",
        ),
        ({"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=ENTRIES)}, ""),
        (
            {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=ENTRIES.replace(' href="x"', ""))},
            "invalidMetaDataFile",
        ),
        (
            {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more="<tp:license href='x'/>")},
            "invalidMetaDataFile",
        ),
        (
            {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more="<tp:description xml:lang='en'/>" * 2)},
            "duplicateLanguagesForElement",
        ),
        (
            {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more="<tp:description xml:lang=''/>")},
            "missingLanguageAttribute",
        ),
        (
            {
                "a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=""),
                "a/META-INF/catalog.xml": CATALOG.format('<nextCatalog catalog="x"/>'),
            },
            "invalidCatalogFile",
        ),
        (
            {
                "a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=""),
                "a/META-INF/catalog.xml": CATALOG.format('<rewriteURI uriStartString="a" rewritePrefix="b"/>' * 2),
            },
            "multipleRewriteURIsForStartString",
        ),
    ],
)
def test_taxonomy_packages_in_test_cases(tmp_path: Path, files: dict[str, str | bytes], code: str) -> None:
    write(tmp_path, "t.zip", files)
    result = f"<error>{code}</error>" if code else ""
    (tmp_path / "case.xml").write_text(
        '<testcase><variation id="V-1"><data><taxonomyPackage readMeFirst="true">t.zip</taxonomyPackage></data>'
        f"<result>{result}</result></variation></testcase>"
    )
    (outcome,) = run_suite(Settings(str(tmp_path / "case.xml"), offline=True), jobs=1)
    assert outcome.passed, outcome.reason


RULE = '<rewriteURI uriStartString="a" rewritePrefix="b"{}>{}</rewriteURI>'


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        (RULE.format(' id="r" xmlns:x="http://example.org/x" x:y="z"', ""), ""),
        (RULE.format(' foo="r"', ""), "invalidCatalogFile"),
        (RULE.format("", "text"), "invalidCatalogFile"),
        (RULE.format("", "") + "text", "invalidCatalogFile"),
    ],
)
def test_catalogs_hold_rules_and_nothing_else(tmp_path: Path, rules: str, code: str) -> None:
    files: dict[str, str | bytes] = {
        "a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=""),
        "a/META-INF/catalog.xml": CATALOG.format(rules),
    }
    test_taxonomy_packages_in_test_cases(tmp_path, files, code)


def test_a_license_holds_nothing(tmp_path: Path) -> None:
    license_ = '<tp:license href="x" name="y"><x xmlns="http://example.org/x"/></tp:license>'
    files: dict[str, str | bytes] = {"a/META-INF/taxonomyPackage.xml": PACKAGE.format(more=license_)}
    test_taxonomy_packages_in_test_cases(tmp_path, files, "invalidMetaDataFile")
