"""Facts of xBRL-CSV whose concept and context were met before are made by a shorter way, with the same outcome."""

from __future__ import annotations

import random
from typing import Any

import pytest

from recto.instance.model import Instance
from recto.instance.oim.tables import _Layer
from tests.instance.oim.reports import csv_report, read_csv

CELLS = {
    "concept": ["t:Cash"] * 4 + ["t:Note", "t:Regions", "t:Unknown", "other:Cash", "t:RegionAxis", "", "#nil", "#none"],
    "period": ["2024@end"] * 3 + ["2024", "2024-01-01..2024-12-31", "2025-01-01T00:00:00", "2024-13", "", "#none"],
    "region": ["t:Asia"] * 3 + ["", "#none", "t:World", "none of it", "#nil"],
    "day": ["2024-02-29"] * 3 + [" 2024-02-29 ", "2023-02-29", "#nil", "", "#none"],
    "unit": ["iso4217:USD"] * 3 + ["iso4217:EUR", "xbrli:pure", "", "#none", "#nil", "USD"],
    "language": ["en"] * 3 + ["", "#none", "not a language", "de"],
    "decimals": ["2"] * 3 + ["", "INF", "#none", "x", "-3"],
    "group": ["", "", "euros", "unheard of"],
    "value": ["1", "1", "-2.5", " 3 ", "4d2", "5d", "word", "#nil", "#empty", "#none", "#odd", "##6", "", "\x01"],
    "other": ["", "", "7", "text"],
}  # fmt: skip
METADATA = csv_report(
    tableTemplates={
        "t": {
            "columns": {
                **{name: {} for name in ("concept", "period", "region", "day", "unit", "language", "decimals")},
                "group": {"propertyGroups": {"euros": {"dimensions": {"unit": "iso4217:EUR"}}}},
                "value": {
                    "propertiesFrom": ["group"],
                    "decimals": "$decimals",
                    "dimensions": {
                        "concept": "$concept",
                        "period": "$period",
                        "t:RegionAxis": "$region",
                        "t:DayAxis": "$day",
                        "language": "$language",
                    },
                },
                "other": {"dimensions": {"concept": "t:Note", "period": "$period", "language": "$language"}},
            },
            "dimensions": {"unit": "$unit"},
        }
    }
)


def said(found: Instance) -> list[Any]:
    facts = [
        (f.id, f.qname, f.concept, f.value, f.nil, f.decimals, f.language, f.line, f.index, f.valid, f.has_value)
        + ((f.context.id, f.context.period, dict(f.dimensions)) if f.context is not None else ())
        + ((f.unit.id, f.unit.numerators) if f.unit is not None else (f.unit_id,))
        for f in found.facts
    ]
    return [facts, [(each.code, each.message, each.line, each.facts) for each in found.findings]]


@pytest.mark.parametrize("seed", range(12))
def test_both_ways_give_the_same_facts_and_findings(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    chance = random.Random(seed)
    usual = {name: cells[0] for name, cells in CELLS.items()}
    rows = []
    for _ in range(150):
        row = usual | {name: chance.choice(CELLS[name]) for name in chance.sample(sorted(CELLS), chance.randrange(4))}
        rows.append(",".join(f'"{row[name]}"' for name in CELLS))
    table = "\n".join([",".join(CELLS), *rows, ""])
    short = read_csv(METADATA, table)
    assert sum(fact.valid for fact in short.facts) > 50
    monkeypatch.setattr(_Layer, "learn", lambda *_: None)
    assert said(short) == said(read_csv(METADATA, table))
