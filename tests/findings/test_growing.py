"""Findings as they are met: each once, in their order, those that are made later in their place."""

from __future__ import annotations

import threading

import pytest

from recto.findings import Finding, Findings


def finding(code: str) -> Finding:
    return Finding(code, "error", code)


def test_later_findings_keep_their_place_and_are_made_once() -> None:
    made: list[str] = []

    def make() -> list[Finding]:
        made.append("made")
        return [finding("b"), finding("a"), finding("c")]

    findings = Findings()
    findings.add(finding("a"))
    findings.later(make)
    findings.add(finding("d"))
    findings.add(finding("c"))
    assert not made
    assert [each.code for each in findings] == ["a", "b", "c", "d"]
    assert len(findings) == 4
    assert findings.has_errors
    assert made == ["made"]


def test_a_finding_takes_the_place_of_one_that_was_yet_to_be_made() -> None:
    findings = Findings()
    findings.later(lambda: [finding("a"), finding("b")])
    findings.replace(finding("a"), finding("x"))
    assert [each.code for each in findings] == ["x", "b"]


def test_threads_that_add_while_others_read_lose_nothing() -> None:
    findings = Findings()

    def add(thread: int) -> None:
        for number in range(200):
            findings.add(finding(f"{thread} {number}"))
            findings.later(lambda code=f"{thread} {number} later": [finding(code)])
            list(findings)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(findings) == 4 * 200 * 2


def test_what_cannot_be_made_is_asked_for_again() -> None:
    ready: list[Finding] = []

    def make() -> list[Finding]:
        return [ready.pop()]

    findings = Findings()
    findings.later(make)
    with pytest.raises(IndexError):
        list(findings)
    ready.append(finding("a"))
    assert [each.code for each in findings] == ["a"]
