"""Findings of filer rules do not depend on what was asked before, nor on the order of the rules."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

import recto
from recto.findings import Finding
from tests.rules.small_efm import INSTANCE, PRE, SCHEMA, Efm
from tests.rules.small_esef import DEF, REPORT, Esef

BROKEN = (
    (SCHEMA, 'id="own_Cars"', 'id="Cars"'),
    (SCHEMA, "0002 - Statement - Balance", "Balance"),
    (PRE, 'order="4"', 'order="3"'),
    (INSTANCE, ">30<", ">30.5<"),
)


def keys(findings: list[Finding]) -> list[str]:
    return sorted(str(each) for each in findings)


def opened(folder: Path, taxonomies: Path, regime: str) -> recto.Filing:
    return recto.open(folder, taxonomies=[taxonomies], offline=True, regime=regime)


@pytest.mark.parametrize("regime", ["sec", "esef"])
def test_before_and_after_pages(efm: Efm, esef: Esef, regime: str) -> None:
    if regime == "sec":
        efm(*BROKEN)
        place, taxonomies = efm.folder, efm.taxonomies
    else:
        esef((REPORT, 'xml:lang="en"', ""), (DEF, "own_CarsInProduction", "ifrs-full_Assets"))
        place, taxonomies = esef.path, esef.taxonomies
    with opened(place, taxonomies, regime) as filing:
        first = keys(list(filing.validate()))
        assert filing.reports
        again = keys(list(filing.validate()))
    with opened(place, taxonomies, regime) as filing:
        assert filing.reports
        after = keys(list(filing.validate()))
    assert first == again == after
    assert len(first) > 1


@pytest.mark.parametrize("name", ["recto.rules.efm", "recto.rules.esef"])
def test_rules_in_any_order(efm: Efm, esef: Esef, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    import importlib

    module = importlib.import_module(name)
    rules = module.rules()

    def found() -> list[str]:
        if name.endswith("efm"):
            return keys(efm(*BROKEN))
        return keys(esef((REPORT, 'xml:lang="en"', ""), (DEF, "own_CarsInProduction", "ifrs-full_Assets")))

    expected = found()
    for seed in range(5):
        shuffled = random.Random(seed).sample(rules, len(rules))
        monkeypatch.setattr(module, "rules", lambda shuffled=shuffled: shuffled)
        assert found() == expected


def test_pages_are_not_drawn_for_rules(efm: Efm) -> None:
    """6.7.12 is told by the rules of pages, and no page is made for it."""
    efm(*BROKEN)
    with opened(efm.folder, efm.taxonomies, "sec") as filing:
        assert "EFM.6.07.12" in [each.code for each in filing.validate(["efm-pages"])]
        assert "rendered" not in vars(filing)
