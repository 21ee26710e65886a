"""EDGAR's full submission files."""

import binascii
from pathlib import Path
from typing import Any

import pytest

from recto.errors import SourceError
from recto.findings import Findings
from recto.sources import open_source
from recto.sources.sgml import read_submission
from tests.sources.samples import PLAIN, SCHEMA, codes, inline, instance, shape

HEADER = """<SEC-DOCUMENT>0001234567-25-000042.txt : 20250415
<SEC-HEADER>0001234567-25-000042.hdr.sgml : 20250415
<ACCEPTANCE-DATETIME>20250415160102
ACCESSION NUMBER:\t\t0001234567-25-000042
CONFORMED SUBMISSION TYPE:\t8-K
CONFORMED PERIOD OF REPORT:\t20250410
FILED AS OF DATE:\t\t20250415
FILER:
\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tExample & Co
\t\tCENTRAL INDEX KEY:\t\t\t0000320193
</SEC-HEADER>
"""


def document(number: int, kind: str, name: str, text: str, wrapper: str = "") -> str:
    inner = f"<{wrapper}>\n{text}\n</{wrapper}>" if wrapper else text
    fields = f"<TYPE>{kind}\n<SEQUENCE>{number}\n<FILENAME>{name}\n<DESCRIPTION>d\n"
    return f"<DOCUMENT>\n{fields}<TEXT>\n{inner}\n</TEXT>\n</DOCUMENT>\n"


def uuencoded(data: bytes, name: str) -> str:
    lines = [binascii.b2a_uu(data[at : at + 45]).decode() for at in range(0, len(data), 45)]
    return f"begin 644 {name}\n{''.join(lines)}`\nend"


IMAGE = bytes(range(256)) * 3


def submission() -> str:
    return (
        HEADER
        + document(1, "8-K", "x.htm", '<?xml version="1.0"?>\n' + inline(), "XBRL")
        + document(2, "EX-99.1", "ex99.htm", PLAIN)
        + document(3, "EX-101.SCH", "x.xsd", SCHEMA, "XBRL")
        + document(4, "GRAPHIC", "logo.jpg", uuencoded(IMAGE, "logo.jpg"))
        + document(5, "XML", "x_htm.xml", instance(), "XML")
        + document(6, "ZIP", "all.zip", uuencoded(b"PK\3\4", "all.zip"), "ZIP")
        + "</SEC-DOCUMENT>\n"
    )


def test_a_submission(tmp_path: Path) -> None:
    path = tmp_path / "0001234567-25-000042.txt"
    path.write_text(submission())
    source = open_source(path)
    assert source.name == "0001234567-25-000042"
    assert shape(source) == [("inline", ["x.htm"])]
    assert list(source.files) == ["x.htm", "ex99.htm", "x.xsd", "logo.jpg", "x_htm.xml", "all.zip"]
    assert source.files["x.htm"]().startswith(b'<?xml version="1.0"?>\n<html')
    assert source.files["x.htm"]().rstrip().endswith(b"</html>")
    assert source.files["x.xsd"]().strip() == SCHEMA.encode()
    assert source.files["logo.jpg"]() == IMAGE
    assert source.resolver.read(source.base_url + "x.xsd").strip() == SCHEMA.encode()
    assert source.resolver.is_local(source.base_url + "x.xsd")
    assert not len(source.findings)
    assert source.header == {
        "accession": "0001234567-25-000042",
        "form": "8-K",
        "filed": "20250415",
        "accepted": "20250415160102",
        "period": "20250410",
        "cik": "0000320193",
        "company": "Example & Co",
    }


def test_line_ends_of_other_systems(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(submission().replace("\n", "\r\n").encode())
    source = open_source(path)
    assert shape(source) == [("inline", ["x.htm"])]
    assert source.files["logo.jpg"]() == IMAGE


def test_the_dissemination_form(tmp_path: Path) -> None:
    header = (
        "<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000042\n<TYPE>10-Q\n<FILING-DATE>20250415\n<PERIOD>20250331\n"
        "<FILER>\n<COMPANY-DATA>\n<CONFORMED-NAME>Example\n<CIK>0000320193\n</COMPANY-DATA>\n</FILER>\n"
    )
    path = tmp_path / "x.nc"
    path.write_text(header + document(1, "10-Q", "x.htm", inline(), "XBRL") + "</SUBMISSION>\n")
    source = open_source(path)
    assert shape(source) == [("inline", ["x.htm"])]
    assert (source.header["form"], source.header["filed"], source.header["cik"]) == ("10-Q", "20250415", "0000320193")


def test_several_instances_keep_the_order_of_the_submission(tmp_path: Path) -> None:
    text = "".join(document(n, "EX-101.INS", name, instance(f"{name}.xsd"), "XBRL") for n, name in enumerate("zay", 1))
    (tmp_path / "x.txt").write_text(HEADER + text)
    assert shape(open_source(tmp_path / "x.txt")) == [("xbrl", ["z"]), ("xbrl", ["a"]), ("xbrl", ["y"])]


def test_a_truncated_submission_gives_what_there_is(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text(submission().partition("<TYPE>EX-99.1")[0] + "<TYPE>EX-99.1\n<FILENAME>e.htm\n<TEXT>\n<p>cut")
    source = open_source(path)
    assert shape(source) == [("inline", ["x.htm"])]
    assert codes(source.findings) == ["recto:truncatedSubmission"]
    assert next(iter(source.findings)).line > 10
    assert source.files["e.htm"]() == b"<p>cut"


def test_names_never_lead_out_and_occur_once() -> None:
    findings = Findings()
    texts = [("../../etc/passwd", "a"), ("passwd", "b"), ("..", "c"), ("C:\\x\\y.xml", "d")]
    data = "".join(document(number, "EX", name, text) for number, (name, text) in enumerate(texts, 1)).encode()
    found = read_submission(data, "file:///x.txt", findings)
    assert {name: read() for name, read in found.files.items()} == {
        "passwd": b"a\n",
        "document3.txt": b"c\n",
        "y.xml": b"d\n",
    }
    assert codes(findings) == ["recto:duplicateDocument"]


def test_documents_without_text_or_name() -> None:
    findings = Findings()
    data = b"<DOCUMENT>\n<TYPE>X\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>Y\n<SEQUENCE>x\n<TEXT>\nt</TEXT>\n</DOCUMENT>\n"
    (only,) = read_submission(data, "u", findings).documents
    assert (only.name, only.type, only.sequence, only.read()) == ("document2.txt", "Y", 2, b"t")
    assert codes(findings) == ["recto:submissionDocument"]


@pytest.mark.parametrize("text", [HEADER, HEADER + "<DOCUMENT>\n", "<SUBMISSION>\n"])
def test_submissions_without_documents(tmp_path: Path, text: Any) -> None:
    (tmp_path / "x.txt").write_text(text)
    with pytest.raises(SourceError) as caught:
        open_source(tmp_path / "x.txt")
    assert caught.value.code == "recto:emptySubmission"


@pytest.mark.parametrize("body", ["begin 644 x.jpg\nM!!!\x7f\xff\nend", "begin 644 x.jpg\n#86)C\n"])
def test_damaged_uuencoding(body: Any) -> None:
    data = document(1, "GRAPHIC", "x.jpg", body).encode("latin-1")
    (only,) = read_submission(data, "u", Findings()).documents
    with pytest.raises(SourceError) as caught:
        only.read()
    assert caught.value.code == "recto:uuencoding"


def test_a_damaged_document_does_not_hide_the_others(tmp_path: Path) -> None:
    damaged = document(1, "EX", "bad.xml", "begin 644 bad.xml\n#86)C\n")
    (tmp_path / "x.txt").write_text(HEADER + damaged + document(2, "EX-101.INS", "x.xml", instance(), "XBRL"))
    source = open_source(tmp_path / "x.txt")
    assert shape(source) == [("xbrl", ["x.xml"])]
    assert codes(source.findings) == ["recto:uuencoding"]


def test_wrappers_only_count_where_they_wrap() -> None:
    text = "<p>not <XBRL> here</p>"
    (only,) = read_submission(document(1, "EX", "x.htm", text).encode(), "u", Findings()).documents
    assert only.read() == text.encode() + b"\n"


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n"])
def test_lines_may_end_in_each_of_three_ways(tmp_path: Path, end: str) -> None:
    text = HEADER + document(1, "8-K", "a.htm", inline(), "XBRL") + document(2, "EX-101.SCH", "x.xsd", SCHEMA, "XBRL")
    text += document(3, "GRAPHIC", "i.gif", uuencoded(IMAGE, "i.gif"))
    data = text.replace("\n", end).encode()
    submission = read_submission(data, "u", Findings())
    assert [each.name for each in submission.documents] == ["a.htm", "x.xsd", "i.gif"]
    assert submission.header["form"] == "8-K"
    assert submission.documents[2].read() == IMAGE
    (tmp_path / "s.txt").write_bytes(data)
    source = open_source(tmp_path / "s.txt", offline=True)
    assert shape(source) == [("inline", ["a.htm"])]
