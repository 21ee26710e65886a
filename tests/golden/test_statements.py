"""Statements by kind on the real filings, against a list that was made by looking at each (statements.tsv)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import recto
from recto.statements import KINDS, find_page

with open(Path(__file__).with_name("statements.tsv"), encoding="utf-8", newline="") as file:
    EXPECTED = {row.pop("filing"): row for row in csv.DictReader(file, delimiter="\t")}
ASKED = {"income": "income statement", "balance": "balance sheet", "cash flow": "cash flow"}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_statement_is_found(name: str, filing: recto.Filing) -> None:
    found = {kind: pages[0].stem for kind, pages in filing.statements.items()}
    right = sum(found.get(kind, "") == EXPECTED[name][kind] for kind in KINDS)
    print(f"{name}: {right} of {len(KINDS)} kinds right: {found}")
    assert found == {kind: stem for kind, stem in EXPECTED[name].items() if stem}
    for kind, words in ASKED.items():
        if kind in found:
            assert find_page(filing.reports, words)[0].stem == found[kind]
        else:
            with pytest.raises(recto.UsageError):
                find_page(filing.reports, words)
