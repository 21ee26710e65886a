"""Compaction of a table that is too large to be sorted at once, on a small one: the limits are lowered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from recto import Lake
from recto.errors import SourceError
from recto.lake import compaction, layouts
from recto.lake.care import status, vacuum, verify
from recto.lake.compaction import compact, row_groups
from recto.lake.layouts import Layout, stored
from recto.lake.places import Place
from recto.lake.schemas import DATA, SORTED
from recto.lake.store import DataFile, Store
from tests.perf.edgar import accession, expected, write

COMPANIES = 12


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A group of rows has 400 of them, 2,000 are sorted at once, and a file has some groups."""
    monkeypatch.setattr(layouts, "ROW_GROUP", 400)
    monkeypatch.setattr(compaction, "ROW_GROUP", 400)
    monkeypatch.setattr(layouts, "SORTED_AT_ONCE", 2000)
    monkeypatch.setattr(compaction, "OUTGROWN", 2)
    monkeypatch.setattr(compaction, "FILE_BYTES", 60_000)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    write(tmp_path / "lake", COMPANIES, 0, 3)
    return Place(tmp_path / "lake")


def files_of(place: Place, table: str = "facts") -> list[DataFile]:
    return list(Store(place).snapshot().files[table])


def answers(place: Place) -> list[Any]:
    """Every fact, and a few questions, whatever the order of the rows."""
    lake = Lake(place.url)
    return [
        lake.sql("select * from facts order by filing, fact").to_arrow(),
        lake.sql("select * from texts order by filing, fact").to_arrow(),
        lake.sql("select count(*) n, sum(number) s from latest").records(),
    ]


def told(place: Place, company: int, quarter: int) -> list[tuple[str, int]]:
    rows = Lake(place.url).sql(
        "select concept, number from facts where filing = ? and number is not null order by fact",
        [accession(company, quarter)],
    )
    return [(row["concept"], int(row["number"])) for row in rows.records()]


def test_stretches_are_sorted_one_at_a_time(place: Place) -> None:
    before = answers(place)
    heard: list[str] = []
    compact(place, whole=True, progress=lambda at, of, what: heard.append(what))
    assert answers(place) == before
    assert {each.code for each in verify(place)} <= {"recto:lakeFacts"}, "the generator makes no digests of facts"
    layout = stored(place, "facts")
    assert layout is not None
    rows = sum(each.rows for each in files_of(place))
    assert layout.count == -(-rows // 2000)
    assert len(layout.blocks) > layout.count
    assert {layout.place_of(each) for each in files_of(place)} == {(number, True) for number in range(layout.count)}
    assert f"facts: stretch 1 of {layout.count}" in heard
    for company in (0, 5, 11):
        assert told(place, company, 2) == [(each.concept, each.number) for each in expected(company, 2)]


def test_a_company_is_in_one_stretch_and_few_groups(place: Place) -> None:
    import pyarrow.parquet as pq

    compact(place, whole=True)
    layout = stored(place, "facts")
    assert layout is not None
    for each in files_of(place):
        file = pq.ParquetFile(place.at(f"facts/{each.name}"))
        table = file.read(["entity", *SORTED["facts"]])
        found = table.column("entity").to_pylist()
        stretch = layout.place_of(each)
        assert stretch is not None
        assert {layout.place(entity)[0] for entity in found} == {stretch[0]}
        keys = [
            (layout.place(entity)[1], *row)
            for entity, *row in zip(found, *(table.column(name).to_pylist() for name in SORTED["facts"]), strict=True)
        ]
        assert keys == sorted(keys)
        at = 0
        for group in range(file.num_row_groups):
            count = file.metadata.row_group(group).num_rows
            assert count <= 400
            assert len({block for block, *_ in keys[at : at + count]}) == 1, "a group is of one block"
            at += count


def test_one_that_was_ended_goes_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each commit of its own: what was done stays done, and answers are what they were."""
    before = answers(place)
    add = Store.add
    left = 0

    def ended(self: Store, table: str, *given: Any) -> None:
        nonlocal left
        if left == 0 and table == "facts" and given[0]:
            raise KeyboardInterrupt
        left -= table == "facts" and bool(given[0])
        add(self, table, *given)

    monkeypatch.setattr(Store, "add", ended)
    times = 0
    while times < 20:
        times += 1
        left = 1
        try:
            compact(place, whole=True)
        except KeyboardInterrupt:
            assert answers(place)[2] == before[2]
            continue
        break
    assert 3 < times < 20
    monkeypatch.undo()
    assert answers(place) == before
    assert {each.code for each in verify(place)} <= {"recto:lakeFacts"}


def test_a_second_time_there_is_nothing_to_do(place: Place) -> None:
    compact(place, whole=True)
    first = files_of(place)
    compact(place, whole=True)
    compact(place)
    assert files_of(place) == first


def test_what_comes_in_goes_to_its_stretches(place: Place) -> None:
    compact(place, whole=True)
    layout = stored(place, "facts")
    write(Path(place.url), COMPANIES, 3, 4)
    before = answers(place)
    compact(place)
    assert [each for each in files_of(place) if layout and layout.place_of(each) is None], "few files: left alone"
    compact(place, whole=True)
    assert stored(place, "facts") == layout
    assert answers(place) == before
    assert all(layout.place_of(each) for each in files_of(place)) if layout else False
    write(Path(place.url), COMPANIES, 4, 7)
    before = answers(place)
    compact(place, whole=True)
    assert stored(place, "facts") != layout, "twice as many rows are cut anew"
    assert answers(place) == before


def test_vacuum_leaves_what_is_there(place: Place) -> None:
    before = answers(place)
    compact(place, whole=True)
    assert vacuum(place, hours=0)
    assert answers(place) == before
    held = {f"{name}/{each.name}" for name in DATA for each in files_of(place, name)}
    assert {f"facts/{name}" for name, _ in place.names("facts")} == {each for each in held if each.startswith("facts")}
    assert status(place).left == 0


def test_two_at_once(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever comes second with a step learns of it, and loses nothing."""
    before = answers(place)
    add = Store.add
    inside = False

    def other_first(self: Store, table: str, *given: Any) -> None:
        nonlocal inside
        if not inside and table == "facts" and given[0]:
            inside = True
            compact(place, whole=True)
        add(self, table, *given)

    monkeypatch.setattr(Store, "add", other_first)
    with pytest.raises(SourceError):
        compact(place, whole=True)
    monkeypatch.undo()
    compact(place, whole=True)
    assert answers(place) == before


@pytest.mark.parametrize("length", [1, 3, 7, 100])
def test_groups_of_rows(length: int) -> None:
    """Every row once and in order, at most so many in a group, and a block begins a new one: however rows come."""
    import pyarrow as pa

    blocks = [0] * 5 + [1] * 8 + [2] + [4] * 4
    rows = pa.table({"x": list(range(len(blocks))), "block": pa.array(blocks, pa.int32())})
    groups = [part.column("x").to_pylist() for part in row_groups(iter(rows.to_batches(max_chunksize=length)), 4)]
    assert groups == [[0, 1, 2, 3], [4], [5, 6, 7, 8], [9, 10, 11, 12], [13], [14, 15, 16, 17]]
    assert list(row_groups(iter([]), 4)) == []


def test_cuts() -> None:
    """No key is in two parts, and one that has more than its share does not move the others."""
    even = Layout.of("facts", [(f"{number:04}", 10) for number in range(100)], 250)
    assert even.stretches == ("0025", "0050", "0075")
    assert even.place("0024")[0] == 0
    assert even.place("0025")[0] == 1
    assert even.place(None) == (0, 0)
    uneven = Layout.of("texts", [(None, 5), ("a", 900), ("b", 10), ("c", 10), ("d", 75)], 100)
    assert uneven.stretches == ("b",)
    assert uneven.blocks == ()
