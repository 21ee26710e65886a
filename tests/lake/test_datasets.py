"""The SEC's data sets as exports: they load into DuckDB, and agree with the facts they came from."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from recto.errors import NotFoundError, UsageError
from recto.lake import Lake, ingest
from recto.lake.dataset_rows import month_end, unit
from recto.lake.datasets import SETS

M = Decimal(1_000_000)
# Columns as the SEC's documents of both sets list them.
SUB = """adsh cik name sic countryba stprba cityba zipba bas1 bas2 baph countryma stprma cityma zipma mas1 mas2
    countryinc stprinc ein former changed afs wksi fye form period fy fp filed accepted prevrpt detail
    instance nciks aciks"""
COLUMNS = {
    "statements": {
        "sub": SUB,
        "num": "adsh tag version ddate qtrs uom segments coreg value footnote",
        "tag": "tag version custom abstract datatype iord crdr tlabel doc",
        "pre": "adsh report line stmt inpth rfile tag version plabel negating",
    },
    "notes": {
        "sub": f"{SUB} pubfloatusd floatdate floataxis floatmems",
        "num": "adsh tag version ddate qtrs uom dimh iprx value footnote footlen dimn coreg durp datp dcml",
        "tag": "tag version custom abstract datatype iord crdr tlabel doc",
        "dim": "dimhash segments segt",
        "txt": """adsh tag version ddate qtrs iprx lang dcml durp datp dimh dimn coreg escaped srclen txtlen footnote
            footlen context value""",
        "ren": """adsh report rfile menucat shortname longname roleuri parentroleuri parentreport ultparentrpt""",
        "pre": "adsh report line stmt inpth tag version prole plabel negating",
        "cal": "adsh grp arc negative ptag pversion ctag cversion",
    },
}


def load(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.chdir(folder)
    connection = duckdb.connect()
    connection.execute((folder / "load.sql").read_text(encoding="utf-8"))
    return connection


@pytest.mark.parametrize("name", ["statements", "notes"])
def test_columns_are_the_secs(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    done = lake.export(name, tmp_path / "set")
    database = load(tmp_path / "set", monkeypatch)
    assert set(SETS[name][0]) == set(COLUMNS[name])
    for table, columns in COLUMNS[name].items():
        described = database.sql(f"describe {table}").fetchall()
        assert [row[0] for row in described] == columns.split()
        assert database.sql(f"select count(*) from {table}").fetchall() == [(done.rows[table],)]
    types = {row[0]: row[1] for row in database.sql("describe num").fetchall()}
    assert (types["value"], types["ddate"], types["qtrs"]) == ("DECIMAL(28,4)", "DATE", "INTEGER")
    assert done.filings == 15


def test_submissions(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.export("statements", tmp_path / "set", company="QWK", form="10-K")
    database = load(tmp_path / "set", monkeypatch)
    rows = database.sql(
        "select adsh, cik, name, fye, form, period, fy, fp, filed, accepted, prevrpt, instance, nciks from sub"
    ).fetchall()
    assert rows[0] == (
        *("0009990001-22-000004", 9990001, "QUARRY WORKS INC.", "1231", "10-K", date(2021, 12, 31), 2021, "FY"),
        *(date(2022, 2, 28), datetime(2022, 2, 28, 16, 5), True, "qwk-20211231.xml", 1),
    ), "accepted in EDGAR's own time; an amendment came later"
    assert rows[1][10] is False


def test_numbers_agree_with_the_facts(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.export("notes", tmp_path / "notes")
    database = load(tmp_path / "notes", monkeypatch)
    held = database.sql("select adsh, tag, uom, count(*), sum(value) from num group by all order by all").fetchall()
    facts = lake.sql(
        """select filing, split_part(concept, ':', 2), unit, count(*), sum(number)::decimal(28, 4) from facts
        where unit is not null group by all order by all"""
    ).to_arrow()
    told = zip(*(column.to_pylist() for column in facts.columns), strict=True)
    assert held == [(filing, tag, unit(measure), count, total) for filing, tag, measure, count, total in told]
    texts = database.sql("select adsh, tag, value from txt order by all").fetchall()
    reported = lake.sql(
        """select filing, split_part(f.concept, ':', 2) as tag, coalesce(t.text, f.value) as value from facts f
        left join texts t using (filing, fact) where f.unit is null order by all"""
    ).records()
    assert len(texts) == len(reported)
    assert ("0009990002-24-000003", "SubsequentEventsTextBlock") in {row[:2] for row in texts}
    assert {row[2] for row in texts if row[1] == "SubsequentEventsTextBlock"} >= {
        "In January 2024 the Company issued notes of $40 million."
    }
    # every number's tag is in `tag`, every hash in `dim`, and every line of `pre` on a page of `ren`
    for query in (
        "select * from num anti join tag using (tag, version)",
        "select * from num anti join dim on dimh = dimhash where dimn > 0",
        "select * from pre anti join ren using (adsh, report)",
        "select * from cal anti join tag on ptag = tag and pversion = version",
        "select adsh, tag, version, ddate, qtrs, uom, dimh, iprx, coreg from num group by all having count(*) > 1",
    ):
        assert database.sql(query).fetchall() == []


def test_a_number_as_the_sec_writes_it(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.export("notes", tmp_path / "notes", company="QWK")
    database = load(tmp_path / "notes", monkeypatch)
    rows = database.sql(
        """select version, ddate, qtrs, uom, value, datp, round(durp, 6), dcml, dimn from num
        where adsh = '0009990001-22-000008' and tag = 'NetIncomeLoss'"""
    ).fetchall()
    # 2022-01-01 to 2022-09-24: 266 days between, 3 quarters; the nearest end of a month is six days later
    assert rows == [
        ("us-gaap/2023", date(2022, 9, 30), 3, "USD", 42 * M, 6.0, round(3 - 266 * 4 / 365, 6), -6, 0),
    ]
    assert database.sql(
        "select version, segments, value from num join dim on dimh = dimhash order by value desc"
    ).fetchall() == [
        ("us-gaap/2021", "BusinessSegments=North;", 300 * M),
        ("us-gaap/2021", "BusinessSegments=South;", 160 * M),
    ]
    own = database.sql("select distinct version, custom from tag where tag = 'SiteRestorationCosts'").fetchall()
    assert len(own) == 6, "a filer's tag is of its filing"
    assert all(custom and version.startswith("0009990001-") for version, custom in own)
    assert database.sql("select distinct uom from num where tag = 'EarningsPerShareBasic'").fetchall() == [
        ("USD/shares",)
    ]
    assert database.sql(
        "select negative, ctag from cal where adsh = '0009990001-22-000008' order by arc"
    ).fetchall() == [(True, "CostOfRevenue"), (False, "RevenueFromContractWithCustomerExcludingAssessedTax")]


def test_statements_hold_what_statements_show(lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lake.export("statements", tmp_path / "set", company="SLH")
    database = load(tmp_path / "set", monkeypatch)
    assert database.sql("select distinct stmt from pre order by 1").fetchall() == [("BS",), ("CF",), ("CP",), ("IS",)]
    assert database.sql("select * from num anti join pre using (adsh, tag, version)").fetchall() == []
    told = database.sql("select plabel from pre where stmt = 'BS' and tag = 'Assets'").fetchall()
    assert set(told) == {("Assets",)}


def test_the_nearest_end_of_a_month() -> None:
    assert month_end(date(2022, 9, 24)) == date(2022, 9, 30)
    assert month_end(date(2023, 1, 1)) == date(2022, 12, 31)
    assert month_end(date(2024, 2, 14)) == date(2024, 1, 31)
    assert month_end(date(2024, 2, 29)) == date(2024, 2, 29)


def test_what_cannot_be_exported(lake: Lake, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no data set"):
        lake.export("frames", tmp_path / "x")
    with pytest.raises(NotFoundError, match="no filing"):
        lake.export("notes", tmp_path / "x", since="2030")
    assert not (tmp_path / "x").exists()


def test_real_filings_agree_with_their_facts(
    shared_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("aapl-2022-10k", "xr25-itt-fy-2023", "nflx-2010q3-10q")
    ingest(
        [shared_data / "filings" / name for name in names],
        tmp_path / "lake",
        workers=2,
        taxonomies=[str(shared_data / "taxonomies")],
        offline=True,
    )
    with Lake(tmp_path / "lake") as lake:
        lake.export("notes", tmp_path / "notes")
        lake.export("statements", tmp_path / "set")
        facts = lake.sql(
            """select filing, split_part(concept, ':', 2) as tag, count(*) as n,
                sum(round(number, 4))::decimal(28, 4) as total
            from facts where unit is not null and (valid or nil) group by all order by all"""
        ).records()
        texts = lake.sql("select count(*) as n from facts where unit is null and valid and not nil").records()
    database = load(tmp_path / "notes", monkeypatch)
    held = database.sql("select adsh, tag, count(*), sum(value) from num group by all order by all").fetchall()
    assert held == [(row["filing"], row["tag"], row["n"], row["total"]) for row in facts]
    assert database.sql("select count(*) from txt").fetchall() == [(texts[0]["n"],)]
    shown = load(tmp_path / "set", monkeypatch)
    assert shown.sql(
        "select value from num where adsh like 'aapl%' and tag = 'NetIncomeLoss' and qtrs = 4 and segments is null"
        " order by ddate desc"
    ).fetchall() == [(99_803 * M,), (94_680 * M,), (57_411 * M,)]
