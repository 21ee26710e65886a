"""The suites for Inline XBRL (as the SEC restates it) and the units registry."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.suites import Settings, run_suite

EXPECTED_FAILURES = {
    "_306ng": "the document is no XML; the suite has a code of its own for one of the reasons, recto one for all",
}
"""Variations by id, and why they fail."""


@pytest.mark.parametrize(
    ("index", "variations"),
    [
        ("sec-inline/ned/525-ned-testcases.xml", 154),
        ("utr-registry/utr-conf-cr-2013-05-17/2013-05-17/index.xml", 69),
        ("utr-structure/conf/utr-structure/index.xml", 20),
    ],
)
def test_suite(index: str, variations: int, shared_data: Path) -> None:
    settings = Settings(str(shared_data / "suites" / index), (str(shared_data / "taxonomies"),), offline=True)
    outcomes = list(run_suite(settings, jobs=1))
    failed = {each.variation.id: each.reason for each in outcomes if not each.passed}
    assert {key: reason for key, reason in failed.items() if key not in EXPECTED_FAILURES} == {}
    assert len(outcomes) == variations
