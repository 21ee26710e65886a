"""EDGAR's addresses."""

from typing import Any, Never

import pytest

from recto.edgar import accession_url, document_url, folder_url, submission_base
from recto.errors import NotFoundError, SourceError
from recto.sources import open_source

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("0000320193-25-000057", f"{ARCHIVES}/320193/0000320193-25-000057.txt"),
        ("000032019325000057", f"{ARCHIVES}/320193/0000320193-25-000057.txt"),
        ("320193/0001140361-25-000057", f"{ARCHIVES}/320193/0001140361-25-000057.txt"),
        ("edgar/data/320193/0001140361-25-000057.txt", f"{ARCHIVES}/320193/0001140361-25-000057.txt"),
        ("320193", None),
        ("x-0000320193-25-000057", None),
        ("folder/x.xml", None),
    ],
)
def test_accession_numbers(source: Any, expected: Any) -> None:
    assert accession_url(source) == expected


def test_viewer_pages_show_a_document() -> None:
    shown = f"{ARCHIVES}/320193/000032019325000057/aapl-20250329.htm"
    path = shown.removeprefix("https://www.sec.gov")
    assert document_url(f"https://www.sec.gov/ix?doc={path}") == shown
    assert document_url(f"https://www.sec.gov/ix.html?doc={path}&x=1") == shown
    assert document_url(shown) == shown
    assert document_url("https://example.com/ix?doc=/x.htm") == "https://example.com/ix?doc=/x.htm"


def test_folders_and_index_pages() -> None:
    folder = f"{ARCHIVES}/320193/000032019325000057/"
    assert folder_url(folder) == folder_url(folder[:-1]) == folder
    assert folder_url(f"{folder}0000320193-25-000057-index.htm") == folder
    assert folder_url(f"{ARCHIVES}/320193/0000320193-25-000057-index.html") == folder
    assert folder_url(folder + "x.htm") is None
    assert submission_base(f"{ARCHIVES}/320193/0000320193-25-000057.txt") == folder
    assert submission_base(f"{folder}0000320193-25-000057.txt") == folder
    assert submission_base("http://h/a/x.txt") == "http://h/a/"


def test_offline_accession_numbers_say_so() -> None:
    with pytest.raises(NotFoundError) as caught:
        open_source("0000320193-25-000057", offline=True)
    assert caught.value.code == "recto:offline"
    assert f"{ARCHIVES}/320193/0000320193-25-000057.txt" in str(caught.value)


def test_accession_numbers_need_an_identity() -> None:
    with pytest.raises(SourceError, match="RECTO_IDENTITY"):
        open_source("0000320193-25-000057", offline=False)


def test_numbers_of_filing_agents_are_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(self: Any, url: Any) -> Never:
        raise NotFoundError("none", document=url)

    monkeypatch.setattr("recto.sources.web.Web.fetch", fetch)
    with pytest.raises(NotFoundError, match="CIK/0001140361-25-000057"):
        open_source("0001140361-25-000057")
