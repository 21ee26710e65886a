"""What the suites of regulators expect otherwise: each variation on a list is one of the suite's, with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from recto.suites import Settings, read_suite, run_suite
from recto.xml import file_url
from tests.conformance.listed import listed

INDEXES = {"sec-efm": "sec-efm/conf/testcases.xml", "esef-inline": "esef-2021/index_inline_xbrl.xml"}


@pytest.mark.parametrize("suite", list(INDEXES))
def test_lists_are_of_the_suite(shared_data: Path, suite: str) -> None:
    url = file_url(shared_data / "suites" / INDEXES[suite])
    known = {each.label for each in read_suite(url, lambda each: Path(each.removeprefix("file://")).read_bytes())}
    found = listed(suite)
    assert set(found) <= known
    assert all(reason.endswith(".") for reason in found.values())
    decided = [label for label, reason in found.items() if not reason.startswith("Not checked")]
    assert len(decided) <= len(known) // 20  # a twentieth


def test_plain_pages(shared_data: Path) -> None:
    """The small one of ESMA's suites, as a whole."""
    index = str(shared_data / "suites" / "esef-2021" / "index_pure_xhtml.xml")
    outcomes = list(run_suite(Settings(index, offline=True), jobs=1))
    assert [each.variation.label for each in outcomes if not each.passed] == []
    assert len(outcomes) == 10
