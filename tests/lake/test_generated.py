"""Filings that `tests/perf/filings.py` makes for measuring: the same facts, with other dates and values."""

from __future__ import annotations

from pathlib import Path

import pytest

import recto
from tests.perf import filings

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.mark.parametrize("name", ["inline", "equity"])
def test_another_filing(name: str, tmp_path: Path) -> None:
    opened = [
        recto.open(each, taxonomies=[DATA / "mirror"], offline=True)
        for each in (DATA / name, filings.write(DATA / name, 5, tmp_path))
    ]
    one, other = (list(each.facts) for each in opened)
    assert [fact.qname for fact in one] == [fact.qname for fact in other]
    assert [fact.valid for fact in one] == [fact.valid for fact in other]
    numbers = [(a.number, b.number) for a, b in zip(one, other, strict=True) if a.is_numeric and a.number]
    assert numbers
    assert all(a != b for a, b in numbers)
    assert {fact.period.oim for fact in one}.isdisjoint(fact.period.oim for fact in other)
    assert [each.code for each in opened[0].findings] == [each.code for each in opened[1].findings]


def test_the_same_number_makes_the_same_filing(tmp_path: Path) -> None:
    chosen = filings.samples(DATA)
    made = [list(filings.generate(chosen, 3, 5, tmp_path / each)) for each in ("one", "two")]
    contents = [
        {file.relative_to(tmp_path / name).as_posix(): file.read_bytes() for path in paths for file in path.iterdir()}
        for name, paths in zip(("one", "two"), made, strict=True)
    ]
    assert contents[0] == contents[1]
    assert [path.name for path in made[0]] == [filings.accession(3), filings.accession(4)]
