from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from lxml import etree

import recto
from recto.errors import SourceError, UsageError
from recto.filing import Filing
from recto.findings import Finding, Findings
from recto.rendering.model import RenderedFiling, RenderedInstance, Report
from recto.rendering.writers.folder import write_folder
from recto.rendering.writers.summary import LOG_LIMIT, filing_summary


@pytest.fixture(scope="module")
def orchard(data: Path) -> Iterator[Filing]:
    """The repository's small inline filing."""
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        yield filing


def test_what_a_folder_holds(orchard: Filing, tmp_path: Path) -> None:
    told: list[list[str]] = []

    def index(reports: Sequence[Report], downloads: Sequence[str]) -> dict[str, bytes]:
        told.extend(([report.stem for report in reports], list(downloads)))
        return {"index.html": b"the index"}

    written = write_folder(orchard.rendered, tmp_path, files=orchard.source.files, index=index)
    assert told == [[report.stem for report in orchard.reports], ["Financial_Report.xlsx", "MetaLinks.json"]]
    names = set(os.listdir(tmp_path))
    assert {
        "FilingSummary.xml",
        "MetaLinks.json",
        "Financial_Report.xlsx",
        "report.css",
        "Show.js",
        "index.html",
    } < names
    assert {f"{report.stem}.htm" for report in orchard.reports} < names
    assert names == set(written.files)
    assert written.pages == len(orchard.reports)
    assert written.bytes == sum(path.stat().st_size for path in tmp_path.iterdir())


def test_other_formats_and_only_some_pages(orchard: Filing, tmp_path: Path) -> None:
    written = write_folder(orchard.rendered, tmp_path, formats=["md", "json", "txt", "csv"], only=orchard.reports[:1])
    assert sorted(written.files) == ["R1.csv", "R1.json", "R1.md", "R1.txt"]
    page = json.loads((tmp_path / "R1.json").read_text("utf-8"))
    assert page["role"] == orchard.reports[0].role
    facts = {fact.id for fact in orchard.facts}
    shown = [cell for row in page["rows"] for cell in row["cells"] if cell["facts"]]
    assert shown
    assert all(set(cell["facts"]) <= facts for cell in shown)


def test_pages_of_an_earlier_rendering_go_and_other_files_stay(orchard: Filing, tmp_path: Path) -> None:
    (tmp_path / "R77.htm").write_text("old")
    (tmp_path / "R78.htm").write_text("mine")
    (tmp_path / "FilingSummary.xml").write_text("<HtmlFileName>R77.htm</HtmlFileName>")
    write_folder(orchard.rendered, tmp_path)
    assert not (tmp_path / "R77.htm").exists()
    assert (tmp_path / "R78.htm").read_text() == "mine"
    assert not list(tmp_path.glob("*.part"))


def test_pictures_of_text_blocks_come_along(orchard: Filing, tmp_path: Path) -> None:
    files = dict(orchard.source.files.items())
    document = next(name for name in files if name.endswith(".htm"))
    files[document] = b'<html><img alt="a" src="figure.png"><img src="../../etc/x.png"><img src="lost.gif"></html>'
    files["figure.png"] = lambda: b"PNG"
    files["x.png"] = b"x"
    write_folder(orchard.rendered, tmp_path, files=files)
    assert (tmp_path / "figure.png").read_bytes() == b"PNG"
    summary = (tmp_path / "FilingSummary.xml").read_text("utf-8")
    listed = re.findall("<File>([^<]*)</File>", summary[summary.index("<SupplementalFiles>") :])
    assert listed == ["figure.png", "lost.gif", "x.png"]


def test_errors(orchard: Filing, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown format 'pdf'"):
        write_folder(orchard.rendered, tmp_path, formats=["pdf"])
    (tmp_path / "file").write_text("")
    with pytest.raises(SourceError, match="cannot be made"):
        write_folder(orchard.rendered, tmp_path / "file" / "sub")


def test_summary_of_a_small_filing(orchard: Filing) -> None:
    root = etree.fromstring(filing_summary(orchard.rendered))
    order = [child.tag for child in root]
    assert order[:5] == ["Version", "ProcessingTime", "ReportFormat", "ContextCount", "ElementCount"]
    assert order[-3:] == ["BaseTaxonomies", "HasPresentationLinkbase", "HasCalculationLinkbase"]
    reports = root.findall("MyReports/Report")
    assert len(reports) == len(orchard.reports) + 1
    assert reports[-1].findtext("ReportType") == "Book"
    assert [report.findtext("Position") for report in reports[:-1]] == [str(n + 1) for n in range(len(orchard.reports))]
    source = root.find("InputFiles/File[@original]")
    assert source.text == source.get("original") == "orchard-20241231.htm"


def test_log_has_warnings_and_errors_up_to_the_limit() -> None:
    findings = Findings([Finding("a", "info", "no")])
    for number in range(LOG_LIMIT + 5):
        findings.error("xbrl.4.6.1", f"<{number}>", document="https://x.example/a/b.xml", line=number)
    root = etree.fromstring(filing_summary(RenderedFiling(findings=findings)))
    logs = root.findall("Logs/Log")
    assert [log.get("type") for log in logs] == ["Error"] * LOG_LIMIT + ["Info"]
    assert logs[3].text == "[xbrl.4.6.1] <3> - b.xml 3"


def test_metalinks_of_a_small_filing(orchard: Filing, tmp_path: Path) -> None:
    write_folder(orchard.rendered, tmp_path)
    links = json.loads((tmp_path / "MetaLinks.json").read_text("ascii"))
    assert list(links) == ["version", "instance", "std_ref"]
    instance = links["instance"]["orchard-20241231.htm"]
    assert instance["dts"]["inline"]["local"] == ["orchard-20241231.htm"]
    assert instance["hidden"]["total"] == sum(fact.hidden for fact in orchard.facts)
    assert list(instance["report"]) == [report.stem for report in orchard.reports]
    first = instance["report"]["R1"]["firstAnchor"]
    assert first["baseRef"] == "orchard-20241231.htm"
    assert first["ancestors"][-1] == "html"
    assert instance["tag"] == dict(sorted(instance["tag"].items(), key=lambda item: item[1]["localname"]))


INLINE = [
    "aapl-2025q2-10q",
    "acorn-2025-8k",
    "bst-2016-sample",
    "muestra-2017-sample",
    "pg-2019-10k",
    "sgml-8k-2025b",
    "specimen-2018-sample",
    "wk-2023-8k",
    "xbrlus-2018-fs",
]


@pytest.mark.parametrize("name", INLINE)
def test_metalinks_and_summary_equal_the_expected_ones(name: str, shared_data: Path, tmp_path: Path) -> None:
    expected = shared_data / "expected" / name
    with recto.open(shared_data / "filings" / name, taxonomies=[shared_data / "taxonomies"], offline=True) as filing:
        write_folder(filing.rendered, tmp_path, files=filing.source.files)
    ours, theirs = (json.loads((folder / "MetaLinks.json").read_text()) for folder in (tmp_path, expected))
    assert _comparable(ours) == _comparable(theirs)
    assert _without_log(tmp_path / "FilingSummary.xml") == _without_log(expected / "FilingSummary.xml")


def _comparable(links: dict) -> dict:
    """Without what the SEC's renderer leaves to chance: which of two equal facts an anchor means (rendering.md 0.4).

    Nor do its sections of fund filings count: their numbers are those of objects in its memory.
    """
    for instance in links["instance"].values():
        instance["report"] = {stem: page for stem, page in instance["report"].items() if stem[0] == "R"}
        for page in instance["report"].values():
            for anchor in (page["firstAnchor"], page["uniqueAnchor"]):
                if anchor is not None:
                    anchor.pop("ancestors", None)
    return links


def _without_log(path: Path) -> list[tuple[str, str, dict[str, str]]]:
    root = etree.parse(path).getroot()
    for logs in root.findall("Logs"):
        root.remove(logs)
    return [(each.tag, (each.text or "").strip(), dict(each.attrib)) for each in root.iter()]


def test_no_workbook_where_text_blocks_embed_reports(orchard: Filing, tmp_path: Path) -> None:
    source = orchard.rendered.instances[0]
    filing = RenderedFiling([RenderedInstance(source.instance, source.reports, has_embeddings=True)])
    written = write_folder(filing, tmp_path)
    assert "Financial_Report.xlsx" not in written.files
    assert "Financial_Report.xlsx" in write_folder(filing, tmp_path, formats=["xlsx"]).files
