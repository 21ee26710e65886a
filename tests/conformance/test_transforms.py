"""The transformation suites of XBRL International (registries 2 and 3) and of the SEC."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from recto.instance.inline.transforms import TransformError, known, transform

CASES = "{http://xbrl.org/2011/conformance-rendering/transforms}"

# Variations that must fail are listed here with a reason: {(suite, format, input): reason}. None do.
EXPECTED_FAILURES: dict[tuple[str, str, str], str] = {}


def failures(path: Path, suite: str) -> tuple[int, list[str]]:
    """The number of variations in a tests.xml, and a line for each that does not come out as it says."""
    count, wrong = 0, []
    for group in etree.parse(path).getroot().iter(f"{CASES}transform"):
        prefix, name = group.get("name").split(":")
        namespace = group.nsmap[prefix]
        assert known(namespace, name), f"{name} is not in {namespace}"
        for variation in group.iter(f"{CASES}variation"):
            count += 1
            text, expected = variation.get("input"), None
            if variation.get("result") == "valid":
                expected = variation.get("output")
            try:
                found = transform(namespace, name, text)
            except TransformError:
                found = None
            if found != expected and (suite, name, text) not in EXPECTED_FAILURES:
                wrong.append(f"{name} line {variation.sourceline}: {text!r} gives {found!r}, not {expected!r}")
    return count, wrong


@pytest.mark.parametrize(("suite", "variations"), [("ixt-trr/trrv2", 265), ("ixt-trr/trrv3", 491), ("ixt-sec", 783)])
def test_suite(shared_data: Path, suite: str, variations: int) -> None:
    count, wrong = failures(shared_data / "suites" / suite / "tests.xml", suite)
    assert not wrong, "\n".join(wrong)
    assert count == variations
