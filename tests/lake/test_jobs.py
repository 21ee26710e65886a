"""Which filings a source holds: what lies beside them is none, and none is taken for another."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

import recto
from recto.filing import open_bytes
from recto.lake.jobs import count_jobs, jobs_of
from tests.sources.samples import JSON, PLAIN, SCHEMA, inline, instance, write
from tests.sources.test_sets import PUBLISHED, accounts, context

NUMBER = "0001234567-25-000001"
SUBMISSION = (
    f"<SEC-DOCUMENT>{NUMBER}.txt : 20250106\n<SEC-HEADER>\nACCESSION NUMBER:\t\t{NUMBER}\n</SEC-HEADER>\n"
    f"<DOCUMENT>\n<TYPE>8-K\n<SEQUENCE>1\n<FILENAME>x.htm\n<TEXT>\n<XBRL>\n{inline()}\n</XBRL>\n</TEXT>\n</DOCUMENT>\n"
    f"<DOCUMENT>\n<TYPE>EX-101.SCH\n<SEQUENCE>2\n<FILENAME>x.xsd\n<TEXT>\n{SCHEMA}\n</TEXT>\n</DOCUMENT>\n"
)
FILING = {"x.htm": inline(), "x.xsd": SCHEMA, "ex99.htm": PLAIN}


def found(*sources: Path) -> list[str]:
    top = str(sources[0].parent) + "/"
    return [job.source.removeprefix(top) for job in jobs_of([str(each) for each in sources])]


@pytest.mark.parametrize(
    ("name", "text"),
    [("index.html", PLAIN), ("README.xml", "<note/>"), ("metadata.json", "{}"), ("notes.txt", "hello")],
)
def test_what_lies_beside_filings_makes_them_no_filing_together(tmp_path: Path, name: str, text: str) -> None:
    filings = {f"{one}/{n}": content for one in ("a", "b") for n, content in FILING.items()}
    folder = write(tmp_path / "all", filings | {name: text})
    assert found(folder) == ["all/a", "all/b"]
    if name.endswith(("html", "xml")):
        assert count_jobs([str(folder)]) == 0, "not known without a look at what they are"


def test_a_filing_with_folders_is_one(tmp_path: Path) -> None:
    folder = write(tmp_path / "f", {"x.xml": instance("t/x.xsd"), "t/x.xsd": SCHEMA, "t/y.xsd": SCHEMA})
    assert found(folder) == ["f"]


def test_reports_by_published_taxonomies_are_filings_each(tmp_path: Path) -> None:
    files = {f"{name}.html": accounts(context(name, 2024)) for name in "ABC"}
    folder = write(tmp_path / "accounts", files | {"logo.png": b"\x89PNG"})
    assert found(folder) == ["accounts/A.html", "accounts/B.html", "accounts/C.html"]
    with zipfile.ZipFile(tmp_path / "accounts.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    jobs = list(jobs_of([str(tmp_path / "accounts.zip")]))
    assert [job.location for job in jobs] == ["A.html", "B.html", "C.html"]
    for job in jobs:
        assert job.data is not None
        with open_bytes(job.data, job.location, offline=True) as filing:
            assert [fact.context and fact.context.identifier for fact in filing.facts] == [job.location[0]]


def test_documents_of_a_set_or_with_a_schema_of_their_own_are_one_filing(tmp_path: Path) -> None:
    together = {"a.html": accounts(context("A", 2024)), "b.html": accounts("")}
    assert found(write(tmp_path / "set", together)) == ["set"]
    own = {f"{name}.html": accounts(context(name, 2024), schema="own.xsd") for name in "AB"}
    assert found(write(tmp_path / "own", own)) == ["own"]
    extracted = {
        "a.html": accounts(context("A", 2024)),
        "a.xbrl": instance(PUBLISHED).replace("</xbrli:xbrl>", context("A", 2024) + "</xbrli:xbrl>"),
    }
    assert found(write(tmp_path / "extracted", extracted)) == ["extracted/a.html"]


def test_a_submission_is_known_by_the_number_that_it_tells(tmp_path: Path) -> None:
    write(tmp_path / "s", {"full-submission.txt": SUBMISSION, "data.json": JSON})
    with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
        archive.writestr("some.txt", SUBMISSION)
    jobs = [*jobs_of([str(tmp_path / "s"), str(tmp_path / "s" / "full-submission.txt"), str(tmp_path / "s.zip")])]
    assert [job.accession for job in jobs] == [None, NUMBER, NUMBER, NUMBER]


def test_a_submission_beside_its_first_document_is_the_filing(tmp_path: Path) -> None:
    """As programs lay out what they fetch: the document alone lacks its taxonomy."""
    write(tmp_path / "f", {"full-submission.txt": SUBMISSION, "primary-document.html": inline()})
    with recto.open(tmp_path / "f", offline=True) as filing:
        assert filing.name == NUMBER
        assert [entry.urls[0].rpartition("/")[2] for entry in filing.source.entries] == ["x.htm"]
    write(tmp_path / "f", {"x.xsd": SCHEMA})
    with recto.open(tmp_path / "f", offline=True) as filing:
        assert [entry.urls[0].rpartition("/")[2] for entry in filing.source.entries] == ["primary-document.html"]
    write(tmp_path / "alone", {"notes.txt": "hello", "x.txt": SUBMISSION})
    with recto.open(tmp_path / "alone", offline=True) as filing:
        assert filing.name == NUMBER


def test_the_only_archive_of_a_folder_is_its_filing(tmp_path: Path) -> None:
    write(tmp_path / "f", {"read me.txt": "hello", "logo.png": b"\x89PNG"})
    for name in ("a.zip", "b.zip"):
        with zipfile.ZipFile(tmp_path / "f" / name, "w") as archive:
            archive.writestr("x.htm", inline())
        with recto.open(tmp_path / "f", offline=True) as filing:
            assert len(filing.source.entries) == (1 if name == "a.zip" else 0)
