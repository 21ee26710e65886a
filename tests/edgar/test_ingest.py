"""Filings of EDGAR into a lake: by accession number, by words, by index, by feed, by archive; on a bad day too."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from recto.cli import main
from recto.lake import Lake, ingest
from recto.lake.care import verify
from recto.lake.jobs import jobs_of
from recto.lake.places import Place
from tests.edgar.server import feed_archive, index, row
from tests.edgar.test_listings import FEED

CIK = 9990001


@pytest.fixture
def history_server(server: Any, history: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """EDGAR with the filings of examples/lake."""
    rows = []
    for path in sorted((history / "filings").glob("000999*.txt"), reverse=True):
        server.pages[f"/Archives/edgar/data/{CIK}/{path.name}"] = path.read_bytes()
        year = int(path.stem[11:13]) + 2000
        form = "10-K" if path.stem.endswith("4") else "10-Q"
        rows.append(row(path.stem, f"{year}-06-15", f"{year}-03-31", form))
    server.company(CIK, "QUARRY WORKS INC.", ["QWK"], rows[:5], [rows[5:]])
    monkeypatch.setenv("RECTO_EDGAR", server.url)
    monkeypatch.setenv("RECTO_IDENTITY", "Jane jane@example.com")
    monkeypatch.setenv("RECTO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("recto.sources.web.is_private", lambda host: False)
    return server, [each["accessionNumber"] for each in rows]


def keys(lake: Path) -> set[str]:
    with Lake(lake) as opened:
        return {each["filing"] for each in opened.sql("select filing from filings where status = 'ok'").records()}


def test_all_of_a_company(history_server: Any, history: Path, tmp_path: Path, capsys: Any) -> None:
    """Its newest filings and its older page; busy servers are waited for, and what cannot be had is told."""
    server, all_of_them = history_server
    gone = all_of_them[3]
    del server.pages[f"/Archives/edgar/data/{CIK}/{gone}.txt"]
    server.bad[f"/Archives/edgar/data/{CIK}/{all_of_them[1]}.txt"] = [503, "cut off"]
    server.bad[f"/submissions/CIK{CIK:010d}.json"] = [503]
    lake = str(tmp_path / "lake")
    forms = [f"QWK {form}*" for form in ("10-K", "10-Q")]
    arguments = ["ingest", *forms, "--lake", lake, "--workers", "1", "--taxonomies", str(history / "taxonomies")]
    assert main([*arguments, "--to", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert (report["taken"], report["failed"]) == (len(all_of_them) - 1, 1)
    assert report["failures"][0]["filing"] == gone
    assert report["failures"][0]["problem"] == "recto:notFound"
    assert keys(tmp_path / "lake") == set(all_of_them) - {gone}
    asked = [headers["user-agent"] for _, headers, _ in server.requests]
    assert set(asked) == {"Jane jane@example.com"}, "of every worker, too"
    server.requests.clear()
    assert main(arguments) == 0
    assert not [path for path, *_ in server.requests if path.endswith(".txt")], "nothing is fetched again"
    assert [str(each) for each in verify(Place(lake))] == []


def test_by_words_index_feed_and_archive(history_server: Any, opening: dict[str, Any], tmp_path: Path) -> None:
    server, all_of_them = history_server
    annual = [each for each in all_of_them if each.endswith("4")]
    body = {each: server.pages[f"/Archives/edgar/data/{CIK}/{each}.txt"] for each in all_of_them}
    lines = [f"{CIK}|QUARRY|10-Q|2021-06-15|edgar/data/{CIK}/{each}.txt" for each in all_of_them[-2:]]
    server.pages["/Archives/edgar/full-index/2021/QTR2/xbrl.gz"] = gzip.compress(index(*lines))
    latest = FEED.replace("0000320193-23-000106", all_of_them[0]).replace("0000320193", f"{CIK:010d}")
    server.pages["/Archives/edgar/usgaap.rss.xml"] = latest.encode()
    archive = "/Archives/edgar/Feed/2022/QTR1/20220301.nc.tar.gz"
    server.pages[archive] = feed_archive({f"{each}.nc": body[each] for each in all_of_them[2:4]})
    server.bad[archive] = ["cut off", 503]
    options = opening | {"offline": False}
    for source, expected in (
        (f"QWK 10-K 20{annual[0][11:13]}", annual[:1]),
        (f"{CIK}/{all_of_them[1]}", all_of_them[1:2]),
        ("* 10-Q* 2021-04..2021-06", all_of_them[-2:]),
        ("* 10-K* latest", all_of_them[:1]),
        (f"https://www.sec.gov{archive}", all_of_them[2:4]),
    ):
        jobs = list(jobs_of([source], **options))
        assert [(job.accession, job.error) for job in jobs] == [(each, None) for each in expected], source
    assert [headers.get("range") is not None for path, headers, _ in server.requests if path == archive][-1], "resumed"
    server.requests.clear()
    list(jobs_of([f"https://www.sec.gov{archive}"], **options))
    assert server.requests == [], "an archive is kept for good"
    sources = [f"https://www.sec.gov{archive}", "* 10-K* latest"]
    assert ingest(sources, tmp_path / "lake", workers=1, **options).taken == 3
    assert keys(tmp_path / "lake") == {*all_of_them[2:4], all_of_them[0]}
    (job,) = jobs_of(["https://www.sec.gov/Archives/edgar/Feed/2022/QTR1/20220302.nc.tar.gz"], **options)
    assert job.code == "recto:notFound"


def test_bulk_submissions(history_server: Any, tmp_path: Path, capsys: Any) -> None:
    server, all_of_them = history_server
    bulk = tmp_path / "submissions.zip"
    bulk.write_bytes(server.bulk())
    assert main(["filings", str(CIK), "--bulk", str(bulk), "--offline"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(all_of_them)
    bulk.write_bytes(b"no zip")
    assert main(["filings", str(CIK), "--bulk", str(bulk), "--offline"]) == 2
    assert "recto:archive" in capsys.readouterr().err
