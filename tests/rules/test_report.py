"""How findings are written, and how rules are chosen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recto.errors import UsageError
from recto.findings import Finding
from recto.rules import validate
from recto.rules.report import record, sarif, text

FOUND = Finding("xbrl.4.9:x", "error", "Two\nlines.", "file:///f/a.xml", 3, "t:A", ("f1",), "XBRL 2.1, 4.9")


def test_text_is_one_line() -> None:
    assert text(FOUND) == "error xbrl.4.9:x a.xml:3 Two lines."
    assert text(Finding("c", "info", "m")) == "info c - m"


def test_record_has_the_documented_members() -> None:
    assert list(record(FOUND)) == [
        "code",
        "severity",
        "message",
        "document",
        "line",
        "element",
        "facts",
        "specification",
        "subject",
        "arguments",
    ]


def test_sarif() -> None:
    log = sarif([FOUND, Finding("c", "warning", "m")], version="1", base_url="file:///f/")
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["xbrl.4.9:x", "c"]
    first, second = run["results"]
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "a.xml", "uriBaseId": "FILING"}
    assert location["region"] == {"startLine": 3}
    assert (first["level"], second["level"]) == ("error", "warning")
    assert "locations" not in second
    json.dumps(log)


def test_unknown_rules(findings: object, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no rules are called 'nothing'"):
        list(validate(None, ["nothing"]))  # type: ignore[arg-type]
