"""The real filings for which no pages are expected: they render to the end, and every fact is on a page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import recto
from recto.cli import main
from tests.golden.test_expected import EXPECTED, names

OTHERS = [name for name in names("filings") if name not in EXPECTED]

NOTHING_TO_SHOW = {
    "clx-2022-10k": "its first inline document, with contexts and references, is absent",
    "ktyb-2017q2-10q": "its instance is absent",
}


@pytest.mark.skipif(not OTHERS, reason="../shared is absent: the real filings are not part of this repository")
@pytest.mark.parametrize("name", OTHERS)
def test_renders_to_the_end_with_every_fact_on_a_page(
    name: str, shared_data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["render", shared_data / "filings" / name, "--taxonomies", shared_data / "taxonomies"]
    status = main([str(each) for each in (*arguments, "--offline", "-o", tmp_path)])
    captured = capsys.readouterr()
    printed = captured.out + captured.err
    assert status in (0, 1), printed  # 2 would mean that it could not be rendered
    assert " lost" not in printed, printed
    shown = re.search(r"([\d,]+) of [\d,]+ facts shown", printed)
    assert (shown is not None and shown[1] != "0") == (name not in NOTHING_TO_SHOW), printed


@pytest.mark.skipif(not EXPECTED, reason="../shared is absent: the real filings are not part of this repository")
@pytest.mark.parametrize("name", EXPECTED)
def test_no_fact_of_an_expected_filing_is_lost(name: str, filing: recto.Filing) -> None:
    coverage = filing.coverage()
    assert coverage.lost == 0
    assert coverage.shown > 0
