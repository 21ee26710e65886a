"""The conformance suites of XBRL International and of regulators, run as `recto suite` runs them.

Each is shared out among workers by test case: a test runs one of the suite's parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from recto.suites import Outcome, Settings, run_suite
from tests.conformance.listed import listed


class Suite(NamedTuple):
    """A suite: the variations it has, in how many parts it is run, and how many are neither failed nor checked."""

    index: str
    variations: int
    parts: int = 1
    unchecked: int = 0
    packages: tuple[str, ...] = ()
    """Packages of the shared data that it needs beside the taxonomies."""


SUITES = {
    "xbrl-2.1": Suite("xbrl-2.1/xbrl.xml", 606, 4),
    "dimensions": Suite("dimensions-1.0/xdt.xml", 347, 2),
    "ixt-2": Suite("ixt-trr/trrv2/tests.xml", 265),
    "ixt-3": Suite("ixt-trr/trrv3/tests.xml", 491),
    "ixt-sec": Suite("ixt-sec/tests.xml", 783),
    "sec-inline": Suite("sec-inline/ned/525-ned-testcases.xml", 154, 2),
    "utr": Suite("utr-registry/utr-conf-cr-2013-05-17/2013-05-17/index.xml", 69),
    "utr-structure": Suite("utr-structure/conf/utr-structure/index.xml", 20),
    "formula": Suite("formula-1.0/index.xml", 681, 2),
    "functions": Suite("function-registry/functionregistry.xml", 618),
    "sec-efm": Suite("sec-efm/conf/testcases.xml", 2506, 4),
    "esef-inline": Suite("esef-2021/index_inline_xbrl.xml", 100, 2, packages=("esef-2021.zip",)),
    "esef-xhtml": Suite("esef-2021/index_pure_xhtml.xml", 10),
    "tables": Suite("table-linkbase-1.0/testcases-index.xml", 364, 2, unchecked=1),
}


EXPECTED_FAILURES = {
    ("sec-inline", "00-filing/00-filing-ned-testcase.xml _306ng"): (
        "The suite wants a code of its own for a blank before the XML declaration; recto reports the document as not"
        " well-formed, xml:notWellFormed (XML 1.0, 2.8)."
    ),
}  # fmt: skip
"""(suite, variation) → why it is not passed."""


def parts() -> Iterator[Any]:
    for name, suite in SUITES.items():
        for part in range(suite.parts):
            marks = [pytest.mark.long] if suite.parts > 1 else []
            yield pytest.param(name, part, id=f"{name}-{part + 1}", marks=marks)


def outcomes(name: str, part: int, data: Path) -> list[Outcome]:
    """The outcomes of a part of a suite. Compiled taxonomies are shared by all workers of a run."""
    suite = SUITES[name]
    share = (part, suite.parts) if suite.parts > 1 else None
    taxonomies = (str(data / "taxonomies"), *(str(data / "packages" / each) for each in suite.packages))
    settings = Settings(str(data / "suites" / suite.index), taxonomies, offline=True, share=share)
    return list(run_suite(settings, jobs=1))


@pytest.mark.parametrize(("name", "part"), list(parts()))
def test_suite(shared_data: Path, name: str, part: int) -> None:
    """No variation fails, but for those that are listed. Where it is told, some are not checked."""
    found = outcomes(name, part, shared_data)
    known = listed(name)
    if known:
        lost = {each.variation.label: f"{each.status}: {each.reason}" for each in found if not each.passed}
        lost = {label: reason for label, reason in lost.items() if label not in known}
        assert not lost, "\n".join(f"{label}: {reason}" for label, reason in lost.items())
        passed = {each.variation.label for each in found if each.passed}
        assert not passed & set(known), "variations that are listed pass: take them off the list"
        return
    failed = {each.variation.label: each.reason for each in found if each.status == "failed"}
    unexpected = {label: reason for label, reason in failed.items() if (name, label) not in EXPECTED_FAILURES}
    assert not unexpected, "\n".join(f"{label}: {reason}" for label, reason in unexpected.items())
    passed = {each.variation.label for each in found if each.passed}
    stale = {label for suite, label in EXPECTED_FAILURES if suite == name and label in passed}
    assert not stale, "variations that are expected to fail pass: take them off the list"
    if not SUITES[name].unchecked:
        assert [each.variation.label for each in found if each.status == "not checked"] == []


@pytest.mark.parametrize("name", list(SUITES))
def test_size(shared_data: Path, name: str) -> None:
    """All variations are found."""
    from recto.suites import read_suite
    from recto.xml import file_url

    url = file_url(shared_data / "suites" / SUITES[name].index)
    found = read_suite(url, lambda each: Path(each.removeprefix("file://").replace("%20", " ")).read_bytes())
    assert len(found) == SUITES[name].variations
