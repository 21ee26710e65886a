"""Every expected page, read back, says what the filing's facts say, to the precision of the print."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import recto
from recto.instance.model import Fact
from recto.rendering.reading import ReadFact, read

SHARED = Path(__file__).resolve().parents[3] / "shared"
SAMPLES = ("aapl-2025q2-10q", "nflx-2010q3-10q", "nflx-2023-10k", "xr25-bxp-q1-2024", "xule-dolby", "wk-2023-8k")
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "ft²": "sqft"}


@pytest.mark.parametrize("name", SAMPLES)
def test_facts_of_pages_are_the_filings_own(name: str, filing: recto.Filing, shared_data: Path) -> None:
    facts: dict[str, list[Fact]] = defaultdict(list)
    for fact in filing.facts:
        if fact.concept is not None:
            facts[fact.concept.name].append(fact)
    strangers = []
    count = 0
    for path in sorted((shared_data / "expected" / name).glob("R*.htm")):
        for cell in read(path.read_bytes(), path.name).facts:
            count += 1
            assert cell.element is not None
            if not any(_agrees(cell, fact) for fact in facts[cell.element]):
                strangers.append((path.name, cell.label, cell.text))
    assert count > 20
    assert strangers == []


def _agrees(cell: ReadFact, fact: Fact) -> bool:
    if fact.period is None or fact.nil != cell.nil:
        return False
    if cell.moment == "start":
        if fact.period.kind != "instant":
            return False
    elif cell.end is not None and (fact.period.last_day is None or fact.period.last_day.date() != cell.end):
        return False
    if cell.value is None:
        return True
    assert cell.decimals is not None
    if fact.number is None or abs(abs(fact.number) - abs(cell.value)) > Decimal(1).scaleb(-cell.decimals) / 2:
        return False
    return _unit_agrees(cell, fact)


def _unit_agrees(cell: ReadFact, fact: Fact) -> bool:
    assert fact.unit is not None
    sides = ["*".join(m.local for m in side) for side in (fact.unit.numerators, fact.unit.denominators) if side]
    for unit in cell.unit_candidates:
        read = [SYMBOLS.get(part, part) for part in unit.split("/")]
        if read == sides:
            return True
    return cell.category in ("number", "percent")
