"""The catalogue of codes: complete and documented. That each is provoked by a test, conftest.py sees at the end."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from recto.findings import Finding, Findings, catalogue

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = [each for family in catalogue.families() for each in family.entries]
PREFIXES = {prefix for prefixes in catalogue.MODULES.values() for prefix in prefixes}
CODE = re.compile(r"([A-Za-z][A-Za-z0-9]*)[:.][\w.:-]*\w")
FUNCTIONS = {"Finding", "finding", "found", "fact_finding", "concept_finding", "error", "warning", "info", "at"}


def codes_in(path: Path) -> Iterator[str]:
    """Codes that a module names as the first argument of what makes a finding."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            code = node.args[0].value
            if name in FUNCTIONS and isinstance(code, str):
                match = CODE.fullmatch(code)
                if match is not None and match[1] in PREFIXES:
                    yield code


def test_every_code_in_the_source_has_an_entry() -> None:
    known = {each.code for each in ENTRIES}
    named = {code for path in (ROOT / "src" / "recto").rglob("*.py") for code in codes_in(path)}
    assert len(named) > 100
    assert named <= known


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.code)
def test_entries_are_whole(entry: catalogue.Entry) -> None:
    assert entry.specification
    assert entry.severity in ("error", "warning", "info")
    fields = {name for _, name, _, _ in string.Formatter().parse(entry.sentence) if name is not None}
    assert all(name.isidentifier() for name in fields)
    said = re.sub(r"\{[^}]*\}", "", entry.sentence)
    assert len(re.findall(r"\w+", said)) > 1, "a sentence says what a code is about, be the arguments what they may"
    assert entry.code.endswith(":*") or catalogue.entry(entry.code) == entry


def test_no_code_stands_twice() -> None:
    codes = [each.code for each in ENTRIES]
    assert len(set(codes)) == len(codes)


def test_docs_are_what_the_catalogue_says() -> None:
    assert (ROOT / "docs" / "findings.md").read_text(encoding="utf-8") == catalogue.markdown(), "run make docs"


def test_a_finding_carries_subject_and_arguments() -> None:
    found = catalogue.found("xbrl.5.2.4.2.1:preferredLabelMissing", "t:A", document="l.xml", line=0, role="r")
    assert found.message == "t:A has no label in the role r, which its arc prefers."
    assert (found.subject, found.arguments, found.line) == ("t:A", (("role", "r"),), None)
    assert found.key == ("xbrl.5.2.4.2.1:preferredLabelMissing", "error", "l.xml")
    assert hash(found) == hash(catalogue.found(found.code, "t:A", document="l.xml", role="r"))


def test_mistakes_of_ours_raise_in_tests_and_are_told_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(LookupError):
        catalogue.found("x:absent", reason="so")
    with pytest.raises(LookupError):
        catalogue.found("xbrl.5.2.4.2.1:preferredLabelMissing", "t:A")
    monkeypatch.setattr(catalogue, "strict", False)
    assert catalogue.found("x:absent", reason="so") == Finding(
        "x:absent", "error", "so", specification="", arguments=(("reason", "so"),)
    )
    assert catalogue.found("xbrl.5.2.4.2.1:preferredLabelMissing", "t:A", of="b").message == "t:A, of: b"


def test_findings_take_what_the_catalogue_says() -> None:
    findings = Findings()
    findings.found("recto:noReport", document="x")
    findings.found("recto:noReport", document="x")
    assert [(each.code, each.document) for each in findings] == [("recto:noReport", "x")]
