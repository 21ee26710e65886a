"""The transformation suites of XBRL International (registries 2 and 3) and of the SEC."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from recto.instance.inline.transforms.cases import ROOT, Case, read_cases

# Variations that may fail, each with a reason: {(suite, format, input): reason}. There are none.
EXPECTED_FAILURES: dict[tuple[str, str, str], str] = {}


@pytest.mark.parametrize(("suite", "variations"), [("ixt-trr/trrv2", 265), ("ixt-trr/trrv3", 491), ("ixt-sec", 783)])
def test_suite(shared_data: Path, suite: str, variations: int) -> None:
    root = etree.parse(shared_data / "suites" / suite / "tests.xml").getroot()
    assert root.tag == ROOT
    cases = list(read_cases(root))
    wrong = []
    for case in cases:
        passed, found = case.run()
        if not passed and (suite, case.name, case.text) not in EXPECTED_FAILURES:
            wrong.append(f"line {case.line}: {case.name} of {case.text!r}: {found!r}, not {case.expected!r}")
    assert not wrong, "\n".join(wrong)
    assert len(cases) == variations


def test_cases_are_judged() -> None:
    namespace = "http://www.xbrl.org/inlineXBRL/transformation/2020-02-12"
    assert Case(namespace, "num-dot-decimal", "1,000", "1000", "", 1).run() == (True, "1000")
    assert Case(namespace, "num-dot-decimal", "1,000", "1", "", 1).run() == (False, "1000")
    assert not Case(namespace, "num-dot-decimal", "1,000", None, "", 1).run()[0]
    assert Case(namespace, "num-dot-decimal", "x", None, "", 1).run()[0]
    assert not Case(namespace, "num-dot-decimal", "x", "1", "", 1).run()[0]
    assert not Case(namespace, "unheard-of", "x", None, "", 1).run()[0], "an unknown format is not a refused input"
