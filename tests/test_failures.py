"""What fails in an unforeseen way is one finding: the other rules, pages and documents go on."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import recto
from recto.errors import RectoError
from recto.failures import failure
from recto.findings import Finding
from recto.rules.subject import Subject


def broken_rule(subject: Subject) -> Iterator[Finding]:
    yield Finding("x:y", "info", "A first one.")
    for fact in subject.instance.facts[3:]:
        raise ZeroDivisionError(f"at {fact.id}")


def test_a_rule_that_fails_is_one_finding_with_its_place(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.rules import duplicates

    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        whole = [each.code for each in filing.validate()]
    monkeypatch.setattr(duplicates, "rules", lambda: [broken_rule, duplicates.duplicates])
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        found = list(filing.validate())
        fact = filing.instances[0].facts[3]
    [told] = [each for each in found if each.code == "recto:internal"]
    assert (told.document, told.line, told.severity) == (fact.document, fact.line, "error")
    assert "broken_rule" in told.message
    assert "ZeroDivisionError" in told.message
    rest = [each.code for each in found if each.code != "recto:internal"]
    assert sorted(rest) == sorted([*whole, "x:y"])


def test_every_rule_may_fail_and_all_are_told(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.rules import REGISTRY

    number = 0
    for each in REGISTRY.values():
        module = import_module(each.module)
        kept = list(module.rules())
        number += len(kept)

        def broken(subject: Subject) -> Iterator[Finding]:
            raise OverflowError(subject.instance.url)
            yield

        monkeypatch.setattr(module, "rules", lambda kept=kept, broken=broken: [broken] * len(kept))
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        told = list(filing.validate(list(REGISTRY)))
        url = filing.instances[0].url
        assert [each for each in told if each.code != "recto:internal"] == list(filing.findings)
    internal = {(each.message, each.document) for each in told if each.code == "recto:internal"}
    assert number > 40
    assert len(internal) == 1  # equal findings are told once
    assert {document for _, document in internal} == {url}


def test_a_rule_about_the_filing_as_a_whole_may_fail(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.rules import duplicates

    def of_filing(filing: object) -> Iterator[Finding]:
        raise ZeroDivisionError("whole")
        yield

    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        whole = [each.code for each in filing.validate(["duplicates"])]
    monkeypatch.setattr(duplicates, "of_filing", of_filing, raising=False)
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        found = list(filing.validate(["duplicates"]))
        base = filing.source.base_url
    [told] = [each for each in found if each.code == "recto:internal"]
    assert told.document == base
    assert "of_filing" in told.message
    assert [each.code for each in found if each is not told] == whole


def test_a_page_that_fails_is_one_finding_and_loses_no_fact(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.rendering import render

    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        whole = [report.title for report in filing.reports]
    made = render.make_report

    def make(candidate: Any, *rest: Any) -> Any:
        if whole[1].startswith(candidate.title):
            raise KeyError("no such thing")
        return made(candidate, *rest)

    monkeypatch.setattr(render, "make_report", make)
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        titles = [report.title for report in filing.reports]
        [told] = [each for each in filing.rendered.findings if each.code == "recto:internal"]
        assert "'Balance Sheets'" in told.message
        assert [title for title in titles if title in whole] == [whole[0], *whole[2:]]
        assert filing.coverage().lost == 0


def test_a_page_that_cannot_be_written_is_one_finding(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recto.rendering.writers import markdown

    monkeypatch.setattr(markdown, "page_markdown", lambda report: str(1 // (report.number - 1)))
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        filing.render(tmp_path, formats=["md"])
        [told] = [each for each in filing.rendered.findings if each.code == "recto:internal"]
        assert "R1 as md" in told.message
        assert {path.stem for path in tmp_path.glob("*.md")} == {each.stem for each in filing.reports} - {"R1"}


def test_a_schema_that_fails_is_one_finding(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.taxonomy import discovery

    compiled = discovery.compile_document

    def compile_(document: Any, **options: Any) -> Any:
        if document.url.endswith(".xsd") and "/inline/" in document.url:
            raise IndexError("out of range")
        return compiled(document, **options)

    monkeypatch.setattr(discovery, "compile_document", compile_)
    with recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing:
        assert filing.facts
        [told] = [each for each in filing.findings if each.code == "recto:internal"]
        assert (told.document or "").endswith(".xsd")


def test_an_instance_that_fails_leaves_the_others(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recto.instance import inline

    def fail(*rest: Any) -> Any:
        raise AttributeError("nothing")

    monkeypatch.setattr(inline, "read_set", fail)
    with (
        recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True) as filing,
        pytest.raises(RectoError) as raised,
    ):
        len(filing.facts)
    assert raised.value.code == "recto:internal"
    assert raised.value.document


def test_errors_of_our_own_keep_their_code() -> None:
    told = failure(RectoError("too large", code="recto:unsafe", document="u", line=3), "The rule r")
    assert told == Finding("recto:unsafe", "error", "The rule r broke off: too large", "u", 3)
