"""Duplicate facts by how much they disagree."""

from __future__ import annotations

from recto.findings import Finding
from tests.rules.samples import findings, item, load_xbrl, schema

FILES = {"s.xsd": schema(item("Sales") + item("Note", "xbrli:stringItemType") + item("Flag", "xbrli:booleanItemType"))}


def sales(value: str, decimals: str = "0", more: str = "") -> str:
    return f'<s:Sales contextRef="y" unitRef="usd" decimals="{decimals}" {more}>{value}</s:Sales>'


def note(value: str, language: str = "en") -> str:
    return f'<s:Note contextRef="y" xml:lang="{language}">{value}</s:Note>'


def found(body: str) -> list[Finding]:
    return [each for each in findings(load_xbrl(FILES, body), "duplicates") if each.code.startswith("xbrl:")]


def kinds(body: str) -> list[tuple[str, str]]:
    return [(each.code.partition(":")[2], each.severity) for each in found(body)]


def test_facts_alone_are_no_duplicates() -> None:
    assert kinds(sales("1") + note("1")) == []


def test_complete() -> None:
    (only,) = found(sales("1000") + sales("1000.0") + note("a") + note("a"))
    assert (only.code, only.severity, len(only.facts)) == ("xbrl:completeDuplicates", "info", 4)


def test_consistent() -> None:
    assert kinds(sales("1234567", "0") + sales("1235000", "-3")) == [("consistentDuplicates", "info")]


def test_inconsistent() -> None:
    assert kinds(sales("1234567", "0") + sales("1236000", "-3")) == [("inconsistentDuplicates", "warning")]
    assert kinds(note("a") + note("b")) == [("inconsistentDuplicates", "warning")]


def test_half_a_unit_away_is_consistent() -> None:
    assert kinds(sales("1500", "INF") + sales("2000", "-3")) == [("consistentDuplicates", "info")]
    assert kinds(sales("1499", "INF") + sales("2000", "-3")) == [("inconsistentDuplicates", "warning")]


def test_nil_contradicts_a_value() -> None:
    nil = '<s:Sales contextRef="y" unitRef="usd" xsi:nil="true"/>'
    assert kinds(sales("1") + nil) == [("inconsistentDuplicates", "warning")]
    assert kinds(nil + nil) == [("completeDuplicates", "info")]


def test_languages_make_different_facts() -> None:
    assert kinds(note("yes", "en") + note("oui", "fr")) == []


def test_values_are_compared_as_their_types_have_them() -> None:
    flags = '<s:Flag contextRef="y">true</s:Flag><s:Flag contextRef="y">1</s:Flag>'
    assert kinds(flags) == [("completeDuplicates", "info")]


def test_three_of_which_no_number_fits_all() -> None:
    # 10.4 and 11.4 to whole numbers overlap each with 10.9 ± 0.5, but not with one another.
    facts = sales("10.4", "0") + sales("10.9", "0") + sales("11.5", "0")
    assert kinds(facts) == [("inconsistentDuplicates", "warning")]


def test_different_values_of_one_accuracy_contradict() -> None:
    assert kinds(sales("748000", "-3") + sales("749000", "-3")) == [("inconsistentDuplicates", "warning")]
    assert kinds(sales("748000", "-3") + sales("749000", "-3") + sales("700000", "-5")) == [
        ("inconsistentDuplicates", "warning")
    ]
    assert kinds(sales("748000", "-3") + sales("748000.0", "-3") + sales("700000", "-5")) == [
        ("consistentDuplicates", "info")
    ]


def test_language_counts_for_texts_alone() -> None:
    flags = '<s:Flag contextRef="y" xml:lang="en">true</s:Flag><s:Flag contextRef="y" xml:lang="fr">false</s:Flag>'
    assert kinds(flags) == [("inconsistentDuplicates", "warning")]
    assert kinds(sales("1", more='xml:lang="en"') + sales("9", more='xml:lang="fr"')) == [
        ("inconsistentDuplicates", "warning")
    ]
    assert kinds(note("a", "en") + note("b", "fr")) == []


def test_invalid_facts_are_no_duplicates() -> None:
    assert kinds(sales("abc") + sales("5")) == []
    assert kinds(sales("4", "x") + sales("5")) == []
