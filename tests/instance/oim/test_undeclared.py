"""Reports in CSV whose taxonomy is not at hand: what is a number, the report itself tells."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import recto

INFO = {
    "documentType": "https://xbrl.org/2021/xbrl-csv",
    "namespaces": {"t": "https://example.org/t", "cik": "http://www.sec.gov/CIK"},
    "taxonomy": ["https://example.org/absent.xsd"],
}
FIXED = {"concept": "t:Rate", "entity": "cik:1", "period": "2024"}


def facts(folder: Path, column: dict[str, Any], row: str, **template: Any) -> list[recto.Fact]:
    column = {"dimensions": FIXED, **column}
    metadata = {
        "documentInfo": INFO,
        "tableTemplates": {"r": {"columns": {"d": {}, "v": column}, **template}},
        "tables": {"r": {"url": "r.csv"}},
    }
    (folder / "r.json").write_text(json.dumps(metadata))
    (folder / "r.csv").write_text(f"d,v\n{row}\n")
    with recto.open(folder / "r.json", offline=True) as filing:
        return list(filing.facts)


@pytest.mark.parametrize(
    ("column", "row", "number", "decimals"),
    [
        ({"decimals": "$d"}, "4,0.7821", Decimal("0.7821"), 4),
        ({"decimals": 2}, ",-5", Decimal(-5), 2),
        ({"decimals": "$d"}, ",0.7821", None, None),
        ({"decimals": "$d"}, "#none,0.7821", None, None),
        ({"decimals": 2}, ",words", None, None),
        ({"decimals": 2}, ",2024-01-01", None, None),
        ({}, "4,0.7821", None, None),
    ],
)
def test_what_a_column_gives_decimals_is_a_pure_number(
    tmp_path: Path, column: dict[str, Any], row: str, number: Decimal | None, decimals: int | None
) -> None:
    (fact,) = facts(tmp_path, column, row)
    assert (fact.number, fact.decimals, fact.valid) == (number, decimals, True)
    assert (fact.unit is not None) == (number is not None)


def test_decimals_for_a_whole_table_tell_nothing_of_one_fact(tmp_path: Path) -> None:
    """They are there for its numbers, and its texts may be numerals too."""
    (fact,) = facts(tmp_path, {}, ",2024", decimals=0)
    assert (fact.number, fact.unit, fact.value) == (None, None, "2024")


def test_saving_and_reading_keeps_pure_numbers(tmp_path: Path) -> None:
    said = {"value": "0.25", "decimals": 2, "dimensions": {**FIXED, "period": "2024-01-01T00:00:00"}}
    report = {"documentInfo": {**INFO, "documentType": "https://xbrl.org/2021/xbrl-json"}, "facts": {"a": said}}
    (tmp_path / "r.json").write_text(json.dumps(report))
    with recto.open(tmp_path / "r.json", offline=True) as filing:
        recto.save(filing, tmp_path / "csv" / "r.csv")
    with recto.open(tmp_path / "csv" / "r.json", offline=True) as again:
        (fact,) = again.facts
        assert (fact.number, fact.decimals, fact.value) == (Decimal("0.25"), 2, "0.25")
