"""EDGAR's bad days: refused, missing, too fast, busy, slow, cut off, of the wrong length, packed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.errors import NotFoundError, SourceError
from recto.sources import downloading
from recto.sources import web as web_module

URL = "https://www.sec.gov/Archives/edgar/data/320193/a.txt"
PATH = "/Archives/edgar/data/320193/a.txt"
ARCHIVE = "https://www.sec.gov/Archives/edgar/daily-index/bulkdata/submissions.zip"
ARCHIVE_PATH = "/Archives/edgar/daily-index/bulkdata/submissions.zip"


@pytest.mark.parametrize("bad", [["slow"], ["cut off"], ["too long"], ["too long", "cut off", 503, 429]])
def test_bodies_arrive_whole_or_are_asked_for_again(server: Any, make_web: Any, bad: Any) -> None:
    body = b"0123456789" * 5000
    server.pages[PATH] = body
    server.bad[PATH] = list(bad)
    assert make_web().fetch(URL) == body
    assert make_web().fetch(URL) == body
    asked = [path for path, *_ in server.requests]
    assert len(asked) == 1 + len([each for each in bad if each != "slow"])


def test_a_body_cut_by_its_length_is_no_body(server: Any, make_web: Any) -> None:
    server.pages[PATH] = b"0123456789" * 5000
    server.bad[PATH] = ["too short"]
    assert make_web().fetch(URL) == server.pages[PATH]


@pytest.mark.parametrize(("status", "waits"), [(403, 2.0), (429, 3.0), (503, 0.5)])
def test_backing_off(server: Any, make_web: Any, status: Any, waits: Any) -> None:
    server.pages[PATH] = b"body"
    server.bad[PATH] = [status]
    web = make_web()
    assert web.fetch(URL) == b"body"
    assert sum(web.slept) == pytest.approx(waits, abs=0.3) or sum(web.slept) == pytest.approx(2 * waits, abs=0.3)


def test_all_processes_back_off_together(server: Any, make_web: Any, tmp_path: Path) -> None:
    server.pages[PATH] = server.pages[PATH + "2"] = b"body"
    server.bad[PATH] = [429] * web_module.ATTEMPTS
    with pytest.raises(SourceError, match="429"):
        make_web().fetch(URL)
    other = make_web()
    other.fetch(URL + "2")
    assert other.slept
    assert other.slept[0] > 2, "what one process was told holds for the others"


def test_who_is_missing_and_who_is_refused(server: Any, make_web: Any) -> None:
    with pytest.raises(NotFoundError):
        make_web().fetch(URL)
    with pytest.raises(SourceError, match="RECTO_IDENTITY"):
        make_web(identity=None).fetch(URL)
    assert all("@" in headers["user-agent"] for _, headers, _ in server.requests)
    server.pages[PATH] = b"body"
    with pytest.raises(SourceError, match="403"):
        make_web(identity="nobody").fetch(URL)


def test_what_changes_is_asked_about(server: Any, edgar: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_module, "FRESH_FOR", -1.0)
    for _ in range(2):
        edgar.filings("320193", since=2020)
    path = "/submissions/CIK0000320193.json"
    assert [status for asked, _, status in server.requests if asked == path][-1] == 304


def test_downloads_go_on_where_they_were_cut_off(server: Any, make_web: Any, tmp_path: Path) -> None:
    body = bytes(range(256)) * 40_000
    server.pages[ARCHIVE_PATH] = body
    server.bad[ARCHIVE_PATH] = ["cut off", "cut off", 503, "slow"]
    told = []
    path = make_web().download(ARCHIVE, tmp_path / "x.zip", lambda *each: told.append(each))
    assert path.read_bytes() == body
    ranges = [headers.get("range") for _, headers, _ in server.requests]
    assert ranges[0] is None
    assert ranges[1] == f"bytes={len(body) // 2}-"
    assert told[-1][1:] == (len(body), "x.zip")
    assert not list(tmp_path.glob("*.part"))
    server.requests.clear()
    make_web().download(ARCHIVE, tmp_path / "x.zip")
    assert [status for *_, status in server.requests] == [304]


def test_a_later_call_goes_on_and_a_changed_file_starts_anew(
    server: Any, make_web: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(downloading, "ATTEMPTS", 1)
    server.pages[ARCHIVE_PATH] = b"a" * 100_000
    server.bad[ARCHIVE_PATH] = ["cut off", 500]
    with pytest.raises(SourceError, match="500"):
        make_web().download(ARCHIVE, tmp_path / "x.zip")
    assert (tmp_path / "x.zip.part").stat().st_size == 50_000
    assert not (tmp_path / "x.zip").exists()
    server.pages[ARCHIVE_PATH] = b"b" * 90_000
    assert make_web().download(ARCHIVE, tmp_path / "x.zip").read_bytes() == b"b" * 90_000
    with pytest.raises(NotFoundError):
        make_web().download(ARCHIVE + "x", tmp_path / "y.zip")
    with pytest.raises(NotFoundError, match="offline"):
        make_web(offline=True).download(ARCHIVE, tmp_path / "z.zip")


def test_a_full_submission_by_words(
    server: Any, data: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`AAPL 10-K 2023` is a SOURCE like any other."""
    from recto.cli import main

    folder = data / "inline"
    documents = "".join(
        f"<DOCUMENT>\n<TYPE>X\n<SEQUENCE>{number}\n<FILENAME>{path.name}\n<TEXT>\n{path.read_text('utf-8')}\n</TEXT>\n</DOCUMENT>\n"
        for number, path in enumerate(sorted(folder.iterdir()), 1)
        if path.suffix in (".htm", ".xsd", ".xml")
    )
    text = f"<SEC-DOCUMENT>\n<SEC-HEADER>\nACCESSION NUMBER: 0000320193-23-000106\n</SEC-HEADER>\n{documents}"
    server.pages["/Archives/edgar/data/320193/0000320193-23-000106.txt"] = text.encode()
    monkeypatch.setenv("RECTO_EDGAR", server.url)
    monkeypatch.setenv("RECTO_IDENTITY", "Jane jane@example.com")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RECTO_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("recto.sources.web.is_private", lambda host: False)
    with recto.open("AAPL 10-K 2023", taxonomies=[data / "mirror"]) as filing:
        assert filing.facts
        assert filing.source.header["accession"] == "0000320193-23-000106"
    assert main(["filings", "AAPL", "--form", "10-K", "--since", "2020"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2024-11-01  10-K       2024-09-28  inline  320193/0000320193-24-000123",
        "2023-11-03  10-K       2023-09-30  inline  320193/0000320193-23-000106",
    ]
    assert main(["filings", "AAPL", "--limit", "1", "--to", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["accession"] == "0000320193-24-000123"
    assert main(["filings", "AAPL", "--limit", "1", "--to", "csv"]) == 0
    assert capsys.readouterr().out.startswith("filed,form,period")
    assert main(["filings", "No Such"]) == 2
    assert [each.form for each in recto.filings("AAPL", form="10-Q")] == ["10-Q"]
    assert (tmp_path / "home" / "recto" / "sec-requests").exists(), "the queue is the user's, whatever the cache"
