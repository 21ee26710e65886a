"""The conformance suites of XBRL International and the SEC, run as `recto suite` runs them."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.suites import Settings, run_suite

EXPECTED_FAILURES = {
    ("sec-inline", "00-filing/00-filing-ned-testcase.xml _306ng"): (
        "The suite wants a code of its own for a blank before the XML declaration; recto reports the document as not"
        " well-formed, xml:notWellFormed (XML 1.0, 2.8)."
    ),
}
"""(suite, variation) → why it is not passed."""

SUITES = [
    ("xbrl-2.1", "xbrl-2.1/xbrl.xml", 606, False),
    ("dimensions", "dimensions-1.0/xdt.xml", 347, False),
    ("ixt-2", "ixt-trr/trrv2/tests.xml", 265, False),
    ("ixt-3", "ixt-trr/trrv3/tests.xml", 491, False),
    ("ixt-sec", "ixt-sec/tests.xml", 783, False),
    ("sec-inline", "sec-inline/ned/525-ned-testcases.xml", 154, True),
    ("utr", "utr-registry/utr-conf-cr-2013-05-17/2013-05-17/index.xml", 69, False),
    ("utr-structure", "utr-structure/conf/utr-structure/index.xml", 20, False),
]


@pytest.mark.parametrize(("name", "index", "variations", "standard"), SUITES, ids=[suite[0] for suite in SUITES])
def test_suite(shared_data: Path, tmp_path: Path, name: str, index: str, variations: int, standard: bool) -> None:
    """Every variation passes, but for those that are listed with a reason. `standard`: it needs standard taxonomies."""
    settings = Settings(
        str(shared_data / "suites" / index),
        (str(shared_data / "taxonomies"),) if standard else (),
        cache_dir=str(tmp_path),
        offline=True,
    )
    outcomes = list(run_suite(settings, jobs=1))
    failed = {outcome.variation.label: outcome.reason for outcome in outcomes if not outcome.passed}
    expected = {label for suite, label in EXPECTED_FAILURES if suite == name}
    unexpected = {label: reason for label, reason in failed.items() if label not in expected}
    assert not unexpected, "\n".join(f"{label}: {reason}" for label, reason in unexpected.items())
    assert expected <= failed.keys(), "a variation that is expected to fail passes: take it off the list"
    assert len(outcomes) == variations
