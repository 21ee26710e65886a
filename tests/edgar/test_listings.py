"""EDGAR's listings: companies, submissions, indexes, feeds, archives."""

from __future__ import annotations

import gzip
import io
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from recto.edgar import Edgar, parse_query
from recto.edgar.feeds import read_archive
from recto.errors import NotFoundError, SourceError, UsageError
from tests.edgar.server import feed_archive, index


@pytest.mark.parametrize("text", ["AAPL", "aapl", "320193", "CIK0000320193", "Apple Inc.", "apple inc"])
def test_companies(edgar: Any, text: Any) -> None:
    assert edgar.company(text).cik == 320193


def test_companies_by_name_of_all_that_ever_filed(edgar: Any, server: Any) -> None:
    server.pages["/Archives/edgar/cik-lookup-data.txt"] = b"APPLE INC:0000320193:\nENRON CORP/OR/:0001024401:\n" + (
        b"BANK OF AMERICA CORP:0000000005:\nSHOES OF AMERICA INC:0000000006:\n"
    )
    server.company(1024401, "ENRON CORP/OR/", [], [])
    assert edgar.company("Enron Corp/OR/").cik == 1024401
    assert edgar.company("berkshire").cik == 1067983
    assert edgar.company("BRK.B").cik == 1067983
    with pytest.raises(UsageError, match=r"'of America' may be BANK OF AMERICA CORP \(5\), SHOES OF AMERICA INC \(6\)"):
        edgar.company("of America")
    with pytest.raises(NotFoundError, match="knows no company"):
        edgar.company("No Such Firm")
    with pytest.raises(NotFoundError, match="knows no company"):
        edgar.company("999")


def test_filings(edgar: Any, server: Any) -> None:
    all_of_them = edgar.filings("AAPL")
    assert len(all_of_them) == 8
    assert [each.filed for each in all_of_them] == sorted((each.filed for each in all_of_them), reverse=True)
    older = "/submissions/CIK0000320193-submissions-001.json"
    server.requests.clear()
    found = edgar.filings("AAPL", forms=["10-K"], since="2020")
    assert [each.accession for each in found] == ["0000320193-24-000123", "0000320193-23-000106"]
    assert older not in [path for path, *_ in server.requests], "pages of other days are not asked for"
    assert [each.filed.year for each in edgar.filings("AAPL", until=2002)] == [2002, 2001]
    assert {each.form for each in edgar.filings("AAPL", since="2023-10", xbrl=True)} == {"10-K", "10-K/A"}
    newest = all_of_them[0]
    assert newest.url == "https://www.sec.gov/Archives/edgar/data/320193/0000320193-24-000123.txt"
    assert newest.folder == "https://www.sec.gov/Archives/edgar/data/320193/000032019324000123/"
    assert (newest.period, newest.inline, newest.size) == (date(2024, 9, 28), True, 1234)
    assert newest.accepted.isoformat() == "2024-11-01T16:30:00+00:00"


@pytest.mark.parametrize(
    ("text", "accession"),
    [
        ("AAPL 10-K", "0000320193-24-000123"),
        ("AAPL 10-K 2023", "0000320193-23-000106"),
        ("Apple Inc. 10-k 2023", "0000320193-23-000106"),
        ("AAPL 10-K/A", "0001140361-23-000005"),
        ("320193 10-Q 2023-07", "0000320193-23-000077"),
    ],
)
def test_queries(edgar: Any, text: Any, accession: Any) -> None:
    assert edgar.newest(parse_query(text)).accession == accession


def test_queries_without_answer(edgar: Any) -> None:
    for text in ("AAPL", "some folder", "a/b.xml", "AAPL 2023"):
        assert parse_query(text) is None
    with pytest.raises(NotFoundError, match="no 10-K of 1999"):
        edgar.newest(parse_query("AAPL 10-K 1999"))


def test_a_year_that_ends_in_january_is_of_the_year_before(server: Any, edgar: Any) -> None:
    from tests.edgar.server import row

    rows = [
        row("0000000003-24-000001", "2024-02-20", "2023-12-31"),
        row("0000000003-23-000001", "2023-02-20", "2023-01-01"),
    ]
    server.company(3, "Weeks Inc", ["WEEK"], rows)
    assert edgar.newest(parse_query("WEEK 10-K 2022")).accession == "0000000003-23-000001"
    assert edgar.newest(parse_query("WEEK 10-K 2023")).accession == "0000000003-24-000001"


def test_bulk(server: Any, make_web: Any, tmp_path: Path) -> None:
    server.pages["/Archives/edgar/daily-index/bulkdata/submissions.zip"] = server.bulk()
    path = Edgar(make_web()).bulk_submissions(tmp_path)
    server.requests.clear()
    edgar = Edgar(make_web(offline=True), bulk=path)
    assert len(edgar.filings("320193")) == 8
    with pytest.raises(NotFoundError):
        edgar.filings("999")
    assert server.requests == []


def test_indexes(server: Any, edgar: Any) -> None:
    lines = [
        "320193|Apple Inc.|10-K|2023-11-03|edgar/data/320193/0000320193-23-000106.txt",
        "1067983|BERKSHIRE HATHAWAY INC|8-K|2023-10-10|edgar/data/1067983/0001-bad.txt",
        "1067983|Soci\xe9t\xe9|8-K|2023-10-10|edgar/data/1067983/0001067983-23-000010.txt",
    ]
    server.pages["/Archives/edgar/full-index/2023/QTR4/xbrl.gz"] = gzip.compress(index(*lines))
    server.pages["/Archives/edgar/full-index/2024/QTR1/xbrl.gz"] = gzip.compress(index())
    found = list(edgar.index("2023-10", "2024-01-05"))
    assert [(each.company, each.filed.day) for each in found] == [("Soci\xe9t\xe9", 10), ("Apple Inc.", 3)]
    assert [each.cik for each in edgar.index("2023-11", "2023-12", forms=["10-K"])] == [320193]
    daily = index("320193|Apple Inc.|10-K|20231103|edgar/data/320193/0000320193-23-000106.txt")
    server.pages["/Archives/edgar/daily-index/2023/QTR4/master.20231103.idx"] = daily
    assert edgar.daily(date(2023, 11, 3))[0].filed == date(2023, 11, 3)
    server.pages["/Archives/edgar/daily-index/2023/QTR4/master.20231104.idx"] = b"<html>no</html>"
    with pytest.raises(SourceError, match="no index"):
        edgar.daily(date(2023, 11, 4))
    with pytest.raises(UsageError):
        list(edgar.index(None))
    with pytest.raises(UsageError):
        list(edgar.index("last year"))


FEED = """<?xml version="1.0"?><rss version="2.0"><channel><item><title>Apple Inc. (10-K)</title>
<edgar:xbrlFiling xmlns:edgar="https://www.sec.gov/Archives/edgar"><edgar:companyName>Apple Inc.</edgar:companyName>
<edgar:formType>10-K</edgar:formType><edgar:filingDate>11/03/2023</edgar:filingDate>
<edgar:cikNumber>0000320193</edgar:cikNumber><edgar:accessionNumber>0000320193-23-000106</edgar:accessionNumber>
<edgar:acceptanceDatetime>20231102180827</edgar:acceptanceDatetime><edgar:period>20230930</edgar:period>
</edgar:xbrlFiling></item><item><edgar:xbrlFiling xmlns:edgar="https://www.sec.gov/Archives/edgar"/></item>
</channel></rss>"""


def test_feeds(server: Any, edgar: Any) -> None:
    server.pages["/Archives/edgar/usgaap.rss.xml"] = FEED.encode()
    server.pages["/Archives/edgar/monthly/xbrlrss-2023-11.xml"] = FEED.encode()
    (each,) = edgar.latest()
    assert each.accession == "0000320193-23-000106"
    assert (each.accepted.hour, each.period, each.xbrl) == (18, date(2023, 9, 30), True)
    assert edgar.month(2023, 11, forms=["10-Q"]) == []
    server.pages["/Archives/edgar/usgaap.rss.xml"] = b"<rss"
    with pytest.raises(SourceError, match="feed"):
        Edgar(edgar._fetcher.__class__(use_cache=False, **_same(edgar._fetcher))).latest()


def _same(web: Any) -> Any:
    return {"edgar": web._edgar, "identity": web._identity, "queue": web._queue, "trusted_hosts": web._trusted}


def test_archives(server: Any, edgar: Any, tmp_path: Path) -> None:
    members = {"0000320193-23-000106.nc": b"<SUBMISSION>", "../0000320193-23-000107.nc": b"x", "README": b"no"}
    whole = feed_archive(members)
    server.pages["/Archives/edgar/Feed/2023/QTR4/20231103.nc.tar.gz"] = whole
    path = edgar.archive(date(2023, 11, 3), tmp_path)
    with open(path, "rb") as file:
        assert dict(read_archive(file, "x")) == {"0000320193-23-000106": b"<SUBMISSION>", "0000320193-23-000107": b"x"}
    server.requests.clear()
    assert edgar.archive(date(2023, 11, 3), tmp_path) == path
    assert server.requests == [], "an archive that never changes is kept for good"
    with pytest.raises(SourceError, match="damaged"):
        list(read_archive(io.BytesIO(feed_archive({"0000320193-23-000106.nc": os.urandom(50_000)})[:-9000]), "x"))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"cik": "1", "filings": {"recent": {}}}'])
def test_damaged_listings(server: Any, make_web: Any, body: Any) -> None:
    server.pages["/submissions/CIK0000320193.json"] = body
    server.pages["/files/company_tickers.json"] = b"["
    with pytest.raises(SourceError):
        Edgar(make_web(use_cache=False)).filings("320193")
    with pytest.raises(SourceError):
        Edgar(make_web(use_cache=False)).filings("AAPL")
