"""Facts that can be asked, on filings of our own."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import recto
from recto.errors import UsageError
from recto.filing import Filing
from recto.select import Facts
from recto.select.duplicates import superseded
from recto.select.matching import dimension_test


@pytest.fixture(scope="module")
def filing(data: Path) -> Filing:
    return recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)


@pytest.fixture(scope="module")
def typed(data: Path) -> Filing:
    return recto.open(data / "typed", taxonomies=[data / "mirror"], offline=True)


def ids(facts: Facts) -> list[str]:
    return [fact.id for fact in facts]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"concept": "Cash"}, ["cash-2024", "cash-2023"]),
        ({"concept": "us-gaap:cash"}, ["cash-2024", "cash-2023"]),
        ({"concept": ["Cash", "Assets"], "period": "2024"}, ["cash-2024", "assets-2024"]),
        ({"concept": "Cash", "period": "latest"}, ["cash-2024"]),
        ({"concept": "Cash", "period": "FY2023"}, ["cash-2023"]),
        ({"concept": "Cash", "period": date(2023, 12, 31)}, ["cash-2023"]),
        ({"concept": "Cash", "period": "Dec. 31, 2023"}, ["cash-2023"]),
        ({"concept": "Cash", "period": "as of December 31, 2023"}, ["cash-2023"]),
        ({"concept": "Cash", "period": "31 December 2023"}, ["cash-2023"]),
        ({"concept": "Cash", "period": "Dec. 2023"}, ["cash-2023"]),
        ({"concept": ["Cash", "InventoryWriteDown"], "period": "FY"}, ["cash-2024", "write-down-2024"]),
        ({"concept": "InventoryWriteDown", "period": "12 months ended Dec. 31, 2024"}, ["write-down-2024"]),
        ({"concept": "InventoryWriteDown", "period": "year ended December 31, 2024"}, ["write-down-2024"]),
        ({"concept": "InventoryWriteDown", "period": "3 months ended Dec. 31, 2024"}, []),
        ({"concept": "Cash", "period": "2023-Q4"}, ["cash-2023"]),
        ({"concept": "InventoryWriteDown", "period": "2024-01-01/2024-12-31"}, ["write-down-2024"]),
        ({"concept": "InventoryWriteDown", "period": "2024/2024"}, ["write-down-2024"]),
        ({"concept": "InventoryWriteDown", "period": "2024-Q4"}, []),
        ({"concept": "Cash", "period": "instant", "unit": "USD"}, ["cash-2024", "cash-2023"]),
        ({"concept": "Cash", "period": "duration"}, []),
        ({"unit": "iso4217:EUR"}, []),
        ({"text": "stated at COST"}, ["inventories"]),
    ],
)
def test_questions(filing: Filing, question: dict[str, Any], found: list[str]) -> None:
    assert ids(filing.facts.where(**question)) == found


def test_questions_are_lazy_and_chained(filing: Filing) -> None:
    fresh = Facts(filing).where(concept="Cash")
    assert "_chosen" not in vars(fresh)
    assert ids(fresh.where(period="2023")) == ["cash-2023"]
    assert repr(fresh) == "<recto.Facts 2 concept=Cash>"
    assert str(fresh).splitlines()[0].startswith("Cash: 1.25 million USD")
    assert "<table>" in fresh._repr_html_()


def test_members(typed: Filing) -> None:
    axes = typed.facts.axes
    assert axes
    with_members = typed.facts.where(dimensions=True)
    assert len(with_members) + len(typed.facts.where(dimensions=False)) == sum(not f.is_tuple for f in typed.facts)
    found = typed.facts.where(axis=axes[0])
    assert found
    assert all(axes[0] in [f.home.namer.name(axis) for axis in f.dimensions] for f in found)
    member = next(iter(found[0].dimensions.values()))
    words = member.text if not isinstance(member, recto.QName) else member.local
    assert found[0] in typed.facts.where(axis=axes[0], member=words)
    assert found[0] in typed.facts.where(axis=f"{axes[0]}={words}")
    assert not typed.facts.where(axis=axes[0], member="NoSuchMember")
    assert "axes in use" in typed.facts.where(axis="Nothing").nothing()


@pytest.mark.parametrize("words", ["2024-02-30", "2024-13", "2024-00", "soon", "2024-Q5", "FY24", "2024/2024-99", ""])
def test_words_that_mean_no_period(filing: Filing, words: str) -> None:
    with pytest.raises(UsageError):
        filing.facts.where(period=words)


def test_what_the_library_hands_out_can_be_asked_for(filing: Filing, typed: Filing) -> None:
    cash = filing.facts.where(concept="Cash")
    for wanted in (filing.concepts["Cash"], cash[0].concept, cash[0].qname, cash[0]):
        assert filing.facts.where(concept=wanted) == cash
    assert filing.facts.where(concept="Cash", period=cash[1].period) == [cash[1]]
    assert filing.facts.where(concept="Cash", unit=cash[0].unit) == cash
    share = filing.facts.where(unit="USD/shares")
    assert filing.facts.where(unit="USD / shares") == share
    fact = typed.facts.where(dimensions=True)[0]
    (axis, member), *_ = fact.dimensions.items()
    words = member.text if isinstance(member, recto.TypedMember) else member.local
    found = typed.facts.where(axis={axis: words})
    assert fact in found
    assert repr(found).endswith(f"axis={axis}={words}>")
    assert found == typed.facts.where(axis=axis, member=words) == typed.facts.where(axis={axis.local: [words, "no"]})
    assert not typed.facts.where(axis={axis: "no"})


@pytest.mark.parametrize(
    "question",
    [
        {"dimensions": "yes"},
        {"dimensions": 1},
        {"concept": 3},
        {"concept": ["Cash", None]},
        {"unit": 3},
        {"axis": {"A": "b"}, "member": "c"},
        {"period": "2025-03-29/2024-12-29"},
    ],
)
def test_questions_that_mean_nothing_are_told(filing: Filing, question: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        len(filing.facts.where(**question))


def test_a_typed_member_may_look_like_a_pattern(typed: Filing) -> None:
    fact = typed.facts.where(dimensions=True)[0]
    (axis, member), *_ = fact.dimensions.items()
    assert isinstance(member, recto.TypedMember)
    odd = SimpleNamespace(dimensions={axis: recto.TypedMember(member.element, ("[a] b",))}, home=fact.home)
    test = dimension_test(axis, "[A] B", lambda each: each.home.namer)
    assert test(odd)  # type: ignore[arg-type]
    assert not test(fact)


def test_one_says_why_not(filing: Filing) -> None:
    assert filing.facts.where(concept="Cash", period="2024").one().number == Decimal(1_250_000)
    with pytest.raises(UsageError, match=r"2 facts match concept=Cash, not one: cash-2024 Cash: 1\.25 million"):
        filing.facts.where(concept="Cash").one()
    with pytest.raises(UsageError, match="did you mean us-gaap:Cash"):
        filing.facts.where(concept="Csah").one()
    with pytest.raises(UsageError, match="there is as of December 31, 2024"):
        filing.facts.where(concept="Cash", period="1999").one()
    with pytest.raises(UsageError, match="units in use: USD"):
        filing.facts.where(concept="Cash", unit="EUR").one()


def test_equality_and_slices(filing: Filing) -> None:
    cash = filing.facts.where(concept="Cash")
    assert cash == list(cash)
    assert cash[0].id == "cash-2024"
    assert cash[1:] == (cash[1],)
    assert cash[0] in cash


def number(concept: str, value: str, decimals: int | None) -> dict[str, Any]:
    fact: dict[str, Any] = {
        "value": value,
        "dimensions": {
            "concept": concept,
            "entity": "e:1",
            "period": "2025-01-01T00:00:00",
            "unit": "iso4217:USD",
        },
    }
    if decimals is not None:
        fact["decimals"] = decimals
    return fact


def test_the_most_precise_of_consistent_duplicates_stays(filing: Filing, tmp_path: Path, data: Path) -> None:
    facts = {
        "rough": number("us-gaap:Cash", "1000", -3),
        "fine": number("us-gaap:Cash", "1234", 0),
        "one": number("us-gaap:Assets", "5", 0),
        "other": number("us-gaap:Assets", "7", 0),
        "again": number("us-gaap:Assets", "7", 0),
    }
    namespaces = {
        "xbrl": "https://xbrl.org/2021",
        "e": "http://example.org/e",
        "us-gaap": "http://fasb.org/us-gaap/2024",
        "iso4217": "http://www.xbrl.org/2003/iso4217",
    }
    report = {
        "documentInfo": {
            "documentType": "https://xbrl.org/2021/xbrl-json",
            "namespaces": namespaces,
            "taxonomy": ["https://xbrl.fasb.org/us-gaap/2024/elts/us-gaap-2024.xsd"],
        },
        "facts": facts,
    }
    (tmp_path / "r.json").write_text(json.dumps(report), "utf-8")
    opened = recto.open(tmp_path / "r.json", taxonomies=[data / "mirror"], offline=True)
    assert ids(opened.facts.deduplicated()) == ["fine", "one", "other"]
    assert {fact.id for fact in superseded(opened.instances, opened.facts)} == {"rough", "again"}


def test_frames_of_an_answer(filing: Filing, tmp_path: Path) -> None:
    cash = filing.facts.where(concept="Cash")
    frame = cash.to_pandas(fiscal=True, pages=True)
    assert list(frame["number"]) == [1250000.0, 980000.0]
    assert list(frame["exact"]) == [Decimal(1250000), Decimal(980000)]
    assert list(frame["fiscal_year"]) == [2024, 2023]
    assert list(frame["fiscal_period"]) == ["FY", "FY"]
    assert (frame.end == "2024-12-31").tolist() == [True, False]
    assert cash.to_pandas(exact=True)["number"].tolist() == [Decimal(1250000), Decimal(980000)]
    assert cash.to_polars()["number"].to_list() == [1250000.0, 980000.0]
    openpyxl = pytest.importorskip("openpyxl")
    cash.to_excel(tmp_path / "cash.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "cash.xlsx")["Facts"]
    names = [cell.value for cell in sheet[1]]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert [row[names.index("number")].value for row in sheet.iter_rows(min_row=2)] == [1250000, 980000]
    assert sheet.cell(2, names.index("end") + 1).value.date() == date(2024, 12, 31)


def test_axes_as_columns(typed: Filing) -> None:
    axes = typed.facts.axes
    table = typed.to_arrow(axes=True)
    for axis in axes:
        assert axis in table.columns
        assert f"{axis} label" in table.columns


WORK: dict[str, Callable[[Any], Any]] = {
    "minus": lambda frame: frame.number - frame.number,
    "divide": lambda frame: frame.number / frame.number,
    "change": lambda frame: frame.number.pct_change(),
    "describe": lambda frame: frame.describe(),
    "pivot": lambda frame: frame.pivot_table(index="concept", columns="end", values="number"),
    "json": lambda frame: frame.to_json(date_format="iso"),
    "duplicates": lambda frame: frame.drop_duplicates(),
    "group": lambda frame: frame.groupby("concept").number.sum(),
    "exact": lambda frame: frame.exact - frame.exact,
    "exact sum": lambda frame: frame.exact.sum(),
    "csv": lambda frame: frame.to_csv(),
}


@pytest.mark.parametrize("name", WORK)
@pytest.mark.parametrize("exact", [False, True])
def test_what_people_do_with_frames_in_pandas(typed: Filing, name: str, exact: bool) -> None:
    frame = typed.to_pandas(exact=exact, pages=True, axes=True, fiscal=True)
    if exact and name in ("divide", "change"):
        frame = frame[frame.numeric & ~frame.nil & (frame.number != 0)]
    WORK[name](frame)


def test_what_people_do_with_tables_elsewhere(typed: Filing) -> None:
    import duckdb
    import polars as pl
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = typed.to_arrow(pages=True)
    assert rows.num_rows == len(rows)
    arrow = pa.table(rows)
    pc.subtract(arrow["number"], arrow["number"])
    arrow.group_by("concept").aggregate([("number", "sum"), ("exact", "sum")])
    assert duckdb.sql("select sum(number * number), sum(exact) from rows").fetchall()
    frame = typed.to_polars()
    frame.select(pl.col("number") / pl.col("number"), pl.col("exact") - pl.col("exact"))
    frame.describe()
    frame.unique()
    frame.group_by("concept").agg(pl.col("number").sum(), pl.col("exact").sum())


def test_a_chosen_fact_leads_to_its_cell(filing: Filing) -> None:
    cash = filing.facts.where(concept="Cash", period="2024").one()
    cells = [cell for row in filing.report(cash.pages[0]).rows for cell in row.cells if cash in cell.facts]
    assert [cell.facts[0].place.id for cell in cells] == ["cash-2024"]


def test_lines_over_periods(annual: Path) -> None:
    filing = recto.open(annual / "2024", taxonomies=[annual / "taxonomy"], offline=True)
    sales = filing.facts.where(concept="Revenues", axis="*SegmentsAxis").by_period()
    assert sales.columns == [
        *("label", "members", "concept", "dimensions", "unit"),
        *("2024-12-31", "2023-12-31", "2022-12-31"),
    ]
    frame = sales.to_pandas()
    assert frame["members"].tolist() == ["Mills", "Orchards"]
    assert frame.set_index("members")["2024-12-31"].to_dict() == {"Mills": 333_100_000.0, "Orchards": 228_200_000.0}
    assert ((frame["2024-12-31"] - frame["2023-12-31"]) / frame["2023-12-31"]).round(3).tolist() == [0.046, 0.116]
    exact = filing.facts.where(concept="NetIncomeLoss").by_period(exact=True)
    assert len(exact) == 1  # the rounded one of the note is the same
    assert exact.to_arrow().column("2024-12-31").to_pylist() == [Decimal(67_100_000)]
    mixed = filing.facts.where(concept=["Revenues", "DocumentType", "InventoryNet"], dimensions=False).by_period()
    assert mixed.columns[5:] == [  # a moment and a span that end on one day are told apart
        *("2024-01-01/2024-12-31", "2024-12-31", "2023-01-01/2023-12-31", "2023-12-31", "2022-12-31"),
    ]
    assert len(mixed) == 2  # words stand aside
    assert filing.facts.where(concept="DocumentType").by_period().to_pandas()["2024-12-31"].tolist() == ["10-K"]
    assert len(filing.facts.where(concept="Nothing").by_period()) == 0


def test_the_last_fiscal_year(annual: Path) -> None:
    for year in (2023, 2024):
        filing = recto.open(annual / str(year), taxonomies=[annual / "taxonomy"], offline=True)
        facts = filing.facts.where(period="FY")
        assert {fact.period.last_day.year for fact in facts} == {year}
        assert any(fact.dimensions for fact in facts)
        assert facts.periods == (f"as of December 31, {year}", f"year ended December 31, {year}")
