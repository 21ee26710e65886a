"""Statements over periods, peers, subsequent events, and texts by words, over examples/lake's filings."""

from __future__ import annotations

import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from recto.errors import NotFoundError, UsageError
from recto.lake import Lake, ingest
from recto.lake.words import FOLDER, bare_text

M = Decimal(1_000_000)


def by_label(answer: Any) -> dict[str, list[Any]]:
    wide = answer.wide(newest_first=False)
    return {row.pop("label").strip(): list(row.values()) for row in wide.records()}


def test_a_statement_over_years(lake: Lake) -> None:
    answer = lake.statement("QWK", "income")
    rows = by_label(answer)
    assert list(rows) == [
        "Income Statement [ Abstract]",
        "Revenue From Contract With Customer Excluding Assessed Tax",
        "Cost Of Revenue",
        "Gross Profit",
        "Operating Income Loss",
        "Site restoration costs",
        "Net Income Loss",
        "Earnings Per Share Basic | $ / shares",
    ], "row for row as the newest filing lays it out, under its labels"
    assert answer.wide().columns == ["label", "FY2023", "FY2022 T", "FY2021"]
    assert rows["Net Income Loss"] == [40 * M, 42 * M, 62 * M]
    assert rows["Income Statement [ Abstract]"] == [None, None, None]
    row = next(row for row in answer.records() if row["fiscal_year"] == 2021 and row["label"] == "Cost Of Revenue")
    assert (row["filing"], row["restated"], row["line"]) == ("0009990001-22-000005", True, "us-gaap:CostOfRevenue")


def test_an_extension_of_older_filings_is_matched(lake: Lake) -> None:
    answer = lake.statement("QWK", frequency="quarter")
    rows = [row for row in answer.records() if row["label"] == "Site restoration costs"]
    assert [int(row["value"] / M) for row in rows] == [3, 3, 4, 5, 4, 4, 4, 4, 5, 5, 6]
    assert (rows[0]["concept"], rows[0]["matched"]) == ("qwk:QuarryRestorationCosts", "2 values")
    assert rows[0]["reported_label"] == "Quarry restoration costs"
    assert (rows[-1]["concept"], rows[-1]["matched"]) == ("qwk:SiteRestorationCosts", "same")
    assert lake.statement("QWK", frequency="quarter", periods=2).wide().columns == ["label", "FY2023 Q4", "FY2023 Q3"]


def test_other_statements(lake: Lake) -> None:
    flows = by_label(lake.statement("QWK", "cash flow", frequency="quarter"))
    assert [int(each / M) for each in flows["Net Cash Provided By Used In Operating Activities"]] == [
        *(10, 15, 20, 25, 12, 18, 20, 30, 25, 30, 35)
    ]
    balance = by_label(lake.statement("QWK", "balance sheet"))
    assert balance["Assets"] == [524 * M, 560 * M, 600 * M]
    known = lake.statement("QWK", "balance", as_known_on="2022-04-01")
    assert by_label(known)["Assets"] == [530 * M]
    chart = lake.statement("QWK").chart(lines="income").to_dict()
    assert {each["series"] for each in chart["datasets"]["values"]} == {"Operating Income Loss", "Net Income Loss"}
    with pytest.raises(UsageError, match="no kind of statement"):
        lake.statement("QWK", "cover")
    with pytest.raises(UsageError, match="balance is of a day"):
        lake.statement("QWK", "balance", frequency="ttm")
    with pytest.raises(NotFoundError, match="no filing of"):
        lake.statement("QWK", "equity")


def test_peers(lake: Lake) -> None:
    answer = lake.peers("revenue", 2023)
    assert [(row["company"], row["value"] / M) for row in answer.records()] == [
        ("QUARRY WORKS INC.", 625),
        ("SLATE HILL CORP.", 260),
    ]
    assert [row["value"] / M for row in lake.peers("us-gaap:Assets", 2021).records()] == [524, 300]
    fourth = lake.peers("us-gaap:NetIncomeLoss", 2023, period="Q4").records()
    assert [(row["company"], row["value"] / M, row["derived"]) for row in fourth] == [("QUARRY WORKS INC.", 16, True)]
    assert [row["value"] / M for row in lake.peers("revenue", 2021, as_known_on="2022-04-14").records()] == [460, 220]
    assert [row["value"] / M for row in lake.peers("revenue", 2022, period="T").records()] == [420]
    assert len(lake.peers("revenue", 2023, companies=["SLH"])) == 1
    assert len(lake.peers("us-gaap:Goodwill", 2023)) == 0
    for wrong in ({"period": "H1"}, {"period": "TTM"}, {"concept": "Assets"}, {"year": 0}):
        with pytest.raises(UsageError):
            lake.peers(**{"concept": "revenue", "year": 2023, **wrong})


def test_subsequent_events(lake: Lake) -> None:
    answer = lake.subsequent_events()
    assert [row["text"].strip() for row in answer.records()] == [
        "In January 2024 the Company issued notes of $40 million.",
        "In October 2023 a fire damaged the crusher at the northern site.",
        "On February 10, 2022 the Company agreed to acquire a marble quarry for $25 million.",
    ]
    first = answer.records()[0]
    assert (first["company"], first["document"], first["line"]) == ("SLATE HILL CORP.", "slh-20231231.xml", 29)
    assert len(lake.subsequent_events("QWK", since="2023")) == 1
    assert len(lake.subsequent_events(until="2022-12-31")) == 1
    assert [row["ticker"] for row in lake.subsequent_events(words="marble acquire").records()] == ["QWK"]
    with pytest.raises(UsageError, match="no date"):
        lake.subsequent_events(since="soon")


@pytest.fixture
def own(lake_folder: Path, tmp_path: Path) -> Path:
    shutil.copytree(lake_folder, tmp_path / "lake", ignore=shutil.ignore_patterns("index"))
    return tmp_path / "lake"


def test_texts_by_words(own: Path) -> None:
    with Lake(own) as lake:
        found = lake.search("damage crushers").records()
        assert [(row["ticker"], row["filing"]) for row in found] == [("QWK", "0009990001-23-000012")], "by their stems"
        assert "fire" in found[0]["snippet"]
        assert lake.text(found[0]["filing"], found[0]["fact"]).startswith("In October 2023")
        assert (own / FOLDER).is_dir()
        assert [row["ticker"] for row in lake.search("company").records()] == ["SLH", "QWK"]
        assert [row["ticker"] for row in lake.search("company", company="QWK").records()] == ["QWK"]
        assert [row["ticker"] for row in lake.search("company", since="2023").records()] == ["SLH"]
        assert len(lake.search("company", until="2023-01-01", form="10-K")) == 1
        assert len(lake.search("company", concept="us-gaap:Goodwill")) == 0
        assert len(lake.search("company OR fire")) == 3
        assert len(lake.search("company -marble")) == 1
        assert len(lake.search('"marble quarry"')) == 1
        assert len(lake.search('"quarry marble')) == 0, "a query that is not well-formed is taken as far as it goes"
        assert len(lake.search("company", limit=1)) == 1
        assert lake.search("nothing of it").schema.names == lake.search("company").schema.names
        with pytest.raises(UsageError, match="give words"):
            lake.search("((")
        with pytest.raises(NotFoundError, match="no text"):
            lake.text("0009990001-23-000012", 9999)


def test_the_index_follows_the_lake(history: Path, opening: dict[str, Any], tmp_path: Path) -> None:
    files = sorted((history / "filings").iterdir())
    ingest(files[:4], tmp_path / "lake", workers=1, **opening)
    with Lake(tmp_path / "lake") as lake:
        assert len(lake.search("company")) == 1
    ingest(files, tmp_path / "lake", workers=1, **opening)
    with Lake(tmp_path / "lake") as lake:
        assert len(lake.search("company")) == 2
        assert len(lake.search("company")) == 2
    shutil.rmtree(tmp_path / "lake" / "index")
    with Lake(tmp_path / "lake") as lake:
        assert len(lake.search("company")) == 2, "it may be deleted at any time"
    damaged = next((tmp_path / "lake" / "index").rglob("meta.json"))
    damaged.write_text("{}")
    (damaged.parent / "recto.txt").unlink()
    with Lake(tmp_path / "lake") as lake:
        assert len(lake.search("company")) == 2, "and is made anew where it is damaged"


def test_words_of_markup() -> None:
    assert bare_text("<p>A &amp; B<!-- no --></p><script>x()</script><b>C</b>", True) == "A & B C"
    assert bare_text("a < b", False) == "a < b"


def test_records_are_what_the_table_says(lake: Lake) -> None:
    found = lake.sql("""select accepted, filed, about, "end", number, decimals, concept from facts
        left join (select filing, filed, period as about from filings) using (filing) order by filing, fact""")
    assert len(found) > 100
    assert found.records() == list(found.to_dicts())
    assert found.records()[0]["accepted"].utcoffset() == timedelta(0)
    assert lake.sql("select accepted, period from filings where false").records() == []
    nothing = lake.sql("select null::timestamptz as moment, null::date as day, 1 as one").records()
    assert nothing == [{"moment": None, "day": None, "one": 1}]
